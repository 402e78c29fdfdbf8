// Package store keeps the office's records in a SQLite file. It is the only
// place that knows GORM. Each method that changes something is one
// transaction that also writes the audit line; there is no second way to
// change a row. Reads are filtered, sorted and paged by the database. What the
// signed-in account's role does not allow is refused here, whatever a window
// shows.
package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"gorm.io/gorm"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/folder"
	"qingfeng/model/vault"
)

// Store is an open data folder. Its methods may be called from any goroutine.
// Nobody is signed in at first: see [Store.SignIn] and [Store.Found].
type Store struct {
	writer  *gorm.DB // one connection, immediate transactions
	reader  *gorm.DB // a pool that cannot write
	folder  *folder.Folder
	assets  *assets.Library
	now     func() time.Time
	program string
	cost    vault.Cost
	session atomic.Pointer[session]

	files   sync.RWMutex // of attachments: read while one is opened or a backup takes them, locked while one goes
	backups sync.Mutex   // held while a backup is made or looked at, in a folder that the next one sweeps
}

// Options are what the store does not find out by itself.
type Options struct {
	Now     func() time.Time // the clock
	Program string           // which program signs people in, for the audit trail
	Cost    vault.Cost       // of a password; zero for the usual one
}

// Open opens the database of a data folder, makes it when it is missing and
// brings its schema up to date after a backup. A database that a newer program
// wrote is refused, and so is a damaged one (see [IsDamaged]).
func Open(ctx context.Context, f *folder.Folder, o Options) (*Store, error) {
	for _, p := range untestedDrivers() {
		slog.Warn("database driver differs from the tested one", "module", p.Module, "found", p.Found, "tested", p.Tested)
	}
	if o.Cost == (vault.Cost{}) {
		o.Cost = vault.Usual
	}
	s := &Store{folder: f, assets: assets.New(f.Overrides()), now: o.Now, program: o.Program, cost: o.Cost}
	if err := s.open(ctx); err != nil {
		s.closePools()
		return nil, faultOf(err)
	}
	return s, nil
}

func (s *Store) open(ctx context.Context) error {
	if s.folder.PendingSwap() {
		if _, err := s.folder.FinishSwap(); err != nil {
			return err
		}
	}
	verdict, err := s.folder.VerifyDatabase()
	if err != nil {
		return err
	}
	if err := prepareFile(s.folder, verdict == folder.SumDiffers); err != nil {
		return err
	}
	if s.writer, err = connect(s.folder.Database(), true); err != nil {
		return err
	}
	if verdict != folder.SumMatches { // else not a byte has changed since it was closed in good order
		if err := quickCheck(s.writer.WithContext(ctx)); err != nil {
			return err
		}
	}
	if verdict != folder.SumDiffers { // else the sum stays until the trail says so
		if err := s.folder.UnsealDatabase(); err != nil {
			return err
		}
	}
	if err := s.migrate(ctx); err != nil {
		return err
	}
	if s.reader, err = connect(s.folder.Database(), false); err != nil {
		return err
	}
	if verdict == folder.SumDiffers {
		if err := s.recordAlteration(ctx); err != nil {
			return err
		}
		if err := s.folder.UnsealDatabase(); err != nil {
			return err
		}
	}
	if err := s.recordRestore(ctx); err != nil {
		return err
	}
	s.finishFounding(ctx)
	if err := s.judgeAgain(ctx); err != nil {
		return err
	}
	return s.endExcuses(ctx)
}

// finishFounding removes plain copies that the founding could not, because it
// was killed or the disk was full.
func (s *Store) finishFounding(ctx context.Context) {
	founded, err := s.Founded(ctx)
	if err == nil && founded {
		err = s.dropPlain(ctx)
	}
	if err != nil {
		slog.Warn("plain copies stay", "err", err)
	}
}

// Close closes the database and notes its digest. The folder stays held until
// it is closed itself.
func (s *Store) Close() error {
	s.session.Store(nil)
	if err := s.closePools(); err != nil {
		return err
	}
	return s.folder.SealDatabase()
}

func (s *Store) closePools() error { return errors.Join(closePool(s.reader), closePool(s.writer)) }

// Folder is the data folder behind the store.
func (s *Store) Folder() *folder.Folder { return s.folder }

// Assets is the library of form texts and lists, the office's own versions first.
func (s *Store) Assets() *assets.Library { return s.assets }

// Today is the current day of the injected clock in local time.
func (s *Store) Today() day.Date { return day.Of(s.now()) }

// change is a running transaction. The audit lines it collects are chained and
// stored at its end; one that collected none is rolled back.
type change struct {
	*gorm.DB
	s     *Store
	by    *session // nil: the program itself, while nobody is signed in
	lines []auditRow

	reseal      bool         // whatever the trail's seal is: there was none, or people looked into it
	afterCommit func() error // if set, what memory has to know once the disk does
}

// write runs fn in one immediate transaction if the signed-in account may do
// that kind of work.
func (s *Store) write(ctx context.Context, need model.Permission, fn func(c *change) error) error {
	by, err := s.may(need)
	if err != nil {
		return err
	}
	return s.transact(ctx, by, fn)
}

// transact is write for a session that is known, or for none.
func (s *Store) transact(ctx context.Context, by *session, fn func(c *change) error) error {
	c := &change{s: s, by: by}
	err := s.writer.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		c.DB = tx
		if err := fn(c); err != nil {
			return err
		}
		if len(c.lines) == 0 {
			return fmt.Errorf("a change without an audit line")
		}
		return c.extendTrail()
	})
	if err == nil && c.afterCommit != nil {
		err = c.afterCommit()
	}
	return faultOf(err)
}

// writeOrNothing is write for changes that may turn out to be none: fn says
// whether it changed anything.
func (s *Store) writeOrNothing(ctx context.Context, need model.Permission, fn func(c *change) (bool, error)) error {
	by, err := s.may(need)
	if err != nil {
		return err
	}
	return s.transactOrNothing(ctx, by, fn)
}

func (s *Store) transactOrNothing(ctx context.Context, by *session, fn func(c *change) (bool, error)) error {
	changed := true
	err := s.transact(ctx, by, func(c *change) error {
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

// read starts a query of an account that may read; for others it fails when it
// is run.
func (s *Store) read(ctx context.Context) *gorm.DB {
	db := s.peek(ctx)
	if _, err := s.may(model.Read); err != nil {
		db.AddError(err)
	}
	return db
}

// peek starts a query of what may be known before anyone signs in.
func (s *Store) peek(ctx context.Context) *gorm.DB { return s.reader.WithContext(ctx) }

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
