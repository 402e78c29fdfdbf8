package form

import (
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"qingfeng/model"
	"qingfeng/model/money"
	"qingfeng/report/page"
)

// ledgerValues are what the texts of the ledger may name of all handovers.
var ledgerValues = map[string]func(HandoverPrint) string{
	"on":       func(in HandoverPrint) string { return chinese(in.Date) },
	"from":     func(in HandoverPrint) string { return chinese(in.Span.From) },
	"to":       func(in HandoverPrint) string { return chinese(in.Span.To) },
	"span":     later[HandoverPrint],
	"count":    func(in HandoverPrint) string { return strconv.Itoa(len(in.Handovers)) },
	"amount":   func(in HandoverPrint) string { return in.sum(func(l HandoverLine) int64 { return l.AmountFen }) },
	"disposed": func(in HandoverPrint) string { return in.sum(func(l HandoverLine) int64 { return l.DisposedFen }) },
	"left":     func(in HandoverPrint) string { return in.sum(func(l HandoverLine) int64 { return l.LeftFen() }) },
	"late":     func(in HandoverPrint) string { return in.timed(model.Late) },
	"unjudged": func(in HandoverPrint) string { return in.timed(model.Unjudged) },
}

// sum adds up what is not void.
func (in HandoverPrint) sum(of func(HandoverLine) int64) string {
	fen := int64(0)
	for _, l := range in.Handovers {
		if !l.Voided() {
			fen += of(l)
		}
	}
	return money.Yuan(fen)
}

func (in HandoverPrint) timed(t model.Timeliness) string {
	n := 0
	for _, l := range in.Handovers {
		if l.Timeliness == t && !l.Voided() {
			n++
		}
	}
	return atLeastOne(n)
}

// spanWord is the word that says of which days the ledger is.
func (in HandoverPrint) spanWord() string {
	switch {
	case in.Span.From != "" && in.Span.To != "":
		return "span"
	case in.Span.From != "":
		return "since"
	case in.Span.To != "":
		return "until"
	}
	return "all"
}

// ledgerBlock is a handover in the ledger, or a part of one that is long: all
// that a row says.
type ledgerBlock struct {
	*HandoverLine
	plain        bool
	first        bool     // later ones say the number and what is listed only
	more         string   // behind the number of later ones
	things, went []string // items, dispositions
}

// onFirst is a value that a block says once.
func onFirst(value func(ledgerBlock) string) func(ledgerBlock) string {
	return func(b ledgerBlock) string {
		if !b.first {
			return ""
		}
		return value(b)
	}
}

var blockValues = map[string]func(ledgerBlock) string{
	"form_no": func(b ledgerBlock) string {
		if b.first {
			return b.FormNo
		}
		return b.FormNo + b.more
	},
	"handed":     onFirst(func(b ledgerBlock) string { return strings.Replace(string(b.HandedAt), " ", "\n", 1) }),
	"from":       onFirst(func(b ledgerBlock) string { return joined("\n", b.name(b.From()), b.Department) }),
	"giver":      onFirst(ledgerGiver),
	"items":      func(b ledgerBlock) string { return strings.Join(b.things, "\n") },
	"amount":     onFirst(func(b ledgerBlock) string { return money.Yuan(b.AmountFen) }),
	"timeliness": onFirst(func(b ledgerBlock) string { return string(b.Timeliness) }),
	"hands":      onFirst(func(b ledgerBlock) string { return joined("\n", b.name(b.ReceivedBy), b.name(b.WitnessedBy)) }),
	"disposed":   func(b ledgerBlock) string { return strings.Join(b.went, "\n") },
	"left":       onFirst(func(b ledgerBlock) string { return money.Yuan(b.LeftFen()) }),
	"state":      onFirst(func(b ledgerBlock) string { return string(b.State) }),
}

func (b ledgerBlock) name(names string) string {
	if b.plain {
		return names
	}
	return model.MaskNames(names)
}

func ledgerGiver(b ledgerBlock) string {
	no, bed := b.AdmissionNo, b.Bed
	if !b.plain {
		no, bed = model.MaskNumber(no), ""
	}
	return joined("\n", joined(" ", string(b.Giver), b.name(b.GiverName)), labelled("患者 ", b.name(b.Patient)),
		labelled("住院号 ", no), bed, b.Company, b.name(b.Agent))
}

var ledgerWords = vocabulary[HandoverPrint, ledgerBlock]{ledgerValues, blockValues}

