package kit

import (
	"context"
	"errors"
	"image"
	"regexp"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// foreign finds words in Latin letters; names of keys and file formats, and
// the numbers of the test's letters, are no words.
var (
	foreign = regexp.MustCompile(`[A-Za-z]{2,}`)
	allowed = strings.NewReplacer("Ctrl", "", "CN-", "", "PDF", "", "Enter", "")
)

// Everything the kit itself puts on the screen is Chinese, on an English
// machine too.
func TestNoEnglishOnTheScreen(t *testing.T) {
	for name, show := range map[string]func(w fyne.Window){
		"notice":   func(w fyne.Window) { ShowNotice(w, "提示", "好了。") },
		"error":    func(w fyne.Window) { ShowError(w, errors.New("no such column"), nil) },
		"question": func(w fyne.Window) { Confirm(w, Question{Title: "问"}, func() {}) },
		"text":     func(w fyne.Window) { AskText(w, TextQuestion{Title: "问", Label: "原因"}, func(string) {}) },
		"form":     func(w fyne.Window) { newHandover(w).form.ShowDialog("登记", "") },
		"date":     func(w fyne.Window) { f := NewDateField(); SetContent(w, f); f.openCalendar() },
		"picker":   func(w fyne.Window) { p := NewPicker(suggestLetters); SetContent(w, p); p.open("") },
		"save":     func(w fyne.Window) { PickSave(w, "导出", "名册", func(string) {}) },
		"menu": func(w fyne.Window) {
			e := NewEntry(0)
			SetContent(w, e)
			e.TappedSecondary(&fyne.PointEvent{Position: fyne.NewPos(20, 20)})
		},
		"preview": func(w fyne.Window) {
			ShowPreview(w, Preview{Title: "承诺书", Pages: 3, OnPrint: func() {}, OnSave: func() {},
				Render: func(context.Context, int, int) (image.Image, error) {
					return image.NewGray(image.Rect(0, 0, 9, 9)), nil
				}})
		},
		"register": func(w fyne.Window) {
			p := letterPage(w, (&recorder{rows: letters(60)}).source, true)
			SetContent(w, p.Content())
			p.Shown()
		},
		"failed register": func(w fyne.Window) {
			p := letterPage(w, (&recorder{err: errors.New("disk full")}).source, true)
			SetContent(w, p.Content())
			p.Shown()
		},
	} {
		inlineEnv(t)
		w := newWindow(t, nil)
		show(w)
		for line := range strings.Lines(texts(w)) {
			if word := foreign.FindString(allowed.Replace(line)); word != "" && !strings.HasPrefix(line, "/") {
				t.Errorf("%s shows %q", name, strings.TrimSpace(line))
			}
		}
	}
}

func TestPreviewTurnsPages(t *testing.T) {
	m := manualEnv(t)
	w := newWindow(t, nil)
	var drawn []int
	closed := 0
	ShowPreview(w, Preview{Title: "承诺书", Pages: 120, OnClosed: func() { closed++ }, Render: func(_ context.Context, page, dpi int) (image.Image, error) {
		drawn = append(drawn, page)
		return image.NewGray(image.Rect(0, 0, dpi, dpi)), nil
	}})
	v := w.Canvas().Focused().(*sheet).v
	key(v.sheet, fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageUp)
	m.Drain()
	if v.page != 1 || v.number.Text != "2" || v.images[[2]int{1, 96}] == nil || len(v.images) != 1 {
		t.Errorf("page %d, number %q, %d images", v.page, v.number.Text, len(v.images))
	}
	key(v.sheet, fyne.KeyEnd, fyne.KeyPageDown)
	m.Drain()
	if v.page != 119 || v.after.Disabled() == false {
		t.Errorf("the end is page %d", v.page)
	}
	v.number.SetText("3")
	key(v.number, fyne.KeyReturn)
	m.Drain()
	if v.page != 2 {
		t.Errorf("typing 3 shows page %d", v.page+1)
	}
	n := len(drawn)
	v.show(2)
	m.Drain()
	if len(drawn) != n {
		t.Error("a page at hand was drawn again")
	}
	v.resize(1)
	m.Drain()
	if got := v.sheet.image.Image.Bounds().Dx(); got != 120 {
		t.Errorf("at 125%% the page was drawn with %d dpi", got)
	}
	if closed != 0 {
		t.Error("told to be closed while it is open")
	}
	key(v.sheet, fyne.KeyEscape)
	if w.Canvas().Overlays().Top() != nil || closed != 1 {
		t.Errorf("Esc leaves the preview open, or it was told to be closed %d times", closed)
	}
}

func TestBreakLines(t *testing.T) {
	inlineEnv(t)
	text := "产假至 2026-10-08，由科室负责人代领后交本人补签（见附件），本人已知悉。"
	const room = 120
	lines := breakLines(text, room, 13)
	if strings.Join(lines, "") != text || len(lines) < 4 {
		t.Errorf("%q became %q", text, lines)
	}
	for _, line := range lines {
		if textWidth(line, 13, false) > room {
			t.Errorf("%q is wider than its room", line)
		}
		if strings.ContainsRune(closing, []rune(line)[0]) {
			t.Errorf("a line begins with punctuation: %q", line)
		}
	}
	if got := breakLines(text, 0, 13); len(got) != 1 {
		t.Errorf("without a limit %d lines", len(got))
	}
	if got := breakLines("字字字", 1, 13); strings.Join(got, "") != "字字字" {
		t.Errorf("in no room %q", got)
	}
}
