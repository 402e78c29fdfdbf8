package model

import (
	"strings"

	"qingfeng/model/day"
)

// FieldChange is one field of a record that a roster would change.
type FieldChange struct{ Label, Old, New string }

// Merge returns s with what a roster says about the same person. A blank cell
// never empties a field, and a month never replaces the exact day within it:
// rosters leave out what the office knows.
func (s Staff) Merge(from Staff) Staff {
	text := func(to *string, v string) {
		if v != "" {
			*to = v
		}
	}
	partial := func(to *day.Partial, v day.Partial) {
		if v != "" && !strings.HasPrefix(string(*to), string(v)) {
			*to = v
		}
	}
	text(&s.Name, from.Name)
	text((*string)(&s.Sex), string(from.Sex))
	partial(&s.BornOn, from.BornOn)
	text(&s.IDNumber, from.IDNumber)
	text(&s.Phone, from.Phone)
	text(&s.Post, from.Post)
	text(&s.Title, from.Title)
	text(&s.Position, from.Position)
	text(&s.Political, from.Political)
	partial(&s.JoinedOn, from.JoinedOn)
	text(&s.KeyPostReason, from.KeyPostReason)
	text(&s.Note, from.Note)
	s.GridSupervisor = s.GridSupervisor || from.GridSupervisor
	if from.DepartmentID != 0 {
		s.DepartmentID = from.DepartmentID
	}
	if from.BranchID != 0 {
		s.BranchID = from.BranchID
	}
	return s
}

// Differences lists what distinguishes two versions of one person, department
// and branch apart, whose names the caller knows. Sensitive values are masked.
func (s Staff) Differences(to Staff) []FieldChange {
	var out []FieldChange
	diff := func(label, a, b string) {
		if a != b {
			out = append(out, FieldChange{label, a, b})
		}
	}
	diff("姓名", s.Name, to.Name)
	diff("性别", string(s.Sex), string(to.Sex))
	diff("出生年月", string(s.BornOn), string(to.BornOn))
	if s.IDNumber != to.IDNumber {
		diff("身份证号", MaskIDNumber(s.IDNumber), MaskIDNumber(to.IDNumber)+"（有改动）")
	}
	if s.Phone != to.Phone {
		diff("联系电话", MaskPhone(s.Phone), MaskPhone(to.Phone)+"（有改动）")
	}
	diff("岗位类别", s.Post, to.Post)
	diff("职称", s.Title, to.Title)
	diff("职务", s.Position, to.Position)
	diff("政治面貌", s.Political, to.Political)
	diff("参加工作时间", string(s.JoinedOn), string(to.JoinedOn))
	diff("重点岗位原因", s.KeyPostReason, to.KeyPostReason)
	diff("网格监察员", yesNo(s.GridSupervisor), yesNo(to.GridSupervisor))
	diff("备注", s.Note, to.Note)
	diff("离职日期", string(s.LeftOn), string(to.LeftOn))
	return out
}

func yesNo(b bool) string {
	if b {
		return "是"
	}
	return "否"
}
