package handover

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"qingfeng/model/money"
	"qingfeng/model/store"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// ledgerFile is a ledger that was read, with what its import would do.
type ledgerFile struct {
	path string
	rows sheet.HandoverRows
	plan store.HandoverImport
}

// importLedger takes the handovers of a ledger that was kept elsewhere. Nothing
// is stored before the clerk has seen what would be.
func (p *HandoversPage) importLedger() {
	kit.PickOpen(p.deps.Win, "选择红包上交台账", []string{".xlsx", ".csv"}, p.readLedger)
}

func (p *HandoversPage) readLedger(path string) {
	in := ledgerFile{path: path}
	kit.ShowProgress(p.deps.Win, "正在核对红包上交台账", func(ctx context.Context, report kit.Report) error {
		report(0, 0, filepath.Base(path))
		var err error
		if in.rows, err = sheet.ReadHandovers(p.deps.Store.Assets(), path, ""); err != nil {
			return err
		}
		report(0, 0, fmt.Sprintf("%d 次上交", len(in.rows.Records)))
		in.plan, err = p.deps.Store.ImportHandovers(ctx, in.rows.Records, true)
		return err
	}, func(err error) {
		if err != nil {
			p.deps.Fail(err) // a cancellation shows nothing
			return
		}
		p.showImport(in)
	})
}

// summary says in lines what was read and what it would come to.
func (in ledgerFile) summary() []string {
	lines := []string{fmt.Sprintf("%s 有 %d 行，可以登记 %d 次上交，共 %s 元。", filepath.Base(in.path), in.plan.Rows, in.plan.Added, money.Yuan(in.plan.AmountFen))}
	if n := office.ProblemRows(in.plan.Rejected); n > 0 {
		lines = append(lines, fmt.Sprintf("%d 行有问题，所在的上交不导入。改正后可以再导入一次，已登记的不会重复。", n))
	}
	if len(in.rows.Skipped) > 0 {
		rows := make([]string, len(in.rows.Skipped))
		for i, n := range in.rows.Skipped {
			rows[i] = strconv.Itoa(n)
		}
		lines = append(lines, "第 "+strings.Join(rows, "、")+" 行是合计或签字，已跳过。")
	}
	return lines
}

func (p *HandoversPage) showImport(in ledgerFile) {
	confirm := ""
	if in.plan.Added > 0 {
		confirm = fmt.Sprintf("登记 %d 次上交", in.plan.Added)
	}
	office.ShowImport(p.deps.Deps, office.ImportPreview{
		Title: "导入红包上交台账", Summary: in.summary(),
		Rejected: in.plan.Rejected, Warnings: slices.Concat(in.rows.Warnings, in.plan.Warnings),
		Confirm: confirm, Run: func() { p.runImport(in) },
		RemarkList: "红包上交台账问题清单", RemarkTables: sheet.HandoverProblemTables, Plain: true, // names stand in its cells
	})
}

// runImport stores the handovers in one transaction.
func (p *HandoversPage) runImport(in ledgerFile) {
	var done store.HandoverImport
	kit.ShowProgress(p.deps.Win, "正在登记红包上交", func(ctx context.Context, report kit.Report) error {
		report(0, 0, fmt.Sprintf("%d 次", in.plan.Added))
		var err error
		done, err = p.deps.Store.ImportHandovers(ctx, in.rows.Records, false)
		return err
	}, func(err error) {
		switch {
		case office.Cancelled(err):
			kit.ShowNotice(p.deps.Win, "已取消", "导入已取消，没有登记任何上交。")
		case err != nil:
			p.deps.Fail(err)
		default:
			p.done(fmt.Sprintf("已登记 %d 次上交，共 %s 元", done.Added, money.Yuan(done.AmountFen)))
		}
	})
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
