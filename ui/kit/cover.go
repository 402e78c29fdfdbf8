package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Cover is what a window shows instead of everything else, such as the
// sign-in of a window that is locked. What was there is set aside as a whole:
// the page, the dialogs, menus and lists over it with what was typed in them,
// their keys and where the focus was. As it is not in the window any more, no
// key, click or file can reach it. [Cover.Close] puts all of it back.
//
// What is opened through the window meanwhile, by work that ends in the
// background, is set aside too and shown after Close; toasts pass unseen. What
// belongs to the cover itself, such as the error of a sign-in, is opened
// through the window that [AboveCover] returns.
type Cover struct {
	canvas  fyne.Canvas
	closing bool
	waiting []func() // what could not be opened meanwhile

	content  fyne.CanvasObject // set aside
	focus    fyne.Focusable    // within content, nil = none
	overlays []asideOverlay    // from bottom to top
	look     look              // when it was set aside
}

// look is what the colours on the screen depend on.
type look struct {
	theme   fyne.Theme
	variant fyne.ThemeVariant
}

func lookNow() look {
	s := fyne.CurrentApp().Settings()
	return look{s.Theme(), s.ThemeVariant()}
}

// asideOverlay is a layer, or a small menu of Fyne's own.
type asideOverlay struct {
	overlay fyne.CanvasObject
	focus   fyne.Focusable
}

var covers = map[fyne.Canvas]*Cover{}

// ShowCover covers the whole window with content until Close and gives the
// keyboard to focus, nil for nothing. Esc does not close it and Tab stays
// within it. A second cover takes the place of the first.
func ShowCover(win fyne.Window, content fyne.CanvasObject, focus fyne.Focusable) *Cover {
	c := &Cover{canvas: win.Canvas()}
	if old := covers[c.canvas]; old != nil {
		old.clear()
		c.waiting, c.content, c.focus, c.overlays, c.look = old.waiting, old.content, old.focus, old.overlays, old.look
	} else {
		c.setAllAside()
	}
	covers[c.canvas] = c
	pushScope(c.canvas, &scope{modal: true, above: true})
	c.canvas.SetContent(container.NewStack(&pointerEar{}, content))
	if focus != nil {
		c.canvas.Focus(focus)
	}
	return c
}

// Close takes the cover away with the dialogs above it and puts back what was
// set aside.
func (c *Cover) Close() {
	if covers[c.canvas] != c {
		return
	}
	c.clear()
	delete(covers, c.canvas)
	c.canvas.SetContent(c.content)
	if c.focus != nil {
		c.canvas.Focus(c.focus)
	}
	for _, a := range c.overlays {
		c.canvas.Overlays().Add(a.overlay)
		if a.focus != nil {
			c.canvas.Focus(a.focus)
		}
		a.overlay.Refresh()
	}
	c.repaint()
	for _, open := range c.waiting {
		open()
	}
}

// setAllAside empties the window. Nobody is told that he lost the focus, for a
// field would check and rewrite what is only half typed.
func (c *Cover) setAllAside() {
	c.look = lookNow()
	overlays := c.canvas.Overlays()
	for top := overlays.Top(); top != nil; top = overlays.Top() {
		c.overlays = slices.Insert(c.overlays, 0, asideOverlay{top, c.canvas.Focused()})
		overlays.Remove(top)
	}
	c.content, c.focus = c.canvas.Content(), c.canvas.Focused()
}

// clear closes what lies above the cover. Who is told of it may open something
// new; it is set aside.
func (c *Cover) clear() {
	c.closing = true
	if q := questions[askingOn{c.canvas, true}]; q != nil {
		q.waiting = nil
	}
	overlays := c.canvas.Overlays()
	for top := overlays.Top(); top != nil; top = overlays.Top() {
		if l, ok := top.(*layer); ok {
			l.close()
		} else {
			overlays.Remove(top)
		}
	}
	ringOf(c.canvas).above = nil
}

// repaint brings what was set aside up to date when the system changed between
// light and dark, or the text got another size: Fyne told only what was in the
// window.
func (c *Cover) repaint() {
	if lookNow() != c.look {
		s := fyne.CurrentApp().Settings()
		s.SetTheme(s.Theme())
	}
}

func (c *Cover) setAside(l *layer, focus fyne.Focusable) {
	c.overlays = append(c.overlays, asideOverlay{l, focus})
}

// cutAside returns what was set aside below a layer, and the layer with what
// lies above it; none when it was not set aside.
func (c *Cover) cutAside(l *layer) (kept []asideOverlay, cut []fyne.CanvasObject) {
	at := slices.IndexFunc(c.overlays, func(a asideOverlay) bool { return a.overlay == l })
	if at < 0 {
		return c.overlays, nil
	}
	for _, a := range c.overlays[at:] {
		cut = append(cut, a.overlay)
	}
	return c.overlays[:at], cut
}

// AboveCover is the window for what belongs to a cover: dialogs, questions,
// errors, forms and keys given to it lie above the cover. Without a cover it
// is the window as it is.
func AboveCover(win fyne.Window) fyne.Window { return aboveCover{win} }

type aboveCover struct{ fyne.Window }

// isAbove reports whether what is opened through win belongs to a cover.
func isAbove(win fyne.Window) bool {
	c := covers[win.Canvas()]
	_, above := win.(aboveCover)
	return above && c != nil && !c.closing
}

// isBehind reports whether what is opened through win is hidden by a cover.
func isBehind(win fyne.Window) bool { return covers[win.Canvas()] != nil && !isAbove(win) }

// whenUncovered opens something that cannot be set aside.
func whenUncovered(win fyne.Window, open func()) {
	if isBehind(win) {
		c := covers[win.Canvas()]
		c.waiting = append(c.waiting, open)
		return
	}
	open()
}
