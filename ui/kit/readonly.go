package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// ReadOnly shows a value in a form that cannot be changed there.
type ReadOnly struct {
	widget.Label
	hooks
}

// NewReadOnly makes the field.
func NewReadOnly(text string) *ReadOnly {
	r := &ReadOnly{}
	r.Text, r.Wrapping = text, fyne.TextWrapBreak
	r.ExtendBaseWidget(r)
	return r
}

// Raw implements Input.
func (r *ReadOnly) Raw() string { return r.Text }

// Check implements Input.
func (r *ReadOnly) Check() string { return "" }

// Target implements Input.
func (r *ReadOnly) Target() fyne.Focusable { return nil }

// SetInvalid implements Input.
func (r *ReadOnly) SetInvalid(bool) {}
