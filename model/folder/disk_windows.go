package folder

import (
	"errors"
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

func onNetwork(dir string) bool {
	if strings.HasPrefix(dir, `\\`) {
		return true
	}
	root, err := windows.UTF16PtrFromString(filepath.VolumeName(dir) + `\`)
	return err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOTE
}

func isFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}

func isProtected(err error) bool { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }

// isBusy reports whether another program, such as a virus scanner, has the
// file open. Windows says "access denied" when it is one inside a folder.
func isBusy(err error) bool {
	return errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_ACCESS_DENIED)
}

// syncDir has nothing to do: renames are written through.
func syncDir(string) {}

// FreeSpace is the number of bytes that this user can still write into dir; ok
// is false when the disk does not tell, or dir is missing.
func FreeSpace(dir string) (bytes uint64, ok bool) {
	path, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, false
	}
	err = windows.GetDiskFreeSpaceEx(path, &bytes, nil, nil)
	return bytes, err == nil
}
