package main

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"qingfeng/model/folder"
	"qingfeng/model/store"
)

func (c *console) backup(args ...string) backupReport {
	c.t.Helper()
	var r backupReport
	c.do(exitDone, &r, append([]string{"backup"}, args...)...)
	return r
}

func TestBackups(t *testing.T) {
	c := newConsole(t)
	c.do(exitDone, nil, "roster", "import", rosters+"county-hospital-620.xlsx")
	out := filepath.Join(t.TempDir(), "备份")
	r := c.backup("--out", out)
	if info, err := os.Stat(out); err != nil || r.File != out || r.Size != info.Size() || r.Size == 0 || r.TrailNo < 620 || len(r.MadeAt) != 19 || r.Copy+r.CopyError != "" || !r.Made {
		t.Errorf("%v: %+v", err, r)
	}
	if l := c.trail()[1]; l.Action != "备份" || l.Name != "备份" {
		t.Errorf("recorded %+v", l)
	}
	r = c.backup()
	if filepath.Dir(r.File) != filepath.Join(c.dir, "backups") || !strings.Contains(r.File, "手动") {
		t.Errorf("without a place: %+v", r)
	}
	daily := c.backup("--daily")
	if !daily.Made || !strings.Contains(daily.File, "每日") {
		t.Errorf("daily: %+v", daily)
	}
	lines := c.trail()
	if again := c.backup("--daily"); again.Made || again.File != "" {
		t.Errorf("a second daily one: %+v", again)
	}
	if text := c.text(exitDone, "backup", "--daily"); !strings.Contains(text, "今天的备份已经有了") {
		t.Error(text)
	}
	if after := c.trail(); after[0].No != lines[0].No+1 {
		t.Errorf("a backup that was not due is recorded: %+v", after[0])
	}
	for _, bad := range []string{filepath.Join(c.dir, "qingfeng.db"), filepath.Join(t.TempDir(), "没有", "a.qfbak")} {
		c.do(exitFailed, nil, "backup", "--out", bad)
	}
	c.do(exitUsage, nil, "backup", "--out", out, "--daily")
	c.do(exitDone, nil, "backup", "make", "--out", out)
	c.do(exitDone, nil, "check")

	var listed []struct{ File, Kind string }
	t.Setenv("QINGFENG_PASSWORD", "")
	c.do(exitDone, &listed, "backup", "list")
	if len(listed) != 2 || !slices.ContainsFunc(listed, func(b struct{ File, Kind string }) bool { return b.File == daily.File && b.Kind == "每日" }) {
		t.Errorf("listed %+v", listed)
	}
	t.Setenv("QINGFENG_PASSWORD", password)
	var verified struct {
		OK       bool
		Hospital string
		MadeAt   string `json:"made_at"`
		Files    int
		Problems []string
	}
	if c.do(exitDone, &verified, "backup", "verify", out); !verified.OK || verified.Hospital != "某县中医院" || verified.Files < 1 || len(verified.MadeAt) != 19 || len(verified.Problems) != 0 {
		t.Errorf("verified %+v", verified)
	}
	size := c.backup("--out", out).Size
	for _, at := range []int64{0, 60, size / 2, size - 1} {
		c.backup("--out", out)
		content, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		content[min(at, int64(len(content)-1))] ^= 0x20
		if err := os.WriteFile(out, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if msg := c.do(exitFailed, &verified, "backup", "verify", out); verified.OK || len(verified.Problems) != 1 || verified.Hospital != "" || !strings.Contains(msg, "备份") {
			t.Errorf("byte %d: %+v, %s", at, verified, msg)
		}
		n := &console{t, filepath.Join(t.TempDir(), "新"), c.secrets}
		n.do(exitFailed, nil, "restore", out)
		if _, err := os.Stat(n.dir); !os.IsNotExist(err) {
			t.Errorf("byte %d: a folder stayed", at)
		}
	}
	c.do(exitFailed, nil, "backup", "verify", filepath.Join(t.TempDir(), "没有"))
}

func TestASecondFolderThatIsAwayIsTold(t *testing.T) {
	c := newConsole(t)
	second := filepath.Join(t.TempDir(), "网络盘")
	c.set(store.BackupFolder, second)
	var r backupReport
	if msg := c.do(exitPartial, &r, "backup"); !r.Made || r.Copy != "" || r.CopyError == "" {
		t.Errorf("without it: %+v, %s", r, msg)
	}
	if err := os.Mkdir(second, 0o700); err != nil {
		t.Fatal(err)
	}
	r = c.backup()
	if _, err := os.Stat(r.Copy); err != nil || filepath.Dir(r.Copy) != second {
		t.Errorf("%v: %+v", err, r)
	}
}

// set stores a setting, for which the console has no command.
func (c *console) set(key, value string) {
	c.t.Helper()
	c.open(func(s *store.Store) error { return s.SaveSetting(context.Background(), key, value) })
}

// open runs work on the folder's store with the administrator signed in.
func (c *console) open(work func(s *store.Store) error) {
	c.t.Helper()
	f, err := folder.Open(c.dir, folder.Holder{})
	if err != nil {
		c.t.Fatal(err)
	}
	defer f.Close()
	s, err := store.Open(context.Background(), f, options(time.Now))
	if err != nil {
		c.t.Fatal(err)
	}
	defer s.Close()
	if _, err = s.SignIn(context.Background(), "li", password); err == nil {
		err = work(s)
	}
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *console) people() int {
	c.t.Helper()
	var staff []map[string]string
	c.do(exitDone, &staff, "staff", "list")
	return len(staff)
}

func TestRestore(t *testing.T) {
	c := newConsole(t)
	out := filepath.Join(t.TempDir(), "备份")
	c.do(exitDone, nil, "roster", "import", rosters+"county-hospital-620.xlsx")
	c.backup("--out", out)

	// Into a new folder, under the recovery code.
	n := &console{t, filepath.Join(t.TempDir(), "新 文件夹"), c.secrets}
	var r restoreReport
	n.do(exitDone, &r, "restore", out, "--recovery-file", file(t, "恢复码.txt", c.secrets[1]))
	if r.Data != n.dir || r.Kept != "" || r.Pending || r.Hospital != "某县中医院" || len(r.MadeAt) != 19 || r.Problems == nil || len(r.Problems) > 0 {
		t.Errorf("restored %+v", r)
	}
	if got := n.people(); got != 620 {
		t.Errorf("%d people came back", got)
	}
	if i := slices.IndexFunc(n.trail(), func(l trailLine) bool { return l.Action == "恢复" }); i < 0 || !strings.Contains(n.trail()[i+1].After, "持恢复码者") {
		t.Errorf("the trail does not say so: %+v", n.trail()[:4])
	}
	n.do(exitDone, nil, "check")

	// Into a folder with data, under the password; that data is kept.
	c.do(exitDone, nil, "campaign", "new", "--template", "county-plan-2024", "--year", "2026")
	c.do(exitDone, &r, "restore", out)
	if info, err := os.Stat(filepath.Join(r.Kept, "qingfeng.db")); err != nil || info.Size() == 0 || filepath.Dir(r.Kept) != c.dir {
		t.Errorf("%v: %+v", err, r)
	}
	var campaigns []struct{ ID int }
	if c.do(exitDone, &campaigns, "campaign", "list"); len(campaigns) != 0 {
		t.Errorf("there still are %v", campaigns)
	}
	c.do(exitDone, nil, "check")
	if text := c.text(exitDone, "restore", out); !strings.Contains(text, "原来的数据没有删除，在 "+c.dir) || !strings.Contains(text, "已恢复 某县中医院") {
		t.Error(text)
	}

	// What a check finds in the backup's data is told; the data stays.
	change(t, c.database(), 68, 1, 2, 3, 4)
	doubtful := filepath.Join(t.TempDir(), "备份")
	c.backup("--out", doubtful)
	n = &console{t, filepath.Join(t.TempDir(), "新"), c.secrets}
	if n.do(exitPartial, &r, "restore", doubtful); len(r.Problems) != 1 || n.people() != 620 {
		t.Errorf("restored %+v", r)
	}

	// A damaged database is what a restore is for.
	change(t, c.database(), 0, 0, 0, 0, 0)
	c.do(exitFailed, nil, "staff", "list")
	c.do(exitDone, nil, "restore", out)
	if got := c.people(); got != 620 {
		t.Errorf("%d people came back", got)
	}
}

func TestARestoreThatFailsChangesNothing(t *testing.T) {
	c := newConsole(t)
	out := filepath.Join(t.TempDir(), "备份")
	t.Setenv("QINGFENG_NEW_PASSWORD", other)
	c.do(exitDone, nil, "account", "add", "wang", "--name", "王某", "--role", "经办")
	c.backup("--out", out)
	before := c.trail()
	t.Setenv("QINGFENG_PASSWORD", "不是这个密码")
	if msg := c.do(exitFailed, nil, "restore", out); !strings.Contains(msg, "打不开这份备份") {
		t.Error(msg)
	}
	t.Setenv("QINGFENG_PASSWORD", other) // opens it, but is a clerk's
	if msg := c.do(exitFailed, nil, "restore", out); !strings.Contains(msg, "要由管理员") {
		t.Error(msg)
	}
	t.Setenv("QINGFENG_PASSWORD", password)
	c.do(exitFailed, nil, "restore", file(t, "a", "no backup"))
	c.do(exitFailed, nil, "restore", filepath.Join(t.TempDir(), "没有"))
	c.do(exitFailed, nil, "restore", out, "--recovery-file", file(t, "a", "ABCD-EFGH"))
	c.do(exitUsage, nil, "restore")
	if after := c.trail(); after[0].No != before[0].No+1 {
		t.Errorf("%+v was added", after[1])
	}
	if left, _ := filepath.Glob(filepath.Join(c.dir, "*restore*")); len(left) > 0 {
		t.Errorf("%v was left behind", left)
	}

	foreign := &console{t, t.TempDir(), c.secrets}
	if err := os.WriteFile(filepath.Join(foreign.dir, "论文.docx"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if msg := foreign.do(exitFailed, nil, "restore", out); !strings.Contains(msg, "已有别的文件") {
		t.Error(msg)
	}
	if entries, _ := os.ReadDir(foreign.dir); len(entries) != 1 {
		t.Errorf("the foreign folder holds %v", entries)
	}
}

func TestABackupOfFlawedDataIsMadeAndSaysSo(t *testing.T) {
	c := newConsole(t)
	c.do(exitDone, nil, "roster", "import", rosters+"county-hospital-620.xlsx")
	db, err := sql.Open("sqlite", filepath.Join(c.dir, "qingfeng.db"))
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{`DROP TRIGGER audit_keeps_lines`, `UPDATE audit SET label = 'x' WHERE id = 5`} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	db.Close()
	var r backupReport
	if c.do(exitPartial, &r, "backup"); !r.Made || len(r.Problems) != 1 || !strings.Contains(r.Problems[0], "第 5 条") {
		t.Errorf("%+v", r)
	}
	var verified struct {
		OK       bool
		Hospital string
		Problems []string
	}
	if c.do(exitPartial, &verified, "backup", "verify", r.File); verified.OK || verified.Hospital != "某县中医院" || len(verified.Problems) != 1 {
		t.Errorf("%+v", verified)
	}
	if text := c.text(exitPartial, "backup", "verify", r.File); !strings.Contains(text, "备份能用来恢复") || !strings.Contains(text, "缺损") {
		t.Error(text)
	}
}

func TestRestoreIntoAFolderThatLostItsDatabase(t *testing.T) {
	c := newConsole(t)
	c.do(exitDone, nil, "roster", "import", rosters+"county-hospital-620.xlsx")
	r := c.backup()
	if err := os.Remove(filepath.Join(c.dir, "qingfeng.db")); err != nil {
		t.Fatal(err)
	}
	if msg := c.do(exitFailed, nil, "init", "--hospital", "别的医院", "--admin", "zhao"); !strings.Contains(msg, "已经是清风的数据文件夹") {
		t.Error(msg)
	}
	var report struct {
		OK       bool
		Problems []store.Problem
	}
	if c.do(exitFailed, &report, "check"); report.OK || len(report.Problems) != 1 || !strings.Contains(report.Problems[0].Detail, "不见了") {
		t.Errorf("%+v", report)
	}
	c.do(exitDone, nil, "restore", r.File)
	if got := c.people(); got != 620 {
		t.Errorf("%d people came back", got)
	}
	c.do(exitDone, nil, "check")
}
