package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/folder"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
	"qingfeng/ui/kit"
)

// watched is a desk whose clock the test moves; what was asked for in the
// background is done after each step.
type watched struct {
	*desk
	clock *kit.Manual
}

func watch(t testing.TB, dir string) *watched {
	t.Helper()
	m := kit.NewManual(morning)
	t.Cleanup(kit.SetEnv(m))
	w := &watched{atGate(t, test.NewTempApp(t), dir), m}
	w.signIn(storetest.Login, storetest.Password)
	m.Drain()
	return w
}

func (w *watched) do(step func()) { step(); w.clock.Drain() }

// wait lets time pass as it does, in small steps.
func (w *watched) wait(d time.Duration) {
	for range d / (10 * time.Second) {
		w.clock.Pass(10 * time.Second)
		w.clock.Drain()
	}
}

func (w *watched) locked() bool {
	_, signedIn := w.store.Account()
	if shown := strings.Contains(w.text(), "窗口已锁定"); shown == signedIn {
		w.Fatalf("the lock is shown: %v, somebody is signed in: %v", shown, signedIn)
	}
	return !signedIn
}

func (w *watched) unlock() {
	w.Helper()
	w.do(func() { w.typed(storetest.Password); w.key("Return") })
	if w.locked() {
		w.Fatalf("still locked:\n%s", w.text())
	}
}

// lines are the actions of the audit trail, the newest first.
func (w *watched) lines(n int) (actions []string) {
	w.Helper()
	rows := must[store.Rows[model.AuditLine]](w)(w.store.Trail(context.Background(), store.TrailFilter{}, store.Page{Sort: "id", Desc: true, Limit: n}))
	for _, l := range rows.Items {
		actions = append(actions, l.Action)
	}
	return actions
}

func TestIdleWindowLocksAndKeepsAForm(t *testing.T) {
	w := watch(t, middle(t).close())
	w.do(func() { w.tap("医院概况") })
	w.do(func() { w.write("办公室名称", "纪检监察室") })
	w.wait(9 * time.Minute)
	w.do(func() { w.typed("二") }) // somebody is there
	w.wait(9 * time.Minute)
	if w.locked() {
		t.Fatal("locked though somebody typed nine minutes ago")
	}
	w.wait(2 * time.Minute)
	if !w.locked() {
		t.Fatal("not locked after ten minutes")
	}
	w.sees("某县中医院", "李某（li）　管理员", "换一个账号")
	w.seesNot("纪检监察室", "医院名称")
	w.caretIn("密码")
	w.do(func() { w.typed("wrong password"); w.key("Return") })
	w.sees("登录名或密码不对")
	w.unlock()
	w.sees("办公室名称")
	if got := w.entry("办公室名称").Text; got != "纪检监察室二" {
		t.Errorf("of what was typed is left %q", got)
	}
	w.caretIn("办公室名称")
	if got := strings.Join(w.lines(3), " "); got != "登录 登录失败 闲置锁定" {
		t.Errorf("the trail says %s", got)
	}
	w.do(func() { w.press("保存") })
	w.sees("医院概况已保存")
}

func TestLockedDialogComesBack(t *testing.T) {
	w := watch(t, middle(t).close())
	w.do(func() { w.key("Ctrl+4") })
	w.do(func() { w.key("Ctrl+N") })
	w.do(func() { w.write("名称", "另一个专项行动") })
	w.do(func() { w.write("发文字号", "行风〔2026〕7号") })
	w.wait(11 * time.Minute)
	if !w.locked() {
		t.Fatal("an open dialog keeps the window from being locked")
	}
	w.seesNot("发文字号")
	w.do(func() { w.key("Escape"); w.key("Ctrl+S") }) // reaches nothing
	w.unlock()
	if got := w.entry("发文字号").Text; got != "行风〔2026〕7号" {
		t.Errorf("of what was typed is left %q", got)
	}
	w.do(func() { w.key("Ctrl+S") })
	if n := len(must[[]model.Campaign](t)(w.store.Campaigns(context.Background()))); n != 2 {
		t.Errorf("after saving there are %d campaigns", n)
	}
}

func TestLockKeepsFiltersAndSelection(t *testing.T) {
	w := watch(t, middle(t).close())
	w.do(func() { w.find("张堃") })
	w.sees("1 人")
	w.do(func() { w.key("Ctrl+L") })
	if !w.locked() {
		t.Fatal("Ctrl+L does not lock")
	}
	w.unlock()
	w.sees("1 人", "张堃", "在职与离职人员")
	if got := w.lines(2); got[1] != "退出" {
		t.Errorf("the trail says %v", got)
	}
}

