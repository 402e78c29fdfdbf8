package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// rowLayout puts objects beside each other at their own width, centred
// vertically, with a gap of our choice in place of the theme's padding.
type rowLayout struct{ gap float32 }

func (l rowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range objects {
		if !shown(o) {
			continue
		}
		m := o.MinSize()
		if s.Width > 0 {
			s.Width += l.gap
		}
		s.Width += m.Width
		s.Height = max(s.Height, m.Height)
	}
	return s
}

func (l rowLayout) Layout(objects []fyne.CanvasObject, box fyne.Size) {
	x := float32(0)
	for _, o := range objects {
		if !shown(o) {
			continue
		}
		m := o.MinSize()
		o.Resize(m)
		o.Move(fyne.NewPos(x, (box.Height-m.Height)/2))
		x += m.Width + l.gap
	}
}

// shown reports whether an object takes room; empty chips do not.
func shown(o fyne.CanvasObject) bool { return o.Visible() && o.MinSize().Width > 0 }

// columnLayout puts objects below each other at full width.
type columnLayout struct{ gap float32 }

func (l columnLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if s.Height > 0 {
			s.Height += l.gap
		}
		s.Height += m.Height
		s.Width = max(s.Width, m.Width)
	}
	return s
}

func (l columnLayout) Layout(objects []fyne.CanvasObject, box fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		h := o.MinSize().Height
		o.Resize(fyne.NewSize(box.Width, h))
		o.Move(fyne.NewPos(0, y))
		y += h + l.gap
	}
}

// fixedWidth gives its one object a width that grows with the text, or the
// object's own if wider.
type fixedWidth float32

func (w fixedWidth) MinSize(objects []fyne.CanvasObject) fyne.Size {
	m := objects[0].MinSize()
	return fyne.NewSize(max(m.Width, float32(w)*textScale()), m.Height)
}

func (w fixedWidth) Layout(objects []fyne.CanvasObject, box fyne.Size) {
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(box)
}

// inset keeps room free around its one object: top, right, bottom, left.
type inset [4]float32

func (p inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(p[1]+p[3], p[0]+p[2])
}

func (p inset) Layout(objects []fyne.CanvasObject, box fyne.Size) {
	objects[0].Move(fyne.NewPos(p[3], p[0]))
	objects[0].Resize(box.SubtractWidthHeight(p[1]+p[3], p[0]+p[2]))
}

// Beside puts objects beside each other with the usual gap.
func Beside(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(rowLayout{gap: 10}, objects...)
}

// Below puts objects below each other with the usual gap.
func Below(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(columnLayout{gap: 8}, objects...)
}

// Padded keeps the usual distance of a page or card around an object.
func Padded(o fyne.CanvasObject) *fyne.Container {
	return container.New(inset{12, 14, 12, 14}, o)
}

// Wide gives an object at least a width in px, more where the text is enlarged.
func Wide(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(fixedWidth(width), o)
}

// Frame puts objects at the edges and centre in what is left, as Fyne's border
// container does, but without padding. Any of the edges may be nil.
func Frame(top, bottom, left, right, centre fyne.CanvasObject) *fyne.Container {
	f := &frameLayout{top, bottom, left, right, centre}
	var objects []fyne.CanvasObject
	for _, o := range []fyne.CanvasObject{centre, top, bottom, left, right} {
		if o != nil {
			objects = append(objects, o)
		}
	}
	return container.New(f, objects...)
}

type frameLayout struct{ top, bottom, left, right, centre fyne.CanvasObject }

func edge(o fyne.CanvasObject) fyne.Size {
	if o == nil || !o.Visible() {
		return fyne.Size{}
	}
	return o.MinSize()
}

func (f *frameLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	t, b, l, r, c := edge(f.top), edge(f.bottom), edge(f.left), edge(f.right), edge(f.centre)
	return fyne.NewSize(
		max(t.Width, b.Width, l.Width+c.Width+r.Width),
		t.Height+b.Height+max(l.Height, c.Height, r.Height))
}

func (f *frameLayout) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		if o != nil && o.Visible() {
			o.Resize(fyne.NewSize(w, h))
			o.Move(fyne.NewPos(x, y))
		}
	}
	// Twice: what breaks into lines knows its height once it has a width.
	for range 2 {
		l, r := edge(f.left).Width, edge(f.right).Width
		t, b := edge(f.top).Height, edge(f.bottom).Height
		put(f.top, 0, 0, s.Width, t)
		put(f.bottom, 0, s.Height-b, s.Width, b)
		put(f.left, 0, t, l, s.Height-t-b)
		put(f.right, s.Width-r, t, r, s.Height-t-b)
		put(f.centre, l, t, s.Width-l-r, s.Height-t-b)
	}
}

// spread puts left at the left end of a line and right at the right end.
func spread(left, right fyne.CanvasObject) *fyne.Container {
	return Frame(nil, nil, nil, right, left)
}
