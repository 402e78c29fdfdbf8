package folder

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/model"
)

// bigFile is a backup of a size that no single write takes.
func bigFile(t *testing.T) (path string, content []byte) {
	content = make([]byte, 300_000)
	r := rand.NewChaCha8([32]byte{1})
	r.Read(content)
	path = filepath.Join(t.TempDir(), BackupName(noon, Daily))
	put(t, path, string(content))
	return path, content
}

func TestACopyIsTheFile(t *testing.T) {
	src, content := bigFile(t)
	dst := filepath.Join(t.TempDir(), filepath.Base(src))
	put(t, dst, "an older copy")
	if err := CopyFile(dst, src); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{src, dst} {
		if got, _ := os.ReadFile(path); !bytes.Equal(got, content) {
			t.Errorf("%s differs", path)
		}
	}
}

// A disk that gives back another byte than was written gets no copy, and the
// one it has stays.
func TestACopyIsReadBack(t *testing.T) {
	src, content := bigFile(t)
	real := readBack
	defer func() { readBack = real }()
	for name, spoil := range map[string]func(b []byte) []byte{
		"a bit":        func(b []byte) []byte { b[123_456] ^= 1; return b },
		"the last one": func(b []byte) []byte { return b[:len(b)-1] },
		"one more":     func(b []byte) []byte { return append(b, 0) },
	} {
		readBack = func(path string) (sum, error) {
			put(t, path, string(spoil(bytes.Clone(content))))
			return real(path)
		}
		dir := t.TempDir()
		dst := filepath.Join(dir, filepath.Base(src))
		put(t, dst, "an older copy")
		if err := CopyFile(dst, src); model.CodeOf(err) != model.Storage {
			t.Errorf("%s: %v", name, err)
		}
		left := files(t, dir)
		if len(left) != 1 || left[filepath.Base(src)] != "an older copy" {
			t.Errorf("%s: left %d files", name, len(left))
		}
	}
}

func TestACopyNeedsBothEnds(t *testing.T) {
	src, _ := bigFile(t)
	dir := t.TempDir()
	if err := CopyFile(filepath.Join(dir, "a"), src+"x"); model.CodeOf(err) != model.Storage {
		t.Errorf("no source: %v", err)
	}
	if err := CopyFile(filepath.Join(dir, "a"), filepath.Dir(src)); model.CodeOf(err) != model.Storage {
		t.Errorf("a folder as source: %v", err)
	}
	if err := CopyFile(filepath.Join(dir, "U盘", "a"), src); model.CodeOf(err) != model.Invalid || taken(filepath.Join(dir, "U盘")) ||
		!strings.Contains(err.Error(), filepath.Join(dir, "U盘")+" 现在不在") {
		t.Errorf("no disk: %v", err)
	}
	func() {
		defer stopAt(1, "refused")()
		if err := CopyFile(filepath.Join(dir, "a"), src); model.CodeOf(err) != model.Invalid {
			t.Errorf("no name: %v", err)
		}
	}()
	if left := files(t, dir); len(left) > 0 {
		t.Errorf("left %d files", len(left))
	}
}
