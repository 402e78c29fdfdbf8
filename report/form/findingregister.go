package form

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"qingfeng/model"
	"qingfeng/report/page"
)

// registerValues are what the texts of the register and of the weekly form
// may name of all findings.
var registerValues = map[string]func(FindingPrint) string{
	"on":       func(in FindingPrint) string { return chinese(in.Date) },
	"campaign": func(in FindingPrint) string { return in.Campaign.Title },
	"count":    func(in FindingPrint) string { return strconv.Itoa(len(in.Findings)) },
	"states":   stateCounts,
	"overdue": func(in FindingPrint) string {
		return in.count(func(l findingLine) bool { return l.Overdue(in.Date) })
	},
	"closed_rate": closedRate,
	"from":        func(in FindingPrint) string { return chinese(in.Span.From) },
	"to":          func(in FindingPrint) string { return chinese(in.Span.To) },
	"week_new": func(in FindingPrint) string {
		return in.count(func(l findingLine) bool { return in.Span.From <= l.FoundOn && l.FoundOn <= in.Span.To })
	},
	"week_done": func(in FindingPrint) string {
		return in.count(func(l findingLine) bool { return l.closedBy(in.Span.To) && l.AcceptedOn >= in.Span.From })
	},
	"week_open": func(in FindingPrint) string {
		return in.count(func(l findingLine) bool { return !l.closedBy(in.Span.To) })
	},
}

var registerWords = vocabulary[FindingPrint, findingLine]{registerValues, findingValues}

func (in FindingPrint) count(counts func(findingLine) bool) string {
	n := 0
	for _, l := range in.lines() {
		if counts(l) {
			n++
		}
	}
	return strconv.Itoa(n)
}

// stateCounts lists how many findings are in each state.
func stateCounts(in FindingPrint) string {
	by := map[model.FindingState]int{}
	for _, f := range in.Findings {
		by[f.State]++
	}
	var out []string
	for _, s := range model.FindingStates {
		if by[s] > 0 {
			out = append(out, fmt.Sprintf("%s %d", s, by[s]))
		}
	}
	return strings.Join(out, "，")
}

// closedRate is the 销号率: closed ones among those that were not voided.
func closedRate(in FindingPrint) string {
	closed, all := 0, 0
	for _, f := range in.Findings {
		if f.State == model.ClosedOut {
			closed++
		}
		if f.State != model.Withdrawn {
			all++
		}
	}
	if all == 0 {
		return "—"
	}
	// Cut, not rounded: only all of them are 100 %.
	return fmt.Sprintf("%d.%d%%", closed*100/all, closed*1000/all%10)
}

// FindingRegister prints the 整改台账 on sheets laid on their side.
func FindingRegister(w io.Writer, in FindingPrint) ([]page.Warning, error) {
	return in.register(w, "finding/register")
}

// Weekly prints the 整改情况周报 of the week of in.Span. Findings are as they
// stand now, but one closed out after the week counts as open.
func Weekly(w io.Writer, in FindingPrint) ([]page.Warning, error) {
	return in.register(w, "finding/weekly")
}

// WeeklyRows are the columns and rows of the 整改情况周报 for Excel.
func WeeklyRows(in FindingPrint) (columns []string, rows [][]string, err error) {
	text, err := registerWords.load(in.Library, "finding/weekly")
	for _, c := range text.Columns {
		columns = append(columns, c.Title)
	}
	return columns, registerWords.rows(text, in.lines()), err
}

func (in FindingPrint) register(w io.Writer, name string) ([]page.Warning, error) {
	text, err := registerWords.load(in.Library, name)
	if err != nil {
		return nil, err
	}
	values := registerWords.values(in, in.Hospital)
	d := newWideDoc(in.Fonts, in.Hospital, in.Date, text.Title)
	d.Number(1)
	d.AddPage()
	sheetHead(d, in.Hospital.Name, text.Title, campaignLine(in.Campaign), values.join(text.Facts))
	table := text.table(d.Area().Width)
	table.Size, table.MinRow, table.Foot = page.XiaoWu, 8, signRoom(text.Sign)
	rows := registerWords.rows(text, in.lines())
	if len(rows) == 0 { // an empty register is a report too
		rows = [][]string{make([]string, len(text.Columns))}
	}
	d.PutTable(table, rows)
	signLines(d, values, text.Sign)
	_, err = d.WriteTo(w)
	return d.Warnings(), err
}
