package folder

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"qingfeng/model"
)

const (
	swapName       = "qingfeng.restore"
	restoredPrefix = "restored-"
	keptPrefix     = "before-restore-"
)

// swapped is what a restore changes. The database's companions belong to the
// one database: a journal beside another database would destroy it.
var swapped = []string{
	databaseName, databaseName + "-wal", databaseName + "-shm", databaseName + "-journal",
	sumName, attachmentsName, overridesName,
}

// swap is the note that a restore is under way: names of folders inside the
// data folder and of what the restored one holds. It is there before the first
// file is moved and goes after the last.
//
// What is done already shows from the files themselves. As long as the
// restored database lies in its own folder, all in the places of swapped is the
// old data and is moved away. Then the restored database is moved in first;
// from there on nothing is moved away any more.
type swap struct {
	Restored string   `json:"restored"`
	Kept     string   `json:"kept"`
	Names    []string `json:"names"`
}

// NewRestored makes a folder inside the data folder to put a restored set into:
// the database, attachments and the office's own texts under the names that
// they have in a data folder.
func (f *Folder) NewRestored(now time.Time) (dir string, err error) {
	dir = f.path(f.freeName(restoredPrefix, now))
	if err := os.Mkdir(dir, 0o700); err != nil {
		return "", cannotWrite(dir, err)
	}
	return dir, nil
}

// DropRestored removes a folder of NewRestored that is not wanted any more.
func (f *Folder) DropRestored(dir string) error {
	if !f.isRestored(dir) || f.PendingSwap() {
		return model.Errorf(model.Conflict, "%s 不能删除：它不是恢复用的临时文件夹，或者正在用它恢复", filepath.Base(dir))
	}
	if err := os.RemoveAll(dir); err != nil {
		return cannotWrite(dir, err)
	}
	return nil
}

// sweepRestored removes what a killed program left of a backup that it was
// unpacking.
func (f *Folder) sweepRestored() {
	left, _ := Named(f.dir, restoredPrefix)
	for _, dir := range left {
		if isOld(dir) {
			f.DropRestored(dir) // refuses while a restore is pending
		}
	}
}

// PendingSwap reports whether a restore waits to be finished. Until then the
// database must not be opened.
func (f *Folder) PendingSwap() bool {
	info, err := os.Stat(f.path(swapName))
	if err != nil {
		return !errors.Is(err, fs.ErrNotExist) // better not to open than to open half of it
	}
	return info.Size() > 0
}

// PrepareSwap decides that the set in a folder of NewRestored takes the place
// of the present data. The present database may still be open, the restored one
// not any more; FinishSwap does the rest, now or at the next start.
func (f *Folder) PrepareSwap(restored string, now time.Time) error {
	if f.PendingSwap() {
		return model.Errorf(model.Conflict, "上一次恢复还没有做完。请先关闭清风再重新打开")
	}
	if !f.isRestored(restored) {
		return model.Errorf(model.Invalid, "%s 不是恢复用的临时文件夹", filepath.Base(restored))
	}
	names, err := restoredNames(restored)
	if err != nil {
		return err
	}
	if err := flushTree(restored); err != nil {
		return cannotWrite(restored, err)
	}
	return writeJSON(f.path(swapName), swap{filepath.Base(restored), f.freeName(keptPrefix, now), names})
}

// FinishSwap moves the present data into a folder of its own and the restored
// set into its place; the database has to be closed. kept is the folder of the
// old data, "" when no restore was pending or there was no old data. After an
// error or a kill everything is still there, the restore stays pending and the
// next call goes on where this one stopped.
func (f *Folder) FinishSwap() (kept string, err error) {
	if !f.PendingSwap() {
		return "", nil
	}
	s, err := f.readSwap()
	if err != nil {
		return "", err
	}
	kept, restored := f.path(s.Kept), f.path(s.Restored)
	if gone(kept) {
		if err := f.begin(s); err != nil {
			return "", err
		}
	}
	if !gone(filepath.Join(restored, databaseName)) {
		for _, name := range swapped {
			dropEmpty(f.path(name))
			if err := move(name, f.dir, kept); err != nil {
				return "", err
			}
		}
	}
	for _, name := range s.Names {
		if err := move(name, restored, f.dir); err != nil {
			return "", err
		}
		if gone(f.path(name)) {
			return "", model.Errorf(model.Storage, "恢复出来的 %s 不见了，恢复做不完。原来的数据在 %s 文件夹里，请保留数据文件夹原样", name, s.Kept)
		}
	}
	if err := retire(f.path(swapName)); err != nil {
		return "", err
	}
	os.Remove(restored)
	if os.Remove(kept) == nil { // only an empty folder goes
		kept = ""
	}
	os.MkdirAll(f.Attachments(), 0o700)
	return kept, nil
}

