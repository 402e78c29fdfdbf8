package campaign

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
)

func TestNoticesCountOnceTheyAreOnDisk(t *testing.T) {
	d, p, moved := ward(t)
	first, second := d.found(nil), d.begun()
	void := d.found(nil)
	check(t, d.Store.VoidFinding(context.Background(), void, "重复登记"))
	p.Refresh()
	p.SelectID(first)
	d.Menu("打印", "整改通知书")
	d.Sees("整改通知书-" + d.finding(first).FormNo)
	d.Picture("finding-notice")
	d.Escape()
	if d.finding(first).NotifiedOn != "" || len(d.Output()) != 0 {
		t.Fatal("a preview counts as notified")
	}
	p.printNotices(findings{Rows: []finding{d.finding(first), d.finding(second), d.finding(void)}})
	d.Sees("整改通知书-2份")
	d.Tap(printButton)
	d.Sees("2 份整改通知书已登记为已下达。")
	d.Tap("知道了")
	d.Escape()
	for _, id := range []int64{first, second} {
		if on := d.finding(id).NotifiedOn; on != "2026-08-11" {
			t.Errorf("notified on %q", on)
		}
	}
	files := d.Output()
	if len(files) != 1 || !slices.Equal(d.Opened, files) || *moved != 1 {
		t.Fatalf("files %v, opened %v, told %d times", files, d.Opened, *moved)
	}
	if pdf, err := os.ReadFile(files[0]); err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Errorf("%d bytes written (%v)", len(pdf), err)
	}
	p.printNotices(findings{Rows: []finding{d.finding(void)}})
	d.Sees("选中的问题都已作废")
}

func TestPapersOfFindings(t *testing.T) {
	d, p, _ := ward(t)
	id := d.mended()
	d.found(func(f *model.Finding) { f.Source = "举报" })
	p.Refresh()
	p.SelectID(id)
	for _, c := range []struct{ item, title, line string }{
		{"销号审批单", "销号审批单-" + d.finding(id).FormNo, "销号审批单 "}, {"台账", "整改台账", "整改台账 "},
	} {
		before := len(d.Exports())
		d.Menu("打印", c.item)
		d.Sees(c.title)
		d.Picture("finding-paper-" + c.item)
		d.Tap(printButton)
		d.Tap("知道了")
		d.Escape()
		if got := d.Exports(); len(got) != before+1 || !strings.HasPrefix(got[0], c.line) {
			t.Errorf("exports are %q", got)
		}
	}
	if got := d.Exports(); !strings.HasSuffix(got[1], " 1") || !strings.HasSuffix(got[0], " 2") {
		t.Errorf("a sheet for one and a register of two are %q", got)
	}
	d.Menu("打印", "周报…")
	d.Sees("至 2026-08-07（周五）")
	d.Picture("finding-week")
	d.Tap("生成预览")
	d.Sees("整改情况周报-2026-08-07")
	d.Picture("finding-paper-周报")
}

func TestFindingsLeaveAsExcel(t *testing.T) {
	d, p, _ := ward(t)
	d.mended()
	d.found(func(f *model.Finding) { f.Source = "举报" })
	p.SetFilter(filterSource, "举报")
	dir := t.TempDir()
	save := func(name string) string {
		path := filepath.Join(dir, name)
		d.Win.Canvas().Focused().(*kit.Entry).SetText(path)
		d.TapLast("确定")
		return path
	}
	d.Menu("导出", "当前列表")
	save("台账.xlsx")
	d.Sees("已导出 1 行到 台账.xlsx")
	d.Menu("导出", "周报…")
	d.Tap("选择位置")
	save("周报.xlsx")
	d.Sees("已导出 2 行到 周报.xlsx") // a week's form is about all findings of the campaign
	if got, want := d.Exports(), []string{"整改情况周报 周报.xlsx 2", "整改台账 台账.xlsx 1"}; !slices.Equal(got, want) {
		t.Errorf("exports %q, want %q", got, want)
	}
	d.Menu("导出", "导入模板")
	path := save("模板.xlsx")
	d.Sees("已保存导入模板")
	if _, err := sheet.ReadFindings(d.Store.Assets(), path, ""); err == nil || !strings.Contains(err.Error(), "没有数据") {
		t.Errorf("the template is not read as an empty register: %v", err)
	}
	if len(d.Exports()) != 2 {
		t.Error("a template is no export")
	}
}

