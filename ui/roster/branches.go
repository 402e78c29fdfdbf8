package roster

import (
	"context"
	"fmt"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// branchRow is a party branch with the number of its employed people.
type branchRow struct {
	model.PartyBranch
	People int
}

// branches is the dialog in which party branches are added and renamed. A
// branch is never removed, as people's records point to it.
type branches struct {
	deps  Deps
	table *kit.Table[branchRow]
}

func showBranches(deps Deps) {
	b := &branches{deps: deps}
	b.table = kit.NewTable(kit.TableOptions[branchRow]{
		Columns: []kit.Column[branchRow]{
			{Title: "支部", Flex: true, Text: func(r branchRow) string { return r.Name }},
			{Title: "在职人数", Align: kit.AlignRight, Text: func(r branchRow) string { return fmt.Sprint(r.People) }},
		},
		Source: b.rows,
		ID:     func(r branchRow) int64 { return r.ID },
		Empty:  "还没有支部。导入带“支部”列的花名册会自动建好，也可以在这里新建。",
	})
	b.table.OnOpen = func(r branchRow) { b.edit(r.PartyBranch) }
	rename := kit.NewButton("改名…", func() {
		if r, ok := b.table.Selected(); ok {
			b.edit(r.PartyBranch)
		} else {
			kit.Toast(deps.Win, "请先选中一个支部", kit.Neutral)
		}
	})
	add := kit.NewPrimaryButton("新建支部", func() { b.edit(model.PartyBranch{}) })
	var dialog *kit.Dialog
	closing := func() { dialog.Close() }
	dialog = kit.ShowDialog(deps.Win, kit.DialogOptions{
		Title:   "支部管理",
		Content: below(kit.NewMuted("支部只能改名，不能删除；职工所在支部在职工页面修改。"), b.table, nil),
		Width:   560, Height: 460,
		Buttons:  []*kit.Button{kit.NewButton("关闭", closing), rename, add},
		OnEscape: closing,
	})
}

func (b *branches) rows(ctx context.Context, q kit.Query) ([]branchRow, int, error) {
	list, err := b.deps.Store.PartyBranches(ctx)
	if err != nil {
		return nil, 0, err
	}
	rows := make([]branchRow, len(list))
	for i, x := range list {
		found, err := b.deps.Store.Staff(ctx, store.StaffFilter{BranchID: x.ID}, store.Page{Limit: 1})
		if err != nil {
			return nil, 0, err
		}
		rows[i] = branchRow{x, found.Total}
	}
	return kit.Rows(rows)(ctx, q)
}

func (b *branches) edit(old model.PartyBranch) {
	name := kit.NewEntry(model.MaxName)
	name.SetText(old.Name)
	form := kit.NewForm(b.deps.Win, kit.Field{Key: "Name", Label: "支部名称", Required: true, Input: name})
	form.Log = b.deps.Log
	form.OnSave = func() func(context.Context) error {
		m := old
		m.Name = name.Value()
		return func(ctx context.Context) error {
			_, err := b.deps.Store.SavePartyBranch(ctx, m)
			return err
		}
	}
	form.OnSaved = func() {
		b.table.Reload()
		b.deps.changed()
	}
	title := "支部改名"
	if old.ID == 0 {
		title = "新建支部"
	}
	form.ShowDialog(title, "保存")
}
