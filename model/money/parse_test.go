package money

import (
	"testing"

	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]int64{"0": 0, "1234": 123400, "1,234.5": 123450, "￥1,234.56": 123456, "800元": 80000, "１２．５": 1250} {
		if got, err := Parse(text); got != want || err != nil {
			t.Errorf("Parse(%q) = %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "-1", "五百", "1.2.3", "1.234", "100000000", "2万元", "."} {
		if got, err := Parse(text); err == nil {
			t.Errorf("Parse(%q) = %d", text, got)
		}
	}
}

// What is written is read as the same amount.
func TestParseYuan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fen := rapid.Int64Range(0, Largest-1).Draw(t, "fen")
		if got, err := Parse(Yuan(fen)); got != fen || err != nil {
			t.Fatalf("%d became %q and %d, %v", fen, Yuan(fen), got, err)
		}
	})
}
