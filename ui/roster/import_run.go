package roster

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2/container"

	"qingfeng/model/store"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// run stores the roster in one transaction and shows what came of it.
func (im *importer) run(answers store.RosterAnswers) {
	var plan store.RosterPlan
	kit.ShowProgress(im.deps.Win, "正在导入花名册", func(ctx context.Context, report kit.Report) error {
		report(0, 0, fmt.Sprintf("新增 %d 人，变动 %d 人，离职 %d 人", len(im.plan.Added), len(im.plan.Updated), len(answers.Leave)))
		var err error
		plan, err = im.deps.Store.ImportRoster(ctx, im.fileName(), im.reading, answers)
		return err
	}, func(err error) {
		if office.Cancelled(err) {
			im.preview()
			kit.ShowNotice(im.deps.Win, "已取消", "导入已取消，没有改动任何数据。")
			return
		}
		if err != nil {
			im.fail(err, im.preview)
			return
		}
		im.plan, im.judged = plan, plan.Onto(im.reading)
		im.finish(len(answers.Leave))
		im.deps.changed()
		if im.done != nil {
			im.done()
		}
	})
}

// finish is the summary after the import.
func (im *importer) finish(left int) {
	lines := im.results(left)
	rows := kit.Below()
	for _, l := range lines {
		rows.Add(kit.Beside(kit.Wide(150, kit.NewMuted(l[0])), kit.NewLabel(l[1])))
	}
	var dialog *kit.Dialog
	closing := func() { dialog.Close() }
	title := "导入完成"
	if im.nothingToDo() && left == 0 {
		title = "没有需要改动的内容"
	}
	if n := im.judged.Total - len(im.judged.Rows); n > 0 {
		rows.Add(paragraph(fmt.Sprintf("有 %d 行没有导入。可以另存为 Excel，改正后再导入一次，已导入的人不会重复。", n)))
	}
	save := kit.NewButton("另存结果…", func() {
		summary := sheet.Table{Name: "导入结果", Columns: []string{"项目", "数量"}}
		for _, l := range lines {
			summary.Rows = append(summary.Rows, l[:])
		}
		im.save("花名册导入结果", append([]sheet.Table{summary}, sheet.RosterProblemTables(im.judged)...))
	})
	dialog = kit.ShowDialog(im.deps.Win, kit.DialogOptions{
		Title: title, Content: container.NewStack(rows), Width: 520,
		Buttons: []*kit.Button{save, kit.NewPrimaryButton("完成", closing)}, OnEscape: closing,
	})
}

func (im *importer) results(left int) [][2]string {
	p, r := im.plan, im.judged
	out := [][2]string{{"文件", im.fileName()}}
	for _, l := range []struct {
		label string
		count int
		unit  string
		shown bool // also when 0
	}{
		{"新增", len(p.Added), "人", true}, {"变动", len(p.Updated), "人", true}, {"未变", p.Unchanged, "人", true},
		{"登记离职", left, "人", false}, {"新建科室", len(p.NewDepartments), "个", false}, {"恢复已撤销科室", len(p.Reopened), "个", false}, {"新建支部", len(p.NewBranches), "个", false},
		{"登记科室负责人", len(p.Heads), "名", false},
		{"不能导入", r.Total - len(r.Rows), "行", true}, {"提醒", len(r.Warnings), "条", true},
	} {
		if l.count > 0 || l.shown {
			out = append(out, [2]string{l.label, fmt.Sprintf("%d %s", l.count, l.unit)})
		}
	}
	return out
}
