package kit

import (
	"context"
	"fmt"
	"sync"

	"fyne.io/fyne/v2"
)

// Report tells how far a long work is: done of total pieces, and what is
// being done. total 0 means that nobody knows. It may be called from any
// goroutine and as often as one likes.
type Report func(done, total int, note string)

// ShowProgress runs a long work off the UI goroutine under a dialog with a
// count and 取消, which cancels ctx. done is called on the UI goroutine after
// the dialog is gone; a cancelled work reports context.Canceled.
func ShowProgress(win fyne.Window, title string, work func(ctx context.Context, report Report) error, done func(err error)) {
	ctx, cancel := context.WithCancel(context.Background())
	p := &progress{bar: NewBar(0, Accent), count: NewLabel("正在准备…"), note: NewMuted("").Shorten()}
	var stop *Button
	halt := func() {
		cancel()
		stop.SetLabel("正在停止…")
		stop.Disable()
	}
	stop = NewButton("取消", halt)
	d := ShowDialog(win, DialogOptions{
		Title: title, Content: Below(p.bar, p.count, p.note), Buttons: []*Button{stop}, OnEscape: func() {},
	})
	report := p.reporter(env)
	idleWaits[win.Canvas()]++
	Run(ctx, func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx, report) },
		func(_ struct{}, err error) {
			cancel()
			p.end()
			d.Close()
			done(err)
			idleWaits[win.Canvas()]--
			checkIdle()
		})
}

type progress struct {
	bar         *Bar
	count, note *Label

	mu      sync.Mutex
	latest  [2]int
	text    string
	waiting bool // an update is on its way to the UI goroutine
	over    bool // UI goroutine only
}

func (p *progress) end() { p.over = true }

// reporter passes only the latest state on: a thousand reports a second must
// not queue up a thousand redraws.
func (p *progress) reporter(e Env) Report {
	return func(done, total int, note string) {
		p.mu.Lock()
		p.latest, p.text = [2]int{done, total}, note
		first := !p.waiting
		p.waiting = true
		p.mu.Unlock()
		if first {
			e.Do(p.show)
		}
	}
}

func (p *progress) show() {
	p.mu.Lock()
	done, total, note := p.latest[0], p.latest[1], p.text
	p.waiting = false
	p.mu.Unlock()
	if p.over {
		return
	}
	p.note.SetText(note)
	if total > 0 {
		p.bar.Set(ratio(done, total), Accent)
		p.count.SetText(fmt.Sprintf("%d / %d", done, total))
		return
	}
	if done == 0 {
		p.count.SetText("请稍候……")
		return
	}
	p.count.SetText(fmt.Sprintf("已处理 %d", done))
}
