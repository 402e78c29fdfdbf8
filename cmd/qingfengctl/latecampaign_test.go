package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// A form handed in today is taken after the phase, as late, and says so.
func TestAFormOfTodayIsLate(t *testing.T) {
	c := newCampaigns(t)
	_, old := c.printed()
	var r recording
	if msg := c.do(exitDone, &r, "selfcheck", "record", "--form", old[0].FormNo); r.Recorded != 1 || !strings.Contains(msg, "1 份按“补查”登记") {
		t.Errorf("%+v, %s", r, msg)
	}
	var sum struct{ Returned, Late int }
	if c.do(exitDone, &sum, "selfcheck", "summary", "--campaign", "2"); sum.Returned != 1 || sum.Late != 1 {
		t.Errorf("%+v", sum)
	}
}

func TestCampaignOnOtherDays(t *testing.T) {
	c := newCampaigns(t)
	from, to := fmt.Sprint(thisYear, "-11-01"), fmt.Sprint(thisYear+1, "-04-30")
	c.do(exitDone, nil, "campaign", "new", "--template", "county-plan-2024", "--year", fmt.Sprint(thisYear), "--from", from, "--to", to)
	var p struct {
		StartsOn string `json:"starts_on"`
		Phases   []struct {
			StartsOn string `json:"starts_on"`
			EndsOn   string `json:"ends_on"`
		} `json:"phases"`
	}
	c.do(exitDone, &p, "campaign", "show", "--campaign", "3")
	if p.StartsOn != from || p.Phases[0].StartsOn != from || p.Phases[len(p.Phases)-1].EndsOn != to {
		t.Errorf("%+v", p)
	}
	c.fails("不能早于开始日期", "campaign", "new", "--template", "county-plan-2024", "--year", fmt.Sprint(thisYear), "--title", "倒着", "--from", to, "--to", from)
	c.fails("开始日期", "campaign", "new", "--template", "county-plan-2024", "--year", fmt.Sprint(thisYear), "--from", "年初")
}

func TestRemindersOfACampaign(t *testing.T) {
	c := newCampaigns(t)
	out := filepath.Join(t.TempDir(), "催办单.pdf")
	c.fails("没有要催办的", "campaign", "print", "--campaign", "1", "--table", "reminders", "--out", out)
	absent(t, out)
	c.printed()
	for _, name := range []string{out, filepath.Join(t.TempDir(), "催办单.xlsx")} {
		c.do(exitDone, nil, "campaign", "print", "--campaign", "1", "--table", "reminders", "--out", name)
		written(t, name)
	}
}
