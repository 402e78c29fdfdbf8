package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

func (b *tableBody) rowAt(y float32) int {
	row := int(y / size(sizeRow))
	if y < 0 || row >= b.view.model.rows() {
		return -1
	}
	return row
}

// MouseDown selects at the press: a widget that knows double clicks gets its
// taps late, which is felt.
func (b *tableBody) MouseDown(e *desktop.MouseEvent) {
	heard()
	focus(b)
	b.pressed = true
	b.press(e.Position)
}

func (b *tableBody) press(at fyne.Position) {
	row := b.rowAt(at.Y)
	if row < 0 {
		return
	}
	if b.view.ticks && at.X < tickWidth {
		b.view.model.toggle(row)
	}
	b.view.model.SelectIndex(row)
}

// Tapped does the work of MouseDown where only taps come.
func (b *tableBody) Tapped(e *fyne.PointEvent) {
	if b.pressed {
		b.pressed = false
		return
	}
	focus(b)
	b.press(e.Position)
}

// DoubleTapped opens the row.
func (b *tableBody) DoubleTapped(e *fyne.PointEvent) {
	b.pressed = false
	row := b.rowAt(e.Position.Y)
	if row < 0 || b.view.ticks && e.Position.X < tickWidth {
		return
	}
	if b.view.model.marked() != row {
		b.view.model.SelectIndex(row)
	}
	b.view.model.open(row)
}

// MouseIn implements desktop.Hoverable.
func (b *tableBody) MouseIn(e *desktop.MouseEvent) { b.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (b *tableBody) MouseMoved(e *desktop.MouseEvent) { b.hover(b.rowAt(e.Position.Y)) }

// MouseOut implements desktop.Hoverable.
func (b *tableBody) MouseOut() { b.hover(-1) }

func (b *tableBody) hover(row int) {
	if row != b.hovered {
		b.hovered = row
		b.Refresh()
	}
}

// FocusGained implements fyne.Focusable.
func (b *tableBody) FocusGained() { b.focused = true }

// FocusLost implements fyne.Focusable.
func (b *tableBody) FocusLost() { b.focused = false }

// TypedRune implements fyne.Focusable. Letters mean nothing to a table; a
// scanner that types while the table has the focus is heard by the page.
func (b *tableBody) TypedRune(r rune) {
	if r != ' ' {
		typedRune(canvasOf(b), r)
	}
}

// TypedKey implements fyne.Focusable.
func (b *tableBody) TypedKey(e *fyne.KeyEvent) {
	m := b.view.model
	at, last := m.marked(), m.rows()-1
	switch e.Name {
	case fyne.KeyUp:
		b.goTo(at - 1)
	case fyne.KeyDown:
		b.goTo(at + 1)
	case fyne.KeyPageUp:
		b.goTo(at - b.view.page())
	case fyne.KeyPageDown:
		b.goTo(at + b.view.page())
	case fyne.KeyHome:
		b.goTo(0)
	case fyne.KeyEnd:
		b.goTo(last)
	case fyne.KeyLeft:
		b.sideways(-60)
	case fyne.KeyRight:
		b.sideways(60)
	case fyne.KeySpace:
		if b.view.ticks && at >= 0 {
			m.toggle(at)
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		if !typedKey(canvasOf(b), e) && at >= 0 {
			m.open(at)
		}
	default:
		passKey(b, e)
	}
}

func (b *tableBody) goTo(row int) {
	if n := b.view.model.rows(); n > 0 {
		b.view.model.SelectIndex(min(max(0, row), n-1))
	}
}

func (b *tableBody) sideways(dx float32) {
	s := b.view.scroll
	s.ScrollToOffset(fyne.NewPos(max(0, s.Offset.X+dx), s.Offset.Y))
	b.view.paint()
}

// TypedShortcut copies the row, or hands the shortcut on.
func (b *tableBody) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		if row := b.view.model.marked(); row >= 0 {
			s.Clipboard.SetContent(b.view.model.rowText(row))
		}
	case *fyne.ShortcutSelectAll:
		if b.view.ticks {
			b.view.model.toggleAll()
		}
	default:
		passShortcut(b, s)
	}
}
