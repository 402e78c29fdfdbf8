package sheet

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"qingfeng/assets"
	"qingfeng/model"
)

var library = assets.New("")

func readSample(t *testing.T, name string) model.RosterReading {
	t.Helper()
	r, err := ReadRoster(library, filepath.Join("testdata", name), "")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// brief lists problems as "row column" without the warning that invented ID
// numbers bring along: their region does not exist.
func brief(problems []model.RosterProblem) []string {
	var out []string
	for _, p := range problems {
		if !strings.Contains(p.Problem, "省级代码") {
			out = append(out, fmt.Sprint(p.Row, " ", p.Column))
		}
	}
	return out
}

func TestCountyHospital(t *testing.T) {
	xlsx := readSample(t, "county-hospital-620.xlsx")
	csv := readSample(t, "county-hospital-620-gb18030.csv")
	for name, r := range map[string]model.RosterReading{"xlsx": xlsx, "csv": csv} {
		if r.Total != 620 || len(r.Rows) != 620 || len(r.Rejected) != 0 || len(r.Departments) != 52 {
			t.Errorf("%s: %d seen, %d taken, %d rejected, %d departments", name, r.Total, len(r.Rows), len(r.Rejected), len(r.Departments))
		}
		if odd := brief(r.Warnings); len(odd) != 0 || len(r.Warnings) != 620 {
			t.Errorf("%s: %d warnings, unexpected %v", name, len(r.Warnings), odd)
		}
		if len(r.Fields) != 13 || r.Fields[model.RosterBranch] {
			t.Errorf("%s: fields %v", name, r.Fields)
		}
	}
	// The two files hold the same people; only Excel has title rows.
	for i := range xlsx.Rows {
		a, b := xlsx.Rows[i], csv.Rows[i]
		if a.Line != i+4 || b.Line != i+2 {
			t.Fatalf("person %d: lines %d and %d", i, a.Line, b.Line)
		}
		if a.Line, b.Line = 0, 0; a != b {
			t.Errorf("xlsx %+v\ncsv  %+v", a, b)
		}
	}
	want := model.RosterRow{Line: 6, Department: "党政综合办", Staff: model.Staff{
		EmployeeNo: "01003", Name: "尹洋霞", Sex: model.Male, BornOn: "1995-12", IDNumber: "990101199512186315",
		Phone: "19947515026", Post: "行政", Political: "中共党员", JoinedOn: "2018-11"}}
	if xlsx.Rows[2] != want {
		t.Errorf("row 6: %+v", xlsx.Rows[2])
	}
}

func TestDirtyRoster(t *testing.T) {
	r := readSample(t, "dirty-roster.xlsx")
	if r.Total != 61 || len(r.Rows) != 52 {
		t.Errorf("%d seen, %d taken", r.Total, len(r.Rows))
	}
	if got, want := brief(r.Rejected), []string{
		"14 身份证号", "16 工号", "17 工号", "19 姓名", "21 出生年月", "22 工号", "35 职称", "36 姓名", "64 工号",
	}; !slices.Equal(got, want) {
		t.Errorf("rejected %v", got)
	}
	f, err := OpenRoster(library, "testdata/dirty-roster.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Read(); err != nil || !slices.Equal(f.Skipped, []int{65}) {
		t.Error(f.Skipped, err)
	}
	if got, want := brief(r.Warnings), []string{"15 身份证号", "24 姓名", "34 性别"}; !slices.Equal(got, want) {
		t.Errorf("warnings %v", got)
	}
	byNo := map[string]model.RosterRow{}
	for _, row := range r.Rows {
		byNo[row.Staff.EmployeeNo] = row
	}
	for no, want := range map[string]string{"01015": "于新", "01034": "钱伟", "01006": "王䶮"} {
		if got := byNo[no].Staff.Name; got != want {
			t.Errorf("%s: name %q, want %q", no, got, want)
		}
	}
	if s := byNo["01031"].Staff; s.Sex != model.Female || s.BornOn != "1971-01" {
		t.Errorf("01031: %+v", s)
	}
	if s := byNo["01005"].Staff; s.BornOn != "1995-10" {
		t.Errorf("01005 born %s", s.BornOn)
	}
	for _, p := range append(r.Rejected, r.Warnings...) {
		if p.Column == "身份证号" && !strings.Contains(p.Value, "********") {
			t.Errorf("row %d shows %s", p.Row, p.Value)
		}
	}
}

// The message helps whoever has no window, too.
func TestMissingColumnSaysWhatToDo(t *testing.T) {
	book, err := open([]byte("编号,姓名,科室,性别\n1,王五,内科,男\n"), "名单.csv")
	if err != nil {
		t.Fatal(err)
	}
	columns, err := library.SheetColumns(rosterColumns)
	if err != nil {
		t.Fatal(err)
	}
	f, err := newRosterFile(book, columns)
	if err != nil {
		t.Fatal(err)
	}
	f.UseHeadRow(0)
	delete(f.Head.Columns, model.RosterEmployeeNo)
	if _, err = f.Read(); err == nil || !strings.Contains(err.Error(), "没有找到“工号”列") || !strings.Contains(err.Error(), "请在文件中改正列名") {
		t.Error(err)
	}
}

// A number with decimals in the column of the 工号, as Excel stores it.
func TestDecimalEmployeeNo(t *testing.T) {
	file := excelize.NewFile()
	defer file.Close()
	for i, row := range [][]any{{"工号", "姓名", "科室"}, {1.5, "王五", "内科"}, {2, "赵六", "内科"}, {"1.6", "钱七", "内科"}} {
		if err := file.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := file.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	r, err := ReadRoster(library, path, "")
	if err != nil || len(r.Rows) != 2 || r.Rows[0].Staff.EmployeeNo != "2" || r.Rows[1].Staff.EmployeeNo != "1.6" || !slices.Equal(brief(r.Rejected), []string{"2 工号"}) {
		t.Errorf("%+v %v %v", r.Rows, r.Rejected, err)
	}
}
