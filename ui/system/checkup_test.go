package system

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit/kittest"
)

// breaks runs statements on the database behind the store's back.
func (b *bench) breaks(statements ...string) {
	b.Helper()
	db, err := sql.Open("sqlite", b.deps.Store.Folder().Database())
	check(b, err)
	defer db.Close()
	for _, s := range statements {
		_, err := db.Exec(s)
		check(b, err)
	}
}

// unguarded takes away what keeps the audit trail as it is.
const unguarded = `DROP TRIGGER audit_keeps_lines; DROP TRIGGER audit_loses_nothing`

func TestEveryAreaHasItsWords(t *testing.T) {
	for _, name := range store.Areas {
		if a := areas[name]; a.sound == "" || a.advice == "" {
			t.Errorf("%s is not explained", name)
		}
	}
	if len(areas) != len(store.Areas) {
		t.Errorf("words for %d areas, the store has %v", len(areas), store.Areas)
	}
}

func TestCheckUpOfASoundFolder(t *testing.T) {
	b := newBench(t)
	b.letters(3)
	p := NewCheckUp(b.deps)
	kittest.Show(b.win, p)
	b.sees("未检查", "还没有检查", "只看不改", "每一条都接得上，没有被改过、删过")
	b.seesNot("被改动过")
	kittest.Key(b.win, fyne.KeyReturn)
	b.sees("正常", "2026-08-11 12:00 检查", "一切正常")
	b.seesNot("未检查")
	b.seesNot("个问题")
	b.seesNot("去备份与恢复")
}

func TestCheckUpOfAHole(t *testing.T) {
	b := newBench(t)
	b.letters(3)
	p := NewCheckUp(b.deps)
	kittest.Show(b.win, p)
	b.breaks(`DELETE FROM commitment WHERE form_no LIKE '%-00002-%'`)
	b.press("开始体检")
	b.sees("发现 1 个问题", "已发出但没有对应的表单", "体检没有改动数据", "请核对纸质表格")
	b.seesNot("一切正常")
	b.seesNot("编号没有缺号、重号和错号")
	b.breaks(`UPDATE numbering SET last = 400`)
	b.press("开始体检")
	b.sees("发现 1 个问题", "CN-2026-00004-45", "…")
	b.breaks(`UPDATE numbering SET last = 3`)
	b.press("开始体检")
	b.sees("发现 1 个问题")
	b.seesNot("没有列出")
	b.breaks(`UPDATE numbering SET last = 2`, `UPDATE commitment SET form_no = 'CN-2026-00002-51' WHERE form_no LIKE '%-00003-%'`)
	b.press("开始体检")
	b.sees("一切正常", "所有表单和台账的编号没有缺号、重号和错号")
}

func TestCheckUpOfABrokenTrail(t *testing.T) {
	b := newBench(t)
	b.letters(2)
	opened := 0
	p := NewCheckUp(b.deps)
	p.OpenBackups = func() { opened++ }
	kittest.Show(b.win, p)
	b.breaks(unguarded, `UPDATE audit SET actor = '张三（zhang）' WHERE id = 3`)
	b.press("开始体检")
	b.sees("发现 2 个问题", "audit_keeps_lines", "第 3 条（", "张三（zhang）", "被改动、调换过", "有人绕过程序动过数据")
	b.press("去备份与恢复")
	if opened != 1 {
		t.Error("the door does not lead to the backups")
	}
	path := filepath.Join(t.TempDir(), "报告.txt")
	b.press("保存体检报告…")
	b.inDialog("保存为").SetText(path)
	b.press("确定")
	b.sees("已保存体检报告")
	text, err := os.ReadFile(path)
	check(t, err)
	for _, want := range []string{"\ufeff清风体检报告\r\n", "某县中医院", "2026-08-11 12:00", model.Version, "发现 2 个问题", "【操作记录】1 个问题", "第 3 条被改动", "怎么办", "【附件】正常"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the report lacks %q:\n%s", want, text)
		}
	}
	for _, name := range []string{"张三", "zhang", "李某", "（li）", b.deps.Store.Folder().Dir()} {
		if strings.Contains(string(text), name) {
			t.Errorf("the report names %s:\n%s", name, text)
		}
	}
	b.leftLine("导出", "体检报告", "报告.txt")
}

