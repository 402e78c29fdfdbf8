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
	s.seesNot("下一次备份就会复制过去")
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
	s.sees("-每日.qfbak", "-手动.qfbak", "未校验")
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
	s.seesNot("-手动.qfbak")
	s.sees("-每日.qfbak", "选一份备份")
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
		{"a stick pulled out", errors.Join(broken, read), ""},
		{"no room to unpack it", errors.Join(broken, full), ""},
		{"other keys", model.Errorf(model.Denied, "要用当时的密码"), "要用当时的密码"},
		{"of a newer program", model.Errorf(model.Conflict, "请升级"), ""},
		{"gone", model.Errorf(model.NotFound, "打不开"), ""},
		{"called off", context.Canceled, ""},
		{"a fault of ours", errors.New("nil map"), ""},
	} {
		if v, ok := verdictOf(c.err); v.chip != c.chip || ok != (c.chip != "") {
			t.Errorf("%s: %q %v", c.name, v.chip, ok)
		}
	}
}

func TestFlawedDataIsBackedUpAndSaid(t *testing.T) {
	s := newShelf(t)
	made := newBackup{BackupResult: store.BackupResult{Backup: folder.Backup{Path: s.backup(folder.OnDemand)},
		Manifest: store.Manifest{MadeAt: noon.Unix(), Flaws: []string{"操作记录第 5 条缺失", "有 2 个附件的文件不见了或已损坏"}}}}
	s.page.made(made)
	s.sees("备份完成，但数据有缺损", "第 5 条缺失；有 2 个附件", "请做一次体检", "更早的备份")
	if v := soundVerdict(made.Manifest); v.chip != "数据有缺损" || !strings.Contains(v.text, "能用来恢复") {
		t.Errorf("%+v", v)
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
	s.sees("没有完成", "现在不在")
}

func TestWhatARoleMayDoWithBackups(t *testing.T) {
	for role, c := range map[model.Role]struct{ has, lacks []string }{
		model.Administrator: {[]string{"立即备份", "校验", "另存到…", "从这份恢复…", "从文件恢复…", "选择文件夹…"}, nil},
		model.Clerk:         {[]string{"立即备份", "校验", "另存到…", "恢复由管理员进行"}, []string{"从这份恢复…", "从文件恢复…", "选择文件夹…", "清除"}},
		model.Reviewer:      {[]string{"-手动.qfbak", "备份由管理员和经办进行"}, []string{"立即备份", "校验", "选一份备份", "另存到…", "从这份恢复…", "从文件恢复…", "选择文件夹…", "清除"}},
		model.Auditor:       {[]string{"-手动.qfbak", "备份由管理员和经办进行"}, []string{"立即备份", "校验", "选一份备份", "另存到…", "从这份恢复…", "从文件恢复…", "选择文件夹…", "清除"}},
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
	s.seesNot("-每日.qfbak")
	kittest.Key(s.win, fyne.KeyF5)
	s.sees("-每日.qfbak")
	s.page.Hidden()
	s.backup(folder.OnDemand)
	kittest.Key(s.win, fyne.KeyF5)
	s.seesNot("-手动.qfbak")
}
