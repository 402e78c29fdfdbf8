package form

import (
	"fmt"
	"regexp"
	"slices"

	"qingfeng/report/page"
)

// field is a label and a value in the table under the title.
type field struct {
	Label string `toml:"label"`
	Value string `toml:"value"`
	Share int    `toml:"share"`
}

// checkFields refuses fields without label or share and values that are
// none of known.
func checkFields[V any](fields [][]field, known map[string]V) error {
	for _, row := range fields {
		for _, f := range row {
			if f.Label == "" || f.Share < 1 {
				return fmt.Errorf("fields 的每一项都要有 label 和 share")
			}
			if _, ok := known[f.Value]; !ok {
				return fmt.Errorf("fields 中没有 %q 这个值", f.Value)
			}
		}
	}
	return nil
}

// fieldTable is a table of fields drawn without its values.
type fieldTable struct {
	top, end float64   // mm
	heights  []float64 // of the rows
	places   [][]place
}

// place is the room of one value.
type place struct {
	field
	x, width float64
}

// drawFields draws the table of fields, with rows of one height, without its
// values and notes where those go.
func drawFields(d *page.Doc, fields [][]field, top, height float64) fieldTable {
	return drawFieldTable(d, fields, top, slices.Repeat([]float64{height}, len(fields)))
}

func drawFieldTable(d *page.Doc, fields [][]field, top float64, heights []float64) fieldTable {
	const pad = 2.0
	t := fieldTable{top: top, heights: heights, end: top}
	for i, row := range fields {
		height := heights[i]
		shares := 0
		for _, c := range row {
			shares += c.Share
		}
		x := page.Left
		var places []place
		for _, c := range row {
			cell := page.TextWidth * float64(c.Share) / float64(shares)
			label := d.Width(labelStyle.Face, labelStyle.Size, c.Label) + 2*pad
			d.DrawIn(d.Layout(labelStyle, label, c.Label), x, t.end, height)
			d.Box(x, t.end, label, height, 0.5)
			d.Box(x+label, t.end, cell-label, height, 0.5)
			places = append(places, place{c, x + label + 1, cell - label - 2})
			x += cell
		}
		t.places = append(t.places, places)
		t.end += height
	}
	d.Box(page.Left, top, page.TextWidth, t.end-top, 1)
	return t
}

// value is a value set in its place.
type value struct {
	block        page.Block
	x, y, height float64
}

// set sets the values of a paper and reports whether all fit.
func (t fieldTable) set(d *page.Doc, valueOf func(name string) string) (values []value, fit bool) {
	fit = true
	y := t.top
	for i, row := range t.places {
		height := t.heights[i]
		for _, p := range row {
			if text := valueOf(p.Value); text != "" {
				b, ok := d.TryFit(valueStyle, p.width, height-0.6, text)
				values = append(values, value{b, p.x, y, height})
				fit = fit && ok
			}
		}
		y += height
	}
	return values, fit
}

func (t fieldTable) draw(d *page.Doc, values []value) {
	for _, v := range values {
		d.DrawIn(v.block, v.x, v.y, v.height)
	}
}

var blanks = regexp.MustCompile(`_+`)

// blankLine draws one line of text with blanks to write in. Each run of low
// lines in the text becomes a rule; the rules share the width that the words
// leave, by their lengths. Words that leave too little to write on are set
// smaller.
func blankLine(d *page.Doc, st page.Style, x, top, width float64, text string) {
	const (
		least = 2.2 // mm a low line stands for at least
		gap   = 0.7 // between a word and a rule
	)
	words, rules := blanks.Split(text, -1), blanks.FindAllString(text, -1)
	count := 0
	for _, r := range rules {
		count += len(r)
	}
	unit := 0.0
	for ; count > 0; st.Size -= 0.5 {
		room := width
		for _, w := range words {
			room -= d.Width(st.Face, st.Size, w)
		}
		if unit = room / float64(count); unit >= least {
			break
		}
		if st.Size <= 7.5 {
			d.Misfit(text)
			break
		}
	}
	under := top + st.Pitch/2 + 0.65*st.Size*25.4/72
	for i, w := range words {
		long := d.Width(st.Face, st.Size, w)
		d.Draw(d.Layout(st, long+1, w), x, top)
		x += long
		if i < len(rules) {
			long := float64(len(rules[i])) * unit
			d.Rule(x+gap, under, x+long-gap, under, 0.5)
			x += long
		}
	}
}
