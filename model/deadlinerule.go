package model

import (
	"fmt"
	"time"

	"qingfeng/assets"
	"qingfeng/model/day"
	"qingfeng/model/workday"
)

// Frequency is how often a deadline comes.
type Frequency string

// The frequencies of a deadline.
const (
	Once      Frequency = "once"
	Weekly    Frequency = "weekly"
	Monthly   Frequency = "monthly"
	Quarterly Frequency = "quarterly"
	Yearly    Frequency = "yearly"
)

// Frequencies in the order in which a form offers them.
var Frequencies = []Frequency{Once, Weekly, Monthly, Quarterly, Yearly}

// Label is the frequency's word on screen and paper.
func (f Frequency) Label() string {
	switch f {
	case Once:
		return "一次"
	case Weekly:
		return "每周"
	case Monthly:
		return "每月"
	case Quarterly:
		return "每季度"
	case Yearly:
		return "每年"
	}
	return string(f)
}

// Roll is what becomes of a deadline that falls on a day off.
type Roll string

// The ways a deadline rolls.
const (
	NoRoll     Roll = ""       // the day stands
	RollBefore Roll = "before" // to the last working day before
	RollAfter  Roll = "after"  // to the next working day
)

// Rolls in the order in which a form offers them.
var Rolls = []Roll{NoRoll, RollBefore, RollAfter}

// Label is the word of the screen for what becomes of the day.
func (r Roll) Label() string {
	switch r {
	case NoRoll:
		return "不变"
	case RollBefore:
		return "提前"
	case RollAfter:
		return "顺延"
	}
	return string(r)
}

// DeadlineRule says when something of a campaign is due, once or again and
// again: on a stated day, or within some working days of a period's end.
type DeadlineRule struct {
	Every       Frequency
	Date        day.Date // once: the day
	Month       int      // yearly: 1–12; quarterly: month of the quarter, 1–3
	Day         int      // weekly: 1 Monday … 7 Sunday; else day of the month, in shorter months their last day
	WorkingDays int      // > 0: within so many working days of the period's end instead of a day (monthly, quarterly, yearly)
	Before      bool     // the last WorkingDays of the period instead of the first after its end
	Roll        Roll     // for rules with a day
}

// Validate returns everything that keeps r from being stored, nil when it is
// fine. What the frequency does not use has to be empty.
func (r DeadlineRule) Validate() FieldErrors {
	var errs FieldErrors
	most, known := assets.DeadlineLimits[string(r.Every)]
	if !known {
		errs.add("Every", "周期", "请选择一次、每周、每月、每季度或每年")
		return errs
	}
	if r.Every == Once && !r.Date.Valid() {
		errs.add("Date", "日期", "请填写日期")
	} else if r.Every != Once && r.Date != "" {
		errs.add("Date", "日期", "只有一次的时限才填，请清空")
	}
	number := func(field, label string, n, highest int) {
		switch {
		case highest == 0 && n != 0:
			errs.add(field, label, "这种时限不用填，请清空")
		case highest > 0 && (n < 1 || n > highest):
			errs.add(field, label, fmt.Sprintf("请填 1 到 %d", highest))
		}
	}
	if r.WorkingDays != 0 {
		number("WorkingDays", "工作日数", r.WorkingDays, most.WorkingDays)
		most.Month, most.Day = 0, 0
	} else if r.Before {
		errs.add("WorkingDays", "工作日数", "请填写是最后几个工作日")
	}
	number("Month", "月份", r.Month, most.Month)
	number("Day", "日", r.Day, most.Day)
	switch {
	case r.Roll != NoRoll && r.Roll != RollBefore && r.Roll != RollAfter:
		errs.add("Roll", "遇休息日", "请选择不变、提前或顺延")
	case r.Roll != NoRoll && r.WorkingDays != 0:
		errs.add("Roll", "遇休息日", "按工作日数计算的时限总在工作日，请选择不变")
	}
	return errs
}

// String is the rule as a plan has it, such as 每月10日前（遇休息日提前）. As in
// official papers the day itself is still in time.
func (r DeadlineRule) String() string {
	text := r.Every.Label()
	if r.WorkingDays != 0 {
		if !r.Before {
			return fmt.Sprintf("%s结束后%d个工作日内", text, r.WorkingDays)
		}
		if r.Every == Quarterly {
			text += "末月"
		}
		return fmt.Sprintf("%s最后%d个工作日内", text, r.WorkingDays)
	}
	switch r.Every {
	case Once:
		text = r.Date.Chinese()
	case Weekly:
		text += nth(r.Day, "一", "二", "三", "四", "五", "六", "日")
	case Monthly:
		text += dayText(r.Day, 31)
	case Quarterly:
		text += nth(r.Month, "首月", "第二个月", "末月") + dayText(r.Day, 31)
	case Yearly:
		length := time.Date(2024, time.Month(r.Month)+1, 0, 0, 0, 0, 0, time.UTC).Day() // of a leap year
		text += fmt.Sprintf("%d月", r.Month) + dayText(r.Day, length)
	}
	text += "前"
	if r.Roll != NoRoll {
		text += "（遇休息日" + r.Roll.Label() + "）"
	}
	return text
}

func nth(n int, words ...string) string {
	if n < 1 || n > len(words) {
		return ""
	}
	return words[n-1]
}

