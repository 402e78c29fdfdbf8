package store

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/vault"
)

func openAt(t *testing.T) (*Store, *clock) {
	t.Helper()
	c := &clock{noon}
	s := openLocked(t, t.TempDir(), c.options())
	enter(t, s)
	return s, c
}

func wrong(t *testing.T, s *Store, login string, times int) error {
	t.Helper()
	var err error
	for range times {
		_, err = s.SignIn(context.Background(), login, "不是这个密码 99")
		wantCode(t, err, model.Denied)
	}
	return err
}

func TestFiveWrongPasswordsLockForAQuarterOfAnHour(t *testing.T) {
	ctx := context.Background()
	s, clock := openAt(t)
	newAccount(t, s, "wang", model.Clerk)
	if err := wrong(t, s, "wang", 4); !strings.Contains(err.Error(), "不对") {
		t.Errorf("the fourth: %v", err)
	}
	must[model.Account](t)(s.SignIn(ctx, "wang", clerkPassword)) // forgets the four
	if err := wrong(t, s, "wang", 4); strings.Contains(err.Error(), "锁定") {
		t.Errorf("four after a right one: %v", err)
	}
	if err := wrong(t, s, "wang", 1); !strings.Contains(err.Error(), "锁定 15 分钟") {
		t.Errorf("the fifth: %v", err)
	}
	_, err := s.SignIn(ctx, "wang", clerkPassword)
	wantCode(t, err, model.Denied)
	if !strings.Contains(err.Error(), "12:15") {
		t.Errorf("the right one while locked: %v", err)
	}
	if a := must[model.Account](t)(s.SignIn(ctx, "li", password)); a.Login != "li" {
		t.Error("another account is locked too")
	}
	clock.add(model.LockTime - time.Second)
	if _, err = s.SignIn(ctx, "wang", clerkPassword); err == nil {
		t.Error("unlocked too early")
	}
	if n := must[Rows[model.AuditLine]](t)(s.Trail(ctx, TrailFilter{Action: "登录失败"}, Page{})).Total; n != 4+5+2 {
		t.Errorf("%d failures in the trail", n)
	}
	clock.add(time.Second)
	if a := must[model.Account](t)(s.SignIn(ctx, "wang", clerkPassword)); a.Failures != 0 || !a.LockedTill.IsZero() {
		t.Errorf("after the lock: %+v", a)
	}
	if err := wrong(t, s, "wang", 4); strings.Contains(err.Error(), "锁定") {
		t.Errorf("four after the lock: %v", err)
	}
}

// The lock neither ends nor lasts longer because the clock was set back.
func TestAClockSetBackDoesNotMoveTheLock(t *testing.T) {
	ctx := context.Background()
	s, clock := openAt(t)
	newAccount(t, s, "wang", model.Clerk)
	wrong(t, s, "wang", 5)
	clock.add(-1000 * 24 * time.Hour)
	_, err := s.SignIn(ctx, "wang", clerkPassword)
	wantCode(t, err, model.Denied)
	clock.add(model.LockTime - time.Second)
	if _, err = s.SignIn(ctx, "wang", clerkPassword); err == nil {
		t.Error("setting the clock back shortened the lock")
	}
	clock.add(2 * time.Second)
	if _, err = s.SignIn(ctx, "wang", clerkPassword); err != nil {
		t.Errorf("a quarter of an hour after the clock was set right: %v", err)
	}
	s = reopened(t, s)
	enter(t, s)
	clean(t, s)
}

// Passwords tried side by side count one by one, and none takes a lock away.
func TestPasswordsTriedSideBySide(t *testing.T) {
	ctx := context.Background()
	s, _ := openAt(t)
	newAccount(t, s, "wang", model.Clerk)
	row := must[accountRow](t)(findLogin(s.peek(ctx), "wang"))
	for range 6 { // all read the account before the first was counted
		wantCode(t, s.signInFailed(ctx, row), model.Denied)
	}
	if _, err := s.SignIn(ctx, "wang", clerkPassword); err == nil {
		t.Error("the sixth wrong password took the lock away")
	}
}

