package campaign

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"qingfeng/ui/kit"
)

var _ kit.Input = (*checks)(nil)

// checks are tick boxes on one line of a form.
type checks struct {
	widget.BaseWidget
	boxes []*kit.Check
}

func newChecks(boxes []*kit.Check) *checks {
	c := &checks{boxes: boxes}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer implements fyne.Widget.
func (c *checks) CreateRenderer() fyne.WidgetRenderer {
	row := kit.Beside()
	for _, b := range c.boxes {
		row.Add(b)
	}
	return widget.NewSimpleRenderer(row)
}

// Raw implements kit.Input.
func (c *checks) Raw() string {
	var all []string
	for _, b := range c.boxes {
		all = append(all, b.Raw())
	}
	return strings.Join(all, ",")
}

// Check implements kit.Input.
func (c *checks) Check() string { return "" }

// SetInvalid implements kit.Input.
func (c *checks) SetInvalid(bad bool) {
	for _, b := range c.boxes {
		b.SetInvalid(bad)
	}
}

// Target implements kit.Input.
func (c *checks) Target() fyne.Focusable {
	if len(c.boxes) == 0 {
		return nil
	}
	return c.boxes[0]
}

// Watch implements kit.Input.
func (c *checks) Watch(changed, submitted func()) {
	for _, b := range c.boxes {
		b.Watch(changed, submitted)
	}
}
