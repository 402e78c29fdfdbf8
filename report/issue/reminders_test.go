package issue

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
)

// Who owes a paper that was handed out is reminded, once, by name; who has
// none yet, is excused or has brought it is not.
func TestReminders(t *testing.T) {
	ctx := context.Background()
	s, c, rows := checkedOffice(t)
	if _, err := Reminders(ctx, &bytes.Buffer{}, s, c.ID, nil); model.CodeOf(err) != model.Conflict {
		t.Fatalf("nothing was handed out: %v", err)
	}
	var ids []int64
	owing := map[string]bool{}
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	check(t, s.MarkSelfChecksPrinted(ctx, ids))
	open, err := s.Unchecked(ctx, checks(c, model.PersonalSelfCheck))
	check(t, err)
	for _, r := range open {
		if r.FormNo != "" {
			owing[r.EmployeeNo] = true
		}
	}
	table, err := RemindersTable(ctx, s, c.ID)
	check(t, err)
	if len(owing) < 2 || len(table.Rows) != len(owing) {
		t.Fatalf("%d owe something, reminded are %v", len(owing), table.Rows)
	}
	var pdf bytes.Buffer
	if warnings, err := Reminders(ctx, &pdf, s, c.ID, nil); err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	text := squeezed(t, pdf.Bytes())
	for _, r := range table.Rows {
		if !owing[r[2]] || r[3] == "" || r[4] != "" || strings.Count(text, r[2]) != 1 {
			t.Errorf("%v, on paper %d times", r, strings.Count(text, r[2]))
		}
	}
	if strings.Contains(text, "逐项照抄") || strings.Contains(text, "999") {
		t.Error("the paper says why, or names who has no form:", text)
	}

	// A letter that is owed too stands in the same line.
	check2(s.MakeCommitments(ctx, c.ID, model.PersonalCommitment))(t)
	letters, err := s.Commitments(ctx, store.CommitmentFilter{CampaignID: c.ID, Kind: model.PersonalCommitment}, store.Page{})
	check(t, err)
	ids = nil
	for _, l := range letters.Items {
		ids = append(ids, l.ID)
	}
	check(t, s.MarkPrinted(ctx, ids))
	both, err := RemindersTable(ctx, s, c.ID)
	check(t, err)
	if len(both.Rows) != len(ids) {
		t.Errorf("%d people owe a letter, %d lines", len(ids), len(both.Rows))
	}
	for _, r := range both.Rows {
		if r[4] == "" || owing[r[2]] != (r[3] != "") {
			t.Errorf("line %v", r)
		}
	}
}

func TestAskedBy(t *testing.T) {
	plan := model.Plan{
		Campaign: model.Campaign{StartsOn: "2026-05-01", EndsOn: "2026-11-30"},
		Phases:   []model.Phase{{Kind: model.SelfCheckPhase, StartsOn: "2026-05-10", EndsOn: "2026-06-30"}},
	}
	for today, want := range map[day.Date]day.Date{
		"2026-06-01": "2026-06-30", "2026-06-30": "2026-06-30", "2026-07-01": "2026-11-30",
		"2026-11-30": "2026-11-30", "2026-12-01": "2026-12-01",
	} {
		if got := askedBy(plan, today); got != want {
			t.Errorf("on %s asked for by %s, want %s", today, got, want)
		}
	}
}