func TestFailuresAreCountedFromAnyStart(t *testing.T) {
	s, _ := openAt(t)
	for range 4 {
		wrong(t, s, "li", 1)
		s = reopened(t, s)
	}
	if err := wrong(t, s, "li", 1); !strings.Contains(err.Error(), "锁定") {
		t.Errorf("the fifth start: %v", err)
	}
}

func TestAnAdministratorResetsAPassword(t *testing.T) {
	ctx := context.Background()
	s, _ := openAt(t)
	id := newAccount(t, s, "wang", model.Clerk)
	wrong(t, s, "wang", 5)
	enter(t, s)
	if a := must[[]model.Account](t)(s.Accounts(ctx)); a[1].LockedTill.IsZero() {
		t.Errorf("the lock is not shown: %+v", a[1])
	}
	ok(t, s.ResetPassword(ctx, id, "重设的密码 77"))
	if _, err := s.SignIn(ctx, "wang", clerkPassword); err == nil {
		t.Error("the old password still opens")
	}
	a := must[model.Account](t)(s.SignIn(ctx, "wang", "重设的密码 77"))
	if !a.MustChange {
		t.Error("a password set by another need not be changed")
	}
	_, err := s.Staff(ctx, StaffFilter{}, Page{})
	wantCode(t, err, model.Denied)
	wantCode(t, s.ChangePassword(ctx, "重设的密码 77", "重设的密码 77"), model.Invalid)
	wantCode(t, s.ChangePassword(ctx, "不是这个密码 99", clerkPassword), model.Denied)
	ok(t, s.ChangePassword(ctx, "重设的密码 77", clerkPassword))
	if a, _ := s.Account(); a.MustChange {
		t.Error("still to be changed")
	}
	must[Rows[StaffRow]](t)(s.Staff(ctx, StaffFilter{}, Page{}))
	if a := must[model.Account](t)(s.SignIn(ctx, "wang", clerkPassword)); a.MustChange {
		t.Error("still to be changed at the next start")
	}
}

// Whoever resets the own password must get in again afterwards.
func TestAnAdministratorResetsTheOwnPassword(t *testing.T) {
	ctx := context.Background()
	s, _ := openAt(t)
	me, _ := s.Account()
	ok(t, s.ResetPassword(ctx, me.ID, "重设的密码 77"))
	ok(t, s.ChangePassword(ctx, "重设的密码 77", "新的密码 2027"))
	must[BackupResult](t)(s.Backup(ctx, folder.OnDemand, ""))
	s = reopened(t, s)
	must[model.Account](t)(s.SignIn(ctx, "li", "新的密码 2027"))
	clean(t, s)
}

func TestADisabledAccountOpensNothing(t *testing.T) {
	ctx := context.Background()
	s, _ := openAt(t)
	id := newAccount(t, s, "wang", model.Clerk)
	slot := slotOf(t, s, "wang")
	his := must[*vault.Identity](t)(slot.Open(clerkPassword))
	if n := opensKeys(t, s, his); n != 1 {
		t.Fatalf("in use it opens %d data keys", n)
	}
	ok(t, s.DisableAccount(ctx, id))
	if n := opensKeys(t, s, his); n != 0 {
		t.Errorf("disabled it opens %d data keys", n)
	}
	if got := slotOf(t, s, "wang"); got != (vault.Slot{}) {
		t.Errorf("its slot stays: %v", got)
	}
	_, err := s.SignIn(ctx, "wang", clerkPassword)
	wantCode(t, err, model.Denied)
	wantCode(t, s.DisableAccount(ctx, id), model.Conflict)
	wantCode(t, s.ResetPassword(ctx, id, "重设的密码 77"), model.Conflict)
	_, err = s.AddAccount(ctx, model.Account{Login: "wang", Name: "王某", Role: model.Clerk}, clerkPassword)
	wantCode(t, err, model.Invalid)
	if got := must[[]string](t)(s.Logins(ctx)); fmt.Sprint(got) != "[li]" {
		t.Errorf("logins %v", got)
	}
	ok(t, s.EnableAccount(ctx, id, "又一个密码 33"))
	wantCode(t, s.EnableAccount(ctx, id, "又一个密码 33"), model.Conflict)
	if n := opensKeys(t, s, his); n != 0 {
		t.Errorf("enabled again, the identity of before opens %d data keys", n)
	}
	if a := must[model.Account](t)(s.SignIn(ctx, "wang", "又一个密码 33")); !a.MustChange {
		t.Error("enabled without a change of password")
	}
	s.SignOut(ctx, false)
	clean(t, s)
}

