package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"qingfeng/model"
	"qingfeng/report/sheet"
)

type importedHandovers struct {
	Rows, Added        int
	AmountFen          int64 `json:"amount_fen"`
	Skipped            []int
	Rejected, Warnings cellProblems
}

// The columns of the contract, in its order.
const contractColumns = `上交时间 收受时间 上交方式 工号 送方类别 患者姓名 住院号 财物类别 数量 金额 经手人 监交人 处置方式 处置金额 处置日期 凭证号 备注`

// ledgerOf writes an older ledger as a workbook with the contract's columns,
// with 原编号 before them when numbered is set. “|” parts the cells of a row;
// amounts and quantities are numbers, as people type them.
func ledgerOf(t *testing.T, numbered bool, rows ...string) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	heads := strings.Fields(contractColumns)
	if numbered {
		heads = append([]string{"原编号"}, heads...)
	}
	set := func(row int, cells []any) {
		cell, _ := excelize.CoordinatesToCellName(1, row)
		if err := f.SetSheetRow("Sheet1", cell, &cells); err != nil {
			t.Fatal(err)
		}
	}
	var head []any
	for _, h := range heads {
		head = append(head, h)
	}
	set(1, head)
	for n, row := range rows {
		texts := strings.Split(row, "|")
		if len(texts) != len(heads) {
			t.Fatalf("row %q has %d cells, not %d", row, len(texts), len(heads))
		}
		var cells []any
		for i, text := range texts {
			if number, err := strconv.ParseFloat(text, 64); err == nil && slices.Contains([]string{"数量", "金额", "处置金额"}, heads[i]) {
				cells = append(cells, number)
			} else {
				cells = append(cells, text)
			}
		}
		set(n+2, cells)
	}
	path := filepath.Join(t.TempDir(), "台账.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAnOlderLedgerIsImported(t *testing.T) {
	c := newHandovers(t)
	path := ledgerOf(t, true,
		"2025-01|2026-03-03 09:10|2026-03-02 16:30|实名|01002|患者|"+patient+"|"+admitted+"|现金|20|2000|李某|赵某|转住院押金|2000|2026-03-04|YJ-1|",
		"2025-01|2026-03-03 09:10|2026-03-02 16:30|实名|01002|患者|"+patient+"|"+admitted+"|购物卡|2|1000|李某|赵某|退还|500|2026-03-05||",
		"2025-02|2026-03-20|2026-03-02|实名|02002|企业|||烟酒|1|600.5|李某|赵某|||||",
		"2025-03|2026/4/1 8:30||匿名||不明|||现金|1|100|李某|赵某|上缴财政|100|2026-04-02|GK-1|信封")
	lines := c.lines()
	var dry, r importedHandovers
	c.do(exitPartial, &dry, "handover", "import", path, "--dry-run")
	if got := dry.Rejected.cells(); !slices.Equal(got, []string{"4 企业"}) || c.lines() != lines {
		t.Fatalf("dry run: %v", got)
	}
	c.do(exitPartial, &r, "handover", "import", path)
	if r.Rows != 4 || r.Added != 2 || dry.Added != 2 || r.AmountFen != 310000 {
		t.Fatalf("%+v, dry %+v", r, dry)
	}
	all := c.handovers()
	if len(all) != 2 || all[0].State != "部分处置" || all[0].LeftFen != 50000 || all[0].Items != 2 || all[0].Timeliness != "按时" || all[0].Name != "吴秀英" ||
		!all[1].Anonymous || all[1].State != "已结清" || all[1].Timeliness != "未判" {
		t.Errorf("%+v", all)
	}
	lines = c.lines()
	c.do(exitPartial, &r, "handover", "import", path)
	if r.Added != 0 || len(r.Warnings) != 2 || c.lines() != lines || len(c.handovers()) != 2 {
		t.Errorf("again: %+v", r)
	}
	inNoFile(t, c.dir, patient)
	c.do(exitDone, nil, "check")
}

