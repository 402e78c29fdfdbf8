package campaign

import (
	"bytes"
	"context"

	"qingfeng/report/issue"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
)

// previewMissing shows who has not signed: of the department that the list is
// narrowed to, or of all.
func (p *CommitmentsPage) previewMissing(s selection) {
	f := letterFilter(p.scope(s.Query))
	f.DepartmentID = departmentFilter(s.Query)
	p.makeList("未签名单", s.Query, p.missingOf(s.Query), func(ctx context.Context, pdf *bytes.Buffer) ([]string, error) {
		return issue.Missing(ctx, pdf, p.deps.Store, f, p.deps.Fonts)
	})
}

func (p *CommitmentsPage) previewRates(s selection) {
	f := letterFilter(p.scope(s.Query))
	p.makeList("签订率", s.Query, p.ratesOf(s.Query), func(ctx context.Context, pdf *bytes.Buffer) ([]string, error) {
		return issue.Rates(ctx, pdf, p.deps.Store, f.CampaignID, f.Kind, p.deps.Fonts)
	})
}

// makeList previews a list of the kind that the page shows.
func (p *CommitmentsPage) makeList(name string, q kit.Query, same tableMaker, make func(context.Context, *bytes.Buffer) ([]string, error)) {
	if p.noCampaign() {
		return
	}
	p.press.show(list{name, kindOf(q).Label() + "承诺书" + name, same, make})
}

func (p *CommitmentsPage) exportList(s selection) { p.export("承诺书", s.Query, p.listOf(s.Query)) }
func (p *CommitmentsPage) exportMissing(s selection) {
	p.export("未签名单", s.Query, p.missingOf(s.Query))
}
func (p *CommitmentsPage) exportRates(s selection) {
	p.export("签订率", s.Query, p.ratesOf(s.Query))
}

func (p *CommitmentsPage) listOf(q kit.Query) tableMaker {
	f, page := p.filterOf(q), pageOf(q)
	return func(ctx context.Context) (sheet.Table, error) { return issue.ListTable(ctx, p.deps.Store, f, page) }
}

func (p *CommitmentsPage) missingOf(q kit.Query) tableMaker {
	f := letterFilter(p.scope(q))
	f.DepartmentID = departmentFilter(q)
	return func(ctx context.Context) (sheet.Table, error) { return issue.MissingTable(ctx, p.deps.Store, f) }
}

func (p *CommitmentsPage) ratesOf(q kit.Query) tableMaker {
	f := letterFilter(p.scope(q))
	return func(ctx context.Context) (sheet.Table, error) {
		return issue.RatesTable(ctx, p.deps.Store, f.CampaignID, f.Kind)
	}
}

func (p *CommitmentsPage) export(name string, q kit.Query, make tableMaker) {
	p.press.export(name, name+"-"+kindOf(q).Label(), make)
}
