package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Check is a tick box with a text.
type Check struct {
	widget.DisableableWidget
	hearing
	hooks
	OnChanged func(bool)

	text             string
	on               bool
	focused, invalid bool
}

// NewCheck makes an empty tick box.
func NewCheck(text string) *Check {
	c := &Check{text: text}
	c.ExtendBaseWidget(c)
	return c
}

// Checked reports whether the box is ticked.
func (c *Check) Checked() bool { return c.on }

// SetChecked ticks the box without telling OnChanged.
func (c *Check) SetChecked(on bool) {
	c.on = on
	c.Refresh()
}

// Raw implements Input.
func (c *Check) Raw() string {
	if c.on {
		return "是"
	}
	return ""
}

// Check implements Input.
func (c *Check) Check() string { return "" }

// Target implements Input.
func (c *Check) Target() fyne.Focusable { return c }

// SetInvalid implements Input.
func (c *Check) SetInvalid(bad bool) { c.invalid = bad; c.Refresh() }

// Tapped implements fyne.Tappable.
func (c *Check) Tapped(*fyne.PointEvent) {
	if c.Disabled() {
		return
	}
	c.SetChecked(!c.on)
	if c.OnChanged != nil {
		c.OnChanged(c.on)
	}
	c.tellChanged()
}

// FocusGained implements fyne.Focusable.
func (c *Check) FocusGained() { c.focused = true; c.Refresh(); c.tellArrived(c) }

// FocusLost implements fyne.Focusable.
func (c *Check) FocusLost() { c.focused = false; c.Refresh() }

// TypedRune implements fyne.Focusable.
func (c *Check) TypedRune(rune) {}

// TypedKey ticks with Space; Enter goes on.
func (c *Check) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace:
		c.Tapped(nil)
	case fyne.KeyReturn, fyne.KeyEnter:
		c.tellSubmitted()
	default:
		passKey(c, e)
	}
}

// CreateRenderer implements fyne.Widget.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	r := &checkRenderer{c, newTick(), canvas.NewText("", color.Black)}
	r.Refresh()
	return r
}

type checkRenderer struct {
	c    *Check
	tick *tick
	text *canvas.Text
}

const checkRoom = tickSize + 8 // px before the text

func (r *checkRenderer) Destroy() {}

func (r *checkRenderer) Objects() []fyne.CanvasObject { return append(r.tick.objects(), r.text) }

func (r *checkRenderer) MinSize() fyne.Size {
	return fyne.NewSize(checkRoom+r.text.MinSize().Width, size(sizeField))
}

func (r *checkRenderer) Layout(s fyne.Size) {
	r.tick.place(fyne.NewPos(-(tickWidth-tickSize)/2-1, 0), s.Height)
	placeText(r.text, fyne.NewSize(s.Width-checkRoom, s.Height), 0)
	r.text.Move(r.text.Position().AddXY(checkRoom, 0))
}

func (r *checkRenderer) Refresh() {
	r.tick.paint(true, r.c.on)
	if r.c.focused {
		r.tick.box.StrokeColor, r.tick.box.StrokeWidth = theme.Color(theme.ColorNamePrimary), 1.5
	}
	if r.c.invalid {
		r.tick.box.StrokeColor, r.tick.box.StrokeWidth = theme.Color(theme.ColorNameError), 1.5
	}
	r.text.Text, r.text.TextSize, r.text.Color = r.c.text, size(theme.SizeNameText), theme.Color(theme.ColorNameForeground)
	if r.c.Disabled() {
		r.text.Color = theme.Color(theme.ColorNameDisabled)
	}
	r.Layout(r.c.Size())
	canvas.Refresh(r.c)
}
