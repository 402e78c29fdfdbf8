package store

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/vault"
)

// session is a signed-in account with the keys that its password opened.
type session struct {
	account model.Account
	id      *vault.Identity
	held    *held
}

// held are the data keys of a session. A key change adds to them while other
// transactions of the session go on.
type held struct{ atomic.Pointer[keys] }

type keys struct {
	list []vault.Key
	ring *vault.Ring
}

func (by *session) ring() *vault.Ring { return by.held.Load().ring }

// hold takes keys into the session's hands.
func (h *held) hold(list []vault.Key) error {
	ring, err := vault.NewRing(list...)
	if err == nil {
		h.Store(&keys{list, ring})
	}
	return err
}

// Account is who is signed in; ok is false when nobody is.
func (s *Store) Account() (a model.Account, ok bool) {
	if by := s.session.Load(); by != nil {
		return by.account, true
	}
	return model.Account{}, false
}

// May reports whether the signed-in account may do a kind of work, so that a
// window can leave out what the store would refuse.
func (s *Store) May(p model.Permission) bool {
	_, err := s.may(p)
	return err == nil
}

func (s *Store) may(p model.Permission) (*session, error) {
	by := s.session.Load()
	switch {
	case by == nil:
		return nil, model.Errorf(model.Denied, "请先登录")
	case by.account.MustChange:
		return nil, model.Errorf(model.Denied, "密码由管理员设置，请先改成自己的密码")
	case !by.account.Role.May(p):
		return nil, model.Errorf(model.Denied, "%s的角色是“%s”，无权%s", by.account.Label(), by.account.Role, p)
	}
	return by, nil
}

// accountRow is an account as stored.
type accountRow struct {
	model.Account
	LockedUntil int64 // UTC seconds
	KDF         string
	Locked      string
	Recipient   string
	Proof       string
}

func (r accountRow) slot() vault.Slot {
	return vault.Slot{KDF: r.KDF, Locked: r.Locked, Recipient: r.Recipient}
}

func (r accountRow) account() model.Account {
	a := r.Account
	if r.LockedUntil != 0 {
		a.LockedTill = time.Unix(r.LockedUntil, 0)
	}
	return a
}

// SignIn opens the keys with an account's password. After [model.MostFailures]
// wrong ones the account is locked for [model.LockTime]; failures are audit
// lines. It costs a noticeable time by intention, for unknown names too.
func (s *Store) SignIn(ctx context.Context, login, password string) (model.Account, error) {
	row, err := findLogin(s.peek(ctx), login)
	if model.CodeOf(err) == model.NotFound {
		vault.SpendTime(s.cost)
		return model.Account{}, s.signInFailed(ctx, accountRow{})
	}
	if err != nil {
		return model.Account{}, err
	}
	id, err := s.openSlot(ctx, row, password)
	if err != nil {
		return model.Account{}, err
	}
	by, err := s.openKeys(s.peek(ctx), row.account(), id)
	if err != nil {
		return model.Account{}, err
	}
	if !by.proves(row) {
		return model.Account{}, forged(row.Login)
	}
	err = s.transact(ctx, by, func(c *change) error {
		if err := c.Exec(`UPDATE account SET failures = 0, locked_until = 0 WHERE id = ?`, row.ID).Error; err != nil {
			return err
		}
		return c.record("登录", "账号", row.ID, row.Login, nil, columns{"program": s.program})
	})
	if err != nil {
		return model.Account{}, err
	}
	by.account.Failures, by.account.LockedTill = 0, time.Time{}
	s.session.Store(by)
	return by.account, nil
}

// SignOut ends the session; automatic says that nobody asked for it but the
// idle time was up.
func (s *Store) SignOut(ctx context.Context, automatic bool) error {
	by := s.session.Swap(nil)
	if by == nil {
		return nil
	}
	action := "退出"
	if automatic {
		action = "闲置锁定"
	}
	return s.transact(ctx, by, func(c *change) error {
		return c.record(action, "账号", by.account.ID, by.account.Login, nil, nil)
	})
}

func findLogin(db *gorm.DB, login string) (accountRow, error) {
	var row accountRow
	err := first(db.Table("account").Where("login = ? AND disabled_on = ''", login), &row, "个账号")
	return row, err
}

