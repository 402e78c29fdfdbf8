package store

import (
	"context"
	"slices"
	"strings"
	"testing"

	"qingfeng/model"
)

func TestFormsOfDepartments(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	first, _ := ward(t, s, "急诊科", "01", 2)
	ward(t, s, "麻醉手术科", "02", 2)
	c := drive(t, s)
	if n := must[int](t)(s.MakeSelfChecks(ctx, c.ID, model.DepartmentSelfCheck)); n != 2 {
		t.Fatalf("%d forms", n)
	}
	f := SelfCheckFilter{CampaignID: c.ID, Kind: model.DepartmentSelfCheck}
	rows := selfCheckRows(t, s, f)
	if rows[0].Name != "急诊科" || rows[0].Department != "急诊科" || !strings.HasPrefix(rows[0].FormNo, "ZK-2026-00001-") || rows[0].Priority {
		t.Errorf("the first is %+v", rows[0])
	}
	item := must[model.Plan](t)(s.Plan(ctx, c.ID)).Items[0].ID
	nos := must[[]string](t)(s.RecordSelfCheck(ctx, rows[0].ID, SelfCheckEntry{On: s.Today(), Gaps: "接待医药代表没有登记制度", Problems: []model.Problem{stated(item, itsDeed)}}))
	if found := findingsOf(t, s, nos)[0]; found.DepartmentID != first || found.StaffID != 0 {
		t.Errorf("its finding is %+v", found)
	}
	if r := selfCheckOf(t, s, rows[0].ID); r.Gaps == "" {
		t.Errorf("it says %+v", r)
	}
	sum, rates, err := s.SelfCheckRates(ctx, c.ID, model.DepartmentSelfCheck)
	if want := (model.SelfCheckRate{Rate: model.Rate{Expected: 2, Returned: 1, Missing: 1}, Findings: 1}); err != nil || sum != want || len(rates) != 2 {
		t.Errorf("rates %+v %+v %v", sum, rates, err)
	}
	if got := must[[]SelfCheckRow](t)(s.Unchecked(ctx, f)); len(got) != 1 || got[0].Name != "麻醉手术科" {
		t.Errorf("unchecked: %+v", got)
	}
	// The personal summary knows nothing of it.
	whole := must[model.SelfCheckSummary](t)(s.SelfCheckSummary(ctx, c.ID))
	if whole.Findings != 0 || whole.Returned != 0 || whole.Expected != 4 || slices.ContainsFunc(whole.Items, func(i model.ItemCount) bool { return i.People > 0 }) {
		t.Errorf("the summary has %+v", whole)
	}
	_, err = s.SelfCheckSummary(ctx, 99)
	wantCode(t, err, model.NotFound)
	clean(t, s)
}

func TestFormsAreFoundAndRenewed(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	c, rows, _ := forms(t, s, 5)
	if n := must[int](t)(s.MakeSelfChecks(ctx, c.ID, model.PersonalSelfCheck)); n != 0 {
		t.Errorf("made %d again", n)
	}
	ok(t, s.VoidSelfCheck(ctx, rows[0].ID, "打印模糊"))
	ok(t, s.ExcuseSelfCheck(ctx, rows[1].ID, "产假", ""))
	wantCode(t, s.ExcuseSelfCheck(ctx, rows[2].ID, "产假", "2026-08-10"), model.Invalid)
	for _, x := range []struct {
		f    SelfCheckFilter
		want int
	}{
		{SelfCheckFilter{}, 4}, {SelfCheckFilter{State: model.Voided}, 1}, {SelfCheckFilter{Missing: true}, 3}, {SelfCheckFilter{State: model.Exempt}, 1},
		{SelfCheckFilter{Find: "徐"}, 1}, {SelfCheckFilter{Find: "lz"}, 1}, {SelfCheckFilter{Find: "01003"}, 1}, {SelfCheckFilter{Find: "ZC-2026-0000"}, 4},
		{SelfCheckFilter{Find: "%"}, 0}, {SelfCheckFilter{FormNos: []string{rows[3].FormNo}}, 1}, {SelfCheckFilter{DepartmentID: 99}, 0},
	} {
		x.f.CampaignID, x.f.Kind = c.ID, model.PersonalSelfCheck
		if got := selfCheckRows(t, s, x.f); len(got) != x.want {
			t.Errorf("%+v finds %d, want %d", x.f, len(got), x.want)
		}
	}
	if n := must[int](t)(s.WithoutSelfCheck(ctx, c.ID, model.PersonalSelfCheck)); n != 1 {
		t.Errorf("%d without", n)
	}
	no := must[string](t)(s.RenewSelfCheck(ctx, rows[0].ID))
	row := must[SelfCheckRow](t)(s.SelfCheckByNumber(ctx, strings.ToLower(no)))
	if row.StaffID != rows[0].StaffID || row.State != model.Unprinted || row.Name != "张三" || row.ID == rows[0].ID {
		t.Errorf("the new form is %+v", row)
	}
	for _, id := range []int64{rows[0].ID, rows[1].ID} { // has one, is not void
		_, err := s.RenewSelfCheck(ctx, id)
		wantCode(t, err, model.Conflict)
	}
	_, err := s.SelfCheck(ctx, 99)
	wantCode(t, err, model.NotFound)
	clean(t, s)
}

// A campaign from before items were known gets the checklist's with its forms.
func TestFormsBringTheChecklist(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	ward(t, s, "急诊科", "01", 1)
	c := drive(t, s)
	ok(t, s.writer.Exec(`DELETE FROM check_item`).Error)
	must[int](t)(s.MakeSelfChecks(ctx, c.ID, model.PersonalSelfCheck))
	items := must[model.Plan](t)(s.Plan(ctx, c.ID)).Items
	if len(items) != 9 || items[0].Source != "医疗机构工作人员廉洁从业九项准则" || items[8].Position != 9 {
		t.Errorf("the items are %+v", items)
	}
}
