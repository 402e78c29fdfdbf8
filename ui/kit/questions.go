package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Question is something to be answered with yes or no. Yes says what will be
// done ("作废"), not "确定".
type Question struct {
	Title, Text string
	Yes, No     string // "" = 确定, 取消
	Danger      bool   // cannot be taken back: red, and No has the focus
	Otherwise   func() // called after No or Esc, may be nil
}

// Confirm asks and calls yes when the answer is yes.
func Confirm(win fyne.Window, q Question, yes func()) {
	ask(win, func() *Dialog {
		var d *Dialog
		no := func() {
			d.Close()
			if q.Otherwise != nil {
				q.Otherwise()
			}
		}
		agree := newButton(or(q.Yes, "确定"), primaryButton, func() { d.Close(); yes() })
		refuse := NewButton(or(q.No, "取消"), no)
		focused := agree
		if q.Danger {
			agree.kind, focused = dangerButton, refuse
		}
		d = ShowDialog(win, DialogOptions{Title: q.Title, Content: dialogText(q.Text), Buttons: []*Button{refuse, agree}, Focus: focused, OnEscape: no})
		return d
	})
}

// ShowNotice tells something that must be read before going on.
func ShowNotice(win fyne.Window, title, text string) {
	ask(win, func() *Dialog {
		var d *Dialog
		d = ShowDialog(win, DialogOptions{Title: title, Content: dialogText(text), Buttons: []*Button{NewPrimaryButton("知道了", func() { d.Close() })}})
		return d
	})
}

// TextQuestion asks for a text, such as the reason of a step.
type TextQuestion struct {
	Title, Text string // Text explains and may be ""
	Label       string // before the field, e.g. 原因
	Yes         string // "" = 确定
	PlaceHolder string
	Start       string // in the field at first
	Required    bool
	Max         int // characters, 0 = 200
	Lines       int // 0 = 3
	Danger      bool
	// Check says what is wrong with the text, "" when nothing; may be nil.
	Check func(text string) string
}

// AskText asks for a text and calls done with it; not on cancel.
func AskText(win fyne.Window, q TextQuestion, done func(text string)) {
	if q.Max == 0 {
		q.Max = 200
	}
	if q.Lines == 0 {
		q.Lines = 3
	}
	ask(win, func() *Dialog {
		entry := NewMultiEntry(q.Max, q.Lines)
		if q.Lines == 1 {
			entry = NewEntry(q.Max)
		}
		entry.SetPlaceHolder(q.PlaceHolder)
		entry.SetText(q.Start)
		form := NewForm(win, Field{Key: "text", Label: q.Label, Required: q.Required, Input: entry})
		form.Validate = func() map[string]string {
			if q.Check != nil {
				if m := q.Check(entry.Value()); m != "" {
					return map[string]string{"text": m}
				}
			}
			return nil
		}
		var d *Dialog
		save := func() {
			if form.valid() {
				d.Close()
				done(entry.Value())
			}
		}
		entry.Watch(func() { form.clearError("text") }, save)
		yes := newButton(or(q.Yes, "确定"), primaryButton, save)
		if q.Danger {
			yes.kind = dangerButton
		}
		content := fyne.CanvasObject(form.Body())
		if q.Text != "" {
			content = Below(dialogText(q.Text), form.Body())
		}
		d = ShowDialog(win, DialogOptions{
			Title: q.Title, Content: content, Focus: entry, Keys: Keys{"Ctrl+S": save},
			Buttons: []*Button{NewButton("取消", func() { d.Close() }), yes},
		})
		form.resized = d.Refit
		return d
	})
}

// dialogText is text that breaks, without the padding of Fyne's label.
func dialogText(text string) fyne.CanvasObject {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapBreak
	return container.New(inset{-5, -5, -5, -5}, l)
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
