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
			kit.ShowError(p.deps.Win, err, p.deps.Log)
			return
		}
		p.show(h)
	})
}

func (p *Profile) show(h model.Hospital) {
	p.Hidden()
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