// openSlot opens an account's identity; a wrong password is counted.
func (s *Store) openSlot(ctx context.Context, row accountRow, password string) (*vault.Identity, error) {
	if till, locked := s.lockedTill(row); locked {
		if err := s.refusedWhileLocked(ctx, row, till); err != nil {
			return nil, err
		}
		return nil, model.Errorf(model.Denied, "密码连续输错，账号已锁定，%s 后再试", till.Local().Format("15:04"))
	}
	id, err := row.slot().Open(password)
	if errors.Is(err, vault.ErrSecret) {
		return nil, s.signInFailed(ctx, row)
	}
	return id, err
}

// lockedTill says until when an account is locked. A clock that was set back
// does not lengthen the time.
func (s *Store) lockedTill(row accountRow) (time.Time, bool) {
	till := time.Unix(row.LockedUntil, 0)
	if latest := s.now().Add(model.LockTime); till.After(latest) {
		till = latest
	}
	return till, row.LockedUntil != 0 && s.now().Before(till)
}

// refusedWhileLocked writes down that somebody tried. The end of a lock that
// lies too far ahead, because the clock was set back, is stored anew: else its
// time would begin again at every try.
func (s *Store) refusedWhileLocked(ctx context.Context, row accountRow, till time.Time) error {
	return s.transact(ctx, nil, func(c *change) error {
		if err := c.Exec(`UPDATE account SET locked_until = ? WHERE id = ?`, till.Unix(), row.ID).Error; err != nil {
			return err
		}
		return c.record("登录失败", "账号", row.ID, row.Login, nil, columns{"program": s.program, "locked": true})
	})
}

// signInFailed counts a wrong password and says so. What was typed as an
// unknown name may be a password and is kept nowhere.
func (s *Store) signInFailed(ctx context.Context, row accountRow) error {
	locked := false
	err := s.transact(ctx, nil, func(c *change) error {
		if row.ID == 0 {
			return c.record("登录失败", "账号", 0, "没有这个账号", nil, columns{"program": s.program})
		}
		var is accountRow // it may be another by now: passwords can be tried side by side
		if err := first(c.Table("account").Where("id = ?", row.ID), &is, "个账号"); err != nil {
			return err
		}
		failures, until := is.Failures+1, is.LockedUntil
		if _, locked = s.lockedTill(is); locked {
			failures = is.Failures
		} else if failures >= model.MostFailures {
			locked, failures, until = true, 0, s.now().Add(model.LockTime).Unix()
		}
		if err := c.Exec(`UPDATE account SET failures = ?, locked_until = ? WHERE id = ?`, failures, until, row.ID).Error; err != nil {
			return err
		}
		return c.record("登录失败", "账号", row.ID, row.Login, nil, columns{"program": s.program, "locked": locked})
	})
	if err != nil {
		return err
	}
	if locked {
		return model.Errorf(model.Denied, "密码连续输错 %d 次，账号锁定 %d 分钟", model.MostFailures, int(model.LockTime.Minutes()))
	}
	return model.Errorf(model.Denied, "登录名或密码不对")
}

// openKeys opens all data keys with an identity.
func (s *Store) openKeys(db *gorm.DB, a model.Account, id *vault.Identity) (*session, error) {
	var rows []struct {
		Number        int
		Sealed, Proof string
	}
	if err := db.Raw(`SELECT number, sealed, proof FROM data_key ORDER BY number`).Scan(&rows).Error; err != nil {
		return nil, faultOf(err)
	}
	by := &session{account: a, id: id, held: &held{}}
	var list []vault.Key
	for _, r := range rows {
		key, err := vault.OpenKey(r.Number, r.Sealed, id)
		if err != nil {
			return nil, wrapFault(err, "数据密钥打不开，数据文件夹可能已损坏。请做一次体检，或从备份恢复")
		}
		if len(list) > 0 && !by.provesKey(key, r.Proof) {
			return nil, model.Errorf(model.Storage, "数据密钥被清风以外的程序改动过，不能登录。请保留数据文件夹原样，并从备份恢复")
		}
		list = append(list, key)
		if err := by.held.hold(list); err != nil {
			return nil, err
		}
	}
	if len(list) == 0 {
		return nil, model.Errorf(model.Storage, "数据密钥不见了，数据文件夹可能已损坏。请从备份恢复")
	}
	return by, nil
}
