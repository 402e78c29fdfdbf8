package store

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/folder"
)

// openHeld is Open of a folder that may not be opened.
func openHeld(t testing.TB, dir string) (*Store, error) {
	t.Helper()
	f, err := folder.Open(dir, folder.Holder{Program: "测试", Since: noon})
	if err != nil {
		return nil, err
	}
	s, err := Open(context.Background(), f, cheap)
	if err != nil {
		f.Close()
		return nil, err
	}
	t.Cleanup(func() { shut(s) })
	return s, nil
}

func TestAChangedFileIsReportedUntilSomebodyLooksIntoIt(t *testing.T) {
	ctx := context.Background()
	dir, _ := trailed(t)
	raw(t, filepath.Join(dir, "qingfeng.db"), `UPDATE staff SET name = '张四' WHERE id = 1`)
	for range 2 { // the warning outlives a start
		s := openLocked(t, dir, cheap)
		if at := must[string](t)(s.AlteredAt(ctx)); at != "2026-08-11 12:00" {
			t.Errorf("noticed at %q", at)
		}
		if p := problemsIn(t, s, areaDatabase); len(p) != 1 || !strings.Contains(p[0], "被别的程序改动过") {
			t.Errorf("check %q", p)
		}
		shut(s)
	}
	s := openLocked(t, dir, cheap)
	enter(t, s)
	for _, finding := range []string{"", " ", strings.Repeat("长", 501)} {
		wantCode(t, s.AcceptAlteration(ctx, finding), model.Invalid)
	}
	ok(t, s.AcceptAlteration(ctx, "信息科用工具改过"))
	wantCode(t, s.AcceptAlteration(ctx, "信息科用工具改过"), model.Conflict)
	clean(t, s)
	lines := must[Rows[model.AuditLine]](t)(s.Trail(ctx, TrailFilter{Entity: "数据库文件"}, Page{Sort: "id"})).Items
	if len(lines) != 2 || lines[0].Action != "发现改动" || lines[0].Actor != theProgram || !strings.Contains(lines[1].After, "信息科") {
		t.Errorf("the trail says %+v", lines)
	}
	s = reopened(t, s)
	clean(t, s)
}

// What was noticed is not forgotten because it could not be written down.
func TestAChangedFileIsNotForgotten(t *testing.T) {
	dir, _ := trailed(t)
	raw(t, filepath.Join(dir, "qingfeng.db"), `CREATE TRIGGER block BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END`)
	if _, err := openHeld(t, dir); err == nil {
		t.Fatal("opened")
	}
	raw(t, filepath.Join(dir, "qingfeng.db"), `DROP TRIGGER block`)
	s := openLocked(t, dir, cheap)
	if at := must[string](t)(s.AlteredAt(context.Background())); at == "" {
		t.Error("the second start knows nothing of the change")
	}
}

// A folder whose database is gone is no fresh one.
func TestADatabaseThatIsGone(t *testing.T) {
	for name, rest := range map[string][]string{
		"with its sum": {"qingfeng.sum"}, "with backups": {"backups"}, "with attachments": {"attachments"}, "with all": {"qingfeng.sum", "backups", "attachments"},
	} {
		t.Run(name, func(t *testing.T) {
			full := furnished(t)
			dir := t.TempDir()
			for _, part := range rest {
				ok(t, os.Rename(filepath.Join(full, part), filepath.Join(dir, part)))
			}
			_, err := openHeld(t, dir)
			if !IsDamaged(err) {
				t.Fatalf("opened: %v", err)
			}
			wantSentence(t, err)
			if _, err := os.Stat(filepath.Join(dir, "qingfeng.db")); err == nil {
				t.Error("a new database was begun")
			}
		})
	}
	if _, err := openHeld(t, t.TempDir()); err != nil {
		t.Errorf("a fresh folder: %v", err)
	}
}

func TestADamagedRegisterOfNumbers(t *testing.T) {
	s := openTest(t)
	letter(t, s)
	for _, c := range []struct{ change, want string }{
		{`UPDATE numbering SET last = 4611686018427387904`, "CN-2026-00013-18、…"},
		{`UPDATE numbering SET last = 5`, "CN-2026-00004-45、CN-2026-00005-42"},
		{`UPDATE numbering SET last = 2`, "CN-2026-00003-48 不在"},
		{`UPDATE numbering SET last = -1`, "不在"},
		{`DELETE FROM numbering`, "CN-2026-00001-54 不在"},
	} {
		ok(t, s.writer.Exec(c.change).Error)
		if got := strings.Join(problemsIn(t, s, areaNumbers), "；"); !strings.Contains(got, c.want) {
			t.Errorf("%s: %s", c.change, got)
		}
		ok(t, s.writer.Exec(`INSERT INTO numbering VALUES ('CN', 2026, 3) ON CONFLICT DO UPDATE SET last = 3`).Error)
		clean(t, s)
	}
}
