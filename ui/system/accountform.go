package system

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"math/big"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"qingfeng/model"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// roleWork says what each role is for, as [model.Role.May] decides it.
var roleWork = map[model.Role]string{
	model.Administrator: "全部工作，并管理账号、设置和数据文件夹，查看操作记录",
	model.Clerk:         "登记和修改台账，免签、作废和撤销登记，备份；可看身份证号等信息",
	model.Reviewer:      "查看台账和身份证号等信息，免签、作废和撤销登记；不能登记和修改",
	model.Auditor:       "查看台账和操作记录；不能修改，看不到身份证号等信息",
}

func roleChoice(role model.Role) *kit.Segmented {
	choice := kit.NewSegmented(office.Options(model.Roles))
	choice.SetValue(string(role))
	return choice
}

func roleHint() string {
	lines := make([]string, len(model.Roles))
	for i, r := range model.Roles {
		lines[i] = string(r) + "：" + roleWork[r]
	}
	return strings.Join(lines, "\n")
}

// add opens the form for a new account.
func (p *Accounts) add() {
	login, name := kit.NewEntry(model.MaxEmployeeNo), kit.NewEntry(model.MaxName)
	role, password := roleChoice(model.Clerk), newPasswordPair()
	form := kit.NewForm(p.deps.Win, append([]kit.FormItem{
		kit.Field{Key: "Login", Label: "登录名", Required: true, Input: login, Hint: "姓名拼音或工号，以后不能改"},
		kit.Field{Key: "Name", Label: "姓名", Required: true, Input: name},
		kit.Field{Key: "Role", Label: "角色", Required: true, Input: role, Hint: roleHint()},
	}, password.givenItems("初始密码")...)...)
	form.Log = p.deps.Log
	form.Validate = password.check
	a := model.Account{}
	form.OnSave = func() func(context.Context) error {
		a = model.Account{Login: login.Value(), Name: name.Value(), Role: model.Role(role.Value())}
		given := password.value()
		return func(ctx context.Context) (err error) {
			a.ID, err = p.deps.Store.AddAccount(ctx, a, given)
			return err
		}
	}
	form.OnSaved = func() { p.given(a, "已新增账号 ", password) }
	form.ShowDialog("新增账号", "")
}

// edit changes name and role.
func (p *Accounts) edit(old model.Account) {
	name, role := kit.NewEntry(model.MaxName), roleChoice(old.Role)
	name.SetText(old.Name)
	form := kit.NewForm(p.deps.Win,
		kit.Field{Key: "Login", Label: "登录名", Input: kit.NewReadOnly(old.Login)},
		kit.Field{Key: "Name", Label: "姓名", Required: true, Input: name},
		kit.Field{Key: "Role", Label: "角色", Required: true, Input: role, Hint: roleHint()},
	)
	form.Log = p.deps.Log
	sure := false
	form.OnSave = func() func(context.Context) error {
		a := old
		a.Name, a.Role = name.Value(), model.Role(role.Value())
		if p.isOwn(old) && a.Role != old.Role && !sure {
			p.askStepDown(a.Role, func() { sure = true; form.Save() })
			return nil
		}
		sure = false
		return func(ctx context.Context) error { return underRole(p.deps.Store.SaveAccount(ctx, a)) }
	}
	form.OnSaved = func() {
		kit.Toast(p.deps.Win, "已保存账号 "+old.Login, kit.Good)
		p.page.Refresh()
		if p.isOwn(old) {
			p.deps.Changed()
		}
	}
	form.ShowDialog("修改账号", "")
}

// askStepDown asks an administrator who gives up the own role, which he cannot
// take back.
func (p *Accounts) askStepDown(role model.Role, yes func()) {
	kit.Confirm(p.deps.Win, kit.Question{
		Title: "改自己的角色？", Text: "您将成为“" + string(role) + "”，不能再管理账号和设置。要改回来，只能请另一名管理员。",
		Yes: "改为" + string(role), Danger: true,
	}, yes)
}

// underRole puts the refusal to lose the last administrator below the field
// that caused it.
func underRole(err error) error {
	if model.CodeOf(err) == model.Conflict {
		return model.FieldErrors{{Field: "Role", Label: "角色", Message: err.Error()}}
	}
	return err
}

func (p *Accounts) resetPassword(a model.Account) {
	p.giveNew(a, "重设密码："+a.Label(), "重设密码", "已重设密码，账号 ", p.deps.Store.ResetPassword)
}

