package roster

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// Tabs of the preview.
const (
	tabAdded       = "added"
	tabUpdated     = "updated"
	tabUnchanged   = "unchanged"
	tabMissing     = "missing"
	tabRejected    = "rejected"
	tabWarnings    = "warnings"
	tabDepartments = "departments"
)

// previewStep shows what an import would do, and lets the clerk tick who left.
type previewStep struct {
	im      *importer
	missing *kit.Table[store.StaffRow]
	leftOn  *kit.DateField
	problem *kit.Label
	views   map[string]fyne.CanvasObject
	body    *fyne.Container
}

func (im *importer) preview() {
	s := &previewStep{im: im, leftOn: im.deps.DateOfToday(), problem: kit.NewLabel(""), views: map[string]fyne.CanvasObject{}, body: container.NewStack()}
	s.problem.SetTone(kit.Bad)
	s.missing = s.missingTable()
	options, first := s.tabs()
	tabs := kit.NewSegmented(options)
	tabs.OnChanged = s.show
	tabs.SetValue(first)
	s.show(first)
	top := kit.Below(paragraph(s.summary()), tabs)
	im.step("预览", below(top, s.body, s.problem),
		stepButton{label: "上一步", run: s.back},
		stepButton{label: "确认导入", primary: true, check: s.check, run: func() { im.run(s.leavers()) }})
}

// back returns to the questions when there were any.
func (s *previewStep) back() {
	if len(s.im.questions) > 0 {
		s.im.askDepartments()
		return
	}
	s.im.askColumns()
}

func (im *importer) nothingToDo() bool {
	return len(im.plan.Added)+len(im.plan.Updated)+len(im.plan.Heads) == 0
}

func (s *previewStep) summary() string {
	p, r := s.im.plan, s.im.judged
	text := fmt.Sprintf("%s 共 %d 行，可导入 %d 人。", s.im.fileName(), r.Total, len(r.Rows))
	if s.im.nothingToDo() {
		return text + "与现有数据一致，没有需要改动的内容。"
	}
	for _, n := range []struct {
		count int
		text  string
	}{{len(p.NewDepartments), "新建科室 %d 个"}, {len(p.Reopened), "恢复已撤销科室 %d 个"}, {len(p.NewBranches), "新建支部 %d 个"}, {len(p.Heads), "按职务登记科室负责人 %d 名"}} {
		if n.count > 0 {
			text += fmt.Sprintf(n.text, n.count) + "，"
		}
	}
	return text + "确认之前不会改动任何数据。"
}

// tabs are the lists with their counts, and the first one with content.
func (s *previewStep) tabs() (options []kit.Option, first string) {
	p, r := s.im.plan, s.im.judged
	list := []struct {
		key, text string
		count     int
		optional  bool
	}{
		{tabAdded, "新增", len(p.Added), false}, {tabUpdated, "变动", len(p.Updated), false},
		{tabUnchanged, "未变", p.Unchanged, false}, {tabMissing, "不在名单中", len(p.Missing), false},
		{tabRejected, "不能导入", r.Total - len(r.Rows), false}, {tabWarnings, "提醒", len(r.Warnings), false},
		{tabDepartments, "新科室", len(p.NewDepartments), true},
	}
	for _, t := range list {
		if t.optional && t.count == 0 {
			continue
		}
		options = append(options, kit.Option{Value: t.key, Text: fmt.Sprintf("%s %d", t.text, t.count)})
		if first == "" && t.count > 0 {
			first = t.key
		}
	}
	if first == "" {
		first = tabAdded
	}
	return options, first
}

// show makes a list when it is first looked at.
func (s *previewStep) show(tab string) {
	if s.views[tab] == nil {
		s.views[tab] = s.view(tab)
	}
	s.body.Objects = []fyne.CanvasObject{s.views[tab]}
	s.body.Refresh()
}

func (s *previewStep) view(tab string) fyne.CanvasObject {
	p, r := s.im.plan, s.im.judged
	switch tab {
	case tabAdded:
		return peopleTable(p.Added)
	case tabUpdated:
		return changesTable(p.Updated)
	case tabUnchanged:
		return paragraph(fmt.Sprintf("花名册中有 %d 人与现有内容一致，不会改动。", p.Unchanged))
	case tabMissing:
		return s.missingView()
	case tabRejected:
		return below(s.im.problemLine("这些行不会导入。改正花名册后可以再次导入，已导入的人不会重复。"), problemTable(r.Rejected, "没有不能导入的行。"), nil)
	case tabWarnings:
		return s.im.warningsView()
	}
	return departmentsTable(p.NewDepartments)
}

