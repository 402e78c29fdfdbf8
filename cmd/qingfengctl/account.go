package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"qingfeng/model"
	"qingfeng/model/store"
)

type accountCommand struct {
	List         accountListCommand         `cmd:"" help:"列出账号"`
	Add          accountAddCommand          `cmd:"" help:"新增账号，本人首次登录要改密码"`
	Set          accountSetCommand          `cmd:"" help:"修改姓名或角色"`
	Disable      accountDisableCommand      `cmd:"" help:"停用账号"`
	Enable       accountEnableCommand       `cmd:"" help:"重新启用账号，本人首次登录要改密码"`
	Reset        accountResetCommand        `cmd:"" help:"重设别人的密码并解锁，本人首次登录要改密码"`
	Password     accountPasswordCommand     `cmd:"" help:"修改自己的密码"`
	Recover      accountRecoverCommand      `cmd:"" help:"用恢复码重设管理员的密码，打印新的恢复码"`
	RecoveryCode accountRecoveryCodeCommand `cmd:"" help:"换一个恢复码，原来的作废"`
}

type newPassword struct {
	NewPasswordFile string `help:"第一行是新密码的文件，缺省用环境变量 QINGFENG_NEW_PASSWORD" placeholder:"文件" type:"path"`
}

func (n newPassword) password(ctx context.Context, o *output) (string, error) {
	return o.need(ctx, secret{"新密码", "--new-password-file", n.NewPasswordFile, "QINGFENG_NEW_PASSWORD"}, true)
}

type accountListCommand struct{}

func (c *accountListCommand) Run(ctx context.Context, o *output) error {
	type row struct {
		Login       string `json:"login"`
		Name        string `json:"name"`
		Role        string `json:"role"`
		DisabledOn  string `json:"disabled_on"`
		MustChange  bool   `json:"must_change"`
		LockedUntil string `json:"locked_until"`
	}
	return o.withStore(ctx, func(s *store.Store) error {
		found, err := s.Accounts(ctx)
		if err != nil {
			return err
		}
		rows := make([]row, len(found))
		for i, a := range found {
			rows[i] = row{Login: a.Login, Name: a.Name, Role: string(a.Role), DisabledOn: string(a.DisabledOn), MustChange: a.MustChange}
			if !a.LockedTill.IsZero() {
				rows[i].LockedUntil = moment(a.LockedTill)
			}
		}
		return o.result(rows, func(w io.Writer) {
			for _, r := range rows {
				state := "在用"
				switch {
				case r.DisabledOn != "":
					state = "已停用 " + r.DisabledOn
				case r.MustChange:
					state = "待改密码"
				}
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", r.Login, r.Name, r.Role, state)
			}
		})
	})
}

type accountAddCommand struct {
	AccountLogin string `arg:"" name:"login" help:"登录名"`
	Name         string `required:"" help:"姓名" placeholder:"姓名"`
	Role         string `required:"" help:"管理员、经办、审核或审计" placeholder:"角色" enum:"管理员,经办,审核,审计"`
	newPassword  `embed:""`
}

func (c *accountAddCommand) Run(ctx context.Context, o *output) error {
	password, err := c.password(ctx, o)
	if err != nil {
		return err
	}
	return o.withStore(ctx, func(s *store.Store) error {
		a := model.Account{Login: c.AccountLogin, Name: c.Name, Role: model.Role(c.Role)}
		if _, err := s.AddAccount(ctx, a, password); err != nil {
			return err
		}
		return o.accountDone(a, "已新增账号，首次登录要改密码")
	})
}

// accountDone reports a change of an account.
func (o *output) accountDone(a model.Account, did string) error {
	return o.result(map[string]string{"login": a.Login, "name": a.Name, "role": string(a.Role)}, func(w io.Writer) {
		fmt.Fprintf(w, "%s：%s %s %s\n", did, a.Login, a.Name, a.Role)
	})
}

// onAccount does one step with an account found by its login name.
func (o *output) onAccount(ctx context.Context, login, did string, step func(s *store.Store, a *model.Account) error) error {
	return o.withStore(ctx, func(s *store.Store) error {
		all, err := s.Accounts(ctx)
		if err != nil {
			return err
		}
		for _, a := range all {
			if a.Login == login {
				if err := step(s, &a); err != nil {
					return err
				}
				return o.accountDone(a, did)
			}
		}
		return model.Errorf(model.NotFound, "没有登录名为 %s 的账号", login)
	})
}

type accountSetCommand struct {
	AccountLogin string  `arg:"" name:"login" help:"登录名"`
	Name         *string `help:"新的姓名" placeholder:"姓名"`
	Role         *string `help:"新的角色：管理员、经办、审核或审计" placeholder:"角色" enum:"管理员,经办,审核,审计"`
}

func (c *accountSetCommand) Run(ctx context.Context, o *output) error {
	if c.Name == nil && c.Role == nil {
		return usageError("要改什么？请写明 --name 或 --role")
	}
	return o.onAccount(ctx, c.AccountLogin, "已修改账号", func(s *store.Store, a *model.Account) error {
		if c.Name != nil {
			a.Name = *c.Name
		}
		if c.Role != nil {
			a.Role = model.Role(*c.Role)
		}
		return s.SaveAccount(ctx, *a)
	})
}

