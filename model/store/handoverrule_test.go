package store

import (
	"context"
	"slices"
	"testing"

	"qingfeng/model"
	"qingfeng/model/day"
)

// What was received before a new limit is judged by the old one, and the limit
// of the profile is always the newest.
func TestLimitsByTheDayOfReceipt(t *testing.T) {
	ctx := context.Background()
	s, _, _, _ := registerOf(t)
	rules := func() (out []string) {
		for _, r := range must[[]model.HandoverRule](t)(s.HandoverRules(ctx)) {
			out = append(out, string(r.FromOn)+" "+r.Text())
		}
		return out
	}
	judged := func(received, handed day.Moment) model.Timeliness {
		verdict, _, err := s.JudgeHandover(ctx, received, handed)
		ok(t, err)
		return verdict
	}
	for _, c := range []struct {
		limit int
		unit  model.HandoverUnit
		from  day.Date
		rules []string
	}{
		{24, model.Hours, "", []string{" 24 小时"}},
		{5, model.Days, "2026-08-01", []string{"2026-08-01 5 日", " 24 小时"}},
		{4, model.Days, "2026-08-01", []string{"2026-08-01 4 日", " 24 小时"}},                   // the present one is put right
		{3, model.Days, "2026-09-01", []string{"2026-09-01 3 日", "2026-08-01 4 日", " 24 小时"}}, // another follows
		{3, model.Days, "2026-08-15", []string{"2026-08-15 3 日", "2026-08-01 4 日", " 24 小时"}}, // its day was wrong
		{3, model.Days, "2026-07-01", []string{"2026-07-01 3 日", " 24 小时"}},
	} {
		h := must[model.Hospital](t)(s.Hospital(ctx))
		h.HandoverLimit, h.HandoverUnit, h.HandoverFrom = c.limit, c.unit, c.from
		ok(t, s.SaveHospital(ctx, h))
		if got := rules(); !slices.Equal(got, c.rules) {
			t.Errorf("%d %s from %q: the rules are %q, want %q", c.limit, c.unit, c.from, got, c.rules)
		}
	}
	if before, since := judged("2026-06-30 09:00", "2026-07-02 09:00"), judged("2026-07-01 09:00", "2026-07-03 09:00"); before != model.Late || since != model.InTime {
		t.Errorf("received before it is %s, since then %s", before, since)
	}
}
