package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// formRow is a field with its label and the line below it.
type formRow struct {
	field       Field
	label, star *Label
	under       *widget.Label // error, or hint
	err, hint   string
	hintTone    Tone
	hidden      bool
}

func newFormRow(fd Field) *formRow {
	r := &formRow{field: fd, hint: fd.Hint}
	r.label = newLabel(fd.Label, theme.SizeNameText, ColorLabel, false)
	r.star = newLabel("*", theme.SizeNameText, theme.ColorNameError, false)
	r.star.Hidden = !fd.Required
	r.under = widget.NewLabel("")
	r.under.Wrapping = fyne.TextWrapBreak
	r.under.SizeName = theme.SizeNameCaptionText
	r.showUnder()
	return r
}

func (r *formRow) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.label, r.star, r.field.Input, r.under}
}

func (r *formRow) canFocus() bool { return !r.hidden && takesFocus(r.field.Input) }

// problem is what keeps the field from being saved.
func (r *formRow) problem() string {
	if r.hidden {
		return ""
	}
	if m := r.field.Input.Check(); m != "" {
		return m
	}
	if r.field.Required && r.field.Input.Raw() == "" {
		return missing(r.field)
	}
	return ""
}

func missing(fd Field) string {
	switch fd.Input.(type) {
	case *Choice, *Segmented, *Picker:
		return "请选择" + fd.Label
	case *Check:
		return "请勾选"
	}
	return "请填写" + fd.Label
}

func (r *formRow) setError(message string) {
	r.err = message
	r.field.Input.SetInvalid(message != "")
	r.showUnder()
}

// showUnder shows the error, else the hint, else what the field itself says.
func (r *formRow) showUnder() {
	text, importance := r.err, widget.DangerImportance
	if text == "" {
		text, importance = r.hint, toneImportance[r.hintTone]
	}
	if u, ok := r.field.Input.(interface{ under() string }); ok && text == "" {
		text = u.under()
	}
	r.under.Importance = importance
	r.under.Hidden = text == "" || r.hidden
	if r.hidden == r.field.Input.Visible() {
		setVisible(r.field.Input, !r.hidden)
	}
	setVisible(r.label, !r.hidden && !r.field.Wide)
	setVisible(r.star, r.field.Required && !r.hidden && !r.field.Wide)
	if r.under.Text != text {
		r.under.SetText(text)
		return
	}
	r.under.Refresh()
}

func setVisible(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}

var toneImportance = map[Tone]widget.Importance{
	Neutral: widget.LowImportance, Good: widget.SuccessImportance, Warn: widget.WarningImportance,
	Bad: widget.DangerImportance, Info: widget.HighImportance, Accent: widget.HighImportance,
}

// formPart is one thing in a column: a row, a section's heading or a block.
type formPart struct {
	row     *formRow
	object  fyne.CanvasObject
	right   fyne.CanvasObject // at the end of the object's line, may be nil
	section bool
}

// formColumn lays out rows with all labels ending at one line.
type formColumn struct {
	parts []*formPart
	share float32 // of the width
	box   *fyne.Container
	width float32 // at the last layout; texts that break need it
}

func (c *formColumn) add(p *formPart) { c.parts = append(c.parts, p) }

func (c *formColumn) objects() []fyne.CanvasObject {
	var all, later []fyne.CanvasObject // Tab goes from one to the next
	for _, p := range c.parts {
		if p.row != nil {
			all = append(all, p.row.objects()...)
		} else {
			all = append(all, p.object)
		}
		all, later = append(all, later...), nil
		if p.right != nil {
			later = []fyne.CanvasObject{p.right}
		}
	}
	return append(all, later...)
}

const (
	formGap      = 7  // px between rows
	sectionGap   = 16 // px above a section, unless it comes first
	starRoom     = 12 // px between label and field, with the star
	underLift    = 4  // px by which Fyne's padding above the line is cut
	labelAtLeast = 70
)

func (c *formColumn) labelWidth() float32 {
	w := float32(labelAtLeast)
	for _, p := range c.parts {
		if p.row != nil && !p.row.field.Wide {
			w = max(w, p.row.label.MinSize().Width)
		}
	}
	return w
}

