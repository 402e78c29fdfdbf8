package model

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/model/day"
)

// toMend is a finding that nothing was done about.
func toMend() Finding {
	return Finding{FormNo: "ZG-2026-00001-47", Source: "督查", FoundOn: "2026-03-02", Category: "收费", Level: Ordinary, DepartmentID: 1,
		Problem: "超标准收费", Measure: "退还并公示", DueOn: "2026-03-31", State: ToMend}
}

// walk drives a finding through any steps on any days by any people.
type walk struct{ f Finding }

var walkers = []struct {
	name    string
	account int64
}{{"张三", 1}, {"李四", 2}, {"王五", 3}}

// anyDay is mostly on or a little after a day, at times before it or no day.
func anyDay(t *rapid.T, after day.Date, label string) day.Date {
	n := rapid.IntRange(-4, 20).Draw(t, label)
	switch {
	case n == -4:
		return ""
	case n == -3:
		return "2026-02-30"
	}
	return day.Of(after.Time().AddDate(0, 0, n))
}

func (w *walk) lastStep() day.Date {
	return max(w.f.FoundOn, w.f.BegunOn, w.f.SubmittedOn, w.f.RefusedOn, w.f.AcceptedOn, w.f.LookBackOn)
}

// walkSteps has seldom what ends a walk.
var walkSteps = append(slices.Repeat([]string{"begin", "submit", "accept", "refuse", "look", "extend"}, 6), "void")

// take tries one step; what it answers, and what the finding becomes of it, is
// checked against what every path has to keep.
func (w *walk) take(t *rapid.T) {
	before := w.f
	on := anyDay(t, w.lastStep(), "on")
	who := rapid.SampledFrom(walkers).Draw(t, "who")
	step := rapid.SampledFrom(walkSteps).Draw(t, "step")
	var err error
	switch step {
	case "begin":
		err = w.f.Begin(on)
	case "submit":
		mender := rapid.SampledFrom([]string{"张三", "李四", "张三、李四", " 王 五 ", ""}).Draw(t, "mender")
		err = w.f.Submit(on, mender, "已退还", who.account)
	case "accept":
		err = w.f.Accept(on, who.name, who.account, "属实", anyDay(t, w.lastStep(), "look back"))
	case "refuse":
		err = w.f.Refuse(on, rapid.SampledFrom([]string{"没有退清", " "}).Draw(t, "reason"))
	case "look":
		err = w.f.LookBack(on, who.name, "又收", rapid.Bool().Draw(t, "relapsed"), anyDay(t, w.lastStep(), "due"))
	case "void":
		err = w.f.Void(on, "登记错")
	case "extend":
		var x Extension
		if x, err = w.f.AskExtension(on, anyDay(t, w.f.DueOn, "due"), "款未到", who.account); err == nil {
			asked := who.account
			decider := rapid.SampledFrom(walkers).Draw(t, "decider")
			err = x.Decide(&w.f, on, decider.name, decider.account, rapid.Bool().Draw(t, "grant"), "")
			if err == nil && decider.account == asked {
				t.Fatal("who asked for more time has decided")
			}
		}
	}
	if err != nil {
		if w.f != before {
			t.Fatalf("%s was refused (%v) and changed\n%+v\ninto\n%+v", step, err, before, w.f)
		}
		return
	}
	w.check(t, step, on, before)
}

