package store

import (
	"context"
	"testing"

	"qingfeng/model"
)

// Every rate's Missing must be found on the list, name by name.
func TestUnsignedAgreesWithRates(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	first, staff := ward(t, s, "急诊科", "01", 4)
	second, _ := ward(t, s, "麻醉手术科", "02", 3)
	c := drive(t, s)
	for _, kind := range []model.CommitmentKind{model.PersonalCommitment, model.DepartmentCommitment} {
		must[int](t)(s.MakeCommitments(ctx, c.ID, kind))
	}
	must[string](t)(s.AddPartyCommitment(ctx, model.Commitment{Paper: model.Paper{CampaignID: c.ID}, Kind: model.SupplierCommitment, PartyName: "某医药公司"}))
	rows := must[Rows[CommitmentRow]](t)(s.Commitments(ctx, CommitmentFilter{CampaignID: c.ID, Kind: model.PersonalCommitment}, Page{})).Items
	must[[]ReturnResult](t)(s.ReturnCommitments(ctx, c.ID, []string{rows[0].FormNo}, s.Today()))
	if err := s.VoidCommitment(ctx, rows[1].ID, "打印模糊"); err != nil {
		t.Fatal(err)
	}
	if err := s.Leave(ctx, staff[2], s.Today(), "调出"); err != nil {
		t.Fatal(err)
	}
	must[int64](t)(s.SaveStaff(ctx, model.Staff{EmployeeNo: "02900", Name: "刘赟", DepartmentID: second}))

	for kind, want := range map[model.CommitmentKind][]string{
		// 01001 has a voided letter only, 02900 came after the letters were made
		model.PersonalCommitment:   {"01001", "01003", "02000", "02001", "02002", "02900"},
		model.DepartmentCommitment: {"", ""},
		model.SupplierCommitment:   {""},
		model.WorksCommitment:      nil,
	} {
		got := must[[]CommitmentRow](t)(s.Unsigned(ctx, CommitmentFilter{CampaignID: c.ID, Kind: kind}))
		sum, _, err := s.CommitmentRates(ctx, c.ID, kind)
		if err != nil || len(got) != sum.Missing || len(got) != len(want) {
			t.Fatalf("%s: %d rows, %d missing (%v), want %d", kind, len(got), sum.Missing, err, len(want))
		}
		for i, r := range got {
			if r.EmployeeNo != want[i] || r.Name == "" {
				t.Errorf("%s: row %d is %q %q, want %q", kind, i, r.EmployeeNo, r.Name, want[i])
			}
		}
	}
	got := must[[]CommitmentRow](t)(s.Unsigned(ctx, CommitmentFilter{CampaignID: c.ID, Kind: model.PersonalCommitment, DepartmentID: first}))
	if len(got) != 2 || got[0].FormNo != "" || got[1].FormNo == "" {
		t.Errorf("one department: %+v", got)
	}
}

func TestRenewOnlyWhatWasVoided(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	ward(t, s, "急诊科", "01", 2)
	c := drive(t, s)
	must[int](t)(s.MakeCommitments(ctx, c.ID, model.PersonalCommitment))
	must[string](t)(s.AddPartyCommitment(ctx, model.Commitment{Paper: model.Paper{CampaignID: c.ID}, Kind: model.SupplierCommitment, PartyName: "某医药公司", PartyPerson: "王某"}))
	rows := must[Rows[CommitmentRow]](t)(s.Commitments(ctx, CommitmentFilter{CampaignID: c.ID, Kind: model.PersonalCommitment}, Page{})).Items
	if _, err := s.RenewCommitment(ctx, rows[0].ID); model.CodeOf(err) != model.Conflict {
		t.Errorf("renewing a letter in force: %v", err)
	}
	if err := s.VoidCommitment(ctx, rows[0].ID, "打印模糊"); err != nil {
		t.Fatal(err)
	}
	no := must[string](t)(s.RenewCommitment(ctx, rows[0].ID))
	row := must[CommitmentRow](t)(s.CommitmentByNumber(ctx, no))
	if row.StaffID != rows[0].StaffID || row.State != model.Unprinted || no == rows[0].FormNo {
		t.Errorf("the new letter is %+v", row)
	}
	if _, err := s.RenewCommitment(ctx, rows[0].ID); model.CodeOf(err) != model.Conflict {
		t.Errorf("renewing twice: %v", err)
	}

	party := must[Rows[CommitmentRow]](t)(s.Commitments(ctx, CommitmentFilter{CampaignID: c.ID, Kind: model.SupplierCommitment}, Page{})).Items[0]
	if _, err := s.RenewCommitment(ctx, party.ID); model.CodeOf(err) != model.Conflict {
		t.Errorf("renewing a supplier's letter in force: %v", err)
	}
	if err := s.VoidCommitment(ctx, party.ID, "名称写错"); err != nil {
		t.Fatal(err)
	}
	row = must[CommitmentRow](t)(s.CommitmentByNumber(ctx, must[string](t)(s.RenewCommitment(ctx, party.ID))))
	if row.PartyName != "某医药公司" || row.PartyPerson != "王某" {
		t.Errorf("the supplier's new letter is %+v", row)
	}
	if problems := must[[]Problem](t)(s.Check(ctx)); len(problems) != 0 {
		t.Errorf("check: %v", problems)
	}
}
