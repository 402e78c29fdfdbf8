package day

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/width"
)

// Moment is a time of the wall clock to the minute, 2026-08-07 16:30, or a day
// alone, 2026-08-07, when nobody knows the hour; "" for none. It is what was
// written down by hand, not an instant: the office has one clock.
type Moment string

const isoMinute = "2006-01-02 15:04"

// ErrMoment is the error of [ParseMoment] for a text that is no time at all.
var ErrMoment = errors.New("不是可识别的时间，请写成 2026-8-7 16:30；不知道几点的只写日期")

// MomentOf returns the minute that t shows in its own time zone.
func MomentOf(t time.Time) Moment { return Moment(t.Format(isoMinute)) }

// hour is a time of day at the end of a text; a date goes before it.
var hour = regexp.MustCompile(`^(.*?)[ T]*(?:(上午|下午|晚上|早上|中午)\s*)?(\d{1,2})(?::(\d{1,2})(?::\d{1,2}(?:\.\d+)?)?|[时点](?:(\d{1,2})分?|(半))?)$`)

// ParseMoment reads a time as people type it: a day that [Parse] reads, alone
// or with 16:30, 16:30:00, 16时30分, 16点 or 下午4点半 behind it. Midnight sharp
// with seconds is what programs put behind a day without an hour, so it counts
// as none.
func ParseMoment(s string) (Moment, error) {
	s = strings.TrimSpace(width.Fold.String(strokes.Replace(s)))
	m := hour.FindStringSubmatch(s)
	if m == nil {
		return dayAlone(s)
	}
	date, err := Parse(m[1])
	if err != nil {
		if d, err := dayAlone(s); err == nil {
			return d, nil
		}
		return "", momentError(err)
	}
	h, _ := strconv.Atoi(m[3])
	minute, _ := strconv.Atoi(m[4] + m[5])
	if m[6] != "" {
		minute = 30
	}
	h, ok := ofDay(h, m[2])
	if !ok || minute > 59 {
		return "", fmt.Errorf("没有 %s 这个时刻，请按 24 小时写，如 16:30", strings.TrimSpace(s[len(m[1]):]))
	}
	if strings.HasSuffix(s, ":00:00") && h == 0 && minute == 0 {
		return Moment(date), nil
	}
	return Moment(fmt.Sprintf("%s %02d:%02d", date, h, minute)), nil
}

// ofDay is an hour of 0 to 23 of one that a part of the day may stand before.
func ofDay(h int, part string) (int, bool) {
	if h > 23 {
		return 0, false
	}
	switch part {
	case "下午":
		if h < 12 {
			h += 12
		}
	case "晚上": // what comes behind its eleven o'clock is of the next day, to most people
		if h < 5 || h == 12 {
			return 0, false
		}
		if h < 12 {
			h += 12
		}
	case "中午":
		if h < 3 {
			h += 12
		}
	case "上午", "早上":
		return h, h <= 12
	}
	return h, true
}

func dayAlone(s string) (Moment, error) {
	d, err := Parse(s)
	if err != nil {
		return "", momentError(err)
	}
	return Moment(d), nil
}

func momentError(err error) error {
	if errors.Is(err, ErrForm) {
		return ErrMoment
	}
	return err
}

// Valid reports whether m is a day or a minute of the calendar; "" is not.
func (m Moment) Valid() bool {
	if !m.Timed() {
		return Date(m).Valid()
	}
	_, err := time.Parse(isoMinute, string(m))
	return err == nil && m.Date().Valid()
}

// Timed reports whether the minute is known.
func (m Moment) Timed() bool { return len(m) == len(isoMinute) }

// Date is the day of m.
func (m Moment) Date() Date {
	if len(m) < len(iso) {
		return ""
	}
	return Date(m[:len(iso)])
}

// Bounds are the first and the last minute that m may mean, counted in UTC so
// that they can be compared; ok is false when m is not valid.
func (m Moment) Bounds() (first, last time.Time, ok bool) {
	if !m.Valid() {
		return first, last, false
	}
	if m.Timed() {
		t, _ := time.Parse(isoMinute, string(m))
		return t, t, true
	}
	first = m.Date().Time()
	return first, first.Add(24*time.Hour - time.Minute), true
}

// Chinese is m as running text has it, 2026年8月7日16时30分; what is not valid
// comes back unchanged.
func (m Moment) Chinese() string {
	if !m.Valid() {
		return string(m)
	}
	if !m.Timed() {
		return m.Date().Chinese()
	}
	first, _, _ := m.Bounds()
	return fmt.Sprintf("%s%d时%02d分", m.Date().Chinese(), first.Hour(), first.Minute())
}

// After reports whether m is certainly later than other: a day alone is not
// later than a minute of the same day.
func (m Moment) After(other Moment) bool {
	first, _, ok := m.Bounds()
	_, last, known := other.Bounds()
	return ok && known && first.After(last)
}
