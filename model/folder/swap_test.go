package folder

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"qingfeng/model"
)

// What a data folder and a restored set may hold. Every content is its own, so
// that a file that is lost or doubled shows.
var (
	presentFiles = map[string]string{
		databaseName:              "present database",
		databaseName + "-wal":     "present wal",
		databaseName + "-shm":     "present shm",
		databaseName + "-journal": "present journal",
		sumName:                   "present sum",
		"attachments/ab/ab12.age": "present scan",
		"attachments/cd34.age":    "second present scan",
		"assets/commitment.toml":  "present text",
	}
	restoredFiles = map[string]string{
		databaseName:              "restored database",
		"attachments/ab/ab12.age": "restored scan",
		"assets/commitment.toml":  "restored text",
		"assets/lists/posts.toml": "restored list",
	}
	untouchedFiles = map[string]string{
		"backups/清风备份-20261120-080000-每日.qfbak": "a backup",
		"logs/qingfeng.log": "a log",
		"output/承诺书.pdf":    "a paper",
		"备注.txt":            "a file of the office",
	}
)

func fill(t T, dir string, content map[string]string) {
	t.Helper()
	for name, text := range content {
		put(t, filepath.Join(dir, filepath.FromSlash(name)), text)
	}
}

// restoring is a folder with present data and a prepared restore.
func restoring(t T, dir string, present, restored map[string]string) *Folder {
	t.Helper()
	f := take(t, dir)
	fill(t, dir, present)
	fill(t, dir, untouchedFiles)
	set, err := f.NewRestored(noon)
	if err != nil {
		t.Fatal(err)
	}
	fill(t, set, restored)
	if err := f.PrepareSwap(set, noon); err != nil {
		t.Fatal(err)
	}
	if !f.PendingSwap() {
		t.Fatal("the restore is not pending")
	}
	return f
}

// swappedFiles is what the folder holds after a restore.
func swappedFiles(present, restored map[string]string) map[string]string {
	want := maps.Clone(untouchedFiles)
	maps.Copy(want, restored)
	for name, text := range present {
		want["before-restore-20261121-120000/"+name] = text
	}
	return want
}

func sameFiles(t T, got, want map[string]string) {
	t.Helper()
	if !maps.Equal(got, want) {
		t.Fatalf("the folder holds\n%v\nwant\n%v", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
	}
}

// finish ends a restore and looks at what came of it.
func finish(t T, f *Folder, present, restored map[string]string) {
	t.Helper()
	kept, err := f.FinishSwap()
	if err != nil {
		t.Fatal(err)
	}
	if want := f.path("before-restore-20261121-120000"); len(present) > 0 && kept != want || len(present) == 0 && kept != "" {
		t.Errorf("the old data is said to be in %q", kept)
	}
	sameFiles(t, files(t, f.dir), swappedFiles(present, restored))
	if f.PendingSwap() || taken(f.path(swapName)) || taken(f.path("restored-20261121-120000")) {
		t.Errorf("the restore left something behind")
	}
	if !taken(f.Attachments()) {
		t.Errorf("there is no folder for attachments")
	}
	if kept, err := f.FinishSwap(); kept != "" || err != nil {
		t.Errorf("once more: %q, %v", kept, err)
	}
}

func without(all map[string]string, names ...string) map[string]string {
	left := maps.Clone(all)
	for name := range all {
		if slices.Contains(names, strings.Split(name, "/")[0]) {
			delete(left, name)
		}
	}
	return left
}

var swapCases = map[string]struct{ present, restored map[string]string }{
	"all":                  {presentFiles, restoredFiles},
	"database only":        {presentFiles, without(restoredFiles, "assets", "attachments")},
	"backup without texts": {presentFiles, without(restoredFiles, "assets")},
	"closed database":      {without(presentFiles, databaseName+"-wal", databaseName+"-shm", databaseName+"-journal"), restoredFiles},
	"database was lost":    {without(presentFiles, databaseName), restoredFiles},
	"new folder":           {nil, restoredFiles},
	"restored with journal": {presentFiles, map[string]string{
		databaseName: "restored database", databaseName + "-wal": "restored wal", databaseName + "-shm": "restored shm"}},
}

func TestARestoredSetTakesThePlaceOfThePresentData(t *testing.T) {
	for name, c := range swapCases {
		t.Run(name, func(t *testing.T) {
			f := restoring(t, filepath.Join(t.TempDir(), "清风 数据"), c.present, c.restored)
			defer f.Close()
			finish(t, f, c.present, c.restored)
		})
	}
}

// Each rename of a restore in turn is the last thing that happens; then the
// program starts again.
func TestARestoreGoesOnAfterAnEndAnywhere(t *testing.T) {
	for name, c := range swapCases {
		for _, how := range ends {
			t.Run(name+", "+how, func(t *testing.T) {
				for n := 1; stopsOnce(t, c.present, c.restored, n, how); n++ {
					if n > 50 {
						t.Fatal("no end of renames")
					}
				}
			})
		}
	}
}

// stopsOnce reports whether the restore had a rename number n.
func stopsOnce(t *testing.T, present, restored map[string]string, n int, how string) bool {
	f := restoring(t, filepath.Join(t.TempDir(), "清风 数据"), present, restored)
	defer func() { f.Close() }()
	all := contents(files(t, f.dir))
	stopped := true
	func() {
		defer stopAt(n, how)()
		err := survive(func() error {
			_, err := f.FinishSwap()
			stopped = false
			return err
		})
		if how == "refused" && err != nil {
			stopped = true
			if model.CodeOf(err) != model.Storage || !strings.Contains(err.Error(), "数据都还在") {
				t.Errorf("error %v", err)
			}
		}
	}()
	if !stopped {
		return false
	}
	if got := contents(files(t, f.dir)); got != all {
		t.Fatalf("after rename %d %s:\n%s\nwant each once\n%s", n, how, got, all)
	}
	if !f.PendingSwap() || !Exists(f.dir) {
		t.Fatalf("after rename %d %s the restore is forgotten", n, how)
	}
	f = again(t, f)
	finish(t, f, present, restored)
	return true
}

// Any two sets, and any number of ends.
func TestARestoreLosesNothing(t *testing.T) {
	root := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp(root, "")
		if err != nil {
			t.Fatal(err)
		}
		pick := func(from map[string]string, label string) map[string]string {
			some := map[string]string{}
			for _, name := range slices.Sorted(maps.Keys(from)) {
				if rapid.Bool().Draw(t, label+name) {
					some[name] = from[name]
				}
			}
			return some
		}
		present, restored := pick(presentFiles, "present "), pick(restoredFiles, "restored ")
		restored[databaseName] = restoredFiles[databaseName]
		f := restoring(t, dir, present, restored)
		defer func() { f.Close() }()
		all := contents(files(t, dir))
		for _, n := range rapid.SliceOfN(rapid.IntRange(1, 4), 0, 12).Draw(t, "ends") {
			func() {
				defer stopAt(n, rapid.SampledFrom(ends).Draw(t, "how"))()
				survive(func() error { _, err := f.FinishSwap(); return err })
			}()
			if got := contents(files(t, dir)); got != all {
				t.Fatalf("%s\nwant each once\n%s", got, all)
			}
			if !f.PendingSwap() {
				sameFiles(t, files(t, dir), swappedFiles(present, restored))
				return
			}
			if rapid.Bool().Draw(t, "starts again") {
				f = again(t, f)
			}
		}
		finish(t, f, present, restored)
	})
}

