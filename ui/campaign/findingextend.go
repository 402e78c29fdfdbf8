package campaign

import (
	"context"
	"fmt"

	"qingfeng/model"
	"qingfeng/ui/kit"
)

// askMore asks for more time.
func (p *FindingsPage) askMore(r finding) {
	due, reason := kit.NewDateField(), kit.NewMultiEntry(model.MaxNote, 3)
	p.step("申请延期："+r.FormNo, "申请", r.FormNo+" 已申请延期，等待审批", func() func(context.Context) error {
		limit, text := due.Date(), reason.Value()
		return func(ctx context.Context) error { return p.deps.Store.AskExtension(ctx, r.ID, limit, text) }
	},
		kit.Fact("问题", r.Problem), kit.Fact("现在的时限", string(r.DueOn)),
		kit.Field{Key: "NewDue", Label: "新的时限", Required: true, Input: due},
		kit.Field{Key: "Reason", Label: "延期原因", Hint: "用您的账号申请后，由另一个账号审批", Required: true, Input: reason})
}

// Answers to a request for more time.
const (
	granted  = "granted"
	rejected = "rejected"
)

// decideMore shows the request that waits and decides about it. Who asked is
// told at once that another has to decide.
func (p *FindingsPage) decideMore(r finding) {
	kit.Run(context.Background(), func(ctx context.Context) (model.Extension, error) {
		return p.waiting(ctx, r)
	}, func(x model.Extension, err error) {
		a, _ := p.deps.Store.Account()
		switch {
		case err != nil:
			p.deps.Fail(err)
		case a.ID == x.AskedBy:
			kit.ShowNotice(p.deps.Win, "请换一个账号审批",
				fmt.Sprintf("问题 %s 的延期是用您的账号（%s）申请的，请由另一个账号审批。", r.FormNo, a.Label()))
		default:
			p.showRequest(r, x)
		}
	})
}

// waiting is the request of a finding that nobody has decided about.
func (p *FindingsPage) waiting(ctx context.Context, r finding) (model.Extension, error) {
	all, err := p.deps.Store.Extensions(ctx, r.ID)
	if err != nil {
		return model.Extension{}, err
	}
	for _, x := range all {
		if x.State == model.Asked {
			return x, nil
		}
	}
	return model.Extension{}, model.Errorf(model.NotFound, "问题 %s 没有待批的延期申请", r.FormNo)
}

func (p *FindingsPage) showRequest(r finding, x model.Extension) {
	answer := kit.NewSegmented([]kit.Option{{Value: granted, Text: "批准"}, {Value: rejected, Text: "不批准"}})
	note := kit.NewMultiEntry(model.MaxNote, 3)
	p.step("审批延期："+r.FormNo, "登记", r.FormNo+" 的延期申请已审批", func() func(context.Context) error {
		grant, text := answer.Value() == granted, note.Value()
		return func(ctx context.Context) error { return p.deps.Store.DecideExtension(ctx, x.ID, grant, text) }
	},
		kit.Fact("问题", r.Problem), kit.Fact("原时限", string(x.OldDue)), kit.Fact("申请延至", string(x.NewDue)),
		kit.Fact("延期原因", x.Reason), kit.Fact("申请日期", string(x.AskedOn)),
		kit.Field{Key: "answer", Label: "审批", Required: true, Input: answer},
		kit.Field{Key: "Note", Label: "审批意见", Input: note})
}
