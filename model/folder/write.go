package folder

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/natefinch/atomic"

	"qingfeng/model"
)

// WriteFile writes a file whole or not at all. An error of write comes back
// as it is; one of the disk as a [model.Error].
func WriteFile(path string, write func(io.Writer) error) error {
	return writeChecked(path, write, func(string) error { return nil })
}

// writeChecked is WriteFile whose file gets its name only after check has
// looked at what lies on the disk.
func writeChecked(path string, write func(io.Writer) error, check func(written string) error) error {
	sweep(filepath.Dir(path))
	tmp, err := os.CreateTemp(filepath.Dir(path), unfinished+"*")
	if err != nil {
		return cannotWrite(path, err)
	}
	defer os.Remove(tmp.Name()) // fails once it has its final name
	defer tmp.Close()
	if err := write(tmp); err != nil {
		if _, disk := errors.AsType[*fs.PathError](err); disk {
			return cannotWrite(path, err)
		}
		return err
	}
	if err := tmp.Sync(); err != nil {
		return cannotWrite(path, err)
	}
	if err := tmp.Close(); err != nil {
		return cannotWrite(path, err)
	}
	if err := check(tmp.Name()); err != nil {
		return err
	}
	return Move(tmp.Name(), path)
}

func writeJSON(path string, v any) error {
	return WriteFile(path, func(w io.Writer) error { return json.NewEncoder(w).Encode(v) })
}

// rename gives a file or folder its new name at once and durably. Tests stop
// the program here.
var rename = atomic.ReplaceFile

// unfinished is the name of a file that is being written.
const unfinished = ".qingfeng-"

// sweep removes what a program left unfinished when it was killed.
func sweep(dir string) {
	left, _ := Named(dir, unfinished)
	for _, path := range left {
		if isOld(path) {
			os.Remove(path)
		}
	}
}

// Named are the files and folders in dir whose names begin with prefix. A
// pattern would not do: a folder may have brackets in its own name.
func Named(dir, prefix string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	var out []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), prefix) {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	return out, err
}

// Move gives a finished file its place on the same disk, durably.
func Move(from, to string) error {
	if err := rename(from, to); err != nil {
		return cannotWrite(to, err)
	}
	syncDir(filepath.Dir(to))
	return nil
}

// isOld reports whether nobody works at an unfinished file or folder any more.
// A day is longer than any of them takes.
func isOld(path string) bool {
	info, err := os.Stat(path)
	return err == nil && time.Since(info.ModTime()) > 24*time.Hour
}

// retire takes a file away for good. After a power cut a removed name may be
// there again, so the content goes first: who reads an empty file here takes
// it for none.
func retire(path string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return cannotWrite(path, err)
	}
	err = errors.Join(file.Sync(), file.Close())
	if err != nil {
		return cannotWrite(path, err)
	}
	os.Remove(path) // one that stays is empty
	syncDir(filepath.Dir(path))
	return nil
}

// flush makes durable what another function wrote into a file.
func flush(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

func cannotWrite(path string, err error) error {
	advice := "如果它正在别的程序中打开，请先关闭；也请确认文件夹可以写入"
	switch {
	case isFull(err):
		advice = "请清理磁盘，或换一个磁盘，再试"
	case isProtected(err):
		advice = "请关掉磁盘的写保护，或换一个磁盘，再试"
	}
	return model.Errorf(model.Invalid, "不能写入文件 %s：%s。%s", filepath.Base(path), plainCause(err), advice)
}

func cannotRead(path string, err error) error {
	return model.Errorf(model.Storage, "不能读取 %s：%s。请检查它所在的磁盘", filepath.Base(path), plainCause(err))
}
