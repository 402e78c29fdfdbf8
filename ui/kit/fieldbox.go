package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// fieldBox is the closed look of a field that opens a list: frame, text and a
// mark at the right end.
type fieldBox struct {
	widget.DisableableWidget
	hearing
	hooks
	self              fyne.Widget // what the box is a part of, which the canvas knows
	text, placeHolder string
	minWidth          float32
	clearable         bool // a cross instead of the arrow while there is text
	invalid, focused  bool
	hovered           bool
	onOpen            func()
	onClear           func()
	onKey             func(*fyne.KeyEvent) bool
	onRune            func(rune)
}

func (b *fieldBox) setUp(self fyne.Widget) {
	b.self = self
	b.ExtendBaseWidget(self)
}

// SetInvalid implements Input.
func (b *fieldBox) SetInvalid(bad bool) {
	if b.invalid != bad {
		b.invalid = bad
		b.Refresh()
	}
}

// Check implements Input; what a list offers is always valid.
func (b *fieldBox) Check() string { return "" }

func (b *fieldBox) show(text string) {
	b.text = text
	b.Refresh()
}

// Tapped implements fyne.Tappable.
func (b *fieldBox) Tapped(e *fyne.PointEvent) {
	switch {
	case b.Disabled():
	case b.clearable && b.text != "" && e != nil && e.Position.X > b.Size().Width-24:
		b.onClear()
	default:
		b.onOpen()
	}
}

// FocusGained implements fyne.Focusable.
func (b *fieldBox) FocusGained() { b.focused = true; b.Refresh(); b.tellArrived(b.self) }

// FocusLost implements fyne.Focusable.
func (b *fieldBox) FocusLost() { b.focused = false; b.Refresh() }

// MouseIn implements desktop.Hoverable.
func (b *fieldBox) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (b *fieldBox) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (b *fieldBox) MouseOut() { b.hovered = false; b.Refresh() }

// TypedRune implements fyne.Focusable: on a page a scanner is heard over a
// filter that was chosen last.
func (b *fieldBox) TypedRune(r rune) {
	switch {
	case b.Disabled():
	case b.onRune != nil:
		b.onRune(r)
	case r != ' ':
		typedRune(canvasOf(b.self), r)
	}
}

// TypedKey opens the list on Down and Space and goes on at Enter.
func (b *fieldBox) TypedKey(e *fyne.KeyEvent) {
	if b.Disabled() || b.onKey != nil && b.onKey(e) {
		return
	}
	switch e.Name {
	case fyne.KeyDown, fyne.KeySpace:
		b.onOpen()
	case fyne.KeyReturn, fyne.KeyEnter:
		if b.submitted != nil {
			b.submitted()
		} else {
			b.onOpen()
		}
	default:
		passKey(b.self, e)
	}
}

// CreateRenderer implements fyne.Widget.
func (b *fieldBox) CreateRenderer() fyne.WidgetRenderer {
	r := &boxRenderer{
		b: b, back: canvas.NewRectangle(color.Transparent), text: canvas.NewText("", color.Black), arrow: newArrow(),
		cross: [2]*canvas.Line{canvas.NewLine(color.Black), canvas.NewLine(color.Black)},
	}
	r.Refresh()
	return r
}

type boxRenderer struct {
	b     *fieldBox
	back  *canvas.Rectangle
	text  *canvas.Text
	arrow *arrow
	cross [2]*canvas.Line
}

const boxInset = 6

func (r *boxRenderer) Destroy() {}

func (r *boxRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.back, r.text, r.arrow, r.cross[0], r.cross[1]}
}

func (r *boxRenderer) MinSize() fyne.Size {
	return fyne.NewSize(max(r.b.minWidth, 60), size(sizeField))
}

func (r *boxRenderer) Layout(s fyne.Size) {
	r.back.Move(fyne.NewPos(0.5, 0.5))
	r.back.Resize(s.SubtractWidthHeight(1, 1))
	shown := r.shown()
	room := s.Width - 2*boxInset - arrowRoom
	r.text.Text = shorten(shown, room, r.text.TextSize, r.text.TextStyle)
	placeText(r.text, s, boxInset)
	r.arrow.Resize(fyne.NewSize(arrowWidth, arrowWidth/2))
	r.arrow.Move(fyne.NewPos(s.Width-boxInset-arrowWidth, (s.Height-arrowWidth/2)/2))
	at := fyne.NewPos(s.Width-boxInset-8, (s.Height-8)/2)
	r.cross[0].Position1, r.cross[0].Position2 = at, at.AddXY(8, 8)
	r.cross[1].Position1, r.cross[1].Position2 = at.AddXY(8, 0), at.AddXY(0, 8)
}

func (r *boxRenderer) shown() string {
	if r.b.text == "" {
		return r.b.placeHolder
	}
	return r.b.text
}

func (r *boxRenderer) Refresh() {
	r.back.CornerRadius = theme.Size(theme.SizeNameInputRadius)
	r.back.FillColor, r.back.StrokeWidth = theme.Color(theme.ColorNameInputBackground), 1
	r.back.StrokeColor = theme.Color(ColorFrame)
	r.text.TextSize, r.text.Color = size(theme.SizeNameText), theme.Color(theme.ColorNameForeground)
	if r.b.text == "" {
		r.text.Color = theme.Color(theme.ColorNamePlaceHolder)
	}
	switch {
	case r.b.Disabled():
		r.back.FillColor, r.text.Color = theme.Color(theme.ColorNameDisabledButton), theme.Color(theme.ColorNameDisabled)
	case r.b.invalid:
		r.back.StrokeColor, r.back.StrokeWidth = theme.Color(theme.ColorNameError), 1.4
	case r.b.focused:
		r.back.StrokeColor = theme.Color(theme.ColorNamePrimary)
	}
	crossed := r.b.clearable && r.b.text != "" && !r.b.Disabled()
	r.arrow.Hidden = crossed || r.b.Disabled()
	mark := theme.Color(ColorMuted)
	if r.b.hovered {
		mark = theme.Color(theme.ColorNameForeground)
	}
	r.arrow.set(mark)
	for _, l := range r.cross {
		l.Hidden, l.StrokeColor, l.StrokeWidth = !crossed, mark, 1.3
	}
	r.Layout(r.b.Size())
	canvas.Refresh(r.b)
}
