package system

import (
	"context"
	"testing"

	"qingfeng/model"
	"qingfeng/model/store/storetest"
	"qingfeng/ui/kit"
	"qingfeng/ui/kit/kittest"
)

const next = "高山流水 2027"

func TestOwnPassword(t *testing.T) {
	o := newAccountsBench(t)
	ShowOwnPassword(o.deps)
	o.press("修改密码")
	o.refuses("原密码", "请填写原密码")
	steps := []struct{ old, first, again, field, message string }{
		{storetest.Password, next, next + "！", "再输一次", "两次输入的不一样"},
		{storetest.Password, "li2026", "li2026", "新密码", "至少 8 个字符"},
		{storetest.Password, storetest.Password, storetest.Password, "新密码", "与原密码相同"},
		{"清风徐来 2025", next, next, "原密码", "原密码不对"},
		{storetest.Password + " ", next, next, "原密码", "原密码不对"}, // blanks belong to a password
	}
	for _, s := range steps {
		o.write("原密码", s.old)
		o.write("新密码", s.first)
		o.write("再输一次", s.again)
		o.press("修改密码")
		o.refuses(s.field, s.message)
		o.seesNot("登录名或密码不对")
	}
	kittest.Picture(t, o.win, "ownpassword-refused")
	o.write("原密码", storetest.Password)
	o.press("修改密码")
	o.sees("密码已修改")
	if o.open() {
		t.Error("the dialog is still open")
	}
	o.tells(next, storetest.Password, "清风徐来 2025")
	if _, err := o.signIn(storetest.Login, storetest.Password); err == nil {
		t.Error("the old password opens the account")
	}
	if _, err := o.signIn(storetest.Login, next); err != nil {
		t.Error(err)
	}
}

func TestWrongOldPasswordsLock(t *testing.T) {
	o := newAccountsBench(t)
	ShowOwnPassword(o.deps)
	o.write("原密码", "清风徐来 2025")
	o.write("新密码", next)
	o.write("再输一次", next)
	for range model.MostFailures {
		o.seesNot("账号锁定")
		o.press("修改密码")
	}
	o.refuses("原密码", "密码连续输错 5 次，账号锁定 15 分钟")
	o.write("原密码", storetest.Password)
	o.press("修改密码")
	o.refuses("原密码", "账号已锁定，12:15 后再试")
	check(t, o.deps.Store.SignOut(context.Background(), true))
	o.press("修改密码")
	o.sees("没有完成", "请先登录")
}

func TestAGivenPasswordIsChangedFirst(t *testing.T) {
	o := newAccountsBench(t)
	o.person("wang", "王某", model.Clerk)
	if _, err := o.signIn("wang", given); err != nil || o.deps.Store.May(model.Read) {
		t.Fatal("a given password opens the registers", err)
	}
	done := 0
	form := OwnPasswordForm(o.win, o.deps.Store, o.deps.Log, func() { done++ })
	kit.SetContent(o.win, form.Body())
	form.Focus("")
	o.write("原密码", given)
	o.write("新密码", next)
	o.write("再输一次", next)
	form.Save()
	if a, _ := o.deps.Store.Account(); done != 1 || a.MustChange || !o.deps.Store.May(model.Read) {
		t.Errorf("told %d times, signed in as %+v; the window shows %s", done, a, kittest.Texts(o.win))
	}
}
