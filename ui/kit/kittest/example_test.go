package kittest_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"qingfeng/ui/kit"
	"qingfeng/ui/kit/kittest"
)

// staff and store stand for what a page gets from the program.
type staff struct {
	id         int64
	name, dept string
	active     bool
}

type store struct{ rows []staff }

func (s *store) list(ctx context.Context, q kit.Query) ([]staff, int, error) {
	var found []staff
	for _, r := range s.rows {
		if strings.Contains(r.name, q.Keyword) {
			found = append(found, r)
		}
	}
	return kit.Rows(found)(ctx, q)
}

// staffPage is how a page is written: a register told by data, and a form for
// new and old records.
func staffPage(win fyne.Window, s *store) *kit.RegisterPage[staff] {
	var page *kit.RegisterPage[staff]
	edit := func(old staff) {
		name := kit.NewEntry(30)
		name.SetText(old.name)
		dept := kit.NewChoice([]kit.Option{{Value: "急诊科", Text: "急诊科"}, {Value: "检验科", Text: "检验科"}})
		dept.SetValue(old.dept)
		form := kit.NewForm(win,
			kit.Field{Key: "Name", Label: "姓名", Required: true, Input: name},
			kit.Field{Key: "Dept", Label: "科室", Required: true, Input: dept},
		)
		form.OnSave = func() func(context.Context) error {
			saved := staff{id: old.id, name: name.Value(), dept: dept.Value(), active: true}
			return func(context.Context) error {
				if saved.id == 0 {
					saved.id = int64(len(s.rows) + 1)
					s.rows = append(s.rows, saved)
					return nil
				}
				s.rows[saved.id-1] = saved
				return nil
			}
		}
		form.OnSaved = func() {
			kit.Toast(win, "已保存"+name.Value(), kit.Good)
			page.Refresh()
		}
		title := "新增职工"
		if old.id != 0 {
			title = "修改职工"
		}
		form.ShowDialog(title, "")
	}
	create := func() { edit(staff{}) }
	page = kit.NewRegisterPage(win, kit.Register[staff]{
		Title: "职工", Subtitle: "全院在册职工",
		Source: s.list, ID: func(r staff) int64 { return r.id }, Sort: "name",
		Columns: []kit.Column[staff]{
			{Title: "姓名", Sort: "name", Text: func(r staff) string { return r.name }},
			{Title: "科室", Sort: "dept", Text: func(r staff) string { return r.dept }},
			{Title: "状态", Chip: func(r staff) (string, kit.Tone) {
				if r.active {
					return "在职", kit.Good
				}
				return "离职", kit.Neutral
			}},
		},
		Filters: []kit.Filter{{Key: "dept", All: "全部科室", Options: []kit.Option{{Value: "急诊科", Text: "急诊科"}}}},
		Keyword: "姓名、拼音、工号",
		Actions: []kit.Action[staff]{
			{Label: "新增", Key: "Ctrl+N", Primary: true, Run: func(kit.Selection[staff]) { create() }},
			{Label: "导出", Run: func(sel kit.Selection[staff]) { _ = sel.Query }},
		},
		Open: edit,
		Detail: func(r staff) []kit.Piece {
			return []kit.Piece{{Text: r.name, Style: kit.PieceBold}, {Text: r.dept, Style: kit.PieceMuted}}
		},
		RowActions: []kit.RowAction[staff]{{
			Label: "离职…", Danger: true, Show: func(r staff) bool { return r.active },
			Run: func(r staff) {
				kit.AskText(win, kit.TextQuestion{Title: r.name + "离职", Label: "原因", Required: true, Yes: "办理离职"}, func(reason string) {
					s.rows[r.id-1].active = false
					page.Refresh()
				})
			},
		}},
		Empty: kit.Empty{Text: "这里登记全院职工，承诺书和自查都按这张名册生成。", Button: "新增职工", Run: create},
		Count: func(n int) string { return fmt.Sprintf("%d 人", n) },
	})
	return page
}

func TestAPage(t *testing.T) {
	w := kittest.Window(t, time.Date(2026, 8, 11, 9, 0, 0, 0, time.UTC))
	s := &store{}
	page := staffPage(w, s)
	kittest.Show(w, page)
	if !strings.Contains(kittest.Texts(w), "这里登记全院职工") {
		t.Fatal("the empty page does not say what it is for")
	}
	if !kittest.Press(w, "新增职工") {
		t.Fatal("no button for the first record")
	}
	for _, r := range "张堃" {
		w.Canvas().Focused().TypedRune(r)
	}
	kittest.Key(w, fyne.KeyReturn, fyne.KeyDown) // to the department, open its list
	kittest.Key(w, fyne.KeyReturn)               // take the first
	kittest.Press(w, "保存")
	if len(s.rows) != 1 || s.rows[0].name != "张堃" || s.rows[0].dept != "急诊科" {
		t.Fatalf("saved %+v; the window shows %s", s.rows, kittest.Texts(w))
	}
	page.SelectID(1)
	if !kittest.Press(w, "离职…") {
		t.Error("the row offers no 离职")
	}
	kittest.Picture(t, w, "example")
}
