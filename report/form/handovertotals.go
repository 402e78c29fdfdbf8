package form

import (
	"io"
	"strconv"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/money"
	"qingfeng/report/page"
)

// HandoverSum is a line of the 统计表. Word names it when Name is empty; a
// heading has no count.
type HandoverSum struct {
	Word, Name string
	Heading    bool
	Count      int
	Quantity   int   // of a category, else 0
	AmountFen  int64 // of those that have one
	Money      bool  // it has an amount
}

// HandoverSums is the 统计表 of a span.
type HandoverSums struct {
	Library  *assets.Library
	Fonts    *page.Fonts // nil for the bundled ones
	Hospital model.Hospital
	Date     day.Date // of printing
	Span     model.Span
	Sums     []HandoverSum
}

var sumsValues = map[string]func(HandoverSums) string{
	"from": func(in HandoverSums) string { return chinese(in.Span.From) },
	"to":   func(in HandoverSums) string { return chinese(in.Span.To) },
	"on":   func(in HandoverSums) string { return chinese(in.Date) },
}

var sumValues = map[string]func(HandoverSum) string{
	"name": func(l HandoverSum) string { return l.Name },
	"count": func(l HandoverSum) string {
		if l.Heading {
			return ""
		}
		return strconv.Itoa(l.Count)
	},
	"quantity": func(l HandoverSum) string { return atLeastOne(l.Quantity) },
	"amount": func(l HandoverSum) string {
		if !l.Money {
			return ""
		}
		return money.Yuan(l.AmountFen)
	},
}

var sumsWords = vocabulary[HandoverSums, HandoverSum]{sumsValues, sumValues}

// rows are the text and the rows of the table.
func (in HandoverSums) rows() (sheetText, [][]string, error) {
	text, err := sumsWords.load(in.Library, "handover/totals")
	if err == nil {
		err = needWords(text, "note")
	}
	lines := make([]HandoverSum, len(in.Sums))
	for i, l := range in.Sums {
		if l.Name == "" && err == nil {
			l.Name, err = text.word(l.Word)
		} else if l.Name != "" {
			l.Name = "　" + l.Name
		}
		lines[i] = l
	}
	return text, sumsWords.rows(text, lines), err
}

// HandoverTotals prints the 红包上交统计表.
func HandoverTotals(w io.Writer, in HandoverSums) ([]page.Warning, error) {
	text, rows, err := in.rows()
	if err != nil {
		return nil, err
	}
	values := sumsWords.values(in, in.Hospital)
	d := newDoc(in.Fonts, in.Hospital, in.Date, text.Title)
	d.Number(1)
	d.AddPage()
	formHead{hospital: in.Hospital, title: text.Title}.draw(d)
	facts := page.Style{Face: page.KaiTi, Size: page.XiaoSi, Pitch: 6, Align: page.AlignCenter}
	d.Put(d.Fit(facts, page.TextWidth, facts.Pitch, values.join(text.Facts)))
	d.Space(1)
	note := page.Style{Face: page.KaiTi, Size: page.WuHao, Pitch: 6}
	table := text.table(page.TextWidth)
	table.Pad, table.Foot = tablePad, signRoom(text.Sign)+note.Pitch
	for table.Size = page.WuHao; table.Size > 8 && d.TableHeight(table, rows)+table.Foot > d.Room(); {
		table.Size, table.Pad = table.Size-0.5, 0.2 // a year is to fit one page
	}
	d.PutTable(table, rows)
	d.Text(note, text.Words["note"])
	signLines(d, values, text.Sign)
	_, err = d.WriteTo(w)
	return d.Warnings(), err
}

// HandoverTotalRows are the columns and rows of the 统计表 for Excel.
func HandoverTotalRows(in HandoverSums) (columns []string, rows [][]string, err error) {
	text, rows, err := in.rows()
	for _, c := range text.Columns {
		columns = append(columns, c.Title)
	}
	return columns, rows, err
}
