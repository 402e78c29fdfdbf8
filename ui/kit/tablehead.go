package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// tableHead is the line of column titles; a click on one sorts.
type tableHead struct {
	widget.BaseWidget
	hearing
	view    *tableView
	hovered int // column, -1 = none
}

func newTableHead(v *tableView) *tableHead {
	h := &tableHead{view: v, hovered: -1}
	h.ExtendBaseWidget(h)
	return h
}

// columnAt returns the column at x, -1 for none, -2 for the tick boxes.
func (v *tableView) columnAt(x float32) int {
	x -= v.leading()
	if x < 0 {
		return -2
	}
	for i, w := range v.widths {
		if x < w {
			return i
		}
		x -= w
	}
	return -1
}

// Tapped implements fyne.Tappable.
func (h *tableHead) Tapped(e *fyne.PointEvent) {
	switch c := h.view.columnAt(e.Position.X); {
	case c == -2:
		h.view.model.toggleAll()
	case c >= 0 && h.view.heads[c].sort != "":
		h.view.model.sortBy(h.view.heads[c].sort)
	}
}

// MouseIn implements desktop.Hoverable.
func (h *tableHead) MouseIn(e *desktop.MouseEvent) { h.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (h *tableHead) MouseMoved(e *desktop.MouseEvent) {
	if c := h.view.columnAt(e.Position.X); c != h.hovered {
		h.hovered = c
		h.Refresh()
	}
}

// MouseOut implements desktop.Hoverable.
func (h *tableHead) MouseOut() {
	h.hovered = -1
	h.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (h *tableHead) CreateRenderer() fyne.WidgetRenderer {
	r := &headRenderer{h: h, back: canvas.NewRectangle(color.Transparent), line: canvas.NewRectangle(color.Transparent), tick: newTick()}
	r.objects = []fyne.CanvasObject{r.back, r.line}
	for range h.view.heads {
		t := canvas.NewText("", color.Black)
		r.texts = append(r.texts, t)
		r.objects = append(r.objects, t)
	}
	r.objects = append(r.objects, r.tick.objects()...)
	r.Refresh()
	return r
}

type headRenderer struct {
	h          *tableHead
	back, line *canvas.Rectangle
	texts      []*canvas.Text
	tick       *tick
	objects    []fyne.CanvasObject
}

func (r *headRenderer) Destroy()                     {}
func (r *headRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *headRenderer) MinSize() fyne.Size           { return fyne.NewSize(0, headHeight()) }

func (r *headRenderer) Layout(s fyne.Size) {
	r.back.Resize(s)
	r.back.TopLeftCornerRadius, r.back.TopRightCornerRadius = 4, 4
	r.line.Resize(fyne.NewSize(s.Width, 1))
	r.line.Move(fyne.NewPos(0, s.Height-1))
	x := r.h.view.leading()
	for i, t := range r.texts {
		w := r.h.view.widths[i]
		placeText(t, fyne.NewSize(w, s.Height-1), cellInset)
		t.Move(t.Position().AddXY(x, 0))
		x += w
	}
	r.tick.place(fyne.NewPos(0, 0), s.Height-1)
}

func (r *headRenderer) Refresh() {
	v := r.h.view
	r.h.Move(fyne.NewPos(-v.scroll.Offset.X, 0))
	r.back.FillColor = theme.Color(ColorHead)
	r.line.FillColor = theme.Color(theme.ColorNameSeparator)
	key, desc := v.model.sort()
	for i, t := range r.texts {
		head := v.heads[i]
		t.Text = head.title
		if head.sort != "" && head.sort == key {
			t.Text += map[bool]string{false: " ▲", true: " ▼"}[desc]
		}
		t.TextSize, t.Alignment = size(theme.SizeNameText), head.align.text()
		t.Color = theme.Color(ColorLabel)
		if i == r.h.hovered && head.sort != "" {
			t.Color = theme.Color(theme.ColorNamePrimary)
		}
	}
	r.tick.paint(v.ticks, v.model.allTicked())
	r.Layout(r.h.Size())
	canvas.Refresh(r.h)
}

func (a Align) text() fyne.TextAlign {
	switch a {
	case AlignRight:
		return fyne.TextAlignTrailing
	case AlignCenter:
		return fyne.TextAlignCenter
	}
	return fyne.TextAlignLeading
}

// tick is a tick box made of bare shapes, light enough to have one per row.
type tick struct {
	box        *canvas.Rectangle
	down, rise *canvas.Line
}

func newTick() *tick {
	t := &tick{canvas.NewRectangle(color.Transparent), canvas.NewLine(color.White), canvas.NewLine(color.White)}
	t.box.CornerRadius = 3
	t.down.StrokeWidth, t.rise.StrokeWidth = 1.8, 1.8
	return t
}

func (t *tick) objects() []fyne.CanvasObject { return []fyne.CanvasObject{t.box, t.down, t.rise} }

const tickSize = 15 // px

func (t *tick) place(at fyne.Position, height float32) {
	p := at.AddXY((tickWidth-tickSize)/2+2, (height-tickSize)/2)
	t.box.Move(p)
	t.box.Resize(fyne.NewSquareSize(tickSize))
	t.down.Position1, t.down.Position2 = p.AddXY(3.5, 7.5), p.AddXY(6.5, 10.8)
	t.rise.Position1, t.rise.Position2 = p.AddXY(6.5, 10.8), p.AddXY(11.5, 4.5)
}

func (t *tick) paint(shown, on bool) {
	t.box.Hidden, t.down.Hidden, t.rise.Hidden = !shown, !shown || !on, !shown || !on
	t.box.StrokeWidth, t.box.StrokeColor, t.box.FillColor = 1, theme.Color(ColorFrame), theme.Color(ColorCard)
	if on {
		t.box.FillColor, t.box.StrokeWidth = theme.Color(theme.ColorNamePrimary), 0
	}
	t.down.StrokeColor, t.rise.StrokeColor = theme.Color(theme.ColorNameForegroundOnPrimary), theme.Color(theme.ColorNameForegroundOnPrimary)
}
