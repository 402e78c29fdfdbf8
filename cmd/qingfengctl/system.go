package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"qingfeng/model"
	"qingfeng/model/store"
)

type initCommand struct {
	Hospital string `required:"" help:"医院名称" placeholder:"名称"`
	Admin    string `required:"" help:"管理员登录名" placeholder:"登录名"`
}

func (c *initCommand) Run(ctx context.Context, o *output) error {
	hospital := model.NewHospital(strings.TrimSpace(c.Hospital))
	if err := hospital.Validate(); err != nil {
		return err
	}
	if c.Admin == "" {
		return model.Errorf(model.Invalid, "管理员登录名不能为空")
	}
	if msg := model.BadEmployeeNo(c.Admin); msg != "" {
		return model.Errorf(model.Invalid, "管理员登录名%s", msg)
	}
	return o.withNewFolder(ctx, o.dir(), time.Now, func(s *store.Store) error {
		if err := s.SaveHospital(ctx, hospital); err != nil {
			return err
		}
		if err := s.SaveSetting(ctx, store.FirstAdministrator, c.Admin); err != nil {
			return err
		}
		made := map[string]string{"data": s.Folder().Dir(), "hospital": hospital.Name, "admin": c.Admin}
		return o.result(made, func(w io.Writer) {
			fmt.Fprintf(w, "已建立 %s 的数据文件夹：%s\n", hospital.Name, s.Folder().Dir())
		})
	})
}

type checkCommand struct{}

func (c *checkCommand) Run(ctx context.Context, o *output) error {
	var problems []store.Problem
	err := o.withStore(ctx, func(s *store.Store) (err error) {
		problems, err = s.Check(ctx)
		return err
	})
	if store.IsDamaged(err) { // the very thing that a check is for
		problems, err = []store.Problem{{Area: "数据库", Detail: err.Error()}}, nil
	}
	if err != nil {
		return err
	}
	report := struct {
		OK       bool            `json:"ok"`
		Problems []store.Problem `json:"problems"`
	}{len(problems) == 0, append([]store.Problem{}, problems...)}
	err = o.result(report, func(w io.Writer) {
		if report.OK {
			fmt.Fprintln(w, "体检通过：数据库完整，引用和编号无误。")
		}
		for _, p := range problems {
			fmt.Fprintf(w, "%s\t%s\n", p.Area, p.Detail)
		}
	})
	if err == nil && !report.OK {
		err = model.Errorf(model.Conflict, "体检发现 %d 个问题", len(problems))
	}
	return err
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
