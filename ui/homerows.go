package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"qingfeng/ui/kit"
)

// gap is the distance of the cards of 工作台 from each other, px.
const gap = 10

// shares divides the width among objects by weight, one weight an object.
type shares []float32

// MinSize lets each object have its own width in its share.
func (s shares) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for i, o := range objects {
		m := o.MinSize()
		size.Width = max(size.Width, m.Width*s.total()/s[i])
		size.Height = max(size.Height, m.Height)
	}
	return size.AddWidthHeight(gap*float32(len(objects)-1), 0)
}

func (s shares) total() float32 {
	total := float32(0)
	for _, w := range s {
		total += w
	}
	return total
}

// Layout implements fyne.Layout.
func (s shares) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x, width := float32(0), size.Width-gap*float32(len(objects)-1)
	for i, o := range objects {
		w := width * s[i] / s.total()
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(w, size.Height))
		x += w + gap
	}
}

// lineColumn is a column of [lines]. Those that take share the width that the
// others leave; the others are as wide as their widest cell.
type lineColumn struct {
	title        string
	right, takes bool
	yields       float32 // left out when those that take would share less than so many characters each; 0 never
}

// lines sets cells in columns below each other, with a hairline under each
// line. Unlike a table's, its cells can be pressed.
type lines []lineColumn

// newLines makes lines of cells, a row each; the titles come first.
func newLines(columns lines, rows [][]fyne.CanvasObject) *fyne.Container {
	var objects []fyne.CanvasObject
	add := func(cells []fyne.CanvasObject) {
		objects = append(append(objects, cells...), widget.NewSeparator())
	}
	titles := make([]fyne.CanvasObject, len(columns))
	for i, c := range columns {
		titles[i] = kit.NewMuted(c.title)
	}
	add(titles)
	for _, cells := range rows {
		add(cells)
	}
	return container.New(columns, objects...)
}

// scrolled keeps room at the right for the scroll bar.
func scrolled(o fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, theme.Size(theme.SizeNameScrollBar)), o))
}

// columnGap is the distance between the columns of lines, px.
const columnGap = 16

func lineHeight() float32 { return 2 * theme.TextSize() }

func (l lines) widths(objects []fyne.CanvasObject) []float32 {
	widths := make([]float32, len(l))
	for i, o := range objects {
		if column := i % (len(l) + 1); column < len(l) {
			widths[column] = max(widths[column], o.MinSize().Width)
		}
	}
	return widths
}

// MinSize implements fyne.Layout. Columns that yield need no room.
func (l lines) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := float32(-columnGap)
	for i, w := range l.widths(objects) {
		if l[i].yields == 0 {
			width += w + columnGap
		}
	}
	return fyne.NewSize(width, lineHeight()*float32(len(objects)/(len(l)+1)))
}

// Layout implements fyne.Layout.
func (l lines) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	widths, shown := l.shared(objects, size.Width)
	for start := 0; start < len(objects); start += len(l) + 1 {
		y := lineHeight() * float32(start/(len(l)+1))
		x := float32(0)
		for i, c := range l {
			o := objects[start+i]
			if !shown[i] {
				o.Hide()
				continue
			}
			o.Show()
			l.place(c, o, fyne.NewPos(x, y), widths[i])
			x += widths[i] + columnGap
		}
		line := objects[start+len(l)]
		line.Move(fyne.NewPos(0, y+lineHeight()-1))
		line.Resize(fyne.NewSize(size.Width, 1))
	}
}

// shared gives the columns their widths in all of a width, and says which are
// shown.
func (l lines) shared(objects []fyne.CanvasObject, width float32) (widths []float32, shown []bool) {
	widths, shown = l.widths(objects), make([]bool, len(l))
	takers, left := float32(0), width+columnGap
	for i, c := range l {
		shown[i] = true
		left -= widths[i] + columnGap
		if c.takes {
			takers++
		}
	}
	for i, c := range slices.Backward(l) {
		if c.yields > 0 && left < takers*c.yields*theme.TextSize() {
			shown[i] = false
			left += widths[i] + columnGap
			if c.takes {
				takers--
			}
		}
	}
	for i, c := range l {
		if c.takes && shown[i] {
			widths[i] += max(0, left) / takers
		}
	}
	return widths, shown
}

// place puts a cell into its box: what is at the right and chips keep their
// own width, all else fills the column.
func (l lines) place(c lineColumn, o fyne.CanvasObject, at fyne.Position, width float32) {
	m := o.MinSize()
	x, w := at.X, width
	switch o.(type) {
	case *kit.Chip, *kit.Door:
		w = m.Width
	}
	if c.right {
		x, w = at.X+width-m.Width, m.Width
	}
	o.Move(fyne.NewPos(x, at.Y+(lineHeight()-1-m.Height)/2))
	o.Resize(fyne.NewSize(w, m.Height))
}
