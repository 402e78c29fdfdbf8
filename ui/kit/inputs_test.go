package kit

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"qingfeng/assets"
	"qingfeng/model/day"
)

func TestThemeRefusesBrokenFonts(t *testing.T) {
	collection := append([]byte("ttcf\x00\x01\x00\x00\x00\x00\x00\x01\x00\x00\x00\x10"), make([]byte, 64)...)
	for name, font := range map[string][]byte{"none": nil, "rubbish": []byte("no font"), "collection": collection} {
		if _, err := NewTheme(ThemeOptions{Regular: font, Bold: assets.SansBold}); err == nil {
			t.Errorf("a regular font that is %s was taken", name)
		}
		if _, err := NewTheme(ThemeOptions{Regular: assets.SansRegular, Bold: font}); err == nil {
			t.Errorf("a bold font that is %s was taken", name)
		}
	}
}

func TestDateField(t *testing.T) {
	inlineEnv(t)
	f := NewDateField()
	newWindow(t, f)
	for typed, want := range map[string]day.Date{
		"2026-9-1": "2026-09-01", "20260901": "2026-09-01", "2026.9.1": "2026-09-01", "2026/09/01": "2026-09-01",
		"2026年9月1日": "2026-09-01", "２０２６－９－１": "2026-09-01", " 2026-9-1 ": "2026-09-01",
	} {
		f.SetText(typed)
		f.FocusLost()
		if f.Date() != want || f.Text != string(want) || f.Check() != "" {
			t.Errorf("%q became %q (%q, %q)", typed, f.Date(), f.Text, f.Check())
		}
	}
	for _, typed := range []string{"2026-13-1", "2026-2-30", "明天", "1-9-2026"} {
		f.SetText(typed)
		f.FocusLost()
		if f.Date() != "" || f.Check() == "" || f.Text != typed {
			t.Errorf("%q became %q (%q)", typed, f.Date(), f.Text)
		}
	}
	f.SetText("")
	if f.Check() != "" || f.Raw() != "" {
		t.Error("an empty date field is wrong")
	}
}

func TestFieldsTellOfTimesOnly(t *testing.T) {
	inlineEnv(t)
	date, moment := NewDateField(), NewMomentField()
	newWindow(t, Below(date, moment))
	write := func(typed string, f fyne.Focusable, set func(string)) {
		test.Type(f, typed)
		f.FocusLost()
		set("")
	}
	var dates []day.Date
	date.OnTime = func(d day.Date) { dates = append(dates, d) }
	write("2026-9-12", date, date.SetText)
	if want := []day.Date{"2026-09-01", "2026-09-12", ""}; !slices.Equal(dates, want) {
		t.Errorf("told of %q, want %q", dates, want)
	}
	var moments []day.Moment
	moment.OnTime = func(m day.Moment) { moments = append(moments, m) }
	write("2026-8-7 16:30", moment, moment.SetText)
	if want := []day.Moment{"2026-08-07", "2026-08-07 16:03", "2026-08-07 16:30", ""}; !slices.Equal(moments, want) {
		t.Errorf("told of %q, want %q", moments, want)
	}
}

func TestCalendar(t *testing.T) {
	inlineEnv(t)
	f := NewDateField()
	w := newWindow(t, f)
	f.SetDate("2026-01-31")
	key(f, fyne.KeyDown)
	c := w.Canvas().Focused().(*calendar)
	if got := c.head.Text(); got != "2026年1月" {
		t.Errorf("head %q", got)
	}
	sheet := test.TempWidgetRenderer(t, c.days).(*sheetRenderer)
	var head strings.Builder
	for _, text := range sheet.texts[:7] {
		head.WriteString(text.Text)
	}
	if head.String() != "一二三四五六日" || sheet.texts[7].Text != "29" {
		t.Errorf("sheet begins %s %s", head.String(), sheet.texts[7].Text)
	}
	for _, s := range []struct {
		key  fyne.KeyName
		want string
	}{
		{fyne.KeyPageDown, "2026年2月"}, {fyne.KeyPageUp, "2026年1月"}, {fyne.KeyPageUp, "2025年12月"}, {fyne.KeyDown, "2026年1月"},
	} {
		key(c, s.key)
		if c.head.Text() != s.want {
			t.Errorf("after %s the head is %q, want %q", s.key, c.head.Text(), s.want)
		}
	}
	key(c, fyne.KeyRight, fyne.KeyReturn)
	if f.Date() != "2026-01-05" || w.Canvas().Overlays().Top() != nil || w.Canvas().Focused() != fyne.Focusable(f) {
		t.Errorf("took %q; focus %T", f.Date(), w.Canvas().Focused())
	}
	key(f, fyne.KeyDown, fyne.KeyEscape)
	key(w.Canvas().Focused(), fyne.KeyEscape)
	if w.Canvas().Overlays().Top() != nil {
		t.Error("Esc leaves the calendar open")
	}
}

