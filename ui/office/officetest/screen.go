package officetest

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"qingfeng/ui/kit"
)

// Seen is a text on the screen with its place.
type Seen struct {
	Text string
	At   fyne.Position // of its middle
}

// Walk visits the visible objects of the topmost dialog or menu, or of the page
// when there is none, with their absolute places.
func (d *Desk) Walk(visit func(fyne.CanvasObject, fyne.Position)) {
	root := d.Win.Canvas().Overlays().Top()
	if root == nil {
		root = d.Win.Content()
	}
	Walk(root, visit)
}

// Screen lists what is readable: in the topmost dialog or menu, or on the
// page with its toast when there is none.
func (d *Desk) Screen() []Seen {
	var out []Seen
	d.Walk(func(o fyne.CanvasObject, at fyne.Position) {
		if x, ok := o.(*canvas.Text); ok && x.Text != "" {
			out = append(out, Seen{x.Text, at.AddXY(min(x.Size().Width, x.MinSize().Width)/2, x.Size().Height/2)})
		}
	})
	return out
}

// Walk visits the visible objects below o with their absolute places.
func Walk(o fyne.CanvasObject, visit func(fyne.CanvasObject, fyne.Position)) {
	walk(o, fyne.Position{}, visit)
}

func walk(o fyne.CanvasObject, parent fyne.Position, visit func(fyne.CanvasObject, fyne.Position)) {
	if !o.Visible() {
		return
	}
	at := parent.Add(o.Position())
	visit(o, at)
	switch x := o.(type) {
	case *fyne.Container:
		for _, c := range x.Objects {
			walk(c, at, visit)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(x).Objects() {
			walk(c, at, visit)
		}
	}
}

// Text is what is readable, a line each.
func (d *Desk) Text() string {
	var b strings.Builder
	for _, s := range d.Screen() {
		b.WriteString(s.Text + "\n")
	}
	return b.String()
}

// Sees fails unless each text is part of something on the screen.
func (d *Desk) Sees(texts ...string) {
	d.T.Helper()
	all := d.Text()
	for _, want := range texts {
		if !strings.Contains(all, want) {
			d.T.Fatalf("%q is not on the screen:\n%s", want, all)
		}
	}
}

// SeesNot fails when a text is part of something on the screen.
func (d *Desk) SeesNot(text string) {
	d.T.Helper()
	if all := d.Text(); strings.Contains(all, text) {
		d.T.Fatalf("%q is on the screen:\n%s", text, all)
	}
}

// Tap taps where a text stands: the last of those that read so.
func (d *Desk) Tap(texts ...string) {
	d.T.Helper()
	for _, text := range texts {
		list := d.Screen()
		found := false
		for i := len(list) - 1; i >= 0 && !found; i-- {
			if list[i].Text == text {
				test.TapCanvas(d.Win.Canvas(), list[i].At)
				found = true
			}
		}
		if !found {
			d.T.Fatalf("nothing reads %q:\n%s", text, d.Text())
		}
	}
}

// TapLast taps what reads so first from below the others, such as the button
// of a dialog whose title reads the same.
func (d *Desk) TapLast(text string) {
	d.T.Helper()
	var lowest *Seen
	for _, s := range d.Screen() {
		if s.Text == text && (lowest == nil || s.At.Y > lowest.At.Y) {
			lowest = &s
		}
	}
	if lowest == nil {
		d.T.Fatalf("nothing reads %q:\n%s", text, d.Text())
	}
	test.TapCanvas(d.Win.Canvas(), lowest.At)
}

// TickRow ticks the table row in which a text stands: the row is selected and
// Space ticks it.
func (d *Desk) TickRow(text string) {
	d.T.Helper()
	d.Tap(text)
	d.Win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
}

// Menu opens a menu of the title line, whose buttons stand above all others,
// and picks an item.
func (d *Desk) Menu(label, item string) {
	d.T.Helper()
	var button *Seen
	for _, s := range d.Screen() {
		if s.Text == label && (button == nil || s.At.Y < button.At.Y) {
			button = &s
		}
	}
	if button == nil {
		d.T.Fatalf("no button reads %q:\n%s", label, d.Text())
	}
	test.TapCanvas(d.Win.Canvas(), button.At)
	if item != "" {
		d.Tap(item)
	}
}

// Fields are the text fields of the topmost dialog, in order.
func (d *Desk) Fields() []fyne.Focusable {
	var out []fyne.Focusable
	Walk(d.Win.Canvas().Overlays().Top(), func(o fyne.CanvasObject, _ fyne.Position) {
		switch x := o.(type) {
		case *kit.Entry:
			out = append(out, x)
		case *kit.DateField:
			out = append(out, x)
		}
	})
	return out
}

// Write types a text into the i-th field of the topmost dialog.
func (d *Desk) Write(i int, text string) {
	d.T.Helper()
	fields := d.Fields()
	if i >= len(fields) {
		d.T.Fatalf("there are %d fields only", len(fields))
	}
	d.Win.Canvas().Focus(fields[i])
	test.Type(fields[i], text)
}

// PickFile names a file in the dialog that asks for one.
func (d *Desk) PickFile(path string) {
	d.T.Helper()
	d.Fields()[0].(*kit.Entry).SetText(path)
	d.TapLast("确定")
}

// Scan types a code and Enter as a scanner does, wherever the focus is.
func (d *Desk) Scan(code string) {
	for _, r := range code {
		if f := d.Win.Canvas().Focused(); f != nil {
			f.TypedRune(r)
		} else {
			d.Win.Canvas().OnTypedRune()(r)
		}
	}
	d.Press(fyne.KeyReturn)
}

// Press gives a key to whatever has the focus.
func (d *Desk) Press(key fyne.KeyName) {
	e := &fyne.KeyEvent{Name: key}
	if f := d.Win.Canvas().Focused(); f != nil {
		f.TypedKey(e)
	} else if f := d.Win.Canvas().OnTypedKey(); f != nil {
		f(e)
	}
}

// Escape presses Esc.
func (d *Desk) Escape() { d.Press(fyne.KeyEscape) }

// Picture keeps what the window shows when the environment variable
// PAGE_PICTURES names a folder.
func (d *Desk) Picture(name string) {
	d.T.Helper()
	dir := os.Getenv("PAGE_PICTURES")
	if dir == "" {
		return
	}
	d.check(os.MkdirAll(dir, 0o755))
	f, err := os.Create(filepath.Join(dir, name+".png"))
	d.check(err)
	defer f.Close()
	d.check(png.Encode(f, d.Win.Canvas().Capture()))
}
