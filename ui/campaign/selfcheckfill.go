package campaign

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// filling is the dialog in which is recorded what one form says.
type filling struct {
	page     *SelfChecksPage
	row      selfCheck
	phase    model.Span
	list     *problemList // nil for a department's form
	on       *kit.DateField
	late     *kit.Check // nil while the phase of self-checks lasts
	gaps     *kit.Entry
	opinions opinionFields
	findings []string // made by saving
}

const fillWidth = 1020 // px

// fill opens a form to record, or to correct, what it says.
func (p *SelfChecksPage) fill(r selfCheck) {
	if r.State == model.Voided {
		kit.ShowNotice(p.deps.Win, "不能填写", fmt.Sprintf("自查表 %s 已作废（%s），请用新的自查表。", r.FormNo, r.VoidReason))
		return
	}
	p.readForm(r, func(plan model.Plan, problems []model.Problem) {
		f := &filling{page: p, row: r, phase: plan.SelfChecks(), on: kit.NewDateField(), gaps: kit.NewMultiEntry(model.MaxNote, 4),
			opinions: newOpinionFields(r)}
		if r.Kind == model.PersonalSelfCheck {
			f.list = newProblemList(p.deps, plan.Items, problems, false)
		}
		f.show()
	})
}

// readForm reads a form's items and what it states so far.
func (p *SelfChecksPage) readForm(r selfCheck, done func(model.Plan, []model.Problem)) {
	var problems []model.Problem
	kit.Run(context.Background(), func(ctx context.Context) (plan model.Plan, err error) {
		if problems, err = p.deps.Store.Problems(ctx, r.ID); err != nil {
			return plan, err
		}
		return p.deps.Store.Plan(ctx, r.CampaignID)
	}, func(plan model.Plan, err error) {
		if err != nil {
			p.deps.Fail(err)
			return
		}
		done(plan, problems)
	})
}

// fillLast opens the form scanned last, else the selected one. A number that
// was not taken gets its message again: the form before it is another's.
func (p *SelfChecksPage) fillLast() {
	if p.last != "" {
		p.fillNumber(p.last)
	} else if r, ok := p.Table().Selected(); ok {
		p.fillFound(func(ctx context.Context) (selfCheck, error) { return p.deps.Store.SelfCheck(ctx, r.ID) })
	}
}

// fillNumber opens the form with a number that was scanned.
func (p *SelfChecksPage) fillNumber(no string) {
	p.last = no
	p.fillFound(func(ctx context.Context) (selfCheck, error) { return p.deps.Store.SelfCheckByNumber(ctx, no) })
}

func (p *SelfChecksPage) fillFound(find func(context.Context) (selfCheck, error)) {
	here := p.campaignInHand().ID
	kit.Run(context.Background(), func(ctx context.Context) (selfCheck, error) {
		r, err := find(ctx)
		if err != nil || r.CampaignID == here {
			return r, err
		}
		other, err := p.deps.Store.Campaign(ctx, r.CampaignID)
		if err != nil {
			return r, err
		}
		return r, model.Errorf(model.Conflict, "自查表 %s（%s）属于“%s”，不是当前的专项行动", r.FormNo, r.Name, other.Title)
	}, func(r selfCheck, err error) {
		if err != nil {
			p.deps.Fail(err)
			return
		}
		p.fill(r)
	})
}

// dayInput is the day of return, beside it what there is to know of the phase.
func (f *filling) dayInput() kit.Input {
	f.on.SetDate(f.page.deps.Store.Today())
	if f.row.ReturnedOn != "" {
		f.on.SetDate(f.row.ReturnedOn)
	}
	if f.page.deps.Store.Today() <= f.phase.To {
		hint := kit.NewMuted(fmt.Sprintf("自查阶段 %s 至 %s", f.phase.From, f.phase.To))
		return newInputPair(f.on, nil, kit.Beside(kit.Wide(150, f.on), hint))
	}
	f.late = kit.NewCheck(fmt.Sprintf("自查阶段 %s 已结束，按补查登记", f.phase.To))
	f.late.SetChecked(f.row.Late || f.page.late.Load())
	return newInputPair(f.on, f.late, kit.Beside(kit.Wide(150, f.on), f.late))
}

func (f *filling) show() {
	p := f.page
	items := []kit.FormItem{kit.Field{Key: "On", Label: "交回日期", Required: true, Input: f.dayInput()}}
	if f.list != nil {
		items = append(items, kit.Field{Key: "Problems", Label: "自查项目", Input: f.list})
	} else {
		f.gaps.SetText(f.row.Gaps)
		items = append(items, kit.Field{Key: "Gaps", Label: "制度缺陷", Hint: "没有的不填", Input: f.gaps})
	}
	form := kit.NewForm(p.deps.Win, append(items, f.opinions.fields()...)...)
	form.Log, form.Width = p.deps.Log, fillWidth
	form.OnSave = func() func(context.Context) error {
		e := f.entry()
		return func(ctx context.Context) (err error) {
			f.findings, err = p.deps.Store.RecordSelfCheck(ctx, f.row.ID, e)
			return err
		}
	}
	title := "填写："
	if f.row.State == model.Returned {
		title = "更正："
	}
	form.OnSaved = f.saved
	form.ShowDialog(title+callsCheck(f.row)+" "+f.row.FormNo, "登记")
	if f.list != nil {
		f.list.focus()
	}
}

