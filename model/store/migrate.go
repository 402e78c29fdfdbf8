package store

import (
	"context"
	"embed"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/folder"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one numbered step of the schema.
type migration struct {
	number int
	name   string
	sql    string
}

func migrations() ([]migration, error) {
	entries, err := migrationFiles.ReadDir("migrations") // sorted by name
	if err != nil {
		return nil, err
	}
	var out []migration
	for i, e := range entries {
		text, err := migrationFiles.ReadFile("migrations/" + e.Name())
		if err != nil {
			return nil, err
		}
		n, err := strconv.Atoi(strings.SplitN(e.Name(), "_", 2)[0])
		if err != nil || n != i+1 {
			return nil, fmt.Errorf("migration %s is out of order", e.Name())
		}
		out = append(out, migration{n, e.Name(), string(text)})
	}
	return out, nil
}

// runFile hands a whole file to the driver as it is: GORM would take a '?' or
// '@name' inside it for a parameter.
func runFile(db *gorm.DB, sql string) error {
	_, err := db.Statement.ConnPool.ExecContext(db.Statement.Context, sql)
	return err
}

// migrate brings the schema up to date, each step with its bookkeeping row in
// one transaction. GORM's own migrator is never used: on this driver it
// rebuilds tables and thereby empties the ones that refer to them.
func (s *Store) migrate(ctx context.Context) error {
	steps, err := migrations()
	if err != nil {
		return err
	}
	db := s.writer.WithContext(ctx)
	if err := db.Exec(bookkeeping).Error; err != nil {
		return err
	}
	have, err := schemaVersion(db)
	if err != nil {
		return err
	}
	if have > len(steps) {
		return model.Errorf(model.Conflict, "这个数据文件夹由更新版本的清风写入（第 %d 版结构，本程序认识到第 %d 版）。请升级程序后再打开", have, len(steps))
	}
	if have > 0 && have < len(steps) {
		if err := s.backupBefore(ctx, have); err != nil {
			return err
		}
	}
	for _, m := range steps[have:] {
		if err := s.apply(db, m); err != nil {
			return fmt.Errorf("migration %s: %w", m.name, err)
		}
	}
	return nil
}

const bookkeeping = `CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, at INTEGER NOT NULL) STRICT`

func schemaVersion(db *gorm.DB) (int, error) {
	var n int
	err := db.Raw(`SELECT COALESCE(MAX(number), 0) FROM migration`).Scan(&n).Error
	return n, err
}

func (s *Store) apply(db *gorm.DB, m migration) error {
	return db.Transaction(func(tx *gorm.DB) error {
		if err := runFile(tx, m.sql); err != nil {
			return err
		}
		broken, err := brokenReferences(tx)
		if err != nil {
			return err
		}
		if len(broken) > 0 {
			return fmt.Errorf("%d rows refer to nothing", len(broken))
		}
		if m.number == 2 {
			if err := chainOldLines(tx); err != nil {
				return err
			}
		}
		return tx.Exec(`INSERT INTO migration (number, name, at) VALUES (?, ?, ?)`, m.number, m.name, s.now().Unix()).Error
	})
}

// backupBefore copies the database before its schema changes. A folder without
// accounts knows no keys to lock the copy with: that copy is plain, and [Found]
// removes it.
func (s *Store) backupBefore(ctx context.Context, version int) error {
	var accounts int64
	if version > 1 {
		if err := s.writer.WithContext(ctx).Table("account").Count(&accounts).Error; err != nil {
			return err
		}
	}
	if accounts == 0 {
		name := fmt.Sprintf(plainCopy+"%d-%s.db", version+1, s.now().UTC().Format("20060102-150405"))
		return s.copyDatabase(ctx, filepath.Join(s.folder.Backups(), name))
	}
	_, err := s.archive(ctx, folder.FreeBackupPath(s.folder.Backups(), s.now(), folder.BeforeMigration), nil)
	return err
}

const plainCopy = "before-schema-"
