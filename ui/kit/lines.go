package kit

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Line is one line of [Lines]: its fields, one for each column.
type Line interface{ Inputs() []Input }

// LineColumn is a column of [Lines].
type LineColumn struct {
	Title string
	Width float32 // px at the smallest text size
	Flex  bool    // takes what is left over
}

// Lines is a small table that one fills in: each line is a row of fields. It is
// an [Input], so a form keeps it like any other field; give it one that is
// [Field.Wide].
type Lines[L Line] struct {
	widget.BaseWidget
	hooks
	OnChanged func() // a field, or the number of lines
	Fixed     bool   // lines can be neither added nor removed

	columns []LineColumn
	make    func() L
	lines   []*lineRow[L]
	wrong   map[int][]int // as marked last, until something is changed
	heads   []*Label
	band    *plate
}

type lineRow[L Line] struct {
	line   L
	inputs []Input
	remove *Door
	below  fyne.CanvasObject
}

// NewLines makes an empty table; make makes a line to fill in.
func NewLines[L Line](columns []LineColumn, make func() L) *Lines[L] {
	l := &Lines[L]{columns: columns, make: make, band: newPlate(ColorHead, "", 3)}
	for _, c := range columns {
		l.heads = append(l.heads, newLabel(c.Title, theme.SizeNameText, ColorLabel, false))
	}
	l.ExtendBaseWidget(l)
	return l
}

// All are the lines from top to bottom.
func (l *Lines[L]) All() []L {
	out := make([]L, len(l.lines))
	for i, r := range l.lines {
		out[i] = r.line
	}
	return out
}

// Put adds a line that is filled in already.
func (l *Lines[L]) Put(line L) {
	r := &lineRow[L]{line: line, inputs: line.Inputs(), below: hairline()}
	r.remove = NewDoor("×", func() { l.drop(r) })
	r.remove.Hidden = l.Fixed
	r.remove.watchArrival(l.tellArrived)
	for i, in := range r.inputs {
		watchArrival(in, l.tellArrived)
		in.Watch(l.changed, func() { l.submitted(r, i) })
		if w, ok := in.(interface{ watchLeave(func()) }); ok {
			w.watchLeave(func() { in.SetInvalid(in.Check() != ""); l.tellLeft() })
		}
	}
	l.lines = append(l.lines, r)
	l.Refresh()
}

// Add adds a line to fill in and puts the caret there.
func (l *Lines[L]) Add() {
	l.Put(l.make())
	l.changed()
	l.focusLast()
}

// focusLast puts the caret into the last line. A field that was never drawn
// does not know its canvas, so the table's is asked.
func (l *Lines[L]) focusLast() {
	if c := canvasOf(l); c != nil {
		c.Focus(l.lines[len(l.lines)-1].inputs[0].Target())
	}
}

// Remove takes a line away that the program itself has put there.
func (l *Lines[L]) Remove(line L) {
	l.lines = slices.DeleteFunc(l.lines, func(r *lineRow[L]) bool { return any(r.line) == any(line) })
	l.Refresh()
	l.changed()
}

// drop removes a line; the last one is replaced by an empty one, so that there
// is always one to fill in.
func (l *Lines[L]) drop(r *lineRow[L]) {
	l.lines = slices.DeleteFunc(l.lines, func(o *lineRow[L]) bool { return o == r })
	if len(l.lines) == 0 {
		l.Put(l.make())
	}
	l.focusLast()
	l.Refresh()
	l.changed()
}

func (l *Lines[L]) changed() {
	l.wrong = nil
	if l.OnChanged != nil {
		l.OnChanged()
	}
	l.tellChanged()
}

// submitted goes to the next field, behind the last one of all to what follows
// the table.
func (l *Lines[L]) submitted(r *lineRow[L], at int) {
	rest := r.inputs[at+1:]
	for _, below := range l.lines[slices.Index(l.lines, r)+1:] {
		rest = append(rest[:len(rest):len(rest)], below.inputs...)
	}
	for _, in := range rest {
		if takesFocus(in) {
			focus(in.Target())
			return
		}
	}
	l.tellSubmitted()
}

func takesFocus(in Input) bool {
	d, ok := in.(fyne.Disableable)
	return in.Target() != nil && !(ok && d.Disabled())
}

// Mark draws the frames of fields red: for each line the columns that are wrong.
func (l *Lines[L]) Mark(wrong map[int][]int) {
	l.wrong = wrong
	for i, r := range l.lines {
		for c, in := range r.inputs {
			in.SetInvalid(slices.Contains(wrong[i], c))
		}
	}
}

// Raw implements Input: what stands in all fields.
func (l *Lines[L]) Raw() string {
	var out []string
	for _, r := range l.lines {
		if text := r.raw(); text != "" {
			out = append(out, text)
		}
	}
	return strings.Join(out, "\n")
}

// raw is what stands in the fields of a line, "" when that is nothing.
func (r *lineRow[L]) raw() string {
	parts := make([]string, len(r.inputs))
	for i, in := range r.inputs {
		parts[i] = in.Raw()
	}
	if strings.Join(parts, "") == "" {
		return ""
	}
	return strings.Join(parts, "\t")
}

