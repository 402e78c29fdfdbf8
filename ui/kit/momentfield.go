package kit

import "qingfeng/model/day"

// MomentField takes a time of the wall clock as people type it (2026-8-7
// 16:30, 8月7日下午4点半 with its year, or a day alone when nobody knows the
// hour) and writes it as 2026-08-07 16:30 on leaving the field.
type MomentField struct{ timeField[day.Moment] }

// NewMomentField makes an empty field.
func NewMomentField() *MomentField {
	f := &MomentField{}
	f.setUp(f, 30, "年-月-日 时:分", day.ParseMoment)
	return f
}

// Moment is the time in the field, "" when it is empty or holds none.
func (f *MomentField) Moment() day.Moment { return f.read() }

// SetMoment shows a time, "" for none.
func (f *MomentField) SetMoment(m day.Moment) { f.SetText(string(m)) }
