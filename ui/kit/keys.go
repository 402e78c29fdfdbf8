package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Keys maps shortcuts such as "Ctrl+N", "Ctrl+Shift+S", "F1" or "Esc" to what
// they do. Fyne gives a shortcut to the focused field, which forgets it, or
// to the canvas; the fields of this package hand on what they do not need, so
// that a shortcut works wherever the caret is.
type Keys map[string]func()

// keyring is the stack of key scopes of one canvas.
type keyring struct {
	scopes []*scope
	bound  map[string]bool
}

// scope is one page's or dialog's keys. A modal scope hides those below it.
type scope struct {
	keys  Keys
	runes func(rune)
	modal bool
}

var keyrings = map[fyne.Canvas]*keyring{}

func ringOf(c fyne.Canvas) *keyring {
	r := keyrings[c]
	if r == nil {
		r = &keyring{bound: map[string]bool{}}
		keyrings[c] = r
		c.SetOnTypedKey(func(e *fyne.KeyEvent) { typedKey(c, e) })
		c.SetOnTypedRune(func(k rune) { typedRune(c, k) })
	}
	return r
}

// PushKeys adds shortcuts to a window until remove is called. What was pushed
// last wins; below an open dialog nothing fires.
func PushKeys(win fyne.Window, keys Keys) (remove func()) {
	return pushScope(win.Canvas(), &scope{keys: keys})
}

func pushScope(c fyne.Canvas, s *scope) (remove func()) {
	r := ringOf(c)
	r.scopes = append(r.scopes, s)
	for name := range s.keys {
		r.bind(c, name)
	}
	return func() {
		for i := range r.scopes {
			if r.scopes[i] == s {
				r.scopes = append(r.scopes[:i:i], r.scopes[i+1:]...)
				return
			}
		}
	}
}

// bind registers a shortcut with the canvas once; the scopes decide later
// what it does. Keys without Ctrl or Alt come as typed keys instead.
func (r *keyring) bind(c fyne.Canvas, name string) {
	if r.bound[name] {
		return
	}
	r.bound[name] = true
	if s := parseShortcut(name); s.Modifier&^fyne.KeyModifierShift != 0 {
		c.AddShortcut(s, func(fyne.Shortcut) { r.fire(name) })
	}
}

func (r *keyring) fire(name string) bool {
	for i := len(r.scopes) - 1; i >= 0; i-- {
		if f := r.scopes[i].keys[name]; f != nil {
			f()
			return true
		}
		if r.scopes[i].modal {
			return false
		}
	}
	return false
}

var modifiers = map[string]fyne.KeyModifier{
	"Ctrl":  fyne.KeyModifierShortcutDefault,
	"Shift": fyne.KeyModifierShift,
	"Alt":   fyne.KeyModifierAlt,
}

func parseShortcut(name string) *desktop.CustomShortcut {
	s := &desktop.CustomShortcut{}
	for part := range strings.SplitSeq(name, "+") {
		if m, ok := modifiers[part]; ok {
			s.Modifier |= m
		} else {
			s.KeyName = fyne.KeyName(part)
		}
	}
	return s
}

// keyNames gives the keys that Fyne and people call differently.
var keyNames = map[fyne.KeyName]string{
	fyne.KeyEscape: "Esc",
	fyne.KeyEnter:  "Return",
}

// typedKey hands a key that the focused widget has no use for to the scopes.
func typedKey(c fyne.Canvas, e *fyne.KeyEvent) bool {
	name := string(e.Name)
	if n, ok := keyNames[e.Name]; ok {
		name = n
	}
	return ringOf(c).fire(name)
}

// typedRune hands a character to the topmost scope that listens to typing,
// which is how a barcode scanner is heard when no field has the focus.
func typedRune(c fyne.Canvas, k rune) {
	scopes := ringOf(c).scopes
	for i := len(scopes) - 1; i >= 0; i-- {
		if scopes[i].runes != nil {
			scopes[i].runes(k)
			return
		}
		if scopes[i].modal {
			return
		}
	}
}

// passShortcut hands a shortcut on to the canvas of the widget that had the
// focus.
func passShortcut(o fyne.CanvasObject, s fyne.Shortcut) {
	if c, ok := canvasOf(o).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

func passKey(o fyne.CanvasObject, e *fyne.KeyEvent) {
	if c := canvasOf(o); c != nil {
		typedKey(c, e)
	}
}

func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(o)
}

func focus(f fyne.Focusable) {
	if o, ok := f.(fyne.CanvasObject); ok {
		if c := canvasOf(o); c != nil {
			c.Focus(f)
		}
	}
}
