package money

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The examples of 银发〔1997〕393号, 附一, 第三条: amounts in fen, and what may be
// written for each, first what Upper writes.
var official = map[int64][]string{
	140950:   {"壹仟肆佰零玖元伍角"},
	600714:   {"陆仟零柒元壹角肆分"},
	168032:   {"壹仟陆佰捌拾元零叁角贰分", "壹仟陆佰捌拾元叁角贰分"},
	10700053: {"壹拾万柒仟元零伍角叁分", "壹拾万零柒仟元伍角叁分"},
	1640902:  {"壹万陆仟肆佰零玖元零贰分"},
	32504:    {"叁佰贰拾伍元零肆分"},
}

// Zeros in every place, and where 零 may be written or not.
var zeros = map[int64][]string{
	0:                   {"零元整", "零元"},
	1:                   {"壹分", "零元壹分", "零元零壹分"},
	10:                  {"壹角", "壹角整", "零元壹角", "零元零壹角"},
	11:                  {"壹角壹分"},
	1_00:                {"壹元整"},
	1_01:                {"壹元零壹分"},
	1_10:                {"壹元壹角", "壹元壹角整"},
	10_00:               {"壹拾元整", "壹拾元"},
	10_10:               {"壹拾元零壹角", "壹拾元壹角", "壹拾元壹角正"},
	10_05:               {"壹拾元零伍分"},
	11_00:               {"壹拾壹元整"},
	100_00:              {"壹佰元整"},
	101_00:              {"壹佰零壹元整"},
	110_00:              {"壹佰壹拾元整"},
	1000_00:             {"壹仟元整"},
	1001_01:             {"壹仟零壹元零壹分"},
	1010_00:             {"壹仟零壹拾元整"},
	1100_00:             {"壹仟壹佰元整"},
	3600_00:             {"叁仟陆佰元整", "叁仟陆佰圆正", "人民币叁仟陆佰元整", " 人民币 叁仟陆佰元整 "},
	1_0000_00:           {"壹万元整", "壹萬圓整"},
	2_0000_05:           {"贰万元零伍分", "貳萬圓零伍分"},
	1_0001_00:           {"壹万零壹元整"},
	10_7000_00:          {"壹拾万柒仟元整", "壹拾万零柒仟元整"},
	11_7000_00:          {"壹拾壹万柒仟元整"},
	10_0700_00:          {"壹拾万零柒佰元整"},
	1000_0001_00:        {"壹仟万零壹元整"},
	1001_0000_00:        {"壹仟零壹万元整"},
	1_0000_0000_00:      {"壹亿元整", "壹億圓整"},
	1_0000_0000_50:      {"壹亿元零伍角", "壹亿元伍角"},
	1_0000_0001_00:      {"壹亿零壹元整"},
	1_0000_7000_00:      {"壹亿零柒仟元整", "壹亿柒仟元整"},
	1_7000_0000_00:      {"壹亿柒仟万元整"},
	10_5000_0000_00:     {"壹拾亿伍仟万元整", "壹拾亿零伍仟万元整"},
	1_0500_0000_00:      {"壹亿零伍佰万元整"},
	10_0000_0000_00 - 1: {"玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"},
	12_3456_7890_12:     {"壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元零壹角贰分", "壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元壹角贰分"},
	60_0000_0000_00:     {"陆拾亿元整", "陸拾億元整"},
	90_0900_9009_09:     {"玖拾亿零玖佰万玖仟零玖元零玖分", "玖拾亿零玖佰万零玖仟零玖元零玖分"},
	99_9999_9999_99:     {"玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"},
}

func TestUpper(t *testing.T) {
	for _, table := range []map[int64][]string{official, zeros} {
		for fen, written := range table {
			if got := Upper(fen); got != written[0] {
				t.Errorf("%s: %s, want %s", Yuan(fen), got, written[0])
			}
			for _, s := range written {
				if got, err := ParseUpper(s); got != fen || err != nil {
					t.Errorf("ParseUpper(%q) = %d, %v; want %d", s, got, err, fen)
				}
			}
		}
	}
}

// Sums may be larger than what is entered.
func TestUpperBeyondEntries(t *testing.T) {
	for fen, want := range map[int64]string{
		-3600_00: "负叁仟陆佰元整", Largest: "壹佰亿元整", 1_0000_0000_0000_00: "壹万亿元整", 2_0003_0000_0000_00: "贰万零叁亿元整",
		math.MinInt64: "负玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零捌分",
	} {
		if got := Upper(fen); got != want {
			t.Errorf("%s: %s, want %s", Yuan(fen), got, want)
		}
	}
}

