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

// A separator counts only with the same one behind it, as 1971-07/18 is more
// likely a slip than a date. Blanks are allowed beside separators only:
// joining digits over a blank would turn "2026 1 1" into November.
var (
	dayForms = compile(
		`(\d{4})\s*-\s*(\d{1,2})\s*-\s*(\d{1,2})`,
		`(\d{4})\s*/\s*(\d{1,2})\s*/\s*(\d{1,2})`,
		`(\d{4})\s*\.\s*(\d{1,2})\s*\.\s*(\d{1,2})`,
		`(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?`,
		`(\d{4})(\d{2})(\d{2})`,
	)
	partForms = compile(
		`(\d{4})\s*[-/.]\s*(\d{1,2})`,
		`(\d{4})\s*年\s*(\d{1,2})\s*月?份?`,
		`(\d{4})(\d{2})`,
		`(\d{4})\s*年?`,
	)
	// Programs that export a roster like to add midnight to a date.
	clock = regexp.MustCompile(`[ T]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$`)
	// Typed on a Chinese keyboard the dot is easily a full stop and the
	// hyphen a dash.
	strokes = strings.NewReplacer("。", ".", "–", "-", "—", "-", "−", "-", "\u00a0", " ", "\u3000", " ")
)

func compile(forms ...string) []*regexp.Regexp {
	out := make([]*regexp.Regexp, len(forms))
	for i, f := range forms {
		out[i] = regexp.MustCompile("^" + f + "$")
	}
	return out
}

// Parse reads a day as people type it: 2026-9-1, 2026/9/1, 2026.9.1,
// 2026年9月1日 or 20260901, full-width digits and a time of day behind it
// forgiven. The error is a Chinese sentence; a blank text is an error too.
func Parse(s string) (Date, error) {
	s = tidy(s)
	for _, form := range dayForms {
		if m := form.FindStringSubmatch(s); m != nil {
			p, err := fromParts(m[1:])
			return Date(p), err
		}
	}
	return "", ErrForm
}

// ParsePartial reads what Parse reads and also a month (1972.5, 1971-07,
// 1967年7月, 196707) or a year (1971, 1971年).
func ParsePartial(s string) (Partial, error) {
	s = tidy(s)
	for _, forms := range [][]*regexp.Regexp{dayForms, partForms} {
		for _, form := range forms {
			if m := form.FindStringSubmatch(s); m != nil {
				return fromParts(m[1:])
			}
		}
	}
	return "", ErrPartialForm
}

func tidy(s string) string {
	s = strings.TrimSpace(strokes.Replace(width.Fold.String(s)))
	return clock.ReplaceAllString(s, "")
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
