package kit

import (
	"strings"

	"fyne.io/fyne/v2"
)

// PickOpen lets the user choose a file that exists. exts are the endings
// offered, such as ".xlsx". done gets the path on the UI goroutine and is not
// called on cancel.
func PickOpen(win fyne.Window, title string, exts []string, done func(path string)) {
	whenUncovered(win, func() { pickOpen(win, title, exts, done) })
}

// PickOpenSeveral is [PickOpen] for one file or more. Where paths are typed,
// it is one at a time.
func PickOpenSeveral(win fyne.Window, title string, exts []string, done func(paths []string)) {
	whenUncovered(win, func() { pickOpenSeveral(win, title, exts, done) })
}

// PickSave lets the user say where a file goes; name is what it is called
// unless the user says otherwise, and its ending is kept.
func PickSave(win fyne.Window, title, name string, done func(path string)) {
	ext := extension(name)
	whenUncovered(win, func() {
		pickSave(win, title, name, func(path string) {
			if ext != "" && !strings.EqualFold(extension(path), ext) {
				path += ext
			}
			done(path)
		})
	})
}

// PickFolder lets the user choose a folder.
func PickFolder(win fyne.Window, title string, done func(path string)) {
	whenUncovered(win, func() { pickFolder(win, title, done) })
}

func extension(name string) string {
	i := strings.LastIndexByte(name, '.')
	if i < 0 || strings.ContainsAny(name[i:], `/\`) {
		return ""
	}
	return name[i:]
}

// OnDrop calls dropped with the paths of files dragged from the desktop onto
// the window, on the UI goroutine. A covered window takes no files.
func OnDrop(win fyne.Window, dropped func(paths []string)) {
	win.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) {
		heard()
		if isBehind(win) {
			return
		}
		paths := make([]string, len(uris))
		for i, u := range uris {
			paths[i] = u.Path()
		}
		dropped(paths)
	})
}
