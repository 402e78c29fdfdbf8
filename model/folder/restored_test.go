package folder

import (
	"path/filepath"
	"testing"
	"time"

	"qingfeng/model"
)

func TestWhatIsNoRestoredSetIsRefused(t *testing.T) {
	f := newFolder(t)
	fill(t, f.dir, presentFiles)
	for name, c := range map[string]struct {
		dir  string
		set  map[string]string
		want model.Code
	}{
		"without a database":    {f.path("restored-1"), map[string]string{"assets/a.toml": "a"}, model.Invalid},
		"an empty database":     {f.path("restored-2"), map[string]string{databaseName: ""}, model.Invalid},
		"something else inside": {f.path("restored-3"), map[string]string{databaseName: "x", "backups/a.qfbak": "a"}, model.Invalid},
		"missing":               {f.path("restored-4"), nil, model.Storage},
		"another folder":        {f.Backups(), map[string]string{databaseName: "x"}, model.Invalid},
		"outside":               {filepath.Join(t.TempDir(), "restored-5"), map[string]string{databaseName: "x"}, model.Invalid},
	} {
		fill(t, c.dir, c.set)
		if err := f.PrepareSwap(c.dir, noon); model.CodeOf(err) != c.want || f.PendingSwap() {
			t.Errorf("%s: pending %v, %v", name, f.PendingSwap(), err)
		}
	}
}

func TestLeftoversOfARestoreGo(t *testing.T) {
	f := newFolder(t)
	fresh, _ := f.NewRestored(noon)
	old, _ := f.NewRestored(noon)
	put(t, filepath.Join(old, databaseName), "half")
	put(t, filepath.Join(old, "attachments/a.age"), "half a scan")
	age(t, old, 25*time.Hour)
	f = again(t, f)
	if taken(old) || !taken(fresh) {
		t.Errorf("old there: %v, fresh there: %v", taken(old), taken(fresh))
	}
	put(t, filepath.Join(fresh, databaseName), "whole")
	if err := f.PrepareSwap(fresh, noon); err != nil {
		t.Fatal(err)
	}
	age(t, fresh, 25*time.Hour)
	f = again(t, f)
	defer f.Close()
	if !taken(fresh) {
		t.Fatal("a set that waits was swept away")
	}
	if err := f.DropRestored(fresh); model.CodeOf(err) != model.Conflict || !taken(fresh) {
		t.Errorf("a set that waits was dropped: %v", err)
	}
}

func TestOnlyARestoredSetIsDropped(t *testing.T) {
	f := newFolder(t)
	fill(t, f.dir, presentFiles)
	before := files(t, f.dir)
	for _, dir := range []string{f.dir, f.Attachments(), f.path("restored-1/../attachments"), f.path("attachments/restored-1"), ""} {
		if err := f.DropRestored(dir); model.CodeOf(err) != model.Conflict {
			t.Errorf("%q: %v", dir, err)
		}
	}
	sameFiles(t, files(t, f.dir), before)
	set, _ := f.NewRestored(noon)
	fill(t, set, restoredFiles)
	if err := f.DropRestored(set); err != nil || taken(set) {
		t.Errorf("there %v, %v", taken(set), err)
	}
}
