//go:build unix

package sheet

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"qingfeng/model"
)

// A device or a pipe is refused before it is opened: it may never end, or wait
// for ever for somebody to write.
func TestRefusesDevicesAndPipes(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "管道.xlsx")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/dev/zero", "/dev/null", pipe} {
		if _, err := Open(path); model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), filepath.Base(path)+" 不是普通的文件") {
			t.Errorf("%s: %v", path, err)
		}
	}
}
