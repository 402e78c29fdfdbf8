package issue

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/sheet"
)

func checks(c model.Campaign, kind model.SelfCheckKind) store.SelfCheckFilter {
	return store.SelfCheckFilter{CampaignID: c.ID, Kind: kind}
}

// checkedOffice has personal forms of six people: in 麻醉手术科 one returned
// with two problems, one excused, one sent back; in 急诊科 one returned without
// and two awaited; and a newcomer there without a form.
func checkedOffice(t testing.TB) (*store.Store, model.Campaign, []store.SelfCheckRow) {
	t.Helper()
	ctx := context.Background()
	s, c := office(t)
	check2(s.MakeSelfChecks(ctx, c.ID, model.PersonalSelfCheck))(t)
	found, err := s.SelfChecks(ctx, checks(c, model.PersonalSelfCheck), store.Page{Sort: "department"})
	check(t, err)
	rows := found.Items
	plan, err := s.Plan(ctx, c.ID)
	check(t, err)
	check2(s.RecordSelfCheck(ctx, rows[0].ID, store.SelfCheckEntry{On: s.Today(), Problems: []model.Problem{
		{ItemID: plan.Items[7].ID, Particulars: "收受患者家属红包", AmountFen: 120000, HandedFen: 100000, Measure: "上交"},
		{ItemID: plan.Items[8].ID, Particulars: "接受企业宴请"},
	}}))(t)
	check(t, s.ExcuseSelfCheck(ctx, rows[1].ID, "产假", ""))
	check2(s.ReturnSelfChecks(ctx, c.ID, []string{rows[2].FormNo, rows[3].FormNo}, s.Today(), false))(t)
	check(t, s.SendBackSelfCheck(ctx, rows[2].ID, "逐项照抄"))
	check2(s.SaveStaff(ctx, model.Staff{EmployeeNo: "999", Name: "刘赟", DepartmentID: rows[3].SignerDepartmentID}))(t)
	return s, c, rows
}

func TestSelfChecksComeLeadersFirst(t *testing.T) {
	ctx := context.Background()
	s, c := office(t)
	f := checks(c, model.PersonalSelfCheck)
	if _, err := SelfChecks(ctx, &bytes.Buffer{}, s, f, Options{}, nil); model.CodeOf(err) != model.Conflict {
		t.Fatalf("nothing to print: %v", err)
	}
	check2(s.MakeSelfChecks(ctx, c.ID, model.PersonalSelfCheck))(t)
	rows, err := PrintableSelfChecks(ctx, s, f)
	check(t, err)
	var order []string
	for _, r := range rows {
		order = append(order, fmt.Sprintf("%s%s%v", r.Department, r.EmployeeNo, r.Priority))
	}
	// The heads are the ones with the least 工号, so make a key post of a later one.
	staff, err := s.StaffMember(ctx, rows[2].StaffID)
	check(t, err)
	last := staff.Staff
	last.KeyPostReason = "采购"
	check2(s.SaveStaff(ctx, last))(t)
	rows2, err := PrintableSelfChecks(ctx, s, f)
	check(t, err)
	want := []int64{rows[0].ID, rows[2].ID, rows[1].ID, rows[3].ID, rows[4].ID, rows[5].ID}
	var got []int64
	for _, r := range rows2 {
		got = append(got, r.ID)
	}
	if !slices.Equal(got, want) {
		t.Errorf("order %v, want %v (%v)", got, want, order)
	}

	check(t, s.VoidSelfCheck(ctx, rows[0].ID, "打印模糊"))
	check(t, s.ExcuseSelfCheck(ctx, rows[1].ID, "产假", ""))
	check(t, s.MarkSelfChecksPrinted(ctx, []int64{rows[2].ID}))
	var pdf bytes.Buffer
	steps := 0
	done, err := SelfChecks(ctx, &pdf, s, f, Options{Covers: true}, func(n, total int) { steps += 100*total + n })
	check(t, err)
	if steps != 4*400+1+2+3+4 || done.Reprints != 1 || len(done.Warnings) != 0 || !slices.Equal(done.IDs, []int64{rows[2].ID, rows[3].ID, rows[4].ID, rows[5].ID}) {
		t.Errorf("steps %d, %+v", steps, done)
	}
	pages := strings.Split(strings.TrimSuffix(textOf(t, pdf.Bytes()), "\f"), "\f")
	if len(pages) != 6 || !strings.Contains(pages[0], "自查表发放回收单") || !strings.Contains(pages[0], "共1份") || !strings.Contains(pages[1], "补打") ||
		!strings.Contains(pages[2], "共3份") || strings.Contains(pages[3], "补打") {
		t.Errorf("%d pages: %s", len(pages), pages)
	}
	for _, p := range pages {
		for _, mark := range []string{"重点岗位", "重点对象", "采购人员", "领导和"} {
			if strings.Contains(p, mark) {
				t.Errorf("a page marks a person %q: %s", mark, p)
			}
		}
	}
}

