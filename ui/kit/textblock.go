package kit

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// textBlock is a text as wide as it needs, which breaks into lines where it
// is given less room. Fyne's label cannot tell how wide it would like to be.
type textBlock struct {
	widget.BaseWidget
	text  string
	color fyne.ThemeColorName
	width float32 // room for a line, 0 = any
}

func newTextBlock(text string, color fyne.ThemeColorName) *textBlock {
	b := &textBlock{text: text, color: color}
	b.ExtendBaseWidget(b)
	return b
}

// fit sets the room for a line; it does nothing where the text has enough.
func (b *textBlock) fit(width float32) {
	if b.width != width {
		b.width = width
		b.Refresh()
	}
}

func (b *textBlock) lines() []string {
	var lines []string
	for paragraph := range strings.SplitSeq(b.text, "\n") {
		lines = append(lines, breakLines(paragraph, b.width, size(theme.SizeNameText))...)
	}
	return lines
}

// closing characters do not begin a line.
const closing = "，。；：、！？）》〉】”’…,.;:!?)"

// breakLines breaks a text into lines of at most a width in px; a width of 0
// is no limit.
func breakLines(text string, width, size float32) []string {
	var lines []string
	rest := []rune(text)
	for width > 0 && textWidth(string(rest), size, false) > width {
		low, high := 1, len(rest)-1
		for low < high {
			mid := (low + high + 1) / 2
			if textWidth(string(rest[:mid]), size, false) <= width {
				low = mid
			} else {
				high = mid - 1
			}
		}
		if low > 1 && strings.ContainsRune(closing, rest[low]) {
			low--
		}
		lines = append(lines, string(rest[:low]))
		rest = rest[low:]
		if len(rest) == 1 {
			break
		}
	}
	return append(lines, string(rest))
}

// CreateRenderer implements fyne.Widget.
func (b *textBlock) CreateRenderer() fyne.WidgetRenderer {
	r := &blockRenderer{b: b}
	r.Refresh()
	return r
}

type blockRenderer struct {
	b     *textBlock
	texts []fyne.CanvasObject
}

func (r *blockRenderer) Destroy()                     {}
func (r *blockRenderer) Objects() []fyne.CanvasObject { return r.texts }

func (r *blockRenderer) MinSize() fyne.Size {
	var s fyne.Size
	for _, t := range r.texts {
		m := t.MinSize()
		s.Width = max(s.Width, m.Width)
		s.Height += m.Height
	}
	return s
}

func (r *blockRenderer) Layout(fyne.Size) {
	y := float32(-lift)
	for _, t := range r.texts {
		m := t.MinSize()
		t.Resize(m)
		t.Move(fyne.NewPos(0, y))
		y += m.Height
	}
}

func (r *blockRenderer) Refresh() {
	r.texts = r.texts[:0:0]
	for _, line := range r.b.lines() {
		t := canvas.NewText(line, color.Black)
		t.Color, t.TextSize = theme.Color(r.b.color), size(theme.SizeNameText)
		r.texts = append(r.texts, t)
	}
	r.Layout(r.b.Size())
	canvas.Refresh(r.b)
}
