package form

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/workday"
	"qingfeng/report/page"
)

// planOf is a template's plan in 2026, with some of it done.
func planOf(t assets.CampaignTemplate) model.Plan {
	date := func(s string) day.Date { return day.Date(t.Date(2026, s)) }
	title, starts, ends := t.In(2026)
	p := model.Plan{Campaign: model.Campaign{TemplateID: t.ID, Title: title, DocumentNo: "清医发〔2026〕12号",
		StartsOn: day.Date(starts), EndsOn: day.Date(ends), Basis: t.Basis, Scope: t.Scope, Recipient: t.Recipient}}
	for _, x := range t.Phases {
		p.Phases = append(p.Phases, model.Phase{Kind: x.Kind, Name: x.Name, StartsOn: date(x.Starts), EndsOn: date(x.Ends), Tasks: x.Tasks})
	}
	for i, x := range t.Members {
		p.Members = append(p.Members, model.Member{Role: x.Role, Post: x.Post, Name: testNames[i%len(testNames)]})
	}
	for _, x := range t.Deadlines {
		p.Deadlines = append(p.Deadlines, model.Deadline{Title: x.Title, Recipient: x.Recipient, DeadlineRule: model.DeadlineRule{
			Every: model.Frequency(x.Every), Date: date(x.Date), Month: x.Month, Day: x.Day, WorkingDays: x.WorkingDays, Before: x.Before, Roll: model.Roll(x.Roll)}})
	}
	for i, x := range t.Duties {
		d := model.Duty{Project: x.Project, Goal: x.Goal, Measure: x.Measure, Departments: x.Departments, State: model.DutyStates[i%3]}
		if d.State != model.DutyOpen {
			d.Progress, d.ProgressOn = "已印发通知，完成第一轮检查。", "2026-09-30"
		}
		p.Duties = append(p.Duties, d)
	}
	return p
}

