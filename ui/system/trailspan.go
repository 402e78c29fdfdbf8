package system

import (
	"qingfeng/model/day"
	"qingfeng/ui/kit"
)

// Spans of days that end today, and all days.
const (
	spanToday = "今天"
	spanWeek  = "近7天"
	spanMonth = "近30天"
	spanYear  = "本年"
	spanAll   = "全部"
)

// spanStart is the first day of a span; "" for all days.
func spanStart(span string, today day.Date) day.Date {
	t := today.Time()
	switch span {
	case spanToday:
		return today
	case spanWeek:
		return day.Of(t.AddDate(0, 0, -6))
	case spanMonth:
		return day.Of(t.AddDate(0, 0, -29))
	case spanYear:
		return day.Of(t.AddDate(0, 0, 1-t.YearDay()))
	}
	return ""
}

// spanMenu puts a span into the two date filters, where one sees it and can
// change it. Beside them there is no room for five buttons.
func (p *Trail) spanMenu() []kit.Action[trailLine] {
	var out []kit.Action[trailLine]
	for _, span := range []string{spanToday, spanWeek, spanMonth, spanYear, spanAll} {
		out = append(out, kit.Action[trailLine]{Label: span, Run: func(kit.Selection[trailLine]) {
			p.SetFilter(trailTo, "")
			p.SetFilter(trailFrom, string(spanStart(span, p.deps.Store.Today())))
		}})
	}
	return out
}
