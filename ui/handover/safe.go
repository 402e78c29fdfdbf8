package handover

import (
	"bytes"
	"context"
	"fmt"

	"qingfeng/model"
	"qingfeng/model/formno"
	"qingfeng/model/money"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// kept is a row of the page.
type kept = store.Kept

// filterKeeper is the key of the filter by keeper.
const filterKeeper = "keeper"

// safeSubtitle stands beside the title while there is nothing to count.
const safeSubtitle = "现在应在保管中的财物"

// SafePage is the page 保管: what of the handovers should lie in the safe now.
type SafePage struct {
	*kit.RegisterPage[kept]
	deps  Deps
	press *office.Press

	figures office.Figures[store.SafeSum]
}

// safeText stands beside the title.
func safeText(s store.SafeSum) string {
	text := safeSubtitle
	if s.Handovers > 0 {
		text += " ￥" + money.Yuan(s.KeptFen)
	}
	if s.Alone > 0 {
		text += fmt.Sprintf(" · 一人保管 %d 次", s.Alone)
	}
	return text
}

// NewSafe makes the page.
func NewSafe(deps Deps) *SafePage {
	p := &SafePage{deps: deps}
	p.press = office.NewPress(deps.Deps, nil)
	spec := kit.Register[kept]{
		Title: "保管", Subtitle: safeSubtitle,
		Columns: p.columns(), Source: p.source, ID: func(r kept) int64 { return r.ID }, Multi: true, Sort: "keeper",
		Filters: []kit.Filter{{Key: filterKeeper, All: "全部保管人", Load: p.keepers}}, Keyword: "登记号、姓名、保管位置",
		Actions: []kit.Action[kept]{
			{Label: custodyLabel, Key: "Ctrl+N", Primary: true, Run: func(s kit.Selection[kept]) { p.changeCustody(p.Table().Ticked(), s.Query) }},
			{Label: "清点表", Key: "Ctrl+P", Run: func(s kit.Selection[kept]) { p.press.Show(p.countSheet(s.Query)) }},
			{Label: "导出", Run: func(s kit.Selection[kept]) { p.press.ExportList(p.countSheet(s.Query)) }},
			{Label: custodiesLabel, Run: func(kit.Selection[kept]) { p.showCustodies(0) }},
		},
		RowActions: []kit.RowAction[kept]{
			{Label: custodyRowLabel, Run: func(r kept) { p.changeCustody([]kept{r}, kit.Query{}) }},
			{Label: openLabel, Run: p.openHandover},
		},
		Detail: p.detail, Open: p.openHandover, Count: p.count, OnScan: p.scan,
		Empty: kit.Empty{Text: "现在没有要保管的财物。登记上交的现金、卡券和物品，处置完以前都列在这里，可以打印清点表核对。"},
		Log:   deps.Log,
	}
	if !deps.Store.May(model.Write) {
		spec = spec.Only("清点表", "导出", custodiesLabel, openLabel)
		spec.Open, spec.OnScan = p.openHandover, p.scan // looking is for everybody
	}
	p.RegisterPage = kit.NewRegisterPage(deps.Win, spec)
	return p
}

// Labels of what the page offers.
const (
	custodyLabel    = "保管交接…"
	custodyRowLabel = "交接…"
	custodiesLabel  = "交接记录"
	openLabel       = "查看登记"
)

// source reads a page of what is kept, and its sums.
func (p *SafePage) source(ctx context.Context, q kit.Query) ([]kept, int, error) {
	safe, err := p.deps.Store.Safe(ctx, store.HandoverFilter{Keeper: q.Filters[filterKeeper], Find: q.Keyword}, office.PageOf(q))
	if err == nil && q.Limit > 0 {
		p.figures.Came(safe.SafeSum)
	}
	return safe.Items, safe.Handovers, err
}

// keepers are the people who keep something now.
func (p *SafePage) keepers(ctx context.Context) ([]kit.Option, error) {
	all, err := p.deps.Store.Keepers(ctx)
	out := make([]kit.Option, len(all))
	for i, k := range all {
		out[i] = kit.Option{Value: k.Keeper, Text: fmt.Sprintf("%s（%d 次）", office.Shorten(k.Keeper, nameLength), k.Handovers)}
	}
	return out, err
}

// count is asked for after each answer, so the figures beside the title are
// brought up to date with it.
func (p *SafePage) count(total int) string {
	if p.RegisterPage != nil {
		p.figures.Show(func(now store.SafeSum) { p.SetSubtitle(safeText(now)) })
	}
	return fmt.Sprintf("%d 次上交", total)
}

// countSheet is the 清点表 of the keeper that the page is narrowed to, or of
// all.
func (p *SafePage) countSheet(q kit.Query) office.List {
	const name = "保管财物清点表"
	keeper := q.Filters[filterKeeper]
	return office.List{Name: name, Title: office.Joined("-", name, keeper), Plain: p.deps.Store.May(model.ReadPlain),
		Table: func(ctx context.Context) (sheet.Table, error) { return issue.SafeTable(ctx, p.deps.Store, keeper) },
		PDF: func(ctx context.Context, pdf *bytes.Buffer) ([]string, error) {
			return issue.SafeSheet(ctx, pdf, p.deps.Store, keeper, p.deps.Fonts)
		}}
}

// scan selects the handover whose number was scanned, if it is kept, and shows
// the change of custodian on whose sheet it stands.
func (p *SafePage) scan(typed string) bool {
	code := office.ScannedNumber(typed)
	if code == "" {
		return false
	}
	if no, err := formno.Parse(code); err == nil && no.Prefix == model.CustodyPrefix {
		p.findCustody(code)
		return true
	}
	office.Read(p.deps.Deps, func(ctx context.Context) (store.HandoverRow, error) { return p.deps.Store.HandoverByNumber(ctx, code) },
		func(r store.HandoverRow) {
			if r.KeptFen == 0 {
				kit.Toast(p.deps.Win, r.FormNo+" 没有要保管的财物（"+string(r.State)+"）", kit.Warn)
				return
			}
			p.ClearFilters()
			p.SetKeyword(r.FormNo)
			p.SelectID(r.ID)
		})
	return true
}

func (p *SafePage) openHandover(r kept) {
	if p.deps.OpenHandover != nil {
		p.deps.OpenHandover(r.HandoverRow)
	}
}

// changed brings the page up to date after something changed hands.
func (p *SafePage) changed() {
	p.Table().ClearTicks()
	p.Refresh()
	p.deps.handoversChanged()
}
