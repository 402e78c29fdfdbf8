package kit

import (
	"context"
	"log/slog"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Field is one line of a form. Key is the name of the model's field, so that
// the model's own messages find their place.
type Field struct {
	Key, Label string
	Hint       string // below the field while there is no error
	Required   bool
	Wide       bool // over the whole width, without its label: a table of lines below its heading
	Input      Input
}

// FormItem is a part of a form: a [Field], a [Section], a [Block] or
// [NextColumn].
type FormItem interface{ addTo(f *Form) }

type formItem func(f *Form)

func (i formItem) addTo(f *Form) { i(f) }

func (fd Field) addTo(f *Form) { f.addField(fd) }

// Fact is a value that a form is about, for reading only.
func Fact(label, value string) FormItem {
	return Field{Key: "fact " + label, Label: label, Input: NewReadOnly(value)}
}

// Section is a heading within a form.
func Section(title string) FormItem {
	return formItem(func(f *Form) { f.column().add(&formPart{object: NewSubHeading(title), section: true}) })
}

// SectionWith is a heading with something at the right end of its line, such
// as a [Door]. Tab comes to it after what stands below the heading.
func SectionWith(title string, right fyne.CanvasObject) FormItem {
	return formItem(func(f *Form) {
		f.column().add(&formPart{object: NewSubHeading(title), right: right, section: true})
		f.revealOnArrival(right)
	})
}

// Block is anything else, over the whole width, such as a table of lines.
func Block(o fyne.CanvasObject) FormItem {
	return formItem(func(f *Form) { f.column().add(&formPart{object: o}) })
}

// NextColumn goes on at the top of another column beside the first.
func NextColumn() FormItem { return NextColumnOf(1) }

// NextColumnOf is [NextColumn] for one that is so many times as wide as the
// first.
func NextColumnOf(share float32) FormItem {
	return formItem(func(f *Form) { f.columns = append(f.columns, &formColumn{share: share}) })
}

// Form is a set of fields with labels at the left and each field's error
// below it. Enter goes to the next field, Ctrl+S saves. It is shown with
// [Form.ShowDialog], or as a page of the window with [Form.Page].
type Form struct {
	// OnSave is called when all fields are valid. It reads the fields and
	// returns the work of saving, which runs off the UI goroutine. A nil work
	// ends the attempt.
	OnSave func() func(ctx context.Context) error
	// OnSaved is called after success, when a dialog is closed already.
	OnSaved func()
	// OnCancel is called when the form is left without saving.
	OnCancel func()
	// Validate checks what concerns several fields; it returns messages by
	// key. May be nil.
	Validate func() map[string]string
	// OnChange is called after each change of a field; may be nil.
	OnChange func()
	Width    float32 // px of the dialog; 0 = by the number of columns
	Log      *slog.Logger
	// Of a form that is a page: what stands beside its title, and buttons
	// before that which saves.
	Beside  []fyne.CanvasObject
	Buttons []*Button

	win       fyne.Window
	columns   []*formColumn
	rows      []*formRow
	body      *fyne.Container
	page      fyne.CanvasObject
	scroll    *container.Scroll
	save      *Button
	saveLabel string
	saving    bool
	asks      bool              // see [Form.ShowQuestion]
	saved     map[string]string // content when the form was last clean
	close     func()
	resized   func()
	removeKey func()
}

// NewForm makes a form of its parts.
func NewForm(win fyne.Window, items ...FormItem) *Form {
	f := &Form{win: win, columns: []*formColumn{{share: 1}}, saveLabel: "保存"}
	for _, i := range items {
		i.addTo(f)
	}
	objects := make([]fyne.CanvasObject, len(f.columns))
	for i, c := range f.columns {
		c.box = container.New(c, c.objects()...)
		objects[i] = c.box
	}
	f.body = container.New(columnsLayout{28, f.shares()}, objects...)
	return f
}

// shares are the widths of the columns as multiples of each other.
func (f *Form) shares() []float32 {
	out := make([]float32, len(f.columns))
	for i, c := range f.columns {
		out[i] = c.share
	}
	return out
}

func (f *Form) column() *formColumn { return f.columns[len(f.columns)-1] }

func (f *Form) addField(fd Field) {
	r := newFormRow(fd)
	f.rows = append(f.rows, r)
	f.column().add(&formPart{row: r})
	fd.Input.Watch(func() { f.changed(r) }, func() { f.submitted(r) })
	f.revealOnArrival(fd.Input)
	if l, ok := fd.Input.(interface{ watchLeave(func()) }); ok {
		l.watchLeave(func() { f.checkRow(r) })
	}
}

// Body is the fields without title and buttons.
func (f *Form) Body() fyne.CanvasObject { return f.body }

func (f *Form) row(key string) *formRow {
	for _, r := range f.rows {
		if r.field.Key == key {
			return r
		}
	}
	return nil
}

func (f *Form) changed(r *formRow) {
	r.setError("")
	if f.OnChange != nil {
		f.OnChange()
	}
	f.refit()
}

// submitted goes to the next field, from the last one to saving.
func (f *Form) submitted(r *formRow) {
	f.checkRow(r)
	past := false
	for _, other := range f.rows {
		if past && other.canFocus() {
			f.focusRow(other)
			return
		}
		past = past || other == r
	}
	f.Save()
}

// checkRow shows at once what is wrong with what was typed; that a required
// field is empty is told only when one saves.
func (f *Form) checkRow(r *formRow) {
	if m := r.field.Input.Check(); m != "" {
		r.setError(m)
		f.refit()
	}
}

// refit lays the form out again after lines below fields came or went.
func (f *Form) refit() {
	for _, c := range f.columns {
		c.box.Refresh()
	}
	if f.page != nil {
		f.scroll.Refresh()
		return
	}
	f.body.Refresh()
	if f.resized != nil {
		f.resized()
	}
}

// Focus puts the caret into a field, "" meaning the first.
func (f *Form) Focus(key string) {
	for _, r := range f.rows {
		if (key == "" || r.field.Key == key) && r.canFocus() {
			f.focusRow(r)
			return
		}
	}
}

func (f *Form) focusRow(r *formRow) {
	if isBehind(f.win) {
		return // its focus was set aside and is put back
	}
	target := r.field.Input.Target()
	f.win.Canvas().Focus(target)
	if part, ok := target.(fyne.CanvasObject); ok { // it may have had the focus all the time
		f.reveal(r.field.Input, part)
	}
}

func (f *Form) revealOnArrival(o fyne.CanvasObject) {
	watchArrival(o, func(at fyne.CanvasObject) { f.reveal(o, at) })
}

// underRoom is the room in px that the line below a field is given when the
// field is scrolled into view.
const underRoom = 24

// reveal scrolls to something in the form or, when at is another object, to
// that part of it, which may be new and not drawn yet.
func (f *Form) reveal(o, at fyne.CanvasObject) {
	if f.scroll == nil {
		return
	}
	d := fyne.CurrentApp().Driver()
	top := d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(f.scroll).Y
	if at != o {
		top += at.Position().Y
	}
	bottom := top + at.Size().Height + underRoom
	view := f.scroll.Size().Height
	switch {
	case top < 0:
		f.scroll.ScrollToOffset(fyne.NewPos(0, max(0, f.scroll.Offset.Y+top-8)))
	case bottom > view:
		f.scroll.ScrollToOffset(fyne.NewPos(0, f.scroll.Offset.Y+bottom-view))
	}
}

// SetHint shows a line below a field while it has no error, such as a term
// that was worked out from it.
func (f *Form) SetHint(key, text string, tone Tone) {
	if r := f.row(key); r != nil {
		r.hint, r.hintTone = text, tone
		r.showUnder()
		f.refit()
	}
}

// SetVisible shows or hides a field; hidden fields are not checked.
func (f *Form) SetVisible(key string, visible bool) {
	if r := f.row(key); r != nil && r.hidden == visible {
		r.hidden = !visible
		r.showUnder()
		f.refit()
	}
}

// SetLabel calls a field otherwise.
func (f *Form) SetLabel(key, label string) {
	if r := f.row(key); r != nil && r.field.Label != label {
		r.field.Label = label
		r.label.SetText(label)
		f.refit()
	}
}

// SetRequired changes whether a field must be filled.
func (f *Form) SetRequired(key string, required bool) {
	if r := f.row(key); r != nil {
		r.field.Required = required
		r.star.Hidden = !required
		if !required && r.err == missing(r.field) {
			r.setError("")
		}
		f.refit()
	}
}

// Dirty reports whether something was changed since the form was shown or
// saved.
func (f *Form) Dirty() bool {
	for _, r := range f.rows {
		if f.saved[r.field.Key] != r.field.Input.Raw() {
			return f.saved != nil
		}
	}
	return false
}

// MarkClean takes the present content as unchanged. Showing the form does so
// too; call it after filling a form that is already shown.
func (f *Form) MarkClean() {
	f.saved = map[string]string{}
	for _, r := range f.rows {
		f.saved[r.field.Key] = r.field.Input.Raw()
	}
}

// Leave calls then, after asking when changes would be lost.
func (f *Form) Leave(then func()) {
	if f.asks || !f.Dirty() {
		then()
		return
	}
	Confirm(f.win, Question{
		Title: "放弃修改？", Text: "这里有还没有保存的修改，离开后就没有了。",
		Yes: "放弃修改", No: "继续填写", Danger: true, Otherwise: f.goOn,
	}, then)
}

// goOn gives the keys back to the form when what was clicked to leave it has
// taken the caret away.
func (f *Form) goOn() {
	if f.win.Canvas().Focused() == nil {
		f.Focus("")
	}
}

// Cancel leaves the form without saving.
func (f *Form) Cancel() {
	f.Leave(func() {
		if f.close != nil {
			f.close()
		}
		if f.OnCancel != nil {
			f.OnCancel()
		}
	})
}
