package folder

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"qingfeng/model"
)

func TestOnlyOneProgramHoldsAFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "清风 数据")
	me := Holder{Program: "清风", User: "李某", Host: "行风办电脑", PID: 7, Since: time.Date(2026, 8, 11, 8, 2, 0, 0, time.Local)}
	f, err := Open(dir, me)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Open(dir, Holder{})
	if model.CodeOf(err) != model.Locked {
		t.Fatalf("second program: %v", err)
	}
	for _, word := range []string{"清风", "李某", "行风办电脑", "2026-08-11 08:02"} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q does not name %s", err, word)
		}
	}
	f.Close()
	if f, err = Open(dir, me); err != nil {
		t.Fatalf("after closing: %v", err)
	}
	f.Close()
}

func TestAnUnwritablePlaceSaysSo(t *testing.T) {
	file := filepath.Join(t.TempDir(), "占位")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(filepath.Join(file, "数据"), Holder{}); model.CodeOf(err) != model.Invalid {
		t.Errorf("a folder inside a file: %v", err)
	}
}

func TestAFileIsWrittenWholeOrNotAtAll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "承诺书.pdf")
	ok := WriteFile(path, func(w io.Writer) error { _, err := io.WriteString(w, "一"); return err })
	if ok != nil {
		t.Fatal(ok)
	}
	cause := errors.New("out of paper")
	err := WriteFile(path, func(w io.Writer) error {
		io.WriteString(w, strings.Repeat("二", 10000))
		return cause
	})
	if !errors.Is(err, cause) {
		t.Errorf("error %v", err)
	}
	if got, _ := os.ReadFile(path); string(got) != "一" {
		t.Errorf("the file became %d bytes", len(got))
	}
	left, _ := os.ReadDir(filepath.Dir(path))
	if len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

func TestAFolderWithoutAnythingIsNone(t *testing.T) {
	f := newFolder(t)
	if Exists(f.dir) || Exists(f.path("没有")) {
		t.Error("a folder without a database exists")
	}
	if _, err := os.Stat(f.Attachments()); errors.Is(err, fs.ErrNotExist) {
		t.Error("no attachments")
	}
}

// A folder that lost its database is none to begin a new office in.
func TestAFolderThatLostItsDatabaseExists(t *testing.T) {
	for name, c := range map[string]struct {
		left string
		want bool
	}{
		"the database": {databaseName, true}, "its sum": {sumName, true}, "its journal": {databaseName + "-wal", true}, "a restore": {swapName, true},
		"a backup":               {filepath.Join(backupsName, BackupName(noon, Daily)), true},
		"a file of another kind": {filepath.Join(backupsName, "备注.txt"), false}, "the lock": {lockName, false}, "logs": {"logs/qingfeng.log", false},
	} {
		f := newFolder(t)
		put(t, f.path(c.left), "x")
		if Exists(f.dir) != c.want {
			t.Errorf("with %s it exists: %v", name, !c.want)
		}
	}
}
