// Package viewer hands files to the programs that the system has for them.
package viewer

import "golang.org/x/sys/windows"

// Open shows a file with the program that Windows has for it. A path goes
// through ShellExecute as it is; as a URL its Chinese would be escaped.
func Open(path string) error {
	file, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return err
	}
	verb, err := windows.UTF16PtrFromString("open")
	if err != nil {
		return err
	}
	return windows.ShellExecute(0, verb, file, nil, nil, windows.SW_SHOWNORMAL)
}