func TestDepartmentSelfCheckCounts(t *testing.T) {
	ctx := context.Background()
	s, c, _ := checkedOffice(t)
	check2(s.MakeSelfChecks(ctx, c.ID, model.DepartmentSelfCheck))(t)
	var pdf bytes.Buffer
	done, err := SelfChecks(ctx, &pdf, s, checks(c, model.DepartmentSelfCheck), Options{}, nil)
	check(t, err)
	pages := strings.Split(strings.TrimSuffix(textOf(t, pdf.Bytes()), "\f"), "\f")
	if len(done.IDs) != 2 || len(pages) != 2 {
		t.Fatalf("%+v, %d pages", done, len(pages))
	}
	for i, want := range [][]string{
		{"麻醉手术科", "补课1人：", "产假1人：", "50.0%", "1,200.00", "1,000.00"},
		{"急诊科", "未交回3人：", "刘赟", "25.0%"},
	} {
		got := strings.Join(strings.Fields(pages[i]), "")
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("form %d lacks %q: %s", i+1, w, got)
			}
		}
	}
	if strings.Contains(pages[0]+pages[1], "红包家属") || strings.Contains(pages[0], "宴请") {
		t.Error("particulars of a person are on the department's form")
	}
}

func TestSummaryAddsUpOnPaperAndInExcel(t *testing.T) {
	ctx := context.Background()
	s, c, rows := checkedOffice(t)
	tables, err := SelfCheckSummaryTables(ctx, s, c.ID)
	check(t, err)
	check(t, sheet.Write(filepath.Join(t.TempDir(), "汇总.xlsx"), tables...))
	var pdf bytes.Buffer
	warnings, err := SelfCheckSummary(ctx, &pdf, s, c.ID, nil)
	check(t, err)
	text := strings.Join(strings.Fields(textOf(t, pdf.Bytes())), "")
	if len(tables) != 3 || len(warnings) != 0 {
		t.Fatalf("%d tables, %v", len(tables), warnings)
	}
	got := map[string]string{}
	for _, r := range tables[0].Rows {
		got[strings.TrimSpace(r[0])] = r[1]
	}
	for label, want := range map[string]string{"科室数（个）": "2", "应查（人）": "7", "实查（人）": "2", "未查（人）": "5", "其中：免查（人）": "1",
		"未查原因：未交回（人）": "3", "未查原因：补课（人）": "1", "未查原因：产假（人）": "1", "自查率": "33.3%", "自查有问题（人）": "1", "自查问题（条）": "2",
		"涉及金额（元）": "1,200.00", "其中：已上交（元）": "1,000.00"} {
		if got[label] != want || !strings.Contains(text, strings.TrimSpace(label)+want) {
			t.Errorf("%s is %q, want %q, on paper: %s", label, got[label], want, text)
		}
	}
	for _, r := range rows {
		if strings.Contains(text, r.Name) {
			t.Errorf("the summary names %s", r.Name)
		}
	}
}

func TestUncheckedAndListAgree(t *testing.T) {
	ctx := context.Background()
	s, c, rows := checkedOffice(t)
	f := checks(c, model.PersonalSelfCheck)
	var pdf bytes.Buffer
	check2(Unchecked(ctx, &pdf, s, f, nil))(t)
	text := textOf(t, pdf.Bytes())
	table, err := UncheckedTable(ctx, s, f)
	check(t, err)
	if len(table.Rows) != 4 || !strings.Contains(text, "个人自查未查名单") || !strings.Contains(text, "未查 4 份") {
		t.Fatalf("%q, on paper %s", table.Rows, text)
	}
	for _, r := range table.Rows {
		if !strings.Contains(text, r[3]) || !strings.Contains(text, r[4]) {
			t.Errorf("%v is not on paper", r)
		}
	}
	if r := table.Rows[0]; r[13] != "补课" || r[14] != "逐项照抄" {
		t.Errorf("who has to do it again: %q", r)
	}
	if r := table.Rows[3]; r[3] != "刘赟" || r[13] != "未生成" {
		t.Errorf("the newcomer's line is %q", r)
	}
	f.Priority = true
	pdf.Reset()
	check2(Unchecked(ctx, &pdf, s, f, nil))(t)
	if text := textOf(t, pdf.Bytes()); !strings.Contains(text, "领导和重点岗位自查未查名单") {
		t.Errorf("the list of leaders is headed %s", text)
	}

	f.Priority, f.State = false, model.Returned
	list, err := SelfCheckListTable(ctx, s, f, store.Page{Sort: "employee_no", Limit: 1})
	check(t, err)
	if len(list.Rows) != 2 {
		t.Fatalf("list is %q", list.Rows)
	}
	i := slices.IndexFunc(list.Rows, func(r []string) bool { return r[0] == rows[0].FormNo })
	if r := list.Rows[i]; r[10] != "2026-08-11" || r[12] != "2" || len(r) != len(list.Columns) {
		t.Errorf("the line is %q", r)
	}
	for _, name := range list.Counts {
		if !slices.Contains(list.Columns, name) {
			t.Errorf("no column %s", name)
		}
	}
}
