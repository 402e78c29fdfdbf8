package campaign

import (
	"context"
	"fmt"

	"qingfeng/ui/kit"
)

// scanCount is how many scans a letter has.
type scanCount struct {
	letter int64
	n      int
	unread bool // nobody knows
}

// countScans lets the detail say how many scans the selected letter has. They
// are read for that letter only, after it is shown.
func (p *CommitmentsPage) countScans() {
	show := p.Table().OnSelect
	stop := func() {}
	p.Table().OnSelect = func(r letter, ok bool) {
		stop()
		if p.scans.letter != r.ID {
			p.scans = scanCount{letter: r.ID}
		}
		show(r, ok)
		if ok {
			stop = p.readScans(r.ID, func() { show(r, true) })
		}
	}
}

// readScans counts the scans of a letter unless it is stopped before, and
// calls changed when there are more or fewer than was known.
func (p *CommitmentsPage) readScans(id int64, changed func()) (stop context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.Background())
	kit.Run(ctx, func(ctx context.Context) (int, error) {
		all, err := p.deps.Store.Attachments(ctx, scanRecord, id)
		return len(all), err
	}, func(n int, err error) {
		if ctx.Err() != nil { // another letter is selected, or the same anew
			return
		}
		cancel()
		if err != nil {
			p.deps.Log.Error("count scans", "error", err.Error())
		}
		if now := (scanCount{id, n, err != nil}); now != p.scans {
			p.scans = now
			changed()
		}
	})
	return cancel
}

// recountScans is for the selected letter, whose scans changed.
func (p *CommitmentsPage) recountScans() {
	if r, ok := p.Table().Selected(); ok {
		p.Table().OnSelect(r, true)
	}
}

// detail is what the strip below the table says about a letter.
func (p *CommitmentsPage) detail(r letter) []kit.Piece {
	out := letterDetail(r)
	switch {
	case p.scans.letter != r.ID:
	case p.scans.unread:
		out = append(out, kit.Piece{Text: "扫描件读不出来", Style: kit.PieceChip, Tone: kit.Bad})
	case p.scans.n > 0:
		out = append(out, kit.Piece{Text: fmt.Sprintf("扫描件 %d", p.scans.n)})
	}
	return out
}
