// Package model holds what the office keeps and the rules for it. It opens no
// file, reads no clock and has no database handle: time and settings come in
// as arguments, so that every rule is a plain function.
package model

import (
	"errors"
	"fmt"
	"strings"

	"qingfeng/model/day"
)

// Code tells the kinds of failure apart that a program treats differently.
type Code string

// The codes of an [Error].
const (
	Invalid  Code = "invalid"   // the input breaks a rule; nothing was changed
	NotFound Code = "not_found" // no such record
	Conflict Code = "conflict"  // the record's state does not allow the step
	Locked   Code = "locked"    // another program holds the data folder
	Storage  Code = "storage"   // the disk or the file under the data failed
	Denied   Code = "denied"    // nobody is signed in, the secret is wrong, or the role does not allow it
)

// Error is a failure that a person can act on. Message is one Chinese
// sentence that says what happened and what to do; it carries no sensitive
// value, so it may be logged.
type Error struct {
	Code    Code
	Message string
}

func (e *Error) Error() string { return e.Message }

// UserMessage is the sentence that a window may show as it is.
func (e *Error) UserMessage() string { return e.Message }

// Errorf makes an [Error] with a formatted message.
func Errorf(code Code, format string, args ...any) error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// CodeOf returns the code of the first [Error] or [FieldErrors] in err's
// chain, or "" when err is none of ours.
func CodeOf(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	if _, ok := errors.AsType[FieldErrors](err); ok {
		return Invalid
	}
	return ""
}

// FieldError is what is wrong with one field. Field is the struct field's
// name, Label what the screen and the paper call it.
type FieldError struct {
	Field, Label, Message string
}

// FieldErrors is what Validate returns: everything that is wrong, so that a
// form can show each sentence under its own field.
type FieldErrors []FieldError

func (f FieldErrors) Error() string {
	parts := make([]string, len(f))
	for i, e := range f {
		parts[i] = e.Label + "：" + e.Message
	}
	return strings.Join(parts, "；")
}

// Of returns the message for a field, or "".
func (f FieldErrors) Of(field string) string {
	for _, e := range f {
		if e.Field == field {
			return e.Message
		}
	}
	return ""
}

func (f *FieldErrors) add(field, label, message string) {
	*f = append(*f, FieldError{field, label, message})
}

// text adds what is wrong with a text of at most max characters.
func (f *FieldErrors) text(field, label, value string, max int, required bool) {
	if msg := BadText(value, max); msg != "" {
		f.add(field, label, msg)
	} else if required && strings.TrimSpace(value) == "" {
		f.add(field, label, "不能为空")
	}
}

// date adds what is wrong with a day.
func (f *FieldErrors) date(field, label string, value day.Date, required bool) {
	if value == "" && required {
		f.add(field, label, "请填写日期")
	} else if value != "" && !value.Valid() {
		f.add(field, label, "不是一个日期")
	}
}

// err returns nil when nothing is wrong, so that callers can return it as is.
func (f FieldErrors) err() error {
	if len(f) == 0 {
		return nil
	}
	return f
}

// reasonOf is a reason as it is stored, or an error that calls it by label.
func reasonOf(label, reason string) (string, error) {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return "", Errorf(Invalid, "请填写%s", label)
	}
	if msg := BadText(reason, MaxNote); msg != "" {
		return "", Errorf(Invalid, "%s%s", label, msg)
	}
	return reason, nil
}
