package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"golang.org/x/sys/windows"
)

var showWindow = windows.NewLazySystemDLL("user32.dll").NewProc("ShowWindow")

// Maximize fills the screen with a window that is shown: on the small screens
// of offices a register needs every row. Fyne has no call for it.
func Maximize(win fyne.Window) {
	const swMaximize = 3
	native, ok := win.(driver.NativeWindow)
	if !ok {
		return
	}
	native.RunNative(func(context any) {
		if w, ok := context.(driver.WindowsWindowContext); ok {
			_, _, _ = showWindow.Call(w.HWND, swMaximize) // a window of its own size will do too
		}
	})
}
