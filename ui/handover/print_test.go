package handover

import (
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/report/sheet"
)

// printIt is the button of a preview.
const printIt = "打印　Ctrl+P"

// exported are the lines about files that left, the newest first.
func (d *desk) exported() string {
	d.T.Helper()
	var out []string
	for _, e := range d.Exported() {
		text := e.List
		if e.Plain {
			text += " 有姓名"
		}
		out = append(out, text)
	}
	return strings.Join(out, "，")
}

func TestAReceiptIsPrintedAndPrintedAgain(t *testing.T) {
	d, _, h := selected(t, nil)
	print := func() model.Receipt {
		t.Helper()
		d.Tap(receiptLabel)
		d.Sees("收据-HS-2026-00001-")
		d.Tap(printIt)
		d.Sees("已登记为已打印")
		d.Tap("知道了")
		d.Escape()
		return d.whole(h.ID).Receipts[0]
	}
	if r := print(); r.PrintCount != 1 || r.PrintedOn != "2026-08-11" {
		t.Errorf("%+v", r)
	}
	if r := print(); r.PrintCount != 2 {
		t.Errorf("%+v", r)
	}
	if n := len(d.whole(h.ID).Receipts); n != 1 || len(d.Output()) == 0 || len(d.Opened) != 2 {
		t.Errorf("%d receipts, %v, %v", n, d.Output(), d.Opened)
	}
	d.Sees(d.handover(h.ID).Receipt)
}

func TestPapers(t *testing.T) {
	d, _, h := selected(t, nil)
	d.Tap(moreLabel, formLabel)
	d.Sees("登记表-" + h.FormNo)
	d.Tap(printIt, "知道了")
	d.Escape()
	d.Menu("打印", totalsLabel)
	d.write("上交日期从", "2026-05-01")
	d.Escape() // nothing is lost by that
	d.Sees("红包上交", "登记号")
	d.Menu("打印", totalsLabel)
	d.write("上交日期从", "2026-09-01")
	d.Tap("生成预览")
	d.Sees("不能早于 2026-09-01")
	d.write("上交日期从", "2026-01-01")
	d.Tap("生成预览")
	d.Sees("红包上交统计表-2026-01-01至2026-08-11")
	d.Escape()
	d.Menu("打印", ledgerLabel)
	d.Sees("列出这段时间上交的全部红包")
	d.Tap("写明姓名和经过", "生成预览")
	d.Sees("红包上交台账-2026-01-01至2026-08-11")
	d.Tap(printIt, "知道了")
	d.Escape()
	if got := d.exported(); got != "红包上交台账 有姓名，红包上交登记表 有姓名" {
		t.Errorf("the trail says %s", got)
	}
}

func TestExports(t *testing.T) {
	d, p, _ := selected(t, nil)
	check(t, d.Store.VoidHandover(t.Context(), d.handed(nil).ID, "重复登记"))
	ledger := filepath.Join(t.TempDir(), "台账.xlsx")
	file := func(name string) string { return filepath.Join(t.TempDir(), name) }
	d.Menu("导出", listLabel)
	d.Tap("选择位置")
	d.PickFile(file("表.xlsx"))
	d.Sees("已导出")
	p.SetFilter(filterGiver, string(model.FromPatient))
	d.Menu("导出", ledgerLabel)
	d.Sees("同时按列表现在的筛选")
	d.Tap("写明姓名和经过", "选择位置")
	d.PickFile(ledger)
	if rows, err := sheet.ReadHandovers(d.Store.Assets(), ledger, ""); err != nil || len(rows.Records) != 2 {
		t.Errorf("the ledger has %d numbers, the voided one too: %v", len(rows.Records), err)
	}
	d.Menu("导出", totalsLabel)
	d.Tap("选择位置")
	d.PickFile(file("统计.xlsx"))
	if got := d.exported(); got != "红包上交统计表，红包上交台账 有姓名，红包上交台账" {
		t.Errorf("the trail says %s", got)
	}
	d.Become(model.Auditor)
	d.page()
	d.Menu("导出", ledgerLabel)
	d.SeesNot("写明姓名")
}
