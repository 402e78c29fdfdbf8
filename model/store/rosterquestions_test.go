package store

import (
	"context"
	"fmt"
	"testing"

	"qingfeng/model"
)

func TestRosterQuestions(t *testing.T) {
	ctx := context.Background()
	roster := func(names ...string) model.RosterReading {
		var r model.RosterReading
		for i, n := range names {
			r.Rows = append(r.Rows, person(fmt.Sprintf("%02d", i), "张三", n, ""))
			r.Departments = append(r.Departments, n)
		}
		return r
	}
	ask := func(s *Store, r model.RosterReading) string {
		t.Helper()
		text := ""
		for _, q := range must[[]DepartmentQuestion](t)(s.RosterQuestions(ctx, r)) {
			text += fmt.Sprintf("%s(%d)=%s ", q.Name, q.People, q.Similar)
		}
		return text
	}
	s := openTest(t)
	list := roster("心血管内科", "心内科", "骨伤一科", "骨伤二科", "急诊科", "外科", "普外科")
	list.Rows = append(list.Rows, person("99", "李四", "心血管内科", ""))
	if got := ask(s, list); got != "心内科(1)=心血管内科 " {
		t.Errorf("empty folder asks %q", got)
	}
	ward(t, s, "心血管内科", "A", 1)
	ward(t, s, "骨伤一科", "B", 1)
	ward(t, s, "骨伤科", "C", 1)
	for _, c := range []struct{ name, want string }{
		{"心内科", "心内科(1)=心血管内科 "},
		{"心血管内科（一病区）", "心血管内科（一病区）(1)=心血管内科 "},
		{"骨伤二科", "骨伤二科(1)= "}, // neither 骨伤一科 nor 骨伤科
		{"骨科", "骨科(1)=骨伤科 "},
		{"院感科", "院感科(1)= "},
		{"骨伤一科", ""},
	} {
		if got := ask(s, roster(c.name)); got != c.want {
			t.Errorf("%s asks %q, want %q", c.name, got, c.want)
		}
	}
	one := roster("心内科")
	must[RosterPlan](t)(s.ImportRoster(ctx, "花名册.xlsx", one, RosterAnswers{Aliases: map[string]string{"心内科": "心血管内科"}}))
	if got := ask(s, one); got != "" {
		t.Errorf("after the answer asks %q", got)
	}
}

func TestStaffWords(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	dept, ids := ward(t, s, "药剂科", "A", 3)
	for i, reason := range []string{"采购", "统方权限", "统方权限"} {
		m := must[StaffRow](t)(s.StaffMember(ctx, ids[i])).Staff
		m.KeyPostReason, m.DepartmentID = reason, dept
		must[int64](t)(s.SaveStaff(ctx, m))
	}
	w := must[StaffWords](t)(s.StaffWords(ctx))
	// What is in use comes before what the list in assets offers.
	if fmt.Sprint(w.KeyPostReasons[:3], w.Posts, w.Titles) != "[统方权限 采购 能接触统方数据] [护士] []" {
		t.Errorf("words %+v", w)
	}
}
