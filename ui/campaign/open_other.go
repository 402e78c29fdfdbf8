//go:build !windows

package campaign

import (
	"os/exec"
	"runtime"
)

// openFile shows a file with the program that the system has for it.
func openFile(path string) error {
	if runtime.GOOS == "darwin" {
		return exec.Command("open", path).Run()
	}
	return exec.Command("xdg-open", path).Run()
}
