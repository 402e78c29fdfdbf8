package roster

import (
	"context"
	"fmt"
	"sort"
	"strings"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// departmentRow is a department as the list shows it.
type departmentRow struct {
	store.DepartmentRow
	Aliases string // other names in rosters, “心内科、心脏科”
}

// departments is the page 科室.
type departments struct {
	deps Deps
	page *kit.RegisterPage[departmentRow]
}

// NewDepartments makes the page 科室.
func NewDepartments(deps Deps) kit.Page {
	d := &departments{deps: deps}
	spec := kit.Register[departmentRow]{
		Title:    "科室",
		Subtitle: "名称、负责人与在职人数",
		Columns: []kit.Column[departmentRow]{
			{Title: "科室", Sort: "name", Text: func(r departmentRow) string { return r.Name }},
			{Title: "类别", Sort: "kind", Text: func(r departmentRow) string { return string(r.Kind) }},
			{Title: "科室负责人", Text: func(r departmentRow) string { return r.Head }},
			{Title: "护士长", Text: func(r departmentRow) string { return r.NurseHead }},
			{Title: "分管院领导", Text: func(r departmentRow) string { return r.Leader }},
			{Title: "在职人数", Sort: "staff", Align: kit.AlignRight, Text: func(r departmentRow) string { return fmt.Sprint(r.Staff) }},
			{Title: "重点岗位", Align: kit.AlignRight, Text: func(r departmentRow) string { return someOrNone(r.KeyPosts) }},
			{Title: "状态", Chip: func(r departmentRow) (string, kit.Tone) {
				if r.ClosedOn != "" {
					return "已撤销", kit.Neutral
				}
				return "", kit.Neutral
			}},
			{Title: "别名", Flex: true, Text: func(r departmentRow) string { return r.Aliases }},
		},
		Source:  d.rows,
		ID:      func(r departmentRow) int64 { return r.ID },
		Sort:    "order",
		Keyword: "科室名称、拼音",
		Filters: []kit.Filter{
			{Key: "kind", All: "全部类别", Options: office.Options(model.DepartmentKinds)},
			{Key: "closed", All: "现有科室", Options: []kit.Option{{Value: "yes", Text: "含已撤销的"}}},
		},
		Actions: []kit.Action[departmentRow]{
			{Label: "新建科室", Key: "Ctrl+N", Primary: true, Run: func(kit.Selection[departmentRow]) { d.edit(model.Department{}, "") }},
			{Label: "导出", Run: d.export},
		},
		More: []kit.Action[departmentRow]{
			{Label: "支部管理…", Run: func(kit.Selection[departmentRow]) { showBranches(deps) }},
		},
		RowActions: d.rowActions(),
		Detail:     departmentDetail,
		Open:       func(r departmentRow) { d.edit(r.Department, r.Aliases) },
		Empty: kit.Empty{
			Text:   "这里登记全院科室。导入花名册时会自动建好科室，也可以逐个新建。",
			Button: "新建科室",
			Run:    func() { d.edit(model.Department{}, "") },
		},
		Count: func(total int) string { return fmt.Sprintf("%d 个科室", total) },
		Log:   deps.Log,
	}
	if !deps.Store.May(model.Write) {
		spec = spec.Only("导出", "查看职工")
	}
	d.page = kit.NewRegisterPage(deps.Win, spec)
	return d.page
}

// someOrNone leaves a zero out, so that the eye finds the others.
func someOrNone(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

func (d *departments) rowActions() []kit.RowAction[departmentRow] {
	actions := []kit.RowAction[departmentRow]{
		{Label: "编辑", Run: func(r departmentRow) { d.edit(r.Department, r.Aliases) }},
	}
	if d.deps.OpenStaff != nil {
		door := kit.RowAction[departmentRow]{Label: "查看职工", Run: func(r departmentRow) { d.deps.OpenStaff(r.ID) }}
		actions = append([]kit.RowAction[departmentRow]{door}, actions...)
	}
	return actions
}

func departmentDetail(r departmentRow) []kit.Piece {
	pieces := []kit.Piece{{Text: r.Name, Style: kit.PieceBold}}
	for _, p := range []struct{ label, text string }{
		{"类别", string(r.Kind)}, {"负责人", r.Head}, {"护士长", r.NurseHead}, {"分管", r.Leader},
		{"花名册中也写作", r.Aliases}, {"撤销于", string(r.ClosedOn)},
	} {
		if p.text != "" {
			pieces = append(pieces, kit.Piece{Text: p.label + " " + p.text, Style: kit.PieceMuted})
		}
	}
	return append(pieces, kit.Piece{Text: fmt.Sprintf("在职 %d 人", r.Staff), Style: kit.PiecePlain})
}

func (d *departments) rows(ctx context.Context, q kit.Query) ([]departmentRow, int, error) {
	found, err := d.deps.Store.Departments(ctx, store.DepartmentFilter{
		Find: strings.TrimSpace(q.Keyword), Kind: model.DepartmentKind(q.Filters["kind"]), Closed: q.Filters["closed"] != "",
	}, office.PageOf(q))
	if err != nil {
		return nil, 0, err
	}
	aliases, err := aliasesByDepartment(ctx, d.deps.Store)
	if err != nil {
		return nil, 0, err
	}
	rows := make([]departmentRow, len(found.Items))
	for i, r := range found.Items {
		rows[i] = departmentRow{r, strings.Join(aliases[r.Name], "、")}
	}
	return rows, found.Total, nil
}

// aliasesByDepartment lists the remembered other names of each department.
func aliasesByDepartment(ctx context.Context, s *store.Store) (map[string][]string, error) {
	aliases, err := s.Aliases(ctx)
	out := map[string][]string{}
	for alias, name := range aliases {
		out[name] = append(out[name], alias)
	}
	for _, list := range out {
		sort.Strings(list)
	}
	return out, err
}

func (d *departments) export(sel kit.Selection[departmentRow]) {
	kit.PickSave(d.deps.Win, "导出科室", "科室.xlsx", func(path string) {
		d.deps.writeSheet(path, exported{what: "科室"}, func(ctx context.Context) ([]sheet.Table, error) {
			rows, _, err := d.rows(ctx, everything(sel.Query))
			t := sheet.Table{Name: "科室", Columns: []string{"科室", "类别", "科室负责人", "护士长", "分管院领导", "在职人数", "重点岗位", "撤销日期", "别名"}}
			for _, r := range rows {
				t.Rows = append(t.Rows, []string{r.Name, string(r.Kind), r.Head, r.NurseHead, r.Leader,
					fmt.Sprint(r.Staff), fmt.Sprint(r.KeyPosts), string(r.ClosedOn), r.Aliases})
			}
			return []sheet.Table{t}, err
		}, d.deps.toast)
	})
}

// everything is the query without paging: an export is not cut at a page.
func everything(q kit.Query) kit.Query {
	q.Offset, q.Limit = 0, 0
	return q
}
