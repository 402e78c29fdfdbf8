package office

import (
	"context"
	"fmt"

	"qingfeng/ui/kit"
)

// ScanCounter knows how many scans the selected record of a register has.
// They are read for that record only, after it is shown.
type ScanCounter struct {
	deps   Deps
	entity string
	now    scanCount

	Recount func() // for the selected record, whose scans changed
}

// scanCount is how many scans a record has.
type scanCount struct {
	id     int64
	n      int
	unread bool // nobody knows
}

// CountScans lets a register's detail say how many scans the selected record
// has; the detail adds [ScanCounter.Pieces].
func CountScans[R any](deps Deps, entity string, table *kit.Table[R], id func(R) int64) *ScanCounter {
	c := &ScanCounter{deps: deps, entity: entity}
	show := table.OnSelect
	stop := func() {}
	table.OnSelect = func(r R, ok bool) {
		stop()
		if c.now.id != id(r) {
			c.now = scanCount{id: id(r)}
		}
		show(r, ok)
		if ok {
			stop = c.read(id(r), func() { show(r, true) })
		}
	}
	c.Recount = func() {
		if r, ok := table.Selected(); ok {
			table.OnSelect(r, true)
		}
	}
	return c
}

// read counts the scans of a record unless it is stopped before, and calls
// changed when there are more or fewer than was known.
func (c *ScanCounter) read(id int64, changed func()) (stop context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.Background())
	kit.Run(ctx, func(ctx context.Context) (int, error) {
		all, err := c.deps.Store.Attachments(ctx, c.entity, id)
		return len(all), err
	}, func(n int, err error) {
		if ctx.Err() != nil { // another record is selected, or the same anew
			return
		}
		cancel()
		if err != nil {
			c.deps.Log.Error("count scans", "error", err.Error())
		}
		if now := (scanCount{id, n, err != nil}); now != c.now {
			c.now = now
			changed()
		}
	})
	return cancel
}

// Pieces are what a detail says about the scans of a record. c may be nil:
// a page asks for details while it is being made.
func (c *ScanCounter) Pieces(id int64) []kit.Piece {
	switch {
	case c == nil || c.now.id != id:
	case c.now.unread:
		return []kit.Piece{{Text: "扫描件读不出来", Style: kit.PieceChip, Tone: kit.Bad}}
	case c.now.n > 0:
		return []kit.Piece{{Text: fmt.Sprintf("扫描件 %d", c.now.n)}}
	}
	return nil
}
