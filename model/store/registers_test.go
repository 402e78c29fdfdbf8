package store

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"qingfeng/model"
)

// stockForms forms of a stocked folder state stockItems problems each.
const stockForms, stockItems = 20, 4

// deedOf and companyOf are what the n-th problem of a stocked folder states.
func deedOf(n int) string    { return fmt.Sprintf("收受第%03d家药企代表的购物卡", n) }
func companyOf(n int) string { return fmt.Sprintf("第%03d药业有限公司经理孙某某", n) }

// stock fills every register of the folder's first campaign, whose ward has
// people enough: forms that state problems, findings in every state, requests
// for more time, draws, inspections, progress of the plan, attachments. It
// leaves the administrator signed in.
func stock(t testing.TB, s *Store) {
	t.Helper()
	newAccount(t, s, "wang", model.Clerk)
	stockPlan(t, s)
	stockForm := stockSelfChecks(t, s)
	stockFindings(t, s)
	stockDraws(t, s)
	stockHandovers(t, s)
	for _, a := range []struct {
		entity string
		id     int64
	}{{"自查表", stockForm}, {"问题", 1}, {"责任事项", 1}, {"抽查", 1}, {"红包上交", 1}} {
		must[int64](t)(s.Attach(context.Background(), a.entity, a.id, itsScan, scan(a.entity)))
	}
}

func stockPlan(t testing.TB, s *Store) {
	t.Helper()
	ctx := context.Background()
	plan := must[model.Plan](t)(s.Plan(ctx, theCampaign))
	must[int64](t)(s.SavePart(ctx, model.Member{CampaignID: theCampaign, Role: "成员", Post: "医务科科长", Name: "周某", Position: 1}))
	ok(t, s.MovePart(ctx, plan.Phases[0], false))
	ok(t, s.RemovePart(ctx, plan.Duties[len(plan.Duties)-1]))
	d := plan.Duties[0]
	d.State, d.Progress, d.ProgressOn = model.DutyRunning, "已印发通知", s.Today()
	must[int64](t)(s.SavePart(ctx, d))
	ok(t, s.MeetDeadline(ctx, metOnce, metPeriod, s.Today(), "提前报送"))
	ok(t, s.ReopenDeadline(ctx, doneOnce, "报错了"))
	ok(t, s.MeetDeadline(ctx, metOnce, metPeriod, s.Today(), "已报送"))
}

// stockSelfChecks returns the id of a form that states problems.
func stockSelfChecks(t testing.TB, s *Store) int64 {
	t.Helper()
	ctx := context.Background()
	must[int](t)(s.MakeSelfChecks(ctx, theCampaign, model.PersonalSelfCheck))
	must[int](t)(s.MakeSelfChecks(ctx, theCampaign, model.DepartmentSelfCheck))
	rows := selfCheckRows(t, s, SelfCheckFilter{CampaignID: theCampaign, Kind: model.PersonalSelfCheck})
	items := must[model.Plan](t)(s.Plan(ctx, theCampaign)).Items
	forms := min(stockForms, len(rows)-2)
	for i := range forms {
		e := SelfCheckEntry{On: s.Today()}
		for j := range stockItems {
			p := stated(items[j].ID, deedOf(i*stockItems+j))
			p.Counterpart = companyOf(i*stockItems + j)
			e.Problems = append(e.Problems, p)
		}
		must[[]string](t)(s.RecordSelfCheck(ctx, rows[i].ID, e))
	}
	ok(t, s.SendBackSelfCheck(ctx, rows[0].ID, "避重就轻"))
	last := rows[forms]
	must[[]string](t)(s.RecordSelfCheck(ctx, last.ID, SelfCheckEntry{On: s.Today(), Problems: []model.Problem{stated(items[0].ID, itsDeed)}}))
	ok(t, s.VoidSelfCheck(ctx, last.ID, "拿错了表"))
	ok(t, s.ExcuseSelfCheck(ctx, rows[forms+1].ID, "产假", ""))
	return rows[0].ID
}

