package store

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"qingfeng/model"
	"qingfeng/model/day"
)

func TestFindingFilters(t *testing.T) {
	ctx := context.Background()
	s, c, dept, people := registerOf(t)
	other, _ := ward(t, s, "药剂科", "02", 1)
	overdue := aFinding(c.ID, dept)
	overdue.DueOn, overdue.StaffID = "2026-08-10", people[1] // 李喆
	overdue = saved(t, s, overdue)
	soon := aFinding(c.ID, other)
	soon.DueOn, soon.Level, soon.Problem = "2026-08-18", model.Grave, "麻醉药品 100% 未双锁"
	soon = saved(t, s, soon)
	later := aFinding(c.ID, other)
	later.DueOn = ""
	later = saved(t, s, later)
	ok(t, s.AskExtension(ctx, soon.ID, "2026-09-30", "等货"))
	old := aFinding(c.ID, dept)
	old.FoundOn = "2026-03-01"
	closed := closedOne(t, s, old)
	ok(t, s.writer.Exec(`UPDATE finding SET look_back_due = '2026-08-11' WHERE id = ?`, closed.ID).Error)
	outside := aFinding(0, dept)
	outside.Source = "举报"
	outside = saved(t, s, outside)
	voided := saved(t, s, aFinding(c.ID, dept))
	ok(t, s.VoidFinding(ctx, voided.ID, "登记错"))
	toAccept := saved(t, s, aFinding(c.ID, dept))
	ok(t, s.BeginFinding(ctx, toAccept.ID, "2026-03-03"))
	ok(t, s.SubmitFinding(ctx, toAccept.ID, "2026-03-04", "张三", "已退还"))
	must[int64](t)(s.Attach(ctx, "问题", toAccept.ID, "退款凭证.pdf", scan("甲")))

	for name, x := range map[string]struct {
		f    FindingFilter
		want []int64
	}{
		"campaign":   {FindingFilter{}, []int64{overdue.ID, soon.ID, later.ID, closed.ID, toAccept.ID}},
		"all":        {FindingFilter{AllCampaigns: true}, []int64{overdue.ID, soon.ID, later.ID, closed.ID, outside.ID, toAccept.ID}},
		"department": {FindingFilter{DepartmentID: other}, []int64{soon.ID, later.ID}},
		"voided":     {FindingFilter{State: model.Withdrawn}, []int64{voided.ID}},
		"open":       {FindingFilter{Open: true}, []int64{overdue.ID, soon.ID, later.ID, toAccept.ID}},
		"overdue":    {FindingFilter{Overdue: true}, []int64{overdue.ID}},
		"look back":  {FindingFilter{LookBackDue: true}, []int64{closed.ID}},
		"asked":      {FindingFilter{ExtensionAsked: true}, []int64{soon.ID}},
		"grave":      {FindingFilter{Level: model.Grave}, []int64{soon.ID}},
		"source":     {FindingFilter{AllCampaigns: true, Source: "举报"}, []int64{outside.ID}},
		"due":        {FindingFilter{Due: "2026-08-18"}, []int64{overdue.ID, soon.ID}},
		"numbers":    {FindingFilter{FormNos: []string{later.FormNo}}, []int64{later.ID}},
		"no numbers": {FindingFilter{FormNos: []string{}}, nil},
		"name":       {FindingFilter{Find: "李喆"}, []int64{overdue.ID}},
		"工号":         {FindingFilter{Find: "01001"}, []int64{overdue.ID}},
		"literally":  {FindingFilter{Find: "100%"}, []int64{soon.ID}},
		"a number":   {FindingFilter{Find: later.FormNo[5:]}, []int64{later.ID}},
		"nothing":    {FindingFilter{Find: "_"}, nil},
	} {
		if !x.f.AllCampaigns {
			x.f.CampaignID = c.ID
		}
		rows := must[Rows[FindingRow]](t)(s.Findings(ctx, x.f, Page{}))
		var got []int64
		for _, r := range rows.Items {
			got = append(got, r.ID)
		}
		if !slices.Equal(got, x.want) || rows.Total != len(x.want) {
			t.Errorf("%s: %v, want %v", name, got, x.want)
		}
	}
	if rows := must[Rows[FindingRow]](t)(s.Findings(ctx, FindingFilter{}, Page{})); rows.Total != 1 || rows.Items[0].ID != outside.ID {
		t.Errorf("outside of campaigns: %+v", rows)
	}
	for sort := range findingOrders { // pages never overlap
		seen := map[int64]bool{}
		for offset := range 6 {
			for _, r := range must[Rows[FindingRow]](t)(s.Findings(ctx, FindingFilter{AllCampaigns: true}, Page{Sort: sort, Offset: offset, Limit: 1})).Items {
				seen[r.ID] = true
			}
		}
		if len(seen) != 6 {
			t.Errorf("by %s: %d of 6", sort, len(seen))
		}
	}
	if row := must[FindingRow](t)(s.Finding(ctx, toAccept.ID)); row.Attachments != 1 {
		t.Errorf("%d attachments", row.Attachments)
	}
	want := FindingCounts{All: 5, Open: 4, Overdue: 1, DueSoon: 1, ToAccept: 1, Closed: 1, LookBackDue: 1, ExtensionsAsked: 1}
	if got := must[FindingCounts](t)(s.FindingCounts(ctx, c.ID)); got != want {
		t.Errorf("%+v", got)
	}
	want.All, want.Open = 6, 5
	if got := must[FindingCounts](t)(s.FindingCounts(ctx, 0)); got != want {
		t.Errorf("of all: %+v", got)
	}
}

