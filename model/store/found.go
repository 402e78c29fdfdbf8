package store

import (
	"context"
	"errors"
	"log/slog"
	"os"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/vault"
)

// Founded reports whether the folder has accounts: whether people sign in, or
// the first start comes first.
func (s *Store) Founded(ctx context.Context) (bool, error) {
	var n int64
	err := s.peek(ctx).Table("account").Count(&n).Error
	return n > 0, faultOf(err)
}

// Found stores the hospital's profile, makes the first administrator and the
// data key, signs the administrator in and returns the recovery code, which is
// kept nowhere. What a folder of the time before accounts holds in plain text
// is encrypted in the same transaction.
func (s *Store) Found(ctx context.Context, h model.Hospital, a model.Account, password string) (code string, err error) {
	a = tidyAccount(a)
	a.Role, a.MustChange = model.Administrator, false
	if err := s.mayFound(h, a, password); err != nil {
		return "", err
	}
	slot, id, err := vault.NewSlot(password, s.cost)
	if err != nil {
		return "", err
	}
	key, err := vault.NewKey(1)
	if err != nil {
		return "", err
	}
	by := &session{account: a, id: id, held: &held{}}
	if err := by.held.hold([]vault.Key{key}); err != nil {
		return "", err
	}
	err = s.transact(ctx, by, func(c *change) error {
		var n int64
		if err := c.Table("account").Count(&n).Error; err != nil {
			return err
		}
		if n > 0 {
			return model.Errorf(model.Conflict, "这个数据文件夹已有账号，请登录")
		}
		c.reseal = true
		if err := c.addKey(key); err != nil {
			return err
		}
		if by.account.ID, err = c.addAccount(a, slot); err != nil {
			return err
		}
		if code, err = c.newRecoveryCode(); err != nil {
			return err
		}
		if err := c.sealKeys(); err != nil {
			return err
		}
		if _, err := c.sealAgain(0); err != nil {
			return err
		}
		_, err = c.saveHospital(h)
		return err
	})
	if err != nil {
		return "", err
	}
	s.session.Store(by)
	if err := s.dropPlain(ctx); err != nil { // no reason to lose the code; the next start tries again
		slog.Warn("plain copies stay until the next start", "err", err)
	}
	return code, nil
}

func (s *Store) mayFound(h model.Hospital, a model.Account, password string) error {
	var errs, bad model.FieldErrors
	if err := h.Validate(); err != nil && !errors.As(err, &errs) {
		return err
	}
	if err := s.mayBeAccount(a, password); err != nil && !errors.As(err, &bad) {
		return err
	}
	for _, e := range bad { // an account's Name is not the hospital's
		if e.Field == "Name" {
			e.Field = "AdminName"
		}
		errs = append(errs, e)
	}
	if len(errs) > 0 {
		return errs
	}
	return nil
}

// dropPlain removes what remains of values that are encrypted by now: in free
// pages, in the write-ahead log, and in the copy made before the schema
// changed. The copy goes last: while it is there, the next start does all of
// this again.
func (s *Store) dropPlain(ctx context.Context) error {
	copies, err := folder.Named(s.folder.Backups(), plainCopy)
	if err != nil || len(copies) == 0 {
		return err
	}
	db := s.writer.WithContext(ctx)
	if err := db.Exec(`VACUUM`).Error; err != nil {
		return err
	}
	var log struct{ Busy int }
	if err := db.Raw(`PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&log).Error; err != nil {
		return err
	}
	if log.Busy != 0 {
		return errors.New("a reader keeps the write-ahead log")
	}
	for _, path := range copies {
		err = errors.Join(err, os.Remove(path))
	}
	return err
}

// newRecoveryCode makes a code and its lock; the one before opens nothing any
// more once the keys are sealed again.
func (c *change) newRecoveryCode() (string, error) {
	code := vault.NewRecoveryCode()
	slot, _, err := vault.NewSlot(code, c.s.cost)
	if err != nil {
		return "", err
	}
	err = c.Exec(`INSERT INTO recovery (id, made_at, kdf, locked, recipient, proof) VALUES (1, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET made_at = excluded.made_at, kdf = excluded.kdf, locked = excluded.locked,
			recipient = excluded.recipient, proof = excluded.proof`,
		c.s.now().Unix(), slot.KDF, slot.Locked, slot.Recipient, c.by.recoveryProof(slot.Recipient)).Error
	if err != nil {
		return "", err
	}
	return code, c.record("生成", "恢复码", 0, "", nil, nil)
}

// RenewRecoveryCode makes a new recovery code; the printed one before is void.
func (s *Store) RenewRecoveryCode(ctx context.Context) (code string, err error) {
	err = s.write(ctx, model.Manage, func(c *change) error {
		if code, err = c.newRecoveryCode(); err != nil {
			return err
		}
		return c.sealKeys()
	})
	return code, err
}

// Recover gives an administrator a new password by the printed recovery code
// and signs in. The code is used up: the new one is returned, to be printed.
func (s *Store) Recover(ctx context.Context, typed, login, password string) (code string, err error) {
	printed, err := vault.ParseRecoveryCode(typed)
	if err != nil {
		return "", err
	}
	row, err := findLogin(s.peek(ctx), login)
	if err != nil && model.CodeOf(err) != model.NotFound {
		return "", err
	}
	if row.Role != model.Administrator {
		return "", model.Errorf(model.Denied, "恢复码只能重设管理员的密码，请填写管理员的登录名")
	}
	if err := s.goodPassword(password, login); err != nil {
		return "", err
	}
	opened, err := s.openRecovery(ctx, printed)
	if err != nil {
		return "", err
	}
	slot, id, err := vault.NewSlot(password, s.cost)
	if err != nil {
		return "", err
	}
	a := row.account()
	a.MustChange, a.Failures = false, 0
	by := &session{account: a, id: id, held: opened.held}
	err = s.transact(ctx, by, func(c *change) error {
		if err := c.setSlot(row.ID, slot); err != nil {
			return err
		}
		if err := c.ownPassword(row.ID); err != nil {
			return err
		}
		if code, err = c.newRecoveryCode(); err != nil {
			return err
		}
		if err := c.record("用恢复码重设密码", "账号", row.ID, row.Login, nil, columns{"program": s.program}); err != nil {
			return err
		}
		return c.sealKeys()
	})
	if err == nil {
		s.session.Store(by)
	}
	return code, err
}

// openRecovery opens the data keys with the recovery code; a wrong one is an
// audit line.
func (s *Store) openRecovery(ctx context.Context, code string) (*session, error) {
	var row struct{ KDF, Locked, Recipient string }
	if err := first(s.peek(ctx).Table("recovery"), &row, "个恢复码"); err != nil {
		return nil, err
	}
	id, err := vault.Slot{KDF: row.KDF, Locked: row.Locked, Recipient: row.Recipient}.Open(code)
	if errors.Is(err, vault.ErrSecret) {
		err = s.transact(ctx, nil, func(c *change) error {
			return c.record("恢复码不对", "账号", 0, "", nil, columns{"program": s.program})
		})
		if err == nil {
			err = model.Errorf(model.Denied, "这不是这个数据文件夹现在的恢复码。换过恢复码的，以最后打印的一张为准")
		}
	}
	if err != nil {
		return nil, err
	}
	return s.openKeys(s.peek(ctx), model.Account{}, id)
}