func TestALedgerWithoutNumbersIsImportedOnce(t *testing.T) {
	c := newHandovers(t)
	row := "2026-03-03|2026-03-02|实名|01002|患者|" + patient + "||现金|20|2000|李某|赵某|||||"
	path := ledgerOf(t, false, row, row, "2026年3月5日 10:20|2026.3.4|实名|01003|家属|||现金||1,234.50元|李某|赵某|待处理||||", "合计|||||||||3234.5|||||||")
	var r importedHandovers
	c.do(exitDone, &r, "handover", "import", path)
	if r.Rows != 3 || r.Added != 3 || r.AmountFen != 523450 || !slices.Equal(r.Skipped, []int{5}) || r.Rejected == nil {
		t.Fatalf("%+v", r)
	}
	c.do(exitDone, &r, "handover", "import", path)
	if r.Added != 0 || len(r.Warnings) != 3 || len(c.handovers()) != 3 {
		t.Errorf("again: %+v", r)
	}
	if text := c.text(exitDone, "handover", "import", path, "--dry-run"); !strings.Contains(text, "共 3 行，将导入 0 次上交，计 0.00 元；不能导入 0 处，提醒 3 处") ||
		!strings.Contains(text, "没有当作上交\t第 5 行\n") || !strings.Contains(text, "提醒\t第 2 行\t上交时间\t2026-03-03\t台账中已有这一次上交") {
		t.Errorf("for people:\n%s", text)
	}
}

func TestADirtyLedgerIsTakenInPartAndReported(t *testing.T) {
	c := newHandovers(t)
	path := ledgerOf(t, true,
		"A1|2026-03-03|2026-03-02|实名|01002|患者|||现金|1|100|李某|赵某|||||",
		"A2|2026-03-03|2026-03-02|实名|01002|患者|||现金|1|100|李某|李某|||||",
		"A3|2026-03-03|2026-03-02|实名|01002|患者|||现金|1|100|李某|赵某|退还|100.01|2026-03-04||",
		"A4|2026-03-03|2026-03-02|实名|09999|患者|||现金|1|100|李某|赵某|||||",
		"A5|2026-03-03|2026-03-02|匿名|01003|患者|||现金|1|100|李某|赵某|||||",
		"A6|2099-03-03|2026-03-02|实名|01002|患者|||现金|1|100|李某|赵某|||||",
		"A7|2026-03-03|2026-03-04|实名|01002|熟人|||金条|半|一百|李某|赵某|埋掉||2026-02-30||",
		"A8|2026-03-03||匿名||不明|||现金|1|100|李某|赵某|||||",
		"A8|2026-03-03||匿名|01004|不明|||现金|1|100|李某|赵某|||||",
		"A9|2026-03-03|2026-03-02|实名|01002|患者|||现金|-1|100|吴秀英|赵某|||||")
	want := []string{"3 监交人", "4 处置金额", "5 工号", "6 工号", "7 上交时间", "8 收受时间", "8 送方类别", "8 财物类别", "8 数量", "8 金额", "8 处置方式", "8 处置日期",
		"10 工号", "11 经手人", "11 数量"}
	out := filepath.Join(t.TempDir(), "问题.xlsx")
	var r importedHandovers
	msg := c.do(exitPartial, &r, "handover", "import", path, "--report", out)
	if got := r.Rejected.cells(); r.Added != 1 || !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) || !strings.Contains(msg, "详见") {
		t.Errorf("%d added, %v, %s", r.Added, got, msg)
	}
	for _, p := range r.Rejected {
		if p.Problem == "" {
			t.Errorf("%+v", p)
		}
		if p.Column == "数量" && p.Problem != "应为 1 到 1000000 的整数" {
			t.Errorf("%+v", p)
		}
		if strings.Contains(p.Value+p.Problem, "01003") || strings.Contains(p.Value+p.Problem, "01004") || strings.Contains(p.Value, "郑志强") {
			t.Errorf("somebody without a name is told: %+v", p)
		}
	}
	written(t, out)
	if l := c.trail()[1]; l.Entity != "上交台账问题" || !strings.Contains(l.After, "含敏感信息：是") {
		t.Errorf("recorded %+v", l)
	}
	for _, l := range c.trail() {
		if l.Entity != "职工" && strings.Contains(fmt.Sprint(l), "01003") {
			t.Errorf("somebody without a name is in the trail: %+v", l)
		}
	}
	c.fails("应以 .xlsx 结尾", "handover", "import", path, "--report", out+".csv")
	c.do(exitDone, nil, "check")
}