func (p *Accounts) enable(a model.Account) {
	p.giveNew(a, "启用账号："+a.Label(), "启用", "已启用账号 ", p.deps.Store.EnableAccount)
}

// giveNew opens the form for a password that an administrator gives another
// person.
func (p *Accounts) giveNew(a model.Account, title, yes, done string, save func(ctx context.Context, id int64, password string) error) {
	password := newPasswordPair()
	form := kit.NewForm(p.deps.Win, password.givenItems("新密码")...)
	form.Log = p.deps.Log
	form.Validate = password.check
	form.OnSave = func() func(context.Context) error {
		given := password.value()
		return func(ctx context.Context) error { return save(ctx, a.ID, given) }
	}
	form.OnSaved = func() { p.given(a, done, password) }
	form.ShowDialog(title, yes)
}

// given ends a form that gave somebody a password. One that nobody typed is
// shown once more: nobody knows it yet.
func (p *Accounts) given(a model.Account, done string, password *passwordPair) {
	kit.Toast(p.deps.Win, done+a.Login, kit.Good)
	p.page.Refresh()
	p.page.SelectID(a.ID)
	if password.value() != password.generated {
		return
	}
	var d *kit.Dialog
	d = kit.ShowDialog(p.deps.Win, kit.DialogOptions{
		Title: "请把密码交给本人",
		Content: kit.Below(
			kit.Beside(kit.Wide(56, kit.NewMuted("登录名")), kit.NewHeading(a.Login)),
			kit.Beside(kit.Wide(56, kit.NewMuted("密码")), kit.NewHeading(password.generated)),
			paragraph("关闭后不再显示。请当面告诉本人，或抄在纸上交给本人，用过后销毁；本人第一次登录时要先改成自己的密码。")),
		Buttons: []*kit.Button{kit.NewPrimaryButton("已交给本人", func() { d.Close() })},
	})
}

// passwordPair is a new password, typed twice.
type passwordPair struct {
	first, again *kit.Entry
	generated    string // by the program, "" when it was not asked to
}

// newPasswordPair sets no limit to what is typed: a password cut off unseen
// would not be the one its owner believes to have.
func newPasswordPair() *passwordPair {
	return &passwordPair{first: kit.NewPassword(0), again: kit.NewPassword(0)}
}

func (p *passwordPair) items(label string) []kit.FormItem {
	hint := fmt.Sprintf("至少 %d 个字符，可以用汉字和空格；越长越好，不要用姓名、生日、电话", model.ShortestPassword)
	return []kit.FormItem{
		kit.Field{Key: "Password", Label: label, Required: true, Input: p.first, Hint: hint},
		kit.Field{Key: "Again", Label: "再输一次", Required: true, Input: p.again},
	}
}

// givenItems are for a password that is given to another person.
func (p *passwordPair) givenItems(label string) []kit.FormItem {
	generate := kit.NewButton("生成一个", p.generate)
	line := kit.Spread(container.NewStack(), kit.Beside(kit.NewMuted("没有想好，可以让程序随机生成"), generate))
	return append(p.items(label), kit.Block(fyne.CanvasObject(line)))
}

func (p *passwordPair) value() string { return p.first.Value() }

func (p *passwordPair) check() map[string]string {
	if p.first.Value() != p.again.Value() {
		return map[string]string{"Again": "两次输入的不一样"}
	}
	return nil
}

// generate fills both fields and shows what it filled in.
func (p *passwordPair) generate() {
	p.generated = readablePassword(rand.Reader)
	p.first.SetText(p.generated)
	p.again.SetText(p.generated)
	p.first.Password = false
	p.first.Refresh()
}

// readablePassword makes a password that is easily read out and typed: eight
// syllables such as bado-kuti-mesa-fiwu, of 75 each, which makes 49 bits.
func readablePassword(random io.Reader) string {
	const consonants, vowels = "bdfghkmnprstwyz", "aeiou"
	pick := func(from string) byte {
		n, err := rand.Int(random, big.NewInt(int64(len(from))))
		if err != nil {
			panic(err) // crypto/rand ends the program itself when it has no randomness
		}
		return from[n.Int64()]
	}
	var b strings.Builder
	for i := range 8 {
		if i > 0 && i%2 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(pick(consonants))
		b.WriteByte(pick(vowels))
	}
	return b.String()
}
