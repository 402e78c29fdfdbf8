package workday

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"qingfeng/assets"
	"qingfeng/model/day"
)

// byHand are the calendars of two years, written from the notices, weeks from
// Monday to Sunday: W worked, R weekend, H day off by notice, M weekend worked
// in exchange.
var byHand = map[string]string{
	"2025-01": "HWWRR WWWWWRR WWWWWRR WWWWWRM WHHHH",
	"2025-02": "HH HHWWWMR WWWWWRR WWWWWRR WWWWW",
	"2025-03": "RR WWWWWRR WWWWWRR WWWWWRR WWWWWRR W",
	"2025-04": "WWWHHH WWWWWRR WWWWWRR WWWWWRM WWW",
	"2025-05": "HHHH HWWWWRR WWWWWRR WWWWWRR WWWWWH",
	"2025-06": "H HWWWWRR WWWWWRR WWWWWRR WWWWWRR W",
	"2025-07": "WWWWRR WWWWWRR WWWWWRR WWWWWRR WWWW",
	"2025-08": "WRR WWWWWRR WWWWWRR WWWWWRR WWWWWRR",
	"2025-09": "WWWWWRR WWWWWRR WWWWWRR WWWWWRM WW",
	"2025-10": "HHHHH HHHWWMR WWWWWRR WWWWWRR WWWWW",
	"2025-11": "RR WWWWWRR WWWWWRR WWWWWRR WWWWWRR",
	"2025-12": "WWWWWRR WWWWWRR WWWWWRR WWWWWRR WWW",
	"2026-01": "HHHM WWWWWRR WWWWWRR WWWWWRR WWWWWR",
	"2026-02": "R WWWWWRR WWWWWMH HHHHHHH HWWWWM",
	"2026-03": "R WWWWWRR WWWWWRR WWWWWRR WWWWWRR WW",
	"2026-04": "WWWHH HWWWWRR WWWWWRR WWWWWRR WWWW",
	"2026-05": "HHH HHWWWMR WWWWWRR WWWWWRR WWWWWRR",
	"2026-06": "WWWWWRR WWWWWRR WWWWHHH WWWWWRR WW",
	"2026-07": "WWWRR WWWWWRR WWWWWRR WWWWWRR WWWWW",
	"2026-08": "RR WWWWWRR WWWWWRR WWWWWRR WWWWWRR W",
	"2026-09": "WWWWRR WWWWWRR WWWWWRM WWWWHHH WWW",
	"2026-10": "HHHH HHHWWMR WWWWWRR WWWWWRR WWWWWR",
	"2026-11": "R WWWWWRR WWWWWRR WWWWWRR WWWWWRR W",
	"2026-12": "WWWWRR WWWWWRR WWWWWRR WWWWWRR WWWW",
}

