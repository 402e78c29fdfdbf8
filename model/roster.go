package model

import (
	"errors"
	"sort"
	"strings"

	"golang.org/x/text/width"

	"qingfeng/model/day"
	"qingfeng/model/idcode"
)

// ReadRoster turns the rows of a roster into staff and says which rows cannot
// be taken and why. heads are the file's own column names by field, for the
// messages; a field that is no key of it has no column.
//
// Rejected are rows without 工号, name or department, with an unreadable date,
// a malformed ID number or an illegal text, and every row of a 工号 that
// stands for different persons: which one is right cannot be known here.
// Everything that is odd but may be true is a warning.
func ReadRoster(rows []MappedRow, heads map[string]string) RosterReading {
	r := rosterReader{heads: heads, entries: make([]rosterEntry, 0, len(rows))}
	for _, row := range rows {
		r.entries = append(r.entries, r.read(row))
	}
	r.findRepeated()
	return r.result()
}

// rosterEntry is a row on its way: what was read of it and what was found.
type rosterEntry struct {
	row                RosterRow
	cells              map[string]string
	problems, warnings []RosterProblem
}

type rosterReader struct {
	heads   map[string]string
	entries []rosterEntry
}

// column is what the clerk calls a field: the head of the file.
func (r *rosterReader) column(field string) string {
	if head := r.heads[field]; head != "" {
		return head
	}
	for _, f := range rosterFields {
		if f.id == field {
			return f.label
		}
	}
	return field
}

func (r *rosterReader) problem(line int, field, value, text string) RosterProblem {
	if field == RosterIDNumber {
		value = maskReadID(value)
	}
	return RosterProblem{line, r.column(field), shortValue(value), text}
}

func (r *rosterReader) read(in MappedRow) rosterEntry {
	e := rosterEntry{cells: in.Cells, row: RosterRow{Line: in.Line}}
	reject := func(field, text string) {
		e.problems = append(e.problems, r.problem(in.Line, field, in.Cells[field], text))
	}
	warn := func(field, text string) {
		e.warnings = append(e.warnings, r.problem(in.Line, field, in.Cells[field], text))
	}
	for field, text := range in.Problems {
		reject(field, text)
	}
	fillRoster(&e.row, in, reject, warn)
	for field, text := range rosterErrors(e.row) {
		if in.Problems[field] == "" { // the file's own finding says more
			reject(field, text)
		}
	}
	if len(e.problems) == 0 {
		checkRosterID(e.row.Staff, warn)
	}
	sortProblems(e.problems, r)
	return e
}

// fillRoster reads the cells into the row.
func fillRoster(row *RosterRow, in MappedRow, reject, warn func(field, text string)) {
	c := in.Cells
	row.Department, row.Branch = TidyDepartment(c[RosterDepartment]), TidyDepartment(c[RosterBranch])
	s := &row.Staff
	s.EmployeeNo, s.Name = tidyCode(c[RosterEmployeeNo]), TidyName(c[RosterName])
	// 1.5 may be a 工号 as text; as a number it stands in the wrong column.
	if in.Numeric[RosterEmployeeNo] && in.Problems[RosterEmployeeNo] == "" && (strings.Contains(s.EmployeeNo, ".") || strings.HasPrefix(s.EmployeeNo, "-")) {
		reject(RosterEmployeeNo, "是带小数或负号的数字，不是工号。请核对；若确是工号，请把该列设为“文本”格式后重新填写")
	}
	s.Post, s.Title, s.Position = tidyText(c[RosterPost]), tidyText(c[RosterTitle]), tidyText(c[RosterPosition])
	s.Political, s.KeyPostReason = tidyText(c[RosterPolitical]), tidyText(c[RosterKeyPostReason])
	s.Phone, s.Note = tidyText(width.Fold.String(c[RosterPhone])), tidyNote(c[RosterNote])
	if s.IDNumber = idcode.NormalizePerson(c[RosterIDNumber]); nothing(s.IDNumber) {
		s.IDNumber = ""
	}
	sex := tidyText(c[RosterSex])
	if s.Sex = readSex(sex); string(s.Sex) != sex {
		warn(RosterSex, "按“"+string(s.Sex)+"”读取")
	}
	var ok bool
	if s.GridSupervisor, ok = readYes(tidyText(c[RosterGridSupervisor])); !ok {
		reject(RosterGridSupervisor, "只能是“是”或“否”")
	}
	for _, d := range []struct {
		field string
		into  *day.Partial
	}{{RosterBornOn, &s.BornOn}, {RosterJoinedOn, &s.JoinedOn}} {
		if in.Problems[d.field] != "" {
			continue
		}
		value, warning, err := readPartial(tidyText(c[d.field]), in.Numeric[d.field])
		*d.into = value
		if err != nil {
			reject(d.field, err.Error())
		}
		if warning != "" {
			warn(d.field, warning)
		}
	}
}