// dayText names a day of a month that has at most length days.
func dayText(d, length int) string {
	if d >= length {
		return "底"
	}
	return fmt.Sprintf("%d日", d)
}

// Occurrence is one time that a deadline comes.
type Occurrence struct {
	Period  string   // identifies it for good: 2026-08-15 (once), 2026-W07 (ISO week), 2026-08, 2026Q3, 2026
	Opens   day.Date // first day of the window of a working-day rule, else ""
	Due     day.Date // last day in time, "" when it cannot be computed
	Holiday bool     // Due is a day off; false when the year has no table
	Problem string   // why there is no Due, a sentence for the office, or ""
}

// Occurrences returns in order the times that r comes in a campaign that runs
// from one day to another: with a day, those whose stated day lies in the
// campaign, wherever it rolls; with working days after a period, one for each
// period that the campaign touches; with the last working days of a period,
// those due in the campaign or with a [Occurrence.Problem]. A rule that does
// not validate never comes.
func (r DeadlineRule) Occurrences(c *workday.Calendar, from, to day.Date) []Occurrence {
	if r.Validate() != nil || !from.Valid() || !to.Valid() {
		return nil
	}
	inside := func(d day.Date) bool { return from <= d && d <= to }
	if r.Every == Once {
		if !inside(r.Date) {
			return nil
		}
		return []Occurrence{r.onDay(c, string(r.Date), r.Date)}
	}
	var out []Occurrence
	for p := r.Every.period(from.Time()); day.Of(p.first) <= to; p = r.Every.period(p.next) {
		if r.WorkingDays == 0 {
			if stated := r.stated(p); inside(stated) {
				out = append(out, r.onDay(c, p.name, stated))
			}
			continue
		}
		if o := r.byWorkingDays(c, p); !r.Before || o.Problem != "" || inside(o.Due) {
			out = append(out, o)
		}
	}
	return out
}

// period is a week, month, quarter or year; next is the first day of the one
// after it.
type period struct {
	name        string
	first, next time.Time
}

// period returns the one that the day t lies in.
func (f Frequency) period(t time.Time) period {
	year, month := t.Year(), t.Month()
	months := func(name string, first time.Month, n int) period {
		start := time.Date(year, first, 1, 0, 0, 0, 0, time.UTC)
		return period{name, start, start.AddDate(0, n, 0)}
	}
	switch f {
	case Weekly:
		monday := t.AddDate(0, 0, -((int(t.Weekday()) + 6) % 7))
		isoYear, week := t.ISOWeek()
		return period{fmt.Sprintf("%d-W%02d", isoYear, week), monday, monday.AddDate(0, 0, 7)}
	case Monthly:
		return months(t.Format("2006-01"), month, 1)
	case Quarterly:
		quarter := (month - 1) / 3
		return months(fmt.Sprintf("%dQ%d", year, quarter+1), 3*quarter+1, 3)
	default:
		return months(fmt.Sprint(year), time.January, 12)
	}
}

// stated is the day that r names in a period.
func (r DeadlineRule) stated(p period) day.Date {
	if r.Every == Weekly {
		return day.Of(p.first.AddDate(0, 0, r.Day-1))
	}
	month := p.first.AddDate(0, max(r.Month, 1)-1, 0)
	length := month.AddDate(0, 1, -1).Day()
	return day.Of(month.AddDate(0, 0, min(r.Day, length)-1))
}

func (r DeadlineRule) onDay(c *workday.Calendar, name string, d day.Date) Occurrence {
	o := Occurrence{Period: name, Due: d}
	var err error
	switch r.Roll {
	case RollBefore:
		o.Due, err = c.OnOrBefore(d)
	case RollAfter:
		o.Due, err = c.OnOrAfter(d)
	default:
		worked, unknown := c.IsWorkday(d)
		o.Holiday = unknown == nil && !worked
	}
	return o.unless(err)
}

func (r DeadlineRule) byWorkingDays(c *workday.Calendar, p period) Occurrence {
	o := Occurrence{Period: p.name}
	last := day.Of(p.next.AddDate(0, 0, -1))
	var err error
	if r.Before {
		if o.Due, err = c.OnOrBefore(last); err == nil {
			o.Opens, err = c.Add(o.Due, 1-r.WorkingDays)
		}
	} else if o.Opens, err = c.Add(last, 1); err == nil {
		o.Due, err = c.Add(last, r.WorkingDays)
	}
	return o.unless(err)
}

// unless returns o, or what is left of it when its days cannot be computed.
func (o Occurrence) unless(err error) Occurrence {
	if err == nil {
		return o
	}
	return Occurrence{Period: o.Period, Problem: err.Error()}
}

// NewCalendar makes the calendar of the tables in the office's assets.
func NewCalendar(tables []assets.HolidayTable) (*workday.Calendar, error) {
	out := make([]workday.Table, len(tables))
	for i, t := range tables {
		out[i].Year = t.Year
		for _, r := range t.Off {
			out[i].Off = append(out[i].Off, [2]day.Date{day.Date(r[0]), day.Date(r[1])})
		}
		for _, d := range t.Work {
			out[i].Work = append(out[i].Work, day.Date(d))
		}
	}
	return workday.New(out)
}
