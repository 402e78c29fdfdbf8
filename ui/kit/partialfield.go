package kit

import "qingfeng/model/day"

// PartialField takes a date of which only the month or the year may be known,
// such as a date of birth from an old file.
type PartialField struct{ timeField[day.Partial] }

// NewPartialField makes an empty field.
func NewPartialField() *PartialField {
	f := &PartialField{}
	f.setUp(f, 20, "年-月-日、年-月或年", day.ParsePartial)
	return f
}

// Partial is the date in the field, "" when it is empty or holds none.
func (f *PartialField) Partial() day.Partial { return f.read() }

// SetPartial shows a date, "" for none.
func (f *PartialField) SetPartial(p day.Partial) { f.SetText(string(p)) }
