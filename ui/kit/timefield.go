package kit

import "fyne.io/fyne/v2"

// timeField takes a day, a part of one or a time of day as people type it, and
// writes it as the model does on leaving the field.
type timeField[T ~string] struct {
	Entry
	OnTime func(T) // each change to another valid one or to none

	parse func(string) (T, error)
	last  T
}

// setUp makes the field of self with at most limit characters.
func (f *timeField[T]) setUp(self fyne.Widget, limit int, placeHolder string, parse func(string) (T, error)) {
	f.Entry.setUp(self)
	f.limit, f.parse = limit, parse
	f.SetPlaceHolder(placeHolder)
	f.left = f.normalise
	f.OnEdited = func(string) { f.tell() }
	f.OnEnter = func(string) { f.normalise() }
}

// read is what the field holds, "" when it is empty or holds none.
func (f *timeField[T]) read() T {
	v, err := f.parse(f.Text)
	if err != nil {
		return ""
	}
	return v
}

// Raw implements Input: the same time typed in two ways is no change.
func (f *timeField[T]) Raw() string {
	if v := f.read(); v != "" {
		return string(v)
	}
	return f.Value()
}

// Check implements Input.
func (f *timeField[T]) Check() string {
	if f.Value() == "" {
		return ""
	}
	if _, err := f.parse(f.Text); err != nil {
		return err.Error()
	}
	return ""
}

func (f *timeField[T]) normalise() {
	if v := f.read(); v != "" && f.Text != string(v) {
		f.SetText(string(v))
	}
}

func (f *timeField[T]) tell() {
	if f.Check() != "" {
		return
	}
	if v := f.read(); v != f.last {
		f.last = v
		if f.OnTime != nil {
			f.OnTime(v)
		}
	}
}
