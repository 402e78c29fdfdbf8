package kit

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"qingfeng/model/day"
)

func TestMomentField(t *testing.T) {
	inlineEnv(t)
	f := NewMomentField()
	newWindow(t, f)
	for typed, want := range map[string]day.Moment{
		"2026-8-7 16:30": "2026-08-07 16:30", "20260807": "2026-08-07", "2026年8月7日下午4点半": "2026-08-07 16:30", "2026.8.7 9时": "2026-08-07 09:00",
		"２０２６－８－７　１６：３０": "2026-08-07 16:30", " 2026/8/7 ": "2026-08-07",
	} {
		f.SetText(typed)
		f.FocusLost()
		if f.Moment() != want || f.Text != string(want) || f.Raw() != string(want) || f.Check() != "" {
			t.Errorf("%q became %q (%q, %q)", typed, f.Moment(), f.Text, f.Check())
		}
	}
	for _, typed := range []string{"2026-2-30 16:30", "2026-8-7 25:00", "昨天下午", "16:30"} {
		f.SetText(typed)
		f.FocusLost()
		_, err := day.ParseMoment(typed)
		if f.Moment() != "" || f.Text != typed || f.Raw() != typed || f.Check() != err.Error() {
			t.Errorf("%q became %q (%q, %q)", typed, f.Moment(), f.Text, f.Check())
		}
	}
	f.SetMoment("")
	if f.Check() != "" || f.Raw() != "" || f.Moment() != "" {
		t.Error("an empty field is wrong")
	}
}

func TestKeysInAMomentField(t *testing.T) {
	inlineEnv(t)
	w := newWindow(t, nil)
	f, saved, helped := NewMomentField(), 0, 0
	form := NewForm(w, Field{Key: "At", Label: "上交时间", Required: true, Input: f})
	form.OnSave = func() func(context.Context) error {
		saved++
		return func(context.Context) error { return nil }
	}
	t.Cleanup(PushAlwaysKeys(w, Keys{"F1": func() { helped++ }}))
	d := form.ShowDialog("新登记", "")
	if w.Canvas().Focused() != fyne.Focusable(f) {
		t.Fatalf("the caret is in %T", w.Canvas().Focused())
	}
	test.Type(f, "明天")
	f.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyS, Modifier: fyne.KeyModifierShortcutDefault})
	if got := form.row("At").under.Text; saved != 0 || got != day.ErrMoment.Error() {
		t.Errorf("saved %d times, below stands %q", saved, got)
	}
	key(f, fyne.KeyF1)
	if helped != 1 {
		t.Error("F1 is not heard")
	}
	f.SetText("2026-8-7 9点")
	key(f, fyne.KeyReturn)
	if saved != 1 || f.Text != "2026-08-07 09:00" {
		t.Errorf("Enter saved %d times, the field reads %q", saved, f.Text)
	}
	form.ShowDialog("新登记", "")
	key(f, fyne.KeyEscape)
	if w.Canvas().Overlays().Top() != nil {
		t.Error("Escape leaves the form open", d)
	}
}
