package campaign

import (
	"context"
	"fmt"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// drawRow is a row of the page.
type drawRow = store.DrawRow

// DrawsPage is the page 双随机抽查: the draws, or in their place what one of
// them drew.
type DrawsPage struct {
	*kit.RegisterPage[drawRow]
	deps    Deps
	press   *office.Press
	content *fyne.Container
	picks   *picksPage // nil while the list is shown
	visible bool

	mu       sync.Mutex
	campaign model.Campaign // under mu: the source reads it off the UI goroutine
}

// NewDraws makes the page for the campaign in hand.
func NewDraws(deps Deps) *DrawsPage {
	p := &DrawsPage{deps: deps, campaign: deps.inHand()}
	p.press = office.NewPress(deps.Deps, nil)
	spec := kit.Register[drawRow]{
		Title: "双随机抽查", Subtitle: "随机抽取科室、时间和检查人",
		Columns: drawColumns(deps.Store.Today()), Source: p.source, ID: func(r drawRow) int64 { return r.ID }, Sort: "drawn_on", Desc: true,
		Filters: []kit.Filter{{Key: filterScope, All: "本次专项行动", Options: []kit.Option{{Value: allCampaigns, Text: "全部抽取"}}}},
		Actions: []kit.Action[drawRow]{
			{Label: "新抽取", Key: "Ctrl+N", Primary: true, Run: func(kit.Selection[drawRow]) { p.New() }},
		},
		RowActions: []kit.RowAction[drawRow]{
			{Label: "打开", Run: p.ShowDraw},
			{Label: drawSheet, Run: p.printSheet},
			{Label: inspectionSheets, Show: inForce, Run: p.printInspections},
			{Label: repeatDraw, Run: func(r drawRow) { p.show(r, true) }},
			{Label: voidDraw, Danger: true, Show: p.mayVoid, Run: p.void},
		},
		Detail: drawDetail,
		Empty: kit.Empty{
			Text:   "这里随机抽取要检查的科室、检查时间和检查人。种子和结果当场公开，任何人都可以重演核对。",
			Button: "新抽取", Run: p.New,
		},
		Count: func(n int) string { return fmt.Sprintf("%d 次", n) },
		Log:   deps.Log,
	}
	if !deps.Store.May(model.Write) {
		spec = spec.Only(p.readers()...)
	}
	spec.Open = p.ShowDraw
	p.RegisterPage = kit.NewRegisterPage(deps.Win, spec)
	p.content = container.NewStack(p.RegisterPage.Content())
	return p
}

// allCampaigns widens the list beyond the campaign in hand.
const allCampaigns = "all"

// Labels of what both the list and the page of one draw offer.
const (
	drawSheet        = "抽取结果单"
	inspectionSheets = "检查记录表"
	repeatDraw       = "重演"
	voidDraw         = "作废…"
)

// readers are the actions of roles that do not fill the registers.
func (p *DrawsPage) readers() []string {
	labels := []string{"打开", drawSheet, inspectionSheets, repeatDraw, scansOfPick}
	if p.deps.Store.May(model.Decide) {
		labels = append(labels, voidDraw)
	}
	return labels
}

func inForce(r drawRow) bool { return r.VoidedOn == "" }

// mayVoid reports whether a draw can still be taken out of use.
func (p *DrawsPage) mayVoid(r drawRow) bool {
	return inForce(r) && r.Done == 0 && p.deps.Store.May(model.Decide)
}

// How many characters of a seed, and of those who drew and saw it, fit in a
// line; the detail and the result have all.
const (
	seedLength = 12
	whoLength  = 8
)

func drawColumns(today day.Date) []kit.Column[drawRow] {
	return []kit.Column[drawRow]{
		{Title: "编号", Sort: "form_no", Text: func(r drawRow) string { return r.FormNo }},
		{Title: "抽取日期", Sort: "drawn_on", Text: func(r drawRow) string { return string(r.DrawnOn) }},
		{Title: "随机种子", Text: func(r drawRow) string { return office.Shorten(r.Seed, seedLength) }},
		{Title: "检查日期", Text: func(r drawRow) string { return slotRange(r.Pool.Slots) }},
		{Title: "可抽科室", Align: kit.AlignRight, Text: func(r drawRow) string { return fmt.Sprint(len(r.Pool.Departments)) }},
		{Title: "抽中", Sort: "picks", Align: kit.AlignRight, Text: func(r drawRow) string { return fmt.Sprint(r.Picks) }},
		{Title: "已检查", Sort: "done", Align: kit.AlignRight, Text: func(r drawRow) string { return fmt.Sprint(r.Done) }},
		{Title: "状态", Chip: func(r drawRow) (string, kit.Tone) { return drawChip(r, today) }},
		{Title: "抽取人", Sort: "drawn_by", Text: func(r drawRow) string { return office.Shorten(r.DrawnBy, whoLength) }},
		{Title: "见证人", Text: func(r drawRow) string { return office.Shorten(r.Witness, whoLength) }},
		{Title: "", Flex: true, Text: func(drawRow) string { return "" }},
	}
}

func drawChip(r drawRow, today day.Date) (string, kit.Tone) {
	switch {
	case !inForce(r):
		return "已作废", kit.Neutral
	case r.Done == r.Picks:
		return "已完成", kit.Good
	case len(r.Pool.Slots) > 0 && r.Pool.Slots[len(r.Pool.Slots)-1].Day < today:
		return "未查完", kit.Bad
	case r.Done > 0:
		return "检查中", kit.Warn
	}
	return "待检查", kit.Info
}

// slotRange is the stretch of days to which slots, which stand in order, belong.
func slotRange(slots []model.Slot) string {
	if len(slots) == 0 {
		return ""
	}
	return string(slots[0].Day) + " 至 " + string(slots[len(slots)-1].Day)
}

func drawDetail(r drawRow) []kit.Piece {
	out := []kit.Piece{
		{Text: r.FormNo, Style: kit.PieceBold},
		{Text: "种子 " + r.Seed},
		{Text: fmt.Sprintf("从 %d 个科室、%d 个时段抽 %d 个", len(r.Pool.Departments), len(r.Pool.Slots), r.Pool.Picks), Style: kit.PieceMuted},
		{Text: fmt.Sprintf("抽取人 %s，见证人 %s", r.DrawnBy, r.Witness), Style: kit.PieceMuted},
	}
	if !inForce(r) {
		out = append(out, kit.Piece{Text: fmt.Sprintf("%s 作废：%s", r.VoidedOn, r.VoidReason), Tone: kit.Bad})
	}
	return out
}

func (p *DrawsPage) campaignInHand() model.Campaign {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.campaign
}

// source lists the draws of the campaign in hand, without one all there are.
func (p *DrawsPage) source(ctx context.Context, q kit.Query) ([]drawRow, int, error) {
	id := p.campaignInHand().ID
	if q.Filters[filterScope] == allCampaigns {
		id = 0
	}
	rows, err := p.deps.Store.Draws(ctx, id, office.PageOf(q))
	return rows.Items, rows.Total, err
}

// Content implements kit.Page.
func (p *DrawsPage) Content() fyne.CanvasObject { return p.content }

// Shown implements kit.Page.
func (p *DrawsPage) Shown() {
	p.visible = true
	p.front().Shown()
}

// Hidden implements kit.Page.
func (p *DrawsPage) Hidden() {
	p.visible = false
	p.front().Hidden()
}

// Refresh reads what is shown anew. When another campaign was taken in hand
// its draws are shown.
func (p *DrawsPage) Refresh() {
	m := p.deps.inHand()
	p.mu.Lock()
	other := p.campaign.ID != m.ID
	p.campaign = m
	p.mu.Unlock()
	if p.picks != nil {
		if !other {
			p.picks.reload()
			return
		}
		p.bring(nil)
	}
	p.RegisterPage.Refresh()
}

// front is what stands on the page now.
func (p *DrawsPage) front() kit.Page {
	if p.picks != nil {
		return p.picks
	}
	return p.RegisterPage
}

// ShowDraw shows what a draw drew in place of the list.
func (p *DrawsPage) ShowDraw(r store.DrawRow) { p.bring(newPicks(p, r)) }

// bring puts the picks of a draw, or with nil the list, on the page.
func (p *DrawsPage) bring(picks *picksPage) {
	if p.visible {
		p.front().Hidden()
	}
	p.picks = picks
	p.content.Objects = []fyne.CanvasObject{p.front().Content()}
	p.content.Refresh()
	if p.visible {
		p.front().Shown()
	}
}

// close goes back to the list.
func (p *DrawsPage) close() {
	id := p.picks.draw.ID
	p.bring(nil)
	p.SelectID(id)
}

// void takes a draw out of use.
func (p *DrawsPage) void(r drawRow) {
	kit.AskText(p.deps.Win, kit.TextQuestion{
		Title: "作废抽取 " + r.FormNo, Text: "作废后抽中的科室不算抽过，种子和结果仍然保留备查。",
		Label: "原因", Yes: "作废", Required: true, Max: model.MaxNote, Lines: 2, Danger: true,
	}, func(reason string) {
		p.deps.Do(func(ctx context.Context) error { return p.deps.Store.VoidDraw(ctx, r.ID, reason) }, func() {
			p.Refresh()
			kit.Toast(p.deps.Win, r.FormNo+" 已作废", kit.Good)
		})
	})
}
