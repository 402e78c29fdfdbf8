package kit

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

type cellKind int

const (
	textCell cellKind = iota
	chipCell
	barCell
)

// cell is what stands in one cell.
type cell struct {
	kind  cellKind
	text  string
	tone  Tone
	value float64
}

// headCell is what a column says about itself.
type headCell struct {
	title, sort string
	align       Align
	width       float32
	flex        bool
}

// tableModel is what the view asks the table; it keeps the row type out of
// the drawing.
type tableModel interface {
	rows() int
	cell(row, col int) (c cell, here bool)
	need(first, last int)
	marked() int
	SelectIndex(row int)
	open(row int)
	isTicked(row int) bool
	toggle(row int)
	toggleAll()
	allTicked() bool
	sort() (key string, desc bool)
	sortBy(key string)
	rowText(row int) string
	refit()
}

const (
	cellInset = 8  // px at both sides of a cell
	tickWidth = 30 // px of the column of tick boxes
	barCol    = 120
	flexMin   = 90 // px that a note column keeps before the table scrolls sideways
	sortRoom  = 15 // px for the mark of the sorted column

	messageInset = 16 // px beside what the table says when there are no rows
)

// tableView draws a table: head, rows and what it says when there are none.
type tableView struct {
	widget.BaseWidget
	model   tableModel
	heads   []headCell
	natural []float32 // width each column needs
	widths  []float32 // width each column has
	ticks   bool
	head    *tableHead
	body    *tableBody
	scroll  *container.Scroll
	message *textBlock
	scale   float32 // of the text when columns were measured
}

func newTableView(m tableModel, heads []headCell, ticks bool) *tableView {
	v := &tableView{model: m, heads: heads, ticks: ticks, message: newTextBlock("", ColorMuted)}
	v.natural, v.widths = make([]float32, len(heads)), make([]float32, len(heads))
	v.head, v.body = newTableHead(v), newTableBody(v)
	v.scroll = container.NewScroll(v.body)
	v.scroll.OnScrolled = func(fyne.Position) { heard(); v.update() }
	v.measureHeads()
	v.ExtendBaseWidget(v)
	return v
}

// measureHeads gives each column the room its head needs. After a change of
// the text size all is measured anew.
func (v *tableView) measureHeads() {
	if scale := textScale(); scale != v.scale {
		v.scale = scale
		clear(v.natural)
		v.model.refit()
	}
	for i, h := range v.heads {
		room := float32(2 * cellInset)
		if h.sort != "" {
			room += sortRoom
		}
		v.natural[i] = max(v.natural[i], textWidth(h.title, size(theme.SizeNameText), false)+room)
		if h.width > 0 {
			v.natural[i] = h.width * v.scale
		}
	}
}

// widen lets a column grow to the longest of some texts. Columns never shrink
// while one works, so that the eye finds them where they were.
func (v *tableView) widen(col int, texts []string, chips bool) {
	for _, text := range texts {
		w := textWidth(text, size(theme.SizeNameText), false) + 2*cellInset
		if chips {
			w = textWidth(text, size(sizeSmall), false) + 2*chipInset + 2*cellInset
		}
		v.natural[col] = max(v.natural[col], float32(math.Ceil(float64(w))))
	}
}

// share gives each column its width: what it needs, the rest to the flexible
// ones, or to all alike when there is none.
func (v *tableView) share(total float32) {
	need, flex := v.leading(), 0
	for i, h := range v.heads {
		v.widths[i] = v.natural[i]
		if h.flex {
			v.widths[i] = max(flexMin, min(v.natural[i], v.headWidth(i)))
			flex++
		}
		if h.width == 0 && v.natural[i] == 0 {
			v.widths[i] = barCol
		}
		need += v.widths[i]
	}
	rest := total - need
	if rest <= 0 || len(v.heads) == 0 {
		return
	}
	each := float32(math.Floor(float64(rest) / float64(len(v.heads))))
	if flex > 0 {
		each = float32(math.Floor(float64(rest) / float64(flex)))
	}
	each, spare := v.breathe(rest, each, flex)
	for i, h := range v.heads {
		if flex == 0 || h.flex {
			v.widths[i] += each
		} else {
			v.widths[i] += spare
		}
	}
}

