package system

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
	"qingfeng/ui/kit"
	"qingfeng/ui/kit/kittest"
)

// shelf is a bench with the page 备份与恢复 open.
type shelf struct {
	*bench
	page     *Backups
	told     int // how often the frame heard of a new backup
	restored [][2]string
}

func newShelf(t testing.TB) *shelf {
	t.Helper()
	s := &shelf{bench: newBench(t)}
	s.open()
	return s
}

func (s *shelf) open() {
	s.page = NewBackups(s.deps, BackupHooks{
		Restore: func(path, secret string) { s.restored = append(s.restored, [2]string{path, secret}) },
		Changed: func() { s.told++ },
	})
	kittest.Show(s.win, s.page)
}

// backup makes a backup and returns where it is.
func (b *bench) backup(kind folder.BackupKind) string {
	b.Helper()
	r, err := b.deps.Store.Backup(context.Background(), kind, "")
	check(b, err)
	return r.Path
}

// enterAs signs in an account of a role that chose its own password.
func (b *bench) enterAs(role model.Role) {
	b.Helper()
	ctx, s := context.Background(), b.deps.Store
	_, err := s.AddAccount(ctx, model.Account{Login: "wang", Name: "王某", Role: role}, "晨钟暮鼓 2007")
	check(b, err)
	_, err = s.SignIn(ctx, "wang", "晨钟暮鼓 2007")
	check(b, err)
	check(b, s.ChangePassword(ctx, "晨钟暮鼓 2007", "暮鼓晨钟 2008"))
}

func isText(o fyne.CanvasObject, text string) bool {
	t, ok := o.(*canvas.Text)
	return ok && t.Text == text
}

// inDialog is the field behind a label of the dialog above all.
func (b *bench) inDialog(label string) *kit.Entry {
	b.Helper()
	var found *kit.Entry
	past := false
	if top := b.win.Canvas().Overlays().Top(); top != nil {
		walk(top, func(o fyne.CanvasObject) {
			past = past || isText(o, label)
			if e, ok := o.(*kit.Entry); ok && past && found == nil {
				found = e
			}
		})
	}
	if found == nil {
		b.Fatalf("no field %s:\n%s", label, kittest.Texts(b.win))
	}
	return found
}

// leftLine says that the audit trail ends with a line.
func (b *bench) leftLine(action, entity, label string) {
	b.Helper()
	lines, err := b.deps.Store.Trail(context.Background(), store.TrailFilter{}, store.Page{Sort: "id", Desc: true, Limit: 1})
	check(b, err)
	if l := lines.Items[0]; l.Action != action || l.Entity != entity || l.Label != label {
		b.Errorf("the trail ends with %s %s %s", l.Action, l.Entity, l.Label)
	}
}

// flip changes one byte in the middle of a file.
func flip(t testing.TB, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	check(t, err)
	data[len(data)/2] ^= 1
	check(t, os.WriteFile(path, data, 0o600))
}

func TestAFolderWithoutBackups(t *testing.T) {
	s := newShelf(t)
	s.sees("还没有备份", "请先备份一次", "没有设定", "只有一处备份", "选一份备份，再选要做的事")
	s.seesNot("清除")
	for _, label := range []string{"校验", "另存到…", "从这份恢复…"} {
		s.press(label) // greyed: nothing is selected
	}
	if len(s.win.Canvas().Overlays().List()) > 0 {
		t.Errorf("something opened without a backup:\n%s", kittest.Texts(s.win))
	}
}

func TestBackUpNow(t *testing.T) {
	s := newShelf(t)
	s.letters(1)
	_, err := s.deps.Store.Attach(context.Background(), "承诺书", 1, "承诺书.pdf", strings.NewReader("%PDF-1.4 scan"))
	check(t, err)
	s.press("立即备份")
	s.sees("备份完成", "已重新打开核对无误", s.deps.Store.Folder().Backups())
	s.seesNot("副本")
	s.press("知道了")
	s.sees("2026-08-11 12:00", "今天", "手动", "完好：某县中医院 2026-08-11 12:00 的数据，1 个附件")
	s.seesNot("还没有备份")
	all, err := s.deps.Store.Backups()
	if check(t, err); len(all) != 1 || s.told != 1 {
		t.Errorf("%d backups, the frame was told %d times", len(all), s.told)
	}
}

func TestAFailedBackupSaysSo(t *testing.T) {
	s := newShelf(t)
	check(t, os.RemoveAll(s.deps.Store.Folder().Backups()))
	s.press("立即备份")
	s.sees("没有完成", "备份没有做成", "原有数据不受影响")
	if s.told != 0 {
		t.Error("the frame was told of a backup that is not there")
	}
}

func TestAges(t *testing.T) {
	for _, c := range []struct {
		at, want string
		tone     kit.Tone
	}{
		{"2026-08-11 23:59", "今天", kit.Good},
		{"2026-08-11 00:00", "今天", kit.Good},
		{"2026-08-10 23:59", "昨天", kit.Good},
		{"2026-08-09 00:01", "2 天前", kit.Neutral},
		{"2026-08-08 00:01", "3 天前", kit.Neutral},
		{"2026-08-07 23:59", "4 天前，该备份了", kit.Bad},
		{"2025-08-11 12:00", "365 天前，该备份了", kit.Bad},
		{"2026-08-12 00:00", "时间在今天以后，请核对电脑日期", kit.Warn},
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", c.at, time.Local)
		check(t, err)
		if text, tone := ageOf(at, noon); text != c.want || tone != c.tone {
			t.Errorf("%s is %s in tone %v", c.at, text, tone)
		}
	}
}

