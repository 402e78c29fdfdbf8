package system

import (
	"bytes"
	"context"
	"fmt"
	"image/color"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
	"qingfeng/ui/kit"
	"qingfeng/ui/kit/kittest"
	"qingfeng/ui/office"
)

// accountsBench is a bench with the page 账号 open, a log that can be read and a
// clock that can be heard.
type accountsBench struct {
	*bench
	page *Accounts
	log  bytes.Buffer
	tick func() // at each look at the store's clock
}

const given = "晨钟暮鼓 2007" // to other people

func newAccountsBench(t testing.TB) *accountsBench {
	t.Helper()
	o := &accountsBench{bench: &bench{TB: t, win: kittest.Window(t, noon)}, tick: func() {}}
	s := storetest.Open(t, filepath.Join(t.TempDir(), "数据"), func() time.Time { o.tick(); return noon })
	o.deps = Deps{Deps: office.Deps{Win: o.win, Store: s, Log: slog.New(slog.NewTextHandler(&o.log, nil)),
		Open: func(string) error { return nil }}, Changed: func() { o.changed++ }}
	o.page = NewAccounts(o.deps)
	kittest.Show(o.win, o.page)
	return o
}

// person adds an account.
func (o *accountsBench) person(login, name string, role model.Role) model.Account {
	o.Helper()
	id, err := o.deps.Store.AddAccount(context.Background(), model.Account{Login: login, Name: name, Role: role}, given)
	check(o, err)
	o.page.page.Refresh()
	return o.account(id)
}

func (o *accountsBench) account(id int64) model.Account {
	o.Helper()
	all, err := o.deps.Store.Accounts(context.Background())
	check(o, err)
	i := slices.IndexFunc(all, func(a model.Account) bool { return a.ID == id })
	if i < 0 {
		o.Fatalf("no account %d", id)
	}
	return all[i]
}

func (o *accountsBench) signIn(login, password string) (model.Account, error) {
	return o.deps.Store.SignIn(context.Background(), login, password)
}

// top is the dialog above all, or the page.
func (o *accountsBench) top() fyne.CanvasObject {
	if top := o.win.Canvas().Overlays().Top(); top != nil {
		return top
	}
	return o.win.Content()
}

func (o *accountsBench) open() bool { return o.win.Canvas().Overlays().Top() != nil }

// after is the first object of a type behind a label of the dialog above all.
func after[T fyne.CanvasObject](o *accountsBench, label string) (found T) {
	o.Helper()
	past, ok := false, false
	walk(o.top(), func(c fyne.CanvasObject) {
		if text, is := c.(*canvas.Text); is && text.Text == label {
			past = true
		}
		if t, is := c.(T); is && past && !ok {
			found, ok = t, true
		}
	})
	if !ok {
		o.Fatalf("nothing behind %s:\n%s", label, kittest.Texts(o.win))
	}
	return found
}

func (o *accountsBench) write(label, text string) { after[*kit.Entry](o, label).SetText(text) }

// refuses says that a message is on the screen and the caret in its field.
func (o *accountsBench) refuses(label, message string) {
	o.Helper()
	o.sees(message)
	if e := after[*kit.Entry](o, label); o.win.Canvas().Focused() != fyne.Focusable(e) {
		o.Errorf("%s: the caret is not in %s", message, label)
	}
}

// tells fails when one of the secrets stands in the log or in the audit trail.
func (o *accountsBench) tells(secrets ...string) {
	o.Helper()
	trail, err := o.deps.Store.Trail(context.Background(), store.TrailFilter{}, store.Page{})
	check(o, err)
	all := o.log.String() + fmt.Sprintf("%+v", trail.Items)
	for _, s := range secrets {
		if s == "" || strings.Contains(all, s) {
			o.Errorf("the log or the trail tells %q", s)
		}
	}
}

func TestAccountsShowTheirState(t *testing.T) {
	o := newAccountsBench(t)
	wang := o.person("wang", "王某", model.Clerk)
	o.sees("李某", "管理员", "本人", "在用", "2 个账号", "wang", "王某", "经办", "需改密码")
	o.seesNot("停用")
	o.page.page.SelectID(wang.ID)
	o.sees("王某（wang）", "本人登录时要先改成自己的密码")
	for range model.MostFailures {
		_, err := o.signIn("wang", "猜一个试试")
		if err == nil {
			t.Fatal("signed in with a guess")
		}
	}
	o.page.page.Refresh()
	o.sees("已锁定")
	o.seesNot("需改密码")
	o.page.page.SelectID(wang.ID)
	o.sees("12:15 前不能登录", "本人登录时要先改成自己的密码")
	check(t, o.deps.Store.DisableAccount(context.Background(), wang.ID))
	o.page.page.Refresh()
	o.page.page.SelectID(wang.ID)
	o.sees("停用", "停用于 2026-08-11", "启用…")
	o.seesNot("已锁定")
	o.seesNot("停用…")
	o.seesNot("重设密码…")
}

func TestTheOwnAccountIsNotResetOrDisabled(t *testing.T) {
	o := newAccountsBench(t)
	me, _ := o.deps.Store.Account()
	o.page.page.SelectID(me.ID)
	o.sees("修改", "修改密码…")
	o.seesNot("停用…")
	o.seesNot("重设密码…")
	o.press("修改密码…")
	o.sees("原密码")
}

