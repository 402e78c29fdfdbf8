package kit

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"github.com/ncruces/zenity"
)

// On Windows the dialogs are the system's own. They run a loop of their own
// and would freeze the window on the UI goroutine. They belong to the window,
// so that it takes no clicks meanwhile and cannot cover them. A dialog that is
// still open when the window is covered counts as cancelled: the hand that
// ends it may be another one.

func native[T any](win fyne.Window, pick func(owner zenity.Option) (T, error), done func(T)) {
	removeKeys := pushScope(win.Canvas(), &scope{modal: true, above: isAbove(win)})
	owner := ownerOf(win)
	Run(context.Background(), func(context.Context) (T, error) { return pick(owner) }, func(picked T, err error) {
		removeKeys()
		heard()
		switch {
		case errors.Is(err, zenity.ErrCanceled) || isBehind(win):
		case err != nil:
			ShowError(win, err, nil)
		default:
			done(picked)
		}
	})
}

// ownerOf is the window as dialogs know it; the desktop when it has no handle.
func ownerOf(win fyne.Window) zenity.Option {
	var handle uintptr
	if above, ok := win.(aboveCover); ok {
		win = above.Window
	}
	if n, ok := win.(driver.NativeWindow); ok {
		n.RunNative(func(context any) {
			if w, ok := context.(driver.WindowsWindowContext); ok {
				handle = w.HWND
			}
		})
	}
	return zenity.Attach(handle)
}

func filters(exts []string) zenity.Option {
	patterns := make([]string, len(exts))
	for i, e := range exts {
		patterns[i] = "*" + e
	}
	return zenity.FileFilters{{Name: strings.Join(patterns, "、"), Patterns: patterns, CaseFold: true}}
}

func pickOpen(win fyne.Window, title string, exts []string, done func(string)) {
	native(win, func(owner zenity.Option) (string, error) {
		return zenity.SelectFile(owner, zenity.Title(title), filters(exts))
	}, done)
}

func pickOpenSeveral(win fyne.Window, title string, exts []string, done func([]string)) {
	native(win, func(owner zenity.Option) ([]string, error) {
		return zenity.SelectFileMultiple(owner, zenity.Title(title), filters(exts))
	}, done)
}

func pickSave(win fyne.Window, title, name string, done func(string)) {
	native(win, func(owner zenity.Option) (string, error) {
		options := []zenity.Option{owner, zenity.Title(title), zenity.Filename(name), zenity.ConfirmOverwrite()}
		if ext := extension(name); ext != "" {
			options = append(options, filters([]string{ext}))
		}
		return zenity.SelectFileSave(options...)
	}, done)
}

func pickFolder(win fyne.Window, title string, done func(string)) {
	native(win, func(owner zenity.Option) (string, error) {
		return zenity.SelectFile(owner, zenity.Title(title), zenity.Directory())
	}, done)
}