func TestVerify(t *testing.T) {
	s := newShelf(t)
	s.backup(folder.Daily)
	path := s.backup(folder.OnDemand)
	s.page.Refresh()
	s.sees("每日", "手动", "未校验")
	s.page.table.SelectID(idOf(path))
	s.sees("还没有校验过")
	s.press("校验")
	s.sees("完好", "完好：某县中医院 2026-08-11 12:00 的数据，0 个附件，操作记录到第")
	flip(t, path)
	s.press("校验")
	s.sees("已损坏", "这份备份已损坏，不能用来恢复")
	s.seesNot("完好：")
	check(t, os.Truncate(path, 0))
	s.press("校验")
	s.sees("已损坏")
	check(t, os.Remove(path))
	s.press("校验")
	s.sees("没有完成", "打不开备份文件")
	s.press("知道了")
	s.seesNot("手动")
	s.sees("每日", "选一份备份")
}

func TestVerifyNeedsTheKeysOfThen(t *testing.T) {
	s := newShelf(t)
	s.backup(folder.Daily)
	s.enterAs(model.Administrator)
	s.open()
	s.page.table.SelectIndex(0)
	s.press("校验")
	s.sees("要用当时的密码", "重设密码之前做的")
}

func TestVerdicts(t *testing.T) {
	full := &os.PathError{Op: "write", Path: "/data/backups/.qingfeng-backup-1/qingfeng.db", Err: errors.New("no space")}
	read := &os.PathError{Op: "read", Path: "/data/backups/a.qfbak", Err: errors.New("i/o")}
	broken := model.Errorf(model.Storage, "备份文件已损坏")
	for _, c := range []struct {
		name string
		err  error
		chip string
	}{
		{"broken", broken, "已损坏"},
		{"a bad sector under it", errors.Join(broken, read), "已损坏"},
		{"no room to unpack it", errors.Join(broken, full), ""},
		{"other keys", model.Errorf(model.Denied, "要用当时的密码"), "要用当时的密码"},
		{"of a newer program", model.Errorf(model.Conflict, "请升级"), ""},
		{"gone", model.Errorf(model.NotFound, "打不开"), ""},
		{"called off", context.Canceled, ""},
		{"a fault of ours", errors.New("nil map"), ""},
	} {
		if v, ok := verdictOf(c.err, read.Path); v.chip != c.chip || ok != (c.chip != "") {
			t.Errorf("%s: %q %v", c.name, v.chip, ok)
		}
	}
}

func TestCopyToAStick(t *testing.T) {
	s := newShelf(t)
	path := s.backup(folder.Daily)
	s.page.Refresh()
	s.page.table.SelectIndex(0)
	stick := filepath.Join(t.TempDir(), "备份.qfbak")
	s.press("另存到…")
	s.inDialog("保存为").SetText(stick)
	s.press("确定")
	s.sees("已另存，读回来核对无误")
	a, err := os.ReadFile(path)
	check(t, err)
	c, err := os.ReadFile(stick)
	if check(t, err); !bytes.Equal(a, c) {
		t.Error("the copy differs")
	}
	s.leftLine("导出", "备份", "备份.qfbak")
	b, _ := s.page.table.Selected()
	s.page.copyTo(filepath.Join(t.TempDir(), "没有", "备份.qfbak"), b.Backup)
	s.sees("没有完成", "不能写入文件 备份.qfbak")
}

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
	s.sees("备份完成", "没有复制到另一处备份位置", "接好以后再备份一次")
	kittest.Picture(t, s.win, "backups-nocopy")
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
	kittest.Picture(t, s.win, "backups-restore-refused")
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

func TestWhatARoleMayDoWithBackups(t *testing.T) {
	for role, c := range map[model.Role]struct{ has, lacks []string }{
		model.Administrator: {[]string{"立即备份", "校验", "另存到…", "从这份恢复…", "从文件恢复…", "选择文件夹…"}, nil},
		model.Clerk:         {[]string{"立即备份", "校验", "另存到…", "恢复由管理员进行"}, []string{"从这份恢复…", "从文件恢复…", "选择文件夹…", "清除"}},
		model.Reviewer:      {[]string{"手动", "备份由管理员和经办进行"}, []string{"立即备份", "另存到…", "从这份恢复…", "从文件恢复…", "选择文件夹…", "清除"}},
		model.Auditor:       {[]string{"手动", "备份由管理员和经办进行"}, []string{"立即备份", "另存到…", "从这份恢复…", "从文件恢复…", "选择文件夹…", "清除"}},
	} {
		t.Run(string(role), func(t *testing.T) {
			s := newShelf(t)
			s.backup(folder.OnDemand)
			check(t, s.deps.Store.SaveSetting(context.Background(), store.BackupFolder, t.TempDir()))
			s.enterAs(role)
			s.open()
			s.page.table.SelectIndex(0)
			s.sees(c.has...)
			for _, label := range c.lacks {
				s.seesNot(label)
			}
		})
	}
}

func TestBackupsAnswerF5(t *testing.T) {
	s := newShelf(t)
	s.backup(folder.Daily)
	s.seesNot("每日")
	kittest.Key(s.win, fyne.KeyF5)
	s.sees("每日")
	s.page.Hidden()
	s.backup(folder.OnDemand)
	kittest.Key(s.win, fyne.KeyF5)
	s.seesNot("手动")
}