func TestParseUpperRefuses(t *testing.T) {
	for _, s := range []string{
		"", "人民币", "整", "元", "元整", "零", "零整", "零零元整", "零元零", "零角", "3600", "三千六百元整", "叁仟陆佰", "叁仟陆佰元六角", "负壹元整", "人民币人民币壹元整",
		"拾元整", "仟元整", "万元整", "壹壹元整", "壹拾贰拾元整", "伍拾佰元整", "壹拾拾元整", "壹佰壹仟元整", "壹万万元整", "壹亿亿元整", "壹亿壹亿元整", "元壹角", "壹角壹元",
		"壹元整整", "壹元壹分整", "壹元角", "壹元分", "壹元壹分壹角", "壹元壹角零壹分", "壹元零角壹分", "壹元壹拾角", "壹元零", "壹元零整", "壹元元整", "壹元 整",
		// 零 missing or out of place
		"壹仟壹元整", "壹仟壹拾元整", "壹佰壹元整", "壹万壹佰元整", "壹亿壹元整", "壹亿伍佰万元整", "壹元壹分", "零伍分", "零伍角", "零壹元整", "壹零元整", "壹佰零壹拾元整", "壹仟零壹佰元整",
		"壹拾零壹元整", "壹佰零元整", "壹仟零零壹元整", "壹拾壹万零柒仟元整", "壹元零壹角", "壹仟零元整", "壹亿零万元整",
		"壹佰亿元整", "壹万亿元整", strings.Repeat("壹亿", 10_000) + "元整",
	} {
		if got, err := ParseUpper(s); err == nil {
			t.Errorf("ParseUpper(%q) = %d", s, got)
		}
	}
}

// drawFen draws amounts of all lengths, with zeros in all places.
func drawFen(t *rapid.T) int64 {
	fen := int64(0)
	for _, digit := range rapid.SliceOfN(rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(0, 9)), 1, 12).Draw(t, "digits") {
		fen = fen*10 + digit
	}
	return fen
}

func TestUpperRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fen := drawFen(t)
		s := Upper(fen)
		if got, err := ParseUpper("人民币" + s); got != fen || err != nil {
			t.Fatalf("%s became %q and %d, %v", Yuan(fen), s, got, err)
		}
		if rest := strings.Trim(s, "零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整"); rest != "" || strings.Contains(s, "零零") {
			t.Fatalf("%s is written %q", Yuan(fen), s)
		}
		if strings.HasPrefix(s, "零") != (fen == 0) || strings.HasPrefix(s, "拾") {
			t.Fatalf("%s begins %q", Yuan(fen), s)
		}
		if strings.HasSuffix(s, "元整") != (fen%100 == 0) || strings.HasSuffix(s, "整") != (fen%100 == 0) {
			t.Fatalf("%s ends %q", Yuan(fen), s)
		}
	})
}

// Without 零 the figures and units in their order are still those of the amount.
func TestUpperFigures(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fen := rapid.Int64Range(1, Largest-1).Draw(t, "fen")
		want, n := "", fen
		for _, unit := range []string{"分", "角", "", "拾", "佰", "仟", "", "拾", "佰", "仟", "", "拾"} {
			if n%10 > 0 {
				want = string([]rune(upperDigits)[n%10]) + unit + want
			}
			n /= 10
		}
		if got := strings.NewReplacer("零", "", "元", "", "万", "", "亿", "", "整", "").Replace(Upper(fen)); got != want {
			t.Fatalf("%s: %s, want %s", Yuan(fen), got, want)
		}
	})
}

// A 零 more or less makes no other amount.
func TestZeroIsNoFigure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fen := drawFen(t)
		s := []rune(Upper(fen))
		at := rapid.IntRange(0, len(s)-1).Draw(t, "at")
		changed := string(s[:at]) + "零" + string(s[at:])
		if s[at] == '零' {
			changed = string(s[:at]) + string(s[at+1:])
		}
		if got, err := ParseUpper(changed); err == nil && got != fen {
			t.Fatalf("%q is %s, but %q is %s", string(s), Yuan(fen), changed, Yuan(got))
		}
	})
}

// Whatever is read can be written and read again.
func FuzzParseUpper(f *testing.F) {
	for _, table := range []map[int64][]string{official, zeros} {
		for _, written := range table {
			for _, s := range written {
				f.Add(s)
			}
		}
	}
	f.Add("壹亿壹亿元整")
	f.Add("\xff元")
	f.Fuzz(func(t *testing.T, s string) {
		fen, err := ParseUpper(s)
		if err != nil {
			return
		}
		if again, err := ParseUpper(Upper(fen)); again != fen || err != nil || fen < 0 || fen >= Largest {
			t.Errorf("%q is %d, which is read again as %d, %v", s, fen, again, err)
		}
	})
}
