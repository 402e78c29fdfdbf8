package roster

import (
	"context"

	"qingfeng/model"
	"qingfeng/model/idcode"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// maxTypedID leaves room for the blanks of a pasted ID number; they are taken
// out before it is checked.
const maxTypedID = 30

// staffForm holds the inputs of one staff member.
type staffForm struct {
	old                     model.Staff
	employeeNo, name        *kit.Entry
	bornOn, joinedOn        *kit.PartialField
	idNumber, phone         *kit.Entry
	post, title, position   *kit.Entry
	political, reason, note *kit.Entry
	sex                     *kit.Segmented
	department              *kit.Picker
	branch                  *kit.Choice
	keyPost, supervisor     *kit.Check
}

// formData is what the form needs from the store before it opens.
type formData struct {
	branches []kit.Option
	words    store.StaffWords
}

func (p *StaffPage) create() {
	row := store.StaffRow{}
	if q := p.Query(); q.Filters[office.ByDepartment] != "" {
		row.DepartmentID = office.DepartmentOf(q)
	}
	p.edit(row)
}

// edit opens the form for a new person (ID 0) or the record of an old one.
func (p *StaffPage) edit(row store.StaffRow) {
	kit.Run(context.Background(), func(ctx context.Context) (formData, error) {
		if row.ID == 0 && row.DepartmentID != 0 {
			d, err := p.deps.Store.Department(ctx, row.DepartmentID)
			if err != nil {
				return formData{}, err
			}
			row.Department = d.Name
		}
		branches, err := branchOptions(ctx, p.deps.Store)
		if err != nil {
			return formData{}, err
		}
		words, err := p.deps.Store.StaffWords(ctx)
		return formData{branches, words}, err
	}, func(data formData, err error) {
		if err != nil {
			p.deps.Fail(err)
			return
		}
		p.showForm(row, data)
	})
}

func (p *StaffPage) showForm(row store.StaffRow, data formData) {
	f := newStaffForm(p.deps.Store, row, data)
	form := kit.NewForm(p.deps.Win, f.items(row, data.words)...)
	form.Log = p.deps.Log
	showReason := func() { form.SetVisible("KeyPostReason", f.keyPost.Checked()) }
	f.keyPost.OnChanged = func(bool) { showReason() }
	showReason()
	f.idNumber.OnEdited = func(string) { form.SetHint("IDNumber", f.idWarning(), kit.Warn) }
	form.OnSave = func() func(context.Context) error {
		m := f.read()
		return func(ctx context.Context) error {
			_, err := p.deps.Store.SaveStaff(ctx, m)
			return err
		}
	}
	form.OnSaved = func() {
		p.refresh()
		p.deps.toast("已保存职工")
	}
	title := "新建职工"
	if row.ID != 0 {
		title = "编辑职工：" + row.Name
	}
	form.ShowDialog(title, "保存")
}

func newStaffForm(s *store.Store, row store.StaffRow, data formData) *staffForm {
	f := &staffForm{
		old:        row.Staff,
		employeeNo: filled(model.MaxEmployeeNo, row.EmployeeNo),
		name:       filled(model.MaxName, row.Name),
		bornOn:     kit.NewPartialField(),
		idNumber:   filled(maxTypedID, row.IDNumber),
		phone:      filled(model.MaxShort, row.Phone),
		joinedOn:   kit.NewPartialField(),
		post:       filled(model.MaxShort, row.Post),
		title:      filled(model.MaxShort, row.Title),
		position:   filled(model.MaxShort, row.Position),
		political:  filled(model.MaxShort, row.Political),
		reason:     filled(model.MaxNote, row.KeyPostReason),
		note:       kit.NewMultiEntry(model.MaxNote, 3),
		sex: kit.NewSegmented([]kit.Option{
			{Value: string(model.Male), Text: "男"}, {Value: string(model.Female), Text: "女"}, {Text: "未填"},
		}),
		department: kit.NewPicker(office.SuggestOpenDepartments(s)),
		branch:     kit.NewChoice(append([]kit.Option{{Text: "无"}}, data.branches...)),
		keyPost:    kit.NewCheck("重点岗位"),
		supervisor: kit.NewCheck("网格监察员"),
	}
	f.department.SetPlaceHolder("输入科室名称或拼音首字母")
	f.bornOn.SetPartial(row.BornOn)
	f.joinedOn.SetPartial(row.JoinedOn)
	f.note.SetText(row.Note)
	f.sex.SetValue(string(row.Sex))
	if row.DepartmentID != 0 {
		f.department.SetChosen(kit.Suggestion{ID: row.DepartmentID, Text: row.Department})
	}
	f.branch.SetValue(office.IDValue(row.BranchID))
	f.keyPost.SetChecked(row.KeyPost())
	f.supervisor.SetChecked(row.GridSupervisor)
	return f
}

func filled(max int, text string) *kit.Entry {
	e := kit.NewEntry(max)
	e.SetText(text)
	return e
}

func (f *staffForm) items(row store.StaffRow, words store.StaffWords) []kit.FormItem {
	items := []kit.FormItem{
		kit.Section("基本情况"),
		kit.Field{Key: "EmployeeNo", Label: "工号", Required: true, Input: f.employeeNo},
		kit.Field{Key: "Name", Label: "姓名", Required: true, Input: f.name},
		kit.Field{Key: "Sex", Label: "性别", Input: f.sex},
		kit.Field{Key: "BornOn", Label: "出生年月", Input: f.bornOn},
		kit.Field{Key: "IDNumber", Label: "身份证号", Input: secretInput(f.idNumber, model.MaskIDNumber)},
		kit.Field{Key: "Phone", Label: "联系电话", Input: secretInput(f.phone, model.MaskPhone)},
		kit.Field{Key: "JoinedOn", Label: "参加工作时间", Input: f.joinedOn},
		kit.Field{Key: "Note", Label: "备注", Input: f.note},
		kit.NextColumn(),
		kit.Section("任职"),
		kit.Field{Key: "DepartmentID", Label: "科室", Required: true, Input: f.department},
		kit.Field{Key: "Post", Label: "岗位类别", Input: wordInput(f.post, words.Posts)},
		kit.Field{Key: "Title", Label: "职称", Input: wordInput(f.title, words.Titles)},
		kit.Field{Key: "Position", Label: "职务", Input: wordInput(f.position, words.Positions)},
		kit.Field{Key: "Political", Label: "政治面貌", Input: wordInput(f.political, words.Politicals)},
		kit.Field{Key: "BranchID", Label: "支部", Input: f.branch},
		kit.Section("廉政"),
		kit.Field{Key: "KeyPost", Input: f.keyPost},
		kit.Field{Key: "KeyPostReason", Label: "列入原因", Required: true, Hint: "如可统方、参与采购", Input: wordInput(f.reason, words.KeyPostReasons)},
		kit.Field{Key: "GridSupervisor", Input: f.supervisor},
	}
	if row.Left() {
		items = append(items, kit.Block(kit.NewMuted(staffRemark(store.StaffRow{Staff: model.Staff{LeftOn: row.LeftOn, LeftReason: row.LeftReason}}))))
	}
	return items
}

// idWarning says what is odd about an ID number that may be stored all the same.
func (f *staffForm) idWarning() string {
	id := idcode.NormalizePerson(f.idNumber.Value())
	if !idcode.WellFormedPerson(id) {
		return ""
	}
	if err := idcode.CheckPerson(id); err != nil {
		return err.Error()
	}
	return ""
}

func (f *staffForm) read() model.Staff {
	m := f.old
	m.EmployeeNo, m.Name = f.employeeNo.Value(), f.name.Value()
	m.Sex = model.Sex(f.sex.Value())
	m.BornOn, m.JoinedOn = f.bornOn.Partial(), f.joinedOn.Partial()
	m.IDNumber, m.Phone = idcode.NormalizePerson(f.idNumber.Value()), f.phone.Value()
	m.DepartmentID, m.BranchID = f.department.ID(), office.ValueID(f.branch.Value())
	m.Post, m.Title, m.Position, m.Political = f.post.Value(), f.title.Value(), f.position.Value(), f.political.Value()
	m.Note, m.GridSupervisor = f.note.Value(), f.supervisor.Checked()
	m.KeyPostReason = ""
	if f.keyPost.Checked() {
		m.KeyPostReason = f.reason.Value()
	}
	return m
}
