package form

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/workday"
	"qingfeng/report/page"
)

// PlanPrint is a campaign's plan to print.
type PlanPrint struct {
	Library  *assets.Library
	Fonts    *page.Fonts // nil for the bundled ones
	Hospital model.Hospital
	Plan     model.Plan
	Calendar *workday.Calendar // for the dates of deadlines
	Date     day.Date          // of printing
	Progress bool              // on the 责任清单, how far each duty is
}

// planValues are what the texts of both sheets may name.
var planValues = map[string]func(PlanPrint) string{
	"campaign":  func(in PlanPrint) string { return in.Plan.Title },
	"document":  func(in PlanPrint) string { return in.Plan.DocumentNo },
	"from":      func(in PlanPrint) string { return in.Plan.StartsOn.Chinese() },
	"to":        func(in PlanPrint) string { return in.Plan.EndsOn.Chinese() },
	"recipient": func(in PlanPrint) string { return in.Plan.Recipient },
	"basis":     func(in PlanPrint) string { return in.Plan.Basis },
	"scope":     func(in PlanPrint) string { return in.Plan.Scope },
	"on":        func(in PlanPrint) string { return in.Date.Chinese() },
	"projects":  func(in PlanPrint) string { return strconv.Itoa(len(projects(in.Plan.Duties))) },
	"measures":  func(in PlanPrint) string { return strconv.Itoa(len(in.Plan.Duties)) },
	"done":      dutyCount(model.DutyDone),
	"running":   dutyCount(model.DutyRunning),
	"open":      dutyCount(model.DutyOpen),
}

func dutyCount(state model.DutyState) func(PlanPrint) string {
	return func(in PlanPrint) string {
		if !in.Progress {
			return "" // the sentence is left out
		}
		n := 0
		for _, d := range in.Plan.Duties {
			if d.State == state {
				n++
			}
		}
		return strconv.Itoa(n)
	}
}

func projects(duties []model.Duty) []string {
	var out []string
	for _, d := range duties {
		if !slices.Contains(out, d.Project) {
			out = append(out, d.Project)
		}
	}
	return out
}

// dutyLine is a row of the 责任清单.
type dutyLine struct {
	model.Duty
	no int
}

var dutyWords = vocabulary[PlanPrint, dutyLine]{planValues, map[string]func(dutyLine) string{
	"no":          func(l dutyLine) string { return strconv.Itoa(l.no) },
	"project":     func(l dutyLine) string { return l.Project },
	"goal":        func(l dutyLine) string { return l.Goal },
	"measure":     func(l dutyLine) string { return l.Measure },
	"departments": func(l dutyLine) string { return l.Departments },
	"state":       func(l dutyLine) string { return string(l.State) },
	"progress":    dutyProgress,
}}

// progressValues are columns that stand on the sheet when progress is asked
// for, projectValues those that rows of one project share.
var (
	progressValues = []string{"state", "progress"}
	projectValues  = []string{"project", "goal"}
)

func dutyProgress(l dutyLine) string {
	if l.ProgressOn == "" {
		return l.Progress
	}
	return strings.TrimSpace(l.Progress + "（" + string(l.ProgressOn) + "）")
}

// DutyList prints the 责任清单 on sheets laid on their side.
func DutyList(w io.Writer, in PlanPrint) ([]page.Warning, error) {
	text, err := dutyWords.load(in.Library, "plan/duties")
	if err != nil {
		return nil, err
	}
	if len(in.Plan.Duties) == 0 {
		return nil, model.Errorf(model.Conflict, "“%s”还没有责任事项，没有可打印的责任清单", in.Plan.Title)
	}
	text.Columns = slices.DeleteFunc(text.Columns, func(c column) bool {
		return !in.Progress && slices.Contains(progressValues, c.Value)
	})
	values := dutyWords.values(in, in.Hospital)
	d := newWideDoc(in.Fonts, in.Hospital, in.Date, in.Plan.Title+text.Title)
	d.Number(1)
	d.AddPage()
	sheetHead(d, in.Hospital.Name, values.join([]string{text.Title}), campaignLine(in.Plan.Campaign), values.join(text.Facts))
	table := text.table(d.Area().Width)
	for _, c := range text.Columns {
		if !slices.Contains(projectValues, c.Value) {
			break
		}
		table.Merge++
	}
	table.Foot = signRoom(text.Sign)
	var lines []dutyLine
	for i, duty := range in.Plan.Duties {
		lines = append(lines, dutyLine{duty, i + 1})
	}
	d.PutTable(table, dutyWords.rows(text, lines))
	signLines(d, values, text.Sign)
	_, err = d.WriteTo(w)
	return d.Warnings(), err
}

// newWideDoc starts a document on sheets laid on their side.
func newWideDoc(fonts *page.Fonts, h model.Hospital, on day.Date, title string) *page.Doc {
	if fonts == nil {
		fonts = page.Bundled()
	}
	return page.New(fonts, page.Options{Title: title, Author: h.Name, Created: on.Time(), Landscape: true})
}

// nextDates says when a deadline comes next, at most three times, after or on
// a day.
func nextDates(times []model.Occurrence, today day.Date) string {
	const most = 3
	if len(times) == 0 {
		return "—"
	}
	ahead := slices.DeleteFunc(slices.Clone(times), func(o model.Occurrence) bool { return o.Due != "" && o.Due < today })
	if len(ahead) == 0 {
		return "均已到期"
	}
	var out []string
	year := ""
	for _, o := range ahead[:min(most, len(ahead))] {
		if o.Due == "" {
			break
		}
		text := o.Due.Chinese()
		if year != "" && strings.HasPrefix(text, year) {
			text = strings.TrimPrefix(text, year)
		} else {
			year = text[:strings.Index(text, "年")+len("年")]
		}
		out = append(out, text)
	}
	switch {
	case len(out) == 0:
		return "待放假安排公布后推算"
	case len(out) == min(most, len(ahead)) && len(ahead) > most:
		return fmt.Sprintf("%s等 %d 次", strings.Join(out, "、"), len(ahead))
	case len(out) < min(most, len(ahead)):
		return strings.Join(out, "、") + "，其后待放假安排公布后推算"
	}
	return strings.Join(out, "、")
}
