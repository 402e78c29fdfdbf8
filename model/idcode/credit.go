// Package idcode checks the two codes that the office copies from papers: the
// unified social credit code (统一社会信用代码, GB 32100-2015) and the number
// of the identity card (身份证号, GB 11643).
package idcode

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// creditAlphabet are the characters of GB 32100-2015 in the order of their
// values; I, O, S, V and Z are left out because they are misread.
const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// creditWeights are 3^(i-1) mod 31.
var creditWeights = [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// NormalizeCredit turns a code as typed or copied into the form that
// [CheckCredit] checks: half-width capitals without blanks.
func NormalizeCredit(s string) string {
	return strings.ToUpper(withoutBlanks(width.Fold.String(s)))
}

// CheckCredit says in Chinese why s, already normalised, is no unified social
// credit code, or nil. It checks length, alphabet and the check character;
// the registration classes of the first two places grow and are not checked.
func CheckCredit(s string) error {
	if n := utf8.RuneCountInString(s); n != 18 {
		return fmt.Errorf("应为 18 位，现为 %d 位", n)
	}
	sum, last := 0, 0
	for i, r := range []rune(s) {
		v := strings.IndexRune(creditAlphabet, r)
		switch {
		case v < 0 && unicode.IsLower(r):
			return fmt.Errorf("第 %d 位“%c”应为大写字母", i+1, r)
		case v < 0:
			return fmt.Errorf("第 %d 位“%c”不允许，只用数字和除 I、O、S、V、Z 外的大写字母", i+1, r)
		case i == 17:
			last = v
		default:
			sum += v * creditWeights[i]
		}
	}
	// The second mod matters: without it a remainder of 0 would ask for 31.
	if (31-sum%31)%31 != last {
		return errors.New("校验码不对，请与登记证书核对")
	}
	return nil
}

func withoutBlanks(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
}