// The steps of a restore that are no renames.
func TestARestoreGoesOnAfterAnEndBesideTheRenames(t *testing.T) {
	set := "restored-20261121-120000"
	t.Run("folder for the old data just made", func(t *testing.T) {
		f := restoring(t, t.TempDir(), presentFiles, restoredFiles)
		os.Mkdir(f.path("before-restore-20261121-120000"), 0o700)
		f = again(t, f)
		defer f.Close()
		finish(t, f, presentFiles, restoredFiles)
	})
	t.Run("note emptied, not yet removed", func(t *testing.T) {
		f := restoring(t, t.TempDir(), presentFiles, restoredFiles)
		f.FinishSwap()
		put(t, f.path(swapName), "")
		f = again(t, f)
		defer f.Close()
		if kept, err := f.FinishSwap(); f.PendingSwap() || kept != "" || err != nil {
			t.Errorf("pending %v, kept %q, error %v", f.PendingSwap(), kept, err)
		}
		sameFiles(t, files(t, f.dir), swappedFiles(presentFiles, restoredFiles))
		next, _ := f.NewRestored(noon)
		fill(t, next, map[string]string{databaseName: "later"})
		if err := f.PrepareSwap(next, noon); err != nil {
			t.Errorf("another restore: %v", err)
		}
	})
	t.Run("note removed, empty folder left", func(t *testing.T) {
		f := restoring(t, t.TempDir(), presentFiles, restoredFiles)
		f.FinishSwap()
		os.Mkdir(f.path(set), 0o700)
		age(t, f.path(set), 25*time.Hour)
		f = again(t, f)
		defer f.Close()
		if taken(f.path(set)) {
			t.Error("it stays for ever")
		}
	})
	t.Run("note back after work on the restored data", func(t *testing.T) {
		f := restoring(t, t.TempDir(), presentFiles, restoredFiles)
		defer f.Close()
		note, _ := os.ReadFile(f.path(swapName))
		f.FinishSwap()
		put(t, f.path(swapName), string(note))
		put(t, f.Database()+"-wal", "new work")
		if _, err := f.FinishSwap(); err != nil {
			t.Fatal(err)
		}
		want := swappedFiles(presentFiles, restoredFiles)
		want[databaseName+"-wal"] = "new work"
		sameFiles(t, files(t, f.dir), want)
	})
}

func age(t T, path string, by time.Duration) {
	t.Helper()
	then := time.Now().Add(-by)
	if err := os.Chtimes(path, then, then); err != nil {
		t.Fatal(err)
	}
}

