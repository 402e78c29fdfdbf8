package sheet

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"qingfeng/model"
)

func overrides(t testing.TB, name, content string) string {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// What is written reads back as the same text, however much it looks like a
// formula, a number, a date or an escape.
func TestWriteReadsBack(t *testing.T) {
	dir := t.TempDir()
	text := rapid.OneOf(
		rapid.SampledFrom([]string{"=1+1", "+86 199", "-5", "@SUM(A1)", "=HYPERLINK(\"x\")", "01001", "990101197107183007", "1995.10", "TRUE", "#REF!", "9.9E+17",
			"_x0041_", "_x005F_", "<&>\"'", "]]>", "徐𬱖", "阿依古丽·买买提", "一\n二", "a  b", "'01", ""}),
		rapid.String(),
	)
	rapid.Check(t, func(rt *rapid.T) {
		table := Table{Name: "导出", Columns: []string{"甲", "乙", "丙"}}
		for range rapid.IntRange(0, 5).Draw(rt, "rows") {
			table.Rows = append(table.Rows, []string{text.Draw(rt, "a"), text.Draw(rt, "b"), text.Draw(rt, "c")})
		}
		path := filepath.Join(dir, "a.xlsx")
		if err := Write(path, table); err != nil {
			rt.Fatal(err)
		}
		book, err := Open(path)
		if err != nil {
			rt.Fatal(err)
		}
		g, err := book.Grid("导出")
		if err != nil {
			rt.Fatal(err)
		}
		for i, row := range table.Rows {
			for j, want := range row {
				// XML has one line end and no place for control characters.
				want = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(trim(printable(want)))
				if got := strings.ReplaceAll(g.At(i+1, j).Text, "\r", "\n"); got != want {
					rt.Fatalf("%q came back as %q", want, got)
				}
			}
		}
	})
}

func TestWriteIsTextAndStyled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := Write(path, Table{Name: "甲", Columns: []string{"工号", "姓名"}, Rows: [][]string{{"=1+1", "很长的名字阿依古丽·买买提"}}}, Table{Name: "乙", Columns: []string{"丙"}}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	formula, _ := f.GetCellFormula("甲", "A2")
	kind, _ := f.GetCellType("甲", "A2")
	value, _ := f.GetCellValue("甲", "A2")
	if formula != "" || value != "=1+1" || kind == excelize.CellTypeFormula {
		t.Error(formula, value, kind)
	}
	for _, cell := range []string{"A1", "A2", "B2"} {
		id, _ := f.GetCellStyle("甲", cell)
		if s, err := f.GetStyle(id); err != nil || s.NumFmt != textFormat {
			t.Errorf("%s: %+v", cell, s)
		}
	}
	if w, _ := f.GetColWidth("甲", "B"); w < 27 {
		t.Error(w)
	}
	if p, _ := f.GetPanes("甲"); !p.Freeze {
		t.Error("the head does not stay")
	}
	if got := strings.Join(f.GetSheetList(), " "); got != "甲 乙" {
		t.Error(got)
	}
}

// Excel calculates with the counts, and with nothing else.
func TestCountsAreNumbers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.xlsx")
	table := Table{Name: "甲", Columns: []string{"工号", "人数"}, Counts: []string{"人数"},
		Rows: [][]string{{"1", "12"}, {"02", "30"}, {"3", ""}, {"4", "012"}, {"5", "=1"}, {"6", "0"}}}
	if err := Write(path, table); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	// Excelize calls a cell unset that has no type in the file: by the standard a number.
	number := map[excelize.CellType]bool{excelize.CellTypeUnset: true, excelize.CellTypeNumber: true}
	for cell, want := range map[string]bool{"A1": false, "B1": false, "A2": false, "A3": false, "B2": true, "B3": true, "B5": false, "B6": false, "B7": true} {
		if kind, err := f.GetCellType("甲", cell); err != nil || number[kind] != want {
			t.Errorf("%s has type %v, %v", cell, kind, err)
		}
	}
	for column, want := range map[string]int{"A": textFormat, "B": countFormat} {
		id, _ := f.GetColStyle("甲", column)
		if s, err := f.GetStyle(id); err != nil || s.NumFmt != want {
			t.Errorf("column %s: %+v", column, s)
		}
	}
}

