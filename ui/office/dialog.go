package office

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"qingfeng/ui/kit"
)

// Above keeps a line's distance between the head of a dialog and its table.
func Above(head, table fyne.CanvasObject) fyne.CanvasObject {
	return kit.Frame(container.New(layout.NewCustomPaddedLayout(0, 10, 0, 0), head), nil, nil, nil, table)
}

// Enable lets a button be pressed or a field be changed, or not.
func Enable(w fyne.Disableable, on bool) {
	if on {
		w.Enable()
	} else {
		w.Disable()
	}
}
