package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/money"
	"qingfeng/model/store"
	"qingfeng/report/sheet"
)

type handoverImportCommand struct {
	File   string `arg:"" help:"上交台账文件" type:"path"`
	Sheet  string `help:"工作表，缺省自动判断" placeholder:"名称"`
	DryRun bool   `help:"只预览，不写入"`
	Report string `help:"把不能导入的行和提醒另存为 .xlsx" placeholder:"文件" type:"path"`
}

// handoverImportReport is what an import did, or would do.
type handoverImportReport struct {
	Rows      int                   `json:"rows"`
	Added     int                   `json:"added"` // handovers: several rows may be one
	AmountFen int64                 `json:"amount_fen"`
	Skipped   []int                 `json:"skipped"` // rows that are no handovers: totals, signatures
	Rejected  []model.RosterProblem `json:"rejected"`
	Warnings  []model.RosterProblem `json:"warnings"`
}

func (c *handoverImportCommand) Run(ctx context.Context, o *output) error {
	if c.Report != "" {
		if err := wantsExtension(c.Report, ".xlsx"); err != nil {
			return err
		}
	}
	return o.withStore(ctx, func(s *store.Store) error {
		read, err := sheet.ReadHandovers(s.Assets(), c.File, c.Sheet)
		if err != nil {
			return err
		}
		done, err := s.ImportHandovers(ctx, read.Records, c.DryRun)
		if err != nil {
			return err
		}
		r := handoverImportReport{done.Rows, done.Added, done.AmountFen, append([]int{}, read.Skipped...),
			append([]model.RosterProblem{}, done.Rejected...), append(append([]model.RosterProblem{}, read.Warnings...), done.Warnings...)}
		var unwritten error
		if c.Report != "" {
			// Its cells are quoted as the ledger has them, patients' names in a wrong column too.
			err := exported(ctx, s, export{"上交台账问题", c.Report, true}, func() (int, error) {
				return len(r.Rejected) + len(r.Warnings), sheet.Write(c.Report, sheet.HandoverProblemTables(r.Rejected, r.Warnings)...)
			})
			if err != nil {
				unwritten = o.doneBut("台账已处理，但报告没有写出", err)
			}
		}
		if err := o.result(r, func(w io.Writer) { r.text(w, c.DryRun) }); err != nil {
			return err
		}
		if len(r.Rejected) > 0 {
			return errPartial
		}
		return unwritten
	})
}

func (r handoverImportReport) text(w io.Writer, dry bool) {
	verb := "已导入"
	if dry {
		verb = "将导入"
	}
	fmt.Fprintf(w, "共 %d 行，%s %d 次上交，计 %s 元；不能导入 %d 处，提醒 %d 处\n", r.Rows, verb, r.Added, money.Yuan(r.AmountFen), len(r.Rejected), len(r.Warnings))
	for _, row := range r.Skipped {
		fmt.Fprintf(w, "没有当作上交\t第 %d 行\n", row)
	}
	for _, list := range []struct {
		word     string
		problems []model.RosterProblem
	}{{"未导入", r.Rejected}, {"提醒", r.Warnings}} {
		for _, p := range list.problems {
			fmt.Fprintf(w, "%s\t第 %d 行\t%s\t%s\t%s\n", list.word, p.Row, p.Column, p.Value, p.Problem)
		}
	}
}

type handoverTemplateCommand struct {
	Out string `required:"" help:"要写的 .xlsx 或 .toml" placeholder:"文件" type:"path"`
}

func (c *handoverTemplateCommand) Run(_ context.Context, o *output) error {
	err := wantsExtension(c.Out, ".xlsx", ".toml")
	switch {
	case err != nil:
		return err
	case strings.EqualFold(filepath.Ext(c.Out), ".toml"):
		err = folder.WriteFile(c.Out, func(w io.Writer) error { _, err := w.Write(handoverBlank); return err })
	default:
		err = sheet.Write(c.Out, sheet.HandoverTemplate())
	}
	if err != nil {
		return err
	}
	return o.wrote(c.Out, nil)
}
