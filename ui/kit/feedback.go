package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// SetContent shows content in a window, below the layer on which toasts
// appear.
func SetContent(win fyne.Window, content fyne.CanvasObject) {
	win.SetContent(container.NewStack(content))
}
