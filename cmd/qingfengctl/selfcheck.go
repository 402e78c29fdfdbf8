package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/report/page"
)

type selfCheckCommand struct {
	Print    selfCheckPrintCommand    `cmd:"" help:"打印自查表，先补齐还没有的"`
	Record   selfCheckRecordCommand   `cmd:"" help:"登记交回的自查表，均无问题"`
	Problem  selfCheckProblemCommand  `cmd:"" help:"登记一份自查表，填一项问题"`
	Summary  selfCheckSummaryCommand  `cmd:"" help:"自查汇总，可另存为附表2"`
	List     selfCheckListCommand     `cmd:"" help:"列出自查表"`
	Missing  selfCheckMissingCommand  `cmd:"" help:"未查名单，.pdf 或 .xlsx"`
	SendBack selfCheckSendBackCommand `cmd:"" help:"退回一份自查表补课"`
	Void     selfCheckVoidCommand     `cmd:"" help:"作废一份自查表"`
	Excuse   selfCheckExcuseCommand   `cmd:"" help:"免查一份自查表"`

	Attach      attachCommand      `cmd:"" help:"给一份自查表添加扫描件（PDF、JPG、PNG）"`
	Attachments attachmentsCommand `cmd:"" help:"列出一份自查表的扫描件"`
	Attachment  attachmentCommand  `cmd:"" help:"取出一个扫描件"`
}

// checks says which self-check forms a command is about.
type checks struct {
	Campaign string `required:"" help:"专项行动的编号或名称" placeholder:"专项行动"`
	Kind     string `help:"个人 personal，科室 department" enum:"personal,department" default:"personal"`
	Priority bool   `help:"只要领导和重点岗位"`
}

func (k checks) filter(ctx context.Context, s *store.Store, department string) (store.SelfCheckFilter, error) {
	campaign, err := s.CampaignNamed(ctx, k.Campaign)
	if err != nil {
		return store.SelfCheckFilter{}, err
	}
	id, err := departmentID(ctx, s, department)
	return store.SelfCheckFilter{CampaignID: campaign.ID, Kind: model.SelfCheckKind(k.Kind), DepartmentID: id, Priority: k.Priority}, err
}

type selfCheckPrintCommand struct {
	checks     `embed:""`
	printFlags `embed:""`
}

func (c *selfCheckPrintCommand) Run(ctx context.Context, o *output) error {
	if err := c.check(c.Priority); err != nil {
		return err
	}
	return o.withStore(ctx, func(s *store.Store) error {
		filter, err := c.filter(ctx, s, c.Department)
		if err != nil {
			return err
		}
		kind, nos, err := c.forms(ctx, s, checkPapers, filter.CampaignID, c.Kind)
		if err != nil {
			return err
		}
		filter.Kind, filter.FormNos = model.SelfCheckKind(kind), nos
		made, printed, err := printSelfChecks(ctx, s, filter, c.Out, !c.NoCovers)
		return o.printed(c.Out, made, printed, err)
	})
}

// printSelfChecks writes the PDF and then marks its forms as printed. Forms
// that are missing are made once the file can be written, unless only certain
// numbers are asked for.
func printSelfChecks(ctx context.Context, s *store.Store, filter store.SelfCheckFilter, out string, covers bool) (made int, printed issue.Printed, err error) {
	err = handedOut(s, out, func(w io.Writer) (err error) {
		if filter.FormNos == nil {
			if made, err = s.MakeSelfChecks(ctx, filter.CampaignID, filter.Kind); err != nil {
				return err
			}
		}
		covers = covers && filter.Kind == model.PersonalSelfCheck
		printed, err = issue.SelfChecks(ctx, w, s, filter, issue.Options{Fonts: page.ThisMachine(), Covers: covers}, nil)
		return err
	}, func() error { return s.MarkSelfChecksPrinted(ctx, printed.IDs) })
	return made, printed, err
}

// selfCheckRecordCommand records forms with nothing to state. A form handed in
// today is taken after the phase too, as late; a date that was typed may be a
// slip, so it has to lie in the phase unless --late says that it is meant.
type selfCheckRecordCommand struct {
	recordFlags `embed:""`
	Late        bool `help:"自查阶段结束后的日期也登记，算“补查”；不写 --on 时不用"`
}

func (c *selfCheckRecordCommand) Run(ctx context.Context, o *output) error {
	return c.record(ctx, o, checkPapers, func(s *store.Store, campaignID int64, nos []string, on day.Date) ([]recorded, error) {
		results, err := s.ReturnSelfChecks(ctx, campaignID, nos, on, c.Late || c.On == "")
		late := 0
		for _, r := range results {
			if r.Problem == "" && r.Row.Late {
				late++
			}
		}
		if late > 0 {
			o.say("提醒：自查阶段已结束，%d 份按“补查”登记", late)
		}
		return recordedOf(results, checkPaper), err
	})
}

