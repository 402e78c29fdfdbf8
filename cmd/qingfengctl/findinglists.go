package main

import (
	"context"
	"fmt"
	"io"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/report/page"
	"qingfeng/report/sheet"
)

// findings says which findings a command is about.
type findings struct {
	Campaign   string   `help:"专项行动的编号或名称，缺省全部" placeholder:"专项行动"`
	Department string   `help:"只要一个科室" placeholder:"科室"`
	State      string   `help:"只要一种状态，如 待整改、已销号" placeholder:"状态"`
	Open       bool     `help:"只要没有销号的"`
	Overdue    bool     `help:"只要逾期的"`
	No         []string `help:"只要这些编号" placeholder:"编号"`
}

func (f findings) filter(ctx context.Context, s *store.Store) (out store.FindingFilter, err error) {
	out = store.FindingFilter{AllCampaigns: f.Campaign == "", Open: f.Open, Overdue: f.Overdue}
	if f.Campaign != "" {
		campaign, err := s.CampaignNamed(ctx, f.Campaign)
		if err != nil {
			return out, err
		}
		out.CampaignID = campaign.ID
	}
	if out.State, err = stateNamed(f.State, model.FindingStates); err != nil {
		return out, err
	}
	if out.DepartmentID, err = departmentID(ctx, s, f.Department); err != nil {
		return out, err
	}
	if f.No == nil {
		return out, nil
	}
	typed, err := formNumbers(f.No)
	if err != nil {
		return out, err
	}
	for _, no := range typed {
		row, err := s.FindingByNumber(ctx, no)
		if err != nil {
			return out, err
		}
		out.FormNos = append(out.FormNos, row.FormNo)
	}
	return out, nil
}

type findingListCommand struct {
	findings `embed:""`
	Out      string `help:"另存为 .pdf 或 .xlsx" placeholder:"文件" type:"path"`
}

func (c *findingListCommand) Run(ctx context.Context, o *output) error {
	type row struct {
		No         string `json:"no"`
		FoundOn    string `json:"found_on"`
		Source     string `json:"source"`
		Category   string `json:"category"`
		Department string `json:"department"`
		Person     string `json:"person"`
		Level      string `json:"level"`
		Problem    string `json:"problem"`
		State      string `json:"state"`
		DueOn      string `json:"due_on"`
		Overdue    bool   `json:"overdue"`
	}
	return o.withStore(ctx, func(s *store.Store) error {
		filter, err := c.filter(ctx, s)
		if err != nil {
			return err
		}
		found, err := s.Findings(ctx, filter, store.Page{})
		if err != nil {
			return err
		}
		if c.Out != "" {
			err := exported(ctx, s, export{what: "问题整改台账", path: c.Out}, func() (int, error) {
				return len(found.Items), writeFindings(ctx, s, filter, c.Out)
			})
			if err != nil {
				return err
			}
		}
		rows := make([]row, len(found.Items))
		for i, m := range found.Items {
			rows[i] = row{m.FormNo, string(m.FoundOn), m.Source, m.Category, m.Department, m.Person, string(m.Level), m.Problem,
				string(m.State), string(m.DueOn), m.Overdue(s.Today())}
		}
		return o.result(rows, func(w io.Writer) {
			for _, r := range rows {
				late := ""
				if r.Overdue {
					late = "逾期"
				}
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", r.No, r.Department, r.Level, r.Problem, r.State, r.DueOn, late)
			}
		})
	})
}

func writeFindings(ctx context.Context, s *store.Store, filter store.FindingFilter, out string) error {
	table, err := issue.FindingTable(ctx, s, filter, store.Page{})
	if err != nil {
		return err
	}
	return writeAs(out, func(w io.Writer) error {
		_, err := issue.FindingRegister(ctx, w, s, filter, page.ThisMachine())
		return err
	}, table)
}

type findingImportCommand struct {
	File     string `arg:"" help:"问题台账文件" type:"path"`
	Campaign string `help:"列入哪个专项行动" placeholder:"专项行动"`
	Sheet    string `help:"工作表，缺省自动判断" placeholder:"名称"`
	DryRun   bool   `help:"只预览，不写入"`
}

