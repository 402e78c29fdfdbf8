package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"qingfeng/model"
	"qingfeng/report/sheet"
)

type importedFindings struct {
	Rows, Added        int
	Skipped            []int
	Rejected, Warnings cellProblems
}

// cellProblems are what an import found in cells.
type cellProblems []struct {
	Row                    int
	Column, Value, Problem string
}

// cells are they as “row column”.
func (all cellProblems) cells() (out []string) {
	for _, p := range all {
		out = append(out, fmt.Sprintf("%d %s", p.Row, p.Column))
	}
	return out
}

// registerOf is an older register below a title, closed by who signed it.
func registerOf(rows ...string) string {
	return "某县中医院整改台账,,,,,,,,,\n序号,发现日期,来源,类别,级别,责任科室,责任人,存在问题,整改措施,整改期限,状态\n" +
		strings.Join(rows, "\n") + "\n填报人：李某,,,,,,,,,,\n"
}

const (
	goodRow   = "1,2026年3月2日,督查,收费,一般,急诊科,吴秀英,超标准收费,退还,2026-03-31,整改中"
	closedRow = "2,2026/3/3,举报,药品,重大,药剂科,,麻醉药未双锁,加锁,2026-04-30,已销号"
	plainRow  = "3,2026.3.4,电话,作风,,财务科,03001,窗口态度生硬,培训,,"
)

// xlsxOf writes the lines of a .csv as a workbook.
func xlsxOf(t *testing.T, name, csv string) string {
	t.Helper()
	var rows [][]string
	for _, line := range strings.Split(strings.TrimSpace(csv), "\n") {
		rows = append(rows, strings.Split(line, ","))
	}
	path := filepath.Join(t.TempDir(), name)
	if err := sheet.Write(path, sheet.Table{Name: "台账", Columns: rows[0], Rows: rows[1:]}); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAnOlderRegisterIsImported(t *testing.T) {
	text := registerOf(goodRow, closedRow, plainRow)
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{
		"UTF-8": file(t, "台账.csv", text), "GB18030": file(t, "台账.csv", gb), "workbook": xlsxOf(t, "台账.xlsx", text),
	} {
		c := newCampaigns(t)
		lines := c.lines()
		var dry, r importedFindings
		c.do(exitDone, &dry, "finding", "import", path, "--campaign", "1", "--dry-run")
		if c.lines() != lines || len(c.findings()) != 0 {
			t.Fatalf("%s: the dry run changed something", name)
		}
		c.do(exitDone, &r, "finding", "import", path, "--campaign", "1")
		if r.Rows != 3 || r.Added != 3 || dry.Added != 3 || len(r.Rejected) != 0 || r.Rejected == nil || !slices.Equal(r.Skipped, []int{6}) {
			t.Fatalf("%s: %+v, dry %+v", name, r, dry)
		}
		all := c.findings("--campaign", "1")
		if len(all) != 3 || all[0].Person != "吴秀英" || all[0].State != "整改中" || !all[0].Overdue || all[1].State != "已销号" || all[1].Overdue ||
			all[2].State != "待整改" || all[2].Source != "其他" || all[2].Person != "卫东" || all[2].FoundOn != "2026-03-04" {
			t.Errorf("%s: %+v", name, all)
		}
		c.do(exitDone, &r, "finding", "import", path, "--campaign", "1")
		if r.Added != 0 || len(c.findings()) != 3 {
			t.Errorf("%s again: %+v", name, r)
		}
		c.do(exitDone, nil, "check")
	}
}

func TestADirtyRegisterIsTakenInPartAndReported(t *testing.T) {
	c := newCampaigns(t)
	path := file(t, "台账.csv", registerOf(
		goodRow,
		"2,2026-02-30,督查,收费,一般,急诊科,,日期不存在,退还,2026-03-31,待整改",
		"3,2026-03-02,督查,收费,轻微,急诊科,,级别不对,退还,2026-03-31,待整改",
		"4,2026-03-02,督查,收费,一般,牙科,,没有的科室,退还,2026-03-31,待整改",
		"5,2026-03-02,督查,,一般,急诊科,甲某,,退还,2026-03-01,不知道",
		"6,2026-03-02,督查,收费,重大,急诊科,,整改中的重大问题没有预案,退还,2026-03-31,整改中",
		"7,2099-03-02,督查,收费,一般,急诊科,,还没到的日期,退还,,待整改",
	))
	want := []string{"4 发现日期", "5 级别", "6 责任科室", "7 类别", "7 责任人", "7 存在问题", "7 整改期限", "7 状态", "8 责任领导", "8 预案", "9 发现日期"}
	var r importedFindings
	lines := c.lines()
	c.do(exitPartial, &r, "finding", "import", path, "--dry-run")
	if got := r.Rejected.cells(); r.Added != 1 || c.lines() != lines || !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) {
		t.Errorf("dry run: %d added, %v", r.Added, got)
	}
	msg := c.do(exitPartial, &r, "finding", "import", path)
	if r.Rows != 7 || r.Added != 1 || len(c.findings()) != 1 || !strings.Contains(msg, "详见") {
		t.Errorf("%+v %s", r, msg)
	}
	for _, p := range r.Rejected {
		if p.Problem == "" || p.Row == 4 && p.Value != "2026-02-30" {
			t.Errorf("%+v", p)
		}
	}
	text := c.text(exitPartial, "finding", "import", path, "--dry-run")
	for _, want := range []string{"共 7 行，将导入 0 条，不能导入 11 处", "没有当作问题\t第 10 行\n", "未导入\t第 6 行\t责任科室\t牙科\t没有这个科室", "提醒\t第 3 行\t"} {
		if !strings.Contains(text, want) {
			t.Errorf("for people, without %q:\n%s", want, text)
		}
	}
}

