package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Cover hides everything in a window, such as the sign-in of a window that is
// locked. What lay over the page (dialogs, menus, lists) stays open with what
// was typed in it, but is laid into the page below the cover, where no key,
// click or file reaches it; [Cover.Close] puts it back, and the focus to where
// it was.
//
// What is opened through the window meanwhile, by work that ends in the
// background, is shown after Close; toasts pass unseen. What belongs to the
// cover itself, such as the error of a sign-in, is opened through the window
// that [AboveCover] returns.
type Cover struct {
	win     fyne.Window
	canvas  fyne.Canvas
	layer   *layer
	closing bool
	focus   fyne.Focusable // on the page, nil = none
	newPage bool           // that has a focus of its own
	below   []lowered      // from bottom to top
	waiting []func()       // what could not be opened meanwhile
}

// lowered is a layer, or a small menu of Fyne's own, that was laid into the
// page. Left among the overlays it would take the cover away when it ends:
// Fyne removes an overlay with all above it. Taken out of the window it would
// lose its looks after a minute, when Fyne forgets what is not drawn.
type lowered struct {
	overlay fyne.CanvasObject
	focus   fyne.Focusable
}

var covers = map[fyne.Canvas]*Cover{}

// ShowCover covers the whole window with content until Close and gives the
// keyboard to focus, nil for nothing. Esc does not close it and Tab stays
// within it. A second cover takes the place of the first.
func ShowCover(win fyne.Window, content fyne.CanvasObject, focus fyne.Focusable) *Cover {
	c := &Cover{win: win, canvas: win.Canvas()}
	if old := covers[c.canvas]; old != nil {
		old.clear()
		c.focus, c.newPage, c.below, c.waiting = old.focus, old.newPage, old.below, old.waiting
	} else {
		c.lowerAll()
	}
	covers[c.canvas] = c
	whole := func(window, _ fyne.Size) (fyne.Position, fyne.Size) { return fyne.Position{}, window }
	ground := container.NewStack(newPlate("background", "", 0), content)
	c.layer = &layer{canvas: c.canvas, content: ground, place: whole, onEscape: func() {}, above: true, cover: true}
	c.layer.show(focus)
	return c
}

// Close takes the cover away with the dialogs above it and puts back what lay
// over the page.
func (c *Cover) Close() {
	if covers[c.canvas] != c {
		return
	}
	c.clear()
	delete(covers, c.canvas)
	c.settle(nil)
	if !c.newPage {
		c.canvas.Focus(c.focus) // code that ran meanwhile may have moved it
	}
	for _, l := range c.below {
		if !l.overlay.Visible() {
			continue // a menu of Fyne's that ended meanwhile
		}
		c.canvas.Overlays().Add(l.overlay)
		if l.focus != nil {
			c.canvas.Focus(l.focus)
		}
	}
	for _, open := range c.waiting {
		open()
	}
}

// lowerAll lays into the page what lies over it. Nobody is told that he lost
// the focus: a field would check and rewrite what is only half typed.
func (c *Cover) lowerAll() {
	overlays := c.canvas.Overlays()
	for top := overlays.Top(); top != nil; top = overlays.Top() {
		c.below = slices.Insert(c.below, 0, lowered{top, c.canvas.Focused()})
		overlays.Remove(top)
	}
	c.focus = c.canvas.Focused()
	c.settle(c.below)
}

// lower takes a layer that is opened below the cover.
func (c *Cover) lower(l *layer, focus fyne.Focusable) {
	c.below = append(c.below, lowered{l, focus})
	c.settle(c.below)
}

// cut removes a layer from below the cover with what lies over it; none when
// it is not there.
func (c *Cover) cut(l *layer) (gone []fyne.CanvasObject) {
	at := slices.IndexFunc(c.below, func(b lowered) bool { return b.overlay == l })
	if at < 0 {
		return nil
	}
	for _, b := range c.below[at:] {
		gone = append(gone, b.overlay)
	}
	c.below = c.below[:at]
	c.settle(c.below)
	return gone
}

// settle makes the page what it is by itself with these layers over it.
func (c *Cover) settle(below []lowered) {
	root := rootOf(c.win)
	root.Objects = root.Objects[:rootParts:rootParts]
	for _, l := range below {
		root.Objects = append(root.Objects, l.overlay)
	}
	root.Refresh()
}

// clear closes the cover with what lies above it. Who is told of it may open
// something new; it is laid below.
func (c *Cover) clear() {
	c.closing = true
	if q := questions[askingOn{c.canvas, true}]; q != nil {
		q.waiting = nil
	}
	c.layer.close()
	ringOf(c.canvas).above = nil
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

// whenUncovered opens something that cannot be laid below a cover.
func whenUncovered(win fyne.Window, open func()) {
	if isBehind(win) {
		c := covers[win.Canvas()]
		c.waiting = append(c.waiting, open)
		return
	}
	open()
}
