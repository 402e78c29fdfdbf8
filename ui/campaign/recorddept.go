package campaign

import (
	"context"
	"fmt"
	"strconv"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// byDepartment is the dialog that records a department's personal forms all
// at once but for those ticked as not handed in.
type byDepartment[R any] struct {
	page   *slipPage[R]
	choice *kit.Choice
	on     *kit.DateField
	table  *kit.Table[slip]
	count  *kit.Label
	save   *kit.Button
	said   string // what the last department came to
}

// recordByDepartment opens the dialog on the department that the list is
// narrowed to, if any.
func (p *slipPage[R]) recordByDepartment(s kit.Selection[R]) {
	if p.noCampaign() {
		return
	}
	d := &byDepartment[R]{page: p, choice: kit.NewChoice(nil), on: p.deps.DateOfToday(), count: kit.NewMuted("请选择科室")}
	d.table = kit.NewTable(kit.TableOptions[slip]{
		Columns: []kit.Column[slip]{
			{Title: "编号", Text: func(r slip) string { return r.FormNo }},
			{Title: "姓名", Text: func(r slip) string { return r.name }},
			{Title: "工号", Text: func(r slip) string { return r.employeeNo }},
			{Title: "岗位", Text: func(r slip) string { return r.post }},
			{Title: "打印", Text: func(r slip) string { return string(r.PrintedOn) }},
			{Title: "", Flex: true, Text: func(slip) string { return "" }},
		},
		Source: d.source, ID: func(r slip) int64 { return r.ID }, Multi: true,
		Empty: "这里列出已打印、还没交回的" + p.forms.words().noun + "。",
	})
	d.table.OnTick = func(int) { d.tell() }
	d.table.OnState = func(kit.TableState) { d.tell() }
	d.choice.OnChanged = func(string) { d.chosen() }
	d.show()
	d.loadDepartments(office.DepartmentOf(s.Query))
}

func (d *byDepartment[R]) show() {
	head := kit.Beside(kit.NewMuted("科室"), kit.Wide(280, d.choice), kit.NewMuted("交回日期"), kit.Wide(150, d.on))
	hint := kit.NewLabel(d.page.forms.words().except)
	d.save = kit.NewPrimaryButton("登记交回", d.record)
	d.save.Disable()
	var dialog *kit.Dialog
	dialog = kit.ShowDialog(d.page.deps.Win, kit.DialogOptions{
		Title: "按科室" + d.page.forms.words().taking, Width: 760, Height: 540,
		Content: kit.Frame(nil, d.count, nil, nil, office.Above(kit.Below(head, hint), d.table)),
		Buttons: []*kit.Button{kit.NewButton("关闭", func() { dialog.Close() }), d.save},
	})
}

// loadDepartments offers the departments that still have forms out.
func (d *byDepartment[R]) loadDepartments(chosen int64) {
	p := d.page
	c, word := p.campaignInHand(), p.forms.words().missing
	kit.Run(context.Background(), func(ctx context.Context) ([]model.DepartmentRate, error) {
		return p.forms.departments(ctx, c.ID)
	}, func(rows []model.DepartmentRate, err error) {
		if err != nil {
			p.deps.Fail(err)
			return
		}
		var options []kit.Option
		for _, r := range rows {
			if r.Missing > 0 {
				options = append(options, kit.Option{Value: strconv.FormatInt(r.ID, 10), Text: fmt.Sprintf("%s（%d 份%s）", r.Department, r.Missing, word)})
			}
		}
		d.choice.SetOptions(options)
		d.choice.SetValue(strconv.FormatInt(chosen, 10))
		d.chosen()
	})
}

func (d *byDepartment[R]) departmentID() int64 { return office.ValueID(d.choice.Value()) }

func (d *byDepartment[R]) chosen() {
	d.table.ClearTicks()
	d.table.SetQuery(func(q *kit.Query) { q.Filters = map[string]string{office.ByDepartment: d.choice.Value()} })
}

// source lists the printed forms of the department chosen that are not back:
// one that was never printed cannot have been signed.
func (d *byDepartment[R]) source(ctx context.Context, q kit.Query) ([]slip, int, error) {
	id := office.DepartmentOf(q)
	if id == 0 {
		return nil, 0, nil
	}
	sc := d.page.awaited(id)
	sc.state, sc.missing = model.Printed, false
	return d.page.forms.list(ctx, sc, office.PageOf(q))
}

func (d *byDepartment[R]) tell() {
	total, except := d.table.Total(), len(d.table.Ticked())
	text := fmt.Sprintf("将登记 %d 份，除外 %d 份", total-except, except)
	if d.departmentID() == 0 {
		text = d.said + "请选择科室"
	}
	d.count.SetText(text)
	if d.save != nil {
		office.Enable(d.save, d.departmentID() != 0 && total > except)
	}
}

// record takes the forms and stays open for the next department.
func (d *byDepartment[R]) record() {
	p := d.page
	sc := p.awaited(d.departmentID())
	var except []string
	for _, r := range d.table.Ticked() {
		except = append(except, r.FormNo)
	}
	on := d.on.Date()
	kit.Run(context.Background(), func(ctx context.Context) (int, error) {
		found, _, err := p.forms.list(ctx, sc, store.Page{})
		if err != nil {
			return 0, err
		}
		all := append([]string(nil), except...)
		for _, r := range found {
			if r.State != model.Printed { // was not in the list
				all = append(all, r.FormNo)
			}
		}
		return p.forms.takeBackDepartment(ctx, sc, all, on)
	}, func(n int, err error) {
		if err != nil {
			p.deps.Fail(err)
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
