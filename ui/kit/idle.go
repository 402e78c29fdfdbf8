package kit

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
)

// IdleWatch notices that nobody works at a window. Fyne has no place where all
// input passes, so it is heard at these:
//
//   - the pointer, wherever it moves over the page, a layer or a cover
//     ([pointerEar]);
//   - each key pressed while a widget of this package or nothing has the
//     focus, and what an input method writes into a field, which comes without
//     keys ([hearing], [Entry]);
//   - clicks on widgets of this package, with the pointer at rest too;
//   - scrolling of what [NewVScroll], tables and previews hold;
//   - files dropped on the window and native file dialogs that are closed.
//
// It does not hear: a key held down after its first stroke, Fyne's own small
// menu of a text field, scrolling at the end of the content or in a scroller
// made without [NewVScroll] while the pointer rests, and what happens inside a
// native file dialog. The program has one window; input to any of its windows
// counts for every watch.
type IdleWatch struct {
	canvas fyne.Canvas
	after  time.Duration
	idle   func()
	last   time.Time // of the last input
	told   bool      // idle was called since the last input
	cancel func()    // of the timer, nil = none
}

// A watch looks at the clock at least every idleLook, for timers stand still
// while a computer sleeps.
const idleLook = 30 * time.Second

// idleWatches are the watches that run. Stopping replaces the slice, because
// it happens while it is walked.
var idleWatches []*IdleWatch

// idleWaits counts the works under [ShowProgress] of each canvas.
var idleWaits = map[fyne.Canvas]int{}

// WatchIdle calls idle on the UI goroutine when for a time nobody typed,
// clicked, scrolled or moved the pointer over the window; 0 means never. It
// calls once and again only after further input. While a work runs under
// [ShowProgress] it waits for its end. When a sleep of the computer was longer
// than the time, idle comes with the first input at the latest.
func WatchIdle(win fyne.Window, after time.Duration, idle func()) (watch *IdleWatch) {
	w := &IdleWatch{canvas: win.Canvas(), after: after, idle: idle, last: wallClock()}
	idleWatches = append(slices.Clone(idleWatches), w)
	w.look()
	return w
}

// SetAfter changes the time, counted from the last input; 0 means never.
func (w *IdleWatch) SetAfter(after time.Duration) {
	w.after = after
	w.look()
}

// Stop ends the watch.
func (w *IdleWatch) Stop() {
	w.SetAfter(0)
	idleWatches = slices.DeleteFunc(slices.Clone(idleWatches), func(o *IdleWatch) bool { return o == w })
}

// Touch tells the watch of input it cannot hear.
func (w *IdleWatch) Touch() {
	if w.due() {
		w.look()
	}
	w.last = wallClock()
	if w.told {
		w.told = false
		w.look()
	}
}

// due reports whether idle should be called, but for work that runs.
func (w *IdleWatch) due() bool { return w.after > 0 && !w.told && w.rest() <= 0 }

// rest is the time until idle. A clock that was set back starts it anew.
func (w *IdleWatch) rest() time.Duration {
	now := wallClock()
	if now.Before(w.last) {
		w.last = now
	}
	return w.after - now.Sub(w.last)
}

// look calls idle if its time has come, else sets the timer.
func (w *IdleWatch) look() {
	if w.cancel != nil {
		w.cancel()
		w.cancel = nil
	}
	switch {
	case w.after <= 0 || w.told:
	case !w.due():
		w.cancel = env.After(min(max(w.rest(), time.Second), idleLook), w.look)
	case idleWaits[w.canvas] == 0: // else the end of the work looks again
		w.told = true
		w.idle()
	}
}

// heard tells all watches of input.
func heard() {
	for _, w := range idleWatches {
		w.Touch()
	}
}

func checkIdle() {
	for _, w := range idleWatches {
		w.look()
	}
}

// wallClock leaves the monotonic clock aside, which stands still while a
// computer sleeps.
func wallClock() time.Time { return env.Now().Round(0) }

// hearing is part of every widget of this package that takes keys or clicks.
type hearing struct{}

// KeyDown implements desktop.Keyable.
func (hearing) KeyDown(*fyne.KeyEvent) { heard() }

// KeyUp implements desktop.Keyable.
func (hearing) KeyUp(*fyne.KeyEvent) {}

// MouseDown implements desktop.Mouseable.
func (hearing) MouseDown(*desktop.MouseEvent) { heard() }

// MouseUp implements desktop.Mouseable.
func (hearing) MouseUp(*desktop.MouseEvent) {}

// pointerEar lies unseen below the page and hears the pointer move. Only what
// lies on top is told of moves (desktop.Hoverable), but everything below the
// pointer is asked for its cursor at every move, from bottom to top, and the
// last answer counts: processMouseMoved in Fyne's internal/driver/glfw/window.go,
// to be looked at again when Fyne is upgraded.
type pointerEar struct{ canvas.Rectangle }

// Cursor implements desktop.Cursorable.
func (*pointerEar) Cursor() desktop.Cursor {
	heard()
	return desktop.DefaultCursor
}

// NewVScroll scrolls content up and down as Fyne's does; an [IdleWatch] hears
// it.
func NewVScroll(content fyne.CanvasObject) *container.Scroll {
	s := container.NewVScroll(content)
	s.OnScrolled = func(fyne.Position) { heard() }
	return s
}
