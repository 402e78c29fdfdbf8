package issue

import (
	"cmp"
	"context"
	"io"
	"slices"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/report/form"
	"qingfeng/report/page"
	"qingfeng/report/sheet"
)

// Reminders writes the 催办单 of a campaign: for each department that lags, who
// has not handed in the self-check form or the personal letter. A paper that
// nobody was handed yet is not asked for. With nothing missing the error is
// a conflict.
func Reminders(ctx context.Context, w io.Writer, s *store.Store, campaignID int64, fonts *page.Fonts) ([]string, error) {
	in := form.ReminderPrint{Library: s.Assets(), Fonts: fonts, Date: s.Today()}
	var err error
	if in.Hospital, err = s.Hospital(ctx); err != nil {
		return nil, err
	}
	plan, err := s.Plan(ctx, campaignID)
	if err != nil {
		return nil, err
	}
	in.Campaign = plan.Campaign
	in.Due = askedBy(plan, in.Date)
	if in.Reminders, err = reminders(ctx, s, campaignID); err != nil {
		return nil, err
	}
	if len(in.Reminders) == 0 {
		return nil, model.Errorf(model.Conflict, "没有要催办的：发下去的自查表和承诺书都已交回，或还没有打印")
	}
	warnings, err := form.Reminders(w, in)
	return texts(warnings), err
}

// askedBy is the limit of a reminder: the end of the self-check phase, after
// that the end of the campaign, after that the day itself.
func askedBy(plan model.Plan, today day.Date) day.Date {
	for _, limit := range []day.Date{plan.SelfChecks().To, plan.EndsOn} {
		if limit >= today {
			return limit
		}
	}
	return today
}

// RemindersTable is the same for Excel, all departments below each other.
func RemindersTable(ctx context.Context, s *store.Store, campaignID int64) (sheet.Table, error) {
	t := sheet.Table{Name: "催办单", Columns: []string{"科室", "姓名", "工号", "自查表", "承诺书"}}
	all, err := reminders(ctx, s, campaignID)
	for _, r := range all {
		for _, p := range r.People {
			t.Rows = append(t.Rows, []string{r.Department, p.Name, p.EmployeeNo, string(p.SelfCheck), string(p.Letter)})
		}
	}
	return t, err
}

// owed is what somebody owes, and where.
type owed struct {
	form.Owing
	department string
}

func reminders(ctx context.Context, s *store.Store, campaignID int64) ([]form.Reminder, error) {
	checks, err := s.Unchecked(ctx, store.SelfCheckFilter{CampaignID: campaignID, Kind: model.PersonalSelfCheck})
	if err != nil {
		return nil, err
	}
	letters, err := s.Unsigned(ctx, store.CommitmentFilter{CampaignID: campaignID, Kind: model.PersonalCommitment})
	if err != nil {
		return nil, err
	}
	people, order := map[string]*owed{}, []string{}
	of := func(no, name, department string) *owed {
		if people[no] == nil {
			people[no] = &owed{form.Owing{Name: name, EmployeeNo: no}, department}
			order = append(order, no)
		}
		return people[no]
	}
	for _, r := range checks {
		if handedOut(r.Paper) {
			of(r.EmployeeNo, r.Name, r.Department).SelfCheck = r.State
		}
	}
	for _, r := range letters {
		if handedOut(r.Paper) {
			of(r.EmployeeNo, r.Name, r.Department).Letter = r.State
		}
	}
	return byDepartment(ctx, s, people, order)
}

func handedOut(p model.Paper) bool { return p.FormNo != "" && p.PrintCount > 0 }

// byDepartment groups people in the order in which papers are handed out.
func byDepartment(ctx context.Context, s *store.Store, people map[string]*owed, order []string) ([]form.Reminder, error) {
	found, err := s.Departments(ctx, store.DepartmentFilter{Closed: true}, store.Page{})
	if err != nil {
		return nil, err
	}
	place := map[string]int{}
	for i, d := range found.Items {
		place[d.Name] = i
	}
	slices.SortStableFunc(order, func(a, b string) int {
		return cmp.Or(cmp.Compare(place[people[a].department], place[people[b].department]), cmp.Compare(a, b))
	})
	var out []form.Reminder
	for _, no := range order {
		p := people[no]
		if n := len(out); n == 0 || out[n-1].Department != p.department {
			out = append(out, form.Reminder{Department: p.department})
		}
		r := &out[len(out)-1]
		r.People = append(r.People, p.Owing)
	}
	return out, nil
}