func (w *walk) check(t *rapid.T, step string, on day.Date, before Finding) {
	f := w.f
	switch {
	case f.State == ClosedOut && before.State != ClosedOut && (step != "accept" || before.State != ToAccept):
		t.Fatalf("closed out from %s by %s", before.State, step)
	case before.State == ClosedOut && f.State != ClosedOut && (step != "look" || f.State != Relapsed):
		t.Fatalf("left 已销号 for %s by %s", f.State, step)
	case before.State == Withdrawn:
		t.Fatalf("%s of a voided finding", step)
	case (f.State == ClosedOut) != (f.AcceptedOn != "" && f.AcceptedBy != ""):
		t.Fatalf("%s with an acceptance on %q by %q", f.State, f.AcceptedOn, f.AcceptedBy)
	}
	if step == "accept" {
		if slices.Contains(strings.Split(f.MendedBy, "、"), f.AcceptedBy) {
			t.Fatalf("%s mended and %s accepted", f.MendedBy, f.AcceptedBy)
		}
		if !slices.ContainsFunc(walkers, func(w struct {
			name    string
			account int64
		}) bool {
			return w.name == f.AcceptedBy && w.account != f.SubmittedBy
		}) {
			t.Fatalf("account %d recorded both", f.SubmittedBy)
		}
	}
	if step == "extend" {
		if f.DueOn < before.DueOn {
			t.Fatalf("the limit went back from %s to %s", before.DueOn, f.DueOn)
		}
		return
	}
	for _, d := range []day.Date{before.FoundOn, before.BegunOn, before.SubmittedOn, before.RefusedOn, before.AcceptedOn, before.LookBackOn} {
		if on < d {
			t.Fatalf("%s on %s, after a step on %s", step, on, d)
		}
	}
}

// No path reaches 已销号 without an acceptance, none leaves it but to 反弹;
// nobody accepts what he mended or recorded as mended; no date goes back.
func TestFindingStates(t *testing.T) {
	reached := map[FindingState]int{}
	rapid.Check(t, func(t *rapid.T) {
		w := walk{f: toMend()}
		for range 100 {
			w.take(t)
			reached[w.f.State]++
		}
	})
	for _, s := range FindingStates {
		if reached[s] == 0 {
			t.Errorf("no path came to %s: the test shows nothing of it", s)
		}
	}
}

func TestBeginNeedsAPlan(t *testing.T) {
	grave := func(f *Finding) { f.Level = Grave }
	for _, c := range []struct {
		name   string
		change func(*Finding)
		fields []string
	}{
		{"ordinary", func(*Finding) {}, nil},
		{"no measure", func(f *Finding) { f.Measure = " " }, []string{"Measure"}},
		{"no limit", func(f *Finding) { f.DueOn = "" }, []string{"DueOn"}},
		{"grave", grave, []string{"Leader", "Contingency"}},
		{"grave and planned", func(f *Finding) { f.Level, f.Leader, f.Contingency = Grave, "吴院长", "停用" }, nil},
	} {
		f := toMend()
		c.change(&f)
		if err := f.Validate(); err != nil {
			t.Errorf("%s: it may be stored while nobody has begun: %v", c.name, err)
		}
		err := f.Begin("2026-03-03")
		if (err == nil) != (c.fields == nil) {
			t.Errorf("%s: %v", c.name, err)
		}
		for _, field := range c.fields {
			if errs, ok := err.(FieldErrors); !ok || errs.Of(field) == "" {
				t.Errorf("%s: %v does not name %s", c.name, err, field)
			}
		}
		f.BegunOn = "2026-03-03"
		if (f.Validate() == nil) != (c.fields == nil) {
			t.Errorf("%s, begun: %v", c.name, f.Validate())
		}
	}
	f := toMend()
	f.BegunOn, f.FoundOn = "2026-03-03", "2026-03-04"
	if errs, ok := f.Validate().(FieldErrors); !ok || errs.Of("FoundOn") == "" {
		t.Errorf("found after work on it began: %v", f.Validate())
	}
}

