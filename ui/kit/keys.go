package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Keys maps shortcuts such as "Ctrl+N", "Ctrl+Shift+S", "F1" or "Esc" to what
// they do. Fyne gives a shortcut to the focused field, which forgets it, or
// to the canvas; the fields of this package hand on what they do not need, so
// that a shortcut works wherever the caret is.
type Keys map[string]func()

// keyring is the stack of key scopes of one canvas. While it is covered, only
// those of the cover and of what lies above it are heard.
type keyring struct {
	scopes []*scope
	above  []*scope // empty when there is no cover
	bound  map[string]bool
}

// scope is one page's or dialog's keys. A modal scope hides those below it.
type scope struct {
	keys   Keys
	runes  func(rune)
	modal  bool
	above  bool // belongs to a cover
	always bool // heard below dialogs too
}

// live are the scopes that are heard.
func (r *keyring) live() []*scope {
	if len(r.above) > 0 {
		return r.above
	}
	return r.scopes
}

var keyrings = map[fyne.Canvas]*keyring{}

func ringOf(c fyne.Canvas) *keyring {
	r := keyrings[c]
	if r == nil {
		r = &keyring{bound: map[string]bool{}}
		keyrings[c] = r
		c.SetOnTypedKey(func(e *fyne.KeyEvent) { heard(); typedKey(c, e) })
		c.SetOnTypedRune(func(k rune) { heard(); typedRune(c, k) })
		if d, ok := c.(desktop.Canvas); ok {
			d.SetOnKeyDown(func(*fyne.KeyEvent) { heard() })
		}
	}
	return r
}

// PushKeys adds shortcuts to a window until remove is called. What was pushed
// last wins; below an open dialog nothing fires.
func PushKeys(win fyne.Window, keys Keys) (remove func()) {
	return pushScope(win.Canvas(), &scope{keys: keys, above: isAbove(win)})
}

// PushAlwaysKeys is [PushKeys] for shortcuts that fire below an open dialog
// too, as that which locks the window. They are silent while [ShowProgress]
// works and while a cover lies over the window.
func PushAlwaysKeys(win fyne.Window, keys Keys) (remove func()) {
	quiet := Keys{}
	for name, f := range keys {
		quiet[name] = func() {
			if idleWaits[win.Canvas()] == 0 {
				f()
			}
		}
	}
	return pushScope(win.Canvas(), &scope{keys: quiet, always: true})
}

func pushScope(c fyne.Canvas, s *scope) (remove func()) {
	r := ringOf(c)
	if s.above {
		r.above = append(r.above, s)
	} else {
		r.scopes = append(r.scopes, s)
	}
	keys := Keys{}
	for name, f := range s.keys {
		shortcut := parseShortcut(name)
		keys[nameOf(shortcut)] = f
		r.bind(c, shortcut)
	}
	s.keys = keys
	return func() {
		is := func(other *scope) bool { return other == s }
		r.scopes = slices.DeleteFunc(slices.Clone(r.scopes), is)
		r.above = slices.DeleteFunc(slices.Clone(r.above), is)
	}
}

// bind registers a shortcut with the canvas once; the scopes decide later
// what it does. Keys without Ctrl or Alt come as typed keys instead.
func (r *keyring) bind(c fyne.Canvas, s *desktop.CustomShortcut) {
	name := nameOf(s)
	if r.bound[name] {
		return
	}
	r.bound[name] = true
	if s.Modifier&^fyne.KeyModifierShift != 0 {
		c.AddShortcut(s, func(fyne.Shortcut) { r.fire(name) })
	}
}

func (r *keyring) fire(name string) bool {
	hidden := false
	for _, s := range slices.Backward(r.live()) {
		if f := s.keys[name]; f != nil && (!hidden || s.always) {
			f()
			return true
		}
		hidden = hidden || s.modal
	}
	return false
}

// blocked reports whether a dialog is open.
func (r *keyring) blocked() bool {
	return slices.ContainsFunc(r.live(), func(s *scope) bool { return s.modal })
}

var modifiers = []struct {
	name string
	mod  fyne.KeyModifier
}{{"Ctrl", fyne.KeyModifierShortcutDefault}, {"Alt", fyne.KeyModifierAlt}, {"Shift", fyne.KeyModifierShift}}

// nameOf writes a shortcut always in the same order.
func nameOf(s *desktop.CustomShortcut) string {
	var name strings.Builder
	for _, m := range modifiers {
		if s.Modifier&m.mod != 0 {
			name.WriteString(m.name + "+")
		}
	}
	return name.String() + string(s.KeyName)
}

func parseShortcut(name string) *desktop.CustomShortcut {
	s := &desktop.CustomShortcut{}
	for part := range strings.SplitSeq(name, "+") {
		s.KeyName = fyne.KeyName(part)
		for _, m := range modifiers {
			if m.name == part {
				s.Modifier |= m.mod
			}
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
	if c == nil { // the widget has the focus and is not drawn yet
		return false
	}
	name := string(e.Name)
	if n, ok := keyNames[e.Name]; ok {
		name = n
	}
	return ringOf(c).fire(name)
}

// typedRune hands a character to the topmost scope that listens to typing,
// which is how a barcode scanner is heard when no field has the focus.
func typedRune(c fyne.Canvas, k rune) {
	if c == nil { // as in typedKey
		return
	}
	for _, s := range slices.Backward(ringOf(c).live()) {
		if s.runes != nil {
			s.runes(k)
			return
		}
		if s.modal {
			return
		}
	}
}

// passShortcut hands a shortcut from the widget that has the focus on to the
// scopes, or to what else the canvas knows.
func passShortcut(o fyne.CanvasObject, s fyne.Shortcut) {
	c := canvasOf(o)
	if custom, ok := s.(*desktop.CustomShortcut); ok && c != nil && ringOf(c).fire(nameOf(custom)) {
		return
	}
	if to, ok := c.(fyne.Shortcutable); ok && !ringOf(c).blocked() {
		to.TypedShortcut(s)
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
