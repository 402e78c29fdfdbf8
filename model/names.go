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

// MaskName leaves of a name what tells its bearer from others in a list, and no
// more: 徐**. What is no name, such as [Nameless], stays.
func MaskName(name string) string {
	runes := []rune(name)
	if len(runes) < 2 || name == Nameless || name == FromOldLedger {
		return name
	}
	return string(runes[:1]) + strings.Repeat("*", min(len(runes)-1, 2))
}
