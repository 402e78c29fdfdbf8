package campaign

import (
	"context"
	"strconv"

	"qingfeng/model"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// campaignForm is the form for what a campaign is called and when it runs.
type campaignForm struct {
	page         *CampaignsPage
	old          model.Campaign
	title        *kit.Entry
	documentNo   *kit.Entry
	starts, ends *kit.DateField
	basis, scope *kit.Entry
	recipient    *kit.Entry
	lookBack     *kit.Entry
}

func (p *CampaignsPage) newForm(m model.Campaign) *campaignForm {
	f := &campaignForm{page: p, old: m, title: kit.NewEntry(model.MaxShort), documentNo: kit.NewEntry(model.MaxShort),
		starts: kit.NewDateField(), ends: kit.NewDateField(), basis: kit.NewMultiEntry(model.MaxNote, 6), scope: kit.NewMultiEntry(model.MaxNote, 5),
		recipient: kit.NewEntry(model.MaxShort), lookBack: kit.NewEntry(4)}
	f.set(m)
	f.documentNo.SetText(m.DocumentNo)
	return f
}

// set fills in what a template tells too.
func (f *campaignForm) set(m model.Campaign) {
	f.title.SetText(m.Title)
	f.starts.SetDate(m.StartsOn)
	f.ends.SetDate(m.EndsOn)
	f.basis.SetText(m.Basis)
	f.scope.SetText(m.Scope)
	f.recipient.SetText(m.Recipient)
	f.lookBack.SetText(strconv.Itoa(m.LookBackDays))
}

// head are the fields that a new campaign has too.
func (f *campaignForm) head() []kit.FormItem {
	return []kit.FormItem{
		kit.Field{Key: "Title", Label: "名称", Required: true, Input: f.title},
		kit.Field{Key: "DocumentNo", Label: "发文字号", Hint: "如 某卫发〔2026〕12 号", Input: f.documentNo},
		kit.Field{Key: "StartsOn", Label: "开始日期", Required: true, Input: f.starts},
		kit.Field{Key: "EndsOn", Label: "结束日期", Required: true, Input: f.ends},
	}
}

// edit changes a campaign; its phases, deadlines and duties have their own
// places.
func (p *CampaignsPage) edit(m model.Campaign) {
	f := p.newForm(m)
	form := kit.NewForm(p.deps.Win, append(f.head(),
		kit.Field{Key: "Recipient", Label: "总结报送", Hint: "总结报给谁", Input: f.recipient},
		kit.Field{Key: "LookBackDays", Label: "回头看间隔", Hint: "问题销号多少天后再查一次，0 表示不再查", Required: true, Input: f.lookBack},
		kit.NextColumn(),
		kit.Field{Key: "Basis", Label: "依据", Input: f.basis},
		kit.Field{Key: "Scope", Label: "范围", Input: f.scope},
	)...)
	form.Log = p.deps.Log
	form.Validate = f.check
	form.OnSave = func() func(context.Context) error {
		changed := f.value()
		return func(ctx context.Context) error {
			_, err := p.deps.Store.SaveCampaign(ctx, changed)
			return err
		}
	}
	form.OnSaved = func() { p.saved(m.ID) }
	form.ShowDialog("修改专项行动", "保存")
}

// badLookBack stands for what is no number of days; the model refuses it.
const badLookBack = -1

func (f *campaignForm) value() model.Campaign {
	m := f.old
	m.Title, m.DocumentNo = f.title.Value(), f.documentNo.Value()
	m.StartsOn, m.EndsOn = f.starts.Date(), f.ends.Date()
	m.Basis, m.Scope, m.Recipient = f.basis.Value(), f.scope.Value(), f.recipient.Value()
	days, err := strconv.Atoi(f.lookBack.Value())
	if err != nil {
		days = badLookBack
	}
	m.LookBackDays = days
	return m
}

func (f *campaignForm) check() map[string]string {
	return office.FieldMessages(f.value().Validate())
}

// saved lets the frame read the campaigns anew; it takes the first one in
// hand by itself.
func (p *CampaignsPage) saved(id int64) {
	if p.plan != nil {
		p.plan.changed()
		return
	}
	p.deps.campaignsChanged()
	p.Refresh()
	p.SelectID(id)
}