func TestLockKeyIsHeardBelowADialog(t *testing.T) {
	w := watch(t, middle(t).close())
	w.do(func() { w.key("Ctrl+4") })
	w.do(func() { w.key("Ctrl+N") })
	w.do(func() { w.write("发文字号", "行风〔2026〕8号") })
	w.do(func() { w.key("Ctrl+5") }) // other keys of the page stay silent
	w.do(func() { w.key("Ctrl+L") })
	if !w.locked() {
		t.Fatal("Ctrl+L does not lock while a dialog is open")
	}
	w.do(func() { w.key("Ctrl+L") })
	w.unlock()
	if got := w.entry("发文字号").Text; got != "行风〔2026〕8号" {
		t.Errorf("of what was typed is left %q", got)
	}
}

func TestLockFromTheMenu(t *testing.T) {
	w := watch(t, middle(t).close())
	w.do(func() { w.press("李某") })
	w.sees("李某（li）　管理员", "修改密码…", "退出登录", "Ctrl+L")
	w.do(func() { w.tap("锁定") })
	if !w.locked() {
		t.Fatal("锁定 does not lock")
	}
}

func TestAnotherAccountAtALockedWindow(t *testing.T) {
	o := middle(t)
	o.account("zhou", "周某", model.Auditor)
	w := watch(t, o.close())
	w.do(func() { w.key("Ctrl+4") })
	w.do(func() { w.key("Ctrl+N") })
	w.do(func() { w.write("发文字号", "没有保存") })
	w.wait(11 * time.Minute)
	w.do(func() { w.press("换一个账号") })
	w.sees("放弃没有保存的内容？", "李某（li）锁定时")
	w.do(func() { w.press("返回") })
	w.sees("窗口已锁定")
	w.do(func() { w.press("换一个账号") })
	w.do(func() { w.press("换一个账号") }) // the dialog's
	w.do(func() { w.press("返回") })
	w.sees("窗口已锁定")
	w.do(func() { w.press("换一个账号") })
	w.do(func() { w.press("换一个账号") })
	w.do(func() { w.signIn("zhou", second) })
	w.sees("工作台", "周某（审计）", "要做的事")
	w.seesNot("发文字号", "备份与恢复", "没有完成")
	w.do(func() { w.key("Ctrl+4") })
	w.sees("专项行动的方案、时限、责任清单和进度")
	w.do(func() { w.key("Ctrl+N") })
	w.seesNot("发文字号：")
	if n := len(w.win.Canvas().Overlays().List()); n != 0 {
		t.Errorf("%d dialogs of the account before are still open", n)
	}
	w.wait(11 * time.Minute)
	w.sees("窗口已锁定", "周某（zhou）")
}

func TestTheSameAccountMayComeBackThroughTheOtherDoor(t *testing.T) {
	w := watch(t, middle(t).close())
	w.do(func() { w.tap("医院概况") })
	w.do(func() { w.write("办公室名称", "纪检监察室") })
	w.do(func() { w.key("Ctrl+L") })
	w.do(func() { w.press("换一个账号") })
	w.do(func() { w.press("换一个账号") })
	w.do(func() { w.signIn(storetest.Login, storetest.Password) })
	if got := w.entry("办公室名称").Text; got != "纪检监察室" {
		t.Errorf("of what was typed is left %q", got)
	}
}

func TestLockedWindowAsksBeforeItCloses(t *testing.T) {
	w := watch(t, middle(t).close())
	w.do(func() { w.tap("医院概况") })
	w.do(func() { w.write("办公室名称", "纪检监察室") })
	w.do(func() { w.key("Ctrl+L") })
	closed := false
	w.win.SetOnClosed(func() { closed = true })
	w.do(func() { w.closing() })
	w.sees("放弃没有保存的内容？")
	w.do(func() { w.press("返回") })
	if closed {
		t.Fatal("closed without asking")
	}
	w.do(func() { w.closing() })
	w.do(func() { w.press("仍然退出") })
	if !closed {
		t.Error("the window does not close")
	}
}

func TestIdleTimeAppliesAtOnce(t *testing.T) {
	w := watch(t, middle(t).close())
	w.do(func() { w.tap("设置") })
	w.do(func() { w.tap("5 分钟") })
	w.wait(6 * time.Minute)
	if !w.locked() {
		t.Fatal("not locked after the new time")
	}
	w.unlock()
	w.do(func() { w.tap("从不") })
	w.wait(3 * time.Hour)
	if w.locked() {
		t.Error("locked though it never should be")
	}
}

