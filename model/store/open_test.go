package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/folder"
)

func TestPragmasAreLive(t *testing.T) {
	s := openTest(t)
	for _, c := range []struct{ pragma, want string }{
		{"journal_mode", "wal"}, {"synchronous", "2"}, {"foreign_keys", "1"}, {"busy_timeout", "5000"},
	} {
		var got string
		if err := s.writer.Raw("PRAGMA " + c.pragma).Scan(&got).Error; err != nil || got != c.want {
			t.Errorf("%s = %s (%v), want %s", c.pragma, got, err, c.want)
		}
	}
	if err := s.reader.Exec(`INSERT INTO setting VALUES ('a', 'b')`).Error; err == nil {
		t.Error("the reading pool wrote")
	}
}

func TestAuditLinesCannotBeTouched(t *testing.T) {
	s := openTest(t)
	ward(t, s, "急诊科", "01", 1)
	for _, q := range []string{`UPDATE audit SET actor = 'x'`, `DELETE FROM audit`} {
		if err := s.writer.Exec(q).Error; err == nil {
			t.Errorf("%s went through", q)
		}
	}
}

func TestAChangeWithoutAuditLineIsRolledBack(t *testing.T) {
	s := openTest(t)
	err := s.write(context.Background(), model.Write, func(c *change) error {
		return c.Exec(`INSERT INTO setting VALUES ('a', 'b')`).Error
	})
	if err == nil {
		t.Fatal("a change without an audit line was taken")
	}
	if v, _ := s.Setting(context.Background(), "a"); v != "" {
		t.Error("its row stayed")
	}
}

func TestANewerFolderIsRefused(t *testing.T) {
	dir := t.TempDir()
	s := openIn(t, dir)
	if err := s.writer.Exec(`INSERT INTO migration VALUES (999, '0999_later.sql', 0)`).Error; err != nil {
		t.Fatal(err)
	}
	s.Close()
	_, err := Open(context.Background(), s.folder, cheap)
	if model.CodeOf(err) != model.Conflict || !strings.Contains(err.Error(), "升级") {
		t.Errorf("opened a newer folder: %v", err)
	}
}

// Every released schema is kept as a dump; each must come up to what a fresh
// install has.
func TestReleasedSchemasComeUpToDate(t *testing.T) {
	dumps, err := filepath.Glob("testdata/schema-*.sql")
	if err != nil || len(dumps) == 0 {
		t.Fatalf("no dumps of released schemas (%v)", err)
	}
	fresh := schemaOf(t, openTest(t))
	for _, dump := range dumps {
		dir := t.TempDir()
		text, err := os.ReadFile(dump)
		if err != nil {
			t.Fatal(err)
		}
		db, err := connect(filepath.Join(dir, "qingfeng.db"), true)
		if err != nil {
			t.Fatal(err)
		}
		pool, _ := db.DB()
		if _, err := pool.Exec(string(text)); err != nil {
			t.Fatalf("%s: %v", dump, err)
		}
		pool.Close()
		s := openIn(t, dir)
		if got := schemaOf(t, s); got != fresh {
			t.Errorf("%s comes up to\n%s\nwant\n%s", dump, got, fresh)
		}
		if n := must[Rows[StaffRow]](t)(s.Staff(context.Background(), StaffFilter{Status: Anyone}, Page{})).Total; n != 3 {
			t.Errorf("%s: %d of 3 people are left", dump, n)
		}
		if p := must[[]Problem](t)(s.Check(context.Background())); len(p) > 0 {
			t.Errorf("%s: %v", dump, p)
		}
	}
}

func schemaOf(t *testing.T, s *Store) string {
	var lines []string
	if err := s.reader.Raw(`SELECT sql FROM sqlite_master WHERE sql <> '' ORDER BY type, name`).Scan(&lines).Error; err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

func TestUntestedDriversAreNamed(t *testing.T) {
	if got := untestedDrivers(); len(got) > 0 {
		t.Errorf("this build has %+v; test it and write it into testedDrivers", got)
	}
	got := mismatches([]*debug.Module{{Path: "modernc.org/libc", Version: "v1.0.0"}, {Path: "modernc.org/sqlite", Version: "v1.60.1"}})
	if len(got) != 1 || got[0].Module != "modernc.org/libc" || got[0].Tested != "v1.77.1" {
		t.Errorf("mismatches %+v", got)
	}
}

func TestADamagedDatabaseSaysSo(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "qingfeng.db"), []byte(strings.Repeat("不是数据库 ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := folder.Open(dir, folder.Holder{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	_, err = Open(context.Background(), f, cheap)
	if err == nil || !strings.Contains(err.Error(), "已损坏") || errors.Unwrap(err) == nil && model.CodeOf(err) == "" {
		t.Errorf("opened rubbish: %v", err)
	}
}

func TestTheSecondProgramLearnsWhoHoldsTheFolder(t *testing.T) {
	s := openTest(t)
	_, err := folder.Open(s.folder.Dir(), folder.Holder{})
	if model.CodeOf(err) != model.Locked || !strings.Contains(err.Error(), "测试") {
		t.Errorf("second open: %v", err)
	}
}
