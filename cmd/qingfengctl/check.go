package main

import (
	"context"
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
			if err := o.enter(ctx, s, password); err != nil {
				return err
			}
		}
		if c.Accept != "" {
			if err := s.AcceptAlteration(ctx, c.Accept); err != nil {
				return err
			}
		}
		var err error
		problems, err = s.Check(ctx)
		return err
	})
	if store.IsDamaged(err) { // the very thing that a check is for
		problems, err = []store.Problem{{Area: store.Areas[0], Detail: err.Error()}}, nil
	}
	if err != nil {
		return err
	}
	return o.checked(problems, password != "")
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
