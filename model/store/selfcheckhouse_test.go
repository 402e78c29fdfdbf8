package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"qingfeng/model"
	"qingfeng/model/day"
)

// checked is what the test itself remembers of one person, apart from the store.
type checked struct {
	no         string
	id, form   int64
	department string
	priority   bool
	formNo     string // "" without a form in force
	returned   bool
	late       bool
	excused    string // reason
	sentBack   bool
	left       bool
	items      map[int][2]int64 // answered 有: amount and handed in, by the item's place
}

// house is a hospital of 31 departments with 20 people each, and its campaign.
type house struct {
	t        *testing.T
	s        *Store
	at       *clock
	campaign model.Campaign
	items    []model.CheckItem
	people   []*checked
	deptIDs  []int64 // ids of the departments, in their order
}

const departments, each = 31, 20

func newHouse(t *testing.T) *house {
	ctx := context.Background()
	h := &house{t: t, at: &clock{at: noon}}
	h.s = openLocked(t, filepath.Join(t.TempDir(), "清风 数据"), h.at.options())
	enter(t, h.s)
	var rows []model.RosterRow
	for d := range departments {
		for i := range each {
			w := &checked{no: fmt.Sprintf("%02d%03d", d, i), department: fmt.Sprintf("科室%02d", d)}
			r := person(w.no, []string{"张三", "李喆", "王䶮", "阿依古丽·买买提"}[i%4], w.department, "")
			switch {
			case i == 1 && d%2 == 0:
				r.Staff.Position, w.priority = "副主任", true
			case i == 2 && d%3 == 0:
				r.Staff.KeyPostReason, w.priority = "可统方", true
			}
			rows, h.people = append(rows, r), append(h.people, w)
		}
	}
	must[RosterPlan](t)(h.s.ImportRoster(ctx, "花名册.xlsx", reading(rows...), RosterAnswers{}))
	for _, r := range must[Rows[StaffRow]](t)(h.s.Staff(ctx, StaffFilter{}, Page{})).Items {
		h.who(r.EmployeeNo).id = r.ID
	}
	for d := range departments {
		dept := must[model.Department](t)(h.s.DepartmentNamed(ctx, fmt.Sprintf("科室%02d", d)))
		h.deptIDs = append(h.deptIDs, dept.ID)
		if d%2 == 1 {
			head, nurse := h.began(d, 0), h.began(d, 4)
			dept.HeadID, dept.NurseHeadID = head.id, nurse.id
			head.priority, nurse.priority = true, true
			must[int64](t)(h.s.SaveDepartment(ctx, dept))
		}
	}
	h.campaign = drive(t, h.s)
	h.items = must[model.Plan](t)(h.s.Plan(ctx, h.campaign.ID)).Items
	if n := must[int](t)(h.s.MakeSelfChecks(ctx, h.campaign.ID, model.PersonalSelfCheck)); n != departments*each {
		t.Fatalf("made %d forms", n)
	}
	h.learnForms()
	return h
}

func (h *house) who(no string) *checked {
	i := slices.IndexFunc(h.people, func(w *checked) bool { return w.no == no })
	return h.people[i]
}

// began is the ith of the people who began in a department.
func (h *house) began(d, i int) *checked { return h.who(fmt.Sprintf("%02d%03d", d, i)) }

// learnForms notes the numbers of the forms in force.
func (h *house) learnForms() {
	h.t.Helper()
	for _, r := range h.list(SelfCheckFilter{}) {
		w := h.who(r.EmployeeNo)
		w.form, w.formNo = r.ID, r.FormNo
	}
}

func (h *house) list(f SelfCheckFilter) []SelfCheckRow {
	h.t.Helper()
	f.CampaignID, f.Kind = h.campaign.ID, model.PersonalSelfCheck
	return must[Rows[SelfCheckRow]](h.t)(h.s.SelfChecks(context.Background(), f, Page{})).Items
}

