package form

import (
	"errors"
	"io"
	"slices"
	"strconv"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/money"
	"qingfeng/report/page"
)

// ReceiptPrint is receipts to print.
type ReceiptPrint struct {
	Library  *assets.Library
	Fonts    *page.Fonts // nil for the bundled ones
	Hospital model.Hospital
	Date     day.Date // of printing
	Receipts []model.Receipt
}

// receiptValues are what the texts of a receipt may name.
var receiptValues = map[string]func(model.Receipt) string{
	"form_no":      func(r model.Receipt) string { return r.FormNo },
	"handover_no":  func(r model.Receipt) string { return r.Content.HandoverNo },
	"handed_on":    func(r model.Receipt) string { return chinese(r.Content.HandedAt.Date()) },
	"issued_on":    func(r model.Receipt) string { return chinese(r.IssuedOn) },
	"from":         func(r model.Receipt) string { return r.Content.From },
	"received_by":  func(r model.Receipt) string { return r.Content.ReceivedBy },
	"witnessed_by": func(r model.Receipt) string { return r.Content.WitnessedBy },
	"count":        func(r model.Receipt) string { return strconv.Itoa(len(r.Content.Items)) },
	"upper":        func(r model.Receipt) string { return money.Upper(r.AmountFen) },
	"lower":        func(r model.Receipt) string { return money.Yuan(r.AmountFen) },
	"print":        func(r model.Receipt) string { return strconv.Itoa(r.PrintCount + 1) },
	"void":         func(r model.Receipt) string { return r.VoidReason },
	"void_on":      func(r model.Receipt) string { return chinese(r.VoidedOn) },
}

var receiptWords = vocabulary[model.Receipt, thingLine]{receiptValues, thingValues}

// copies are the words of the three copies.
var copies = []string{"copy1", "copy2", "copy3"}

// Receipts prints receipts in three copies on one sheet each, to be cut apart.
// What they say is what they said when they were issued. A list of items too
// long for that follows on sheets of its own, one for each copy.
func Receipts(w io.Writer, in ReceiptPrint) ([]page.Warning, error) {
	text, err := receiptWords.load(in.Library, "handover/receipt")
	if err == nil {
		err = needWords(text, append(slices.Clone(copies), "total", "upper", "from", "received_by", "witnessed_by", "sign", "nameless",
			"seal", "reprint", "void", "voided", "voided_list", "many", "list", "list_nameless")...)
	}
	if err != nil {
		return nil, err
	}
	if len(in.Receipts) == 0 {
		return nil, errors.New("没有可打印的" + text.Title)
	}
	d := newDoc(in.Fonts, in.Hospital, in.Date, text.Title)
	for _, r := range in.Receipts {
		if err := in.sheet(d, text, r); err != nil {
			return nil, err
		}
	}
	_, err = d.WriteTo(w)
	return d.Warnings(), err
}

func (in ReceiptPrint) sheet(d *page.Doc, text sheetText, r model.Receipt) error {
	d.Number(0)
	d.AddPage()
	values := receiptWords.values(r, in.Hospital)
	p := fitReceipt(d, text, values, r)
	p.hospital = in.Hospital.Name
	for i, name := range copies {
		top := float64(i) * copyHeight
		if err := p.draw(text.Words[name], top); err != nil {
			return err
		}
		if i > 0 {
			d.Dashes(5, page.SheetWidth-5, top, 0.5)
		}
	}
	if p.whole {
		return nil
	}
	for _, name := range copies {
		if err := p.list(text.Words[name]); err != nil {
			return err
		}
	}
	return nil
}

// Places in a copy, in mm; those across are of the sheet, those down of the
// copy.
const (
	copyHeight  = page.SheetHeight / 3
	copyLeft    = 20.0
	copyWidth   = page.SheetWidth - 2*copyLeft
	copyCode    = 14.0 // width of the code, 0.67 mm a module
	copyTop     = 6.0  // what printers leave blank, and a little
	tableTop    = 23.0 // below the code's quiet zone
	copyPad     = 0.6  // above and below the text of a cell
	tightPad    = 0.3  // in the smallest sizes
	copyEdge    = 6.0  // below the last line
	signHeight  = 9.0  // to sign in
	aside       = 36.0 // for the words beside the title
	fromWidth   = 60.0 // of the four cells below the table
	handWidth   = 38.0
	voidedSpace = 0.5
)

// copySizes are the type sizes tried for a copy.
var copySizes = []float64{page.WuHao, 10, 9.5, page.XiaoWu, 8.5, 8, 7.5, 7}

// receiptCopy is a copy set in a type size.
type receiptCopy struct {
	d        *page.Doc
	hospital string
	text     sheetText
	values   placeholders
	receipt  model.Receipt
	rows     [][]string
	whole    bool // the rows are the items, not sums of them
	size     float64
	cells    []page.Block // hander, receiver, witness, seal
	voided   page.Block
}

