package handover

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
	"qingfeng/ui/office/officetest"
)

// ledger writes rows under the columns of the template, each a map from column
// to cell.
func ledger(t *testing.T, rows ...map[string]string) string {
	t.Helper()
	table := sheet.HandoverTemplate()
	for _, row := range rows {
		cells := make([]string, len(table.Columns))
		for i, c := range table.Columns {
			cells[i] = row[c]
		}
		table.Rows = append(table.Rows, cells)
	}
	path := filepath.Join(t.TempDir(), "旧台账.xlsx")
	check(t, sheet.Write(path, table))
	return path
}

// oldLedger is one handover of two rows, an anonymous one, and one of somebody
// nobody knows.
func oldLedger(t *testing.T) string {
	return ledger(t,
		map[string]string{"原编号": "2025-1", "上交时间": "2025-08-07 16:30", "收受时间": "2025-08-07 9:00", "工号": "0100", "上交人": "张堃", "送方类别": "患者",
			"患者姓名": "贾某某", "财物类别": "现金", "金额": "2000", "经手人": "李某", "监交人": "赵某"},
		map[string]string{"原编号": "2025-1", "财物类别": "购物卡", "数量": "2", "金额": "1000"},
		map[string]string{"原编号": "2025-2", "上交时间": "2025-09-01", "上交方式": "匿名", "财物类别": "现金", "金额": "500.5", "经手人": "李某", "监交人": "赵某"},
		map[string]string{"原编号": "2025-3", "上交时间": "2025-09-02", "工号": "0999", "上交人": "甄某", "财物类别": "现金", "金额": "600", "经手人": "李某", "监交人": "赵某"})
}

func TestLedgerIsImported(t *testing.T) {
	d, _ := ward(t)
	path := oldLedger(t)
	d.Tap("导入")
	d.PickFile(path)
	d.Sees("导入红包上交台账", "旧台账.xlsx 有 4 行，可以登记 2 次上交，共 3,500.50 元。", "1 行有问题，所在的上交不导入", "不能导入", "工号", "0999", "没有这个工号")
	if n := len(d.all()); n != 0 {
		t.Fatalf("%d handovers before anybody confirmed", n)
	}
	d.Tap("另存问题清单…")
	list := filepath.Join(t.TempDir(), "问题.xlsx")
	d.PickFile(list)
	d.Tap("知道了")
	if got := d.exported(); got != "红包上交台账问题清单 有姓名" {
		t.Errorf("the trail says %s", got)
	}
	d.Tap("登记 2 次上交")
	d.Sees("已登记 2 次上交，共 3,500.50 元")
	all := d.all()
	if len(all) != 2 || all[0].AmountFen != 300000 || all[0].OldNo != "2025-1" || !all[1].Anonymous || d.moved != 1 {
		t.Fatalf("told %d times, stored %+v", d.moved, all)
	}
	// What is on file is not registered twice.
	d.Tap("导入")
	d.PickFile(path)
	d.Sees("可以登记 0 次上交", "台账中已有这一次上交", "关闭")
}

func TestImportIsCalledOff(t *testing.T) {
	d, p := ward(t)
	path := oldLedger(t)
	slow := kit.NewManual(officetest.Noon)
	t.Cleanup(kit.SetEnv(slow))
	p.ledgerImport().Open(path)
	d.Tap("取消")
	slow.Drain()
	d.SeesNot("可以登记")
	p.ledgerImport().Open(path)
	slow.Drain()
	d.Tap("登记 2 次上交")
	d.Tap("取消")
	slow.Drain()
	d.Sees("导入已取消，没有登记任何上交")
	if n := len(d.all()); n != 0 {
		t.Errorf("%d handovers", n)
	}
}

func TestFileThatIsNoLedger(t *testing.T) {
	d, p := ward(t)
	path := filepath.Join(t.TempDir(), "a.csv")
	check(t, os.WriteFile(path, []byte("姓名,科室\n张三,急诊科\n"), 0o600))
	p.ledgerImport().Open(path)
	d.Sees("上交时间")
	d.SeesNot("可以登记")
}

func TestTemplateIsReadBack(t *testing.T) {
	d, p := ward(t)
	p.saveTemplate()
	path := filepath.Join(t.TempDir(), "模板.xlsx")
	d.PickFile(path)
	d.Sees("已保存导入模板", "写成几行")
	book := must[*sheet.Book](t)(sheet.Open(path))
	grid := must[sheet.Grid](t)(book.Grid(book.Sheets[0]))
	for i, f := range model.HandoverFields {
		if got := grid.At(0, i).Text; !strings.Contains(got, f.Label) {
			t.Errorf("column %d is %q, want %q", i, got, f.Label)
		}
	}
}

// TestImportPictures needs PAGE_PICTURES, the folder for the pictures.
func TestImportPictures(t *testing.T) {
	if os.Getenv("PAGE_PICTURES") == "" {
		t.Skip("PAGE_PICTURES is not set")
	}
	d, p := ward(t)
	p.ledgerImport().Open(oldLedger(t))
	d.Picture("import")
	d.Escape()
	p.saveTemplate()
	d.PickFile(filepath.Join(t.TempDir(), "模板.xlsx"))
	d.Picture("import-template")
}

// What an older ledger does not say need not be said to change something else.
func TestAnOldHandoverWithoutItsTimeIsEdited(t *testing.T) {
	d, p := ward(t)
	p.ledgerImport().Open(ledger(t, map[string]string{"上交时间": "2025-08-07 16:30", "工号": "0100", "送方类别": "患者", "患者姓名": "贾某某",
		"财物类别": "现金", "金额": "2000", "经手人": "李某", "监交人": "赵某"}))
	d.Sees("有 1 次没有填写，是否逾期记为未判")
	d.Tap("登记 1 次上交")
	p.SelectID(d.all()[0].ID)
	d.Tap(moreLabel, editLabel)
	d.write("备注", "原台账没有收受时间")
	d.Tap("保存")
	d.Sees("已修改", "未判")
	if h := d.all()[0]; h.ReceivedAt != "" || h.Remark != "原台账没有收受时间" {
		t.Errorf("stored %+v", h)
	}
}
