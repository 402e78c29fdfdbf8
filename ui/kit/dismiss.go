package kit

import "fyne.io/fyne/v2"

// Dismiss closes every dialog, menu and list over the page of a window without
// asking, those below a cover too, and forgets what waits to be opened: for
// when the page that they belong to ends. A cover stays with what lies above it.
func Dismiss(win fyne.Window) {
	c := win.Canvas()
	forget := func() {
		if q := questions[askingOn{c, false}]; q != nil {
			q.waiting = nil
		}
		if cover := covers[c]; cover != nil {
			cover.waiting = nil
		}
	}
	for {
		forget()
		o := lowest(c)
		if o == nil {
			return
		}
		if l, ok := o.(*layer); ok {
			l.close()
			continue
		}
		o.Hide() // a menu of Fyne's own, which is not put back
		c.Overlays().Remove(o)
		if cover := covers[c]; cover != nil {
			cover.below = cover.below[1:]
			cover.settle(cover.below)
		}
	}
}

// lowest is what lies over the page itself, nil when nothing does.
func lowest(c fyne.Canvas) fyne.CanvasObject {
	if cover := covers[c]; cover != nil {
		if len(cover.below) == 0 {
			return nil
		}
		return cover.below[0].overlay
	}
	if all := c.Overlays().List(); len(all) > 0 {
		return all[0]
	}
	return nil
}
