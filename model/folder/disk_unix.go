//go:build !windows

package folder

import (
	"errors"
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
