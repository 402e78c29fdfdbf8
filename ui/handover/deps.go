// Package handover holds the pages of red envelopes and gifts that were handed
// in: the register of them, and what lies in the safe.
package handover

import (
	"qingfeng/model/store"
	"qingfeng/ui/office"
)

// Deps is what the pages of this package need from the frame. The functions
// are called on the UI goroutine and may be nil.
type Deps struct {
	office.Deps

	OnHandovers  func()                  // handovers were registered, disposed of, moved …
	OnForm       func()                  // a form took the place of the register, or gave it back
	OpenHandover func(store.HandoverRow) // show one in the register
}

func (d Deps) handoversChanged() {
	if d.OnHandovers != nil {
		d.OnHandovers()
	}
}
