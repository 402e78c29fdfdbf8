package handover

import (
	"fmt"
	"time"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// View is what the page shows of the handovers: the value of its state filter,
// so a [model.HandoverState] is one too.
type View string

// The views that are no state of their own.
const (
	ViewAll      View = ""
	ViewOpen          = View(store.WatchOpen)
	ViewStale         = View(store.WatchStale)
	ViewAlone         = View(store.WatchAlone)
	ViewAgain         = View(store.WatchAgain)
	ViewMerit         = View(store.WatchMerit)
	ViewLate     View = "late"
	ViewUnjudged View = "unjudged"
)

// Keys of the page's filters beside that by department.
const (
	filterState    = "state"
	filterGiver    = "giver"
	filterCategory = "category"
	filterPeriod   = "period"
)

// Show is the door to the handovers of a view. What came late is counted by
// years, so its door leads to this year's.
func (p *HandoversPage) Show(v View) {
	p.Leave(func() {
		p.ClearFilters()
		if v == ViewLate || v == ViewUnjudged {
			p.SetFilter(filterPeriod, thisYear)
		}
		p.SetFilter(filterState, string(v))
	})
}

// ShowHandover is the door to one handover, a voided one too.
func (p *HandoversPage) ShowHandover(r store.HandoverRow) {
	p.Leave(func() {
		p.ClearFilters()
		if r.Voided() {
			p.SetFilter(filterState, string(model.HandoverVoid))
		}
		p.SetKeyword(r.FormNo)
		p.SelectID(r.ID)
	})
}

func (p *HandoversPage) filters() []kit.Filter {
	states := []kit.Option{{Value: string(ViewOpen), Text: "未处置完"}}
	states = append(states, office.Options(model.HandoverStates)...)
	states = append(states,
		kit.Option{Value: string(ViewStale), Text: "超期未处置"}, kit.Option{Value: string(ViewAlone), Text: "一人保管"},
		kit.Option{Value: string(ViewAgain), Text: "同一送方"}, kit.Option{Value: string(ViewMerit), Text: "多次拒收（今年）"},
		kit.Option{Value: string(ViewLate), Text: "逾期上交"}, kit.Option{Value: string(ViewUnjudged), Text: "时限未判"})
	return []kit.Filter{
		{Key: filterState, All: "全部状态", Options: states},
		office.AllDepartments(p.deps.Store, ""),
		{Key: filterGiver, All: "全部送方", Options: office.Options(model.Givers)},
		{Key: filterCategory, All: "全部财物", Options: office.Options(model.ItemCategories)},
		{Key: filterPeriod, All: "全部时间", Options: periods(p.deps.Store.Today())},
	}
}

// filterOf is the store's filter for what the page shows.
func (p *HandoversPage) filterOf(q kit.Query) store.HandoverFilter {
	span := spanOf(q.Filters[filterPeriod], p.deps.Store.Today())
	f := store.HandoverFilter{From: span.From, To: span.To, DepartmentID: office.DepartmentOf(q), Find: q.Keyword,
		Giver: model.Giver(q.Filters[filterGiver]), Category: model.ItemCategory(q.Filters[filterCategory])}
	switch v := View(q.Filters[filterState]); v {
	case ViewOpen, ViewStale, ViewAlone, ViewAgain, ViewMerit:
		f.Watch = store.HandoverWatch(v)
	case ViewLate:
		f.Timeliness = model.Late
	case ViewUnjudged:
		f.Timeliness = model.Unjudged
	default:
		f.State = model.HandoverState(v)
	}
	return f
}

// Periods in which something was handed in. A year is a period by its number.
const (
	thisMonth   = "month"
	lastMonth   = "lastmonth"
	thisQuarter = "quarter"
	thisYear    = "year"
)

// yearsOffered is how many years before this one the filter offers.
const yearsOffered = 9

func periods(today day.Date) []kit.Option {
	out := []kit.Option{{Value: thisYear, Text: "本年"}, {Value: thisQuarter, Text: "本季度"}, {Value: thisMonth, Text: "本月"}, {Value: lastMonth, Text: "上月"}}
	for i := range yearsOffered {
		year := fmt.Sprint(today.Time().Year() - 1 - i)
		out = append(out, kit.Option{Value: year, Text: year + " 年"})
	}
	return out
}

// spanOf are the first and the last day of a period, none for an unknown one.
func spanOf(period string, today day.Date) model.Span {
	t := today.Time()
	year, month := t.Year(), t.Month()
	span := func(year int, month time.Month, months int) model.Span {
		from := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
		return model.Span{From: day.Of(from), To: day.Of(from.AddDate(0, months, -1))}
	}
	switch period {
	case "":
		return model.Span{}
	case thisMonth:
		return span(year, month, 1)
	case lastMonth:
		return span(year, month-1, 1)
	case thisQuarter:
		return span(year, (month-1)/3*3+1, 3)
	case thisYear:
		return span(year, time.January, 12)
	}
	before, err := time.Parse("2006", period)
	if err != nil {
		return model.Span{}
	}
	return span(before.Year(), time.January, 12)
}