func TestARestoredSetThatVanishedIsSaid(t *testing.T) {
	f := restoring(t, t.TempDir(), presentFiles, restoredFiles)
	defer f.Close()
	os.RemoveAll(f.path("restored-20261121-120000/attachments"))
	before := files(t, f.dir)
	if _, err := f.FinishSwap(); model.CodeOf(err) != model.NotFound || f.PendingSwap() {
		t.Errorf("before the first step: pending %v, %v", f.PendingSwap(), err)
	}
	sameFiles(t, files(t, f.dir), before)

	f2 := restoring(t, t.TempDir(), presentFiles, restoredFiles)
	defer f2.Close()
	func() {
		defer stopAt(9, "refused")() // the restored database is in its place then
		f2.FinishSwap()
	}()
	os.RemoveAll(f2.path("restored-20261121-120000"))
	os.Remove(f2.Attachments())
	if _, err := f2.FinishSwap(); model.CodeOf(err) != model.Storage || !strings.Contains(err.Error(), "before-restore-20261121-120000") || !f2.PendingSwap() {
		t.Errorf("in the middle: pending %v, %v", f2.PendingSwap(), err)
	}
}

func TestAPlaceThatIsTakenStopsTheRestore(t *testing.T) {
	for _, name := range []string{databaseName, "attachments/ff.age"} {
		f := restoring(t, t.TempDir(), presentFiles, restoredFiles)
		defer f.Close()
		fill(t, f.path("before-restore-20261121-120000"), map[string]string{name: "a stranger"})
		all := contents(files(t, f.dir))
		if _, err := f.FinishSwap(); model.CodeOf(err) != model.Storage || !f.PendingSwap() {
			t.Errorf("%s: pending %v, %v", name, f.PendingSwap(), err)
		}
		if got := contents(files(t, f.dir)); got != all {
			t.Errorf("%s\nwant each once\n%s", got, all)
		}
	}
}

func TestADamagedNoteMovesNothing(t *testing.T) {
	for _, note := range []string{
		"{", "{}", `null`,
		`{"restored":"restored-1","kept":"before-restore-1","names":[]}`,
		`{"restored":"restored-1","kept":"before-restore-1","names":["attachments"]}`,
		`{"restored":"restored-1","kept":"before-restore-1","names":["qingfeng.db","backups"]}`,
		`{"restored":"restored-1","kept":"before-restore-1","names":["qingfeng.db","../qingfeng.db"]}`,
		`{"restored":"restored-1/../..","kept":"before-restore-1","names":["qingfeng.db"]}`,
		`{"restored":"restored-1","kept":"before-restore-1/../../x","names":["qingfeng.db"]}`,
		`{"restored":"backups","kept":"before-restore-1","names":["qingfeng.db"]}`,
		`{"restored":"restored-1","kept":"logs","names":["qingfeng.db"]}`,
	} {
		f := newFolder(t)
		fill(t, f.dir, presentFiles)
		put(t, f.path("restored-1/qingfeng.db"), "restored database")
		put(t, f.path(swapName), note)
		before := files(t, f.dir)
		if _, err := f.FinishSwap(); model.CodeOf(err) != model.Storage || !f.PendingSwap() {
			t.Errorf("%s: %v", note, err)
		}
		sameFiles(t, files(t, f.dir), before)
	}
}

func TestARestoreIsPreparedWholeOrNotAtAll(t *testing.T) {
	f := newFolder(t)
	set, _ := f.NewRestored(noon)
	fill(t, set, restoredFiles)
	for _, how := range []string{"refused", "killed before"} {
		func() {
			defer stopAt(1, how)()
			survive(func() error { return f.PrepareSwap(set, noon) })
		}()
		if f.PendingSwap() {
			t.Errorf("%s: pending", how)
		}
	}
	if err := f.PrepareSwap(set, noon); err != nil {
		t.Fatal(err)
	}
	if err := f.PrepareSwap(set, noon); model.CodeOf(err) != model.Conflict {
		t.Errorf("a second one while the first waits: %v", err)
	}
}

// Two restores in a second keep both old sets.
func TestNoFolderIsUsedTwice(t *testing.T) {
	f := restoring(t, t.TempDir(), map[string]string{databaseName: "first"}, map[string]string{databaseName: "second"})
	defer f.Close()
	one, err := f.FinishSwap()
	if err != nil {
		t.Fatal(err)
	}
	set, _ := f.NewRestored(noon)
	other, _ := f.NewRestored(noon)
	if set == other {
		t.Errorf("%s twice", set)
	}
	put(t, filepath.Join(set, databaseName), "third")
	if err := f.PrepareSwap(set, noon); err != nil {
		t.Fatal(err)
	}
	two, err := f.FinishSwap()
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{f.Database(): "third", filepath.Join(one, databaseName): "first", filepath.Join(two, databaseName): "second"} {
		if got, _ := os.ReadFile(path); string(got) != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}
