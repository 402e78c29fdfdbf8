package store

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/folder"
)

// untilDone tries something with ever more space until it works, and checks
// that it failed before.
func untilDone(t *testing.T, d smallDisk, try func(left int) error) {
	t.Helper()
	for left := 0; ; left += 1 + left/4 {
		d.fill(t, left)
		err := try(left)
		d.empty(t)
		wantFull(t, err)
		switch {
		case err == nil && left == 0:
			t.Fatal("a full disk was no hindrance")
		case err == nil:
			return
		case left > 1000:
			t.Fatal("it never works")
		}
	}
}

// onDisk are the names of all files and folders of a disk.
func onDisk(t *testing.T, d smallDisk) []string {
	t.Helper()
	entries, err := os.ReadDir(d.dir)
	ok(t, err)
	var names []string
	for _, e := range entries {
		if e.Name() != filepath.Base(d.filler) {
			names = append(names, e.Name())
		}
	}
	return names
}

// The data lies on a disk with space, the backup and the paper go to a stick
// without.
func TestAFullStickGetsNothing(t *testing.T) {
	onSmallDisk(t, func(t *testing.T, d smallDisk) {
		ctx := context.Background()
		s := openTest(t)
		letter(t, s)
		before := dump(t, s)
		for name, write := range map[string]func(path string) error{
			"备份.qfbak": func(path string) error {
				_, err := s.Backup(ctx, folder.OnDemand, path)
				return err
			},
			"承诺书.pdf": func(path string) error {
				return folder.WriteFile(path, func(w io.Writer) error {
					_, err := w.Write(make([]byte, 50_000))
					return err
				})
			},
		} {
			untilDone(t, d, func(left int) error {
				err := write(filepath.Join(d.dir, name))
				if diff := differences(before, dump(t, s)); err != nil && diff != nil {
					t.Errorf("%s with %d blocks: %v", name, left, diff)
				}
				if there := slices.Contains(onDisk(t, d), name); there != (err == nil) || len(onDisk(t, d)) > 1 {
					t.Errorf("%s with %d blocks: the stick holds %v", name, left, onDisk(t, d))
				}
				return err
			})
			if strings.HasSuffix(name, ".qfbak") {
				must[Manifest](t)(s.VerifyBackup(ctx, filepath.Join(d.dir, name)))
			}
			before = dump(t, s)
			ok(t, os.Remove(filepath.Join(d.dir, name)))
		}

		// The second folder of backups: the first has its backup all the same.
		ok(t, s.SaveSetting(ctx, BackupFolder, d.dir))
		untilDone(t, d, func(left int) error {
			made := must[BackupResult](t)(s.Backup(ctx, folder.Daily, ""))
			must[Manifest](t)(s.VerifyBackup(ctx, made.Path))
			if there := len(onDisk(t, d)) == 1; there != (made.CopyError == nil) || there != (made.Copy != "") {
				t.Errorf("with %d blocks: %v, and the stick holds %v", left, made.CopyError, onDisk(t, d))
			}
			return made.CopyError
		})
		clean(t, s)
	})
}

// A key change may stop half-way; everything can be read meanwhile, and it goes
// on once there is space.
func TestAKeyChangeOnAFullDisk(t *testing.T) {
	onSmallDisk(t, func(t *testing.T, d smallDisk) {
		smallBatches(t)
		s := openIn(t, filepath.Join(d.dir, "清风 数据"))
		defer shut(s)
		id := sensitiveCrowd(t, s, rekeyPeople, rekeyFiles)
		ok(t, s.writer.Exec(`PRAGMA wal_checkpoint(TRUNCATE)`).Error) // or the log has room for all
		begun := 0
		untilDone(t, d, func(int) error {
			err := s.Rekey(context.Background(), nil)
			wantCrowd(t, s, rekeyPeople, rekeyFiles, id)
			if must[bool](t)(s.Rekeying(context.Background())) {
				begun++
			}
			return err
		})
		t.Logf("stopped %d times half-way", begun)
		if begun == 0 {
			t.Error("it never stopped half-way")
		}
		onlyKey(t, s, 2)
		wantCrowd(t, s, rekeyPeople, rekeyFiles, id)
	})
}

