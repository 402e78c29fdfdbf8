package campaign

import (
	"bytes"
	"context"

	"qingfeng/report/issue"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// ShowReminders previews the 催办单 of the campaign in hand, for a door from
// 工作台.
func ShowReminders(deps Deps) { remind(deps, deps.inHand().ID) }

// remind previews who still owes a self-check form or a letter, a paper for
// each department.
func remind(deps Deps, campaignID int64) {
	s, fonts := deps.Store, deps.Fonts
	table := func(ctx context.Context) (sheet.Table, error) { return issue.RemindersTable(ctx, s, campaignID) }
	kit.Run(context.Background(), table, func(t sheet.Table, err error) {
		switch {
		case err != nil:
			deps.Fail(err)
		case len(t.Rows) == 0:
			kit.ShowNotice(deps.Win, "没有要催办的", "打印发下去的自查表和承诺书都已交回，或还没有打印。")
		default:
			read := func(context.Context) (sheet.Table, error) { return t, nil }
			office.NewPress(deps.Deps, nil).Show(office.List{
				Name: "催办单", Title: "催办单", Table: read,
				PDF: func(ctx context.Context, pdf *bytes.Buffer) ([]string, error) {
					return issue.Reminders(ctx, pdf, s, campaignID, fonts)
				},
			})
		}
	})
}
