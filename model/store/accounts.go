package store

import (
	"context"
	"errors"
	"maps"
	"strings"

	"qingfeng/model"
	"qingfeng/model/vault"
)

func accountColumns(a model.Account) columns {
	return columns{"login": a.Login, "name": a.Name, "role": string(a.Role), "disabled_on": string(a.DisabledOn), "must_change": flag(a.MustChange)}
}

func slotColumns(s vault.Slot) columns {
	return columns{"kdf": s.KDF, "locked": s.Locked, "recipient": s.Recipient}
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Accounts lists all accounts, disabled ones last.
func (s *Store) Accounts(ctx context.Context) ([]model.Account, error) {
	if _, err := s.may(model.Manage); err != nil {
		return nil, err
	}
	var rows []accountRow
	if err := s.peek(ctx).Table("account").Order("disabled_on <> '', id").Find(&rows).Error; err != nil {
		return nil, faultOf(err)
	}
	out := make([]model.Account, len(rows))
	for i, r := range rows {
		out[i] = r.account()
	}
	return out, nil
}

// Logins are the sign-in names in use: one shared PC, two to six people, so
// that a window may offer them.
func (s *Store) Logins(ctx context.Context) ([]string, error) {
	var out []string
	err := s.peek(ctx).Raw(`SELECT login FROM account WHERE disabled_on = '' ORDER BY id`).Scan(&out).Error
	return out, faultOf(err)
}

// AddAccount adds an account whose owner has to change the password at the
// first sign-in. It returns the id.
func (s *Store) AddAccount(ctx context.Context, a model.Account, password string) (int64, error) {
	a = tidyAccount(a)
	if err := s.mayBeAccount(a, password); err != nil {
		return 0, err
	}
	if _, err := s.may(model.Manage); err != nil { // before the time that a slot costs
		return 0, err
	}
	slot, _, err := vault.NewSlot(password, s.cost)
	if err != nil {
		return 0, err
	}
	a.MustChange = true
	err = s.write(ctx, model.Manage, func(c *change) error {
		var err error
		if a.ID, err = c.addAccount(a, slot); err != nil {
			return err
		}
		return c.sealKeys()
	})
	return a.ID, err
}

func tidyAccount(a model.Account) model.Account {
	a.Login, a.Name = strings.TrimSpace(a.Login), model.TidyName(a.Name)
	if a.Name == "" {
		a.Name = a.Login
	}
	return a
}

// mayBeAccount gathers what is wrong with a new account and its password.
func (s *Store) mayBeAccount(a model.Account, password string) error {
	var errs model.FieldErrors
	if err := a.Validate(); err != nil && !errors.As(err, &errs) {
		return err
	}
	if a.Login == theProgram {
		errs = append(errs, model.FieldError{Field: "Login", Label: "登录名", Message: "操作记录用“" + theProgram + "”称呼程序自己，请换一个"})
	}
	err := s.goodPassword(password, a.Login)
	var bad model.FieldErrors
	if errors.As(err, &bad) {
		return append(errs, bad...)
	}
	if err == nil && len(errs) > 0 {
		return errs
	}
	return err
}

func (s *Store) goodPassword(password, login string) error {
	common, err := s.assets.CommonPasswords()
	if err != nil {
		return model.Errorf(model.Invalid, "%v", err)
	}
	if msg := model.BadPassword(password, login, common); msg != "" {
		return model.FieldErrors{{Field: "Password", Label: "密码", Message: msg}}
	}
	return nil
}

func (c *change) addAccount(a model.Account, slot vault.Slot) (int64, error) {
	var n int64
	if err := c.Table("account").Where("login = ? COLLATE NOCASE", a.Login).Count(&n).Error; err != nil {
		return 0, err
	}
	if n > 0 {
		return 0, model.FieldErrors{{Field: "Login", Label: "登录名", Message: "已有这个登录名（停用的也算），请换一个"}}
	}
	row := accountColumns(a)
	full := columns{"failures": 0, "locked_until": 0, "proof": ""}
	maps.Copy(full, row)
	maps.Copy(full, slotColumns(slot))
	id, err := c.insert("account", full)
	if err != nil {
		return 0, err
	}
	if err := c.proveAccount(id); err != nil {
		return 0, err
	}
	return id, c.record("新增", "账号", id, a.Login, nil, row)
}

// SaveAccount changes the name or role of an account.
func (s *Store) SaveAccount(ctx context.Context, a model.Account) error {
	a = tidyAccount(a)
	if err := a.Validate(); err != nil {
		return err
	}
	return s.changeAccount(ctx, a.ID, "修改", func(c *change, old model.Account) (model.Account, error) {
		old.Name, old.Role = a.Name, a.Role
		return old, nil
	})
}

// DisableAccount ends an account: its key is thrown away, so that its password
// opens nothing any more. Nobody ends the own account, so that the last
// administrator stays and no session outlives its account.
func (s *Store) DisableAccount(ctx context.Context, id int64) error {
	return s.changeAccount(ctx, id, "停用", func(c *change, a model.Account) (model.Account, error) {
		if id == c.by.account.ID {
			return a, model.Errorf(model.Conflict, "不能停用自己的账号，请由另一名管理员停用")
		}
		if a.DisabledOn != "" {
			return a, model.Errorf(model.Conflict, "账号 %s 已经停用", a.Login)
		}
		a.DisabledOn = s.Today()
		return a, c.setSlot(id, vault.Slot{})
	})
}

// EnableAccount takes an account into use again under a password that its
// owner has to change.
func (s *Store) EnableAccount(ctx context.Context, id int64, password string) error {
	return s.newPassword(ctx, id, "启用", password)
}

// ResetPassword gives an account a password that its owner has to change, and
// unlocks it.
func (s *Store) ResetPassword(ctx context.Context, id int64, password string) error {
	return s.newPassword(ctx, id, "重设密码", password)
}

func (s *Store) newPassword(ctx context.Context, id int64, action, password string) error {
	if _, err := s.may(model.Manage); err != nil {
		return err
	}
	var row accountRow
	if err := first(s.peek(ctx).Table("account").Where("id = ?", id), &row, "个账号"); err != nil {
		return err
	}
	if err := s.goodPassword(password, row.Login); err != nil {
		return err
	}
	slot, _, err := vault.NewSlot(password, s.cost)
	if err != nil {
		return err
	}
	return s.changeAccount(ctx, id, action, func(c *change, a model.Account) (model.Account, error) {
		if disabled := a.DisabledOn != ""; disabled != (action == "启用") {
			return a, model.Errorf(model.Conflict, "账号 %s 的状态已变，请刷新后再试", a.Login)
		}
		a.DisabledOn, a.MustChange = "", true
		return a, c.setSlot(id, slot)
	})
}

// setSlot replaces an account's lock; what locked it out is forgotten.
func (c *change) setSlot(id int64, slot vault.Slot) error {
	return c.Exec(`UPDATE account SET kdf = ?, locked = ?, recipient = ?, failures = 0, locked_until = 0,
		disabled_on = CASE WHEN ? = '' THEN ? ELSE '' END WHERE id = ?`,
		slot.KDF, slot.Locked, slot.Recipient, slot.Locked, c.s.Today(), id).Error
}

// ownPassword says that the owner of an account chose its password.
func (c *change) ownPassword(id int64) error {
	if err := c.Exec(`UPDATE account SET must_change = 0 WHERE id = ?`, id).Error; err != nil {
		return err
	}
	return c.proveAccount(id)
}

// changeAccount changes one account, keeps an administrator and seals the data
// keys to those who may have them now.
func (s *Store) changeAccount(ctx context.Context, id int64, action string, edit func(c *change, old model.Account) (model.Account, error)) error {
	var now model.Account
	err := s.writeOrNothing(ctx, model.Manage, func(c *change) (bool, error) {
		var row accountRow
		if err := first(c.Table("account").Where("id = ?", id), &row, "个账号"); err != nil {
			return false, err
		}
		old := row.account()
		var err error
		if now, err = edit(c, old); err != nil {
			return false, err
		}
		if !c.by.proves(row) {
			if action == "修改" {
				return false, forged(row.Login)
			}
			now.Role = model.Auditor // nobody knows which role it had
		}
		if action == "修改" && now == old {
			return false, nil
		}
		if err := c.update("account", id, accountColumns(now)); err != nil {
			return false, err
		}
		if err := c.keepAdministrator(); err != nil {
			return false, err
		}
		if err := c.proveAccount(id); err != nil {
			return false, err
		}
		if err := c.sealKeys(); err != nil {
			return false, err
		}
		return true, c.record(action, "账号", id, now.Login, accountColumns(old), accountColumns(now))
	})
	if by := s.session.Load(); err == nil && by != nil && by.account.ID == id && now.ID == id {
		s.session.CompareAndSwap(by, &session{account: now, id: by.id, held: by.held}) // nobody who signed out meanwhile comes back
	}
	return err
}

func (c *change) keepAdministrator() error {
	var n int64
	if err := c.Table("account").Where("disabled_on = '' AND role = ?", model.Administrator).Count(&n).Error; err != nil {
		return err
	}
	if n == 0 {
		return model.Errorf(model.Conflict, "这是最后一名管理员，不能停用或改成别的角色。请先设另一名管理员")
	}
	return nil
}

// ChangePassword gives the signed-in account a new password. No data is
// encrypted anew. A wrong old one counts like a failed sign-in.
func (s *Store) ChangePassword(ctx context.Context, old, password string) error {
	by := s.session.Load()
	if by == nil {
		return model.Errorf(model.Denied, "请先登录")
	}
	if err := s.goodPassword(password, by.account.Login); err != nil {
		return err
	}
	if old == password {
		return model.FieldErrors{{Field: "Password", Label: "新密码", Message: "与原密码相同"}}
	}
	row, err := findLogin(s.peek(ctx), by.account.Login)
	if err != nil {
		return err
	}
	// Not the session's: that one is gone when people reset their own password.
	id, err := s.openSlot(ctx, row, old)
	if err != nil {
		return err
	}
	slot, err := id.Lock(password, s.cost)
	if err != nil {
		return err
	}
	err = s.transact(ctx, by, func(c *change) error {
		var is accountRow
		if err := first(c.Table("account").Where("id = ?", row.ID), &is, "个账号"); err != nil {
			return err
		}
		if !by.proves(is) { // the new proof would make it good
			return forged(is.Login)
		}
		if err := c.setSlot(row.ID, slot); err != nil {
			return err
		}
		if err := c.ownPassword(row.ID); err != nil {
			return err
		}
		return c.record("修改密码", "账号", row.ID, row.Login, nil, nil)
	})
	if err == nil {
		a := by.account
		a.MustChange = false
		s.session.CompareAndSwap(by, &session{account: a, id: id, held: by.held})
	}
	return err
}
