package kit

import (
	"strconv"

	"golang.org/x/text/width"
)

// CountField takes a whole number of things.
type CountField struct{ Entry }

// countDigits is how long a number may be.
const countDigits = 9

// NewCountField makes an empty field.
func NewCountField() *CountField {
	f := &CountField{}
	f.setUp(f)
	f.limit = countDigits
	f.gained = f.selectAll
	return f
}

// Count is the number, and whether the field holds one.
func (f *CountField) Count() (n int, ok bool) {
	n, err := strconv.Atoi(width.Fold.String(f.Value()))
	return n, err == nil
}

// SetCount shows a number.
func (f *CountField) SetCount(n int) { f.SetText(strconv.Itoa(n)) }

// Raw implements Input.
func (f *CountField) Raw() string {
	if n, ok := f.Count(); ok {
		return strconv.Itoa(n)
	}
	return f.Value()
}

// Check implements Input.
func (f *CountField) Check() string {
	if _, ok := f.Count(); !ok && f.Value() != "" {
		return "应为整数"
	}
	return ""
}
