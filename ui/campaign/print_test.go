package campaign

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"qingfeng/model"
	"qingfeng/model/store/storetest"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
	"qingfeng/ui/office/officetest"
)

// printButton is the preview's button.
const printButton = "打印　Ctrl+P"

func TestPrintMarksWhatIsOnDisk(t *testing.T) {
	d, p := small(t)
	d.Staff("骨伤二科", "03", "孙𣲗") // has no letter yet
	p.Refresh()
	d.Menu("打印", "全部")
	d.Sees("共 8 份", "其中 1 份还没有生成")
	d.Picture("print-options")
	d.Tap("生成预览")
	if got := d.counts(); got[model.Unprinted] != 8 {
		t.Fatalf("a preview marked letters: %v", got)
	}
	d.Sees("个人承诺书 · 全部 · 8 份")
	d.Picture("preview")
	d.Tap(printButton)
	d.Sees("8 份承诺书已登记为已打印。", "已交给 PDF 阅读器")
	d.Picture("printed")
	d.Tap("知道了")
	if got := d.counts(); got[model.Printed] != 8 {
		t.Errorf("letters are %v", got)
	}
	files := d.Output()
	if len(files) != 1 || len(d.Opened) != 1 || d.Opened[0] != files[0] {
		t.Fatalf("files %v, opened %v", files, d.Opened)
	}
	if pdf, err := os.ReadFile(files[0]); err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Errorf("%d bytes written (%v)", len(pdf), err)
	}
	if got := d.Exports(); len(got) != 0 {
		t.Errorf("letters that are recorded as printed are also exports: %q", got)
	}
	// Once more from the same preview is no reprint, but another file.
	d.Tap(printButton)
	d.SeesNot("已登记为已打印")
	d.Tap("知道了")
	for _, r := range d.rows(model.PersonalCommitment) {
		if r.PrintCount != 1 {
			t.Errorf("%s counts %d prints", r.FormNo, r.PrintCount)
		}
	}
	if got, want := d.Exports(), []string{"承诺书 " + filepath.Base(d.Opened[1]) + " 8"}; !slices.Equal(got, want) {
		t.Errorf("exports %q, want %q", got, want)
	}
}

func TestPreviewAloneMarksNothing(t *testing.T) {
	d, p := small(t)
	p.SelectID(d.rows(model.PersonalCommitment)[0].ID)
	d.TapLast("打印") // of the row
	d.Sees("个人承诺书 · 张堃 · 1 份")
	d.Escape()
	if got := d.counts(); got[model.Unprinted] != 7 || len(d.Output()) != 0 {
		t.Errorf("letters are %v, files %v", got, d.Output())
	}
}

func TestCallingOffMarksNothing(t *testing.T) {
	d, p := small(t)
	slow := kit.NewManual(officetest.Noon)
	t.Cleanup(kit.SetEnv(slow))
	p.print(batch{name: "全部", scope: p.scope(p.Query())}, true)
	d.Sees("正在生成承诺书")
	d.Tap("取消")
	slow.Drain()
	d.Sees("已取消，没有登记为已打印")
	if got := d.counts(); got[model.Unprinted] != 7 || len(d.Output()) != 0 {
		t.Errorf("letters are %v, files %v", got, d.Output())
	}
}

func TestSavingMarksToo(t *testing.T) {
	d, p := small(t)
	p.SelectID(d.rows(model.PersonalCommitment)[0].ID)
	d.TapLast("打印")
	d.Tap("另存为 PDF")
	path := filepath.Join(t.TempDir(), "承诺书.pdf")
	d.PickFile(path)
	d.Sees("已保存", "1 份承诺书已登记为已打印。", filepath.Base(path))
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
	if got := d.counts(); got[model.Printed] != 1 || len(d.Opened) != 0 {
		t.Errorf("letters are %v, opened %v", got, d.Opened)
	}
}

func TestExports(t *testing.T) {
	d, p := small(t)
	d.Scan(d.rows(model.PersonalCommitment)[0].FormNo)
	p.SetFilter(filterState, missing)
	q := p.Query()
	for name, c := range map[string]struct {
		make func(context.Context) (sheet.Table, error)
		rows int
	}{"list": {p.listOf(q), 6}, "missing": {p.missingOf(q), 6}, "rates": {p.ratesOf(q), 3}} {
		path := filepath.Join(t.TempDir(), name+".xlsx")
		before := len(d.Exports())
		p.press.Export("名单", name, c.make)
		d.PickFile(path)
		if got, want := d.Exports(), fmt.Sprintf("名单 %s.xlsx %d", name, c.rows); len(got) != before+1 || got[0] != want {
			t.Errorf("exports %q, want %q before them", got, want)
		}
		d.Sees(fmt.Sprintf("已导出 %d 行到 %s.xlsx", c.rows, name))
		book := must[*sheet.Book](t)(sheet.Open(path))
		if grid := must[sheet.Grid](t)(book.Grid(book.Sheets[0])); len(grid) != c.rows+1 {
			t.Errorf("%s has %d lines", name, len(grid))
		}
	}
}

