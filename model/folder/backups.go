package folder

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"

	"qingfeng/model"
)

// BackupKind says why a backup was made; it stands in the file's name.
type BackupKind string

// The kinds of backups.
const (
	Daily           BackupKind = "每日"
	OnDemand        BackupKind = "手动"
	BeforeMigration BackupKind = "升级前"
)

// KeptBackups is how many daily backups stay, and how many made before a
// migration.
const KeptBackups = 14

// Backup is a backup file, as its name describes it.
type Backup struct {
	Path string
	At   time.Time // local time, to the second
	Kind BackupKind
	Size int64 // bytes

	number int // 2 and up for more than one of a kind in a second
}

var backupPattern = regexp.MustCompile(`^清风备份-(\d{8}-\d{6})-(每日|手动|升级前)(?:-(\d{1,4}))?\.qfbak$`)

const stamp = "20060102-150405"

// BackupName is the file name of a backup made at a moment, in local time.
func BackupName(at time.Time, kind BackupKind) string {
	return fmt.Sprintf("清风备份-%s-%s.qfbak", at.Local().Format(stamp), kind)
}

// FreeBackupPath is a path in dir for a new backup: its name, with a number
// when a backup of the same second has that already.
func FreeBackupPath(dir string, at time.Time, kind BackupKind) string {
	name := BackupName(at, kind)
	base := name[:len(name)-len(".qfbak")]
	for n := 2; taken(filepath.Join(dir, name)); n++ {
		name = fmt.Sprintf("%s-%d.qfbak", base, n)
	}
	return filepath.Join(dir, name)
}

func taken(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// Backups lists the backups in a folder, the newest first. Other files are
// passed over.
func Backups(dir string) ([]Backup, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, model.Errorf(model.Storage, "不能读取备份文件夹 %s：%s。请检查磁盘是否接好", dir, plainCause(err))
	}
	var found []Backup
	for _, e := range entries {
		b, ok := parseBackup(e.Name())
		info, err := e.Info()
		if !ok || err != nil || !info.Mode().IsRegular() {
			continue
		}
		b.Path, b.Size = filepath.Join(dir, e.Name()), info.Size()
		found = append(found, b)
	}
	slices.SortFunc(found, func(a, b Backup) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.number, a.number), cmp.Compare(a.Kind, b.Kind))
	})
	return found, nil
}

func parseBackup(name string) (Backup, bool) {
	m := backupPattern.FindStringSubmatch(name)
	if m == nil {
		return Backup{}, false
	}
	at, err := time.ParseInLocation(stamp, m[1], time.Local)
	number, _ := strconv.Atoi(m[3])
	return Backup{At: at, Kind: BackupKind(m[2]), number: number}, err == nil
}

// Prune removes the daily backups and those made before a migration that are
// older than the newest keep of their kind; at least one of each stays. What a
// person asked for is never removed. It returns the paths of what it removed,
// also when one of them would not go.
func Prune(dir string, keep int) ([]string, error) {
	all, err := Backups(dir)
	if err != nil {
		return nil, err
	}
	var removed []string
	seen := map[BackupKind]int{}
	for _, b := range all {
		seen[b.Kind]++
		if b.Kind == OnDemand || seen[b.Kind] <= max(keep, 1) {
			continue
		}
		gone := os.Remove(b.Path)
		switch {
		case gone == nil:
			removed = append(removed, b.Path)
		case err == nil && !errors.Is(gone, fs.ErrNotExist):
			err = model.Errorf(model.Storage, "不能删除旧备份 %s：%s", filepath.Base(b.Path), plainCause(gone))
		}
	}
	return removed, err
}