// builtIn is the calendar of the tables that the program brings: 2025, 2026.
func builtIn(t testing.TB) *Calendar {
	t.Helper()
	read, err := assets.New("").Holidays()
	if err != nil {
		t.Fatal(err)
	}
	tables := make([]Table, len(read))
	for i, r := range read {
		tables[i].Year = r.Year
		for _, o := range r.Off {
			tables[i].Off = append(tables[i].Off, [2]day.Date{day.Date(o[0]), day.Date(o[1])})
		}
		for _, w := range r.Work {
			tables[i].Work = append(tables[i].Work, day.Date(w))
		}
	}
	c, err := New(tables)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEveryDayOfTwoYears(t *testing.T) {
	c := builtIn(t)
	days := 0
	for month, text := range byHand {
		d := day.Date(month + "-01")
		for i, week := range strings.Fields(text) {
			if weekday := d.Time().Weekday(); i > 0 && weekday != time.Monday {
				t.Fatalf("%s: week %d begins on a %s", month, i+1, weekday)
			}
			for _, kind := range week {
				if got, err := c.IsWorkday(d); err != nil || got != (kind == 'W' || kind == 'M') {
					t.Errorf("IsWorkday(%s) = %v, %v; the notice says %c", d, got, err, kind)
				}
				if weekend := d.Time().Weekday()%6 == 0; weekend && kind == 'W' || !weekend && (kind == 'R' || kind == 'M') {
					t.Fatalf("%s cannot be %c", d, kind)
				}
				d = next(d, 1)
				days++
			}
		}
		if strings.HasPrefix(string(d), month) || d.Time().Day() != 1 {
			t.Fatalf("%s ends before %s", month, d)
		}
	}
	if days != 365+365 {
		t.Fatalf("%d days", days)
	}
}

func TestAddCountAndRoll(t *testing.T) {
	c := builtIn(t)
	for _, x := range []struct {
		from day.Date
		n    int
		want day.Date
	}{
		{"2025-01-24", 1, "2025-01-26"},  // to the Sunday worked for the Spring Festival
		{"2025-01-26", 1, "2025-01-27"},  // one more day before it
		{"2025-01-27", 1, "2025-02-05"},  // over the Spring Festival
		{"2025-01-27", 4, "2025-02-08"},  // Saturday worked
		{"2025-09-30", 1, "2025-10-09"},  // over eight days
		{"2025-09-30", 5, "2025-10-14"},  // 9, 10, 11 (worked), 13, 14
		{"2025-12-31", 1, "2026-01-04"},  // over the year's end to a Sunday worked
		{"2026-02-13", 1, "2026-02-14"},  // Saturday worked
		{"2026-02-14", 1, "2026-02-24"},  // over nine days
		{"2026-02-27", 2, "2026-03-02"},  // 28 February is worked
		{"2026-03-31", 5, "2026-04-08"},  // 1, 2, 3, 7, 8
		{"2026-09-24", 1, "2026-09-28"},  // Mid-Autumn
		{"2026-09-30", 5, "2026-10-13"},  // 8, 9, 10 (worked), 12, 13
		{"2024-12-31", 1, "2025-01-02"},  // the start needs no table
		{"2024-12-31", 20, "2025-02-05"}, // January 2025 has 19 working days
		{"2026-03-01", 0, "2026-03-02"},
		{"2026-02-28", 0, "2026-02-28"},
		{"2026-03-01", -1, "2026-02-28"},
		{"2026-02-24", -2, "2026-02-13"},
		{"2026-10-10", -1, "2026-10-09"},
		{"2026-10-08", -1, "2026-09-30"},
		{"2026-01-04", -1, "2025-12-31"},
		{"2027-01-01", -1, "2026-12-31"},
	} {
		if got, err := c.Add(x.from, x.n); err != nil || got != x.want {
			t.Errorf("Add(%s, %d) = %s, %v; want %s", x.from, x.n, got, err, x.want)
		}
	}
	for d, want := range map[day.Date][2]day.Date{
		"2026-05-10": {"2026-05-09", "2026-05-11"},
		"2026-05-09": {"2026-05-09", "2026-05-09"},
		"2026-02-18": {"2026-02-14", "2026-02-24"},
		"2025-10-12": {"2025-10-11", "2025-10-13"},
		"2026-01-01": {"2025-12-31", "2026-01-04"},
	} {
		before, err := c.OnOrBefore(d)
		after, err2 := c.OnOrAfter(d)
		if err != nil || err2 != nil || before != want[0] || after != want[1] {
			t.Errorf("%s: %s, %s, want %s (%v, %v)", d, before, after, want, err, err2)
		}
	}
	for _, x := range []struct {
		after, to day.Date
		want      int
	}{
		{"2024-12-31", "2025-12-31", 248}, // 365 - 104 weekends - 18 weekdays off + 5 in exchange
		{"2025-12-31", "2026-12-31", 248}, // 365 - 104 weekends - 19 weekdays off + 6 in exchange
		{"2026-02-01", "2026-02-28", 16},
		{"2026-02-14", "2026-02-23", 0},
		{"2026-02-14", "2026-02-24", 1},
		{"2026-03-10", "2026-03-10", 0},
		{"2026-03-10", "2026-03-01", 0},
	} {
		if got, err := c.Count(x.after, x.to); err != nil || got != x.want {
			t.Errorf("Count(%s, %s) = %d, %v; want %d", x.after, x.to, got, err, x.want)
		}
	}
}

func TestYearWithoutTable(t *testing.T) {
	c := builtIn(t)
	if !c.Has(2026) || c.Has(2027) || new(Calendar).Has(2026) {
		t.Error("Has")
	}
	_, ofDay := c.IsWorkday("2027-03-01") // a Monday: no weekday is guessed
	_, add := c.Add("2026-12-31", 1)
	_, back := c.Add("2025-01-02", -1) // 1 January 2025 is off, 2024 is not known
	_, after := c.OnOrAfter("2027-01-02")
	_, before := c.OnOrBefore("2025-01-01")
	_, count := c.Count("2026-12-30", "2027-01-01")
	for err, year := range map[error]NoTable{ofDay: 2027, add: 2027, back: 2024, after: 2027, before: 2024, count: 2027} {
		no, ok := errors.AsType[NoTable](err)
		if !ok || no != year || !strings.Contains(no.UserMessage(), fmt.Sprintf("assets/holidays/%d.toml", year)) || err.Error() != no.UserMessage() {
			t.Errorf("%v, want year %d", err, year)
		}
	}
	for _, d := range []day.Date{"", "2026-02-30", "2026-02", "someday"} {
		_, ofDay := c.IsWorkday(d)
		_, add := c.Add(d, 1)
		_, count := c.Count(d, "2026-03-01")
		_, to := c.Count("2026-03-01", d)
		for _, err := range []error{ofDay, add, count, to} {
			if err == nil || !strings.Contains(err.Error(), "不是日期") {
				t.Errorf("%q: %v", d, err)
			}
		}
	}
}

func TestNewRefuses(t *testing.T) {
	off := func(first, last day.Date) [][2]day.Date { return [][2]day.Date{{first, last}} }
	for name, tables := range map[string][]Table{
		"有两份":        {{Year: 2026}, {Year: 2026}},
		"不是一段日期":     {{Year: 2026, Off: off("2026-01-02", "2026-01-01")}},
		"“”不是这一年":    {{Year: 2026, Off: off("", "2026-01-01")}},
		"2025-12-31": {{Year: 2026, Off: off("2025-12-31", "2026-01-01")}},
		"2027-01-01": {{Year: 2026, Off: off("2026-12-31", "2027-01-01")}},
		"不止一次":       {{Year: 2026, Off: off("2026-01-03", "2026-01-04"), Work: []day.Date{"2026-01-04"}}},
	} {
		if _, err := New(tables); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%v: %v, want %q", tables, err, name)
		}
	}
}

