package campaign

import (
	"bytes"
	"context"

	"qingfeng/model"
	"qingfeng/report/issue"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// planPapers are the labels of what can be printed of a plan.
func planPapers() []string {
	return []string{"时间表", "责任清单", "责任清单（含进展）", "催办单"}
}

// planPrinting is the button with the papers of a plan.
func planPrinting[R any](p *planPage) kit.Action[R] {
	a := kit.Action[R]{Label: "打印"}
	for i, run := range p.printers() {
		item := kit.Action[R]{Label: planPapers()[i], Run: func(kit.Selection[R]) { run() }}
		if i == 0 {
			item.Key = "Ctrl+P"
		}
		a.Menu = append(a.Menu, item)
	}
	return a
}

// printers show the papers of a plan, in the order of [planPapers].
func (p *planPage) printers() []func() {
	return []func(){p.printTimetable, func() { p.printDuties(false) }, func() { p.printDuties(true) }, func() { remind(p.deps, p.campaign.ID) }}
}

func (p *planPage) printTimetable() {
	id, s, fonts := p.campaign.ID, p.deps.Store, p.deps.Fonts
	p.press.Show(office.List{
		Name: "时间表", Title: "时间表-" + p.campaign.Title, Table: p.phaseTable,
		PDF: func(ctx context.Context, pdf *bytes.Buffer) ([]string, error) {
			return issue.Timetable(ctx, pdf, s, id, fonts)
		},
	})
}

// phaseTable are the phases as rows: they are what a 时间表 lists.
func (p *planPage) phaseTable(ctx context.Context) (sheet.Table, error) {
	plan, err := p.deps.Store.Plan(ctx, p.campaign.ID)
	t := sheet.Table{Name: "阶段", Columns: []string{"名称", "开始", "结束"}}
	for _, ph := range plan.Phases {
		t.Rows = append(t.Rows, []string{ph.Name, string(ph.StartsOn), string(ph.EndsOn)})
	}
	return t, err
}

func (p *planPage) printDuties(progress bool) {
	id, s, fonts := p.campaign.ID, p.deps.Store, p.deps.Fonts
	p.press.Show(office.List{
		Name: "责任清单", Title: "责任清单-" + p.campaign.Title, Table: p.dutyTable,
		PDF: func(ctx context.Context, pdf *bytes.Buffer) ([]string, error) {
			return issue.DutyList(ctx, pdf, s, id, progress, fonts)
		},
	})
}

func (p *planPage) dutyTable(ctx context.Context) (sheet.Table, error) {
	return issue.DutyTable(ctx, p.deps.Store, p.campaign.ID)
}

// exportDuties writes the 责任清单 as Excel.
func (p *planPage) exportDuties(kit.Selection[model.Duty]) {
	p.press.Export("责任清单", "责任清单-"+p.campaign.Title, p.dutyTable)
}
