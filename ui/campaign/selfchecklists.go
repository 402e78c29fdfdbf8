package campaign

import (
	"bytes"
	"context"

	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

const (
	summaryName   = "自查自纠汇总表"
	uncheckedName = "未查名单"
)

// printDepartmentForms prints the departments' own forms that were never
// printed, whatever kind the page shows.
func (p *SelfChecksPage) printDepartmentForms(s checkSelection) {
	sc := p.scope(s.Query)
	sc.kind, sc.departmentID = departments, office.DepartmentOf(s.Query)
	p.prepare(unprinted(sc))
}

// unchecked is who the list is narrowed to, for the lists of who is missing.
func (p *SelfChecksPage) unchecked(q kit.Query) store.SelfCheckFilter {
	f := checkFilter(p.scope(q))
	f.DepartmentID, f.Priority = office.DepartmentOf(q), q.Filters[filterPriority] == priorityOnly
	return f
}

func (p *SelfChecksPage) previewUnchecked(s checkSelection) {
	if p.noCampaign() {
		return
	}
	f := p.unchecked(s.Query)
	p.press.Show(office.List{
		Name: uncheckedName, Title: p.titleOf(p.scope(s.Query)) + uncheckedName, Table: p.uncheckedTable(s.Query),
		PDF: func(ctx context.Context, pdf *bytes.Buffer) ([]string, error) {
			return issue.Unchecked(ctx, pdf, p.deps.Store, f, p.deps.Fonts)
		},
	})
}

func (p *SelfChecksPage) uncheckedTable(q kit.Query) office.TableMaker {
	f := p.unchecked(q)
	return func(ctx context.Context) (sheet.Table, error) { return issue.UncheckedTable(ctx, p.deps.Store, f) }
}

func (p *SelfChecksPage) previewSummary(checkSelection) {
	if p.noCampaign() {
		return
	}
	id := p.campaignInHand().ID
	p.press.Show(office.List{
		Name: summaryName, Title: summaryName + "（附表2）", Table: p.summaryRows(id),
		PDF: func(ctx context.Context, pdf *bytes.Buffer) ([]string, error) {
			return issue.SelfCheckSummary(ctx, pdf, p.deps.Store, id, p.deps.Fonts)
		},
	})
}

func (p *SelfChecksPage) summaryBook(campaignID int64) office.BookMaker {
	return func(ctx context.Context) ([]sheet.Table, error) {
		return issue.SelfCheckSummaryTables(ctx, p.deps.Store, campaignID)
	}
}

// summaryRows are the rows of all parts of the summary.
func (p *SelfChecksPage) summaryRows(campaignID int64) office.TableMaker {
	return func(ctx context.Context) (sheet.Table, error) {
		tables, err := p.summaryBook(campaignID)(ctx)
		var all sheet.Table
		for _, t := range tables {
			all.Rows = append(all.Rows, t.Rows...)
		}
		return all, err
	}
}

func (p *SelfChecksPage) exportSummary(checkSelection) {
	if p.noCampaign() {
		return
	}
	p.press.ExportBook(summaryName, summaryName, p.summaryBook(p.campaignInHand().ID))
}

func (p *SelfChecksPage) exportUnchecked(s checkSelection) {
	p.press.Export(uncheckedName, uncheckedName+"-"+p.titleOf(p.scope(s.Query)), p.uncheckedTable(s.Query))
}

func (p *SelfChecksPage) exportList(s checkSelection) {
	p.press.Export(checkRecord, p.titleOf(p.scope(s.Query)), p.listOf(s.Query))
}

func (p *SelfChecksPage) listOf(q kit.Query) office.TableMaker {
	f, page := p.filterOf(q), office.PageOf(q)
	return func(ctx context.Context) (sheet.Table, error) {
		return issue.SelfCheckListTable(ctx, p.deps.Store, f, page)
	}
}
