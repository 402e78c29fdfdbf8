package model

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"qingfeng/model/day"
	"qingfeng/model/idcode"
)

// Sex as rosters write it; "" when the roster does not say.
type Sex string

// The values of [Sex].
const (
	Male   Sex = "男"
	Female Sex = "女"
)

// Staff is a staff member (职工). EmployeeNo (工号) identifies one for good: a
// person leaves but is never deleted. IDNumber and Phone are sensitive: they
// are masked on screen and paper unless asked for.
type Staff struct {
	ID           int64
	EmployeeNo   string
	Name         string
	Sex          Sex
	BornOn       day.Partial // 出生年月, often a month only
	IDNumber     string
	Phone        string
	DepartmentID int64
	BranchID     int64 // party branch, 0 for none
	Post         string
	Title        string // 职称
	Position     string // 职务
	Political    string // 政治面貌
	JoinedOn     day.Partial
	// KeyPostReason says why this is a key post (重点岗位); "" means it is none.
	KeyPostReason  string
	GridSupervisor bool
	Note           string
	LeftOn         day.Date // "" while employed
	LeftReason     string
}

// Longest values, in characters: what a form's field still prints in full at
// its smallest size.
const (
	MaxName       = 40
	MaxEmployeeNo = 20
	MaxShort      = 60
	MaxNote       = 500
)

// KeyPost reports whether the person holds a key post.
func (s Staff) KeyPost() bool { return s.KeyPostReason != "" }

// Left reports whether the person no longer works here.
func (s Staff) Left() bool { return s.LeftOn != "" }

// Validate returns [FieldErrors] with everything that keeps s from being stored.
func (s Staff) Validate() error {
	var errs FieldErrors
	if s.EmployeeNo == "" {
		errs.add("EmployeeNo", "工号", "不能为空")
	} else if msg := BadEmployeeNo(s.EmployeeNo); msg != "" {
		errs.add("EmployeeNo", "工号", msg)
	}
	if msg := BadPersonName(s.Name); msg != "" {
		errs.add("Name", "姓名", msg)
	}
	if s.Sex != "" && s.Sex != Male && s.Sex != Female {
		errs.add("Sex", "性别", "只能是“男”或“女”")
	}
	if s.DepartmentID == 0 {
		errs.add("DepartmentID", "科室", "请选择科室")
	}
	if s.IDNumber != "" && !idcode.WellFormedPerson(s.IDNumber) {
		errs.add("IDNumber", "身份证号", "应为 18 位，前 17 位数字，末位数字或 X")
	}
	for _, f := range []struct {
		field, label, value string
		max                 int
	}{
		{"Phone", "联系电话", s.Phone, MaxShort}, {"Post", "岗位类别", s.Post, MaxShort},
		{"Title", "职称", s.Title, MaxShort}, {"Position", "职务", s.Position, MaxShort},
		{"Political", "政治面貌", s.Political, MaxShort}, {"KeyPostReason", "重点岗位原因", s.KeyPostReason, MaxNote},
		{"Note", "备注", s.Note, MaxNote}, {"LeftReason", "离职原因", s.LeftReason, MaxNote},
	} {
		if msg := BadText(f.value, f.max); msg != "" {
			errs.add(f.field, f.label, msg)
		}
	}
	for _, f := range []struct {
		field, label string
		value        day.Partial
	}{{"BornOn", "出生年月", s.BornOn}, {"JoinedOn", "参加工作时间", s.JoinedOn}} {
		if f.value != "" && !f.value.Valid() {
			errs.add(f.field, f.label, "不是一个日期")
		}
	}
	if s.LeftOn != "" && !s.LeftOn.Valid() {
		errs.add("LeftOn", "离职日期", "不是一个日期")
	}
	return errs.err()
}

// BadEmployeeNo says in Chinese why no is not a 工号, or "".
func BadEmployeeNo(no string) string {
	if utf8.RuneCountInString(no) > MaxEmployeeNo {
		return "超过 20 个字符"
	}
	for _, r := range no {
		if !(r == '-' || r == '_' || r == '.' || r == '/' || r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) || unicode.Is(unicode.Han, r)) {
			return "含有不允许的字符"
		}
	}
	return ""
}

// BadPersonName says in Chinese why name is not a person's name, or "".
// Names of ethnic minorities carry a middle dot, some foreign names a space.
func BadPersonName(name string) string {
	if strings.TrimSpace(name) == "" {
		return "不能为空"
	}
	if utf8.RuneCountInString(name) > MaxName {
		return "超过 40 个字符"
	}
	for _, r := range name {
		if !(unicode.IsLetter(r) || r == '·' || r == ' ' || r == '-' || r == '.' || r == '\'' || r == '〇') {
			return "含有不允许的字符"
		}
	}
	return ""
}

// BadText says in Chinese why text is no one-line value of at most max
// characters, or "".
func BadText(text string, max int) string {
	if !utf8.ValidString(text) {
		return "编码有误"
	}
	if utf8.RuneCountInString(text) > max {
		return fmt.Sprintf("有 %d 个字符，最多 %d 个", utf8.RuneCountInString(text), max)
	}
	for _, r := range text {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return "含有看不见的控制字符"
		}
	}
	return ""
}

// MaskIDNumber hides the birthday and the serial of an ID number: the region
// and the last two characters stay so that the office can tell two people of
// one name apart.
func MaskIDNumber(id string) string {
	if len(id) < 9 {
		return strings.Repeat("*", len(id))
	}
	return id[:6] + strings.Repeat("*", len(id)-8) + id[len(id)-2:]
}

// MaskPhone hides the middle of a telephone number.
func MaskPhone(phone string) string {
	r := []rune(phone)
	if len(r) < 8 {
		return strings.Repeat("*", len(r))
	}
	return string(r[:3]) + strings.Repeat("*", len(r)-7) + string(r[len(r)-4:])
}