func TestAddAndCountAgree(t *testing.T) {
	c := builtIn(t)
	// Days from which 60 working days either way stay within the two years.
	anyDay := rapid.Custom(func(t *rapid.T) day.Date {
		return next("2025-05-01", rapid.IntRange(0, 480).Draw(t, "days"))
	})
	must := func(t *rapid.T, d day.Date, err error) day.Date {
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	rapid.Check(t, func(t *rapid.T) {
		d, n := anyDay.Draw(t, "d"), rapid.IntRange(1, 60).Draw(t, "n")
		add := func(d day.Date, n int) day.Date { x, err := c.Add(d, n); return must(t, x, err) }
		count := func(after, to day.Date) int {
			n, err := c.Count(after, to)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		later, earlier := add(d, n), add(d, -n)
		if got := count(d, later); got != n {
			t.Fatalf("Count(%s, Add(%s, %d)) = %d", d, d, n, got)
		}
		for _, x := range []day.Date{later, earlier} {
			if worked, err := c.IsWorkday(x); err != nil || !worked {
				t.Fatalf("%s is no working day (%v)", x, err)
			}
		}
		if got := count(next(earlier, -1), next(d, -1)); got != n {
			t.Fatalf("%s is %d working days before %s, not %d", earlier, got, d, n)
		}
		// There and back again: to d itself when it is worked, else to the working day before it.
		if got, err := c.OnOrBefore(d); add(later, -n) != must(t, got, err) {
			t.Fatalf("from %s %d there and back: %s, want %s", d, n, add(later, -n), got)
		}
		if got, err := c.OnOrAfter(d); add(earlier, n) != must(t, got, err) {
			t.Fatalf("from %s %d back and there: %s, want %s", d, n, add(earlier, n), got)
		}
		if add(d, n+1) <= later || add(d, -n-1) >= earlier {
			t.Fatalf("Add(%s, ±%d) does not move on", d, n+1)
		}
		if e := anyDay.Draw(t, "e"); (e <= d && add(e, n) > later) || (e >= d && add(e, n) < later) {
			t.Fatalf("Add(%s, %d) and Add(%s, %d) are in the wrong order", d, n, e, n)
		}
	})
}

func ExampleCalendar_Add() {
	c, _ := New([]Table{{
		Year: 2026,
		Off:  [][2]day.Date{{"2026-05-01", "2026-05-05"}},
		Work: []day.Date{"2026-05-09"},
	}})
	fmt.Println(c.Add("2026-04-30", 4))
	// Output: 2026-05-09 <nil>
}
