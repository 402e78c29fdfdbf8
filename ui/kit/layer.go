package kit

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// layer is something that lies over the window: a dialog, a menu, a list
// below a field. It takes all events until it is closed.
type layer struct {
	widget.BaseWidget
	hearing
	canvas   fyne.Canvas
	content  fyne.CanvasObject
	dim      bool                                                   // darken the window
	place    func(window, min fyne.Size) (fyne.Position, fyne.Size) // nil = centred
	onEscape func()                                                 // nil = close
	onLeave  func()                                                 // tapped beside the content; nil = nothing
	onClosed func()
	keys     Keys // beside Esc
	above    bool // belongs to a cover
	cover    bool // is one: hides all below

	removeKeys func()
	open       bool
	first      fyne.Focusable // what had the focus at first
}

func (l *layer) show(focus fyne.Focusable) {
	l.ExtendBaseWidget(l)
	keys := Keys{"Esc": l.escape}
	for k, f := range l.keys {
		keys[k] = f
	}
	l.removeKeys = pushScope(l.canvas, &scope{keys: keys, modal: true, above: l.above})
	l.open, l.first = true, focus
	if c := covers[l.canvas]; c != nil && !l.above {
		c.lower(l, focus)
		return
	}
	l.canvas.Overlays().Add(l)
	if focus != nil {
		l.canvas.Focus(focus)
	}
}

func (l *layer) escape() {
	if l.onEscape != nil {
		l.onEscape()
		return
	}
	l.close()
}

// close takes the layer away with everything above it. All is gone before
// anyone is told, for who is told may open the next layer.
func (l *layer) close() {
	if !l.open {
		return
	}
	gone := l.takeAway()
	for _, g := range gone {
		g.open = false
		g.removeKeys()
	}
	for _, g := range gone {
		if g.onClosed != nil {
			g.onClosed()
		}
	}
}

// takeAway removes the layer from the window and returns the layers that went
// with it, the topmost first.
func (l *layer) takeAway() (gone []*layer) {
	var cut []fyne.CanvasObject
	if c := covers[l.canvas]; c != nil {
		cut = c.cut(l)
	}
	if cut == nil {
		all := l.canvas.Overlays().List()
		cut = slices.Clone(all[slices.Index(all, fyne.CanvasObject(l)):])
		l.canvas.Overlays().Remove(l)
	}
	for _, o := range slices.Backward(cut) {
		if above, ok := o.(*layer); ok {
			gone = append(gone, above)
		}
	}
	return gone
}

// Covers reports whether the layer hides all below it.
func (l *layer) Covers() bool { return l.cover }

// Tapped implements fyne.Tappable.
func (l *layer) Tapped(e *fyne.PointEvent) {
	p, s := l.content.Position(), l.content.Size()
	inside := e.Position.X >= p.X && e.Position.Y >= p.Y && e.Position.X < p.X+s.Width && e.Position.Y < p.Y+s.Height
	switch b, isButton := l.first.(*Button); {
	case !inside && l.onLeave != nil:
		l.onLeave()
	case isButton && l.canvas.Focused() == nil: // a click beside it took its key Enter away
		l.canvas.Focus(b)
	}
}

// TappedSecondary implements fyne.SecondaryTappable.
func (l *layer) TappedSecondary(e *fyne.PointEvent) { l.Tapped(e) }

// MouseIn implements desktop.Hoverable, to keep what lies below from glowing.
func (l *layer) MouseIn(*desktop.MouseEvent) {}

// MouseMoved implements desktop.Hoverable.
func (l *layer) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (l *layer) MouseOut() {}

// Cursor implements desktop.Cursorable; see [pointerEar].
func (l *layer) Cursor() desktop.Cursor { heard(); return desktop.DefaultCursor }

// CreateRenderer implements fyne.Widget.
func (l *layer) CreateRenderer() fyne.WidgetRenderer {
	r := &layerRenderer{l, canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type layerRenderer struct {
	l     *layer
	shade *canvas.Rectangle
}

func (r *layerRenderer) Destroy()           {}
func (r *layerRenderer) MinSize() fyne.Size { return fyne.Size{} }
func (r *layerRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.shade, r.l.content}
}

func (r *layerRenderer) Layout(s fyne.Size) {
	r.shade.Resize(s)
	m := r.l.content.MinSize()
	pos, box := fyne.NewPos((s.Width-m.Width)/2, (s.Height-m.Height)/2), m
	if r.l.place != nil {
		pos, box = r.l.place(s, m)
	}
	r.l.content.Resize(box.Min(s))
	r.l.content.Move(fyne.NewPos(max(0, pos.X), max(0, pos.Y)))
}

func (r *layerRenderer) Refresh() {
	r.shade.FillColor = color.Transparent
	if r.l.dim {
		r.shade.FillColor = theme.Color(colorDim)
	}
	canvas.Refresh(r.shade)
	r.Layout(r.l.Size())
	r.l.content.Refresh()
}

// openBelow shows content below an anchor, or above it where there is no room
// below, at least as wide as the anchor. Only a hand on the anchor opens
// something below it, so that on a covered window it belongs to the cover.
func openBelow(anchor, content fyne.CanvasObject, focus fyne.Focusable, closed func()) *layer {
	c := canvasOf(anchor)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(anchor)
	l := &layer{canvas: c, content: floating(content), onClosed: closed, above: covers[c] != nil}
	l.onLeave = l.close
	l.place = func(window, m fyne.Size) (fyne.Position, fyne.Size) {
		box := fyne.NewSize(max(m.Width, anchor.Size().Width), m.Height)
		pos := fyne.NewPos(at.X, at.Y+anchor.Size().Height+2)
		if pos.Y+box.Height > window.Height && at.Y-2-box.Height >= 0 {
			pos.Y = at.Y - 2 - box.Height
		}
		pos.X = min(pos.X, max(0, window.Width-box.Width-4))
		return pos, box
	}
	l.show(focus)
	return l
}

// floating puts a thin frame and a shadow around what lies over the page.
func floating(o fyne.CanvasObject) fyne.CanvasObject {
	p := newPlate(theme.ColorNameMenuBackground, ColorFrame, 4)
	p.rect.Shadow = canvas.Shadow{Color: color.NRGBA{A: 0x30}, BlurRadius: 8, Offset: fyne.NewPos(0, 2)}
	return container.NewStack(p, container.New(inset{3, 2, 3, 2}, o))
}
