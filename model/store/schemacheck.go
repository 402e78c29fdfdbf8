package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gorm.io/gorm"
)

// checkSchema compares tables, indexes and triggers with those that the
// program makes: without its trigger the audit trail could be changed.
func (s *Store) checkSchema(ctx context.Context) ([]Problem, error) {
	is, err := schemaTexts(s.peek(ctx))
	if err != nil {
		return nil, err
	}
	should, err := ownSchema(ctx)
	if err != nil {
		return nil, err
	}
	var other []string
	for _, name := range slices.Sorted(maps.Keys(should)) {
		if is[name] != should[name] {
			other = append(other, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(is)) {
		if _, known := should[name]; !known {
			other = append(other, name)
		}
	}
	if len(other) == 0 {
		return nil, nil
	}
	return []Problem{{areaDatabase, fmt.Sprintf("数据库的结构被改动或已损坏，与程序建立的不同：%s。请从备份恢复", strings.Join(other[:min(len(other), 10)], "、"))}}, nil
}

// schemaTexts is the SQL of everything in a database, by name.
func schemaTexts(db *gorm.DB) (map[string]string, error) {
	var rows []struct{ Name, SQL string }
	if err := db.Raw(`SELECT name, sql FROM sqlite_master WHERE sql <> ''`).Scan(&rows).Error; err != nil {
		return nil, err
	}
	out := make(map[string]string, len(rows))
	for _, r := range rows {
		out[r.Name] = r.SQL
	}
	return out, nil
}

// ownSchema is what all migrations make of an empty database.
func ownSchema(ctx context.Context) (map[string]string, error) {
	steps, err := migrations()
	if err != nil {
		return nil, err
	}
	db, err := connectMemory()
	if err != nil {
		return nil, err
	}
	defer closePool(db)
	db = db.WithContext(ctx)
	if err := db.Exec(bookkeeping).Error; err != nil {
		return nil, err
	}
	for _, m := range steps {
		if err := runFile(db, m.sql); err != nil {
			return nil, err
		}
	}
	return schemaTexts(db)
}
