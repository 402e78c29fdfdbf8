package form

import (
	"errors"
	"io"
	"strconv"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/report/page"
)

// Owing is somebody who has not handed in a paper. SelfCheck and Letter say
// where the two papers stand, "" when nothing is missing.
type Owing struct {
	Name, EmployeeNo  string
	SelfCheck, Letter model.PaperState
}

// Reminder (催办单) is what a department still owes.
type Reminder struct {
	Department string
	People     []Owing
}

// ReminderPrint is a batch of reminders, a department each.
type ReminderPrint struct {
	Library   *assets.Library
	Fonts     *page.Fonts // nil for the bundled ones
	Hospital  model.Hospital
	Campaign  model.Campaign
	Date, Due day.Date // as of; until when the papers are wanted
	Reminders []Reminder
}

// reminding is a reminder with what all have alike.
type reminding struct {
	Reminder
	on, due day.Date
}

func (r reminding) count(missing func(Owing) model.PaperState) string {
	n := 0
	for _, p := range r.People {
		if missing(p) != "" {
			n++
		}
	}
	return strconv.Itoa(n)
}

// owingLine is a line of a reminder's table.
type owingLine struct {
	no int
	Owing
}

var reminderWords = vocabulary[reminding, owingLine]{
	whole: map[string]func(reminding) string{
		"department": func(r reminding) string { return r.Department },
		"people":     func(r reminding) string { return strconv.Itoa(len(r.People)) },
		"selfchecks": func(r reminding) string { return r.count(func(p Owing) model.PaperState { return p.SelfCheck }) },
		"letters":    func(r reminding) string { return r.count(func(p Owing) model.PaperState { return p.Letter }) },
		"due":        func(r reminding) string { return r.due.Chinese() },
		"on":         func(r reminding) string { return r.on.Chinese() },
	},
	line: map[string]func(owingLine) string{
		"no":          func(l owingLine) string { return strconv.Itoa(l.no) },
		"name":        func(l owingLine) string { return l.Name },
		"employee_no": func(l owingLine) string { return l.EmployeeNo },
		"selfcheck":   func(l owingLine) string { return string(l.SelfCheck) },
		"letter":      func(l owingLine) string { return string(l.Letter) },
		"blank":       func(owingLine) string { return "" },
	},
}

// Reminders prints the 催办单, each department's on pages of its own.
func Reminders(w io.Writer, in ReminderPrint) ([]page.Warning, error) {
	text, err := reminderWords.load(in.Library, "reminder")
	if err != nil {
		return nil, err
	}
	if len(in.Reminders) == 0 {
		return nil, errors.New("没有可打印的" + text.Title)
	}
	d := newDoc(in.Fonts, in.Hospital, in.Date, text.Title)
	for _, r := range in.Reminders {
		values := reminderWords.values(reminding{r, in.Date, in.Due}, in.Hospital)
		d.Number(1)
		d.AddPage()
		sheetHead(d, in.Hospital.Name, text.Title, campaignLine(in.Campaign))
		for _, fact := range text.Facts {
			d.Text(page.Style{Face: page.FangSong, Size: page.SiHao, Pitch: 8, Indent: 2}, values.join([]string{fact}))
		}
		d.Space(2)
		lines := make([]owingLine, len(r.People))
		for i, p := range r.People {
			lines[i] = owingLine{i + 1, p}
		}
		table := text.table(page.TextWidth)
		table.MinRow, table.Continued, table.Foot = 8, r.Department+"（续）", 3+signRoom(text.Sign)
		d.PutTable(table, reminderWords.rows(text, lines))
		d.Space(3)
		signLines(d, values, text.Sign)
	}
	_, err = d.WriteTo(w)
	return d.Warnings(), err
}
