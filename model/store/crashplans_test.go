package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/day"
)

// The writer's steps with a second account, plans and draws, and how the facts
// of all registers are read.

// The account of somebody who decides.
const reviewer, firstPassword = "sun", "头一个密码 1号"

// asReviewer lets another account do something; what goes on beside the desk
// waits, for it needs the administrator.
func (w *writer) asReviewer(work func() error) error {
	ctx := context.Background()
	if w.facts["账号 "+reviewer] == "" {
		return w.do("add reviewer", map[string]string{"账号 " + reviewer: string(model.Reviewer), "密码 " + reviewer: firstPassword}, func(*said) error {
			_, err := w.s.AddAccount(ctx, model.Account{Login: reviewer, Name: "孙某", Role: model.Reviewer}, firstPassword)
			return err
		})
	}
	w.busy.Lock()
	defer w.busy.Unlock()
	if _, err := w.s.SignIn(ctx, reviewer, w.facts["密码 "+reviewer]); err != nil {
		return err
	}
	if w.facts["密码 "+reviewer] == firstPassword {
		work = func() error {
			return w.do("first change", map[string]string{"密码 " + reviewer: clerkPassword}, func(*said) error {
				return w.s.ChangePassword(ctx, firstPassword, clerkPassword)
			})
		}
	}
	if err := work(); err != nil {
		return err
	}
	_, err := w.s.SignIn(ctx, "li", w.facts["密码 li"])
	return err
}

func memberFact(members []model.Member) string {
	var names []string
	for _, m := range members {
		names = append(names, m.Role+m.Post+m.Name)
	}
	return strings.Join(names, "|")
}

// changePlan adds a member, moves one, or takes one out.
func (w *writer) changePlan() error {
	ctx := context.Background()
	plan, err := w.s.Plan(ctx, theCampaign)
	if err != nil {
		return err
	}
	all, i := plan.Members, w.r.IntN(len(plan.Members))
	m := model.Member{CampaignID: theCampaign, Role: "成员", Name: fmt.Sprintf("周%d", w.next()), Position: i + 1}
	what, then := "add member", slices.Insert(slices.Clone(all), i, m)
	change := func(*said) error { _, err := w.s.SavePart(ctx, m); return err }
	switch w.r.IntN(4) {
	case 0:
		if i > 0 {
			then = slices.Clone(all)
			then[i-1], then[i] = then[i], then[i-1]
			what, change = "move member", func(*said) error { return w.s.MovePart(ctx, all[i], true) }
		}
	case 1:
		if len(all) > 2 {
			what, then = "remove member", slices.Delete(slices.Clone(all), i, i+1)
			change = func(*said) error { return w.s.RemovePart(ctx, all[i]) }
		}
	}
	return w.do(what, map[string]string{"领导小组": memberFact(then)}, change)
}

// meetDeadline records that the first deadline was met, or takes that back.
func (w *writer) meetDeadline() error {
	ctx := context.Background()
	if note, ok := w.one("办结 ", metPeriod); ok {
		var id int64
		if err := w.s.peek(ctx).Raw(`SELECT id FROM deadline_done WHERE voided_on = ''`).Scan(&id).Error; err != nil {
			return err
		}
		return w.do("reopen deadline", map[string]string{"办结 " + note: withdrawn}, func(*said) error { return w.s.ReopenDeadline(ctx, id, "报错了") })
	}
	note := fmt.Sprintf("第%d次报送", w.next())
	return w.do("meet deadline", map[string]string{"办结 " + note: metPeriod}, func(*said) error {
		return w.s.MeetDeadline(ctx, metOnce, metPeriod, w.s.Today(), note)
	})
}

// drawFact is a draw's seed, the departments that were inspected, and whether
// it is in force.
func drawFact(seed string, done int, voided day.Date) string {
	if voided != "" {
		return "作废 " + seed
	}
	return fmt.Sprintf("%d %s", done, seed)
}

