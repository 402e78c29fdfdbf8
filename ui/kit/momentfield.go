package kit

import (
	"fyne.io/fyne/v2"

	"qingfeng/model/day"
)

// MomentField takes a time of the wall clock as people type it (2026-8-7
// 16:30, 8月7日下午4点半 with its year, or a day alone when nobody knows the
// hour) and writes it as 2026-08-07 16:30 on leaving the field.
type MomentField struct {
	Entry
	OnMoment func(day.Moment) // each change to another valid time or to none
	last     day.Moment
}

// NewMomentField makes an empty field.
func NewMomentField() *MomentField {
	f := &MomentField{}
	f.setUp(f)
	f.limit = 30
	f.SetPlaceHolder("年-月-日 时:分")
	f.left = f.normalise
	f.OnEdited = func(string) { f.tell() }
	f.OnEnter = func(string) { f.normalise() }
	return f
}

// Moment is the time in the field, "" when it is empty or holds none.
func (f *MomentField) Moment() day.Moment {
	m, err := day.ParseMoment(f.Text)
	if err != nil {
		return ""
	}
	return m
}

// SetMoment shows a time, "" for none.
func (f *MomentField) SetMoment(m day.Moment) { f.SetText(string(m)) }

// Raw implements Input: the same time typed in two ways is no change.
func (f *MomentField) Raw() string {
	if m := f.Moment(); m != "" {
		return string(m)
	}
	return f.Value()
}

// Check implements Input.
func (f *MomentField) Check() string {
	if f.Value() == "" {
		return ""
	}
	if _, err := day.ParseMoment(f.Text); err != nil {
		return err.Error()
	}
	return ""
}

// Target implements Input.
func (f *MomentField) Target() fyne.Focusable { return f }

func (f *MomentField) normalise() {
	if m := f.Moment(); m != "" && f.Text != string(m) {
		f.SetMoment(m)
	}
}

func (f *MomentField) tell() {
	if f.Check() != "" {
		return
	}
	if m := f.Moment(); m != f.last {
		f.last = m
		if f.OnMoment != nil {
			f.OnMoment(m)
		}
	}
}
