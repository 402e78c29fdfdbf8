package main

import (
	"context"
	"fmt"
	"io"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/report/page"
)

type commitmentCommand struct {
	Print   commitmentPrintCommand   `cmd:"" help:"打印承诺书，先补齐还没有的"`
	Record  commitmentRecordCommand  `cmd:"" help:"登记交回的承诺书"`
	Summary commitmentSummaryCommand `cmd:"" help:"签订率，按科室"`
	List    commitmentListCommand    `cmd:"" help:"列出承诺书"`
	Missing commitmentMissingCommand `cmd:"" help:"未签名单，.pdf 或 .xlsx"`
	Void    commitmentVoidCommand    `cmd:"" help:"作废一份承诺书"`
	Excuse  commitmentExcuseCommand  `cmd:"" help:"免签一份承诺书"`
	Add     commitmentAddCommand     `cmd:"" help:"新增一份供应商或基建承诺书"`

	Attach      attachCommand      `cmd:"" help:"给一份承诺书添加扫描件（PDF、JPG、PNG）"`
	Attachments attachmentsCommand `cmd:"" help:"列出一份承诺书的扫描件"`
	Attachment  attachmentCommand  `cmd:"" help:"取出一个扫描件"`
}

// letters says which letters a command is about.
type letters struct {
	Campaign string `required:"" help:"专项行动的编号或名称" placeholder:"专项行动"`
	Kind     string `help:"个人 personal，科室 department，供应商 supplier，基建 works" enum:"personal,department,supplier,works" default:"personal"`
}

type departmentFlag struct {
	Department string `help:"只要一个科室" placeholder:"科室"`
}

// filter resolves the names of campaign and department.
func (l letters) filter(ctx context.Context, s *store.Store, department string) (model.Campaign, store.CommitmentFilter, error) {
	campaign, err := s.CampaignNamed(ctx, l.Campaign)
	if err != nil {
		return campaign, store.CommitmentFilter{}, err
	}
	id, err := departmentID(ctx, s, department)
	return campaign, store.CommitmentFilter{CampaignID: campaign.ID, Kind: model.CommitmentKind(l.Kind), DepartmentID: id}, err
}

type commitmentPrintCommand struct {
	letters    `embed:""`
	printFlags `embed:""`
}

func (c *commitmentPrintCommand) Run(ctx context.Context, o *output) error {
	if err := c.check(false); err != nil {
		return err
	}
	return o.withStore(ctx, func(s *store.Store) error {
		campaign, filter, err := c.filter(ctx, s, c.Department)
		if err != nil {
			return err
		}
		kind, nos, err := c.forms(ctx, s, letterPapers, campaign.ID, c.Kind)
		if err != nil {
			return err
		}
		filter.Kind, filter.FormNos = model.CommitmentKind(kind), nos
		made, printed, err := printLetters(ctx, s, filter, c.Out, !c.NoCovers)
		return o.printed(c.Out, made, printed, err)
	})
}

// printLetters writes the PDF and then marks its letters as printed. Letters
// that are missing are made once the file can be written, unless only certain
// numbers are asked for. Covers are for departments' bundles of people.
func printLetters(ctx context.Context, s *store.Store, filter store.CommitmentFilter, out string, covers bool) (made int, printed issue.Printed, err error) {
	err = handedOut(s, out, func(w io.Writer) (err error) {
		if filter.FormNos == nil {
			if made, err = s.MakeCommitments(ctx, filter.CampaignID, filter.Kind); err != nil {
				return err
			}
		}
		covers = covers && filter.Kind == model.PersonalCommitment
		printed, err = issue.Commitments(ctx, w, s, filter, issue.Options{Fonts: page.ThisMachine(), Covers: covers}, nil)
		return err
	}, func() error { return s.MarkPrinted(ctx, printed.IDs) })
	return made, printed, err
}

type commitmentRecordCommand struct {
	recordFlags `embed:""`
}

func (c *commitmentRecordCommand) Run(ctx context.Context, o *output) error {
	return c.record(ctx, o, letterPapers, func(s *store.Store, campaignID int64, nos []string, on day.Date) ([]recorded, error) {
		results, err := s.ReturnCommitments(ctx, campaignID, nos, on)
		return recordedOf(results, letterPaper), err
	})
}

type commitmentVoidCommand struct {
	reasonFlags `embed:""`
}

func (c *commitmentVoidCommand) Run(ctx context.Context, o *output) error {
	return o.onPaper(ctx, letterPapers, c.Form, "已作废", func(s *store.Store, id int64) error { return s.VoidCommitment(ctx, id, c.Reason) })
}

type commitmentExcuseCommand struct {
	excuseFlags `embed:""`
}

func (c *commitmentExcuseCommand) Run(ctx context.Context, o *output) error {
	return c.excuse(ctx, o, letterPapers, "已免签", func(s *store.Store, id int64, until day.Date) error {
		return s.ExcuseCommitment(ctx, id, c.Reason, until)
	})
}

type commitmentAddCommand struct {
	letters `embed:""`
	Party   string `required:"" help:"供应商名称或工程名称" placeholder:"名称"`
	Code    string `help:"统一社会信用代码" placeholder:"代码"`
	Person  string `help:"代表人" placeholder:"姓名"`
}

func (c *commitmentAddCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		campaign, filter, err := c.filter(ctx, s, "")
		if err != nil {
			return err
		}
		no, err := s.AddPartyCommitment(ctx, model.Commitment{Paper: model.Paper{CampaignID: campaign.ID}, Kind: filter.Kind,
			PartyName: c.Party, PartyCode: c.Code, PartyPerson: c.Person})
		if err != nil {
			return err
		}
		return o.result(map[string]string{"form_no": no}, func(w io.Writer) { fmt.Fprintln(w, "已新增", no) })
	})
}
