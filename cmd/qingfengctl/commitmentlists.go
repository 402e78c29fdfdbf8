package main

import (
	"context"
	"fmt"
	"io"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/report/page"
)

type rateRow struct {
	Department string `json:"department,omitempty"`
	Expected   int    `json:"expected"`
	Returned   int    `json:"returned"`
	Missing    int    `json:"missing"`
	Excused    int    `json:"excused"`
}

func rateRowOf(department string, r model.Rate) rateRow {
	return rateRow{department, r.Expected, r.Returned, r.Missing, r.Excused}
}

type commitmentSummaryCommand struct {
	letters `embed:""`
	Out     string `help:"另存为 .pdf 或 .xlsx" placeholder:"文件" type:"path"`
}

func (c *commitmentSummaryCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		campaign, filter, err := c.filter(ctx, s, "")
		if err != nil {
			return err
		}
		sum, rates, err := s.CommitmentRates(ctx, campaign.ID, filter.Kind)
		if err != nil {
			return err
		}
		if c.Out != "" {
			err := exported(ctx, s, export{what: "签订率", path: c.Out}, func() (int, error) {
				return writeRates(ctx, s, campaign.ID, filter.Kind, c.Out)
			})
			if err != nil {
				return err
			}
		}
		report := struct {
			rateRow
			Departments []rateRow `json:"departments"`
		}{rateRowOf("", sum), []rateRow{}}
		for _, r := range rates {
			report.Departments = append(report.Departments, rateRowOf(r.Department, r.Rate))
		}
		return o.result(report, func(w io.Writer) {
			fmt.Fprintln(w, "科室\t应签\t已交回\t未交回\t免签")
			for _, r := range append(report.Departments, rateRowOf("合计", sum)) {
				fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\n", r.Department, r.Expected, r.Returned, r.Missing, r.Excused)
			}
		})
	})
}

// writeRates writes the rates by department and returns how many lines they
// are.
func writeRates(ctx context.Context, s *store.Store, campaignID int64, kind model.CommitmentKind, out string) (int, error) {
	table, err := issue.RatesTable(ctx, s, campaignID, kind)
	if err != nil {
		return 0, err
	}
	return len(table.Rows), writeAs(out, func(w io.Writer) error {
		_, err := issue.Rates(ctx, w, s, campaignID, kind, page.ThisMachine())
		return err
	}, table)
}

type commitmentMissingCommand struct {
	letters        `embed:""`
	departmentFlag `embed:""`
	Out            string `required:"" help:"要写的 .pdf 或 .xlsx" placeholder:"文件" type:"path"`
}

func (c *commitmentMissingCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		_, filter, err := c.filter(ctx, s, c.Department)
		if err != nil {
			return err
		}
		err = exported(ctx, s, export{what: "未签名单", path: c.Out}, func() (int, error) { return writeMissing(ctx, s, filter, c.Out) })
		if err != nil {
			return err
		}
		return o.result(map[string]string{"file": c.Out}, func(w io.Writer) { fmt.Fprintln(w, "已写入", c.Out) })
	})
}

// writeMissing writes the list of those who have not signed and returns how
// many they are.
func writeMissing(ctx context.Context, s *store.Store, filter store.CommitmentFilter, out string) (int, error) {
	table, err := issue.MissingTable(ctx, s, filter)
	if err != nil {
		return 0, err
	}
	return len(table.Rows), writeAs(out, func(w io.Writer) error {
		_, err := issue.Missing(ctx, w, s, filter, page.ThisMachine())
		return err
	}, table)
}

type commitmentListCommand struct {
	letters        `embed:""`
	departmentFlag `embed:""`
	Voided         bool `help:"只列作废的"`
}

func (c *commitmentListCommand) Run(ctx context.Context, o *output) error {
	type row struct {
		FormNo     string `json:"form_no"`
		EmployeeNo string `json:"employee_no"`
		Name       string `json:"name"`
		Department string `json:"department"`
		State      string `json:"state"`
		ReturnedOn string `json:"returned_on"`
		Note       string `json:"note"`
	}
	return o.withStore(ctx, func(s *store.Store) error {
		_, filter, err := c.filter(ctx, s, c.Department)
		if err != nil {
			return err
		}
		if c.Voided {
			filter.State = model.Voided
		}
		found, err := s.Commitments(ctx, filter, store.Page{})
		if err != nil {
			return err
		}
		rows := make([]row, len(found.Items))
		for i, m := range found.Items {
			rows[i] = row{m.FormNo, m.EmployeeNo, m.Name, m.Department, string(m.State), string(m.ReturnedOn), m.Note()}
		}
		return o.result(rows, func(w io.Writer) {
			for _, r := range rows {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", r.FormNo, r.Department, r.EmployeeNo, r.Name, r.State, r.Note)
			}
		})
	})
}