// fitReceipt sets a copy as large as it fits: with its items, else with sums by
// category.
func fitReceipt(d *page.Doc, text sheetText, values placeholders, r model.Receipt) *receiptCopy {
	p := &receiptCopy{d: d, text: text, values: values, receipt: r}
	for _, p.whole = range []bool{true, false} {
		p.rows = receiptWords.rows(text, receiptLines(r))
		if !p.whole {
			p.rows = p.sums()
		}
		for _, p.size = range copySizes {
			if p.set(); p.height() <= copyHeight-copyEdge {
				return p
			}
		}
	}
	d.Misfit(r.FormNo)
	return p
}

func receiptLines(r model.Receipt) []thingLine {
	lines := make([]thingLine, len(r.Content.Items))
	for i, x := range r.Content.Items {
		lines[i] = thingLine{no: i + 1, HandoverItem: model.HandoverItem{Category: x.Category, Particulars: x.Particulars, Quantity: x.Quantity,
			Unit: x.Unit, AmountFen: x.AmountFen, Basis: x.Basis}}
	}
	if len(lines) == 0 { // sealed to whom may not read it
		lines = []thingLine{{HandoverItem: model.HandoverItem{Particulars: model.Filled, AmountFen: r.AmountFen}}}
	}
	return lines
}

// sums are the rows of a copy that has no room for the items.
func (p *receiptCopy) sums() [][]string {
	var lines []thingLine
	for _, c := range model.ItemCategories {
		l := thingLine{HandoverItem: model.HandoverItem{Category: c}}
		n := 0
		for _, i := range p.receipt.Content.Items {
			if i.Category == c {
				n++
				l.AmountFen += i.AmountFen
			}
		}
		if n > 0 {
			l.Particulars = strconv.Itoa(n) + " 项"
			lines = append(lines, l)
		}
	}
	return receiptWords.rows(p.text, lines)
}

func (p *receiptCopy) table() page.Table {
	t := p.text.table(copyWidth)
	t.Size, t.Pad = p.size, copyPad
	if p.size < 8 {
		t.Pad = tightPad
	}
	return t
}

func (p *receiptCopy) style(align page.Align) page.Style {
	return page.Style{Face: page.FangSong, Size: p.size, Pitch: p.size * 1.3 * 25.4 / 72, Align: align}
}

// set lays out what depends on the type size.
func (p *receiptCopy) set() {
	words := []string{"from", "received_by", "witnessed_by", "seal"}
	p.cells = p.cells[:0]
	for i, width := range p.widths() {
		p.cells = append(p.cells, p.d.Layout(p.style(page.AlignLeft), width-2*copyPad-1, filledIn(p.values, p.text, words[i])))
	}
	p.voided = page.Block{}
	if p.receipt.Voided() {
		word := "voided"
		if !p.whole { // the list says why
			word = "voided_list"
		}
		p.voided = p.d.Layout(p.style(page.AlignLeft), copyWidth, filledIn(p.values, p.text, word))
	}
}

func (p *receiptCopy) widths() []float64 {
	return []float64{fromWidth, handWidth, handWidth, copyWidth - fromWidth - 2*handWidth}
}

// total is the height of the row of the sum, and signs that of the cells below.
func (p *receiptCopy) total() float64 { return p.style(page.AlignLeft).Pitch + 2.4 }

func (p *receiptCopy) signs() float64 {
	most := 0.0
	for _, c := range p.cells {
		most = max(most, c.Height)
	}
	return most + 2*copyPad + signHeight
}

func (p *receiptCopy) height() float64 {
	h := tableTop + p.d.TableHeight(p.table(), p.rows) + p.total() + p.signs()
	if p.receipt.Voided() {
		h += p.voided.Height + voidedSpace
	}
	return h
}

func (p *receiptCopy) draw(name string, top float64) error {
	d := p.d
	if p.receipt.Voided() {
		void(d, p.text.Words["void"], top+copyHeight/2, 72)
	}
	if err := p.head(name, top); err != nil {
		return err
	}
	y := d.DrawTable(p.table(), p.rows, copyLeft, top+tableTop)
	p.drawTotal(y)
	p.drawSigns(y + p.total())
	end := y + p.total() + p.signs()
	d.Box(copyLeft, y, copyWidth, end-y, 1)
	if p.receipt.Voided() {
		d.Draw(p.voided, copyLeft, end+voidedSpace)
	}
	return nil
}

