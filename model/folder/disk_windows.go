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

func isFull(err error) bool { return errors.Is(err, windows.ERROR_DISK_FULL) }
