package model

import (
	"fmt"
	"maps"
	"strings"
)

// findRepeated rejects rows whose 工号 stands more than once. A row equal to
// an earlier one is taken once. Rows that differ are all rejected, also when
// one of them has another fault: it may be the right one.
func (r *rosterReader) findRepeated() {
	groups := make(map[string][]int, len(r.entries))
	var order []string
	for i := range r.entries {
		no := strings.ToUpper(r.entries[i].row.Staff.EmployeeNo)
		if no == "" {
			continue
		}
		if len(groups[no]) == 1 {
			order = append(order, no)
		}
		groups[no] = append(groups[no], i)
	}
	for _, no := range order {
		var different []int
		for _, i := range groups[no] {
			if first := r.equalIn(different, i); first >= 0 {
				e := &r.entries[i]
				e.problems = []RosterProblem{r.problem(e.row.Line, RosterEmployeeNo, no,
					fmt.Sprintf("与第 %d 行重复，只取一次", r.entries[first].row.Line))}
				continue
			}
			different = append(different, i)
		}
		if len(different) > 1 {
			r.rejectAll(different)
		}
	}
}

// equalIn returns the entry of list that says the same as entry i, or -1.
func (r *rosterReader) equalIn(list []int, i int) int {
	for _, j := range list {
		a, b := r.entries[j], r.entries[i]
		a.row.Line = b.row.Line
		// What could not be read is not in the row: there the cells decide.
		if a.row == b.row && (len(a.problems) == 0 && len(b.problems) == 0 || maps.Equal(a.cells, b.cells)) {
			return j
		}
	}
	return -1
}

// rejectAll rejects the entries of one 工号, each naming the others' rows.
func (r *rosterReader) rejectAll(list []int) {
	samePerson := true
	for _, i := range list[1:] {
		a, b := r.entries[list[0]].row.Staff, r.entries[i].row.Staff
		samePerson = samePerson && a.Name == b.Name && a.IDNumber == b.IDNumber
	}
	text := "工号与第 %s 行重复，是不同的人。请核对后改正"
	if samePerson {
		text = "与第 %s 行是同一人，但内容不同。请只保留一行"
	}
	for _, i := range list {
		e := &r.entries[i]
		problem := r.problem(e.row.Line, RosterEmployeeNo, e.row.Staff.EmployeeNo, fmt.Sprintf(text, r.otherLines(list, i)))
		e.problems = append([]RosterProblem{problem}, e.problems...)
	}
}

// otherLines names at most five rows of the list other than own.
func (r *rosterReader) otherLines(list []int, own int) string {
	const most = 5
	var lines []string
	for _, i := range list {
		if i == own {
			continue
		}
		if len(lines) == most {
			return strings.Join(lines, "、") + " 等"
		}
		lines = append(lines, fmt.Sprint(r.entries[i].row.Line))
	}
	return strings.Join(lines, "、")
}

// doubtfulPairs warns of two rows that may be one person: the same name in
// one department, the same ID number under two 工号.
func (r *rosterReader) doubtfulPairs(rows []RosterRow) []RosterProblem {
	var out []RosterProblem
	names := make(map[[2]string]int, len(rows))
	numbers := make(map[string]int, len(rows))
	for _, row := range rows {
		s := row.Staff
		key := [2]string{row.Department, s.Name}
		if line, ok := names[key]; ok {
			out = append(out, r.problem(row.Line, RosterName, s.Name, fmt.Sprintf("与第 %d 行同科室同名，请确认是两个人", line)))
		} else {
			names[key] = row.Line
		}
		if s.IDNumber == "" {
			continue
		}
		if line, ok := numbers[s.IDNumber]; ok {
			out = append(out, r.problem(row.Line, RosterIDNumber, s.IDNumber, fmt.Sprintf("与第 %d 行的身份证号相同，工号不同，请核对", line)))
		} else {
			numbers[s.IDNumber] = row.Line
		}
	}
	return out
}
