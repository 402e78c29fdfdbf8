package day

import (
	"testing"

	"pgregory.net/rapid"
)

func TestParseMoment(t *testing.T) {
	for text, want := range map[string]Moment{
		"2026-08-07 16:30": "2026-08-07 16:30", "2026-8-7 9:05": "2026-08-07 09:05", "2026年8月7日16时30分": "2026-08-07 16:30",
		"2026/8/7 16:30:59": "2026-08-07 16:30", "20260807 16:30": "2026-08-07 16:30", "２０２６－８－７　１６：３０": "2026-08-07 16:30",
		"2026-08-07T16:30": "2026-08-07 16:30", "2026.8.7 下午4点": "2026-08-07 16:00", "2026-8-7 下午4点半": "2026-08-07 16:30",
		"2026-8-7 上午9时5分": "2026-08-07 09:05", "2026年8月7日 中午12点": "2026-08-07 12:00", "2026-8-7 晚上8点": "2026-08-07 20:00",
		"2026-8-7 0:00": "2026-08-07 00:00",
		"2026-08-07":    "2026-08-07", "2026年8月7日": "2026-08-07", "20260807": "2026-08-07", "2026-08-07 00:00:00": "2026-08-07",
	} {
		if got, err := ParseMoment(text); got != want || err != nil {
			t.Errorf("ParseMoment(%q) = %q, %v; want %q", text, got, err, want)
		}
	}
	for _, text := range []string{"", "16:30", "昨天下午", "2026-13-01 10:00", "2026-02-30 10:00", "2026-8-7 24:00", "2026-8-7 12:60",
		"2026-8-7 上午13点", "2026-8-7 晚上12点", "2026-8-7 晚上1点", "2026-08 10:00", "1026-8-7 10:00"} {
		if got, err := ParseMoment(text); err == nil {
			t.Errorf("ParseMoment(%q) = %q", text, got)
		}
	}
}

func TestMoment(t *testing.T) {
	at, alone := Moment("2026-08-07 09:05"), Moment("2026-08-07")
	if at.Chinese() != "2026年8月7日9时05分" || alone.Chinese() != "2026年8月7日" || at.Date() != "2026-08-07" || Moment("x").Chinese() != "x" {
		t.Error(at.Chinese(), alone.Chinese(), at.Date())
	}
	for _, m := range []Moment{"", "2026-08", "2026-08-07 25:00", "2026-08-07 9:05", "1800-01-01 10:00"} {
		if m.Valid() {
			t.Errorf("%q is valid", m)
		}
	}
	if at.After(alone) || alone.After(at) || !Moment("2026-08-08").After(at) || !Moment("2026-08-07 09:06").After(at) {
		t.Error("After is wrong about days alone")
	}
}

// What is written is read as the same moment.
func TestMomentRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start, _, _ := Moment("1950-01-01").Bounds()
		m := MomentOf(start.AddDate(0, 0, rapid.IntRange(0, 50000).Draw(t, "day")))
		if rapid.Bool().Draw(t, "timed") {
			m = m[:11] + Moment(rapid.StringMatching(`([01][0-9]|2[0-3]):[0-5][0-9]`).Draw(t, "clock"))
		} else {
			m = Moment(m.Date())
		}
		for _, text := range []string{string(m), m.Chinese()} {
			if got, err := ParseMoment(text); got != m || err != nil {
				t.Fatalf("%q was read as %q, %v", text, got, err)
			}
		}
	})
}
