package money

import (
	"errors"
	"strconv"
	"strings"

	"golang.org/x/text/width"
)

// Largest is what amounts that are read stay below, in fen: ten thousand
// million yuan. More is a slip. Nine million of them add up within an int64.
const Largest = 10_000_000_000 * 100

var (
	errMoney = errors.New("不是可识别的金额，请写成 1234.56")
	errSmall = errors.New("金额最多写到分")
	errLarge = errors.New("金额过大，请核对")
)

// Parse reads an amount in yuan as people write it: 1234, 1,234.5,
// ￥1,234.56, 1234元, full-width digits too. It never goes through a float.
func Parse(s string) (fen int64, err error) {
	s = width.Fold.String(strings.TrimSpace(s))
	s = strings.TrimSpace(strings.TrimLeft(s, "¥￥"))
	s = strings.TrimSpace(strings.TrimSuffix(s, "元"))
	yuan, cents, point := strings.Cut(s, ".")
	yuan, grouped := ungroup(yuan)
	if !grouped || !digits(yuan) || point && !digits(cents) {
		return 0, errMoney
	}
	if len(cents) > 2 {
		return 0, errSmall
	}
	// Of digits nothing can be wrong but that they are too many.
	if fen, err = strconv.ParseInt(yuan+(cents + "00")[:2], 10, 64); err != nil || fen >= Largest {
		return 0, errLarge
	}
	return fen, nil
}

// ungroup takes out commas that set thousands apart. Any other comma may be a
// mistyped point, which would make the amount a hundredfold.
func ungroup(yuan string) (plain string, ok bool) {
	groups := strings.Split(yuan, ",")
	for i, group := range groups {
		if i > 0 && len(group) != 3 || len(groups) > 1 && (group == "" || len(group) > 3) {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
