package sheet

import (
	"fmt"
	"slices"
	"strings"

	"qingfeng/assets"
	"qingfeng/model"
)

// oldRegister is a kind of register that was kept elsewhere: which file names
// its columns, which fields there are, and the columns of a head at least.
type oldRegister struct {
	columns string
	fields  []model.SheetField
	least   string
}

// read reads the rows of a register: sheet is its name, or "" for the one in
// which most columns are found. Errors are [model.Error].
func (r oldRegister) read(lib *assets.Library, path, sheet string) (Rows, error) {
	columns, err := lib.SheetColumns(r.columns)
	if err != nil {
		return Rows{}, refuse("%v", err)
	}
	for _, f := range columns.Fields {
		if !slices.ContainsFunc(r.fields, func(known model.SheetField) bool { return known.ID == f.ID }) {
			return Rows{}, refuse("%s 中有不认识的栏目 %s", r.columns, f.ID)
		}
	}
	book, err := Open(path)
	if err != nil {
		return Rows{}, err
	}
	f, err := newRosterFile(book, columns)
	if err == nil && sheet != "" {
		err = f.UseSheet(sheet)
	}
	if err != nil {
		return Rows{}, err
	}
	if err := f.headed(r.least, ""); err != nil {
		return Rows{}, err
	}
	rows := ReadRows(f.Grid, f.Head, f.Columns)
	if len(rows.Mapped) == 0 {
		return Rows{}, refuse("表头（第 %d 行）下面没有数据", f.Head.Row+1)
	}
	if names := unread(f.Grid, f.Head, rows, columns.Ignore); len(names) > 0 {
		rows.Warnings = append(rows.Warnings, model.RosterProblem{Row: f.Head.Row + 1, Column: strings.Join(names, "、"),
			Problem: "没有对应的栏目，没有导入。需要的请改用模板里的列名"})
	}
	return rows, nil
}

// unread are the columns of the file that hold something and belong to no
// field, by name or, without one, by number.
func unread(g Grid, h Head, rows Rows, ignored []string) []string {
	read := map[int]bool{}
	for _, column := range h.Columns {
		read[column] = true
	}
	var out []string
	for i, name := range h.HeadTexts(g) {
		known := slices.ContainsFunc(ignored, func(n string) bool { return assets.HeadKey(n) == assets.HeadKey(name) })
		if read[i] || known || !slices.ContainsFunc(rows.Mapped, func(m model.MappedRow) bool { return g.At(m.Line-1, i).Text != "" }) {
			continue
		}
		if name == "" {
			name = fmt.Sprintf("第 %d 列（没有列名）", i+1)
		}
		out = append(out, name)
	}
	return out
}

// template is an empty register with every column that an import takes.
func template(name string, fields []model.SheetField) Table {
	t := Table{Name: name}
	for _, f := range fields {
		t.Columns = append(t.Columns, f.Label)
	}
	return t
}

// problemTables are the rows of an import that were not taken or should be
// looked at, for [Write].
func problemTables(rejected, warnings []model.RosterProblem) []Table {
	return []Table{problemTable("不能导入的行", rejected), problemTable("提醒", warnings)}
}
