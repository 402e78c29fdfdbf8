package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// LineText is a text among the fields of [Lines], on one line; what has no room
// ends in an ellipsis.
type LineText struct {
	Label
	hooks
}

// NewLineText makes the text.
func NewLineText(text string) *LineText {
	t := &LineText{Label: Label{text: text, size: theme.SizeNameText, color: theme.ColorNameForeground, shortens: true}}
	t.ExtendBaseWidget(t)
	return t
}

// Raw implements Input: nothing that could be changed.
func (t *LineText) Raw() string { return "" }

// Check implements Input.
func (t *LineText) Check() string { return "" }

// Target implements Input.
func (t *LineText) Target() fyne.Focusable { return nil }

// SetInvalid implements Input.
func (t *LineText) SetInvalid(bool) {}
