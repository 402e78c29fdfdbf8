package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"qingfeng/model"
)

// oldRow is a good row of an older register in a line of its sheet, changed in
// pairs of field and cell.
func oldRow(line int, pairs ...string) model.FindingRecord {
	cells := map[string]string{"found_on": "2026-03-02", "source": "督查", "category": "收费", "level": "一般", "department": "急诊科",
		"person": "", "problem": fmt.Sprintf("第 %d 个问题", line), "measure": "退还", "due_on": "2026-03-31", "state": "待整改"}
	for i := 0; i < len(pairs); i += 2 {
		cells[pairs[i]] = pairs[i+1]
	}
	return model.FindingRecord{MappedRow: model.MappedRow{Line: line, Cells: cells}, Heads: map[string]string{"department": "责任科室"}}
}

// told lists problems as "row column".
func told(problems []model.RosterProblem) []string {
	var out []string
	for _, p := range problems {
		out = append(out, fmt.Sprint(p.Row, " ", p.Column))
	}
	return out
}

func TestImportFindings(t *testing.T) {
	ctx := context.Background()
	s, c, dept, people := registerOf(t)
	ok(t, s.writer.Exec(`INSERT INTO department_alias (alias, department_id) VALUES ('急诊', ?)`, dept).Error)
	rows := []model.FindingRecord{
		oldRow(4, "person", "张三"), oldRow(5, "department", "急诊", "person", "01001", "state", "整改中"),
		oldRow(6, "state", "已销号", "accepted_on", "2026-04-01", "due_on", ""), oldRow(7, "problem", "第 4 个问题"),
	}
	before := dump(t, s)
	dry := must[FindingImport](t)(s.ImportFindings(ctx, c.ID, rows, true))
	if d := differences(before, dump(t, s)); len(d) > 0 {
		t.Errorf("a dry run changed %v", d)
	}
	done := must[FindingImport](t)(s.ImportFindings(ctx, c.ID, rows, false))
	for name, r := range map[string]FindingImport{"dry": dry, "done": done} {
		if r.Rows != 4 || r.Added != 3 || len(r.Rejected) != 0 || !slices.Equal(told(r.Warnings), []string{"7 问题"}) {
			t.Errorf("%s: %+v", name, r)
		}
	}
	list := must[Rows[FindingRow]](t)(s.Findings(ctx, FindingFilter{CampaignID: c.ID}, Page{})).Items
	if len(list) != 3 || list[0].StaffID != people[0] || list[1].StaffID != people[1] || list[1].State != model.Mending || list[1].BegunOn != "2026-08-11" ||
		list[2].State != model.ClosedOut || list[2].AcceptedBy != "原台账" || list[2].AcceptedOn != "2026-04-01" || list[2].LookBackDue != "" {
		t.Errorf("%+v", list)
	}
	again := must[FindingImport](t)(s.ImportFindings(ctx, c.ID, rows, false))
	if again.Added != 0 || !slices.Equal(told(again.Warnings), []string{"4 问题", "5 问题", "6 问题", "7 问题"}) {
		t.Errorf("imported again: %+v", again)
	}
	ok(t, s.VoidFinding(ctx, list[0].ID, "登记错"))
	if r := must[FindingImport](t)(s.ImportFindings(ctx, c.ID, rows[:1], false)); r.Added != 1 {
		t.Errorf("a voided one stands in the way: %+v", r)
	}
	ok(t, s.LookBackFinding(ctx, list[2].ID, "2026-08-11", "赵某", "又收", true, "2026-09-30")) // history relapses, too
	clean(t, s)
}

func TestImportFindingsRefuses(t *testing.T) {
	ctx := context.Background()
	s, c, dept, people := registerOf(t)
	must[int64](t)(s.SaveStaff(ctx, model.Staff{EmployeeNo: "90", Name: "张三", DepartmentID: dept}))
	ok(t, s.Leave(ctx, people[2], "2026-08-01", "调出")) // 王䶮, 01002
	must[int64](t)(s.SaveDepartment(ctx, model.Department{Name: "老门诊部", ClosedOn: "2025-12-31"}))
	for name, x := range map[string]struct {
		row  model.FindingRecord
		want string
		says string
	}{
		"a bad date":                {oldRow(2, "found_on", "2026-2-30"), "2 发现日期", "没有 30 日"},
		"an unknown department":     {oldRow(3, "department", "皮肤科"), "3 责任科室", "没有这个科室"},
		"a closed department":       {oldRow(4, "department", "老门诊部"), "4 责任科室", "2025-12-31 撤销"},
		"two of a name":             {oldRow(5, "person", "张三"), "5 责任人", "2 名职工叫“张三”，请改填工号"},
		"somebody who left":         {oldRow(6, "person", "王䶮"), "6 责任人", "2026-08-01 离职"},
		"somebody who left, by 工号":  {oldRow(7, "person", "01002"), "7 责任人", "2026-08-01 离职"},
		"a stranger":                {oldRow(8, "person", "赵六"), "8 责任人", "没有叫“赵六”"},
		"two people":                {oldRow(9, "person", "张三、李喆"), "9 责任人", "只能填一名"},
		"begun without a measure":   {oldRow(10, "state", "整改中", "measure", ""), "10 整改措施", "不能为空"},
		"a state nobody knows":      {oldRow(11, "state", "搁置"), "11 状态", "不认识"},
		"an amount of another kind": {oldRow(12, "funds", "若干"), "12 资金", "金额"},
	} {
		before := dump(t, s)
		for _, dry := range []bool{true, false} {
			r := must[FindingImport](t)(s.ImportFindings(ctx, c.ID, []model.FindingRecord{x.row}, dry))
			if !slices.Equal(told(r.Rejected), []string{x.want}) || r.Added != 0 || !strings.Contains(r.Rejected[0].Problem, x.says) {
				t.Errorf("%s: %+v", name, r)
			}
		}
		if d := differences(before, dump(t, s)); len(d) > 0 {
			t.Errorf("%s changed %v", name, d)
		}
	}
	// What was closed out is history: its people may have left, its department
	// may be closed.
	history := []model.FindingRecord{oldRow(2, "state", "已销号", "person", "王䶮", "accepted_on", "2026-04-01"),
		oldRow(3, "state", "已销号", "department", "老门诊部", "accepted_on", "2026-04-01"), oldRow(4, "problem", "")}
	r := must[FindingImport](t)(s.ImportFindings(ctx, 0, history, false))
	if r.Added != 2 || !slices.Equal(told(r.Rejected), []string{"4 问题"}) {
		t.Errorf("%+v", r)
	}
	if row := must[Rows[FindingRow]](t)(s.Findings(ctx, FindingFilter{}, Page{})).Items[0]; row.StaffID != people[2] {
		t.Errorf("%+v", row)
	}
	for _, dry := range []bool{true, false} {
		_, err := s.ImportFindings(ctx, 99, history, dry)
		wantCode(t, err, model.NotFound)
	}
	clean(t, s)
}
