package page

// Flowing content: what follows the cursor and goes on to the next page.

// Y is where the cursor stands, in mm from the top of the sheet.
func (d *Doc) Y() float64 { return d.y }

// Space moves the cursor down.
func (d *Doc) Space(height float64) { d.y += height }

// Room is the height left on the page.
func (d *Doc) Room() float64 {
	return d.area.Top + d.area.Height - d.y
}

// Need starts a page unless the given height is left on this one.
func (d *Doc) Need(height float64) {
	if d.Room() < height-0.01 {
		d.AddPage()
	}
}

// Put draws a block at the cursor, in the text area's left edge, and goes on
// to further pages line by line.
func (d *Doc) Put(b Block) {
	for from := 0; from < len(b.lines); {
		fit := int((d.Room() + 0.01) / b.pitch)
		if fit <= 0 {
			d.AddPage()
			fit = max(1, int((d.Room()+0.01)/b.pitch))
		}
		to := min(len(b.lines), from+fit)
		d.drawLines(b, from, to, d.area.Left, d.y)
		d.y += float64(to-from) * b.pitch
		from = to
	}
}

// Text puts a paragraph of a style at the cursor.
func (d *Doc) Text(st Style, text string) {
	d.Put(d.Layout(st, d.area.Width, text))
}

// TitleStyle is the style of a document's title: 二号小标宋, centred.
var TitleStyle = Style{Face: XiaoBiaoSong, Size: ErHao, Pitch: 12, Align: AlignCenter}

// Heading1 and Heading2 are the styles of 一、 and （一）; from 1. on the body's
// own style is used.
var (
	Heading1 = Style{Face: Hei, Size: SanHao, Pitch: LinePitch, Indent: 2}
	Heading2 = Style{Face: KaiTi, Size: SanHao, Pitch: LinePitch, Indent: 2}
)