type accountDisableCommand struct {
	AccountLogin string `arg:"" name:"login" help:"登录名"`
}

func (c *accountDisableCommand) Run(ctx context.Context, o *output) error {
	return o.onAccount(ctx, c.AccountLogin, "已停用账号", func(s *store.Store, a *model.Account) error { return s.DisableAccount(ctx, a.ID) })
}

type accountEnableCommand struct {
	AccountLogin string `arg:"" name:"login" help:"登录名"`
	newPassword  `embed:""`
}

func (c *accountEnableCommand) Run(ctx context.Context, o *output) error {
	password, err := c.password(ctx, o)
	if err != nil {
		return err
	}
	return o.onAccount(ctx, c.AccountLogin, "已启用账号，首次登录要改密码", func(s *store.Store, a *model.Account) error {
		return s.EnableAccount(ctx, a.ID, password)
	})
}

type accountResetCommand struct {
	AccountLogin string `arg:"" name:"login" help:"登录名"`
	newPassword  `embed:""`
}

func (c *accountResetCommand) Run(ctx context.Context, o *output) error {
	password, err := c.password(ctx, o)
	if err != nil {
		return err
	}
	return o.onAccount(ctx, c.AccountLogin, "已重设密码，首次登录要改密码", func(s *store.Store, a *model.Account) error {
		return s.ResetPassword(ctx, a.ID, password)
	})
}

type accountPasswordCommand struct {
	newPassword `embed:""`
}

func (c *accountPasswordCommand) Run(ctx context.Context, o *output) error {
	old, err := o.password(ctx)
	if err != nil {
		return err
	}
	password, err := c.newPassword.password(ctx, o)
	if err != nil {
		return err
	}
	return o.opened(ctx, func(s *store.Store) error {
		a, err := o.signIn(ctx, s, old)
		if err != nil {
			return err
		}
		if err := s.ChangePassword(ctx, old, password); err != nil {
			return err
		}
		return o.accountDone(a, "已修改密码")
	})
}

type accountRecoverCommand struct {
	AccountLogin  string `arg:"" name:"login" help:"管理员的登录名"`
	RecoveryFile  string `help:"第一行是恢复码的文件" placeholder:"文件" type:"path"`
	newPassword   `embed:""`
	recoverySheet `embed:""`
}

func (c *accountRecoverCommand) Run(ctx context.Context, o *output) error {
	if err := c.mayPrint(o.dir()); err != nil {
		return err
	}
	typed, err := o.need(ctx, secret{"恢复码", "--recovery-file", c.RecoveryFile, ""}, false)
	if err != nil {
		return err
	}
	password, err := c.password(ctx, o)
	if err != nil {
		return err
	}
	return o.opened(ctx, func(s *store.Store) error {
		code, err := s.Recover(ctx, typed, c.AccountLogin, password)
		if err != nil {
			return err
		}
		return o.newCode(ctx, s, code, c.recoverySheet, "已重设密码："+c.AccountLogin+"。用过的恢复码作废了，这是新的。")
	})
}

type accountRecoveryCodeCommand struct {
	recoverySheet `embed:""`
}

func (c *accountRecoveryCodeCommand) Run(ctx context.Context, o *output) error {
	if err := c.mayPrint(o.dir()); err != nil {
		return err
	}
	return o.withStore(ctx, func(s *store.Store) error {
		code, err := s.RenewRecoveryCode(ctx)
		if err != nil {
			return err
		}
		return o.newCode(ctx, s, code, c.recoverySheet, "已换恢复码，原来的作废了。")
	})
}

// newCode shows a recovery code that took the place of another and then prints
// it: without its sheet it must not be lost.
func (o *output) newCode(ctx context.Context, s *store.Store, code string, sheet recoverySheet, did string) error {
	a, _ := s.Account()
	err := o.result(map[string]string{"login": a.Login, "recovery_code": code}, func(w io.Writer) {
		fmt.Fprintln(w, did)
		sayRecoveryCode(w, code)
	})
	if err != nil {
		return err
	}
	if err := sheet.print(ctx, s, code); err != nil {
		o.say("恢复码单没有写出：%s", err)
		return errPartial
	}
	return nil
}

type rekeyCommand struct{}

func (c *rekeyCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		resumed, err := s.Rekeying(ctx)
		if err != nil {
			return err
		}
		if resumed {
			o.say("接着上次没有做完的更换。")
		}
		count := 0
		err = s.Rekey(ctx, func(done int) {
			if done > count {
				o.say("已重新加密 %d 条", done)
			}
			count = done
		})
		if errors.Is(err, context.Canceled) {
			o.say("更换密钥中断了，已做的有效。再运行一次 rekey 会接着做。")
			return errPartial
		}
		if err != nil {
			return err
		}
		return o.result(map[string]any{"done": count, "resumed": resumed}, func(w io.Writer) {
			fmt.Fprintf(w, "已更换数据密钥，重新加密 %d 条。以前的备份仍用当时的密码打开。\n", count)
		})
	})
}
