package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// tableBody is the scrolled part of a table: as high as all rows together,
// with objects for the visible ones only.
type tableBody struct {
	widget.BaseWidget
	hearing
	view    *tableView
	hovered int // row, -1 = none
	focused bool
	pressed bool // a press has already selected the row that the tap will report
}

func newTableBody(v *tableView) *tableBody {
	b := &tableBody{view: v, hovered: -1}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer implements fyne.Widget.
func (b *tableBody) CreateRenderer() fyne.WidgetRenderer {
	return &bodyRenderer{b: b}
}

type bodyRenderer struct {
	b       *tableBody
	slots   []*slot
	objects []fyne.CanvasObject
}

func (r *bodyRenderer) Destroy()                     {}
func (r *bodyRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *bodyRenderer) Layout(fyne.Size)             {}

func (r *bodyRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.b.view.width(), float32(r.b.view.model.rows())*size(sizeRow))
}

// Refresh fills one slot per visible row. A row keeps its slot while it is in
// view, so that scrolling by one line touches one slot.
func (r *bodyRenderer) Refresh() {
	v := r.b.view
	first, last := v.visible()
	last = min(last, v.model.rows()-1)
	count := int(v.scroll.Size().Height/size(sizeRow)) + 2
	for len(r.slots) < count {
		s := newSlot(len(v.heads))
		r.slots = append(r.slots, s)
		r.objects = append(r.objects, s.objects...)
	}
	used := make([]bool, len(r.slots))
	for row := first; row <= last; row++ {
		i := row % len(r.slots)
		used[i] = true
		r.slots[i].show(r.b, row)
	}
	for i, s := range r.slots {
		if !used[i] {
			s.hide()
		}
	}
	canvas.Refresh(r.b)
}

// slot holds the objects of one visible row.
type slot struct {
	back, line *canvas.Rectangle
	cells      []*cellSlot
	tick       *tick
	objects    []fyne.CanvasObject
}

type cellSlot struct {
	text  *canvas.Text
	pill  *canvas.Rectangle // ground of a chip, or track of a bar
	fill  *canvas.Rectangle // filled part of a bar
	width float32           // for which the text was shortened
	full  string            // the text before it was shortened
}

func newSlot(columns int) *slot {
	s := &slot{back: canvas.NewRectangle(color.Transparent), line: canvas.NewRectangle(color.Transparent), tick: newTick()}
	s.objects = []fyne.CanvasObject{s.back, s.line}
	for range columns {
		c := &cellSlot{text: canvas.NewText("", color.Black), pill: canvas.NewRectangle(color.Transparent), fill: canvas.NewRectangle(color.Transparent)}
		s.cells = append(s.cells, c)
		s.objects = append(s.objects, c.pill, c.fill, c.text)
	}
	s.objects = append(s.objects, s.tick.objects()...)
	return s
}

func (s *slot) hide() {
	for _, o := range s.objects {
		o.Hide()
	}
}

func (s *slot) show(b *tableBody, row int) {
	v, h := b.view, size(sizeRow)
	y := float32(row) * h
	width := max(v.width(), v.scroll.Size().Width)
	s.back.Hidden, s.line.Hidden = false, false
	s.back.Move(fyne.NewPos(0, y))
	s.back.Resize(fyne.NewSize(width, h-1))
	s.back.FillColor = b.rowColor(row)
	s.line.Move(fyne.NewPos(0, y+h-1))
	s.line.Resize(fyne.NewSize(width, 1))
	s.line.FillColor = theme.Color(ColorHairline)
	s.tick.place(fyne.NewPos(0, y), h-1)
	s.tick.paint(v.ticks, v.ticks && v.model.isTicked(row))
	x := v.leading()
	for i, c := range s.cells {
		content, here := v.model.cell(row, i)
		c.show(content, here, v.heads[i].align, fyne.NewPos(x, y), fyne.NewSize(v.widths[i], h-1))
		x += v.widths[i]
	}
}

func (b *tableBody) rowColor(row int) color.Color {
	switch {
	case row == b.view.model.marked():
		return theme.Color(ColorRow)
	case row == b.hovered:
		return theme.Color(ColorRowHover)
	}
	return color.Transparent
}

func (c *cellSlot) show(content cell, here bool, align Align, at fyne.Position, box fyne.Size) {
	c.text.Hidden = !here || content.kind == barCell || content.text == ""
	c.pill.Hidden = !here || content.kind == textCell || content.kind == chipCell && content.text == ""
	c.fill.Hidden = !here || content.kind != barCell
	switch {
	case !here:
	case content.kind == textCell:
		c.showText(content.text, align, at, box)
	case content.kind == chipCell:
		c.showChip(content, align, at, box)
	default:
		c.pill.FillColor, c.fill.FillColor = theme.Color(ColorTrack), theme.Color(content.tone.solid())
		place := at.AddXY(cellInset, (box.Height-barHeight)/2)
		placeBar(c.pill, c.fill, place, box.Width-2*cellInset, content.value)
	}
}

func (c *cellSlot) showText(text string, align Align, at fyne.Position, box fyne.Size) {
	textSize, room := size(theme.SizeNameText), box.Width-2*cellInset
	if c.full != text || c.width != room || c.text.TextSize != textSize {
		c.full, c.width = text, room
		c.text.Text = shorten(text, room, textSize, fyne.TextStyle{})
	}
	c.text.TextSize, c.text.Alignment = textSize, align.text()
	c.text.Color = theme.Color(theme.ColorNameForeground)
	placeText(c.text, box, cellInset)
	c.text.Move(c.text.Position().Add(at))
}

func (c *cellSlot) showChip(content cell, align Align, at fyne.Position, box fyne.Size) {
	c.full = ""
	c.text.Text, c.text.TextSize = content.text, size(sizeSmall)
	c.text.Color, c.text.Alignment = theme.Color(content.tone.text()), fyne.TextAlignCenter
	c.pill.FillColor = theme.Color(content.tone.back())
	s := chipSize(c.text)
	x := float32(cellInset)
	switch align {
	case AlignRight:
		x = box.Width - cellInset - s.Width
	case AlignCenter:
		x = (box.Width - s.Width) / 2
	}
	c.pill.Resize(s)
	c.pill.Move(at.AddXY(x, (box.Height-s.Height)/2))
	c.pill.CornerRadius = s.Height / 2
	placeText(c.text, fyne.NewSize(s.Width, box.Height), 0)
	c.text.Move(c.text.Position().Add(at).AddXY(x, 0))
}
