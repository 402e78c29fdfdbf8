package store

import (
	"context"
	"testing"

	"qingfeng/model"
	"qingfeng/model/day"
)

// How far campaigns are is what the registers count one by one, whatever was
// made, came back, was excused or void, and whoever left or came.
func TestProgressIsWhatTheRegistersCount(t *testing.T) {
	ctx := context.Background()
	s, c, dept, people := registerOf(t)
	_, more := ward(t, s, "药剂科", "02", 6)
	plan := must[model.Plan](t)(s.NewPlan("shaoxing-tcm-2019", 2026))
	other := must[int64](t)(s.StartCampaign(ctx, plan))
	agreeOnProgress(t, s, "nothing made")
	for _, id := range []int64{c.ID, other} {
		must[int](t)(s.MakeCommitments(ctx, id, model.PersonalCommitment))
		must[int](t)(s.MakeCommitments(ctx, id, model.DepartmentCommitment))
		must[int](t)(s.MakeSelfChecks(ctx, id, model.PersonalSelfCheck))
		must[int](t)(s.MakeSelfChecks(ctx, id, model.DepartmentSelfCheck))
	}
	letters := must[Rows[CommitmentRow]](t)(s.Commitments(ctx, CommitmentFilter{CampaignID: c.ID, Kind: model.PersonalCommitment}, Page{})).Items
	checks := must[Rows[SelfCheckRow]](t)(s.SelfChecks(ctx, SelfCheckFilter{CampaignID: c.ID, Kind: model.PersonalSelfCheck}, Page{})).Items
	must[[]ReturnResult](t)(s.ReturnCommitments(ctx, c.ID, []string{letters[0].FormNo, letters[4].FormNo, letters[5].FormNo}, s.Today()))
	must[[]SelfCheckResult](t)(s.ReturnSelfChecks(ctx, c.ID, []string{checks[1].FormNo, checks[5].FormNo}, s.Today(), false))
	agreeOnProgress(t, s, "some came back")
	ok(t, s.ExcuseCommitment(ctx, letters[1].ID, "产假", ""))
	ok(t, s.ExcuseSelfCheck(ctx, checks[0].ID, "援外", ""))
	ok(t, s.VoidCommitment(ctx, letters[2].ID, "污损"))
	ok(t, s.VoidSelfCheck(ctx, checks[2].ID, "污损"))
	agreeOnProgress(t, s, "excused and void")
	ok(t, s.Leave(ctx, people[0], s.Today(), "离职"))
	ok(t, s.Leave(ctx, more[2], s.Today(), "离职"))
	ward(t, s, "眼科", "03", 2)
	agreeOnProgress(t, s, "some left, some came")
	closedOne(t, s, aFinding(c.ID, dept))
	saved(t, s, aFinding(c.ID, dept))
	void := saved(t, s, aFinding(other, dept))
	ok(t, s.VoidFinding(ctx, void.ID, "重复登记"))
	for i, d := range must[model.Plan](t)(s.Plan(ctx, other)).Duties[:3] {
		d.State = model.DutyStates[i]
		must[int64](t)(s.SavePart(ctx, d))
	}
	agreeOnProgress(t, s, "findings and duties")
	if got := must[map[int64]CampaignProgress](t)(s.CampaignsProgress(ctx)); got[c.ID].Closed != 1 || got[c.ID].Findings != 2 || got[other].Findings != 0 ||
		got[other].DutiesDone != 1 || got[c.ID].Letters.Returned == 0 || got[c.ID].SelfChecks.Excused == 0 {
		t.Errorf("the test is about nothing: %+v", got)
	}
}

