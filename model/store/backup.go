package store

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/folder"
	"qingfeng/model/vault"
)

// Names of a data set's parts in a backup, as in the data folder.
const (
	databaseEntry    = "qingfeng.db"
	attachmentsEntry = "attachments"
	assetsEntry      = "assets"
)

// BackupResult says what a backup became.
type BackupResult struct {
	folder.Backup
	Manifest
	Copy      string // the copy in the second folder, "" when none is set
	CopyError error  // why there is no copy although one is asked for
}

// Backups lists the backups in the data folder, the newest first.
func (s *Store) Backups() ([]folder.Backup, error) { return folder.Backups(s.folder.Backups()) }

// BackupDue reports whether today's backup is still to be made.
func (s *Store) BackupDue() (bool, error) {
	all, err := s.Backups()
	if err != nil {
		return false, err
	}
	for _, b := range all {
		if b.Kind == folder.Daily && day.Of(b.At) == s.Today() {
			return false, nil
		}
	}
	return true, nil
}

// Backup writes the whole data set into one encrypted file while the office
// works on. The file gets its name only after it was opened and checked again.
// path "" means the folder of backups, where old daily ones are removed, and
// the second folder if one is set.
func (s *Store) Backup(ctx context.Context, kind folder.BackupKind, path string) (BackupResult, error) {
	by, err := s.may(model.BackUp)
	if err != nil {
		return BackupResult{}, err
	}
	inFolder := path == ""
	if inFolder {
		path = folder.FreeBackupPath(s.folder.Backups(), s.now(), kind)
	}
	manifest, err := s.archive(ctx, path, by)
	if err != nil {
		return BackupResult{}, faultOf(err)
	}
	result := BackupResult{Backup: folder.Backup{Path: path, At: s.now(), Kind: kind}, Manifest: manifest}
	if info, err := os.Stat(path); err == nil {
		result.Size = info.Size()
	}
	ctx = context.WithoutCancel(ctx) // the backup is there: whoever gives up now is too late
	if inFolder {
		if err := s.keepFew(ctx, &result); err != nil {
			return result, err
		}
	}
	return result, s.transact(ctx, by, func(c *change) error {
		return c.record("备份", "数据", 0, filepath.Base(path), nil, columns{
			"kind": string(kind), "size": result.Size, "trail_no": manifest.TrailNo, "copied": result.Copy != ""})
	})
}

// keepFew removes old backups and copies the new one to the second folder. A
// second folder that is not there now is no reason to have no backup.
func (s *Store) keepFew(ctx context.Context, r *BackupResult) error {
	prune(r, s.folder.Backups())
	second, err := s.Setting(ctx, BackupFolder)
	if err != nil || second == "" {
		return err
	}
	dst := filepath.Join(second, filepath.Base(r.Path))
	if r.CopyError = folder.CopyFile(dst, r.Path); r.CopyError != nil {
		return nil
	}
	r.Copy = dst
	prune(r, second)
	return nil
}

// prune removes old backups, but none when an older one may hold an attachment
// that the new one lacks.
func prune(r *BackupResult, dir string) {
	if r.broken > 0 {
		slog.Warn("old backups stay", "broken attachments", r.broken)
	} else if _, err := folder.Prune(dir, folder.KeptBackups); err != nil {
		slog.Warn("old backups stay", "err", err)
	}
}

