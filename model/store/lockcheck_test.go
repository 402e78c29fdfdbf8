package store

import (
	"context"
	"strings"
	"testing"

	"qingfeng/model"
)

func TestTheCheckLooksAtEveryLock(t *testing.T) {
	dir := furnished(t)
	for name, c := range map[string]struct {
		change, what string
		needsKeys    bool
	}{
		"an account's lock":    {`UPDATE account SET locked = 'AAAA' || substr(locked, 5) WHERE login = 'clerk'`, "账号 clerk", false},
		"an account's cost":    {`UPDATE account SET kdf = replace(kdf, 't=1', 't=2') WHERE login = 'clerk'`, "账号 clerk", false},
		"an account's half":    {`UPDATE account SET recipient = substr(recipient, 1, 20) WHERE login = 'clerk'`, "账号 clerk", false},
		"another's half":       {`UPDATE account SET recipient = (SELECT recipient FROM recovery) WHERE login = 'clerk'`, "账号 clerk", true},
		"a role":               {`UPDATE account SET role = '管理员' WHERE login = 'clerk'`, "账号 clerk", true},
		"a disabled account":   {`UPDATE account SET role = '管理员' WHERE login = 'gone'`, "账号 gone", true},
		"an account's proof":   {`UPDATE account SET proof = '' WHERE login = 'clerk'`, "账号 clerk", true},
		"the code's lock":      {`UPDATE recovery SET locked = 'AAAA' || substr(locked, 5)`, "恢复码", false},
		"the code's cost":      {`UPDATE recovery SET kdf = ''`, "恢复码", false},
		"the code's half":      {`UPDATE recovery SET recipient = (SELECT recipient FROM account WHERE login = 'clerk')`, "恢复码", true},
		"the code's proof":     {`UPDATE recovery SET proof = 'k1.AAAA'`, "恢复码", true},
		"the code taken away":  {`DELETE FROM recovery`, "恢复码的记录不见了", false},
		"a code of another's":  {`UPDATE recovery SET kdf = a.kdf, locked = a.locked, recipient = a.recipient FROM (SELECT * FROM account WHERE login = 'clerk') a`, "恢复码", true},
		"what is of no weight": {`UPDATE account SET failures = 2 WHERE login = 'clerk'`, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			s := openLocked(t, copyFolder(t, dir), cheap)
			raw(t, s.folder.Database(), c.change)
			want := 1
			if c.what == "" {
				want = 0
			}
			if found := problemsIn(t, s, areaSecrets); !c.needsKeys && len(found) != want || c.needsKeys && len(found) > 0 {
				t.Errorf("without keys: %q", found)
			}
			enter(t, s)
			if found := problemsIn(t, s, areaSecrets); len(found) != want || !strings.Contains(strings.Join(found, ""), c.what) {
				t.Errorf("with keys: %q", found)
			}
		})
	}
}

// What the check advises helps.
func TestADamagedLockIsMadeAnew(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	id := newAccount(t, s, "wang", model.Clerk)
	ok(t, s.writer.Exec(`UPDATE account SET locked = 'AAAA' WHERE login = 'wang'`).Error)
	ok(t, s.writer.Exec(`UPDATE recovery SET locked = 'AAAA'`).Error)
	ok(t, s.ResetPassword(ctx, id, "新的密码 2027"))
	code := must[string](t)(s.RenewRecoveryCode(ctx))
	clean(t, s)
	must[string](t)(s.Recover(ctx, code, "li", "新的密码 2027"))
}
