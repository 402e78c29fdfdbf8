package sheet

import (
	"fmt"
	"strings"

	"qingfeng/assets"
	"qingfeng/model"
)

const rosterColumns = "roster/columns.toml"

// RosterFile is a roster on its way in: the window shows the proposed sheet,
// head row and columns, lets the clerk correct them, and calls Read.
type RosterFile struct {
	Sheets  []string
	Sheet   string
	Grid    Grid
	Head    Head // the clerk's corrections go in here
	Columns assets.SheetColumns
	// Skipped are the Excel row numbers that Read took for totals and
	// signatures, so that the clerk can see that nobody was among them.
	Skipped []int
	book    *Book
}

// OpenRoster opens a file and proposes the sheet in which most columns of a
// roster are found. Errors are [model.Error].
func OpenRoster(lib *assets.Library, path string) (*RosterFile, error) {
	columns, err := lib.SheetColumns(rosterColumns)
	if err != nil {
		return nil, err
	}
	for _, f := range columns.Fields {
		if !model.KnownRosterField(f.ID) {
			return nil, fmt.Errorf("%s 中有不认识的栏目 %s", rosterColumns, f.ID)
		}
	}
	book, err := Open(path)
	if err != nil {
		return nil, err
	}
	return newRosterFile(book, columns)
}

func newRosterFile(book *Book, columns assets.SheetColumns) (*RosterFile, error) {
	f := &RosterFile{Sheets: book.Sheets, Columns: columns, book: book, Head: Head{Row: -1}}
	for i, name := range book.Sheets {
		grid, err := book.Grid(name)
		if err != nil {
			return nil, err
		}
		head := FindHead(grid, columns)
		if i == 0 || len(head.Columns) > len(f.Head.Columns) {
			f.Sheet, f.Grid, f.Head = name, grid, head
		}
		if head.Row >= 0 && len(head.Missing(columns)) == 0 {
			break
		}
	}
	return f, nil
}

// UseSheet changes to another sheet and proposes its head row and columns.
func (f *RosterFile) UseSheet(name string) error {
	grid, err := f.book.Grid(name)
	if err != nil {
		return err
	}
	f.Sheet, f.Grid, f.Head = name, grid, FindHead(grid, f.Columns)
	return nil
}

// UseHeadRow takes the row (from 0) as the head and matches its columns.
func (f *RosterFile) UseHeadRow(row int) {
	f.Head = Head{row, MatchColumns(f.Grid, row, f.Columns)}
}

// Read reads and checks the roster with the head and columns as they stand.
func (f *RosterFile) Read() (model.RosterReading, error) {
	if err := f.headed("“工号”“姓名”“科室”三列", "（用窗口程序导入时，也可以直接指定对应的列）"); err != nil {
		return model.RosterReading{}, err
	}
	rows := ReadRows(f.Grid, f.Head, f.Columns)
	f.Skipped = rows.Skipped
	reading := model.ReadRoster(rows.Mapped, rows.Heads)
	reading.Warnings = append(rows.Warnings, reading.Warnings...)
	if reading.Total == 0 {
		return reading, refuse("表头（第 %d 行）下面没有数据", f.Head.Row+1)
	}
	return reading, nil
}

// headed refuses a sheet without a head row or without a column that must be
// there. least names the columns of a head; remark follows the advice.
func (f *RosterFile) headed(least, remark string) error {
	if f.Head.Row < 0 || f.Head.Row >= len(f.Grid) {
		return refuse("工作表“%s”里没有找到表头。表头应在前 %d 行内，至少有%s", f.Sheet, headRows, least)
	}
	if missing := f.Head.Missing(f.Columns); len(missing) > 0 {
		return refuse("没有找到“%s”列。第 %d 行的列名是：%s。请在文件中改正列名后再导入%s",
			strings.Join(missing, "”“"), f.Head.Row+1, strings.Join(named(f.Head.HeadTexts(f.Grid)), "、"), remark)
	}
	return nil
}

func named(texts []string) []string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return out
}

// ReadRoster reads a roster without asking: sheet is its name, or "" for the
// one in which most columns are found.
func ReadRoster(lib *assets.Library, path, sheet string) (model.RosterReading, error) {
	f, err := OpenRoster(lib, path)
	if err != nil {
		return model.RosterReading{}, err
	}
	if sheet != "" {
		if err := f.UseSheet(sheet); err != nil {
			return model.RosterReading{}, err
		}
	}
	return f.Read()
}

// RosterProblemTables are the lists of a reading that cannot be taken or
// should be looked at, for [Write].
func RosterProblemTables(r model.RosterReading) []Table {
	return problemTables(r.Rejected, r.Warnings)
}

func problemTable(name string, problems []model.RosterProblem) Table {
	t := Table{Name: name, Columns: []string{"行号", "栏目", "原值", "问题"}, Counts: []string{"行号"}}
	for _, p := range problems {
		t.Rows = append(t.Rows, []string{fmt.Sprint(p.Row), p.Column, p.Value, p.Problem})
	}
	return t
}
