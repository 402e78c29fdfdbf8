package roster

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/ui/kit"
)

// historyLines bounds what one person's history shows.
const historyLines = 200

// historyLine is an audit line as the dialog shows it.
type historyLine struct{ When, Who, What, Text string }

// showHistory shows what happened to a person's record, the newest first.
func showHistory(deps Deps, r store.StaffRow) {
	kit.Run(context.Background(), func(ctx context.Context) ([]historyLine, error) {
		return historyOf(ctx, deps.Store, r.ID)
	}, func(lines []historyLine, err error) {
		if err != nil {
			deps.Fail(err)
			return
		}
		var dialog *kit.Dialog
		closing := func() { dialog.Close() }
		dialog = kit.ShowDialog(deps.Win, kit.DialogOptions{
			Title:    fmt.Sprintf("变动记录：%s（%s）", r.Name, r.EmployeeNo),
			Content:  historyView(lines),
			Width:    720,
			Buttons:  []*kit.Button{kit.NewButton("关闭", closing)},
			OnEscape: closing,
		})
	})
}

func historyView(lines []historyLine) fyne.CanvasObject {
	if len(lines) == 0 {
		return kit.NewMuted("还没有变动记录。")
	}
	box := kit.Below()
	for _, l := range lines {
		entry := kit.Below(kit.Beside(kit.NewSubHeading(l.What), kit.NewMuted(l.When), kit.NewMuted(l.Who)))
		if l.Text != "" {
			entry.Add(paragraph(l.Text))
		}
		box.Add(container.New(layout.NewCustomPaddedLayout(0, 10, 0, 0), entry))
	}
	return box
}

func historyOf(ctx context.Context, s *store.Store, id int64) ([]historyLine, error) {
	lines, err := s.AuditLines(ctx, "职工", id, historyLines)
	if err != nil {
		return nil, err
	}
	labels, err := issue.AuditLabels(ctx, s, lines)
	if err != nil {
		return nil, err
	}
	out := make([]historyLine, len(lines))
	for i, l := range lines {
		out[i] = historyLine{l.At.Format("2006-01-02 15:04"), l.Actor, l.Action, issue.ChangeText(labels, l)}
	}
	return out, nil
}
