package model

import "qingfeng/model/day"

// DepartmentKind groups departments the way hospitals list them.
type DepartmentKind string

// DepartmentKinds in the order in which lists show them.
var DepartmentKinds = []DepartmentKind{"临床", "医技", "职能", "后勤"}

// Department is a department (科室). It closes but is never deleted.
type Department struct {
	ID          int64
	Name        string
	Kind        DepartmentKind // "" when not known yet
	HeadID      int64          // staff id of the department head, 0 for none
	NurseHeadID int64
	Leader      string // 分管院领导
	SortOrder   int    // the order in which the hospital lists its departments
	ClosedOn    day.Date
}

// Validate returns [FieldErrors] with everything that keeps d from being stored.
func (d Department) Validate() error {
	var errs FieldErrors
	if d.Name == "" {
		errs.add("Name", "科室名称", "不能为空")
	} else if msg := BadText(d.Name, MaxName); msg != "" {
		errs.add("Name", "科室名称", msg)
	}
	if d.Kind != "" && !contains(DepartmentKinds, d.Kind) {
		errs.add("Kind", "类别", "只能是临床、医技、职能、后勤")
	}
	if msg := BadText(d.Leader, MaxName); msg != "" {
		errs.add("Leader", "分管院领导", msg)
	}
	if d.ClosedOn != "" && !d.ClosedOn.Valid() {
		errs.add("ClosedOn", "撤销日期", "不是一个日期")
	}
	return errs.err()
}

// PartyBranch is a party branch (支部): a second grouping of the same people.
type PartyBranch struct {
	ID   int64
	Name string
}

// Validate returns [FieldErrors] with everything that keeps b from being stored.
func (b PartyBranch) Validate() error {
	var errs FieldErrors
	if b.Name == "" {
		errs.add("Name", "支部名称", "不能为空")
	} else if msg := BadText(b.Name, MaxName); msg != "" {
		errs.add("Name", "支部名称", msg)
	}
	return errs.err()
}

func contains[T comparable](list []T, v T) bool {
	for _, x := range list {
		if x == v {
			return true
		}
	}
	return false
}
