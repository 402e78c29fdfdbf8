package campaign

import (
	"bytes"
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/report/issue"
	"qingfeng/report/preview"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// batch is what one order to print is about.
type batch struct {
	name       string // for titles and files: 急诊科, 全部 …
	scope      scope
	department string // narrows the scope by name when its id is not known
	make       bool   // make the forms that are missing first
	covers     bool   // offer cover sheets ticked
}

// plan is what printing a batch would mean, for the person to look at first.
type plan struct {
	batch
	rows     []slip // that exist already
	without  int    // signers whose form is still to be made
	reprints int
	returned int
}

// printUsual is what Ctrl+P means: what is selected, else what is still to be
// printed.
func (p *slipPage[R]) printUsual(s kit.Selection[R]) {
	if s.Any() {
		p.printSelected(s)
		return
	}
	p.printUnprinted(s)
}

func (p *slipPage[R]) printAll(s kit.Selection[R]) {
	sc := p.scope(s.Query)
	p.prepare(batch{name: "全部", scope: sc, make: true, covers: sc.kind == personal})
}

func (p *slipPage[R]) printUnprinted(s kit.Selection[R]) {
	sc := p.scope(s.Query)
	sc.departmentID = office.DepartmentOf(s.Query)
	p.prepare(unprinted(sc))
}

// unprinted is what of a scope was never printed.
func unprinted(sc scope) batch {
	sc.state = model.Unprinted
	return batch{name: "未打印", scope: sc, make: true, covers: sc.kind == personal}
}

func (p *slipPage[R]) printDepartment(s kit.Selection[R]) {
	sc := p.scope(s.Query)
	sc.departmentID = office.DepartmentOf(s.Query)
	b := batch{name: "本科室", scope: sc, make: true, covers: sc.kind == personal}
	if sc.departmentID == 0 {
		b.department = p.sharedDepartment(s.Rows)
		b.name = b.department
	}
	p.prepare(b)
}

func (p *slipPage[R]) printSelected(s kit.Selection[R]) {
	sc := p.scope(s.Query)
	sc.formNos = []string{}
	for _, r := range p.slips(s.Rows) {
		if r.State != model.Voided {
			sc.formNos = append(sc.formNos, r.FormNo)
		}
	}
	if len(sc.formNos) == 0 {
		kit.ShowNotice(p.deps.Win, "不能打印", fmt.Sprintf("选中的%s都已作废。作废的%[1]s不再打印，可以选“生成新的”。", p.forms.words().noun))
		return
	}
	p.prepare(batch{name: fmt.Sprintf("选中%d份", len(sc.formNos)), scope: sc})
}

func (p *slipPage[R]) printOne(r R) {
	s, sc := p.of(r), p.scope(p.Query())
	sc.formNos = []string{s.FormNo}
	p.print(batch{name: s.name, scope: sc}, false)
}

// prepare counts what would be printed and asks how.
func (p *slipPage[R]) prepare(b batch) {
	if p.noCampaign() {
		return
	}
	words := p.forms.words()
	kit.Run(context.Background(), func(ctx context.Context) (plan, error) { return p.plan(ctx, b) }, func(pl plan, err error) {
		switch {
		case err != nil:
			p.deps.Fail(err)
		case len(pl.rows)+pl.without == 0:
			kit.ShowNotice(p.deps.Win, "没有要打印的", fmt.Sprintf("这个范围内没有可以打印的%s。%s的要打印，请先选中它们。", words.noun, words.excused))
		default:
			p.ask(pl)
		}
	})
}

func (p *slipPage[R]) plan(ctx context.Context, b batch) (plan, error) {
	var err error
	if b.department != "" {
		d, err := p.deps.Store.DepartmentNamed(ctx, b.department)
		if b.scope.departmentID = d.ID; err != nil {
			return plan{}, err
		}
	}
	out := plan{batch: b}
	if out.rows, err = p.forms.printable(ctx, b.scope); err != nil {
		return out, err
	}
	if b.make {
		if out.without, err = p.forms.without(ctx, b.scope); err != nil {
			return out, err
		}
	}
	for _, r := range out.rows {
		if r.PrintCount > 0 {
			out.reprints++
		}
		if r.State == model.Returned {
			out.returned++
		}
	}
	return out, nil
}

// summary says in sentences what will be printed.
func (pl plan) summary() []string {
	lines := []string{fmt.Sprintf("共 %d 份，按科室、工号排好。", len(pl.rows)+pl.without)}
	if pl.without > 0 {
		lines = append(lines, fmt.Sprintf("其中 %d 份还没有生成，打印前自动生成并编号。", pl.without))
	}
	if pl.reprints > 0 {
		lines = append(lines, fmt.Sprintf("其中 %d 份打印过，编号旁印“补打”。", pl.reprints))
	}
	return lines
}

// ask shows the plan and its options.
func (p *slipPage[R]) ask(pl plan) {
	covers := kit.NewCheck("每个科室前加一张发放回收单")
	covers.SetChecked(pl.covers)
	var lines []fyne.CanvasObject
	for _, l := range pl.summary() {
		lines = append(lines, kit.NewLabel(l))
	}
	lines = append(lines, covers)
	again := kit.NewCheck(fmt.Sprintf("已交回的 %d 份也重新打印", pl.returned))
	if pl.returned > 0 {
		again.SetChecked(pl.scope.formNos != nil) // picked one by one means meant
		lines = append(lines, again)
	}
	lines = append(lines, kit.NewMuted("预览后选“打印”或“另存为 PDF”，才登记为已打印。"))
	var d *kit.Dialog
	start := func() {
		b := pl.batch
		if pl.returned > 0 && !again.Checked() {
			if pl.returned == len(pl.rows) && pl.without == 0 {
				kit.Toast(p.deps.Win, "都已交回，没有要打印的", kit.Neutral)
				return
			}
			b.scope = withoutReturned(pl)
		}
		d.Close()
		p.print(b, covers.Checked())
	}
	d = kit.ShowDialog(p.deps.Win, kit.DialogOptions{
		Title: "打印" + p.titleOf(pl.scope) + "：" + pl.name, Content: kit.Below(lines...), Width: 460,
		Buttons: []*kit.Button{kit.NewButton("取消", func() { d.Close() }), kit.NewPrimaryButton("生成预览", start)},
	})
}

func withoutReturned(pl plan) scope {
	sc := pl.scope
	if sc.formNos == nil {
		sc.missing = true
		return sc
	}
	sc.formNos = []string{}
	for _, r := range pl.rows {
		if r.State != model.Returned {
			sc.formNos = append(sc.formNos, r.FormNo)
		}
	}
	return sc
}

// titleOf names the forms of a scope: 个人承诺书.
func (p *slipPage[R]) titleOf(sc scope) string {
	return p.forms.kindLabel(sc.kind) + p.forms.words().noun
}

// print makes the PDF and previews it. Forms count as printed only once it
// was printed or saved.
func (p *slipPage[R]) print(b batch, covers bool) {
	var pdf bytes.Buffer
	var printed issue.Printed
	var doc *preview.Document
	noun := p.forms.words().noun
	kit.ShowProgress(p.deps.Win, "正在生成"+noun, func(ctx context.Context, report kit.Report) error {
		if b.make {
			if _, err := p.forms.make(ctx, b.scope.campaignID, b.scope.kind); err != nil {
				return err
			}
		}
		var err error
		printed, err = p.forms.print(ctx, &pdf, b.scope, issue.Options{Fonts: p.deps.Fonts, Covers: covers},
			func(done, total int) { report(done, total, "份") })
		if err == nil {
			doc, err = preview.Open(pdf.Bytes())
		}
		return err
	}, func(err error) {
		if b.make {
			p.changed() // forms may have been made even when the rest was called off
		}
		if office.Cancelled(err) {
			kit.Toast(p.deps.Win, "已取消，没有登记为已打印", kit.Neutral)
			return
		}
		if err != nil {
			p.deps.Fail(err)
			return
		}
		p.press.Preview(doc, office.Paper{
			Title: fmt.Sprintf("%s · %s · %d 份", p.titleOf(b.scope), b.name, len(printed.IDs)),
			File:  noun + "-" + p.forms.kindLabel(b.scope.kind) + "-" + b.name,
			PDF:   pdf.Bytes(), Warnings: printed.Warnings, List: noun, Rows: len(printed.IDs),
			Written: func(ctx context.Context) error { return p.forms.markPrinted(ctx, printed.IDs) },
			Done:    fmt.Sprintf("%d 份%s已登记为已打印。", len(printed.IDs), noun),
		})
	})
}
