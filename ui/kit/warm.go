package kit

import (
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// WarmFonts parses the theme's two faces beside other work of the start: the
// first text of each would wait for it. The returned function waits until it
// is done; nothing may be measured or shown before.
func WarmFonts() (wait func()) {
	var done sync.WaitGroup
	for _, style := range []fyne.TextStyle{{}, {Bold: true}} {
		done.Go(func() { fyne.MeasureText("清风", theme.TextSize(), style) })
	}
	return done.Wait
}
