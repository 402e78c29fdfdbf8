// Package pinyin makes the keys by which Chinese names are sorted and found.
package pinyin

import (
	"slices"
	"strings"
	"sync"

	"github.com/mozillazg/go-pinyin"
)

// maxReadings bounds the combinations of a name with several characters of
// more than one reading.
const maxReadings = 16

// reading is what the library says of one character. It works with regular
// expressions, so each character is asked for once.
type reading struct {
	syllable string   // first reading, "" when there is none
	initials []string // of all readings
}

var known sync.Map // rune → reading

func readingOf(r rune) reading {
	if v, ok := known.Load(r); ok {
		return v.(reading)
	}
	var out reading
	for _, p := range pinyin.SinglePinyin(r, pinyin.Args{Style: pinyin.Normal, Heteronym: true}) {
		if p == "" {
			continue
		}
		if out.syllable == "" {
			out.syllable = p
		}
		if !slices.Contains(out.initials, p[:1]) {
			out.initials = append(out.initials, p[:1])
		}
	}
	if s := strings.ToLower(string(r)); out.syllable == "" && (s >= "a" && s <= "z" || s >= "0" && s <= "9") && len(s) == 1 {
		out.initials = []string{s}
	}
	known.Store(r, out)
	return out
}

// SortKey is the pinyin of a name's characters in their first readings,
// syllables apart, so that 张三 sorts before 张四 and both after 王五.
func SortKey(name string) string {
	parts := make([]string, 0, len(name)/3)
	for _, r := range name {
		if s := readingOf(r).syllable; s != "" {
			parts = append(parts, s)
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
		letters := readingOf(r).initials
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
	slices.Sort(found)
	return " " + strings.Join(found, " ")
}
