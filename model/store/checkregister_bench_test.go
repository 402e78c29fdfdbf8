package store

import (
	"context"
	"fmt"
	"testing"

	"qingfeng/model"
)

// tenYears fills the registers as ten years of an office with 5,000 people do:
// a campaign and a form of everybody each year, 300 findings that forms state,
// two draws a month. Forms and findings are copies of one another past the
// store, which would take minutes.
func tenYears(b *testing.B, s *Store) {
	b.Helper()
	ctx := context.Background()
	office(b, s, 5000, 100)
	for year := range 10 {
		p := must[model.Plan](b)(s.NewPlan("county-plan-2024", 2017+year))
		id := must[int64](b)(s.StartCampaign(ctx, p))
		must[int](b)(s.MakeSelfChecks(ctx, id, model.PersonalSelfCheck))
	}
	ok(b, s.writer.Exec(`UPDATE selfcheck SET state = '已交回', returned_on = '2026-08-11', problems = id % 17 = 0`).Error)
	ok(b, s.writer.Exec(`INSERT INTO problem SELECT c.id, c.id, (SELECT MIN(id) FROM check_item i WHERE i.campaign_id = c.campaign_id),
		'', '', '', 0, 0, '', '', '', '' FROM selfcheck c WHERE c.problems > 0`).Error)
	ok(b, s.write(ctx, model.Manage, func(c *change) error {
		var ids []int64
		if err := c.Raw(`SELECT id FROM problem`).Scan(&ids).Error; err != nil {
			return err
		}
		for _, id := range ids {
			f := aFinding(1, 1)
			f.ProblemID = id
			if _, err := c.addFinding(f); err != nil {
				return err
			}
		}
		return nil
	}))
	for i := range 240 {
		must[int64](b)(s.MakeDraw(ctx, DrawRequest{CampaignID: 10, Seed: fmt.Sprint(i), From: "2026-09-01", To: "2026-09-30", Picks: 5, PerVisit: 2, Witness: "周某",
			Inspectors: []model.Inspector{{Name: "吴某"}, {Name: "郑某"}, {Name: "冯某"}, {Name: "褚某"}, {Name: "卫某"}, {Name: "蒋某"}}}))
	}
	clean(b, s)
}

// BenchmarkCheckRegisters compares the check that registers agree with SQLite's
// own check of the same database.
func BenchmarkCheckRegisters(b *testing.B) {
	ctx := context.Background()
	s := openTest(b)
	tenYears(b, s)
	floor, got := pairwise(5, func() { must[[]Problem](b)(s.checkIntegrity(ctx)) }, func() {
		must[[]Problem](b)(s.checkRegisters(ctx))
		must[[]Problem](b)(s.checkAttached(ctx))
	})
	reportPair(b, floor, got)
}