func (w *writer) makeDraw() error {
	seed := fmt.Sprintf("%d", w.r.Uint64())
	departments := len(w.some("科室 ", "", len(w.facts)))
	return w.do("draw", map[string]string{"抽取 " + w.number("抽取", "SJ", 1): drawFact(seed, 0, "")}, func(*said) error {
		_, err := w.s.MakeDraw(context.Background(), DrawRequest{CampaignID: theCampaign, Seed: seed, From: "2026-09-01", To: "2026-09-30", Picks: min(3, departments),
			PerVisit: 1, Inspectors: []model.Inspector{{Name: "吴某"}, {Name: "郑某"}}, Fair: true, Witness: "周某"})
		return err
	})
}

func (w *writer) inspect() error {
	no, ok := w.one("抽取 ", "0")
	if !ok {
		return nil
	}
	ctx := context.Background()
	d, err := w.s.DrawByNumber(ctx, no)
	if err != nil {
		return err
	}
	if w.r.IntN(4) == 0 {
		return w.do("void draw", map[string]string{"抽取 " + no: drawFact(d.Seed, 0, w.s.Today())}, func(*said) error { return w.s.VoidDraw(ctx, d.ID, "停电") })
	}
	picks, err := w.s.Picks(ctx, d.ID)
	if err != nil {
		return err
	}
	return w.do("inspect", map[string]string{"抽取 " + no: drawFact(d.Seed, 1, "")}, func(*said) error {
		return w.s.RecordPick(ctx, model.Pick{ID: picks[0].ID, InspectedOn: w.s.Today(), Record: "未见异常"})
	})
}

// lookAtRegisters reads the facts of the registers of campaigns.
func lookAtRegisters(t testing.TB, s *Store, got map[string]string) {
	t.Helper()
	ctx := context.Background()
	var forms []model.SelfCheck
	ok(t, s.read(ctx).Table("selfcheck").Find(&forms).Error)
	numbers := map[int64]string{}
	for _, f := range forms {
		numbers[f.ID] = f.FormNo
		got["自查表 "+f.FormNo] = formFact(f.State, f.PrintCount, f.Problems)
	}
	var all []model.Finding
	ok(t, s.read(ctx).Table("finding").Find(&all).Error)
	of, findings := map[int64]string{}, map[int64]string{}
	for _, f := range all {
		findings[f.ID] = f.FormNo
		if f.ProblemID != 0 {
			of[f.ProblemID] = f.FormNo
		}
		got["问题 "+f.FormNo] = findingFact(f.State, f.DueOn)
	}
	var problems []struct {
		ID, SelfcheckID, ItemID int64
		Particulars, VoidedOn   string
	}
	ok(t, s.read(ctx).Table("problem").Order("id").Find(&problems).Error)
	for _, p := range problems {
		ok(t, s.session.Load().unseal("problem", map[string]*string{"particulars": &p.Particulars}))
		got[statedKey(numbers[p.SelfcheckID], p.ItemID)] = p.Particulars + " " + of[p.ID]
		if p.VoidedOn != "" {
			got[statedKey(numbers[p.SelfcheckID], p.ItemID)] = withdrawn
		}
	}
	var requests []model.Extension
	ok(t, s.read(ctx).Table("extension").Find(&requests).Error)
	for _, x := range requests {
		got["延期 "+findings[x.FindingID]+" "+x.Reason] = string(x.State)
	}
	lookAtPlans(t, s, got)
	lookAtHandovers(t, s, got)
}

func lookAtPlans(t testing.TB, s *Store, got map[string]string) {
	t.Helper()
	ctx := context.Background()
	if plan, err := s.Plan(ctx, theCampaign); model.CodeOf(err) != model.NotFound {
		ok(t, err)
		got["领导小组"] = memberFact(plan.Members)
		for i, m := range plan.Members {
			if m.Position != i+1 {
				t.Errorf("member %d has position %d", i+1, m.Position)
			}
		}
	}
	var met []metDeadline
	ok(t, s.read(ctx).Table("deadline_done").Find(&met).Error)
	for _, m := range met {
		if got["办结 "+m.Note] = m.Period; m.VoidedOn != "" {
			got["办结 "+m.Note] = withdrawn
		}
	}
	for _, d := range must[Rows[DrawRow]](t)(s.Draws(ctx, 0, Page{})).Items {
		got["抽取 "+d.FormNo] = drawFact(d.Seed, d.Done, d.VoidedOn)
	}
}
