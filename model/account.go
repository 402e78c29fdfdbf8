package model

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"qingfeng/model/day"
)

// Account is a person who may open the data folder. Disabled accounts stay, so
// that the audit trail keeps its names.
type Account struct {
	ID         int64
	Login      string // what is typed at sign-in
	Name       string // the person
	Role       Role
	DisabledOn day.Date  // "" while in use
	MustChange bool      // the password was set by another person
	Failures   int       // wrong passwords since the last right one
	LockedTill time.Time // no sign-in before, after too many failures
}

// Label is how the audit trail calls the account: 李某（li）.
func (a Account) Label() string {
	if a.Name == a.Login {
		return a.Login
	}
	return a.Name + "（" + a.Login + "）"
}

// Validate returns [FieldErrors] with everything that keeps a from being stored.
func (a Account) Validate() error {
	var errs FieldErrors
	if a.Login == "" {
		errs.add("Login", "登录名", "不能为空")
	} else if msg := BadEmployeeNo(a.Login); msg != "" {
		errs.add("Login", "登录名", msg)
	}
	if msg := BadPersonName(a.Name); msg != "" {
		errs.add("Name", "姓名", msg)
	}
	if !slices.Contains(Roles, a.Role) {
		errs.add("Role", "角色", "请选择角色")
	}
	return errs.err()
}

// Five wrong passwords lock an account for a quarter of an hour (trust.md).
const (
	MostFailures = 5
	LockTime     = 15 * time.Minute
)

// Lengths of a password in characters. Length and a list of the usual ones
// decide, not kinds of characters: NIST SP 800-63B, 5.1.1.2.
const (
	ShortestPassword = 8
	LongestPassword  = 128
)

// BadPassword says in Chinese why an account may not have a password, or "".
// common are the passwords that everybody tries first, in lower case.
func BadPassword(password, login string, common []string) string {
	plain := strings.ToLower(password)
	switch n := utf8.RuneCountInString(password); {
	case !utf8.ValidString(password) || strings.ContainsFunc(password, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return "含有不可见的字符"
	case n < ShortestPassword:
		return "至少 8 个字符"
	case n > LongestPassword:
		return "最多 128 个字符"
	case login != "" && strings.Contains(plain, strings.ToLower(login)) && n < utf8.RuneCountInString(login)+ShortestPassword/2:
		return "不能是登录名加几个字符"
	case steps(plain) || slices.Contains(common, plain):
		return "太常见，别人一猜就中，请换一个"
	}
	return ""
}

// steps reports whether each character follows the one before by the same
// step: 11111111, 12345678, hgfedcba.
func steps(s string) bool {
	r := []rune(s)
	for i := 2; i < len(r); i++ {
		if r[i]-r[i-1] != r[1]-r[0] {
			return false
		}
	}
	return len(r) > 1 && r[1]-r[0] >= -1 && r[1]-r[0] <= 1
}