func agreeOnProgress(t *testing.T, s *Store, when string) {
	t.Helper()
	ctx := context.Background()
	all := must[map[int64]CampaignProgress](t)(s.CampaignsProgress(ctx))
	campaigns := must[[]model.Campaign](t)(s.Campaigns(ctx))
	if len(all) != len(campaigns) {
		t.Errorf("%s: %d campaigns of %d", when, len(all), len(campaigns))
	}
	for _, c := range campaigns {
		var want CampaignProgress
		var err error
		want.Letters, _, err = s.CommitmentRates(ctx, c.ID, model.PersonalCommitment)
		ok(t, err)
		checks, _, err := s.SelfCheckRates(ctx, c.ID, model.PersonalSelfCheck)
		ok(t, err)
		want.SelfChecks = checks.Rate
		if when == "nothing made" {
			want.Letters, want.SelfChecks = model.Rate{}, model.Rate{}
		}
		f := must[FindingCounts](t)(s.FindingCounts(ctx, c.ID))
		want.Findings, want.Closed = f.All, f.Closed
		for _, d := range must[model.Plan](t)(s.Plan(ctx, c.ID)).Duties {
			want.Duties++
			if d.State == model.DutyDone {
				want.DutiesDone++
			}
		}
		if all[c.ID] != want {
			t.Errorf("%s, %s: %+v, want %+v", when, c.Title, all[c.ID], want)
		}
	}
}

// Who comes after a campaign has ended does not lower its rates, but may still
// be given a paper.
func TestAnEndedCampaignWaitsForNobodyNew(t *testing.T) {
	ctx := context.Background()
	s, now := openAt(t)
	dept, _ := ward(t, s, "急诊科", "01", 3)
	p := must[model.Plan](t)(s.NewPlan("county-plan-2024", 2026))
	p.ID = must[int64](t)(s.StartCampaign(ctx, p))
	must[int](t)(s.MakeCommitments(ctx, p.ID, model.PersonalCommitment))
	must[int](t)(s.MakeSelfChecks(ctx, p.ID, model.PersonalSelfCheck))
	count := func() (expected, without, listed int) {
		letters, _, err := s.CommitmentRates(ctx, p.ID, model.PersonalCommitment)
		ok(t, err)
		checks, _, err := s.SelfCheckRates(ctx, p.ID, model.PersonalSelfCheck)
		ok(t, err)
		if letters.Expected != checks.Expected || must[model.SelfCheckSummary](t)(s.SelfCheckSummary(ctx, p.ID)).Expected != checks.Expected {
			t.Errorf("letters %d, self-checks %d", letters.Expected, checks.Expected)
		}
		n := must[int](t)(s.WithoutSelfCheck(ctx, p.ID, model.PersonalSelfCheck))
		if m := must[int](t)(s.WithoutCommitment(ctx, p.ID, model.PersonalCommitment)); m != n {
			t.Errorf("%d without a letter, %d without a form", m, n)
		}
		return checks.Expected, n, len(must[[]SelfCheckRow](t)(s.Unchecked(ctx, SelfCheckFilter{CampaignID: p.ID, Kind: model.PersonalSelfCheck})))
	}
	must[int64](t)(s.SaveStaff(ctx, model.Staff{EmployeeNo: "0199", Name: "赵犇", DepartmentID: dept}))
	if e, w, l := count(); e != 4 || w != 1 || l != 4 {
		t.Errorf("while it runs %d expected, %d without, %d listed", e, w, l)
	}
	agreeOnProgress(t, s, "running")
	now.at = day.Date("2027-01-01").Time()
	if e, w, l := count(); e != 3 || w != 0 || l != 3 {
		t.Errorf("after its end %d expected, %d without, %d listed", e, w, l)
	}
	agreeOnProgress(t, s, "ended")
	if n := must[int](t)(s.MakeSelfChecks(ctx, p.ID, model.PersonalSelfCheck)); n != 1 {
		t.Errorf("made %d", n)
	}
	must[int](t)(s.MakeCommitments(ctx, p.ID, model.PersonalCommitment))
	if e, w, l := count(); e != 4 || w != 0 || l != 4 {
		t.Errorf("once asked for %d expected, %d without, %d listed", e, w, l)
	}
}
