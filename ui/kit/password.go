package kit

import (
	"image/color"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// NewPassword is a field for a password of at most limit characters, 0 for any
// number. It hides what is typed unless the eye at its right end is on, gives
// nothing to the clipboard, keeps blanks, and says when Caps Lock is on.
func NewPassword(limit int) *Entry {
	e := &Entry{limit: limit, secret: true}
	e.Password = true
	e.ActionItem = newEye(e)
	e.setUp(e)
	return e
}

// copies reports whether a shortcut would take text out of a field.
func copies(s fyne.Shortcut) bool {
	switch s.(type) {
	case *fyne.ShortcutCopy, *fyne.ShortcutCut:
		return true
	}
	return false
}

// TappedSecondary opens Fyne's small menu; for a password always the one of a
// hidden text, which has nothing to copy with.
func (e *Entry) TappedSecondary(p *fyne.PointEvent) {
	heard()
	hidden := e.Password
	e.Password = e.secret
	e.Entry.TappedSecondary(p)
	e.Password = hidden
	e.Refresh()
}

// keyModifiers are the modifiers held down.
var keyModifiers = func() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}

// noticeCaps concludes from a letter whether Caps Lock is on; Fyne does not
// tell. Small letters with Shift held mean that it is, too.
func (e *Entry) noticeCaps(r rune) {
	if e.secret && r <= unicode.MaxASCII && unicode.IsLetter(r) {
		e.setCaps(unicode.IsUpper(r) != (keyModifiers()&fyne.KeyModifierShift != 0))
	}
}

func (e *Entry) setCaps(on bool) {
	if e.caps != on {
		e.caps = on
		e.ActionItem.Refresh()
	}
}

// eye shows and hides a password, and stands beside the mark for Caps Lock. It
// takes no focus, so that Tab goes on to the next field.
type eye struct {
	widget.BaseWidget
	hearing
	entry *Entry
}

func newEye(e *Entry) *eye {
	y := &eye{entry: e}
	y.ExtendBaseWidget(y)
	return y
}

// Tapped implements fyne.Tappable.
func (y *eye) Tapped(*fyne.PointEvent) {
	if !y.entry.Disabled() {
		y.entry.Password = !y.entry.Password
		y.entry.Refresh()
		focus(y.entry)
	}
}

// Cursor implements desktop.Cursorable.
func (y *eye) Cursor() desktop.Cursor { return desktop.DefaultCursor }

// CreateRenderer implements fyne.Widget.
func (y *eye) CreateRenderer() fyne.WidgetRenderer {
	r := &eyeRenderer{y: y, icon: canvas.NewImageFromResource(nil), caps: canvas.NewText("大写", color.Transparent)}
	r.Refresh()
	return r
}

type eyeRenderer struct {
	y    *eye
	icon *canvas.Image
	caps *canvas.Text
}

const (
	eyeRoom = 26 // px
	capsGap = 5  // px between the text and the mark for Caps Lock
)

func (r *eyeRenderer) Destroy()                     {}
func (r *eyeRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.caps, r.icon} }
func (r *eyeRenderer) MinSize() fyne.Size {
	return fyne.NewSize(capsGap+r.caps.MinSize().Width+eyeRoom, size(theme.SizeNameInlineIcon))
}

func (r *eyeRenderer) Layout(s fyne.Size) {
	icon := size(theme.SizeNameInlineIcon)
	r.icon.Resize(fyne.NewSquareSize(icon))
	r.icon.Move(fyne.NewPos(s.Width-(eyeRoom+icon)/2, (s.Height-icon)/2))
	placeText(r.caps, s, capsGap)
}

func (r *eyeRenderer) Refresh() {
	icon := theme.VisibilityIcon()
	if r.y.entry.Password {
		icon = theme.VisibilityOffIcon()
	}
	r.icon.Resource = theme.NewColoredResource(icon, ColorMuted)
	r.caps.TextSize, r.caps.Color, r.caps.Hidden = size(sizeSmall), theme.Color(Warn.text()), !r.y.entry.caps
	r.Layout(r.y.Size())
	r.icon.Refresh()
	canvas.Refresh(r.caps)
}
