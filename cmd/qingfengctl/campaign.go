package main

import (
	"cmp"
	"context"
	"fmt"
	"io"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/store"
)

type campaignCommand struct {
	Templates campaignTemplatesCommand `cmd:"" help:"列出专项行动模板"`
	List      campaignListCommand      `cmd:"" help:"列出专项行动"`
	New       campaignNewCommand       `cmd:"" help:"由模板新建专项行动，连同阶段、时限、责任清单和自查项目"`
	Show      campaignShowCommand      `cmd:"" help:"一个专项行动的阶段、领导小组、责任清单和自查项目"`
	Print     campaignPrintCommand     `cmd:"" help:"打印时间表（.pdf）、责任清单或催办单（.pdf、.xlsx）"`
	Deadlines campaignDeadlinesCommand `cmd:"" help:"列出时限和办结情况"`
	Met       campaignMetCommand       `cmd:"" help:"登记一个时限已办结，序号和期次见 campaign deadlines"`
	Draw      drawCommand              `cmd:"" help:"双随机抽查：抽取、重演、打印"`
}

type campaignTemplatesCommand struct{}

func (c *campaignTemplatesCommand) Run(_ context.Context, o *output) error {
	overrides := ""
	if folder.Exists(o.dir()) {
		overrides = folder.OverridesOf(o.dir())
	}
	templates, err := assets.New(overrides).CampaignTemplates()
	if err != nil {
		return model.Errorf(model.Invalid, "专项行动模板有误：%v", err)
	}
	type row struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	}
	rows := make([]row, len(templates))
	for i, t := range templates {
		rows[i] = row{t.ID, t.Name()}
	}
	return o.result(rows, func(w io.Writer) {
		for _, r := range rows {
			fmt.Fprintf(w, "%s\t%s\n", r.ID, r.Title)
		}
	})
}

type campaignRow struct {
	ID         int64  `json:"id"`
	Title      string `json:"title"`
	DocumentNo string `json:"document_no"`
	StartsOn   string `json:"starts_on"`
	EndsOn     string `json:"ends_on"`
}

func campaignRowOf(m model.Campaign) campaignRow {
	return campaignRow{m.ID, m.Title, m.DocumentNo, string(m.StartsOn), string(m.EndsOn)}
}

type campaignListCommand struct{}

func (c *campaignListCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		found, err := s.Campaigns(ctx)
		if err != nil {
			return err
		}
		rows := make([]campaignRow, len(found))
		for i, m := range found {
			rows[i] = campaignRowOf(m)
		}
		return o.result(rows, func(w io.Writer) {
			for _, r := range rows {
				fmt.Fprintf(w, "%d\t%s\t%s\t%s\n", r.ID, r.Title, r.StartsOn, r.EndsOn)
			}
		})
	})
}

type campaignNewCommand struct {
	Template   string `required:"" help:"模板编号，见 campaign templates" placeholder:"模板"`
	Year       int    `required:"" help:"年度" placeholder:"年"`
	Title      string `help:"名称，缺省按模板" placeholder:"名称"`
	DocumentNo string `help:"发文字号" placeholder:"字号"`
	From       string `help:"开始日期，缺省按模板；阶段和一次性的时限跟着移" placeholder:"日期"`
	To         string `help:"结束日期，缺省按模板" placeholder:"日期"`
}

func (c *campaignNewCommand) Run(ctx context.Context, o *output) error {
	if c.Year < 2000 || c.Year > 2100 {
		return model.Errorf(model.Invalid, "年度 %d 有误，应为 2000 到 2100", c.Year)
	}
	return o.withStore(ctx, func(s *store.Store) error {
		p, err := s.NewPlan(c.Template, c.Year)
		if err != nil {
			return err
		}
		on, err := c.span(p)
		if err != nil {
			return err
		}
		p = p.Moved(on)
		p.StartsOn, p.EndsOn = on.From, on.To // wrong days do not move it: the store says what is wrong with them
		p.Title, p.DocumentNo = cmp.Or(c.Title, p.Title), cmp.Or(c.DocumentNo, p.DocumentNo)
		if p.ID, err = s.StartCampaign(ctx, p); err != nil {
			return err
		}
		return o.result(campaignRowOf(p.Campaign), func(w io.Writer) {
			fmt.Fprintf(w, "已新建专项行动 %d：%s（%s 至 %s）\n", p.ID, p.Title, p.StartsOn, p.EndsOn)
		})
	})
}

// span is when the campaign runs: on the plan's days unless others were given.
func (c *campaignNewCommand) span(p model.Plan) (on model.Span, err error) {
	if on.From, err = dayOr(p.StartsOn, "开始日期", c.From); err != nil {
		return on, err
	}
	on.To, err = dayOr(p.EndsOn, "结束日期", c.To)
	return on, err
}
