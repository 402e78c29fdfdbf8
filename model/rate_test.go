package model

import "testing"

func TestPercent(t *testing.T) {
	for _, c := range []struct {
		part, whole int
		want        string
	}{
		{0, 0, "—"}, {0, 7, "0.0%"}, {1, 7, "14.3%"}, {11, 12, "91.7%"}, {1, 2000, "0.1%"},
		{4999, 5000, "99.9%"}, {1999, 2000, "99.9%"}, {620, 620, "100.0%"},
	} {
		if got := Percent(c.part, c.whole); got != c.want {
			t.Errorf("%d of %d is %s, want %s", c.part, c.whole, got, c.want)
		}
	}
	if r := (Rate{Expected: 20, Returned: 9, Missing: 9, Excused: 2}); r.String() != "50.0%" || r.Permille() != 500 {
		t.Errorf("%+v is %s", r, r)
	}
	if r := (Rate{Expected: 2, Excused: 2}); r.String() != "—" || r.Permille() != 1000 {
		t.Errorf("%+v is %s", r, r)
	}
}
