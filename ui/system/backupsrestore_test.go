package system

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
	"qingfeng/ui/kit/kittest"
)

func TestRestoreTriesTheSecretFirst(t *testing.T) {
	s := newShelf(t)
	ctx := context.Background()
	code, err := s.deps.Store.RenewRecoveryCode(ctx)
	check(t, err)
	path := s.backup(folder.Daily)
	s.page.Refresh()
	s.page.table.SelectIndex(0)
	ask := func(secret string) {
		s.press("从这份恢复…")
		s.sees("恢复 2026-08-11 12:00 的备份？", "不删除", "2026-08-11 12:00 以后登记的内容", "需要补登", "重新登录")
		s.inDialog("密码或恢复码").SetText(secret)
		s.press("恢复")
	}
	ask("")
	s.sees("请填写")
	s.press("取消")
	ask("不是这个密码")
	s.sees("打不开这份备份。请用做备份时")

	if len(s.restored) != 0 {
		t.Fatal("restores with a wrong password")
	}
	s.inDialog("密码或恢复码").SetText(storetest.Password)
	kittest.Key(s.win, fyne.KeyReturn)
	ask(strings.ToLower(strings.ReplaceAll(code, "-", " ")))
	if len(s.restored) != 2 || s.restored[0] != [2]string{path, storetest.Password} || s.restored[1][0] != path {
		t.Errorf("asked to restore %q", s.restored)
	}
	if len(s.win.Canvas().Overlays().List()) > 0 {
		t.Error("the question is still there")
	}
}

func TestRestoreFromAFile(t *testing.T) {
	s := newShelf(t)
	path := s.backup(folder.Daily)
	dir := t.TempDir()
	named, renamed := filepath.Join(dir, filepath.Base(path)), filepath.Join(dir, "带回来的.qfbak")
	for _, p := range []string{named, renamed} {
		check(t, folder.CopyFile(p, path))
	}
	s.press("从文件恢复…")
	s.inDialog("文件").SetText(named)
	s.press("确定")
	s.sees("恢复 2026-08-11 12:00 的备份？")
	s.press("取消")
	s.press("从文件恢复…")
	s.inDialog("文件").SetText(renamed)
	s.press("确定")
	s.sees("恢复 带回来的.qfbak？", "做这份备份以后登记的内容")
	s.inDialog("密码或恢复码").SetText(storetest.Password)
	s.press("恢复")
	if len(s.restored) != 1 || s.restored[0][0] != renamed {
		t.Errorf("asked to restore %q", s.restored)
	}
	check(t, os.WriteFile(renamed, []byte("not a backup"), 0o600))
	s.page.askRestore(backupAt(renamed))
	s.inDialog("密码或恢复码").SetText(storetest.Password)
	s.press("恢复")
	s.sees("已损坏，或不是本系统的备份")
	if len(s.restored) != 1 {
		t.Error("restores what is no backup")
	}
}

// TestARestoreBringsTheDataBack goes the way of the frame: the page's hook,
// the store closed, the swap, a new sign-in.
func TestARestoreBringsTheDataBack(t *testing.T) {
	s := newShelf(t)
	ctx := context.Background()
	f := s.deps.Store.Folder()
	s.backup(folder.OnDemand)
	check(t, s.deps.Store.SaveHospital(ctx, model.NewHospital("备份以后改的名字")))
	var back *store.Store
	s.page.hooks.Restore = func(path, secret string) {
		check(t, s.deps.Store.Close())
		_, err := store.Restore(ctx, f, path, secret, func() time.Time { return noon })
		check(t, err)
		back, err = store.Open(ctx, f, storetest.Options(func() time.Time { return noon }))
		check(t, err)
		t.Cleanup(func() { back.Close() })
	}
	s.page.Refresh()
	s.page.table.SelectIndex(0)
	s.press("从这份恢复…")
	s.inDialog("密码或恢复码").SetText(storetest.Password)
	s.press("恢复")
	if back == nil {
		t.Fatalf("nothing was restored:\n%s", kittest.Texts(s.win))
	}
	if name, err := back.HospitalName(ctx); err != nil || name != "某县中医院" {
		t.Errorf("%s, %v", name, err)
	}
}