func (c *findingImportCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		var campaignID int64
		if c.Campaign != "" {
			m, err := s.CampaignNamed(ctx, c.Campaign)
			if err != nil {
				return err
			}
			campaignID = m.ID
		}
		read, err := sheet.ReadFindings(s.Assets(), c.File, c.Sheet)
		if err != nil {
			return err
		}
		done, err := s.ImportFindings(ctx, campaignID, read.Records, c.DryRun)
		if err != nil {
			return err
		}
		report := struct {
			Rows     int                   `json:"rows"`
			Added    int                   `json:"added"`
			Skipped  []int                 `json:"skipped"` // rows that are no findings: totals, signatures
			Rejected []model.RosterProblem `json:"rejected"`
			Warnings []model.RosterProblem `json:"warnings"`
		}{done.Rows, done.Added, append([]int{}, read.Skipped...), append([]model.RosterProblem{}, done.Rejected...), append(append([]model.RosterProblem{}, read.Warnings...), done.Warnings...)}
		if err := o.result(report, func(w io.Writer) {
			verb := "已导入"
			if c.DryRun {
				verb = "将导入"
			}
			fmt.Fprintf(w, "共 %d 行，%s %d 条，不能导入 %d 处，提醒 %d 处\n", report.Rows, verb, report.Added, len(report.Rejected), len(report.Warnings))
			for _, row := range report.Skipped {
				fmt.Fprintf(w, "没有当作问题\t第 %d 行\n", row)
			}
			for _, p := range report.Rejected {
				fmt.Fprintf(w, "未导入\t第 %d 行\t%s\t%s\t%s\n", p.Row, p.Column, p.Value, p.Problem)
			}
			for _, p := range report.Warnings {
				fmt.Fprintf(w, "提醒\t第 %d 行\t%s\t%s\t%s\n", p.Row, p.Column, p.Value, p.Problem)
			}
		}); err != nil {
			return err
		}
		if len(report.Rejected) > 0 {
			return errPartial
		}
		return nil
	})
}

type findingTemplateCommand struct {
	Out string `required:"" help:"要写的 .xlsx" placeholder:"文件" type:"path"`
}

func (c *findingTemplateCommand) Run(_ context.Context, o *output) error {
	if err := wantsExtension(c.Out, ".xlsx"); err != nil {
		return err
	}
	if err := sheet.Write(c.Out, sheet.FindingTemplate()); err != nil {
		return err
	}
	return o.wrote(c.Out, nil)
}

type findingPrintCommand struct {
	findings `embed:""`
	Table    string `help:"整改通知书 notice，销号审批单 closeout，台账 register，周报 weekly" enum:"notice,closeout,register,weekly" default:"register"`
	Friday   string `help:"周报截止的星期五，缺省最近一个（今天是星期五就是今天）；周报只能再按 --campaign 挑选" placeholder:"日期"`
	Out      string `required:"" help:"要写的文件" placeholder:"文件" type:"path"`
}

func (c *findingPrintCommand) Run(ctx context.Context, o *output) error {
	switch weekly := c.Table == "weekly"; {
	case weekly && (c.Department != "" || c.State != "" || c.Open || c.Overdue || c.No != nil):
		return usageError("周报只能按 --campaign 挑选")
	case !weekly && c.Friday != "":
		return usageError("--friday 只用于 --table weekly")
	}
	return o.withStore(ctx, func(s *store.Store) error {
		filter, err := c.filter(ctx, s)
		if err != nil {
			return err
		}
		fonts := page.ThisMachine()
		switch c.Table {
		case "notice":
			return o.notices(ctx, s, filter, c.Out)
		case "closeout":
			return o.writtenPDF(ctx, s, export{what: "销号审批单", path: c.Out}, func(w io.Writer) ([]string, error) {
				return issue.CloseOutSheets(ctx, w, s, filter, fonts)
			})
		case "weekly":
			friday, err := dayOr(issue.LastFriday(s.Today()), "星期五", c.Friday)
			if err != nil {
				return err
			}
			table, err := issue.WeeklyTable(ctx, s, filter.CampaignID, friday)
			if err != nil {
				return err
			}
			return o.writtenTable(ctx, s, export{what: "整改情况周报", path: c.Out}, table, func(w io.Writer) ([]string, error) {
				return issue.Weekly(ctx, w, s, filter.CampaignID, friday, fonts)
			})
		}
		table, err := issue.FindingTable(ctx, s, filter, store.Page{})
		if err != nil {
			return err
		}
		return o.writtenTable(ctx, s, export{what: "问题整改台账", path: c.Out}, table, func(w io.Writer) ([]string, error) {
			return issue.FindingRegister(ctx, w, s, filter, fonts)
		})
	})
}

// notices prints the notices and tells the warnings of the page engine.
func (o *output) notices(ctx context.Context, s *store.Store, filter store.FindingFilter, out string) error {
	if err := wantsExtension(out, ".pdf"); err != nil {
		return err
	}
	warnings, err := printNotices(ctx, s, filter, out)
	if err != nil {
		return err
	}
	return o.wrote(out, warnings)
}

// printNotices writes the notices and marks their findings as notified, which
// is the line in the audit trail.
func printNotices(ctx context.Context, s *store.Store, filter store.FindingFilter, out string) (warnings []string, err error) {
	var ids []int64
	err = handedOut(s, out, func(w io.Writer) (err error) {
		ids, warnings, err = issue.Notices(ctx, w, s, filter, page.ThisMachine())
		return err
	}, func() error { return s.MarkNotified(ctx, ids) })
	return warnings, err
}