func TestLedgersThatAreNone(t *testing.T) {
	c := newHandovers(t)
	good := "上交时间,财物类别,金额,经手人,监交人\n"
	for says, args := range map[string][]string{
		"没有找到“财物类别”": {file(t, "a.csv", "上交时间,工号,金额,经手人,监交人\n2026-03-02,01002,1,李某,赵某\n")},
		"下面没有数据":     {file(t, "a.csv", good)},
		"没有名为":       {ledgerOf(t, false, "2026-03-03||匿名||不明|||现金|1|1|李某|赵某|||||"), "--sheet", "别的"},
		"没有.xlsx":    {filepath.Join(t.TempDir(), "没有.xlsx")},
	} {
		c.fails(says, append([]string{"handover", "import"}, args...)...)
	}
}

func TestTheTemplateOfHandoversIsFilledInAndImported(t *testing.T) {
	c := newHandovers(t)
	path := filepath.Join(t.TempDir(), "模板.xlsx")
	c.do(exitDone, nil, "handover", "template", "--out", path)
	written(t, path)
	c.fails("下面没有数据", "handover", "import", path)
	cells := map[string]string{"上交时间": "2026-03-03 09:10", "收受时间": "2026-03-02", "上交方式": "实名", "工号": "01002", "送方类别": "企业", "企业": "某某医药",
		"财物类别": "物品", "说明": "茶叶", "数量": "2盒", "金额": "600", "经手人": "李某", "监交人": "赵某", "保管人": "钱某"}
	var heads, row []string
	for _, f := range model.HandoverFields {
		heads, row = append(heads, f.Label), append(row, cells[f.Label])
	}
	table := sheet.HandoverTemplate()
	if !slices.Equal(table.Columns, heads) {
		t.Fatalf("columns %v", table.Columns)
	}
	for _, name := range strings.Fields(contractColumns) {
		if !slices.Contains(heads, name) {
			t.Errorf("the template lacks %s", name)
		}
	}
	table.Rows = [][]string{row}
	if err := sheet.Write(path, table); err != nil {
		t.Fatal(err)
	}
	var r importedHandovers
	if c.do(exitDone, &r, "handover", "import", path); r.Added != 1 || len(r.Rejected)+len(r.Warnings) != 0 {
		t.Errorf("%+v", r)
	}
	if h := c.handovers()[0]; h.Giver != "企业" || h.AmountFen != 60000 || h.Keeper != "钱某" {
		t.Errorf("%+v", h)
	}
}

// What the program exports is a ledger itself.
func TestTheExportedLedgerIsImported(t *testing.T) {
	c := newHandovers(t)
	no := c.register()
	c.disposed("部分处置", no, "--kind", "上缴国库", "--voucher", "GK-1", "--item", "1=500.50", "--item", "2=500/1")
	path := filepath.Join(t.TempDir(), "台账.xlsx")
	c.do(exitDone, nil, "handover", "list", "--plain", "--out", path)
	other := newHandovers(t)
	var r importedHandovers
	if c.do(exitDone, &r, "handover", "import", path); r.Added != 0 || len(r.Warnings) != 2 || len(c.handovers()) != 1 {
		t.Errorf("where it is from: %+v", r)
	}
	other.do(exitDone, &r, "handover", "import", path)
	was, is := c.handovers()[0], other.handovers()[0]
	if r.Added != 1 || is.AmountFen != was.AmountFen || is.DisposedFen != was.DisposedFen || is.HandedAt != was.HandedAt || is.EmployeeNo != was.EmployeeNo || is.State != was.State {
		t.Errorf("%+v became %+v, %+v", was, is, r)
	}
	other.do(exitDone, nil, "check")
}
