package page

import "strings"

// Column is a column of a table.
type Column struct {
	Title string
	Width float64 // mm
	Align Align
}

// Table is a ruled table that goes on over pages and repeats its head.
type Table struct {
	Columns []Column
	// MinRow is the least height of a row in mm, for tables written in by hand.
	MinRow float64
	// Continued stands above the repeated head on further pages, such as
	// “内科（续）”; "" for none.
	Continued string
	// Size is the type size in points, 五号 when 0. A row taller than a page is
	// set smaller.
	Size float64
	// Merge is how many columns, from the left, are written once where rows that
	// follow each other say the same there; on each further page again.
	Merge int
	// Foot is room, in mm, that stays below the last row on its page, for what
	// should not stand on a page alone; a row that fills a page leaves none.
	Foot float64
	// Pad is the room above and below the text of a cell in mm, [padY] when 0.
	Pad float64
}

const (
	padX      = 1.2 // between rule and text, mm
	padY      = 1.0
	thinRule  = 0.5  // points
	thickRule = 1.0  // the outline of a table
	lineRatio = 1.35 // pitch to size in tables
)

func cellStyle(face Face, size float64, align Align) Style {
	return Style{Face: face, Size: size, Pitch: size * lineRatio / mm, Align: align}
}

func (t *Table) width() float64 {
	sum := 0.0
	for _, c := range t.Columns {
		sum += c.Width
	}
	return sum
}

// row is a row set and measured.
type row struct {
	text   []string
	cells  []Block
	height float64 // of the cells that are not merged
}

func (d *Doc) tableRow(t *Table, text []string, head bool, size float64) row {
	r := row{text: text, height: t.MinRow}
	for i, c := range t.Columns {
		st := cellStyle(FangSong, size, c.Align)
		if head {
			st = cellStyle(Hei, size, AlignCenter)
		}
		b := d.Layout(st, c.Width-2*padX, text[i])
		if c.Align == AlignRight && b.Lines() > 1 && !strings.ContainsAny(text[i], "\n ") {
			b = d.Fit(st, c.Width-2*padX, b.Height/float64(b.Lines()), text[i]) // a figure is not broken
		}
		r.cells = append(r.cells, b)
		if head || i >= t.Merge {
			r.height = max(r.height, b.Height+2*t.Pad)
		}
	}
	return r
}

// whole is the height of the row when it stands alone.
func (t *Table) whole(r row) float64 {
	h := r.height
	for _, b := range r.cells {
		h = max(h, b.Height+2*t.Pad)
	}
	return h
}

// fitRow sets a row that has to stand in room mm: at the table's size, or
// smaller as far as it takes. What can no longer be read is a [Misfit].
func (d *Doc) fitRow(t *Table, text []string, room float64) row {
	const step = 0.5
	for size := t.Size; ; size -= step {
		r := d.tableRow(t, text, false, size)
		if t.whole(r) <= room+0.01 || size <= 1 {
			if size < min(smallest, t.Size) {
				d.Misfit(text[0])
			}
			return r
		}
	}
}

// PutTable draws a table at the cursor, centred in the text area. A row is
// never torn.
func (d *Doc) PutTable(t Table, rows [][]string) {
	head := d.tableHead(&t)
	most := d.area.Height - head.height // a row that goes on to a page of its own
	if t.Continued != "" {
		most -= continued.Pitch
	}
	var next []row // set, and waiting for the page to be full
	drawn := false
	flush := func() {
		if drawn && t.Continued != "" {
			d.Put(d.Fit(continued, d.area.Width, continued.Pitch, t.Continued))
		}
		d.y = d.drawRows(&t, head, next, d.area.Left+(d.area.Width-t.width())/2, d.y)
		next, drawn = next[:0], true
	}
	for i, text := range rows {
		r := d.fitRow(&t, text, most)
		with := append(next, r)
		need := head.height + t.height(with)
		if drawn && t.Continued != "" {
			need += continued.Pitch
		}
		if i == len(rows)-1 && t.whole(r)+t.Foot <= most {
			need += t.Foot
		}
		if d.Room() < need-0.01 {
			if len(next) > 0 {
				flush()
				d.AddPage()
			} else if d.y > d.area.Top {
				d.AddPage()
			}
			with = append(next, r)
		}
		next = with
	}
	if len(next) > 0 || !drawn {
		d.Need(head.height + t.Foot)
		flush()
	}
}

