// Package kittest opens windows for tests of pages: with the program's theme
// and fonts, at the size of the smallest screen, without goroutines.
package kittest

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"qingfeng/assets"
	"qingfeng/ui/kit"
)

// Window opens a test window of 1366×768 in which all background work is done
// before the call that starts it returns, and the clock stands at now.
func Window(t testing.TB, now time.Time) fyne.Window {
	t.Helper()
	a := test.NewTempApp(t)
	theme, err := kit.NewTheme(kit.ThemeOptions{Regular: assets.SansRegular, Bold: assets.SansBold})
	if err != nil {
		t.Fatal(err)
	}
	a.Settings().SetTheme(theme)
	t.Cleanup(kit.SetEnv(kit.Synchronous(now)))
	w := test.NewTempWindow(t, nil)
	w.SetPadded(false)
	kit.SetContent(w, nil)
	w.Resize(fyne.NewSize(1366, 768))
	return w
}

// Show puts a page into the window as the program does.
func Show(w fyne.Window, p kit.Page) {
	kit.SetContent(w, p.Content())
	p.Shown()
}

// Texts is every text on the window, dialogs included, a line each. Of a
// covered window it is what the cover and the dialogs above it show.
func Texts(w fyne.Window) string {
	var all []string
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		switch o := o.(type) {
		case *canvas.Text:
			all = append(all, o.Text)
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c)
			}
		}
	}
	seen := []fyne.CanvasObject{w.Content()}
	for _, o := range w.Canvas().Overlays().List() {
		if c, ok := o.(interface{ Covers() bool }); ok && c.Covers() {
			seen = nil
		}
		seen = append(seen, o)
	}
	for _, o := range seen {
		walk(o)
	}
	return strings.Join(all, "\n")
}

// Press taps the visible button, door or menu line with a label and reports
// whether there is one. What lies over the page goes first.
func Press(w fyne.Window, label string) bool {
	roots := append([]fyne.CanvasObject{w.Content()}, w.Canvas().Overlays().List()...)
	return press(roots[len(roots)-1], label)
}

func press(o fyne.CanvasObject, label string) bool {
	if !o.Visible() {
		return false
	}
	if b, ok := o.(interface {
		Label() string
		Tapped(*fyne.PointEvent)
	}); ok && b.Label() == label {
		if m, ok := o.(desktop.Mouseable); ok {
			m.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
			m.MouseUp(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
		}
		b.Tapped(&fyne.PointEvent{})
		return true
	}
	var children []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		children = o.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(o).Objects()
	}
	for _, c := range children {
		if press(c, label) {
			return true
		}
	}
	return false
}

// Key types a key into what has the focus.
func Key(w fyne.Window, names ...fyne.KeyName) {
	for _, n := range names {
		e := &fyne.KeyEvent{Name: n}
		if k, ok := w.Canvas().Focused().(desktop.Keyable); ok {
			k.KeyDown(e)
		}
		if f := w.Canvas().Focused(); f != nil {
			f.TypedKey(e)
		}
		if k, ok := w.Canvas().Focused().(desktop.Keyable); ok {
			k.KeyUp(e)
		}
	}
}

// Picture saves the window for a person to look at, into the folder that the
// environment variable KIT_PICTURES names; without it nothing is saved.
func Picture(t testing.TB, w fyne.Window, name string) {
	t.Helper()
	dir := os.Getenv("KIT_PICTURES")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, w.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}
