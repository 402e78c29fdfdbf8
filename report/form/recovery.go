package form

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/report/page"
)

// RecoverySheet is the page with the recovery code (恢复码) that the office
// seals in an envelope. It opens all data: whoever prints it keeps neither the
// PDF nor a copy.
type RecoverySheet struct {
	Library          *assets.Library
	Fonts            *page.Fonts // nil for the bundled ones
	Hospital, Office string
	Code             string   // seven groups of four, as it was made
	Made             day.Date // the code, and this page
	Admin            string   // login name
	DataFolder       string
}

// codeForm is what a recovery code looks like: Crockford's base 32, which has
// no I, L, O and U, as seven groups of four.
var codeForm = regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){6}$`)

// Places on the sheet, in mm.
const (
	recoveryTop   = 19.0
	recoveryRow   = 8.5
	codeRow       = 4.0 // groups of the code in a row
	codeGroup     = 36.0
	codeGap       = 4.0
	codeBox       = 14.0
	recoverySign  = 208.0 // the row to sign; the text ends above it
	recoveryCells = 10.0
	recordRow     = 8.5
)

// Recovery prints the sheet of the recovery code, one page. A code that is not
// one is refused: with a wrong one in the safe the data would be lost.
func Recovery(w io.Writer, in RecoverySheet) ([]page.Warning, error) {
	if !codeForm.MatchString(in.Code) {
		return nil, errors.New("恢复码不完整，没有打印")
	}
	text, err := loadRecoveryText(in.Library)
	if err != nil {
		return nil, err
	}
	d := newDoc(in.Fonts, model.Hospital{Name: in.Hospital}, in.Made, text.Title)
	d.AddPage()
	y := recoveryHead(d, in, text)
	y = recoveryFields(d, in, text.Fields, y, recoveryRow)
	y = drawCode(d, in.Code, text, y+3)
	drawSections(d, text, y+3, recoverySign-2)
	y = recoveryFields(d, in, [][]field{text.Seal.Fields}, recoverySign, recoveryCells)
	recoveryFoot(d, text, y+1)
	_, err = d.WriteTo(w)
	return d.Warnings(), err
}

// recoveryHead draws hospital, title and warning and returns where they end.
func recoveryHead(d *page.Doc, in RecoverySheet, text recoveryText) float64 {
	hospital := page.Style{Face: page.XiaoBiaoSong, Size: page.SanHao, Pitch: 8, Align: page.AlignCenter}
	d.DrawIn(d.Fit(hospital, page.TextWidth, 12, in.Hospital), page.Left, recoveryTop-2, 12)
	y := recoveryTop + 10
	d.Draw(d.Layout(page.TitleStyle, page.TextWidth, text.Title), page.Left, y)
	y += page.TitleStyle.Pitch
	warning := page.Style{Face: page.Hei, Size: page.XiaoSi, Pitch: 6, Align: page.AlignCenter}
	d.DrawIn(d.Fit(warning, page.TextWidth, 8, text.Warning), page.Left, y, 8)
	return y + 9
}

// recoveryFields draws rows of labels with their values, the first labels as
// wide as the longest, and returns where they end. A row whose values need it
// is a [tallRow].
func recoveryFields(d *page.Doc, in RecoverySheet, rows [][]field, y, height float64) float64 {
	label := func(f field) float64 { return d.Width(labelStyle.Face, labelStyle.Size, f.Label) + 4 }
	first := 0.0
	for _, row := range rows {
		first = max(first, label(row[0]))
	}
	for _, row := range rows {
		shares := 0
		for _, f := range row {
			shares += f.Share
		}
		width := func(i int) (labels, cell float64) {
			cell = page.TextWidth * float64(row[i].Share) / float64(shares)
			if i == 0 {
				return first, cell
			}
			return label(row[i]), cell
		}
		high := height
		for i, f := range row {
			labels, cell := width(i)
			if _, ok := d.TryFit(valueStyle, cell-labels-2, height-0.6, recoveryValues[f.Value](in)); !ok {
				high = tallRow
			}
		}
		x := page.Left
		for i, f := range row {
			labels, cell := width(i)
			d.DrawIn(d.Layout(labelStyle, labels, f.Label), x, y, high)
			d.Box(x, y, labels, high, 0.5)
			d.Box(x+labels, y, cell-labels, high, 0.5)
			value := d.Fit(valueStyle, cell-labels-2, high-0.6, recoveryValues[f.Value](in))
			d.DrawIn(value, x+labels+1, y, high)
			x += cell
		}
		y += high
	}
	return y
}

// drawCode draws the code in large groups and on one line, and returns where
// it ends. A line under each digit tells 5 from S, 8 from B and 0 from D, and
// the two faces have two shapes of each.
func drawCode(d *page.Doc, code string, text recoveryText, y float64) float64 {
	number := page.Style{Face: page.Hei, Size: page.XiaoWu, Pitch: 4.5, Align: page.AlignCenter}
	char := page.Style{Face: page.Hei, Size: 28, Pitch: 12, Align: page.AlignCenter}
	groups := strings.Split(code, "-")
	x, top := page.Left, y
	for i, group := range groups {
		if i > 0 && i%codeRow == 0 {
			x, top = page.Left, top+number.Pitch+codeBox+1.5
		}
		d.Draw(d.Layout(number, codeGroup, fmt.Sprintf("第 %d 组", i+1)), x, top)
		d.Box(x, top+number.Pitch, codeGroup, codeBox, 1)
		cell := (codeGroup - 3) / float64(len(group))
		for j, r := range group {
			left := x + 1.5 + float64(j)*cell
			d.Draw(d.Layout(char, cell, string(r)), left, top+number.Pitch+0.3)
			if r <= '9' {
				under := top + number.Pitch + codeBox - 1.8
				d.Rule(left+1, under, left+cell-1, under, 1.2)
			}
		}
		x += codeGroup + codeGap
	}
	legend := page.Style{Face: page.KaiTi, Size: page.WuHao, Pitch: 4.6}
	d.DrawIn(d.Fit(legend, right-x, codeBox, text.Legend), x, top+number.Pitch, codeBox)
	y = top + number.Pitch + codeBox + 2

	whole := page.Style{Face: page.FangSong, Size: page.SiHao, Pitch: 7, Align: page.AlignCenter}
	line, ok := d.TryFit(whole, page.TextWidth, whole.Pitch, text.Whole+"："+code)
	if !ok {
		d.Misfit(text.Whole) // a warning may be kept and must not tell the code
	}
	d.Draw(line, page.Left, y)
	y += whole.Pitch
	legend.Align = page.AlignCenter
	alphabet := d.Fit(legend, page.TextWidth, 10, text.Alphabet)
	d.Draw(alphabet, page.Left, y)
	return y + alphabet.Height
}

// drawSections sets the text between top and bottom as large as it fits.
func drawSections(d *page.Doc, text recoveryText, top, bottom float64) {
	const closest, widest, mm = 1.4, 1.8, 72 / 25.4 // pitch to size
	set := func(size, pitch float64) (blocks []page.Block, lines int) {
		for _, s := range text.Sections {
			blocks = append(blocks, d.Layout(page.Style{Face: page.Hei, Size: size, Pitch: pitch}, page.TextWidth, s.Heading))
			for _, item := range s.Items {
				st := page.Style{Face: page.FangSong, Size: size, Pitch: pitch, Indent: 2, Align: page.Justify}
				blocks = append(blocks, d.Layout(st, page.TextWidth, item))
			}
		}
		for _, b := range blocks {
			lines += b.Lines()
		}
		return blocks, lines
	}
	for i, size := range bodySizes {
		_, lines := set(size, size*closest/mm)
		fits := float64(lines)*size*closest/mm <= bottom-top
		if !fits && i < len(bodySizes)-1 {
			continue
		}
		if !fits {
			d.Misfit(text.Title)
		}
		pitch := max(size*closest/mm, min(size*widest/mm, (bottom-top)/float64(lines)))
		blocks, _ := set(size, pitch)
		for _, b := range blocks {
			d.Draw(b, page.Left, top)
			top += b.Height
		}
		return
	}
}

// recoveryFoot draws the table of openings and the note on void sheets.
func recoveryFoot(d *page.Doc, text recoveryText, y float64) {
	d.Draw(d.Layout(page.Style{Face: page.Hei, Size: page.XiaoSi, Pitch: 6.5}, page.TextWidth, text.Record.Title), page.Left, y)
	y += 6.5
	shares := 0
	for _, c := range text.Record.Columns {
		shares += c.Share
	}
	table := page.Table{MinRow: recordRow}
	for _, c := range text.Record.Columns {
		table.Columns = append(table.Columns, page.Column{Title: c.Label, Width: page.TextWidth * float64(c.Share) / float64(shares)})
	}
	d.Space(y - d.Y())
	empty := make([]string, len(table.Columns))
	d.PutTable(table, [][]string{empty, empty, empty})
	d.Draw(d.Fit(smallStyle, page.TextWidth, 10.5, text.Void), page.Left, d.Y()+1.5)
}
