package form

import (
	"io"
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
	"count":    func(in HandoverPrint) string { return strconv.Itoa(in.count(func(HandoverLine) bool { return true })) },
	"amount":   func(in HandoverPrint) string { return in.sum(func(l HandoverLine) int64 { return l.AmountFen }) },
	"disposed": func(in HandoverPrint) string { return in.sum(func(l HandoverLine) int64 { return l.DisposedFen }) },
	"left":     func(in HandoverPrint) string { return in.sum(func(l HandoverLine) int64 { return l.LeftFen() }) },
	"late":     func(in HandoverPrint) string { return in.timed(model.Late) },
	"unjudged": func(in HandoverPrint) string { return in.timed(model.Unjudged) },
	"voided": func(in HandoverPrint) string {
		return atLeastOne(len(in.Handovers) - in.count(func(HandoverLine) bool { return true }))
	},
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

// count counts what is not void.
func (in HandoverPrint) count(counts func(HandoverLine) bool) int {
	n := 0
	for _, l := range in.Handovers {
		if !l.Voided() && counts(l) {
			n++
		}
	}
	return n
}

func (in HandoverPrint) timed(t model.Timeliness) string {
	return atLeastOne(in.count(func(l HandoverLine) bool { return l.Timeliness == t }))
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
	plain                           bool
	first                           bool   // later ones say the number and what goes on
	more                            string // behind the number of later ones
	from, giver, items, hands, went string // as much of it as this row has
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
	"from":       func(b ledgerBlock) string { return b.from },
	"giver":      func(b ledgerBlock) string { return b.giver },
	"items":      func(b ledgerBlock) string { return b.items },
	"amount":     onFirst(func(b ledgerBlock) string { return b.counted(b.AmountFen) }),
	"timeliness": onFirst(func(b ledgerBlock) string { return string(b.Timeliness) }),
	"hands":      func(b ledgerBlock) string { return b.hands },
	"disposed":   func(b ledgerBlock) string { return b.went },
	"left":       onFirst(func(b ledgerBlock) string { return b.counted(b.LeftFen()) }),
	"state":      onFirst(func(b ledgerBlock) string { return string(b.State) }),
}

// counted is an amount that the totals count, so that the columns add up.
func (b ledgerBlock) counted(fen int64) string {
	if b.Voided() {
		return ""
	}
	return money.Yuan(fen)
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
	giver := joined(" ", string(b.Giver), b.name(b.GiverName))
	if giver == string(model.FromPatient) && b.Patient != "" {
		giver = "" // the next line says so
	}
	return joined("\n", giver, labelled("患者 ", b.name(b.Patient)),
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
	sheetHead(d, in.Hospital.Name, title, strings.TrimSpace(values.join(text.Facts)), note)
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
	blockLines = 12
)

// blocks are the rows of the ledger.
func (in HandoverPrint) blocks(text sheetText, t page.Table) []ledgerBlock {
	width := map[string]float64{} // of a column in characters
	for i, c := range text.Columns {
		width[c.Value] = max(1, (t.Columns[i].Width-2.4)*72/25.4/ledgerSize)
	}
	out := make([]ledgerBlock, 0, len(in.Handovers))
	for i := range in.Handovers {
		b := ledgerBlock{HandoverLine: &in.Handovers[i], plain: in.Plain}
		cells := [5][]string{
			parts(joined("\n", b.name(b.From()), b.Department), width["from"]),
			parts(ledgerGiver(b), width["giver"]),
			parts(strings.Join(b.things(), "\n"), width["items"]),
			parts(joined("\n", b.name(b.ReceivedBy), b.name(b.WitnessedBy)), width["hands"]),
			parts(strings.Join(b.gone(), "\n"), width["disposed"]),
		}
		into := [5]*string{&b.from, &b.giver, &b.items, &b.hands, &b.went}
		for n, more := 0, true; more; n++ {
			b.first, more = n == 0, false
			for c, cell := range cells {
				*into[c] = ""
				if n < len(cell) {
					*into[c] = cell[n]
				}
				more = more || n+1 < len(cell)
			}
			out = append(out, b)
			b.more = text.Words["more"]
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

// gone lists the dispositions that stand.
func (l *HandoverLine) gone() []string {
	var out []string
	for _, x := range model.StandingDispositions(l.Dispositions) {
		out = append(out, joined(" ", string(x.Kind), string(x.DisposedOn), money.Yuan(x.AmountFen), x.Voucher))
	}
	return out
}

// parts takes a text apart into parts of at most about [blockLines] lines in a
// column of so many characters, at the ends of its lines where that goes.
func parts(text string, width float64) []string {
	const early = 1.2 // lines break early at words and numbers: one in five
	if characters(text)*early/width+float64(strings.Count(text, "\n")) <= blockLines {
		return []string{text}
	}
	var out []string
	start, lines, used := 0, 1, 0.0 // bytes, lines of the part, characters of the line
	fresh := 0                      // where the line begins that is not cut yet
	for at, r := range text {
		if r == '\n' {
			lines, used, fresh = lines+1, 0, at
		} else if used += wide(r) * early; used > width {
			lines, used = lines+1, 0
		}
		if lines > blockLines {
			cut := fresh
			if cut <= start { // a line longer than a part
				cut = at
			}
			out = append(out, text[start:cut])
			start = cut
			lines = 1 + int(characters(text[start:at])*early/width)
		}
	}
	out = append(out, text[start:])
	for i := range out {
		out[i] = strings.TrimPrefix(out[i], "\n")
	}
	return out
}

// characters is about how wide a text is, in Chinese characters.
func characters(text string) float64 {
	sum := 0.0
	for _, r := range text {
		sum += wide(r)
	}
	return sum
}

func wide(r rune) float64 {
	switch {
	case r >= 0x2E80, 'A' <= r && r <= 'Z':
		return 1
	}
	return 0.6
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