// breathe keeps a little of a wide table's rest for the gaps between the
// columns that are not flexible, instead of giving all to the last one.
func (v *tableView) breathe(rest, each float32, flex int) (flexible, others float32) {
	if flex == 0 || flex == len(v.heads) {
		return each, 0
	}
	others = min(24, float32(math.Floor(float64(rest*0.5)/float64(len(v.heads)-flex))))
	return (rest - others*float32(len(v.heads)-flex)) / float32(flex), others
}

func (v *tableView) headWidth(i int) float32 {
	return textWidth(v.heads[i].title, size(theme.SizeNameText), false) + 2*cellInset
}

// leading is the room before the first column.
func (v *tableView) leading() float32 {
	if v.ticks {
		return tickWidth
	}
	return 0
}

func (v *tableView) width() float32 {
	w := v.leading()
	for _, c := range v.widths {
		w += c
	}
	return w
}

// visible returns the rows in view.
func (v *tableView) visible() (first, last int) {
	h := size(sizeRow)
	first = int(v.scroll.Offset.Y / h)
	last = first + int(v.scroll.Size().Height/h) + 1
	return first, last
}

// page is the number of whole rows in view.
func (v *tableView) page() int { return max(1, int(v.scroll.Size().Height/size(sizeRow))) }

// update asks for what has come into view and draws it.
func (v *tableView) update() {
	if v.scroll.Size().Height <= 0 {
		return
	}
	v.model.need(v.visible())
	v.paint()
}

// paint draws again what is in view.
func (v *tableView) paint() {
	v.head.Refresh()
	v.body.Refresh()
}

// rowsChanged takes a new number of rows or wider columns into account.
func (v *tableView) rowsChanged() {
	v.share(v.scroll.Size().Width)
	v.scroll.Refresh()
	v.update()
}

// scrollTo scrolls and draws; Fyne tells only of scrolling by hand.
func (v *tableView) scrollTo(y float32) {
	v.scroll.ScrollToOffset(fyne.NewPos(v.scroll.Offset.X, y))
	v.update()
}

// reveal scrolls just so far that a row is wholly seen.
func (v *tableView) reveal(row int) {
	h, view := size(sizeRow), v.scroll.Size().Height
	top, bottom := float32(row)*h, float32(row+1)*h
	switch {
	case top < v.scroll.Offset.Y:
		v.scrollTo(top)
	case bottom > v.scroll.Offset.Y+view && view > 0:
		v.scrollTo(bottom - view)
	}
}

func (v *tableView) say(text string) {
	v.message.text, v.message.Hidden = text, text == ""
	v.message.Refresh()
	if text != "" {
		canvas.Refresh(v)
		v.place(v.Size())
	}
}

func (v *tableView) place(s fyne.Size) {
	v.message.fit(max(0, s.Width-2*messageInset))
	m := v.message.MinSize()
	v.message.Resize(m)
	v.message.Move(fyne.NewPos((s.Width-m.Width)/2, min(s.Height-m.Height, size(sizeRow)*3)))
}

// CreateRenderer implements fyne.Widget.
func (v *tableView) CreateRenderer() fyne.WidgetRenderer {
	return &tableRenderer{v: v, ground: newPlate(ColorCard, ColorHairline, 5), headClip: container.NewClip(v.head)}
}

type tableRenderer struct {
	v        *tableView
	ground   *plate
	headClip *container.Clip
}

func (r *tableRenderer) Destroy() {}

func (r *tableRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.headClip, r.v.scroll, r.v.message}
}

func (r *tableRenderer) MinSize() fyne.Size {
	return fyne.NewSize(200, headHeight()+3*size(sizeRow))
}

func (r *tableRenderer) Layout(s fyne.Size) {
	r.ground.Resize(s)
	inner := s.SubtractWidthHeight(2, 2)
	r.v.share(inner.Width)
	r.headClip.Move(fyne.NewPos(1, 1))
	r.headClip.Resize(fyne.NewSize(inner.Width, headHeight()))
	r.v.head.Resize(fyne.NewSize(max(inner.Width, r.v.width()), headHeight()))
	r.v.scroll.Move(fyne.NewPos(1, 1+headHeight()))
	r.v.scroll.Resize(fyne.NewSize(inner.Width, inner.Height-headHeight()-1))
	r.v.place(s)
	r.v.update()
}

func (r *tableRenderer) Refresh() {
	r.v.measureHeads()
	r.v.share(r.v.scroll.Size().Width)
	r.ground.Refresh()
	r.v.scroll.Refresh()
	r.v.update()
}

func headHeight() float32 { return size(sizeRow) + 1 }
