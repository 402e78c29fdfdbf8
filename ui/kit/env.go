package kit

import (
	"context"
	"fmt"
	"runtime/debug"
	"sort"
	"time"

	"fyne.io/fyne/v2"
)

// Env is how the window leaves the UI goroutine, comes back, waits and reads
// the clock.
type Env interface {
	Go(work func())                                  // run work off the UI goroutine
	Do(f func())                                     // run f on the UI goroutine, from anywhere
	After(d time.Duration, f func()) (cancel func()) // run f on the UI goroutine in a while
	Now() time.Time
}

var env Env = live{}

// SetEnv replaces the environment, for tests, and returns what puts the old
// one back. Idle watches belong to the environment whose clock they read.
func SetEnv(e Env) (restore func()) {
	old, watches := env, idleWatches
	env, idleWatches = e, nil
	return func() { env, idleWatches = old, watches }
}

// Now is the time of the environment.
func Now() time.Time { return env.Now() }

// Run runs work off the UI goroutine and then done on it. A panic in work
// reaches done as an error, for one broken record must not end the program
// while someone types in another window.
func Run[T any](ctx context.Context, work func(context.Context) (T, error), done func(T, error)) {
	e := env
	e.Go(func() {
		result, err := guarded(ctx, work)
		e.Do(func() { done(result, err) })
	})
}

func guarded[T any](ctx context.Context, work func(context.Context) (T, error)) (result T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return work(ctx)
}

type live struct{}

func (live) Go(work func()) { go work() }
func (live) Do(f func())    { fyne.Do(f) }
func (live) Now() time.Time { return time.Now() }

// After needs no lock: cancel and f both run on the UI goroutine.
func (live) After(d time.Duration, f func()) func() {
	cancelled := false
	timer := time.AfterFunc(d, func() {
		fyne.Do(func() {
			if !cancelled {
				f()
			}
		})
	})
	return func() {
		cancelled = true
		timer.Stop()
	}
}

// Synchronous returns an environment for tests in which work is done before
// the call returns. Waits shorter than a second (debouncing) are over at
// once, longer ones never, so that a toast stays to be looked at.
func Synchronous(now time.Time) Env { return inline{now} }

type inline struct{ now time.Time }

func (inline) Go(work func())   { work() }
func (inline) Do(f func())      { f() }
func (e inline) Now() time.Time { return e.now }

func (inline) After(d time.Duration, f func()) func() {
	if d < time.Second {
		f()
	}
	return func() {}
}

// Manual is an environment for tests that decide themselves when background
// work runs and how time passes. Use it from one goroutine.
type Manual struct {
	now    time.Time
	work   []func()
	timers []*manualTimer
}

type manualTimer struct {
	at  time.Time
	run func()
}

// NewManual returns an environment whose clock stands at now.
func NewManual(now time.Time) *Manual { return &Manual{now: now} }

// Go queues work.
func (m *Manual) Go(work func()) { m.work = append(m.work, work) }

// Do runs f at once.
func (m *Manual) Do(f func()) { f() }

// Now is the time Pass has reached.
func (m *Manual) Now() time.Time { return m.now }

// After queues f until Pass reaches its time.
func (m *Manual) After(d time.Duration, f func()) func() {
	t := &manualTimer{m.now.Add(d), f}
	m.timers = append(m.timers, t)
	return func() { t.run = nil }
}

// Pending is the number of queued pieces of work.
func (m *Manual) Pending() int { return len(m.work) }

// Step runs the i-th queued piece of work.
func (m *Manual) Step(i int) {
	w := m.work[i]
	m.work = append(m.work[:i:i], m.work[i+1:]...)
	w()
}

// Drain runs queued work, what it queues in turn included, until none is left.
func (m *Manual) Drain() {
	for len(m.work) > 0 {
		m.Step(0)
	}
}

// Pass lets time go by and runs what became due, in order.
func (m *Manual) Pass(d time.Duration) {
	m.now = m.now.Add(d)
	due := m.timers
	m.timers = nil
	sort.SliceStable(due, func(i, j int) bool { return due[i].at.Before(due[j].at) })
	for _, t := range due {
		switch {
		case t.run == nil:
		case t.at.After(m.now):
			m.timers = append(m.timers, t)
		default:
			t.run()
		}
	}
}
