// Package ui is the frame of the window: first start, navigation, the
// campaign in hand, find and the status line. Pages live by area below it;
// what they share is in ui/kit.
package ui

import (
	"context"
	"errors"
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
	// OpenFile shows a file with the system's viewer; nil is the usual way.
	OpenFile func(path string) error
}

// Preferences of this machine's user.
const (
	lastFolder   = "data_folder"
	lastLogin    = "login"
	secondFolder = "backup_folder" // known here too for when the database cannot be read
)

// Window is the program's one window.
type Window struct {
	app    fyne.App
	win    fyne.Window
	opts   Options
	fonts  *page.Fonts
	folder *folder.Folder     // held; nil when no data is open
	store  *store.Store       // nil when the database is closed
	close  []func()           // what to give back after the store, in order of opening
	scale  int                // text size in percent
	first  *system.FirstStart // while it goes on
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

// Close signs out and gives the data folder back.
func (w *Window) Close() {
	w.closeStore()
	for i := len(w.close) - 1; i >= 0; i-- {
		w.close[i]()
	}
	w.close, w.folder = nil, nil
}

// closeStore signs out and closes the database; the folder stays held.
func (w *Window) closeStore() {
	if w.store == nil {
		return
	}
	if err := errors.Join(w.store.SignOut(context.Background(), false), w.store.Close()); err != nil {
		slog.Error("close", "err", err)
	}
	w.store = nil
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
	system.SweepPrints()
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
	w.opened(dir, s, err)
}

// again opens a folder that did not open, or another state of it.
func (w *Window) again(dir string) {
	s, err := w.open(context.Background(), dir)
	w.opened(dir, s, err)
}

// opened shows what comes after the attempt to open a folder.
func (w *Window) opened(dir string, s *store.Store, err error) {
	if err != nil {
		w.cannotOpen(dir, err)
		return
	}
	ctx := context.Background()
	founded, err := s.Founded(ctx)
	name, err2 := s.HospitalName(ctx)
	switch err := errors.Join(err, err2); {
	case err != nil:
		w.cannotOpen(dir, err)
	case founded:
		w.signIn(s)
	case name != "": // of the time before accounts
		w.newFirstStart(dir).Upgrade(s)
	default:
		w.Close()
		w.firstStart(dir)
	}
}

func (w *Window) firstStart(dir string) { w.newFirstStart(dir).Show() }

func (w *Window) newFirstStart(dir string) *system.FirstStart {
	w.first = &system.FirstStart{Win: w.win, Log: slog.Default(), Fonts: w.fonts, Folder: dir,
		Open: w.open, Damaged: w.cannotOpen, Restore: w.restoreInto, SignIn: w.signIn, Done: w.work, OpenFile: w.opts.OpenFile}
	return w.first
}

// open takes a data folder and its log. Of a damaged one the folder stays held,
// so that a backup can be restored into it.
func (w *Window) open(ctx context.Context, dir string) (*store.Store, error) {
	if err := w.take(dir); err != nil {
		return nil, err
	}
	s, err := store.Open(ctx, w.folder, store.Options{Now: w.opts.Now, Program: "清风 " + model.Version, Cost: w.opts.Cost})
	if err != nil {
		slog.Error("open", "err", err)
		if !store.IsDamaged(err) {
			w.Close()
		}
		return nil, err
	}
	w.store = s
	return s, nil
}

// take holds a data folder and writes its log.
func (w *Window) take(dir string) error {
	w.Close()
	f, err := folder.Open(dir, holder(w.opts.Now()))
	if err != nil {
		return err
	}
	w.folder = f
	w.close = append(w.close, func() { f.Close() })
	log := f.LogWriter()
	w.close = append(w.close, func() { log.Close() })
	slog.SetDefault(slog.New(slog.NewTextHandler(log, nil)))
	if w.first != nil {
		w.first.Log = slog.Default()
	}
	return nil
}

// restoreInto asks for a backup that an empty folder is to get.
func (w *Window) restoreInto(dir string) {
	if err := w.take(dir); err != nil {
		w.cannotOpen(dir, err)
		return
	}
	w.restorePage(dir, "").Show()
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
	slog.Error("cannot open", "err", err)
	w.win.SetCloseIntercept(nil)
	if store.IsDamaged(err) {
		w.restorePage(dir, sentence(err)).Show()
		return
	}
	w.Close()
	retry := kit.NewPrimaryButton("重试", func() { w.again(dir) })
	other := func() { w.otherFolder(dir) }
	box := kit.Wide(760, kit.NewCard("打不开数据文件夹", nil, kit.Below(kit.NewParagraph(sentence(err)),
		kit.Beside(retry, kit.NewButton("换一个数据文件夹…", other), kit.NewButton("退出", w.app.Quit)))))
	box.Resize(box.MinSize()) // text that breaks knows its height once it has a width
	kit.SetContent(w.win, container.NewCenter(box))
	w.win.Canvas().Focus(retry)
}

// otherFolder asks for a data folder, proposing dir.
func (w *Window) otherFolder(dir string) {
	w.opts.Dir = ""
	w.Close()
	w.firstStart(dir)
}

// restorePage offers backups for the folder that is held; reason says what is
// wrong with the data there, "" when there is none yet.
func (w *Window) restorePage(dir, reason string) *system.Damaged {
	return &system.Damaged{Win: w.win, Log: slog.Default(), Folder: w.folder, Reason: reason,
		Second: w.app.Preferences().String(secondFolder), Now: w.opts.Now,
		Again: func() { w.again(dir) }, OtherFolder: func() { w.otherFolder(dir) }, Quit: w.app.Quit,
		Restored: func(r store.Restored) {
			w.again(dir)
			system.SayRestored(kit.AboveCover(w.win), r)
		}}
}

// applyScale gives the text the size that the folder's people have set.
func (w *Window) applyScale(s *store.Store) {
	if v, err := s.Setting(context.Background(), store.TextScale); err == nil && v != "" {
		if percent, err := strconv.Atoi(v); err == nil {
			w.setScale(percent)
		}
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
