package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"qingfeng/model"
	"qingfeng/model/day"
)

func dateOf(s string) day.Date { return day.Date(s) }

// atDay opens a folder whose clock the test sets, noon of a day.
func atDay(t *testing.T, date string) (*Store, *clock) {
	t.Helper()
	c := &clock{}
	c.set(t, date)
	s := openLocked(t, filepath.Join(t.TempDir(), "清风 数据"), c.options())
	enter(t, s)
	return s, c
}

func (c *clock) set(t *testing.T, date string) {
	t.Helper()
	c.at = must[time.Time](t)(time.ParseInLocation(time.DateOnly, date, time.Local)).Add(12 * time.Hour)
}

// due are the rows of a list, a line each.
func due(rows []DueRow) []string {
	var out []string
	for _, r := range rows {
		line := fmt.Sprintf("%d %s %s %s", r.CampaignID, r.Due, r.Title, r.Period)
		if r.DoneID != 0 {
			line += " ✓" + string(r.DoneOn)
		}
		out = append(out, line)
	}
	return out
}

func sameLines(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// plain starts a campaign with deadlines and nothing else.
func plain(t *testing.T, s *Store, title, starts, ends string, deadlines ...model.Deadline) int64 {
	t.Helper()
	return must[int64](t)(s.StartCampaign(context.Background(), model.Plan{
		Campaign: model.Campaign{Title: title, StartsOn: dateOf(starts), EndsOn: dateOf(ends)}, Deadlines: deadlines}))
}

func TestDeadlinesOfCampaignsSideBySide(t *testing.T) {
	ctx := context.Background()
	s, clock := atDay(t, "2026-05-20")
	monthly := model.Deadline{Title: "月报", Recipient: "市卫健委", DeadlineRule: model.DeadlineRule{Every: model.Monthly, Day: 10, Roll: model.RollBefore}}
	a := plain(t, s, "甲行动", "2026-04-01", "2026-06-30", monthly,
		model.Deadline{Title: "总结", DeadlineRule: model.DeadlineRule{Every: model.Once, Date: "2026-07-10"}}) // after its end
	b := plain(t, s, "乙行动", "2026-01-01", "2026-12-31",
		model.Deadline{Title: "季报", DeadlineRule: model.DeadlineRule{Every: model.Quarterly, WorkingDays: 5}})
	plain(t, s, "未来行动", "2026-09-01", "2026-12-31", monthly)
	ok(t, s.MeetDeadline(ctx, 1, "2026-04", "2026-04-10", "已报"))

	all := must[[]DueRow](t)(s.Deadlines(ctx, nil))
	running := []string{
		"2 2026-04-08 季报 2026Q1", // 04-06 is Qingming
		"1 2026-04-10 月报 2026-04 ✓2026-04-10",
		"1 2026-05-09 月报 2026-05", // 05-10 is a Sunday, 05-09 a working Saturday
		"1 2026-06-10 月报 2026-06",
		"2 2026-07-07 季报 2026Q2",
		"1 2026-07-10 总结 2026-07-10",
		"2 2026-10-13 季报 2026Q3", // 10-10 is a working Saturday
		"2  季报 2026Q4",           // there is no table of 2027
	}
	sameLines(t, due(all), running...)
	if r := all[1]; r.Campaign != "甲行动" || r.DeadlineID != 1 || r.Recipient != "市卫健委" || r.Rule != "每月10日前（遇休息日提前）" || r.DoneID != 1 || r.Note != "已报" {
		t.Errorf("got %+v", r)
	}
	if last := all[len(all)-1]; !strings.Contains(last.Problem, "2027") || last.Overdue("2028-01-01") {
		t.Errorf("got %+v", last)
	}
	for i, want := range []bool{true, false, true, false, false, false, false, false} {
		if all[i].Overdue(s.Today()) != want {
			t.Errorf("overdue: %+v", all[i])
		}
	}
	if all[2].Overdue("2026-05-09") || !all[2].Overdue("2026-05-10") {
		t.Error("the day itself is in time")
	}

	sameLines(t, due(must[[]DueRow](t)(s.Deadlines(ctx, []int64{a}))), running[1], running[2], running[3], running[5])
	sameLines(t, due(must[[]DueRow](t)(s.Deadlines(ctx, []int64{}))))

	// Of a campaign that is over only what it owes is asked for, and not for ever.
	owed := []string{running[0], running[2], running[3], running[4], running[5], running[6], running[7]}
	for _, c := range []struct {
		today string
		want  []string
	}{{"2026-06-30", running}, {"2026-07-01", owed}, {"2026-08-28", owed},
		{"2026-08-29", []string{running[0], running[4], running[6], running[7]}}} {
		clock.set(t, c.today)
		sameLines(t, due(must[[]DueRow](t)(s.Deadlines(ctx, nil))), c.want...)
	}
	if n := len(must[[]DueRow](t)(s.Deadlines(ctx, []int64{a, b}))); n != len(running) {
		t.Errorf("asked for by their ids they have %d", n)
	}
}

func TestADeadlineIsMetOnce(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	c := drive(t, s)
	before := dump(t, s)
	for name, err := range map[string]error{
		"no such period":   s.MeetDeadline(ctx, 1, "2026-08", "2026-08-11", ""),
		"in the future":    s.MeetDeadline(ctx, 1, "2026-08-15", "2026-08-12", ""),
		"no day":           s.MeetDeadline(ctx, 1, "2026-08-15", "", ""),
		"long note":        s.MeetDeadline(ctx, 1, "2026-08-15", "2026-08-11", strings.Repeat("长", model.MaxNote+1)),
		"without a reason": s.ReopenDeadline(ctx, 1, " "),
	} {
		if wantCode(t, err, model.Invalid); t.Failed() {
			t.Fatal(name)
		}
	}
	wantCode(t, s.MeetDeadline(ctx, 99, "2026-08-15", "2026-08-11", ""), model.NotFound)
	wantCode(t, s.ReopenDeadline(ctx, 1, "登记错"), model.NotFound)
	if d := differences(before, dump(t, s)); len(d) > 0 {
		t.Errorf("a refused step left %v", d)
	}

	ok(t, s.MeetDeadline(ctx, 1, "2026-08-15", "2026-08-10", " 已报\n"))
	if l := lastLine(t, s, "时限", 1); l.Action != "办结" || l.Label != "专职行风建设人员名单" ||
		l.After != `{"deadline_id":1,"done_on":"2026-08-10","due_on":"2026-08-15","note":"已报","period":"2026-08-15"}` {
		t.Errorf("met as %+v", l)
	}
	err := s.MeetDeadline(ctx, 1, "2026-08-15", "2026-08-11", "")
	wantCode(t, err, model.Conflict)
	if !strings.Contains(err.Error(), "已于 2026-08-10 办结") {
		t.Error(err)
	}
	row := must[[]DueRow](t)(s.Deadlines(ctx, []int64{c.ID}))[0]
	if row.DoneID != 1 || row.DoneOn != "2026-08-10" || row.Note != "已报" || row.Overdue("2026-09-01") {
		t.Errorf("got %+v", row)
	}

	ok(t, s.ReopenDeadline(ctx, row.DoneID, "报送对象有误"))
	if l := lastLine(t, s, "时限", 1); l.Action != "撤销办结" || l.After != `{"period":"2026-08-15","void_reason":"报送对象有误","voided_on":"2026-08-11"}` {
		t.Errorf("reopened as %+v", l)
	}
	wantCode(t, s.ReopenDeadline(ctx, row.DoneID, "再来"), model.Conflict)
	if row := must[[]DueRow](t)(s.Deadlines(ctx, []int64{c.ID}))[0]; row.DoneID != 0 || !row.Overdue("2026-09-01") {
		t.Errorf("got %+v", row)
	}
	ok(t, s.MeetDeadline(ctx, 1, "2026-08-15", "2026-08-11", ""))
	if row := must[[]DueRow](t)(s.Deadlines(ctx, []int64{c.ID}))[0]; row.DoneID != 2 {
		t.Errorf("got %+v", row)
	}
	clean(t, s)
}

// What was due when a deadline was met does not change with its rule.
func TestAMetDeadlineKeepsItsDay(t *testing.T) {
	ctx := context.Background()
	s, _ := atDay(t, "2026-08-11")
	d := model.Deadline{ID: 1, Title: "月报", DeadlineRule: model.DeadlineRule{Every: model.Monthly, Day: 10}}
	d.CampaignID = plain(t, s, "甲行动", "2026-07-01", "2026-08-31", model.Deadline{Title: d.Title, DeadlineRule: d.DeadlineRule})
	ok(t, s.MeetDeadline(ctx, 1, "2026-07", "2026-07-08", ""))
	d.Day = 5
	must[int64](t)(s.SavePart(ctx, d))
	sameLines(t, due(must[[]DueRow](t)(s.Deadlines(ctx, nil))), "1 2026-07-10 月报 2026-07 ✓2026-07-08", "1 2026-08-05 月报 2026-08")
}

// The office adds a year's table while the program runs.
func TestAYearWithoutATable(t *testing.T) {
	ctx := context.Background()
	s, clock := atDay(t, "2027-05-11")
	id := plain(t, s, "甲行动", "2027-04-01", "2027-05-31",
		model.Deadline{Title: "月报", DeadlineRule: model.DeadlineRule{Every: model.Monthly, Day: 10, Roll: model.RollBefore}},
		model.Deadline{Title: "会议", DeadlineRule: model.DeadlineRule{Every: model.Monthly, Day: 20}})
	rows := must[[]DueRow](t)(s.Deadlines(ctx, nil))
	sameLines(t, due(rows), "1 2027-04-20 会议 2027-04", "1 2027-05-20 会议 2027-05", "1  月报 2027-04", "1  月报 2027-05")
	if !strings.Contains(rows[2].Problem, "2027") {
		t.Errorf("got %+v", rows[2])
	}
	ok(t, s.MeetDeadline(ctx, 1, "2027-04", "2027-04-09", "")) // delivered all the same
	table := filepath.Join(s.Folder().Overrides(), "holidays", "2027.toml")
	ok(t, os.MkdirAll(filepath.Dir(table), 0o700))
	ok(t, os.WriteFile(table, []byte("year = 2027\ndocument_no = \"\"\noff = [[\"2027-05-01\", \"2027-05-05\"]]\nwork = [\"2027-05-08\"]\n"), 0o600))
	clock.set(t, "2027-05-12")
	sameLines(t, due(must[[]DueRow](t)(s.Deadlines(ctx, []int64{id}))), "1 2027-04-09 月报 2027-04 ✓2027-04-09", "1 2027-04-20 会议 2027-04",
		"1 2027-05-10 月报 2027-05", "1 2027-05-20 会议 2027-05")
	ok(t, os.WriteFile(table, []byte("year = 2028\n"), 0o600))
	_, err := s.Deadlines(ctx, nil)
	wantCode(t, err, model.Invalid)
	wantCode(t, s.MeetDeadline(ctx, 1, "2027-05", "2027-05-10", ""), model.Invalid)
}

// statements counts what a call asks of the database.
func statements(t *testing.T, s *Store, call func()) int {
	t.Helper()
	return len(statementsOf(t, s, call))
}

func TestDeadlinesOfTenCampaignsNeedFewStatements(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	templates, err := s.Assets().CampaignTemplates()
	ok(t, err)
	one := 0
	for i := range 10 {
		p := must[model.Plan](t)(s.NewPlan(templates[i%len(templates)].ID, 2026))
		p.Title = fmt.Sprintf("第%d次：%s", i, p.Title)
		must[int64](t)(s.StartCampaign(ctx, p))
		if i == 0 {
			one = statements(t, s, func() { must[[]DueRow](t)(s.Deadlines(ctx, []int64{1})) })
		}
	}
	var rows []DueRow
	if n := statements(t, s, func() { rows = must[[]DueRow](t)(s.Deadlines(ctx, []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10})) }); n != one || n != 2 {
		t.Errorf("ten campaigns need %d statements, one needs %d", n, one)
	}
	if !slices.IsSortedFunc(rows, func(a, b DueRow) int {
		switch {
		case a.Due == "" && b.Due != "":
			return 1
		case a.Due != "" && b.Due == "":
			return -1
		}
		return strings.Compare(string(a.Due), string(b.Due))
	}) || len(rows) < 50 {
		t.Errorf("%d rows out of order: %v", len(rows), due(rows))
	}
	if n := statements(t, s, func() { must[model.Plan](t)(s.Plan(ctx, 3)) }); n != 6 {
		t.Errorf("a plan needs %d statements", n)
	}
}
