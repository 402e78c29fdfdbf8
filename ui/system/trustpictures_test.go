package system

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
	"qingfeng/ui/kit"
	"qingfeng/ui/kit/kittest"
)

// TestPicturesOfTrustPages keeps pictures of the pages 备份与恢复, 体检 and 设置
// in the folder that KIT_PICTURES names.
func TestPicturesOfTrustPages(t *testing.T) {
	if os.Getenv("KIT_PICTURES") == "" {
		t.Skip("KIT_PICTURES is not set")
	}
	looks := map[string]func(fyne.Theme) fyne.Theme{
		"light": func(th fyne.Theme) fyne.Theme { return th },
		"dark":  func(th fyne.Theme) fyne.Theme { return inDark{th} },
		"large": func(fyne.Theme) fyne.Theme {
			th, err := kit.NewTheme(kit.ThemeOptions{Regular: assets.SansRegular, Bold: assets.SansBold, Scale: 1.3})
			check(t, err)
			return th
		},
	}
	for name, look := range looks {
		t.Run(name, func(t *testing.T) {
			s := &shelf{bench: newBench(t)}
			settings := fyne.CurrentApp().Settings()
			settings.SetTheme(look(settings.Theme()))
			keep := func(what string) {
				kittest.Texts(s.win) // lays out
				kittest.Picture(t, s.win, what+"-"+name)
			}
			s.photographBackups(keep)
			s.photographCheckUp(keep)
			s.inFrame(NewSettings(s.deps, 100, func(int) {}))
			keep("settings")
		})
	}
}

func (s *shelf) show(p kit.Page) { s.page, _ = p.(*Backups); s.inFrame(p) }

func (s *shelf) photographBackups(keep func(string)) {
	s.show(NewBackups(s.deps, BackupHooks{Changed: func() {}}))
	keep("backups-none")
	first := s.backup(folder.Daily)
	dir := s.deps.Store.Folder().Backups()
	for i := range 16 {
		kind := folder.Daily
		if i%5 == 3 {
			kind = folder.OnDemand
		}
		at := noon.AddDate(0, 0, -i-4).Add(-time.Duration(i*7) * time.Minute)
		check(s, folder.CopyFile(filepath.Join(dir, folder.BackupName(at, kind)), first))
	}
	check(s, os.Remove(first))
	s.page.Refresh()
	keep("backups-old")
	s.page.table.SelectIndex(1)
	s.press("校验")
	b, _ := s.page.table.Selected()
	s.page.table.SelectIndex(3)
	b, _ = s.page.table.Selected()
	flip(s, b.Path)
	s.press("校验")
	keep("backups-checked")
	second := filepath.Join(s.TempDir(), "移动硬盘", "清风备份")
	check(s, os.MkdirAll(second, 0o700))
	s.page.second.choose(second)
	keep("backups-second")
	s.page.last.backUp()
	keep("backups-made")
	s.press("知道了")
	check(s, os.RemoveAll(second))
	s.page.last.backUp()
	keep("backups-nocopy")
	s.press("知道了")
	s.press("从这份恢复…")
	keep("backups-restore")
	s.inDialog("密码或恢复码").SetText("不是这个密码")
	s.press("恢复")
	keep("backups-refused")
	s.press("取消")
	s.enterAs(model.Reviewer)
	s.show(NewBackups(s.deps, BackupHooks{Changed: func() {}}))
	keep("backups-reviewer")
	_, err := s.deps.Store.SignIn(context.Background(), storetest.Login, storetest.Password)
	check(s, err)
}

func (s *shelf) photographCheckUp(keep func(string)) {
	s.letters(3)
	p := NewCheckUp(s.deps)
	p.OpenBackups = func() {}
	s.show(p)
	keep("checkup-new")
	s.press("开始体检")
	keep("checkup-sound")
	s.alter()
	s.breaks(unguarded, `UPDATE audit SET actor = '张三（zhang）' WHERE id = 3`, `DELETE FROM commitment WHERE form_no LIKE '%-00002-%'`)
	p.Shown()
	s.press("开始体检")
	keep("checkup-bad")
	s.press("查明并确认…")
	keep("checkup-finding")
	s.press("取消")
	check(s, s.deps.Store.SaveSetting(context.Background(), store.IdleMinutes, fmt.Sprint(15)))
}
