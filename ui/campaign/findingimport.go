package campaign

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"qingfeng/model/store"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// findingFile is a file of findings that was read, with what its import would do.
type findingFile struct {
	path string
	rows sheet.FindingRows
	plan store.FindingImport
}

// importFile takes the findings of a register that was kept elsewhere into the
// campaign in hand. Nothing is stored before the clerk has seen what would be.
func (p *FindingsPage) importFile() {
	kit.PickOpen(p.deps.Win, "选择整改台账", []string{".xlsx", ".csv"}, p.readFile)
}

func (p *FindingsPage) readFile(path string) {
	in := findingFile{path: path}
	kit.ShowProgress(p.deps.Win, "正在核对整改台账", func(ctx context.Context, report kit.Report) error {
		report(0, 0, filepath.Base(path))
		var err error
		if in.rows, err = sheet.ReadFindings(p.deps.Store.Assets(), path, ""); err != nil {
			return err
		}
		in.plan, err = p.deps.Store.ImportFindings(ctx, p.campaignInHand().ID, in.rows.Records, true)
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
func (in findingFile) summary(campaign string) []string {
	lines := []string{fmt.Sprintf("%s 有 %d 行，可以登记 %d 个问题。", filepath.Base(in.path), in.plan.Rows, in.plan.Added)}
	if campaign != "" {
		lines[0] = strings.TrimSuffix(lines[0], "。") + "，归入“" + campaign + "”。"
	}
	if n := office.ProblemRows(in.plan.Rejected); n > 0 {
		lines = append(lines, fmt.Sprintf("%d 行不能导入，改正后可以再导入一次，已登记的不会重复。", n))
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

func (p *FindingsPage) showImport(in findingFile) {
	confirm := ""
	if in.plan.Added > 0 {
		confirm = fmt.Sprintf("登记 %d 个问题", in.plan.Added)
	}
	office.ShowImport(p.deps.Deps, office.ImportPreview{
		Title: "导入整改台账", Summary: in.summary(p.campaignInHand().Title),
		Rejected: in.plan.Rejected, Warnings: slices.Concat(in.rows.Warnings, in.plan.Warnings),
		Confirm: confirm, Run: func() { p.runImport(in) },
		RemarkList: "整改台账问题清单", RemarkTables: sheet.FindingProblemTables,
	})
}

// runImport stores the findings in one transaction.
func (p *FindingsPage) runImport(in findingFile) {
	var done store.FindingImport
	kit.ShowProgress(p.deps.Win, "正在登记问题", func(ctx context.Context, report kit.Report) error {
		report(0, 0, fmt.Sprintf("%d 个", in.plan.Added))
		var err error
		done, err = p.deps.Store.ImportFindings(ctx, p.campaignInHand().ID, in.rows.Records, false)
		return err
	}, func(err error) {
		switch {
		case office.Cancelled(err):
			kit.ShowNotice(p.deps.Win, "已取消", "导入已取消，没有登记任何问题。")
		case err != nil:
			p.deps.Fail(err)
		default:
			p.done(fmt.Sprintf("已登记 %d 个问题", done.Added))
		}
	})
}
