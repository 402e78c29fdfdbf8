package kit

import (
	"context"
	"errors"
	"log/slog"

	"fyne.io/fyne/v2"
)

// UserError is an error whose message was written for the person at the
// screen: one Chinese sentence that says what happened and what to do.
type UserError interface {
	error
	UserMessage() string
}

// FieldError is an error that knows which field it is about. Of returns the
// message for a field's key, or ""; Error is a text for all of them.
type FieldError interface {
	error
	Of(field string) string
}

const unexpected = "程序遇到意外情况，数据没有改动。请再试一次；还是不行，请退出后重新打开，并告诉管理员。详情已记入日志。"

// UserText is what the screen shows for an error. known is false when the
// error was not written for people; then the text says so and the error
// belongs in the log.
func UserText(err error) (text string, known bool) {
	var user UserError
	var fields FieldError
	switch {
	case errors.As(err, &user):
		return user.UserMessage(), true
	case errors.As(err, &fields):
		return fields.Error(), true
	}
	return unexpected, false
}

// ShowError tells that something went wrong. It is the only way in which an
// error reaches the screen: messages of drivers, paths and stack traces go to
// the log. A cancelled step is no error and shows nothing. log may be nil.
func ShowError(win fyne.Window, err error, log *slog.Logger) {
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	text, known := UserText(err)
	if log != nil {
		if known {
			log.Info("refused") // the sentence may name people, the log must not
		} else {
			log.Error("unexpected", "error", err.Error())
		}
	}
	title := "没有完成"
	if !known {
		title = "出了意外"
	}
	ShowNotice(win, title, text)
}
