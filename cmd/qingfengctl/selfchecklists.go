package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"qingfeng/model"
	"qingfeng/model/money"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/report/page"
)

// selfCheckRow is a [rateRow] with the number of items answered 有.
type selfCheckRow struct {
	rateRow
	Findings int `json:"findings"`
}

type reasonRow struct {
	Reason string `json:"reason"`
	Count  int    `json:"count"`
}

type itemRow struct {
	Source    string `json:"source"`
	Text      string `json:"text"`
	People    int    `json:"people"`
	AmountFen int64  `json:"amount_fen"`
	HandedFen int64  `json:"handed_fen"`
}

// selfCheckReport is the hospital's summary (附表2).
type selfCheckReport struct {
	selfCheckRow
	Late         int            `json:"late"`
	WithProblems int            `json:"with_problems"`
	Departments  []selfCheckRow `json:"departments"`
	Priority     selfCheckRow   `json:"priority"`
	Unchecked    []reasonRow    `json:"unchecked"`
	Items        []itemRow      `json:"items"`
}

func selfCheckReportOf(sum model.SelfCheckSummary) selfCheckReport {
	row := func(name string, r model.SelfCheckRate) selfCheckRow {
		return selfCheckRow{rateRowOf(name, r.Rate), r.Findings}
	}
	out := selfCheckReport{row("", sum.SelfCheckRate), sum.Late, sum.WithProblems, []selfCheckRow{}, row("", sum.Priority), []reasonRow{}, []itemRow{}}
	for _, d := range sum.Departments {
		out.Departments = append(out.Departments, row(d.Department, d.SelfCheckRate))
	}
	for _, r := range sum.Unchecked {
		out.Unchecked = append(out.Unchecked, reasonRow{r.Reason, r.Count})
	}
	for _, i := range sum.Items {
		out.Items = append(out.Items, itemRow{i.Source, i.Text, i.People, i.AmountFen, i.HandedFen})
	}
	return out
}

func (r selfCheckReport) text(w io.Writer) {
	fmt.Fprintln(w, "科室\t应查\t实查\t未查\t免查\t有问题的项")
	total := r.selfCheckRow
	total.Department = "合计"
	priority := r.Priority
	priority.Department = "其中领导和重点岗位"
	for _, d := range append(r.Departments, total, priority) {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\n", d.Department, d.Expected, d.Returned, d.Missing, d.Excused, d.Findings)
	}
	for _, x := range r.Unchecked {
		fmt.Fprintf(w, "未查原因\t%s\t%d\n", x.Reason, x.Count)
	}
	for _, i := range r.Items {
		if i.People > 0 {
			fmt.Fprintf(w, "问题\t%s\t%d 人\t%s 元\n", i.Text, i.People, money.Yuan(i.AmountFen))
		}
	}
}

type selfCheckSummaryCommand struct {
	campaignFlag
	Out string `help:"另存为 .pdf 或 .xlsx" placeholder:"文件" type:"path"`
}

func (c *selfCheckSummaryCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		campaign, err := s.CampaignNamed(ctx, c.Campaign)
		if err != nil {
			return err
		}
		sum, err := s.SelfCheckSummary(ctx, campaign.ID)
		if err != nil {
			return err
		}
		if c.Out != "" {
			err := exported(ctx, s, export{what: "自查汇总表", path: c.Out}, func() (int, error) { return writeSelfCheckSummary(ctx, s, campaign.ID, c.Out) })
			if err != nil {
				return err
			}
		}
		report := selfCheckReportOf(sum)
		return o.result(report, report.text)
	})
}

// writeSelfCheckSummary writes the 附表2 and returns how many departments it
// has.
func writeSelfCheckSummary(ctx context.Context, s *store.Store, campaignID int64, out string) (int, error) {
	tables, err := issue.SelfCheckSummaryTables(ctx, s, campaignID)
	if err != nil {
		return 0, err
	}
	return len(tables[len(tables)-1].Rows), writeAs(out, func(w io.Writer) error {
		_, err := issue.SelfCheckSummary(ctx, w, s, campaignID, page.ThisMachine())
		return err
	}, tables...)
}

type selfCheckMissingCommand struct {
	checks         `embed:""`
	departmentFlag `embed:""`
	Out            string `required:"" help:"要写的 .pdf 或 .xlsx" placeholder:"文件" type:"path"`
}

func (c *selfCheckMissingCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		filter, err := c.filter(ctx, s, c.Department)
		if err != nil {
			return err
		}
		table, err := issue.UncheckedTable(ctx, s, filter)
		if err != nil {
			return err
		}
		return o.writtenTable(ctx, s, export{what: "未查名单", path: c.Out}, table, func(w io.Writer) ([]string, error) {
			return issue.Unchecked(ctx, w, s, filter, page.ThisMachine())
		})
	})
}

type selfCheckListCommand struct {
	checks         `embed:""`
	departmentFlag `embed:""`
	State          string `help:"只列一种状态，如 未交回、补课、作废" placeholder:"状态"`
	Problems       bool   `help:"只列有问题的"`
}

func (c *selfCheckListCommand) Run(ctx context.Context, o *output) error {
	type row struct {
		FormNo     string `json:"form_no"`
		EmployeeNo string `json:"employee_no"`
		Name       string `json:"name"`
		Department string `json:"department"`
		State      string `json:"state"`
		ReturnedOn string `json:"returned_on"`
		Late       bool   `json:"late"`
		Problems   int    `json:"problems"`
		Note       string `json:"note"`
	}
	return o.withStore(ctx, func(s *store.Store) error {
		filter, err := c.filter(ctx, s, c.Department)
		if err != nil {
			return err
		}
		if filter.State, err = stateNamed(c.State, model.SelfCheckStates); err != nil {
			return err
		}
		filter.WithProblems = c.Problems
		found, err := s.SelfChecks(ctx, filter, store.Page{})
		if err != nil {
			return err
		}
		rows := make([]row, len(found.Items))
		for i, m := range found.Items {
			rows[i] = row{m.FormNo, m.EmployeeNo, m.Name, m.Department, string(m.State), string(m.ReturnedOn), m.Late, m.Problems, m.Note()}
		}
		return o.result(rows, func(w io.Writer) {
			for _, r := range rows {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%d\t%s\n", r.FormNo, r.Department, r.EmployeeNo, r.Name, r.State, r.Problems, r.Note)
			}
		})
	})
}

// stateNamed refuses a state that a register does not have; "" is any.
func stateNamed[T ~string](typed string, all []T) (T, error) { return wordNamed("状态", typed, all) }

// wordNamed refuses a word that is not one of all; "" is any.
func wordNamed[T ~string](what, typed string, all []T) (T, error) {
	var names []string
	for _, s := range all {
		if string(s) == typed {
			return s, nil
		}
		names = append(names, string(s))
	}
	if typed == "" {
		return "", nil
	}
	return "", model.Errorf(model.Invalid, "没有%s“%s”，应为 %s 之一", what, typed, strings.Join(names, "、"))
}
