package kit

import (
	"cmp"
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// SetErrors shows messages below the fields with these keys, takes away all
// others and puts the caret into the first field with one.
func (f *Form) SetErrors(messages map[string]string) {
	var first *formRow
	for _, r := range f.rows {
		m := messages[r.field.Key]
		r.setError(m)
		if m != "" && first == nil && r.canFocus() {
			first = r
		}
	}
	f.refit()
	if first != nil {
		f.focusRow(first)
	}
}

// SetError shows a message below one field, "" taking it away.
func (f *Form) SetError(key, message string) {
	if r := f.row(key); r != nil && r.err != message {
		r.setError(message)
		f.refit()
	}
}

func (f *Form) clearError(key string) {
	if r := f.row(key); r != nil {
		f.changed(r)
	}
}

// valid checks the fields, then what concerns several of them.
func (f *Form) valid() bool {
	messages := map[string]string{}
	for _, r := range f.rows {
		if m := r.problem(); m != "" {
			messages[r.field.Key] = m
		}
	}
	if f.Validate != nil { // all at once: nobody wants to hear of one mistake after the other
		for key, m := range f.Validate() {
			if messages[key] == "" {
				messages[key] = m
			}
		}
	}
	f.SetErrors(messages)
	return len(messages) == 0
}

// Save checks and saves. While it runs a second Ctrl+S does nothing.
func (f *Form) Save() {
	if f.saving || !f.valid() || f.OnSave == nil {
		return
	}
	work := f.OnSave()
	if work == nil {
		return
	}
	f.busy(true)
	Run(context.Background(), func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) },
		func(_ struct{}, err error) {
			f.busy(false)
			if err != nil {
				f.ShowError(err)
				return
			}
			f.MarkClean()
			if f.close != nil {
				f.close()
			}
			if f.OnSaved != nil {
				f.OnSaved()
			}
		})
}

func (f *Form) busy(on bool) {
	f.saving = on
	for _, b := range f.Buttons {
		enable(b, !on)
	}
	if f.save == nil {
		return
	}
	if on {
		f.save.SetLabel("正在保存…")
		f.save.Disable()
		return
	}
	f.save.SetLabel(f.saveLabel)
	f.save.Enable()
}

func enable(b *Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// ShowError puts an error's messages below their fields; what belongs to no
// field of this form is shown as any other error.
func (f *Form) ShowError(err error) {
	var fields FieldError
	if errors.As(err, &fields) {
		messages := map[string]string{}
		for _, r := range f.rows {
			if m := fields.Of(r.field.Key); m != "" && !r.hidden {
				messages[r.field.Key] = m
			}
		}
		if len(messages) > 0 {
			f.SetErrors(messages)
			return
		}
	}
	ShowError(f.win, err, f.Log)
}

// FormWidth is the width of a form dialog of one column in px.
const FormWidth = 560

// ShowDialog shows the form in a dialog. saveLabel "" means 保存.
func (f *Form) ShowDialog(title, saveLabel string) *Dialog {
	f.saveLabel = or(saveLabel, f.saveLabel)
	f.save = NewPrimaryButton(f.saveLabel, f.Save)
	f.MarkClean()
	d := ShowDialog(f.win, DialogOptions{
		Title: title, Content: f.body, Width: cmp.Or(f.Width, FormWidth+float32(len(f.columns)-1)*440),
		Buttons:  []*Button{NewButton("取消", f.Cancel), f.save},
		OnEscape: f.Cancel, Keys: Keys{"Ctrl+S": f.Save},
	})
	f.close, f.scroll, f.resized = d.Close, d.scroll, d.Refit
	d.Refit()
	f.Focus("")
	return d
}

// ShowQuestion shows a form that only asks, and calls then with all answers
// given: nothing is saved by it, so nothing is lost by leaving it.
func (f *Form) ShowQuestion(title, yes string, then func()) *Dialog {
	f.asks, f.OnSaved = true, then
	f.OnSave = func() func(context.Context) error { return func(context.Context) error { return nil } }
	return f.ShowDialog(title, yes)
}

// Page lays the form out as a page: title and buttons on top, each column on
// a card. The form itself then is the [Page] to give to the window.
func (f *Form) Page(title, saveLabel string) fyne.CanvasObject {
	f.saveLabel = or(saveLabel, f.saveLabel)
	f.save = NewPrimaryButton(f.saveLabel, f.Save)
	cards := make([]fyne.CanvasObject, len(f.columns))
	for i, c := range f.columns {
		cards[i] = onPlate(Padded(c.box))
	}
	// A little room around, or the scroller would cut the cards' frames off.
	f.scroll = NewVScroll(container.New(inset{1, 1, 2, 1}, container.New(columnsLayout{10, f.shares()}, cards...)))
	buttons := []fyne.CanvasObject{NewButton("取消", f.Cancel)}
	for _, b := range f.Buttons {
		buttons = append(buttons, b)
	}
	top := spread(Beside(append([]fyne.CanvasObject{NewHeading(title)}, f.Beside...)...), Beside(append(buttons, f.save)...))
	f.page = container.New(pageInset, Frame(container.New(inset{0, 0, 10, 0}, top), nil, nil, nil, f.scroll))
	f.MarkClean()
	return f.page
}

// Content implements Page.
func (f *Form) Content() fyne.CanvasObject { return f.page }

// Shown implements Page.
func (f *Form) Shown() {
	f.removeKey = PushKeys(f.win, Keys{"Ctrl+S": f.Save, "Esc": f.Cancel})
	f.Focus("")
}

// Hidden implements Page.
func (f *Form) Hidden() {
	if f.removeKey != nil {
		f.removeKey()
		f.removeKey = nil
	}
}

// Page is a page of the window. The window calls Shown when it comes up and
// Hidden before another takes its place.
type Page interface {
	Content() fyne.CanvasObject
	Shown()
	Hidden()
}

// Leaver is a page that may hold unsaved changes. Leave calls then when it
// may go.
type Leaver interface{ Leave(then func()) }

// pageInset is the distance of a page's content from the edges of the window.
var pageInset = inset{12, 16, 12, 16}
