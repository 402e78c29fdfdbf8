package sheet

import (
	"qingfeng/model"
	"qingfeng/model/store"
)

// StaffTable is the register of staff with the columns of a roster, so that it
// can be imported again. ID numbers and telephone numbers are left out unless
// asked for.
func StaffTable(people []store.StaffRow, sensitive bool) Table {
	t := Table{Name: "职工"}
	var fields []string
	for _, f := range model.RosterFields() {
		if !sensitive && (f.ID == model.RosterIDNumber || f.ID == model.RosterPhone) {
			continue
		}
		fields = append(fields, f.ID)
		t.Columns = append(t.Columns, f.Label)
	}
	for _, p := range people {
		row := make([]string, len(fields))
		for i, id := range fields {
			row[i] = staffCell(p, id)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func staffCell(p store.StaffRow, field string) string {
	switch field {
	case model.RosterEmployeeNo:
		return p.EmployeeNo
	case model.RosterName:
		return p.Name
	case model.RosterDepartment:
		return p.Department
	case model.RosterSex:
		return string(p.Sex)
	case model.RosterBornOn:
		return string(p.BornOn)
	case model.RosterIDNumber:
		return p.IDNumber
	case model.RosterPhone:
		return p.Phone
	case model.RosterPost:
		return p.Post
	case model.RosterTitle:
		return p.Title
	case model.RosterPosition:
		return p.Position
	case model.RosterPolitical:
		return p.Political
	case model.RosterJoinedOn:
		return string(p.JoinedOn)
	case model.RosterBranch:
		return p.Branch
	case model.RosterKeyPostReason:
		return p.KeyPostReason
	case model.RosterGridSupervisor:
		if p.GridSupervisor {
			return "是"
		}
	case model.RosterNote:
		return p.Note
	}
	return ""
}
