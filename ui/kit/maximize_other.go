//go:build !windows

package kit

import "fyne.io/fyne/v2"

// Maximize leaves the size of the window to the window manager.
func Maximize(fyne.Window) {}
