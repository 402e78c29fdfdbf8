package ui

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
	"qingfeng/ui/kit"
)

const second = "second password 7"

// account adds one whose owner has changed the first password to [second].
func (o *hospital) account(login, name string, role model.Role) {
	o.Helper()
	ctx := context.Background()
	must[int64](o)(o.AddAccount(ctx, model.Account{Login: login, Name: name, Role: role}, "first password 3"))
	must[model.Account](o)(o.SignIn(ctx, login, "first password 3"))
	check(o, o.ChangePassword(ctx, "first password 3", second))
	must[model.Account](o)(o.SignIn(ctx, storetest.Login, storetest.Password))
}

// gate opens the program and stops before the sign-in.
func gate(t testing.TB, dir string) *desk {
	t.Helper()
	t.Cleanup(kit.SetEnv(kit.Synchronous(morning)))
	return atGate(t, test.NewTempApp(t), dir)
}

// caretIn fails unless the caret is in the field right of a label.
func (d *desk) caretIn(label string) {
	d.Helper()
	if d.win.Canvas().Focused() != fyne.Focusable(d.entry(label)) {
		d.Fatalf("the caret is not in %s", label)
	}
}

// chosen is what stands in the choice right of a label.
func (d *desk) chosen() (values []string) {
	d.walk(func(o fyne.CanvasObject, _ fyne.Position) {
		if c, ok := o.(*kit.Choice); ok {
			values = append(values, c.Value())
		}
	})
	return values
}

func TestSignIn(t *testing.T) {
	o := newHospital(t)
	o.account("wang", "王某", model.Clerk)
	d := gate(t, o.close())
	d.sees("某县中医院", "登录名", "忘记密码…", "数据：")
	d.seesNot("工作台")
	if got := d.chosen(); got[0] != "" {
		t.Errorf("of two accounts %q is proposed", got)
	}
	d.choose("登录名", "wang")
	d.write("密码", "wrong password")
	d.key("Return")
	d.sees("登录名或密码不对")
	d.caretIn("密码")
	if e := d.entry("密码"); e.Text != "" || d.chosen()[0] != "wang" {
		t.Errorf("after the wrong password %q is typed for %q", e.Text, d.chosen())
	}
	d.typed(second)
	d.key("Return")
	d.sees("工作台", "要做的事", "王某（经办）")
	d.seesNot("登录名")
	d.Close()
	d = atGate(t, d.app, d.data[1])
	if got := d.chosen(); got[0] != "wang" {
		t.Errorf("proposed is %q, not who was here last", got)
	}
	d.caretIn("密码")
}

func TestOneAccountNeedsOnlyItsPassword(t *testing.T) {
	d := gate(t, newHospital(t).close())
	d.caretIn("密码")
	d.press("登录")
	d.sees("请填写密码")
	d.typed(storetest.Password)
	d.key("Return")
	d.sees("工作台")
}

func TestFiveWrongPasswordsLockTheAccount(t *testing.T) {
	d := gate(t, newHospital(t).close())
	for range model.MostFailures {
		d.sees("登录")
		d.typed("wrong password")
		d.key("Return")
	}
	d.sees("密码连续输错 5 次，账号锁定 15 分钟")
	d.typed(storetest.Password)
	d.key("Return")
	d.sees("账号已锁定，09:15 后再试")
	t.Cleanup(kit.SetEnv(kit.Synchronous(morning.Add(model.LockTime))))
	d.typed(storetest.Password)
	d.key("Return")
	d.sees("工作台")
}

func TestSignInSaysThatItIsAtWork(t *testing.T) {
	m := kit.NewManual(morning)
	t.Cleanup(kit.SetEnv(m))
	d := atGate(t, test.NewTempApp(t), newHospital(t).close())
	d.typed("wrong password")
	d.key("Return")
	d.sees("正在登录…")
	d.key("Return")
	d.press("正在登录…")
	if n := m.Pending(); n != 1 {
		t.Errorf("%d sign-ins run at once", n)
	}
	m.Drain()
	d.sees("登录名或密码不对")
	d.seesNot("正在登录…")
}

