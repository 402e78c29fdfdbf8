package assets

import (
	"fmt"
	"time"
)

// HolidayTable is one year of the state's holidays, from the yearly notice of
// the State Council's General Office. Days are YYYY-MM-DD and lie in Year.
type HolidayTable struct {
	Year       int         `toml:"year"`
	DocumentNo string      `toml:"document_no"`
	Off        [][2]string `toml:"off"`  // first and last day off of each holiday
	Work       []string    `toml:"work"` // Saturdays and Sundays worked in exchange
}

// Holidays returns the tables of all years sorted by year, each checked.
// Errors are sentences for the office.
func (l *Library) Holidays() ([]HolidayTable, error) {
	names, err := l.List("holidays", ".toml")
	if err != nil {
		return nil, err
	}
	var out []HolidayTable
	for _, name := range names {
		var t HolidayTable
		if err := l.TOML(name, &t); err != nil {
			return nil, err
		}
		if want := fmt.Sprintf("holidays/%d.toml", t.Year); name != want {
			return nil, fmt.Errorf("%s 的文件名与 year = %d 不符，请核对年份，并把文件命名为 %s", name, t.Year, want)
		}
		if err := t.check(); err != nil {
			return nil, fmt.Errorf("%s 的内容有误：%w", name, err)
		}
		out = append(out, t)
	}
	return out, nil
}

// check refuses what a notice cannot say: a slip here would move deadlines.
func (t HolidayTable) check() error {
	if len(t.Off) == 0 {
		return fmt.Errorf("缺少 off（放假的起止日期），请照放假通知填写")
	}
	seen := map[time.Time]bool{}
	claim := func(d time.Time) error {
		if seen[d] {
			return fmt.Errorf("%s 写了不止一次，请删去多余的", d.Format(time.DateOnly))
		}
		seen[d] = true
		return nil
	}
	for _, r := range t.Off {
		first, err := t.day(r[0])
		if err != nil {
			return err
		}
		last, err := t.day(r[1])
		if err != nil {
			return err
		}
		if last.Before(first) {
			return fmt.Errorf("放假日期 %s 至 %s 前后颠倒，请对调", r[0], r[1])
		}
		for d := first; !d.After(last); d = d.AddDate(0, 0, 1) {
			if err := claim(d); err != nil {
				return err
			}
		}
	}
	for _, s := range t.Work {
		d, err := t.day(s)
		if err != nil {
			return err
		}
		if d.Weekday() != time.Saturday && d.Weekday() != time.Sunday {
			return fmt.Errorf("调休上班的 %s 不是星期六或星期日，请对照放假通知改正", s)
		}
		if err := claim(d); err != nil {
			return err
		}
	}
	return nil
}

func (t HolidayTable) day(s string) (time.Time, error) {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return d, fmt.Errorf("“%s”不是日期，请写成 %d-01-01 这样", s, t.Year)
	}
	if d.Year() != t.Year {
		return d, fmt.Errorf("%s 不在 %d 年，请改正，或写到 holidays/%d.toml 里", s, t.Year, d.Year())
	}
	return d, nil
}