// scan scans forms on a day and returns how many were refused.
func (h *house) scan(on day.Date, late bool, who ...*checked) (refused int) {
	h.t.Helper()
	nos := make([]string, len(who))
	for i, w := range who {
		nos[i] = w.formNo
	}
	for i, r := range must[[]SelfCheckResult](h.t)(h.s.ReturnSelfChecks(context.Background(), h.campaign.ID, nos, on, late)) {
		if r.Problem != "" {
			refused++
			continue
		}
		if r.Row.EmployeeNo != who[i].no || r.Row.State != model.Returned || r.Row.ReturnedOn != on {
			h.t.Errorf("scanning %s answered %+v", nos[i], r.Row)
		}
		who[i].back(late, nil)
	}
	return refused
}

func (w *checked) back(late bool, items map[int][2]int64) {
	w.returned, w.late, w.excused, w.sentBack, w.items = true, late, "", false, items
}

// enter records a form by hand that answers 有 under some items.
func (h *house) enter(w *checked, on day.Date, items map[int][2]int64) []string {
	h.t.Helper()
	e := SelfCheckEntry{On: on, Late: on > "2026-08-15", Opinions: model.Opinions{Department: "情况属实", DepartmentOn: on}}
	for _, i := range slices.Sorted(maps.Keys(items)) {
		p := stated(h.items[i].ID, itsDeed)
		p.AmountFen, p.HandedFen, p.DueOn = items[i][0], items[i][1], ""
		e.Problems = append(e.Problems, p)
	}
	findings := must[[]string](h.t)(h.s.RecordSelfCheck(context.Background(), w.form, e))
	w.back(e.Late, items)
	return findings
}

// count is the summary as plain counting has it.
func (h *house) count() model.SelfCheckSummary {
	var sum model.SelfCheckSummary
	reasons := map[string]int{}
	depts := map[string]*model.SelfCheckRate{}
	for _, i := range h.items {
		sum.Items = append(sum.Items, model.ItemCount{ItemID: i.ID, Source: i.Source, Text: i.Text})
	}
	for _, w := range h.people {
		if w.left && w.formNo == "" {
			continue
		}
		if depts[w.department] == nil {
			depts[w.department] = &model.SelfCheckRate{}
		}
		rates := []*model.SelfCheckRate{&sum.SelfCheckRate, depts[w.department]}
		if w.priority {
			rates = append(rates, &sum.Priority)
		}
		for _, r := range rates {
			r.Expected++
			switch {
			case w.returned:
				r.Returned++
				r.Findings += len(w.items)
			case w.excused != "":
				r.Excused++
			default:
				r.Missing++
			}
		}
		switch {
		case w.returned:
		case w.excused != "":
			reasons[w.excused]++
		case w.sentBack:
			reasons["补课"]++
		default:
			reasons["未交回"]++
		}
		if w.returned && w.late {
			sum.Late++
		}
		if w.returned && len(w.items) > 0 {
			sum.WithProblems++
			for i, fen := range w.items {
				sum.Items[i].People++
				sum.Items[i].AmountFen += fen[0]
				sum.Items[i].HandedFen += fen[1]
			}
		}
	}
	for i, name := range slices.Sorted(maps.Keys(depts)) {
		sum.Departments = append(sum.Departments, model.DepartmentSelfCheckRate{ID: h.deptIDs[i], Department: name, SelfCheckRate: *depts[name]})
	}
	for why, n := range reasons {
		sum.Unchecked = append(sum.Unchecked, model.ReasonCount{Reason: why, Count: n})
	}
	slices.SortFunc(sum.Unchecked, func(a, b model.ReasonCount) int {
		return cmp.Or(b.Count-a.Count, cmp.Compare(a.Reason, b.Reason))
	})
	return sum
}

