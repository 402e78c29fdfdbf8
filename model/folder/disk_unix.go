//go:build !windows

package folder

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/unix"
)

// File system numbers of statfs(2): NFS, SMB, CIFS, SMB2.
var networkSystems = map[int64]bool{0x6969: true, 0x517b: true, 0xff534d42: true, 0xfe534d42: true}

func onNetwork(dir string) bool {
	var st unix.Statfs_t
	for unix.Statfs(dir, &st) != nil {
		parent := filepath.Dir(dir)
		if parent == dir {
			return false
		}
		dir = parent
	}
	return networkSystems[int64(st.Type)]
}

func isFull(err error) bool { return errors.Is(err, syscall.ENOSPC) }

func isProtected(err error) bool { return errors.Is(err, syscall.EROFS) }

// isBusy: a file in use can be renamed here.
func isBusy(error) bool { return false }

// syncDir makes the names inside a folder durable. Some file systems (FAT,
// network shares) cannot; they have no promise to give anyway.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		d.Sync()
		d.Close()
	}
}

// FreeSpace is the number of bytes that this user can still write into dir; ok
// is false when the disk does not tell, or dir is missing.
func FreeSpace(dir string) (bytes uint64, ok bool) {
	var st unix.Statfs_t
	if unix.Statfs(dir, &st) != nil {
		return 0, false
	}
	return uint64(st.Bavail) * uint64(st.Bsize), true
}
