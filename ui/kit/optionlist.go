package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// MenuItem is one line of a menu. A line without Label is a separator.
type MenuItem struct {
	Label    string
	Key      string // shown at the right, such as Ctrl+P
	Disabled bool
	Run      func()
}

// showMenu opens a menu below a button.
func showMenu(anchor fyne.CanvasObject, items []MenuItem) {
	rows := make([]optionRow, len(items))
	for i, m := range items {
		rows[i] = optionRow{text: m.Label, hint: m.Key, off: m.Disabled || m.Label == ""}
	}
	list := newOptionList()
	list.set(rows, -1)
	var l *layer
	list.onPick = func(i int) {
		l.close()
		items[i].Run()
	}
	l = openBelow(anchor, list.scrolled(), list, nil)
}

// optionRow is one line of an option list.
type optionRow struct {
	text, hint string
	off        bool // cannot be picked
}

// optionList is the list in menus, choices and pickers: arrows move, Enter or
// a click picks. It may be steered from a field that has the focus.
type optionList struct {
	widget.BaseWidget
	hearing
	rows   []optionRow
	marked int
	onPick func(i int)
	scroll *container.Scroll
}

func newOptionList() *optionList {
	o := &optionList{marked: -1}
	o.ExtendBaseWidget(o)
	return o
}

const optionsShown = 12 // lines before the list scrolls

// scrolled wraps the list for a popup.
func (o *optionList) scrolled() fyne.CanvasObject {
	o.scroll = NewVScroll(o)
	return container.New(scrollFit{o}, o.scroll)
}

// scrollFit gives the scroller the size of its content up to a limit.
type scrollFit struct{ o *optionList }

func (f scrollFit) MinSize([]fyne.CanvasObject) fyne.Size {
	m := f.o.MinSize()
	return fyne.NewSize(m.Width, min(m.Height, optionsShown*size(sizeRow)))
}

func (f scrollFit) Layout(objects []fyne.CanvasObject, s fyne.Size) { objects[0].Resize(s) }

// set shows other rows and marks one, -1 for none.
func (o *optionList) set(rows []optionRow, marked int) {
	o.rows, o.marked = rows, marked
	o.Refresh()
	o.reveal()
}

func (o *optionList) mark(i int) {
	if i != o.marked {
		o.marked = i
		o.Refresh()
	}
}

// move steps to the next row that can be picked; at the end it stays.
func (o *optionList) move(step int) {
	for i := o.marked + step; i >= 0 && i < len(o.rows); i += step {
		if !o.rows[i].off {
			o.mark(i)
			o.reveal()
			return
		}
	}
}

func (o *optionList) reveal() {
	if o.scroll == nil || o.marked < 0 {
		return
	}
	h := size(sizeRow)
	top, bottom := float32(o.marked)*h, float32(o.marked+1)*h
	view := o.scroll.Size().Height
	if view <= 0 {
		view = min(o.MinSize().Height, optionsShown*h)
	}
	offset := o.scroll.Offset.Y
	if top < offset {
		offset = top
	} else if bottom > offset+view {
		offset = bottom - view
	}
	o.scroll.ScrollToOffset(fyne.NewPos(0, offset))
}

func (o *optionList) pick(i int) {
	if i >= 0 && i < len(o.rows) && !o.rows[i].off && o.onPick != nil {
		o.onPick(i)
	}
}

// key does what a key means to the list and reports whether it meant anything.
func (o *optionList) key(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyUp:
		o.move(-1)
	case fyne.KeyDown:
		o.move(1)
	case fyne.KeyPageUp:
		for range optionsShown - 1 {
			o.move(-1)
		}
	case fyne.KeyPageDown:
		for range optionsShown - 1 {
			o.move(1)
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		o.pick(o.marked)
	default:
		return false
	}
	return true
}

func (o *optionList) rowAt(y float32) int {
	i := int(y / size(sizeRow))
	if y < 0 || i >= len(o.rows) {
		return -1
	}
	return i
}

