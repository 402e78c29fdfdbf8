package form

import (
	"errors"
	"io"
	"strings"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/report/page"
)

var findingWords = vocabulary[findingLine, findingLine]{findingValues, nil}

// Notices prints the 整改通知书, a page a finding. One that was printed before
// bears 补打.
func Notices(w io.Writer, in FindingPrint) ([]page.Warning, error) {
	return in.sheets(w, "finding/notice", func(d *page.Doc, text sheetText, l findingLine) error {
		for _, name := range append([]string{noLimit}, model.FindingSources...) {
			if _, err := text.word(name); err != nil {
				return err
			}
		}
		l.word = func(name string) string {
			s, _ := text.word(name)
			return hospitalValues(in.Hospital).join([]string{s})
		}
		notice{d, text, findingWords.values(l, in.Hospital)}.draw(l.Department, in.Hospital, in.Date)
		return corner(d, l.FormNo, l.NotifiedOn != "")
	})
}

// CloseOutSheets prints the 销号审批单, a page a finding.
func CloseOutSheets(w io.Writer, in FindingPrint) ([]page.Warning, error) {
	return in.sheets(w, "finding/closeout", func(d *page.Doc, text sheetText, l findingLine) error {
		value := func(name string) string { return findingValues[name](l) }
		drawHospital(d, in.Hospital, sheetTop-10)
		d.Draw(d.Fit(page.TitleStyle, page.TextWidth, 12, text.Title), page.Left, sheetTop)
		end := drawFieldValues(d, text.Fields, value, sheetTop+14)
		drawBoxes(d, text.Boxes, value, end, page.Top+page.TextHeight)
		return corner(d, l.FormNo, false)
	})
}

// sheetTop is where the title of a sheet with a code stands, mm: below its number.
const sheetTop = 38.0

// drawHospital puts the hospital's name on a sheet that has a code at its upper
// right, clear of it.
func drawHospital(d *page.Doc, h model.Hospital, top float64) {
	const aside = page.CodeSize + 6
	st := page.Style{Face: page.XiaoBiaoSong, Size: page.SanHao, Pitch: 8, Align: page.AlignCenter}
	d.DrawIn(d.Fit(st, page.TextWidth-2*aside, 10, h.Name), page.Left+aside, top, 10)
}

// sheets prints a page for each finding.
func (in FindingPrint) sheets(w io.Writer, name string, draw func(*page.Doc, sheetText, findingLine) error) ([]page.Warning, error) {
	text, err := findingWords.load(in.Library, name)
	if err != nil {
		return nil, err
	}
	if len(in.Findings) == 0 {
		return nil, errors.New("没有可打印的" + text.Title)
	}
	d := newDoc(in.Fonts, in.Hospital, in.Date, text.Title)
	for _, l := range in.lines() {
		d.AddPage()
		if err := draw(d, text, l); err != nil {
			return nil, err
		}
	}
	_, err = d.WriteTo(w)
	return d.Warnings(), err
}

// notice is a letter to a department, with a slip to sign at its lower end.
type notice struct {
	d      *page.Doc
	text   sheetText
	values placeholders
}

const (
	slipPitch = 11.0 // from line to line of the slip
	slipAbove = 22.0 // office, date and room for the seal
)

func (n notice) draw(to string, h model.Hospital, on day.Date) {
	d := n.d
	drawHospital(d, h, page.Top-6)
	d.Draw(d.Layout(page.TitleStyle, page.TextWidth, n.text.Title), page.Left, page.Top+5)
	slip := page.Top + page.TextHeight - slipPitch*float64(len(n.text.Sign))
	y := n.body(to, page.Top+20, slip-slipAbove-3)
	st := page.Style{Face: page.FangSong, Size: page.SanHao, Pitch: 9, Align: page.AlignRight}
	d.Draw(d.Fit(st, page.TextWidth-8, 9, n.values.join([]string{"{office}"})), page.Left, y+4)
	d.Draw(d.Layout(st, page.TextWidth-8, on.Chinese()), page.Left, y+13)
	d.Rule(page.Left, slip-1, right, slip-1, 0.5)
	line := page.Style{Face: page.FangSong, Size: page.XiaoSi, Pitch: slipPitch}
	for i, s := range n.text.Sign {
		blankLine(d, line, page.Left, slip+float64(i)*slipPitch, page.TextWidth, n.values.join([]string{s}))
	}
}

// body sets whom it goes to and the text as large as it fits between top and
// bottom, and returns where it ends.
func (n notice) body(to string, top, bottom float64) float64 {
	const closest, mm = 1.42, 72 / 25.4
	set := func(size, pitch float64) (blocks []page.Block, lines int) {
		add := func(face page.Face, indent float64, align page.Align, text string) {
			if text != "" {
				b := n.d.Layout(page.Style{Face: face, Size: size, Pitch: pitch, Indent: indent, Align: align}, page.TextWidth, text)
				blocks, lines = append(blocks, b), lines+b.Lines()
			}
		}
		add(page.FangSong, 0, page.AlignLeft, to+"：")
		for _, s := range n.text.Body {
			if text := strings.TrimSpace(n.values.join(s.Sentences)); text != "" {
				add(page.Hei, 2, page.AlignLeft, s.Heading)
				add(page.FangSong, 2, page.Justify, text)
			}
		}
		return blocks, lines
	}
	for i, size := range bodySizes {
		pitch := size * closest / mm
		_, lines := set(size, pitch)
		fits := float64(lines)*pitch <= bottom-top
		if !fits && i < len(bodySizes)-1 {
			continue
		}
		if !fits {
			n.d.Misfit(n.text.Title)
		}
		pitch = max(pitch, min(page.LinePitch, (bottom-top)/float64(lines)))
		blocks, _ := set(size, pitch)
		for _, b := range blocks {
			n.d.Draw(b, page.Left, top)
			top += b.Height
		}
		break
	}
	return top
}