// archive writes a checked backup to path. With by nil, before a migration,
// nobody is there to open it again: then only the database's copy is checked.
func (s *Store) archive(ctx context.Context, path string, by *session) (Manifest, error) {
	s.backups.Lock()
	defer s.backups.Unlock()
	s.sweepBackups()
	work, err := os.MkdirTemp(s.folder.Backups(), workName)
	if err != nil {
		return Manifest{}, cannotBackUp(err)
	}
	defer os.RemoveAll(work)
	made := filepath.Join(work, "archive")
	manifest, err := s.lockAll(ctx, work, made)
	if err != nil {
		return manifest, err
	}
	if by != nil {
		proved, err := proveArchive(ctx, made, filepath.Join(work, "proof"), by.id)
		if err != nil {
			return manifest, err
		}
		manifest.Flaws = proved.Flaws
	}
	if filepath.Dir(path) != s.folder.Backups() {
		return manifest, folder.CopyFile(path, made)
	}
	if err := folder.Move(made, path); err != nil {
		return manifest, cannotBackUp(err)
	}
	return manifest, nil
}

// lockAll collects the data set and writes it into a locked file.
func (s *Store) lockAll(ctx context.Context, work, path string) (Manifest, error) {
	s.files.RLock()
	defer s.files.RUnlock()
	manifest, slots, err := s.collect(ctx, work)
	if err == nil {
		err = manifest.lockInto(ctx, path, slots)
	}
	if _, disk := errors.AsType[*fs.PathError](err); disk && model.CodeOf(err) == "" {
		err = cannotBackUp(err)
	}
	return manifest, err
}

func cannotBackUp(cause error) error {
	return wrapFault(cause, "备份没有做成：磁盘已满或不能写入。原有数据不受影响，请清理磁盘后再试")
}

// lockInto writes the archive to a file and flushes it.
func (m *Manifest) lockInto(ctx context.Context, path string, slots []vault.Slot) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return cannotBackUp(err)
	}
	defer file.Close()
	locked, err := vault.EncryptArchive(file, slots)
	if err != nil {
		return err
	}
	return errors.Join(m.write(ctx, locked), locked.Close(), file.Sync(), file.Close())
}

// proveArchive unpacks a backup into an empty folder and checks all of it.
func proveArchive(ctx context.Context, path, dir string, id *vault.Identity) (Manifest, error) {
	file, err := os.Open(path)
	if err != nil {
		return Manifest{}, model.Errorf(model.NotFound, "打不开备份文件 %s", filepath.Base(path))
	}
	defer file.Close()
	plain, err := id.OpenArchive(file)
	if errors.Is(err, vault.ErrSecret) {
		return Manifest{}, model.Errorf(model.Denied, "这份备份是您的账号启用或重设密码之前做的，要用当时的密码或恢复码才能打开")
	}
	if err != nil {
		return Manifest{}, brokenArchive(err)
	}
	m, err := unpack(ctx, plain, dir)
	if err != nil {
		return m, err
	}
	err = m.soundFile(ctx, filepath.Join(dir, databaseEntry))
	return m, err
}

// workName is the beginning of folders that a killed backup leaves behind.
const workName = ".qingfeng-backup-"

// collect copies the database into work, checks the copy and lists what
// belongs to the backup.
func (s *Store) collect(ctx context.Context, work string) (Manifest, []vault.Slot, error) {
	copied := filepath.Join(work, databaseEntry)
	if err := s.copyDatabase(ctx, copied); err != nil {
		return Manifest{}, nil, err
	}
	m := Manifest{Version: archiveVersion, Program: model.Version, MadeAt: s.now().Unix()}
	slots, attached, err := s.describe(ctx, copied, &m)
	if err != nil {
		return m, nil, err
	}
	if err := m.add(copied, databaseEntry); err != nil {
		return m, nil, err
	}
	if err := m.addAttachments(s.folder.Attachments(), attached); err != nil {
		return m, nil, err
	}
	return m, slots, m.listFiles(s.folder.Overrides(), assetsEntry, func(name string) bool { return !strings.HasPrefix(name, ".") })
}

// copyDatabase writes a copy of the database as it is now, on a connection of
// its own, so that nobody waits for it.
func (s *Store) copyDatabase(ctx context.Context, path string) error {
	db, err := connect(s.folder.Database(), true)
	if err != nil {
		return err
	}
	defer closePool(db)
	return db.WithContext(ctx).Exec(`VACUUM INTO ?`, path).Error
}

