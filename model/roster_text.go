package model

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"qingfeng/model/day"
	"qingfeng/model/idcode"
)

// tidyText is a one-line text without stray blanks and invisible characters,
// letters and digits half-width. Brackets and marks stay as they were typed.
func tidyText(s string) string {
	if plainASCII(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ':
			return r - '０' + '0'
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// tidyNote is tidyText line by line: a note may have several.
func tidyNote(s string) string {
	lines := strings.Split(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"), "\n")
	for i := range lines {
		lines[i] = tidyText(lines[i])
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// tidyCode is a 工号 or the like: no blanks at all, half-width.
func tidyCode(s string) string {
	if plainASCII(s) {
		return s
	}
	return strings.ReplaceAll(tidyText(width.Fold.String(s)), " ", "")
}

// The middle dot of a name is typed in many ways; identity cards print U+00B7.
var middleDots = strings.NewReplacer("•", "·", "・", "·", "･", "·", "‧", "·", "∙", "·", "⋅", "·", "．", "·", "●", "·")

// TidyName removes the blanks inside a Chinese name, which rosters put there
// to make names equally wide, or as a line break in a narrow cell. Blanks of
// a foreign name stay.
func TidyName(s string) string {
	runes := []rune(tidyText(middleDots.Replace(s)))
	out := make([]rune, 0, len(runes))
	for i, r := range runes {
		between := i > 0 && i < len(runes)-1 && hanOrDot(runes[i-1]) && hanOrDot(runes[i+1])
		switch {
		case r == ' ' && between:
			continue
		case r == '.' && between:
			r = '·'
		}
		out = append(out, r)
	}
	return string(out)
}

func hanOrDot(r rune) bool { return unicode.Is(unicode.Han, r) || r == '·' }

// TidyDepartment is a department's name in one spelling: no blanks between
// Chinese characters, Chinese brackets.
func TidyDepartment(s string) string {
	return brackets.Replace(TidyName(s))
}

var brackets = strings.NewReplacer("(", "（", ")", "）")

// nothing reports whether a cell says in writing that it has no value.
func nothing(s string) bool {
	switch s {
	case "-", "--", "—", "——", "/", "无", "－", "／":
		return true
	}
	return false
}

var sexes = map[string]Sex{
	"男": Male, "男性": Male, "M": Male, "MALE": Male, "1": Male, // GB/T 2261.1: 1 male, 2 female
	"女": Female, "女性": Female, "F": Female, "FEMALE": Female, "2": Female,
}

// readSex returns the text itself when it is none of the ways to write a sex.
func readSex(s string) Sex {
	if sex, ok := sexes[strings.ToUpper(strings.ReplaceAll(s, " ", ""))]; ok {
		return sex
	}
	return Sex(s)
}

// readYes reads the tick of a yes-or-no column.
func readYes(s string) (yes, ok bool) {
	switch strings.ToUpper(s) {
	case "是", "√", "✓", "✔", "1", "Y", "YES", "TRUE", "有":
		return true, true
	case "", "否", "×", "0", "N", "NO", "FALSE", "无", "-", "/":
		return false, true
	}
	return false, false
}

// maskReadID masks the ID number of a list of problems. One that is malformed
// loses only the digits where the birthday stands: what does not belong there
// must stay visible, and so must the length.
func maskReadID(s string) string {
	if id := idcode.NormalizePerson(s); idcode.WellFormedPerson(id) {
		return MaskIDNumber(id)
	}
	if strings.ContainsAny(s, "Ee") { // 9.90101E+17: the birthday is lost already
		return s
	}
	runes := []rune(s)
	for i, r := range runes {
		if i >= 6 && i < 14 && unicode.IsDigit(r) {
			runes[i] = '*'
		}
	}
	return string(runes)
}

// shortValue cuts a value for a list of problems, where a line must suffice.
func shortValue(s string) string {
	const most = 40
	runes := []rune(strings.ReplaceAll(s, "\n", " "))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most]) + "…"
}

// readPartial reads a date cell. A cell that holds the number 1995.1 may have
// been typed 1995.1 or 1995.10: the text is taken and the warning names both.
func readPartial(s string, numeric bool) (p day.Partial, warning string, err error) {
	if s == "" || nothing(s) {
		return "", "", nil
	}
	p, err = day.ParsePartial(s)
	switch {
	case err != nil && numeric && serialLike(s):
		err = Errorf(Invalid, "像是 Excel 的日期序号。请把该列设为日期格式，或改写成 1971-07-18")
	case err == nil && numeric && len(s) == len("1995.1") && strings.HasSuffix(s, ".1"):
		warning = "单元格是数字，可能是" + s[:4] + "年1月，也可能是" + s[:4] + "年10月（末尾的 0 被 Excel 略去）；暂按 1 月读取，请核对"
	}
	return p, warning, err
}

// serialLike reports whether s is a whole number of five digits, as days
// since 1900 are between 1927 and 2173.
func serialLike(s string) bool {
	if len(s) != 5 {
		return false
	}
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}