// oldRegister is a register of an office as Excel has it, in which some rows
// cannot be taken.
func oldRegister(t *testing.T, rows ...[]string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "2026 整改台账.xlsx")
	check(t, sheet.Write(path, sheet.Table{Name: "台账",
		Columns: []string{"序号", "发现日期", "问题来源", "问题类别", "责任科室", "责任人", "存在问题", "整改措施", "整改时限", "整改状态", "验收人", "销号日期"}, Rows: rows}))
	return path
}

func TestImportOfARegister(t *testing.T) {
	d, p, moved := ward(t)
	good := []string{"1", "2026-03-01", "督查", "廉洁购销", "急诊科", "张堃", "耗材出入库不符", "逐件核对", "2026-12-31", "整改中", "", ""}
	path := oldRegister(t, good,
		[]string{"2", "2026-03-02", "巡察", "服务态度", "麻醉手术科", "0200", "投诉未按时答复", "", "", "已销号", "周某", "2026-05-01"},
		[]string{"3", "2026-13-01", "督查", "廉洁购销", "急诊科", "", "日期有误", "", "", "", "", ""},
		[]string{"4", "2026-03-04", "督查", "廉洁购销", "没有的科室", "", "科室有误", "", "", "", "", ""},
		[]string{"合计", "", "", "", "", "", "4", "", "", "", "", ""})
	d.Menu("导入", "")
	d.Win.Canvas().Focused().(*kit.Entry).SetText(path)
	d.TapLast("确定")
	d.Sees("2026 整改台账.xlsx 有 4 行，可以登记 2 个问题，归入“2026年医疗行业作风建设专项行动”。", "2 行不能导入", "第 6 行是合计或签字",
		"发现日期", "2026-13-01", "没有的科室", "登记 2 个问题")
	d.Picture("finding-import")
	if len(d.findings()) != 0 {
		t.Fatal("looking at a file stores findings")
	}
	d.Tap("另存问题清单…")
	problems := filepath.Join(t.TempDir(), "问题.xlsx")
	d.Win.Canvas().Focused().(*kit.Entry).SetText(problems)
	d.TapLast("确定")
	d.Sees("已保存")
	d.Tap("知道了")
	if got := d.Exports(); len(got) != 1 || !strings.HasPrefix(got[0], "整改台账问题清单 问题.xlsx ") {
		t.Errorf("exports are %q", got)
	}
	d.Tap("登记 2 个问题")
	d.Sees("已登记 2 个问题", "张堃", "已销号")
	if all := d.findings(); len(all) != 2 || all[0].State != model.Mending || all[1].AcceptedBy != "周某" || *moved != 1 {
		t.Errorf("findings are %+v, told %d times", all, *moved)
	}

	p.fileImport().Open(path) // once more
	d.Sees("可以登记 0 个问题", "提醒")
	d.SeesNot("登记 0 个问题\n")
	d.Tap("关闭")
	if len(d.findings()) != 2 {
		t.Error("imported twice")
	}
}

func TestAFileThatIsNoRegister(t *testing.T) {
	d, p, _ := ward(t)
	p.fileImport().Open(oldRegister(t))
	d.Sees("没有数据")
	d.Tap("知道了")
	p.fileImport().Open(filepath.Join(t.TempDir(), "没有.xlsx"))
	d.Sees("没有完成")
	if n := len(must[store.Rows[finding]](t)(d.Store.Findings(context.Background(), store.FindingFilter{AllCampaigns: true}, store.Page{})).Items); n != 0 {
		t.Errorf("%d findings", n)
	}
}
