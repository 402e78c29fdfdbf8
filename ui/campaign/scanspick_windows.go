package campaign

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"github.com/ncruces/zenity"

	"qingfeng/model"
	"qingfeng/ui/kit"
)

// pickScans lets the user choose files with the system's dialog, which runs a
// loop of its own and would freeze the window on the UI goroutine. Meanwhile
// a dialog of ours takes the keys. As with the kit's pickers, a choice made
// after the window was covered counts as none: the hand may be another one.
func pickScans(win fyne.Window, done func(paths []string)) {
	gone := false
	wait := kit.ShowDialog(win, kit.DialogOptions{
		Title: "选择扫描件", Content: kit.NewLabel("请在打开的窗口里选择文件，可以一次选几个。"), OnEscape: func() {},
	})
	wait.OnClosed = func() { gone = true }
	owner := zenity.Attach(handleOf(win))
	kit.Run(context.Background(), func(context.Context) ([]string, error) {
		return zenity.SelectFileMultiple(owner, zenity.Title("选择扫描件"), scanFiles())
	}, func(paths []string, err error) {
		taken := gone || covered(win)
		wait.Close()
		switch {
		case taken || errors.Is(err, zenity.ErrCanceled):
		case err != nil:
			kit.ShowError(win, err, nil)
		case len(paths) > 0:
			done(paths)
		}
	})
}

func scanFiles() zenity.Option {
	patterns := make([]string, len(model.AttachmentKinds))
	for i, kind := range model.AttachmentKinds {
		patterns[i] = "*" + kind
	}
	return zenity.FileFilters{{Name: strings.Join(patterns, "、"), Patterns: patterns, CaseFold: true}}
}

// handleOf is the window that the dialog belongs to, 0 for the desktop.
func handleOf(win fyne.Window) (handle uintptr) {
	if n, ok := win.(driver.NativeWindow); ok {
		n.RunNative(func(context any) {
			if w, ok := context.(driver.WindowsWindowContext); ok {
				handle = w.HWND
			}
		})
	}
	return handle
}

// covered reports whether the window was locked.
func covered(win fyne.Window) bool {
	for _, o := range win.Canvas().Overlays().List() {
		if c, ok := o.(interface{ Covers() bool }); ok && c.Covers() {
			return true
		}
	}
	return false
}
