package model

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/model/day"
)

func TestItemsInFewWords(t *testing.T) {
	for _, c := range []struct{ item, short, stated string }{
		{"共建和谐关系，不收受患方“红包”", "不收受患方“红包”", "不收受患方“红包”方面有问题"},
		{"不准开单提成", "不准开单提成", "不准开单提成方面有问题"},
	} {
		i := CheckItem{Source: "九项准则", Text: c.item}
		if i.Short() != c.short || i.Stated() != c.stated {
			t.Errorf("%s: %s, %s", c.item, i.Short(), i.Stated())
		}
	}
	own := CheckItem{Source: FocusSource, Text: "有无介绍患者到外院检查、治疗，购药而拿提成"}
	if own.Short() != "介绍患者到外院检查、治疗，购药而拿提成" || own.Stated() != "介绍患者到外院检查、治疗，购药而拿提成" {
		t.Error(own.Short(), own.Stated())
	}
}

func TestSelfChecksAreAKindOfPhase(t *testing.T) {
	if !slices.Contains(PhaseKinds, SelfCheckPhase) {
		t.Errorf("%s is none of %v", SelfCheckPhase, PhaseKinds)
	}
}

func TestAPlanMovesWithItsCampaign(t *testing.T) {
	p := Plan{Campaign: Campaign{StartsOn: "2026-07-01", EndsOn: "2026-12-31"},
		Phases:    []Phase{{StartsOn: "2026-07-01", EndsOn: "2026-08-15"}, {StartsOn: "2026-08-16", EndsOn: "2026-12-31"}},
		Deadlines: []Deadline{{DeadlineRule: DeadlineRule{Every: Once, Date: "2026-08-15"}}, {DeadlineRule: DeadlineRule{Every: Monthly, Day: 10}}}}
	later := p.Moved(Span{"2026-07-11", "2027-01-10"})
	if later.Phases[0] != (Phase{StartsOn: "2026-07-11", EndsOn: "2026-08-25"}) || later.Phases[1] != (Phase{StartsOn: "2026-08-26", EndsOn: "2027-01-10"}) ||
		later.Deadlines[0].Date != "2026-08-25" || later.Deadlines[1].DeadlineRule != p.Deadlines[1].DeadlineRule || later.StartsOn != "2026-07-11" {
		t.Errorf("ten days later %+v", later)
	}
	if p.Phases[0].StartsOn != "2026-07-01" {
		t.Error("the plan itself changed")
	}
	for _, wrong := range []Span{{"2026-12-31", "2026-07-01"}, {"", "2026-07-01"}, {"2026-07-01", "soon"}} {
		if got := p.Moved(wrong); got.Phases[0] != p.Phases[0] {
			t.Errorf("to %v: %+v", wrong, got)
		}
	}
}

// Wherever a campaign goes, its phases stay inside and in order.
func TestAMovedPlanStaysWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := day.Date("2025-01-01").Time()
		on := func(name string, from int) int { return from + rapid.IntRange(0, 400).Draw(t, name) }
		date := func(n int) day.Date { return day.Of(first.AddDate(0, 0, n)) }
		a := on("a", 0)
		b := on("b", a)
		c := on("c", b)
		d := on("d", c)
		p := Plan{Campaign: Campaign{StartsOn: date(a), EndsOn: date(d)}, Phases: []Phase{{StartsOn: date(a), EndsOn: date(b)}, {StartsOn: date(b), EndsOn: date(c)}, {StartsOn: date(c), EndsOn: date(d)}}}
		from := on("from", 0)
		to := Span{date(from), date(on("to", from))}
		last := to.From
		for _, ph := range p.Moved(to).Phases {
			if ph.StartsOn < last || ph.EndsOn < ph.StartsOn || ph.EndsOn > to.To {
				t.Fatalf("to %v: %+v", to, p.Moved(to).Phases)
			}
			last = ph.EndsOn
		}
	})
}
