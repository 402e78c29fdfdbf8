package kit

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Chip is a state in a word or two on a coloured ground.
type Chip struct {
	widget.BaseWidget
	text  string
	tone  Tone
	solid bool
	light bool // on the accent colour, for the badge of the selected page
}

// NewChip makes a chip.
func NewChip(text string, tone Tone) *Chip {
	c := &Chip{text: text, tone: tone}
	c.ExtendBaseWidget(c)
	return c
}

// Set shows another state; an empty text hides the chip.
func (c *Chip) Set(text string, tone Tone) {
	if c.text == text && c.tone == tone {
		return
	}
	c.text, c.tone = text, tone
	c.Refresh()
}

// Badge is a number that asks for attention.
type Badge struct {
	Chip
}

// NewBadge makes a badge; 0 is not shown.
func NewBadge(n int) *Badge {
	b := &Badge{Chip{tone: Bad, solid: true}}
	b.ExtendBaseWidget(b)
	b.SetNumber(n)
	return b
}

// SetNumber shows another number, more than 999 as 999+.
func (b *Badge) SetNumber(n int) {
	b.text = badgeText(n)
	b.Refresh()
}

func badgeText(n int) string {
	switch {
	case n <= 0:
		return ""
	case n > 999:
		return "999+"
	}
	return strconv.Itoa(n)
}

// CreateRenderer implements fyne.Widget.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	r := &chipRenderer{c: c, back: canvas.NewRectangle(color.Transparent), text: canvas.NewText("", color.Black)}
	r.text.Alignment = fyne.TextAlignCenter
	r.Refresh()
	return r
}

type chipRenderer struct {
	c    *Chip
	back *canvas.Rectangle
	text *canvas.Text
}

const chipInset = 8

func (r *chipRenderer) Destroy()                     {}
func (r *chipRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.back, r.text} }

func (r *chipRenderer) MinSize() fyne.Size {
	if r.c.text == "" {
		return fyne.Size{}
	}
	return chipSize(r.text)
}

// chipSize is the room of a chip around a text whose size is set.
func chipSize(t *canvas.Text) fyne.Size {
	m := t.MinSize()
	return fyne.NewSize(m.Width+2*chipInset, m.Height+1)
}

func (r *chipRenderer) Layout(s fyne.Size) {
	h := r.MinSize().Height
	r.back.Resize(fyne.NewSize(s.Width, h))
	r.back.Move(fyne.NewPos(0, (s.Height-h)/2))
	r.back.CornerRadius = h / 2
	placeText(r.text, s, 0)
}

func (r *chipRenderer) Refresh() {
	r.text.Text, r.text.TextSize = r.c.text, size(sizeSmall)
	r.back.FillColor, r.text.Color = theme.Color(r.c.tone.back()), theme.Color(r.c.tone.text())
	if r.c.solid {
		r.back.FillColor, r.text.Color = theme.Color(r.c.tone.solid()), color.White
	}
	if r.c.light {
		r.back.FillColor, r.text.Color = theme.Color(ColorCard), theme.Color(theme.ColorNameForeground)
	}
	r.back.Hidden, r.text.Hidden = r.c.text == "", r.c.text == ""
	r.Layout(r.c.Size())
	canvas.Refresh(r.back)
	canvas.Refresh(r.text)
}
