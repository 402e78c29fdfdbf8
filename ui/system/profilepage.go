package system

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"qingfeng/model"
	"qingfeng/ui/kit"
)

// Profile is the page 医院概况.
type Profile struct {
	deps    Deps
	body    *fyne.Container
	form    *kit.Form
	visible bool // what is read for a page that was left is not shown
}

// NewProfile makes the page; it loads when it is shown.
func NewProfile(deps Deps) *Profile { return &Profile{deps: deps, body: container.NewStack()} }

// Content is what the frame shows.
func (p *Profile) Content() fyne.CanvasObject { return p.body }

// Shown loads the profile.
func (p *Profile) Shown() {
	p.visible = true
	p.reload()
}

func (p *Profile) reload() {
	kit.Run(context.Background(), p.load, func(h profile, err error) {
		switch {
		case !p.visible:
		case err != nil:
			p.deps.Fail(err)
		default:
			p.show(h)
		}
	})
}

// profile is a hospital's with all its hand-over limits, the newest first.
type profile struct {
	model.Hospital
	rules []model.HandoverRule
}

func (p *Profile) load(ctx context.Context) (h profile, err error) {
	if h.Hospital, err = p.deps.Store.Hospital(ctx); err != nil {
		return h, err
	}
	h.rules, err = p.deps.Store.HandoverRules(ctx)
	return h, err
}

func (p *Profile) show(h profile) {
	p.dropKeys()
	if !p.deps.Store.May(model.Manage) {
		p.body.Objects = []fyne.CanvasObject{profileSheet(h)}
		p.body.Refresh()
		return
	}
	p.form = profileForm(p.deps.Win, p.deps.Log, h, p.deps.Store.SaveHospital)
	p.form.OnSaved = func() {
		kit.Toast(p.deps.Win, "医院概况已保存", kit.Good)
		p.deps.Changed()
		p.reload() // another limit may be one of those of before now
	}
	p.form.OnCancel = p.reload
	p.body.Objects = []fyne.CanvasObject{p.form.Page("医院概况", "保存")}
	p.body.Refresh()
	p.form.Shown()
}

// Hidden takes the page's keys away.
func (p *Profile) Hidden() {
	p.visible = false
	p.dropKeys()
}

func (p *Profile) dropKeys() {
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
func profileSheet(h profile) fyne.CanvasObject {
	lines := func(pairs ...string) fyne.CanvasObject {
		list := kit.Below()
		for i := 0; i < len(pairs); i += 2 {
			list.Add(kit.Frame(nil, nil, kit.Wide(130, kit.NewMuted(pairs[i])), nil, kit.NewLabel(pairs[i+1]).Shorten()))
		}
		return list
	}
	limit := []string{"红包上交时限", ruleText(h.HandoverRule())}
	if h.HandoverFrom != "" {
		limit = append(limit, "施行日期", string(h.HandoverFrom))
	}
	for _, text := range rulesBefore(h.rules) {
		limit = append(limit, "以前的时限", text)
	}
	return pageOf("医院概况", "由管理员修改", nil, kit.Below(
		kit.NewCard("医院", nil, lines(append([]string{"医院名称", h.Name, "统一社会信用代码", h.CreditCode, "办公室名称", h.Office, "主管卫生健康局", h.Bureau},
			limit...)...)),
		kit.NewCard("举报与接待", nil, lines("举报电话", h.ReportPhone, "通讯地址", h.ReportAddress, "举报邮箱", h.Mailbox, "接待时间", h.ReceptionHours)),
		kit.NewCard("廉政账户", nil, lines("户名", h.IntegrityAccount, "开户行", h.IntegrityBank, "账号", h.IntegrityNo)),
	))
}
