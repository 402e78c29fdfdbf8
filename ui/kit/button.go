package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

type buttonKind int

const (
	plainButton buttonKind = iota
	primaryButton
	dangerButton
	quietDanger // red text only, beside others
)

// Button is a button with a frame, lower than Fyne's. One primary button per
// page says what is usually done next.
type Button struct {
	widget.DisableableWidget
	hearing
	arrivals
	OnTapped func()

	label   string
	kind    buttonKind
	menu    bool
	hovered bool
	focused bool
}

// NewButton is an ordinary button.
func NewButton(label string, tapped func()) *Button {
	return newButton(label, plainButton, tapped)
}

// NewPrimaryButton is the one button of a page or dialog that stands out.
func NewPrimaryButton(label string, tapped func()) *Button {
	return newButton(label, primaryButton, tapped)
}

// NewMenuButton opens a menu below itself; items is asked each time.
func NewMenuButton(label string, items func() []MenuItem) *Button {
	b := newButton(label, plainButton, nil)
	b.menu = true
	b.OnTapped = func() { showMenu(b, items()) }
	return b
}

func newButton(label string, kind buttonKind, tapped func()) *Button {
	b := &Button{label: label, kind: kind, OnTapped: tapped}
	b.ExtendBaseWidget(b)
	return b
}

// Label is the text on the button.
func (b *Button) Label() string { return b.label }

// SetLabel changes the text on the button.
func (b *Button) SetLabel(label string) {
	b.label = label
	b.Refresh()
}

// Tapped implements fyne.Tappable.
func (b *Button) Tapped(*fyne.PointEvent) {
	if !b.Disabled() && b.OnTapped != nil {
		b.OnTapped()
	}
}

// FocusGained implements fyne.Focusable.
func (b *Button) FocusGained() { b.focused = true; b.Refresh(); b.tellArrived(b) }

// FocusLost implements fyne.Focusable.
func (b *Button) FocusLost() { b.focused = false; b.Refresh() }

// TypedRune implements fyne.Focusable.
func (b *Button) TypedRune(r rune) {
	if r != ' ' {
		typedRune(canvasOf(b), r)
	}
}

// TypedKey presses the button on Enter and Space.
func (b *Button) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		b.Tapped(nil)
	default:
		passKey(b, e)
	}
}

// MouseIn implements desktop.Hoverable.
func (b *Button) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (b *Button) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (b *Button) MouseOut() { b.hovered = false; b.Refresh() }

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{
		b:     b,
		back:  canvas.NewRectangle(color.Transparent),
		glow:  canvas.NewRectangle(color.Transparent),
		text:  canvas.NewText(b.label, color.Black),
		arrow: newArrow(),
	}
	r.Refresh()
	return r
}

type buttonRenderer struct {
	b          *Button
	back, glow *canvas.Rectangle
	text       *canvas.Text
	arrow      *arrow
}

const buttonInset = 12

func (r *buttonRenderer) Destroy() {}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.back, r.glow, r.text, r.arrow}
}

func (r *buttonRenderer) MinSize() fyne.Size {
	w := r.text.MinSize().Width + 2*buttonInset
	if r.b.menu {
		w += arrowRoom
	}
	return fyne.NewSize(w, size(sizeField))
}

func (r *buttonRenderer) Layout(s fyne.Size) {
	r.back.Resize(s)
	r.glow.Resize(s)
	box := s
	if r.b.menu {
		box.Width -= arrowRoom
		r.arrow.Resize(fyne.NewSize(arrowWidth, arrowWidth/2))
		r.arrow.Move(fyne.NewPos(s.Width-buttonInset-arrowWidth+2, (s.Height-arrowWidth/2)/2))
	}
	placeText(r.text, box, 0)
	if r.b.menu {
		r.text.Move(fyne.NewPos(2, r.text.Position().Y))
	}
}

func (r *buttonRenderer) Refresh() {
	back, text, frame := theme.Color(theme.ColorNameButton), theme.Color(theme.ColorNameForeground), theme.Color(ColorFrame)
	switch r.b.kind {
	case primaryButton:
		back, text = theme.Color(theme.ColorNamePrimary), theme.Color(theme.ColorNameForegroundOnPrimary)
		frame = back
	case quietDanger:
		text = theme.Color(Bad.text())
	case dangerButton:
		back, text = theme.Color(Bad.solid()), color.White
		frame = back
	}
	if r.b.Disabled() {
		back, text, frame = theme.Color(theme.ColorNameDisabledButton), theme.Color(theme.ColorNameDisabled), theme.Color(ColorHairline)
	}
	r.back.FillColor, r.back.StrokeColor, r.back.StrokeWidth = back, frame, 1
	r.back.CornerRadius = theme.Size(theme.SizeNameButtonRadius)
	r.glow.CornerRadius = r.back.CornerRadius
	r.glow.FillColor, r.glow.StrokeWidth = color.Transparent, 0
	if r.b.hovered && !r.b.Disabled() {
		r.glow.FillColor = theme.Color(theme.ColorNameHover)
	}
	if r.b.focused && !r.b.Disabled() {
		r.glow.StrokeWidth = 2
		r.glow.StrokeColor = theme.Color(theme.ColorNamePrimary)
		if r.b.kind == primaryButton || r.b.kind == dangerButton {
			r.glow.StrokeColor = theme.Color(theme.ColorNameFocus)
			r.glow.FillColor = theme.Color(theme.ColorNamePressed)
		}
	}
	r.text.Text, r.text.Color, r.text.TextSize = r.b.label, text, size(theme.SizeNameText)
	r.text.Alignment = fyne.TextAlignCenter
	r.arrow.Hidden = !r.b.menu
	r.arrow.set(text)
	r.Layout(r.b.Size())
	for _, o := range []fyne.CanvasObject{r.back, r.glow, r.text} {
		canvas.Refresh(o)
	}
}

// Door is a text that leads somewhere, such as the rows behind a number.
type Door struct {
	Button
}

// NewDoor makes a door.
func NewDoor(label string, tapped func()) *Door {
	d := &Door{Button{label: label, OnTapped: tapped}}
	d.ExtendBaseWidget(d)
	return d
}

// Cursor implements desktop.Cursorable.
func (d *Door) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (d *Door) CreateRenderer() fyne.WidgetRenderer {
	r := &doorRenderer{d: d, text: canvas.NewText("", color.Black), line: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type doorRenderer struct {
	d    *Door
	text *canvas.Text
	line *canvas.Rectangle
}

func (r *doorRenderer) Destroy()                     {}
func (r *doorRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.text, r.line} }
func (r *doorRenderer) MinSize() fyne.Size           { return r.text.MinSize() }

func (r *doorRenderer) Layout(s fyne.Size) {
	placeText(r.text, s, 0)
	r.line.Resize(fyne.NewSize(r.text.MinSize().Width, 1))
	r.line.Move(fyne.NewPos(0, (s.Height+r.text.MinSize().Height)/2-2))
}

func (r *doorRenderer) Refresh() {
	r.text.Text, r.text.TextSize = r.d.label, size(theme.SizeNameText)
	r.text.Color = theme.Color(theme.ColorNameHyperlink)
	r.line.FillColor = color.Transparent
	if r.d.Disabled() {
		r.text.Color = theme.Color(theme.ColorNameDisabled)
	} else if r.d.hovered || r.d.focused {
		r.line.FillColor = r.text.Color
	}
	r.Layout(r.d.Size())
	canvas.Refresh(r.text)
	canvas.Refresh(r.line)
}
