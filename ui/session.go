package ui

import (
	"context"
	"image"
	"log/slog"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
	"qingfeng/ui/system"
)

// signIn asks who works with a folder that is open.
func (w *Window) signIn(s *store.Store) {
	w.applyScale(s)
	if name, err := s.HospitalName(context.Background()); err == nil {
		w.win.SetTitle("清风 · " + name)
	}
	kit.SetContent(w.win, nil)
	w.win.SetCloseIntercept(nil)
	g := w.gate(s)
	g.OtherFolder = func() {
		g.Close()
		w.Close()
		w.opts.Dir = ""
		w.firstStart(s.Folder().Dir())
	}
	g.Passed = func(model.Account) {
		kit.Dismiss(w.win) // what ended since the last account left
		g.Close()
		w.work(s, false)
	}
	g.Show()
}

// office is what the pages of every area need.
func (w *Window) office(s *store.Store) office.Deps {
	return office.Deps{Win: w.win, Store: s, Fonts: w.fonts, Log: slog.Default(), Open: w.opts.OpenFile}
}

func (w *Window) gate(s *store.Store) *system.Gate {
	return &system.Gate{
		Deps: system.Deps{Deps: w.office(s)},
		Last: w.app.Preferences().String(lastLogin), Mark: w.paintMark(),
	}
}

// work shows the office's data to who is signed in.
func (w *Window) work(s *store.Store, importRoster bool) {
	w.app.Preferences().SetString(lastFolder, s.Folder().Dir())
	w.applyScale(s)
	a, _ := s.Account()
	w.app.Preferences().SetString(lastLogin, a.Login)
	f := newFrame(w, s, a)
	f.show()
	if importRoster {
		f.importRoster("")
	}
}

// paintMark is a dot that reports the window's first painting.
func (w *Window) paintMark() fyne.CanvasObject {
	mark := canvas.NewRaster(func(width, height int) image.Image {
		if done := w.opts.Painted; done != nil {
			w.opts.Painted = nil
			done()
		}
		return image.NewAlpha(image.Rect(0, 0, width, height))
	})
	mark.SetMinSize(fyne.NewSize(1, 1))
	return mark
}

// lock covers the window until somebody signs in; automatic when the idle time
// was up. What lies behind stays as it was left.
func (f *frame) lock(automatic bool) {
	if f.locked {
		return
	}
	f.locked, f.unsavedBehind = true, f.unsaved()
	g := f.gate(f.store)
	g.Locked, g.Unsaved = f.account, f.unsavedBehind
	g.Passed = func(a model.Account) {
		if a.ID == f.account.ID && a.Role == f.account.Role {
			g.Close()
			f.locked = false
			f.resume()
			return
		}
		f.end()
		g.Close()
		f.work(f.store, false)
	}
	g.Show()
	f.signOut(automatic, func() {})
}

// resume goes on after the window was locked. What was read meanwhile was
// refused.
func (f *frame) resume() {
	f.win.SetCloseIntercept(f.closeWindow) // the gate may have had its own
	f.refreshPages()
	f.lookAtDay()
	f.backups.makeIfDue()
}

// lookAtDay makes the backup of a day that began while the window was open,
// and lets the pages count from it.
func (f *frame) lookAtDay() {
	if today := f.store.Today(); !f.locked && today != f.day {
		f.day = today
		f.refreshPages()
		f.backups.makeIfDue()
	}
}

// tellWhatIsOpen tells whoever signs in what waits for a decision since an
// earlier day.
func (f *frame) tellWhatIsOpen() {
	type open struct {
		altered  string
		rekeying bool
	}
	kit.Run(context.Background(), func(ctx context.Context) (o open, err error) {
		if o.altered, err = f.store.AlteredAt(ctx); err != nil {
			return o, err
		}
		o.rekeying, err = f.store.Rekeying(ctx)
		return o, err
	}, func(o open, err error) {
		switch {
		case err != nil:
			f.fail(err)
		case f.ended || f.locked:
		default:
			if o.altered != "" {
				f.tellAltered(o.altered)
			}
			if o.rekeying && f.store.May(model.Manage) {
				f.offerRekey()
			}
		}
	})
}

func (f *frame) tellAltered(at string) {
	kit.Confirm(f.win, kit.Question{
		Title: "数据库文件被改动过",
		Text: at + " 打开时发现：清风关闭期间，数据库文件被别的程序改动过，或者磁盘出了错。请核对近期的数据，并做一次体检。" +
			"查明后由管理员在“体检”里确认，在那以前每次登录都会提醒。",
		Yes: "去体检", No: "以后再说",
	}, func() { f.open(keyCheckUp) })
}

func (f *frame) offerRekey() {
	kit.Confirm(f.win, kit.Question{
		Title: "继续更换密钥？", Text: "上次更换密钥没有做完。数据都能照常使用，但要做完才算换好。",
		Yes: "继续", No: "以后再说",
	}, func() {
		kit.ShowProgress(f.win, "正在更换密钥", func(ctx context.Context, report kit.Report) error {
			return f.store.Rekey(ctx, func(done int) { report(done, 0, "") })
		}, func(err error) {
			if err != nil {
				f.fail(err)
				return
			}
			kit.Toast(f.win, "密钥已更换", kit.Good)
		})
	})
}

// signOut ends the session and then calls done.
func (f *frame) signOut(automatic bool, done func()) {
	kit.Run(context.Background(), func(ctx context.Context) (struct{}, error) {
		return struct{}{}, f.store.SignOut(ctx, automatic)
	}, func(_ struct{}, err error) {
		if err != nil {
			slog.Error("sign out", "err", err) // the session is over all the same
		}
		done()
	})
}

// leaveOffice is 退出登录: another person may come.
func (f *frame) leaveOffice() {
	f.leave(func() {
		f.end()
		f.signOut(false, func() { f.Window.signIn(f.store) })
	})
}

// restore puts a backup in the place of the data; whoever works then signs in
// as the backup knows it.
func (f *frame) restore(path, secret string) {
	f.end()
	dir := f.store.Folder().Dir()
	kit.SetContent(f.win, nil)
	f.closeStore()
	system.RestoreBackup(f.win, f.folder, path, secret, f.opts.Now, f.app.Quit, func(r store.Restored, err error) {
		f.again(dir)
		if err != nil {
			kit.ShowError(kit.AboveCover(f.win), err, slog.Default())
			return
		}
		system.SayRestored(kit.AboveCover(f.win), r)
	})
}

// unsaved reports whether something would be lost with the pages: what a page
// holds, or an open dialog, which cannot be asked.
func (f *frame) unsaved() bool {
	if len(f.win.Canvas().Overlays().List()) > 0 {
		return true
	}
	p, ok := f.pages[f.shown].(interface{ Dirty() bool })
	return ok && p.Dirty()
}

// closeWindow ends the program once nothing unsaved is left behind.
func (f *frame) closeWindow() {
	if !f.locked {
		f.leave(f.win.Close)
		return
	}
	if !f.unsavedBehind {
		f.win.Close()
		return
	}
	kit.Confirm(kit.AboveCover(f.win), kit.Question{
		Title: "放弃没有保存的内容？", Text: f.account.Label() + "锁定时还有没有保存的内容，退出后就没有了。",
		Yes: "仍然退出", No: "返回", Danger: true,
	}, f.win.Close)
}
