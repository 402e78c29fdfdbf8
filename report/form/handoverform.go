package form

import (
	"errors"
	"io"
	"slices"
	"strconv"

	"qingfeng/model"
	"qingfeng/model/money"
	"qingfeng/report/page"
)

// handoverValues are what the 登记表 may name of a handover.
var handoverValues = map[string]func(HandoverLine) string{
	"form_no":      func(l HandoverLine) string { return l.FormNo },
	"old_no":       func(l HandoverLine) string { return l.OldNo },
	"state":        func(l HandoverLine) string { return string(l.State) },
	"handed_at":    func(l HandoverLine) string { return l.HandedAt.Chinese() },
	"received_at":  func(l HandoverLine) string { return l.ReceivedAt.Chinese() },
	"timeliness":   func(l HandoverLine) string { return string(l.Timeliness) },
	"verdict":      func(l HandoverLine) string { return joined("：", string(l.Timeliness), l.Verdict) },
	"manner":       func(l HandoverLine) string { return l.Manner() },
	"occasion":     func(l HandoverLine) string { return l.Occasion },
	"from":         HandoverLine.From,
	"employee_no":  func(l HandoverLine) string { return l.EmployeeNo },
	"department":   func(l HandoverLine) string { return l.Department },
	"post":         func(l HandoverLine) string { return l.Post },
	"position":     func(l HandoverLine) string { return l.Position },
	"title":        func(l HandoverLine) string { return l.Title },
	"giver":        func(l HandoverLine) string { return string(l.Giver) },
	"giver_name":   func(l HandoverLine) string { return l.GiverName },
	"patient":      func(l HandoverLine) string { return l.Patient },
	"admission_no": func(l HandoverLine) string { return l.AdmissionNo },
	"bed":          func(l HandoverLine) string { return l.Bed },
	"company":      func(l HandoverLine) string { return l.Company },
	"agent":        func(l HandoverLine) string { return l.Agent },
	"story":        func(l HandoverLine) string { return l.Story },
	"bystanders":   func(l HandoverLine) string { return l.Bystanders },
	"received_by":  func(l HandoverLine) string { return l.ReceivedBy },
	"witnessed_by": func(l HandoverLine) string { return l.WitnessedBy },
	"hands": func(l HandoverLine) string {
		return joined("　", labelled("经手人：", l.ReceivedBy), labelled("监交人：", l.WitnessedBy))
	},
	"keeper":    func(l HandoverLine) string { return l.Keeper },
	"co_keeper": func(l HandoverLine) string { return l.CoKeeper },
	"kept_at":   func(l HandoverLine) string { return l.KeptAt },
	"kept": func(l HandoverLine) string {
		return joined("　", labelled("保管人：", joined("、", l.Keeper, l.CoKeeper)), labelled("位置：", l.KeptAt))
	},
	"remark": func(l HandoverLine) string { return l.Remark },
	"notes": func(l HandoverLine) string {
		return joined("　", "附件 "+strconv.Itoa(l.Attached)+" 份", labelled("原编号 ", l.OldNo), l.Remark)
	},
	"amount":      func(l HandoverLine) string { return money.Yuan(l.AmountFen) },
	"disposed":    func(l HandoverLine) string { return money.Yuan(l.DisposedFen) },
	"left":        func(l HandoverLine) string { return money.Yuan(l.LeftFen()) },
	"upper":       func(l HandoverLine) string { return money.Upper(l.AmountFen) },
	"attachments": func(l HandoverLine) string { return strconv.Itoa(l.Attached) },
	"count":       func(l HandoverLine) string { return strconv.Itoa(len(model.Standing(l.Entries))) },
	"void":        func(l HandoverLine) string { return l.VoidReason },
	"void_on":     func(l HandoverLine) string { return chinese(l.VoidedOn) },
	"no":          later[HandoverLine], // of a wrong item, with the reason
	"reason":      later[HandoverLine],
}

// dispositionLine is a disposition of a handover in its table.
type dispositionLine struct {
	model.Disposition
	reverses string // number of the one that it takes back
	behind   string // its kind, of a counter-entry
}

var dispositionValues = map[string]func(dispositionLine) string{
	"form_no":     func(l dispositionLine) string { return l.FormNo },
	"kind":        func(l dispositionLine) string { return string(l.Kind) + l.behind },
	"disposed_on": func(l dispositionLine) string { return string(l.DisposedOn) },
	"amount":      func(l dispositionLine) string { return money.Yuan(l.AmountFen) },
	"voucher":     func(l dispositionLine) string { return l.Voucher },
	"hands":       func(l dispositionLine) string { return joined("、", l.Approver, l.HandledBy, l.Signer) },
	"signer":      func(l dispositionLine) string { return l.Signer },
	"note":        func(l dispositionLine) string { return l.Remark },
}

