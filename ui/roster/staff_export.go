package roster

import (
	"context"
	"fmt"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
)

// askExport asks what the file may hold and writes the filtered list.
func (p *StaffPage) askExport(q kit.Query) {
	sensitive := kit.NewCheck("含身份证号和电话")
	if !p.deps.Store.May(model.ReadPlain) {
		sensitive.Hide()
	}
	var dialog *kit.Dialog
	closing := func() { dialog.Close() }
	save := func() {
		dialog.Close()
		kit.PickSave(p.deps.Win, "导出职工", fmt.Sprintf("职工花名册%s.xlsx", p.deps.Store.Today()), func(path string) {
			p.export(path, q, sensitive.Checked())
		})
	}
	dialog = kit.ShowDialog(p.deps.Win, kit.DialogOptions{
		Title: "导出职工",
		Content: kit.Below(
			paragraph(fmt.Sprintf("按当前筛选导出 %d 人。列名与花名册一致，改好后可以再导入。", p.Table().Total())),
			sensitive,
		),
		Width:    460,
		Buttons:  []*kit.Button{kit.NewButton("取消", closing), kit.NewPrimaryButton("导出…", save)},
		OnEscape: closing,
	})
}

func (p *StaffPage) export(path string, q kit.Query, sensitive bool) {
	p.deps.writeSheet(path, exported{"职工", sensitive}, func(ctx context.Context) ([]sheet.Table, error) {
		rows, _, err := p.rows(ctx, everything(q))
		return []sheet.Table{staffTable(rows, sensitive)}, err
	}, p.deps.toast)
}

// staffTable is the roster's table, with the departures behind it when the
// list holds any.
func staffTable(rows []store.StaffRow, sensitive bool) sheet.Table {
	t := sheet.StaffTable(rows, sensitive)
	anyLeft := false
	for _, r := range rows {
		anyLeft = anyLeft || r.Left()
	}
	if !anyLeft {
		return t
	}
	t.Columns = append(t.Columns, "离职日期", "离职原因")
	for i, r := range rows {
		t.Rows[i] = append(t.Rows[i], string(r.LeftOn), r.LeftReason)
	}
	return t
}
