package kit

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// lock is a sign-in as a cover shows it.
type lock struct {
	form     *Form
	password *Entry
	cover    *Cover
}

func lockWindow(w fyne.Window) *lock {
	l := &lock{password: NewPassword(40)}
	l.form = NewForm(AboveCover(w), Field{Key: "Password", Label: "密码", Required: true, Input: l.password})
	l.form.OnSave = func() func(context.Context) error {
		typed := l.password.Value()
		return func(context.Context) error {
			if typed != "right" {
				return refusal{"密码不对，还可以试 4 次。"}
			}
			return nil
		}
	}
	l.form.OnSaved = func() { l.cover.Close() }
	open := NewPrimaryButton("解锁", l.form.Save)
	card := Wide(420, NewCard("已锁定", nil, Below(NewLabel("张堃（管理员）"), l.form.Body(), Beside(open))))
	l.cover = ShowCover(w, container.NewCenter(card), l.password)
	return l
}

// desk is a window with everything on it that a cover has to hide.
type desk struct {
	win    fyne.Window
	fired  []string
	entry  *Entry
	table  *Table[letter]
	staff  *staffForm
	dialog *Dialog
}

func newDesk(t *testing.T) *desk {
	d := &desk{win: newWindow(t, nil), entry: NewEntry(30)}
	d.table = letterTable(Rows(letters(200)), false)
	fire := func(name string) func() { return func() { d.fired = append(d.fired, name) } }
	buttons := make([]fyne.CanvasObject, 20)
	for i := range buttons {
		buttons[i] = NewButton("按钮", fire("button"))
	}
	SetContent(d.win, Frame(Below(d.entry, Beside(buttons...)), nil, nil, nil, d.table))
	PushKeys(d.win, Keys{"Ctrl+N": fire("Ctrl+N"), "F1": fire("F1"), "Esc": fire("Esc"), "Delete": fire("Delete")})
	pushScope(d.win.Canvas(), &scope{keys: Keys{}, runes: func(rune) { fire("rune")() }})
	d.entry.SetText("页面上的字")
	d.win.Canvas().Focus(d.entry)
	return d
}

// openDialogs opens a form with a list over it.
func (d *desk) openDialogs() {
	d.staff = newStaffForm(d.win)
	d.dialog = d.staff.form.ShowDialog("新增职工", "")
	d.staff.name.SetText("欧阳若兮")
	d.staff.picker.open("张")
}

// poke tries everything a hand can do to the window, save typing what the
// cover's own content waits for.
func (d *desk) poke() {
	c := d.win.Canvas()
	for x := float32(5); x < 1366; x += 97 {
		for y := float32(5); y < 768; y += 31 {
			test.TapCanvas(c, fyne.NewPos(x, y))
			test.MoveMouse(c, fyne.NewPos(x, y))
			test.Scroll(c, fyne.NewPos(x, y), 0, -50)
			test.Drag(c, fyne.NewPos(x, y), 10, 10)
		}
	}
	shortcuts := []*desktop.CustomShortcut{
		{KeyName: fyne.KeyN, Modifier: fyne.KeyModifierControl},
		{KeyName: fyne.KeyS, Modifier: fyne.KeyModifierControl},
	}
	for range 12 {
		for _, k := range []fyne.KeyName{fyne.KeyF1, fyne.KeyEscape, fyne.KeyDelete, fyne.KeyDown} {
			if f := c.Focused(); f != nil {
				f.TypedKey(&fyne.KeyEvent{Name: k})
			} else {
				c.OnTypedKey()(&fyne.KeyEvent{Name: k})
			}
		}
		for _, s := range shortcuts {
			if f, ok := c.Focused().(fyne.Shortcutable); ok {
				f.TypedShortcut(s)
			}
			ringOf(c).fire(nameOf(s)) // as the canvas does when nothing has the focus
		}
		c.OnTypedRune()('x')
		c.FocusNext()
	}
	c.Unfocus()
	c.OnTypedRune()('x')
	c.OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
}

// closeAll closes what is open by hand and checks that the page is alive.
func (d *desk) closeAll(t *testing.T, dialogs bool) {
	t.Helper()
	c := d.win.Canvas()
	if dialogs {
		key(c.Focused(), fyne.KeyEscape)
		if c.Focused() != fyne.Focusable(d.staff.name) || d.staff.name.Text != "欧阳若兮" {
			t.Errorf("below the list the focus is on %T, the name is %q", c.Focused(), d.staff.name.Text)
		}
		d.dialog.Close()
	}
	if c.Focused() != fyne.Focusable(d.entry) {
		t.Errorf("on the page the focus is on %T", c.Focused())
	}
	key(d.entry, fyne.KeyF1, fyne.KeyEscape)
	if !slices.Equal(d.fired, []string{"F1", "Esc"}) {
		t.Errorf("afterwards the page heard %v", d.fired)
	}
}

func TestCoverPictures(t *testing.T) {
	inlineEnv(t)
	for _, dark := range []bool{false, true} {
		name := "cover"
		d := newDesk(t)
		if dark {
			turnDark()
			name = "cover-dark"
		}
		d.openDialogs()
		picture(t, d.win, name+"-before")
		l := lockWindow(d.win)
		l.password.SetText("wrong")
		Toast(d.win, "王䶮的承诺书已登记", Good)
		picture(t, d.win, name)
		l.form.Save()
		picture(t, d.win, name+"-error")
		d.win.Canvas().Overlays().Top().(*layer).escape()
		d.win.Resize(fyne.NewSize(1920, 1080))
		picture(t, d.win, name+"-large")
		if !dark {
			turnDark()
		}
		l.cover.Close()
		picture(t, d.win, name+"-after")
	}
}
