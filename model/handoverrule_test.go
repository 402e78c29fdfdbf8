package model

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"qingfeng/model/day"
)

// The wanted answers were counted by hand on the notices 国办发明电〔2024〕12号
// (2025) and 国办发明电〔2025〕7号 (2026).
func TestJudgeHandover(t *testing.T) {
	c := calendar(t)
	twoWorkingDays, aDay, twoDays, threeDays := HandoverRule{Limit: 2, Unit: WorkingDays}, HandoverRule{Limit: 24, Unit: Hours},
		HandoverRule{Limit: 48, Unit: Hours}, HandoverRule{Limit: 3, Unit: Days}
	for _, x := range []struct {
		rule             HandoverRule
		received, handed day.Moment
		want             Timeliness
		gap              string
	}{
		{twoWorkingDays, "2026-08-07 16:30", "2026-08-10 09:10", InTime, "间隔 1 个工作日"},
		{twoWorkingDays, "2026-08-07 16:30", "2026-08-08", InTime, "间隔 0 个工作日"},
		{twoWorkingDays, "2026-08-07", "2026-08-11 23:59", InTime, "间隔 2 个工作日"},
		{twoWorkingDays, "2026-08-07", "2026-08-12", Late, "间隔 3 个工作日"},
		// The May holiday: five days off, Saturday 9 May 2026 worked.
		{twoWorkingDays, "2026-04-30", "2026-05-05", InTime, "间隔 0 个工作日"},
		{twoWorkingDays, "2026-04-30", "2026-05-07", InTime, "间隔 2 个工作日"},
		{twoWorkingDays, "2026-04-30", "2026-05-08", Late, "间隔 3 个工作日"},
		{twoWorkingDays, "2026-05-08", "2026-05-09", InTime, "间隔 1 个工作日"},
		{twoWorkingDays, "2026-05-08", "2026-05-11", InTime, "间隔 2 个工作日"},
		{twoWorkingDays, "2026-05-08", "2026-05-12", Late, "间隔 3 个工作日"},
		{twoWorkingDays, "2025-04-25", "2025-04-28", InTime, "间隔 2 个工作日"}, // Sunday 27 April 2025 worked
		{twoWorkingDays, "2025-04-30", "2025-05-07", InTime, "间隔 2 个工作日"},
		{twoWorkingDays, "2025-04-30", "2025-05-08", Late, "间隔 3 个工作日"},
		// The October holiday: seven and eight days off, the Saturday after it worked.
		{twoWorkingDays, "2026-09-30", "2026-10-09", InTime, "间隔 2 个工作日"},
		{twoWorkingDays, "2026-09-30", "2026-10-10", Late, "间隔 3 个工作日"},
		{twoWorkingDays, "2026-10-03", "2026-10-09", InTime, "间隔 2 个工作日"},
		{twoWorkingDays, "2026-10-09", "2026-10-12", InTime, "间隔 2 个工作日"},
		{twoWorkingDays, "2025-09-30", "2025-10-10", InTime, "间隔 2 个工作日"},
		{twoWorkingDays, "2025-09-30", "2025-10-11", Late, "间隔 3 个工作日"},
		{twoWorkingDays, "2025-09-26", "2025-09-29", InTime, "间隔 2 个工作日"}, // Sunday 28 September 2025 worked
		// The Spring Festival, and a limit that ends in the next year.
		{twoWorkingDays, "2026-02-13", "2026-02-24", InTime, "间隔 2 个工作日"}, // Saturday 14 February worked
		{twoWorkingDays, "2026-02-13", "2026-02-25", Late, "间隔 3 个工作日"},
		{twoWorkingDays, "2025-01-26", "2025-02-05", InTime, "间隔 2 个工作日"},
		{twoWorkingDays, "2025-01-26", "2025-02-06", Late, "间隔 3 个工作日"},
		{twoWorkingDays, "2025-12-31", "2026-01-05", InTime, "间隔 2 个工作日"}, // Sunday 4 January worked
		{twoWorkingDays, "2025-12-31", "2026-01-06", Late, "间隔 3 个工作日"},
		{twoWorkingDays, "2026-12-31", "2027-01-04", Unjudged, "还没有 2027 年的节假日安排"},
		{twoWorkingDays, "2026-12-31", "2026-12-31", InTime, "间隔 0 个工作日"},

		{aDay, "2026-08-07 16:30", "2026-08-08 16:30", InTime, "间隔 24 小时"},
		{aDay, "2026-08-07 16:30", "2026-08-08 16:31", Late, "间隔 24 小时 1 分"},
		{aDay, "2026-04-30 16:30", "2026-05-06 09:00", Late, "间隔 136 小时 30 分"}, // hours know no holiday
		{aDay, "2026-08-07", "2026-08-07", InTime, "间隔约 23 小时"},
		{aDay, "2026-08-07", "2026-08-08 09:00", Unjudged, "请写明收受和上交是几点"},
		{aDay, "2026-08-07", "2026-08-09", Late, "超过规定的 24 小时"},
		{twoDays, "2026-08-07", "2026-08-08", InTime, "在规定的 48 小时内"},
		{twoDays, "2026-08-07 10:00", "2026-08-09 10:01", Late, "间隔 48 小时 1 分"},

		{threeDays, "2026-08-07 16:30", "2026-08-10 23:00", InTime, "间隔 3 日"},
		{threeDays, "2026-08-07 16:30", "2026-08-11 00:00", Late, "间隔 4 日"},
		{threeDays, "2026-02-28", "2026-03-03", InTime, "间隔 3 日"},

		{aDay, "", "2026-08-11", Unjudged, "收受时间不明"},
		{aDay, "2026-08-12", "2026-08-11", Unjudged, "早于收受"},
		{aDay, "不知", "2026-08-11", Unjudged, "时间有误"},
	} {
		got, text := x.rule.Judge(x.received, x.handed, c)
		if got != x.want || !strings.Contains(text, x.gap) {
			t.Errorf("%s: received %s, handed in %s: %s, %s; want %s, %s", x.rule.Text(), x.received, x.handed, got, text, x.want, x.gap)
		}
	}
	rule := HandoverRule{Limit: 2, Unit: WorkingDays, Document: "《红包上交规定》第四条"}
	if _, text := rule.Judge("2026-08-07", "2026-08-10", c); text != "间隔 1 个工作日，在规定的 2 个工作日内（《红包上交规定》第四条）" {
		t.Error(text)
	}
}

// Handing in later never makes anybody less late.
func TestJudgeIsMonotone(t *testing.T) {
	c := calendar(t)
	start, _, _ := day.Moment("2025-01-01").Bounds()
	rapid.Check(t, func(t *rapid.T) {
		rule := HandoverRule{Limit: rapid.IntRange(1, 72).Draw(t, "limit"), Unit: rapid.SampledFrom(HandoverUnits).Draw(t, "unit")}
		at := func(name string, from time.Time) (day.Moment, time.Time) {
			when := from.Add(time.Duration(rapid.IntRange(0, 60*24*20).Draw(t, name)) * time.Minute)
			return day.MomentOf(when), when
		}
		received, when := at("received", start.AddDate(0, 0, rapid.IntRange(0, 640).Draw(t, "day")))
		first, when := at("first", when)
		second, _ := at("second", when)
		one, _ := rule.Judge(received, first, c)
		two, _ := rule.Judge(received, second, c)
		if one == Unjudged || two == Unjudged || one == Late && two == InTime {
			t.Fatalf("%s: %s then %s is %s, %s is %s", rule.Text(), received, first, one, second, two)
		}
	})
}
