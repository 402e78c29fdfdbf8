package store

import (
	"context"
	"database/sql"
	"fmt"
	"testing"

	"qingfeng/model"
	"qingfeng/model/day"
)

// envelopes fills a store with handovers of one year, each with two items and
// every other one disposed of.
func envelopes(tb testing.TB, s *Store, n int) {
	tb.Helper()
	ctx := context.Background()
	var staff []int64
	ok(tb, s.reader.Raw(`SELECT id FROM staff ORDER BY id`).Scan(&staff).Error)
	ok(tb, s.write(ctx, model.Write, func(c *change) error {
		for i := range n {
			h, items := aHandover(staff[i%len(staff)])
			if i%10 == 0 {
				h.Anonymous, h.StaffID = true, 0
			}
			if i%4 == 0 {
				h.CoKeeper = ""
			}
			if i%5 == 0 {
				h.Giver, h.Patient, h.AdmissionNo, h.Bed, h.Company = model.FromCompany, "", "", "", fmt.Sprintf("某某医药%d公司", i%300)
			} else {
				h.Patient, h.AdmissionNo = fmt.Sprintf("贾%05d", i), fmt.Sprintf("ZY2026%06d", i)
			}
			on := day.Of(day.Date("2026-01-01").Time().AddDate(0, 0, i%200))
			h.ReceivedAt, h.HandedAt = day.Moment(on)+" 08:00", day.Moment(on)+" 16:30"
			id, _, err := c.registerHandover(h, items[:2])
			if err != nil {
				return err
			}
			if i%2 == 0 {
				continue
			}
			balances, _, err := c.balances(id)
			if err != nil {
				return err
			}
			d := model.Disposition{HandoverID: id, Kind: model.ReturnedToGiver, DisposedOn: on, AmountFen: 200000, Approver: "王院长", HandledBy: "李某",
				Signer: "贾某", Lines: []model.DispositionLine{{ItemID: balances[0].ID, AmountFen: 200000}}}
			if _, err := c.dispose(d); err != nil {
				return err
			}
		}
		return nil
	}))
}

// BenchmarkHandovers measures a register of 10,000 handovers of one year, with
// 5,000 staff.
func BenchmarkHandovers(b *testing.B) {
	s := openTest(b)
	crowd(b, s, 5000)
	envelopes(b, s, 10_000)
	b.Run("totals", func(b *testing.B) { benchTotals(b, s) })
	b.Run("page", func(b *testing.B) {
		benchPage(b, s, func(ctx context.Context) {
			if got := must[Rows[HandoverRow]](b)(s.Handovers(ctx, HandoverFilter{}, Page{Sort: "handed_at", Desc: true, Offset: 500, Limit: 50})); len(got.Items) != 50 || got.Total != 10_000 {
				b.Fatal(got.Total)
			}
		})
	})
	b.Run("page of the safe", func(b *testing.B) {
		benchPage(b, s, func(ctx context.Context) {
			if got := must[Safe](b)(s.Safe(ctx, HandoverFilter{}, Page{Sort: "keeper", Offset: 500, Limit: 50})); len(got.Items) != 50 || got.Handovers != 10_000 {
				b.Fatal(got.SafeSum)
			}
		})
	})
	for _, watch := range []HandoverWatch{"", WatchOpen, WatchStale, WatchAlone, WatchAgain, WatchMerit} {
		b.Run("watch "+string(watch), func(b *testing.B) { benchWatch(b, s, watch) })
	}
}

// benchTotals compares the totals of a year of 10,000 handovers
// with plain adding in Go over the year's rows read from the driver. At most 2
// is wanted.
func benchTotals(b *testing.B, s *Store) {
	ctx := context.Background()
	db := must[*sql.DB](b)(s.reader.DB())
	year := model.Span{From: "2026-01-01", To: "2026-12-31"}
	ours := func() HandoverTotals { return must[HandoverTotals](b)(s.HandoverTotals(ctx, year)) }
	plain := func() (t HandoverTotals) {
		people, givers, months, categories := map[int64]bool{}, map[string]int64{}, map[string]int64{}, map[string]int64{}
		rows, err := db.Query(`SELECT giver, handed_at, timeliness, anonymous, staff_id, amount_fen, disposed_fen FROM handover
			WHERE state <> '作废' AND handed_at >= ? AND handed_at < ?`, year.From, year.To+"~")
		ok(b, err)
		for rows.Next() {
			var giver, handed, timeliness string
			var anonymous bool
			var staff sql.NullInt64
			var amount, disposed int64
			ok(b, rows.Scan(&giver, &handed, &timeliness, &anonymous, &staff, &amount, &disposed))
			t.Handovers++
			t.AmountFen += amount
			t.LeftFen += amount - disposed
			givers[giver] += amount
			months[handed[:7]] += amount
			people[staff.Int64] = true
			if timeliness == "逾期" {
				t.Late++
			}
		}
		ok(b, rows.Close())
		rows, err = db.Query(`SELECT i.category, i.quantity, i.amount_fen FROM handover h JOIN handover_item i ON i.handover_id = h.id
			WHERE h.state <> '作废' AND h.handed_at >= ? AND h.handed_at < ?`, year.From, year.To+"~")
		ok(b, err)
		for rows.Next() {
			var category string
			var pieces, amount int64
			ok(b, rows.Scan(&category, &pieces, &amount))
			categories[category] += amount
		}
		ok(b, rows.Close())
		rows, err = db.Query(`SELECT kind, amount_fen FROM disposition WHERE disposed_on BETWEEN ? AND ?`, year.From, year.To)
		ok(b, err)
		for rows.Next() {
			var kind string
			var amount int64
			ok(b, rows.Scan(&kind, &amount))
			t.DisposedFen += amount
		}
		ok(b, rows.Close())
		return t
	}
	if x, y := plain(), ours(); x.Handovers != 10_000 || y.Handovers != x.Handovers || y.AmountFen != x.AmountFen || y.LeftFen != x.LeftFen || y.DisposedFen != x.DisposedFen {
		b.Fatalf("plain %+v, ours %+v", x, y)
	}
	floor, got := pairwise(20, func() { plain() }, func() { ours() })
	reportPair(b, floor, got)
}

// benchPage compares a page of 50 of 10,000 handovers, with the
// count of all, with the same statements in the driver without opening what is
// sealed. At most 1.5 is wanted.
func benchPage(b *testing.B, s *Store, read func(context.Context)) {
	db := must[*sql.DB](b)(s.reader.DB())
	ours := func() { read(context.Background()) }
	queries := statementsOf(b, s, ours)
	floor, got := pairwise(20, func() {
		for _, q := range queries {
			drain(b, db, q)
		}
	}, ours)
	reportPair(b, floor, got)
}

// benchWatch is what 工作台 and the page ask of the register, as a ratio to
// reading its rows once in the driver. No limit was set.
func benchWatch(b *testing.B, s *Store, watch HandoverWatch) {
	ctx := context.Background()
	db := must[*sql.DB](b)(s.reader.DB())
	floor, got := pairwise(5, func() {
		drain(b, db, statement{sql: `SELECT id, state, handed_at, co_keeper, staff_id, supplier_id, patient_mark, admission_no_mark, amount_fen,
			disposed_fen FROM handover`})
	}, func() {
		if watch == "" {
			must[HandoverCounts](b)(s.HandoverCounts(ctx))
			return
		}
		must[Rows[HandoverRow]](b)(s.Handovers(ctx, HandoverFilter{Watch: watch}, Page{Limit: 50}))
	})
	reportPair(b, floor, got)
}
