package system

import (
	"os"
	"path/filepath"
	"testing"

	"qingfeng/model/folder"
	"qingfeng/model/store"
)

func (s *shelf) chooseSecond(dir string) {
	s.Helper()
	s.press("选择文件夹…")
	s.inDialog("文件夹").SetText(dir)
	s.press("确定")
}

func TestASecondFolder(t *testing.T) {
	s := newShelf(t)
	first := s.backup(folder.Daily)
	stick := filepath.Join(t.TempDir(), "移动硬盘")
	check(t, os.Mkdir(stick, 0o700))
	s.chooseSecond(stick)
	s.sees("另一处备份位置已设定", stick, "可用", "有 1 份，最近一份 2026-08-11 12:00")
	if _, err := os.Stat(filepath.Join(stick, filepath.Base(first))); err != nil || s.setting(store.BackupFolder) != stick || s.changed != 1 {
		t.Errorf("no copy: %v; set to %s; told %d times", err, s.setting(store.BackupFolder), s.changed)
	}
	s.press("立即备份")
	s.sees("备份完成", "副本："+stick)
	s.press("知道了")
	s.sees("有 2 份")

	check(t, os.Rename(stick, stick+"拔了"))
	s.page.Refresh()
	s.sees("现在连不上", "接好以后，下一次备份就会复制过去")
	s.press("立即备份")
	s.sees("备份完成，但没有复制到另一处", "现在连不上 "+stick)
	s.press("知道了")
	if s.told != 2 {
		t.Errorf("the frame was told %d times", s.told)
	}

	s.press("清除")
	s.press("取消")
	if s.setting(store.BackupFolder) != stick {
		t.Fatal("cleared without a yes")
	}
	s.press("清除")
	s.press("清除") // of the question
	s.sees("没有设定", "只有一处备份")
	if s.setting(store.BackupFolder) != "" || s.changed != 2 {
		t.Errorf("still set to %s; told %d times", s.setting(store.BackupFolder), s.changed)
	}
}

func TestASecondFolderWithoutABackupYet(t *testing.T) {
	s := newShelf(t)
	s.chooseSecond(t.TempDir())
	s.sees("可用", "那里还没有备份", "另一处备份位置已设定")
}

func TestASecondFolderThatTakesNothing(t *testing.T) {
	s := newShelf(t)
	path := s.backup(folder.Daily)
	dir := t.TempDir()
	check(t, os.Mkdir(filepath.Join(dir, filepath.Base(path)), 0o700)) // in the way
	s.chooseSecond(dir)
	s.sees("已经记下，但现在存不进去", "不能写入文件", "再备份一次")
	if s.setting(store.BackupFolder) != dir {
		t.Error("not kept")
	}
}

func TestASecondFolderBesideTheDataIsRefused(t *testing.T) {
	s := newShelf(t)
	data := s.deps.Store.Folder()
	link := filepath.Join(t.TempDir(), "别处")
	check(t, os.Symlink(data.Backups(), link))
	for _, dir := range []string{data.Dir(), data.Backups(), link} {
		s.chooseSecond(dir)
		s.sees("请选别的文件夹", "在数据文件夹里面")
		s.press("知道了")
	}
	if s.setting(store.BackupFolder) != "" || s.changed != 0 {
		t.Error("taken all the same")
	}
	beside := data.Dir() + "备份"
	check(t, os.Mkdir(beside, 0o700))
	s.chooseSecond(beside)
	if s.setting(store.BackupFolder) != beside {
		t.Error("a folder whose name begins alike is refused")
	}
}

func TestSameDrive(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{`C:\清风数据`, `C:\备份`, true},
		{`C:\清风数据`, `c:\备份`, true},
		{`C:\清风数据`, `E:\备份`, false},
		{`C:\清风数据`, `\\server\备份`, false},
		{"/home/li/清风数据", "/home/备份", false},
		{"", "", false},
	} {
		if got := sameDrive(c.a, c.b); got != c.same {
			t.Errorf("%s and %s: %v", c.a, c.b, got)
		}
	}
}
