package system

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"qingfeng/model"
	"qingfeng/ui/kit"
)

// Profile is the page 医院概况.
type Profile struct {
	deps Deps
	body *fyne.Container
	form *kit.Form
}

// NewProfile makes the page; it loads when it is shown.
func NewProfile(deps Deps) *Profile { return &Profile{deps: deps, body: container.NewStack()} }

// Content is what the frame shows.
func (p *Profile) Content() fyne.CanvasObject { return p.body }

// Shown loads the profile.
func (p *Profile) Shown() {
	kit.Run(context.Background(), p.deps.Store.Hospital, func(h model.Hospital, err error) {
		if err != nil {
			p.deps.Fail(err)
			return
		}
		p.show(h)
	})
}

func (p *Profile) show(h model.Hospital) {
	p.Hidden()
	if !p.deps.Store.May(model.Manage) {
		p.body.Objects = []fyne.CanvasObject{profileSheet(h)}
		p.body.Refresh()
		return
	}
	p.form = profileForm(p.deps.Win, p.deps.Log, h, p.deps.Store.SaveHospital)
	p.form.OnSaved = func() {
		kit.Toast(p.deps.Win, "医院概况已保存", kit.Good)
		p.deps.Changed()
	}
	p.form.OnCancel = p.Shown
	p.body.Objects = []fyne.CanvasObject{p.form.Page("医院概况", "保存")}
	p.body.Refresh()
	p.form.Shown()
}

// Hidden takes the page's keys away.
func (p *Profile) Hidden() {
	if p.form != nil {
		p.form.Hidden()
	}
}

// Leave asks about unsaved changes before then is called.
func (p *Profile) Leave(then func()) {
	if p.form == nil {
		then()
		return
	}
	p.form.Leave(then)
}

// Dirty reports whether something typed is not saved.
func (p *Profile) Dirty() bool { return p.form != nil && p.form.Dirty() }

// profileSheet shows the profile to those who may not change it.
func profileSheet(h model.Hospital) fyne.CanvasObject {
	lines := func(pairs ...string) fyne.CanvasObject {
		list := kit.Below()
		for i := 0; i < len(pairs); i += 2 {
			list.Add(kit.Frame(nil, nil, kit.Wide(130, kit.NewMuted(pairs[i])), nil, kit.NewLabel(pairs[i+1]).Shorten()))
		}
		return list
	}
	return pageOf("医院概况", "由管理员修改", nil, kit.Below(
		kit.NewCard("医院", nil, lines("医院名称", h.Name, "统一社会信用代码", h.CreditCode, "办公室名称", h.Office, "主管卫生健康局", h.Bureau,
			"红包上交时限", fmt.Sprintf("%d %s", h.HandoverLimit, h.HandoverUnit))),
		kit.NewCard("举报与接待", nil, lines("举报电话", h.ReportPhone, "通讯地址", h.ReportAddress, "举报邮箱", h.Mailbox, "接待时间", h.ReceptionHours)),
		kit.NewCard("廉政账户", nil, lines("户名", h.IntegrityAccount, "开户行", h.IntegrityBank, "账号", h.IntegrityNo)),
	))
}
