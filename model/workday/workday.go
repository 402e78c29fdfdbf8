// Package workday counts working days by the state's yearly holiday notices.
// A year whose notice is not known is an error ([NoTable]), never a guess:
// plain weekdays would be wrong by a week around the Spring Festival.
package workday

import (
	"fmt"
	"time"

	"qingfeng/model/day"
)

// Table is the notice of one year. All its days lie in Year.
type Table struct {
	Year int
	Off  [][2]day.Date // first and last day off of each holiday
	Work []day.Date    // Saturdays and Sundays worked in exchange
}

// Calendar knows the working days of some years. The zero Calendar knows none.
type Calendar struct {
	years  map[int]bool
	except map[day.Date]bool // whether a day that a notice names is worked
}

// New joins the tables of several years. It refuses a year given twice, a day
// named twice and a day outside its year; the error is a sentence for the office.
func New(tables []Table) (*Calendar, error) {
	c := &Calendar{years: map[int]bool{}, except: map[day.Date]bool{}}
	for _, t := range tables {
		if c.years[t.Year] {
			return nil, fmt.Errorf("%d 年的节假日安排有两份，请只留一份", t.Year)
		}
		c.years[t.Year] = true
		for _, r := range t.Off {
			if !r[1].Valid() || r[1] < r[0] {
				return nil, fmt.Errorf("%d 年的节假日安排中，%s 至 %s 不是一段日期，请改正", t.Year, r[0], r[1])
			}
			for d := r[0]; d <= r[1]; d = next(d, 1) {
				if err := c.set(t.Year, d, false); err != nil {
					return nil, err
				}
			}
		}
		for _, d := range t.Work {
			if err := c.set(t.Year, d, true); err != nil {
				return nil, err
			}
		}
	}
	return c, nil
}

func (c *Calendar) set(year int, d day.Date, worked bool) error {
	if !d.Valid() || d.Time().Year() != year {
		return fmt.Errorf("%d 年的节假日安排中，“%s”不是这一年的日期，请改正", year, d)
	}
	if _, twice := c.except[d]; twice {
		return fmt.Errorf("%d 年的节假日安排中，%s 写了不止一次，请删去多余的", year, d)
	}
	c.except[d] = worked
	return nil
}

// NoTable is the error for a day in a year whose holiday table is not known;
// its value is that year.
type NoTable int

// Error is the sentence of [NoTable.UserMessage].
func (y NoTable) Error() string { return y.UserMessage() }

// UserMessage says what is missing and how the office adds it.
func (y NoTable) UserMessage() string {
	return fmt.Sprintf("还没有 %d 年的节假日安排，不能推算工作日。请把国务院办公厅公布的 %d 年放假安排按 2026.toml 的格式存为数据文件夹中的 assets/holidays/%d.toml", int(y), int(y), int(y))
}

// Has reports whether the year's table is known.
func (c *Calendar) Has(year int) bool { return c.years[year] }

// IsWorkday reports whether d is worked: Monday to Friday except holidays,
// and the weekends worked in exchange.
func (c *Calendar) IsWorkday(d day.Date) (bool, error) {
	if !d.Valid() {
		return false, noDay(d)
	}
	t := d.Time()
	if !c.Has(t.Year()) {
		return false, NoTable(t.Year())
	}
	if worked, named := c.except[d]; named {
		return worked, nil
	}
	return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday, nil
}

// Add returns the nth working day after d, before d when n is negative. With
// n = 0 it is d itself when worked, else the next working day. Only the days
// passed need a table, so d may lie in a year without one.
func (c *Calendar) Add(d day.Date, n int) (day.Date, error) {
	if n == 0 {
		return c.OnOrAfter(d)
	}
	step := 1
	if n < 0 {
		step = -1
	}
	for ; n != 0; n -= step {
		var err error
		if d, err = c.first(next(d, step), step); err != nil {
			return "", err
		}
	}
	return d, nil
}

// OnOrBefore returns d when worked, else the last working day before it.
func (c *Calendar) OnOrBefore(d day.Date) (day.Date, error) { return c.first(d, -1) }

// OnOrAfter returns d when worked, else the next working day.
func (c *Calendar) OnOrAfter(d day.Date) (day.Date, error) { return c.first(d, 1) }

// first is the first working day from d on in steps of one day.
func (c *Calendar) first(d day.Date, step int) (day.Date, error) {
	for {
		worked, err := c.IsWorkday(d)
		if err != nil {
			return "", err
		}
		if worked {
			return d, nil
		}
		d = next(d, step)
	}
}

// Count returns the number of working days d with after < d <= to, which is 0
// when to is not later.
func (c *Calendar) Count(after, to day.Date) (int, error) {
	for _, d := range []day.Date{after, to} {
		if !d.Valid() {
			return 0, noDay(d)
		}
	}
	n := 0
	for d := next(after, 1); d <= to; d = next(d, 1) {
		worked, err := c.IsWorkday(d)
		if err != nil {
			return 0, err
		}
		if worked {
			n++
		}
	}
	return n, nil
}

func noDay(d day.Date) error { return fmt.Errorf("“%s”不是日期，不能推算工作日", d) }

// next is the day after or before d; what is no day stays so.
func next(d day.Date, step int) day.Date {
	if !d.Valid() {
		return d
	}
	return day.Of(d.Time().AddDate(0, 0, step))
}
