package main

import (
	"context"
	"fmt"
	"io"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
)

type findingCommand struct {
	List     findingListCommand     `cmd:"" help:"列出问题整改台账"`
	Import   findingImportCommand   `cmd:"" help:"导入原有的问题台账（.xlsx 或 .csv）"`
	Template findingTemplateCommand `cmd:"" help:"写一份导入用的空白 .xlsx"`
	Add      findingAddCommand      `cmd:"" help:"登记一个问题"`
	Begin    findingBeginCommand    `cmd:"" help:"开始整改"`
	Submit   findingSubmitCommand   `cmd:"" help:"整改完成，提交验收"`
	Accept   findingAcceptCommand   `cmd:"" help:"验收销号；提交验收的账号不能验收"`
	Refuse   findingRefuseCommand   `cmd:"" help:"验收不通过，退回"`
	LookBack findingLookBackCommand `cmd:"" help:"登记回头看"`
	Extend   findingExtendCommand   `cmd:"" help:"申请延期"`
	Decide   findingDecideCommand   `cmd:"" help:"审批延期；申请的账号不能审批"`
	Void     findingVoidCommand     `cmd:"" help:"作废"`
	Print    findingPrintCommand    `cmd:"" help:"打印整改通知书、销号审批单、台账或周报"`

	Attach      attachCommand      `cmd:"" help:"给一个问题添加佐证（PDF、JPG、PNG）"`
	Attachments attachmentsCommand `cmd:"" help:"列出一个问题的佐证"`
	Attachment  attachmentCommand  `cmd:"" help:"取出一个佐证"`
}

type findingAddCommand struct {
	Campaign    string `help:"专项行动的编号或名称" placeholder:"专项行动"`
	Source      string `help:"来源，如 督查、举报、上级反馈" default:"督查" placeholder:"来源"`
	Origin      string `help:"来源说明" placeholder:"文字"`
	FoundOn     string `help:"发现日期，缺省今天" placeholder:"日期"`
	Category    string `required:"" help:"类别" placeholder:"类别"`
	Level       string `help:"级别：一般、重大" enum:"一般,重大" default:"一般"`
	Department  string `required:"" help:"责任科室" placeholder:"科室"`
	Person      string `help:"责任人的工号" placeholder:"工号"`
	Leader      string `help:"责任领导" placeholder:"姓名"`
	Problem     string `required:"" help:"问题" placeholder:"文字"`
	Measure     string `help:"整改措施" placeholder:"文字"`
	Funds       string `help:"资金，元" placeholder:"金额"`
	Due         string `help:"整改时限" placeholder:"日期"`
	Contingency string `help:"预案" placeholder:"文字"`
}

func (c *findingAddCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		m, err := c.finding(ctx, s)
		if err != nil {
			return err
		}
		_, no, err := s.SaveFinding(ctx, m)
		if err != nil {
			return err
		}
		return o.result(map[string]string{"no": no}, func(w io.Writer) { fmt.Fprintln(w, "已登记", no) })
	})
}

func (c *findingAddCommand) finding(ctx context.Context, s *store.Store) (m model.Finding, err error) {
	m = model.Finding{Source: c.Source, Origin: c.Origin, Category: c.Category, Level: model.FindingLevel(c.Level), Leader: c.Leader,
		Problem: c.Problem, Measure: c.Measure, Contingency: c.Contingency}
	if c.Campaign != "" {
		campaign, err := s.CampaignNamed(ctx, c.Campaign)
		if err != nil {
			return m, err
		}
		m.CampaignID = campaign.ID
	}
	if m.FoundOn, err = dayOr(s.Today(), "发现日期", c.FoundOn); err != nil {
		return m, err
	}
	if m.DueOn, err = dayOr("", "整改时限", c.Due); err != nil {
		return m, err
	}
	if m.FundsFen, err = fenOr("资金", c.Funds); err != nil {
		return m, err
	}
	if m.DepartmentID, err = departmentID(ctx, s, c.Department); err != nil {
		return m, err
	}
	if c.Person != "" {
		m.StaffID, err = staffNumbered(ctx, s, c.Person)
	}
	return m, err
}

// staffNumbered finds a person by the 工号.
func staffNumbered(ctx context.Context, s *store.Store, no string) (int64, error) {
	found, err := s.Staff(ctx, store.StaffFilter{Find: no, Status: store.Anyone}, store.Page{})
	if err != nil {
		return 0, err
	}
	for _, m := range found.Items {
		if m.EmployeeNo == no {
			return m.ID, nil
		}
	}
	return 0, model.Errorf(model.NotFound, "没有工号为 %s 的职工", no)
}

// onFinding does one step with a finding found by its number and tells in
// which state it is then.
func (o *output) onFinding(ctx context.Context, no, on string, step func(s *store.Store, r store.FindingRow, on day.Date) error) error {
	return o.withStore(ctx, func(s *store.Store) error {
		row, err := s.FindingByNumber(ctx, no)
		if err != nil {
			return err
		}
		date, err := dayOr(s.Today(), "日期", on)
		if err != nil {
			return err
		}
		if err := step(s, row, date); err != nil {
			return err
		}
		if row, err = s.Finding(ctx, row.ID); err != nil {
			return err
		}
		return o.result(map[string]string{"no": row.FormNo, "state": string(row.State), "due_on": string(row.DueOn)}, func(w io.Writer) {
			fmt.Fprintf(w, "%s\t%s\n", row.FormNo, row.State)
		})
	})
}

