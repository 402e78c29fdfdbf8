package store

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"qingfeng/model"
)

// crowd fills a store with n invented people in 50 departments.
func crowd(tb testing.TB, s *Store, n int) {
	tb.Helper()
	surnames, given := []rune("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"), []rune("伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超霞平")
	rows := make([]model.RosterRow, n)
	for i := range rows {
		name := string([]rune{surnames[i%20], given[i/20%20], given[i/400%20]})
		rows[i] = model.RosterRow{Line: i + 2, Department: fmt.Sprintf("第%02d科", i%50),
			Staff: model.Staff{EmployeeNo: fmt.Sprintf("%06d", i), Name: name, Post: []string{"医生", "护士", "医技"}[i%3], Title: "主管护师"}}
	}
	if _, err := s.ImportRoster(context.Background(), "花名册.xlsx", model.RosterReading{Total: n, Rows: rows}, RosterAnswers{}); err != nil {
		tb.Fatal(err)
	}
}

// BenchmarkStaffPage compares a page of the register with the same SQL in the
// driver without GORM.
func BenchmarkStaffPage(b *testing.B) {
	ctx := context.Background()
	s := openTest(b)
	crowd(b, s, 50_000)
	db := must[*sql.DB](b)(s.reader.DB())
	const where = ` FROM staff s JOIN department d ON d.id = s.department_id LEFT JOIN party_branch b ON b.id = s.branch_id
		WHERE (s.name LIKE ? ESCAPE '\' OR s.employee_no LIKE ? ESCAPE '\' OR s.initials LIKE ? ESCAPE '\') AND s.post = ? AND s.left_on = ''`
	args := []any{"%w%", "w%", "% w%", "护士"}
	count := must[*sql.Stmt](b)(db.Prepare(`SELECT COUNT(*)` + where))
	page := must[*sql.Stmt](b)(db.Prepare(`SELECT ` + staffSelect + where + ` ORDER BY s.sort_key DESC, s.employee_no DESC LIMIT 50 OFFSET 500`))
	bare := func() (int, int) {
		tx, err := db.Begin()
		if err != nil {
			b.Fatal(err)
		}
		defer tx.Rollback()
		var total int
		if err := tx.Stmt(count).QueryRow(args...).Scan(&total); err != nil {
			b.Fatal(err)
		}
		rows, err := tx.Stmt(page).Query(args...)
		if err != nil {
			b.Fatal(err)
		}
		defer rows.Close()
		cols, err := rows.Columns()
		if err != nil {
			b.Fatal(err)
		}
		values, into := make([]sql.RawBytes, len(cols)), make([]any, len(cols))
		for i := range values {
			into[i] = &values[i]
		}
		n := 0
		for rows.Next() {
			if err := rows.Scan(into...); err != nil {
				b.Fatal(err)
			}
			n++
		}
		return n, total
	}
	ours := func() (int, int) {
		got, err := s.Staff(ctx, StaffFilter{Find: "w", Post: "护士"}, Page{Sort: "name", Desc: true, Offset: 500, Limit: 50})
		if err != nil {
			b.Fatal(err)
		}
		return len(got.Items), got.Total
	}
	n1, t1 := bare()
	if n2, t2 := ours(); n1 != n2 || t1 != t2 || n1 != 50 {
		b.Fatalf("bare %d of %d, ours %d of %d", n1, t1, n2, t2)
	}
	floor, got := pairwise(40, func() { bare() }, func() { ours() })
	b.ReportMetric(float64(got)/float64(floor), "ratio")
	b.ReportMetric(float64(floor.Microseconds())/1000, "floor-ms")
	b.ReportMetric(float64(got.Microseconds())/1000, "ours-ms")
	b.ReportMetric(peakMB(b), "peak-MB")
	b.ReportMetric(0, "ns/op")
}

// pairwise runs both in turn n times and returns the fastest of each: what the
// rest of the machine does disturbs the two alike, and the minimum least.
func pairwise(n int, a, b func()) (fa, fb time.Duration) {
	fa, fb = time.Hour, time.Hour
	for range n {
		start := time.Now()
		a()
		mid := time.Now()
		b()
		fa, fb = min(fa, mid.Sub(start)), min(fb, time.Since(mid))
	}
	return fa, fb
}

// peakMB is the largest resident size that the process has had.
func peakMB(b *testing.B) float64 {
	b.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Skip("only Linux tells the peak: ", err)
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	var kib float64
	if _, err := fmt.Sscan(rest, &kib); err != nil {
		b.Fatal(err)
	}
	return kib / 1024
}