// Excel calculates with amounts in yuan, to the fen.
func TestAmountsAreNumbers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.xlsx")
	cells := []string{"1,234,567.89", "0.10", "-3,600.00", "9,999,999,999,999.99", "12", "1234.5", "1234.50", "12,34.00", "=1.00", "—", "10,000,000,000,000.00"}
	table := Table{Name: "甲", Columns: []string{"金额", "数"}, Counts: []string{"数"}, Amounts: []string{"金额", "数"}}
	for _, c := range cells {
		table.Rows = append(table.Rows, []string{c, c})
	}
	if err := Write(path, table); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want := []string{"1234567.89", "0.1", "-3600", "9999999999999.99", "12", "1234.5", "1234.50", "12,34.00", "=1.00", "—", "10,000,000,000,000.00"}
	for i, w := range want {
		cell := fmt.Sprintf("A%d", i+2)
		kind, _ := f.GetCellType("甲", cell)
		value, err := f.GetCellValue("甲", cell, excelize.Options{RawCellValue: true})
		number := kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber
		if err != nil || value != w || number != (i < 4) {
			t.Errorf("%s: %q, number %v, %v", cells[i], value, number, err)
		}
	}
	if kind, _ := f.GetCellType("甲", "B6"); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Error("a count among amounts is text")
	}
	if got, _ := f.GetCellValue("甲", "A2"); got != "1,234,567.89" {
		t.Errorf("Excel shows %s", got)
	}
}

func TestWriteRefusesOtherNames(t *testing.T) {
	dir := t.TempDir()
	table := Table{Name: "a", Columns: []string{"a"}}
	for _, name := range []string{"a.csv", "a", "a.xls", "xlsx", "a.xlsx.pdf", "a.xlsx "} {
		if err := Write(filepath.Join(dir, name), table); model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), "应以 .xlsx 结尾") {
			t.Errorf("%q: %v", name, err)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Error(left)
	}
	for _, name := range []string{"a.xlsx", "b.XLSX"} {
		if err := Write(filepath.Join(dir, name), table); err != nil {
			t.Error(err)
		}
	}
}

// A file is replaced whole or stays as it was.
func TestWriteWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.xlsx")
	if err := os.WriteFile(path, []byte("alt"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, bad := range [][]Table{nil, {{Name: "坏[名]", Columns: []string{"a"}}}, {{Name: "a", Columns: []string{"a"}, Rows: [][]string{{strings.Repeat("长", MaxText)}}}}} {
		if err := Write(path, bad...); err == nil {
			t.Error("written")
		}
	}
	if err := Write(filepath.Join(dir, "没有", "a.xlsx"), Table{Name: "a", Columns: []string{"a"}}); model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), "不能写入文件 a.xlsx") {
		t.Error(err)
	}
	data, err := os.ReadFile(path)
	left, _ := os.ReadDir(dir)
	if err != nil || string(data) != "alt" || len(left) != 1 {
		t.Errorf("%q, %d files, %v", data, len(left), err)
	}
	if err := Write(path, Table{Name: "a", Columns: []string{"a"}}); err != nil {
		t.Error(err)
	}
}

// A roster that was read, written with the program's own columns and read
// again is the same roster.
func TestRosterRoundTrip(t *testing.T) {
	first := readSample(t, "dirty-roster.xlsx")
	table := Table{Name: "职工"}
	for _, f := range columns(t).Fields {
		table.Columns = append(table.Columns, f.Label)
	}
	for _, r := range first.Rows {
		s := r.Staff
		value := map[string]string{"employee_no": s.EmployeeNo, "name": s.Name, "department": r.Department, "sex": string(s.Sex), "born_on": string(s.BornOn),
			"id_number": s.IDNumber, "phone": s.Phone, "post": s.Post, "title": s.Title, "position": s.Position, "political": s.Political, "joined_on": string(s.JoinedOn), "note": s.Note}
		var row []string
		for _, f := range columns(t).Fields {
			row = append(row, value[f.ID])
		}
		table.Rows = append(table.Rows, row)
	}
	path := filepath.Join(t.TempDir(), "导出.xlsx")
	if err := Write(path, table); err != nil {
		t.Fatal(err)
	}
	second, err := ReadRoster(library, path, "职工")
	if err != nil || len(second.Rejected) != 0 {
		t.Fatal(err, second.Rejected)
	}
	for i := range first.Rows {
		first.Rows[i].Line = i + 2
	}
	if !reflect.DeepEqual(first.Rows, second.Rows) {
		t.Errorf("%+v\n%+v", first.Rows, second.Rows)
	}
}

func TestProblemTables(t *testing.T) {
	path := filepath.Join(t.TempDir(), "问题.xlsx")
	if err := Write(path, RosterProblemTables(readSample(t, "dirty-roster.xlsx"))...); err != nil {
		t.Fatal(err)
	}
	book, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	g, err := book.Grid("不能导入的行")
	if err != nil || len(g) != 10 || g.At(1, 0).Text != "14" || g.At(8, 2).Text != `=HYPERLINK("x")` {
		t.Errorf("%q %v", g, err)
	}
	if g, err := book.Grid("提醒"); err != nil || len(g) != 56 {
		t.Error(len(g), err)
	}
}
