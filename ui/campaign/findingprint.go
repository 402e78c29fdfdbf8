package campaign

import (
	"bytes"
	"context"
	"fmt"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/report/preview"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// Names of lists in the audit trail.
const (
	noticeList   = "整改通知书"
	closeOutList = "销号审批单"
	registerList = "整改台账"
	weeklyList   = "整改情况周报"
)

type findings = kit.Selection[finding]

func (p *FindingsPage) printActions() []kit.Action[finding] {
	return []kit.Action[finding]{
		{Label: noticeList, Key: "Ctrl+P", Enabled: findings.Any, Run: p.printNotices},
		{Label: closeOutList, Enabled: findings.Any, Run: p.printCloseOuts},
		{Label: "台账", Run: p.printRegister},
		{Label: "周报…", Run: func(s findings) {
			p.askWeek("打印周报", "生成预览", func(friday day.Date) { p.printWeekly(s.Query, friday) })
		}},
	}
}

func (p *FindingsPage) exportActions() []kit.Action[finding] {
	return []kit.Action[finding]{
		{Label: "当前列表", Run: p.exportList},
		{Label: "周报…", Run: func(s findings) {
			p.askWeek("导出周报", "选择位置", func(friday day.Date) { p.exportWeekly(s.Query, friday) })
		}},
		{Label: "导入模板", Run: func(findings) { p.saveTemplate() }},
	}
}

// printable is the filter of the selected findings that are not void, and how
// a file of them is called; ok is false, and that is said, when there are none.
func (p *FindingsPage) printable(s findings, name string) (f store.FindingFilter, title string, ok bool) {
	f = store.FindingFilter{AllCampaigns: true, FormNos: []string{}}
	for _, r := range s.Rows {
		if r.State != model.Withdrawn {
			f.FormNos = append(f.FormNos, r.FormNo)
		}
	}
	switch len(f.FormNos) {
	case 0:
		kit.ShowNotice(p.deps.Win, "不能打印", "选中的问题都已作废，不再打印"+name+"。")
		return f, "", false
	case 1:
		return f, name + "-" + f.FormNos[0], true
	}
	return f, fmt.Sprintf("%s-%d份", name, len(f.FormNos)), true
}

// printNotices makes the notices and previews them. Findings count as notified
// only once it was printed or saved.
func (p *FindingsPage) printNotices(s findings) {
	f, title, ok := p.printable(s, noticeList)
	if !ok {
		return
	}
	var pdf bytes.Buffer
	var ids []int64
	var warnings []string
	var doc *preview.Document
	kit.ShowProgress(p.deps.Win, "正在生成"+noticeList, func(ctx context.Context, report kit.Report) error {
		report(0, 0, fmt.Sprintf("%d 份", len(f.FormNos)))
		var err error
		if ids, warnings, err = issue.Notices(ctx, &pdf, p.deps.Store, f, p.deps.Fonts); err == nil {
			doc, err = preview.Open(pdf.Bytes())
		}
		return err
	}, func(err error) {
		if err != nil {
			p.deps.Fail(err) // a cancellation shows nothing
			return
		}
		p.press.Preview(doc, office.Paper{
			Title: title, File: title, PDF: pdf.Bytes(), Warnings: warnings, List: noticeList, Rows: len(ids),
			Written: func(ctx context.Context) error { return p.deps.Store.MarkNotified(ctx, ids) },
			Done:    fmt.Sprintf("%d 份整改通知书已登记为已下达。", len(ids)),
		})
	})
}

func (p *FindingsPage) printCloseOuts(s findings) {
	f, title, ok := p.printable(s, closeOutList)
	if !ok {
		return
	}
	p.press.Show(office.List{
		Name: closeOutList, Title: title, Table: p.tableOf(f, store.Page{}),
		PDF: func(ctx context.Context, pdf *bytes.Buffer) ([]string, error) {
			return issue.CloseOutSheets(ctx, pdf, p.deps.Store, f, p.deps.Fonts)
		},
	})
}

// printRegister previews the findings that the list is narrowed to.
func (p *FindingsPage) printRegister(s findings) {
	f := p.filterOf(s.Query)
	p.press.Show(office.List{
		Name: registerList, Title: registerList, Table: p.tableOf(f, store.Page{}),
		PDF: func(ctx context.Context, pdf *bytes.Buffer) ([]string, error) {
			return issue.FindingRegister(ctx, pdf, p.deps.Store, f, p.deps.Fonts)
		},
	})
}

func (p *FindingsPage) printWeekly(q kit.Query, friday day.Date) {
	p.press.Show(office.List{
		Name: weeklyList, Title: weeklyList + "-" + string(friday), Table: p.weekOf(q, friday),
		PDF: func(ctx context.Context, pdf *bytes.Buffer) ([]string, error) {
			return issue.Weekly(ctx, pdf, p.deps.Store, p.scope(q), friday, p.deps.Fonts)
		},
	})
}

func (p *FindingsPage) tableOf(f store.FindingFilter, page store.Page) office.TableMaker {
	return func(ctx context.Context) (sheet.Table, error) { return issue.FindingTable(ctx, p.deps.Store, f, page) }
}

func (p *FindingsPage) weekOf(q kit.Query, friday day.Date) office.TableMaker {
	id := p.scope(q)
	return func(ctx context.Context) (sheet.Table, error) {
		return issue.WeeklyTable(ctx, p.deps.Store, id, friday)
	}
}

func (p *FindingsPage) exportList(s findings) {
	p.press.Export(registerList, registerList, p.tableOf(p.filterOf(s.Query), office.PageOf(s.Query)))
}

func (p *FindingsPage) exportWeekly(q kit.Query, friday day.Date) {
	p.press.Export(weeklyList, weeklyList+"-"+string(friday), p.weekOf(q, friday))
}

// saveTemplate writes an empty register to fill in. It holds nothing of the
// hospital's, so the audit trail has no line of it.
func (p *FindingsPage) saveTemplate() {
	kit.PickSave(p.deps.Win, "保存导入模板", "整改台账导入模板.xlsx", func(path string) {
		p.deps.Do(func(context.Context) error { return sheet.Write(path, sheet.FindingTemplate()) },
			func() {
				kit.ShowNotice(p.deps.Win, "已保存导入模板", "填好后用“导入”登记。日期写成 2026-08-11，科室和责任人按名册中的名称填写。\n文件："+path)
			})
	})
}

// weeksOffered is how many weekly reports one can go back.
const weeksOffered = 9

// fridays are the ends of the weeks that a report can be made of, the coming
// one first. usual is the latest that is over, or ends today.
func fridays(today day.Date) (all []day.Date, usual day.Date) {
	const week = 7
	usual = issue.LastFriday(today)
	coming := usual.Time()
	if usual < today {
		coming = coming.AddDate(0, 0, week)
	}
	for i := range weeksOffered {
		all = append(all, day.Of(coming.AddDate(0, 0, -week*i)))
	}
	return all, usual
}

// askWeek asks for the Friday with which the week of a report ends.
func (p *FindingsPage) askWeek(title, yes string, done func(friday day.Date)) {
	all, usual := fridays(p.deps.Store.Today())
	options := make([]kit.Option, len(all))
	for i, d := range all {
		span, err := issue.Week(d)
		if err != nil {
			p.deps.Fail(err)
			return
		}
		options[i] = kit.Option{Value: string(d), Text: fmt.Sprintf("%s 至 %s（周五）", span.From, span.To)}
	}
	week := kit.NewChoice(options)
	week.SetValue(string(usual))
	form := kit.NewForm(p.deps.Win,
		kit.Block(kit.NewMuted("周报统计一周内发现的问题，和到周五没有完成整改的问题。")),
		kit.Field{Key: "friday", Label: "统计期间", Required: true, Input: week})
	form.Log = p.deps.Log
	form.ShowQuestion(title, yes, func() { done(day.Date(week.Value())) })
}
