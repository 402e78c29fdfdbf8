package store

import (
	"context"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/model"
	"qingfeng/model/day"
)

// registerOf makes a department with people and a campaign, and an account
// besides the administrator's whose owner is 王某.
func registerOf(t testing.TB) (*Store, model.Campaign, int64, []int64) {
	t.Helper()
	s := openTest(t)
	dept, people := ward(t, s, "急诊科", "01", 3)
	c := drive(t, s)
	newAccount(t, s, "wang", model.Clerk)
	return s, c, dept, people
}

// asWang signs the second account in; enter brings the administrator back.
func asWang(t testing.TB, s *Store) {
	t.Helper()
	must[model.Account](t)(s.SignIn(context.Background(), "wang", clerkPassword))
}

func aFinding(campaign, dept int64) model.Finding {
	return model.Finding{CampaignID: campaign, Source: "督查", FoundOn: "2026-03-02", Category: "收费", Level: model.Ordinary,
		DepartmentID: dept, Problem: "超标准收费", Measure: "退还并公示", DueOn: "2026-08-31"}
}

func saved(t testing.TB, s *Store, m model.Finding) model.Finding {
	t.Helper()
	id, no, err := s.SaveFinding(context.Background(), m)
	ok(t, err)
	f := must[FindingRow](t)(s.Finding(context.Background(), id)).Finding
	if f.FormNo != no {
		t.Fatalf("stored as %s, answered %s", f.FormNo, no)
	}
	return f
}

// closedOne is a finding that 王某 recorded as mended and the administrator
// accepted on the current day.
func closedOne(t testing.TB, s *Store, m model.Finding) model.Finding {
	t.Helper()
	ctx := context.Background()
	f := saved(t, s, m)
	asWang(t, s)
	ok(t, s.BeginFinding(ctx, f.ID, "2026-03-03"))
	ok(t, s.SubmitFinding(ctx, f.ID, "2026-03-10", "张三", "已退还"))
	enter(t, s)
	ok(t, s.AcceptFinding(ctx, f.ID, "2026-08-11", "属实", ""))
	return must[FindingRow](t)(s.Finding(ctx, f.ID)).Finding
}

func TestFindingFromBeginToEnd(t *testing.T) {
	ctx := context.Background()
	s, c, dept, people := registerOf(t)
	m := aFinding(c.ID, dept)
	m.StaffID = people[0]
	f := saved(t, s, m)
	if f.State != model.ToMend || f.FormNo[:8] != "ZG-2026-" {
		t.Fatalf("%+v", f)
	}
	ok(t, s.MarkNotified(ctx, []int64{f.ID}))
	ok(t, s.MarkNotified(ctx, []int64{f.ID})) // a reprint changes nothing
	ok(t, s.BeginFinding(ctx, f.ID, "2026-03-03"))
	ok(t, s.SubmitFinding(ctx, f.ID, "2026-03-10", "张三", "已退还"))
	wantCode(t, s.AcceptFinding(ctx, f.ID, "2026-03-11", "", ""), model.Conflict) // the account that recorded it
	asWang(t, s)
	ok(t, s.RefuseFinding(ctx, f.ID, "2026-03-11", "没有公示"))
	wantCode(t, s.BeginFinding(ctx, f.ID, "2026-03-10"), model.Conflict)
	ok(t, s.BeginFinding(ctx, f.ID, "2026-03-12"))
	ok(t, s.SubmitFinding(ctx, f.ID, "2026-03-20", "李某", "已公示"))
	enter(t, s)
	wantCode(t, s.AcceptFinding(ctx, f.ID, "2026-03-21", "", ""), model.Conflict) // 李某 mended it himself
	asWang(t, s)
	wantCode(t, s.AcceptFinding(ctx, f.ID, "2026-03-21", "", ""), model.Conflict)
	ok(t, s.RefuseFinding(ctx, f.ID, "2026-03-21", "由别人再办"))
	ok(t, s.BeginFinding(ctx, f.ID, "2026-03-21"))
	ok(t, s.SubmitFinding(ctx, f.ID, "2026-03-22", "张三", "已公示"))
	enter(t, s)
	ok(t, s.AcceptFinding(ctx, f.ID, "2026-03-23", "属实", ""))
	row := must[FindingRow](t)(s.FindingByNumber(ctx, strings.ToLower(f.FormNo)))
	if row.State != model.ClosedOut || row.AcceptedBy != "李某" || row.LookBackDue != "2026-06-21" || row.NotifiedOn != "2026-08-11" ||
		row.Department != "急诊科" || row.Person != "张三" || row.Campaign != c.Title {
		t.Errorf("%+v", row)
	}
	wantCode(t, s.VoidFinding(ctx, f.ID, "登记错"), model.Conflict)
	m = row.Finding
	m.Problem = "改写"
	_, _, err := s.SaveFinding(ctx, m)
	wantCode(t, err, model.Conflict)
	ok(t, s.LookBackFinding(ctx, f.ID, "2026-06-22", "赵某", "未再发生", false, ""))
	ok(t, s.LookBackFinding(ctx, f.ID, "2026-07-22", "赵某", "又收", true, "2026-09-30"))
	row = must[FindingRow](t)(s.Finding(ctx, f.ID))
	if row.State != model.Relapsed || row.DueOn != "2026-09-30" || row.Relapses != 1 || row.AcceptedOn != "" {
		t.Errorf("%+v", row)
	}
	lines := must[[]model.AuditLine](t)(s.AuditLines(ctx, "问题", f.ID, 100))
	var actions []string
	for _, l := range lines {
		actions = append(actions, l.Action)
	}
	slices.Reverse(actions)
	want := []string{"新增", "打印", "开始整改", "提交验收", "退回", "开始整改", "提交验收", "退回", "开始整改", "提交验收", "销号", "回头看", "回头看"}
	if !slices.Equal(actions, want) {
		t.Errorf("the trail says %v", actions)
	}
	clean(t, s)
}

