// Package day holds calendar days as the office writes them: text in ISO
// form that sorts by time, without clock and time zone.
package day

import (
	"fmt"
	"time"
)

// Date is a day such as 2026-09-01, or "" for none.
type Date string

// Partial is a date in the precision in which it was given: 1971-07-18,
// 1971-07 or 1971, or "" for none. Rosters often know the month only, and a
// day must not be invented for it.
type Partial string

// Years that dates may lie in; anything outside is a slip of the pen.
const (
	MinYear = 1900
	MaxYear = 2100
)

const iso = "2006-01-02"

// Of returns the day that t shows in its own time zone.
func Of(t time.Time) Date { return Date(t.Format(iso)) }

// Valid reports whether d is a day of the calendar; "" is not.
func (d Date) Valid() bool { return len(d) == len(iso) && Partial(d).Valid() }

// Time returns the first instant of the day in UTC, so that days can be
// counted, or the zero time when d is not valid.
func (d Date) Time() time.Time {
	if !d.Valid() {
		return time.Time{}
	}
	t, _ := time.Parse(iso, string(d))
	return t
}

// DaysTo is how many days of the calendar lie between d and a later day, below 0
// when that is an earlier one. Both have to be valid.
func (d Date) DaysTo(later Date) int { return int(later.Time().Sub(d.Time()).Hours() / 24) }

// Start returns the first instant of the day in local time; ok is false when
// d is not valid.
func (d Date) Start() (start time.Time, ok bool) {
	t := d.Time()
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.Local), d.Valid()
}

// Chinese is the day as running text has it, 2026年9月1日; what is no valid
// day comes back unchanged.
func (d Date) Chinese() string { return Partial(d).Chinese() }

// Valid reports whether p is a day, a month or a year of the calendar; "" is
// not.
func (p Partial) Valid() bool {
	switch len(p) {
	case len("2006"), len("2006-01"), len(iso):
	default:
		return false
	}
	t, err := time.Parse(iso[:len(p)], string(p))
	return err == nil && t.Year() >= MinYear && t.Year() <= MaxYear
}

// Chinese is the date as running text has it: 1971年7月18日, 1971年7月 or
// 1971年. What is no valid date comes back unchanged.
func (p Partial) Chinese() string {
	if !p.Valid() {
		return string(p)
	}
	t, _ := time.Parse(iso[:len(p)], string(p))
	switch len(p) {
	case len("2006"):
		return fmt.Sprintf("%d年", t.Year())
	case len("2006-01"):
		return fmt.Sprintf("%d年%d月", t.Year(), t.Month())
	}
	return fmt.Sprintf("%d年%d月%d日", t.Year(), t.Month(), t.Day())
}

// Includes reports whether the day d lies in p, so that 1971-07 and
// 1971-07-18 do not contradict each other.
func (p Partial) Includes(d Date) bool {
	return p.Valid() && d.Valid() && len(d) >= len(p) && string(d[:len(p)]) == string(p)
}