// What is read while the window is locked is refused; nobody must be told.
func TestReadsOfALockedWindowFailQuietly(t *testing.T) {
	w := watch(t, middle(t).close())
	w.key("Ctrl+2") // asks for the departments …
	w.key("Ctrl+1")
	w.key("Ctrl+L") // … and is locked before they come
	w.clock.Step(w.clock.Pending() - 1)
	w.clock.Drain()
	w.sees("窗口已锁定")
	w.seesNot("没有完成", "请先登录")
	w.unlock()
	w.sees("要做的事")
}

// whole fails unless all of a text is within the window.
func (d *desk) whole(text string) {
	d.Helper()
	d.sees(text)
	window := d.win.Canvas().Size()
	d.walk(func(o fyne.CanvasObject, at fyne.Position) {
		if x, ok := o.(*canvas.Text); ok && x.Text == text && (at.X+x.MinSize().Width > window.Width || at.Y+x.MinSize().Height > window.Height) {
			d.Errorf("%q ends at %v of %v", text, at.X+x.MinSize().Width, window)
		}
	})
}

func TestBackupOfTheDay(t *testing.T) {
	dir := middle(t).close()
	w := watch(t, dir)
	w.whole("上次备份 今天 09:00")
	backups := func() []folder.Backup { return must[[]folder.Backup](t)(w.store.Backups()) }
	if got := backups(); len(got) != 1 || got[0].Kind != folder.Daily {
		t.Fatalf("after the first sign-in of the day there is %v", got)
	}
	w.do(func() { w.key("Ctrl+L") })
	w.unlock()
	w.do(func() { w.tap("设置") })
	w.do(func() { w.tap("从不") })
	w.wait(14 * time.Hour)
	if got := len(backups()); got != 1 {
		t.Fatalf("%d backups in the evening", got)
	}
	w.wait(4 * time.Hour)
	w.do(func() { w.key("Ctrl+K"); w.typed("z") }) // the next day begins
	w.wait(2 * time.Minute)
	if got := backups(); len(got) != 2 || day.Of(got[0].At) != "2026-08-12" {
		t.Errorf("on the next day there are %v", got)
	}
	w.do(func() { w.key("Ctrl+1") })
	w.sees("上次备份 今天 03:", "2026年8月12日")
}

func TestBackupThatFailsIsTold(t *testing.T) {
	o := middle(t)
	away := filepath.Join(t.TempDir(), "没有插上的 U 盘")
	check(t, o.SaveSetting(context.Background(), store.BackupFolder, away))
	dir := o.close()
	d := sit(t, dir)
	d.sees("备份没有复制到第二个文件夹")
	d.seesNot("上次备份")
	if got := d.app.Preferences().String(secondFolder); got != away {
		t.Errorf("the second folder is remembered as %q", got)
	}
	check(t, os.MkdirAll(away, 0o700))
	d.tap("备份与恢复")
	d.press("立即备份")
	d.press("知道了")
	d.sees("上次备份 今天")
}

func TestLastBackup(t *testing.T) {
	at := func(days int) time.Time { return morning.AddDate(0, 0, -days) }
	for _, c := range []struct {
		backups []folder.Backup
		text    string
		tone    kit.Tone
	}{
		{nil, "上次备份 从未", kit.Bad},
		{[]folder.Backup{{At: at(0), Kind: folder.BeforeMigration}}, "上次备份 从未", kit.Bad},
		{[]folder.Backup{{At: at(0), Kind: folder.BeforeMigration}, {At: at(1), Kind: folder.Daily}}, "上次备份 8月10日", kit.Neutral},
		{[]folder.Backup{{At: at(0), Kind: folder.OnDemand}, {At: at(1), Kind: folder.Daily}}, "上次备份 今天 09:00", kit.Neutral},
		{[]folder.Backup{{At: at(3), Kind: folder.Daily}}, "上次备份 8月8日", kit.Neutral},
		{[]folder.Backup{{At: at(4), Kind: folder.Daily}}, "上次备份 8月7日", kit.Bad},
		{[]folder.Backup{{At: at(300), Kind: folder.Daily}}, "上次备份 2025年10月15日", kit.Bad},
	} {
		if text, tone := lastBackup(c.backups, morning); text != c.text || tone != c.tone {
			t.Errorf("%v: %s %v, want %s %v", c.backups, text, tone, c.text, c.tone)
		}
	}
}
