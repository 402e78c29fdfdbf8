package model

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"qingfeng/assets"
	"qingfeng/model/day"
	"qingfeng/model/workday"
)

// The working days that the wanted dates below were counted on are written out
// by hand in the tests of model/workday, which compare them with these tables.
func calendar(t testing.TB) *workday.Calendar {
	t.Helper()
	tables, err := assets.New("").Holidays()
	if err != nil {
		t.Fatal(err)
	}
	c, err := NewCalendar(tables)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// brief writes an occurrence as “period due”, with “opens..due” for a window,
// “!” behind a day off and the year without a table instead of a due day.
func (o Occurrence) brief() string {
	due := string(o.Due)
	if o.Opens != "" {
		due = string(o.Opens) + ".." + due
	}
	if o.Holiday {
		due += "!"
	}
	if o.Problem != "" {
		year, _, _ := strings.Cut(strings.TrimPrefix(o.Problem, "还没有 "), " ")
		due += "no " + year
	}
	return o.Period + " " + due
}

func TestOccurrences(t *testing.T) {
	c := calendar(t)
	for _, x := range []struct {
		name     string
		rule     DeadlineRule
		from, to day.Date
		want     []string
	}{
		{"once on a Saturday", DeadlineRule{Every: Once, Date: "2026-08-15"}, "2026-07-01", "2026-12-31", []string{"2026-08-15 2026-08-15!"}},
		{"once, earlier", DeadlineRule{Every: Once, Date: "2026-08-15", Roll: RollBefore}, "2026-08-15", "2026-08-15", []string{"2026-08-15 2026-08-14"}},
		{"once, later", DeadlineRule{Every: Once, Date: "2026-08-15", Roll: RollAfter}, "2026-08-15", "2026-08-15", []string{"2026-08-15 2026-08-17"}},
		{"once on a Saturday worked", DeadlineRule{Every: Once, Date: "2026-02-14"}, "2026-01-01", "2026-12-31", []string{"2026-02-14 2026-02-14"}},
		{"once, before the campaign", DeadlineRule{Every: Once, Date: "2026-08-15"}, "2026-08-16", "2026-12-31", nil},
		{"once, after the campaign", DeadlineRule{Every: Once, Date: "2026-08-15"}, "2026-01-01", "2026-08-14", nil},
		{"once on New Year, earlier into a year without table", DeadlineRule{Every: Once, Date: "2025-01-01", Roll: RollBefore}, "2025-01-01", "2025-12-31", []string{"2025-01-01 no 2024"}},
		{"once on New Year, earlier", DeadlineRule{Every: Once, Date: "2026-01-01", Roll: RollBefore}, "2026-01-01", "2026-12-31", []string{"2026-01-01 2025-12-31"}},
		{"once on New Year, later to a Sunday worked", DeadlineRule{Every: Once, Date: "2026-01-01", Roll: RollAfter}, "2026-01-01", "2026-12-31", []string{"2026-01-01 2026-01-04"}},

		{"Fridays over the Spring Festival", DeadlineRule{Every: Weekly, Day: 5}, "2026-02-06", "2026-02-27",
			[]string{"2026-W06 2026-02-06", "2026-W07 2026-02-13", "2026-W08 2026-02-20!", "2026-W09 2026-02-27"}},
		{"Fridays, earlier", DeadlineRule{Every: Weekly, Day: 5, Roll: RollBefore}, "2026-02-07", "2026-02-26",
			[]string{"2026-W07 2026-02-13", "2026-W08 2026-02-14"}},
		{"Fridays, later", DeadlineRule{Every: Weekly, Day: 5, Roll: RollAfter}, "2026-02-14", "2026-02-22",
			[]string{"2026-W08 2026-02-24"}},
		{"Wednesdays in October 2025: two fall on one day", DeadlineRule{Every: Weekly, Day: 3, Roll: RollAfter}, "2025-10-01", "2025-10-15",
			[]string{"2025-W40 2025-10-09", "2025-W41 2025-10-09", "2025-W42 2025-10-15"}},
		{"Saturdays worked", DeadlineRule{Every: Weekly, Day: 6}, "2026-02-01", "2026-02-28",
			[]string{"2026-W06 2026-02-07!", "2026-W07 2026-02-14", "2026-W08 2026-02-21!", "2026-W09 2026-02-28"}},
		{"a Sunday worked in January", DeadlineRule{Every: Weekly, Day: 7}, "2025-01-19", "2025-02-02",
			[]string{"2025-W03 2025-01-19!", "2025-W04 2025-01-26", "2025-W05 2025-02-02!"}},
		{"a Sunday worked in September", DeadlineRule{Every: Weekly, Day: 7}, "2025-09-22", "2025-09-28", []string{"2025-W39 2025-09-28"}},
		{"Mondays over the years' end", DeadlineRule{Every: Weekly, Day: 1}, "2025-12-22", "2026-01-05",
			[]string{"2025-W52 2025-12-22", "2026-W01 2025-12-29", "2026-W02 2026-01-05"}},
		{"a Monday of week 1 in the year before", DeadlineRule{Every: Weekly, Day: 1}, "2024-12-30", "2025-01-05", []string{"2025-W01 2024-12-30"}},
		{"a Friday of week 53 in the year after", DeadlineRule{Every: Weekly, Day: 5}, "2027-01-01", "2027-01-07", []string{"2026-W53 2027-01-01"}},

		{"by the 10th, 2025, earlier", DeadlineRule{Every: Monthly, Day: 10, Roll: RollBefore}, "2025-01-01", "2025-12-31", []string{
			"2025-01 2025-01-10", "2025-02 2025-02-10", "2025-03 2025-03-10", "2025-04 2025-04-10", "2025-05 2025-05-09", "2025-06 2025-06-10",
			"2025-07 2025-07-10", "2025-08 2025-08-08", "2025-09 2025-09-10", "2025-10 2025-10-10", "2025-11 2025-11-10", "2025-12 2025-12-10"}},
		{"by the 10th, 2026, earlier", DeadlineRule{Every: Monthly, Day: 10, Roll: RollBefore}, "2026-01-01", "2026-12-31", []string{
			"2026-01 2026-01-09", "2026-02 2026-02-10", "2026-03 2026-03-10", "2026-04 2026-04-10", "2026-05 2026-05-09", "2026-06 2026-06-10",
			"2026-07 2026-07-10", "2026-08 2026-08-10", "2026-09 2026-09-10", "2026-10 2026-10-10", "2026-11 2026-11-10", "2026-12 2026-12-10"}},
		{"by the 10th, later", DeadlineRule{Every: Monthly, Day: 10, Roll: RollAfter}, "2026-01-10", "2026-05-10", []string{
			"2026-01 2026-01-12", "2026-02 2026-02-10", "2026-03 2026-03-10", "2026-04 2026-04-10", "2026-05 2026-05-11"}},
		{"by the 10th, days off shown", DeadlineRule{Every: Monthly, Day: 10}, "2026-04-11", "2026-10-31", []string{
			"2026-05 2026-05-10!", "2026-06 2026-06-10", "2026-07 2026-07-10", "2026-08 2026-08-10", "2026-09 2026-09-10", "2026-10 2026-10-10"}},
		{"rolled out of the campaign", DeadlineRule{Every: Monthly, Day: 10, Roll: RollBefore}, "2026-05-10", "2026-05-31", []string{"2026-05 2026-05-09"}},
		{"stated before the campaign", DeadlineRule{Every: Monthly, Day: 10, Roll: RollAfter}, "2026-05-11", "2026-05-31", nil},
		{"month's end", DeadlineRule{Every: Monthly, Day: 31}, "2026-01-01", "2026-12-31", []string{
			"2026-01 2026-01-31!", "2026-02 2026-02-28", "2026-03 2026-03-31", "2026-04 2026-04-30", "2026-05 2026-05-31!", "2026-06 2026-06-30",
			"2026-07 2026-07-31", "2026-08 2026-08-31", "2026-09 2026-09-30", "2026-10 2026-10-31!", "2026-11 2026-11-30", "2026-12 2026-12-31"}},
		{"the 30th of a leap February", DeadlineRule{Every: Monthly, Day: 30}, "2024-02-01", "2024-03-31", []string{"2024-02 2024-02-29", "2024-03 2024-03-30"}},
		{"a month that begins in the middle", DeadlineRule{Every: Monthly, Day: 31}, "2026-01-31", "2026-02-27", []string{"2026-01 2026-01-31!"}},

		{"monthly within 5 working days, 2026", DeadlineRule{Every: Monthly, WorkingDays: 5}, "2026-01-31", "2026-12-01", []string{
			"2026-01 2026-02-02..2026-02-06", "2026-02 2026-03-02..2026-03-06", "2026-03 2026-04-01..2026-04-08", "2026-04 2026-05-06..2026-05-11",
			"2026-05 2026-06-01..2026-06-05", "2026-06 2026-07-01..2026-07-07", "2026-07 2026-08-03..2026-08-07", "2026-08 2026-09-01..2026-09-07",
			"2026-09 2026-10-08..2026-10-13", "2026-10 2026-11-02..2026-11-06", "2026-11 2026-12-01..2026-12-07", "2026-12 no 2027"}},
		{"monthly the last 5 working days, 2026", DeadlineRule{Every: Monthly, WorkingDays: 5, Before: true}, "2026-01-01", "2026-12-31", []string{
			"2026-01 2026-01-26..2026-01-30", "2026-02 2026-02-24..2026-02-28", "2026-03 2026-03-25..2026-03-31", "2026-04 2026-04-24..2026-04-30",
			"2026-05 2026-05-25..2026-05-29", "2026-06 2026-06-24..2026-06-30", "2026-07 2026-07-27..2026-07-31", "2026-08 2026-08-25..2026-08-31",
			"2026-09 2026-09-23..2026-09-30", "2026-10 2026-10-26..2026-10-30", "2026-11 2026-11-24..2026-11-30", "2026-12 2026-12-25..2026-12-31"}},
		{"the last working day", DeadlineRule{Every: Monthly, WorkingDays: 1, Before: true}, "2025-01-01", "2025-02-28", []string{
			"2025-01 2025-01-27..2025-01-27", "2025-02 2025-02-28..2025-02-28"}},
		{"the last days lie outside the campaign", DeadlineRule{Every: Monthly, WorkingDays: 5, Before: true}, "2026-01-31", "2026-02-27", nil},
		{"the last days end with the campaign", DeadlineRule{Every: Monthly, WorkingDays: 5, Before: true}, "2026-01-31", "2026-02-28", []string{"2026-02 2026-02-24..2026-02-28"}},

		{"quarterly within 5 working days after", DeadlineRule{Every: Quarterly, WorkingDays: 5}, "2025-01-01", "2026-12-31", []string{
			"2025Q1 2025-04-01..2025-04-08", "2025Q2 2025-07-01..2025-07-07", "2025Q3 2025-10-09..2025-10-14", "2025Q4 2026-01-04..2026-01-08",
			"2026Q1 2026-04-01..2026-04-08", "2026Q2 2026-07-01..2026-07-07", "2026Q3 2026-10-08..2026-10-13", "2026Q4 no 2027"}},
		{"quarterly the last 5 working days", DeadlineRule{Every: Quarterly, WorkingDays: 5, Before: true}, "2025-01-01", "2026-12-31", []string{
			"2025Q1 2025-03-25..2025-03-31", "2025Q2 2025-06-24..2025-06-30", "2025Q3 2025-09-25..2025-09-30", "2025Q4 2025-12-25..2025-12-31",
			"2026Q1 2026-03-25..2026-03-31", "2026Q2 2026-06-24..2026-06-30", "2026Q3 2026-09-23..2026-09-30", "2026Q4 2026-12-25..2026-12-31"}},
		{"quarterly on a day, later", DeadlineRule{Every: Quarterly, Month: 3, Day: 20, Roll: RollAfter}, "2026-01-01", "2026-12-31", []string{
			"2026Q1 2026-03-20", "2026Q2 2026-06-22", "2026Q3 2026-09-20", "2026Q4 2026-12-21"}},
		{"end of a quarter's second month", DeadlineRule{Every: Quarterly, Month: 2, Day: 31}, "2025-02-01", "2025-11-30", []string{
			"2025Q1 2025-02-28", "2025Q2 2025-05-31!", "2025Q3 2025-08-31!", "2025Q4 2025-11-30!"}},
		{"first day of a quarter", DeadlineRule{Every: Quarterly, Month: 1, Day: 1, Roll: RollBefore}, "2025-04-01", "2026-01-01", []string{
			"2025Q2 2025-04-01", "2025Q3 2025-07-01", "2025Q4 2025-09-30", "2026Q1 2025-12-31"}},

		{"yearly by 15 December", DeadlineRule{Every: Yearly, Month: 12, Day: 15}, "2025-12-15", "2026-12-15", []string{"2025 2025-12-15", "2026 2026-12-15"}},
		{"1 May, earlier", DeadlineRule{Every: Yearly, Month: 5, Day: 1, Roll: RollBefore}, "2025-01-01", "2026-12-31", []string{"2025 2025-04-30", "2026 2026-04-30"}},
		{"1 May, later", DeadlineRule{Every: Yearly, Month: 5, Day: 1, Roll: RollAfter}, "2025-01-01", "2026-12-31", []string{"2025 2025-05-06", "2026 2026-05-06"}},
		{"1 October, later", DeadlineRule{Every: Yearly, Month: 10, Day: 1, Roll: RollAfter}, "2025-01-01", "2026-12-31", []string{"2025 2025-10-09", "2026 2026-10-08"}},
		{"end of February", DeadlineRule{Every: Yearly, Month: 2, Day: 29}, "2023-01-01", "2026-12-31", []string{
			"2023 2023-02-28", "2024 2024-02-29", "2025 2025-02-28", "2026 2026-02-28"}},
		{"yearly within 10 working days after", DeadlineRule{Every: Yearly, WorkingDays: 10}, "2025-06-01", "2025-06-30", []string{"2025 2026-01-04..2026-01-15"}},
		{"yearly the last 10 working days", DeadlineRule{Every: Yearly, WorkingDays: 10, Before: true}, "2025-06-01", "2025-12-31", []string{"2025 2025-12-18..2025-12-31"}},

		{"four years without tables", DeadlineRule{Every: Yearly, Month: 12, Day: 25}, "2021-01-01", "2024-12-31", []string{
			"2021 2021-12-25", "2022 2022-12-25", "2023 2023-12-25", "2024 2024-12-25"}},
		{"four years without tables, rolled", DeadlineRule{Every: Yearly, Month: 12, Day: 25, Roll: RollAfter}, "2023-06-01", "2025-12-31", []string{
			"2023 no 2023", "2024 no 2024", "2025 2025-12-25"}},
		{"the table of the next year is enough", DeadlineRule{Every: Quarterly, WorkingDays: 5}, "2024-07-01", "2024-12-31", []string{
			"2024Q3 no 2024", "2024Q4 2025-01-02..2025-01-08"}},
		{"last days of a year without table", DeadlineRule{Every: Quarterly, WorkingDays: 5, Before: true}, "2026-12-01", "2027-01-31", []string{
			"2026Q4 2026-12-25..2026-12-31", "2027Q1 no 2027"}},

		{"a campaign that ends before it starts", DeadlineRule{Every: Monthly, Day: 10}, "2026-12-31", "2026-01-01", nil},
		{"a campaign without an end", DeadlineRule{Every: Monthly, Day: 10}, "2026-12-31", "", nil},
		{"a wrong rule", DeadlineRule{Every: Monthly}, "2026-01-01", "2026-12-31", nil},
	} {
		var got []string
		for _, o := range x.rule.Occurrences(c, x.from, x.to) {
			got = append(got, o.brief())
		}
		if !slices.Equal(got, x.want) {
			t.Errorf("%s (%s):\n got %q\nwant %q", x.name, x.rule, got, x.want)
		}
	}
	// Only rolling and counting need a table.
	if got := (DeadlineRule{Every: Monthly, Day: 10}).Occurrences(new(workday.Calendar), "2021-01-01", "2024-12-31"); len(got) != 48 || got[47].brief() != "2024-12 2024-12-10" {
		t.Error(got)
	}
}

func TestDeadlineRuleString(t *testing.T) {
	for want, r := range map[string]DeadlineRule{
		"2026年8月15日前":         {Every: Once, Date: "2026-08-15"},
		"2026年8月15日前（遇休息日提前）": {Every: Once, Date: "2026-08-15", Roll: RollBefore},
		"每周五前":                {Every: Weekly, Day: 5},
		"每周日前":                {Every: Weekly, Day: 7},
		"每月10日前（遇休息日提前）":      {Every: Monthly, Day: 10, Roll: RollBefore},
		"每月25日前（遇休息日顺延）":      {Every: Monthly, Day: 25, Roll: RollAfter},
		"每月30日前":              {Every: Monthly, Day: 30},
		"每月底前":                {Every: Monthly, Day: 31},
		"每季度首月10日前":           {Every: Quarterly, Month: 1, Day: 10},
		"每季度第二个月底前":           {Every: Quarterly, Month: 2, Day: 31},
		"每季度末月20日前":           {Every: Quarterly, Month: 3, Day: 20},
		"每年12月15日前":           {Every: Yearly, Month: 12, Day: 15},
		"每年2月28日前":            {Every: Yearly, Month: 2, Day: 28},
		"每年2月底前":              {Every: Yearly, Month: 2, Day: 30},
		"每年12月底前":             {Every: Yearly, Month: 12, Day: 31},
		"每月结束后3个工作日内":         {Every: Monthly, WorkingDays: 3},
		"每月最后3个工作日内":          {Every: Monthly, WorkingDays: 3, Before: true},
		"每季度结束后5个工作日内":        {Every: Quarterly, WorkingDays: 5},
		"每季度末月最后5个工作日内":       {Every: Quarterly, WorkingDays: 5, Before: true},
		"每年结束后10个工作日内":        {Every: Yearly, WorkingDays: 10},
	} {
		if got := r.String(); got != want {
			t.Errorf("%+v: %s, want %s", r, got, want)
		}
		if errs := r.Validate(); errs != nil {
			t.Errorf("%s: %v", want, errs)
		}
	}
	for i, want := range []string{"一次", "每周", "每月", "每季度", "每年"} {
		if got := Frequencies[i].Label(); got != want {
			t.Errorf("%s: %s, want %s", Frequencies[i], got, want)
		}
	}
	for i, want := range []string{"不变", "提前", "顺延"} {
		if got := Rolls[i].Label(); got != want {
			t.Errorf("%s: %s, want %s", Rolls[i], got, want)
		}
	}
}

func TestWrongDeadlineRules(t *testing.T) {
	for _, x := range []struct {
		rule   DeadlineRule
		fields string
	}{
		{DeadlineRule{}, "Every"},
		{DeadlineRule{Every: "daily", Day: 99}, "Every"},
		{DeadlineRule{Every: Once}, "Date"},
		{DeadlineRule{Every: Once, Date: "2026-02-29"}, "Date"},
		{DeadlineRule{Every: Once, Date: "2026-08-15", Day: 15, Month: 8}, "Month Day"},
		{DeadlineRule{Every: Once, Date: "2026-08-15", WorkingDays: 5}, "WorkingDays"},
		{DeadlineRule{Every: Weekly}, "Day"},
		{DeadlineRule{Every: Weekly, Day: 8}, "Day"},
		{DeadlineRule{Every: Weekly, Day: 1, Month: 1, Date: "2026-08-15"}, "Date Month"},
		{DeadlineRule{Every: Weekly, WorkingDays: 2}, "WorkingDays"},
		{DeadlineRule{Every: Monthly}, "Day"},
		{DeadlineRule{Every: Monthly, Day: 32}, "Day"},
		{DeadlineRule{Every: Monthly, Day: -1}, "Day"},
		{DeadlineRule{Every: Monthly, Day: 10, WorkingDays: 5}, "Day"},
		{DeadlineRule{Every: Monthly, WorkingDays: -5}, "WorkingDays"},
		{DeadlineRule{Every: Monthly, WorkingDays: 11}, "WorkingDays"},
		{DeadlineRule{Every: Monthly, WorkingDays: 5, Roll: RollAfter}, "Roll"},
		{DeadlineRule{Every: Monthly, Day: 10, Before: true}, "WorkingDays"},
		{DeadlineRule{Every: Monthly, Day: 10, Roll: "never"}, "Roll"},
		{DeadlineRule{Every: Quarterly, Day: 10}, "Month"},
		{DeadlineRule{Every: Quarterly, Month: 4, Day: 10}, "Month"},
		{DeadlineRule{Every: Quarterly, Month: 1, WorkingDays: 5}, "Month"},
		{DeadlineRule{Every: Yearly}, "Month Day"},
		{DeadlineRule{Every: Yearly, Month: 13, Day: 1}, "Month"},
	} {
		var got []string
		for _, e := range x.rule.Validate() {
			got = append(got, e.Field)
			if e.Label == "" || e.Message == "" {
				t.Errorf("%+v: %+v", x.rule, e)
			}
		}
		if fields := strings.Join(got, " "); fields != x.fields {
			t.Errorf("%+v: %q, want %q", x.rule, fields, x.fields)
		}
	}
}

var anyRule = rapid.Custom(func(t *rapid.T) DeadlineRule {
	r := DeadlineRule{Every: rapid.SampledFrom(Frequencies).Draw(t, "every")}
	most := assets.DeadlineLimits[string(r.Every)]
	if most.WorkingDays > 0 && rapid.Bool().Draw(t, "working days") {
		r.WorkingDays = rapid.IntRange(1, most.WorkingDays).Draw(t, "n")
		r.Before = rapid.Bool().Draw(t, "before")
		return r
	}
	r.Roll = rapid.SampledFrom(Rolls).Draw(t, "roll")
	if r.Every == Once {
		r.Date = anyDate.Draw(t, "date")
	}
	if most.Month > 0 {
		r.Month = rapid.IntRange(1, most.Month).Draw(t, "month")
	}
	if most.Day > 0 {
		r.Day = rapid.IntRange(1, most.Day).Draw(t, "day")
	}
	return r
})

// anyDate lies in 2024 to 2027; only the middle two years have a table.
var anyDate = rapid.Custom(func(t *rapid.T) day.Date {
	return day.Of(time.Date(2024, 1, 1+rapid.IntRange(0, 4*365).Draw(t, "days"), 0, 0, 0, 0, time.UTC))
})

// states reports whether a rule with a day names d, told from d alone.
func (r DeadlineRule) states(d time.Time) bool {
	lastOfMonth := d.AddDate(0, 0, 1).Day() == 1
	dayFits := d.Day() == r.Day || lastOfMonth && d.Day() < r.Day
	switch r.Every {
	case Once:
		return day.Of(d) == r.Date
	case Weekly:
		return int(d.Weekday()) == r.Day%7
	case Monthly:
		return dayFits
	case Quarterly:
		return dayFits && (int(d.Month())-r.Month)%3 == 0
	}
	return dayFits && int(d.Month()) == r.Month
}

func TestAnyDeadlineRule(t *testing.T) {
	c := calendar(t)
	rapid.Check(t, func(t *rapid.T) {
		r, from, to := anyRule.Draw(t, "rule"), anyDate.Draw(t, "from"), anyDate.Draw(t, "to")
		if errs := r.Validate(); errs != nil {
			t.Fatalf("%+v: %v", r, errs)
		}
		found := r.Occurrences(c, from, to)
		seen := map[string]bool{}
		var last day.Date
		for _, o := range found {
			if seen[o.Period] {
				t.Fatalf("%s: %s comes twice", r, o.Period)
			}
			seen[o.Period] = true
			if (o.Due == "") != (o.Problem != "") || o.Due == "" && (o.Opens != "" || o.Holiday) || o.Due != "" && !o.Due.Valid() {
				t.Fatalf("%s: %+v", r, o)
			}
			if o.Due == "" {
				if o.Problem != workday.NoTable(2024).Error() && o.Problem != workday.NoTable(2027).Error() && o.Problem != workday.NoTable(2028).Error() {
					t.Fatalf("%s: %s", r, o.Problem)
				}
				continue
			}
			if o.Due < last {
				t.Fatalf("%s: %s comes after %s", r, o.Due, last)
			}
			last = o.Due
			worked, err := c.IsWorkday(o.Due)
			if r.WorkingDays > 0 || r.Roll != NoRoll {
				if err != nil || !worked {
					t.Fatalf("%s: %s is no working day (%v)", r, o.Due, err)
				}
			} else if o.Holiday != (err == nil && !worked) || o.Problem != "" {
				t.Fatalf("%s: %+v", r, o)
			}
			if r.WorkingDays > 0 {
				checkWindow(t, c, r, o)
			}
			if r.Before && (o.Due < from || o.Due > to) {
				t.Fatalf("%s: %s lies outside the campaign", r, o.Due)
			}
		}
		if r.WorkingDays == 0 {
			named := 0
			for d := from.Time(); !d.After(to.Time()); d = d.AddDate(0, 0, 1) {
				if r.states(d) {
					named++
				}
			}
			if named != len(found) {
				t.Fatalf("%s from %s to %s: %d times, want %d", r, from, to, len(found), named)
			}
		}
	})
}

// checkWindow counts a window of working days the other way round.
func checkWindow(t *rapid.T, c *workday.Calendar, r DeadlineRule, o Occurrence) {
	eve := day.Of(o.Opens.Time().AddDate(0, 0, -1))
	if n, err := c.Count(eve, o.Due); err != nil || n != r.WorkingDays {
		t.Fatalf("%s: %+v has %d working days (%v)", r, o, n, err)
	}
	if worked, err := c.IsWorkday(o.Opens); err != nil || !worked {
		t.Fatalf("%s: opens on %s", r, o.Opens)
	}
	opens, due := r.Every.period(o.Opens.Time()).name, r.Every.period(o.Due.Time()).name
	if opens != due || (due == o.Period) != r.Before {
		t.Fatalf("%s: %+v lies in %s and %s", r, o, opens, due)
	}
}

func ExampleDeadlineRule_Occurrences() {
	c, _ := NewCalendar([]assets.HolidayTable{{
		Year: 2026,
		Off:  [][2]string{{"2026-05-01", "2026-05-05"}},
		Work: []string{"2026-05-09"},
	}})
	r := DeadlineRule{Every: Monthly, Day: 10, Roll: RollBefore}
	for _, o := range r.Occurrences(c, "2026-05-01", "2026-06-30") {
		fmt.Println(r, o.Period, o.Due)
	}
	// Output:
	// 每月10日前（遇休息日提前） 2026-05 2026-05-09
	// 每月10日前（遇休息日提前） 2026-06 2026-06-10
}
