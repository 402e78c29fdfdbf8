package form

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/money"
	"qingfeng/report/page"
	"qingfeng/report/sheet"
)

// SelfCheckSummaryPrint is the hospital's 自查自纠汇总表.
type SelfCheckSummaryPrint struct {
	Library  *assets.Library
	Fonts    *page.Fonts // nil for the bundled ones
	Hospital model.Hospital
	Campaign model.Campaign
	Date     day.Date // as of
	Summary  model.SelfCheckSummary
}

// SelfCheckSummary prints the tables of [SelfCheckTables] one after the other,
// with room to sign and seal under the first.
func SelfCheckSummary(w io.Writer, in SelfCheckSummaryPrint) ([]page.Warning, error) {
	t, err := loadSummaryText(in.Library)
	if err != nil {
		return nil, err
	}
	d := newDoc(in.Fonts, in.Hospital, in.Date, in.Campaign.Title+t.Title)
	heading(d, in.Hospital, in.Campaign, t.Title, fmt.Sprintf(t.Facts, in.Date.Chinese()))
	annex := page.Style{Face: page.Hei, Size: page.XiaoSi, Pitch: 6}
	d.Draw(d.Fit(annex, page.TextWidth, 6, t.Annex), page.Left, page.Top-8)

	for i, table := range t.tables(in.Summary) {
		putSummaryTable(d, i, table)
		if i == 0 { // what is signed stands alone; its details follow
			d.Text(page.Style{Face: page.KaiTi, Size: page.WuHao, Pitch: 5.5}, t.Note)
			signLines(d, nil, t.Footer)
			d.AddPage()
		}
	}
	_, err = d.WriteTo(w)
	return d.Warnings(), err
}

func putSummaryTable(d *page.Doc, i int, table sheet.Table) {
	name := page.Style{Face: page.Hei, Size: page.XiaoSi, Pitch: 8}
	d.Need(name.Pitch + 22) // a table's name is not left alone at the foot
	d.Text(name, numerals[i]+"、"+table.Name)
	out := page.Table{MinRow: 6.5, Continued: table.Name + "（续）"}
	if i == 1 {
		out.Merge = 1 // where items come from
	}
	for k, title := range table.Columns {
		c := summaryColumns[i][k]
		c.Title = title
		out.Columns = append(out.Columns, c)
	}
	d.PutTable(out, table.Rows)
	d.Space(3)
}

// SelfCheckTables are the tables of the summary, for paper and Excel alike:
// the totals, the items, the departments.
func SelfCheckTables(lib *assets.Library, s model.SelfCheckSummary) ([]sheet.Table, error) {
	t, err := loadSummaryText(lib)
	return t.tables(s), err
}

// summaryColumns are widths and alignments of the columns of the tables.
var summaryColumns = [3][]page.Column{
	{{Width: 76}, {Width: 35, Align: page.AlignRight}, {Width: 45, Align: page.AlignRight}},
	{{Width: 20}, {Width: 10, Align: page.AlignCenter}, {Width: 55}, {Width: 13, Align: page.AlignRight},
		{Width: 29, Align: page.AlignRight}, {Width: 29, Align: page.AlignRight}},
	{{Width: 12, Align: page.AlignCenter}, {Width: 40}, {Width: 15, Align: page.AlignRight}, {Width: 15, Align: page.AlignRight},
		{Width: 15, Align: page.AlignRight}, {Width: 18, Align: page.AlignRight}, {Width: 20, Align: page.AlignRight}, {Width: 21, Align: page.AlignRight}},
}

// summaryText is the text of the summary, as assets/forms/selfcheck/summary.toml
// holds and explains it.
type summaryText struct {
	Annex  string   `toml:"annex"`
	Title  string   `toml:"title"`
	Facts  string   `toml:"facts"`
	Note   string   `toml:"note"`
	Footer []string `toml:"footer"`
	Total  string   `toml:"total"`
	Totals struct {
		tableText
		Departments string `toml:"departments"`
		Expected    string `toml:"expected"`
		Returned    string `toml:"returned"`
		Late        string `toml:"late"`
		Unchecked   string `toml:"unchecked"`
		Excused     string `toml:"excused"`
		Reason      string `toml:"reason"`
		Rate        string `toml:"rate"`
		People      string `toml:"people"`
		Findings    string `toml:"findings"`
		Amount      string `toml:"amount"`
		Handed      string `toml:"handed"`
	} `toml:"totals"`
	Items       tableText `toml:"items"`
	Departments tableText `toml:"departments"`
}

// tableText is the name and the column titles of a table.
type tableText struct {
	Name    string   `toml:"name"`
	Columns []string `toml:"columns"`
}

const summaryFile = "forms/selfcheck/summary.toml"

func loadSummaryText(lib *assets.Library) (summaryText, error) {
	var t summaryText
	if err := lib.TOML(summaryFile, &t); err != nil {
		return t, err
	}
	if err := t.check(); err != nil {
		return t, fmt.Errorf("%s：%w", summaryFile, err)
	}
	return t, nil
}

