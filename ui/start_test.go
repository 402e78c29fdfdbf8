package ui

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/ui/kit"
)

func TestFirstStartInThreeSteps(t *testing.T) {
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
	d.sees("统一社会信用代码")
	d.press("下一步")
	d.sees("请填写医院名称")
	d.typed("某县中医院") // the caret is where the error is
	d.write("统一社会信用代码", "123306000000000271")
	d.press("下一步")
	d.sees("校验码不对，请与登记证书核对")
	d.seesNot("职工花名册")
	d.write("统一社会信用代码", "123306000000000270")
	d.key("Ctrl+S")
	d.sees("职工花名册", "导入前会先给您看")
	d.press("上一步")
	if got := d.entry("统一社会信用代码").Text; got != "123306000000000270" {
		t.Errorf("back at the profile its code is %q", got)
	}
	d.press("下一步")
	d.press("稍后再说")
	d.sees("工作台", "某县中医院 · 行风办", "还没有职工，请导入花名册")
	if got := d.app.Preferences().String(lastFolder); got != dir {
		t.Errorf("remembered folder is %q", got)
	}
	d.Close()
	o := openOffice(t, dir)
	if h := must[model.Hospital](t)(o.Hospital(context.Background())); h.CreditCode != "123306000000000270" || h.Name != "某县中医院" {
		t.Errorf("stored %+v", h)
	}
}

func TestFirstStartGoesOnToTheRoster(t *testing.T) {
	d := sit(t, filepath.Join(t.TempDir(), "data"))
	d.press("下一步")
	d.typed("某县中医院")
	d.press("下一步")
	d.key("Return") // the button that is usual has the keyboard
	d.sees("导入花名册", "选择文件")
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
	dir := newOffice(t).close()
	d := sit(t, filepath.Join(t.TempDir(), "another"))
	d.write("数据文件夹", dir)
	d.press("下一步")
	d.sees("要做的事", "某县中医院")
	d.Close()
	d = sit(t, dir)
	d.sees("要做的事")
	d.seesNot("欢迎使用清风")
}

func TestLastFolderIsOpenedAgain(t *testing.T) {
	dir := newOffice(t).close()
	t.Cleanup(kit.SetEnv(kit.Synchronous(morning)))
	app := test.NewTempApp(t)
	sitWith(t, app, dir).Close()
	sitWith(t, app, "").sees("要做的事", "数据："+dir)
}

func TestUnfinishedFirstStartGoesOn(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	openOffice(t, dir).close()
	d := sit(t, dir)
	d.sees("数据放在哪里", dir)
	d.press("下一步")
	d.sees("医院概况", "医院名称")
}

func TestFolderHeldByAnother(t *testing.T) {
	other := newOffice(t)
	d := sit(t, other.Folder().Dir())
	d.sees("打不开数据文件夹", "正被清风助手（电脑 XFB-01，用户 李某，进程 4711，2026-08-11 09:00 起）打开", "请先关闭那个程序再试")
	d.key("Return")
	d.sees("打不开数据文件夹")
	other.close()
	d.press("重试")
	d.sees("要做的事", "某县中医院")
}

func TestAnotherFolderInsteadOfTheHeldOne(t *testing.T) {
	other := newOffice(t)
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

func TestDamagedDatabase(t *testing.T) {
	dir := newOffice(t).close()
	path := filepath.Join(dir, "qingfeng.db")
	for name, damage := range map[string]func(data []byte) []byte{
		"not a database": func([]byte) []byte {
			return []byte("这不是数据库，是一份被改了名的文件。这不是数据库，是一份被改了名的文件。这不是数据库。")
		},
		"zeros":   func(data []byte) []byte { return append(data[:100:100], make([]byte, len(data)-100)...) },
		"cut off": func(data []byte) []byte { return data[:len(data)/3] },
	} {
		t.Run(name, func(t *testing.T) {
			whole := must[[]byte](t)(os.ReadFile(path))
			t.Cleanup(func() { os.WriteFile(path, whole, 0o600) })
			for _, tail := range []string{"-wal", "-shm"} {
				os.Remove(path + tail)
			}
			check(t, os.WriteFile(path, damage(whole), 0o600))
			d := sit(t, dir)
			d.sees("打不开数据文件夹", "数据库文件已损坏，程序没有再写入。请保留数据文件夹原样，并从备份恢复")
			onlyChinese(t, d)
			d.Close()
		})
	}
}

func TestTextSizeIsRemembered(t *testing.T) {
	dir := newOffice(t).close()
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
