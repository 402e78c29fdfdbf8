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
}

// DemoHospital reads the description of the sample hospital.
func DemoHospital() (Demo, error) {
	var d Demo
	data, err := demo.ReadFile("demo/demo.toml")
	if err != nil {
		return d, err
	}
	return d, decode("demo/demo.toml", data, &d)
}