func (t summaryText) check() error {
	n := t.Totals
	err := required(text{"title", t.Title}, text{"facts", t.Facts}, text{"note", t.Note}, text{"total", t.Total},
		text{"totals.departments", n.Departments}, text{"totals.expected", n.Expected}, text{"totals.returned", n.Returned}, text{"totals.late", n.Late},
		text{"totals.unchecked", n.Unchecked}, text{"totals.excused", n.Excused}, text{"totals.reason", n.Reason}, text{"totals.rate", n.Rate},
		text{"totals.people", n.People}, text{"totals.findings", n.Findings}, text{"totals.amount", n.Amount}, text{"totals.handed", n.Handed})
	if err != nil {
		return err
	}
	for _, x := range []text{{"facts", t.Facts}, {"totals.reason", n.Reason}} {
		if strings.Count(x.value, "%s") != 1 || strings.Count(x.value, "%") != 1 {
			return fmt.Errorf("%s 中应有一处 %%s", x.name)
		}
	}
	for i, x := range []tableText{n.tableText, t.Items, t.Departments} {
		if x.Name == "" || len(x.Columns) != len(summaryColumns[i]) {
			return fmt.Errorf("第 %d 张表应有 name 和 %d 个 columns", i+1, len(summaryColumns[i]))
		}
	}
	return nil
}

func (t summaryText) tables(s model.SelfCheckSummary) []sheet.Table {
	return []sheet.Table{t.totals(s), t.items(s), t.departments(s)}
}

// noNumber stands where a line has no number for leaders and key posts.
const noNumber = "—"

func (t summaryText) totals(s model.SelfCheckSummary) sheet.Table {
	out := sheet.Table{Name: t.Totals.Name, Columns: t.Totals.Columns, Counts: t.Totals.Columns[1:], Amounts: t.Totals.Columns[1:]}
	line := func(label, all, priority string) { out.Rows = append(out.Rows, []string{label, all, priority}) }
	counts := func(label string, of func(model.SelfCheckRate) int) {
		line(label, strconv.Itoa(of(s.SelfCheckRate)), strconv.Itoa(of(s.Priority)))
	}
	count := func(label string, n int) { line(label, strconv.Itoa(n), noNumber) }

	var sum model.ItemCount
	for _, n := range s.Items {
		sum = plus(sum, n)
	}
	n := t.Totals
	count(n.Departments, len(s.Departments))
	counts(n.Expected, func(r model.SelfCheckRate) int { return r.Expected })
	counts(n.Returned, func(r model.SelfCheckRate) int { return r.Returned })
	count(n.Late, s.Late)
	counts(n.Unchecked, unchecked)
	counts(n.Excused, func(r model.SelfCheckRate) int { return r.Excused })
	for _, r := range s.Unchecked {
		count(fmt.Sprintf(n.Reason, r.Reason), r.Count)
	}
	line(n.Rate, s.Rate.String(), s.Priority.Rate.String())
	count(n.People, s.WithProblems)
	counts(n.Findings, func(r model.SelfCheckRate) int { return r.Findings })
	line(n.Amount, money.Yuan(sum.AmountFen), noNumber)
	line(n.Handed, money.Yuan(sum.HandedFen), noNumber)
	return out
}

// unchecked is 未查, the excused among them: with 实查 it makes 应查.
func unchecked(r model.SelfCheckRate) int { return r.Expected - r.Returned }

func (t summaryText) items(s model.SelfCheckSummary) sheet.Table {
	c := t.Items.Columns
	out := sheet.Table{Name: t.Items.Name, Columns: c, Counts: []string{c[1], c[3]}, Amounts: c[4:]}
	var sum model.ItemCount
	line := func(no string, n model.ItemCount) {
		out.Rows = append(out.Rows, []string{n.Source, no, n.Text, strconv.Itoa(n.People), money.Yuan(n.AmountFen), money.Yuan(n.HandedFen)})
	}
	for i, n := range s.Items {
		line(strconv.Itoa(i+1), n)
		sum = plus(sum, n)
	}
	sum.Source = t.Total
	line("", sum)
	return out
}

func (t summaryText) departments(s model.SelfCheckSummary) sheet.Table {
	c := t.Departments.Columns
	out := sheet.Table{Name: t.Departments.Name, Columns: c, Counts: append(append([]string{c[0]}, c[2:6]...), c[7])}
	line := func(no, name string, r model.SelfCheckRate) {
		out.Rows = append(out.Rows, []string{no, name, strconv.Itoa(r.Expected), strconv.Itoa(r.Returned), strconv.Itoa(unchecked(r)),
			strconv.Itoa(r.Excused), r.Rate.String(), strconv.Itoa(r.Findings)})
	}
	for i, d := range s.Departments {
		line(strconv.Itoa(i+1), d.Department, d.SelfCheckRate)
	}
	line("", t.Total, s.SelfCheckRate)
	return out
}
