package main

import (
	"context"
	"fmt"
	"io"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/folder"
	"qingfeng/model/money"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/report/page"
)

type campaignFlag struct {
	Campaign string `required:"" help:"专项行动的编号或名称" placeholder:"专项行动"`
}

type campaignShowCommand struct{ campaignFlag }

func (c *campaignShowCommand) Run(ctx context.Context, o *output) error {
	type phase struct {
		Kind     string `json:"kind"`
		Name     string `json:"name"`
		StartsOn string `json:"starts_on"`
		EndsOn   string `json:"ends_on"`
	}
	type member struct {
		Role string `json:"role"`
		Name string `json:"name"`
		Post string `json:"post"`
	}
	type duty struct {
		Project     string `json:"project"`
		Goal        string `json:"goal"`
		Measure     string `json:"measure"`
		Departments string `json:"departments"`
		State       string `json:"state"`
	}
	type item struct {
		No     int    `json:"no"` // for selfcheck problem --item
		Source string `json:"source"`
		Text   string `json:"text"`
	}
	return o.withStore(ctx, func(s *store.Store) error {
		m, err := s.CampaignNamed(ctx, c.Campaign)
		if err != nil {
			return err
		}
		p, err := s.Plan(ctx, m.ID)
		if err != nil {
			return err
		}
		report := struct {
			campaignRow
			Phases  []phase  `json:"phases"`
			Members []member `json:"members"`
			Duties  []duty   `json:"duties"`
			Items   []item   `json:"items"`
		}{campaignRowOf(m), []phase{}, []member{}, []duty{}, []item{}}
		for _, x := range p.Phases {
			report.Phases = append(report.Phases, phase{x.Kind, x.Name, string(x.StartsOn), string(x.EndsOn)})
		}
		for _, x := range p.Members {
			report.Members = append(report.Members, member{x.Role, x.Name, x.Post})
		}
		for _, x := range p.Duties {
			report.Duties = append(report.Duties, duty{x.Project, x.Goal, x.Measure, x.Departments, string(x.State)})
		}
		for i, x := range p.Items {
			report.Items = append(report.Items, item{i + 1, x.Source, x.Text})
		}
		return o.result(report, func(w io.Writer) {
			fmt.Fprintf(w, "%s\t%s 至 %s\n", m.Title, m.StartsOn, m.EndsOn)
			for _, x := range report.Phases {
				fmt.Fprintf(w, "阶段\t%s\t%s\t%s\n", x.StartsOn, x.EndsOn, x.Name)
			}
			for _, x := range report.Members {
				fmt.Fprintf(w, "领导小组\t%s\t%s\t%s\n", x.Role, x.Name, x.Post)
			}
			for _, x := range report.Duties {
				fmt.Fprintf(w, "责任清单\t%s\t%s\t%s\t%s\n", x.Project, x.Measure, x.Departments, x.State)
			}
			for _, x := range report.Items {
				fmt.Fprintf(w, "自查项目\t%d\t%s\t%s\n", x.No, x.Source, x.Text)
			}
		})
	})
}

type campaignPrintCommand struct {
	campaignFlag
	Table    string `help:"时间表 timetable，责任清单 duties，催办单 reminders" enum:"timetable,duties,reminders" default:"timetable"`
	Progress bool   `help:"责任清单的 .pdf 带进展；.xlsx 总是带"`
	Out      string `required:"" help:"要写的文件" placeholder:"文件" type:"path"`
}

func (c *campaignPrintCommand) Run(ctx context.Context, o *output) error {
	if c.Progress && c.Table != "duties" {
		return usageError("--progress 只用于 --table duties")
	}
	return o.withStore(ctx, func(s *store.Store) error {
		m, err := s.CampaignNamed(ctx, c.Campaign)
		if err != nil {
			return err
		}
		switch c.Table {
		case "reminders":
			table, err := issue.RemindersTable(ctx, s, m.ID)
			if err != nil {
				return err
			}
			return o.writtenTable(ctx, s, export{what: "催办单", path: c.Out}, table, func(w io.Writer) ([]string, error) {
				return issue.Reminders(ctx, w, s, m.ID, page.ThisMachine())
			})
		case "timetable":
			return o.writtenPDF(ctx, s, export{what: "时间表", path: c.Out}, func(w io.Writer) ([]string, error) {
				return issue.Timetable(ctx, w, s, m.ID, page.ThisMachine())
			})
		}
		table, err := issue.DutyTable(ctx, s, m.ID)
		if err != nil {
			return err
		}
		return o.writtenTable(ctx, s, export{what: "责任清单", path: c.Out}, table, func(w io.Writer) ([]string, error) {
			return issue.DutyList(ctx, w, s, m.ID, c.Progress, page.ThisMachine())
		})
	})
}

