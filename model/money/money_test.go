package money

import (
	"math"
	"testing"
)

func TestYuan(t *testing.T) {
	for fen, want := range map[int64]string{
		0: "0.00", 5: "0.05", 100: "1.00", -1: "-0.01", 99999: "999.99", 100000: "1,000.00",
		123456789: "1,234,567.89", -360000: "-3,600.00", math.MinInt64: "-92,233,720,368,547,758.08",
	} {
		if got := Yuan(fen); got != want {
			t.Errorf("%d fen: %s, want %s", fen, got, want)
		}
	}
}
