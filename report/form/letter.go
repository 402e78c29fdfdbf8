package form

import (
	"qingfeng/report/page"
)

// Places on a letter, in mm. The number with its code stands above the text
// area at the right, the signatures and the footer at its lower end.
const (
	right     = page.Left + page.TextWidth
	codeTop   = 9.0
	titleTop  = page.Top + 1
	fieldsTop = titleTop + 16
	fieldRow  = 9.5
	tallRow   = 14.0 // for values of up to sixty characters
	signRow   = 12.0
	signEnd   = 250.0 // the footer follows
	leftEnd   = 130.0 // where the line to sign ends
	rightFrom = 134.0 // where date or second blank begin
)

// letterForms prints the letters of one kind.
type letterForms struct {
	text     letterText
	campaign string
	usual    *letterForm
	tall     *letterForm // for letters whose values the usual rows do not hold
}

// letterForm has everything set that letters have alike.
type letterForm struct {
	text   letterText
	fields fieldTable
	stamp  page.Stamp
}

var (
	labelStyle = page.Style{Face: page.Hei, Size: page.XiaoSi, Pitch: 6, Align: page.AlignCenter}
	valueStyle = page.Style{Face: page.FangSong, Size: page.XiaoSi, Pitch: 5.3, Align: page.AlignCenter}
	smallStyle = page.Style{Face: page.KaiTi, Size: page.WuHao, Pitch: 5}
)

// newLetterForm sets what does not change from letter to letter.
func newLetterForm(d *page.Doc, text letterText, campaign string, row float64) *letterForm {
	f := &letterForm{text: text}
	f.stamp = d.Record(func() {
		d.Draw(d.Layout(page.TitleStyle, page.TextWidth, text.Title), page.Left, titleTop)
		f.fields = drawFields(d, text.Fields, fieldsTop, row)
		bodyTop := f.fields.end + 4
		signTop := signEnd - signRow*float64(len(text.Signatures))
		f.drawBody(d, bodyTop, signTop-3)
		f.drawSignatures(d, signTop)
		d.Draw(d.Fit(smallStyle, page.TextWidth, 5, text.values.join([]string{text.Footer})), page.Left, signEnd+2)
		d.Draw(d.Fit(smallStyle, page.TextWidth, 9, campaign), page.Left, signEnd+7)
	})
	return f
}

// bodySizes are the type sizes tried for the text, in points.
var bodySizes = []float64{page.SanHao, 15, page.SiHao, 13, page.XiaoSi, 11, page.WuHao, 9.5, page.XiaoWu, 8, 7}

// drawBody sets the text between top and bottom: as large as it fits, with
// lines as far apart as there is room, up to those of GB/T 9704.
func (f *letterForm) drawBody(d *page.Doc, top, bottom float64) {
	const closest, mm = 1.42, 72 / 25.4 // pitch to size
	for i, size := range bodySizes {
		pitch := size * closest / mm
		_, lines := f.body(d, size, pitch)
		if last := i == len(bodySizes)-1; float64(lines)*pitch > bottom-top && !last {
			continue
		} else if last && float64(lines)*pitch > bottom-top {
			d.Misfit(f.text.Title)
		}
		pitch = max(pitch, min(page.LinePitch, (bottom-top)/float64(lines)))
		blocks, _ := f.body(d, size, pitch)
		for _, b := range blocks {
			d.Draw(b, page.Left, top)
			top += b.Height
		}
		return
	}
}

func (f *letterForm) body(d *page.Doc, size, pitch float64) (blocks []page.Block, lines int) {
	st := page.Body
	st.Size, st.Pitch = size, pitch
	add := func(st page.Style, text string) {
		if text == "" {
			return
		}
		b := d.Layout(st, page.TextWidth, text)
		blocks, lines = append(blocks, b), lines+b.Lines()
	}
	rules := st
	if f.text.Checklist { // short rules stand out, long clauses do not need to
		rules.Face, rules.Align = page.Hei, page.AlignLeft
	}
	add(st, f.text.values.join(f.text.Opening))
	for i := range f.text.Clauses {
		add(rules, f.text.clause(i))
	}
	add(st, f.text.values.join(f.text.Closing))
	return blocks, lines
}

// drawSignatures draws the lines to sign, all starting where the longest
// label ends.
func (f *letterForm) drawSignatures(d *page.Doc, top float64) {
	st := page.Style{Face: page.FangSong, Size: page.SiHao, Pitch: 7}
	longest := f.longestLabel(d, st)
	if longest > 50 {
		st.Size = page.XiaoSi
		longest = f.longestLabel(d, st)
	}
	for _, s := range f.text.Signatures {
		line := top + signRow - 2
		d.Draw(d.Layout(st, longest+1, s.Label+"："), page.Left, line-6)
		d.Rule(page.Left+longest, line, leftEnd, line, 0.5)
		if s.Right == "date" {
			date := st
			date.Align = page.AlignRight
			d.Draw(d.Layout(date, right-rightFrom, "　　年　　月　　日"), rightFrom, line-6)
		} else {
			label := d.Width(st.Face, st.Size, s.Right+"：")
			d.Draw(d.Layout(st, label+1, s.Right+"："), rightFrom, line-6)
			d.Rule(rightFrom+label, line, right, line, 0.5)
		}
		top += signRow
	}
}

func (f *letterForm) longestLabel(d *page.Doc, st page.Style) float64 {
	longest := 0.0
	for _, s := range f.text.Signatures {
		longest = max(longest, d.Width(st.Face, st.Size, s.Label+"："))
	}
	return longest
}

// set sets the values of a letter and reports whether all fit.
func (f *letterForm) set(d *page.Doc, l Letter) ([]value, bool) {
	return f.fields.set(d, func(name string) string { return fieldValues[name](l) })
}

// print adds a page with one letter.
func (fs *letterForms) print(d *page.Doc, l Letter) error {
	if fs.usual == nil {
		fs.usual = newLetterForm(d, fs.text, fs.campaign, fieldRow)
	}
	f := fs.usual
	values, fit := f.set(d, l)
	if !fit {
		if fs.tall == nil {
			fs.tall = newLetterForm(d, fs.text, fs.campaign, tallRow)
		}
		f = fs.tall
		values, fit = f.set(d, l)
	}
	d.AddPage()
	if !fit {
		d.Misfit(l.entry().name)
	}
	d.Stamp(f.stamp)
	f.fields.draw(d, values)
	return corner(d, l.FormNo, l.Reprint)
}

// corner draws a form's number and its code at the upper right.
func corner(d *page.Doc, formNo string, reprint bool) error {
	note := ""
	if reprint {
		note = "补打　"
	}
	return d.QR(formNo, right, codeTop, note)
}