func TestSaveFindingRefuses(t *testing.T) {
	ctx := context.Background()
	s, c, dept, people := registerOf(t)
	gone := people[2]
	ok(t, s.Leave(ctx, gone, "2026-08-01", "调出"))
	open := saved(t, s, aFinding(c.ID, dept))
	begun := saved(t, s, aFinding(c.ID, dept))
	ok(t, s.BeginFinding(ctx, begun.ID, "2026-03-03"))
	begun = must[FindingRow](t)(s.Finding(ctx, begun.ID)).Finding
	before := dump(t, s)
	for name, x := range map[string]struct {
		of     model.Finding
		change func(*model.Finding)
		code   model.Code
	}{
		"a day to come":         {aFinding(c.ID, dept), func(m *model.Finding) { m.FoundOn = "2026-08-12" }, model.Invalid},
		"no problem":            {aFinding(c.ID, dept), func(m *model.Finding) { m.Problem = "" }, model.Invalid},
		"no department":         {aFinding(c.ID, dept), func(m *model.Finding) { m.DepartmentID = 0 }, model.Invalid},
		"an unknown department": {aFinding(c.ID, dept), func(m *model.Finding) { m.DepartmentID = 99 }, model.NotFound},
		"an unknown campaign":   {aFinding(99, dept), func(*model.Finding) {}, model.NotFound},
		"a stranger":            {aFinding(c.ID, dept), func(m *model.Finding) { m.StaffID = 99 }, model.NotFound},
		"a leaver":              {aFinding(c.ID, dept), func(m *model.Finding) { m.StaffID = gone }, model.Invalid},
		"a leaver, later":       {open, func(m *model.Finding) { m.StaffID = gone }, model.Invalid},
		"an unknown inspection": {aFinding(c.ID, dept), func(m *model.Finding) { m.PickID = 99 }, model.NotFound},
		"the limit of a begun":  {begun, func(m *model.Finding) { m.DueOn = "2026-09-30" }, model.Conflict},
		"begun without measure": {begun, func(m *model.Finding) { m.Measure = "" }, model.Invalid},
		"begun, now grave":      {begun, func(m *model.Finding) { m.Level = model.Grave }, model.Invalid},
		"begun before found":    {begun, func(m *model.Finding) { m.FoundOn = "2026-03-04" }, model.Invalid},
		"one that is not there": {aFinding(c.ID, dept), func(m *model.Finding) { m.ID = 99 }, model.NotFound},
	} {
		m := x.of
		x.change(&m)
		_, _, err := s.SaveFinding(ctx, m)
		if model.CodeOf(err) != x.code {
			t.Errorf("%s: %v", name, err)
		}
		wantSentence(t, err)
	}
	for name, err := range map[string]error{
		"begin tomorrow": s.BeginFinding(ctx, open.ID, "2026-08-12"), "accept an open one": s.AcceptFinding(ctx, open.ID, "2026-08-11", "", ""),
		"an unknown one": s.BeginFinding(ctx, 99, "2026-08-11"),
	} {
		if err == nil {
			t.Error(name)
		}
		wantSentence(t, err)
	}
	if d := differences(before, dump(t, s)); len(d) > 0 {
		t.Errorf("refused calls changed %v", d)
	}
	// What somebody typed cannot pretend to steps that were never taken.
	m := aFinding(c.ID, dept)
	m.State, m.AcceptedOn, m.AcceptedBy, m.MendedBy, m.AcceptNote = model.ClosedOut, "2026-03-03", "李某", "张三", model.FromOldRegister
	if f := saved(t, s, m); f.State != model.ToMend || f.AcceptedOn != "" || f.MendedBy != "" {
		t.Errorf("%+v", f)
	}
	m = open
	m.Problem, m.Level, m.State = "改写", model.Grave, model.ClosedOut
	if f := saved(t, s, m); f.State != model.ToMend || f.Problem != "改写" || f.Level != model.Grave {
		t.Errorf("%+v", f)
	}
	for typed, part := range map[string]string{"CN-2026-00001-54": "不是问题的编号", "ZG-2026-00001-00": "校验码", "abc": "不是表单编号"} {
		_, err := s.FindingByNumber(ctx, typed)
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%s: %v", typed, err)
		}
	}
}

