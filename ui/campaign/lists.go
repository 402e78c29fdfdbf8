package campaign

import (
	"bytes"
	"context"

	"qingfeng/report/issue"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// previewMissing shows who has not signed: of the department that the list is
// narrowed to, or of all.
func (p *CommitmentsPage) previewMissing(s selection) {
	f := letterFilter(p.scope(s.Query))
	f.DepartmentID = office.DepartmentOf(s.Query)
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
func (p *CommitmentsPage) makeList(name string, q kit.Query, same office.TableMaker, make func(context.Context, *bytes.Buffer) ([]string, error)) {
	if p.noCampaign() {
		return
	}
	p.press.Show(office.List{Name: name, Title: kindOf(q).Label() + "承诺书" + name, Table: same, PDF: make})
}

func (p *CommitmentsPage) exportList(s selection) { p.export("承诺书", s.Query, p.listOf(s.Query)) }
func (p *CommitmentsPage) exportMissing(s selection) {
	p.export("未签名单", s.Query, p.missingOf(s.Query))
}
func (p *CommitmentsPage) exportRates(s selection) {
	p.export("签订率", s.Query, p.ratesOf(s.Query))
}

func (p *CommitmentsPage) listOf(q kit.Query) office.TableMaker {
	f, page := p.filterOf(q), office.PageOf(q)
	return func(ctx context.Context) (sheet.Table, error) { return issue.ListTable(ctx, p.deps.Store, f, page) }
}

func (p *CommitmentsPage) missingOf(q kit.Query) office.TableMaker {
	f := letterFilter(p.scope(q))
	f.DepartmentID = office.DepartmentOf(q)
	return func(ctx context.Context) (sheet.Table, error) { return issue.MissingTable(ctx, p.deps.Store, f) }
}

func (p *CommitmentsPage) ratesOf(q kit.Query) office.TableMaker {
	f := letterFilter(p.scope(q))
	return func(ctx context.Context) (sheet.Table, error) {
		return issue.RatesTable(ctx, p.deps.Store, f.CampaignID, f.Kind)
	}
}

func (p *CommitmentsPage) export(name string, q kit.Query, make office.TableMaker) {
	p.press.Export(name, name+"-"+kindOf(q).Label(), make)
}
