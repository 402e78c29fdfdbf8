package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Segmented shows two to five options side by side, one of them chosen.
type Segmented struct {
	widget.DisableableWidget
	hearing
	hooks
	OnChanged func(value string)

	options          []Option
	value            string
	focused, invalid bool
}

// NewSegmented makes the field; nothing is chosen.
func NewSegmented(options []Option) *Segmented {
	s := &Segmented{options: options}
	s.ExtendBaseWidget(s)
	return s
}

// Value is the chosen value, "" for none.
func (s *Segmented) Value() string { return s.value }

// SetValue chooses without telling OnChanged.
func (s *Segmented) SetValue(value string) {
	s.value = value
	s.Refresh()
}

// Raw implements Input.
func (s *Segmented) Raw() string { return s.value }

// Check implements Input.
func (s *Segmented) Check() string { return "" }

// Target implements Input.
func (s *Segmented) Target() fyne.Focusable { return s }

// SetInvalid implements Input.
func (s *Segmented) SetInvalid(bad bool) {
	if s.invalid != bad {
		s.invalid = bad
		s.Refresh()
	}
}

func (s *Segmented) choose(i int) {
	if s.Disabled() || i < 0 || i >= len(s.options) || s.options[i].Value == s.value {
		return
	}
	s.SetValue(s.options[i].Value)
	if s.OnChanged != nil {
		s.OnChanged(s.value)
	}
	s.tellChanged()
}

func (s *Segmented) index() int {
	for i, o := range s.options {
		if o.Value == s.value {
			return i
		}
	}
	return -1
}

const segmentGap = 10 // px

func (s *Segmented) segmentWidth(i int) float32 {
	return textWidth(s.options[i].Text, size(theme.SizeNameText), false) + 2*buttonInset
}

// Tapped implements fyne.Tappable.
func (s *Segmented) Tapped(e *fyne.PointEvent) {
	x := e.Position.X
	for i := range s.options {
		w := s.segmentWidth(i)
		if x >= 0 && x < w {
			focus(s)
			s.choose(i)
			return
		}
		x -= w + segmentGap
	}
}

// Cursor implements desktop.Cursorable.
func (s *Segmented) Cursor() desktop.Cursor { return desktop.DefaultCursor }

// FocusGained implements fyne.Focusable.
func (s *Segmented) FocusGained() { s.focused = true; s.Refresh(); s.tellArrived(s) }

// FocusLost implements fyne.Focusable.
func (s *Segmented) FocusLost() { s.focused = false; s.Refresh() }

// TypedRune implements fyne.Focusable: on a page a scanner is heard over a
// switch that was touched last.
func (s *Segmented) TypedRune(r rune) {
	if r != ' ' {
		typedRune(canvasOf(s), r)
	}
}

// TypedKey chooses with the arrows; Enter goes on.
func (s *Segmented) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		s.choose(s.index() - 1)
	case fyne.KeyRight, fyne.KeyDown:
		s.choose(s.index() + 1)
	case fyne.KeySpace:
		s.choose((s.index() + 1) % len(s.options))
	case fyne.KeyReturn, fyne.KeyEnter:
		s.tellSubmitted()
	default:
		passKey(s, e)
	}
}

// CreateRenderer implements fyne.Widget.
func (s *Segmented) CreateRenderer() fyne.WidgetRenderer {
	r := &segmentRenderer{s: s}
	for range s.options {
		b, t := canvas.NewRectangle(color.Transparent), canvas.NewText("", color.Black)
		t.Alignment = fyne.TextAlignCenter
		r.boxes, r.texts = append(r.boxes, b), append(r.texts, t)
		r.objects = append(r.objects, b, t)
	}
	r.Refresh()
	return r
}

type segmentRenderer struct {
	s       *Segmented
	boxes   []*canvas.Rectangle
	texts   []*canvas.Text
	objects []fyne.CanvasObject
}

func (r *segmentRenderer) Destroy()                     {}
func (r *segmentRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *segmentRenderer) MinSize() fyne.Size {
	w := float32(-segmentGap)
	for i := range r.s.options {
		w += r.s.segmentWidth(i) + segmentGap
	}
	return fyne.NewSize(max(0, w), size(sizeField))
}

func (r *segmentRenderer) Layout(s fyne.Size) {
	x, h := float32(0), size(sizeField)
	for i, b := range r.boxes {
		w := r.s.segmentWidth(i)
		b.Resize(fyne.NewSize(w, h))
		b.Move(fyne.NewPos(x, (s.Height-h)/2))
		placeText(r.texts[i], fyne.NewSize(w, s.Height), 0)
		r.texts[i].Move(r.texts[i].Position().AddXY(x, 0))
		x += w + segmentGap
	}
}

func (r *segmentRenderer) Refresh() {
	chosen := r.s.index()
	for i, b := range r.boxes {
		t := r.texts[i]
		t.Text, t.TextSize, t.Color = r.s.options[i].Text, size(theme.SizeNameText), theme.Color(theme.ColorNameForeground)
		b.CornerRadius = theme.Size(theme.SizeNameButtonRadius)
		b.FillColor, b.StrokeColor, b.StrokeWidth = theme.Color(ColorCard), theme.Color(ColorFrame), 1
		if r.s.invalid {
			b.StrokeColor = theme.Color(theme.ColorNameError)
		}
		if i == chosen {
			t.Color = theme.Color(theme.ColorNameForegroundOnPrimary)
			b.FillColor, b.StrokeColor = theme.Color(theme.ColorNamePrimary), theme.Color(theme.ColorNamePrimary)
		}
		if r.s.focused && (i == chosen || chosen < 0 && i == 0) {
			b.StrokeColor, b.StrokeWidth = theme.Color(theme.ColorNameFocus), 3
		}
		if r.s.Disabled() && i != chosen {
			t.Color = theme.Color(theme.ColorNameDisabled)
		}
	}
	r.Layout(r.s.Size())
	canvas.Refresh(r.s)
}
