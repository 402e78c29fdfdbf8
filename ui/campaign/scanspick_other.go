//go:build !windows

package campaign

import (
	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/ui/kit"
)

// pickScans lets the user choose a file. Where paths are typed, it is one at
// a time.
func pickScans(win fyne.Window, done func(paths []string)) {
	kit.PickOpen(win, "选择扫描件", model.AttachmentKinds, func(path string) { done([]string{path}) })
}
