package ui

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
	"qingfeng/ui/kit"
)

// administrator fills in who founds a folder.
func (d *desk) administrator() {
	d.Helper()
	d.write("登录名", storetest.Login)
	d.write("姓名", storetest.Name)
	d.write("密码", storetest.Password)
	d.write("再输一次", storetest.Password)
}

// code is the recovery code on the screen, "" when there is none.
func (d *desk) code() string {
	return strings.Join(regexp.MustCompile(`(?m)^[0-9A-HJKMNP-TV-Z]{4}$`).FindAllString(d.text(), -1), "-")
}

const sealed = "我已打印或抄写，并交专人封存"

func TestFirstStartStepByStep(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "清风 数据")
	d := sit(t, dir)
	d.sees("欢迎使用清风", "数据放在哪里", dir)
	d.write("数据文件夹", "清风数据")
	d.press("下一步")
	d.sees("请写完整的路径")
	if folder.Exists("清风数据") {
		t.Fatal("a folder was made where the program happens to run")
	}
	d.write("数据文件夹", dir)
	d.key("Return")
	d.sees("统一社会信用代码", "至少 8 个字符")
	d.administrator()
	d.press("下一步")
	d.sees("请填写医院名称")
	d.typed("某县中医院") // the caret is where the error is
	d.write("统一社会信用代码", "123306000000000271")
	d.write("密码", "12345678")
	d.write("再输一次", "1234567")
	d.press("下一步")
	d.sees("两次输入的不一样")
	d.write("再输一次", "12345678")
	d.press("下一步")
	d.sees("校验码不对，请与登记证书核对", "太常见，别人一猜就中")
	d.seesNot("打印恢复码")
	d.write("统一社会信用代码", "123306000000000270")
	d.write("密码", storetest.Password)
	d.write("再输一次", storetest.Password)
	d.key("Ctrl+S")
	d.sees("打印恢复码", "只在这里显示一次")
	code := d.code()
	if len(code) != 34 {
		t.Fatalf("the code on the screen is %q", code)
	}
	d.press("下一步") // is off
	d.sees("打印恢复码")
	d.tap(sealed)
	d.press("下一步")
	d.sees("职工花名册", "导入前会先给您看")
	d.press("稍后再说")
	d.sees("工作台", "某县中医院 · 行风办", "还没有职工，请导入花名册", "李某（管理员）", "上次备份 今天")
	d.seesNot(code[:4])
	if got := d.app.Preferences().String(lastFolder); got != dir {
		t.Errorf("remembered folder is %q", got)
	}
	d.Close()
	o := openHospital(t, dir)
	if h := must[model.Hospital](t)(o.Hospital(context.Background())); h.CreditCode != "123306000000000270" || h.Name != "某县中医院" {
		t.Errorf("stored %+v", h)
	}
	check(t, o.SignOut(context.Background(), false))
	if _, err := o.Recover(context.Background(), code, storetest.Login, "另一个密码 2026"); err != nil {
		t.Errorf("the code that was shown opens nothing: %v", err)
	}
}

// found goes through the first start as far as the recovery code.
func (d *desk) found() {
	d.Helper()
	d.press("下一步")
	d.typed("某县中医院")
	d.administrator()
	d.press("下一步")
}

func TestFirstStartGoesOnToTheRoster(t *testing.T) {
	d := sit(t, filepath.Join(t.TempDir(), "data"))
	d.found()
	d.tap(sealed)
	d.press("下一步")
	d.key("Return") // the button that is usual has the keyboard
	d.sees("导入花名册", "选择文件")
}

func TestRecoveryCodeIsPrintedAndLeavesNoFile(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	d := sit(t, filepath.Join(t.TempDir(), "data"))
	var printed string
	d.opts.OpenFile = func(path string) error {
		printed = path
		data, err := os.ReadFile(path)
		if err == nil && !strings.HasPrefix(string(data), "%PDF") {
			t.Error("what was opened is no PDF")
		}
		return err
	}
	d.firstStart(d.data[1]) // with this viewer
	d.found()
	d.press("打印")
	d.sees("已交给 PDF 阅读器")
	d.press("知道了")
	info, err := os.Stat(filepath.Dir(printed))
	if check(t, err); info.Mode().Perm() != 0o700 {
		t.Errorf("the folder of the printed code is open to others: %v", info.Mode())
	}
	d.tap(sealed)
	d.press("下一步")
	if _, err := os.Stat(filepath.Dir(printed)); !os.IsNotExist(err) {
		t.Errorf("the printed code is still on the disk: %v", err)
	}
}

