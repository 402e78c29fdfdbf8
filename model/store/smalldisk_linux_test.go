package store

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// smallDisk is a disk that a test can fill and write-protect.
type smallDisk struct {
	dir    string
	filler string
}

// smallSize has room for a folder, its log and a key change.
const smallSize = "size=8m"

// onSmallDisk runs a test with a disk of a few megabytes. Who may not mount one
// starts the test again as the root of a user namespace; where that is
// forbidden too, the test is skipped.
func onSmallDisk(t *testing.T, test func(t *testing.T, d smallDisk)) {
	t.Helper()
	dir := t.TempDir()
	err := unix.Mount("tmpfs", dir, "tmpfs", 0, smallSize)
	if errors.Is(err, unix.EPERM) {
		againAsRoot(t)
		return
	}
	ok(t, err)
	t.Cleanup(func() { unix.Unmount(dir, unix.MNT_DETACH) })
	test(t, smallDisk{dir, filepath.Join(dir, "占满")})
}

func againAsRoot(t *testing.T) {
	t.Helper()
	if out, err := exec.Command("unshare", "-rm", "true").CombinedOutput(); err != nil {
		t.Skipf("no small disk: mounting is for root, and a user namespace of our own is refused: %v %s", err, out)
	}
	out, err := exec.Command("unshare", "-rm", os.Args[0], "-test.v", "-test.count=1", "-test.run=^"+strings.ReplaceAll(t.Name(), "/", "$/^")+"$").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Fatalf("in a namespace of its own: %v\n%s", err, out)
	}
}

const block = 4096 // bytes, what the disk gives and takes at once

// fill leaves that many blocks free.
func (d smallDisk) fill(t *testing.T, left int) {
	t.Helper()
	var st unix.Statfs_t
	ok(t, unix.Statfs(d.dir, &st))
	ok(t, os.WriteFile(d.filler, make([]byte, max(0, int(st.Bavail)-left)*block), 0o600))
	ok(t, unix.Statfs(d.dir, &st))
	if int(st.Bavail) != left {
		t.Fatalf("%d blocks are free, want %d", st.Bavail, left)
	}
}

// empty gives all space back.
func (d smallDisk) empty(t *testing.T) {
	t.Helper()
	ok(t, os.Remove(d.filler))
}

// protect makes the disk read-only, or writable again. Nobody may have a file
// of it open.
func (d smallDisk) protect(t *testing.T, on bool) {
	t.Helper()
	flags := uintptr(unix.MS_REMOUNT)
	if on {
		flags |= unix.MS_RDONLY
	}
	ok(t, unix.Mount("", d.dir, "", flags, smallSize))
}
