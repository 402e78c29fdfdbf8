package campaign

import (
	"context"
	"io"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/report/issue"
)

// slip is what the parts shared by the pages of numbered forms know of one: a
// commitment letter or a self-check form.
type slip struct {
	model.Paper
	name, employeeNo, department, post string
	calls                              string // how a message names its signer
}

// scope says which forms of a campaign and kind are meant.
type scope struct {
	campaignID   int64
	kind         string
	departmentID int64            // 0 for all
	state        model.PaperState // "" for all but voided ones
	missing      bool             // only those that are awaited
	formNos      []string         // nil for all
}

// Kinds that both registers of numbered forms have.
const (
	personal    = string(model.PersonalCommitment)
	departments = string(model.DepartmentCommitment)
)

// taken is what became of one number that was typed or scanned.
type taken struct {
	typed   string
	slip    slip   // set when the form was found
	problem string // "" when the return was recorded
}

// figures are the counts that stand around a table of forms.
type figures struct {
	kind     string
	all      int // forms of the kind that are not void
	without  int // signers without a form
	rate     model.Rate
	priority model.Rate // of leaders and key posts
	phase    model.Span // in which forms are taken back
}

// slipWords are what a register calls its forms.
type slipWords struct {
	noun    string           // 承诺书
	excused model.PaperState // 免签
	missing string           // 未签
	act     string           // 签
	taking  string           // heading of the dialogs that take forms back
	except  string           // how to take back a department's forms at once
	sample  string           // a form number
}

// slipStore is the side of the store on which a page of numbered forms works.
type slipStore interface {
	words() slipWords
	kindLabel(kind string) string // 个人
	figures(ctx context.Context, campaignID int64, kind string) (figures, error)

	list(ctx context.Context, sc scope, p store.Page) ([]slip, int, error)
	byNumber(ctx context.Context, typed string) (slip, error)
	without(ctx context.Context, sc scope) (int, error) // signers who have no form
	make(ctx context.Context, campaignID int64, kind string) (int, error)

	printable(ctx context.Context, sc scope) ([]slip, error)
	print(ctx context.Context, w io.Writer, sc scope, o issue.Options, progress func(done, total int)) (issue.Printed, error)
	markPrinted(ctx context.Context, ids []int64) error

	takeBack(ctx context.Context, campaignID int64, nos []string, on day.Date) ([]taken, error)
	takeBackDepartment(ctx context.Context, sc scope, except []string, on day.Date) (int, error)
	departments(ctx context.Context, campaignID int64) ([]model.DepartmentRate, error) // personal forms

	excuse(ctx context.Context, id int64, reason string, until day.Date) error
	reopen(ctx context.Context, id int64, reason string) error
	void(ctx context.Context, id int64, reason string) error
	renew(ctx context.Context, id int64) (formNo string, err error)
}

// mapped is what of makes of each row.
func mapped[R, S any](rows []R, of func(R) S) []S {
	out := make([]S, len(rows))
	for i, r := range rows {
		out[i] = of(r)
	}
	return out
}
