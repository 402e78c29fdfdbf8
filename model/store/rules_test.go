package store

import (
	"context"
	"slices"
	"testing"
	"time"

	"qingfeng/model"
)

func TestAnExcuseEndsWithItsDay(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	ward(t, s, "急诊科", "01", 2)
	c := drive(t, s)
	must[int](t)(s.MakeCommitments(ctx, c.ID, model.PersonalCommitment))
	letters := must[Rows[CommitmentRow]](t)(s.Commitments(ctx, CommitmentFilter{CampaignID: c.ID, Kind: model.PersonalCommitment}, Page{})).Items
	if err := s.MarkPrinted(ctx, []int64{letters[0].ID, letters[1].ID}); err != nil {
		t.Fatal(err)
	}
	if err := s.ExcuseCommitment(ctx, letters[0].ID, "产假", "2026-10-08"); err != nil {
		t.Fatal(err)
	}
	if err := s.ExcuseCommitment(ctx, letters[1].ID, "援外", ""); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		today          string
		missing, lines int
	}{{"2026-10-08", 0, 0}, {"2026-10-09", 1, 1}, {"2026-10-10", 1, 1}} {
		s.Close()
		now, err := time.ParseInLocation("2006-01-02", c.today, time.Local)
		if err != nil {
			t.Fatal(err)
		}
		o := cheap
		o.Now = func() time.Time { return now }
		if s, err = Open(ctx, s.folder, o); err != nil {
			t.Fatal(err)
		}
		enter(t, s)
		sum, _, err := s.CommitmentRates(ctx, letters[0].CampaignID, model.PersonalCommitment)
		if err != nil || sum.Missing != c.missing {
			t.Errorf("on %s %d are missing (%v), want %d", c.today, sum.Missing, err, c.missing)
		}
		ended := 0
		for _, l := range must[[]model.AuditLine](t)(s.AuditLines(ctx, "承诺书", letters[0].ID, 100)) {
			if l.Action == "免签到期（自动）" {
				ended++
			}
		}
		if ended != c.lines {
			t.Errorf("on %s the trail says %d times that the excuse ended, want %d", c.today, ended, c.lines)
		}
	}
	s.Close()
}

func TestALetterDoesNotComeBackBeforeItWasPrinted(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	ward(t, s, "急诊科", "01", 1)
	c := drive(t, s)
	must[int](t)(s.MakeCommitments(ctx, c.ID, model.PersonalCommitment))
	l := must[Rows[CommitmentRow]](t)(s.Commitments(ctx, CommitmentFilter{CampaignID: c.ID, Kind: model.PersonalCommitment}, Page{})).Items[0]
	if err := s.MarkPrinted(ctx, []int64{l.ID}); err != nil {
		t.Fatal(err)
	}
	res := must[[]ReturnResult](t)(s.ReturnCommitments(ctx, c.ID, []string{l.FormNo}, "2026-08-10"))
	if res[0].Problem == "" {
		t.Error("a letter printed on the 11th came back on the 10th")
	}
	res = must[[]ReturnResult](t)(s.ReturnCommitments(ctx, c.ID, []string{l.FormNo}, "2026-08-11"))
	if res[0].Problem != "" {
		t.Error(res[0].Problem)
	}
}

func TestARosterReopensAClosedDepartment(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	id := must[int64](t)(s.SaveDepartment(ctx, model.Department{Name: "援外医疗队"}))
	d := must[model.Department](t)(s.Department(ctx, id))
	d.ClosedOn = "2026-01-01"
	must[int64](t)(s.SaveDepartment(ctx, d))
	list := reading(person("01", "张三", "援外医疗队", ""), person("02", "李喆", "援外医疗队", ""))
	plan := must[RosterPlan](t)(s.ImportRoster(ctx, "花名册.xlsx", list, RosterAnswers{}))
	if !slices.Equal(plan.Reopened, []string{"援外医疗队"}) || len(plan.NewDepartments) != 0 {
		t.Errorf("reopened %v, new %v", plan.Reopened, plan.NewDepartments)
	}
	if d = must[model.Department](t)(s.Department(ctx, id)); d.ClosedOn != "" {
		t.Errorf("it is closed since %s", d.ClosedOn)
	}
}
