package system

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"qingfeng/ui/kit"
)

// longestDetail is how much of a text stands below the table, in characters;
// the dialog has all of it.
const longestDetail = 60

// trailDetail is the selected line below the table.
func trailDetail(l trailLine) []kit.Piece {
	return []kit.Piece{
		{Text: fmt.Sprintf("第 %d 条", l.ID), Style: kit.PieceBold},
		{Text: l.At.Format("15:04:05"), Style: kit.PieceMuted},
		{Text: shortened(l.Action, longestWord) + " " + l.Entity, Style: kit.PieceChip, Tone: kit.Info},
		{Text: shortened(l.name, longestDetail)},
		{Text: shortened(l.text, longestDetail)},
	}
}

func orNone(value string) string {
	if value == "" {
		return "（空）"
	}
	return value
}

// showLine shows all of a line.
func (p *Trail) showLine(l trailLine) {
	facts := []fyne.CanvasObject{
		fact("时间", l.At.Format("2006-01-02 15:04:05")), fact("操作人", l.Actor), fact("动作", l.Action),
		fact("对象", l.Entity), fact("名称", l.name), gapAbove(changesView(l)), gapAbove(fact("校验值", l.Hash)),
		kit.NewMuted("每一条的校验值都包含前一条的，改动、删除或调换任何一条，核对时都会发现。"),
	}
	var dialog *kit.Dialog
	closing := func() { dialog.Close() }
	dialog = kit.ShowDialog(p.deps.Win, kit.DialogOptions{
		Title: fmt.Sprintf("操作记录第 %d 条", l.ID), Width: 760, Content: kit.Below(facts...),
		Buttons: []*kit.Button{kit.NewButton("关闭", closing)}, OnEscape: closing,
	})
}

const labelWidth = 130 // px

func fact(label, value string) fyne.CanvasObject {
	return kit.Frame(nil, nil, kit.Wide(labelWidth, kit.NewMuted(label)), nil, paragraph(orNone(value)))
}

// changesView are the changed fields with what stood there before and after;
// a new record has no before.
func changesView(l trailLine) fyne.CanvasObject {
	if len(l.changes) == 0 {
		return fact("内容", "这个动作没有改动登记内容")
	}
	row := func(label fyne.CanvasObject, before, after fyne.CanvasObject) fyne.CanvasObject {
		values := after
		if l.Before != "" {
			values = container.New(layout.NewGridLayoutWithColumns(2), before, after)
		}
		return kit.Frame(nil, nil, kit.Wide(labelWidth, label), nil, values)
	}
	rows := []fyne.CanvasObject{row(kit.NewSubHeading("项目"), kit.NewSubHeading("修改前"), kit.NewSubHeading("修改后"))}
	if l.Before == "" {
		rows[0] = row(kit.NewSubHeading("项目"), nil, kit.NewSubHeading("内容"))
	}
	for _, c := range l.changes {
		rows = append(rows, row(kit.NewMuted(c.Label), paragraph(orNone(c.Old)), paragraph(orNone(c.New))))
	}
	return kit.Below(rows...)
}
