package page

import (
	"strings"
	"unicode"
)

// Line breaking for Chinese with Latin words and numbers in it. GB/T 15834
// (标点符号用法) 5.1 says which marks begin no line and which end none.
const (
	noStart = "，。、；：？！,.;:?!）)］]｝}〉》」』】〕〗”’…—～·‧•％%‰℃°′″¨ˇ々〃－-ー︰﹐﹑﹒﹔﹕﹖﹗＂＇＞｀／/"
	noEnd   = "（(［[｛{〈《「『【〔〖“‘￥¥＄$£€№＃#"
)

func beginsNoLine(r rune) bool { return strings.ContainsRune(noStart, r) || unicode.Is(unicode.Mn, r) }
func endsNoLine(r rune) bool   { return strings.ContainsRune(noEnd, r) }

// inWord reports whether r belongs to a Latin word, a number or an address
// that is not broken while it fits a line.
func inWord(r rune) bool {
	if r < 0x80 {
		return r > ' ' && !strings.ContainsRune("()[]{}", r)
	}
	return r < 0x2000 && r != '·' && r != 0xA0 && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r))
}

// mayBreak reports whether a line may end between a and b.
func mayBreak(a, b rune) bool {
	switch {
	case b == ' ': // blanks stay at the end of the line
		return false
	case a == 0xA0 || b == 0xA0:
		return false
	case a == ' ':
		return !beginsNoLine(b)
	case beginsNoLine(b) || endsNoLine(a):
		return false
	}
	return !(inWord(a) && inWord(b))
}

// breakLines returns the end of each line of text, which holds no newline,
// as indices of runes. widths holds each rune's advance, first and rest the room
// in the first and in every later line, all in one unit. Every rune is in
// exactly one line. A line is over its room only by trailing blanks or when
// a single character is wider than the room.
func breakLines(text []rune, widths []float64, first, rest float64) []int {
	var ends []int
	room := first
	for start := 0; start < len(text); {
		end := lineEnd(text[start:], widths[start:], room) + start
		ends = append(ends, end)
		start, room = end, rest
	}
	return ends
}

// lineEnd returns how many runes of text go on the next line.
func lineEnd(text []rune, widths []float64, room float64) int {
	const slack = 1e-6 // sums of widths that fill the line exactly
	used, fit := 0.0, 0
	for fit < len(text) {
		used += widths[fit]
		if used > room+slack && text[fit] != ' ' {
			break
		}
		fit++
	}
	if fit == len(text) {
		return fit
	}
	for at := fit; at > 0; at-- {
		if mayBreak(text[at-1], text[at]) {
			return at
		}
	}
	return max(fit, 1) // a word or a row of marks longer than the line
}
