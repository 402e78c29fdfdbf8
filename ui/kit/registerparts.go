package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"qingfeng/model/day"
)

// selection is what an action gets.
func (p *RegisterPage[R]) selection() Selection[R] {
	rows := p.table.Ticked()
	if len(rows) == 0 {
		if row, ok := p.table.Selected(); ok {
			rows = []R{row}
		}
	}
	return Selection[R]{Rows: rows, Query: p.table.Query(), Total: p.table.Total()}
}

func (p *RegisterPage[R]) run(a Action[R]) {
	s := p.selection()
	if a.Run != nil && (a.Enabled == nil || a.Enabled(s)) {
		a.Run(s)
	}
}

func (p *RegisterPage[R]) actionButtons() []fyne.CanvasObject {
	actions := p.spec.Actions
	if len(p.spec.More) > 0 {
		actions = append(actions[:len(actions):len(actions)], Action[R]{Label: "更多", Menu: p.spec.More})
	}
	var objects []fyne.CanvasObject
	for _, a := range actions {
		b := NewButton(a.Label, func() { p.run(a) })
		if len(a.Menu) > 0 {
			b = NewMenuButton(a.Label, func() []MenuItem { return p.menu(a.Menu) })
		}
		if a.Primary {
			b.kind = primaryButton
		}
		p.buttons, p.actions = append(p.buttons, b), append(p.actions, a)
		objects = append(objects, b)
	}
	return objects
}

func (p *RegisterPage[R]) menu(actions []Action[R]) []MenuItem {
	s := p.selection()
	items := make([]MenuItem, len(actions))
	for i, a := range actions {
		items[i] = MenuItem{Label: a.Label, Key: a.Key, Disabled: a.Enabled != nil && !a.Enabled(s), Run: func() { p.run(a) }}
	}
	return items
}

