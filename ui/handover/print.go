package handover

import (
	"bytes"
	"context"
	"fmt"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/report/preview"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// Papers and lists: their names in the audit trail and what leads to them.
const (
	receiptLabel = "收据"
	formLabel    = "登记表"
	slipLabel    = "处置单"
	ledgerLabel  = "台账…"
	totalsLabel  = "统计…"
	listLabel    = "当前列表…"

	formList   = "红包上交登记表"
	slipList   = "红包处置单"
	ledgerList = "红包上交台账"
	totalsList = "红包上交统计表"
)

func (p *HandoversPage) printActions() []kit.Action[handover] {
	return []kit.Action[handover]{
		{Label: receiptLabel, Key: "Ctrl+P", Enabled: handovers.Any, Run: func(s handovers) { p.printReceipts(s.Rows, nil) }},
		{Label: formLabel, Enabled: handovers.Any, Run: func(s handovers) { p.printForms(s.Rows) }},
		{Label: ledgerLabel, Run: func(s handovers) { p.askLedger("打印台账", "生成预览", s.Query, p.press.Show) }},
		{Label: totalsLabel, Run: func(handovers) { p.askTotals("打印统计表", "生成预览", p.press.Show) }},
	}
}

func (p *HandoversPage) exportActions() []kit.Action[handover] {
	return []kit.Action[handover]{
		{Label: listLabel, Run: p.exportList},
		{Label: ledgerLabel, Run: func(s handovers) { p.askLedger("导出台账", "选择位置", s.Query, p.press.ExportList) }},
		{Label: totalsLabel, Run: func(handovers) { p.askTotals("导出统计表", "选择位置", p.press.ExportList) }},
		{Label: "导入模板", Run: func(handovers) { p.saveTemplate() }},
	}
}

// printReceipts issues the receipts that are missing and previews them. A
// receipt counts as printed only once it was printed or saved; then, or when
// there is nothing to show, after is called, which may be nil.
func (p *HandoversPage) printReceipts(rows []handover, after func()) {
	var of []int64
	issued := false
	for _, r := range rows {
		if !r.Voided() {
			of = append(of, r.ID)
			issued = issued || r.Receipt == ""
		}
	}
	if len(of) == 0 {
		kit.ShowNotice(p.deps.Win, "不能开收据", "选中的登记都已作废，不开收据。")
		return
	}
	var pdf bytes.Buffer
	var receipts []model.Receipt
	var warnings []string
	var doc *preview.Document
	kit.ShowProgress(p.deps.Win, "正在生成收据", func(ctx context.Context, report kit.Report) error {
		var ids []int64
		for i, id := range of {
			report(i, len(of), "")
			r, err := p.deps.Store.IssueReceipt(ctx, id)
			if err != nil {
				return err
			}
			receipts, ids = append(receipts, r), append(ids, r.ID)
		}
		var err error
		if warnings, err = issue.Receipts(ctx, &pdf, p.deps.Store, ids, p.deps.Fonts); err == nil {
			doc, err = preview.Open(pdf.Bytes())
		}
		return err
	}, func(err error) {
		if issued {
			p.changed()
		}
		if err != nil {
			p.deps.Fail(err)
		} else {
			p.showReceipts(doc, receipts, pdf.Bytes(), warnings)
		}
		if after != nil {
			after()
		}
	})
}

func (p *HandoversPage) showReceipts(doc *preview.Document, receipts []model.Receipt, pdf []byte, warnings []string) {
	title := receiptLabel + "-" + receipts[0].FormNo
	if len(receipts) > 1 {
		title = fmt.Sprintf("%s-%d份", receiptLabel, len(receipts))
	}
	p.press.Preview(doc, office.Paper{
		Title: title, File: title, PDF: pdf, Warnings: warnings, List: receiptLabel, Rows: len(receipts), Plain: true,
		Written: func(ctx context.Context) error {
			for _, r := range receipts {
				if err := p.deps.Store.MarkReceiptPrinted(ctx, r.ID); err != nil {
					return err
				}
			}
			return nil
		},
		Done: fmt.Sprintf("%d 张收据已登记为已打印，一式三联。再打印的是补打。", len(receipts)),
	})
}

// printForms previews the 登记表 of handovers.
func (p *HandoversPage) printForms(rows []handover) {
	f := store.HandoverFilter{FormNos: []string{}}
	for _, r := range rows {
		f.FormNos = append(f.FormNos, r.FormNo)
	}
	title := formLabel + "-" + rows[0].FormNo
	if len(rows) > 1 {
		title = fmt.Sprintf("%s-%d份", formLabel, len(rows))
	}
	p.press.Show(office.List{Name: formList, Title: title, Plain: p.deps.Store.May(model.ReadPlain), Rows: len(rows), PDF: func(ctx context.Context, pdf *bytes.Buffer) ([]string, error) {
		return issue.HandoverForms(ctx, pdf, p.deps.Store, f, p.deps.Fonts)
	}})
}

// printSlips previews the slips of the dispositions of a handover that stand.
func (p *HandoversPage) printSlips(r handover) {
	p.withDetail(r, func(d store.HandoverDetail) {
		var ids []int64
		for _, x := range model.StandingDispositions(d.Dispositions) {
			ids = append(ids, x.ID)
		}
		p.printSlipsOf(r, ids)
	})
}

// printSlipsOf is [HandoversPage.printSlips] for some of its dispositions.
func (p *HandoversPage) printSlipsOf(r handover, ids []int64) {
	p.press.Show(office.List{Name: slipList, Title: slipLabel + "-" + r.FormNo, Plain: p.deps.Store.May(model.ReadPlain), Rows: len(ids),
		PDF: func(ctx context.Context, pdf *bytes.Buffer) ([]string, error) {
			return issue.DispositionSlips(ctx, pdf, p.deps.Store, r.ID, ids, p.deps.Fonts)
		}})
}

// ledger is the 台账 of a filter.
func (p *HandoversPage) ledger(f store.HandoverFilter, page store.Page, plain bool, title string) office.List {
	return office.List{Name: ledgerList, Title: title, Plain: plain,
		Table: func(ctx context.Context) (sheet.Table, error) {
			return issue.HandoverTable(ctx, p.deps.Store, f, page, plain)
		},
		PDF: func(ctx context.Context, pdf *bytes.Buffer) ([]string, error) {
			return issue.HandoverLedger(ctx, pdf, p.deps.Store, f, plain, p.deps.Fonts)
		}}
}

// exportList asks whether the rows that the list shows are written with names.
func (p *HandoversPage) exportList(s handovers) {
	f, page := p.filterOf(s.Query), office.PageOf(s.Query)
	names := p.namesField()
	if names == nil {
		p.press.ExportList(p.ledger(f, page, false, ledgerList))
		return
	}
	form := kit.NewForm(p.deps.Win, kit.Field{Key: "names", Label: "姓名", Hint: namesHint, Required: true, Input: names})
	form.ShowQuestion("导出当前列表", "选择位置", func() { p.press.ExportList(p.ledger(f, page, withNames(names), ledgerList)) })
}

// Whether a list says who handed in and who gave.
const (
	namesMasked = "masked"
	namesPlain  = "plain"

	namesHint = "写明姓名的文件会记入操作记录，请妥善保管"
)

// namesField asks for it; nil for those who may not see names.
func (p *HandoversPage) namesField() *kit.Segmented {
	if !p.deps.Store.May(model.ReadPlain) {
		return nil
	}
	f := kit.NewSegmented([]kit.Option{{Value: namesMasked, Text: "隐去姓名"}, {Value: namesPlain, Text: "写明姓名和经过"}})
	f.SetValue(namesMasked)
	return f
}

func withNames(f *kit.Segmented) bool { return f != nil && f.Value() == namesPlain }

// askLedger asks for the days and the names of a 台账. Other filters of the page
// narrow it too.
func (p *HandoversPage) askLedger(title, yes string, q kit.Query, show func(office.List)) {
	f := p.filterOf(q)
	says := "列出这段时间上交的全部红包。"
	if narrowed(q) {
		says = "列出这段时间上交的红包，同时按列表现在的筛选。"
	}
	from, to, period := p.periodFields(model.Span{From: f.From, To: f.To})
	items := append([]kit.FormItem{kit.Block(kit.NewMuted(says))}, period...)
	names := p.namesField()
	if names != nil {
		items = append(items, kit.Field{Key: "names", Label: "姓名", Hint: namesHint, Required: true, Input: names})
	}
	p.askSpan(title, yes, from, to, func(span model.Span) {
		f.From, f.To, f.WithVoided = span.From, span.To, true // so that no number is missing
		show(p.ledger(f, store.Page{}, withNames(names), spanned(ledgerList, span)))
	}, items)
}

// narrowed reports whether a list is narrowed to more than a period.
func narrowed(q kit.Query) bool {
	for key := range q.Filters {
		if key != filterPeriod {
			return true
		}
	}
	return q.Keyword != ""
}

// askTotals asks for the days of a 统计表.
func (p *HandoversPage) askTotals(title, yes string, show func(office.List)) {
	from, to, items := p.periodFields(model.Span{})
	p.askSpan(title, yes, from, to, func(span model.Span) {
		show(office.List{Name: totalsList, Title: spanned(totalsList, span),
			Table: func(ctx context.Context) (sheet.Table, error) { return issue.TotalsTable(ctx, p.deps.Store, span) },
			PDF: func(ctx context.Context, pdf *bytes.Buffer) ([]string, error) {
				return issue.TotalsSheet(ctx, pdf, p.deps.Store, span, p.deps.Fonts)
			}})
	}, items)
}

func spanned(name string, span model.Span) string {
	return fmt.Sprintf("%s-%s至%s", name, span.From, span.To)
}

// periodFields are the fields for the first and the last day of a span, this
// year up to today unless one is given.
func (p *HandoversPage) periodFields(span model.Span) (from, to *kit.DateField, items []kit.FormItem) {
	if span.From == "" {
		span = spanOf(thisYear, p.deps.Store.Today())
	}
	span.To = min(span.To, p.deps.Store.Today())
	from, to = kit.NewDateField(), kit.NewDateField()
	from.SetDate(span.From)
	to.SetDate(span.To)
	return from, to, []kit.FormItem{
		kit.Field{Key: "From", Label: "上交日期从", Required: true, Input: from},
		kit.Field{Key: "To", Label: "到", Required: true, Input: to}}
}

func (p *HandoversPage) askSpan(title, yes string, from, to *kit.DateField, then func(model.Span), items []kit.FormItem) {
	form := kit.NewForm(p.deps.Win, items...)
	form.Validate = func() map[string]string {
		if to.Date() < from.Date() {
			return map[string]string{"To": "不能早于 " + string(from.Date())}
		}
		return nil
	}
	form.ShowQuestion(title, yes, func() { then(model.Span{From: from.Date(), To: to.Date()}) })
}
