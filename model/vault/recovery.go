package vault

import (
	"crypto/rand"
	"fmt"
	"strings"
	"unicode"

	"qingfeng/model"
	"qingfeng/model/formno"
)

// crockford is the alphabet of Douglas Crockford's base 32: no I, L, O, U.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const (
	codeRandom = 26 // characters of 5 random bits
	codeLength = codeRandom + 2
	codeGroup  = 4
)

// NewRecoveryCode makes a code of 130 random bits and two check digits, in
// seven groups of four joined by hyphens.
func NewRecoveryCode() string {
	random := make([]byte, codeRandom)
	rand.Read(random)
	for i, b := range random {
		random[i] = crockford[b%32]
	}
	return grouped(string(random) + codeCheck(string(random)))
}

func grouped(code string) string {
	var b strings.Builder
	for i, r := range code {
		if i > 0 && i%codeGroup == 0 {
			b.WriteByte('-')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// codeCheck is the two check digits. Each character counts as the two digits
// of its place in the alphabet, 00…31: with letters of two digits and numerals
// of one, as form numbers count them, MOD 97-10 would take 1B for B1.
func codeCheck(random string) string {
	var digits strings.Builder
	for i := range len(random) {
		fmt.Fprintf(&digits, "%02d", strings.IndexByte(crockford, random[i]))
	}
	return fmt.Sprintf("%02d", formno.Check(digits.String()))
}

// ParseRecoveryCode reads a code as people type it: small letters, full-width
// letters, any hyphens and blanks or none, I and L for 1, O for 0. It returns
// the form of [NewRecoveryCode], or a sentence that says what is wrong with
// the code. Every single wrong character and every two neighbours exchanged
// are found.
func ParseRecoveryCode(typed string) (string, error) {
	var code []byte
	for _, r := range typed {
		if isSeparator(r) {
			continue
		}
		c, ok := codeCharacter(r)
		if !ok {
			return "", model.Errorf(model.Invalid, "恢复码的第 %d 位不对：恢复码只有数字和 I、L、O、U 以外的字母", len(code)+1)
		}
		code = append(code, c)
		if len(code) > codeLength {
			return "", model.Errorf(model.Invalid, "恢复码应为 %d 位，输入的多了", codeLength)
		}
	}
	if len(code) < codeLength {
		return "", model.Errorf(model.Invalid, "恢复码应为 %d 位，输入了 %d 位", codeLength, len(code))
	}
	if codeCheck(string(code[:codeRandom])) != string(code[codeRandom:]) {
		return "", model.Errorf(model.Invalid, "恢复码有一位不对，请逐位对照打印件")
	}
	return grouped(string(code)), nil
}

// isSeparator covers blanks of any width, hyphens and dashes of any length,
// the minus sign, and the invisible characters that copied text carries.
func isSeparator(r rune) bool {
	return unicode.IsSpace(r) || unicode.In(r, unicode.Pd, unicode.Cf) || r == '−'
}

func codeCharacter(r rune) (byte, bool) {
	if r >= '！' && r <= '～' { // full-width forms lie in the order of ASCII
		r -= '！' - '!'
	}
	switch r = unicode.ToUpper(r); r {
	case 'I', 'L':
		r = '1'
	case 'O':
		r = '0'
	}
	if !strings.ContainsRune(crockford, r) {
		return 0, false
	}
	return byte(r), true
}