// enable greys the buttons that have nothing to work on.
func (p *RegisterPage[R]) enable() {
	s := p.selection()
	for i, b := range p.buttons {
		if e := p.actions[i].Enabled; e == nil || e(s) {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

func (p *RegisterPage[R]) addKeys(keys Keys, actions []Action[R]) {
	for _, a := range actions {
		if a.Key != "" {
			keys[a.Key] = func() { p.run(a) }
		}
		p.addKeys(keys, a.Menu)
	}
}

// filterField is the field of one filter.
type filterField struct {
	filter Filter
	value  string
	choice *Choice
	date   *DateField
	object fyne.CanvasObject
}

func newFilterField(f Filter, start string, changed func(value string)) *filterField {
	ff := &filterField{filter: f, value: start}
	if f.Date {
		ff.date = NewDateField()
		ff.date.SetPlaceHolder(f.All)
		ff.date.SetDate(day.Date(start))
		ff.date.last = day.Date(start)
		ff.date.OnTime = func(d day.Date) { ff.value = string(d); changed(ff.value) }
		ff.object = Wide(140, ff.date)
		return ff
	}
	ff.choice = NewChoice(nil)
	ff.choice.OnChanged = func(v string) { ff.value = v; changed(v) }
	ff.object = Wide(120, ff.choice)
	ff.setOptions(f.Options)
	return ff
}

// set shows a value without telling the page. A value whose option is not
// loaded yet is shown when it comes.
func (f *filterField) set(value string) {
	f.value = value
	if f.date != nil {
		f.date.last = day.Date(value)
		f.date.SetDate(day.Date(value))
		return
	}
	f.choice.SetValue(value)
}

func (f *filterField) setOptions(options []Option) {
	all := append([]Option{{"", f.filter.All}}, options...)
	f.choice.value = f.value
	f.choice.SetOptions(all)
	f.choice.SetValue(f.value)
	f.object.Refresh()
}

// strip shows the selected row below the table with what can be done with it.
type strip[R any] struct {
	spec    Register[R]
	pieces  *fyne.Container
	actions *fyne.Container
	object  fyne.CanvasObject
	resized func()
}

func newStrip[R any](spec Register[R]) *strip[R] {
	s := &strip[R]{spec: spec}
	s.pieces = container.New(&flowLayout{gap: 10})
	s.actions = container.New(rowLayout{10})
	s.object = onPlate(container.New(&stripLayout{}, s.pieces, s.actions))
	if spec.Detail == nil && len(spec.RowActions) == 0 {
		s.object.Hide()
	}
	var none R
	s.show(none, false)
	return s
}

const nothingSelected = "选中一行，这里显示它的详情和可以做的事。"

func (s *strip[R]) show(row R, ok bool) {
	var pieces, actions []fyne.CanvasObject
	if !ok {
		pieces = append(pieces, NewMuted(nothingSelected))
	} else {
		if s.spec.Detail != nil {
			for _, p := range s.spec.Detail(row) {
				if p.Text != "" {
					pieces = append(pieces, p.object())
				}
			}
		}
		for _, a := range s.spec.RowActions {
			if a.fits(row) {
				b := NewButton(a.Label, func() { a.Run(row) })
				if len(a.Menu) > 0 {
					b = NewMenuButton(a.Label, func() []MenuItem { return a.items(row) })
				}
				if a.Danger {
					b.kind = quietDanger
				}
				actions = append(actions, b)
			}
		}
	}
	before := s.object.MinSize().Height
	s.pieces.Objects, s.actions.Objects = pieces, actions
	s.object.Refresh()
	if s.resized != nil && s.object.MinSize().Height != before {
		s.resized()
	}
}

// stripLayout gives the actions their room and the pieces the rest.
type stripLayout struct{ width float32 }

const stripInset = 14 // px at the ends

func (l *stripLayout) rest(o []fyne.CanvasObject, width float32) float32 {
	return max(100, width-2*stripInset-o[1].MinSize().Width-10)
}

func (l *stripLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	if l.width > 0 {
		o[0].Resize(fyne.NewSize(l.rest(o, l.width), o[0].Size().Height))
	}
	h := max(o[0].MinSize().Height, o[1].MinSize().Height, size(sizeField))
	return fyne.NewSize(o[1].MinSize().Width+2*stripInset+100, h+16)
}

func (l *stripLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	rest, actions := l.rest(o, s.Width), o[1].MinSize()
	o[0].Resize(fyne.NewSize(rest, s.Height-16))
	h := o[0].MinSize().Height
	o[0].Resize(fyne.NewSize(rest, h))
	o[0].Move(fyne.NewPos(stripInset, (s.Height-h)/2))
	o[1].Resize(actions)
	o[1].Move(fyne.NewPos(s.Width-stripInset-actions.Width, (s.Height-actions.Height)/2))
}

// flowLayout sets objects side by side and breaks into a new line where the
// room ends.
type flowLayout struct {
	gap   float32
	width float32
}

func (l *flowLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(100, l.arrange(o, l.width, false))
}

func (l *flowLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	l.arrange(o, s.Width, true)
}

func (l *flowLayout) arrange(objects []fyne.CanvasObject, width float32, move bool) float32 {
	var x, y, line float32
	start := 0
	centre := func(end int) {
		for _, o := range objects[start:end] {
			if move && shown(o) {
				o.Move(fyne.NewPos(o.Position().X, y+(line-o.MinSize().Height)/2))
			}
		}
		start = end
	}
	for i, o := range objects {
		if !shown(o) {
			continue
		}
		if b, ok := o.(*textBlock); ok {
			b.fit(width)
		}
		m := o.MinSize()
		if x > 0 && width > 0 && x+m.Width > width {
			centre(i)
			x, y, line = 0, y+line+4, 0
		}
		if move {
			o.Resize(m)
			o.Move(fyne.NewPos(x, y))
		}
		x += m.Width + l.gap
		line = max(line, m.Height)
	}
	centre(len(objects))
	return y + line
}

// lineHeight keeps a line at least as high as a field, so that the page does
// not move when the line changes.
type lineHeight struct{}

func (lineHeight) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[0].MinSize()
	return fyne.NewSize(m.Width, max(m.Height, size(sizeField)))
}

func (lineHeight) Layout(o []fyne.CanvasObject, s fyne.Size) { o[0].Resize(s) }
