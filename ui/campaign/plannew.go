package campaign

import (
	"context"
	"fmt"
	"maps"
	"strconv"

	"fyne.io/fyne/v2"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/workday"
	"qingfeng/ui/kit"
)

// newCampaign is the form for a new campaign: a template, a year, and beside
// them what the plan will be.
type newCampaign struct {
	*campaignForm
	templates []assets.CampaignTemplate
	calendar  *workday.Calendar
	template  *kit.Choice
	year      *kit.Entry
	form      *kit.Form
	drawnUp   model.Plan // of template and year
	plan      model.Plan // the same on the days typed
	problem   string     // why there is no plan for the year, or ""
	phases    *fyne.Container
	deadlines *fyne.Container
	rest      *fyne.Container
}

// New asks for a new campaign.
func (p *CampaignsPage) New() {
	type known struct {
		templates []assets.CampaignTemplate
		calendar  *workday.Calendar
	}
	kit.Run(context.Background(), func(context.Context) (k known, err error) {
		if k.templates, err = p.deps.Store.Assets().CampaignTemplates(); err != nil {
			return k, model.Errorf(model.Invalid, "专项行动模板有误：%v", err)
		}
		k.calendar, err = p.deps.Store.Calendar()
		return k, err
	}, func(k known, err error) {
		switch {
		case err != nil:
			p.deps.Fail(err)
		case len(k.templates) == 0:
			p.deps.Fail(model.Errorf(model.NotFound, "没有专项行动模板，请检查数据文件夹中的 assets/campaigns"))
		default:
			p.showNew(k.templates, k.calendar)
		}
	})
}

func (p *CampaignsPage) showNew(templates []assets.CampaignTemplate, c *workday.Calendar) {
	options := make([]kit.Option, len(templates))
	for i, t := range templates {
		options[i] = kit.Option{Value: t.ID, Text: t.Name()}
	}
	f := &newCampaign{campaignForm: p.newForm(model.Campaign{}), templates: templates, calendar: c,
		template: kit.NewChoice(options), year: kit.NewEntry(4),
		phases: kit.Below(), deadlines: kit.Below(), rest: kit.Below()}
	f.template.SetValue(templates[0].ID)
	f.year.SetText(strconv.Itoa(kit.Now().Year()))
	f.template.OnChanged = func(string) { f.fill() }
	f.year.OnEdited = func(string) { f.fill() }
	f.starts.OnTime = func(day.Date) { f.move() }
	f.ends.OnTime = func(day.Date) { f.move() }
	items := append([]kit.FormItem{
		kit.Field{Key: "TemplateID", Label: "模板", Required: true, Input: f.template},
		kit.Field{Key: "Year", Label: "年度", Required: true, Input: f.year},
	}, f.head()...)
	f.form = kit.NewForm(p.deps.Win, append(items, kit.NextColumn(),
		kit.Section("阶段"), kit.Block(f.phases), kit.Section("时限"), kit.Block(f.deadlines), kit.Section("其他"), kit.Block(f.rest))...)
	f.form.Log = p.deps.Log
	f.form.Validate = f.check
	var id int64
	f.form.OnSave = func() func(context.Context) error {
		plan := f.plan
		plan.Campaign = f.value()
		return func(ctx context.Context) (err error) {
			id, err = p.deps.Store.StartCampaign(ctx, plan)
			return err
		}
	}
	f.form.OnSaved = func() { p.saved(id) }
	f.fill()
	f.form.ShowDialog("新建专项行动", "新建")
}

func badYear(year int) bool { return year < 2000 || year > day.MaxYear }

// fill makes the plan of the template in the year typed, and shows it.
func (f *newCampaign) fill() {
	f.problem = fmt.Sprintf("应为 2000 到 %d", day.MaxYear)
	year, err := strconv.Atoi(f.year.Value())
	if err != nil || badYear(year) {
		return
	}
	f.problem = "正在读取模板，请稍候"
	id := f.template.Value()
	kit.Run(context.Background(), func(context.Context) (model.Plan, error) {
		return f.page.deps.Store.NewPlan(id, year)
	}, func(plan model.Plan, err error) {
		switch {
		case id != f.template.Value() || strconv.Itoa(year) != f.year.Value(): // another was chosen meanwhile
		case model.CodeOf(err) != "":
			f.problem = err.Error()
			f.form.SetErrors(map[string]string{"Year": f.problem})
		case err != nil:
			f.page.deps.Fail(err)
		default:
			f.problem, f.drawnUp, f.plan, f.old = "", plan, plan, plan.Campaign
			f.set(plan.Campaign)
			f.show()
		}
	})
}

// move lets phases and deadlines follow the days that were typed.
func (f *newCampaign) move() {
	f.plan = f.drawnUp.Moved(model.Span{From: f.starts.Date(), To: f.ends.Date()})
	f.show()
}

// show tells what the plan has.
func (f *newCampaign) show() {
	var phases, deadlines []fyne.CanvasObject
	for _, p := range f.plan.Phases {
		days := kit.NewMuted(fmt.Sprintf("%s 至 %s", p.StartsOn, p.EndsOn))
		phases = append(phases, kit.Frame(nil, nil, kit.Wide(180, days), nil, kit.NewLabel(p.Name).Shorten()))
	}
	for _, d := range f.plan.Deadlines {
		deadlines = append(deadlines, kit.NewLabel(d.Title).Shorten(), kit.NewMuted(d.DeadlineRule.String()+f.comes(d.DeadlineRule)).Shorten())
	}
	f.phases.Objects, f.deadlines.Objects = orNone(phases), orNone(deadlines)
	f.rest.Objects = []fyne.CanvasObject{
		kit.NewLabel(fmt.Sprintf("领导小组 %d 个位置，责任清单 %d 项", len(f.plan.Members), len(f.plan.Duties))),
		kit.NewLabel(fmt.Sprintf("自查项目 %d 项，其中本次重点 %d 项", len(f.plan.Items), f.focus())),
		kit.NewMuted("建好后都可以修改。"),
	}
	for _, t := range f.templates {
		if t.ID == f.template.Value() {
			f.form.SetHint("TemplateID", "依据："+t.Source, kit.Neutral)
		}
	}
}

// comes says how often a rule comes in the campaign and when first.
func (f *newCampaign) comes(r model.DeadlineRule) string {
	if r.Every == model.Once {
		return ""
	}
	all := r.Occurrences(f.calendar, f.plan.StartsOn, f.plan.EndsOn)
	switch {
	case len(all) == 0:
		return "，期间不会到期"
	case all[0].Due == "":
		return fmt.Sprintf("，共 %d 期，缺节假日表，还不能推算", len(all))
	}
	return fmt.Sprintf("，共 %d 期，首期 %s", len(all), all[0].Due)
}

func (f *newCampaign) focus() int {
	n := 0
	for _, i := range f.plan.Items {
		if i.Source == model.FocusSource {
			n++
		}
	}
	return n
}

func orNone(lines []fyne.CanvasObject) []fyne.CanvasObject {
	if len(lines) == 0 {
		return []fyne.CanvasObject{kit.NewMuted("没有，建好后自己添加。")}
	}
	return lines
}

func (f *newCampaign) check() map[string]string {
	out := map[string]string{}
	if f.problem != "" {
		out["Year"] = f.problem
	}
	maps.Copy(out, f.campaignForm.check())
	return out
}
