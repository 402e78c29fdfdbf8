package kit

import (
	"fyne.io/fyne/v2"
)

// Input is a field that a form can hold. All fields of this package are
// inputs.
type Input interface {
	fyne.CanvasObject
	// Raw is the content as text, "" when empty; it tells whether something
	// was changed.
	Raw() string
	// Check says in a Chinese sentence what is wrong with what was typed,
	// such as a date that does not exist; "" when nothing is.
	Check() string
	// SetInvalid draws the frame red, or as usual.
	SetInvalid(bool)
	// Target is what takes the focus; nil when the field cannot be changed.
	Target() fyne.Focusable
	// Watch is told of every change and of Enter.
	Watch(changed, submitted func())
}

// hooks is what an input tells its form.
type hooks struct {
	arrivals
	changed, submitted, leave func()
}

// arrivals tells of the focus that came to a field, or to a part of it.
type arrivals struct{ arrived func(at fyne.CanvasObject) }

func (a *arrivals) watchArrival(arrived func(at fyne.CanvasObject)) { a.arrived = arrived }

// watchArrival is told of the focus that comes to o, which may be anything.
func watchArrival(o fyne.CanvasObject, arrived func(at fyne.CanvasObject)) {
	if w, ok := o.(interface {
		watchArrival(func(at fyne.CanvasObject))
	}); ok {
		w.watchArrival(arrived)
	}
}

func (a *arrivals) tellArrived(at fyne.CanvasObject) {
	if a.arrived != nil {
		a.arrived(at)
	}
}

// Watch implements Input.
func (h *hooks) Watch(changed, submitted func()) { h.changed, h.submitted = changed, submitted }

func (h *hooks) tellChanged() {
	if h.changed != nil {
		h.changed()
	}
}

func (h *hooks) tellSubmitted() {
	if h.submitted != nil {
		h.submitted()
	}
}

// watchLeave is told when the focus leaves a field in which one types.
func (h *hooks) watchLeave(leave func()) { h.leave = leave }

func (h *hooks) tellLeft() {
	if h.leave != nil {
		h.leave()
	}
}