func peopleTable(people []store.RosterChange) fyne.CanvasObject {
	return kit.NewTable(kit.TableOptions[store.RosterChange]{
		Columns: []kit.Column[store.RosterChange]{
			{Title: "行号", Align: kit.AlignRight, Text: func(c store.RosterChange) string { return fmt.Sprint(c.Line) }},
			{Title: "工号", Text: func(c store.RosterChange) string { return c.EmployeeNo }},
			{Title: "姓名", Text: func(c store.RosterChange) string { return c.Name }},
			{Title: "科室", Flex: true, Text: func(c store.RosterChange) string { return c.Department }},
		},
		Source: kit.Rows(people),
		Empty:  "花名册中没有新来的人。",
	})
}

// fieldChange is one field of one person.
type fieldChange struct {
	store.RosterChange
	model.FieldChange
}

func changesTable(people []store.RosterChange) fyne.CanvasObject {
	var rows []fieldChange
	for _, p := range people {
		for _, c := range p.Changes {
			rows = append(rows, fieldChange{p, c})
		}
	}
	return kit.NewTable(kit.TableOptions[fieldChange]{
		Columns: []kit.Column[fieldChange]{
			{Title: "行号", Align: kit.AlignRight, Text: func(c fieldChange) string { return fmt.Sprint(c.Line) }},
			{Title: "工号", Text: func(c fieldChange) string { return c.EmployeeNo }},
			{Title: "姓名", Text: func(c fieldChange) string { return c.Name }},
			{Title: "科室", Text: func(c fieldChange) string { return c.Department }},
			{Title: "项目", Text: func(c fieldChange) string { return c.Label }},
			{Title: "原来", Text: func(c fieldChange) string { return orNone(c.Old) }},
			{Title: "改为", Flex: true, Text: func(c fieldChange) string { return orNone(c.New) }},
		},
		Source: kit.Rows(rows),
		Empty:  "没有人的内容有变动。",
	})
}

func orNone(s string) string {
	if s == "" {
		return "（空）"
	}
	return s
}

func departmentsTable(names []string) fyne.CanvasObject {
	return kit.NewTable(kit.TableOptions[string]{
		Columns: []kit.Column[string]{{Title: "将新建的科室", Flex: true, Text: func(s string) string { return s }}},
		Source:  kit.Rows(names),
	})
}

func (s *previewStep) missingTable() *kit.Table[store.StaffRow] {
	return kit.NewTable(kit.TableOptions[store.StaffRow]{
		Columns: []kit.Column[store.StaffRow]{
			{Title: "工号", Text: func(r store.StaffRow) string { return r.EmployeeNo }},
			{Title: "姓名", Text: func(r store.StaffRow) string { return r.Name }},
			{Title: "科室", Text: func(r store.StaffRow) string { return r.Department }},
			{Title: "岗位", Text: func(r store.StaffRow) string { return r.Post }},
			{Title: "职称", Text: func(r store.StaffRow) string { return r.Title }},
			{Title: "备注", Flex: true, Text: staffRemark},
		},
		Source: kit.Rows(s.im.plan.Missing),
		ID:     func(r store.StaffRow) int64 { return r.ID },
		Multi:  true,
		Empty:  "现有职工都在花名册中。",
	})
}

func (s *previewStep) missingView() fyne.CanvasObject {
	if len(s.im.plan.Missing) == 0 {
		return s.missing
	}
	count := kit.NewMuted("未勾选，不会改动他们")
	s.missing.OnTick = func(n int) { count.SetText(fmt.Sprintf("已勾选 %d 人", n)) }
	line := kit.Beside(kit.NewLabel("他们在职，但不在这份花名册中。已离职的请勾选，离职日期"), kit.Wide(150, s.leftOn), count)
	return below(line, s.missing, nil)
}

func (s *previewStep) leavers() store.RosterAnswers {
	answers := store.RosterAnswers{Aliases: s.im.answers}
	for _, r := range s.missing.Ticked() {
		answers.Leave = append(answers.Leave, r.ID)
	}
	if len(answers.Leave) > 0 {
		answers.LeftOn = s.leftOn.Date()
	}
	return answers
}

func (s *previewStep) check() bool {
	if len(s.missing.Ticked()) > 0 && s.leftOn.Date() == "" {
		s.problem.SetText("请填写离职日期")
		return false
	}
	return true
}
