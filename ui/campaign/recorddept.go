package campaign

import (
	"context"
	"fmt"
	"strconv"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// byDepartment is the dialog that records a department's personal letters all
// at once but for those ticked as not handed in.
type byDepartment struct {
	page   *CommitmentsPage
	choice *kit.Choice
	on     *kit.DateField
	table  *kit.Table[letter]
	count  *kit.Label
	save   *kit.Button
	said   string // what the last department came to
}

// recordByDepartment opens the dialog on the department that the list is
// narrowed to, if any.
func (p *CommitmentsPage) recordByDepartment(s selection) {
	if p.campaignInHand().ID == 0 {
		p.makeMissing() // says that a campaign comes first
		return
	}
	d := &byDepartment{page: p, choice: kit.NewChoice(nil), on: kit.NewDateField(), count: kit.NewMuted("请选择科室")}
	d.on.SetDate(p.deps.Store.Today())
	d.table = kit.NewTable(kit.TableOptions[letter]{
		Columns: []kit.Column[letter]{
			{Title: "编号", Text: func(r letter) string { return r.FormNo }},
			{Title: "姓名", Text: signer},
			{Title: "工号", Text: func(r letter) string { return r.EmployeeNo }},
			{Title: "岗位", Text: func(r letter) string { return r.Post }},
			{Title: "打印", Text: func(r letter) string { return string(r.PrintedOn) }},
			{Title: "", Flex: true, Text: func(letter) string { return "" }},
		},
		Source: d.source, ID: func(r letter) int64 { return r.ID }, Multi: true,
		Empty: "这里列出已打印、还没交回的承诺书。",
	})
	d.table.OnTick = func(int) { d.tell() }
	d.table.OnState = func(kit.TableState) { d.tell() }
	d.choice.OnChanged = func(string) { d.chosen() }
	d.show()
	d.loadDepartments(departmentFilter(s.Query))
}

func (d *byDepartment) show() {
	head := kit.Beside(kit.NewMuted("科室"), kit.Wide(280, d.choice), kit.NewMuted("交回日期"), kit.Wide(150, d.on))
	hint := kit.NewLabel("在没有交回的人前面打勾，其余的登记为已交回。")
	d.save = kit.NewPrimaryButton("登记交回", d.record)
	d.save.Disable()
	var dialog *kit.Dialog
	dialog = kit.ShowDialog(d.page.deps.Win, kit.DialogOptions{
		Title: "按科室登记交回", Width: 760, Height: 540,
		Content: kit.Frame(nil, d.count, nil, nil, above(kit.Below(head, hint), d.table)),
		Buttons: []*kit.Button{kit.NewButton("关闭", func() { dialog.Close() }), d.save},
	})
}

// loadDepartments offers the departments that still have letters out.
func (d *byDepartment) loadDepartments(chosen int64) {
	p := d.page
	c := p.campaignInHand()
	kit.Run(context.Background(), func(ctx context.Context) ([]model.DepartmentRate, error) {
		_, rows, err := p.deps.Store.CommitmentRates(ctx, c.ID, model.PersonalCommitment)
		return rows, err
	}, func(rows []model.DepartmentRate, err error) {
		if err != nil {
			p.deps.fail(err)
			return
		}
		var options []kit.Option
		for _, r := range rows {
			if r.Missing > 0 {
				options = append(options, kit.Option{Value: strconv.FormatInt(r.ID, 10), Text: fmt.Sprintf("%s（%d 份未签）", r.Department, r.Missing)})
			}
		}
		d.choice.SetOptions(options)
		d.choice.SetValue(strconv.FormatInt(chosen, 10))
		d.chosen()
	})
}

func (d *byDepartment) departmentID() int64 {
	id, _ := strconv.ParseInt(d.choice.Value(), 10, 64)
	return id
}

func (d *byDepartment) chosen() {
	d.table.ClearTicks()
	d.table.SetQuery(func(q *kit.Query) { q.Filters = map[string]string{filterDepartment: d.choice.Value()} })
}

// source lists the printed letters of the department chosen.
func (d *byDepartment) source(ctx context.Context, q kit.Query) ([]letter, int, error) {
	id := departmentFilter(q)
	if id == 0 {
		return nil, 0, nil
	}
	found, err := d.page.deps.Store.Commitments(ctx, d.page.awaited(id), pageOf(q))
	return found.Items, found.Total, err
}

func (d *byDepartment) tell() {
	total, except := d.table.Total(), len(d.table.Ticked())
	text := fmt.Sprintf("将登记 %d 份，除外 %d 份", total-except, except)
	if d.departmentID() == 0 {
		text = d.said + "请选择科室"
	}
	d.count.SetText(text)
	if d.save == nil {
		return
	}
	if d.departmentID() != 0 && total > except {
		d.save.Enable()
	} else {
		d.save.Disable()
	}
}

// record takes the letters and stays open for the next department.
func (d *byDepartment) record() {
	p, id := d.page, d.departmentID()
	f := p.awaited(id)
	var except []string
	for _, r := range d.table.Ticked() {
		except = append(except, r.FormNo)
	}
	on := d.on.Date()
	kit.Run(context.Background(), func(ctx context.Context) (int, error) {
		unprinted := f
		unprinted.State = model.Unprinted
		found, err := p.deps.Store.Commitments(ctx, unprinted, store.Page{})
		if err != nil {
			return 0, err
		}
		all := append([]string(nil), except...)
		for _, r := range found.Items {
			all = append(all, r.FormNo)
		}
		return p.deps.Store.ReturnDepartment(ctx, f, all, on)
	}, func(n int, err error) {
		if err != nil {
			p.deps.fail(err)
			return
		}
		text := fmt.Sprintf("已登记 %d 份", n)
		if len(except) > 0 {
			text += fmt.Sprintf("，%d 份没有交回", len(except))
		}
		p.changed()
		d.said = text + "。"
		d.loadDepartments(0)
	})
}
