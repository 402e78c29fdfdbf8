package day

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/width"
)

// Errors of [Parse] and [ParsePartial]; the texts end up below a form's field
// and in the list of rejected rows.
var (
	ErrForm        = errors.New("不是可识别的日期，请写成 2026-9-1、2026年9月1日 或 20260901")
	ErrPartialForm = errors.New("不是可识别的日期，请写成 1971-07-18、1971年7月18日、1971-07、1971年7月 或 1971（年份写四位）")
	errRange       = fmt.Errorf("年份应在 %d 到 %d 之间", MinYear, MaxYear)
)

var (
	// Programs that export a roster like to add midnight to a date.
	clock = regexp.MustCompile(`[ T]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$`)
	// Typed on a Chinese keyboard the dot is easily a full stop and the
	// hyphen a dash.
	strokes = strings.NewReplacer("。", ".", "–", "-", "—", "-", "−", "-", "\u00a0", " ", "\u3000", " ")
)

// Parse reads a day as people type it: 2026-9-1, 2026/9/1, 2026.9.1,
// 2026年9月1日 or 20260901, full-width digits and a time of day behind it
// forgiven. The error is a Chinese sentence; a blank text is an error too.
func Parse(s string) (Date, error) {
	parts := split(s)
	if len(parts) != 3 {
		return "", ErrForm
	}
	p, err := fromParts(parts)
	return Date(p), err
}

// ParsePartial reads what Parse reads and also a month (1972.5, 1971-07,
// 1967年7月, 196707) or a year (1971, 1971年).
func ParsePartial(s string) (Partial, error) {
	parts := split(s)
	if len(parts) == 0 {
		return "", ErrPartialForm
	}
	return fromParts(parts)
}

// split takes a date apart into year, month and day, as far as given, or
// returns nil when the text has no form of a date.
//
// Both separators must be the same one, as 1971-07/18 is more likely a slip
// than a date. Blanks may stand beside a separator but are none: joining
// digits over a blank would turn "2026 1 1" into November.
func split(s string) []string {
	digits, marks := scan(tidy(s))
	if len(digits) == 1 && marks == "" {
		switch d := digits[0]; len(d) {
		case 6:
			return []string{d[:4], d[4:]}
		case 8:
			return []string{d[:4], d[4:6], d[6:]}
		}
	}
	if len(digits) == 0 || len(digits[0]) != 4 {
		return nil
	}
	for _, d := range digits[1:] {
		if len(d) > 2 {
			return nil
		}
	}
	for _, m := range forms[min(len(digits), len(forms)-1)] {
		if m == marks {
			return digits
		}
	}
	return nil
}

// forms are the marks behind the first, second and third group of digits.
var forms = [...][]string{
	1: {"", "年"},
	2: {"-_", "/_", "._", "年_", "年_月", "年_月份"},
	3: {"-_-_", "/_/_", "._._", "年_月_", "年_月_日", "年_月_号"},
	4: nil,
}

// scan separates digits from the marks behind them, which come joined by "_".
// Blanks beside a mark are removed; a gap of blanks only is a mark of its own.
func scan(s string) (digits []string, marks string) {
	var behind []string
	for s != "" {
		n := len(s) - len(strings.TrimLeft(s, figures))
		digits, s = append(digits, s[:n]), s[n:]
		if n = strings.IndexAny(s, figures); n < 0 {
			n = len(s)
		}
		mark := strings.TrimSpace(s[:n])
		if mark == "" && n > 0 {
			mark = " "
		}
		behind, s = append(behind, mark), s[n:]
	}
	return digits, strings.Join(behind, "_")
}

const figures = "0123456789"

func tidy(s string) string {
	s = strings.TrimSpace(strokes.Replace(width.Fold.String(s)))
	if strings.Contains(s, ":") {
		s = clock.ReplaceAllString(s, "")
	}
	return s
}

// fromParts makes a date of one to three groups of digits.
func fromParts(parts []string) (Partial, error) {
	var n [3]int
	for i, s := range parts {
		n[i], _ = strconv.Atoi(s)
	}
	if n[0] < MinYear || n[0] > MaxYear {
		return "", errRange
	}
	var p Partial
	switch len(parts) {
	case 1:
		return Partial(parts[0]), nil
	case 2:
		p = Partial(fmt.Sprintf("%04d-%02d", n[0], n[1]))
	case 3:
		p = Partial(fmt.Sprintf("%04d-%02d-%02d", n[0], n[1], n[2]))
	}
	if p.Valid() {
		return p, nil
	}
	if n[1] < 1 || n[1] > 12 {
		return "", fmt.Errorf("没有 %d 月", n[1])
	}
	return "", fmt.Errorf("%d年%d月没有 %d 日", n[0], n[1], n[2])
}
