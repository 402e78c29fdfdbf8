package form

import (
	"slices"

	"qingfeng/report/page"
)

// box is a row of a form: a label, beside it what is known or room to write,
// and a line to sign at its lower end.
type box struct {
	Label string  `toml:"label"`
	Value string  `toml:"value"` // "" leaves the box to write in
	Room  float64 `toml:"room"`  // least height, mm
	Sign  string  `toml:"sign"`  // with underscores where one writes
}

const (
	boxLabel = 25.0 // width of the labels, mm
	boxPad   = 2.0
	boxSign  = 10.0
	boxGrows = 20.0 // the most that a box gets of what is left
)

var boxSizes = []float64{page.XiaoSi, 11, page.WuHao, 9.5, page.XiaoWu, 8, 7, 6, 5, 4}

// drawBoxes draws boxes between top and bottom, the text as large as it fits,
// and returns where they end. What is left goes to the boxes that are signed.
func drawBoxes(d *page.Doc, boxes []box, value func(name string) string, top, bottom float64) float64 {
	texts, heights, fit := fitBoxes(d, boxes, value, bottom-top)
	if !fit {
		d.Misfit(boxes[0].Label)
	}
	shareOut(boxes, heights, bottom-top)
	y := top
	for i, b := range boxes {
		drawBox(d, b, texts[i], y, boxPad, heights[i])
		y += heights[i]
	}
	d.Box(page.Left, top, page.TextWidth, y-top, 1)
	return y
}

func drawBox(d *page.Doc, b box, text page.Block, y, pad, height float64) {
	label := labelStyle
	label.Size, label.Pitch = page.WuHao, 5
	d.DrawIn(d.Fit(label, boxLabel-2, height, b.Label), page.Left+1, y, height)
	d.Box(page.Left, y, boxLabel, height, 0.5)
	d.Box(page.Left+boxLabel, y, page.TextWidth-boxLabel, height, 0.5)
	d.Draw(text, page.Left+boxLabel+boxPad, y+pad)
	if b.Sign != "" {
		st := page.Style{Face: page.FangSong, Size: page.WuHao, Pitch: 7}
		blankLine(d, st, page.Left+boxLabel+boxPad, y+height-boxSign, page.TextWidth-boxLabel-2*boxPad, b.Sign)
	}
}

// flowBoxes puts boxes at the cursor, each whole, and goes on to further pages.
// Those at the end that are signed stay on one page, with room for foot mm
// below them. turn makes room.
func flowBoxes(d *page.Doc, boxes []box, value func(name string) string, foot float64, turn func(height float64)) {
	st := page.Style{Face: page.FangSong, Size: page.WuHao, Pitch: 5}
	const pad = 1
	texts, heights := make([]page.Block, len(boxes)), make([]float64, len(boxes))
	for i, b := range boxes {
		if said := value(b.Value); said != "" {
			texts[i] = d.Layout(st, page.TextWidth-boxLabel-2*boxPad, said)
			heights[i] = texts[i].Height + 2*pad
		}
		if b.Sign != "" {
			heights[i] += boxSign
		}
		heights[i] = max(heights[i], b.Room)
	}
	need := slices.Clone(heights)
	for i := len(boxes) - 1; i >= 0; i-- {
		need[i] += foot
		if foot += heights[i]; boxes[i].Sign == "" {
			break
		}
	}
	for i, b := range boxes {
		turn(need[i])
		drawBox(d, b, texts[i], d.Y(), pad, heights[i])
		d.Space(heights[i])
	}
}

// shareOut gives what is left of room to the boxes that are signed.
func shareOut(boxes []box, heights []float64, room float64) {
	signed := 0.0
	for i, b := range boxes {
		room -= heights[i]
		if b.Sign != "" {
			signed++
		}
	}
	for i, b := range boxes {
		if b.Sign != "" {
			heights[i] += max(0, min(boxGrows, room/signed))
		}
	}
}

// fitBoxes sets the texts as large as the boxes fit room mm, and returns the
// least heights; fit is false when that is too small to read.
func fitBoxes(d *page.Doc, boxes []box, value func(name string) string, room float64) (texts []page.Block, heights []float64, fit bool) {
	texts, heights = make([]page.Block, len(boxes)), make([]float64, len(boxes))
	for n, size := range boxSizes {
		const ratio, mm = 1.4, 72 / 25.4
		st := page.Style{Face: page.FangSong, Size: size, Pitch: size * ratio / mm}
		sum := 0.0
		for i, b := range boxes {
			text := ""
			if b.Value != "" {
				text = value(b.Value)
			}
			texts[i] = d.Layout(st, page.TextWidth-boxLabel-2*boxPad, text)
			heights[i] = texts[i].Height + 2*boxPad
			if b.Sign != "" {
				heights[i] += boxSign
			}
			heights[i] = max(heights[i], b.Room)
			sum += heights[i]
		}
		if sum > room && n < len(boxSizes)-1 {
			continue
		}
		fit = sum <= room && size >= 7
		break
	}
	return texts, heights, fit
}

// drawFieldValues draws a table of fields with its values and returns where it ends.
// A row is higher when one of its values needs it.
func drawFieldValues(d *page.Doc, rows [][]field, value func(name string) string, top float64) float64 {
	return drawFieldRows(d, rows, value, top, fieldRow)
}

// drawFieldRows does the same with rows of a usual height.
func drawFieldRows(d *page.Doc, rows [][]field, value func(name string) string, top, height float64) float64 {
	heights := make([]float64, len(rows))
	for i, row := range rows {
		fit := false
		for _, heights[i] = range []float64{height, tallRow, 2 * tallRow} {
			var one fieldTable
			d.Record(func() { one = drawFields(d, rows[i:i+1], top, heights[i]) }) // only to measure
			if _, fit = one.set(d, value); fit {
				break
			}
		}
		if !fit {
			d.Misfit(row[0].Label)
		}
	}
	t := drawFieldTable(d, rows, top, heights)
	values, _ := t.set(d, value)
	t.draw(d, values)
	return t.end
}

// sheetHead puts hospital, title and further lines at the top of a new page of
// either side.
func sheetHead(d *page.Doc, hospital, title string, lines ...string) {
	width := d.Area().Width
	st := page.Style{Face: page.XiaoBiaoSong, Size: page.SanHao, Pitch: 7, Align: page.AlignCenter}
	if hospital != "" {
		d.Put(d.Fit(st, width, 14, hospital))
	}
	d.Put(d.Fit(page.TitleStyle, width, 2*page.TitleStyle.Pitch, title))
	st = page.Style{Face: page.KaiTi, Size: page.XiaoSi, Pitch: 6, Align: page.AlignCenter}
	for _, l := range lines {
		if l != "" {
			d.Put(d.Fit(st, width, 14, l))
		}
	}
	d.Space(2)
}

// signPitch is the height of a line to sign, mm.
const signPitch = 11.0

// signRoom is what [signLines] needs below a table.
func signRoom(lines []string) float64 { return 1 + signPitch*float64(len(lines)) }

// signLines puts lines with room to sign at the cursor.
func signLines(d *page.Doc, values placeholders, lines []string) {
	d.Need(signRoom(lines))
	d.Space(1)
	st := page.Style{Face: page.FangSong, Size: page.XiaoSi, Pitch: signPitch}
	for _, l := range lines {
		blankLine(d, st, d.Area().Left, d.Y(), d.Area().Width, values.join([]string{l}))
		d.Space(signPitch)
	}
}
