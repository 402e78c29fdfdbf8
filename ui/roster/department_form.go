package roster

import (
	"context"
	"strconv"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// maxOrder is the largest place in the order, four digits in the form.
const maxOrder = 9999

// departmentForm holds the inputs of one department.
type departmentForm struct {
	old    model.Department
	name   *kit.Entry
	kind   *kit.Choice
	head   *kit.Picker
	nurse  *kit.Picker
	leader *kit.Entry
	order  *kit.Entry
	closed *kit.DateField
}

// edit opens the form for a new department (ID 0) or an old one, after the
// names of its heads have been read.
func (d *departments) edit(old model.Department, aliases string) {
	kit.Run(context.Background(), func(ctx context.Context) ([2]kit.Suggestion, error) {
		head, err := office.ChosenPerson(ctx, d.deps.Store, old.HeadID)
		if err != nil {
			return [2]kit.Suggestion{}, err
		}
		nurse, err := office.ChosenPerson(ctx, d.deps.Store, old.NurseHeadID)
		return [2]kit.Suggestion{head, nurse}, err
	}, func(heads [2]kit.Suggestion, err error) {
		if err != nil {
			d.deps.Fail(err)
			return
		}
		d.showForm(old, aliases, heads)
	})
}

func (d *departments) showForm(old model.Department, aliases string, heads [2]kit.Suggestion) {
	f := &departmentForm{
		old: old, name: kit.NewEntry(model.MaxName), kind: kit.NewChoice(append([]kit.Option{{Text: "未分类"}}, office.Options(model.DepartmentKinds)...)),
		head: kit.NewPicker(office.SuggestPeople(d.deps.Store, nil)), nurse: kit.NewPicker(office.SuggestPeople(d.deps.Store, nil)),
		leader: kit.NewEntry(model.MaxName), order: kit.NewEntry(4), closed: kit.NewDateField(),
	}
	f.fill(heads)
	items := []kit.FormItem{
		kit.Field{Key: "Name", Label: "科室名称", Required: true, Input: f.name},
		kit.Field{Key: "Kind", Label: "类别", Input: f.kind},
		kit.Field{Key: "HeadID", Label: "科室负责人", Input: f.head},
		kit.Field{Key: "NurseHeadID", Label: "护士长", Input: f.nurse},
		kit.Field{Key: "Leader", Label: "分管院领导", Input: f.leader},
		kit.Field{Key: "SortOrder", Label: "排列顺序", Hint: "数字小的排在前面，留空排在最后", Input: f.order},
	}
	if aliases != "" {
		items = append(items, kit.Field{Key: "Aliases", Label: "花名册中也写作", Input: kit.NewReadOnly(aliases)})
	}
	title := "新建科室"
	if old.ID != 0 {
		title = "编辑科室"
		items = append(items, kit.Field{Key: "ClosedOn", Label: "撤销日期", Hint: "科室撤销后填写；撤销的科室不再出现在清单中", Input: f.closed})
	}
	form := kit.NewForm(d.deps.Win, items...)
	form.Log = d.deps.Log
	form.Validate = f.check
	form.OnSave = func() func(context.Context) error {
		m := f.read()
		return func(ctx context.Context) error {
			return d.save(ctx, m)
		}
	}
	form.OnSaved = func() {
		d.page.Refresh()
		d.deps.changed()
		d.deps.toast("已保存科室")
	}
	form.ShowDialog(title, "保存")
}

// save stores a department; without a place in the order it goes to the end.
func (d *departments) save(ctx context.Context, m model.Department) error {
	if m.SortOrder == 0 && m.ID != 0 {
		all, err := d.deps.Store.Departments(ctx, store.DepartmentFilter{Closed: true}, store.Page{Sort: "order", Desc: true, Limit: 1})
		if err != nil {
			return err
		}
		m.SortOrder = min(all.Items[0].SortOrder+1, maxOrder)
	}
	_, err := d.deps.Store.SaveDepartment(ctx, m)
	return err
}

func (f *departmentForm) fill(heads [2]kit.Suggestion) {
	f.name.SetText(f.old.Name)
	f.kind.SetValue(string(f.old.Kind))
	f.leader.SetText(f.old.Leader)
	f.closed.SetDate(f.old.ClosedOn)
	if f.old.SortOrder != 0 {
		f.order.SetText(strconv.Itoa(f.old.SortOrder))
	}
	for i, p := range []*kit.Picker{f.head, f.nurse} {
		p.SetPlaceHolder(office.PersonPrompt)
		if heads[i].ID != 0 {
			p.SetChosen(heads[i])
		}
	}
}

func (f *departmentForm) check() map[string]string {
	text := f.order.Value()
	if n, err := strconv.Atoi(text); text != "" && (err != nil || n < 1) {
		return map[string]string{"SortOrder": "应为 1 到 9999 的整数"}
	}
	return nil
}

func (f *departmentForm) read() model.Department {
	m := f.old
	m.Name = f.name.Value()
	m.Kind = model.DepartmentKind(f.kind.Value())
	m.HeadID, m.NurseHeadID = f.head.ID(), f.nurse.ID()
	m.Leader = f.leader.Value()
	m.SortOrder, _ = strconv.Atoi(f.order.Value())
	m.ClosedOn = f.closed.Date()
	return m
}
