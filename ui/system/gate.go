package system

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"qingfeng/model"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// Gate is what one passes to work with a data folder: the sign-in, the
// recovery by code, a password of one's own. It covers the window, so that what
// lies behind a locked one stays as it was left.
type Gate struct {
	Deps
	// Last is the login to propose.
	Last string
	// Locked is whose work lies behind the gate; ID 0 when nobody's does.
	Locked model.Account
	// Unsaved says that this work would be lost if another account came in.
	Unsaved bool
	// Mark lies somewhere on the card; the frame hears by it of the first
	// painting. May be nil.
	Mark fyne.CanvasObject
	// OtherFolder leads to another data folder; nil when that is not offered.
	OtherFolder func()
	// Passed is called when somebody is signed in and may work. The gate is
	// still there then.
	Passed func(a model.Account)

	cover *kit.Cover
}

// Show covers the window with the sign-in.
func (g *Gate) Show() {
	g.Win = kit.AboveCover(g.Win)
	if g.Locked.ID != 0 {
		g.askSame()
		return
	}
	g.askAny(g.Last)
}

// Close takes the gate away.
func (g *Gate) Close() { g.cover.Close() }

// askSame is the sign-in of a locked window: only the password is missing.
func (g *Gate) askSame() {
	who := kit.NewReadOnly(g.Locked.Label() + "　" + string(g.Locked.Role))
	password := kit.NewPassword(0)
	other := kit.NewDoor("换一个账号", g.askOther)
	g.askPassword("窗口已锁定", kit.Field{Key: "Login", Label: "账号", Input: who}, func() string { return g.Locked.Login }, password, password, other)
}

// askOther lets another account come in, after asking about what would be
// lost.
func (g *Gate) askOther() { g.sureToLeave(func() { g.askAny("") }) }

// sureToLeave asks before the work behind the gate is given up.
func (g *Gate) sureToLeave(then func()) {
	if !g.Unsaved {
		then()
		return
	}
	kit.Confirm(g.Win, kit.Question{
		Title: "放弃没有保存的内容？",
		Text:  g.Locked.Label() + "锁定时还有没有保存的内容。换一个账号登录后，这些内容就没有了。",
		Yes:   "换一个账号", No: "返回", Danger: true,
	}, then)
}

// askAny is the sign-in of any account. These are few, so one chooses.
func (g *Gate) askAny(login string) {
	logins, err := g.Store.Logins(context.Background())
	if err != nil {
		g.Log.Error("logins", "err", err)
	}
	if !slices.Contains(logins, login) && len(logins) == 1 {
		login = logins[0]
	}
	choice := kit.NewChoice(office.Options(logins))
	choice.SetValue(login)
	password := kit.NewPassword(0)
	first := fyne.Focusable(password)
	if choice.Value() == "" {
		first = choice
	}
	var doors []fyne.CanvasObject
	if g.Locked.ID != 0 {
		doors = append(doors, kit.NewDoor("返回", g.askSame))
	}
	g.askPassword("登录", kit.Field{Key: "Login", Label: "登录名", Required: true, Input: choice}, choice.Value, password, first, doors...)
}

// askPassword shows a sign-in and lets in who has the password.
func (g *Gate) askPassword(title string, who kit.Field, login func() string, password *kit.Entry, focus fyne.Focusable, doors ...fyne.CanvasObject) {
	form := kit.NewForm(g.Win, who, kit.Field{Key: "Password", Label: "密码", Required: true, Input: password})
	button := kit.NewPrimaryButton("登录", form.Save)
	form.OnSave = submit(button, "正在登录…", func() func(context.Context) (model.Account, error) {
		name, typed := login(), password.Value()
		return func(ctx context.Context) (model.Account, error) { return g.Store.SignIn(ctx, name, typed) }
	}, func(a model.Account, err error) {
		typed := password.Value()
		password.SetText("")
		switch {
		case err == nil && a.MustChange:
			g.askOwnPassword(a, typed)
		case err == nil:
			g.Passed(a)
		default:
			refuse(form, g.Deps, "Password", err)
		}
	})
	doors = append([]fyne.CanvasObject{kit.NewDoor("忘记密码…", func() { g.askCode(login()) })}, doors...)
	g.show(title, form.Body(), focus, kit.Beside(doors...), button)
}

