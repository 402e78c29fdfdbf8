package idcode

import (
	"errors"
	"strings"

	"golang.org/x/text/width"

	"qingfeng/model/day"
)

var personWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// personCheck is the check character by the weighted sum mod 11.
const personCheck = "10X98765432"

// provinces are the province codes of GB/T 2260, and 83, under which
// residence permits for people from Taiwan are issued.
var provinces = func() map[string]bool {
	m := map[string]bool{}
	for _, p := range strings.Fields("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 " +
		"50 51 52 53 54 61 62 63 64 65 71 81 82 83") {
		m[p] = true
	}
	return m
}()

// Errors of [CheckPerson].
var (
	ErrPersonShape = errors.New("应为 18 位，前 17 位数字，末位数字或 X")
	ErrPersonBirth = errors.New("其中的出生日期不存在")
	ErrPersonCheck = errors.New("校验码不对，请与身份证核对")
)

// The last place is typed and scanned as anything that looks like an X: the
// multiplication sign, the Roman ten, the Cyrillic letter.
var personX = strings.NewReplacer("x", "X", "×", "X", "Ⅹ", "X", "ⅹ", "X", "Х", "X", "х", "X")

// NormalizePerson turns a number as typed or copied into the form that the
// other functions expect: half-width digits, a capital X, no blanks.
func NormalizePerson(s string) string {
	return personX.Replace(withoutBlanks(width.Fold.String(s)))
}

// WellFormedPerson reports whether s is 17 digits and a digit or X.
func WellFormedPerson(s string) bool {
	if len(s) != 18 {
		return false
	}
	for i := range 17 {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s[17] == 'X' || s[17] >= '0' && s[17] <= '9'
}

// CheckPerson returns [ErrPersonShape], [ErrPersonBirth], [ErrPersonCheck] or
// nil. Cards with a wrong check character were issued in earlier decades, so
// a roster's reader takes the last two as a warning.
func CheckPerson(s string) error {
	if !WellFormedPerson(s) {
		return ErrPersonShape
	}
	if _, ok := BirthDay(s); !ok {
		return ErrPersonBirth
	}
	sum := 0
	for i, w := range personWeights {
		sum += int(s[i]-'0') * w
	}
	if personCheck[sum%11] != s[17] {
		return ErrPersonCheck
	}
	return nil
}

// KnownRegion reports whether s begins with a province code of GB/T 2260.
func KnownRegion(s string) bool { return len(s) >= 2 && provinces[s[:2]] }

// BirthDay returns the day of birth in a well-formed number, and false when
// the number has none.
func BirthDay(s string) (day.Date, bool) {
	if !WellFormedPerson(s) {
		return "", false
	}
	d := day.Date(s[6:10] + "-" + s[10:12] + "-" + s[12:14])
	return d, d.Valid()
}
