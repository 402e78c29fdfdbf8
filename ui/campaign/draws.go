package campaign

import (
	"context"
	"fmt"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// drawRow is a row of the page.
type drawRow = store.DrawRow

// DrawsPage is the page 双随机抽查: the draws, or in their place what one of
// them drew.
type DrawsPage struct {
	*kit.RegisterPage[drawRow]
	deps    Deps
	press   *press
	content *fyne.Container
	visible bool

	mu       sync.Mutex
	campaign model.Campaign // under mu: the source reads it off the UI goroutine
}

// NewDraws makes the page for the campaign in hand.
func NewDraws(deps Deps) *DrawsPage {
	p := &DrawsPage{deps: deps, campaign: deps.inHand()}
	p.press = &press{deps: deps, changed: p.Refresh}
	p.RegisterPage = kit.NewRegisterPage(deps.Win, kit.Register[drawRow]{
		Title: "双随机抽查", Subtitle: "随机抽取被检科室、时段和检查人",
		Columns: []kit.Column[drawRow]{
			{Title: "编号", Sort: "form_no", Text: func(r drawRow) string { return r.FormNo }},
			{Title: "抽取日期", Sort: "drawn_on", Text: func(r drawRow) string { return string(r.DrawnOn) }},
		},
		Source: p.source, ID: func(r drawRow) int64 { return r.ID }, Sort: "form_no", Desc: true,
		Empty: kit.Empty{Text: "这里登记每次抽取。"},
		Count: func(n int) string { return fmt.Sprintf("%d 次", n) },
		Log:   deps.Log,
	})
	p.content = container.NewStack(p.RegisterPage.Content())
	return p
}

func (p *DrawsPage) source(ctx context.Context, q kit.Query) ([]drawRow, int, error) {
	p.mu.Lock()
	id := p.campaign.ID
	p.mu.Unlock()
	rows, err := p.deps.Store.Draws(ctx, id, pageOf(q))
	return rows.Items, rows.Total, err
}
