package money

import (
	"errors"
	"strings"
)

// The characters of amounts in upper case are those of 银发〔1997〕393号, 附一,
// 第一条, which also has banks accept the traditional ones.
const upperDigits = "零壹贰叁肆伍陆柒捌玖"

var accepted = strings.NewReplacer("圆", "元", "圓", "元", "正", "整", "貳", "贰", "陸", "陆", "萬", "万", "億", "亿")

var errUpper = errors.New("不是可识别的大写金额，请写成 叁仟陆佰元整")

type unit struct {
	name string
	size int64
}

var units = []unit{{"亿", 1_0000_0000}, {"万", 1_0000}, {"仟", 1000}, {"佰", 100}, {"拾", 10}}

// Upper writes an amount in upper case as 银发〔1997〕393号, 附一 asks, without
// the 人民币 that goes before it: 叁仟陆佰元整. After 角 there is no 整, which may
// be left out there. Where a 零 may be written or not, Upper writes what the
// annex names first: none between 万 and 仟 (壹拾万柒仟元), one between 元 and 角
// (壹仟陆佰捌拾元零叁角贰分). It also keeps the 零 of 壹亿零柒仟元, which without it
// is easily heard as 壹亿柒仟万. Negative amounts begin with 负.
func Upper(fen int64) string {
	sign, n := "", uint64(fen)
	if fen < 0 {
		sign, n = "负", -n
	}
	yuan, jiao, cents := int64(n/100), int64(n/10%10), int64(n%10)
	if jiao == 0 && cents == 0 {
		return sign + whole(yuan) + "元整"
	}
	out := sign
	if yuan > 0 {
		out += whole(yuan) + "元"
		if jiao == 0 || yuan%10 == 0 {
			out += "零"
		}
	}
	if jiao > 0 {
		out += whole(jiao) + "角"
	}
	if cents > 0 {
		out += whole(cents) + "分"
	}
	return out
}

func whole(n int64) string {
	for _, u := range units {
		high, rest := n/u.size, n%u.size
		switch {
		case high == 0:
			continue
		case rest == 0:
			return whole(high) + u.name
		case rest < u.size/10:
			return whole(high) + u.name + "零" + whole(rest)
		}
		return whole(high) + u.name + whole(rest)
	}
	return string([]rune(upperDigits)[n])
}

// ParseUpper reads an amount in upper case, with or without 人民币 and 整. A 零
// that the annex leaves to the writer may be there or not; one that is missing
// or misplaced makes it no amount, since figures may be missing with it.
func ParseUpper(s string) (fen int64, err error) {
	s = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(s), "人民币"))
	s, ended := strings.CutSuffix(accepted.Replace(s), "整")
	big, small, hasYuan := strings.Cut(s, "元")
	yuan, zero := int64(0), false
	if hasYuan {
		if big != "零" {
			if yuan, err = readWhole(big, units); err != nil {
				return 0, err
			}
		}
		small, zero = strings.CutPrefix(small, "零")
	} else {
		small = s
	}
	jiao, cents, err := readSmall(small)
	if err != nil {
		return 0, err
	}
	may := jiao == 0 && cents > 0 || jiao > 0 && yuan%10 == 0
	must := jiao == 0 && cents > 0 && yuan > 0
	if zero && !may || !zero && must || ended && cents > 0 || !hasYuan && small == "" {
		return 0, errUpper
	}
	if fen = yuan*100 + jiao*10 + cents; fen >= Largest {
		return 0, errLarge
	}
	return fen, nil
}

// readWhole reads a number above zero that has no units but the given ones.
func readWhole(s string, units []unit) (int64, error) {
	for i, u := range units {
		before, after, found := strings.Cut(s, u.name)
		if !found {
			continue
		}
		high, err := readWhole(before, units[i+1:])
		grouping := u.size >= 1_0000
		if err != nil || !grouping && high > 9 {
			return 0, errUpper
		}
		if after == "" {
			return high * u.size, nil
		}
		after, zero := strings.CutPrefix(after, "零")
		rest, err := readWhole(after, units[i+1:])
		if err != nil {
			return 0, err
		}
		// 附一 第三条: with 0 before it, a figure in the place of 仟 may do
		// without 零.
		gap := rest < u.size/10
		may := gap || grouping && high%10 == 0
		must := gap && !(grouping && 1000 <= rest && rest < 1_0000)
		if zero && !may || !zero && must {
			return 0, errUpper
		}
		return high*u.size + rest, nil
	}
	return readDigit(s)
}

// readSmall reads what follows 元.
func readSmall(s string) (jiao, fen int64, err error) {
	if digit, after, found := strings.Cut(s, "角"); found {
		if jiao, err = readDigit(digit); err != nil {
			return 0, 0, err
		}
		s = after
	}
	if s == "" {
		return jiao, 0, nil
	}
	digit, found := strings.CutSuffix(s, "分")
	if !found {
		return 0, 0, errUpper
	}
	fen, err = readDigit(digit)
	return jiao, fen, err
}

// readDigit reads one digit above zero.
func readDigit(s string) (int64, error) {
	for n, r := range []rune(upperDigits) {
		if n > 0 && s == string(r) {
			return int64(n), nil
		}
	}
	return 0, errUpper
}
