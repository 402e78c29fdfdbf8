package handover

import (
	"context"

	"qingfeng/model"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// ledgerImport takes the handovers of a ledger that was kept elsewhere.
func (p *HandoversPage) ledgerImport() office.FileImport[model.HandoverRecord] {
	s := p.deps.Store
	return office.FileImport[model.HandoverRecord]{
		Deps: p.deps.Deps, File: ledgerList, Unit: "次", Thing: "上交", Wrong: "行有问题，所在的上交不导入。",
		Read: func(path string) (office.FileRows[model.HandoverRecord], error) {
			rows, err := sheet.ReadHandovers(s.Assets(), path, "")
			return office.FileRows[model.HandoverRecord](rows), err
		},
		Store: func(ctx context.Context, records []model.HandoverRecord, dryRun bool) (office.Imported, error) {
			in, err := s.ImportHandovers(ctx, records, dryRun)
			return office.Imported{Rows: in.Rows, Added: in.Added, Sum: "，共 " + yuan(in.AmountFen), Rejected: in.Rejected, Warnings: in.Warnings}, err
		},
		Done: p.done, RemarkTables: sheet.HandoverProblemTables, Plain: true, // names stand in its cells
	}
}

// saveTemplate writes an empty ledger to fill in.
func (p *HandoversPage) saveTemplate() {
	kit.PickSave(p.deps.Win, "保存导入模板", "红包上交台账导入模板.xlsx", func(path string) {
		p.deps.Do(func(context.Context) error { return sheet.Write(path, sheet.HandoverTemplate()) }, func() {
			kit.ShowNotice(p.deps.Win, "已保存导入模板", "填好后用“导入”登记。一次上交有几项财物的，写成几行，原编号填同一个；"+
				"上交人按工号填写，匿名的不填。时间写成 2026-08-07 16:30，不知道几点的只写日期。\n文件："+path)
		})
	})
}