// A restore that finds no space leaves the data as it is.
func TestARestoreOnAFullDisk(t *testing.T) {
	onSmallDisk(t, func(t *testing.T, d smallDisk) {
		ctx := context.Background()
		s := officeOn(t, d)
		dir, path := s.folder.Dir(), filepath.Join(t.TempDir(), "备份.qfbak")
		must[BackupResult](t)(s.Backup(ctx, folder.OnDemand, path))
		before := dump(t, s, ofTrail...)
		must[RosterPlan](t)(s.ImportRoster(ctx, "花名册.xlsx", newcomers("R", 50), RosterAnswers{}))
		shut(s)
		content := must[[]byte](t)(os.ReadFile(filepath.Join(dir, databaseEntry)))
		untilDone(t, d, func(left int) error {
			f, err := folder.Open(dir, folder.Holder{Program: "测试", Since: noon})
			if err != nil {
				return err
			}
			defer f.Close()
			_, err = Restore(ctx, f, path, password, cheap.Now)
			if err != nil && (string(content) != string(must[[]byte](t)(os.ReadFile(f.Database()))) || f.PendingSwap()) {
				t.Fatalf("with %d blocks: the database is another, or the restore pending: %v", left, f.PendingSwap())
			}
			if half := must[[]string](t)(folder.Named(dir, "restored-")); len(half) > 0 {
				t.Errorf("with %d blocks: left %v", left, half)
			}
			return err
		})
		s = openIn(t, dir)
		defer shut(s)
		if diff := differences(before, dump(t, s, ofTrail...)); diff != nil {
			t.Errorf("restored %v", diff)
		}
		clean(t, s)
	})
}

// wantProtected checks that an error says that the disk is read-only and what
// to do.
func wantProtected(t *testing.T, err error) {
	t.Helper()
	wantSentence(t, err)
	if err == nil || !strings.Contains(err.Error(), "只读") || !strings.Contains(err.Error(), "请") {
		t.Errorf("it says %v", err)
	}
}

func TestAReadOnlyFolderDoesNotOpen(t *testing.T) {
	onSmallDisk(t, func(t *testing.T, d smallDisk) {
		s := officeOn(t, d)
		dir, before := s.folder.Dir(), dump(t, s, ofTrail...)
		shut(s)
		d.protect(t, true)
		for range 2 {
			_, err := start(dir)
			wantProtected(t, err)
			_, err = start(filepath.Join(d.dir, "新 文件夹"))
			wantProtected(t, err)
		}
		d.protect(t, false)
		s = openIn(t, dir)
		defer shut(s)
		if diff := differences(before, dump(t, s, ofTrail...)); diff != nil {
			t.Errorf("changed %v", diff)
		}
		clean(t, s)
	})
}

// Nothing can be written onto a write-protected stick; what lies there can be
// looked at and restored from.
func TestAReadOnlyStick(t *testing.T) {
	onSmallDisk(t, func(t *testing.T, d smallDisk) {
		ctx := context.Background()
		s := openTest(t)
		letter(t, s)
		path := filepath.Join(d.dir, "备份.qfbak")
		must[BackupResult](t)(s.Backup(ctx, folder.OnDemand, path))
		ok(t, s.SaveSetting(ctx, BackupFolder, d.dir))
		d.protect(t, true)
		before := dump(t, s)
		_, err := s.Backup(ctx, folder.OnDemand, filepath.Join(d.dir, "另一份.qfbak"))
		wantProtected(t, err)
		wantProtected(t, folder.WriteFile(filepath.Join(d.dir, "承诺书.pdf"), func(io.Writer) error { return nil }))
		if diff := differences(before, dump(t, s)); diff != nil {
			t.Errorf("changed %v", diff)
		}
		made := must[BackupResult](t)(s.Backup(ctx, folder.OnDemand, ""))
		wantProtected(t, made.CopyError)
		must[Manifest](t)(s.VerifyBackup(ctx, path))
		dir := s.folder.Dir()
		shut(s)
		must[Restored](t)(restored(t, dir, path, password))
		s = openIn(t, dir)
		clean(t, s)
		if got := must[string](t)(s.Setting(ctx, BackupFolder)); got != "" {
			t.Errorf("the second folder is %q as after the backup", got)
		}
		if there := onDisk(t, d); len(there) != 1 {
			t.Errorf("the stick holds %v", there)
		}
		wantCode(t, made.CopyError, model.Invalid)
	})
}
