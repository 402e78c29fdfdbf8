package campaign

import (
	"context"
	"fmt"

	"qingfeng/model"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// step asks for what a step of a finding needs and takes it. said is told
// afterwards.
func (p *FindingsPage) step(title, save, said string, work func() func(context.Context) error, items ...kit.FormItem) *kit.Form {
	form := kit.NewForm(p.deps.Win, items...)
	form.Log = p.deps.Log
	form.OnSave = work
	form.OnSaved = func() { p.done(said) }
	form.ShowDialog(title, save)
	return form
}

// begin records the beginning of the work and asks for what of the plan is
// still missing: measure and limit, for a grave finding leader and contingency.
func (p *FindingsPage) begin(r finding) {
	on, m := p.deps.DateOfToday(), r.Finding
	items := []kit.FormItem{kit.Fact("问题", r.Problem)}
	for _, f := range [][2]string{{"整改措施", m.Measure}, {"整改时限", string(m.DueOn)}} {
		if f[1] != "" {
			items = append(items, kit.Fact(f[0], f[1]))
		}
	}
	items = append(items, kit.Field{Key: "BegunOn", Label: "开始日期", Required: true, Input: on})
	var read []func()
	text := func(key, label string, input *kit.Entry, into *string) {
		if *into == "" {
			items = append(items, kit.Field{Key: key, Label: label, Required: true, Input: input})
			read = append(read, func() { *into = input.Value() })
		}
	}
	text("Measure", "整改措施", kit.NewMultiEntry(model.MaxNote, 3), &m.Measure)
	if m.DueOn == "" {
		due := kit.NewDateField()
		items = append(items, kit.Field{Key: "DueOn", Label: "整改时限", Required: true, Input: due})
		read = append(read, func() { m.DueOn = due.Date() })
	}
	if m.Level == model.Grave {
		text("Leader", "责任领导", kit.NewEntry(model.MaxName), &m.Leader)
		text("Contingency", "预案", kit.NewMultiEntry(model.MaxNote, 2), &m.Contingency)
	}
	p.step("开始整改："+r.FormNo, "开始整改", r.FormNo+" 已开始整改", func() func(context.Context) error {
		for _, f := range read {
			f()
		}
		planned, date := m, on.Date()
		return func(ctx context.Context) error {
			if planned != r.Finding {
				if _, _, err := p.deps.Store.SaveFinding(ctx, planned); err != nil {
					return err
				}
			}
			return p.deps.Store.BeginFinding(ctx, r.ID, date)
		}
	}, items...)
}

// submit records that the problem was mended.
func (p *FindingsPage) submit(r finding) {
	on, by, result := p.deps.DateOfToday(), kit.NewEntry(model.MaxName), kit.NewMultiEntry(model.MaxNote, 4)
	by.SetText(r.Person)
	p.step("提交验收："+r.FormNo, "提交验收", r.FormNo+" 已提交验收", func() func(context.Context) error {
		date, who, what := on.Date(), by.Value(), result.Value()
		return func(ctx context.Context) error { return p.deps.Store.SubmitFinding(ctx, r.ID, date, who, what) }
	},
		kit.Fact("问题", r.Problem), kit.Fact("整改措施", r.Measure),
		kit.Field{Key: "SubmittedOn", Label: "完成日期", Required: true, Input: on},
		kit.Field{Key: "MendedBy", Label: "整改人", Hint: "有几个人时用顿号隔开；整改人不能验收", Required: true, Input: by},
		kit.Field{Key: "Result", Label: "完成情况", Hint: "用您的账号登记后，由另一个账号验收销号", Required: true, Input: result})
}

// mine reports, and says, that the signed-in account recorded the mending and
// so cannot accept it.
func (p *FindingsPage) mine(r finding) bool {
	a, ok := p.deps.Store.Account()
	if !ok || a.ID != r.SubmittedBy {
		return false
	}
	kit.ShowNotice(p.deps.Win, "请换一个账号验收",
		fmt.Sprintf("问题 %s 的整改完成是用您的账号（%s）登记的，请由另一个账号验收销号。", r.FormNo, a.Label()))
	return true
}

// accept closes a finding out.
func (p *FindingsPage) accept(r finding) {
	if p.mine(r) {
		return
	}
	a, _ := p.deps.Store.Account()
	on, note, back := p.deps.DateOfToday(), kit.NewMultiEntry(model.MaxNote, 3), kit.NewDateField()
	note.SetPlaceHolder("如 现场核查，已按措施整改到位")
	p.step("验收销号："+r.FormNo, "销号", r.FormNo+" 已销号", func() func(context.Context) error {
		date, text, due := on.Date(), note.Value(), back.Date()
		return func(ctx context.Context) error { return p.deps.Store.AcceptFinding(ctx, r.ID, date, text, due) }
	},
		kit.Fact("问题", r.Problem), kit.Fact("整改措施", r.Measure), kit.Fact("完成情况", r.Result), kit.Fact("整改人", r.MendedBy), kit.Fact("验收人", a.Name),
		kit.Field{Key: "AcceptedOn", Label: "销号日期", Required: true, Input: on},
		kit.Field{Key: "AcceptNote", Label: "验收意见", Input: note},
		kit.Field{Key: "LookBackDue", Label: "回头看日期", Hint: "不填时按专项行动规定的间隔", Input: back})
}

// refuse sends a finding back.
func (p *FindingsPage) refuse(r finding) {
	on, reason := p.deps.DateOfToday(), kit.NewMultiEntry(model.MaxNote, 3)
	p.step("退回："+r.FormNo, "退回", r.FormNo+" 已退回", func() func(context.Context) error {
		date, text := on.Date(), reason.Value()
		return func(ctx context.Context) error { return p.deps.Store.RefuseFinding(ctx, r.ID, date, text) }
	},
		kit.Fact("问题", r.Problem), kit.Fact("完成情况", r.Result),
		kit.Field{Key: "RefusedOn", Label: "退回日期", Required: true, Input: on},
		kit.Field{Key: "RefuseReason", Label: "退回原因", Required: true, Input: reason})
}

// Whether a problem came up again.
const (
	staysMended = "stays"
	cameUpAgain = "again"
)

// lookBack records that a closed finding was looked at again.
func (p *FindingsPage) lookBack(r finding) {
	a, _ := p.deps.Store.Account()
	on, by, note, due := p.deps.DateOfToday(), kit.NewEntry(model.MaxName), kit.NewMultiEntry(model.MaxNote, 3), kit.NewDateField()
	by.SetText(a.Name)
	found := kit.NewSegmented([]kit.Option{{Value: staysMended, Text: "没有反弹"}, {Value: cameUpAgain, Text: "反弹"}})
	said := r.FormNo + " 已登记回头看"
	form := p.step("回头看："+r.FormNo, "登记", said, func() func(context.Context) error {
		date, who, text, relapsed, limit := on.Date(), by.Value(), note.Value(), found.Value() == cameUpAgain, due.Date()
		return func(ctx context.Context) error {
			return p.deps.Store.LookBackFinding(ctx, r.ID, date, who, text, relapsed, limit)
		}
	},
		kit.Fact("问题", r.Problem), kit.Fact("完成情况", r.Result), kit.Fact("销号", string(r.AcceptedOn)+"　验收人 "+r.AcceptedBy),
		kit.Field{Key: "LookBackOn", Label: "回头看日期", Required: true, Input: on},
		kit.Field{Key: "LookBackBy", Label: "检查人", Required: true, Input: by},
		kit.Field{Key: "found", Label: "结果", Required: true, Input: found},
		kit.Field{Key: "LookBackNote", Label: "情况", Input: note},
		kit.Field{Key: "DueOn", Label: "新的时限", Hint: "反弹的问题重新整改", Required: true, Input: due})
	form.SetVisible("DueOn", false)
	found.OnChanged = func(v string) {
		form.SetVisible("DueOn", v == cameUpAgain)
		form.SetRequired("LookBackNote", v == cameUpAgain)
	}
}

// void takes a wrong finding out of the register.
func (p *FindingsPage) void(r finding) {
	kit.AskText(p.deps.Win, kit.TextQuestion{
		Title: "作废：" + r.FormNo,
		Text:  fmt.Sprintf("“%s”作废后不能恢复，也不再计入统计。登记有误的可以修改，不用作废。", office.Brief(r.Problem, shortDetail)),
		Label: "作废原因", Yes: "作废", PlaceHolder: "如重复登记、查证不属实", Required: true, Max: model.MaxNote, Danger: true,
	}, func(reason string) {
		p.deps.Do(func(ctx context.Context) error { return p.deps.Store.VoidFinding(ctx, r.ID, reason) },
			func() { p.done(r.FormNo + " 已作废") })
	})
}