func TestResetAndDisableAndEnable(t *testing.T) {
	o := newAccountsBench(t)
	wang := o.person("wang", "王某", model.Clerk)
	o.page.page.SelectID(wang.ID)
	o.press("重设密码…")
	o.sees("重设密码：王某（wang）")
	o.write("新密码", "太短")
	o.write("再输一次", "太短")
	o.press("重设密码")
	o.refuses("新密码", "至少 8 个字符")
	o.press("生成一个")
	first := after[*kit.Entry](o, "新密码").Value()
	o.press("重设密码")
	o.sees("已重设密码，账号 wang", first)
	o.press("已交给本人")

	o.page.page.SelectID(wang.ID)
	o.press("停用…")
	o.sees("停用账号 王某（wang）？", "打不开这里的任何数据", "更换数据密钥")
	o.press("取消")
	if a := o.account(wang.ID); a.DisabledOn != "" {
		t.Fatal("disabled without a yes")
	}
	o.press("停用…")
	kittest.Picture(t, o.win, "accounts-disable")
	o.press("停用")
	o.sees("已停用 王某（wang）", "启用…")

	o.page.page.SelectID(wang.ID)
	o.press("启用…")
	o.press("生成一个")
	second := after[*kit.Entry](o, "新密码").Value()
	o.press("启用")
	o.sees("已启用账号 wang", second)
	o.press("已交给本人")
	o.tells(first, second)
	if first == second {
		t.Error("two generated passwords are the same")
	}
	if _, err := o.signIn("wang", first); err == nil {
		t.Error("the password of before opens the account")
	}
	if _, err := o.signIn("wang", second); err != nil {
		t.Error(err)
	}
}

// TestAStaleListIsRefused: what another window changed meanwhile is a sentence.
func TestAStaleListIsRefused(t *testing.T) {
	o := newAccountsBench(t)
	wang := o.person("wang", "王某", model.Clerk)
	check(t, o.deps.Store.DisableAccount(context.Background(), wang.ID))
	o.page.disable(wang)
	o.press("停用")
	o.sees("没有完成", "账号 wang 已经停用")
	o.press("知道了")
	o.page.resetPassword(wang)
	o.press("生成一个")
	o.press("重设密码")
	o.sees("账号 wang 的状态已变")
}

func TestAccountsAreForAdministrators(t *testing.T) {
	o := newAccountsBench(t)
	o.person("wang", "王某", model.Auditor)
	_, err := o.signIn("wang", given)
	check(t, err)
	check(t, o.deps.Store.ChangePassword(context.Background(), given, "暮鼓晨钟 2008"))
	o.page = NewAccounts(o.deps)
	kittest.Show(o.win, o.page)
	o.sees("没有读出来")
	o.seesNot("李某")
	o.press("重新生成恢复码…")
	o.press("重新生成")
	o.sees("没有完成", "无权管理账号")
	o.press("知道了")
	o.press("更换密钥…")
	o.press("开始更换")
	o.sees("没有完成", "无权管理账号")
}

// inDark shows the dark colours whatever the system says.
type inDark struct{ fyne.Theme }

func (d inDark) Color(n fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	return d.Theme.Color(n, theme.VariantDark)
}

// TestPicturesOfAccounts keeps pictures of the page and its dialogs in the
// folder that KIT_PICTURES names.
func TestPicturesOfAccounts(t *testing.T) {
	if os.Getenv("KIT_PICTURES") == "" {
		t.Skip("KIT_PICTURES is not set")
	}
	dark := func(th fyne.Theme) fyne.Theme { return inDark{th} }
	large := func(fyne.Theme) fyne.Theme {
		th, err := kit.NewTheme(kit.ThemeOptions{Regular: assets.SansRegular, Bold: assets.SansBold, Scale: 1.3})
		check(t, err)
		return th
	}
	for name, look := range map[string]func(fyne.Theme) fyne.Theme{"light": nil, "dark": dark, "large": large} {
		t.Run(name, func(t *testing.T) {
			o := newAccountsBench(t)
			if look != nil {
				settings := fyne.CurrentApp().Settings()
				settings.SetTheme(look(settings.Theme()))
				o.page = NewAccounts(o.deps)
				kittest.Show(o.win, o.page)
			}
			keep := func(what string) {
				o.win.Resize(fyne.NewSize(1366, 768))
				kittest.Texts(o.win) // lays out
				kittest.Picture(t, o.win, "accounts-"+what+"-"+name)
			}
			keep("one")
			wang := o.person("wang.xiaoming", "王晓明", model.Clerk)
			gone := o.person("ayigl", "阿依古丽·买买提", model.Reviewer)
			o.person("20031", "赵某", model.Auditor)
			check(t, o.deps.Store.DisableAccount(context.Background(), gone.ID))
			for range model.MostFailures {
				_, _ = o.signIn(wang.Login, "猜一个试试")
			}
			o.page.page.Refresh()
			o.page.page.SelectID(wang.ID)
			keep("list")
			o.press("停用…")
			keep("disable")
			o.press("取消")
			o.press("新增账号")
			keep("new")
			o.press("生成一个")
			o.press("保存")
			keep("refused")
			o.write("登录名", "sun")
			o.write("姓名", "孙某")
			o.press("保存")
			keep("given")
			o.press("已交给本人")
			o.page.edit(o.account(wang.ID))
			keep("edit")
			o.press("取消")
			o.page.resetPassword(o.account(wang.ID))
			keep("reset")
			o.press("取消")
			ShowOwnPassword(o.deps)
			keep("own")
			o.press("取消")
			o.press("重新生成恢复码…")
			keep("renew")
			o.press("重新生成")
			keep("code")
			after[*kit.Check](o, "新的恢复码").Tapped(&fyne.PointEvent{})
			o.press("完成")
			o.press("更换密钥…")
			keep("rekey")
			looks := 0
			o.tick = func() {
				if looks++; looks == 3 {
					keep("progress")
					o.press("取消")
				}
			}
			o.press("开始更换")
			o.tick = func() {}
			keep("halted")
		})
	}
}