// HandoverLedger prints the 红包上交台账 on sheets laid on their side.
func HandoverLedger(w io.Writer, in HandoverPrint) ([]page.Warning, error) {
	text, err := ledgerWords.load(in.Library, "handover/ledger")
	if err == nil {
		err = needWords(text, "span", "since", "until", "all", "masked", "more", "total", "count", "none")
	}
	if err != nil {
		return nil, err
	}
	values := ledgerWords.values(in, in.Hospital)
	for i := range values {
		if values[i].name == "span" {
			values[i].value = filledIn(values, text, in.spanWord())
		}
	}
	title := in.spanTitle() + text.Title
	d := newWideDoc(in.Fonts, in.Hospital, in.Date, title)
	d.Number(1)
	d.AddPage()
	note := ""
	if !in.Plain {
		note = text.Words["masked"]
	}
	sheetHead(d, in.Hospital.Name, title, values.join(text.Facts), note)
	table := text.table(d.Area().Width)
	table.Size, table.MinRow, table.Foot = ledgerSize, 7, signRoom(text.Sign)
	rows := ledgerWords.rows(text, in.blocks(text, table))
	if len(rows) == 0 {
		rows = [][]string{totalRow(text, "", map[string]string{"items": text.Words["none"]})}
	}
	d.PutTable(table, append(rows, in.totals(text, values)))
	signLines(d, values, text.Sign)
	_, err = d.WriteTo(w)
	return d.Warnings(), err
}

// spanTitle is the year before the title of a ledger of one.
func (in HandoverPrint) spanTitle() string {
	from, to := string(in.Span.From), string(in.Span.To)
	if len(from) == 10 && len(to) == 10 && from[:4] == to[:4] && from[4:] == "-01-01" && to[4:] == "-12-31" {
		return from[:4] + "年"
	}
	return ""
}

const (
	ledgerSize = 8.0 // points
	// blockLines is the height of a row in lines at most, so that one fits below
	// the head of the first page too: a longer block is taken apart.
	blockLines = 24
)

// blocks are the rows of the ledger.
func (in HandoverPrint) blocks(text sheetText, t page.Table) []ledgerBlock {
	width := map[string]float64{} // of a column in characters
	for i, c := range text.Columns {
		width[c.Value] = max(1, (t.Columns[i].Width-2.4)*72/25.4/ledgerSize)
	}
	out := make([]ledgerBlock, 0, len(in.Handovers))
	for i := range in.Handovers {
		l := &in.Handovers[i]
		things, went := chunks(l.things(), width["items"]), chunks(l.went(), width["disposed"])
		for n := range max(1, len(things), len(went)) {
			b := ledgerBlock{HandoverLine: l, plain: in.Plain, first: n == 0, more: text.Words["more"]}
			if n < len(things) {
				b.things = things[n]
			}
			if n < len(went) {
				b.went = went[n]
			}
			out = append(out, b)
		}
	}
	return out
}

// things lists the items that stand.
func (l *HandoverLine) things() []string {
	var out []string
	for _, i := range model.Standing(l.Entries) {
		out = append(out, joined(" ", string(i.Category), i.Particulars, quantity(i.Quantity, i.Unit), money.Yuan(i.AmountFen)))
	}
	return out
}

// went lists the dispositions that stand.
func (l *HandoverLine) went() []string {
	var out []string
	for _, x := range standing(l.Dispositions) {
		out = append(out, joined(" ", string(x.Kind), string(x.DisposedOn), money.Yuan(x.AmountFen), x.Voucher))
	}
	return out
}

// standing are the dispositions that no counter-entry took back.
func standing(all []model.Disposition) []model.Disposition {
	return slices.DeleteFunc(slices.Clone(all), func(x model.Disposition) bool {
		return x.ReversesID != 0 || slices.ContainsFunc(all, func(y model.Disposition) bool { return y.ReversesID == x.ID })
	})
}

// chunks takes a list apart into parts of at most [blockLines] lines in a
// column of so many characters.
func chunks(list []string, width float64) [][]string {
	if len(list) == 0 {
		return nil
	}
	var out [][]string
	start, lines := 0, 0.0
	for i, text := range list {
		// A line is broken early by a word or a number: one in five.
		n := math.Ceil(characters(text) * 1.2 / width)
		if lines += n; lines > blockLines && i > start {
			out, start, lines = append(out, list[start:i]), i, n
		}
	}
	return append(out, list[start:])
}

// characters is about how wide a text is, in Chinese characters.
func characters(text string) float64 {
	sum := 0.0
	for _, r := range text {
		if r < 0x2E80 {
			sum += 0.6
		} else {
			sum++
		}
	}
	return sum
}

// totals is the last row, with the sums by category. What is void does not
// count.
func (in HandoverPrint) totals(text sheetText, values placeholders) []string {
	count, fen := map[model.ItemCategory]int{}, map[model.ItemCategory]int64{}
	for _, l := range in.Handovers {
		if l.Voided() {
			continue
		}
		for _, i := range model.Standing(l.Entries) {
			count[i.Category]++
			fen[i.Category] += i.AmountFen
		}
	}
	var sums []string
	for _, c := range model.ItemCategories {
		if count[c] > 0 {
			sums = append(sums, joined(" ", string(c), strconv.Itoa(count[c])+" 项", money.Yuan(fen[c])))
		}
	}
	sum := func(name string) string { return ledgerValues[name](in) }
	return totalRow(text, text.Words["total"]+"\n"+filledIn(values, text, "count"), map[string]string{
		"items": strings.Join(sums, "\n"), "amount": sum("amount"), "disposed": sum("disposed"), "left": sum("left")})
}