// However the names of those who mended were set apart, none of them accepts.
func TestNobodyAcceptsTheOwnWork(t *testing.T) {
	for _, menders := range []string{"李四", "张三、李四", "张三、 李四", "张三, 李四", "张三 ；李四", "张三/李四"} {
		f := toMend()
		if err := f.Begin("2026-03-03"); err != nil {
			t.Fatal(err)
		}
		if err := f.Submit("2026-03-04", menders, "已退还", 1); err != nil {
			t.Fatal(err)
		}
		if err := f.Accept("2026-03-05", "李四", 2, "", ""); CodeOf(err) != Conflict || f.State != ToAccept {
			t.Errorf("%q mended, 李四 accepted: %v", menders, err)
		}
		if err := f.Accept("2026-03-05", "王五", 2, "", ""); err != nil {
			t.Errorf("%q mended, 王五 accepted: %v", menders, err)
		}
	}
}

func TestFindingValidate(t *testing.T) {
	for field, change := range map[string]func(*Finding){
		"Source": func(f *Finding) { f.Source = "听说" }, "Level": func(f *Finding) { f.Level = "" },
		"DepartmentID": func(f *Finding) { f.DepartmentID = 0 }, "FoundOn": func(f *Finding) { f.FoundOn = "2026-3-2" },
		"DueOn": func(f *Finding) { f.DueOn = "2026-03-01" }, "Category": func(f *Finding) { f.Category = "" },
		"Problem": func(f *Finding) { f.Problem = strings.Repeat("长", MaxNote+1) }, "FundsFen": func(f *Finding) { f.FundsFen = -1 },
		"Leader": func(f *Finding) { f.Leader = "甲\x00" },
	} {
		f := toMend()
		change(&f)
		errs, ok := f.Validate().(FieldErrors)
		if !ok || len(errs) != 1 || errs.Of(field) == "" {
			t.Errorf("%s: %v", field, f.Validate())
		}
	}
}

func TestOverdue(t *testing.T) {
	f := toMend()
	for today, want := range map[day.Date]bool{"2026-03-31": false, "2026-04-01": true} {
		if f.Overdue(today) != want {
			t.Errorf("due %s, on %s: %v", f.DueOn, today, !want)
		}
	}
	f.State = ClosedOut
	if f.Overdue("2026-04-01") {
		t.Error("a closed finding is overdue")
	}
	f = toMend()
	f.DueOn = ""
	if f.Overdue("2026-04-01") {
		t.Error("a finding without limit is overdue")
	}
}

func TestExtensions(t *testing.T) {
	f := toMend()
	for _, due := range []day.Date{"2026-03-31", "2026-03-30", "", "2026-02-30"} {
		if _, err := f.AskExtension("2026-03-20", due, "款未到", 1); CodeOf(err) != Invalid {
			t.Errorf("to %q: %v", due, err)
		}
	}
	x, err := f.AskExtension("2026-03-20", "2026-04-30", " 款未到 ", 1)
	if err != nil || x.OldDue != "2026-03-31" || x.Reason != "款未到" || x.State != Asked || f.DueOn != "2026-03-31" {
		t.Fatalf("%+v, %v; the finding is due %s", x, err, f.DueOn)
	}
	if err := x.Decide(&f, "2026-03-21", "李某", 1, true, ""); CodeOf(err) != Conflict || x.State != Asked {
		t.Errorf("who asked decided: %v", err)
	}
	rejected, g := x, f
	if err := rejected.Decide(&g, "2026-03-21", "李某", 2, false, "抓紧"); err != nil || rejected.State != Rejected || g != f {
		t.Errorf("rejected: %v, %+v", err, rejected)
	}
	if err := x.Decide(&f, "2026-03-21", "李某", 2, true, ""); err != nil || x.State != Granted || f.DueOn != "2026-04-30" || x.DecidedBy != "李某" {
		t.Errorf("granted: %v, %+v, due %s", err, x, f.DueOn)
	}
	if err := x.Decide(&f, "2026-03-22", "李某", 2, false, ""); CodeOf(err) != Conflict {
		t.Errorf("decided twice: %v", err)
	}
	f.State = ClosedOut
	if _, err := f.AskExtension("2026-03-20", "2026-06-30", "款未到", 1); CodeOf(err) != Conflict {
		t.Errorf("for a closed finding: %v", err)
	}
}
