package store

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/vault"
)

// Restored is what [Restore] brought back.
type Restored struct {
	Manifest
	// Kept is the folder, inside the data folder, with the data that was there
	// before; "" when there was none.
	Kept string
	// Pending says that another program held a file, so that the swap is
	// finished when the folder is opened the next time.
	Pending bool
}

// restoreNote is the setting that a restored database carries until it is
// opened: what its audit trail has to say about it.
const restoreNote = "restored_from"

type note struct {
	By       string `json:"by"`
	File     string `json:"file"`
	MadeAt   int64  `json:"made_at"`
	TrailNo  int64  `json:"trail_no"`
	OldTrail string `json:"old_trail"` // where the trail of the replaced data ended, as far as it can be read
}

// Restore puts a backup in the place of a folder's data. The folder is held
// and its database closed. secret is the password that an administrator had
// when the backup was made, or the recovery code of that time. Nothing is
// removed: the data of before is moved into a folder of its own. The restored
// audit trail goes on with a line about the restore when it is opened.
func Restore(ctx context.Context, f *folder.Folder, path, secret string, now func() time.Time) (Restored, error) {
	if f.PendingSwap() {
		return Restored{}, model.Errorf(model.Conflict, "上一次恢复还没有做完。请先关闭清风再重新打开，让它做完")
	}
	dir, err := f.NewRestored(now())
	if err != nil {
		return Restored{}, err
	}
	restored, err := restoreInto(ctx, f, dir, path, secret)
	if err == nil {
		err = f.PrepareSwap(dir, now())
	}
	if err != nil {
		return Restored{}, errors.Join(err, f.DropRestored(dir))
	}
	// From here on the restore is decided; what a scanner of viruses holds now is
	// moved at the next start.
	restored.Kept, err = f.FinishSwap()
	restored.Pending = err != nil && f.PendingSwap()
	if restored.Pending {
		err = nil
	}
	return restored, err
}

// OpensBackup tries a secret on a backup, so that nobody ends the office's work
// for a mistyped one. It reads no further than it must: whether the backup is
// whole, and its owner an administrator, shows when it is restored.
func OpensBackup(path, secret string) error {
	file, _, _, err := openBackup(path, secret)
	if err != nil {
		return err
	}
	return file.Close()
}

// openBackup opens a backup with a password or the recovery code. The file is
// to be closed.
func openBackup(path, secret string) (*os.File, io.Reader, *vault.Identity, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, nil, model.Errorf(model.NotFound, "打不开备份文件 %s", filepath.Base(path))
	}
	plain, id, err := vault.OpenArchive(file, secret)
	if errors.Is(err, vault.ErrSecret) {
		err = model.Errorf(model.Denied, "密码或恢复码打不开这份备份。请用做备份时管理员的密码，或当时的恢复码")
	}
	if err != nil {
		file.Close()
		return nil, nil, nil, brokenArchive(err)
	}
	return file, plain, id, nil
}

func restoreInto(ctx context.Context, f *folder.Folder, dir, path, secret string) (Restored, error) {
	file, plain, id, err := openBackup(path, secret)
	if err != nil {
		return Restored{}, err
	}
	defer file.Close()
	m, err := unpack(ctx, plain, dir)
	if err != nil {
		return Restored{}, err
	}
	db, err := openUnpacked(ctx, filepath.Join(dir, databaseEntry))
	if err != nil {
		return Restored{}, err
	}
	defer closePool(db)
	by, err := whoRestores(db, id)
	if err != nil {
		return Restored{}, err
	}
	return Restored{Manifest: m}, leaveNote(db, note{By: by, File: filepath.Base(path), MadeAt: m.MadeAt, TrailNo: m.TrailNo, OldTrail: endOfTrail(ctx, f)})
}

// knownSchema refuses a database that this program could not open once it is in
// its place.
func knownSchema(db *gorm.DB) error {
	steps, err := migrations()
	if err != nil {
		return err
	}
	have, err := schemaVersion(db)
	if err == nil && have > len(steps) {
		return newerArchive()
	}
	return faultOf(err)
}

// whoRestores names the owner of the identity that opened a backup: an
// administrator, or whoever has the recovery code.
func whoRestores(db *gorm.DB, id *vault.Identity) (string, error) {
	var row accountRow
	err := first(db.Table("account").Where("recipient = ? AND disabled_on = ''", id.Recipient()), &row, "个账号")
	switch {
	case model.CodeOf(err) == model.NotFound:
		return "持恢复码者", nil
	case err != nil:
		return "", err
	case row.Role != model.Administrator:
		return "", model.Errorf(model.Denied, "%s的角色是“%s”，恢复备份要由管理员或用恢复码进行", row.Label(), row.Role)
	}
	return row.Label(), nil
}

func leaveNote(db *gorm.DB, n note) error {
	text, err := json.Marshal(n)
	if err != nil {
		return err
	}
	return faultOf(db.Exec(`INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, restoreNote, string(text)).Error)
}

// endOfTrail is the hash at the end of the present trail, "" when there is
// none or the database cannot be read.
func endOfTrail(ctx context.Context, f *folder.Folder) string {
	if _, err := os.Stat(f.Database()); err != nil {
		return ""
	}
	db, err := connect(f.Database(), false)
	if err != nil {
		return ""
	}
	defer closePool(db)
	head, err := readHead(db.WithContext(ctx))
	if err != nil {
		return ""
	}
	return head.Hash
}

// recordRestore writes the audit line of a restore that the last program made.
func (s *Store) recordRestore(ctx context.Context) error {
	var text string
	if err := s.peek(ctx).Raw(`SELECT value FROM setting WHERE key = ?`, restoreNote).Scan(&text).Error; err != nil || text == "" {
		return err
	}
	var n note
	if err := json.Unmarshal([]byte(text), &n); err != nil {
		return err
	}
	return s.transact(ctx, nil, func(c *change) error {
		if err := c.Exec(`DELETE FROM setting WHERE key = ?`, restoreNote).Error; err != nil {
			return err
		}
		return c.record("恢复", "数据", 0, n.File, nil, columns{"by": n.By, "trail": n.OldTrail,
			"made_at": time.Unix(n.MadeAt, 0).Local().Format("2006-01-02 15:04:05"), "trail_no": n.TrailNo})
	})
}