// The walk of model's TestFindingStates through the store, by two accounts on
// a real file: no path reaches 已销号 but by an acceptance of the account that
// did not record the mending, none leaves it but to 反弹, a refused step changes
// nothing, no date goes back.
func TestFindingStatesInTheStore(t *testing.T) {
	ctx := context.Background()
	s, c, dept, _ := registerOf(t)
	at, who := "li", map[string]string{"li": "李某", "wang": "王某"}
	reached := map[model.FindingState]int{}
	rapid.Check(t, func(rt *rapid.T) {
		f := saved(t, s, aFinding(c.ID, dept))
		submitter := ""
		for range 25 {
			login := rapid.SampledFrom([]string{"li", "wang"}).Draw(rt, "login")
			if login != at {
				if at = login; at == "li" {
					enter(t, s)
				} else {
					asWang(t, s)
				}
			}
			last := max(f.FoundOn, f.BegunOn, f.SubmittedOn, f.RefusedOn, f.AcceptedOn, f.LookBackOn)
			on := day.Of(last.Time().AddDate(0, 0, rapid.IntRange(-1, 9).Draw(rt, "days")))
			step := rapid.SampledFrom([]string{"begin", "submit", "submit", "accept", "accept", "accept", "refuse", "look", "look", "look", "edit", "void"}).Draw(rt, "step")
			var err error
			switch step {
			case "begin":
				err = s.BeginFinding(ctx, f.ID, on)
			case "submit":
				if err = s.SubmitFinding(ctx, f.ID, on, rapid.SampledFrom([]string{"张三", "李某", "王某、张三"}).Draw(rt, "mender"), "已退还"); err == nil {
					submitter = login
				}
			case "accept":
				err = s.AcceptFinding(ctx, f.ID, on, "属实", "")
			case "refuse":
				err = s.RefuseFinding(ctx, f.ID, on, "没有退清")
			case "look":
				err = s.LookBackFinding(ctx, f.ID, on, "赵某", "又收", rapid.Bool().Draw(rt, "relapsed"), "2026-12-31")
			case "edit":
				m := f
				m.Category, m.State, m.AcceptedOn, m.AcceptedBy = "其他"+step, model.ClosedOut, on, "李某"
				_, _, err = s.SaveFinding(ctx, m)
			case "void":
				if rapid.IntRange(0, 9).Draw(rt, "void") == 9 {
					err = s.VoidFinding(ctx, f.ID, "登记错")
				}
			}
			got := must[FindingRow](t)(s.Finding(ctx, f.ID)).Finding
			reached[got.State]++
			switch {
			case err != nil && got != f:
				rt.Fatalf("%s was refused (%v) and changed\n%+v\ninto\n%+v", step, err, f, got)
			case err != nil:
			case got.State == model.ClosedOut && f.State != model.ClosedOut &&
				(step != "accept" || f.State != model.ToAccept || login == submitter || strings.Contains(f.MendedBy, who[login]) || got.AcceptedBy != who[login]):
				rt.Fatalf("closed out from %s by %s of %s; recorded by %s, mended by %s", f.State, step, login, submitter, f.MendedBy)
			case f.State == model.ClosedOut && got.State != model.ClosedOut && (step != "look" || got.State != model.Relapsed):
				rt.Fatalf("left 已销号 for %s by %s", got.State, step)
			case step != "edit" && step != "void" && on < last:
				rt.Fatalf("%s on %s, after a step on %s", step, on, last)
			}
			f = got
		}
	})
	for _, state := range model.FindingStates {
		if reached[state] == 0 {
			t.Errorf("no path came to %s: the test shows nothing of it", state)
		}
	}
	enter(t, s)
	clean(t, s)
}