func TestFirstPasswordHasToBeChanged(t *testing.T) {
	o := newHospital(t)
	must[int64](t)(o.AddAccount(context.Background(), model.Account{Login: "wang", Name: "王某", Role: model.Clerk}, "first password 3"))
	d := gate(t, o.close())
	d.signIn("wang", "first password 3")
	d.sees("请改成自己的密码", "王某（wang）的密码是管理员设的")
	d.seesNot("工作台")
	d.typed("first password 3")
	d.write("再输一次", "first password 3")
	d.key("Return")
	d.sees("与原密码相同")
	d.press("退出登录")
	d.sees("登录名")
	d.signIn("wang", "first password 3")
	d.write("新密码", second)
	d.write("再输一次", second+"x")
	d.press("改好并进入")
	d.sees("两次输入的不一样")
	d.write("再输一次", second)
	d.key("Return")
	d.sees("工作台", "王某（经办）")
	d.Close()
	d = gate(t, d.data[1])
	d.signIn("wang", second)
	d.sees("工作台")
}

func TestRecoveryByCode(t *testing.T) {
	o := newHospital(t)
	o.account("wang", "王某", model.Clerk)
	code := must[string](t)(o.RenewRecoveryCode(context.Background()))
	d := gate(t, o.close())
	d.choose("登录名", storetest.Login)
	d.press("忘记密码…")
	d.sees("用恢复码重设密码", "取出封存的恢复码")
	d.typed(code[:33])
	d.write("新密码", second)
	d.write("再输一次", second)
	d.key("Return")
	d.sees("恢复码应为")
	d.caretIn("恢复码")
	d.write("恢复码", strings.ToLower(strings.ReplaceAll(code, "-", " ")))
	d.write("管理员登录名", "wang")
	d.press("重设密码")
	d.sees("恢复码只能重设管理员的密码")
	d.caretIn("管理员登录名")
	d.write("管理员登录名", storetest.Login)
	d.write("新密码", "12345678")
	d.write("再输一次", "12345678")
	d.press("重设密码")
	d.sees("太常见")
	d.write("新密码", second)
	d.write("再输一次", second)
	d.press("重设密码")
	d.sees("密码已重设，这是新的恢复码")
	renewed := d.code()
	if len(renewed) != 34 || renewed == code {
		t.Errorf("the new code on the screen is %q", renewed)
	}
	d.press("进入") // is off
	d.seesNot("工作台")
	d.tap(sealed)
	d.press("进入")
	d.sees("工作台")
	d.Close()
	d = gate(t, d.data[1])
	d.signIn(storetest.Login, storetest.Password)
	d.sees("登录名或密码不对")
	d.signIn(storetest.Login, second)
	d.sees("工作台")
}

func TestAnotherFolderAtTheGate(t *testing.T) {
	d := gate(t, newHospital(t).close())
	d.press("换一个…")
	d.sees("数据放在哪里")
	d.write("数据文件夹", filepath.Join(t.TempDir(), "新"))
	d.press("下一步")
	d.sees("医院名称")
}

func TestLeaveAndComeBackAsAnother(t *testing.T) {
	o := newHospital(t)
	o.account("zhou", "周某", model.Auditor)
	d := sit(t, o.close())
	d.sees("账号")
	d.tap("医院概况")
	d.write("办公室名称", "纪检监察室")
	d.press("李某")
	d.tap("退出登录")
	d.sees("放弃修改？")
	d.press("放弃修改")
	d.sees("忘记密码…")
	d.seesNot("工作台")
	d.key("Ctrl+5") // the keys of the pages are gone with them
	d.signIn("zhou", second)
	d.sees("工作台", "周某（审计）", "操作记录")
	d.seesNot("备份与恢复", "账号")
	d.tap("医院概况")
	d.sees("由管理员修改", "行风办")
	d.seesNot("保存")
}