func (f *filling) entry() store.SelfCheckEntry {
	e := store.SelfCheckEntry{On: f.on.Date(), Late: f.row.Late, Gaps: f.gaps.Value(), Opinions: f.opinions.value()}
	if f.late != nil {
		e.Late = f.late.Checked()
	}
	if f.list != nil {
		e.Problems = f.list.problems()
	}
	return e
}

func (f *filling) saved() {
	p := f.page
	p.done("已登记 " + callsCheck(f.row))
	p.SelectID(f.row.ID)
	if len(f.findings) > 0 {
		p.deps.findingsChanged()
		kit.ShowNotice(p.deps.Win, fmt.Sprintf("已登记，列入问题台账 %d 项", len(f.findings)),
			fmt.Sprintf("%s 申报的问题已列入“问题整改”：%s。", f.row.Name, strings.Join(f.findings, "、")))
	}
}

// view shows what a form says to those who do not fill it.
func (p *SelfChecksPage) view(r selfCheck) {
	p.readForm(r, func(plan model.Plan, problems []model.Problem) {
		var parts []fyne.CanvasObject
		if r.Kind == model.PersonalSelfCheck {
			parts = append(parts, newProblemList(p.deps, plan.Items, problems, true))
		}
		for _, s := range []string{stated("制度缺陷", r.Gaps, ""), stated("科室意见", r.DepartmentOpinion, string(r.DepartmentOpinionOn)),
			stated("监督部门意见", r.OfficeOpinion, string(r.OfficeOpinionOn))} {
			if s != "" {
				parts = append(parts, kit.NewParagraph(s))
			}
		}
		if len(parts) == 0 {
			parts = append(parts, kit.NewMuted("这份自查表没有填写内容。"))
		}
		var d *kit.Dialog
		d = kit.ShowDialog(p.deps.Win, kit.DialogOptions{
			Title: callsCheck(r) + " " + r.FormNo, Content: kit.Below(parts...), Width: fillWidth,
			Buttons: []*kit.Button{kit.NewPrimaryButton("关闭", func() { d.Close() })},
		})
	})
}

func stated(label, text, on string) string {
	if text == "" {
		return ""
	}
	if on != "" {
		on = "（" + on + "）"
	}
	return label + "：" + text + on
}

// opinionFields are what department and office write on a form.
type opinionFields struct {
	department, office     *kit.Entry
	departmentOn, officeOn *kit.DateField
}

func newOpinionFields(r selfCheck) opinionFields {
	o := opinionFields{kit.NewEntry(model.MaxNote), kit.NewEntry(model.MaxNote), kit.NewDateField(), kit.NewDateField()}
	o.department.SetText(r.DepartmentOpinion)
	o.office.SetText(r.OfficeOpinion)
	o.departmentOn.SetDate(r.DepartmentOpinionOn)
	o.officeOn.SetDate(r.OfficeOpinionOn)
	return o
}

func (o opinionFields) fields() []kit.FormItem {
	line := func(text *kit.Entry, on *kit.DateField) kit.Input {
		day := container.New(layout.NewCustomPaddedLayout(0, 0, 12, 0), kit.Beside(kit.NewMuted("日期"), kit.Wide(150, on)))
		return newInputPair(text, on, kit.Frame(nil, nil, nil, day, text))
	}
	return []kit.FormItem{
		kit.Field{Key: "Department", Label: "科室意见", Input: line(o.department, o.departmentOn)},
		kit.Field{Key: "Office", Label: "监督部门意见", Input: line(o.office, o.officeOn)},
	}
}

func (o opinionFields) value() model.Opinions {
	return model.Opinions{Department: o.department.Value(), DepartmentOn: o.departmentOn.Date(), Office: o.office.Value(), OfficeOn: o.officeOn.Date()}
}

// askOpinions asks for what department and office wrote on a returned form.
func (p *SelfChecksPage) askOpinions(r selfCheck) {
	o := newOpinionFields(r)
	form := kit.NewForm(p.deps.Win, o.fields()...)
	form.Log, form.Width = p.deps.Log, fillWidth
	form.OnSave = func() func(context.Context) error {
		m := o.value()
		return func(ctx context.Context) error { return p.deps.Store.SaveOpinions(ctx, r.ID, m) }
	}
	form.OnSaved = func() { p.done(fmt.Sprintf("已保存 %s 自查表的意见", r.Name)) }
	form.ShowDialog("意见："+callsCheck(r), "保存")
}