// receiptLine is a receipt of a handover in its table.
type receiptLine struct {
	model.Receipt
	state string
}

var receiptLineValues = map[string]func(receiptLine) string{
	"form_no":   func(l receiptLine) string { return l.FormNo },
	"issued_on": func(l receiptLine) string { return string(l.IssuedOn) },
	"amount":    func(l receiptLine) string { return money.Yuan(l.AmountFen) },
	"prints":    func(l receiptLine) string { return strconv.Itoa(l.PrintCount) },
	"state":     func(l receiptLine) string { return l.state },
}

// later stands for what a text may name and is filled in line by line.
func later[W any](W) string { return "" }

var (
	handoverWords    = vocabulary[HandoverLine, thingLine]{handoverValues, thingValues}
	dispositionWords = vocabulary[dispositionLine, dispositionLine]{map[string]func(dispositionLine) string{
		"form_no":  func(l dispositionLine) string { return l.FormNo },
		"reverses": func(l dispositionLine) string { return l.reverses },
		"reason":   func(l dispositionLine) string { return l.Reason },
	}, dispositionValues}
	receiptLineWords = vocabulary[receiptLine, receiptLine]{map[string]func(receiptLine) string{
		"form_no": func(l receiptLine) string { return l.FormNo },
		"void":    func(l receiptLine) string { return l.VoidReason },
		"void_on": func(l receiptLine) string { return chinese(l.VoidedOn) },
	}, receiptLineValues}
)

// handoverTexts are the texts of the 登记表 and of the tables on it.
type handoverTexts struct{ form, dispositions, receipts sheetText }

func (in HandoverPrint) texts() (t handoverTexts, err error) {
	if t.form, err = handoverWords.load(in.Library, "handover/form"); err == nil {
		err = needWords(t.form, "total", "upper", "continued", "nameless", "void", "wrong")
	}
	if err == nil {
		t.dispositions, err = dispositionWords.load(in.Library, "handover/dispositions")
	}
	if err == nil {
		err = needWords(t.dispositions, "reversal", "notes", "left")
	}
	if err == nil {
		t.receipts, err = receiptLineWords.load(in.Library, "handover/receipts")
	}
	if err == nil {
		err = needWords(t.receipts, "valid", "void", "notes")
	}
	return t, err
}

// HandoverForms prints the 登记表, a sheet for each handover; a long one goes on
// to a second.
func HandoverForms(w io.Writer, in HandoverPrint) ([]page.Warning, error) {
	text, err := in.texts()
	if err != nil {
		return nil, err
	}
	if len(in.Handovers) == 0 {
		return nil, errors.New("没有可打印的" + text.form.Title)
	}
	d := newDoc(in.Fonts, in.Hospital, in.Date, text.form.Title)
	for _, l := range in.Handovers {
		d.Number(1)
		d.AddPage()
		if err := (handoverForm{d, in.Hospital, text, handoverWords.values(l, in.Hospital), l}).draw(); err != nil {
			return nil, err
		}
	}
	_, err = d.WriteTo(w)
	return d.Warnings(), err
}

// handoverForm is a 登记表 being drawn.
type handoverForm struct {
	d        *page.Doc
	hospital model.Hospital
	text     handoverTexts
	values   placeholders
	line     HandoverLine
}

// Measures of the 登记表, in mm: a usual one fills one sheet.
const (
	fieldsUnder = 41.0 // below the code's number
	formRow     = 7.0  // of a field
	tablePad    = 0.6
)

func (f handoverForm) draw() error {
	d, text := f.d, f.text.form
	if f.line.Voided() {
		void(d, text.Words["void"], page.SheetHeight/2, 120)
	}
	formHead{hospital: f.hospital, title: text.Title}.draw(d)
	d.Space(fieldsUnder - d.Y())
	if said := f.values.join(text.Facts); said != "" {
		st := page.Style{Face: page.Hei, Size: page.WuHao, Pitch: 5}
		d.Put(d.Layout(st, page.TextWidth, said))
	}
	if err := corner(d, f.line.FormNo, false); err != nil {
		return err
	}
	value := func(name string) string {
		if name == "" {
			return ""
		}
		return handoverValues[name](f.line)
	}
	d.Space(drawFieldRows(d, filledRows(text.Fields, value), value, d.Y(), formRow) - d.Y())
	f.items()
	f.dispositions()
	f.receipts()
	d.Space(2)
	sign := text.Sign
	if f.line.Anonymous {
		sign = []string{text.Words["nameless"]}
	}
	flowBoxes(d, text.Boxes, value, signRoom(sign), f.turn)
	signLines(d, f.values, sign)
	return nil
}

