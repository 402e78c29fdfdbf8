package handover

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"qingfeng/model"
	"qingfeng/model/money"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// handover is a row of the page.
type handover = store.HandoverRow

type handovers = kit.Selection[handover]

// The audit trail's words.
const (
	handoverRecord    = "红包上交"
	itemRecord        = "上交财物"
	receiptRecord     = "收据"
	dispositionRecord = "处置"
)

// handoversSubtitle stands beside the title while there is nothing to count.
const handoversSubtitle = "登记、收据、保管和处置"

// HandoversPage is the page 红包上交: the register, or in its place the form for
// a new handover.
type HandoversPage struct {
	*kit.RegisterPage[handover]
	deps    Deps
	press   *office.Press
	content *fyne.Container
	form    *kit.Form // in place of the register, nil while that is shown
	visible bool

	approvers []string // of dispositions recorded since the window was opened

	figures office.Figures[store.HandoverCounts]
}

// NewHandovers makes the page.
func NewHandovers(deps Deps) *HandoversPage {
	p := &HandoversPage{deps: deps}
	p.press = office.NewPress(deps.Deps, p.changed)
	spec := kit.Register[handover]{
		Title: "红包上交", Subtitle: handoversSubtitle,
		Columns: columns(), Source: p.source, ID: func(r handover) int64 { return r.ID }, Multi: true, Sort: "handed_at", Desc: true,
		Filters: p.filters(), Keyword: "编号、姓名、科室、企业、住院号",
		Actions: p.actions(), RowActions: p.rowActions(), Detail: p.detail, Count: p.count,
		Empty: kit.Empty{
			Text:   "职工收到而没能退回的红包、礼品、回扣登记在这里：谁在什么时候上交了什么，由谁保管，最后怎样处置。",
			Button: "登记上交", Run: p.New,
		},
		Log: deps.Log,
	}
	if !deps.Store.May(model.Write) {
		spec = spec.Only(p.readers()...)
	}
	spec.Open, spec.OnScan = p.tell, p.scan // looking is for everybody
	p.RegisterPage = kit.NewRegisterPage(deps.Win, spec)
	p.content = container.NewStack(p.RegisterPage.Content())
	return p
}

// Content implements kit.Page.
func (p *HandoversPage) Content() fyne.CanvasObject { return p.content }

// Shown implements kit.Page.
func (p *HandoversPage) Shown() {
	p.visible = true
	if p.form != nil {
		p.form.Shown()
		return
	}
	p.RegisterPage.Shown()
}

// Hidden implements kit.Page.
func (p *HandoversPage) Hidden() {
	p.visible = false
	if p.form != nil {
		p.form.Hidden()
		return
	}
	p.RegisterPage.Hidden()
}

// Leave implements kit.Leaver: a form with unsaved changes asks.
func (p *HandoversPage) Leave(then func()) {
	if p.form == nil {
		then()
		return
	}
	p.form.Leave(func() {
		p.closeForm()
		then()
	})
}

// Filling reports whether the form for a new handover is open.
func (p *HandoversPage) Filling() bool { return p.form != nil }

// Dirty reports whether something typed is not saved.
func (p *HandoversPage) Dirty() bool { return p.Filling() && p.form.Dirty() }

// openForm puts a form in the place of the register.
func (p *HandoversPage) openForm(f *kit.Form, content fyne.CanvasObject) {
	visible := p.visible
	p.Hidden()
	p.form = f
	p.swap(content, visible)
}

// closeForm brings the register back.
func (p *HandoversPage) closeForm() {
	visible := p.visible
	p.Hidden()
	p.form = nil
	p.swap(p.RegisterPage.Content(), visible)
}

func (p *HandoversPage) swap(content fyne.CanvasObject, visible bool) {
	p.content.Objects = []fyne.CanvasObject{content}
	p.content.Refresh()
	if p.deps.OnForm != nil {
		p.deps.OnForm()
	}
	if visible {
		p.Shown()
	}
}

// source reads a page of handovers and the counts that belong to it.
func (p *HandoversPage) source(ctx context.Context, q kit.Query) ([]handover, int, error) {
	rows, err := p.deps.Store.Handovers(ctx, p.filterOf(q), office.PageOf(q))
	if err != nil {
		return nil, 0, err
	}
	if q.Limit == 0 { // all rows for ticking: the counts stand
		return rows.Items, rows.Total, nil
	}
	counts, err := p.deps.Store.HandoverCounts(ctx)
	if err != nil {
		return nil, 0, err
	}
	p.figures.Came(counts)
	return rows.Items, rows.Total, nil
}

// count is asked for after each answer, so the other figures are brought up
// to date with it.
func (p *HandoversPage) count(total int) string {
	if p.RegisterPage == nil {
		return ""
	}
	now, answered := p.figures.Show(func(now store.HandoverCounts) { p.SetSubtitle(summary(now)) })
	if !answered {
		return ""
	}
	if total >= now.All { // voided ones are not in All
		return fmt.Sprintf("%d 次", total)
	}
	return fmt.Sprintf("%d / %d 次", total, now.All)
}

// summary says what there is to do.
func summary(n store.HandoverCounts) string {
	if n.All == 0 {
		return handoversSubtitle
	}
	text := "没有待处置的"
	if n.Open > 0 {
		text = fmt.Sprintf("未处置 %d 次 ￥%s", n.Open, money.Yuan(n.OpenFen))
	}
	for _, c := range []struct {
		n    int
		word string
	}{
		{n.Stale, fmt.Sprintf("超过 %d 天 %d", n.Limits.StaleDays, n.Stale)}, {n.Alone, fmt.Sprintf("一人保管 %d", n.Alone)},
		{n.Again, fmt.Sprintf("同一送方 %d", n.Again)}, {n.Merit, fmt.Sprintf("第 %d 次拒收 %d 人", n.Limits.MeritCount, n.Merit)},
		{n.Late, fmt.Sprintf("今年逾期 %d", n.Late)}, {n.Unjudged, fmt.Sprintf("未判 %d", n.Unjudged)},
	} {
		if c.n > 0 {
			text += " · " + c.word
		}
	}
	return text
}

// scan takes the number on a printed form, receipt or slip.
func (p *HandoversPage) scan(typed string) bool {
	no := office.ScannedNumber(typed)
	if no == "" {
		return false
	}
	office.Read(p.deps.Deps, func(ctx context.Context) (handover, error) { return p.deps.Store.HandoverByNumber(ctx, no) }, p.ShowHandover)
	return true
}

// changed brings the page up to date after handovers changed.
func (p *HandoversPage) changed() {
	p.Refresh()
	p.deps.handoversChanged()
}

// done brings the page up to date and says what was done.
func (p *HandoversPage) done(text string) {
	p.changed()
	kit.Toast(p.deps.Win, text, kit.Good)
}

func (p *HandoversPage) openScans(r handover) { office.OpenScans(p.deps.Deps, attached(r), p.Refresh) }

// attached is a handover as its scans know it. Who gave and who handed in does
// not belong into a title that one sees over a shoulder.
func attached(r handover) office.Attached {
	return office.Attached{Entity: handoverRecord, ID: r.ID, Title: r.FormNo, Facts: string(r.HandedAt) + " · " + string(r.State)}
}
