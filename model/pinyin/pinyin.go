// Package pinyin makes the keys by which Chinese names are sorted and found.
package pinyin

import (
	"sort"
	"strings"

	"github.com/mozillazg/go-pinyin"
)

// maxReadings bounds the combinations of a name with several characters of
// more than one reading.
const maxReadings = 16

// SortKey is the pinyin of a name's characters in their first readings,
// syllables apart, so that 张三 sorts before 张四 and both after 王五.
func SortKey(name string) string {
	parts := make([]string, 0, len(name)/3)
	for _, r := range name {
		if p := pinyin.SinglePinyin(r, pinyin.Args{Style: pinyin.Normal}); len(p) > 0 {
			parts = append(parts, p[0])
		} else {
			parts = append(parts, strings.ToLower(string(r)))
		}
	}
	return strings.Join(parts, " ")
}

// Initials are the first letters of a name in all readings, each with a blank
// before it: 单雄 gives " cx dx sx". A search for " dx" finds the person.
func Initials(name string) string {
	found := []string{""}
	for _, r := range name {
		letters := initialsOf(r)
		if len(letters) == 0 {
			continue
		}
		next := make([]string, 0, len(found)*len(letters))
		for _, f := range found {
			for _, l := range letters {
				if len(next) < maxReadings {
					next = append(next, f+l)
				}
			}
		}
		found = next
	}
	if found[0] == "" {
		return ""
	}
	sort.Strings(found)
	return " " + strings.Join(found, " ")
}

func initialsOf(r rune) []string {
	if r < 0x80 {
		if s := strings.ToLower(string(r)); s >= "a" && s <= "z" || s >= "0" && s <= "9" {
			return []string{s}
		}
		return nil
	}
	var out []string
	seen := map[string]bool{}
	for _, p := range pinyin.SinglePinyin(r, pinyin.Args{Style: pinyin.Normal, Heteronym: true}) {
		if p != "" && !seen[p[:1]] {
			seen[p[:1]] = true
			out = append(out, p[:1])
		}
	}
	return out
}
