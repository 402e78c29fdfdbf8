package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"qingfeng/model"
)

// The self-checks of a hospital of 620 from the first print to the last late
// form, counted by the store and by hand after each stretch.
func TestSelfChecksOf620People(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	s := h.s
	h.agree("made")

	var ids []int64
	for _, w := range h.people[:30*each] { // the last department's stay unprinted
		ids = append(ids, w.form)
	}
	ok(t, s.MarkSelfChecksPrinted(ctx, ids))
	for d := range departments {
		if d%3 == 0 {
			h.leave(h.began(d, 5))
		}
		if d%4 == 1 {
			h.excuse(h.began(d, 6), "产假", "2026-09-01")
		}
		if d%5 == 2 {
			h.excuse(h.began(d, 7), "援外", "")
		}
	}
	h.agree("before the first comes back")

	on := s.Today()
	for d := range 10 { // by the scanner, all but the ones that state problems
		var who []*checked
		for i := range each {
			if i != 3 && i != 9 && i != 6 && i != 7 {
				who = append(who, h.began(d, i))
			}
		}
		left := 0
		if d%3 == 0 {
			left = 1
		}
		if n := h.scan(on, false, who...); n != left {
			t.Errorf("department %d: %d were refused", d, n)
		}
	}
	h.agree("scanned")
	for d := 10; d < 25; d++ { // by department
		n := must[int](t)(s.ReturnSelfCheckDepartment(ctx, SelfCheckFilter{CampaignID: h.campaign.ID, Kind: model.PersonalSelfCheck, DepartmentID: h.deptIDs[d]},
			[]string{h.began(d, 3).formNo, h.began(d, 9).formNo}, on, false))
		for i := range each {
			if w := h.began(d, i); i != 3 && i != 9 && w.excused == "" {
				w.back(false, nil)
				n--
			}
		}
		if n != 0 {
			t.Errorf("department %d: %d too many", d, n)
		}
	}
	h.agree("by department")
	for d := range 25 { // by hand
		items := map[int][2]int64{d % len(h.items): {int64(d) * 1000, int64(d) * 500}}
		if d%4 == 0 {
			items[(d+5)%len(h.items)] = [2]int64{99, 0}
		}
		if n := len(h.enter(h.began(d, 3), on, items)); n != len(items) {
			t.Errorf("department %d: %d findings of %d problems", d, n, len(items))
		}
	}
	h.agree("by hand")

	h.enter(h.began(4, 3), on, nil)                             // was wrong
	h.enter(h.began(5, 3), on, map[int][2]int64{0: {1, 1}})     // another item
	h.enter(h.began(6, 3), on, map[int][2]int64{6: {7000, 70}}) // another amount
	h.enter(h.began(9, 2), on, map[int][2]int64{2: {0, 0}})     // was scanned as nothing
	h.agree("corrected")

	for d := 0; d < 24; d += 6 {
		w := h.began(d, 10)
		ok(t, s.SendBackSelfCheck(ctx, w.form, "照抄他人"))
		w.returned, w.sentBack = false, true
	}
	w := h.began(12, 3) // one that stated problems is done again too
	ok(t, s.SendBackSelfCheck(ctx, w.form, "避重就轻"))
	w.returned, w.sentBack = false, true
	for d := 0; d < departments; d += 7 {
		h.leave(h.began(d, 11)) // some had handed in before
	}
	for d := 1; d < departments; d += 8 {
		w := h.began(d, 12)
		ok(t, s.VoidSelfCheck(ctx, w.form, "拿错了表"))
		*w = checked{no: w.no, id: w.id, department: w.department, priority: w.priority}
	}
	ok(t, s.VoidSelfCheck(ctx, h.began(7, 3).form, "拿错了表")) // with its problem
	w = h.began(7, 3)
	*w = checked{no: w.no, id: w.id, form: w.form, department: w.department, priority: w.priority}
	must[string](t)(s.RenewSelfCheck(ctx, w.form))
	h.learnForms()
	h.agree("sent back, left, void")

	for _, d := range []int{2, 30} {
		for i := range 3 {
			h.join(d, fmt.Sprintf("%02d9%02d", d, i), i == 0)
		}
	}
	h.leave(h.who("30902")) // came and went: no form, no count
	for d := 0; d < departments; d += 9 {
		h.move(h.began(d, 13), (d+1)%departments)
		h.move(h.began(d, 3), (d+1)%departments)
	}
	h.agree("newcomers and changes")
	if n := must[int](t)(s.MakeSelfChecks(ctx, h.campaign.ID, model.PersonalSelfCheck)); n != 5+4 {
		t.Errorf("%d forms for newcomers and void ones", n)
	}
	h.learnForms()
	h.agree("forms for newcomers")

	h.at.add(9 * 24 * time.Hour) // the phase is over
	on = s.Today()
	for d := 25; d < 28; d++ {
		f := SelfCheckFilter{CampaignID: h.campaign.ID, Kind: model.PersonalSelfCheck, DepartmentID: h.deptIDs[d]}
		_, err := s.ReturnSelfCheckDepartment(ctx, f, nil, on, false)
		wantCode(t, err, model.Conflict)
		must[int](t)(s.ReturnSelfCheckDepartment(ctx, f, []string{h.began(d, 9).formNo}, on, true))
		for _, w := range h.people {
			if w.department == fmt.Sprintf("科室%02d", d) && w != h.began(d, 9) && w.excused == "" && !w.returned && w.formNo != "" {
				w.back(true, nil)
			}
		}
	}
	h.scan(on, true, h.began(0, 10), h.began(12, 3)) // done again, without a problem now
	h.enter(h.began(6, 10), on, map[int][2]int64{1: {10, 10}})
	ok(t, s.ReopenSelfCheck(ctx, h.began(8, 3).form, "登记错人"))
	h.began(8, 3).returned, h.began(8, 3).items = false, nil
	ok(t, s.ComeBack(ctx, h.began(3, 5).id))
	h.began(3, 5).left, h.began(3, 5).excused = false, ""
	h.agree("late")

	h.at.add(20 * 24 * time.Hour) // 产假 is over
	h.s = reopened(t, h.s)
	enter(t, h.s)
	for _, w := range h.people {
		if w.excused == "产假" {
			w.excused = ""
		}
	}
	h.agree("excuses ended")
	clean(t, h.s)
	if sum := h.count(); sum.Expected < 620 || sum.Late < 50 || sum.Findings < 20 || sum.Missing < 60 || sum.Excused < 15 || len(sum.Unchecked) < 4 || sum.Priority.Expected < 50 {
		t.Errorf("the test has become thin: %+v", sum)
	}
}
