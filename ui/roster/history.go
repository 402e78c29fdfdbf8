package roster

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// historyLines bounds what one person's history shows.
const historyLines = 200

// auditLabels are the columns of a staff member in audit lines, in the order
// in which a line names them.
var auditLabels = []struct{ column, label string }{
	{"employee_no", "工号"}, {"name", "姓名"}, {"sex", "性别"}, {"born_on", "出生年月"}, {"id_number", "身份证号"},
	{"phone", "联系电话"}, {"department_id", "科室"}, {"branch_id", "支部"}, {"post", "岗位类别"}, {"title", "职称"},
	{"position", "职务"}, {"political", "政治面貌"}, {"joined_on", "参加工作时间"}, {"key_post_reason", "重点岗位原因"},
	{"grid_supervisor", "网格监察员"}, {"note", "备注"}, {"left_on", "离职日期"}, {"left_reason", "离职原因"},
}

// historyLine is an audit line as the dialog shows it.
type historyLine struct{ When, Who, What, Text string }

// showHistory shows what happened to a person's record, the newest first.
func showHistory(deps Deps, r store.StaffRow) {
	kit.Run(context.Background(), func(ctx context.Context) ([]historyLine, error) {
		return historyOf(ctx, deps.Store, r.ID)
	}, func(lines []historyLine, err error) {
		if err != nil {
			kit.ShowError(deps.Win, err, deps.Log)
			return
		}
		var dialog *kit.Dialog
		closing := func() { dialog.Close() }
		dialog = kit.ShowDialog(deps.Win, kit.DialogOptions{
			Title:    fmt.Sprintf("变动记录：%s（%s）", r.Name, r.EmployeeNo),
			Content:  historyView(lines),
			Width:    720,
			Buttons:  []*kit.Button{kit.NewButton("关闭", closing)},
			OnEscape: closing,
		})
	})
}

func historyView(lines []historyLine) fyne.CanvasObject {
	if len(lines) == 0 {
		return kit.NewMuted("还没有变动记录。")
	}
	box := kit.Below()
	for _, l := range lines {
		entry := kit.Below(kit.Beside(kit.NewSubHeading(l.What), kit.NewMuted(l.When), kit.NewMuted(l.Who)))
		if l.Text != "" {
			entry.Add(paragraph(l.Text))
		}
		box.Add(container.New(layout.NewCustomPaddedLayout(0, 10, 0, 0), entry))
	}
	return box
}

func historyOf(ctx context.Context, s *store.Store, id int64) ([]historyLine, error) {
	lines, err := s.AuditLines(ctx, "职工", id, historyLines)
	if err != nil {
		return nil, err
	}
	names, err := auditNames(ctx, s)
	if err != nil {
		return nil, err
	}
	out := make([]historyLine, len(lines))
	for i, l := range lines {
		out[i] = historyLine{l.At.Format("2006-01-02 15:04"), l.Actor, l.Action, auditText(l, names)}
	}
	return out, nil
}

// auditNames tells the names behind the ids that audit lines hold, by column.
func auditNames(ctx context.Context, s *store.Store) (map[string]map[string]string, error) {
	departments, err := s.Departments(ctx, store.DepartmentFilter{Closed: true}, store.Page{})
	if err != nil {
		return nil, err
	}
	branches, err := s.PartyBranches(ctx)
	names := map[string]map[string]string{"department_id": {}, "branch_id": {}, "grid_supervisor": {"0": "否", "1": "是"}}
	for _, d := range departments.Items {
		names["department_id"][idValue(d.ID)] = d.Name
	}
	for _, b := range branches {
		names["branch_id"][idValue(b.ID)] = b.Name
	}
	return names, err
}

// auditText says what a line changed: 职称 护师 → 主管护师；….
func auditText(l model.AuditLine, names map[string]map[string]string) string {
	before, after := auditValues(l.Before, names), auditValues(l.After, names)
	var parts []string
	for _, c := range auditLabels {
		was, is := before[c.column], after[c.column]
		_, touched := after[c.column]
		_, had := before[c.column]
		switch {
		case !touched && !had:
		case l.Before == "":
			if is != "否" {
				parts = append(parts, c.label+" "+is)
			}
		case was == is:
			parts = append(parts, c.label+" 有改动")
		default:
			parts = append(parts, fmt.Sprintf("%s：%s → %s", c.label, orNone(was), orNone(is)))
		}
	}
	return strings.Join(parts, "；")
}

func orNone(s string) string {
	if s == "" {
		return "（空）"
	}
	return s
}

// auditValues reads one side of an audit line. A value that is not there was empty.
func auditValues(text string, names map[string]map[string]string) map[string]string {
	values := map[string]any{}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if text != "" && d.Decode(&values) != nil {
		return nil
	}
	out := make(map[string]string, len(values))
	for column, v := range values {
		s := fmt.Sprint(v)
		if name, ok := names[column][s]; ok {
			s = name
		}
		out[column] = s
	}
	return out
}
