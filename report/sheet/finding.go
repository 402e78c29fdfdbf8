package sheet

import (
	"slices"

	"qingfeng/assets"
	"qingfeng/model"
)

const findingColumns = "finding/columns.toml"

// FindingRows are the rows of an older register of findings, not yet checked.
type FindingRows struct {
	Records []model.FindingRecord
	// Skipped are the Excel row numbers that were taken for totals and
	// signatures, so that the clerk can see that no finding was among them.
	Skipped  []int
	Warnings []model.RosterProblem // about whole columns
}

// ReadFindings reads a register of findings: sheet is its name, or "" for the
// one in which most columns are found. Errors are [model.Error].
func ReadFindings(lib *assets.Library, path, sheet string) (FindingRows, error) {
	columns, err := lib.SheetColumns(findingColumns)
	if err != nil {
		return FindingRows{}, refuse("%v", err)
	}
	for _, f := range columns.Fields {
		if !slices.ContainsFunc(model.FindingFields, func(known model.SheetField) bool { return known.ID == f.ID }) {
			return FindingRows{}, refuse("%s 中有不认识的栏目 %s", findingColumns, f.ID)
		}
	}
	book, err := Open(path)
	if err != nil {
		return FindingRows{}, err
	}
	f, err := newRosterFile(book, columns)
	if err == nil && sheet != "" {
		err = f.UseSheet(sheet)
	}
	if err != nil {
		return FindingRows{}, err
	}
	return findingRows(f)
}

func findingRows(f *RosterFile) (FindingRows, error) {
	if err := f.headed("“发现日期”“类别”“科室”“问题”四列", ""); err != nil {
		return FindingRows{}, err
	}
	rows := ReadRows(f.Grid, f.Head, f.Columns)
	if len(rows.Mapped) == 0 {
		return FindingRows{}, refuse("表头（第 %d 行）下面没有数据", f.Head.Row+1)
	}
	out := FindingRows{Skipped: rows.Skipped, Warnings: rows.Warnings}
	for _, row := range rows.Mapped {
		out.Records = append(out.Records, model.FindingRecord{MappedRow: row, Heads: rows.Heads})
	}
	return out, nil
}

// FindingTemplate is an empty register of findings to fill in, with every
// column that an import takes.
func FindingTemplate() Table {
	t := Table{Name: "整改台账"}
	for _, f := range model.FindingFields {
		t.Columns = append(t.Columns, f.Label)
	}
	return t
}

// FindingProblemTables are the rows of an import that were not taken or should
// be looked at, for [Write].
func FindingProblemTables(rejected, warnings []model.RosterProblem) []Table {
	return []Table{problemTable("不能导入的行", rejected), problemTable("提醒", warnings)}
}
