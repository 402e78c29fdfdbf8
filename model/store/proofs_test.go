package store

import (
	"context"
	"testing"

	"qingfeng/model"
	"qingfeng/model/vault"
)

// raw runs SQL as any other program could.
func (s *Store) raw(t *testing.T, query string, args ...any) {
	t.Helper()
	if err := s.writer.Exec(query, args...).Error; err != nil {
		t.Fatal(err)
	}
}

func TestAForgedRoleOpensNothing(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	id := must[int64](t)(s.AddAccount(ctx, model.Account{Login: "wang", Name: "王某", Role: model.Auditor}, "一开始给的那个密码"))
	s.SignOut(ctx, false)
	must[model.Account](t)(s.SignIn(ctx, "wang", "一开始给的那个密码"))
	if err := s.ChangePassword(ctx, "一开始给的那个密码", "王某自己想的密码"); err != nil {
		t.Fatal(err)
	}
	s.raw(t, `UPDATE account SET role = '管理员' WHERE login = 'wang'`)
	if _, err := s.SignIn(ctx, "wang", "王某自己想的密码"); model.CodeOf(err) != model.Denied {
		t.Fatalf("signed in with a role that nobody gave: %v", err)
	}
	must[model.Account](t)(s.SignIn(ctx, "li", password))
	if err := s.SaveAccount(ctx, model.Account{ID: id, Login: "wang", Name: "王某", Role: model.Administrator}); model.CodeOf(err) != model.Denied {
		t.Errorf("changed a forged account: %v", err)
	}
	if err := s.ResetPassword(ctx, id, "管理员后来给的密码"); err != nil {
		t.Fatal(err)
	}
	s.SignOut(ctx, false)
	if a := must[model.Account](t)(s.SignIn(ctx, "wang", "管理员后来给的密码")); a.Role != model.Auditor {
		t.Errorf("after the reset the role is %s", a.Role)
	}
}

// Somebody puts a key pair of their own in the place of an account's or the
// recovery code's: the data keys are never sealed to it.
func TestKeysAreSealedToNoStranger(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	must[int64](t)(s.AddAccount(ctx, model.Account{Login: "wang", Name: "王某", Role: model.Clerk}, "一开始给的那个密码"))
	slot, stranger, err := vault.NewSlot("别人的密码", vault.Cheap)
	if err != nil {
		t.Fatal(err)
	}
	s.raw(t, `UPDATE account SET kdf = ?, locked = ?, recipient = ? WHERE login = 'wang'`, slot.KDF, slot.Locked, slot.Recipient)
	must[int64](t)(s.AddAccount(ctx, model.Account{Login: "zhao", Name: "赵犇", Role: model.Clerk}, "一开始给的那个密码"))
	if err := s.Rekey(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := s.openKeys(s.peek(ctx), model.Account{}, stranger); err == nil {
		t.Error("the stranger's key opens the data keys")
	}
	s.raw(t, `UPDATE recovery SET kdf = ?, locked = ?, recipient = ?`, slot.KDF, slot.Locked, slot.Recipient)
	if _, err := s.AddAccount(ctx, model.Account{Login: "qian", Name: "钱某", Role: model.Clerk}, "一开始给的那个密码"); model.CodeOf(err) != model.Storage {
		t.Errorf("sealed keys beside a forged recovery code: %v", err)
	}
	must[string](t)(s.RenewRecoveryCode(ctx))
	must[int64](t)(s.AddAccount(ctx, model.Account{Login: "qian", Name: "钱某", Role: model.Clerk}, "一开始给的那个密码"))
}

// Somebody slips in a newer data key that is known to them: what is written
// next would be sealed with it.
func TestASlippedInKeyIsRefused(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	var recipients []string
	if err := s.peek(ctx).Raw(`SELECT recipient FROM account UNION ALL SELECT recipient FROM recovery`).Scan(&recipients).Error; err != nil {
		t.Fatal(err)
	}
	key, err := vault.NewKey(2)
	if err != nil {
		t.Fatal(err)
	}
	sealed := must[string](t)(key.SealTo(recipients))
	s.raw(t, `INSERT INTO data_key (number, made_at, sealed, proof) SELECT 2, made_at, ?, proof FROM data_key`, sealed)
	if _, err := s.SignIn(ctx, "li", password); model.CodeOf(err) != model.Storage {
		t.Errorf("signed in with a slipped-in key: %v", err)
	}
}

func TestRetiredKeysStayRetired(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	if err := s.Rekey(ctx, nil); err != nil {
		t.Fatal(err)
	}
	must[int64](t)(s.AddAccount(ctx, model.Account{Login: "wang", Name: "王某", Role: model.Clerk}, "一开始给的那个密码"))
	if must[bool](t)(s.Rekeying(ctx)) {
		t.Error("the old key came back with the next account")
	}
	s.SignOut(ctx, false)
	must[model.Account](t)(s.SignIn(ctx, "wang", "一开始给的那个密码"))
}
