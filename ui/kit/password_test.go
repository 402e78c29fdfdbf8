package kit

import (
	"bytes"
	"context"
	"image/color"
	"log/slog"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

const secret = "Rw5 tGq密 " // a blank at the end is part of a password

// inDark shows the dark colours whatever the system says.
type inDark struct{ fyne.Theme }

func (d inDark) Color(n fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	return d.Theme.Color(n, theme.VariantDark)
}

func turnDark() {
	s := fyne.CurrentApp().Settings()
	s.SetTheme(inDark{s.Theme()})
}

func tapEye(e *Entry) { test.Tap(e.ActionItem.(*eye)) }

func TestPasswordIsSeenOnlyWithTheEye(t *testing.T) {
	inlineEnv(t)
	log := &bytes.Buffer{}
	old := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	t.Cleanup(func() { slog.SetDefault(old) })
	w := newWindow(t, nil)
	p := NewPassword(40)
	form := NewForm(w, Field{Key: "Password", Label: "密码", Required: true, Input: p})
	form.Log = slog.Default()
	form.OnSave = func() func(context.Context) error {
		return func(context.Context) error { return fieldRefusal{"Password": "密码不对"} }
	}
	form.ShowDialog("登录", "登录")
	form.Save()
	if got := form.row("Password").under.Text; got != "请填写密码" {
		t.Errorf("below the empty field stands %q", got)
	}
	test.Type(p, secret)
	form.Save()
	if got := form.row("Password").under.Text; got != "密码不对" {
		t.Errorf("below the field stands %q", got)
	}
	seen := func() bool {
		all := texts(w)
		return strings.Contains(all, strings.TrimSpace(secret)) || strings.Contains(all, "Rw5")
	}
	if p.Value() != secret || p.Raw() != secret {
		t.Errorf("the field holds %q (%q)", p.Value(), p.Raw())
	}
	if seen() {
		t.Error("the password is on the screen")
	}
	tapEye(p)
	if !seen() {
		t.Error("the eye does not show it")
	}
	tapEye(p)
	if seen() {
		t.Error("the eye does not hide it again")
	}
	if strings.Contains(log.String(), "Rw5") {
		t.Errorf("the log has %s", log)
	}
}

func TestPasswordStaysInItsField(t *testing.T) {
	inlineEnv(t)
	p := NewPassword(0)
	w := newWindow(t, p)
	w.Canvas().Focus(p)
	clip := test.NewClipboard()
	for _, shown := range []bool{false, true} {
		p.SetText(secret)
		if shown {
			tapEye(p)
		}
		for _, s := range []fyne.Shortcut{
			&fyne.ShortcutCopy{Clipboard: clip}, &fyne.ShortcutCopy{Clipboard: clip, Secondary: true},
			&fyne.ShortcutCut{Clipboard: clip}, &fyne.ShortcutCut{Clipboard: clip, Secondary: true},
		} {
			clip.SetContent("before")
			p.TypedShortcut(&fyne.ShortcutSelectAll{})
			p.TypedShortcut(s)
			if clip.Content() != "before" || p.Text != secret {
				t.Errorf("shown %v: %T left %q in the field and %q in the clipboard", shown, s, p.Text, clip.Content())
			}
		}
		p.TappedSecondary(&fyne.PointEvent{Position: fyne.NewPos(8, 8)})
		if menu := texts(w); strings.Contains(menu, "复制") || strings.Contains(menu, "剪切") || !strings.Contains(menu, "粘贴") {
			t.Errorf("shown %v: the small menu offers %s", shown, menu)
		}
		w.Canvas().Overlays().Remove(w.Canvas().Overlays().Top())
		if p.Password == shown {
			t.Errorf("the small menu changed what is shown")
		}
		clip.SetContent("neu")
		p.TypedShortcut(&fyne.ShortcutSelectAll{})
		p.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
		if p.Text != "neu" {
			t.Errorf("shown %v: pasting left %q", shown, p.Text)
		}
	}
}

func TestPasswordInAForm(t *testing.T) {
	inlineEnv(t)
	w := newWindow(t, nil)
	name, p, again := NewEntry(30), NewPassword(4), NewPassword(4)
	form := NewForm(w, Field{Label: "账号", Input: name}, Field{Label: "密码", Input: p}, Field{Label: "再输一次", Input: again})
	saved := false
	form.OnSave = func() func(context.Context) error { saved = true; return nil }
	form.ShowDialog("账号", "")
	if p.Size().Height != name.Size().Height || p.MinSize().Height != name.MinSize().Height {
		t.Errorf("%v high, another field %v", p.Size().Height, name.Size().Height)
	}
	for _, want := range []fyne.Focusable{p, again} {
		w.Canvas().FocusNext()
		if w.Canvas().Focused() != want {
			t.Errorf("Tab leads to %T", w.Canvas().Focused())
		}
	}
	w.Canvas().Focus(p)
	entered := ""
	p.OnEnter = func(text string) { entered = text }
	test.Type(p, "123456")
	key(p, fyne.KeyReturn)
	if p.Value() != "1234" || entered != "1234" || w.Canvas().Focused() != fyne.Focusable(again) {
		t.Errorf("holds %q, Enter gave %q and the focus to %T", p.Value(), entered, w.Canvas().Focused())
	}
	key(again, fyne.KeyReturn)
	if !saved {
		t.Error("Enter in the last field does not save")
	}
	tapEye(p)
	if w.Canvas().Focused() != fyne.Focusable(p) {
		t.Error("after the eye one cannot go on typing")
	}
}

func TestPasswordNoticesCapsLock(t *testing.T) {
	inlineEnv(t)
	w := newWindow(t, nil)
	p := NewPassword(0)
	SetContent(w, Below(p))
	shift := false
	old := keyModifiers
	keyModifiers = func() fyne.KeyModifier {
		if shift {
			return fyne.KeyModifierShift
		}
		return 0
	}
	t.Cleanup(func() { keyModifiers = old })
	for _, s := range []struct {
		typed rune
		shift bool
		want  bool
	}{
		{'a', false, false}, {'A', false, true}, {'7', false, true}, {'b', true, true}, {'A', true, false}, {'密', false, false}, {'Z', false, true}, {'z', false, false},
	} {
		shift = s.shift
		p.TypedRune(s.typed)
		if got := strings.Contains(texts(w), "大写"); got != s.want {
			t.Errorf("after %q (shift %v) the mark is there: %v", s.typed, s.shift, got)
		}
	}
	shift = false
	for name, end := range map[string]func(){
		"the key":        func() { p.KeyDown(&fyne.KeyEvent{Name: desktop.KeyCapsLock}) },
		"the field left": p.FocusLost,
	} {
		p.TypedRune('A')
		if end(); strings.Contains(texts(w), "大写") {
			t.Errorf("the mark stays after %s", name)
		}
	}
	open := NewEntry(0)
	SetContent(w, open)
	open.TypedRune('A')
	open.FocusLost()
	if strings.Contains(texts(w), "大写") {
		t.Error("an ordinary field warns of Caps Lock")
	}
}

func TestPasswordPictures(t *testing.T) {
	inlineEnv(t)
	for _, dark := range []bool{false, true} {
		name := "password"
		w := newWindow(t, nil)
		if dark {
			turnDark()
			name = "password-dark"
		}
		fields := make([]*Entry, 6)
		for i := range fields {
			fields[i] = NewPassword(40)
		}
		form := NewForm(w,
			Field{Label: "账号", Input: NewEntry(30)},
			Field{Label: "空", Input: fields[0]}, Field{Label: "隐藏", Input: fields[1]}, Field{Label: "显示", Input: fields[2]},
			Field{Key: "bad", Label: "有误", Required: true, Input: fields[3]}, Field{Label: "停用", Input: fields[4]},
			Field{Label: "大写锁定", Input: fields[5], Hint: "至少 8 个字符"}, Field{Label: "日期", Input: NewDateField()},
		)
		form.ShowDialog("修改密码", "")
		for _, f := range fields[1:] {
			f.SetText("Rw5-tGq-很长的一个密码-0123456789-abcdefghijklmnopqrstuvwxyz")
		}
		fields[0].SetPlaceHolder("密码")
		tapEye(fields[2])
		form.SetErrors(map[string]string{"bad": "密码不对，还可以试 4 次"})
		fields[4].Disable()
		w.Canvas().Focus(fields[5])
		fields[5].TypedRune('A')
		picture(t, w, name)
	}
}