// begin makes the folder for the old data, the sign that files may have been
// moved. A restored set that lost a part before that is not begun at all.
func (f *Folder) begin(s swap) error {
	for _, name := range s.Names {
		if gone(filepath.Join(f.path(s.Restored), name)) {
			if err := retire(f.path(swapName)); err != nil {
				return err
			}
			return model.Errorf(model.NotFound, "没有恢复：恢复出来的 %s 不见了。原来的数据没有改动，请从备份再恢复一次", name)
		}
	}
	if err := os.Mkdir(f.path(s.Kept), 0o700); err != nil {
		return cannotWrite(f.path(s.Kept), err)
	}
	syncDir(f.dir)
	return nil
}

// move takes one file or folder from one folder into another, if it is there.
func move(name, fromDir, toDir string) error {
	from, to := filepath.Join(fromDir, name), filepath.Join(toDir, name)
	if gone(from) {
		return nil
	}
	dropEmpty(to)
	if !gone(to) {
		return model.Errorf(model.Storage, "恢复停住了：%s 已经在 %s 里。数据都还在，请保留数据文件夹原样", name, filepath.Base(toDir))
	}
	var err error
	for range tries {
		if err = rename(from, to); err == nil || !isBusy(err) {
			break
		}
		time.Sleep(pause)
	}
	if err != nil {
		return model.Errorf(model.Storage, "恢复还没有做完：%s 移动不了，%s。数据都还在。请关闭可能占用它的程序（杀毒软件、资源管理器），再重新打开清风，会接着做完", name, plainCause(err))
	}
	syncDir(fromDir)
	syncDir(toDir)
	return nil
}

// A virus scanner lets go of a file that was just written after a moment.
const (
	tries = 20
	pause = 100 * time.Millisecond
)

// gone reports whether there is certainly nothing at path. A disk that does
// not answer is not taken for an answer.
func gone(path string) bool {
	_, err := os.Lstat(path)
	return errors.Is(err, fs.ErrNotExist)
}

// dropEmpty removes a folder without content: Open makes some, also between
// two attempts to finish a restore.
func dropEmpty(path string) {
	if info, err := os.Lstat(path); err == nil && info.IsDir() {
		os.Remove(path)
	}
}

func (f *Folder) readSwap() (swap, error) {
	var s swap
	data, err := os.ReadFile(f.path(swapName))
	if err != nil {
		return s, cannotRead(f.path(swapName), err)
	}
	if json.Unmarshal(data, &s) != nil || !s.sound() {
		return s, model.Errorf(model.Storage, "恢复的记录 %s 已损坏，不知道恢复做到了哪一步。数据都还在，请保留数据文件夹原样", swapName)
	}
	return s, nil
}

// sound reports whether a swap names only what PrepareSwap writes: nothing
// outside the data folder.
func (s swap) sound() bool {
	for _, name := range s.Names {
		if !slices.Contains(swapped, name) {
			return false
		}
	}
	return len(s.Names) > 0 && s.Names[0] == databaseName &&
		strings.HasPrefix(s.Restored, restoredPrefix) && filepath.Base(s.Restored) == s.Restored &&
		strings.HasPrefix(s.Kept, keptPrefix) && filepath.Base(s.Kept) == s.Kept
}

// restoredNames lists what a restored set holds, the database first.
func restoredNames(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, cannotRead(dir, err)
	}
	var names []string
	for _, e := range entries {
		if !slices.Contains(swapped, e.Name()) {
			return nil, model.Errorf(model.Invalid, "恢复出来的文件夹里有不认识的 %s，没有恢复", e.Name())
		}
		names = append(names, e.Name())
	}
	info, err := os.Stat(filepath.Join(dir, databaseName))
	if err != nil || info.Size() == 0 {
		return nil, model.Errorf(model.Invalid, "备份里没有数据库，没有恢复")
	}
	slices.SortFunc(names, func(a, b string) int { return slices.Index(swapped, a) - slices.Index(swapped, b) })
	return names, nil
}

// flushTree makes a folder and all in it durable.
func flushTree(dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			syncDir(path)
			return nil
		}
		return flush(path)
	})
}

func (f *Folder) isRestored(dir string) bool {
	dir = filepath.Clean(dir)
	return filepath.Dir(dir) == f.dir && strings.HasPrefix(filepath.Base(dir), restoredPrefix)
}

// freeName is a name with a time that nothing in the folder has yet.
func (f *Folder) freeName(prefix string, now time.Time) string {
	name := prefix + now.Local().Format(stamp)
	for n := 2; taken(f.path(name)); n++ {
		name = fmt.Sprintf("%s%s-%d", prefix, now.Local().Format(stamp), n)
	}
	return name
}
