package kit

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"github.com/ncruces/zenity"
)

// On Windows the dialogs are the system's own. They run a loop of their own
// and would freeze the window on the UI goroutine.

func native(win fyne.Window, pick func() (string, error), done func(path string)) {
	removeKeys := pushScope(win.Canvas(), &scope{modal: true})
	Run(context.Background(), func(context.Context) (string, error) { return pick() }, func(path string, err error) {
		removeKeys()
		switch {
		case errors.Is(err, zenity.ErrCanceled):
		case err != nil:
			ShowError(win, err, nil)
		case path != "":
			done(path)
		}
	})
}

func filters(exts []string) zenity.Option {
	patterns := make([]string, len(exts))
	for i, e := range exts {
		patterns[i] = "*" + e
	}
	return zenity.FileFilters{{Name: strings.Join(patterns, "、"), Patterns: patterns, CaseFold: true}}
}

func pickOpen(win fyne.Window, title string, exts []string, done func(string)) {
	native(win, func() (string, error) { return zenity.SelectFile(zenity.Title(title), filters(exts)) }, done)
}

func pickSave(win fyne.Window, title, name string, done func(string)) {
	native(win, func() (string, error) {
		options := []zenity.Option{zenity.Title(title), zenity.Filename(name), zenity.ConfirmOverwrite()}
		if ext := extension(name); ext != "" {
			options = append(options, filters([]string{ext}))
		}
		return zenity.SelectFileSave(options...)
	}, done)
}

func pickFolder(win fyne.Window, title string, done func(string)) {
	native(win, func() (string, error) { return zenity.SelectFile(zenity.Title(title), zenity.Directory()) }, done)
}