// describe opens a copied database, checks it and reads what the manifest and
// the lock need, and the names of the attachments.
func (s *Store) describe(ctx context.Context, path string, m *Manifest) (slots []vault.Slot, attached []string, err error) {
	db, err := connectPlain(path)
	if err != nil {
		return nil, nil, err
	}
	defer closePool(db)
	db = db.WithContext(ctx)
	if err := soundCheck(db); err != nil {
		return nil, nil, err
	}
	if err := db.Raw(`SELECT name FROM hospital`).Scan(&m.Hospital).Error; err != nil {
		return nil, nil, err
	}
	head, err := readHead(db)
	if err != nil {
		return nil, nil, err
	}
	m.TrailNo, m.Trail = head.LastNo, head.Hash
	var rows []struct{ KDF, Locked, Recipient string }
	// Who may restore comes first: a clerk may have the same password.
	if err := db.Raw(`SELECT kdf, locked, recipient, role <> ? AS later FROM account WHERE disabled_on = ''
		UNION ALL SELECT kdf, locked, recipient, 0 FROM recovery ORDER BY later`, model.Administrator).Scan(&rows).Error; err != nil {
		return nil, nil, err
	}
	for _, r := range rows {
		slots = append(slots, vault.Slot{KDF: r.KDF, Locked: r.Locked, Recipient: r.Recipient})
	}
	return slots, attached, db.Raw(`SELECT sum FROM attachment ORDER BY id`).Scan(&attached).Error
}

// VerifyBackup opens a backup with the signed-in account's key and checks all
// of it, its database included. Without an error it can be restored; see
// [Manifest].Flaws.
func (s *Store) VerifyBackup(ctx context.Context, path string) (Manifest, error) {
	by, err := s.may(model.BackUp)
	if err != nil {
		return Manifest{}, err
	}
	s.backups.Lock()
	defer s.backups.Unlock()
	s.sweepBackups()
	work, err := os.MkdirTemp(s.folder.Backups(), workName)
	if err != nil {
		return Manifest{}, cannotUnpack(err)
	}
	defer os.RemoveAll(work)
	return proveArchive(ctx, path, work, by.id)
}

// soundFile checks the database of an unpacked backup and finds its flaws.
func (m *Manifest) soundFile(ctx context.Context, path string) error {
	db, err := openUnpacked(ctx, path)
	if err != nil {
		return err
	}
	defer closePool(db)
	return m.findFlaws(db)
}

// openUnpacked opens the database of an unpacked backup if it is sound and this
// program knows its schema.
func openUnpacked(ctx context.Context, path string) (*gorm.DB, error) {
	db, err := connectPlain(path)
	if err != nil {
		return nil, faultOf(err)
	}
	db = db.WithContext(ctx)
	if err = soundCheck(db); err == nil {
		err = knownSchema(db)
	}
	if err != nil {
		return nil, errors.Join(err, closePool(db))
	}
	return db, nil
}

// soundCheck is an error when a database is damaged or its references are
// broken: such a copy is no backup. A trail that somebody tampered with is a
// flaw, no reason to have none.
func soundCheck(db *gorm.DB) error {
	if err := quickCheck(db); err != nil {
		return err
	}
	broken, err := brokenReferences(db)
	if err != nil {
		return faultOf(err)
	}
	if len(broken) > 0 {
		return model.Errorf(model.Storage, "数据库里有 %d 条记录引用了不存在的记录，请先做一次体检", len(broken))
	}
	return nil
}

// sweepBackups removes what killed backups left behind.
func (s *Store) sweepBackups() {
	left, _ := folder.Named(s.folder.Backups(), workName)
	for _, dir := range left {
		if err := os.RemoveAll(dir); err != nil { // the lock is ours: nobody writes there
			slog.Warn("what a backup left behind stays", "err", err)
		}
	}
}
