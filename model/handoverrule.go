package model

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"qingfeng/model/day"
	"qingfeng/model/workday"
)

// HandoverUnit is the unit of the hospital's hand-over limit.
type HandoverUnit string

// The units of a hand-over limit.
const (
	Hours       HandoverUnit = "小时"
	WorkingDays HandoverUnit = "个工作日"
	Days        HandoverUnit = "日"
)

// HandoverUnits in the order in which the form offers them.
var HandoverUnits = []HandoverUnit{Hours, WorkingDays, Days}

// HandoverRule is within which time the hospital wants a red envelope that
// could not be refused to be handed in: 24 or 48 hours, 2 or 3 working days,
// 3 days, as its own document has it.
type HandoverRule struct {
	Limit    int
	Unit     HandoverUnit
	Document string   // 依据, such as 《红包上交规定》第四条
	FromOn   day.Date // in force for what was received on this day or later; "" for ever
}

// Text is the limit as sentences have it, such as “2 个工作日”.
func (r HandoverRule) Text() string { return fmt.Sprintf("%d %s", r.Limit, r.Unit) }

func (r HandoverRule) check(errs *FieldErrors) {
	if r.Limit < 1 || r.Limit > 365 {
		errs.add("HandoverLimit", "上交时限", "应为 1 到 365")
	}
	if !contains(HandoverUnits, r.Unit) {
		errs.add("HandoverUnit", "上交时限", "单位只能是小时、个工作日、日")
	}
	errs.text("HandoverDocument", "时限依据", r.Document, MaxShort, false)
	errs.date("HandoverFrom", "时限施行日期", r.FromOn, false)
}

// Timeliness says whether a handover came in time.
type Timeliness string

// The values of [Timeliness].
const (
	InTime   Timeliness = "按时"
	Late     Timeliness = "逾期"
	Unjudged Timeliness = "未判" // something that decides it is not known
)

// TimelinessValues in the order in which filters offer them.
var TimelinessValues = []Timeliness{InTime, Late, Unjudged}

// Judge says whether what was received at one moment and handed in at another
// kept the rule, and why. Hours count by the clock. Days and working days count
// from the day after the receipt, as limits in days do (民法典 201 条), so a limit
// of one working day ends with the next day that is worked. A moment without
// its hour is judged only when every hour of its day gives the same answer; a
// year without a holiday table is never judged by plain weekdays.
func (r HandoverRule) Judge(received, handed day.Moment, calendar *workday.Calendar) (Timeliness, string) {
	switch {
	case received == "":
		return Unjudged, "收受时间不明，不能判断是否逾期"
	case !received.Valid() || !handed.Valid():
		return Unjudged, "时间有误，不能判断是否逾期"
	case received.After(handed):
		return Unjudged, "上交早于收受，请核对"
	}
	switch r.Unit {
	case Hours:
		return r.judgeHours(received, handed)
	case WorkingDays:
		gap, err := calendar.Count(received.Date(), handed.Date())
		if err != nil {
			return Unjudged, why(err)
		}
		return r.verdict(gap <= r.Limit, fmt.Sprintf("间隔 %d 个工作日", gap))
	}
	gap := received.Date().DaysTo(handed.Date())
	return r.verdict(gap <= r.Limit, fmt.Sprintf("间隔 %d 日", gap))
}

func (r HandoverRule) judgeHours(received, handed day.Moment) (Timeliness, string) {
	from, fromLast, _ := received.Bounds()
	to, toLast, _ := handed.Bounds()
	most, least := toLast.Sub(from), max(to.Sub(fromLast), 0)
	limit := time.Duration(r.Limit) * time.Hour
	switch {
	case most <= limit:
		return r.verdict(true, "间隔"+hoursText(most, most == least))
	case least > limit:
		return r.verdict(false, "间隔"+hoursText(least, most == least))
	}
	return Unjudged, "时限是 " + r.Text() + "，请写明收受和上交是几点"
}

// hoursText is a gap in words; only an exact one is told to the minute.
func hoursText(gap time.Duration, exact bool) string {
	hours, minutes := int(gap.Hours()), int(gap.Minutes())%60
	switch {
	case !exact:
		return "约 " + fmt.Sprint(hours) + " 小时"
	case minutes == 0:
		return fmt.Sprintf(" %d 小时", hours)
	}
	return fmt.Sprintf(" %d 小时 %d 分", hours, minutes)
}

func (r HandoverRule) verdict(kept bool, gap string) (Timeliness, string) {
	document := ""
	if r.Document != "" {
		document = "（" + r.Document + "）"
	}
	if kept {
		return InTime, gap + "，在规定的 " + r.Text() + "内" + document
	}
	return Late, gap + "，超过规定的 " + r.Text() + document
}

// why is the sentence of a missing holiday table, shortened to what a form has
// room for.
func why(err error) string {
	if year, ok := errors.AsType[workday.NoTable](err); ok {
		return fmt.Sprintf("还没有 %d 年的节假日安排，不能判断是否逾期", int(year))
	}
	return strings.TrimSpace(err.Error())
}
