package office

import (
	"slices"
	"strings"

	"qingfeng/model"
)

// OneLine joins the lines of a text for a place that has one line.
func OneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// Shorten is the beginning of a text that has more than most characters.
func Shorten(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}

// Brief is the beginning of a text, on one line; the whole of it is to be had
// elsewhere.
func Brief(text string, most int) string { return Shorten(OneLine(text), most) }

// Joined joins those of the parts that say something.
func Joined(between string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), between)
}

// FieldMessages are the sentences of an entity's check by field.
func FieldMessages(err error) map[string]string {
	out := map[string]string{}
	if errs, ok := err.(model.FieldErrors); ok {
		for _, e := range errs {
			out[e.Field] = e.Message
		}
	}
	return out
}