// MinSize implements fyne.Layout.
func (c *formColumn) MinSize([]fyne.CanvasObject) fyne.Size {
	beside := c.labelWidth() + starRoom
	w := beside + 160
	for _, p := range c.parts {
		if p.row == nil {
			continue
		}
		if p.row.field.Wide {
			w = max(w, p.row.field.Input.MinSize().Width)
		} else if choices, ok := p.row.field.Input.(*Segmented); ok { // its buttons stand side by side
			w = max(w, beside+choices.MinSize().Width)
		}
	}
	return fyne.NewSize(w, c.arrange(c.width, false))
}

// Layout implements fyne.Layout.
func (c *formColumn) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	c.width = s.Width
	c.arrange(s.Width, true)
}

// arrange works out the height for a width and, if asked, moves everything
// to its place.
func (c *formColumn) arrange(width float32, move bool) float32 {
	y, labels := float32(0), c.labelWidth()
	for i, p := range c.parts {
		if p.row != nil {
			if !p.row.hidden {
				y += p.row.arrange(y, labels, width, move) + formGap
			}
			continue
		}
		if p.section && i > 0 {
			y += sectionGap - formGap
		}
		h := p.object.MinSize().Height
		if move {
			p.object.Move(fyne.NewPos(0, y))
			p.object.Resize(fyne.NewSize(width, h))
		}
		if p.right != nil {
			m := p.right.MinSize()
			h = max(h, m.Height)
			if move {
				p.right.Resize(fyne.NewSize(m.Width, h))
				p.right.Move(fyne.NewPos(width-m.Width, y))
			}
		}
		y += h + formGap + 2
	}
	return max(0, y-formGap)
}

func (r *formRow) arrange(y, labels, width float32, move bool) float32 {
	x := labels + starRoom
	if r.field.Wide {
		x = 0
	}
	input, line := r.field.Input.MinSize().Height, size(sizeField)
	height := max(input, line)
	if move {
		label := r.label.MinSize()
		r.label.Resize(label)
		r.label.Move(fyne.NewPos(labels-label.Width, y+(line-label.Height)/2))
		r.star.Resize(r.star.MinSize())
		r.star.Move(fyne.NewPos(labels+2, y+(line-label.Height)/2+1))
		r.field.Input.Move(fyne.NewPos(x, y))
		r.field.Input.Resize(fyne.NewSize(max(40, width-x), height))
	}
	if r.under.Hidden {
		return height
	}
	if width > x {
		r.under.Resize(fyne.NewSize(width-x+2*underLift, r.under.MinSize().Height))
	}
	under := r.under.MinSize().Height
	if move {
		r.under.Resize(fyne.NewSize(width-x+2*underLift, under))
		r.under.Move(fyne.NewPos(x-underLift, y+height-underLift+1))
	}
	return height + under - 2*underLift
}

// columnsLayout puts columns side by side; their widths stand to each other as
// shares do, or are the same without any.
type columnsLayout struct {
	gap    float32
	shares []float32
}

func (l columnsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for i, o := range objects {
		m := o.MinSize()
		s.Width += m.Width
		if i > 0 {
			s.Width += l.gap
		}
		s.Height = max(s.Height, m.Height)
	}
	return s
}

func (l columnsLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	x := float32(0)
	for i, w := range l.widths(objects, s.Width-l.gap*float32(len(objects)-1)) {
		objects[i].Move(fyne.NewPos(x, 0))
		objects[i].Resize(fyne.NewSize(w, s.Height))
		x += w + l.gap
	}
}

// widths shares the room out. A column that needs more than its share takes it
// from the others.
func (l columnsLayout) widths(objects []fyne.CanvasObject, room float32) []float32 {
	out, wide := make([]float32, len(objects)), make([]bool, len(objects))
	for range objects {
		rest, all := room, float32(0)
		for i, o := range objects {
			if wide[i] {
				rest -= o.MinSize().Width
			} else {
				all += l.share(i)
			}
		}
		for i, o := range objects {
			out[i] = o.MinSize().Width
			if !wide[i] && out[i] > rest*l.share(i)/all {
				wide[i] = true
			} else if !wide[i] {
				out[i] = rest * l.share(i) / all
			}
		}
	}
	return out
}

func (l columnsLayout) share(i int) float32 {
	if l.shares == nil {
		return 1
	}
	return l.shares[i]
}
