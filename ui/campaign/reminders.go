package campaign

import (
	"bytes"
	"context"

	"qingfeng/report/issue"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
)

// ShowReminders previews the 催办单 of the campaign in hand, for a door from
// 工作台.
func ShowReminders(deps Deps) {
	p := &press{deps: deps, changed: func() {}}
	p.remind(deps.inHand().ID)
}

// remind previews who still owes a self-check form or a letter, a paper for
// each department.
func (p *press) remind(campaignID int64) {
	s, fonts := p.deps.Store, p.deps.Fonts
	table := func(ctx context.Context) (sheet.Table, error) { return issue.RemindersTable(ctx, s, campaignID) }
	kit.Run(context.Background(), table, func(t sheet.Table, err error) {
		switch {
		case err != nil:
			p.deps.fail(err)
		case len(t.Rows) == 0:
			kit.ShowNotice(p.deps.Win, "没有要催办的", "打印发下去的自查表和承诺书都已交回，或还没有打印。")
		default:
			read := func(context.Context) (sheet.Table, error) { return t, nil }
			p.show(list{name: "催办单", title: "催办单", table: read, pdf: func(ctx context.Context, pdf *bytes.Buffer) ([]string, error) {
				return issue.Reminders(ctx, pdf, s, campaignID, fonts)
			}})
		}
	})
}
