package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/store"
	"qingfeng/report/form"
	"qingfeng/report/page"
)

type initCommand struct {
	Hospital      string `required:"" help:"医院名称" placeholder:"名称"`
	Admin         string `required:"" help:"管理员登录名" placeholder:"登录名"`
	recoverySheet `embed:""`
}

func (c *initCommand) Run(ctx context.Context, o *output) error {
	if err := c.mayPrint(o.dir()); err != nil {
		return err
	}
	password, err := o.need(ctx, o.passwordSecret(), true)
	if err != nil {
		return err
	}
	hospital := model.NewHospital(strings.TrimSpace(c.Hospital))
	return o.withNewFolder(ctx, o.dir(), time.Now, func(s *store.Store) error {
		code, err := s.Found(ctx, hospital, model.Account{Login: c.Admin}, password)
		if err != nil {
			return err
		}
		if err := c.print(ctx, s, code); err != nil {
			return err
		}
		made := map[string]string{"data": s.Folder().Dir(), "hospital": hospital.Name, "admin": c.Admin, "recovery_code": code}
		return o.result(made, func(w io.Writer) {
			fmt.Fprintf(w, "已建立 %s 的数据文件夹：%s\n", hospital.Name, s.Folder().Dir())
			sayRecoveryCode(w, code)
		})
	})
}

// sayRecoveryCode shows a new recovery code, the only time that it is shown.
func sayRecoveryCode(w io.Writer, code string) {
	fmt.Fprintf(w, "恢复码：%s\n", code)
	fmt.Fprintln(w, "恢复码只显示这一次，数据文件夹里没有。请马上抄下来，封存在保险柜里：管理员忘记密码时，只有它能打开数据。")
}

// recoverySheet is the paper for the envelope in the safe.
type recoverySheet struct {
	RecoverySheet string `help:"另把恢复码单写成 .pdf，打印后请删除" placeholder:"文件" type:"path"`
}

// mayPrint refuses a place in the data folder: whoever takes the folder away
// must not have the code with it.
func (r recoverySheet) mayPrint(dir string) error {
	if r.RecoverySheet == "" {
		return nil
	}
	if isInside(dir, r.RecoverySheet) {
		return model.Errorf(model.Invalid, "恢复码单不能放在数据文件夹里，请另选一个地方，如 U 盘")
	}
	return wantsExtension(r.RecoverySheet, ".pdf")
}

// print writes the sheet, if one is wanted, for the account that is signed in.
func (r recoverySheet) print(ctx context.Context, s *store.Store, code string) error {
	if r.RecoverySheet == "" {
		return nil
	}
	h, err := s.Hospital(ctx)
	if err != nil {
		return err
	}
	a, _ := s.Account()
	sheet := form.RecoverySheet{Library: s.Assets(), Fonts: page.ThisMachine(), Hospital: h.Name, Office: h.Office,
		Code: code, Made: s.Today(), Admin: a.Login, DataFolder: s.Folder().Dir()}
	return exported(ctx, s, export{what: "恢复码", path: r.RecoverySheet, plain: true}, func() (int, error) {
		return 1, folder.WriteFile(r.RecoverySheet, func(w io.Writer) error {
			_, err := form.Recovery(w, sheet)
			return err
		})
	})
}

// isInside reports whether a path lies in a folder.
func isInside(dir, path string) bool {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return false
	}
	rel, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(rel)
}

type versionCommand struct{}

func (c *versionCommand) Run(_ context.Context, o *output) error {
	v := map[string]string{"version": model.Version, "go": runtime.Version()}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == "modernc.org/sqlite" || m.Path == "modernc.org/libc" || m.Path == "github.com/glebarez/go-sqlite" {
				v[m.Path] = m.Version
			}
		}
	}
	return o.result(v, func(w io.Writer) {
		fmt.Fprintf(w, "清风 %s\n", v["version"])
		for _, k := range []string{"go", "github.com/glebarez/go-sqlite", "modernc.org/sqlite", "modernc.org/libc"} {
			fmt.Fprintf(w, "%s\t%s\n", k, v[k])
		}
	})
}
