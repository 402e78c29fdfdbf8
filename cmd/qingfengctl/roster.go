package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/sheet"
)

type rosterCommand struct {
	Import rosterImportCommand `cmd:"" help:"导入花名册（.xlsx 或 .csv）"`
	Export rosterExportCommand `cmd:"" help:"导出花名册为 .xlsx"`
}

type rosterImportCommand struct {
	File   string            `arg:"" help:"花名册文件" type:"path"`
	Sheet  string            `help:"工作表，缺省自动判断" placeholder:"名称"`
	DryRun bool              `help:"只预览，不写入"`
	Alias  map[string]string `help:"科室别名，如 心内科=心血管内科，以后都记得" placeholder:"别名=科室"`
	Report string            `help:"把不能导入的行和提醒另存为 .xlsx" placeholder:"文件" type:"path"`
}

// missingStaff is somebody on file who is no longer in the list.
type missingStaff struct {
	EmployeeNo string `json:"employee_no"`
	Name       string `json:"name"`
	Department string `json:"department"`
}

// rosterReport is what an import did, or would do.
type rosterReport struct {
	Rows           int                   `json:"rows"`
	Added          int                   `json:"added"`
	Updated        int                   `json:"updated"`
	Unchanged      int                   `json:"unchanged"`
	Missing        int                   `json:"missing"` // on file, no longer in the list
	MissingStaff   []missingStaff        `json:"missing_staff"`
	NewDepartments []string              `json:"new_departments"`
	Reopened       []string              `json:"reopened_departments"`
	Rejected       []model.RosterProblem `json:"rejected"`
	Warnings       []model.RosterProblem `json:"warnings"`
}

func (c *rosterImportCommand) Run(ctx context.Context, o *output) error {
	if c.Report != "" {
		if err := wantsExtension(c.Report, ".xlsx"); err != nil {
			return err
		}
	}
	return o.withStore(ctx, func(s *store.Store) error {
		reading, err := sheet.ReadRoster(s.Assets(), c.File, c.Sheet)
		if err != nil {
			return err
		}
		answers := store.RosterAnswers{Aliases: c.Alias}
		questions, err := s.RosterQuestions(ctx, reading)
		if err != nil {
			return err
		}
		for _, q := range questions {
			if q.Similar != "" && c.Alias[q.Name] == "" {
				o.say("提醒：科室“%s”与“%s”相近，按新科室处理。若是同一科室，请加 --alias %s=%s", q.Name, q.Similar, q.Name, q.Similar)
			}
		}
		var plan store.RosterPlan
		if c.DryRun {
			plan, err = s.PlanRoster(ctx, reading, answers)
		} else {
			plan, err = s.ImportRoster(ctx, filepath.Base(c.File), reading, answers)
		}
		if err != nil {
			return err
		}
		reading = plan.Onto(reading)
		unwritten := false
		if c.Report != "" {
			// Its cells are quoted as the roster has them, ID numbers in a wrong column too.
			err := exported(ctx, s, export{what: "花名册问题", path: c.Report, plain: true}, func() (int, error) {
				return len(reading.Rejected) + len(reading.Warnings), sheet.Write(c.Report, sheet.RosterProblemTables(reading)...)
			})
			if err != nil {
				o.say("花名册已处理，但报告没有写出：%s", err)
				unwritten = true
			}
		}
		report := rosterReport{
			Rows: reading.Total, Added: len(plan.Added), Updated: len(plan.Updated), Unchanged: plan.Unchanged,
			Missing: len(plan.Missing), MissingStaff: []missingStaff{},
			NewDepartments: append([]string{}, plan.NewDepartments...), Reopened: append([]string{}, plan.Reopened...),
			Rejected: append([]model.RosterProblem{}, reading.Rejected...), Warnings: append([]model.RosterProblem{}, reading.Warnings...),
		}
		for _, m := range plan.Missing {
			report.MissingStaff = append(report.MissingStaff, missingStaff{m.EmployeeNo, m.Name, m.Department})
		}
		if err := o.result(report, func(w io.Writer) { report.text(w, c.DryRun) }); err != nil {
			return err
		}
		if len(report.Rejected) > 0 || unwritten {
			return errPartial
		}
		return nil
	})
}

func (r rosterReport) text(w io.Writer, dry bool) {
	verb := "已导入"
	if dry {
		verb = "预览（没有写入）"
	}
	fmt.Fprintf(w, "%s：共 %d 行，新增 %d，变动 %d，未变 %d，不能导入 %d 处，提醒 %d 处；在册但名单中没有 %d 人\n",
		verb, r.Rows, r.Added, r.Updated, r.Unchanged, len(r.Rejected), len(r.Warnings), r.Missing)
	for _, p := range r.Rejected {
		fmt.Fprintf(w, "不能导入\t第 %d 行\t%s\t%s\t%s\n", p.Row, p.Column, p.Value, p.Problem)
	}
	for _, m := range r.MissingStaff {
		fmt.Fprintf(w, "名单中没有\t%s\t%s\t%s\n", m.EmployeeNo, m.Name, m.Department)
	}
	for _, p := range r.Warnings {
		fmt.Fprintf(w, "提醒\t第 %d 行\t%s\t%s\t%s\n", p.Row, p.Column, p.Value, p.Problem)
	}
}

type rosterExportCommand struct {
	File      string `arg:"" help:"要写的 .xlsx 文件" type:"path"`
	Sensitive bool   `help:"也导出身份证号和联系电话的全部数字"`
}

func (c *rosterExportCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		found, err := s.Staff(ctx, store.StaffFilter{}, store.Page{})
		if err != nil {
			return err
		}
		table := sheet.StaffTable(found.Items, c.Sensitive)
		err = exported(ctx, s, export{what: "职工", path: c.File, plain: c.Sensitive}, func() (int, error) {
			return len(table.Rows), sheet.Write(c.File, table)
		})
		if err != nil {
			return err
		}
		return o.result(map[string]any{"file": c.File, "rows": len(table.Rows)}, func(w io.Writer) {
			fmt.Fprintf(w, "已导出 %d 名职工到 %s\n", len(table.Rows), c.File)
		})
	})
}
