package campaign

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"

	"qingfeng/report/issue"
	"qingfeng/report/preview"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
)

// previewMissing shows who has not signed: of the department that the list is
// narrowed to, or of all.
func (p *CommitmentsPage) previewMissing(s selection) {
	f := p.kindFilter(s.Query)
	f.DepartmentID = departmentFilter(s.Query)
	p.makeList("未签名单", s.Query, p.missingOf(s.Query), func(ctx context.Context, pdf *bytes.Buffer) ([]string, error) {
		return issue.Missing(ctx, pdf, p.deps.Store, f, p.deps.Fonts)
	})
}

func (p *CommitmentsPage) previewRates(s selection) {
	f := p.kindFilter(s.Query)
	p.makeList("签订率", s.Query, p.ratesOf(s.Query), func(ctx context.Context, pdf *bytes.Buffer) ([]string, error) {
		return issue.Rates(ctx, pdf, p.deps.Store, f.CampaignID, f.Kind, p.deps.Fonts)
	})
}

// makeList makes a list as PDF and previews it. That it was looked at is not
// recorded; each file with it is. same is the list as a table, for the number
// of its rows.
func (p *CommitmentsPage) makeList(name string, q kit.Query, same tableMaker, make func(context.Context, *bytes.Buffer) ([]string, error)) {
	if p.campaignInHand().ID == 0 {
		p.makeMissing() // says that a campaign comes first
		return
	}
	title := kindOf(q).Label() + "承诺书" + name
	var pdf bytes.Buffer
	var warnings []string
	var doc *preview.Document
	rows := 0
	kit.ShowProgress(p.deps.Win, "正在生成"+name, func(ctx context.Context, report kit.Report) error {
		report(0, 0, title)
		table, err := same(ctx)
		if err != nil {
			return err
		}
		rows = len(table.Rows)
		if warnings, err = make(ctx, &pdf); err == nil {
			doc, err = preview.Open(pdf.Bytes())
		}
		return err
	}, func(err error) {
		if err != nil {
			p.deps.fail(err) // a cancellation shows nothing
			return
		}
		p.preview(doc, paper{title: title, file: title, pdf: pdf.Bytes(), warnings: warnings, list: name, rows: rows})
	})
}

// tableMaker reads what an Excel file will hold.
type tableMaker = func(context.Context) (sheet.Table, error)

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
	f := p.kindFilter(q)
	f.DepartmentID = departmentFilter(q)
	return func(ctx context.Context) (sheet.Table, error) { return issue.MissingTable(ctx, p.deps.Store, f) }
}

func (p *CommitmentsPage) ratesOf(q kit.Query) tableMaker {
	f := p.kindFilter(q)
	return func(ctx context.Context) (sheet.Table, error) {
		return issue.RatesTable(ctx, p.deps.Store, f.CampaignID, f.Kind)
	}
}

// export asks for a place and writes a table there as Excel.
func (p *CommitmentsPage) export(name string, q kit.Query, make tableMaker) {
	file := fmt.Sprintf("%s-%s-%s.xlsx", name, kindOf(q).Label(), kit.Now().Format("20060102"))
	kit.PickSave(p.deps.Win, "导出 Excel", file, func(path string) { p.writeSheet(path, name, make) })
}

// writeSheet writes a table, which leaves a line in the audit trail under the
// list's name.
func (p *CommitmentsPage) writeSheet(path, name string, make tableMaker) {
	kit.Run(context.Background(), func(ctx context.Context) (int, error) {
		table, err := make(ctx)
		if err != nil {
			return 0, err
		}
		if err := sheet.Write(path, table); err != nil {
			return 0, err
		}
		return len(table.Rows), issue.RecordExport(ctx, p.deps.Store, name, path, len(table.Rows), false)
	}, func(n int, err error) {
		if err != nil {
			p.deps.fail(err)
			return
		}
		kit.Toast(p.deps.Win, fmt.Sprintf("已导出 %d 行到 %s", n, filepath.Base(path)), kit.Good)
	})
}
