package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/report/page"
)

type drawCommand struct {
	New    drawNewCommand    `cmd:"" help:"抽取科室、时段和检查人"`
	List   drawListCommand   `cmd:"" help:"列出历次抽取和结果"`
	Repeat drawRepeatCommand `cmd:"" help:"用同样的种子重演一次抽取"`
	Print  drawPrintCommand  `cmd:"" help:"打印抽取结果单 result 或检查记录表 sheets"`
}

type drawNewCommand struct {
	campaignFlag
	Seed       string   `required:"" help:"随机种子，由见证人给出，如当天的彩票号码" placeholder:"种子"`
	From       string   `required:"" help:"检查从哪一天起" placeholder:"日期"`
	To         string   `required:"" help:"到哪一天" placeholder:"日期"`
	Picks      int      `required:"" help:"抽几个科室" placeholder:"个数"`
	Inspector  []string `help:"检查人，可以多个，用、隔开；本院职工不检查自己的科室" placeholder:"姓名"`
	PerVisit   int      `help:"每次几个检查人，缺省 2 个；检查人只有一名时 1 个" placeholder:"人数"`
	Department []string `help:"只在这些科室中抽，缺省全部" placeholder:"科室"`
	Repeatable bool     `help:"抽过的科室可以再抽，不必等全部轮到"`
	By         string   `help:"抽取人，缺省为登录的账号" placeholder:"姓名"`
	Witness    string   `help:"见证人" placeholder:"姓名"`
}

func (c *drawNewCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		r, err := c.request(ctx, s)
		if err != nil {
			return err
		}
		id, err := s.MakeDraw(ctx, r)
		if err != nil {
			return err
		}
		d, err := s.Draw(ctx, id)
		if err != nil {
			return err
		}
		picks, err := s.Picks(ctx, id)
		if err != nil {
			return err
		}
		report := drawReportOf(d, picks)
		return o.result(report, report.text)
	})
}

func (c *drawNewCommand) request(ctx context.Context, s *store.Store) (store.DrawRequest, error) {
	r := store.DrawRequest{Seed: c.Seed, Picks: c.Picks, PerVisit: c.PerVisit, Fair: !c.Repeatable, DrawnBy: c.By, Witness: c.Witness}
	m, err := s.CampaignNamed(ctx, c.Campaign)
	if err != nil {
		return r, err
	}
	r.CampaignID = m.ID
	if r.From, err = dayOr("", "开始日期", c.From); err != nil {
		return r, err
	}
	if r.To, err = dayOr("", "结束日期", c.To); err != nil {
		return r, err
	}
	for _, names := range c.Inspector {
		for _, name := range strings.FieldsFunc(names, func(r rune) bool { return strings.ContainsRune("、，；;", r) }) {
			r.Inspectors = append(r.Inspectors, model.Inspector{Name: name})
		}
	}
	if r.PerVisit == 0 { // who names inspectors wants them sent
		r.PerVisit = min(2, len(r.Inspectors))
	}
	if c.Department != nil && len(c.Department) == 0 { // a script's empty variable
		return r, model.Errorf(model.Invalid, "科室是空的")
	}
	for _, name := range c.Department {
		id, err := departmentID(ctx, s, name)
		if err != nil {
			return r, err
		}
		r.Departments = append(r.Departments, id)
	}
	return r, nil
}

type pickRow struct {
	Department string `json:"department"`
	Day        string `json:"day"`
	Half       string `json:"half"`
	Inspectors string `json:"inspectors"`
	State      string `json:"state"`
}

type drawReport struct {
	No      string    `json:"no"`
	Seed    string    `json:"seed"`
	DrawnOn string    `json:"drawn_on"`
	DrawnBy string    `json:"drawn_by"`
	Witness string    `json:"witness"`
	Void    bool      `json:"void"`
	Picks   []pickRow `json:"picks"`
}

func drawReportOf(d store.DrawRow, picks []store.PickRow) drawReport {
	out := drawReport{d.FormNo, d.Seed, string(d.DrawnOn), d.DrawnBy, d.Witness, d.VoidedOn != "", []pickRow{}}
	for _, p := range picks {
		out.Picks = append(out.Picks, pickRow{p.Department, string(p.Day), p.Half, p.Inspectors, string(p.State)})
	}
	return out
}

func (r drawReport) text(w io.Writer) {
	void := ""
	if r.Void {
		void = "\t已作废"
	}
	fmt.Fprintf(w, "%s\t种子 %s\t%s\t抽取人 %s\t见证人 %s%s\n", r.No, r.Seed, r.DrawnOn, r.DrawnBy, r.Witness, void)
	for _, p := range r.Picks {
		fmt.Fprintf(w, "  %s\t%s %s\t%s\t%s\n", p.Department, p.Day, p.Half, p.Inspectors, p.State)
	}
}

type drawListCommand struct{ campaignFlag }

func (c *drawListCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		m, err := s.CampaignNamed(ctx, c.Campaign)
		if err != nil {
			return err
		}
		found, err := s.Draws(ctx, m.ID, store.Page{})
		if err != nil {
			return err
		}
		reports := make([]drawReport, len(found.Items))
		for i, d := range found.Items {
			picks, err := s.Picks(ctx, d.ID)
			if err != nil {
				return err
			}
			reports[i] = drawReportOf(d, picks)
		}
		return o.result(reports, func(w io.Writer) {
			for _, r := range reports {
				r.text(w)
			}
		})
	})
}

type drawNumbered struct {
	No string `arg:"" help:"抽取的编号"`
}

type drawRepeatCommand struct {
	drawNumbered `embed:""`
}

func (c *drawRepeatCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		d, err := s.DrawByNumber(ctx, c.No)
		if err != nil {
			return err
		}
		same, _, err := s.RepeatDraw(ctx, d.ID)
		if err != nil {
			return err
		}
		if err := o.result(map[string]any{"no": d.FormNo, "seed": d.Seed, "same": same}, func(w io.Writer) {
			if same {
				fmt.Fprintf(w, "%s 重演结果与记录一致（种子 %s）\n", d.FormNo, d.Seed)
			}
		}); err != nil {
			return err
		}
		if !same {
			return model.Errorf(model.Conflict, "%s 重演结果与记录不一致，记录可能被改动过", d.FormNo)
		}
		return nil
	})
}

type drawPrintCommand struct {
	drawNumbered `embed:""`
	Table        string `help:"抽取结果单 result，检查记录表 sheets" enum:"result,sheets" default:"result"`
	Out          string `required:"" help:"要写的 PDF" placeholder:"文件" type:"path"`
}

func (c *drawPrintCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		d, err := s.DrawByNumber(ctx, c.No)
		if err != nil {
			return err
		}
		if c.Table == "sheets" {
			return o.writtenPDF(ctx, s, export{what: "检查记录表", path: c.Out}, func(w io.Writer) ([]string, error) {
				return issue.InspectionSheets(ctx, w, s, d.ID, page.ThisMachine())
			})
		}
		return o.writtenPDF(ctx, s, export{what: "抽取结果单", path: c.Out}, func(w io.Writer) ([]string, error) {
			return issue.DrawSheet(ctx, w, s, d.ID, page.ThisMachine())
		})
	})
}
