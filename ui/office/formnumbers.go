package office

import (
	"errors"
	"slices"
	"strings"

	"qingfeng/model/formno"
)

// ScannedNumber is the form number that a scanner typed, "" when there is none.
// What stood in the field before comes first and is not meant.
func ScannedNumber(typed string) string {
	nos := ScannedNumbers(typed)
	if len(nos) == 0 {
		return ""
	}
	return nos[len(nos)-1]
}

// ScannedNumbers are the different parts of a text that have the shape of a form
// number. Anything that has is meant as one, so a misread one gets its message.
func ScannedNumbers(typed string) []string {
	var nos []string
	text := []rune(typed)
	for i := 0; i < len(text); i++ {
		for to := len(text); to > i; to-- {
			no := string(text[i:to])
			if _, err := formno.Parse(no); errors.Is(err, formno.ErrShape) || no != strings.TrimSpace(no) {
				continue
			}
			if !slices.Contains(nos, no) {
				nos = append(nos, no)
			}
			i = to - 1
		}
	}
	return nos
}
