package model

import "strings"

// SimilarDepartment returns the one of known that name probably means, such
// as 心血管内科 for 心内科 or 骨一科 for 骨科一病区, or "" when none or more
// than one comes into question. It is good for a question to the clerk, never
// for a decision: 神经内科 and 神经外科, 骨伤一科 and 骨伤二科 differ in one
// character and are never taken for each other.
func SimilarDepartment(name string, known []string) string {
	const far = 1 << 10
	best, bestDistance, tie := "", far, false
	core := departmentCore(name)
	for _, k := range known {
		if k == name {
			return ""
		}
		d, ok := coreDistance(core, departmentCore(k))
		switch {
		case !ok || d > bestDistance:
		case d == bestDistance:
			tie = true
		default:
			best, bestDistance, tie = k, d, false
		}
	}
	if tie {
		return ""
	}
	return best
}

// What a department's name may carry without being another department.
var departmentWords = strings.NewReplacer("办公室", "", "病区", "", "病房", "", "医学", "", "中心", "",
	"科", "", "室", "", "处", "", "办", "", "部", "", "组", "", "护理单元", "", " ", "",
	"1", "一", "2", "二", "3", "三", "4", "四", "5", "五", "6", "六", "7", "七", "8", "八", "9", "九", "0", "〇", "零", "〇")

// wards are the characters that number or place one of several like
// departments. Those of two names must agree.
const wards = "〇一二三四五六七八九十百东西南北前后新老男女"

// core is a department's name taken apart: what it treats and which of
// several it is.
type core struct{ what, which []rune }

func departmentCore(name string) core {
	var c core
	for _, r := range departmentWords.Replace(tidyDepartment(name)) {
		if strings.ContainsRune(wards, r) {
			c.which = append(c.which, r)
		} else {
			c.what = append(c.what, r)
		}
	}
	return c
}

// coreDistance is how many characters the longer name has more, and false
// when the shorter one is no abbreviation of it. An abbreviation keeps the
// first and the last character (心内 of 心血管内), or is the end (检验 of 临床检验),
// or leaves out the last character only (消化 of 消化内).
func coreDistance(a, b core) (int, bool) {
	if string(a.which) != string(b.which) {
		return 0, false
	}
	short, long := a.what, b.what
	if len(short) > len(long) {
		short, long = long, short
	}
	extra := len(long) - len(short)
	switch {
	case extra == 0:
		return 0, len(short) > 0 && string(short) == string(long)
	case len(short) < 2 || !subsequence(short, long):
		return 0, false
	case short[0] == long[0] && short[len(short)-1] == long[len(long)-1]:
		return extra, true
	case strings.HasSuffix(string(long), string(short)):
		return extra, true
	}
	return extra, extra == 1 && strings.HasPrefix(string(long), string(short))
}

func subsequence(short, long []rune) bool {
	i := 0
	for _, r := range long {
		if i < len(short) && short[i] == r {
			i++
		}
	}
	return i == len(short)
}
