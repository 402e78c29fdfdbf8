package store

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"qingfeng/model"
)

// reading is a roster of the given people, lines from 4.
func reading(rows ...model.RosterRow) model.RosterReading {
	for i := range rows {
		rows[i].Line = i + 4
	}
	return model.RosterReading{Total: len(rows), Rows: rows}
}

func person(no, name, department, position string) model.RosterRow {
	return model.RosterRow{Staff: model.Staff{EmployeeNo: no, Name: name, Position: position, BornOn: "1985-12"}, Department: department}
}

func counts(p RosterPlan) string {
	return fmt.Sprintf("+%d ~%d =%d -%d", len(p.Added), len(p.Updated), p.Unchanged, len(p.Missing))
}

func TestRosterImport(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	list := reading(
		person("01", "张三", "急诊科", "科主任"), person("02", "李喆", "急诊科", ""),
		person("03", "徐𬱖", "心血管内科", "科主任"), person("04", "王䶮", "心血管内科", "科主任"))
	list.Rows[0].Branch = "第一支部"
	plan := must[RosterPlan](t)(s.ImportRoster(ctx, "花名册.xlsx", list, RosterAnswers{}))
	if got := counts(plan); got != "+4 ~0 =0 -0" {
		t.Fatalf("first import %s", got)
	}
	departments := must[Rows[DepartmentRow]](t)(s.Departments(ctx, DepartmentFilter{}, Page{}))
	if d := departments.Items; len(d) != 2 || d[0].Name != "急诊科" || d[0].Head != "张三" || d[1].Head != "" || d[1].Staff != 2 {
		t.Errorf("departments %+v", d)
	}
	for _, p := range must[Rows[StaffRow]](t)(s.Staff(ctx, StaffFilter{}, Page{})).Items {
		if lines := must[[]model.AuditLine](t)(s.AuditLines(ctx, "职工", p.ID, 10)); len(lines) != 1 || lines[0].Label != p.EmployeeNo {
			t.Errorf("the trail of %s is %+v", p.EmployeeNo, lines)
		}
	}
	before := must[Rows[model.AuditLine]](t)(s.Trail(ctx, TrailFilter{}, Page{})).Total

	plan = must[RosterPlan](t)(s.ImportRoster(ctx, "花名册.xlsx", list, RosterAnswers{}))
	if got := counts(plan); got != "+0 ~0 =4 -0" {
		t.Errorf("second import %s", got)
	}
	if after := must[Rows[model.AuditLine]](t)(s.Trail(ctx, TrailFilter{}, Page{})).Total; after != before {
		t.Errorf("an import that changes nothing wrote %d audit lines", after-before)
	}

	// The clerk knows an exact birthday; the roster's month does not replace it.
	row := must[Rows[StaffRow]](t)(s.Staff(ctx, StaffFilter{Find: "01"}, Page{})).Items[0]
	row.BornOn, row.Phone = "1985-12-07", "0575-0000000"
	must[int64](t)(s.SaveStaff(ctx, row.Staff))
	list.Rows[1].Staff.Title = "主管护师"
	list.Rows[2].Department = "心内科"
	answers := RosterAnswers{Aliases: map[string]string{"心内科": "心血管内科"}}
	list.Rows = list.Rows[:3]
	plan = must[RosterPlan](t)(s.PlanRoster(ctx, list, answers))
	if got := counts(plan); got != "+0 ~1 =2 -1" || len(plan.NewDepartments) != 0 {
		t.Errorf("plan %s, new departments %v", got, plan.NewDepartments)
	}
	if ch := plan.Updated[0].Changes; len(ch) != 1 || ch[0] != (model.FieldChange{Label: "职称", New: "主管护师"}) {
		t.Errorf("changes %+v", ch)
	}
	answers.Leave, answers.LeftOn = []int64{plan.Missing[0].ID}, "2026-08-01"
	must[RosterPlan](t)(s.ImportRoster(ctx, "花名册.xlsx", list, answers))
	if n := must[Rows[StaffRow]](t)(s.Staff(ctx, StaffFilter{Status: HasLeft}, Page{})).Total; n != 1 {
		t.Errorf("%d left, want 1", n)
	}
	// The alias is remembered.
	plan = must[RosterPlan](t)(s.PlanRoster(ctx, list, RosterAnswers{}))
	if got := counts(plan); got != "+0 ~0 =3 -0" {
		t.Errorf("plan after the answers %s", got)
	}
	// Who is in the list again works here again.
	again := reading(person("04", "王䶮", "心血管内科", "科主任"))
	plan = must[RosterPlan](t)(s.ImportRoster(ctx, "花名册.xlsx", again, RosterAnswers{}))
	if got := counts(plan); got != "+0 ~1 =0 -3" {
		t.Errorf("plan for the returned one %s", got)
	}
}

func TestARosterIsDoubtedInViewOfWhoIsOnFile(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	id := func(r model.RosterRow, number string) model.RosterRow { r.Staff.IDNumber = number; return r }
	must[RosterPlan](t)(s.ImportRoster(ctx, "花名册.xlsx", reading(
		id(person("001", "张三", "急诊科", ""), "990101197107183007"), id(person("002", "李喆", "急诊科", ""), "990101197503042580"),
		person("003", "王䶮", "急诊科", ""), person("004", "赵犇", "急诊科", "")), RosterAnswers{}))
	list := reading(
		id(person("001", "徐𬱖", "急诊科", ""), "990101199512186315"), // another person
		id(person("002", "李吉", "急诊科", ""), "990101197503042580"), // a new name
		person("3", "王䶮", "急诊科", ""),                             // zeros lost
		id(person("009", "张三", "急诊科", ""), "990101197107183007")) // a new 工号
	list.Listed = map[string]bool{"001": true, "002": true, "3": true, "009": true, "004": true} // 004 was rejected
	plan := must[RosterPlan](t)(s.PlanRoster(ctx, list, RosterAnswers{}))
	if len(plan.Rejected) != 1 || plan.Rejected[0].Row != 4 || plan.Rejected[0].Column != "工号" {
		t.Errorf("rejected %+v", plan.Rejected)
	}
	var rows []int
	for _, w := range plan.Warnings {
		rows = append(rows, w.Row)
	}
	if !slices.Equal(rows, []int{5, 6, 7}) {
		t.Errorf("warnings %+v", plan.Warnings)
	}
	if got := counts(plan); got != "+2 ~1 =0 -1" || plan.Missing[0].EmployeeNo != "003" {
		t.Errorf("plan %s, missing %+v", got, plan.Missing)
	}
}

func TestRosterImportIsAllOrNothing(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	list := reading(person("01", "张三", "急诊科", ""), person("02", "李喆", "急诊科", ""))
	_, err := s.ImportRoster(ctx, "花名册.xlsx", list, RosterAnswers{Leave: []int64{999}, LeftOn: "2026-08-01"})
	if model.CodeOf(err) != model.NotFound {
		t.Fatalf("leaving of nobody: %v", err)
	}
	if n := must[Rows[StaffRow]](t)(s.Staff(ctx, StaffFilter{Status: Anyone}, Page{})).Total; n != 0 {
		t.Errorf("%d people stayed behind", n)
	}
}