// refuse shows a refusal below a field; a fault of the machine is told as any
// other.
func refuse(form *kit.Form, deps Deps, field string, err error) {
	switch model.CodeOf(err) {
	case model.Denied, model.NotFound, model.Conflict, model.Invalid:
		if _, ok := errors.AsType[model.FieldErrors](err); ok {
			form.ShowError(err)
			return
		}
		form.SetErrors(map[string]string{field: err.Error()})
	default:
		deps.Fail(err)
		form.Focus(field)
	}
}

// submit is a form's OnSave whose button says that the work is going on: a
// password takes a noticeable time. start reads the fields.
func submit[T any](button *kit.Button, busy string, start func() func(context.Context) (T, error), done func(T, error)) func() func(context.Context) error {
	return func() func(context.Context) error {
		if button.Disabled() {
			return nil
		}
		usual := button.Label()
		button.SetLabel(busy)
		button.Disable()
		kit.Run(context.Background(), start(), func(result T, err error) {
			button.SetLabel(usual)
			button.Enable()
			done(result, err)
		})
		return nil
	}
}

// askOwnPassword comes after the first sign-in with a password that somebody
// else knows.
func (g *Gate) askOwnPassword(a model.Account, old string) {
	password := newPasswordPair()
	form := kit.NewForm(g.Win, password.items("新密码")...)
	form.Log = g.Log
	form.Validate = password.check
	button := kit.NewPrimaryButton("改好并进入", form.Save)
	form.OnSave = submit(button, "正在修改…", func() func(context.Context) (model.Account, error) {
		own := password.value()
		return func(ctx context.Context) (model.Account, error) {
			err := g.Store.ChangePassword(ctx, old, own)
			a, _ := g.Store.Account()
			return a, err
		}
	}, func(a model.Account, err error) {
		if err != nil {
			refuse(form, g.Deps, "Password", err)
			return
		}
		g.Passed(a)
	})
	leave := kit.NewDoor("退出登录", func() { g.signOut(); g.askAny(a.Login) })
	g.show("请改成自己的密码", kit.Below(
		paragraph(a.Label()+"的密码是管理员设的。请改成只有您自己知道的，以后用它登录。"),
		form.Body()), password.first, leave, button)
}

func (g *Gate) signOut() {
	kit.Run(context.Background(), func(ctx context.Context) (struct{}, error) { return struct{}{}, g.Store.SignOut(ctx, false) },
		func(_ struct{}, err error) { g.Fail(err) })
}

// show puts a card on the cover, below the hospital's name.
func (g *Gate) show(title string, content fyne.CanvasObject, focus fyne.Focusable, left, button fyne.CanvasObject) {
	name, err := g.Store.HospitalName(context.Background())
	if err != nil {
		g.Log.Error("hospital", "err", err)
	}
	card := kit.NewCard(title, nil, kit.Below(content, gapAbove(kit.Spread(left, button))))
	parts := []fyne.CanvasObject{kit.Beside(kit.NewHeading("清风"), kit.NewMuted(shortened(name, 23))), card}
	if g.Locked.ID == 0 {
		parts = append(parts, g.folderLine())
	}
	if g.Mark != nil {
		parts = append(parts, g.Mark)
	}
	box := kit.Wide(gateWidth, kit.Below(parts...))
	box.Resize(box.MinSize()) // text that breaks knows its height once it has a width
	g.cover = kit.ShowCover(g.Win, container.NewCenter(box), focus)
}

const gateWidth = 460 // px

// folderLine says whose data one signs in to.
func (g *Gate) folderLine() fyne.CanvasObject {
	line := kit.NewMuted("数据：" + g.Store.Folder().Dir()).Shorten()
	if g.OtherFolder == nil {
		return line
	}
	return kit.Frame(nil, nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, 12, 0), kit.NewDoor("换一个…", g.OtherFolder)), line)
}
