package store

import (
	"slices"
	"strings"

	"qingfeng/model"
)

// doubts compares the rows of a roster with the people on file for signs that
// a 工号 does not mean who it seems to mean.
type doubts struct {
	onFile     map[string]model.Staff // by 工号
	byIDNumber map[string]model.Staff
	byDigits   map[string]model.Staff // by 工号 without leading zeros
}

func newDoubts(onFile map[string]model.Staff) *doubts {
	d := &doubts{onFile, map[string]model.Staff{}, map[string]model.Staff{}}
	for no, m := range onFile {
		if m.IDNumber != "" {
			d.byIDNumber[m.IDNumber] = m
		}
		d.byDigits[withoutZeros(no)] = m
	}
	return d
}

func withoutZeros(no string) string { return strings.TrimLeft(no, "0") }

// admit adds what is odd about a row to the plan and reports whether the row
// may be taken. A row with the 工号, but neither name nor ID number of somebody
// on file is another person, who must not inherit a record with its letters.
func (d *doubts) admit(row model.RosterRow, plan *RosterPlan) bool {
	said := row.Staff
	problem := func(column, value, text string) model.RosterProblem {
		return model.RosterProblem{Row: row.Line, Column: column, Value: value, Problem: text}
	}
	old, known := d.onFile[said.EmployeeNo]
	switch {
	case known && old.Name != said.Name && differ(old.IDNumber, said.IDNumber):
		plan.Rejected = append(plan.Rejected, problem("工号", said.EmployeeNo,
			"在册的是“"+old.Name+"”，姓名和身份证号都不同，是另一个人。请给新职工用新工号，并为原职工登记离职"))
		return false
	case known && old.Name != said.Name:
		plan.Warnings = append(plan.Warnings, problem("姓名", said.Name, "在册的姓名是“"+old.Name+"”，将改为新姓名，请核对是否同一人"))
	case known:
	default:
		if other, ok := d.byIDNumber[said.IDNumber]; ok && said.IDNumber != "" {
			plan.Warnings = append(plan.Warnings, problem("身份证号", model.MaskIDNumber(said.IDNumber),
				"与在册的“"+other.Name+"”（工号 "+other.EmployeeNo+"）相同，按新增处理会重复，请核对工号"))
		} else if other, ok := d.byDigits[withoutZeros(said.EmployeeNo)]; ok {
			plan.Warnings = append(plan.Warnings, problem("工号", said.EmployeeNo,
				"与在册的工号 "+other.EmployeeNo+"（"+other.Name+"）只差前面的 0，Excel 可能去掉了它。请把该列设为文本"))
		}
	}
	return true
}

func differ(a, b string) bool { return a != "" && b != "" && a != b }

// Onto is the reading as the plan leaves it: with the rows that the plan
// rejects among the rejected, and all warnings, each sorted by row.
func (p RosterPlan) Onto(r model.RosterReading) model.RosterReading {
	if len(p.Rejected)+len(p.Warnings) == 0 {
		return r
	}
	out := map[int]bool{}
	for _, x := range p.Rejected {
		out[x.Row] = true
	}
	r.Rows = slices.DeleteFunc(slices.Clone(r.Rows), func(row model.RosterRow) bool { return out[row.Line] })
	r.Rejected = byRow(r.Rejected, p.Rejected)
	r.Warnings = byRow(r.Warnings, p.Warnings)
	return r
}

func byRow(a, b []model.RosterProblem) []model.RosterProblem {
	all := slices.Concat(a, b)
	slices.SortStableFunc(all, func(x, y model.RosterProblem) int { return x.Row - y.Row })
	return all
}
