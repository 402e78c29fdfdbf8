package folder

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"qingfeng/model"
)

// CopyFile copies a file to another disk whole or not at all: the copy is
// flushed, read back and compared with what was read from src before it gets
// its name. A file that has the name already is replaced. The folder of dst
// has to exist: a missing one is a disk that is not plugged in.
func CopyFile(dst, src string) error {
	from, err := os.Open(src)
	if err != nil {
		return cannotRead(src, err)
	}
	defer from.Close()
	if gone(filepath.Dir(dst)) {
		return model.Errorf(model.Invalid, "文件夹 %s 现在不在。请接好它所在的磁盘，或换一个文件夹", filepath.Dir(dst))
	}
	hash := sha256.New()
	var want sum
	return writeChecked(dst, func(w io.Writer) error {
		n, err := io.Copy(w, io.TeeReader(from, hash))
		want = sum{n, hex.EncodeToString(hash.Sum(nil))}
		if fault, ok := errors.AsType[*fs.PathError](err); ok && fault.Path == src {
			return cannotRead(src, err)
		}
		return err
	}, func(written string) error {
		got, err := readBack(written)
		if err != nil {
			return cannotRead(dst, err)
		}
		if got != want {
			return model.Errorf(model.Storage, "复制到 %s 的文件读回来与原件不一致，没有留下。请换一个磁盘", filepath.Dir(dst))
		}
		return nil
	})
}

// readBack is what a disk gives back of a file. Tests have bad disks here.
var readBack = sumOf
