package campaign

import (
	"context"

	"fyne.io/fyne/v2"

	"qingfeng/model/money"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// extensionRecord is the audit trail's word for a request for more time.
const extensionRecord = "延期"

// tell shows all of a finding and what happened to it.
func (p *FindingsPage) tell(r finding) {
	kit.Run(context.Background(), func(ctx context.Context) ([]office.Chapter, error) {
		return storyOf(ctx, p.deps.Store, r.ID)
	}, func(story []office.Chapter, err error) {
		if err != nil {
			p.deps.Fail(err)
			return
		}
		var d *kit.Dialog
		d = kit.ShowDialog(p.deps.Win, kit.DialogOptions{
			Title: "问题 " + r.FormNo + "：" + r.Department, Width: 860, Content: storyView(r, story),
			Buttons: []*kit.Button{kit.NewButton("关闭", func() { d.Close() })},
		})
	})
}

// storyOf reads what happened to a finding and to its requests for more time,
// the newest first. A line names the account that acted, and the whole story is
// about the finding.
func storyOf(ctx context.Context, s *store.Store, id int64) ([]office.Chapter, error) {
	requests, err := s.Extensions(ctx, id)
	if err != nil {
		return nil, err
	}
	belonging := make([]office.Recorded, len(requests))
	for i, x := range requests {
		belonging[i] = office.Recorded{Entity: extensionRecord, ID: x.ID}
	}
	return office.ReadStory(ctx, s, office.Recorded{Entity: findingRecord, ID: id}, belonging, "submitted_by", "asked_by", "finding_id")
}

func storyView(r finding, story []office.Chapter) fyne.CanvasObject {
	box := office.Facts(findingFacts(r))
	office.AddStory(box, story)
	return box
}

// findingFacts are label and value of what is on file, in the order in which
// it came about.
func findingFacts(r finding) [][2]string {
	return [][2]string{
		{"状态", string(r.State)},
		{"问题", r.Problem},
		{"发现", office.Joined(" · ", string(r.FoundOn), r.Source, r.Origin, r.Category, string(r.Level))},
		{"专项行动", r.Campaign},
		{"责任", office.Joined(" · ", r.Department, r.Person, labelled("责任领导", r.Leader))},
		{"整改措施", r.Measure},
		{"资金", funds(r.FundsFen)},
		{"预案", r.Contingency},
		{"时限", string(r.DueOn)},
		{"通知书", string(r.NotifiedOn)},
		{"开始整改", string(r.BegunOn)},
		{"完成情况", office.Joined(" · ", string(r.SubmittedOn), labelled("整改人", r.MendedBy), r.Result)},
		{"退回", office.Joined(" · ", string(r.RefusedOn), r.RefuseReason)},
		{"销号", office.Joined(" · ", string(r.AcceptedOn), labelled("验收人", r.AcceptedBy), r.AcceptNote)},
		{"应回头看", string(r.LookBackDue)},
		{"回头看", office.Joined(" · ", string(r.LookBackOn), labelled("检查人", r.LookBackBy), r.LookBackNote)},
		{"作废", office.Joined(" · ", string(r.VoidedOn), r.VoidReason)},
	}
}

func funds(fen int64) string {
	if fen == 0 {
		return ""
	}
	return money.Yuan(fen) + " 元"
}
