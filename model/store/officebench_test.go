package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/folder"
)

// office fills a store as an office of some years has it: people with ID
// numbers and telephones, and a long trail.
func office(b *testing.B, s *Store, people, lines int) {
	b.Helper()
	ctx := context.Background()
	rows := make([]model.RosterRow, people)
	for i := range rows {
		rows[i] = model.RosterRow{Line: i + 2, Department: fmt.Sprintf("第%02d科", i%50), Staff: model.Staff{EmployeeNo: fmt.Sprintf("%06d", i),
			Name: "赵犇", Post: "护士", IDNumber: fmt.Sprintf("9901011985%07dX", i), Phone: phoneOf(i)}}
	}
	must[RosterPlan](b)(s.ImportRoster(ctx, "花名册.xlsx", model.RosterReading{Total: people, Rows: rows}, RosterAnswers{}))
	ok(b, s.write(ctx, model.Manage, func(c *change) error {
		for i := range lines {
			if err := c.record("打印", "承诺书", int64(i), fmt.Sprintf("CN-2026-%05d-00", i), columns{"state": "未打印"}, columns{"state": "未交回"}); err != nil {
				return err
			}
		}
		return nil
	}))
}

// BenchmarkDecryptedPage compares a page of 50 people, whose ID numbers and
// telephones are opened, with the same page of a database that has them in
// plain text. At most 1.5 is wanted.
func BenchmarkDecryptedPage(b *testing.B) {
	ctx := context.Background()
	s, plain := openTest(b), openTest(b)
	office(b, s, 5000, 100)
	office(b, plain, 5000, 100)
	ok(b, plain.writer.Exec(`UPDATE staff SET id_number = '990101198507' || substr('00000' || id, -5) || 'X', phone = '139' || substr('0000000' || id, -8)`).Error)
	page := Page{Sort: "employee_no", Offset: 500, Limit: 50}
	bare := func() []StaffRow {
		rows, err := fetch[StaffRow](staffQuery(plain.read(ctx)).Where("s.left_on = ''"), staffSelect, staffOrders.clause(page, "department"), page)
		ok(b, err)
		return rows.Items
	}
	ours := func() []StaffRow { return must[Rows[StaffRow]](b)(s.Staff(ctx, StaffFilter{}, page)).Items }
	if x, y := bare(), ours(); len(x) != 50 || len(y) != 50 || len(x[7].IDNumber) != 18 || len(y[7].IDNumber) != 18 || y[7].Phone != phoneOf(507) {
		b.Fatalf("bare %+v, ours %+v", x[7], y[7])
	}
	floor, got := pairwise(200, func() { bare() }, func() { ours() })
	reportPair(b, floor, got)
}

// BenchmarkBackup compares a backup of 5 000 people and 50 000 audit lines,
// which is copied, checked, packed, locked, opened and checked again, with the
// bare copy of the database and SQLite's check of it.
func BenchmarkBackup(b *testing.B) {
	ctx := context.Background()
	s := openTest(b)
	office(b, s, 5000, 45_000)
	copied, size := filepath.Join(b.TempDir(), "copy.db"), int64(0)
	floor, got := pairwise(3, func() {
		os.Remove(copied)
		ok(b, s.copyDatabase(ctx, copied))
		db := must[*gorm.DB](b)(connectPlain(copied))
		var found string
		if ok(b, db.Raw(`PRAGMA integrity_check`).Scan(&found).Error); found != "ok" {
			b.Fatal(found)
		}
		ok(b, closePool(db))
	}, func() {
		size = must[BackupResult](b)(s.Backup(ctx, folder.OnDemand, "")).Size
	})
	info, err := os.Stat(copied)
	ok(b, err)
	reportPair(b, floor, got)
	b.ReportMetric(float64(info.Size())/1e6, "database-MB")
	b.ReportMetric(float64(size)/1e6, "backup-MB")
}

// BenchmarkCheck compares the whole check of such a folder, with somebody
// signed in so that every value is opened, with SQLite's own alone.
func BenchmarkCheck(b *testing.B) {
	s := openTest(b)
	office(b, s, 5000, 45_000)
	floor, got := pairwise(5, func() {
		must[[]Problem](b)(s.checkIntegrity(context.Background()))
	}, func() { clean(b, s) })
	reportPair(b, floor, got)
}
