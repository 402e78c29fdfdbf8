package campaign

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
)

// printButton is the preview's button.
const printButton = "打印　Ctrl+P"

func output(t *testing.T, d *desk) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(d.store.Folder().Output(), "*"))
	check(t, err)
	return files
}

// exports are the lines about files that left, the newest first, as
// “list file rows”.
func (d *desk) exports() []string {
	d.t.Helper()
	found, err := d.store.Trail(context.Background(), store.TrailFilter{Action: "导出"}, store.Page{Sort: "id", Desc: true})
	check(d.t, err)
	var out []string
	for _, l := range found.Items {
		var about struct {
			Rows  int
			Plain bool
		}
		check(d.t, json.Unmarshal([]byte(l.After), &about))
		if about.Plain {
			d.t.Errorf("%s is said to hold ID numbers", l.Label)
		}
		out = append(out, fmt.Sprint(l.Entity, " ", l.Label, " ", about.Rows))
	}
	return out
}

func TestPrintMarksWhatIsOnDisk(t *testing.T) {
	d, p := small(t)
	d.staff("骨伤二科", "03", "孙𣲗") // has no letter yet
	p.Refresh()
	d.menu("打印", "全部")
	d.sees("共 8 份", "其中 1 份还没有生成")
	d.picture("print-options")
	d.tap("生成预览")
	if got := d.counts(); got[model.Unprinted] != 8 {
		t.Fatalf("a preview marked letters: %v", got)
	}
	d.sees("个人承诺书 · 全部 · 8 份")
	d.picture("preview")
	d.tap(printButton)
	d.sees("8 份承诺书已登记为已打印。", "已交给 PDF 阅读器")
	d.picture("printed")
	d.tap("知道了")
	if got := d.counts(); got[model.Printed] != 8 {
		t.Errorf("letters are %v", got)
	}
	files := output(t, d)
	if len(files) != 1 || len(d.opened) != 1 || d.opened[0] != files[0] {
		t.Fatalf("files %v, opened %v", files, d.opened)
	}
	if pdf, err := os.ReadFile(files[0]); err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Errorf("%d bytes written (%v)", len(pdf), err)
	}
	if got := d.exports(); len(got) != 0 {
		t.Errorf("letters that are recorded as printed are also exports: %q", got)
	}
	// Once more from the same preview is no reprint, but another file.
	d.tap(printButton)
	d.seesNot("已登记为已打印")
	d.tap("知道了")
	for _, r := range d.rows(model.PersonalCommitment) {
		if r.PrintCount != 1 {
			t.Errorf("%s counts %d prints", r.FormNo, r.PrintCount)
		}
	}
	if got, want := d.exports(), []string{"承诺书 " + filepath.Base(d.opened[1]) + " 8"}; !slices.Equal(got, want) {
		t.Errorf("exports %q, want %q", got, want)
	}
}

func TestPreviewAloneMarksNothing(t *testing.T) {
	d, p := small(t)
	p.SelectID(d.rows(model.PersonalCommitment)[0].ID)
	d.tapLast("打印") // of the row
	d.sees("个人承诺书 · 张堃 · 1 份")
	d.escape()
	if got := d.counts(); got[model.Unprinted] != 7 || len(output(t, d)) != 0 {
		t.Errorf("letters are %v, files %v", got, output(t, d))
	}
}

func TestCallingOffMarksNothing(t *testing.T) {
	d, p := small(t)
	slow := kit.NewManual(noon)
	t.Cleanup(kit.SetEnv(slow))
	p.print(batch{name: "全部", scope: p.scope(p.Query())}, true)
	d.sees("正在生成承诺书")
	d.tap("取消")
	slow.Drain()
	d.sees("已取消，没有登记为已打印")
	if got := d.counts(); got[model.Unprinted] != 7 || len(output(t, d)) != 0 {
		t.Errorf("letters are %v, files %v", got, output(t, d))
	}
}

func TestSavingMarksToo(t *testing.T) {
	d, p := small(t)
	row := d.rows(model.PersonalCommitment)[0]
	pa := paper{pdf: []byte("%PDF"), done: "1 份承诺书已登记为已打印。",
		written: func(ctx context.Context) error { return d.store.MarkPrinted(ctx, []int64{row.ID}) }}
	path := filepath.Join(t.TempDir(), "承诺书.pdf")
	p.press.write(&pa, path, false)
	d.sees("已保存", "1 份承诺书已登记为已打印。", filepath.Base(path))
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
	if got := d.counts(); got[model.Printed] != 1 || len(d.opened) != 0 {
		t.Errorf("letters are %v, opened %v", got, d.opened)
	}
}

func TestExports(t *testing.T) {
	d, p := small(t)
	d.scan(d.rows(model.PersonalCommitment)[0].FormNo)
	p.SetFilter(filterState, missing)
	q := p.Query()
	for name, c := range map[string]struct {
		make func(context.Context) (sheet.Table, error)
		rows int
	}{"list": {p.listOf(q), 6}, "missing": {p.missingOf(q), 6}, "rates": {p.ratesOf(q), 3}} {
		path := filepath.Join(t.TempDir(), name+".xlsx")
		before := len(d.exports())
		p.press.writeBook(path, "名单", oneTable(c.make))
		if got, want := d.exports(), fmt.Sprintf("名单 %s.xlsx %d", name, c.rows); len(got) != before+1 || got[0] != want {
			t.Errorf("exports %q, want %q before them", got, want)
		}
		d.sees(fmt.Sprintf("已导出 %d 行到 %s.xlsx", c.rows, name))
		book := must[*sheet.Book](t)(sheet.Open(path))
		if grid := must[sheet.Grid](t)(book.Grid(book.Sheets[0])); len(grid) != c.rows+1 {
			t.Errorf("%s has %d lines", name, len(grid))
		}
	}
}

