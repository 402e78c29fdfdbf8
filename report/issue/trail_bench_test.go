package issue

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/sheet"
)

// quickest times two ways to do the same in turns and returns the best of each.
func quickest(rounds int, bare, ours func()) (floor, got time.Duration) {
	for i := range rounds {
		start := time.Now()
		bare()
		middle := time.Now()
		ours()
		end := time.Now()
		if i == 0 || middle.Sub(start) < floor {
			floor = middle.Sub(start)
		}
		if i == 0 || end.Sub(middle) < got {
			got = end.Sub(middle)
		}
	}
	return floor, got
}

// BenchmarkTrailPage compares a page of 100 lines out of 50,000, in the
// office's words and with the names behind the ids, with the same SQL in the
// driver.
func BenchmarkTrailPage(b *testing.B) {
	ctx := context.Background()
	s, _ := office(b)
	addLines(b, s, 50_000)
	db, err := sql.Open("sqlite", s.Folder().Database())
	check(b, err)
	defer db.Close()
	for _, c := range []struct {
		name   string
		filter store.TrailFilter
		where  string
		args   []any
	}{
		{"all", store.TrailFilter{}, "", nil},
		{"action", store.TrailFilter{Action: "打印"}, " WHERE action = ?", []any{"打印"}},
		{"days", store.TrailFilter{From: "2026-08-05"}, " WHERE at >= ?", []any{noon.AddDate(0, 0, -6).Unix() - 12*3600}},
		{"found", store.TrailFilter{Find: "49"}, ` WHERE (label LIKE ? ESCAPE '\' OR before LIKE ? ESCAPE '\' OR after LIKE ? ESCAPE '\')`, []any{"%49%", "%49%", "%49%"}},
	} {
		b.Run(c.name, func(b *testing.B) {
			floor, got := quickest(15, func() {
				var total int
				check(b, db.QueryRow("SELECT COUNT(*) FROM audit"+c.where, c.args...).Scan(&total))
				rows, err := db.Query("SELECT * FROM audit"+c.where+" ORDER BY id DESC LIMIT 100", c.args...)
				check(b, err)
				defer rows.Close()
				values, into := make([]sql.RawBytes, 10), make([]any, 10)
				for i := range values {
					into[i] = &values[i]
				}
				for rows.Next() {
					check(b, rows.Scan(into...))
				}
			}, func() {
				found, err := s.Trail(ctx, c.filter, store.Page{Sort: "id", Desc: true, Limit: 100})
				check(b, err)
				labels, err := AuditLabels(ctx, s, found.Items)
				check(b, err)
				for _, l := range found.Items {
					ChangeText(labels, l)
					model.ReadableChange(labels, l)
				}
			})
			report(b, floor, got)
		})
	}
	b.Run("words", func(b *testing.B) {
		floor, got := quickest(15, func() {
			for _, column := range []string{"actor", "action", "entity"} {
				var n int
				check(b, db.QueryRow("SELECT COUNT(DISTINCT "+column+") FROM audit").Scan(&n))
			}
		}, func() {
			_, err := s.TrailWords(ctx)
			check(b, err)
		})
		report(b, floor, got)
	})
	// The floor of an export is a workbook of as many cells without a trail.
	b.Run("export", func(b *testing.B) {
		table, err := TrailTable(ctx, s, store.TrailFilter{}, nil)
		check(b, err)
		path := filepath.Join(b.TempDir(), "a.xlsx")
		floor, got := quickest(2, func() { check(b, sheet.Write(path, table)) }, func() {
			table, err := TrailTable(ctx, s, store.TrailFilter{}, nil)
			check(b, err)
			check(b, sheet.Write(path, table))
		})
		report(b, floor, got)
	})
}

func report(b *testing.B, floor, got time.Duration) {
	b.ReportMetric(float64(got)/float64(floor), "ratio")
	b.ReportMetric(float64(floor.Microseconds())/1000, "floor-ms")
	b.ReportMetric(float64(got.Microseconds())/1000, "ours-ms")
	b.ReportMetric(0, "ns/op")
}