type campaignDeadlinesCommand struct {
	Campaign string `help:"专项行动的编号或名称，缺省为正在进行的，和结束不到 60 天还没办结的" placeholder:"专项行动"`
}

func (c *campaignDeadlinesCommand) Run(ctx context.Context, o *output) error {
	type row struct {
		ID        int64  `json:"id"`
		Campaign  string `json:"campaign"`
		Title     string `json:"title"`
		Recipient string `json:"recipient"`
		Rule      string `json:"rule"`
		Period    string `json:"period"`
		DueOn     string `json:"due_on"`
		DoneOn    string `json:"done_on"`
		Overdue   bool   `json:"overdue"`
		Problem   string `json:"problem"`
	}
	return o.withStore(ctx, func(s *store.Store) error {
		var ids []int64
		if c.Campaign != "" {
			m, err := s.CampaignNamed(ctx, c.Campaign)
			if err != nil {
				return err
			}
			ids = []int64{m.ID}
		}
		found, err := s.Deadlines(ctx, ids)
		if err != nil {
			return err
		}
		rows := make([]row, len(found))
		for i, d := range found {
			rows[i] = row{d.DeadlineID, d.Campaign, d.Title, d.Recipient, d.Rule, d.Period, string(d.Due), string(d.DoneOn), d.Overdue(s.Today()), d.Problem}
		}
		return o.result(rows, func(w io.Writer) {
			for _, r := range rows {
				state := "未办结"
				switch {
				case r.DoneOn != "":
					state = r.DoneOn + " 办结"
				case r.Overdue:
					state = "逾期"
				case r.DueOn == "":
					state = r.Problem
				}
				fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", r.ID, r.DueOn, r.Period, r.Title, r.Recipient, state, r.Campaign)
			}
		})
	})
}

type campaignMetCommand struct {
	ID     int64  `arg:"" help:"时限的序号"`
	Period string `required:"" help:"期次，见 campaign deadlines" placeholder:"期次"`
	On     string `help:"办结日期，缺省今天" placeholder:"日期"`
	Note   string `help:"说明" placeholder:"文字"`
}

func (c *campaignMetCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		on, err := dayOr(s.Today(), "办结日期", c.On)
		if err != nil {
			return err
		}
		if err := s.MeetDeadline(ctx, c.ID, c.Period, on, c.Note); err != nil {
			return err
		}
		return o.result(map[string]string{"period": c.Period, "done_on": string(on)}, func(w io.Writer) { fmt.Fprintf(w, "已办结：%s\n", c.Period) })
	})
}

// dayOr reads a date that was typed, or takes the usual one.
func dayOr(usual day.Date, label, typed string) (day.Date, error) {
	if typed == "" {
		return usual, nil
	}
	d, err := day.Parse(typed)
	if err != nil {
		return "", model.Errorf(model.Invalid, "%s：%s", label, err)
	}
	return d, nil
}

// writePDF writes a paper, leaves its line in the audit trail and returns the
// warnings of the page engine.
func writePDF(ctx context.Context, s *store.Store, e export, pdf func(io.Writer) ([]string, error)) (warnings []string, err error) {
	if err := wantsExtension(e.path, ".pdf"); err != nil {
		return nil, err
	}
	err = exported(ctx, s, e, func() (int, error) {
		return 1, folder.WriteFile(e.path, func(w io.Writer) (err error) {
			warnings, err = pdf(w)
			return err
		})
	})
	return warnings, err
}

// writtenPDF writes a paper and tells so.
func (o *output) writtenPDF(ctx context.Context, s *store.Store, e export, pdf func(io.Writer) ([]string, error)) error {
	warnings, err := writePDF(ctx, s, e, pdf)
	if err != nil {
		return err
	}
	return o.wrote(e.path, warnings)
}

func (o *output) wrote(out string, warnings []string) error {
	o.warn(warnings)
	return o.result(map[string]string{"file": out}, func(w io.Writer) { fmt.Fprintln(w, "已写入", out) })
}

// fenOr reads an amount in yuan that was typed; "" is none.
func fenOr(label, typed string) (int64, error) {
	if typed == "" {
		return 0, nil
	}
	fen, err := money.Parse(typed)
	if err != nil {
		return 0, model.Errorf(model.Invalid, "%s：%s", label, err)
	}
	return fen, nil
}
