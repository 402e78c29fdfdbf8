package system

import (
	"context"
	"log/slog"
	"strings"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// ShowOwnPassword opens the dialog in which the person who is signed in
// changes the own password.
func ShowOwnPassword(deps Deps) {
	form := OwnPasswordForm(deps.Win, deps.Store, deps.Log, func() {
		kit.Toast(deps.Win, "密码已修改，下次登录用新密码", kit.Good)
	})
	form.ShowDialog("修改密码", "修改密码")
}

// OwnPasswordForm is the form of [ShowOwnPassword] for any place: the sign-in
// shows its Body when the account has to change a password that another person
// set. done is called once the store has the new password.
func OwnPasswordForm(win fyne.Window, s *store.Store, log *slog.Logger, done func()) *kit.Form {
	old, password := kit.NewPassword(0), newPasswordPair()
	form := kit.NewForm(win, append([]kit.FormItem{
		kit.Field{Key: "Old", Label: "原密码", Required: true, Input: old},
	}, password.items("新密码")...)...)
	form.Log = log
	form.Validate = password.check
	form.OnSave = func() func(context.Context) error {
		before, after := old.Value(), password.value()
		return func(ctx context.Context) error { return underOld(s, s.ChangePassword(ctx, before, after)) }
	}
	form.OnSaved = done
	return form
}

// underOld puts the refusal of the old password below its field. Except that
// an account is locked, the store says it as at sign-in, where a name is typed
// too.
func underOld(s *store.Store, err error) error {
	if _, signedIn := s.Account(); model.CodeOf(err) != model.Denied || !signedIn {
		return err
	}
	message := "原密码不对"
	if strings.Contains(err.Error(), "锁定") {
		message = err.Error()
	}
	return model.FieldErrors{{Field: "Old", Label: "原密码", Message: message}}
}