func slotOf(t *testing.T, s *Store, login string) vault.Slot {
	t.Helper()
	var row accountRow
	ok(t, first(s.peek(context.Background()).Table("account").Where("login = ?", login), &row, "个账号"))
	return row.slot()
}

// opensKeys counts the data keys that are sealed to an identity.
func opensKeys(t *testing.T, s *Store, id *vault.Identity) int {
	t.Helper()
	var rows []struct {
		Number int
		Sealed string
	}
	ok(t, s.peek(context.Background()).Raw(`SELECT number, sealed FROM data_key`).Scan(&rows).Error)
	n := 0
	for _, r := range rows {
		if _, err := vault.OpenKey(r.Number, r.Sealed, id); err == nil {
			n++
		}
	}
	return n
}

func TestTheLastAdministratorStays(t *testing.T) {
	ctx := context.Background()
	s, _ := openAt(t)
	me, _ := s.Account()
	before := dump(t, s)
	wantCode(t, s.DisableAccount(ctx, me.ID), model.Conflict)
	wantCode(t, s.SaveAccount(ctx, model.Account{ID: me.ID, Login: "li", Name: "李某", Role: model.Clerk}), model.Conflict)
	if d := differences(before, dump(t, s)); len(d) > 0 {
		t.Errorf("changed %v", d)
	}
	other := newAccount(t, s, "wang", model.Administrator)
	ok(t, s.SaveAccount(ctx, model.Account{ID: me.ID, Login: "li", Name: "李某", Role: model.Clerk}))
	if s.May(model.Manage) {
		t.Error("the session keeps the role of before")
	}
	must[model.Account](t)(s.SignIn(ctx, "wang", clerkPassword))
	wantCode(t, s.DisableAccount(ctx, other), model.Conflict)
}

// Nobody works on under an account that is disabled.
func TestTheOwnAccountIsDisabledByOthers(t *testing.T) {
	ctx := context.Background()
	s, _ := openAt(t)
	newAccount(t, s, "wang", model.Administrator)
	me, _ := s.Account()
	wantCode(t, s.DisableAccount(ctx, me.ID), model.Conflict)
	must[model.Account](t)(s.SignIn(ctx, "wang", clerkPassword))
	ok(t, s.DisableAccount(ctx, me.ID))
}

func TestAPasswordChangesNoData(t *testing.T) {
	ctx := context.Background()
	s, _ := openAt(t)
	id := letter(t, s)
	must[int64](t)(s.Attach(ctx, "承诺书", id, "扫描件.pdf", scan("甲")))
	before, files := dump(t, s, "account", "audit", "audit_head"), filesOf(t, s.folder.Attachments())
	ok(t, s.ChangePassword(ctx, password, "新的密码 2027"))
	if d := differences(before, dump(t, s, "account", "audit", "audit_head")); len(d) > 0 {
		t.Errorf("a change of password changed %v", d)
	}
	if d := differences(files, filesOf(t, s.folder.Attachments())); len(d) > 0 {
		t.Errorf("it changed %d files", len(d))
	}
	_, err := s.SignIn(ctx, "li", password)
	wantCode(t, err, model.Denied)
	must[model.Account](t)(s.SignIn(ctx, "li", "新的密码 2027"))
	clean(t, s)
}