func TestNothingIsMarkedWhenTheDiskRefuses(t *testing.T) {
	d, p := small(t)
	check(t, os.RemoveAll(d.store.Folder().Output()))
	p.SelectID(d.rows(model.PersonalCommitment)[0].ID)
	d.tapLast("打印")
	d.tap(printButton)
	d.sees("没有登记为已打印")
	if got := d.counts(); got[model.Unprinted] != 7 || len(d.opened) != 0 {
		t.Errorf("letters are %v, opened %v", got, d.opened)
	}
}

func TestReprint(t *testing.T) {
	d, p := small(t)
	d.markPrinted()
	p.Refresh()
	p.SelectID(d.rows(model.PersonalCommitment)[0].ID)
	d.tap("补打")
	d.tap(printButton, "知道了")
	d.escape()
	d.sees("补打 1 次")
	if r := d.rows(model.PersonalCommitment)[0]; r.PrintCount != 2 {
		t.Errorf("counts %d prints", r.PrintCount)
	}
}

func TestReturnedLettersAreNotPrintedAgainUnasked(t *testing.T) {
	d, p := small(t)
	d.markPrinted()
	d.scan(d.rows(model.PersonalCommitment)[0].FormNo)
	p.Refresh()
	d.menu("打印", "全部")
	d.sees("共 7 份", "其中 7 份打印过，编号旁印“补打”", "已交回的 1 份也重新打印")
	d.tap("生成预览")
	d.sees("个人承诺书 · 全部 · 6 份")
}

func TestOneDepartment(t *testing.T) {
	d, p := small(t)
	d.menu("打印", "本科室") // greyed: nothing says which
	d.sees("未签名单")
	d.escape()
	d.tap("徐𬱖")
	d.menu("打印", "本科室")
	d.sees("打印个人承诺书：麻醉手术科", "共 3 份")
	d.tap("生成预览")
	d.sees("个人承诺书 · 麻醉手术科 · 3 份")
	d.tap(printButton, "知道了")
	d.escape()
	if got := d.counts(); got[model.Printed] != 3 {
		t.Errorf("letters are %v", got)
	}
	p.SetFilter(filterState, string(model.Printed))
	d.sees("3 份，共 7 份")
}

func TestVoidedLettersAreNotPrinted(t *testing.T) {
	d, p := small(t)
	rows := d.rows(model.PersonalCommitment)
	check(t, d.store.VoidCommitment(context.Background(), rows[0].ID, "打印模糊"))
	p.SetFilter(filterState, string(model.Voided))
	d.tickRow("张堃")
	d.menu("打印", "选中的")
	d.sees("选中的承诺书都已作废")
}

func TestListsArePreviewedAndMarkNothing(t *testing.T) {
	d, _ := small(t)
	for _, name := range []string{"未签名单", "签订率"} {
		d.menu("打印", name)
		d.sees("个人承诺书" + name)
		d.picture("preview-" + name)
		d.tap(printButton, "知道了")
		rows := map[string]int{"未签名单": 7, "签订率": 3}[name]
		if got, want := d.exports()[0], fmt.Sprintf("%s %s %d", name, filepath.Base(d.opened[len(d.opened)-1]), rows); got != want {
			t.Errorf("export %q, want %q", got, want)
		}
		d.escape()
	}
	if got := d.exports(); len(got) != 2 {
		t.Errorf("exports %q", got)
	}
	if files := output(t, d); len(files) != 2 || len(d.opened) != 2 {
		t.Errorf("files %v, opened %v", files, d.opened)
	}
	if got := d.counts(); got[model.Unprinted] != 7 {
		t.Errorf("letters are %v", got)
	}
}

// A reviewer may look at letters and save them, but not record them as
// printed: the file leaves a line all the same.
func TestEveryFileWithLettersLeavesALine(t *testing.T) {
	d, p := small(t)
	d.as(model.Reviewer)
	p.SelectID(d.rows(model.PersonalCommitment)[0].ID)
	d.tapLast("打印")
	d.tap(printButton)
	d.sees("已经保存，但没有登记为已打印", "无权登记和修改")
	files := output(t, d)
	if len(files) != 1 || len(d.opened) != 0 {
		t.Fatalf("files %v, opened %v", files, d.opened)
	}
	storetest.Enter(t, d.store) // a reviewer may not read the trail
	if got, want := d.exports(), []string{"承诺书 " + filepath.Base(files[0]) + " 1"}; !slices.Equal(got, want) {
		t.Errorf("exports %q, want %q", got, want)
	}
}

// What cannot be written down is said, and the file stays.
func TestAFileStaysWhenItsLineFails(t *testing.T) {
	d, p := small(t)
	path := filepath.Join(t.TempDir(), "承诺书.xlsx")
	table := p.listOf(p.Query())
	p.press.writeBook(path, "承诺书", oneTable(func(ctx context.Context) (sheet.Table, error) {
		out, err := table(ctx)
		check(t, d.store.SignOut(ctx, true))
		return out, err
	}))
	d.sees("承诺书.xlsx 已经保存，但没有记入操作记录", "请先登录")
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

// as signs a new account of a role in.
func (d *desk) as(role model.Role) {
	d.t.Helper()
	ctx := context.Background()
	_, err := d.store.AddAccount(ctx, model.Account{Login: "other", Name: "别人", Role: role}, "first of two 2026")
	check(d.t, err)
	_, err = d.store.SignIn(ctx, "other", "first of two 2026")
	check(d.t, err)
	check(d.t, d.store.ChangePassword(ctx, "first of two 2026", storetest.Password))
}
