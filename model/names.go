package model

import "strings"

// SplitNames takes a list of names apart, as people set them apart: by commas,
// semicolons, slashes or lines. Each is tidied.
func SplitNames(list string) []string {
	var names []string
	for _, name := range strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune("、，,；;/\n", r) }) {
		if name = TidyName(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// SharedName returns a name that stands in both lists, "" for none. 王芳 and
// 王芳（内科） may be the same person; 王芳（内科） and 王芳（外科） are not.
func SharedName(a, b string) string {
	for _, x := range SplitNames(a) {
		for _, y := range SplitNames(b) {
			if sameName(x, y) {
				return x
			}
		}
	}
	return ""
}

func sameName(a, b string) bool {
	plainA, remarkA, _ := strings.Cut(brackets.Replace(a), "（")
	plainB, remarkB, _ := strings.Cut(brackets.Replace(b), "（")
	return strings.TrimSpace(plainA) == strings.TrimSpace(plainB) && (remarkA == remarkB || remarkA == "" || remarkB == "")
}

// Filled stands for a sealed value that somebody may not read.
const Filled = "（已填写）"

// MaskName leaves of a name what tells its bearer from others in a list, and no
// more: 徐**. What is no name, such as [Nameless], stays.
func MaskName(name string) string {
	runes := []rune(name)
	if len(runes) < 2 || name == Nameless || name == FromOldLedger || name == Filled {
		return name
	}
	return string(runes[:1]) + strings.Repeat("*", min(len(runes)-1, 2))
}

// MaskNumber leaves of a number, such as a 住院号, the end, by which those who
// have it before them recognise it.
func MaskNumber(no string) string {
	const shown = 3
	runes := []rune(no)
	switch {
	case no == "" || no == Filled:
		return no
	case len(runes) <= 2*shown:
		return "***"
	}
	return "***" + string(runes[len(runes)-shown:])
}

// MaskNames is [MaskName] for each name of a list.
func MaskNames(list string) string {
	names := SplitNames(list)
	for i, name := range names {
		names[i] = MaskName(name)
	}
	return strings.Join(names, "、")
}
