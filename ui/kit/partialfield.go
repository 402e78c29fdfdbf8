package kit

import (
	"fyne.io/fyne/v2"

	"qingfeng/model/day"
)

// PartialField takes a date of which only the month or the year may be known,
// such as a date of birth from an old file.
type PartialField struct {
	Entry
}

// NewPartialField makes an empty field.
func NewPartialField() *PartialField {
	f := &PartialField{}
	f.setUp(f)
	f.limit = 20
	f.SetPlaceHolder("年-月-日、年-月或年")
	f.left = f.normalise
	f.OnEnter = func(string) { f.normalise() }
	return f
}

// Partial is the date in the field, "" when it is empty or holds none.
func (f *PartialField) Partial() day.Partial {
	p, err := day.ParsePartial(f.Text)
	if err != nil {
		return ""
	}
	return p
}

// SetPartial shows a date, "" for none.
func (f *PartialField) SetPartial(p day.Partial) { f.SetText(string(p)) }

// Raw implements Input.
func (f *PartialField) Raw() string {
	if p := f.Partial(); p != "" {
		return string(p)
	}
	return f.Value()
}

// Check implements Input.
func (f *PartialField) Check() string {
	if f.Value() == "" {
		return ""
	}
	if _, err := day.ParsePartial(f.Text); err != nil {
		return err.Error()
	}
	return ""
}

// Target implements Input.
func (f *PartialField) Target() fyne.Focusable { return f }

func (f *PartialField) normalise() {
	if p := f.Partial(); p != "" && f.Text != string(p) {
		f.SetText(string(p))
	}
}
