package model

// RosterField is a field that a roster can bring and an export writes, with
// the name of its column.
type RosterField struct{ ID, Label string }

// RosterFields returns all fields of a roster in the usual order of columns.
func RosterFields() []RosterField {
	out := make([]RosterField, len(rosterFields))
	for i, f := range rosterFields {
		out[i] = RosterField{f.id, f.label}
	}
	return out
}