// findingStep is what the steps of a finding have in common.
type findingStep struct {
	No string `arg:"" help:"问题的编号"`
	On string `help:"日期，缺省今天" placeholder:"日期"`
}

type findingBeginCommand struct {
	findingStep `embed:""`
}

func (c *findingBeginCommand) Run(ctx context.Context, o *output) error {
	return o.onFinding(ctx, c.No, c.On, func(s *store.Store, r store.FindingRow, on day.Date) error { return s.BeginFinding(ctx, r.ID, on) })
}

type findingSubmitCommand struct {
	findingStep `embed:""`
	By          string `required:"" help:"整改人" placeholder:"姓名"`
	Result      string `required:"" help:"完成情况" placeholder:"文字"`
}

func (c *findingSubmitCommand) Run(ctx context.Context, o *output) error {
	return o.onFinding(ctx, c.No, c.On, func(s *store.Store, r store.FindingRow, on day.Date) error {
		return s.SubmitFinding(ctx, r.ID, on, c.By, c.Result)
	})
}

type findingAcceptCommand struct {
	findingStep `embed:""`
	Note        string `help:"验收意见" placeholder:"文字"`
	LookBackOn  string `help:"回头看日期，缺省按专项行动的间隔" placeholder:"日期"`
}

func (c *findingAcceptCommand) Run(ctx context.Context, o *output) error {
	return o.onFinding(ctx, c.No, c.On, func(s *store.Store, r store.FindingRow, on day.Date) error {
		again, err := dayOr("", "回头看日期", c.LookBackOn)
		if err != nil {
			return err
		}
		return s.AcceptFinding(ctx, r.ID, on, c.Note, again)
	})
}

type findingRefuseCommand struct {
	findingStep `embed:""`
	Reason      string `required:"" help:"退回原因" placeholder:"原因"`
}

func (c *findingRefuseCommand) Run(ctx context.Context, o *output) error {
	return o.onFinding(ctx, c.No, c.On, func(s *store.Store, r store.FindingRow, on day.Date) error {
		return s.RefuseFinding(ctx, r.ID, on, c.Reason)
	})
}

type findingLookBackCommand struct {
	findingStep `embed:""`
	By          string `required:"" help:"检查人" placeholder:"姓名"`
	Note        string `help:"情况" placeholder:"文字"`
	Relapsed    bool   `help:"问题反弹"`
	Due         string `help:"反弹后新的整改时限" placeholder:"日期"`
}

func (c *findingLookBackCommand) Run(ctx context.Context, o *output) error {
	return o.onFinding(ctx, c.No, c.On, func(s *store.Store, r store.FindingRow, on day.Date) error {
		due, err := dayOr("", "新的整改时限", c.Due)
		if err != nil {
			return err
		}
		return s.LookBackFinding(ctx, r.ID, on, c.By, c.Note, c.Relapsed, due)
	})
}

type findingExtendCommand struct {
	No     string `arg:"" help:"问题的编号"`
	Due    string `required:"" help:"新的时限" placeholder:"日期"`
	Reason string `required:"" help:"延期原因" placeholder:"原因"`
}

func (c *findingExtendCommand) Run(ctx context.Context, o *output) error {
	return o.onFinding(ctx, c.No, "", func(s *store.Store, r store.FindingRow, _ day.Date) error {
		due, err := dayOr("", "新的时限", c.Due)
		if err != nil {
			return err
		}
		return s.AskExtension(ctx, r.ID, due, c.Reason)
	})
}

type findingDecideCommand struct {
	No     string `arg:"" help:"问题的编号"`
	Reject bool   `help:"不批准"`
	Note   string `help:"审批意见" placeholder:"文字"`
}

func (c *findingDecideCommand) Run(ctx context.Context, o *output) error {
	return o.onFinding(ctx, c.No, "", func(s *store.Store, r store.FindingRow, _ day.Date) error {
		all, err := s.Extensions(ctx, r.ID)
		if err != nil {
			return err
		}
		for _, x := range all {
			if x.State == model.Asked {
				return s.DecideExtension(ctx, x.ID, !c.Reject, c.Note)
			}
		}
		return model.Errorf(model.Conflict, "问题 %s 没有待批的延期申请", r.FormNo)
	})
}

type findingVoidCommand struct {
	No     string `arg:"" help:"问题的编号"`
	Reason string `required:"" help:"原因" placeholder:"原因"`
}

func (c *findingVoidCommand) Run(ctx context.Context, o *output) error {
	return o.onFinding(ctx, c.No, "", func(s *store.Store, r store.FindingRow, _ day.Date) error { return s.VoidFinding(ctx, r.ID, c.Reason) })
}
