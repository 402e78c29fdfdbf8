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

// Departments that differ in their number are different departments, on file
// and within one roster.
func TestNumbersAreNoLikeness(t *testing.T) {
	for _, pair := range [][2]string{{"科室1", "科室31"}, {"科室１", "科室３１"}, {"九病区", "十病区"}, {"内一", "内二"}, {"内一科", "内十一科"},
		{"第09科", "第10科"}, {"第09科", "第9科"}, {"第九科", "第十九科"}, {"第一百零一病区", "第一百零二病区"}, {"第一百〇一病区", "第一百病区"}, {"骨伤科", "骨伤三科"},
		{"心血管内科一病区", "心血管内科二病房"}} {
		for _, p := range [][2]string{pair, {pair[1], pair[0]}} {
			if got := mostSimilar(p[0], []string{p[1]}); got != "" {
				t.Errorf("%s is taken for %s", p[0], got)
			}
			for _, few := range []int{1, 9} {
				if got := fullerName(p[0], 0, p[:], map[string]int{p[0]: few, p[1]: 5}); got != "" {
					t.Errorf("%s is taken for %s of the same roster", p[0], got)
				}
			}
		}
	}
	if got := mostSimilar("心内一科", []string{"心血管内科一病区", "心血管内一科", "心血管内二科"}); got != "心血管内一科" {
		t.Errorf("the same number: %q", got)
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
