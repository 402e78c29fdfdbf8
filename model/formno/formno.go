// Package formno makes and reads the numbers that personal forms and letters
// bear: a prefix for the register, the year, a running number and two check
// digits, such as CN-2026-00307-09.
//
// The check digits are ISO/IEC 7064 MOD 97-10 (letters count as 10…35, as in
// ISO 13616): they find every single wrong character, letters included, and
// every pair of neighbours exchanged, and stay typable on a number pad.
package formno

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/width"
)

// No is a form number taken apart.
type No struct {
	Prefix string // two capital letters
	Year   int
	Seq    int // from 1
}

// Errors of [Parse].
var (
	ErrShape = errors.New("不是表单编号，编号形如 CN-2026-00307-09")
	ErrCheck = errors.New("编号的校验码不对，请核对是否输错一位")
)

// String is the number as printed, check digits included.
func (n No) String() string {
	return fmt.Sprintf("%s-%d-%05d-%02d", n.Prefix, n.Year, n.Seq, n.check())
}

func (n No) check() int {
	return Check(fmt.Sprintf("%s%d%05d", n.Prefix, n.Year, n.Seq))
}

// Check is the number, 2…98, that ISO/IEC 7064 MOD 97-10 puts after s, which
// holds digits and capital letters. It finds what the package says as long as
// each place of s holds either digits or letters.
func Check(s string) int { return 98 - mod97(s+"00") }

// mod97 reads s as one long number in which a letter stands for two digits.
func mod97(s string) int {
	rem := 0
	for _, r := range s {
		if r >= 'A' {
			rem = (rem*100 + int(r-'A') + 10) % 97
		} else {
			rem = (rem*10 + int(r-'0')) % 97
		}
	}
	return rem
}

var shape = regexp.MustCompile(`^([A-Z]{2})-?(\d{4})-?(\d{5,7})-?(\d{2})$`)

// Parse reads a number as typed or scanned: small letters, full-width
// characters, blanks around it and missing hyphens are forgiven. It returns
// [ErrShape] or [ErrCheck].
func Parse(s string) (No, error) {
	s = strings.ToUpper(strings.TrimSpace(width.Narrow.String(s)))
	m := shape.FindStringSubmatch(s)
	if m == nil {
		return No{}, ErrShape
	}
	year, _ := strconv.Atoi(m[2])
	seq, _ := strconv.Atoi(m[3])
	n := No{m[1], year, seq}
	if fmt.Sprintf("%02d", n.check()) != m[4] || len(m[3]) > 5 && m[3][0] == '0' {
		return No{}, ErrCheck
	}
	return n, nil
}
