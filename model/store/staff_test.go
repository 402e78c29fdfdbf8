package store

import (
	"context"
	"strings"
	"testing"

	"qingfeng/model"
)

func TestStaffAreFoundSortedAndPaged(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	dept, _ := ward(t, s, "急诊科", "01", 10)
	must[int64](t)(s.SaveStaff(ctx, model.Staff{EmployeeNo: "09001", Name: "单雄", DepartmentID: dept, KeyPostReason: "可统方"}))
	for _, c := range []struct {
		f    StaffFilter
		want int
	}{
		{StaffFilter{}, 11}, {StaffFilter{Find: "张"}, 2}, {StaffFilter{Find: "zs"}, 2}, {StaffFilter{Find: "ZS"}, 2},
		{StaffFilter{Find: "sx"}, 1}, {StaffFilter{Find: "dx"}, 1}, {StaffFilter{Find: "0100"}, 10},
		{StaffFilter{Find: "𬱖"}, 2}, {StaffFilter{Find: "%"}, 0}, {StaffFilter{Find: "_"}, 0},
		{StaffFilter{KeyPost: true}, 1}, {StaffFilter{GridSupervisor: true}, 0}, {StaffFilter{Post: "护士"}, 10},
		{StaffFilter{DepartmentID: dept + 1}, 0}, {StaffFilter{Status: HasLeft}, 0},
	} {
		got := must[Rows[StaffRow]](t)(s.Staff(ctx, c.f, Page{Limit: 3}))
		if got.Total != c.want || len(got.Items) != min(c.want, 3) {
			t.Errorf("%+v found %d (%d on the page), want %d", c.f, got.Total, len(got.Items), c.want)
		}
	}
	var names []string
	for off := 0; off < 11; off += 4 {
		for _, r := range must[Rows[StaffRow]](t)(s.Staff(ctx, StaffFilter{}, Page{Sort: "name", Offset: off, Limit: 4})).Items {
			names = append(names, string([]rune(r.Name)[0]))
		}
	}
	if got := strings.Join(names, ""); got != "阿阿单李李王王徐徐张张" {
		t.Errorf("sorted by name: %s", got)
	}
}

func TestStaffChangesLeaveATrail(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	dept, ids := ward(t, s, "急诊科", "01", 2)
	other, _ := ward(t, s, "麻醉手术科", "02", 1)
	_, err := s.SaveStaff(ctx, model.Staff{EmployeeNo: "01001", Name: "赵犇", DepartmentID: dept})
	if fe, ok := err.(model.FieldErrors); !ok || fe.Of("EmployeeNo") == "" {
		t.Errorf("a 工号 in use: %v", err)
	}
	m := must[StaffRow](t)(s.StaffMember(ctx, ids[0])).Staff
	m.DepartmentID, m.IDNumber, m.Phone = other, "990101198507224204", "13900000000"
	must[int64](t)(s.SaveStaff(ctx, m))
	line := must[[]model.AuditLine](t)(s.AuditLines(ctx, "职工", ids[0], 1))[0]
	if line.Action != "修改" || line.Actor != "李某（li）" || !line.At.Equal(noon) || !strings.Contains(line.After, filled) ||
		strings.Contains(line.Before+line.After, "9901") || strings.Contains(line.After, "1390") || strings.Contains(line.After, "name") {
		t.Errorf("audit line %+v", line)
	}
	if err := s.Leave(ctx, ids[0], "2026-08-01", "调出"); err != nil {
		t.Fatal(err)
	}
	if err := s.Leave(ctx, ids[0], "2026-08-01", "调出"); model.CodeOf(err) != model.Conflict {
		t.Errorf("leaving twice: %v", err)
	}
	if err := s.ComeBack(ctx, ids[0]); err != nil {
		t.Fatal(err)
	}
	d := must[model.Department](t)(s.Department(ctx, dept))
	d.ClosedOn = "2026-08-01"
	if _, err := s.SaveDepartment(ctx, d); model.CodeOf(err) != model.Invalid {
		t.Errorf("closing a department with people: %v", err)
	}
}
