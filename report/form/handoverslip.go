package form

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/money"
	"qingfeng/report/page"
)

// SlipPrint is dispositions of a handover to print slips for.
type SlipPrint struct {
	Library  *assets.Library
	Fonts    *page.Fonts // nil for the bundled ones
	Hospital model.Hospital
	Date     day.Date // of printing
	Handover HandoverLine
	Slips    []model.Disposition // of the handover
}

// slipLine is a disposition with its handover.
type slipLine struct {
	model.Disposition
	handover HandoverLine
	hospital model.Hospital
	on       day.Date
	numbers  [2]string // of the one that it takes back, of the one that takes it back
}

// slipValues are what slips may name.
var slipValues = map[string]func(slipLine) string{
	"form_no":      func(l slipLine) string { return l.FormNo },
	"handover_no":  func(l slipLine) string { return l.handover.FormNo },
	"handed_on":    func(l slipLine) string { return chinese(l.handover.HandedAt.Date()) },
	"kind":         func(l slipLine) string { return string(l.Kind) },
	"disposed_on":  func(l slipLine) string { return chinese(l.DisposedOn) },
	"amount":       func(l slipLine) string { return money.Yuan(l.AmountFen) },
	"upper":        func(l slipLine) string { return money.Upper(l.AmountFen) },
	"lower":        func(l slipLine) string { return money.Yuan(l.AmountFen) },
	"voucher":      func(l slipLine) string { return l.Voucher },
	"voucher_name": func(l slipLine) string { return l.Kind.Rule().Voucher },
	"approver":     func(l slipLine) string { return l.Approver },
	"handled_by":   func(l slipLine) string { return l.HandledBy },
	"signer":       func(l slipLine) string { return l.Signer },
	"signer_name":  func(l slipLine) string { return l.Kind.Rule().Signer },
	"told_on":      func(l slipLine) string { return chinese(l.ToldOn) },
	"told_how":     func(l slipLine) string { return l.ToldHow },
	"proceeds":     func(l slipLine) string { return amountOrNone(l.ProceedsFen) },
	"remark":       func(l slipLine) string { return l.Remark },
	"giver":        func(l slipLine) string { return l.handover.GiverText() },
	"patient":      func(l slipLine) string { return l.handover.Patient },
	"admission_no": func(l slipLine) string { return l.handover.AdmissionNo },
	"bed":          func(l slipLine) string { return l.handover.Bed },
	"company":      func(l slipLine) string { return l.handover.Company },
	"reverses":     func(l slipLine) string { return l.numbers[0] },
	"reversed":     func(l slipLine) string { return l.numbers[1] },
	"reason":       func(l slipLine) string { return l.Reason },
	"account":      func(l slipLine) string { return l.hospital.IntegrityAccount },
	"bank":         func(l slipLine) string { return l.hospital.IntegrityBank },
	"account_no":   func(l slipLine) string { return l.hospital.IntegrityNo },
	"on":           func(l slipLine) string { return chinese(l.on) },
}

func amountOrNone(fen int64) string {
	if fen == 0 {
		return ""
	}
	return money.Yuan(fen)
}

var slipWords = vocabulary[slipLine, thingLine]{slipValues, thingValues}

// slipTexts are the texts of assets/forms/handover/slips.toml.
type slipTexts struct {
	Columns  []column            `toml:"columns"`
	Fields   [][]field           `toml:"fields"`
	Words    map[string]string   `toml:"words"`
	Kinds    map[string]slipText `toml:"kinds"`
	Reversal slipText            `toml:"reversal"`
}

// slipText is what the slip of one kind of disposition says, or that of a
// counter-entry, which has a title of its own.
type slipText struct {
	Title string   `toml:"title"`
	To    string   `toml:"to"`
	Slip  []string `toml:"slip"`
	Body  []string `toml:"body"`
	Boxes []box    `toml:"boxes"`
	Sign  []string `toml:"sign"`
}

// sheet is the text of the slip of x, put together as a form's text.
func (t slipTexts) sheet(x model.Disposition) sheetText {
	k := t.Reversal
	if x.ReversesID == 0 {
		k = t.Kinds[string(x.Kind)]
		k.Title = x.Kind.Rule().SlipTitle
	}
	return sheetText{Title: k.Title, Facts: []string{k.To}, Fields: t.Fields, Columns: t.Columns, Boxes: k.Boxes, Sign: k.Sign, Words: t.Words,
		Body: []section{{Sentences: k.Slip}, {Sentences: k.Body}}}
}

func loadSlips(lib *assets.Library) (slipTexts, error) {
	const name = "forms/handover/slips.toml"
	var t slipTexts
	if err := lib.TOML(name, &t); err != nil {
		return t, err
	}
	slips := []model.Disposition{{Kind: "reversal", ReversesID: 1}}
	for _, k := range model.DispositionKinds() {
		slips = append(slips, model.Disposition{Kind: k})
	}
	for _, x := range slips {
		text := t.sheet(x)
		err := slipWords.check(text)
		if err == nil && len(text.Body[1].Sentences) == 0 {
			err = errors.New("缺少 body")
		}
		if err == nil {
			err = needWords(text, "total", "upper", "reversed", "reversed_mark", "stub", "continued")
		}
		if err != nil {
			return t, fmt.Errorf("%s 的“%s”：%w", name, x.Kind, err)
		}
	}
	for kind := range t.Kinds {
		if model.DispositionKind(kind).Rule().Kind == "" {
			return t, fmt.Errorf("%s：没有“%s”这种处置方式", name, kind)
		}
	}
	return t, nil
}

