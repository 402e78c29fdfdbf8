// Package store keeps the office's records in a SQLite file. It is the only
// place that knows GORM. Each method that changes something is one
// transaction that also writes the audit line; there is no second way to
// change a row. Reads are filtered, sorted and paged by the database.
package store

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"gorm.io/gorm"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/folder"
)

// Store is an open data folder. Its methods may be called from any goroutine.
type Store struct {
	writer *gorm.DB // one connection, immediate transactions
	reader *gorm.DB // a pool that cannot write
	folder *folder.Folder
	assets *assets.Library
	now    func() time.Time
	actor  string
}

// Options are what the store does not find out by itself.
type Options struct {
	Now   func() time.Time // the clock
	Actor string           // whose hand the audit lines name
}

// Open opens the database of a data folder, makes it when it is missing and
// brings its schema up to date after a backup. A database that a newer program
// wrote is refused.
func Open(ctx context.Context, f *folder.Folder, o Options) (*Store, error) {
	for _, p := range untestedDrivers() {
		slog.Warn("database driver differs from the tested one", "module", p.Module, "found", p.Found, "tested", p.Tested)
	}
	s := &Store{folder: f, assets: assets.New(f.Overrides()), now: o.Now, actor: o.Actor}
	if err := prepareFile(f.Database()); err != nil {
		return nil, err
	}
	var err error
	if s.writer, err = connect(f.Database(), true); err != nil {
		return nil, faultOf(err)
	}
	if err := s.migrate(ctx); err != nil {
		s.Close()
		return nil, faultOf(err)
	}
	if s.reader, err = connect(f.Database(), false); err != nil {
		s.Close()
		return nil, faultOf(err)
	}
	if err := s.endExcuses(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Close closes the database. The folder stays held until it is closed itself.
func (s *Store) Close() error {
	var first error
	for _, db := range []*gorm.DB{s.reader, s.writer} {
		if db == nil {
			continue
		}
		pool, err := db.DB()
		if err == nil {
			err = pool.Close()
		}
		if first == nil {
			first = err
		}
	}
	return first
}

// Folder is the data folder behind the store.
func (s *Store) Folder() *folder.Folder { return s.folder }

// Assets is the library of form texts and lists, the office's own versions first.
func (s *Store) Assets() *assets.Library { return s.assets }

// Actor is the name that audit lines bear.
func (s *Store) Actor() string { return s.actor }

// Today is the current day of the injected clock in local time.
func (s *Store) Today() day.Date { return day.Of(s.now()) }

// change is a running transaction. It counts its audit lines, so that a
// change that forgot to write one is rolled back.
type change struct {
	*gorm.DB
	s     *Store
	lines int
}

// write runs fn in one immediate transaction.
func (s *Store) write(ctx context.Context, fn func(c *change) error) error {
	return faultOf(s.writer.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		c := &change{DB: tx, s: s}
		if err := fn(c); err != nil {
			return err
		}
		if c.lines == 0 {
			return fmt.Errorf("a change without an audit line")
		}
		return nil
	}))
}

// writeOrNothing is write for changes that may turn out to be none: fn says
// whether it changed anything.
func (s *Store) writeOrNothing(ctx context.Context, fn func(c *change) (bool, error)) error {
	changed := true
	err := s.write(ctx, func(c *change) error {
		var err error
		if changed, err = fn(c); err == nil && !changed {
			return errNothing
		}
		return err
	})
	if !changed && err == errNothing {
		return nil
	}
	return err
}

var errNothing = fmt.Errorf("nothing to change")

func (s *Store) read(ctx context.Context) *gorm.DB { return s.reader.WithContext(ctx) }

// first loads one row into out or returns a NotFound error that calls the
// record by its Chinese word.
func first(db *gorm.DB, out any, word string) error {
	res := db.Limit(1).Find(out)
	if res.Error != nil {
		return faultOf(res.Error)
	}
	if res.RowsAffected == 0 {
		return model.Errorf(model.NotFound, "找不到这%s", word)
	}
	return nil
}
