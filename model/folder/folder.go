// Package folder knows the layout of a data folder: where the database, the
// attachments, the logs, the printed files, the backups and the office's own
// form texts live, the lock that keeps two programs from opening it at once,
// and the steps that change its files without losing any of them.
package folder

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
	"gopkg.in/natefinch/lumberjack.v2"

	"qingfeng/model"
)

// Folder is a data folder that this program holds.
type Folder struct {
	dir  string
	lock *flock.Flock
}

// Holder is what the lock file's neighbour says about the program that holds
// the folder, so that the second one can name it.
type Holder struct {
	Program string    `json:"program"`
	User    string    `json:"user"`
	Host    string    `json:"host"`
	PID     int       `json:"pid"`
	Since   time.Time `json:"since"`
}

// Default is where the data lives unless the office says otherwise: 清风数据
// beside the user's documents.
func Default() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return "清风数据"
	}
	for _, docs := range []string{"Documents", "文档"} {
		if info, err := os.Stat(filepath.Join(home, docs)); err == nil && info.IsDir() {
			return filepath.Join(home, docs, "清风数据")
		}
	}
	return filepath.Join(home, "清风数据")
}

// Exists reports whether dir already is a data folder. One whose database is
// out of its place in the middle of a restore is, and so is one that lost it:
// its sum, its journal or a backup is left.
func Exists(dir string) bool {
	for _, name := range []string{databaseName, databaseName + "-wal", sumName} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return true
		}
	}
	if note, err := os.Stat(filepath.Join(dir, swapName)); err == nil && note.Size() > 0 {
		return true
	}
	kept, err := Backups(filepath.Join(dir, backupsName))
	return err == nil && len(kept) > 0
}

const (
	databaseName    = "qingfeng.db"
	lockName        = "qingfeng.lock"
	holderName      = "qingfeng.holder"
	overridesName   = "assets"
	attachmentsName = "attachments"
	backupsName     = "backups"
)

// Open takes the folder, making it when it is missing. A folder that another
// program holds gives an error with code [model.Locked] that says who it is;
// one on a network share is refused, because SQLite's write-ahead log loses
// data there.
func Open(dir string, me Holder) (*Folder, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if onNetwork(dir) {
		return nil, model.Errorf(model.Invalid, "%s 在网络盘上，数据库放在那里会丢失数据。请把数据文件夹放在本机硬盘", dir)
	}
	f := &Folder{dir: dir, lock: flock.New(filepath.Join(dir, lockName))}
	for _, d := range []string{dir, f.Logs(), f.Output(), f.Backups(), f.Attachments()} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return nil, model.Errorf(model.Invalid, "不能建立文件夹 %s，请检查磁盘是否可写：%s", d, plainCause(err))
		}
	}
	held, err := f.lock.TryLock()
	if err != nil {
		return nil, model.Errorf(model.Invalid, "不能写入文件夹 %s，请检查磁盘是否已满或只读：%s", dir, plainCause(err))
	}
	if !held {
		return nil, model.Errorf(model.Locked, "数据文件夹 %s 正被%s打开。请先关闭那个程序再试", dir, f.holder())
	}
	note, err := json.Marshal(me)
	if err == nil {
		err = os.WriteFile(f.path(holderName), note, 0o600)
	}
	if err != nil {
		f.Close()
		return nil, model.Errorf(model.Invalid, "不能写入文件夹 %s，请检查磁盘是否已满或只读：%s", dir, plainCause(err))
	}
	f.sweepRestored()
	return f, nil
}

// holder describes in Chinese who has the folder now.
func (f *Folder) holder() string {
	var h Holder
	data, err := os.ReadFile(f.path(holderName))
	if err != nil || json.Unmarshal(data, &h) != nil {
		return "另一个程序"
	}
	return fmt.Sprintf("%s（电脑 %s，用户 %s，进程 %d，%s 起）", h.Program, h.Host, h.User, h.PID, h.Since.Local().Format("2006-01-02 15:04"))
}

// plainCause leaves out the path and the English operation name.
func plainCause(err error) string {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "没有写入权限"
	case errors.Is(err, fs.ErrNotExist):
		return "路径不存在"
	case isFull(err):
		return "磁盘已满"
	case isProtected(err):
		return "磁盘是只读的"
	case isBusy(err):
		return "正被别的程序占用"
	}
	return "磁盘读写失败"
}

// Close gives the folder back.
func (f *Folder) Close() error {
	os.Remove(f.path(holderName))
	return f.lock.Unlock()
}

func (f *Folder) path(name string) string { return filepath.Join(f.dir, name) }

// Dir is the absolute path of the folder.
func (f *Folder) Dir() string { return f.dir }

// Database is the path of the database file.
func (f *Folder) Database() string { return f.path(databaseName) }

// Logs is the folder of the program's logs.
func (f *Folder) Logs() string { return f.path("logs") }

// Output is where printed files go unless a person chooses another place.
func (f *Folder) Output() string { return f.path("output") }

// Backups is the folder of backups.
func (f *Folder) Backups() string { return f.path(backupsName) }

// Attachments is the folder of the encrypted scans.
func (f *Folder) Attachments() string { return f.path(attachmentsName) }

// Overrides is where the office's own form texts and lists lie.
func (f *Folder) Overrides() string { return f.path(overridesName) }

// LogWriter opens the rotating log: 5 MB a file, 10 old files kept for at most
// half a year. What is written there holds no personal data.
func (f *Folder) LogWriter() io.WriteCloser {
	return &lumberjack.Logger{Filename: filepath.Join(f.Logs(), "qingfeng.log"), MaxSize: 5, MaxBackups: 10, MaxAge: 183, LocalTime: true}
}

// OverridesOf is [Folder.Overrides] of a folder that nobody has to hold.
func OverridesOf(dir string) string { return filepath.Join(dir, overridesName) }
