package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

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
	checks         `embed:""`
	departmentFlag `embed:""`
	Form           []string `help:"只打印这些编号，都属于一种；没有的不补" placeholder:"编号"`
	NoCovers       bool     `help:"不要科室封面"`
	Out            string   `required:"" help:"要写的 PDF" placeholder:"文件" type:"path"`
}

func (c *selfCheckPrintCommand) Run(ctx context.Context, o *output) error {
	if c.Form != nil && (c.Department != "" || c.Priority) {
		return errFormsAndMore
	}
	if err := wantsExtension(c.Out, ".pdf"); err != nil {
		return err
	}
	return o.withStore(ctx, func(s *store.Store) error {
		filter, err := c.filter(ctx, s, c.Department)
		if err != nil {
			return err
		}
		if c.Form != nil {
			if err = c.forms(ctx, s, &filter); err != nil {
				return err
			}
		}
		made, printed, err := printSelfChecks(ctx, s, filter, c.Out, !c.NoCovers)
		return o.printed(c.Out, made, printed, err)
	})
}

// forms checks the numbers that were asked for and puts them and their kind,
// which the numbers tell, into the filter.
func (c *selfCheckPrintCommand) forms(ctx context.Context, s *store.Store, filter *store.SelfCheckFilter) error {
	typed, err := formNumbers(c.Form)
	if err != nil {
		return err
	}
	for i, no := range typed {
		row, err := s.SelfCheckByNumber(ctx, no)
		if err != nil {
			return err
		}
		if i == 0 {
			filter.Kind = row.Kind
		}
		switch {
		case row.CampaignID != filter.CampaignID:
			return model.Errorf(model.Conflict, "自查表 %s 不属于这个专项行动", row.FormNo)
		case row.Kind != filter.Kind:
			return model.Errorf(model.Invalid, "%s 是%s的自查表，请分开打印", row.FormNo, row.Kind.Label())
		}
		filter.FormNos = append(filter.FormNos, row.FormNo)
	}
	return nil
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

type selfCheckRecordCommand struct {
	Campaign string   `help:"专项行动的编号或名称，缺省取编号所属的" placeholder:"专项行动"`
	Form     []string `required:"" help:"交回的编号，可以多个" placeholder:"编号"`
	On       string   `help:"交回日期，缺省今天" placeholder:"日期"`
	Late     bool     `help:"自查阶段结束后才交回的，按“补查”登记"`
	Rest     []string `arg:"" optional:"" help:"更多编号"`
}

func (c *selfCheckRecordCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		on, err := dayOr(s.Today(), "交回日期", c.On)
		if err != nil {
			return err
		}
		nos, err := formNumbers(append(append([]string{}, c.Form...), c.Rest...))
		if err != nil {
			return err
		}
		campaignID, err := campaignOf(ctx, s, c.Campaign, nos, func(no string) (int64, error) {
			row, err := s.SelfCheckByNumber(ctx, no)
			return row.CampaignID, err
		})
		if err != nil {
			return err
		}
		results, err := s.ReturnSelfChecks(ctx, campaignID, nos, on, c.Late)
		if err != nil {
			return err
		}
		rows := make([]recorded, len(results))
		for i, r := range results {
			rows[i] = recorded{strings.TrimSpace(r.FormNo), r.Row.Name, r.Row.Department, r.Problem == "", r.Problem}
			if r.Problem == "" {
				rows[i].FormNo = r.Row.FormNo
			}
		}
		return o.recordedAll(rows)
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
	Late        bool   `help:"自查阶段结束后才交回的，按“补查”登记"`
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
		for i, p := range entry.Problems {
			switch {
			case p.ItemID != problem.ItemID:
			case row.State == model.Returned:
				return model.Errorf(model.Conflict, "自查表 %s 的第 %d 项已经填了问题，请在窗口中修改", row.FormNo, c.Item)
			default: // the form was done again and says something else now
				entry.Problems = slices.Delete(entry.Problems, i, i+1)
			}
		}
		entry.Problems = append(entry.Problems, problem)
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
	usual, late := s.Today(), c.Late
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
	Form   string `arg:"" help:"编号"`
	Reason string `required:"" help:"原因" placeholder:"原因"`
}

func (c *selfCheckSendBackCommand) Run(ctx context.Context, o *output) error {
	return o.onSelfCheck(ctx, c.Form, "已退回补课", func(s *store.Store, id int64) error { return s.SendBackSelfCheck(ctx, id, c.Reason) })
}

type selfCheckVoidCommand struct {
	Form   string `arg:"" help:"编号"`
	Reason string `required:"" help:"原因" placeholder:"原因"`
}

func (c *selfCheckVoidCommand) Run(ctx context.Context, o *output) error {
	return o.onSelfCheck(ctx, c.Form, "已作废", func(s *store.Store, id int64) error { return s.VoidSelfCheck(ctx, id, c.Reason) })
}

type selfCheckExcuseCommand struct {
	Form   string `arg:"" help:"编号"`
	Reason string `required:"" help:"原因，如 产假" placeholder:"原因"`
	Until  string `help:"免查到哪一天" placeholder:"日期"`
}

func (c *selfCheckExcuseCommand) Run(ctx context.Context, o *output) error {
	return o.onSelfCheck(ctx, c.Form, "已免查", func(s *store.Store, id int64) error {
		until, err := dayOr("", "免查截止日期", c.Until)
		if err != nil {
			return err
		}
		return s.ExcuseSelfCheck(ctx, id, c.Reason, until)
	})
}

// onSelfCheck does one step with a self-check form found by its number.
func (o *output) onSelfCheck(ctx context.Context, no, did string, step func(s *store.Store, id int64) error) error {
	return o.withStore(ctx, func(s *store.Store) error {
		row, err := s.SelfCheckByNumber(ctx, no)
		if err != nil {
			return err
		}
		if err := step(s, row.ID); err != nil {
			return err
		}
		return o.result(map[string]string{"form_no": row.FormNo, "name": row.Name}, func(w io.Writer) {
			fmt.Fprintf(w, "%s：%s %s\n", did, row.FormNo, row.Name)
		})
	})
}
