package model

import (
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"

	"qingfeng/assets"
	"qingfeng/model/money"
)

// Change is one column of an audit line in the office's words. Old and New are
// "" where nothing stood.
type Change struct{ Label, Old, New string }

// altered stands for a sensitive value that was replaced by another; the line
// holds neither.
const altered = "（已改动）"

// ReadableChange says what an audit line changed, in the order in which the
// labels have the columns; unknown ones follow under their own names. What is
// no record of columns comes back whole under 原文, so that a line somebody
// tampered with is seen and not hidden.
func ReadableChange(labels assets.Labels, l AuditLine) []Change {
	before, ok1 := auditValues(labels, l.Before)
	after, ok2 := auditValues(labels, l.After)
	if !ok1 || !ok2 {
		return []Change{{"原文", l.Before, l.After}}
	}
	var out []Change
	add := func(column, label string) {
		was, had := before[column]
		is, has := after[column]
		if !had && !has {
			return
		}
		if had && has && was == is {
			is = altered
		}
		out = append(out, Change{label, was, is})
		delete(before, column)
		delete(after, column)
	}
	for _, p := range labels.Of(l.Entity) {
		add(p[0], p[1])
	}
	unknown := maps.Clone(before)
	maps.Copy(unknown, after)
	for _, column := range slices.Sorted(maps.Keys(unknown)) {
		add(column, column)
	}
	return out
}

// ReadableName is how the office calls the record of an audit line.
func ReadableName(labels assets.Labels, l AuditLine) string {
	if word := labels.Settings[l.Label]; l.Entity == "设置" && word != "" {
		return word
	}
	return l.Label
}

// auditValues reads one side of an audit line; ok is false when it is neither
// empty nor one JSON object.
func auditValues(labels assets.Labels, text string) (values map[string]string, ok bool) {
	values = map[string]string{}
	if text == "" {
		return values, true
	}
	var object map[string]any
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&object); err != nil || object == nil {
		return nil, false
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, false
	}
	for column, v := range object {
		s := valueText(v)
		if word, known := labels.Values[column][s]; known {
			s = word
		} else if number, ok := v.(json.Number); ok {
			s = numberText(labels, column, number)
		}
		values[column] = s
	}
	return values, true
}

// numberText is a number that no word is known for.
func numberText(labels assets.Labels, column string, number json.Number) string {
	if strings.HasSuffix(column, "_id") {
		return "内部号 " + number.String()
	}
	if fen, err := number.Int64(); err == nil && slices.Contains(labels.Fen, column) {
		return money.Yuan(fen)
	}
	return number.String()
}

func valueText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "是"
		}
		return "否"
	}
	text, err := json.Marshal(v)
	if err != nil { // cannot happen to what was decoded
		return ""
	}
	return string(text)
}
