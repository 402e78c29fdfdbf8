package folder

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"qingfeng/model"
)

var kinds = []BackupKind{Daily, OnDemand, BeforeMigration}

func TestABackupIsNamedByItsMomentAndKind(t *testing.T) {
	at := time.Date(2026, 11, 21, 8, 30, 0, 123, time.Local)
	if got, want := BackupName(at.UTC(), Daily), "清风备份-20261121-083000-每日.qfbak"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	dir := t.TempDir()
	for _, want := range []string{"清风备份-20261121-083000-手动.qfbak", "清风备份-20261121-083000-手动-2.qfbak", "清风备份-20261121-083000-手动-3.qfbak"} {
		path := FreeBackupPath(dir, at, OnDemand)
		if filepath.Base(path) != want {
			t.Errorf("%s, want %s", path, want)
		}
		put(t, path, want)
	}
}

func TestBackupsAreListedNewestFirst(t *testing.T) {
	dir := t.TempDir()
	want := []string{
		"清风备份-20261121-083000-每日-10.qfbak",
		"清风备份-20261121-083000-每日-2.qfbak",
		"清风备份-20261121-083000-每日.qfbak",
		"清风备份-20261121-082959-升级前.qfbak",
		"清风备份-20251231-235959-手动.qfbak",
	}
	for _, name := range append(slices.Clone(want),
		"清风备份-20261121-083000-每日.qfbak.part", "清风备份-20261121-083000-每月.qfbak", "清风备份-20261341-083000-每日.qfbak",
		"清风备份-20261121-083000-每日 (2).qfbak", "副本 清风备份-20261121-083000-每日.qfbak", "before-schema-2-20261121-083000.db",
		"清风备份-20261121-083000-每日-.qfbak", ".qingfeng-123") {
		put(t, filepath.Join(dir, name), name)
	}
	os.Mkdir(filepath.Join(dir, "清风备份-20261122-083000-每日.qfbak"), 0o700)
	got, err := Backups(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, b := range got {
		names = append(names, filepath.Base(b.Path))
		if b.Size != int64(len(filepath.Base(b.Path))) || filepath.Dir(b.Path) != dir {
			t.Errorf("%+v", b)
		}
	}
	if !slices.Equal(names, want) {
		t.Errorf("%q\nwant\n%q", names, want)
	}
	if b := got[3]; b.Kind != BeforeMigration || !b.At.Equal(time.Date(2026, 11, 21, 8, 29, 59, 0, time.Local)) {
		t.Errorf("%+v", b)
	}
}

func TestADiskThatIsNotThereHasNoBackups(t *testing.T) {
	if _, err := Backups(filepath.Join(t.TempDir(), "U盘")); model.CodeOf(err) != model.Storage {
		t.Errorf("listing: %v", err)
	}
	if _, err := Prune(filepath.Join(t.TempDir(), "U盘"), KeptBackups); model.CodeOf(err) != model.Storage {
		t.Errorf("pruning: %v", err)
	}
}

// Whatever backups there are: those a person asked for stay, the newest of the
// other kinds stay, nothing else does, and no other file is touched.
func TestPruningKeepsTheNewestOfEachKind(t *testing.T) {
	root := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp(root, "")
		if err != nil {
			t.Fatal(err)
		}
		strangers := []string{"备注.txt", "清风备份-20200101-000000-每年.qfbak", "before-schema-2-20200101-000000.db"}
		for _, name := range strangers {
			put(t, filepath.Join(dir, name), name)
		}
		keep := rapid.IntRange(-1, 4).Draw(t, "keep")
		made := map[BackupKind][]string{} // oldest first
		at := noon
		for range rapid.IntRange(0, 20).Draw(t, "backups") {
			// 0: several in the same second
			at = at.Add(time.Duration(rapid.IntRange(0, 2).Draw(t, "seconds")) * time.Second)
			kind := rapid.SampledFrom(kinds).Draw(t, "kind")
			path := FreeBackupPath(dir, at, kind)
			put(t, path, path)
			made[kind] = append(made[kind], path)
		}
		var wantGone []string
		for _, kind := range []BackupKind{Daily, BeforeMigration} {
			all := made[kind]
			wantGone = append(wantGone, all[:max(0, len(all)-max(keep, 1))]...)
		}
		removed, err := Prune(dir, keep)
		if err != nil {
			t.Fatal(err)
		}
		if !maps.Equal(set(removed), set(wantGone)) {
			t.Fatalf("removed %q\nwant %q", removed, wantGone)
		}
		stay := len(strangers) + len(made[Daily]) + len(made[OnDemand]) + len(made[BeforeMigration]) - len(removed)
		if left, _ := os.ReadDir(dir); len(left) != stay {
			t.Fatalf("%d files stay, want %d", len(left), stay)
		}
	})
}

func set(names []string) map[string]bool {
	s := map[string]bool{}
	for _, name := range names {
		s[name] = true
	}
	return s
}

func TestFourteenDaysStay(t *testing.T) {
	dir := t.TempDir()
	for d := range 20 {
		put(t, FreeBackupPath(dir, noon.AddDate(0, 0, d), Daily), fmt.Sprint(d))
	}
	if removed, err := Prune(dir, KeptBackups); err != nil || len(removed) != 6 {
		t.Errorf("removed %d, %v", len(removed), err)
	}
	left, _ := Backups(dir)
	if len(left) != 14 || !left[13].At.Equal(noon.AddDate(0, 0, 6)) {
		t.Errorf("%d stay", len(left))
	}
}

func TestFreeSpaceIsThatOfADiskThatIsThere(t *testing.T) {
	if n, ok := FreeSpace(t.TempDir()); !ok || n == 0 {
		t.Errorf("%d bytes, %v", n, ok)
	}
	if n, ok := FreeSpace(filepath.Join(t.TempDir(), "U盘")); ok {
		t.Errorf("a missing folder has %d bytes", n)
	}
}