func TestNothingIsMarkedWhenTheDiskRefuses(t *testing.T) {
	d, p := small(t)
	check(t, os.RemoveAll(d.Store.Folder().Output()))
	p.SelectID(d.rows(model.PersonalCommitment)[0].ID)
	d.TapLast("打印")
	d.Tap(printButton)
	d.Sees("没有登记为已打印")
	if got := d.counts(); got[model.Unprinted] != 7 || len(d.Opened) != 0 {
		t.Errorf("letters are %v, opened %v", got, d.Opened)
	}
}

func TestReprint(t *testing.T) {
	d, p := small(t)
	d.markPrinted()
	p.Refresh()
	p.SelectID(d.rows(model.PersonalCommitment)[0].ID)
	d.Tap("补打")
	d.Tap(printButton, "知道了")
	d.Escape()
	d.Sees("补打 1 次")
	if r := d.rows(model.PersonalCommitment)[0]; r.PrintCount != 2 {
		t.Errorf("counts %d prints", r.PrintCount)
	}
}

func TestReturnedLettersAreNotPrintedAgainUnasked(t *testing.T) {
	d, p := small(t)
	d.markPrinted()
	d.Scan(d.rows(model.PersonalCommitment)[0].FormNo)
	p.Refresh()
	d.Menu("打印", "全部")
	d.Sees("共 7 份", "其中 7 份打印过，编号旁印“补打”", "已交回的 1 份也重新打印")
	d.Tap("生成预览")
	d.Sees("个人承诺书 · 全部 · 6 份")
}

func TestOneDepartment(t *testing.T) {
	d, p := small(t)
	d.Menu("打印", "本科室") // greyed: nothing says which
	d.Sees("未签名单")
	d.Escape()
	d.Tap("徐𬱖")
	d.Menu("打印", "本科室")
	d.Sees("打印个人承诺书：麻醉手术科", "共 3 份")
	d.Tap("生成预览")
	d.Sees("个人承诺书 · 麻醉手术科 · 3 份")
	d.Tap(printButton, "知道了")
	d.Escape()
	if got := d.counts(); got[model.Printed] != 3 {
		t.Errorf("letters are %v", got)
	}
	p.SetFilter(filterState, string(model.Printed))
	d.Sees("3 份，共 7 份")
}

func TestVoidedLettersAreNotPrinted(t *testing.T) {
	d, p := small(t)
	rows := d.rows(model.PersonalCommitment)
	check(t, d.Store.VoidCommitment(context.Background(), rows[0].ID, "打印模糊"))
	p.SetFilter(filterState, string(model.Voided))
	d.TickRow("张堃")
	d.Menu("打印", "选中的")
	d.Sees("选中的承诺书都已作废")
}

func TestListsArePreviewedAndMarkNothing(t *testing.T) {
	d, _ := small(t)
	for _, name := range []string{"未签名单", "签订率"} {
		d.Menu("打印", name)
		d.Sees("个人承诺书" + name)
		d.Picture("preview-" + name)
		d.Tap(printButton, "知道了")
		rows := map[string]int{"未签名单": 7, "签订率": 3}[name]
		if got, want := d.Exports()[0], fmt.Sprintf("%s %s %d", name, filepath.Base(d.Opened[len(d.Opened)-1]), rows); got != want {
			t.Errorf("export %q, want %q", got, want)
		}
		d.Escape()
	}
	if got := d.Exports(); len(got) != 2 {
		t.Errorf("exports %q", got)
	}
	if files := d.Output(); len(files) != 2 || len(d.Opened) != 2 {
		t.Errorf("files %v, opened %v", files, d.Opened)
	}
	if got := d.counts(); got[model.Unprinted] != 7 {
		t.Errorf("letters are %v", got)
	}
}

// A reviewer may look at letters and save them, but not record them as
// printed: the file leaves a line all the same.
func TestEveryFileWithLettersLeavesALine(t *testing.T) {
	d, p := small(t)
	d.Become(model.Reviewer)
	p.SelectID(d.rows(model.PersonalCommitment)[0].ID)
	d.TapLast("打印")
	d.Tap(printButton)
	d.Sees("已经保存，但没有登记为已打印", "无权登记和修改")
	files := d.Output()
	if len(files) != 1 || len(d.Opened) != 0 {
		t.Fatalf("files %v, opened %v", files, d.Opened)
	}
	storetest.Enter(t, d.Store) // a reviewer may not read the trail
	if got, want := d.Exports(), []string{"承诺书 " + filepath.Base(files[0]) + " 1"}; !slices.Equal(got, want) {
		t.Errorf("exports %q, want %q", got, want)
	}
}
