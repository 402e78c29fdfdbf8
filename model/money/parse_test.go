package money

import (
	"testing"

	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]int64{
		"0": 0, "1": 100, "1.5": 150, "0.01": 1, "1234": 123400, "1,234.5": 123450, "￥1,234.56": 123456, "１２３４．５": 123450, "800元": 80000,
		"1，234元": 123400, "¥ 20": 2000, "99999999.99": 99_999_999_99, "123456789": 123_456_789_00, "9,999,999,999.99": Largest - 1,
		"9999999999.99": Largest - 1, "00009999999999.99": Largest - 1, "007": 700, "１２．５": 1250,
	} {
		if got, err := Parse(text); got != want || err != nil {
			t.Errorf("Parse(%q) = %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "-1", "五百", "1.2.3", "1.234", "1.", ".5", "1e3", "10000000000", "10,000,000,000.00", "99999999999999999999", "2万元", ".",
		"1,50", "1,2,3", "12,3456", "1234,567", ",500", "1,", "1.5,000"} {
		if got, err := Parse(text); err == nil {
			t.Errorf("Parse(%q) = %d", text, got)
		}
	}
}

// What is written is read as the same amount.
func TestParseYuan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fen := rapid.Int64Range(0, Largest-1).Draw(t, "fen")
		for _, s := range []string{Yuan(fen), "￥" + Yuan(fen)} {
			if got, err := Parse(s); got != fen || err != nil {
				t.Fatalf("%d became %q and %d, %v", fen, s, got, err)
			}
		}
	})
}
