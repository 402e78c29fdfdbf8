// Package office is what the areas of pages share that knows the store: how
// they show and write papers and tables, keep scans, preview an import, and
// look people and departments up. What knows no register is in package kit.
package office

import (
	"context"
	"errors"
	"log/slog"

	"fyne.io/fyne/v2"

	"qingfeng/model/store"
	"qingfeng/report/page"
	"qingfeng/ui/kit"
	"qingfeng/ui/viewer"
)

// Deps is what the pages of every area need from the frame.
type Deps struct {
	Win   fyne.Window
	Store *store.Store
	Fonts *page.Fonts // for paper
	Log   *slog.Logger

	// Open shows a file with the system's viewer; nil is the usual way. It
	// runs off the UI goroutine.
	Open func(path string) error
}

// Fail says what went wrong; a cancellation says nothing.
func (d Deps) Fail(err error) { kit.ShowError(d.Win, err, d.Log) }

// Do runs one change of the store and then, when it went well, done.
func (d Deps) Do(work func(ctx context.Context) error, done func()) {
	Read(d, func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) }, func(struct{}) { done() })
}

// DateOfToday is a date field that stands on today, as most steps are recorded
// on the day on which they are taken.
func (d Deps) DateOfToday() *kit.DateField {
	f := kit.NewDateField()
	f.SetDate(d.Store.Today())
	return f
}

// Read reads something off the UI goroutine and hands it to then when that went
// well.
func Read[T any](d Deps, read func(ctx context.Context) (T, error), then func(T)) {
	kit.Run(context.Background(), read, func(v T, err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		then(v)
	})
}

// View shows a file with the system's viewer and tells done whether it could.
func (d Deps) View(path string, done func(err error)) {
	open := d.Open
	if open == nil {
		open = viewer.Open
	}
	kit.Run(context.Background(), func(context.Context) (struct{}, error) { return struct{}{}, open(path) }, func(_ struct{}, err error) {
		if err != nil {
			d.Log.Error("open viewer", "err", err)
		}
		done(err)
	})
}

// Cancelled tells the end of work that the person stopped from a failure.
func Cancelled(err error) bool { return errors.Is(err, context.Canceled) }