// Check implements Input.
func (l *Lines[L]) Check() string {
	var all []string
	for i, r := range l.lines {
		for c, in := range r.inputs {
			if m := in.Check(); m != "" {
				all = append(all, fmt.Sprintf("第 %d 项%s：%s", i+1, l.columns[c].Title, m))
			}
		}
	}
	return strings.Join(all, "\n")
}

// SetInvalid implements Input: the fields that are wrong are drawn so, see
// [Lines.Mark], never all of them.
func (l *Lines[L]) SetInvalid(bad bool) {
	for _, r := range l.lines {
		for _, in := range r.inputs {
			if !bad || in.Check() != "" {
				in.SetInvalid(bad)
			}
		}
	}
}

// Target implements Input: the first field that is wrong, else the first one.
func (l *Lines[L]) Target() fyne.Focusable {
	var first fyne.Focusable
	for i, r := range l.lines {
		for c, in := range r.inputs {
			if !takesFocus(in) {
				continue
			}
			if slices.Contains(l.wrong[i], c) || in.Check() != "" {
				return in.Target()
			}
			if first == nil {
				first = in.Target()
			}
		}
	}
	return first
}

const lineGap = 5 // px between the fields of a line, and above and below them

// removeRoom is the room for the cross that removes a line.
func (l *Lines[L]) removeRoom() float32 {
	if l.Fixed {
		return 0
	}
	return 20
}

// widths shares the room among the columns.
func (l *Lines[L]) widths(total float32) []float32 {
	rest, flex := total-l.removeRoom(), 0
	out := make([]float32, len(l.columns))
	for i, c := range l.columns {
		out[i] = c.Width * textScale()
		rest -= out[i]
		if i > 0 {
			rest -= lineGap
		}
		if c.Flex {
			flex++
		}
	}
	for i, c := range l.columns {
		if c.Flex && rest > 0 {
			out[i] += rest / float32(flex)
		}
	}
	return out
}

// CreateRenderer implements fyne.Widget.
func (l *Lines[L]) CreateRenderer() fyne.WidgetRenderer { return &linesRenderer[L]{l} }

type linesRenderer[L Line] struct{ l *Lines[L] }

func (r *linesRenderer[L]) Destroy() {}

func (r *linesRenderer[L]) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.l.band}
	for _, h := range r.l.heads {
		out = append(out, h)
	}
	for _, line := range r.l.lines {
		for _, in := range line.inputs {
			out = append(out, in)
		}
		out = append(out, line.remove, line.below)
	}
	return out
}

// fieldHeight is that of the tallest field: Fyne's entry scrolls its text out
// of sight in a place that is lower by a hair.
func (r *linesRenderer[L]) fieldHeight() float32 {
	h := size(sizeField)
	for _, line := range r.l.lines {
		for _, in := range line.inputs {
			h = max(h, in.MinSize().Height)
		}
	}
	return h
}

func (r *linesRenderer[L]) rowHeight() float32 { return r.fieldHeight() + 2*lineGap - 2 }

func (r *linesRenderer[L]) MinSize() fyne.Size {
	w := r.l.removeRoom()
	for _, c := range r.l.columns {
		w += c.Width*textScale() + lineGap
	}
	return fyne.NewSize(w, size(sizeRow)+r.rowHeight()*float32(len(r.l.lines)))
}

func (r *linesRenderer[L]) Layout(s fyne.Size) {
	widths, head, field, row := r.l.widths(s.Width), size(sizeRow), r.fieldHeight(), r.rowHeight()
	r.l.band.Resize(fyne.NewSize(s.Width, head-2))
	at := func(y float32, place func(i int, pos fyne.Position, width float32)) {
		x := float32(0)
		for i, w := range widths {
			place(i, fyne.NewPos(x, y), w)
			x += w + lineGap
		}
	}
	at(0, func(i int, pos fyne.Position, width float32) {
		r.l.heads[i].Resize(fyne.NewSize(width-boxInset, head-2))
		r.l.heads[i].Move(pos.AddXY(boxInset, 0))
	})
	for n, line := range r.l.lines {
		y := head + row*float32(n)
		at(y+lineGap-2, func(i int, pos fyne.Position, width float32) {
			if _, ok := line.inputs[i].(*LineText); ok { // below the title, where fields have their text too
				pos, width = pos.AddXY(boxInset, 0), width-boxInset
			}
			line.inputs[i].Resize(fyne.NewSize(width, field))
			line.inputs[i].Move(pos)
		})
		m := line.remove.MinSize()
		line.remove.Resize(m)
		line.remove.Move(fyne.NewPos(s.Width-m.Width-2, y+lineGap-2+(field-m.Height)/2))
		line.below.Resize(fyne.NewSize(s.Width, 1))
		line.below.Move(fyne.NewPos(0, y+row-1))
	}
}

func (r *linesRenderer[L]) Refresh() {
	r.Layout(r.l.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