// A role that was slipped in while its owner is signed in is not made good by
// the owner's change of password.
func TestAChangeOfPasswordProvesNoForgedRole(t *testing.T) {
	ctx := context.Background()
	s, _ := openAt(t)
	newAccount(t, s, "wang", model.Auditor)
	must[model.Account](t)(s.SignIn(ctx, "wang", clerkPassword))
	raw(t, s.folder.Database(), `UPDATE account SET role = '管理员' WHERE login = 'wang'`)
	wantCode(t, s.ChangePassword(ctx, clerkPassword, "新的密码 2027"), model.Denied)
	for _, p := range []string{clerkPassword, "新的密码 2027"} {
		_, err := s.SignIn(ctx, "wang", p)
		wantCode(t, err, model.Denied)
	}
}

func TestAWrongOldPasswordCounts(t *testing.T) {
	ctx := context.Background()
	s, _ := openAt(t)
	for range 5 {
		wantCode(t, s.ChangePassword(ctx, "不是这个密码 99", "新的密码 2027"), model.Denied)
	}
	if err := s.ChangePassword(ctx, password, "新的密码 2027"); err == nil || !strings.Contains(err.Error(), "锁定") {
		t.Errorf("after five wrong ones: %v", err)
	}
	_, err := s.SignIn(ctx, "li", password)
	wantCode(t, err, model.Denied)
}

func TestLoginsAreUniqueAndNobodyIsTheProgram(t *testing.T) {
	ctx := context.Background()
	s, _ := openAt(t)
	for _, a := range []model.Account{
		{Login: "li", Name: "另一人", Role: model.Clerk}, {Login: " li ", Name: "另一人", Role: model.Clerk},
		{Login: "LI", Name: "另一人", Role: model.Clerk}, {Login: "", Name: "另一人", Role: model.Clerk},
		{Login: "wang", Name: "王某", Role: "院长"}, {Login: "wang", Name: "王#某", Role: model.Clerk},
		{Login: "系统", Role: model.Clerk}, // the trail calls the program so
	} {
		_, err := s.AddAccount(ctx, a, clerkPassword)
		wantCode(t, err, model.Invalid)
	}
	for _, p := range []string{"", "1234567", "12345678", "password"} {
		_, err := s.AddAccount(ctx, model.Account{Login: "wang", Name: "王某", Role: model.Clerk}, p)
		wantCode(t, err, model.Invalid)
	}
	if got := must[[]model.Account](t)(s.Accounts(ctx)); len(got) != 1 {
		t.Errorf("accounts %+v", got)
	}
	// A second person of one name is told apart by the login.
	must[int64](t)(s.AddAccount(ctx, model.Account{Login: "li2", Name: "李某", Role: model.Clerk}, clerkPassword))
	if all := must[[]model.Account](t)(s.Accounts(ctx)); all[0].Label() == all[1].Label() {
		t.Error("two people have one label")
	}
}

func TestSigningOutEndsTheSession(t *testing.T) {
	ctx := context.Background()
	s, _ := openAt(t)
	ok(t, s.SignOut(ctx, true))
	ok(t, s.SignOut(ctx, true)) // nobody is there: no line
	if _, there := s.Account(); there || s.May(model.Read) {
		t.Error("somebody is still signed in")
	}
	enter(t, s)
	ok(t, s.SignOut(ctx, false))
	enter(t, s)
	var actions []string
	for _, l := range must[[]model.AuditLine](t)(s.AuditLines(ctx, "账号", 1, 10)) {
		actions = append(actions, l.Action)
	}
	if got := strings.Join(actions, " "); got != "登录 退出 登录 闲置锁定 新增" {
		t.Errorf("lines %s", got)
	}
}
