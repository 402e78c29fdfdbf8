package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// WordField is a text field that offers what was written there before. The list
// opens with the arrow or the Down key; any other text will do as well.
type WordField struct {
	Entry
	words []string
	arrow *opener
	popup *layer
}

// NewWordField makes an empty field of at most limit characters.
func NewWordField(limit int, words ...string) *WordField {
	f := &WordField{}
	f.setUp(f)
	f.limit = limit
	f.arrow = newOpener(func() { f.openList(false) })
	f.ActionItem = f.arrow // before there are words: Fyne's entry takes none later
	f.keys = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyDown && !f.Disabled() {
			f.openList(true)
			return true
		}
		return false
	}
	f.SetWords(words)
	return f
}

// SetWords replaces what is offered.
func (f *WordField) SetWords(words []string) {
	f.words = slices.Clone(words)
	setVisible(f.arrow, len(words) > 0)
	f.Refresh()
}

// fitting are the words that hold what was typed, or all when none does or one
// of them is all that was typed.
func (f *WordField) fitting() []string {
	typed := f.Value()
	if typed == "" || slices.Contains(f.words, typed) {
		return f.words
	}
	var out []string
	for _, w := range f.words {
		if strings.Contains(w, typed) {
			out = append(out, w)
		}
	}
	if len(out) == 0 {
		return f.words
	}
	return out
}

func (f *WordField) openList(narrowed bool) {
	words := f.words
	if narrowed {
		words = f.fitting()
	}
	if f.Disabled() || len(words) == 0 {
		return
	}
	rows := make([]optionRow, len(words))
	for i, w := range words {
		rows[i] = optionRow{text: w}
	}
	list := newOptionList()
	list.onPick = func(i int) {
		f.popup.close()
		f.SetText(words[i])
		f.CursorColumn = len([]rune(words[i]))
		focus(f)
	}
	content := list.scrolled()
	list.set(rows, slices.Index(words, f.Value()))
	f.popup = openBelow(f, content, list, nil)
	list.reveal()
}

// opener is the arrow at the right end of a field that one may also type in.
type opener struct {
	widget.BaseWidget
	hearing
	tapped func()
}

func newOpener(tapped func()) *opener {
	o := &opener{tapped: tapped}
	o.ExtendBaseWidget(o)
	return o
}

// Tapped implements fyne.Tappable.
func (o *opener) Tapped(*fyne.PointEvent) { o.tapped() }

// CreateRenderer implements fyne.Widget.
func (o *opener) CreateRenderer() fyne.WidgetRenderer {
	r := &openerRenderer{o, newArrow()}
	r.Refresh()
	return r
}

type openerRenderer struct {
	o     *opener
	arrow *arrow
}

func (r *openerRenderer) Destroy() {}

func (r *openerRenderer) MinSize() fyne.Size {
	if !r.o.Visible() {
		return fyne.Size{}
	}
	return fyne.NewSize(arrowWidth+2*boxInset, 16)
}

func (r *openerRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.arrow} }

func (r *openerRenderer) Layout(s fyne.Size) {
	r.arrow.Resize(fyne.NewSize(arrowWidth, arrowWidth/2))
	r.arrow.Move(fyne.NewPos((s.Width-arrowWidth)/2, (s.Height-arrowWidth/2)/2))
}

func (r *openerRenderer) Refresh() {
	r.arrow.set(theme.Color(ColorMuted))
}
