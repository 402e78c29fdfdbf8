package assets

import "embed"

//go:embed demo
var demo embed.FS

// DemoRoster is the roster of the sample hospital, an .xlsx as a hospital
// would send it.
func DemoRoster() ([]byte, error) { return demo.ReadFile("demo/roster.xlsx") }

// Demo describes the rest of the sample hospital.
type Demo struct {
	Hospital struct {
		Name             string `toml:"name"`
		CreditCode       string `toml:"credit_code"`
		Office           string `toml:"office"`
		ReportPhone      string `toml:"report_phone"`
		ReportAddress    string `toml:"report_address"`
		Mailbox          string `toml:"mailbox"`
		ReceptionHours   string `toml:"reception_hours"`
		IntegrityAccount string `toml:"integrity_account"`
		IntegrityBank    string `toml:"integrity_bank"`
		IntegrityNo      string `toml:"integrity_no"`
		Bureau           string `toml:"bureau"`
		HandoverLimit    int    `toml:"handover_limit"`
		HandoverUnit     string `toml:"handover_unit"`
		HandoverDocument string `toml:"handover_document"`
	} `toml:"hospital"`
	Campaign struct {
		Template   string `toml:"template"`
		Year       int    `toml:"year"`
		DocumentNo string `toml:"document_no"`
	} `toml:"campaign"`
	Kinds    map[string][]string `toml:"kinds"`     // department names by kind
	KeyPosts map[string]string   `toml:"key_posts"` // reason by department
	Parties  []struct {
		Kind   string `toml:"kind"`
		Name   string `toml:"name"`
		Code   string `toml:"code"`
		Person string `toml:"person"`
	} `toml:"parties"`

	Second struct { // a campaign that runs beside the first
		Template string `toml:"template"`
		Year     int    `toml:"year"`
	} `toml:"second"`
	Members    []string      `toml:"members"`    // of the leading group, in the plan's order
	Inspectors []string      `toml:"inspectors"` // who may be drawn to inspect
	Seed       string        `toml:"seed"`       // of the draw
	Problems   []DemoProblem `toml:"problems"`   // that self-checks state, in turn
	Found      []DemoFinding `toml:"found"`      // by inspections
}

// DemoProblem is what a self-check form of the sample states under an item,
// counted from 1. Amounts are fen.
type DemoProblem struct {
	Item        int    `toml:"item"`
	Particulars string `toml:"particulars"`
	Counterpart string `toml:"counterpart"`
	AmountFen   int64  `toml:"amount_fen"`
	HandedFen   int64  `toml:"handed_fen"`
	Measure     string `toml:"measure"`
}

// DemoFinding is what an inspection of the sample finds; Days is the time to
// mend it.
type DemoFinding struct {
	Category    string `toml:"category"`
	Level       string `toml:"level"`
	Problem     string `toml:"problem"`
	Measure     string `toml:"measure"`
	Contingency string `toml:"contingency"`
	FundsFen    int64  `toml:"funds_fen"`
	Days        int    `toml:"days"`
}

// DemoHospital reads the description of the sample hospital.
func DemoHospital() (d Demo, err error) { return d, decodeDemo("demo/demo.toml", &d) }

// DemoHandovers reads the red envelopes that were handed in to the sample
// hospital, which are written as a command of the console reads them.
func DemoHandovers(into any) error { return decodeDemo("demo/handovers.toml", into) }

func decodeDemo(name string, into any) error {
	data, err := demo.ReadFile(name)
	if err != nil {
		return err
	}
	return Decode(name, data, into)
}