// TableHeight is the height of a table that stands on one page.
func (d *Doc) TableHeight(t Table, rows [][]string) float64 {
	height := d.tableHead(&t).height
	var set []row
	for _, text := range rows {
		set = append(set, d.tableRow(&t, text, false, t.Size))
	}
	return height + t.height(set)
}

// DrawTable draws a table with its upper left corner at x, y, all of it on this
// page, and returns where it ends.
func (d *Doc) DrawTable(t Table, rows [][]string, x, y float64) float64 {
	head := d.tableHead(&t)
	var set []row
	for _, text := range rows {
		set = append(set, d.tableRow(&t, text, false, t.Size))
	}
	return d.drawRows(&t, head, set, x, y)
}

func (d *Doc) tableHead(t *Table) row {
	if t.Size == 0 {
		t.Size = WuHao
	}
	if t.Pad == 0 {
		t.Pad = padY
	}
	titles := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		titles[i] = c.Title
	}
	return d.tableRow(t, titles, true, t.Size)
}

// continued is the style of [Table.Continued].
var continued = Style{Face: KaiTi, Size: XiaoSi, Pitch: 7}

// merged returns how many rows from row i on say the same in column c and in
// those left of it.
func (t *Table) merged(rows []row, i, c int) int {
	n := 1
next:
	for ; i+n < len(rows); n++ {
		for k := range c + 1 {
			if rows[i+n].text[k] != rows[i].text[k] {
				break next
			}
		}
	}
	return n
}

// height is that of rows which stand on one page.
func (t *Table) height(rows []row) float64 {
	sum := 0.0
	for _, h := range t.heights(rows) {
		sum += h
	}
	return sum
}

// heights returns the height of each row. The last of several rows with a
// merged cell is as much higher as the cell needs.
func (t *Table) heights(rows []row) []float64 {
	out := make([]float64, len(rows))
	for i, r := range rows {
		out[i] = r.height
	}
	for c := range t.Merge {
		for i := 0; i < len(rows); {
			end := i + t.merged(rows, i, c)
			sum := 0.0
			for _, h := range out[i:end] {
				sum += h
			}
			out[end-1] += max(0, rows[i].cells[c].Height+2*t.Pad-sum)
			i = end
		}
	}
	return out
}

// drawRows draws the head and rows below left, top and returns where they end.
func (d *Doc) drawRows(t *Table, head row, rows []row, left, top float64) float64 {
	heights := t.heights(rows)
	under, end := top+head.height, top+head.height
	for _, h := range heights {
		end += h
	}
	right := left + t.width()
	x := left
	for i, c := range t.Columns {
		d.DrawIn(head.cells[i], x+padX, top, head.height)
		y := under
		for r := 0; r < len(rows); {
			n := 1
			if i < t.Merge {
				n = t.merged(rows, r, i)
			}
			h := 0.0
			for _, one := range heights[r : r+n] {
				h += one
			}
			d.DrawIn(rows[r].cells[i], x+padX, y, h)
			if y, r = y+h, r+n; i < t.Merge && r < len(rows) {
				d.Rule(x, y, x+c.Width, y, thinRule)
			}
		}
		if x += c.Width; i < len(t.Columns)-1 {
			d.Rule(x, top, x, end, thinRule)
		}
	}
	d.rules(left+t.merge(), right, left, under, heights)
	d.Box(left, top, t.width(), end-top, thickRule)
	return end
}

// merge is the width of the merged columns.
func (t *Table) merge() float64 {
	sum := 0.0
	for _, c := range t.Columns[:min(t.Merge, len(t.Columns))] {
		sum += c.Width
	}
	return sum
}

// rules draws the line below the head and those between rows, which leave out
// merged columns.
func (d *Doc) rules(from, to, left, under float64, heights []float64) {
	if len(heights) == 0 {
		return
	}
	d.Rule(left, under, to, under, thinRule)
	for _, h := range heights[:len(heights)-1] {
		under += h
		d.Rule(from, under, to, under, thinRule)
	}
}
