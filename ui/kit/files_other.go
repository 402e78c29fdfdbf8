//go:build !windows

package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
)

// Elsewhere Fyne's own dialog serves; it needs nothing installed.

func showFileDialog(win fyne.Window, d *dialog.FileDialog, title, yes string) {
	removeKeys := pushScope(win.Canvas(), &scope{modal: true})
	d.SetOnClosed(removeKeys)
	d.SetTitleText(title)
	d.SetConfirmText(yes)
	d.SetDismissText("取消")
	d.Show()
	d.Resize(fyne.NewSize(860, 560))
}

func pickOpen(win fyne.Window, title string, exts []string, done func(string)) {
	d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if err != nil {
			ShowError(win, err, nil)
			return
		}
		if f == nil {
			return
		}
		path := f.URI().Path()
		_ = f.Close()
		done(path)
	}, win)
	d.SetFilter(storage.NewExtensionFileFilter(exts))
	showFileDialog(win, d, title, "打开")
}

func pickSave(win fyne.Window, title, name string, done func(string)) {
	d := dialog.NewFileSave(func(f fyne.URIWriteCloser, err error) {
		if err != nil {
			ShowError(win, err, nil)
			return
		}
		if f == nil {
			return
		}
		path := f.URI().Path()
		_ = f.Close()
		done(path)
	}, win)
	d.SetFileName(name)
	showFileDialog(win, d, title, "保存")
}

func pickFolder(win fyne.Window, title string, done func(string)) {
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err != nil {
			ShowError(win, err, nil)
			return
		}
		if u != nil {
			done(u.Path())
		}
	}, win)
	showFileDialog(win, d, title, "选择")
}
