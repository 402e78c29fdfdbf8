package office

import (
	"context"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/report/issue"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
)

// importPreview is a file that was read, with what its import would do.
// Nothing is stored before the clerk has seen it and confirmed.
type importPreview struct {
	Title    string                // of the dialog
	Summary  []string              // lines: what was read and what it would come to
	Rejected []model.RosterProblem // what keeps rows out
	Warnings []model.RosterProblem // what is odd only
	Confirm  string                // label of the button that stores: 登记 53 个问题; "" when there is nothing to store
	Run      func()                // stores, once confirmed

	RemarkList   string // what the remarks are called as a file and in the audit trail
	RemarkTables func(rejected, warnings []model.RosterProblem) []sheet.Table
	Plain        bool // the remarks hold what lists mask
}

// remark is something in a file that is wrong, or odd.
type remark struct {
	model.RosterProblem
	rejected bool
}

func (in importPreview) remarks() []remark {
	var out []remark
	for _, r := range in.Rejected {
		out = append(out, remark{r, true})
	}
	for _, w := range in.Warnings {
		out = append(out, remark{w, false})
	}
	return out
}

// problemRows counts the rows, which may have several problems each.
func problemRows(problems []model.RosterProblem) int {
	rows := map[int]bool{}
	for _, p := range problems {
		rows[p.Row] = true
	}
	return len(rows)
}

// valueLength is how many characters the list shows of what stands in a cell.
const valueLength = 40

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
		{Title: "原值", Width: 160, Text: func(r remark) string { return Brief(r.Value, valueLength) }},
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

// showImport shows what an import would do and lets the clerk confirm it.
func showImport(deps Deps, in importPreview) {
	var lines []fyne.CanvasObject
	for _, l := range in.Summary {
		lines = append(lines, kit.NewLabel(l))
	}
	content, height := kit.Below(lines...), float32(0)
	var left fyne.CanvasObject
	if remarks := in.remarks(); len(remarks) > 0 {
		table := kit.NewTable(kit.TableOptions[remark]{Columns: remarkColumns(), Source: kit.Rows(remarks)})
		content, height = kit.Frame(nil, nil, nil, nil, Above(content, table)), 420
		left = kit.NewButton("另存问题清单…", func() { saveRemarks(deps, in) })
	}
	var d *kit.Dialog
	buttons := []*kit.Button{kit.NewButton("取消", func() { d.Close() })}
	if in.Confirm != "" {
		buttons = append(buttons, kit.NewPrimaryButton(in.Confirm, func() { d.Close(); in.Run() }))
	} else {
		buttons[0].SetLabel("关闭")
	}
	d = kit.ShowDialog(deps.Win, kit.DialogOptions{
		Title: in.Title, Content: content, Width: 1080, Height: height, Left: left, Buttons: buttons,
	})
}

// saveRemarks writes what is wrong or odd to a file, to be put right there.
func saveRemarks(deps Deps, in importPreview) {
	kit.PickSave(deps.Win, "另存为", fmt.Sprintf("%s%s.xlsx", in.RemarkList, deps.Store.Today()), func(path string) {
		deps.Do(func(ctx context.Context) error {
			if err := sheet.Write(path, in.RemarkTables(in.Rejected, in.Warnings)...); err != nil {
				return err
			}
			return issue.RecordExport(ctx, deps.Store, in.RemarkList, path, len(in.remarks()), in.Plain)
		}, func() { kit.ShowNotice(deps.Win, "已保存", "文件："+path) })
	})
}
