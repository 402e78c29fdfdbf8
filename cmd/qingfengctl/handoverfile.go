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

// handoverFile is one handover as it is written down for the console. Who gave
// and what happened is no argument: every user of the computer sees those in
// its list of processes.
type handoverFile struct {
	HandedAt    string     `toml:"handed_at"`
	ReceivedAt  string     `toml:"received_at"`
	Anonymous   bool       `toml:"anonymous"`
	EmployeeNo  string     `toml:"employee_no"`
	Occasion    string     `toml:"occasion"`
	Giver       string     `toml:"giver"`
	GiverName   string     `toml:"giver_name"`
	Patient     string     `toml:"patient"`
	AdmissionNo string     `toml:"admission_no"`
	Bed         string     `toml:"bed"`
	Company     string     `toml:"company"`
	Agent       string     `toml:"agent"`
	Story       string     `toml:"story"`
	Bystanders  string     `toml:"bystanders"`
	ReceivedBy  string     `toml:"received_by"`
	WitnessedBy string     `toml:"witnessed_by"`
	Keeper      string     `toml:"keeper"`
	CoKeeper    string     `toml:"co_keeper"`
	KeptAt      string     `toml:"kept_at"`
	Remark      string     `toml:"remark"`
	Items       []fileItem `toml:"items"`
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
func (f handoverFile) handover(ctx context.Context, s *store.Store) (h model.Handover, items []model.HandoverItem, err error) {
	h = model.Handover{Anonymous: f.Anonymous, Occasion: f.Occasion, Giver: model.Giver(f.Giver), GiverName: f.GiverName, Patient: f.Patient,
		AdmissionNo: f.AdmissionNo, Bed: f.Bed, Company: f.Company, Agent: f.Agent, Story: f.Story, Bystanders: f.Bystanders,
		ReceivedBy: f.ReceivedBy, WitnessedBy: f.WitnessedBy, Keeper: f.Keeper, CoKeeper: f.CoKeeper, KeptAt: f.KeptAt, Remark: f.Remark}
	if h.HandedAt, err = momentOr("上交时间", f.HandedAt); err != nil {
		return h, nil, err
	}
	if h.ReceivedAt, err = momentOr("收受时间", f.ReceivedAt); err != nil {
		return h, nil, err
	}
	if f.EmployeeNo != "" {
		if h.StaffID, err = staffNumbered(ctx, s, f.EmployeeNo); err != nil {
			return h, nil, err
		}
	}
	items, err = fileItems(f.Items)
	return h, items, err
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
