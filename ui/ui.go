// Package ui is the frame of the window: first start, navigation, the
// campaign in hand, find and the status line. Pages live by area below it;
// what they share is in ui/kit.
package ui

import (
	"context"
	"log/slog"
	"os"
	"os/user"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/store"
	"qingfeng/model/vault"
	"qingfeng/report/page"
	"qingfeng/ui/kit"
	"qingfeng/ui/system"
)

// Options are what a program hands to the window.
type Options struct {
	Dir string // data folder; "" for the one used last
	Now func() time.Time
	// Cost of a password; the zero value is what the program uses.
	Cost vault.Cost
	// Painted, if given, is called when the first frame is painted.
	Painted func()
}

// lastFolder is the preference that remembers the data folder.
const lastFolder = "data_folder"

// Window is the program's one window.
type Window struct {
	app   fyne.App
	win   fyne.Window
	opts  Options
	fonts *page.Fonts
	close []func() // what to give back at the end, in order of opening
	scale int      // text size in percent
}

// New makes the window and shows the office's data in it, or the first start.
func New(app fyne.App, opts Options) (*Window, error) {
	w := &Window{app: app, opts: opts, scale: 100, fonts: page.ThisMachine()}
	if err := w.applyTheme(); err != nil {
		return nil, err
	}
	fontsReady := kit.WarmFonts()
	icon := fyne.NewStaticResource("qingfeng.png", assets.Icon)
	app.SetIcon(icon)
	w.win = app.NewWindow("清风")
	w.win.SetIcon(icon)
	w.win.SetMaster()
	w.win.Resize(fyne.NewSize(1340, 660)) // with its frame it fits 1366 × 768 above the task bar
	app.Lifecycle().SetOnStarted(func() { kit.Maximize(w.win) })
	w.begin(fontsReady)
	return w, nil
}

// Show shows the window; [fyne.App.Run] has to follow.
func (w *Window) Show() { w.win.Show() }

// Close gives the data folder back.
func (w *Window) Close() {
	for i := len(w.close) - 1; i >= 0; i-- {
		w.close[i]()
	}
	w.close = nil
}

func (w *Window) applyTheme() error {
	t, err := kit.NewTheme(kit.ThemeOptions{Regular: assets.SansRegular, Bold: assets.SansBold, Scale: float32(w.scale) / 100})
	if err != nil {
		return err
	}
	w.app.Settings().SetTheme(t)
	return nil
}

// begin opens the folder that was asked for or used last, or starts the first
// start when there is none. It calls fontsReady before it shows anything.
func (w *Window) begin(fontsReady func()) {
	dir := w.opts.Dir
	if dir == "" {
		dir = w.app.Preferences().StringWithFallback(lastFolder, folder.Default())
	}
	if !folder.Exists(dir) {
		fontsReady()
		w.firstStart(dir)
		return
	}
	s, err := w.open(context.Background(), dir)
	fontsReady()
	if err != nil {
		w.cannotOpen(dir, err)
		return
	}
	if _, err := s.Hospital(context.Background()); err != nil {
		w.Close()
		if model.CodeOf(err) == model.NotFound {
			w.firstStart(dir)
		} else {
			w.cannotOpen(dir, err)
		}
		return
	}
	w.work(s, false)
}

func (w *Window) firstStart(dir string) {
	first := &system.FirstStart{Win: w.win, Log: slog.Default(), Folder: dir, Open: w.open, Done: w.work}
	first.Show()
}

// open takes a data folder and its log.
func (w *Window) open(ctx context.Context, dir string) (*store.Store, error) {
	w.Close()
	f, err := folder.Open(dir, holder(w.opts.Now()))
	if err != nil {
		return nil, err
	}
	w.close = append(w.close, func() { f.Close() })
	log := f.LogWriter()
	w.close = append(w.close, func() { log.Close() })
	slog.SetDefault(slog.New(slog.NewTextHandler(log, nil)))
	s, err := store.Open(ctx, f, store.Options{Now: w.opts.Now, Program: "清风 " + model.Version, Cost: w.opts.Cost})
	if err != nil {
		slog.Error("open", "err", err)
		w.Close()
		return nil, err
	}
	w.close = append(w.close, func() { s.Close() })
	return s, nil
}

func holder(now time.Time) folder.Holder {
	h := folder.Holder{Program: "清风", PID: os.Getpid(), Since: now, User: "未登录"}
	if u, err := user.Current(); err == nil {
		h.User = u.Username
	}
	h.Host, _ = os.Hostname()
	return h
}

// cannotOpen says why a folder stays closed and what can be done.
func (w *Window) cannotOpen(dir string, err error) {
	var again, other *kit.Button
	again = kit.NewPrimaryButton("重试", func() { w.begin(func() {}) })
	other = kit.NewButton("换一个数据文件夹…", func() { w.opts.Dir = ""; w.firstStart(dir) })
	quit := kit.NewButton("退出", w.app.Quit)
	slog.Error("cannot open", "err", err)
	box := kit.Wide(760, kit.NewCard("打不开数据文件夹", nil, kit.Below(kit.NewParagraph(sentence(err)), kit.Beside(again, other, quit))))
	box.Resize(box.MinSize()) // text that breaks knows its height once it has a width
	kit.SetContent(w.win, container.NewCenter(box))
	w.win.Canvas().Focus(again)
}

// work shows the office's data.
func (w *Window) work(s *store.Store, importRoster bool) {
	w.app.Preferences().SetString(lastFolder, s.Folder().Dir())
	if v, err := s.Setting(context.Background(), store.TextScale); err == nil && v != "" {
		if percent, err := strconv.Atoi(v); err == nil {
			w.setScale(percent)
		}
	}
	f := newFrame(w, s)
	f.show()
	if importRoster {
		f.importRoster("")
	}
}

func (w *Window) setScale(percent int) {
	if percent == w.scale {
		return
	}
	w.scale = percent
	if err := w.applyTheme(); err != nil {
		slog.Error("theme", "err", err)
	}
}

func sentence(err error) string {
	text, _ := kit.UserText(err)
	return text
}
