package form

import (
	"io"
	"strings"

	"qingfeng/model"
	"qingfeng/report/page"
)

// deadlineLine is a row of the timetable's deadlines.
type deadlineLine struct {
	model.Deadline
	next string
}

var timetableWords = vocabulary[PlanPrint, deadlineLine]{planValues, map[string]func(deadlineLine) string{
	"title":     func(l deadlineLine) string { return l.Title },
	"recipient": func(l deadlineLine) string { return l.Recipient },
	"rule":      func(l deadlineLine) string { return l.DeadlineRule.String() },
	"next":      func(l deadlineLine) string { return l.next },
}}

// timetableNeeds are the words of the timetable's own headings.
var timetableNeeds = []string{"phase", "months", "tasks", "group", "members"}

// timetableSizes are the type sizes tried, so that all stands on one page.
var timetableSizes = []float64{page.WuHao, 10, 9.5, page.XiaoWu, 8.5, 8, 7.5, 7, 6.5, 6, 5.5, 5, 4.5, 4, 3.5, 3}

// Timetable prints a plan's 时间表 on one page laid on its side.
func Timetable(w io.Writer, in PlanPrint) ([]page.Warning, error) {
	text, err := timetableWords.load(in.Library, "plan/timetable")
	if err != nil {
		return nil, err
	}
	for _, name := range timetableNeeds {
		if _, err := text.word(name); err != nil {
			return nil, err
		}
	}
	values := timetableWords.values(in, in.Hospital)
	d := newWideDoc(in.Fonts, in.Hospital, in.Date, in.Plan.Title+text.Title)
	d.AddPage()
	sheetHead(d, in.Hospital.Name, in.Plan.Title+text.Title, in.Plan.DocumentNo, values.join(text.Facts))
	for i, size := range timetableSizes {
		t := newTimetable(d, in, text, size)
		if t.height(d) > d.Room() && i < len(timetableSizes)-1 {
			continue
		}
		if t.height(d) > d.Room() || size < 7 {
			d.Misfit(in.Plan.Title)
		}
		t.draw(d)
		break
	}
	_, err = d.WriteTo(w)
	return d.Warnings(), err
}

// timetable is the three parts of a timetable, set in one size.
type timetable struct {
	chart            *chart // nil without phases
	deadlines, group page.Table
	deadlineRows     [][]string
	groupRows        [][]string
}

const partGap = 3.0 // between the parts, mm

func newTimetable(d *page.Doc, in PlanPrint, text sheetText, size float64) timetable {
	width := d.Area().Width
	var t timetable
	if len(in.Plan.Phases) > 0 {
		t.chart = newChart(d, in.Plan, text.Words, size)
	}
	var lines []deadlineLine
	for _, x := range in.Plan.Deadlines {
		lines = append(lines, deadlineLine{x, nextDates(x.Occurrences(in.Calendar, in.Plan.StartsOn, in.Plan.EndsOn), in.Date)})
	}
	t.deadlines, t.deadlineRows = text.table(width), timetableWords.rows(text, lines)
	t.groupRows = groupRows(in.Plan.Members)
	t.group = page.Table{Columns: []page.Column{
		{Title: text.Words["group"], Width: chartName + chartDates, Align: page.AlignCenter},
		{Title: text.Words["members"], Width: width - chartName - chartDates},
	}}
	t.deadlines.Size, t.group.Size = size, size
	return t
}

// groupRows lists the leading group, a row for each role.
func groupRows(members []model.Member) [][]string {
	var out [][]string
	for _, role := range model.MemberRoles {
		var names []string
		for _, m := range members {
			switch {
			case m.Role != role:
			case m.Name == "" || m.Post == "":
				names = append(names, m.Name+m.Post)
			default:
				names = append(names, m.Name+"（"+m.Post+"）")
			}
		}
		if len(names) > 0 {
			out = append(out, []string{role, strings.Join(names, "、")})
		}
	}
	return out
}

func (t timetable) height(d *page.Doc) float64 {
	sum := 0.0
	if t.chart != nil {
		sum += t.chart.height() + partGap
	}
	if len(t.deadlineRows) > 0 {
		sum += d.TableHeight(t.deadlines, t.deadlineRows) + partGap
	}
	if len(t.groupRows) > 0 {
		sum += d.TableHeight(t.group, t.groupRows)
	}
	return sum
}

func (t timetable) draw(d *page.Doc) {
	if t.chart != nil {
		t.chart.draw(d, d.Area().Left, d.Y())
		d.Space(t.chart.height() + partGap)
	}
	if len(t.deadlineRows) > 0 {
		d.PutTable(t.deadlines, t.deadlineRows)
		d.Space(partGap)
	}
	if len(t.groupRows) > 0 {
		d.PutTable(t.group, t.groupRows)
	}
}
