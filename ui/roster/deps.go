// Package roster holds the pages of the area 基础: departments, staff, and the
// import of a roster.
package roster

import (
	"log/slog"

	"fyne.io/fyne/v2"

	"qingfeng/model/store"
)

// Deps is what the pages need from the frame around them.
type Deps struct {
	Win   fyne.Window
	Store *store.Store
	Log   *slog.Logger
	// OpenStaff shows the staff page narrowed to a department; nil hides the doors.
	OpenStaff func(departmentID int64)
	// Changed is called on the UI goroutine after departments or staff have
	// changed; may be nil.
	Changed func()
}

func (d Deps) changed() {
	if d.Changed != nil {
		d.Changed()
	}
}