// Whoever writes past the program cannot close, reopen or remove a finding.
func TestDatabaseKeepsFindings(t *testing.T) {
	s, c, dept, _ := registerOf(t)
	open := saved(t, s, aFinding(c.ID, dept))
	closed := closedOne(t, s, aFinding(c.ID, dept))
	before := dump(t, s)
	for _, x := range []struct {
		query string
		id    int64
	}{
		{`UPDATE finding SET state = '已销号', accepted_on = '2026-08-11', accepted_by = '李某' WHERE id = ?`, open.ID},
		{`UPDATE finding SET accepted_on = '2026-08-11', accepted_by = '李某' WHERE id = ?`, open.ID},
		{`UPDATE finding SET state = '整改中', accepted_on = '', accepted_by = '' WHERE id = ?`, closed.ID},
		{`UPDATE finding SET state = '作废', accepted_on = '', accepted_by = '', voided_on = '2026-08-11' WHERE id = ?`, closed.ID},
		{`UPDATE finding SET accepted_by = '' WHERE id = ?`, closed.ID},
		{`DELETE FROM finding WHERE id = ?`, closed.ID},
		{`INSERT OR REPLACE INTO finding SELECT * FROM finding WHERE id = ?`, closed.ID},
	} {
		if err := s.writer.Exec(x.query, x.id).Error; err == nil {
			t.Errorf("%s was not refused", x.query)
		}
	}
	if d := differences(before, dump(t, s)); len(d) > 0 {
		t.Errorf("changed: %v", d)
	}
}

func TestExtensionThroughTheStore(t *testing.T) {
	ctx := context.Background()
	s, c, dept, _ := registerOf(t)
	f := saved(t, s, aFinding(c.ID, dept))
	for due, code := range map[day.Date]model.Code{"2026-08-31": model.Invalid, "": model.Invalid} {
		wantCode(t, s.AskExtension(ctx, f.ID, due, "款未到"), code)
	}
	wantCode(t, s.AskExtension(ctx, f.ID, "2026-09-30", " "), model.Invalid)
	ok(t, s.AskExtension(ctx, f.ID, "2026-09-30", "款未到"))
	wantCode(t, s.AskExtension(ctx, f.ID, "2026-10-30", "款未到"), model.Conflict)
	m := f
	m.DueOn = "2026-08-20" // while somebody is asked for more time
	_, _, err := s.SaveFinding(ctx, m)
	wantCode(t, err, model.Conflict)
	row := must[FindingRow](t)(s.Finding(ctx, f.ID))
	if row.Extensions != 1 || row.DueOn != "2026-08-31" {
		t.Errorf("%d requests, due %s", row.Extensions, row.DueOn)
	}
	asked := must[[]model.Extension](t)(s.Extensions(ctx, f.ID))[0]
	wantCode(t, s.DecideExtension(ctx, asked.ID, true, ""), model.Conflict) // asked by this account
	asWang(t, s)
	ok(t, s.DecideExtension(ctx, asked.ID, true, "同意"))
	wantCode(t, s.DecideExtension(ctx, asked.ID, false, ""), model.Conflict)
	row = must[FindingRow](t)(s.Finding(ctx, f.ID))
	x := must[[]model.Extension](t)(s.Extensions(ctx, f.ID))[0]
	if row.DueOn != "2026-09-30" || row.Extensions != 0 || x.State != model.Granted || x.DecidedBy != "王某" || x.Note != "同意" {
		t.Errorf("due %s, %+v", row.DueOn, x)
	}
	ok(t, s.AskExtension(ctx, f.ID, "2026-10-30", "款仍未到"))
	enter(t, s)
	ok(t, s.DecideExtension(ctx, must[[]model.Extension](t)(s.Extensions(ctx, f.ID))[0].ID, false, ""))
	if row = must[FindingRow](t)(s.Finding(ctx, f.ID)); row.DueOn != "2026-09-30" {
		t.Errorf("a rejected request moved the limit to %s", row.DueOn)
	}
	ok(t, s.AskExtension(ctx, f.ID, "2026-12-31", "再次"))
	ok(t, s.VoidFinding(ctx, f.ID, "登记错"))
	all := must[[]model.Extension](t)(s.Extensions(ctx, f.ID))
	if len(all) != 3 || all[0].State != model.Rejected || all[0].Note != "问题作废，不再审批" {
		t.Errorf("%+v", all)
	}
	past := saved(t, s, model.Finding{Source: "其他", FoundOn: "2026-01-02", Category: "收费", Level: model.Ordinary, DepartmentID: dept, Problem: "旧账", DueOn: "2026-02-01"})
	wantCode(t, s.AskExtension(ctx, past.ID, "2026-08-10", "忘了"), model.Invalid)
	clean(t, s)
}

func TestLookBackDays(t *testing.T) {
	ctx := context.Background()
	s, c, dept, _ := registerOf(t)
	if f := closedOne(t, s, aFinding(0, dept)); f.LookBackDue != "2026-11-09" { // 90 days
		t.Errorf("outside of campaigns: %s", f.LookBackDue)
	}
	c.LookBackDays = 0
	must[int64](t)(s.SaveCampaign(ctx, c))
	if f := closedOne(t, s, aFinding(c.ID, dept)); f.LookBackDue != "" {
		t.Errorf("never: %s", f.LookBackDue)
	}
}
