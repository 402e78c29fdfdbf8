package system

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/ui/kit"
	"qingfeng/ui/kit/kittest"
)

func TestNewAccountWithAGeneratedPassword(t *testing.T) {
	o := newAccountsBench(t)
	o.press("新增账号")
	o.write("登录名", " wang ")
	o.write("姓名", "王 某")
	after[*kit.Segmented](o, "角色").SetValue(string(model.Auditor))
	o.press("生成一个")
	password := after[*kit.Entry](o, "初始密码").Value()
	o.sees(password) // it is not hidden
	o.press("保存")
	o.sees("已新增账号 wang", "请把密码交给本人", password, "关闭后不再显示")
	o.press("已交给本人")
	o.seesNot(password)
	row, ok := o.page.page.Table().Selected()
	if !ok || row.Login != "wang" || row.Name != "王某" || row.Role != model.Auditor || !row.MustChange {
		t.Errorf("the list has %+v selected", row)
	}
	o.tells(password)
	if a, err := o.signIn("wang", password); err != nil || !a.MustChange {
		t.Errorf("signed in as %+v, %v", a, err)
	}
}

func TestNewAccountWithATypedPassword(t *testing.T) {
	o := newAccountsBench(t)
	kittest.Show(o.win, o.page)
	o.press("新增账号")
	o.write("登录名", "zhao")
	o.write("姓名", "赵某")
	o.press("生成一个")
	o.write("初始密码", given)
	o.write("再输一次", given)
	o.press("保存")
	o.sees("已新增账号 zhao")
	o.seesNot("请把密码交给本人") // who typed it knows it
	o.tells(given)
	if _, err := o.signIn("zhao", given); err != nil {
		t.Error(err)
	}
	if a, _ := o.deps.Store.Account(); a.Role != model.Clerk {
		t.Errorf("an account is a %s unless chosen otherwise", a.Role)
	}
}

func TestNewAccountRefusesUnderTheField(t *testing.T) {
	o := newAccountsBench(t)
	o.person("wang", "王某", model.Clerk)
	o.press("新增账号")
	o.press("保存")
	o.refuses("登录名", "请填写登录名")
	o.sees("请填写姓名", "请填写初始密码", "请填写再输一次")
	steps := []struct{ field, text, refused, message string }{
		{"登录名", "wang", "", ""},
		{"姓名", "王二", "", ""},
		{"初始密码", "12345678", "", ""},
		{"再输一次", "12345679", "再输一次", "两次输入的不一样"},
		{"再输一次", "12345678", "初始密码", "太常见"},
		{"初始密码", "短", "再输一次", "两次输入的不一样"},
		{"再输一次", "短", "初始密码", "至少 8 个字符"},
		{"初始密码", given, "", ""},
		{"再输一次", given, "登录名", "已有这个登录名"},
		{"登录名", "wang er", "登录名", "含有不允许的字符"},
		{"登录名", "wanger", "姓名", "含有不允许的字符"},
	}
	for _, s := range steps {
		if s.message == "含有不允许的字符" && s.refused == "姓名" {
			o.write("姓名", "王2")
		}
		o.write(s.field, s.text)
		if s.message != "" {
			o.press("保存")
			o.refuses(s.refused, s.message)
		}
	}
	all, err := o.deps.Store.Accounts(context.Background())
	if check(t, err); len(all) != 2 {
		t.Errorf("%d accounts though refused", len(all))
	}
	o.tells("12345678", given)
}

func TestEditAnAccount(t *testing.T) {
	o := newAccountsBench(t)
	wang := o.person("wang", "王某", model.Clerk)
	o.page.page.SelectID(wang.ID)
	o.press("修改")
	o.sees("wang", "审计：查看台账和操作记录")
	o.write("姓名", "王五")
	after[*kit.Segmented](o, "角色").SetValue(string(model.Reviewer))
	o.press("保存")
	o.sees("已保存账号 wang")
	if a := o.account(wang.ID); a.Name != "王五" || a.Role != model.Reviewer || a.Login != "wang" {
		t.Errorf("stored %+v", a)
	}
	if o.changed != 0 {
		t.Error("the frame was told of another person's account")
	}
	me, _ := o.deps.Store.Account()
	o.page.edit(me)
	o.write("姓名", "李四")
	o.press("保存")
	if a, _ := o.deps.Store.Account(); a.Name != "李四" || o.changed != 1 {
		t.Errorf("signed in as %+v, the frame was told %d times", a, o.changed)
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	o := newAccountsBench(t)
	me, _ := o.deps.Store.Account()
	stepDown := func() {
		o.page.edit(me)
		after[*kit.Segmented](o, "角色").SetValue(string(model.Clerk))
		o.press("保存")
		o.sees("改自己的角色？", "您将成为“经办”")
	}
	stepDown()
	o.press("取消")
	o.press("保存")
	o.press("改为经办")
	o.sees("这是最后一名管理员")
	if o.seesNot("没有完成"); o.win.Canvas().Focused() != fyne.Focusable(after[*kit.Segmented](o, "角色")) {
		t.Error("the refusal does not stand at the role")
	}
	kittest.Picture(t, o.win, "accounts-last")
	if a := o.account(me.ID); a.Role != model.Administrator {
		t.Fatalf("stored %+v", a)
	}
	o.press("保存")
	o.sees("改自己的角色？") // asked each time
	o.press("取消")
	o.press("取消")
	o.press("放弃修改")
	o.person("wang", "王某", model.Administrator)
	stepDown()
	o.press("改为经办")
	if a, _ := o.deps.Store.Account(); a.Role != model.Clerk || o.changed != 1 {
		t.Errorf("signed in as %+v, the frame was told %d times", a, o.changed)
	}
}

func TestRoleWordsAreTheRolesWork(t *testing.T) {
	words := map[model.Permission]string{
		model.Read: "台账", model.ReadTrail: "操作记录", model.ReadPlain: "身份证号", model.Write: "登记和修改",
		model.Decide: "作废", model.BackUp: "备份", model.Manage: "账号",
	}
	for _, role := range model.Roles {
		may, not, _ := strings.Cut(roleWork[role], "；不")
		for p, word := range words {
			says := strings.Contains(may, word) || strings.Contains(may, "全部工作")
			if says != role.May(p) {
				t.Errorf("%s: %q, though %s is %v", role, may, p, role.May(p))
			}
			if strings.Contains(not, word) && role.May(p) {
				t.Errorf("%s may %s, but not by %q", role, p, not)
			}
		}
	}
}

var readable = regexp.MustCompile(`^([bdfghkmnprstwyz][aeiou]){2}(-([bdfghkmnprstwyz][aeiou]){2}){3}$`)

func TestReadablePasswords(t *testing.T) {
	seen := map[byte]bool{}
	for i := range 256 {
		password := readablePassword(bytes.NewReader(bytes.Repeat([]byte{byte(i), byte(255 - i), byte(i * 7)}, 400)))
		if !readable.MatchString(password) {
			t.Fatalf("%q", password)
		}
		for j := range len(password) {
			seen[password[j]] = true
		}
	}
	if len(seen) != 15+5+1 {
		t.Errorf("only %d characters are used", len(seen))
	}
}
