package campaign

import (
	"context"
	"fmt"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// newPhases is the section 阶段.
func (p *planPage) newPhases() planSection {
	today := p.deps.Store.Today()
	return newParts(p, partKind[model.Phase]{
		section: sectionPhases, word: "阶段",
		of:    func(plan model.Plan) []model.Phase { return plan.Phases },
		place: func(r model.Phase) (int64, string) { return r.ID, r.Name },
		columns: []kit.Column[model.Phase]{
			{Title: "类别", Text: func(r model.Phase) string { return r.Kind }},
			{Title: "名称", Text: func(r model.Phase) string { return r.Name }},
			{Title: "开始", Text: func(r model.Phase) string { return string(r.StartsOn) }},
			{Title: "结束", Text: func(r model.Phase) string { return string(r.EndsOn) }},
			{Title: "状态", Chip: func(r model.Phase) (string, kit.Tone) {
				return stageChip(r.StartsOn, r.EndsOn, today)
			}},
			{Title: "主要工作", Flex: true, Text: func(r model.Phase) string { return office.OneLine(r.Tasks) }},
		},
		detail: func(r model.Phase) []kit.Piece {
			return []kit.Piece{{Text: r.Name, Style: kit.PieceBold}, {Text: office.OneLine(r.Tasks), Style: kit.PieceMuted}}
		},
		start: func(model.Phase, bool) model.Phase {
			return model.Phase{CampaignID: p.campaign.ID, Kind: model.SelfCheckPhase, StartsOn: p.campaign.StartsOn, EndsOn: p.campaign.EndsOn}
		},
		form:  phaseForm,
		empty: "阶段是动员部署、自查自纠、集中整治、检查整改、总结的起止日期；自查表只在自查自纠阶段内收回。",
	})
}

func phaseForm(r model.Phase) partForm[model.Phase] {
	kind, name := kit.NewChoice(office.Options(model.PhaseKinds)), kit.NewEntry(model.MaxShort)
	starts, ends, tasks := kit.NewDateField(), kit.NewDateField(), kit.NewMultiEntry(model.MaxNote, 6)
	kind.SetValue(r.Kind)
	name.SetText(r.Name)
	starts.SetDate(r.StartsOn)
	ends.SetDate(r.EndsOn)
	tasks.SetText(r.Tasks)
	return partForm[model.Phase]{
		items: []kit.FormItem{
			kit.Field{Key: "Kind", Label: "类别", Required: true, Input: kind},
			kit.Field{Key: "Name", Label: "名称", Required: true, Input: name},
			kit.Field{Key: "StartsOn", Label: "开始日期", Required: true, Input: starts},
			kit.Field{Key: "EndsOn", Label: "结束日期", Required: true, Input: ends},
			kit.Field{Key: "Tasks", Label: "主要工作", Hint: "一项一行", Input: tasks},
		},
		read: func() model.Phase {
			r.Kind, r.Name, r.Tasks = kind.Value(), name.Value(), tasks.Value()
			r.StartsOn, r.EndsOn = starts.Date(), ends.Date()
			return r
		},
	}
}

// newMembers is the section 领导小组.
func (p *planPage) newMembers() planSection {
	return newParts(p, partKind[model.Member]{
		section: sectionMembers, word: "成员",
		of:    func(plan model.Plan) []model.Member { return plan.Members },
		place: func(r model.Member) (int64, string) { return r.ID, memberName(r) },
		columns: []kit.Column[model.Member]{
			{Title: "组内职务", Text: func(r model.Member) string { return r.Role }},
			{Title: "姓名", Text: func(r model.Member) string { return r.Name }},
			{Title: "职务", Text: func(r model.Member) string { return r.Post }},
			{Title: "", Chip: func(r model.Member) (string, kit.Tone) {
				if r.Name == "" {
					return "待填姓名", kit.Warn
				}
				return "", kit.Neutral
			}},
		},
		detail: func(r model.Member) []kit.Piece {
			return []kit.Piece{{Text: memberName(r), Style: kit.PieceBold}, {Text: r.Role, Style: kit.PieceMuted}}
		},
		start: func(model.Member, bool) model.Member { return model.Member{CampaignID: p.campaign.ID, Role: "成员"} },
		form:  p.memberForm,
		empty: "领导小组的组长、副组长、成员、办公室主任和联络员列在这里，打印在时间表上。",
	})
}

func memberName(r model.Member) string {
	if r.Name == "" {
		return r.Post
	}
	return r.Name
}

func (p *planPage) memberForm(r model.Member) partForm[model.Member] {
	role, name, post := kit.NewChoice(office.Options(model.MemberRoles)), kit.NewEntry(model.MaxName), kit.NewEntry(model.MaxShort)
	role.SetValue(r.Role)
	name.SetText(r.Name)
	post.SetText(r.Post)
	staff := kit.NewPicker(office.SuggestPeople(p.deps.Store, nil))
	staff.SetPlaceHolder(office.PersonPrompt)
	staff.OnChanged = func(s kit.Suggestion) {
		if s.ID != 0 {
			p.fillMember(s.ID, name, post)
		}
	}
	return partForm[model.Member]{
		items: []kit.FormItem{
			kit.Field{Key: "Role", Label: "组内职务", Required: true, Input: role},
			kit.Field{Key: "Staff", Label: "从职工中选", Hint: "选中后填好下面的姓名和职务；不在职工名册上的人直接填写", Input: staff},
			kit.Field{Key: "Name", Label: "姓名", Input: name},
			kit.Field{Key: "Post", Label: "职务", Input: post},
		},
		read: func() model.Member {
			r.Role, r.Name, r.Post = role.Value(), name.Value(), post.Value()
			return r
		},
	}
}

// fillMember takes the name of a member of staff over, and the position if
// none is filled in.
func (p *planPage) fillMember(id int64, name, post *kit.Entry) {
	kit.Run(context.Background(), func(ctx context.Context) (store.StaffRow, error) {
		return p.deps.Store.StaffMember(ctx, id)
	}, func(m store.StaffRow, err error) {
		if err != nil {
			p.deps.Fail(err)
			return
		}
		name.SetText(m.Name)
		if post.Value() == "" {
			post.SetText(m.Position)
		}
	})
}

// newItems is the section 自查项目.
func (p *planPage) newItems() planSection {
	return newParts(p, partKind[model.CheckItem]{
		section: sectionItems, word: "自查项目",
		of:    func(plan model.Plan) []model.CheckItem { return plan.Items },
		place: func(r model.CheckItem) (int64, string) { return r.ID, r.Text },
		columns: []kit.Column[model.CheckItem]{
			{Title: "序号", Align: kit.AlignRight, Text: func(r model.CheckItem) string { return fmt.Sprint(r.Position) }},
			{Title: "来源", Text: func(r model.CheckItem) string { return r.Source }},
			{Title: "自查项目", Flex: true, Text: func(r model.CheckItem) string { return r.Text }},
		},
		detail: func(r model.CheckItem) []kit.Piece {
			return []kit.Piece{{Text: r.Text, Style: kit.PieceBold}, {Text: r.Source, Style: kit.PieceMuted}}
		},
		start: func(model.CheckItem, bool) model.CheckItem {
			return model.CheckItem{CampaignID: p.campaign.ID, Source: model.FocusSource}
		},
		form:  itemForm,
		empty: "个人自查表逐项回答有或无。生成自查表时填入当时有效的准则，也可以先在这里加本次的重点。",
	})
}

func itemForm(r model.CheckItem) partForm[model.CheckItem] {
	text := kit.NewMultiEntry(model.MaxShort, 2)
	text.SetText(r.Text)
	return partForm[model.CheckItem]{
		items: []kit.FormItem{
			kit.Field{Key: "Source", Label: "来源", Input: kit.NewReadOnly(r.Source)},
			kit.Field{Key: "Text", Label: "自查项目", Required: true, Hint: "写成能回答有或无的一句话；打印自查表后不能再改", Input: text},
		},
		read: func() model.CheckItem {
			r.Text = text.Value()
			return r
		},
	}
}
