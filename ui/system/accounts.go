package system

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"qingfeng/model"
	"qingfeng/ui/kit"
)

// Accounts is the page 账号: who may open the data folder, and the keys that
// the office keeps. It is for administrators; to others the store refuses the
// list.
type Accounts struct {
	deps Deps
	page *kit.RegisterPage[model.Account]
	keys *keyCards
	body fyne.CanvasObject
}

// NewAccounts makes the page.
func NewAccounts(deps Deps) *Accounts {
	p := &Accounts{deps: deps, keys: newKeyCards(deps)}
	p.page = kit.NewRegisterPage(deps.Win, kit.Register[model.Account]{
		Title: "账号", Subtitle: "谁可以打开这个数据文件夹",
		Columns: p.columns(),
		Source:  p.rows,
		ID:      func(a model.Account) int64 { return a.ID },
		Actions: []kit.Action[model.Account]{
			{Label: "新增账号", Key: "Ctrl+N", Primary: true, Run: func(kit.Selection[model.Account]) { p.add() }},
		},
		RowActions: []kit.RowAction[model.Account]{
			{Label: "修改", Run: p.edit},
			{Label: "修改密码…", Show: p.isOwn, Run: func(model.Account) { ShowOwnPassword(deps) }},
			{Label: "重设密码…", Show: func(a model.Account) bool { return inUse(a) && !p.isOwn(a) }, Run: p.resetPassword},
			{Label: "停用…", Danger: true, Show: func(a model.Account) bool { return inUse(a) && !p.isOwn(a) }, Run: p.disable},
			{Label: "启用…", Show: func(a model.Account) bool { return !inUse(a) }, Run: p.enable},
		},
		Detail: p.detail,
		Open:   p.edit,
		Count:  func(total int) string { return fmt.Sprintf("%d 个账号", total) },
		Log:    deps.Log,
	})
	cards := container.New(layout.NewCustomPaddedLayout(0, 12, 16, 16), p.keys.content)
	p.body = kit.Frame(nil, cards, nil, nil, p.page.Content())
	return p
}

// Content is what the frame shows.
func (p *Accounts) Content() fyne.CanvasObject { return p.body }

// Shown reads accounts and keys again.
func (p *Accounts) Shown() {
	p.keys.refresh(func() {})
	p.page.Shown()
}

// Hidden takes the page's keys away.
func (p *Accounts) Hidden() { p.page.Hidden() }

func (p *Accounts) columns() []kit.Column[model.Account] {
	return []kit.Column[model.Account]{
		{Title: "登录名", Text: func(a model.Account) string { return a.Login }},
		{Title: "姓名", Text: func(a model.Account) string { return a.Name }},
		{Title: "", Chip: func(a model.Account) (string, kit.Tone) {
			if p.isOwn(a) {
				return "本人", kit.Accent
			}
			return "", kit.Neutral
		}},
		{Title: "角色", Text: func(a model.Account) string { return string(a.Role) }},
		{Title: "状态", Chip: accountState},
		{Title: "可以做什么", Flex: true, Text: func(a model.Account) string {
			if !inUse(a) {
				return ""
			}
			return roleWork[a.Role]
		}},
	}
}

func (p *Accounts) rows(ctx context.Context, q kit.Query) ([]model.Account, int, error) {
	all, err := p.deps.Store.Accounts(ctx)
	if err != nil {
		return nil, 0, err
	}
	return kit.Rows(all)(ctx, q)
}

func (p *Accounts) isOwn(a model.Account) bool {
	me, ok := p.deps.Store.Account()
	return ok && me.ID == a.ID
}

func inUse(a model.Account) bool { return a.DisabledOn == "" }

func lockedOut(a model.Account) bool { return a.LockedTill.After(kit.Now()) }

func accountState(a model.Account) (string, kit.Tone) {
	switch {
	case !inUse(a):
		return "停用", kit.Neutral
	case lockedOut(a):
		return "已锁定", kit.Bad
	case a.MustChange:
		return "需改密码", kit.Warn
	}
	return "在用", kit.Good
}

func (p *Accounts) detail(a model.Account) []kit.Piece {
	pieces := []kit.Piece{{Text: a.Label(), Style: kit.PieceBold}, {Text: string(a.Role)}}
	say := func(text string) { pieces = append(pieces, kit.Piece{Text: text, Style: kit.PieceMuted}) }
	switch {
	case !inUse(a):
		say("停用于 " + string(a.DisabledOn) + "，原来的密码已失效")
	case lockedOut(a):
		say("密码连续输错，" + a.LockedTill.Local().Format("15:04") + " 前不能登录；重设密码可以马上解锁")
	}
	if inUse(a) && a.MustChange {
		say("密码由管理员设置，本人登录时要先改成自己的密码")
	}
	return pieces
}

// disable asks before an account ends, and says what that does not undo.
func (p *Accounts) disable(a model.Account) {
	kit.Confirm(p.deps.Win, kit.Question{
		Title: "停用账号 " + a.Label() + "？",
		Text: "停用后，这个账号的密码打不开这里的任何数据。登记过的内容和操作记录都保留，以后可以再启用。\n\n" +
			"本人如果拷贝过数据文件夹或备份，拷走的那份仍能用原来的密码打开。这种情况建议停用后马上更换数据密钥，使以后的数据用旧密钥打不开。",
		Yes: "停用", Danger: true,
	}, func() {
		p.deps.Do(func(ctx context.Context) error { return p.deps.Store.DisableAccount(ctx, a.ID) }, func() {
			kit.Toast(p.deps.Win, "已停用 "+a.Label(), kit.Good)
			p.page.Refresh()
		})
	})
}