// selfCheckProblemCommand adds one problem to those that the form states, so
// that several calls enter a form with several.
type selfCheckProblemCommand struct {
	Form        string `arg:"" help:"编号"`
	Item        int    `required:"" help:"自查项目的序号，见 campaign show" placeholder:"序号"`
	Particulars string `required:"" help:"具体表现" placeholder:"文字"`
	Counterpart string `help:"涉及单位或个人" placeholder:"名称"`
	Happened    string `help:"时间，如 2026-05" placeholder:"日期"`
	Amount      string `help:"涉及金额，元" placeholder:"金额"`
	Handed      string `help:"其中已上交，元" placeholder:"金额"`
	Measure     string `help:"整改措施" placeholder:"文字"`
	Due         string `help:"完成时限" placeholder:"日期"`
	On          string `help:"交回日期，缺省今天或已登记的日期" placeholder:"日期"`
	Late        bool   `help:"自查阶段结束后的日期也登记，算“补查”；不写 --on 时不用"`
}

func (c *selfCheckProblemCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		row, err := s.SelfCheckByNumber(ctx, c.Form)
		if err != nil {
			return err
		}
		problem, err := c.problem(ctx, s, row.CampaignID)
		if err != nil {
			return err
		}
		entry, err := c.entry(ctx, s, row)
		if err != nil {
			return err
		}
		same := func(p model.Problem) bool { return p.ItemID == problem.ItemID }
		if row.State == model.Returned && slices.ContainsFunc(entry.Problems, same) {
			return model.Errorf(model.Conflict, "自查表 %s 的第 %d 项已经填了问题，请在窗口中修改", row.FormNo, c.Item)
		}
		// A form that is done again says something else now.
		entry.Problems = append(slices.DeleteFunc(entry.Problems, same), problem)
		findings, err := s.RecordSelfCheck(ctx, row.ID, entry)
		if err != nil {
			return err
		}
		return o.result(map[string]any{"form_no": row.FormNo, "name": row.Name, "findings": append([]string{}, findings...)}, func(w io.Writer) {
			fmt.Fprintf(w, "已登记\t%s\t%s\n", row.FormNo, row.Name)
			for _, no := range findings {
				fmt.Fprintf(w, "列入问题整改\t%s\n", no)
			}
		})
	})
}

// entry is the form as it is recorded so far.
func (c *selfCheckProblemCommand) entry(ctx context.Context, s *store.Store, row store.SelfCheckRow) (store.SelfCheckEntry, error) {
	usual, late := s.Today(), c.Late || c.On == ""
	if row.State == model.Returned {
		usual, late = row.ReturnedOn, late || row.Late
	}
	on, err := dayOr(usual, "交回日期", c.On)
	if err != nil {
		return store.SelfCheckEntry{}, err
	}
	entry := store.SelfCheckEntry{On: on, Late: late, Gaps: row.Gaps, Opinions: model.Opinions{
		Department: row.DepartmentOpinion, DepartmentOn: row.DepartmentOpinionOn, Office: row.OfficeOpinion, OfficeOn: row.OfficeOpinionOn}}
	entry.Problems, err = s.Problems(ctx, row.ID)
	return entry, err
}

func (c *selfCheckProblemCommand) problem(ctx context.Context, s *store.Store, campaignID int64) (model.Problem, error) {
	p := model.Problem{Particulars: c.Particulars, Counterpart: c.Counterpart, Measure: c.Measure}
	plan, err := s.Plan(ctx, campaignID)
	if err != nil {
		return p, err
	}
	if c.Item < 1 || c.Item > len(plan.Items) {
		return p, model.Errorf(model.Invalid, "没有第 %d 项，自查项目共 %d 项，见 campaign show", c.Item, len(plan.Items))
	}
	p.ItemID = plan.Items[c.Item-1].ID
	if c.Happened != "" {
		if p.HappenedOn, err = day.ParsePartial(c.Happened); err != nil {
			return p, model.Errorf(model.Invalid, "时间：%s", err)
		}
	}
	if p.AmountFen, err = fenOr("涉及金额", c.Amount); err != nil {
		return p, err
	}
	if p.HandedFen, err = fenOr("已上交金额", c.Handed); err != nil {
		return p, err
	}
	p.DueOn, err = dayOr("", "完成时限", c.Due)
	return p, err
}

type selfCheckSendBackCommand struct {
	reasonFlags `embed:""`
}

func (c *selfCheckSendBackCommand) Run(ctx context.Context, o *output) error {
	return o.onPaper(ctx, checkPapers, c.Form, "已退回补课", func(s *store.Store, id int64) error { return s.SendBackSelfCheck(ctx, id, c.Reason) })
}

type selfCheckVoidCommand struct {
	reasonFlags `embed:""`
}

func (c *selfCheckVoidCommand) Run(ctx context.Context, o *output) error {
	return o.onPaper(ctx, checkPapers, c.Form, "已作废", func(s *store.Store, id int64) error { return s.VoidSelfCheck(ctx, id, c.Reason) })
}

type selfCheckExcuseCommand struct {
	excuseFlags `embed:""`
}

func (c *selfCheckExcuseCommand) Run(ctx context.Context, o *output) error {
	return c.excuse(ctx, o, checkPapers, "已免查", func(s *store.Store, id int64, until day.Date) error {
		return s.ExcuseSelfCheck(ctx, id, c.Reason, until)
	})
}