// filledRows are the rows of fields that have a value.
func filledRows(rows [][]field, value func(name string) string) [][]field {
	return slices.DeleteFunc(slices.Clone(rows), func(row []field) bool {
		return !slices.ContainsFunc(row, func(f field) bool { return value(f.Value) != "" })
	})
}

func (f handoverForm) turn(height float64) {
	turn(f.d, height, filledIn(f.values, f.text.form, "continued"))
}

// turn starts a page when a height is not left on this one, and says on it
// whose second page it is.
func turn(d *page.Doc, height float64, whose string) {
	before := d.Pages()
	d.Need(height)
	if d.Pages() > before {
		d.Text(page.Style{Face: page.KaiTi, Size: page.XiaoSi, Pitch: 7}, whose)
	}
}

// table puts a table, with its name above it, if it has one, and notes below.
// foot mm stay free below its last row.
func (f handoverForm) table(text sheetText, name string, rows [][]string, size, foot float64, notes ...string) {
	t := text.table(page.TextWidth)
	t.Size, t.Pad, t.Foot, t.Continued = size, tablePad, foot, filledIn(f.values, f.text.form, "continued")
	st := page.Style{Face: page.Hei, Size: page.WuHao, Pitch: 6.5}
	need := f.d.TableHeight(t, rows[:1])
	if name != "" {
		need += st.Pitch
	}
	f.turn(need)
	if name != "" {
		f.d.Text(st, name)
	}
	f.d.PutTable(t, rows)
	small := page.Style{Face: page.FangSong, Size: page.XiaoWu, Pitch: 4.3}
	for i, n := range notes {
		if i == 0 {
			f.d.Space(0.6)
		}
		b := f.d.Layout(small, page.TextWidth, n)
		f.turn(b.Height)
		f.d.Put(b)
	}
}

// items lists the entries, wrong ones with their counter-entries.
func (f handoverForm) items() {
	text := f.text.form
	at := map[int64]int{}
	var lines []thingLine
	for i, e := range f.line.Entries {
		at[e.ID] = i + 1
		l := thingLine{no: i + 1, HandoverItem: e}
		if e.CorrectsID != 0 {
			l.note = placeholders{{"no", strconv.Itoa(at[e.CorrectsID])}, {"reason", e.Reason}}.join([]string{text.Words["wrong"]})
		}
		lines = append(lines, l)
	}
	rows := handoverWords.rows(text, lines)
	rows = append(rows, totalRow(text, text.Words["total"], map[string]string{"amount": money.Yuan(f.line.AmountFen)}))
	f.d.Space(2)
	upper := page.Style{Face: page.FangSong, Size: page.WuHao, Pitch: 6}
	f.table(text, "", rows, page.WuHao, upper.Pitch+1)
	f.d.Space(1)
	f.d.Put(f.d.Fit(upper, page.TextWidth, upper.Pitch, text.Words["total"]+"："+filledIn(f.values, text, "upper")))
}

func (f handoverForm) dispositions() {
	text := f.text.dispositions
	numbers := map[int64]string{}
	var lines []dispositionLine
	var notes []string
	for _, x := range f.line.Dispositions {
		numbers[x.ID] = x.FormNo
		l := dispositionLine{Disposition: x}
		if x.ReversesID != 0 {
			l.reverses, l.behind = numbers[x.ReversesID], text.Words["reversal"]
			notes = append(notes, filledIn(dispositionWords.values(l, f.hospital), text, "notes"))
		}
		lines = append(lines, l)
	}
	if len(lines) == 0 {
		return
	}
	rows := dispositionWords.rows(text, lines)
	rows = append(rows, totalRow(text, text.Words["left"], map[string]string{"amount": money.Yuan(f.line.LeftFen())}))
	f.table(text, text.Title, rows, page.XiaoWu, 0, notes...)
}

func (f handoverForm) receipts() {
	text := f.text.receipts
	var lines []receiptLine
	var notes []string
	for _, r := range f.line.Receipts {
		l := receiptLine{r, text.Words["valid"]}
		if r.Voided() {
			l.state = text.Words["void"]
			notes = append(notes, filledIn(receiptLineWords.values(l, f.hospital), text, "notes"))
		}
		lines = append(lines, l)
	}
	if len(lines) > 0 {
		f.table(text, text.Title, receiptLineWords.rows(text, lines), page.XiaoWu, 0, notes...)
	}
}