func TestPrintedCodeOfAKilledProgramIsRemoved(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	left := must[string](t)(os.MkdirTemp("", "qingfeng-recovery-"))
	check(t, os.WriteFile(filepath.Join(left, "恢复码.pdf"), []byte("%PDF"), 0o600))
	sit(t, filepath.Join(t.TempDir(), "data"))
	if _, err := os.Stat(left); !os.IsNotExist(err) {
		t.Errorf("the printed code of the last run is still there: %v", err)
	}
}

func TestRecoveryCodeIsNotClosedUnsealed(t *testing.T) {
	d := sit(t, filepath.Join(t.TempDir(), "data"))
	d.firstStart(d.data[1]) // with a window whose cross can be clicked
	d.found()
	closed := false
	d.win.SetOnClosed(func() { closed = true })
	d.closing()
	d.sees("恢复码还没有封存")
	d.press("返回")
	if closed {
		t.Fatal("closed without asking")
	}
	d.tap(sealed)
	d.closing()
	if !closed {
		t.Error("the window does not close though the code is sealed")
	}
}

func TestFirstStartAsksBeforeGoingBack(t *testing.T) {
	d := sit(t, filepath.Join(t.TempDir(), "data"))
	d.press("下一步")
	d.typed("某县中医院")
	d.press("上一步")
	d.sees("放弃修改？")
	d.press("放弃修改")
	d.sees("数据放在哪里")
	d.press("下一步")
	d.press("上一步") // nothing was typed
	d.sees("数据放在哪里")
}

func TestFolderThatIsThereIsOpened(t *testing.T) {
	dir := newHospital(t).close()
	d := sit(t, filepath.Join(t.TempDir(), "another"))
	d.write("数据文件夹", dir)
	d.press("下一步")
	d.signIn(storetest.Login, storetest.Password)
	d.sees("要做的事", "某县中医院")
	d.Close()
	d = sit(t, dir)
	d.sees("要做的事")
	d.seesNot("欢迎使用清风")
}

func TestLastFolderIsOpenedAgain(t *testing.T) {
	dir := newHospital(t).close()
	t.Cleanup(kit.SetEnv(kit.Synchronous(morning)))
	app := test.NewTempApp(t)
	sitWith(t, app, dir).Close()
	sitWith(t, app, "").sees("要做的事", "数据："+dir)
}

// opened opens a folder as a program does that gets no further.
func opened(t testing.TB, dir string) (*folder.Folder, *store.Store) {
	t.Helper()
	f := must[*folder.Folder](t)(folder.Open(dir, folder.Holder{Program: "清风", Since: morning}))
	return f, must[*store.Store](t)(store.Open(context.Background(), f, storetest.Options(kit.Now)))
}

func TestUnfinishedFirstStartGoesOn(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	f, s := opened(t, dir)
	check(t, s.Close())
	check(t, f.Close())
	d := sit(t, dir)
	d.sees("数据放在哪里", dir)
	d.press("下一步")
	d.sees("管理员", "医院名称")
}

func TestFolderHeldByAnother(t *testing.T) {
	other := newHospital(t)
	d := sit(t, other.Folder().Dir())
	d.sees("打不开数据文件夹", "正被清风助手（电脑 XFB-01，用户 李某，进程 4711，2026-08-11 09:00 起）打开", "请先关闭那个程序再试")
	d.key("Return")
	d.sees("打不开数据文件夹")
	other.close()
	d.press("重试")
	d.signIn(storetest.Login, storetest.Password)
	d.sees("要做的事", "某县中医院")
}

func TestAnotherFolderInsteadOfTheHeldOne(t *testing.T) {
	other := newHospital(t)
	d := sit(t, other.Folder().Dir())
	d.press("换一个数据文件夹…")
	d.sees("数据放在哪里")
	d.press("下一步")
	d.sees("没有完成", "正被清风助手")
	d.press("知道了")
	d.write("数据文件夹", filepath.Join(t.TempDir(), "新"))
	d.press("下一步")
	d.sees("医院名称")
}

func TestTextSizeIsRemembered(t *testing.T) {
	dir := newHospital(t).close()
	d := sit(t, dir)
	if got := textSize(d); got != 13 {
		t.Fatalf("the text is %v high", got)
	}
	d.tap("设置")
	d.tap("130%")
	if got := textSize(d); got < 16.8 || got > 17 {
		t.Errorf("at 130%% the text is %v high", got)
	}
	d.Close()
	d = sit(t, dir)
	if got := textSize(d); got < 16.8 || got > 17 {
		t.Errorf("the next day the text is %v high", got)
	}
}

func textSize(d *desk) float32 {
	return d.app.Settings().Theme().Size(theme.SizeNameText)
}
