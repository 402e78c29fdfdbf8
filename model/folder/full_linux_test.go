package folder

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"qingfeng/model"
)

// smallDisk is a disk of a quarter of a megabyte. Only who may mount has one.
func smallDisk(t *testing.T) string {
	dir := t.TempDir()
	err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=256k")
	if errors.Is(err, unix.EPERM) {
		t.Skip("mounting is not allowed here")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { unix.Unmount(dir, unix.MNT_DETACH) })
	return dir
}

// fillUp leaves no byte on a disk.
func fillUp(t *testing.T, dir string) {
	file, err := os.Create(filepath.Join(dir, "占满"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for err == nil {
		_, err = file.Write(make([]byte, 4096))
	}
	if !isFull(err) {
		t.Fatal(err)
	}
	if free, ok := FreeSpace(dir); !ok || free != 0 {
		t.Errorf("%d bytes free on a full disk, %v", free, ok)
	}
}

func TestAFullDiskHasNoSumAndNoAlarm(t *testing.T) {
	dir := smallDisk(t)
	f := take(t, dir)
	defer f.Close()
	put(t, f.Database(), database)
	fillUp(t, dir)
	if err := f.SealDatabase(); err != nil {
		t.Error(err)
	}
	if got := verdict(t, f); got != SumUnknown || taken(f.path(sumName)) {
		t.Errorf("verdict %d, sum there: %v", got, taken(f.path(sumName)))
	}
	os.Remove(filepath.Join(dir, "占满"))
	f.SealDatabase()
	if got := verdict(t, f); got != SumMatches {
		t.Errorf("with space again: verdict %d", got)
	}
	fillUp(t, dir)
	if err := f.UnsealDatabase(); err != nil || taken(f.path(sumName)) {
		t.Errorf("unsealing on a full disk: %v", err)
	}
}

func TestAFullDiskStopsARestoreBeforeItBegins(t *testing.T) {
	dir := smallDisk(t)
	f := take(t, dir)
	defer f.Close()
	fill(t, dir, presentFiles)
	set, _ := f.NewRestored(noon)
	fill(t, set, restoredFiles)
	fillUp(t, dir)
	before := contents(files(t, dir))
	if err := f.PrepareSwap(set, noon); model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), "磁盘已满") || f.PendingSwap() {
		t.Errorf("pending %v, %v", f.PendingSwap(), err)
	}
	if contents(files(t, dir)) != before {
		t.Error("files changed")
	}
}

func TestAFullDiskKeepsNoHalfCopy(t *testing.T) {
	src, _ := bigFile(t)
	dir := smallDisk(t)
	free, ok := FreeSpace(dir)
	if !ok || free != 256<<10 {
		t.Errorf("%d bytes free, %v", free, ok)
	}
	err := CopyFile(filepath.Join(dir, filepath.Base(src)), src)
	if model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), "磁盘已满") {
		t.Errorf("error %v", err)
	}
	if left := files(t, dir); len(left) > 0 {
		t.Errorf("left %d files", len(left))
	}
}
