package system

import (
	"context"
	"strings"

	"qingfeng/model"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// askCode lets an administrator who forgot the password in by the printed
// recovery code.
func (g *Gate) askCode(login string) {
	code, name, password := kit.NewEntry(60), kit.NewEntry(model.MaxEmployeeNo), newPasswordPair()
	code.SetPlaceHolder("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
	name.SetText(login)
	form := kit.NewForm(g.Win, append([]kit.FormItem{
		kit.Field{Key: "Code", Label: "恢复码", Required: true, Input: code, Hint: "不分大小写，横线可以不输"},
		kit.Field{Key: "Login", Label: "管理员登录名", Required: true, Input: name},
	}, password.items("新密码")...)...)
	form.Log = g.Log
	form.Validate = password.check
	button := kit.NewPrimaryButton("重设密码", form.Save)
	recover := submit(button, "正在核对…", func() func(context.Context) (string, error) {
		typed, login, own := code.Value(), name.Value(), password.value()
		return func(ctx context.Context) (string, error) { return g.Store.Recover(ctx, typed, login, own) }
	}, func(renewed string, err error) {
		switch {
		case err == nil:
			g.showCode(renewed)
		case strings.Contains(err.Error(), "登录名"): // the store tells who may by a sentence only
			refuse(form, g.Deps, "Login", err)
		default:
			refuse(form, g.Deps, "Code", err)
		}
	})
	form.OnSave = func() func(context.Context) error {
		if g.Unsaved && name.Value() != g.Locked.Login {
			g.sureToLeave(func() { recover() })
			return nil
		}
		return recover()
	}
	back := kit.NewDoor("返回登录", func() { g.backTo(login) })
	g.show("用恢复码重设密码", kit.Below(
		paragraph("经办、审核、审计忘记密码，请管理员在“系统 · 账号”里重设。管理员忘记密码，取出封存的恢复码，在这里重设自己的密码。"),
		form.Body()), code, back, button)
}

func (g *Gate) backTo(login string) {
	if g.Locked.ID != 0 && login == g.Locked.Login {
		g.askSame()
		return
	}
	g.askAny(login)
}

// showCode shows the code that took the place of the one that was used up.
func (g *Gate) showCode(code string) {
	a, _ := g.Store.Account()
	var r *recoveryCode
	button := kit.NewPrimaryButton("进入", func() { r.forget(); g.Passed(a) })
	button.Disable()
	r = newRecoveryCode(g.Deps, code, func(sealed bool) { office.Enable(button, sealed) })
	r.guardClosing()
	g.OtherFolder = nil
	g.show("密码已重设，这是新的恢复码", r.content, r.sealed, kit.Beside(), button)
}