func TestWeeklyFindings(t *testing.T) {
	ctx := context.Background()
	s, c, dept, _ := registerOf(t)
	before := aFinding(c.ID, dept)
	before.FoundOn = "2026-07-01"
	stillOpen := saved(t, s, before)
	closedBefore := saved(t, s, before)
	closedThen := saved(t, s, before)
	closedLater := saved(t, s, before)
	during := aFinding(c.ID, dept)
	during.FoundOn = "2026-08-03"
	found := saved(t, s, during)
	after := aFinding(c.ID, dept)
	after.FoundOn = "2026-08-10"
	saved(t, s, after)
	for f, on := range map[int64]day.Date{closedBefore.ID: "2026-07-31", closedThen.ID: "2026-08-07", closedLater.ID: "2026-08-08"} {
		asWang(t, s)
		ok(t, s.BeginFinding(ctx, f, "2026-07-02"))
		ok(t, s.SubmitFinding(ctx, f, "2026-07-03", "张三", "已退还"))
		enter(t, s)
		ok(t, s.AcceptFinding(ctx, f, on, "", ""))
	}
	rows := must[[]FindingRow](t)(s.WeeklyFindings(ctx, c.ID, model.Span{From: "2026-08-01", To: "2026-08-07"}))
	var got []int64
	for _, r := range rows {
		got = append(got, r.ID)
	}
	if want := []int64{stillOpen.ID, closedThen.ID, closedLater.ID, found.ID}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	_, err := s.WeeklyFindings(ctx, c.ID, model.Span{From: "2026-08-08", To: "2026-08-07"})
	wantCode(t, err, model.Invalid)
}

// The number is of the year in which a finding is written down, wherever its
// campaign and its day lie.
func TestFindingNumberYear(t *testing.T) {
	s, c, dept, _ := registerOf(t)
	next := &clock{time.Date(2027, 1, 4, 9, 0, 0, 0, time.Local)}
	dir := s.folder.Dir()
	shut(s)
	s = openLocked(t, dir, next.options())
	enter(t, s)
	if f := saved(t, s, aFinding(c.ID, dept)); !strings.HasPrefix(f.FormNo, "ZG-2027-00001-") {
		t.Errorf("%s", f.FormNo)
	}
}
