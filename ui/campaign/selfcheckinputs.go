package campaign

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"qingfeng/ui/kit"
)

var _ kit.Input = (*inputPair)(nil)

// inputPair is two inputs on one line of a form, such as an opinion and its
// day. second may be nil.
type inputPair struct {
	widget.BaseWidget
	first, second kit.Input
	content       *fyne.Container
}

// newInputPair pairs inputs that content shows.
func newInputPair(first, second kit.Input, content *fyne.Container) *inputPair {
	p := &inputPair{first: first, second: second, content: content}
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer implements fyne.Widget.
func (p *inputPair) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(p.content)
}

// Raw implements kit.Input.
func (p *inputPair) Raw() string {
	if p.second == nil || p.second.Raw() == "" {
		return p.first.Raw()
	}
	return p.first.Raw() + "\n" + p.second.Raw()
}

// Check implements kit.Input.
func (p *inputPair) Check() string {
	if m := p.first.Check(); m != "" || p.second == nil {
		return m
	}
	return p.second.Check()
}

// SetInvalid implements kit.Input.
func (p *inputPair) SetInvalid(bad bool) {
	if p.second == nil {
		p.first.SetInvalid(bad)
		return
	}
	p.first.SetInvalid(bad && (p.first.Check() != "" || p.second.Check() == ""))
	p.second.SetInvalid(bad && p.second.Check() != "")
}

// Target implements kit.Input.
func (p *inputPair) Target() fyne.Focusable { return p.first.Target() }

// Watch implements kit.Input.
func (p *inputPair) Watch(changed, submitted func()) {
	if p.second == nil {
		p.first.Watch(changed, submitted)
		return
	}
	p.first.Watch(changed, func() { focusOn(p.second.Target()) })
	p.second.Watch(changed, submitted)
}

func focusOn(f fyne.Focusable) {
	if o, ok := f.(fyne.CanvasObject); ok {
		if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
			c.Focus(f)
		}
	}
}