// Tapped implements fyne.Tappable.
func (o *optionList) Tapped(e *fyne.PointEvent) { o.pick(o.rowAt(e.Position.Y)) }

// MouseIn implements desktop.Hoverable.
func (o *optionList) MouseIn(e *desktop.MouseEvent) { o.MouseMoved(e) }

// MouseMoved marks the row below the pointer.
func (o *optionList) MouseMoved(e *desktop.MouseEvent) {
	if i := o.rowAt(e.Position.Y); i >= 0 && !o.rows[i].off {
		o.mark(i)
	}
}

// MouseOut implements desktop.Hoverable.
func (o *optionList) MouseOut() {}

// FocusGained implements fyne.Focusable.
func (o *optionList) FocusGained() {
	if o.marked < 0 {
		o.move(1)
	}
}

// FocusLost implements fyne.Focusable.
func (o *optionList) FocusLost() {}

// TypedRune implements fyne.Focusable.
func (o *optionList) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (o *optionList) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyHome:
		o.marked = -1
		o.move(1)
	case fyne.KeyEnd:
		o.marked = len(o.rows)
		o.move(-1)
	default:
		if !o.key(e.Name) {
			passKey(o, e)
		}
	}
}

// CreateRenderer implements fyne.Widget.
func (o *optionList) CreateRenderer() fyne.WidgetRenderer {
	r := &optionRenderer{o: o, mark: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type optionRenderer struct {
	o            *optionList
	mark         *canvas.Rectangle
	texts, hints []*canvas.Text
	objects      []fyne.CanvasObject
}

const optionInset = 9

func (r *optionRenderer) Destroy()                     {}
func (r *optionRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *optionRenderer) MinSize() fyne.Size {
	var w float32
	for i := range r.texts {
		line := r.texts[i].MinSize().Width
		if r.o.rows[i].hint != "" {
			line += 16 + r.hints[i].MinSize().Width
		}
		w = max(w, line)
	}
	return fyne.NewSize(w+2*optionInset+8, size(sizeRow)*float32(len(r.o.rows)))
}

func (r *optionRenderer) Layout(s fyne.Size) {
	h := size(sizeRow)
	for i := range r.texts {
		y := float32(i) * h
		placeText(r.texts[i], fyne.NewSize(s.Width, h), optionInset)
		placeText(r.hints[i], fyne.NewSize(s.Width, h), optionInset)
		r.texts[i].Move(r.texts[i].Position().AddXY(0, y))
		r.hints[i].Move(r.hints[i].Position().AddXY(0, y))
	}
	r.mark.Hidden = r.o.marked < 0 || r.o.marked >= len(r.o.rows)
	r.mark.Resize(fyne.NewSize(s.Width, h))
	r.mark.Move(fyne.NewPos(0, float32(max(0, r.o.marked))*h))
}

func (r *optionRenderer) Refresh() {
	for len(r.texts) < len(r.o.rows) {
		r.texts = append(r.texts, canvas.NewText("", color.Black))
		hint := canvas.NewText("", color.Black)
		hint.Alignment = fyne.TextAlignTrailing
		r.hints = append(r.hints, hint)
	}
	r.texts, r.hints = r.texts[:len(r.o.rows)], r.hints[:len(r.o.rows)]
	r.objects = append(r.objects[:0:0], r.mark)
	for i, row := range r.o.rows {
		t, h := r.texts[i], r.hints[i]
		t.Text, h.Text = row.text, row.hint
		t.TextSize, h.TextSize = size(theme.SizeNameText), size(theme.SizeNameText)
		t.Color, h.Color = theme.Color(theme.ColorNameForeground), theme.Color(ColorMuted)
		if row.off {
			t.Color = theme.Color(theme.ColorNameDisabled)
		}
		r.objects = append(r.objects, t, h)
	}
	r.mark.FillColor = theme.Color(ColorRow)
	r.Layout(r.o.Size())
	canvas.Refresh(r.o)
}
