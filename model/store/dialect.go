package store

// What SQLite, its driver and GORM make us do, in one place.

import (
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/glebarez/go-sqlite"
	gormsqlite "github.com/glebarez/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	"gorm.io/gorm/schema"

	"qingfeng/model"
	"qingfeng/model/folder"
)

// connect opens a pool. busy_timeout comes first, because the journal mode
// may already have to wait for a lock. Deferred transactions that read before
// they write fail at once under WAL whatever the timeout, so the writer is one
// connection whose transactions are immediate. The office's records must
// survive a power cut, hence synchronous=FULL.
func connect(path string, write bool) (*gorm.DB, error) {
	q := url.Values{}
	q.Add("_pragma", "busy_timeout(5000)")
	if write {
		q.Add("_pragma", "journal_mode(WAL)")
		q.Add("_pragma", "synchronous(FULL)")
		q.Add("_pragma", "secure_delete(1)") // what was sealed or replaced must not stay in free pages
		q.Set("_txlock", "immediate")
	} else {
		q.Add("_pragma", "query_only(1)")
	}
	q.Add("_pragma", "foreign_keys(1)")
	q.Add("_pragma", "temp_store(MEMORY)")
	db, err := openPool(path, q)
	if err != nil {
		return nil, err
	}
	if write {
		return db, limitPool(db, 1)
	}
	return db, limitPool(db, 4)
}

func openPool(path string, q url.Values) (*gorm.DB, error) {
	return gorm.Open(gormsqlite.Open(fileURI(path)+"?"+q.Encode()), &gorm.Config{
		// Values of bound parameters are personal data: nothing is logged here.
		Logger:                 logger.Discard,
		SkipDefaultTransaction: true,
		PrepareStmt:            true,
		TranslateError:         true,
		NamingStrategy:         schema.NamingStrategy{SingularTable: true},
	})
}

func limitPool(db *gorm.DB, connections int) error {
	pool, err := db.DB()
	if err == nil {
		pool.SetMaxOpenConns(connections)
	}
	return err
}

// connectPlain opens a copy that lies apart, without a journal file beside it
// once it is closed.
func connectPlain(path string) (*gorm.DB, error) {
	db, err := openPool(path, url.Values{"_pragma": {"busy_timeout(5000)", "journal_mode(DELETE)", "synchronous(FULL)"}})
	if err == nil {
		err = limitPool(db, 1)
	}
	return db, err
}

// connectMemory opens an empty database that lies on no disk.
func connectMemory() (*gorm.DB, error) {
	db, err := gorm.Open(gormsqlite.Open(":memory:"), &gorm.Config{Logger: logger.Discard})
	if err == nil {
		err = limitPool(db, 1) // each connection would have one of its own
	}
	return db, err
}

func closePool(db *gorm.DB) error {
	if db == nil {
		return nil
	}
	pool, err := db.DB()
	if err != nil {
		return err
	}
	return pool.Close()
}

// quickCheck is an error that [IsDamaged] knows when the database's structure
// is broken.
func quickCheck(db *gorm.DB) error {
	var lines []string
	if err := db.Raw(`PRAGMA quick_check(1)`).Scan(&lines).Error; err != nil {
		return faultOf(err)
	}
	if len(lines) == 1 && lines[0] == "ok" {
		return nil
	}
	return wrapFault(errors.Join(errDamaged, errors.New(strings.Join(lines, "; "))), damagedText)
}

// fileURI is the file: form of a path; a plain file name would lose the
// parameters after its question mark, and one with a '?' or '#' its tail.
func fileURI(path string) string {
	p := filepath.ToSlash(path)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p
	}
	return "file:" + (&url.URL{Path: p}).EscapedPath()
}

// null turns the 0 of an optional reference into NULL, which GORM would store
// as 0 and the foreign key refuse.
func null(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}

// like is the pattern for LIKE … ESCAPE '\' that finds text literally.
func like(before, text, after string) string {
	return before + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + after
}

// Primary result codes of SQLite, sqlite.org/rescode.html.
const (
	codeError    = 1
	codeReadOnly = 8
	codeIOErr    = 10
	codeCorrupt  = 11
	codeFull     = 13
	codeCantOpen = 14
	codeNotADB   = 26

	// The extended code of a shared-memory file beside the database that cannot
	// grow, as on a full disk.
	codeShmSize = codeIOErr | 19<<8
)

