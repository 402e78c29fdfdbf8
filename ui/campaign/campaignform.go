package campaign

import (
	"context"
	"fmt"
	"maps"
	"strconv"
	"strings"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/ui/kit"
)

// campaignForm is the form for a new campaign and for changing one.
type campaignForm struct {
	page         *CampaignsPage
	old          model.Campaign
	template     *kit.Choice
	year         *kit.Entry
	title        *kit.Entry
	documentNo   *kit.Entry
	starts, ends *kit.DateField
}

// New asks for a new campaign.
func (p *CampaignsPage) New() {
	kit.Run(context.Background(), func(context.Context) ([]assets.CampaignTemplate, error) {
		return p.deps.Store.Assets().CampaignTemplates()
	}, func(templates []assets.CampaignTemplate, err error) {
		switch {
		case err != nil:
			p.deps.fail(model.Errorf(model.Invalid, "专项行动模板有误：%v", err))
		case len(templates) == 0:
			p.deps.fail(model.Errorf(model.NotFound, "没有专项行动模板，请检查数据文件夹中的 assets/campaigns"))
		default:
			p.showNew(templates)
		}
	})
}

func (p *CampaignsPage) showNew(templates []assets.CampaignTemplate) {
	options := make([]kit.Option, len(templates))
	for i, t := range templates {
		options[i] = kit.Option{Value: t.ID, Text: strings.ReplaceAll(t.Title, "{year}年", "")}
	}
	f := p.newForm(model.Campaign{TemplateID: templates[0].ID})
	f.template = kit.NewChoice(options)
	f.template.SetValue(templates[0].ID)
	f.year = kit.NewEntry(4)
	f.year.SetText(strconv.Itoa(kit.Now().Year()))
	fill := func() { f.fillFrom(templates) }
	f.template.OnChanged = func(string) { fill() }
	f.year.OnEdited = func(string) { fill() }
	fill()
	f.show("新建专项行动", "新建",
		kit.Field{Key: "TemplateID", Label: "模板", Required: true, Input: f.template},
		kit.Field{Key: "Year", Label: "年度", Required: true, Input: f.year})
}

// fillFrom takes title and dates over from the template in the year typed.
func (f *campaignForm) fillFrom(templates []assets.CampaignTemplate) {
	year, err := strconv.Atoi(f.year.Text)
	if err != nil || badYear(year) {
		return
	}
	for _, t := range templates {
		if t.ID == f.template.Value() {
			title, starts, ends := t.In(year)
			f.title.SetText(title)
			f.starts.SetDate(day.Date(starts))
			f.ends.SetDate(day.Date(ends))
		}
	}
}

func badYear(year int) bool { return year < 2000 || year > day.MaxYear }

func (p *CampaignsPage) edit(r campaignRow) {
	p.newForm(r.Campaign).show("修改专项行动", "保存")
}

func (p *CampaignsPage) newForm(m model.Campaign) *campaignForm {
	f := &campaignForm{page: p, old: m, title: kit.NewEntry(model.MaxShort), documentNo: kit.NewEntry(model.MaxShort),
		starts: kit.NewDateField(), ends: kit.NewDateField()}
	f.title.SetText(m.Title)
	f.documentNo.SetText(m.DocumentNo)
	f.starts.SetDate(m.StartsOn)
	f.ends.SetDate(m.EndsOn)
	return f
}

func (f *campaignForm) show(title, save string, before ...kit.FormItem) {
	form := kit.NewForm(f.page.deps.Win, append(before,
		kit.Field{Key: "Title", Label: "名称", Required: true, Input: f.title},
		kit.Field{Key: "DocumentNo", Label: "发文字号", Hint: "如 某卫发〔2026〕12 号", Input: f.documentNo},
		kit.Field{Key: "StartsOn", Label: "开始日期", Required: true, Input: f.starts},
		kit.Field{Key: "EndsOn", Label: "结束日期", Required: true, Input: f.ends},
	)...)
	var id int64
	form.Validate = f.check
	form.OnSave = func() func(context.Context) error {
		m, store := f.value(), f.store()
		return func(ctx context.Context) (err error) {
			id, err = store(ctx, m)
			return err
		}
	}
	form.OnSaved = func() { f.saved(id) }
	form.Log = f.page.deps.Log
	form.ShowDialog(title, save)
}

// store is how the campaign is saved: a new one with the whole plan of its
// template.
func (f *campaignForm) store() func(context.Context, model.Campaign) (int64, error) {
	s := f.page.deps.Store
	if f.template == nil {
		return s.SaveCampaign
	}
	year, _ := strconv.Atoi(f.year.Text) // checked before
	return func(ctx context.Context, m model.Campaign) (int64, error) {
		p, err := s.NewPlan(m.TemplateID, year)
		if err != nil {
			return 0, err
		}
		p.Title, p.DocumentNo, p.StartsOn, p.EndsOn = m.Title, m.DocumentNo, m.StartsOn, m.EndsOn
		return s.StartCampaign(ctx, p)
	}
}

func (f *campaignForm) value() model.Campaign {
	m := f.old
	m.Title, m.DocumentNo = f.title.Text, f.documentNo.Text
	m.StartsOn, m.EndsOn = f.starts.Date(), f.ends.Date()
	if f.template != nil {
		m.TemplateID = f.template.Value()
	}
	return m
}

func (f *campaignForm) check() map[string]string {
	out := map[string]string{}
	if f.year != nil {
		if year, err := strconv.Atoi(f.year.Text); err != nil || badYear(year) {
			out["Year"] = fmt.Sprintf("应为 2000 到 %d", day.MaxYear)
		}
	}
	maps.Copy(out, fieldMessages(f.value().Validate()))
	return out
}

// saved lets the frame read the campaigns anew; it takes the first one in
// hand by itself.
func (f *campaignForm) saved(id int64) {
	f.page.deps.campaignsChanged()
	f.page.Refresh()
	f.page.SelectID(id)
}
