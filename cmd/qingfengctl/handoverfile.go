package main

import (
	"context"
	_ "embed"
	"os"
	"path/filepath"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/money"
	"qingfeng/model/store"
)

// handoverBlank is what somebody fills in to register one handover.
//
//go:embed handover.toml
var handoverBlank []byte

// circumstancesFile is what may be changed of a handover later. Who gave and
// what happened is no argument: every user of the computer sees those in its
// list of processes.
type circumstancesFile struct {
	HandedAt    string `toml:"handed_at"`
	ReceivedAt  string `toml:"received_at"`
	EmployeeNo  string `toml:"employee_no"`
	Occasion    string `toml:"occasion"`
	Giver       string `toml:"giver"`
	GiverName   string `toml:"giver_name"`
	Patient     string `toml:"patient"`
	AdmissionNo string `toml:"admission_no"`
	Bed         string `toml:"bed"`
	Company     string `toml:"company"`
	Agent       string `toml:"agent"`
	Story       string `toml:"story"`
	Bystanders  string `toml:"bystanders"`
	ReceivedBy  string `toml:"received_by"`
	WitnessedBy string `toml:"witnessed_by"`
	Remark      string `toml:"remark"`
}

// handoverFile is one handover as it is written down for the console.
type handoverFile struct {
	circumstancesFile
	Anonymous bool       `toml:"anonymous"`
	Keeper    string     `toml:"keeper"`
	CoKeeper  string     `toml:"co_keeper"`
	KeptAt    string     `toml:"kept_at"`
	Items     []fileItem `toml:"items"`
}

// fileItem is one item of a file; its amount is yuan in quotes, as TOML's
// own numbers with a point are no exact amounts.
type fileItem struct {
	Category    string `toml:"category"`
	Particulars string `toml:"particulars"`
	Quantity    int    `toml:"quantity"`
	Unit        string `toml:"unit"`
	Amount      string `toml:"amount"`
	Basis       string `toml:"basis"`
}

// correctionFile says which items were wrong, by their positions, and which are
// right.
type correctionFile struct {
	Wrong []int      `toml:"wrong"`
	Items []fileItem `toml:"items"`
}

// decodeFile reads a file that somebody wrote for a command.
func decodeFile(path string, into any) error {
	name := filepath.Base(path)
	data, err := os.ReadFile(path)
	if err != nil {
		return model.Errorf(model.NotFound, "打不开文件 %s", name)
	}
	if err := assets.Decode(name, data, into); err != nil {
		return model.Errorf(model.Invalid, "%v", err)
	}
	return nil
}

// handover is the file with its times read and its person found.
func (f handoverFile) handover(ctx context.Context, s *store.Store) (model.Handover, []model.HandoverItem, error) {
	h, err := f.onto(ctx, s, model.Handover{Anonymous: f.Anonymous, Keeper: f.Keeper, CoKeeper: f.CoKeeper, KeptAt: f.KeptAt})
	if err != nil {
		return h, nil, err
	}
	items, err := fileItems(f.Items)
	return h, items, err
}

// circumstancesOf is what is on file, to be changed by what a file says.
func circumstancesOf(r store.HandoverRow) circumstancesFile {
	return circumstancesFile{HandedAt: string(r.HandedAt), ReceivedAt: string(r.ReceivedAt), EmployeeNo: r.EmployeeNo, Occasion: r.Occasion,
		Giver: string(r.Giver), GiverName: r.GiverName, Patient: r.Patient, AdmissionNo: r.AdmissionNo, Bed: r.Bed, Company: r.Company, Agent: r.Agent,
		Story: r.Story, Bystanders: r.Bystanders, ReceivedBy: r.ReceivedBy, WitnessedBy: r.WitnessedBy, Remark: r.Remark}
}

// onto is h with the circumstances, times read and the person found.
func (f circumstancesFile) onto(ctx context.Context, s *store.Store, h model.Handover) (_ model.Handover, err error) {
	h.Occasion, h.Giver, h.GiverName, h.Patient = f.Occasion, model.Giver(f.Giver), f.GiverName, f.Patient
	h.AdmissionNo, h.Bed, h.Company, h.Agent = f.AdmissionNo, f.Bed, f.Company, f.Agent
	h.Story, h.Bystanders, h.ReceivedBy, h.WitnessedBy, h.Remark = f.Story, f.Bystanders, f.ReceivedBy, f.WitnessedBy, f.Remark
	if h.HandedAt, err = momentOr("上交时间", f.HandedAt); err != nil {
		return h, err
	}
	if h.ReceivedAt, err = momentOr("收受时间", f.ReceivedAt); err != nil {
		return h, err
	}
	h.StaffID = 0
	if f.EmployeeNo != "" {
		h.StaffID, err = staffNumbered(ctx, s, f.EmployeeNo)
	}
	return h, err
}

// fileItems are the items of a file with their amounts read.
func fileItems(all []fileItem) ([]model.HandoverItem, error) {
	out := make([]model.HandoverItem, len(all))
	for n, i := range all {
		fen, err := money.Parse(i.Amount)
		if err != nil {
			return nil, model.Errorf(model.Invalid, "第 %d 项金额：%s", n+1, err)
		}
		out[n] = model.HandoverItem{Category: model.ItemCategory(i.Category), Particulars: i.Particulars, Quantity: i.Quantity, Unit: i.Unit,
			AmountFen: fen, Basis: i.Basis}
	}
	return out, nil
}

// momentOr reads a time that was typed; "" is none.
func momentOr(label, typed string) (day.Moment, error) {
	if typed == "" {
		return "", nil
	}
	m, err := day.ParseMoment(typed)
	if err != nil {
		return "", model.Errorf(model.Invalid, "%s：%s", label, err)
	}
	return m, nil
}