// head draws the title, the code, the numbers and which copy it is.
func (p *receiptCopy) head(name string, top float64) error {
	d, right := p.d, copyLeft+copyWidth
	quiet, err := d.Code(p.receipt.FormNo, right, top+copyTop, copyCode)
	if err != nil {
		return err
	}
	title := page.Style{Face: page.XiaoBiaoSong, Size: page.SiHao, Pitch: 6, Align: page.AlignCenter}
	d.DrawIn(d.Fit(title, copyWidth-2*aside, 9, p.hospital+p.text.Title), copyLeft+aside, top+copyTop, 9)
	if p.receipt.PrintCount > 0 {
		st := page.Style{Face: page.Hei, Size: page.WuHao, Pitch: 5, Align: page.AlignCenter}
		d.DrawIn(d.Fit(st, aside-2, 6, filledIn(p.values, p.text, "reprint")), copyLeft+0.5, top+copyTop+0.5, 6)
		d.Box(copyLeft, top+copyTop+0.5, aside-1, 6, 1)
	}
	const y, high, which = 16, 5.5, 30.0
	width := copyWidth - copyCode - quiet
	st := page.Style{Face: page.FangSong, Size: page.WuHao, Pitch: 5}
	d.DrawIn(d.Fit(st, width-which, high, p.values.join(p.text.Facts)), copyLeft, top+y, high)
	st.Face, st.Align = page.Hei, page.AlignRight
	d.DrawIn(d.Fit(st, which, high, name), copyLeft+width-which, top+y, high)
	return nil
}

// drawTotal draws the row of the sum; with sums by category above it, it says
// where the items are.
func (p *receiptCopy) drawTotal(y float64) {
	d, h := p.d, p.total()
	label := copyWidth * float64(p.text.Columns[0].Share) / float64(p.shares())
	st := p.style(page.AlignCenter)
	st.Face = page.Hei
	d.DrawIn(d.Fit(st, label-1, h, p.text.Words["total"]), copyLeft+0.5, y, h)
	d.Box(copyLeft, y, label, h, 0.5)
	d.Box(copyLeft+label, y, copyWidth-label, h, 0.5)
	said := filledIn(p.values, p.text, "upper")
	if !p.whole {
		said += "　" + filledIn(p.values, p.text, "many")
	}
	d.DrawIn(d.Fit(p.style(page.AlignLeft), copyWidth-label-3, h, said), copyLeft+label+1.5, y, h)
}

func (p *receiptCopy) shares() (sum int) {
	for _, c := range p.text.Columns {
		sum += c.Share
	}
	return sum
}

// drawSigns draws the cells of those who sign, each with its name above the
// line. Who hands in without a name does not sign.
func (p *receiptCopy) drawSigns(y float64) {
	x, h := copyLeft, p.signs()
	for i, width := range p.widths() {
		p.d.Draw(p.cells[i], x+1, y+copyPad)
		p.d.Box(x, y, width, h, 0.5)
		st := page.Style{Face: page.FangSong, Size: page.XiaoWu, Pitch: signHeight}
		switch {
		case i == 0 && p.nameless():
			note := page.Style{Face: page.KaiTi, Size: page.XiaoWu, Pitch: 4}
			p.d.DrawIn(p.d.Fit(note, width-2, signHeight, p.text.Words["nameless"]), x+1, y+h-signHeight, signHeight)
		case i < 3:
			blankLine(p.d, st, x+1, y+h-signHeight, width-2, p.text.Words["sign"])
		}
		x += width
	}
}

func (p *receiptCopy) nameless() bool { return p.receipt.Content.From == model.Nameless }

// list puts the items of a copy on sheets of their own.
func (p *receiptCopy) list(name string) error {
	d := p.d
	d.Number(1)
	d.AddPage()
	if p.receipt.Voided() {
		void(d, p.text.Words["void"], page.SheetHeight/2, 120)
	}
	formHead{hospital: model.Hospital{Name: p.hospital}, title: p.text.Words["list"]}.draw(d)
	if err := corner(d, p.receipt.FormNo, p.receipt.PrintCount > 0); err != nil {
		return err
	}
	st := page.Style{Face: page.KaiTi, Size: page.XiaoSi, Pitch: 7}
	d.Space(fieldsUnder - d.Y())
	d.Put(d.Fit(st, page.TextWidth, 7, joined("　", p.values.join(p.text.Facts), name)))
	if p.receipt.Voided() {
		d.Text(page.Style{Face: page.FangSong, Size: page.WuHao, Pitch: 5}, filledIn(p.values, p.text, "voided"))
		d.Space(1)
	}
	t := p.text.table(page.TextWidth)
	const no = 10.0 // mm for the numbers of the items
	for i := range t.Columns {
		t.Columns[i].Width *= (page.TextWidth - no) / page.TextWidth
	}
	t.Columns = slices.Insert(t.Columns, 0, page.Column{Title: "序号", Width: no, Align: page.AlignCenter})
	sign := p.text.Sign
	if p.nameless() {
		sign = []string{p.text.Words["list_nameless"]}
	}
	t.Size, t.Pad, t.Foot, t.Continued = page.XiaoWu, copyPad, signRoom(sign), joined("　", p.text.Words["list"], p.receipt.FormNo, name)
	rows := receiptWords.rows(p.text, receiptLines(p.receipt))
	for i := range rows {
		rows[i] = slices.Insert(rows[i], 0, strconv.Itoa(i+1))
	}
	total := totalRow(p.text, "", map[string]string{"amount": money.Yuan(p.receipt.AmountFen)})
	total[0] = p.text.Words["total"]
	d.PutTable(t, append(rows, slices.Insert(total, 0, "")))
	signLines(d, p.values, sign)
	return nil
}