func TestRegistersThatAreNone(t *testing.T) {
	c := newCampaigns(t)
	for says, args := range map[string][]string{
		"没有找到“类别”列":          {file(t, "a.csv", "发现日期,科室,问题\n2026-03-02,急诊科,超标\n")},
		"下面没有数据":             {file(t, "a.csv", "发现日期,类别,科室,问题\n")},
		"没有找到表头":             {rosters + "county-hospital-620.xlsx"},
		"没有名为":               {xlsxOf(t, "a.xlsx", registerOf(goodRow)), "--sheet", "别的"},
		"找不到这个专项行动：9":        {file(t, "a.csv", registerOf(goodRow)), "--campaign", "9"},
		"没有.xlsx":            {filepath.Join(t.TempDir(), "没有.xlsx")},
		"扩展名是 .xlsx，内容却是纯文本": {file(t, "a.xlsx", "不是工作簿")},
		"文字编码无法识别":           {file(t, "a.csv", "\xff\xff\xff")},
	} {
		c.fails(says, append([]string{"finding", "import"}, args...)...)
	}
	c.do(exitDone, nil, "finding", "import", xlsxOf(t, "a.xlsx", registerOf(goodRow)), "--sheet", "台账")
}

func TestTheTemplateIsFilledInAndImported(t *testing.T) {
	c := newCampaigns(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "模板.xlsx")
	c.do(exitDone, nil, "finding", "template", "--out", path)
	written(t, path)
	c.fails("下面没有数据", "finding", "import", path)
	var heads, row []string
	cells := map[string]string{"发现日期": "2026-03-02", "来源": "督查", "类别": "收费", "级别": "一般", "科室": "急诊科", "责任人": "01002", "问题": "超标准收费",
		"整改措施": "退还", "时限": "2099-01-01", "状态": "待整改", "资金": "12.50", "责任领导": "吴某"}
	for _, f := range model.FindingFields {
		heads, row = append(heads, f.Label), append(row, cells[f.Label])
	}
	table := sheet.FindingTemplate()
	if !slices.Equal(table.Columns, heads) {
		t.Fatalf("columns %v", table.Columns)
	}
	table.Rows = [][]string{row}
	if err := sheet.Write(path, table); err != nil {
		t.Fatal(err)
	}
	var r importedFindings
	if c.do(exitDone, &r, "finding", "import", path); r.Added != 1 || len(r.Rejected)+len(r.Warnings) != 0 {
		t.Errorf("%+v", r)
	}
	if f := c.findings()[0]; f.Person != "吴秀英" || f.DueOn != "2099-01-01" {
		t.Errorf("%+v", f)
	}
	c.fails("应以 .xlsx 结尾", "finding", "template", "--out", filepath.Join(dir, "模板.csv"))
	c.fails("不能写入文件", "finding", "template", "--out", filepath.Join(dir, "没有", "模板.xlsx"))
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v %v", left, err)
	}
}
