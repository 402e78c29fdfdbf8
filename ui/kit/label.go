package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Label is one line of text without the padding of Fyne's labels.
type Label struct {
	widget.BaseWidget
	text     string
	size     fyne.ThemeSizeName
	color    fyne.ThemeColorName
	bold     bool
	shortens bool
	align    fyne.TextAlign
}

func newLabel(text string, size fyne.ThemeSizeName, color fyne.ThemeColorName, bold bool) *Label {
	l := &Label{text: text, size: size, color: color, bold: bold}
	l.ExtendBaseWidget(l)
	return l
}

// NewHeading is the title of a page.
func NewHeading(text string) *Label {
	return newLabel(text, SizeTitle, theme.ColorNameForeground, true)
}

// NewSubHeading is the title of a card or a section.
func NewSubHeading(text string) *Label {
	return newLabel(text, theme.SizeNameText, theme.ColorNameForeground, true)
}

// NewLabel is plain text.
func NewLabel(text string) *Label {
	return newLabel(text, theme.SizeNameText, theme.ColorNameForeground, false)
}

// NewMuted is secondary text.
func NewMuted(text string) *Label { return newLabel(text, theme.SizeNameText, ColorMuted, false) }

// NewParagraph is text that breaks into lines.
func NewParagraph(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapBreak // Chinese breaks anywhere; at blanks only it would break too early
	return l
}

// SetText shows another text.
func (l *Label) SetText(text string) {
	if l.text != text {
		l.text = text
		l.Refresh()
	}
}

// Text is what is shown.
func (l *Label) Text() string { return l.text }

// SetTone colours the text.
func (l *Label) SetTone(t Tone) {
	l.color = t.text()
	if t == Neutral {
		l.color = theme.ColorNameForeground
	}
	l.Refresh()
}

// Shorten lets the label be narrower than its text, which then ends in an
// ellipsis. For places where the whole text is to be had elsewhere.
func (l *Label) Shorten() *Label {
	l.shortens = true
	return l
}

// Align places the text in a wider space.
func (l *Label) Align(a fyne.TextAlign) *Label {
	l.align = a
	return l
}

// CreateRenderer implements fyne.Widget.
func (l *Label) CreateRenderer() fyne.WidgetRenderer {
	r := &labelRenderer{l: l, text: canvas.NewText("", theme.Color(l.color))}
	r.Refresh()
	return r
}

type labelRenderer struct {
	l    *Label
	text *canvas.Text
}

func (r *labelRenderer) Destroy()                     {}
func (r *labelRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.text} }

func (r *labelRenderer) MinSize() fyne.Size {
	min := fyne.MeasureText(r.l.text, r.text.TextSize, r.text.TextStyle)
	if r.l.shortens {
		min.Width = 0
	}
	return min
}

func (r *labelRenderer) Layout(s fyne.Size) {
	text := r.l.text
	if r.l.shortens {
		text = shorten(text, s.Width, r.text.TextSize, r.text.TextStyle)
	}
	if r.text.Text != text {
		r.text.Text = text
		r.text.Refresh()
	}
	placeText(r.text, s, 0)
}

func (r *labelRenderer) Refresh() {
	r.text.Color = theme.Color(r.l.color)
	r.text.TextSize = size(r.l.size)
	r.text.TextStyle.Bold = r.l.bold
	r.text.Alignment = r.l.align
	r.text.Text = r.l.text
	r.Layout(r.l.Size())
	r.text.Refresh()
}

// lift moves Chinese text up to where the eye sees the middle: the line of
// Noto Sans SC has more room above the characters than below. In px.
const lift = 1

// placeText centres a line vertically in a box and keeps inset free at both
// ends.
func placeText(t *canvas.Text, box fyne.Size, inset float32) {
	h := t.MinSize().Height
	t.Resize(fyne.NewSize(max(0, box.Width-2*inset), h))
	t.Move(fyne.NewPos(inset, (box.Height-h)/2-lift))
}

// textWidth is the width of one line in px.
func textWidth(text string, size float32, bold bool) float32 {
	return fyne.MeasureText(text, size, fyne.TextStyle{Bold: bold}).Width
}

// shorten returns as much of the text as fits, with an ellipsis where
// something is left out.
func shorten(text string, width, size float32, style fyne.TextStyle) string {
	if width <= 0 || fyne.MeasureText(text, size, style).Width <= width {
		return text
	}
	runes := []rune(text)
	low, high := 0, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if fyne.MeasureText(string(runes[:mid])+"…", size, style).Width <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return string(runes[:low]) + "…"
}
