package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
)

// paper is a letter or a self-check form as the commands see it that both have.
type paper struct {
	id, campaignID   int64
	formNo           string
	name, department string
	kind, kindLabel  string
}

// paperKind finds papers of a register by their number.
type paperKind struct {
	noun string
	find func(ctx context.Context, s *store.Store, typed string) (paper, error)
}

var (
	letterPapers = paperKind{"承诺书", func(ctx context.Context, s *store.Store, typed string) (paper, error) {
		r, err := s.CommitmentByNumber(ctx, typed)
		return letterPaper(r), err
	}}
	checkPapers = paperKind{"自查表", func(ctx context.Context, s *store.Store, typed string) (paper, error) {
		r, err := s.SelfCheckByNumber(ctx, typed)
		return checkPaper(r), err
	}}
)

func letterPaper(r store.CommitmentRow) paper {
	return paper{r.ID, r.CampaignID, r.FormNo, r.Name, r.Department, string(r.Kind), r.Kind.Label()}
}

func checkPaper(r store.SelfCheckRow) paper {
	return paper{r.ID, r.CampaignID, r.FormNo, r.Name, r.Department, string(r.Kind), r.Kind.Label()}
}

// printFlags are the options of printing papers.
type printFlags struct {
	departmentFlag `embed:""`
	Form           []string `help:"只打印这些编号，都属于一种；没有的不补" placeholder:"编号"`
	NoCovers       bool     `help:"不要科室封面"`
	Out            string   `required:"" help:"要写的 PDF" placeholder:"文件" type:"path"`
}

// check refuses options that would leave out some of the numbers asked for,
// and a file that is no PDF.
func (f printFlags) check(narrowed bool) error {
	if f.Form != nil && (f.Department != "" || narrowed) {
		return errFormsAndMore
	}
	return wantsExtension(f.Out, ".pdf")
}

// forms checks the numbers that were asked for and returns them with their
// kind, which the numbers tell; without any the kind is the usual one.
func (f printFlags) forms(ctx context.Context, s *store.Store, k paperKind, campaignID int64, usual string) (kind string, nos []string, err error) {
	if f.Form == nil {
		return usual, nil, nil
	}
	typed, err := formNumbers(f.Form)
	if err != nil {
		return "", nil, err
	}
	for _, no := range typed {
		p, err := k.find(ctx, s, no)
		if err != nil {
			return "", nil, err
		}
		if kind == "" {
			kind = p.kind
		}
		switch {
		case p.campaignID != campaignID:
			return "", nil, model.Errorf(model.Conflict, "%s %s 不属于这个专项行动", k.noun, p.formNo)
		case p.kind != kind:
			return "", nil, model.Errorf(model.Invalid, "%s 是%s的%s，请分开打印", p.formNo, p.kindLabel, k.noun)
		}
		nos = append(nos, p.formNo)
	}
	return kind, nos, nil
}

// recordFlags are the options of recording papers that came back.
type recordFlags struct {
	Campaign string   `help:"专项行动的编号或名称，缺省取编号所属的" placeholder:"专项行动"`
	Form     []string `required:"" help:"交回的编号，可以多个" placeholder:"编号"`
	On       string   `help:"交回日期，缺省今天" placeholder:"日期"`
	Rest     []string `arg:"" optional:"" help:"更多编号"`
}

// record finds the campaign of the numbers and lets take record them.
func (f recordFlags) record(ctx context.Context, o *output, k paperKind, take func(s *store.Store, campaignID int64, nos []string, on day.Date) ([]recorded, error)) error {
	return o.withStore(ctx, func(s *store.Store) error {
		on, err := dayOr(s.Today(), "交回日期", f.On)
		if err != nil {
			return err
		}
		nos, err := formNumbers(append(append([]string{}, f.Form...), f.Rest...))
		if err != nil {
			return err
		}
		campaignID, err := f.campaign(ctx, s, k, nos)
		if err != nil {
			return err
		}
		rows, err := take(s, campaignID, nos, on)
		if err != nil {
			return err
		}
		return o.recordedAll(rows)
	})
}

// campaign is the campaign that was named, or the one of the first number that
// is a paper's; the others are reported one by one.
func (f recordFlags) campaign(ctx context.Context, s *store.Store, k paperKind, nos []string) (int64, error) {
	if f.Campaign != "" {
		m, err := s.CampaignNamed(ctx, f.Campaign)
		return m.ID, err
	}
	for _, no := range nos {
		p, err := k.find(ctx, s, no)
		if err == nil {
			return p.campaignID, nil
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

// recorded is what became of one number that was given as handed in.
type recorded struct {
	FormNo     string `json:"form_no"`
	Name       string `json:"name"`
	Department string `json:"department"`
	Recorded   bool   `json:"recorded"`
	Problem    string `json:"problem"`
}

func recordedOf[R any](results []store.Scanned[R], of func(R) paper) []recorded {
	rows := make([]recorded, len(results))
	for i, r := range results {
		p := of(r.Row)
		rows[i] = recorded{strings.TrimSpace(r.FormNo), p.name, p.department, r.Problem == "", r.Problem}
		if r.Problem == "" {
			rows[i].FormNo = p.formNo
		}
	}
	return rows
}

// recordedAll tells what was recorded; numbers that could not be end the
// command as done in part.
func (o *output) recordedAll(rows []recorded) error {
	taken := 0
	for _, r := range rows {
		if r.Recorded {
			taken++
		}
	}
	err := o.result(map[string]any{"recorded": taken, "forms": rows}, func(w io.Writer) {
		for _, r := range rows {
			if r.Recorded {
				fmt.Fprintf(w, "已登记\t%s\t%s\t%s\n", r.FormNo, r.Department, r.Name)
			} else {
				fmt.Fprintf(w, "未登记\t%s\t%s\n", r.FormNo, r.Problem)
			}
		}
	})
	if err == nil && taken < len(rows) {
		err = errPartial
	}
	return err
}

// reasonFlags and excuseFlags are the options of decisions about one paper.
type reasonFlags struct {
	Form   string `arg:"" help:"编号"`
	Reason string `required:"" help:"原因" placeholder:"原因"`
}

type excuseFlags struct {
	Form   string `arg:"" help:"编号"`
	Reason string `required:"" help:"原因，如 产假" placeholder:"原因"`
	Until  string `help:"到哪一天为止" placeholder:"日期"`
}

// onPaper does one step with a paper found by its number.
func (o *output) onPaper(ctx context.Context, k paperKind, no, did string, step func(s *store.Store, id int64) error) error {
	return o.withStore(ctx, func(s *store.Store) error {
		p, err := k.find(ctx, s, no)
		if err != nil {
			return err
		}
		if err := step(s, p.id); err != nil {
			return err
		}
		return o.result(map[string]string{"form_no": p.formNo, "name": p.name}, func(w io.Writer) {
			fmt.Fprintf(w, "%s：%s %s\n", did, p.formNo, p.name)
		})
	})
}

// excuse frees the signer of a paper until a day, or for good.
func (f excuseFlags) excuse(ctx context.Context, o *output, k paperKind, did string, excuse func(s *store.Store, id int64, until day.Date) error) error {
	return o.onPaper(ctx, k, f.Form, did, func(s *store.Store, id int64) error {
		until, err := dayOr("", "截止日期", f.Until)
		if err != nil {
			return err
		}
		return excuse(s, id, until)
	})
}