func TestEntryStopsAtItsLength(t *testing.T) {
	inlineEnv(t)
	e := NewEntry(4)
	newWindow(t, e)
	test.Type(e, "欧阳若兮多余")
	if e.Text != "欧阳若兮" {
		t.Errorf("the field holds %q", e.Text)
	}
}

func TestShortcutsReachThePageFromAField(t *testing.T) {
	inlineEnv(t)
	e := NewEntry(0)
	w := newWindow(t, e)
	var fired []string
	remove := PushKeys(w, Keys{"Ctrl+N": func() { fired = append(fired, "new") }, "F1": func() { fired = append(fired, "help") }})
	w.Canvas().Focus(e)
	press := func() {
		e.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyN, Modifier: fyne.KeyModifierShortcutDefault})
		key(e, fyne.KeyF1)
	}
	press()
	if len(fired) != 2 {
		t.Errorf("fired %v", fired)
	}
	ShowNotice(w, "提示", "先看完这个。")
	press()
	if len(fired) != 2 {
		t.Errorf("fired %v below an open dialog", fired[2:])
	}
	w.Canvas().Overlays().Top().(*layer).close()
	remove()
	press()
	if len(fired) != 2 {
		t.Errorf("fired %v after being removed", fired[2:])
	}
}

func TestPicker(t *testing.T) {
	m := manualEnv(t)
	var asked []string
	p := NewPicker(func(ctx context.Context, text string) ([]Suggestion, error) {
		asked = append(asked, text)
		return suggestLetters(ctx, text)
	})
	w := newWindow(t, p)
	w.Canvas().Focus(p)
	p.TypedRune('徐')
	entry := w.Canvas().Focused().(*Entry)
	if entry.Text != "徐" || entry.CursorColumn != 1 {
		t.Fatalf("the first letter was lost: %q", entry.Text)
	}
	m.Drain()
	test.Type(entry, "𬱖")
	m.Pass(suggestAfter - time.Millisecond)
	if m.Pending() > 0 {
		t.Error("looked up while typing")
	}
	m.Pass(time.Millisecond)
	m.Drain()
	if strings.Join(asked, " ") != "徐 徐𬱖" {
		t.Errorf("looked up %q", asked)
	}
	key(entry, fyne.KeyReturn)
	if p.Chosen().Text != "徐𬱖" || p.ID() != 9 || w.Canvas().Overlays().Top() != nil {
		t.Errorf("chose %+v", p.Chosen())
	}
	key(p, fyne.KeyBackspace)
	if p.ID() != 0 || p.Raw() != "" {
		t.Error("Backspace does not empty the field")
	}
	p.open("没有这个人")
	m.Drain()
	if got := p.list.rows[0].text; got != "没有找到" {
		t.Errorf("the list says %q", got)
	}
	key(p.entry, fyne.KeyReturn)
	if p.ID() != 0 {
		t.Error("chose a message")
	}
}

func TestPickerNeverShowsAnErrorsText(t *testing.T) {
	inlineEnv(t)
	p := NewPicker(func(context.Context, string) ([]Suggestion, error) { return nil, errors.New("no such table: staff") })
	newWindow(t, p)
	p.open("")
	if got := p.list.rows[0].text; got != "没有查成，请再试一次" {
		t.Errorf("the list says %q", got)
	}
}

func TestChoice(t *testing.T) {
	inlineEnv(t)
	c := NewChoice([]Option{{"", "全部"}, {"1", "急诊科"}, {"2", "检验科"}})
	w := newWindow(t, c)
	var told []string
	c.OnChanged = func(v string) { told = append(told, v) }
	w.Canvas().Focus(c)
	key(c, fyne.KeyDown)
	key(w.Canvas().Focused(), fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if c.Value() != "2" || len(told) != 1 {
		t.Errorf("chose %q, told %v", c.Value(), told)
	}
	c.SetOptions([]Option{{"", "全部"}, {"3", "总务科"}})
	if c.Value() != "" || c.text != "全部" {
		t.Errorf("an option that is gone stays chosen: %q %q", c.Value(), c.text)
	}
}
