package office

import (
	"slices"
	"testing"
)

func TestShortTexts(t *testing.T) {
	for _, c := range []struct {
		text  string
		most  int
		want  string
		brief string
	}{
		{"", 3, "", ""}, {"急诊科", 3, "急诊科", "急诊科"}, {"麻醉手术科", 3, "麻醉…", "麻醉…"}, {"𬱖𬱖𬱖𬱖", 3, "𬱖𬱖…", "𬱖𬱖…"}, {" 急\n诊 ", 4, " 急\n…", "急 诊"},
	} {
		if got := Shorten(c.text, c.most); got != c.want {
			t.Errorf("%q is shortened to %q, want %q", c.text, got, c.want)
		}
		if got := Brief(c.text, c.most); got != c.brief {
			t.Errorf("%q is briefly %q, want %q", c.text, got, c.brief)
		}
	}
	if got := Joined(" · ", "", "急诊科", "", "医生"); got != "急诊科 · 医生" {
		t.Errorf("joined as %q", got)
	}
}

func TestNumbersInWhatAScannerTyped(t *testing.T) {
	for typed, want := range map[string][]string{
		"": nil, "张堃": nil, "CN-2026-00001-55": {"CN-2026-00001-55"},
		"CN-2026-00001-55CN-2026-00002-52": {"CN-2026-00001-55", "CN-2026-00002-52"}, "张CN-2026-00001-55": {"CN-2026-00001-55"},
		"CN-2026-00001-55CN-2026-00001-55": {"CN-2026-00001-55"},
	} {
		if got := ScannedNumbers(typed); !slices.Equal(got, want) {
			t.Errorf("%q holds %q, want %q", typed, got, want)
		}
		last := ""
		if len(want) > 0 {
			last = want[len(want)-1]
		}
		if got := ScannedNumber(typed); got != last {
			t.Errorf("of %q %q is taken, want %q", typed, got, last)
		}
	}
}
