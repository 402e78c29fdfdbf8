package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Option is one of several values, with what the screen calls it.
type Option struct {
	Value, Text string
}

// Choice is a field in which one of some options is chosen from a list.
type Choice struct {
	fieldBox
	OnChanged func(value string)

	options []Option
	value   string
	list    *layer
}

// NewChoice makes a choice in which nothing is chosen, or, when an option has
// the value "", that one.
func NewChoice(options []Option) *Choice {
	c := &Choice{}
	c.setUp(c)
	c.placeHolder = "请选择"
	c.onOpen = c.open
	c.onKey = c.key
	c.SetOptions(options)
	return c
}

// Value is the chosen value, "" for none.
func (c *Choice) Value() string { return c.value }

// SetValue chooses without telling OnChanged. A value that no option has
// chooses the option with the value "", or nothing.
func (c *Choice) SetValue(value string) {
	c.value = value
	if c.index() < 0 {
		c.value = ""
	}
	text := ""
	if i := c.index(); i >= 0 {
		text = c.options[i].Text
	}
	c.show(text)
}

// SetOptions replaces the options and keeps what is chosen if it is still
// offered.
func (c *Choice) SetOptions(options []Option) {
	c.options = options
	var widest float32
	for _, o := range options {
		widest = max(widest, textWidth(o.Text, size(theme.SizeNameText), false))
	}
	c.minWidth = min(widest, 260) + 2*boxInset + arrowRoom + 4
	c.SetValue(c.value)
}

// Raw implements Input.
func (c *Choice) Raw() string { return c.value }

// Target implements Input.
func (c *Choice) Target() fyne.Focusable { return c }

func (c *Choice) index() int {
	for i, o := range c.options {
		if o.Value == c.value {
			return i
		}
	}
	return -1
}

func (c *Choice) choose(i int) {
	if i < 0 || i >= len(c.options) || c.options[i].Value == c.value && c.text != "" {
		return
	}
	c.SetValue(c.options[i].Value)
	if c.OnChanged != nil {
		c.OnChanged(c.value)
	}
	c.tellChanged()
}

func (c *Choice) open() {
	if len(c.options) == 0 {
		return
	}
	rows := make([]optionRow, len(c.options))
	for i, o := range c.options {
		rows[i] = optionRow{text: o.Text}
	}
	list := newOptionList()
	list.onPick = func(i int) {
		c.list.close()
		focus(c)
		c.choose(i)
	}
	content := list.scrolled()
	list.set(rows, c.index())
	c.list = openBelow(c, content, list, nil)
	list.reveal()
}

// key changes the choice without opening the list, as Windows does.
func (c *Choice) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyUp:
		c.choose(c.index() - 1)
	case fyne.KeyRight:
		c.choose(c.index() + 1)
	case fyne.KeyLeft:
		c.choose(c.index() - 1)
	default:
		return false
	}
	return true
}
