package campaign

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
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
			p.deps.fail(err) // a cancellation shows nothing
			return
		}
		p.showImport(in)
	})
}

// remark is something in a file that is wrong, or odd.
type remark struct {
	model.RosterProblem
	rejected bool
}

func (in findingFile) warnings() []model.RosterProblem {
	return slices.Concat(in.rows.Warnings, in.plan.Warnings)
}

func (in findingFile) remarks() []remark {
	var out []remark
	for _, r := range in.plan.Rejected {
		out = append(out, remark{r, true})
	}
	for _, w := range in.warnings() {
		out = append(out, remark{w, false})
	}
	return out
}

// rejectedRows counts the rows, which may have several problems each.
func (in findingFile) rejectedRows() int {
	rows := map[int]bool{}
	for _, r := range in.plan.Rejected {
		rows[r.Row] = true
	}
	return len(rows)
}

// summary says in lines what was read and what it would come to.
func (in findingFile) summary(campaign string) []string {
	lines := []string{fmt.Sprintf("%s 有 %d 行，可以登记 %d 个问题。", filepath.Base(in.path), in.plan.Rows, in.plan.Added)}
	if campaign != "" {
		lines[0] = strings.TrimSuffix(lines[0], "。") + "，归入“" + campaign + "”。"
	}
	if n := in.rejectedRows(); n > 0 {
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

func remarkColumns() []kit.Column[remark] {
	return []kit.Column[remark]{
		{Title: "行号", Align: kit.AlignRight, Text: func(r remark) string { return rowNumber(r.Row) }},
		{Title: "", Chip: func(r remark) (string, kit.Tone) {
			if r.rejected {
				return "不能导入", kit.Bad
			}
			return "提醒", kit.Warn
		}},
		{Title: "列", Text: func(r remark) string { return r.Column }},
		{Title: "原值", Width: 160, Text: func(r remark) string { return shorten(r.Value, shortDetail) }},
		{Title: "问题", Flex: true, Text: func(r remark) string { return r.Problem }},
	}
}

// rowNumber is "" for a remark on a whole column.
func rowNumber(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func (p *FindingsPage) showImport(in findingFile) {
	var lines []fyne.CanvasObject
	for _, l := range in.summary(p.campaignInHand().Title) {
		lines = append(lines, kit.NewLabel(l))
	}
	content, height := kit.Below(lines...), float32(0)
	var left fyne.CanvasObject
	if remarks := in.remarks(); len(remarks) > 0 {
		table := kit.NewTable(kit.TableOptions[remark]{Columns: remarkColumns(), Source: kit.Rows(remarks)})
		content, height = kit.Frame(nil, nil, nil, nil, above(content, table)), 420
		left = kit.NewButton("另存问题清单…", func() { p.saveRemarks(in) })
	}
	var d *kit.Dialog
	buttons := []*kit.Button{kit.NewButton("取消", func() { d.Close() })}
	if in.plan.Added > 0 {
		buttons = append(buttons, kit.NewPrimaryButton(fmt.Sprintf("登记 %d 个问题", in.plan.Added), func() { d.Close(); p.runImport(in) }))
	} else {
		buttons[0].SetLabel("关闭")
	}
	d = kit.ShowDialog(p.deps.Win, kit.DialogOptions{
		Title: "导入整改台账", Content: content, Width: 960, Height: height, Left: left, Buttons: buttons,
	})
}

// saveRemarks writes what is wrong or odd to a file, to be put right there.
func (p *FindingsPage) saveRemarks(in findingFile) {
	kit.PickSave(p.deps.Win, "另存为", fmt.Sprintf("整改台账问题清单%s.xlsx", p.deps.Store.Today()), func(path string) {
		p.deps.do(func(ctx context.Context) error {
			if err := sheet.Write(path, sheet.FindingProblemTables(in.plan.Rejected, in.warnings())...); err != nil {
				return err
			}
			return issue.RecordExport(ctx, p.deps.Store, "整改台账问题清单", path, len(in.remarks()), false)
		}, func() { kit.ShowNotice(p.deps.Win, "已保存", "文件："+path) })
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
		case cancelled(err):
			kit.ShowNotice(p.deps.Win, "已取消", "导入已取消，没有登记任何问题。")
		case err != nil:
			p.deps.fail(err)
		default:
			p.done(fmt.Sprintf("已登记 %d 个问题", done.Added))
		}
	})
}
