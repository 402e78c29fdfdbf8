// Package roster holds the pages of the area 基础: departments, staff, and the
// import of a roster.
package roster

import "qingfeng/ui/office"

// Deps is what the pages need from the frame around them.
type Deps struct {
	office.Deps

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
