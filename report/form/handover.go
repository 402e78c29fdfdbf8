package form

import (
	"strconv"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/money"
	"qingfeng/report/page"
)

// HandoverLine is a handover of red envelopes with everything that belongs to
// it and the names of what it refers to.
type HandoverLine struct {
	model.Handover
	Person, EmployeeNo, Department string // of who handed in, "" when anonymous
	Post, Position, Title          string
	Verdict                        string // why it was in time or late
	Attached                       int
	Entries                        []model.HandoverItem // counter-entries included
	Dispositions                   []model.Disposition  // counter-entries included
	Receipts                       []model.Receipt
}

// From is who handed it in, as papers say.
func (l HandoverLine) From() string {
	if l.Anonymous {
		return model.Nameless
	}
	return l.Person
}

// HandoverPrint is handovers to print, in the order given.
type HandoverPrint struct {
	Library   *assets.Library
	Fonts     *page.Fonts // nil for the bundled ones
	Hospital  model.Hospital
	Date      day.Date   // of printing
	Span      model.Span // of the ledger, either bound may be ""
	Plain     bool       // the ledger shows names
	Handovers []HandoverLine
}

// thingLine is what tables say of one thing that was handed in, kept or
// disposed of.
type thingLine struct {
	no       int
	formNo   string // of the handover
	handedOn day.Date
	model.HandoverItem
	amountOnly bool   // no quantity: money that leaves in part
	note       string // behind the particulars
}

// thingValues are what columns of such tables may name.
var thingValues = map[string]func(thingLine) string{
	"no":          func(l thingLine) string { return atLeastOne(l.no) },
	"form_no":     func(l thingLine) string { return l.formNo },
	"handed_on":   func(l thingLine) string { return string(l.handedOn) },
	"category":    func(l thingLine) string { return string(l.Category) },
	"particulars": func(l thingLine) string { return joined("\n", l.Particulars, l.note) },
	"quantity": func(l thingLine) string {
		if l.amountOnly || l.Quantity == 0 {
			return ""
		}
		return quantity(l.Quantity, l.Unit)
	},
	"amount": func(l thingLine) string { return money.Yuan(l.AmountFen) },
	"basis":  func(l thingLine) string { return l.Basis },
	"blank":  func(thingLine) string { return "" },
}

func quantity(n int, unit string) string { return joined(" ", strconv.Itoa(n), unit) }

// totalRow is a row of a form's table with a label in its first column and what
// stands below some of the others, by the values that those show.
func totalRow(text sheetText, label string, sums map[string]string) []string {
	out := make([]string, len(text.Columns))
	for i, c := range text.Columns {
		out[i] = sums[c.Value]
	}
	out[0] = label
	return out
}

// filledIn is a text of the form's words with its placeholders filled in.
func filledIn(values placeholders, text sheetText, word string) string {
	return values.join([]string{text.Words[word]})
}

// needWords refuses a form's text that lacks one of the words it needs.
func needWords(text sheetText, names ...string) error {
	for _, name := range names {
		if _, err := text.word(name); err != nil {
			return err
		}
	}
	return nil
}

// void puts 作废 across a sheet, its middle at y mm.
func void(d *page.Doc, word string, y, size float64) {
	const degrees, line = 25, 1.2
	st := page.Style{Face: page.Hei, Size: size, Pitch: size * 1.2 * 25.4 / 72, Align: page.AlignCenter}
	long := d.Width(st.Face, st.Size, word) + 2
	d.Outline(d.Layout(st, long, word), page.SheetWidth/2, y, degrees, line)
}