func stockFindings(t testing.TB, s *Store) {
	t.Helper()
	ctx := context.Background()
	all := make([]model.Finding, 6)
	for i := range all {
		all[i] = saved(t, s, aFinding(theCampaign, hisDepartment))
	}
	asWang(t, s)
	for _, f := range all[1:] {
		ok(t, s.BeginFinding(ctx, f.ID, "2026-03-03"))
	}
	for _, f := range all[2:] {
		ok(t, s.SubmitFinding(ctx, f.ID, "2026-03-10", "张三", "已退还"))
	}
	for _, f := range all[:2] {
		ok(t, s.AskExtension(ctx, f.ID, "2026-09-30", "款未到"))
	}
	enter(t, s)
	ok(t, s.DecideExtension(ctx, 1, true, "同意"))
	ok(t, s.RefuseFinding(ctx, all[3].ID, "2026-03-11", "没有公示"))
	for _, f := range all[4:] {
		ok(t, s.AcceptFinding(ctx, f.ID, "2026-03-12", "属实", ""))
	}
	ok(t, s.LookBackFinding(ctx, all[5].ID, "2026-06-01", "赵某", "又发生了", true, "2026-09-01"))
	ok(t, s.VoidFinding(ctx, saved(t, s, aFinding(0, hisDepartment)).ID, "登记重复"))
	must[FindingImport](t)(s.ImportFindings(ctx, theCampaign, []model.FindingRecord{oldRow(2, "state", "已销号", "accepted_on", "2026-04-01")}, false))
}

func stockDraws(t testing.TB, s *Store) {
	t.Helper()
	ctx := context.Background()
	for _, name := range []string{"药剂科", "检验科", "放射科", "骨科"} {
		must[int64](t)(s.SaveDepartment(ctx, model.Department{Name: name}))
	}
	r := DrawRequest{CampaignID: theCampaign, Seed: "20260811-073915", From: "2026-09-01", To: "2026-12-31", Picks: 3, PerVisit: 2, Fair: true, Witness: "周某",
		Inspectors: []model.Inspector{{Name: "吴某"}, {Name: "郑某"}, {Name: "冯某"}, {Name: "褚某"}}}
	draw := must[int64](t)(s.MakeDraw(ctx, r))
	pick := must[[]PickRow](t)(s.Picks(ctx, draw))[0]
	ok(t, s.RecordPick(ctx, model.Pick{ID: pick.ID, InspectedOn: s.Today(), Record: "处方点评没有记录", Published: "院务公开栏"}))
	f := aFinding(0, pick.DepartmentID)
	f.PickID = pick.ID
	saved(t, s, f)
	ok(t, s.VoidDraw(ctx, must[int64](t)(s.MakeDraw(ctx, r)), "抽取时停电"))
}

// wantStock checks that what the forms of a stocked folder state can be read.
func wantStock(t testing.TB, s *Store, forms int) {
	t.Helper()
	rows := selfCheckRows(t, s, SelfCheckFilter{CampaignID: theCampaign, Kind: model.PersonalSelfCheck})
	for i := range forms {
		got := must[[]model.Problem](t)(s.Problems(context.Background(), rows[i].ID))
		if len(got) != stockItems {
			t.Fatalf("form %d states %d of %d problems", i, len(got), stockItems)
		}
		for j, p := range got {
			if n := i*stockItems + j; p.Particulars != deedOf(n) || p.Counterpart != companyOf(n) {
				t.Fatalf("problem %d states %q of %q", n, p.Particulars, p.Counterpart)
			}
		}
	}
	wantStockedHandovers(t, s)
}

// registerTables are those of the third schema and of the fourth.
var registerTables = []string{"handover", "handover_item", "disposition", "disposition_line", "receipt", "custody", "custody_handover", "supplier",
	"phase", "member", "deadline", "deadline_done", "duty", "check_item", "selfcheck", "problem", "draw", "pick", "finding", "extension"}

// wantFilled checks that no register is empty and that findings are in some
// states, or a test of them tries nothing.
func wantFilled(t testing.TB, s *Store, findings ...model.FindingState) {
	t.Helper()
	all := dump(t, s)
	for _, table := range registerTables {
		if all[table] == "" {
			t.Errorf("%s is empty", table)
		}
	}
	states := rowsOf(t, s, `SELECT DISTINCT state FROM finding`)
	for _, state := range findings {
		if !slices.Contains(states, "["+string(state)+"]") {
			t.Errorf("no finding is %s", state)
		}
	}
}