func calendar(t testing.TB) *workday.Calendar {
	t.Helper()
	years, err := assets.New("").Holidays()
	if err != nil {
		t.Fatal(err)
	}
	c, err := model.NewCalendar(years)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func templates(t testing.TB) []assets.CampaignTemplate {
	t.Helper()
	all, err := assets.New("").CampaignTemplates()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func planPrint(t testing.TB, p model.Plan) PlanPrint {
	return PlanPrint{Library: assets.New(""), Hospital: sampleHospital(), Plan: p, Calendar: calendar(t), Date: p.StartsOn}
}

// printed prints a form and returns its pages, without blanks, and its file.
func printed[T any](t testing.TB, name string, in T, print func(w *bytes.Buffer, in T) ([]page.Warning, error)) ([]string, string) {
	t.Helper()
	var buf bytes.Buffer
	warnings, err := print(&buf, in)
	if err != nil {
		t.Fatal(err)
	}
	if len(warnings) > 0 {
		t.Errorf("%s: %v", name, warnings)
	}
	path := save(t, name+".pdf", buf.Bytes())
	return pagesOf(t, path), path
}

func timetables(w *bytes.Buffer, in PlanPrint) ([]page.Warning, error) { return Timetable(w, in) }
func dutyLists(w *bytes.Buffer, in PlanPrint) ([]page.Warning, error)  { return DutyList(w, in) }

// has tells what a page lacks.
func has(t testing.TB, page string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(page, squeeze(want)) {
			t.Errorf("lacks %q:\n%s", want, page)
		}
	}
}

// letters counts the characters of a text that a cell may break over lines.
func letters(text string) map[rune]int {
	out := map[rune]int{}
	for _, r := range squeeze(text) {
		out[r]++
	}
	return out
}

// holds tells which characters of a text are not all on paper.
func holds(t testing.TB, paper, text string) {
	t.Helper()
	on := letters(paper)
	for r, n := range letters(text) {
		if on[r] < n {
			t.Errorf("%c is %d times on paper, want %d", r, on[r], n)
		}
	}
}

func TestTimetablesOfAllTemplates(t *testing.T) {
	for _, template := range templates(t) {
		t.Run(template.ID, func(t *testing.T) {
			p := planOf(template)
			pages, path := printed(t, "timetable-"+p.TemplateID, planPrint(t, p), timetables)
			if len(pages) != 1 {
				t.Fatalf("%d pages", len(pages))
			}
			run(t, "qpdf", "--check", path)
			has(t, pages[0], sampleHospital().Name, "时间表", "清医发〔2026〕12号", "领导小组", p.StartsOn.Chinese())
			var all strings.Builder
			for _, x := range p.Phases {
				all.WriteString(x.Name + x.StartsOn.Chinese() + x.EndsOn.Chinese() + x.Tasks)
			}
			for _, x := range p.Deadlines {
				all.WriteString(x.Title + x.Recipient + x.String())
			}
			for _, x := range p.Members {
				all.WriteString(x.Name + x.Post)
			}
			holds(t, pages[0], all.String())
		})
	}
}

func TestDutyListsOfAllTemplates(t *testing.T) {
	for _, template := range templates(t) {
		if len(template.Duties) == 0 {
			continue
		}
		for _, progress := range []bool{false, true} {
			t.Run(fmt.Sprint(template.ID, progress), func(t *testing.T) {
				in := planPrint(t, planOf(template))
				in.Progress = progress
				pages, path := printed(t, fmt.Sprintf("duties-%s-%v", template.ID, progress), in, dutyLists)
				run(t, "qpdf", "--check", path)
				for _, p := range pages {
					has(t, p, "责任目标", "提升举措")
				}
				all := strings.Join(pages, "")
				var text strings.Builder
				for _, project := range projects(in.Plan.Duties) {
					text.WriteString(project)
				}
				for _, x := range in.Plan.Duties {
					text.WriteString(x.Measure + x.Departments)
					if progress {
						text.WriteString(x.Progress)
					}
				}
				holds(t, all, text.String())
				if strings.Contains(all, "已印发") != progress || strings.Contains(all, "未开始") != progress {
					t.Error("progress is wrong")
				}
			})
		}
	}
}

// The longest values that the model allows are whole.
func TestLongestPlan(t *testing.T) {
	long := strings.Repeat("龘", model.MaxNote)
	short := strings.Repeat("龘", model.MaxShort)
	p := model.Plan{Campaign: model.Campaign{Title: short, DocumentNo: short, Recipient: short, StartsOn: "2026-01-01", EndsOn: "2029-12-31"}}
	for i := range 5 {
		from := day.Date(fmt.Sprintf("202%d-03-01", 6+i%4))
		p.Phases = append(p.Phases, model.Phase{Name: short, StartsOn: from, EndsOn: from, Tasks: long[:len(long)/5]})
		p.Deadlines = append(p.Deadlines, model.Deadline{Title: short, Recipient: short, DeadlineRule: model.DeadlineRule{Every: model.Weekly, Day: 5}})
		p.Members = append(p.Members, model.Member{Role: model.MemberRoles[i], Name: short[:3*model.MaxName], Post: short})
	}
	for range 4 {
		p.Duties = append(p.Duties, model.Duty{Project: short, Goal: long, Measure: long, Departments: long, State: model.DutyOpen, Progress: long, ProgressOn: "2026-09-30"})
	}
	in := planPrint(t, p)
	in.Progress = true
	var sheet bytes.Buffer
	warnings, err := Timetable(&sheet, in)
	if err != nil || len(warnings) != 1 || warnings[0].Kind != page.Misfit || warnings[0].Text != short {
		t.Errorf("%v, %v", err, warnings)
	}
	pages := pagesOf(t, save(t, "timetable-longest.pdf", sheet.Bytes()))
	want := 2*60 + 60 + 5*(60+100+2*60+40+60) - 60
	if got := strings.Count(pages[0], "龘"); len(pages) != 1 || got < want {
		t.Errorf("%d pages, %d characters, want %d", len(pages), got, want)
	}
	pages, _ = printed(t, "duties-longest", in, dutyLists)
	if got, want := strings.Count(strings.Join(pages, ""), "龘"), 2*60+4*(3*500)+4*(60+500); got < want-3*560 {
		t.Errorf("%d characters, want %d", got, want)
	}
}

func TestNextDates(t *testing.T) {
	times := func(due ...string) (out []model.Occurrence) {
		for _, d := range due {
			o := model.Occurrence{Due: day.Date(d)}
			if d == "" {
				o.Problem = "没有这一年的放假安排"
			}
			out = append(out, o)
		}
		return out
	}
	for _, c := range []struct {
		times []model.Occurrence
		want  string
	}{
		{nil, "—"},
		{times("2026-08-31"), "均已到期"},
		{times("2026-08-31", "2026-09-01"), "2026年9月1日"},
		{times("2026-09-10", "2026-10-10", "2026-11-10"), "2026年9月10日、10月10日、11月10日"},
		{times("2026-11-10", "2026-12-10", "2027-01-10", "2027-02-10"), "2026年11月10日、12月10日、2027年1月10日等 4 次"},
		{times("2026-12-10", "", ""), "2026年12月10日，其后待放假安排公布后推算"},
		{times("", ""), "待放假安排公布后推算"},
	} {
		if got := nextDates(c.times, "2026-09-01"); got != c.want {
			t.Errorf("%v: %q, want %q", c.times, got, c.want)
		}
	}
}