func TestEachRoleSeesItsPages(t *testing.T) {
	o := newHospital(t)
	o.staff("急诊科", "01", "张堃", "李喆")
	o.campaign(2026, "2026-08-15")
	for login, role := range map[string]model.Role{"jb": model.Clerk, "sh": model.Reviewer, "sj": model.Auditor} {
		o.account(login, "某某", role)
	}
	dir := o.close()
	for login, want := range map[string]struct{ sees, not string }{
		storetest.Login: {"账号 操作记录 备份与恢复 体检 设置", ""},
		"jb":            {"备份与恢复 体检 设置", "账号 操作记录"},
		"sh":            {"体检 设置", "账号 操作记录 备份与恢复"},
		"sj":            {"操作记录 体检 设置", "账号 备份与恢复"},
	} {
		t.Run(login, func(t *testing.T) {
			d := gate(t, dir)
			password := second
			if login == storetest.Login {
				password = storetest.Password
			}
			d.signIn(login, password)
			d.sees(strings.Fields(want.sees)...)
			d.seesNot(strings.Fields(want.not)...)
			for _, page := range strings.Fields(want.sees) {
				d.tap(page)
				d.seesNot("没有完成", "无权", "出了意外")
			}
			mayWrite := model.Clerk.May(model.Write) && (login == "jb" || login == storetest.Login)
			for key, action := range map[string]string{"Ctrl+2": "新建科室", "Ctrl+3": "新建职工", "Ctrl+4": "新建", "Ctrl+5": "扫到的表",
				"Ctrl+6": "登记交回", "Ctrl+7": "新建", "Ctrl+8": "新抽取"} {
				d.key(key)
				d.seesNot("没有完成", "无权", "出了意外")
				if mayWrite {
					d.sees(action)
				} else {
					d.seesNot(action)
				}
			}
			d.key("Ctrl+I")
			if mayWrite {
				d.sees("选择文件")
			} else {
				d.seesNot("选择文件")
			}
		})
	}
}

func TestOwnRoleGivenUpTakesThePagesAway(t *testing.T) {
	o := newHospital(t)
	o.account("zhou", "周某", model.Administrator)
	d := sit(t, o.close())
	d.tap("账号")
	d.tap(storetest.Login)
	d.press("修改")
	d.tap(string(model.Clerk))
	d.press("保存")
	d.press("改为经办")
	d.sees("李某（经办）", "工作台", "备份与恢复")
	d.seesNot("账号", "操作记录")
}

// What was begun on another day is told to who signs in.
func TestUnfinishedKeyChangeIsOffered(t *testing.T) {
	o := newHospital(t)
	o.staff("急诊科", "01", "张堃")
	ctx, cancel := context.WithCancel(context.Background())
	if err := o.Rekey(ctx, func(int) { cancel() }); err == nil {
		t.Fatal("the key change was not interrupted")
	}
	d := sit(t, o.close())
	d.sees("继续更换密钥？")
	d.press("继续")
	d.sees("密钥已更换")
	d.Close()
	d = sit(t, d.data[1])
	d.sees("工作台")
	d.seesNot("继续更换密钥？")
}

func TestAlteredDatabaseIsTold(t *testing.T) {
	o := newHospital(t)
	dir := o.close()
	alter(t, filepath.Join(dir, "qingfeng.db"))
	d := sit(t, dir)
	d.sees("数据库文件被改动过", "2026-08-11 09:00")
	d.press("去体检")
	d.sees("开始体检")
	d.Close()
	later := openHospital(t, dir)
	check(t, later.AcceptAlteration(context.Background(), "试验时改动"))
	d = sit(t, later.close())
	d.sees("要做的事")
	d.seesNot("数据库文件被改动过")
}

func TestIdleTimes(t *testing.T) {
	for setting, want := range map[string]time.Duration{"": store.UsualIdleMinutes * time.Minute, "0": 0, "5": 5 * time.Minute, "x": store.UsualIdleMinutes * time.Minute} {
		if got := idleTime(setting); got != want {
			t.Errorf("%q is %v", setting, got)
		}
	}
}

// alter changes a database as another program would.
func alter(t testing.TB, path string) {
	t.Helper()
	db := must[*sql.DB](t)(sql.Open("sqlite", path))
	defer db.Close()
	must[sql.Result](t)(db.Exec(`UPDATE hospital SET office = '别的办公室'`))
}
