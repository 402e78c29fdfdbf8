package roster

import (
	"context"
	"fmt"
	"strings"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// Keys of the filters, beside [office.ByDepartment].
const (
	byBranch = "branch"
	byPost   = "post"
	byStatus = "status"
	byDuty   = "duty"
)

// Values of the filter by duty.
const (
	dutyKeyPost    = "key"
	dutySupervisor = "grid"
)

// StaffPage is the page 职工.
type StaffPage struct {
	*kit.RegisterPage[store.StaffRow]
	deps Deps
}

// NewStaff makes the page 职工.
func NewStaff(deps Deps) *StaffPage {
	p := &StaffPage{deps: deps}
	spec := kit.Register[store.StaffRow]{
		Title:    "职工",
		Subtitle: "在职与离职人员、重点岗位、网格监察员",
		Columns:  staffColumns(),
		Source:   p.rows,
		ID:       func(r store.StaffRow) int64 { return r.ID },
		Sort:     "department",
		Keyword:  "姓名、拼音、工号",
		Filters: []kit.Filter{
			office.AllDepartments(deps.Store, "（已撤销）"), // people who left stay in closed ones
			{Key: byBranch, All: "全部支部", Load: p.branchOptions},
			{Key: byPost, All: "全部岗位", Load: p.postOptions},
			{Key: byStatus, All: "在职", Options: []kit.Option{{Value: string(store.HasLeft), Text: "离职"}, {Value: string(store.Anyone), Text: "在职和离职"}}},
			{Key: byDuty, All: "全部人员", Options: []kit.Option{{Value: dutyKeyPost, Text: "重点岗位"}, {Value: dutySupervisor, Text: "网格监察员"}}},
		},
		Actions: []kit.Action[store.StaffRow]{
			{Label: "新建职工", Key: "Ctrl+N", Primary: true, Run: func(kit.Selection[store.StaffRow]) { p.create() }},
			{Label: "导入花名册", Run: func(kit.Selection[store.StaffRow]) { p.importRoster() }},
			{Label: "导出", Run: func(sel kit.Selection[store.StaffRow]) { p.askExport(sel.Query) }},
		},
		RowActions: []kit.RowAction[store.StaffRow]{
			{Label: "编辑", Run: func(r store.StaffRow) { p.edit(r) }},
			{Label: "变动记录", Run: func(r store.StaffRow) { showHistory(deps, r) }},
			{Label: "离职…", Show: func(r store.StaffRow) bool { return !r.Left() }, Run: p.leave},
			{Label: "恢复在职…", Show: func(r store.StaffRow) bool { return r.Left() }, Run: p.comeBack},
		},
		Detail: staffDetail,
		Open:   func(r store.StaffRow) { p.edit(r) },
		Empty: kit.Empty{
			Text:   "这里登记全院职工。导入人事科的花名册（.xlsx 或 .csv）即可一次建好科室和职工。",
			Button: "导入花名册",
			Run:    p.importRoster,
		},
		Count: func(total int) string { return fmt.Sprintf("%d 人", total) },
		Log:   deps.Log,
	}
	if !deps.Store.May(model.Write) {
		spec = spec.Only("导出", "变动记录")
	}
	p.RegisterPage = kit.NewRegisterPage(deps.Win, spec)
	return p
}

// SetDepartment narrows the list to a department, 0 for all.
func (p *StaffPage) SetDepartment(id int64) { p.SetFilter(office.ByDepartment, office.IDValue(id)) }

// ShowKeyPosts narrows the list to the key posts of the hospital.
func (p *StaffPage) ShowKeyPosts() {
	p.ClearFilters()
	p.SetFilter(byDuty, dutyKeyPost)
}

func staffColumns() []kit.Column[store.StaffRow] {
	return []kit.Column[store.StaffRow]{
		{Title: "工号", Sort: "employee_no", Text: func(r store.StaffRow) string { return r.EmployeeNo }},
		{Title: "姓名", Sort: "name", Text: func(r store.StaffRow) string { return r.Name }},
		{Title: "性别", Text: func(r store.StaffRow) string { return string(r.Sex) }},
		{Title: "科室", Sort: "department", Text: func(r store.StaffRow) string { return r.Department }},
		{Title: "岗位", Sort: "post", Text: func(r store.StaffRow) string { return r.Post }},
		{Title: "职称", Sort: "title", Text: func(r store.StaffRow) string { return r.Title }},
		{Title: "职务", Sort: "position", Text: func(r store.StaffRow) string { return r.Position }},
		{Title: "政治面貌", Text: func(r store.StaffRow) string { return r.Political }},
		{Title: "支部", Text: func(r store.StaffRow) string { return r.Branch }},
		{Title: "标记", Chip: staffChip},
		{Title: "备注", Flex: true, Text: staffRemark},
	}
}

// staffChip marks what the eye looks for first: who has left, then duties.
func staffChip(r store.StaffRow) (string, kit.Tone) {
	switch {
	case r.Left():
		return "离职", kit.Neutral
	case r.KeyPost() && r.GridSupervisor:
		return "重点岗位 · 网格", kit.Warn
	case r.KeyPost():
		return "重点岗位", kit.Warn
	case r.GridSupervisor:
		return "网格监察员", kit.Info
	}
	return "", kit.Neutral
}

// staffRemark is the note on one line, behind the departure of who has left.
func staffRemark(r store.StaffRow) string {
	var parts []string
	if r.Left() {
		parts = append(parts, strings.TrimSpace(string(r.LeftOn)+" 离职 "+r.LeftReason))
	}
	if note := office.OneLine(r.Note); note != "" {
		parts = append(parts, note)
	}
	return strings.Join(parts, "；")
}

func staffDetail(r store.StaffRow) []kit.Piece {
	pieces := []kit.Piece{
		{Text: r.Name, Style: kit.PieceBold},
		{Text: office.Joined(" · ", r.Department, r.Post, r.EmployeeNo), Style: kit.PieceMuted},
	}
	if r.IDNumber != "" {
		pieces = append(pieces, kit.Piece{Text: "身份证 " + model.MaskIDNumber(r.IDNumber), Style: kit.PiecePlain})
	}
	if r.Phone != "" {
		pieces = append(pieces, kit.Piece{Text: "电话 " + model.MaskPhone(r.Phone), Style: kit.PiecePlain})
	}
	if r.KeyPost() {
		pieces = append(pieces, kit.Piece{Text: "重点岗位：" + r.KeyPostReason, Style: kit.PieceChip, Tone: kit.Warn})
	}
	if r.GridSupervisor {
		pieces = append(pieces, kit.Piece{Text: "网格监察员", Style: kit.PieceChip, Tone: kit.Info})
	}
	if r.Left() {
		pieces = append(pieces, kit.Piece{Text: strings.TrimSpace("离职 " + string(r.LeftOn) + " " + r.LeftReason), Style: kit.PieceChip, Tone: kit.Neutral})
	}
	return pieces
}

func (p *StaffPage) rows(ctx context.Context, q kit.Query) ([]store.StaffRow, int, error) {
	found, err := p.deps.Store.Staff(ctx, store.StaffFilter{
		Find:         q.Keyword,
		DepartmentID: office.DepartmentOf(q), BranchID: office.ValueID(q.Filters[byBranch]),
		Post: q.Filters[byPost], Status: store.StaffStatus(q.Filters[byStatus]),
		KeyPost: q.Filters[byDuty] == dutyKeyPost, GridSupervisor: q.Filters[byDuty] == dutySupervisor,
	}, office.PageOf(q))
	return found.Items, found.Total, err
}

func (p *StaffPage) branchOptions(ctx context.Context) ([]kit.Option, error) {
	return branchOptions(ctx, p.deps.Store)
}

func branchOptions(ctx context.Context, s *store.Store) ([]kit.Option, error) {
	list, err := s.PartyBranches(ctx)
	out := make([]kit.Option, len(list))
	for i, b := range list {
		out[i] = kit.Option{Value: office.IDValue(b.ID), Text: b.Name}
	}
	return out, err
}

func (p *StaffPage) postOptions(ctx context.Context) ([]kit.Option, error) {
	posts, err := p.deps.Store.Posts(ctx)
	return office.Options(posts), err
}

// refresh shows what has changed.
func (p *StaffPage) refresh() {
	p.Refresh()
	p.deps.changed()
}

func (p *StaffPage) importRoster() { ShowImport(p.deps, "", p.Refresh) }
