package store

import (
	"context"
	"testing"

	"qingfeng/model"
)

// The self-check forms of a furnished folder. The returned one states a problem.
const awaitedForm, returnedForm, voidedForm = 1, 2, 3

var personalForms = SelfCheckFilter{CampaignID: theCampaign, Kind: model.PersonalSelfCheck}

var selfCheckUses = []use{
	{"SelfChecks", model.Read, with(func(ctx context.Context, s *Store) (Rows[SelfCheckRow], error) {
		return s.SelfChecks(ctx, personalForms, Page{})
	})},
	{"SelfCheck", model.Read, with(func(ctx context.Context, s *Store) (SelfCheckRow, error) { return s.SelfCheck(ctx, awaitedForm) })},
	{"SelfCheckByNumber", model.Read, with(func(ctx context.Context, s *Store) (SelfCheckRow, error) {
		return s.SelfCheckByNumber(ctx, selfCheckNo(s, awaitedForm))
	})},
	{"WithoutSelfCheck", model.Read, with(func(ctx context.Context, s *Store) (int, error) {
		return s.WithoutSelfCheck(ctx, theCampaign, model.PersonalSelfCheck)
	})},
	{"Problems", model.Read, with(func(ctx context.Context, s *Store) ([]model.Problem, error) { return s.Problems(ctx, returnedForm) })},
	{"SelfCheckRates", model.Read, func(ctx context.Context, s *Store) error {
		_, _, err := s.SelfCheckRates(ctx, theCampaign, model.PersonalSelfCheck)
		return err
	}},
	{"SelfCheckSummary", model.Read, with(func(ctx context.Context, s *Store) (model.SelfCheckSummary, error) {
		return s.SelfCheckSummary(ctx, theCampaign)
	})},
	{"Unchecked", model.Read, with(func(ctx context.Context, s *Store) ([]SelfCheckRow, error) { return s.Unchecked(ctx, personalForms) })},

	{"MakeSelfChecks", model.Write, with(func(ctx context.Context, s *Store) (int, error) {
		return s.MakeSelfChecks(ctx, theCampaign, model.DepartmentSelfCheck)
	})},
	{"RenewSelfCheck", model.Write, with(func(ctx context.Context, s *Store) (string, error) { return s.RenewSelfCheck(ctx, voidedForm) })},
	{"MarkSelfChecksPrinted", model.Write, func(ctx context.Context, s *Store) error {
		return s.MarkSelfChecksPrinted(ctx, []int64{awaitedForm})
	}},
	{"ReturnSelfChecks", model.Write, with(func(ctx context.Context, s *Store) ([]SelfCheckResult, error) {
		return s.ReturnSelfChecks(ctx, theCampaign, []string{selfCheckNo(s, awaitedForm)}, s.Today(), false)
	})},
	{"ReturnSelfCheckDepartment", model.Write, with(func(ctx context.Context, s *Store) (int, error) {
		return s.ReturnSelfCheckDepartment(ctx, personalForms, nil, s.Today(), false)
	})},
	{"RecordSelfCheck", model.Write, with(func(ctx context.Context, s *Store) ([]string, error) {
		return s.RecordSelfCheck(ctx, awaitedForm, SelfCheckEntry{On: s.Today(), Problems: []model.Problem{stated(firstItem(s), itsDeed)}})
	})},
	{"SaveOpinions", model.Write, func(ctx context.Context, s *Store) error {
		return s.SaveOpinions(ctx, returnedForm, model.Opinions{Department: "属实", DepartmentOn: s.Today()})
	}},

	{"SendBackSelfCheck", model.Decide, func(ctx context.Context, s *Store) error { return s.SendBackSelfCheck(ctx, returnedForm, "敷衍") }},
	{"ExcuseSelfCheck", model.Decide, func(ctx context.Context, s *Store) error {
		return s.ExcuseSelfCheck(ctx, awaitedForm, "产假", "")
	}},
	{"ReopenSelfCheck", model.Decide, func(ctx context.Context, s *Store) error { return s.ReopenSelfCheck(ctx, returnedForm, "登记错") }},
	{"VoidSelfCheck", model.Decide, func(ctx context.Context, s *Store) error { return s.VoidSelfCheck(ctx, returnedForm, "拿错了表") }},
}

// What forms of the tests state.
const itsDeed, itsCompany = "收受某药企代表赠送的购物卡", "某某医药有限公司经理钱某某"

// stated is a problem of a form, all its fields filled.
func stated(item int64, particulars string) model.Problem {
	return model.Problem{ItemID: item, Particulars: particulars, Counterpart: itsCompany, HappenedOn: "2026-03",
		AmountFen: 150000, HandedFen: 50000, Measure: "全部上交廉政账户", DueOn: "2026-08-31"}
}

// selfCheckNo and firstItem read past all permissions.
func selfCheckNo(s *Store, id int64) string {
	var no string
	s.peek(context.Background()).Raw(`SELECT form_no FROM selfcheck WHERE id = ?`, id).Scan(&no)
	return no
}

func firstItem(s *Store) int64 {
	var id int64
	s.peek(context.Background()).Raw(`SELECT MIN(id) FROM check_item WHERE campaign_id = ?`, theCampaign).Scan(&id)
	return id
}

func furnishSelfChecks(t *testing.T, s *Store) {
	ctx := context.Background()
	must[int](t)(s.MakeSelfChecks(ctx, theCampaign, model.PersonalSelfCheck))
	must[[]string](t)(s.RecordSelfCheck(ctx, returnedForm, SelfCheckEntry{On: s.Today(), Problems: []model.Problem{stated(firstItem(s), itsDeed)}}))
	ok(t, s.VoidSelfCheck(ctx, voidedForm, "打印模糊"))
}

// An auditor reads that a problem was stated, and not what.
func TestWhoReadsWhatAFormStates(t *testing.T) {
	ctx := context.Background()
	dir := furnished(t)
	for login, want := range map[string][2]string{
		"auditor": {filled, filled}, "reviewer": {itsDeed, itsCompany}, "clerk": {itsDeed, itsCompany}, "li": {itsDeed, itsCompany},
	} {
		s := as(t, copyFolder(t, dir), login)
		got := must[[]model.Problem](t)(s.Problems(ctx, returnedForm))
		if len(got) != 1 || got[0].Particulars != want[0] || got[0].Counterpart != want[1] || got[0].AmountFen != 150000 {
			t.Errorf("%s reads %+v", login, got)
		}
		shut(s)
	}
}