// DispositionSlips prints a slip for each disposition, with the title of its
// kind.
func DispositionSlips(w io.Writer, in SlipPrint) ([]page.Warning, error) {
	texts, err := loadSlips(in.Library)
	if err != nil {
		return nil, err
	}
	if len(in.Slips) == 0 {
		return nil, errors.New("没有可打印的处置单")
	}
	d := newDoc(in.Fonts, in.Hospital, in.Date, "处置单")
	for _, x := range in.Slips {
		l := slipLine{Disposition: x, handover: in.Handover, hospital: in.Hospital, on: in.Date}
		for _, y := range in.Handover.Dispositions {
			if y.ID == x.ReversesID {
				l.numbers[0] = y.FormNo
			}
			if y.ReversesID == x.ID {
				l.numbers[1] = y.FormNo
			}
		}
		d.Number(1)
		d.AddPage()
		if err := (slip{d, texts.sheet(x), slipWords.values(l, in.Hospital), l}).draw(); err != nil {
			return nil, err
		}
	}
	_, err = d.WriteTo(w)
	return d.Warnings(), err
}

// slip is the slip of a disposition being drawn.
type slip struct {
	d      *page.Doc
	text   sheetText
	values placeholders
	line   slipLine
}

var (
	slipStyle  = page.Style{Face: page.FangSong, Size: page.SiHao, Pitch: 7.5, Indent: 2, Align: page.Justify}
	slipRemark = page.Style{Face: page.KaiTi, Size: page.XiaoSi, Pitch: 6.5}
)

func (s slip) draw() error {
	d := s.d
	if s.line.numbers[1] != "" {
		void(d, s.text.Words["reversed_mark"], page.SheetHeight/2, 90)
	}
	formHead{hospital: s.line.hospital, title: s.text.Title}.draw(d)
	if err := corner(d, s.line.FormNo, false); err != nil {
		return err
	}
	d.Space(fieldsUnder + 2 - d.Y())
	s.said(slipRemark, s.word("reversed"))
	if handed := s.values.join(s.text.Body[0].Sentences); handed != "" {
		s.handedOut(handed)
	} else {
		s.to()
	}
	s.said(slipStyle, s.values.join(s.text.Body[1].Sentences))
	s.turn(2 + tallRow*float64(len(s.text.Fields)))
	d.Space(2)
	d.Space(drawFieldRows(d, s.text.Fields, func(name string) string { return slipValues[name](s.line) }, d.Y(), 8) - d.Y() + 2)
	s.things()
	d.Space(2)
	flowBoxes(d, s.text.Boxes, func(string) string { return "" }, signRoom(s.text.Sign), s.turn)
	signLines(d, s.values, s.text.Sign)
	return nil
}

func (s slip) turn(height float64) { turn(s.d, height, s.word("continued")) }

func (s slip) word(name string) string { return filledIn(s.values, s.text, name) }

func (s slip) said(st page.Style, text string) {
	if text = strings.TrimSpace(text); text != "" {
		b := s.d.Layout(st, page.TextWidth, text)
		s.turn(b.Height)
		s.d.Put(b)
	}
}

func (s slip) to() {
	if to := s.values.join(s.text.Facts); to != "" {
		st := slipStyle
		st.Indent, st.Align = 0, page.AlignLeft
		s.d.Text(st, to+"：")
	}
}

// handedOut is the part that somebody else keeps, with a line to cut along
// below it.
func (s slip) handedOut(text string) {
	d := s.d
	s.to()
	s.said(slipStyle, text)
	st := slipStyle
	st.Align, st.Indent = page.AlignRight, 0
	d.Space(2)
	d.Put(d.Fit(st, page.TextWidth-6, 2*st.Pitch, s.line.hospital.Name))
	d.Put(d.Fit(st, page.TextWidth-6, st.Pitch, s.values.join([]string{"{office}　{on}"})))
	d.Space(6)
	d.Dashes(5, page.SheetWidth-5, d.Y(), 0.5)
	d.Space(4)
	center := page.Style{Face: page.Hei, Size: page.SiHao, Pitch: 8, Align: page.AlignCenter}
	d.Put(d.Fit(center, page.TextWidth, 8, s.text.Title+s.text.Words["stub"]))
	d.Put(d.Fit(page.Style{Face: page.Hei, Size: page.XiaoWu, Pitch: 5, Align: page.AlignRight}, page.TextWidth, 5, s.line.FormNo))
}

// things are the items that the disposition is about, with the sum, which
// stands on the page that is signed.
func (s slip) things() {
	var lines []thingLine
	for i, x := range s.line.Lines {
		l := thingLine{no: i + 1}
		for _, e := range s.line.handover.Entries {
			if e.ID == x.ItemID {
				l.HandoverItem = e
			}
		}
		l.Quantity, l.AmountFen = x.Quantity, x.AmountFen
		lines = append(lines, l)
	}
	d := s.d
	t := s.text.table(page.TextWidth)
	upper := page.Style{Face: page.FangSong, Size: page.XiaoSi, Pitch: 7}
	t.Pad, t.Continued, t.Foot = tablePad, s.word("continued"), 1+upper.Pitch+2+signRoom(s.text.Sign)
	for _, b := range s.text.Boxes {
		t.Foot += max(b.Room, boxSign)
	}
	rows := append(slipWords.rows(s.text, lines), totalRow(s.text, s.text.Words["total"], map[string]string{"amount": money.Yuan(s.line.AmountFen)}))
	s.turn(d.TableHeight(t, rows[:1]))
	d.PutTable(t, rows)
	d.Space(1)
	d.Put(d.Fit(upper, page.TextWidth, upper.Pitch, s.text.Words["total"]+"："+s.word("upper")))
}
