package store

import (
	"context"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/vault"
)

// founded opens a fresh folder and returns its recovery code too.
func founded(t testing.TB) (*Store, string) {
	t.Helper()
	c := &clock{noon}
	s := openLocked(t, t.TempDir(), c.options())
	code := must[string](t)(s.Found(context.Background(), model.NewHospital("某县中医院"), model.Account{Login: "li", Name: "李某"}, password))
	return s, code
}

func TestTheRecoveryCodeResetsAnAdministratorOnce(t *testing.T) {
	ctx := context.Background()
	s, code := founded(t)
	newAccount(t, s, "wang", model.Clerk)
	id := letter(t, s)
	added := must[int64](t)(s.Attach(ctx, "承诺书", id, "扫描件.pdf", scan("甲")))
	s.SignOut(ctx, false)
	wrong(t, s, "li", 5)

	before := dump(t, s, "audit", "audit_head")
	for _, c := range []struct {
		code, login, password string
		want                  model.Code
	}{
		{code, "wang", "新的密码 2027", model.Denied}, // a clerk
		{code, "zhao", "新的密码 2027", model.Denied}, // nobody
		{vault.NewRecoveryCode(), "li", "新的密码 2027", model.Denied},
		{code[:10], "li", "新的密码 2027", model.Invalid},
		{code, "li", "12345678", model.Invalid},
	} {
		_, err := s.Recover(ctx, c.code, c.login, c.password)
		wantCode(t, err, c.want)
	}
	if d := differences(before, dump(t, s, "audit", "audit_head")); len(d) > 0 {
		t.Errorf("refused attempts changed %v", d)
	}
	if _, there := s.Account(); there {
		t.Error("somebody got in")
	}

	// As a person types it from paper.
	next := must[string](t)(s.Recover(ctx, strings.ToLower(strings.ReplaceAll(code, "-", " ")), "li", "新的密码 2027"))
	if parsed, err := vault.ParseRecoveryCode(next); next == code || parsed != next {
		t.Errorf("the next code is %q (%v)", next, err)
	}
	must[int64](t)(s.AddAccount(ctx, model.Account{Login: "zhao", Name: "赵某", Role: model.Clerk}, clerkPassword))
	if _, content, err := s.AttachmentContent(ctx, added); err != nil || !strings.Contains(string(content), "甲") {
		t.Errorf("the attachment: %v", err)
	}
	clean(t, s)
	s = reopened(t, s)
	_, err := s.SignIn(ctx, "li", password)
	wantCode(t, err, model.Denied)
	_, err = s.Recover(ctx, code, "li", "第三个密码 33")
	wantCode(t, err, model.Denied)
	must[string](t)(s.Recover(ctx, next, "li", "第三个密码 33"))
	must[model.Account](t)(s.SignIn(ctx, "li", "第三个密码 33"))
	must[model.Account](t)(s.SignIn(ctx, "wang", clerkPassword))
	clean(t, s)
}

func TestANewRecoveryCodeEndsTheOldOne(t *testing.T) {
	ctx := context.Background()
	s, code := founded(t)
	next := must[string](t)(s.RenewRecoveryCode(ctx))
	_, err := s.Recover(ctx, code, "li", "新的密码 2027")
	wantCode(t, err, model.Denied)
	must[string](t)(s.Recover(ctx, next, "li", "新的密码 2027"))
	clean(t, s)
}

func TestAFolderIsFoundedOnce(t *testing.T) {
	ctx := context.Background()
	c := &clock{noon}
	s := openLocked(t, t.TempDir(), c.options())
	empty := dump(t, s)
	h := model.NewHospital("")
	_, err := s.Found(ctx, h, model.Account{Login: "", Name: "李#某"}, "123")
	if fields, isFields := err.(model.FieldErrors); !isFields || fields.Of("Name") == "" || fields.Of("Login") == "" || fields.Of("AdminName") == "" || fields.Of("Password") == "" {
		t.Errorf("errors %v", err)
	}
	if d := differences(empty, dump(t, s)); len(d) > 0 {
		t.Errorf("changed %v", d)
	}
	enter(t, s)
	before := dump(t, s)
	_, err = s.Found(ctx, model.NewHospital("别的医院"), model.Account{Login: "zhao", Name: "赵某"}, clerkPassword)
	wantCode(t, err, model.Conflict)
	if d := differences(before, dump(t, s)); len(d) > 0 {
		t.Errorf("founding again changed %v", d)
	}
	if a, _ := s.Account(); a.Login != "li" || a.ID == 0 {
		t.Errorf("signed in is %+v", a)
	}
}
