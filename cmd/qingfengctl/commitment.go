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
	letters        `embed:""`
	departmentFlag `embed:""`
	Form           []string `help:"只打印这些编号，都属于一种；没有的不补" placeholder:"编号"`
	NoCovers       bool     `help:"不要科室封面"`
	Out            string   `required:"" help:"要写的 PDF" placeholder:"文件" type:"path"`
}

func (c *commitmentPrintCommand) Run(ctx context.Context, o *output) error {
	if c.Form != nil && c.Department != "" {
		return errFormsAndMore
	}
	if err := wantsExtension(c.Out, ".pdf"); err != nil {
		return err
	}
	return o.withStore(ctx, func(s *store.Store) error {
		campaign, filter, err := c.filter(ctx, s, c.Department)
		if err != nil {
			return err
		}
		if c.Form != nil {
			if err = c.forms(ctx, s, campaign, &filter); err != nil {
				return err
			}
		}
		made, printed, err := printLetters(ctx, s, filter, c.Out, !c.NoCovers)
		return o.printed(c.Out, made, printed, err)
	})
}

// forms checks the numbers that were asked for and puts them and their kind,
// which the numbers tell, into the filter.
func (c *commitmentPrintCommand) forms(ctx context.Context, s *store.Store, campaign model.Campaign, filter *store.CommitmentFilter) error {
	typed, err := formNumbers(c.Form)
	if err != nil {
		return err
	}
	for i, no := range typed {
		row, err := s.CommitmentByNumber(ctx, no)
		if err != nil {
			return err
		}
		if i == 0 {
			filter.Kind = row.Kind
		}
		switch {
		case row.CampaignID != campaign.ID:
			return model.Errorf(model.Conflict, "承诺书 %s 不属于“%s”", row.FormNo, campaign.Title)
		case row.Kind != filter.Kind:
			return model.Errorf(model.Invalid, "%s 是%s的承诺书，请分开打印", row.FormNo, row.Kind.Label())
		}
		filter.FormNos = append(filter.FormNos, row.FormNo)
	}
	return nil
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
	Campaign string   `help:"专项行动的编号或名称，缺省取编号所属的" placeholder:"专项行动"`
	Form     []string `required:"" help:"交回的编号，可以多个" placeholder:"编号"`
	On       string   `help:"交回日期，缺省今天" placeholder:"日期"`
	Rest     []string `arg:"" optional:"" help:"更多编号"`
}

func (c *commitmentRecordCommand) Run(ctx context.Context, o *output) error {
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
			row, err := s.CommitmentByNumber(ctx, no)
			return row.CampaignID, err
		})
		if err != nil {
			return err
		}
		results, err := s.ReturnCommitments(ctx, campaignID, nos, on)
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

// campaignOf is the campaign that was named, or the one of the first number
// that find knows; the others are reported one by one.
func campaignOf(ctx context.Context, s *store.Store, named string, nos []string, find func(no string) (int64, error)) (int64, error) {
	if named != "" {
		m, err := s.CampaignNamed(ctx, named)
		return m.ID, err
	}
	for _, no := range nos {
		id, err := find(no)
		if err == nil {
			return id, nil
		}
		if code := model.CodeOf(err); code != model.Invalid && code != model.NotFound {
			return 0, err
		}
	}
	return 0, nil
}

// formNumbers refuses blank numbers, which a script's empty variable leaves.
func formNumbers(nos []string) ([]string, error) {
	if len(nos) == 0 {
		return nil, model.Errorf(model.Invalid, "没有给出编号")
	}
	for _, no := range nos {
		if strings.TrimSpace(no) == "" {
			return nil, model.Errorf(model.Invalid, "编号是空的")
		}
	}
	return nos, nil
}

type commitmentVoidCommand struct {
	Form   string `arg:"" help:"编号"`
	Reason string `required:"" help:"原因" placeholder:"原因"`
}

func (c *commitmentVoidCommand) Run(ctx context.Context, o *output) error {
	return o.onLetter(ctx, c.Form, "已作废", func(s *store.Store, id int64) error {
		return s.VoidCommitment(ctx, id, c.Reason)
	})
}

type commitmentExcuseCommand struct {
	Form   string `arg:"" help:"编号"`
	Reason string `required:"" help:"原因，如 产假" placeholder:"原因"`
	Until  string `help:"免签到哪一天" placeholder:"日期"`
}

func (c *commitmentExcuseCommand) Run(ctx context.Context, o *output) error {
	return o.onLetter(ctx, c.Form, "已免签", func(s *store.Store, id int64) error {
		until, err := dayOr("", "免签截止日期", c.Until)
		if err != nil {
			return err
		}
		return s.ExcuseCommitment(ctx, id, c.Reason, until)
	})
}

// onLetter does one step with a letter found by its number.
func (o *output) onLetter(ctx context.Context, no, did string, step func(s *store.Store, id int64) error) error {
	return o.withStore(ctx, func(s *store.Store) error {
		row, err := s.CommitmentByNumber(ctx, no)
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
