package page

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
}

const (
	padX      = 1.2 // between rule and text, mm
	padY      = 1.0
	thinRule  = 0.5  // points
	thickRule = 1.0  // the outline of a table
	lineRatio = 1.35 // pitch to size in tables
)

func cellStyle(face Face, align Align) Style {
	return Style{Face: face, Size: WuHao, Pitch: WuHao * lineRatio / mm, Align: align}
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
	cells  []Block
	height float64
}

func (d *Doc) tableRow(t *Table, cells []string, head bool) row {
	r := row{height: t.MinRow}
	for i, c := range t.Columns {
		st := cellStyle(FangSong, c.Align)
		if head {
			st = cellStyle(Hei, AlignCenter)
		}
		b := d.Layout(st, c.Width-2*padX, cells[i])
		r.cells = append(r.cells, b)
		r.height = max(r.height, b.Height+2*padY)
	}
	return r
}

// PutTable draws a table at the cursor, centred in the text area. A row is
// never torn; one taller than a page is recorded as a [Misfit].
func (d *Doc) PutTable(t Table, rows [][]string) {
	titles := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		titles[i] = c.Title
	}
	head := d.tableRow(&t, titles, true)
	left := Left + (TextWidth-t.width())/2

	start := d.y
	open := func() {
		start = d.y
		d.drawRow(&t, head, left)
	}
	closeOff := func() { d.Box(left, start, t.width(), d.y-start, thickRule) }

	first := head.height
	if len(rows) > 0 {
		first += d.tableRow(&t, rows[0], false).height
	}
	d.Need(first)
	open()
	for _, cells := range rows {
		r := d.tableRow(&t, cells, false)
		if r.height > TextHeight-head.height {
			d.Misfit(cells[0])
		}
		if d.Room() < r.height-0.01 && d.y > start+head.height+0.01 {
			closeOff()
			d.AddPage()
			if t.Continued != "" {
				d.Text(Style{Face: KaiTi, Size: XiaoSi, Pitch: 7}, t.Continued)
			}
			open()
		}
		d.drawRow(&t, r, left)
	}
	closeOff()
}

func (d *Doc) drawRow(t *Table, r row, left float64) {
	x := left
	for i, c := range t.Columns {
		d.DrawIn(r.cells[i], x+padX, d.y, r.height)
		d.Box(x, d.y, c.Width, r.height, thinRule)
		x += c.Width
	}
	d.y += r.height
}
