package campaign

import (
	"context"
	"encoding/json"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/money"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// extensionRecord is the audit trail's word for a request for more time.
const extensionRecord = "延期"

// storyLines bounds how much is told of one record.
const storyLines = 200

// chapter is an audit line in words.
type chapter struct{ when, who, what, text string }

// tell shows all of a finding and what happened to it.
func (p *FindingsPage) tell(r finding) {
	kit.Run(context.Background(), func(ctx context.Context) ([]chapter, error) {
		return storyOf(ctx, p.deps.Store, r.ID)
	}, func(story []chapter, err error) {
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
// the newest first.
func storyOf(ctx context.Context, s *store.Store, id int64) ([]chapter, error) {
	lines, err := s.AuditLines(ctx, findingRecord, id, storyLines)
	if err != nil {
		return nil, err
	}
	requests, err := s.Extensions(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, x := range requests {
		more, err := s.AuditLines(ctx, extensionRecord, x.ID, storyLines)
		if err != nil {
			return nil, err
		}
		lines = append(lines, more...)
	}
	slices.SortFunc(lines, func(a, b model.AuditLine) int { return int(b.ID - a.ID) })
	labels, err := issue.AuditLabels(ctx, s, lines)
	if err != nil {
		return nil, err
	}
	out := make([]chapter, len(lines))
	for i, l := range lines {
		out[i] = chapterOf(labels, l)
	}
	return out, nil
}

func chapterOf(labels assets.Labels, l model.AuditLine) chapter {
	out := chapter{when: l.At.Format("2006-01-02 15:04"), who: l.Actor, what: l.Action}
	if l.Entity == extensionRecord {
		out.what += l.Entity
	}
	if l.Entity != findingRecord || l.Before != "" { // what a new finding says stands above
		l.Before, l.After = withoutIDs(l.Before), withoutIDs(l.After)
		out.text = issue.ChangeText(labels, l)
	}
	return out
}

// withoutIDs leaves out of a side of an audit line the accounts, of which the
// line names the one that acted, and the finding, which the whole story is about.
func withoutIDs(side string) string {
	var columns map[string]json.RawMessage
	if json.Unmarshal([]byte(side), &columns) != nil {
		return side
	}
	for _, c := range []string{"submitted_by", "asked_by", "finding_id"} {
		delete(columns, c)
	}
	rest, err := json.Marshal(columns)
	if err != nil {
		return side
	}
	return string(rest)
}

func storyView(r finding, story []chapter) fyne.CanvasObject {
	box := kit.Below()
	for _, f := range findingFacts(r) {
		if f[1] != "" {
			box.Add(kit.Frame(nil, nil, kit.Wide(90, kit.NewMuted(f[0])), nil, flushParagraph(f[1])))
		}
	}
	box.Add(container.New(layout.NewCustomPaddedLayout(12, 4, 0, 0), kit.NewSubHeading("经过")))
	for _, c := range story {
		box.Add(kit.Beside(kit.NewLabel(c.when), kit.NewSubHeading(c.what), kit.NewMuted(c.who)))
		if c.text != "" {
			box.Add(container.New(layout.NewCustomPaddedLayout(0, 6, 0, 0), flushParagraph(c.text)))
		}
	}
	return box
}

// flushParagraph is text that breaks, aligned with the lines around it: Fyne's
// label keeps a padding of its own.
func flushParagraph(text string) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(-5, -5, -5, -5), kit.NewParagraph(text))
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