// faultOf turns the failures of the disk under the database into a sentence
// with what to do; other errors pass unchanged.
func faultOf(err error) error {
	var se *sqlite.Error
	if !errors.As(err, &se) {
		return err
	}
	code := se.Code() & 0xff
	if se.Code() == codeShmSize {
		code = codeFull
	}
	switch code {
	case codeFull:
		return wrapFault(err, "磁盘已满，刚才的修改没有保存，原有数据不受影响。请清理磁盘后再试")
	case codeReadOnly:
		return wrapFault(err, "数据文件夹是只读的，刚才的修改没有保存。请检查磁盘写保护或文件夹权限")
	case codeIOErr, codeCantOpen:
		return wrapFault(err, "读写磁盘失败，刚才的修改没有保存。请检查磁盘是否已满、是否接好，再重新打开程序")
	case codeCorrupt, codeNotADB:
		return wrapFault(errors.Join(errDamaged, err), damagedText)
	case codeError:
		if strangeSchema(se.Error()) {
			return wrapFault(errors.Join(errDamaged, err), damagedText)
		}
	}
	return err
}

// strangeSchema reports whether SQLite did not find in a database what every
// database of the program has: its header or a name in its schema was changed.
func strangeSchema(message string) bool {
	for _, sign := range []string{"no such ", "has no column", "unsupported file format", "malformed", "foreign key mismatch", "unknown function", "unrecognized token", "syntax error"} {
		if strings.Contains(message, sign) {
			return true
		}
	}
	return false
}

const damagedText = "数据库文件已损坏，程序没有再写入。请保留数据文件夹原样，并从备份恢复"

var errDamaged = errors.New("database damaged")

// IsDamaged reports whether an error of the store says that the database file
// is damaged or empty.
func IsDamaged(err error) bool { return errors.Is(err, errDamaged) }

// prepareFile makes the database file readable to its owner only, which the
// driver would leave to chance, and refuses one that has lost its content or is
// gone: the driver would quietly begin a new database. was says that there
// certainly was one.
func prepareFile(f *folder.Folder, was bool) error {
	path := f.Database()
	info, err := os.Stat(path)
	switch {
	case err == nil && info.Size() == 0:
		return wrapFault(errDamaged, "数据库文件是空的（0 字节），里面的数据不在了。请从备份恢复；如果这个文件夹是刚建的，请删除其中的 qingfeng.db 再试")
	case errors.Is(err, fs.ErrNotExist):
		if was || holdsAnything(f.Backups()) || holdsAnything(f.Attachments()) {
			return wrapFault(errDamaged, "数据库文件 qingfeng.db 不见了，这个文件夹里原来有数据。请找回这个文件，或从备份恢复")
		}
		return newDatabase(path)
	}
	return err
}

// newDatabase makes a database that holds nothing yet. It gets its name when it
// is one: a first start that was killed or found the disk full must not leave a
// file that the next start takes for one that lost its content.
func newDatabase(path string) error {
	made := path + ".new"
	err := fillDatabase(made)
	if err == nil {
		err = os.Rename(made, path)
	}
	if err != nil {
		os.Remove(made)
		return wrapFault(err, "不能在数据文件夹里建立数据库：磁盘已满或不能写入。请清理磁盘或换一个文件夹再试")
	}
	return nil
}

func fillDatabase(path string) error {
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		return err
	}
	db, err := openPool(path, url.Values{"_pragma": {"journal_mode(OFF)", "synchronous(FULL)"}})
	if err == nil {
		err = db.Exec(`PRAGMA user_version = 0`).Error // writes the first page
	}
	return errors.Join(err, closePool(db))
}

func holdsAnything(dir string) bool {
	entries, err := os.ReadDir(dir)
	return err == nil && len(entries) > 0
}

// fault keeps the driver's error for the log behind the sentence for people.
type fault struct {
	shown *model.Error
	cause error
}

func wrapFault(cause error, message string) error {
	return &fault{&model.Error{Code: model.Storage, Message: message}, cause}
}

func (f *fault) Error() string { return f.shown.Message }

func (f *fault) Unwrap() []error { return []error{f.shown, f.cause} }

// DriverMismatch is a module of the database driver that is not the tested one.
type DriverMismatch struct{ Module, Found, Tested string }

// The pair that the tests run with. modernc.org/sqlite is only sound with the
// libc its own go.mod names; 1.38 to 1.59 can end the whole process on Windows
// in WAL mode.
var testedDrivers = map[string]string{
	"github.com/glebarez/sqlite":    "v1.11.0",
	"github.com/glebarez/go-sqlite": "v1.23.0",
	"modernc.org/sqlite":            "v1.60.1",
	"modernc.org/libc":              "v1.77.1",
}

func untestedDrivers() []DriverMismatch {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return nil
	}
	return mismatches(info.Deps)
}

func mismatches(deps []*debug.Module) []DriverMismatch {
	var out []DriverMismatch
	for _, m := range deps {
		if m.Replace != nil {
			m = m.Replace
		}
		if want, ok := testedDrivers[m.Path]; ok && want != m.Version {
			out = append(out, DriverMismatch{m.Path, m.Version, want})
		}
	}
	return out
}