// rosterFieldOf maps the struct fields that Validate names to roster fields.
var rosterFieldOf = map[string]string{
	"EmployeeNo": RosterEmployeeNo, "Name": RosterName, "Sex": RosterSex, "BornOn": RosterBornOn,
	"IDNumber": RosterIDNumber, "Phone": RosterPhone, "Post": RosterPost, "Title": RosterTitle,
	"Position": RosterPosition, "Political": RosterPolitical, "JoinedOn": RosterJoinedOn,
	"KeyPostReason": RosterKeyPostReason, "Note": RosterNote,
}

// rosterErrors is what the entities themselves find wrong, by field.
func rosterErrors(row RosterRow) map[string]string {
	var out map[string]string
	add := func(field, text string) {
		if out == nil {
			out = map[string]string{}
		}
		out[field] = text
	}
	staff := row.Staff
	staff.DepartmentID = 1 // not known yet; its name is checked below
	if errs, ok := errors.AsType[FieldErrors](staff.Validate()); ok {
		for _, e := range errs {
			add(rosterFieldOf[e.Field], e.Message)
		}
	}
	if row.Staff.Name != "" && row.Staff.Name[0] == '=' {
		add(RosterName, "是公式，不是姓名")
	}
	if len(row.Staff.IDNumber) == 15 && out[RosterIDNumber] != "" {
		add(RosterIDNumber, "15 位的旧身份证号已停用，请填 18 位")
	}
	if errs, ok := errors.AsType[FieldErrors](Department{Name: row.Department}.Validate()); ok {
		add(RosterDepartment, errs[0].Message)
	}
	if row.Branch != "" {
		if errs, ok := errors.AsType[FieldErrors](PartyBranch{Name: row.Branch}.Validate()); ok {
			add(RosterBranch, errs[0].Message)
		}
	}
	return out
}

// checkRosterID warns of an ID number that is well formed but odd.
func checkRosterID(s Staff, warn func(field, text string)) {
	if s.IDNumber == "" {
		return
	}
	if err := idcode.CheckPerson(s.IDNumber); err != nil {
		warn(RosterIDNumber, err.Error())
	}
	if !idcode.KnownRegion(s.IDNumber) {
		warn(RosterIDNumber, "前两位 "+s.IDNumber[:2]+" 不是已知的省级代码，请核对")
	}
	if born, ok := idcode.BirthDay(s.IDNumber); ok && s.BornOn != "" && !s.BornOn.Includes(born) {
		warn(RosterBornOn, "与身份证号中的出生日期（"+born.Chinese()+"）不一致，请核对")
	}
}

// result sorts what was found into the reading.
func (r *rosterReader) result() RosterReading {
	out := RosterReading{Total: len(r.entries), Fields: map[string]bool{}, Listed: make(map[string]bool, len(r.entries))}
	for field := range r.heads {
		out.Fields[field] = true
	}
	seen := map[string]bool{}
	for _, e := range r.entries {
		if no := e.row.Staff.EmployeeNo; no != "" {
			out.Listed[no] = true
		}
		if len(e.problems) > 0 {
			out.Rejected = append(out.Rejected, e.problems...)
			continue
		}
		out.Rows = append(out.Rows, e.row)
		out.Warnings = append(out.Warnings, e.warnings...)
		if !seen[e.row.Department] {
			seen[e.row.Department] = true
			out.Departments = append(out.Departments, e.row.Department)
		}
	}
	out.Warnings = append(out.Warnings, r.doubtfulPairs(out.Rows)...)
	sort.SliceStable(out.Warnings, func(i, j int) bool { return out.Warnings[i].Row < out.Warnings[j].Row })
	return out
}

// sortProblems orders the problems of one row by field, as maps have none.
func sortProblems(problems []RosterProblem, r *rosterReader) {
	if len(problems) < 2 {
		return
	}
	order := map[string]int{}
	for i, f := range rosterFields {
		order[r.column(f.id)] = i
	}
	sort.SliceStable(problems, func(i, j int) bool { return order[problems[i].Column] < order[problems[j].Column] })
}
