package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"qingfeng/model"
	"qingfeng/model/store"
)

type checkCommand struct {
	Accept string `help:"查明数据库文件为何被改动后，由管理员填写查明的情况，结束警告" placeholder:"情况"`
}

// Run checks the folder. Nobody has to sign in, so that a job may do it; with
// a password the encrypted values and the trail's seal are tried too.
func (c *checkCommand) Run(ctx context.Context, o *output) error {
	password, err := o.passwordSecret().given()
	if err == nil && password == "" && c.Accept != "" {
		password, err = o.password(ctx)
	}
	if err != nil {
		return err
	}
	var problems []store.Problem
	err = o.opened(ctx, func(s *store.Store) error {
		if password != "" {
			err := o.enter(ctx, s, password)
			if model.CodeOf(err) == model.Storage { // damage that keeps people out
				problems = append(problems, store.Problem{Area: store.Areas[0], Detail: err.Error()})
			} else if err != nil {
				return err
			}
		}
		if c.Accept != "" {
			if err := s.AcceptAlteration(ctx, c.Accept); err != nil {
				return err
			}
		}
		found, err := s.Check(ctx)
		problems = append(problems, found...)
		return err
	})
	if found, ok := foundBroken(err); ok {
		problems, err = append(problems, found), nil
	}
	if err != nil {
		return err
	}
	return o.checked(problems, password != "")
}

// foundBroken is the problem behind an error that ends a check: a database that
// cannot be read is the very thing that a check is for.
func foundBroken(err error) (p store.Problem, ok bool) {
	p = store.Problem{Area: store.Areas[0]}
	switch {
	case model.CodeOf(err) == model.Storage:
		p.Detail = err.Error()
	case err != nil && model.CodeOf(err) == "" && !errors.Is(err, context.Canceled):
		p.Detail = "检查没有做完，数据库可能已损坏，详情已记入日志。请保留数据文件夹原样，并从备份恢复"
	}
	return p, p.Detail != ""
}

// checked reports what a check found. complete says that somebody was signed
// in for it.
func (o *output) checked(problems []store.Problem, complete bool) error {
	report := struct {
		OK       bool            `json:"ok"`
		Complete bool            `json:"complete"`
		Problems []store.Problem `json:"problems"`
	}{len(problems) == 0, complete, append([]store.Problem{}, problems...)}
	err := o.result(report, func(w io.Writer) {
		if report.OK {
			fmt.Fprintln(w, "体检通过：数据库、操作记录、附件和编号都没有发现问题。")
		}
		sayProblems(w, problems)
		if !complete {
			fmt.Fprintln(w, "没有给出密码：加密内容能否打开、操作记录的封印，这次没有检查。加上 --password-file 可以全部检查。")
		}
	})
	if err == nil && !report.OK {
		err = model.Errorf(model.Conflict, "体检发现 %d 个问题", len(problems))
	}
	return err
}

func sayProblems(w io.Writer, problems []store.Problem) {
	for _, p := range problems {
		fmt.Fprintf(w, "%s\t%s\n", p.Area, p.Detail)
	}
}