func TestCheckUpOfALostScan(t *testing.T) {
	b := newBench(t)
	b.letters(1)
	ctx := context.Background()
	_, err := b.deps.Store.Attach(ctx, "承诺书", 1, "承诺书.pdf", strings.NewReader("%PDF-1.4 scan"))
	check(t, err)
	files, err := filepath.Glob(filepath.Join(b.deps.Store.Folder().Attachments(), "*"))
	if check(t, err); len(files) != 1 {
		t.Fatalf("%d files", len(files))
	}
	p := NewCheckUp(b.deps)
	kittest.Show(b.win, p)
	check(t, os.WriteFile(files[0], []byte("something else"), 0o600))
	b.press("开始体检")
	b.sees("发现 1 个问题", "被改动或已损坏", "找出原件重新扫描")
	check(t, os.Remove(files[0]))
	b.press("开始体检")
	b.sees("不见了")
	kittest.Picture(t, b.win, "checkup-scan")
}

func TestReportOfASoundFolder(t *testing.T) {
	b := newBench(t)
	p := NewCheckUp(b.deps)
	kittest.Show(b.win, p)
	b.press("开始体检")
	path := filepath.Join(t.TempDir(), "没有", "报告.txt")
	p.saveReport(path)
	b.sees("没有完成", "不能写入文件 报告.txt")
	b.press("知道了")
	path = filepath.Join(t.TempDir(), "报告.txt")
	p.saveReport(path)
	text, err := os.ReadFile(path)
	if check(t, err); !strings.Contains(string(text), "结果：一切正常") || strings.Contains(string(text), "怎么办") {
		t.Errorf("%s", text)
	}
}

func TestWithoutNames(t *testing.T) {
	for detail, want := range map[string]string{
		"第 12 条（2026-08-11 12:00，李某（li）登录账号）被改动": "第 12 条被改动",
		"第 3 条缺失（下一条是 2026-08-11 的第 5 条）":        "第 3 条缺失",
		"没有括号":  "没有括号",
		"只有（半个": "只有（半个",
		"反）了（":  "反）了（",
	} {
		if got := withoutNames(detail); got != want {
			t.Errorf("%s becomes %s", detail, got)
		}
	}
}

// alter makes the store believe that something else wrote into its file.
func (b *bench) alter() {
	b.breaks(`INSERT INTO setting (key, value) VALUES ('altered_at', '2026-08-10 09:00')`)
}

func TestAnAlteredFileIsExplainedAndAccepted(t *testing.T) {
	b := newBench(t)
	b.alter()
	p := NewCheckUp(b.deps)
	p.OpenBackups = func() {}
	kittest.Show(b.win, p)
	b.sees("数据库文件被改动过", "2026-08-10 09:00")
	b.press("开始体检")
	b.sees("发现 1 个问题", "查明后由管理员在“体检”页确认")
	b.seesNot("备份与恢复")
	kittest.Picture(t, b.win, "checkup-altered")
	b.press("查明并确认…")
	b.press("确认")
	b.sees("查明的情况")
	if b.changed != 0 {
		t.Error("accepted without a finding")
	}
	b.inDialog("查明的情况").SetText("信息科换了电脑，内容核对过")
	b.press("确认")
	b.sees("已确认，并记入操作记录", "一切正常")
	b.seesNot("被改动过")
	if at, err := b.deps.Store.AlteredAt(context.Background()); err != nil || at != "" || b.changed != 1 {
		t.Errorf("still altered %q, %v; told %d times", at, err, b.changed)
	}
}

func TestAnAlteredFileIsAcceptedByAdministratorsOnly(t *testing.T) {
	b := newBench(t)
	b.alter()
	b.enterAs(model.Clerk)
	kittest.Show(b.win, NewCheckUp(b.deps))
	b.sees("数据库文件被改动过", "由管理员在这里确认")
	b.seesNot("查明并确认…")
}
