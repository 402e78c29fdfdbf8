package campaign

import (
	"bytes"
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/report/preview"
	"qingfeng/ui/kit"
)

// batch is what one order to print is about.
type batch struct {
	name       string // for titles and files: 急诊科, 全部 …
	filter     store.CommitmentFilter
	department string // narrows the filter by name when its id is not known
	make       bool   // make the letters that are missing first
	covers     bool   // offer cover sheets ticked
}

// plan is what printing a batch would mean, for the person to look at first.
type plan struct {
	batch
	rows     []letter // that exist already
	without  int      // signers whose letter is still to be made
	reprints int
	returned int
}

func (p *CommitmentsPage) kindFilter(q kit.Query) store.CommitmentFilter {
	return store.CommitmentFilter{CampaignID: p.campaignInHand().ID, Kind: kindOf(q)}
}

// printUsual is what Ctrl+P means: what is selected, else what is still to be
// printed.
func (p *CommitmentsPage) printUsual(s selection) {
	if s.Any() {
		p.printSelected(s)
		return
	}
	p.printUnprinted(s)
}

func (p *CommitmentsPage) printAll(s selection) {
	p.prepare(batch{name: "全部", filter: p.kindFilter(s.Query), make: true, covers: kindOf(s.Query) == model.PersonalCommitment})
}

func (p *CommitmentsPage) printUnprinted(s selection) {
	f := p.kindFilter(s.Query)
	f.State, f.DepartmentID = model.Unprinted, departmentFilter(s.Query)
	p.prepare(batch{name: "未打印", filter: f, make: true, covers: f.Kind == model.PersonalCommitment})
}

func (p *CommitmentsPage) printDepartment(s selection) {
	f := p.kindFilter(s.Query)
	f.DepartmentID = departmentFilter(s.Query)
	b := batch{name: "本科室", filter: f, make: true, covers: f.Kind == model.PersonalCommitment}
	if f.DepartmentID == 0 {
		b.name, b.department = sharedDepartment(s.Rows), sharedDepartment(s.Rows)
	}
	p.prepare(b)
}

func (p *CommitmentsPage) printSelected(s selection) {
	f := p.kindFilter(s.Query)
	f.FormNos = []string{}
	for _, r := range s.Rows {
		if r.State != model.Voided {
			f.FormNos = append(f.FormNos, r.FormNo)
		}
	}
	if len(f.FormNos) == 0 {
		kit.ShowNotice(p.deps.Win, "不能打印", "选中的承诺书都已作废。作废的承诺书不再打印，可以选“生成新的”。")
		return
	}
	p.prepare(batch{name: fmt.Sprintf("选中%d份", len(f.FormNos)), filter: f})
}

func (p *CommitmentsPage) printOne(r letter) {
	f := store.CommitmentFilter{CampaignID: r.CampaignID, Kind: r.Kind, FormNos: []string{r.FormNo}}
	p.print(batch{name: r.Name, filter: f}, false)
}

// prepare counts what would be printed and asks how.
func (p *CommitmentsPage) prepare(b batch) {
	if b.filter.CampaignID == 0 {
		p.makeMissing() // says that a campaign comes first
		return
	}
	kit.Run(context.Background(), func(ctx context.Context) (plan, error) { return p.plan(ctx, b) }, func(pl plan, err error) {
		switch {
		case err != nil:
			p.deps.fail(err)
		case len(pl.rows)+pl.without == 0:
			kit.ShowNotice(p.deps.Win, "没有要打印的", "这个范围内没有可以打印的承诺书。免签的要打印，请先选中它们。")
		default:
			p.ask(pl)
		}
	})
}

func (p *CommitmentsPage) plan(ctx context.Context, b batch) (plan, error) {
	var err error
	if b.department != "" {
		d, err := p.deps.Store.DepartmentNamed(ctx, b.department)
		if b.filter.DepartmentID = d.ID; err != nil {
			return plan{}, err
		}
	}
	out := plan{batch: b}
	if out.rows, err = issue.Printable(ctx, p.deps.Store, b.filter); err != nil {
		return out, err
	}
	if b.make {
		unsigned, err := p.deps.Store.Unsigned(ctx, b.filter)
		if err != nil {
			return out, err
		}
		for _, r := range unsigned {
			if r.FormNo == "" {
				out.without++
			}
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
func (p *CommitmentsPage) ask(pl plan) {
	covers := kit.NewCheck("每个科室前加一张发放回收单")
	covers.SetChecked(pl.covers)
	var lines []fyne.CanvasObject
	for _, l := range pl.summary() {
		lines = append(lines, kit.NewLabel(l))
	}
	lines = append(lines, covers)
	again := kit.NewCheck(fmt.Sprintf("已交回的 %d 份也重新打印", pl.returned))
	if pl.returned > 0 {
		again.SetChecked(pl.filter.FormNos != nil) // picked one by one means meant
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
			b.filter = withoutReturned(pl)
		}
		d.Close()
		p.print(b, covers.Checked())
	}
	d = kit.ShowDialog(p.deps.Win, kit.DialogOptions{
		Title: "打印" + pl.filter.Kind.Label() + "承诺书：" + pl.name, Content: kit.Below(lines...), Width: 460,
		Buttons: []*kit.Button{kit.NewButton("取消", func() { d.Close() }), kit.NewPrimaryButton("生成预览", start)},
	})
}

func withoutReturned(pl plan) store.CommitmentFilter {
	f := pl.filter
	if f.FormNos == nil {
		f.Missing = true
		return f
	}
	f.FormNos = []string{}
	for _, r := range pl.rows {
		if r.State != model.Returned {
			f.FormNos = append(f.FormNos, r.FormNo)
		}
	}
	return f
}

// print makes the PDF and previews it. Letters count as printed only once it
// was printed or saved.
func (p *CommitmentsPage) print(b batch, covers bool) {
	var pdf bytes.Buffer
	var printed issue.Printed
	var doc *preview.Document
	kit.ShowProgress(p.deps.Win, "正在生成承诺书", func(ctx context.Context, report kit.Report) error {
		if b.make {
			if _, err := p.deps.Store.MakeCommitments(ctx, b.filter.CampaignID, b.filter.Kind); err != nil {
				return err
			}
		}
		var err error
		printed, err = issue.Commitments(ctx, &pdf, p.deps.Store, b.filter, issue.Options{Fonts: p.deps.Fonts, Covers: covers},
			func(done, total int) { report(done, total, "份") })
		if err == nil {
			doc, err = preview.Open(pdf.Bytes())
		}
		return err
	}, func(err error) {
		if b.make {
			p.changed() // letters may have been made even when the rest was called off
		}
		if cancelled(err) {
			kit.Toast(p.deps.Win, "已取消，没有登记为已打印", kit.Neutral)
			return
		}
		if err != nil {
			p.deps.fail(err)
			return
		}
		p.press.preview(doc, paper{
			title: fmt.Sprintf("%s承诺书 · %s · %d 份", b.filter.Kind.Label(), b.name, len(printed.IDs)),
			file:  "承诺书-" + b.filter.Kind.Label() + "-" + b.name,
			pdf:   pdf.Bytes(), warnings: printed.Warnings, list: "承诺书", rows: len(printed.IDs),
			written: func(ctx context.Context) error { return p.deps.Store.MarkPrinted(ctx, printed.IDs) },
			done:    fmt.Sprintf("%d 份承诺书已登记为已打印。", len(printed.IDs)),
		})
	})
}
