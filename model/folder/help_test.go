package folder

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.Local)

// T is what both a test and a property check can do.
type T interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
}

func take(t T, dir string) *Folder {
	t.Helper()
	f, err := Open(dir, Holder{Program: "测试", Since: noon})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// again is the next start of the program.
func again(t T, f *Folder) *Folder {
	t.Helper()
	f.Close()
	return take(t, f.dir)
}

func newFolder(t *testing.T) *Folder {
	f := take(t, filepath.Join(t.TempDir(), "清风 数据"))
	t.Cleanup(func() { f.Close() })
	return f
}

func put(t T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// files maps each file below dir to its content, but for the lock, its
// neighbour and the note of a restore.
func files(t T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		if slices.Contains([]string{lockName, holderName, swapName}, rel) {
			return nil
		}
		data, err := os.ReadFile(path)
		found[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// contents is what lies in a folder whatever its place; every file of these
// tests has its own content.
func contents(found map[string]string) string {
	return strings.Join(slices.Sorted(maps.Values(found)), "\n")
}

// stopAt lets the program end at rename number n, counted from 1.
func stopAt(n int, how string) (restore func()) {
	real := rename
	rename = func(from, to string) error {
		if n--; n != 0 {
			return real(from, to)
		}
		switch how {
		case "refused":
			return &os.LinkError{Op: "rename", Old: from, New: to, Err: fs.ErrPermission}
		case "killed after":
			if err := real(from, to); err != nil {
				return err
			}
		}
		panic(killed)
	}
	return func() { rename = real }
}

const killed = "killed"

var ends = []string{"refused", "killed before", "killed after"}

// survive runs fn until its end or the one that stopAt gave it.
func survive(fn func() error) (err error) {
	defer func() {
		if r := recover(); r != nil && r != killed {
			panic(r)
		}
	}()
	return fn()
}
