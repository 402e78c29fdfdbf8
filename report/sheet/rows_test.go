package sheet

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"qingfeng/assets"
	"qingfeng/model"
)

// gridOf makes a grid of lines whose cells are separated by bars.
func gridOf(lines ...string) Grid {
	var b gridBuilder
	for row, line := range lines {
		for column, text := range strings.Split(line, "|") {
			if err := b.add(row, column, textCell(text)); err != nil {
				panic(err)
			}
		}
	}
	return b.grid
}

func columns(t testing.TB) assets.SheetColumns {
	t.Helper()
	c, err := library.SheetColumns(rosterColumns)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestFindHead(t *testing.T) {
	c := columns(t)
	for name, x := range map[string]struct {
		grid Grid
		row  int
		want map[string]int
	}{
		"title rows": {gridOf("某医院花名册", "填报单位：人事科|日期", "", "序号|部门|姓 名|职工编号"), 3,
			map[string]int{"department": 1, "name": 2, "employee_no": 3}},
		"stars, line breaks, remarks": {gridOf("*姓名|身份证号码\n（18位）|出生年月(如1990.01)|发薪号：|所在科室【必填】"), 0,
			map[string]int{"name": 0, "id_number": 1, "born_on": 2, "employee_no": 3, "department": 4}},
		"full-width letters and blanks": {gridOf("　姓　名　|科 室|工号"), 0,
			map[string]int{"name": 0, "department": 1, "employee_no": 2}},
		"the better of two columns": {gridOf("编号|部门|科室|工号|姓名|电话|手机号码|岗位|岗位类别"), 0,
			map[string]int{"department": 2, "employee_no": 3, "name": 4, "phone": 6, "post": 8}},
		"the left of two equal columns": {gridOf("工号|姓名|姓名|科室"), 0,
			map[string]int{"employee_no": 0, "name": 1, "department": 3}},
		"names that only contain one": {gridOf("工号|姓名|科室电话|配偶姓名|职称取得时间|科室|来院时间|入职时间"), 0,
			map[string]int{"employee_no": 0, "name": 1, "department": 5}},
		"the row that names most": {gridOf("姓名|科室", "1|2", "工号|姓名|科室"), 2,
			map[string]int{"employee_no": 0, "name": 1, "department": 2}},
		"no head":       {gridOf("a|b", "1|2"), -1, map[string]int{}},
		"only one name": {gridOf("姓名|b"), -1, map[string]int{}},
		"nothing":       {nil, -1, map[string]int{}},
	} {
		h := FindHead(x.grid, c)
		if h.Row != x.row || fmt.Sprint(h.Columns) != fmt.Sprint(x.want) {
			t.Errorf("%s: row %d, %v", name, h.Row, h.Columns)
		}
	}
	h := FindHead(gridOf("工号|姓名|学历"), c)
	if !slices.Equal(h.Missing(c), []string{"科室"}) || !slices.Equal(h.HeadTexts(gridOf("工号|姓名|学\n历", "1|2|3|4")), []string{"工号", "姓名", "学 历", ""}) {
		t.Error(h.Missing(c))
	}
}

func TestRowsLeftOut(t *testing.T) {
	g := gridOf(
		"序号|科室|姓名|工号", // 1
		"1|内科|王五|01",  // 2
		"||| ",        // 3
		"小计||1人",      // 4
		"2|内科|赵六|02",  // 5
		"3",           // 6: numbered, nobody in it
		"序号|科室|姓名|工号", // 7: head repeated on a new page
		"|总务科|合计人|03", // 8: a department that begins like no total
		"4|小计科|钱七|04", // 9
		"5|备注科|孙八|05", // 10
		"合 计：3人",      // 11
		"|总计（人）|3",    // 12
		"制表人：周九|审核：吴十|审核人", // 13
		"备注：以上不含返聘人员||x",   // 14
		"||合计|61",          // 15
	)
	c := columns(t)
	rows := ReadRows(g, FindHead(g, c), c)
	var lines []int
	for _, m := range rows.Mapped {
		lines = append(lines, m.Line)
	}
	if !slices.Equal(lines, []int{2, 5, 8, 9, 10}) || !slices.Equal(rows.Skipped, []int{4, 7, 11, 12, 13, 14, 15}) {
		t.Errorf("taken %v, skipped %v", lines, rows.Skipped)
	}
	if rows.Mapped[0].Cells[model.RosterName] != "王五" || rows.Heads[model.RosterEmployeeNo] != "工号" {
		t.Errorf("%+v", rows)
	}
}

// What the file says about cells reaches the clerk in words; rows that hold
// nothing but a merged name or a prepared formula are empty.
func TestRowsTellWhatCellsAre(t *testing.T) {
	cell := func(kind Kind, text string) Cell { return Cell{text, kind} }
	g := Grid{
		{cell(Text, "工号"), cell(Text, "姓名"), cell(Text, "科室"), cell(Text, "证件号码"), cell(Text, "出生年月")},
		{cell(Number, "1001"), cell(Text, "甲"), cell(Filled, "内科"), cell(LostDigits, "9.90101E+17"), cell(Formula, "1971-07-18")},
		{cell(Text, "1002"), cell(NoResult, ""), cell(Filled, "内科"), cell(ErrorValue, "#REF!"), cell(Formula, "1971-07-19")},
		{cell(Text, "1003"), cell(OverlongText, ""), cell(Text, "内科"), {}, cell(Number, "1995.1")},
		{{}, {}, cell(Filled, "内科"), {}, cell(NoResult, "")},
	}
	c := columns(t)
	rows := ReadRows(g, FindHead(g, c), c)
	reading := model.ReadRoster(rows.Mapped, rows.Heads)
	var got []string
	for _, p := range append(reading.Rejected, rows.Warnings...) {
		got = append(got, fmt.Sprintf("%d %s %s", p.Row, p.Column, p.Problem))
	}
	want := []string{"2 证件号码 Excel 把它当作数字", "3 姓名 是公式，文件里没有保存计算结果", "3 证件号码 是 Excel 的错误值", "4 姓名 内容超过 32767", "2 出生年月 本列有 2 个公式"}
	if len(got) != len(want) || reading.Total != 3 || len(reading.Rows) != 0 {
		t.Fatalf("%q, total %d", got, reading.Total)
	}
	for i, w := range want {
		if !strings.HasPrefix(got[i], w) {
			t.Errorf("%q, want %q", got[i], w)
		}
	}
	if !rows.Mapped[0].Numeric[model.RosterEmployeeNo] || !rows.Mapped[2].Numeric[model.RosterBornOn] {
		t.Error("numbers are not marked")
	}
}

func TestMissingColumns(t *testing.T) {
	f := &RosterFile{Sheet: "在职", Grid: gridOf("花名册", "工号|姓名|学历", "1|王五|本科"), Columns: columns(t)}
	f.Head = FindHead(f.Grid, f.Columns)
	if _, err := f.Read(); err == nil || !strings.Contains(err.Error(), "没有找到“科室”列。第 2 行的列名是：工号、姓名、学历") {
		t.Error(err)
	}
	f.Head.Columns[model.RosterDepartment] = 2 // the clerk says so
	if r, err := f.Read(); err != nil || r.Rows[0].Department != "本科" {
		t.Error(r, err)
	}
	f.UseHeadRow(2)
	if _, err := f.Read(); err == nil {
		t.Error("row 3 is no head")
	}
	f.Grid = f.Grid[:2]
	f.UseHeadRow(1)
	f.Head.Columns[model.RosterDepartment] = 2
	if _, err := f.Read(); err == nil || !strings.Contains(err.Error(), "没有数据") {
		t.Error(err)
	}
}

// The office's own column file counts, and its slips are named.
func TestColumnsOfTheOffice(t *testing.T) {
	for content, says := range map[string]string{
		"": "没有 [[field]]",
		"[[field]]\nid=\"a\"\nlabel=\"甲\"\nnames=[\"甲\"]\n[[field]]\nid=\"b\"\nlabel=\"乙\"\nnames=[\"乙\",\" 甲*\"]": "同时属于 a 和 b",
		"[[field]]\nid=\"a\"\nlabel=\"甲\"\nnames=[\"甲\"]\n[[field]]\nid=\"a\"\nlabel=\"乙\"\nnames=[\"乙\"]":         "出现两次",
		"[[field]]\nid=\"a\"\nlabel=\"甲\"":                "缺少",
		"[[field]]\nid=\"a\"\nlabel=\"甲\"\nnames=[\"甲\"]": "不认识的栏目 a",
	} {
		lib := assets.New(overrides(t, rosterColumns, content))
		if _, err := OpenRoster(lib, "testdata/dirty-roster.xlsx"); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", content, err, says)
		}
	}
}
