package kit

import (
	"image/color"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Entry is a text field. It hands shortcuts and keys it has no use for on to
// the page, which Fyne's does not, and stops at a number of characters.
// Pages use OnEdited and OnEnter: Fyne's OnChanged and OnSubmitted are taken.
type Entry struct {
	self fyne.Widget // the widget on the canvas: this one, or what it is a part of
	widget.Entry
	hooks
	OnEdited func(text string) // each change, also by SetText
	OnEnter  func(text string)

	limit   int  // characters; 0 = no limit
	secret  bool // a password
	caps    bool // Caps Lock is seen to be on
	invalid bool
	pointed bool   // the mouse is what gives it the focus: what is seen there stays where it is
	left    func() // focus lost
	gained  func()
	keys    func(*fyne.KeyEvent) bool // sees keys first
	box     *canvas.Rectangle
}

// NewEntry is a field of one line with at most limit characters, 0 for any
// number.
func NewEntry(limit int) *Entry {
	e := &Entry{limit: limit}
	e.setUp(e)
	return e
}

// NewMultiEntry is a field of several lines. Enter breaks the line; Ctrl+Enter
// goes on to the next field.
func NewMultiEntry(limit, rows int) *Entry {
	e := &Entry{limit: limit}
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapBreak
	e.SetMinRowsVisible(rows)
	e.setUp(e)
	return e
}

func (e *Entry) setUp(self fyne.Widget) {
	e.self = self
	e.box = canvas.NewRectangle(color.Transparent)
	e.ExtendBaseWidget(self)
	e.OnChanged = e.edited
	e.OnSubmitted = func(text string) {
		if e.OnEnter != nil {
			e.OnEnter(text)
		}
		e.tellSubmitted()
	}
}

func (e *Entry) edited(text string) {
	if e.limit > 0 && utf8.RuneCountInString(text) > e.limit {
		e.SetText(string([]rune(text)[:e.limit]))
		return
	}
	if e.OnEdited != nil {
		e.OnEdited(text)
	}
	e.tellChanged()
}

// Value is the text without blanks at its ends; a password is left as it is.
func (e *Entry) Value() string {
	if e.secret {
		return e.Text
	}
	return strings.TrimSpace(e.Text)
}

// Raw implements Input.
func (e *Entry) Raw() string { return e.Value() }

// Check implements Input; any text will do.
func (e *Entry) Check() string { return "" }

// Target implements Input.
func (e *Entry) Target() fyne.Focusable { return e.self.(fyne.Focusable) }

// SetInvalid implements Input.
func (e *Entry) SetInvalid(bad bool) {
	if e.invalid != bad {
		e.invalid = bad
		e.paintFrame()
	}
}

func (e *Entry) paintFrame() {
	e.box.Hidden = !e.invalid
	e.box.StrokeColor, e.box.StrokeWidth = theme.Color(theme.ColorNameError), 1.4
	e.box.CornerRadius = theme.Size(theme.SizeNameInputRadius)
	canvas.Refresh(e.box)
}

// AcceptsTab keeps Tab for going on, in fields of several lines too.
func (e *Entry) AcceptsTab() bool { return false }

// FocusGained implements fyne.Focusable.
func (e *Entry) FocusGained() {
	e.Entry.FocusGained()
	if e.gained != nil {
		e.gained()
	}
	if !e.pointed {
		e.tellArrived(e.self)
	}
}

// selectAll marks the whole text, for fields in which one rather types another
// value than changes a digit.
func (e *Entry) selectAll() { e.Entry.TypedShortcut(&fyne.ShortcutSelectAll{}) }

// Retype puts the caret into the field so that what one types takes the place
// of what stands there.
func (e *Entry) Retype() {
	focus(e)
	e.selectAll()
}

// FocusLost implements fyne.Focusable.
func (e *Entry) FocusLost() {
	e.Entry.FocusLost()
	e.setCaps(false) // it may change while another field has the focus
	if e.left != nil {
		e.left()
	}
	e.tellLeft()
}

// KeyDown implements desktop.Keyable.
func (e *Entry) KeyDown(k *fyne.KeyEvent) {
	heard()
	if k.Name == desktop.KeyCapsLock {
		e.setCaps(false) // or on: the next letter tells
	}
	e.Entry.KeyDown(k)
}

// MouseDown implements desktop.Mouseable.
func (e *Entry) MouseDown(m *desktop.MouseEvent) {
	heard()
	e.pointed = true
	e.Entry.MouseDown(m)
	e.pointed = false
}

// TypedRune implements fyne.Focusable.
func (e *Entry) TypedRune(r rune) {
	heard()
	e.noticeCaps(r)
	e.Entry.TypedRune(r)
}

// TypedKey implements fyne.Focusable.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	if e.keys != nil && e.keys(k) {
		return
	}
	if k.Name == fyne.KeyEscape || isFunctionKey(k.Name) {
		passKey(e.self, k)
		return
	}
	e.Entry.TypedKey(k)
}

func isFunctionKey(n fyne.KeyName) bool {
	return len(n) >= 2 && n[0] == 'F' && n[1] >= '1' && n[1] <= '9'
}

// TypedShortcut keeps what edits text and hands on the rest.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	c, custom := s.(*desktop.CustomShortcut)
	switch {
	case e.secret && copies(s):
	case !custom || editing(c.KeyName):
		e.Entry.TypedShortcut(s)
	case e.MultiLine && (c.KeyName == fyne.KeyReturn || c.KeyName == fyne.KeyEnter):
		e.tellSubmitted()
	default:
		passShortcut(e.self, s)
	}
}

func editing(n fyne.KeyName) bool {
	switch n {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyDelete:
		return true
	}
	return false
}

// CreateRenderer implements fyne.Widget.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	inner := e.Entry.CreateRenderer()
	e.paintFrame()
	return &framedRenderer{WidgetRenderer: inner, entry: e}
}

// framedRenderer lays the red frame of an invalid field over Fyne's entry.
// Fyne's own validation would add an icon and decide itself when to show it.
type framedRenderer struct {
	fyne.WidgetRenderer
	entry   *Entry
	objects []fyne.CanvasObject
}

func (r *framedRenderer) Objects() []fyne.CanvasObject {
	r.objects = append(append(r.objects[:0], r.WidgetRenderer.Objects()...), r.entry.box)
	return r.objects
}

func (r *framedRenderer) Layout(s fyne.Size) {
	r.WidgetRenderer.Layout(s)
	r.entry.box.Move(fyne.NewPos(0.5, 0.5))
	r.entry.box.Resize(s.SubtractWidthHeight(1, 1))
}

func (r *framedRenderer) MinSize() fyne.Size {
	m := r.WidgetRenderer.MinSize()
	if !r.entry.MultiLine {
		m.Height = max(m.Height, size(sizeField))
	}
	m.Width = max(m.Width, 60)
	return m
}

func (r *framedRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.entry.paintFrame()
}
