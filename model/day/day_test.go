package day

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	for in, want := range map[string]Date{
		"2026-9-1": "2026-09-01", "2026-09-01": "2026-09-01", "2026/9/1": "2026-09-01", "2026.9.1": "2026-09-01",
		"2026。9。1": "2026-09-01", "2026年9月1日": "2026-09-01", "2026年9月1号": "2026-09-01", "2026 年 9 月 1 日": "2026-09-01",
		"20260901": "2026-09-01", "２０２６－９－１": "2026-09-01", "２０２６年９月１日": "2026-09-01", "　2026-9-1 ": "2026-09-01",
		"2026-09-01 00:00:00": "2026-09-01", "2026-09-01T00:00:00": "2026-09-01", "2026/9/1 14:30": "2026-09-01",
		"2024-2-29": "2024-02-29", "2000-2-29": "2000-02-29", "1900-1-1": "1900-01-01", "2100-12-31": "2100-12-31",
		"2026—9—1": "2026-09-01",
	} {
		if got, err := Parse(in); got != want || err != nil {
			t.Errorf("Parse(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	for in, part := range map[string]string{
		"": "请写成", " ": "请写成", "2026-9": "请写成", "2026": "请写成", "85年生": "请写成", "26-9-1": "请写成", "2026-9/1": "请写成",
		"2026 9 1": "请写成", "2026-9-1x": "请写成", "2026-009-1": "请写成", "明天": "请写成",
		"2026-2-30": "2026年2月没有 30 日", "2025-2-29": "没有 29 日", "1900-2-29": "没有 29 日", "2026-13-1": "没有 13 月",
		"2026-0-1": "没有 0 月", "2026-4-31": "没有 31 日", "2026-1-0": "没有 0 日",
		"1899-12-31": "1900 到 2100", "2101-1-1": "1900 到 2100", "0000-00-00": "1900 到 2100",
	} {
		if got, err := Parse(in); got != "" || err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("Parse(%q) = %q, %v; want an error with %q", in, got, err, part)
		}
	}
}

