package office

import "sync"

// Figures are what stands around a register's table. They come with a page of
// its rows, off the UI goroutine, and are shown once the table has that page.
type Figures[T comparable] struct {
	mu       sync.Mutex
	last     T    // under mu: of the last answer
	answered bool // under mu
	shown    T
}

// Came takes the figures of an answer.
func (f *Figures[T]) Came(now T) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.last, f.answered = now, true
}

// Show returns the figures of the last answer, if there was one, and hands them
// to show when they are others than before.
func (f *Figures[T]) Show(show func(T)) (now T, answered bool) {
	f.mu.Lock()
	now, answered = f.last, f.answered
	f.mu.Unlock()
	if answered && now != f.shown {
		f.shown = now
		show(now)
	}
	return now, answered
}
