//go:build !windows

// Package viewer hands files to the programs that the system has for them.
package viewer

import (
	"os/exec"
	"runtime"
)

// Open shows a file with the program that the system has for it. It may take
// a while and returns an error when there is none.
func Open(path string) error {
	if runtime.GOOS == "darwin" {
		return exec.Command("open", path).Run()
	}
	return exec.Command("xdg-open", path).Run()
}