func TestParsePartial(t *testing.T) {
	for in, want := range map[string]Partial{
		"1995.12": "1995-12", "1995.1": "1995-01", "1995.10": "1995-10", "1972.5": "1972-05", "1967年7月": "1967-07",
		"1967年7月份": "1967-07", "1967年7": "1967-07", "1971-07": "1971-07", "1971/7": "1971-07", "196707": "1967-07",
		"1971": "1971", "1971年": "1971", "１９７２．５": "1972-05", "1971-07-18": "1971-07-18", "19710718": "1971-07-18",
		"1990/11/8": "1990-11-08", " 1971 年 7 月 ": "1971-07",
	} {
		if got, err := ParsePartial(in); got != want || err != nil {
			t.Errorf("ParsePartial(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"", "85年生", "85.7", "1985.13", "1985.0", "198513", "850712", "7月", "1985-", "1995 12", "26133", "2026年月9", "2026年月9日1", "2026-_9", "2026-9-", "-2026-9", "2026/9.1", "约1985年", "1985-7-"} {
		if got, err := ParsePartial(in); got != "" || err == nil {
			t.Errorf("ParsePartial(%q) = %q, %v; want an error", in, got, err)
		}
	}
}

func TestValidAndChinese(t *testing.T) {
	for p, want := range map[Partial]string{
		"2026-09-01": "2026年9月1日", "1971-07": "1971年7月", "1971": "1971年",
		"": "", "1971-7": "1971-7", "2026-02-30": "2026-02-30", "1899": "1899", "2101-01": "2101-01", "1971-07-": "1971-07-", "+123": "+123",
	} {
		if got := p.Chinese(); got != want {
			t.Errorf("Chinese(%q) = %q", p, got)
		}
		if valid := want != string(p); p.Valid() != valid {
			t.Errorf("Valid(%q) = %v", p, !valid)
		}
	}
	if Date("1971-07").Valid() || Date("1971").Valid() || Date("").Valid() || !Date("1971-07-18").Valid() {
		t.Error("a Date is a whole day")
	}
	if !Date("1971-07").Time().IsZero() || Date("1971-07-18").Time() != time.Date(1971, 7, 18, 0, 0, 0, 0, time.UTC) {
		t.Error("Time")
	}
}

func TestOfKeepsTheZone(t *testing.T) {
	shanghai := time.FixedZone("CST", 8*3600)
	at := time.Date(2026, 8, 31, 17, 0, 0, 0, time.UTC)
	if Of(at) != "2026-08-31" || Of(at.In(shanghai)) != "2026-09-01" {
		t.Error(Of(at), Of(at.In(shanghai)))
	}
}

func TestIncludes(t *testing.T) {
	for _, c := range []struct {
		p    Partial
		d    Date
		want bool
	}{
		{"1971-07", "1971-07-18", true}, {"1971", "1971-07-18", true}, {"1971-07-18", "1971-07-18", true},
		{"1971-08", "1971-07-18", false}, {"1971-07-19", "1971-07-18", false}, {"", "1971-07-18", false}, {"1971-07", "", false},
	} {
		if c.p.Includes(c.d) != c.want {
			t.Errorf("%q includes %q: %v", c.p, c.d, !c.want)
		}
	}
}

// Every way to write a day reads back as that day, and dates sort by time.
func TestEveryFormReadsBack(t *testing.T) {
	first := time.Date(MinYear, 1, 1, 0, 0, 0, 0, time.UTC)
	days := int(time.Date(MaxYear, 12, 31, 0, 0, 0, 0, time.UTC).Sub(first).Hours() / 24)
	forms := []string{"2006-01-02", "2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "20060102", "2006-01-02 15:04:05"}
	rapid.Check(t, func(t *rapid.T) {
		a := first.AddDate(0, 0, rapid.IntRange(0, days).Draw(t, "a"))
		b := first.AddDate(0, 0, rapid.IntRange(0, days).Draw(t, "b"))
		form := rapid.SampledFrom(forms).Draw(t, "form")
		got, err := Parse(a.Format(form))
		if err != nil || got != Of(a) || !got.Valid() || !got.Time().Equal(a) {
			t.Fatalf("%s as %s: %q %v", a, form, got, err)
		}
		if (Of(a) < Of(b)) != a.Before(b) {
			t.Fatalf("%s and %s sort differently", Of(a), Of(b))
		}
		if back, err := Parse(got.Chinese()); err != nil || back != got {
			t.Fatalf("%s reads back as %q, %v", got.Chinese(), back, err)
		}
		month := Partial(a.Format("2006-01"))
		for _, form := range []string{"2006.1", "2006年1月", "2006-01", "200601"} {
			if p, err := ParsePartial(a.Format(form)); err != nil || p != month || !p.Includes(got) {
				t.Fatalf("%s: %q %v", a.Format(form), p, err)
			}
		}
	})
}

// Whatever is typed, what comes out is valid or an error in Chinese.
func TestAnythingTyped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9]{1,4}[-/.年 ]?[0-9]{0,3}[-/.月 ]?[0-9]{0,3}[日号]?`)).Draw(t, "s")
		p, err := ParsePartial(s)
		if (err == nil) != p.Valid() {
			t.Fatalf("ParsePartial(%q) = %q, %v", s, p, err)
		}
		d, err := Parse(s)
		if (err == nil) != d.Valid() || err == nil && Partial(d) != p {
			t.Fatalf("Parse(%q) = %q, %v, partial %q", s, d, err, p)
		}
	})
}

func ExamplePartial_Chinese() {
	p, _ := ParsePartial("1967.7")
	fmt.Println(p, p.Chinese())
	// Output: 1967-07 1967年7月
}

func TestDaysTo(t *testing.T) {
	for _, x := range []struct {
		from, to Date
		want     int
	}{{"2026-08-11", "2026-08-11", 0}, {"2026-08-11", "2026-08-12", 1}, {"2024-02-28", "2024-03-01", 2}, {"2026-01-01", "2025-12-31", -1}, {"2000-01-01", "2100-01-01", 36525}} {
		if got := x.from.DaysTo(x.to); got != x.want {
			t.Errorf("from %s to %s there are %d days, want %d", x.from, x.to, got, x.want)
		}
	}
}
