package campaign

import (
	"context"
	"strconv"
	"sync/atomic"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// findingForm is the form for a new finding and for changing one.
type findingForm struct {
	page *FindingsPage
	old  model.Finding
	form *kit.Form

	campaign         *kit.Choice
	source           *kit.Choice
	origin           *kit.Entry
	found            *kit.DateField
	category         *kit.Picker
	level            *kit.Segmented
	department       *kit.Picker
	person           *kit.Picker
	leader           *kit.Entry
	problem, measure *kit.Entry
	due              *kit.DateField
	funds            *kit.MoneyField
	contingency      *kit.Entry
	inDepartment     atomic.Int64 // the chosen department, for look-ups off the UI goroutine
}

// New opens the form for a new finding, with what is known of it filled in:
// found today in the campaign in hand unless the preset says otherwise. With
// PickID it comes from an inspection.
func (p *FindingsPage) New(preset model.Finding) {
	if !p.deps.Store.May(model.Write) {
		return
	}
	if preset.CampaignID == 0 {
		preset.CampaignID = p.campaignInHand().ID
	}
	if preset.FoundOn == "" {
		preset.FoundOn = p.deps.Store.Today()
	}
	if preset.Level == "" {
		preset.Level = model.Ordinary
	}
	if preset.PickID != 0 {
		preset.Source = model.FromInspection
	}
	preset.ID = 0
	p.open(preset, "新建问题", "登记")
}

func (p *FindingsPage) edit(r finding) { p.open(r.Finding, "修改 "+r.FormNo, "保存") }

// open shows the form after what stands in it has been read.
func (p *FindingsPage) open(m model.Finding, title, save string) {
	kit.Run(context.Background(), func(ctx context.Context) (findingBackground, error) {
		return readBackground(ctx, p.deps.Store, m)
	}, func(b findingBackground, err error) {
		if err != nil {
			p.deps.Fail(err)
			return
		}
		f := &findingForm{page: p, old: m}
		f.make(b)
		f.show(b, title, save)
	})
}

func (f *findingForm) make(b findingBackground) {
	s, m := f.page.deps.Store, f.old
	f.source, f.origin, f.found = kit.NewChoice(office.Options(model.FindingSources)), kit.NewEntry(model.MaxShort), kit.NewDateField()
	f.category = office.NewNamePicker(office.SuggestWords(b.categories))
	f.level = kit.NewSegmented(office.Options([]model.FindingLevel{model.Ordinary, model.Grave}))
	f.department = kit.NewPicker(office.SuggestOpenDepartments(s))
	f.person = kit.NewPicker(office.SuggestPeople(s, f.inDepartment.Load))
	f.leader = kit.NewEntry(model.MaxName)
	f.problem, f.measure, f.contingency = kit.NewMultiEntry(model.MaxNote, 4), kit.NewMultiEntry(model.MaxNote, 4), kit.NewMultiEntry(model.MaxNote, 2)
	f.due, f.funds = kit.NewDateField(), kit.NewMoneyField()

	f.source.SetValue(m.Source)
	f.origin.SetText(m.Origin)
	f.found.SetDate(m.FoundOn)
	f.category.SetChosen(kit.Suggestion{Text: m.Category})
	f.category.SetPlaceHolder("选一项，或输入别的")
	f.level.SetValue(string(m.Level))
	f.department.SetChosen(b.department)
	f.department.SetPlaceHolder("输入名称或拼音首字母")
	f.inDepartment.Store(b.department.ID)
	f.person.SetChosen(b.person)
	f.person.SetPlaceHolder(office.PersonPrompt)
	f.leader.SetText(m.Leader)
	f.problem.SetText(m.Problem)
	f.measure.SetText(m.Measure)
	f.contingency.SetText(m.Contingency)
	f.due.SetDate(m.DueOn)
	if m.FundsFen != 0 {
		f.funds.SetFen(m.FundsFen)
	}
	f.department.OnChanged = f.departmentChosen
	f.person.OnChanged = f.personChosen
	f.level.OnChanged = func(string) { f.sayNeeds() }
}

func (f *findingForm) show(b findingBackground, title, save string) {
	f.form = kit.NewForm(f.page.deps.Win, append(append(f.where(b),
		kit.Field{Key: "Origin", Label: "来源说明", Hint: "如 某卫函〔2026〕8 号、举报登记号", Input: f.origin},
		kit.Field{Key: "FoundOn", Label: "发现日期", Required: true, Input: f.found},
		kit.Field{Key: "Category", Label: "类别", Required: true, Input: f.category},
		kit.Field{Key: "Level", Label: "级别", Required: true, Input: f.level},
		kit.Field{Key: "DepartmentID", Label: "责任科室", Required: true, Input: f.department},
		kit.Field{Key: "StaffID", Label: "责任人", Input: f.person},
		kit.Field{Key: "Leader", Label: "责任领导", Input: f.leader},
		kit.NextColumn(),
		kit.Field{Key: "Problem", Label: "问题", Required: true, Input: f.problem},
		kit.Field{Key: "Measure", Label: "整改措施", Input: f.measure},
	), f.limit(), kit.Field{Key: "FundsFen", Label: "资金", Input: f.funds},
		kit.Field{Key: "Contingency", Label: "预案", Input: f.contingency})...)
	var id int64
	var no string
	f.form.Log = f.page.deps.Log
	f.form.OnSave = func() func(context.Context) error {
		m := f.value()
		return func(ctx context.Context) (err error) {
			id, no, err = f.page.deps.Store.SaveFinding(ctx, m)
			return err
		}
	}
	f.form.OnSaved = func() {
		said := "已保存 " + no
		if f.old.ID == 0 {
			said = "已登记 " + no
		}
		f.page.done(said)
		f.page.SelectID(id)
	}
	f.form.ShowDialog(title, save)
	f.sayNeeds()
}

// where are the fields that say where the finding comes from. What an
// inspection found belongs to the campaign of its draw.
func (f *findingForm) where(b findingBackground) []kit.FormItem {
	var out []kit.FormItem
	switch {
	case f.old.ID == 0 && f.old.PickID == 0 && b.campaign.ID != 0:
		f.campaign = kit.NewChoice([]kit.Option{
			{Value: strconv.FormatInt(b.campaign.ID, 10), Text: b.campaign.Title}, {Value: "0", Text: "不属于专项行动"}})
		f.campaign.SetValue(strconv.FormatInt(b.campaign.ID, 10))
		out = append(out, kit.Field{Key: "CampaignID", Label: "专项行动", Input: f.campaign})
	case b.campaign.ID != 0:
		out = append(out, kit.Field{Key: "CampaignID", Label: "专项行动", Input: kit.NewReadOnly(b.campaign.Title)})
	}
	if f.old.PickID != 0 {
		return append(out, kit.Field{Key: "Source", Label: "来源", Input: kit.NewReadOnly(f.old.Source)})
	}
	return append(out, kit.Field{Key: "Source", Label: "来源", Required: true, Input: f.source})
}

// limit is the field of the limit, which moves by an extension only once work
// has begun.
func (f *findingForm) limit() kit.FormItem {
	if f.old.BegunOn == "" {
		return kit.Field{Key: "DueOn", Label: "整改时限", Input: f.due}
	}
	return kit.Field{Key: "DueOn", Label: "整改时限", Hint: "已开始整改，改时限要申请延期", Input: kit.NewReadOnly(string(f.old.DueOn))}
}

// sayNeeds tells what has to be there before anybody begins to mend.
func (f *findingForm) sayNeeds() {
	leader, plan := "", ""
	if model.FindingLevel(f.level.Value()) == model.Grave {
		leader, plan = "重大问题开始整改前必须填写", "重大问题开始整改前必须填写"
	}
	f.form.SetHint("Leader", leader, kit.Neutral)
	f.form.SetHint("Contingency", plan, kit.Neutral)
}

// departmentChosen fills in the leader that is in charge of the department.
func (f *findingForm) departmentChosen(s kit.Suggestion) {
	f.inDepartment.Store(s.ID)
	if s.ID == 0 || f.leader.Value() != "" {
		return
	}
	kit.Run(context.Background(), func(ctx context.Context) (model.Department, error) {
		return f.page.deps.Store.Department(ctx, s.ID)
	}, func(d model.Department, err error) {
		if err == nil && f.department.ID() == d.ID && f.leader.Value() == "" {
			f.leader.SetText(d.Leader)
		}
	})
}

// personChosen fills in the person's department when none was chosen.
func (f *findingForm) personChosen(s kit.Suggestion) {
	if s.ID == 0 || f.department.ID() != 0 {
		return
	}
	kit.Run(context.Background(), func(ctx context.Context) (store.StaffRow, error) {
		return f.page.deps.Store.StaffMember(ctx, s.ID)
	}, func(m store.StaffRow, err error) {
		if err == nil && f.person.ID() == m.ID && f.department.ID() == 0 {
			d := kit.Suggestion{ID: m.DepartmentID, Text: m.Department}
			f.department.SetChosen(d)
			f.departmentChosen(d)
		}
	})
}

func (f *findingForm) value() model.Finding {
	m := f.old
	if f.campaign != nil {
		m.CampaignID, _ = strconv.ParseInt(f.campaign.Value(), 10, 64)
	}
	if m.PickID == 0 {
		m.Source = f.source.Value()
	}
	if m.BegunOn == "" {
		m.DueOn = f.due.Date()
	}
	m.Origin, m.FoundOn, m.Category = f.origin.Value(), f.found.Date(), f.category.Chosen().Text
	m.Level, m.DepartmentID, m.StaffID = model.FindingLevel(f.level.Value()), f.department.ID(), f.person.ID()
	m.Leader, m.Problem, m.Measure, m.Contingency = f.leader.Value(), f.problem.Value(), f.measure.Value(), f.contingency.Value()
	m.FundsFen, _ = f.funds.Fen()
	return m
}