// agree compares everything the store counts with the test's own count.
func (h *house) agree(when string) {
	t, ctx := h.t, context.Background()
	t.Helper()
	got, want := must[model.SelfCheckSummary](t)(h.s.SelfCheckSummary(ctx, h.campaign.ID)), h.count()
	if !reflect.DeepEqual(got, want) { // %v would print the rate alone
		t.Fatalf("%s:\ngot  %s\nwant %s", when, must[[]byte](t)(json.Marshal(got)), must[[]byte](t)(json.Marshal(want)))
	}
	adds := func(who string, r model.SelfCheckRate) {
		if r.Returned+r.Missing+r.Excused != r.Expected {
			t.Errorf("%s: %s does not add up: %+v", when, who, r)
		}
	}
	adds("the house", got.SelfCheckRate)
	adds("the priority list", got.Priority)
	reasons, findings := 0, 0
	for _, r := range got.Unchecked {
		reasons += r.Count
	}
	for _, i := range got.Items {
		findings += i.People
	}
	if got.Returned+reasons != got.Expected || findings != got.Findings {
		t.Errorf("%s: %d returned and %d with reasons of %d, %d of %d findings", when, got.Returned, reasons, got.Expected, findings, got.Findings)
	}
	sum, rates, err := h.s.SelfCheckRates(ctx, h.campaign.ID, model.PersonalSelfCheck)
	if err != nil || sum != got.SelfCheckRate || !slices.Equal(rates, got.Departments) {
		t.Errorf("%s: the rates are %+v %+v (%v)", when, sum, rates, err)
	}
	for _, d := range got.Departments {
		adds(d.Department, d.SelfCheckRate)
		if n := h.missing(SelfCheckFilter{DepartmentID: d.ID}); n != d.Missing {
			t.Errorf("%s: %s lists %d of %d", when, d.Department, n, d.Missing)
		}
	}
	if n := h.missing(SelfCheckFilter{}); n != got.Missing {
		t.Errorf("%s: %d are listed of %d", when, n, got.Missing)
	}
	if n := h.missing(SelfCheckFilter{Priority: true}); n != got.Priority.Missing {
		t.Errorf("%s: %d of the priority list are listed of %d", when, n, got.Priority.Missing)
	}
	for what, n := range map[string][2]int{
		"late":     {len(h.list(SelfCheckFilter{Late: true})), got.Late},
		"problems": {len(h.list(SelfCheckFilter{WithProblems: true})), got.WithProblems},
		"returned": {len(h.list(SelfCheckFilter{State: model.Returned})), got.Returned},
		"excused":  {len(h.list(SelfCheckFilter{State: model.Exempt})), got.Excused},
		"findings": {must[Rows[FindingRow]](t)(h.s.Findings(ctx, FindingFilter{CampaignID: h.campaign.ID}, Page{})).Total, h.findings()},
	} {
		if n[0] != n[1] {
			t.Errorf("%s: the list of %s has %d of %d", when, what, n[0], n[1])
		}
	}
}

// findings are those that forms state which are not void, also while they are
// done again.
func (h *house) findings() int {
	n := 0
	for _, w := range h.people {
		n += len(w.items)
	}
	return n
}

func (h *house) missing(f SelfCheckFilter) int {
	h.t.Helper()
	f.CampaignID, f.Kind = h.campaign.ID, model.PersonalSelfCheck
	return len(must[[]SelfCheckRow](h.t)(h.s.Unchecked(context.Background(), f)))
}

func (h *house) leave(w *checked) {
	h.t.Helper()
	ok(h.t, h.s.Leave(context.Background(), w.id, h.s.Today(), "调出"))
	w.left = true
	if w.formNo != "" && !w.returned && w.excused == "" {
		w.excused = model.LeftExcuse
	}
	if !w.returned {
		w.sentBack = false
	}
}

func (h *house) excuse(w *checked, reason string, until day.Date) {
	h.t.Helper()
	ok(h.t, h.s.ExcuseSelfCheck(context.Background(), w.form, reason, until))
	w.excused = reason
}

func (h *house) join(d int, no string, priority bool) {
	h.t.Helper()
	m := model.Staff{EmployeeNo: no, Name: "刘赟", DepartmentID: h.deptIDs[d]}
	if priority {
		m.KeyPostReason = "采购"
	}
	id := must[int64](h.t)(h.s.SaveStaff(context.Background(), m))
	h.people = append(h.people, &checked{no: no, id: id, department: fmt.Sprintf("科室%02d", d), priority: priority})
}

func (h *house) move(w *checked, d int) {
	h.t.Helper()
	m := must[StaffRow](h.t)(h.s.StaffMember(context.Background(), w.id)).Staff
	m.DepartmentID = h.deptIDs[d]
	must[int64](h.t)(h.s.SaveStaff(context.Background(), m))
	w.department = fmt.Sprintf("科室%02d", d)
}
