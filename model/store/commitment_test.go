package store

import (
	"context"
	"testing"

	"qingfeng/model"
)

func TestLettersFromMakingToReturn(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	emergency, staff := ward(t, s, "急诊科", "01", 12)
	ward(t, s, "麻醉手术科", "02", 5)
	c := drive(t, s)
	if n := must[int](t)(s.MakeCommitments(ctx, c.ID, model.PersonalCommitment)); n != 17 {
		t.Fatalf("made %d letters, want 17", n)
	}
	if n := must[int](t)(s.MakeCommitments(ctx, c.ID, model.PersonalCommitment)); n != 0 {
		t.Fatalf("making again made %d", n)
	}
	all := must[Rows[CommitmentRow]](t)(s.Commitments(ctx, CommitmentFilter{CampaignID: c.ID, Kind: model.PersonalCommitment}, Page{}))
	if all.Total != 17 || len(all.Items) != 17 {
		t.Fatalf("listed %d of %d", len(all.Items), all.Total)
	}
	first := all.Items[0]
	if first.Department != "急诊科" || first.EmployeeNo != "01000" || first.FormNo[:14] != "CN-2026-00001-" {
		t.Fatalf("first letter is %+v", first)
	}

	ids := make([]int64, 17)
	for i, r := range all.Items {
		ids[i] = r.ID
	}
	if err := s.MarkPrinted(ctx, ids); err != nil {
		t.Fatal(err)
	}
	wrong := first.FormNo[:13] + "9" + first.FormNo[13:]
	res := must[[]ReturnResult](t)(s.ReturnCommitments(ctx, c.ID, []string{first.FormNo, first.FormNo, wrong, "你好"}, s.Today()))
	if res[0].Problem != "" || res[0].Row.Name != "张三" {
		t.Errorf("first scan: %+v", res[0])
	}
	for i, r := range res[1:] {
		if r.Problem == "" {
			t.Errorf("scan %d was taken: %+v", i+1, r)
		}
	}
	if _, err := s.ReturnCommitments(ctx, c.ID, []string{all.Items[1].FormNo}, "2026-08-12"); model.CodeOf(err) != model.Invalid {
		t.Errorf("a return tomorrow: %v", err)
	}
	if err := s.ExcuseCommitment(ctx, all.Items[1].ID, "产假", "2026-10-08"); err != nil {
		t.Fatal(err)
	}
	if err := s.VoidCommitment(ctx, all.Items[2].ID, "打印模糊"); err != nil {
		t.Fatal(err)
	}
	n := must[int](t)(s.ReturnDepartment(ctx, CommitmentFilter{CampaignID: c.ID, Kind: model.PersonalCommitment, DepartmentID: emergency}, []string{all.Items[4].FormNo}, s.Today()))
	if n != 8 { // 12 less one returned, one excused, one void, one excepted
		t.Errorf("department returned %d, want 8", n)
	}
	sum, rows, err := s.CommitmentRates(ctx, c.ID, model.PersonalCommitment)
	if err != nil {
		t.Fatal(err)
	}
	if want := (model.Rate{Expected: 17, Returned: 9, Missing: 7, Excused: 1}); sum != want {
		t.Errorf("rates %+v, want %+v", sum, want)
	}
	if len(rows) != 2 || rows[0].Department != "急诊科" || rows[0].Missing != 2 {
		t.Errorf("departments %+v", rows)
	}

	// A leaver's open letter is excused, a voided letter is made anew.
	if err := s.Leave(ctx, staff[4], s.Today(), "调出"); err != nil {
		t.Fatal(err)
	}
	if n := must[int](t)(s.MakeCommitments(ctx, c.ID, model.PersonalCommitment)); n != 1 {
		t.Errorf("made %d letters for the voided one", n)
	}
	sum, _, err = s.CommitmentRates(ctx, c.ID, model.PersonalCommitment)
	if want := (model.Rate{Expected: 17, Returned: 9, Missing: 6, Excused: 2}); err != nil || sum != want {
		t.Errorf("rates %+v (%v), want %+v", sum, err, want)
	}
	if problems := must[[]Problem](t)(s.Check(ctx)); len(problems) != 0 {
		t.Errorf("check: %v", problems)
	}
}
