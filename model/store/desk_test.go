package store

import (
	"context"
	"database/sql"
	"fmt"
	"testing"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/day"
)

// drives fills a store with the campaigns of n templates' years, forms and
// letters for everybody, half of them back, and findings in all states.
func drives(tb testing.TB, s *Store, n, findings int) []model.Campaign {
	tb.Helper()
	ctx := context.Background()
	templates := must[[]string](tb)(templateIDs(s))
	var out []model.Campaign
	for i := range n {
		p := must[model.Plan](tb)(s.NewPlan(templates[i%len(templates)], 2026))
		p.Title = fmt.Sprintf("%s（%d）", p.Title, i+1)
		p.ID = must[int64](tb)(s.StartCampaign(ctx, p))
		must[int](tb)(s.MakeCommitments(ctx, p.ID, model.PersonalCommitment))
		must[int](tb)(s.MakeCommitments(ctx, p.ID, model.DepartmentCommitment))
		must[int](tb)(s.MakeSelfChecks(ctx, p.ID, model.PersonalSelfCheck))
		for k := range findings {
			must2[int64, string](tb)(s.SaveFinding(ctx, model.Finding{CampaignID: p.ID, Source: "督查", FoundOn: "2026-08-01", Category: "收费", Level: model.Ordinary,
				DepartmentID: int64(k%50 + 1), Problem: fmt.Sprintf("问题 %d", k), DueOn: day.Of(day.Date("2026-08-02").Time().AddDate(0, 0, k%60))}))
		}
		out = append(out, p.Campaign)
	}
	back := string(s.Today())
	for _, table := range []string{"commitment", "selfcheck"} {
		ok(tb, s.writer.Exec(`UPDATE `+table+` SET state = '已交回', returned_on = ?, printed_on = ?, print_count = 1 WHERE id % 2 = 0`, back, back).Error)
	}
	return out
}

func templateIDs(s *Store) ([]string, error) {
	all, err := s.assets.CampaignTemplates()
	var ids []string
	for _, t := range all {
		ids = append(ids, t.ID)
	}
	return ids, err
}

func must2[A, B any](tb testing.TB) func(A, B, error) (A, B) {
	return func(a A, b B, err error) (A, B) {
		tb.Helper()
		ok(tb, err)
		return a, b
	}
}

// The desk agrees with what the registers' own methods count.
func TestDeskShowsWhatTheRegistersCount(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	crowd(t, s, 200)
	ok(t, s.writer.Exec(`UPDATE staff SET position = '主任' WHERE id <= 3`).Error)
	c := drives(t, s, 2, 20)[0]
	h, items := aHandover(1)
	handed(t, s, h, items...)
	h.HandedAt, h.ReceivedAt = "2025-09-01 08:00", "2025-09-01"
	handed(t, s, h, items...)
	h.HandedAt, h.ReceivedAt = "2025-08-31 23:59", "2025-08-31"
	handed(t, s, h, items...)
	d := must[Desk](t)(s.Desk(ctx, c))
	letters, _, err := s.CommitmentRates(ctx, c.ID, model.PersonalCommitment)
	ok(t, err)
	checks, rows, err := s.SelfCheckRates(ctx, c.ID, model.PersonalSelfCheck)
	ok(t, err)
	if d.Letters != letters || d.SelfChecks != checks || len(d.SelfCheckRates) != len(rows) || checks.Returned != 100 {
		t.Errorf("%+v %+v, want %+v %+v", d.Letters, d.SelfChecks, letters, checks)
	}
	if want := must[model.SelfCheckSummary](t)(s.SelfCheckSummary(ctx, c.ID)).Priority; d.Priority != want || want.Expected != 3 {
		t.Errorf("leaders and key posts %+v, want %+v", d.Priority, want)
	}
	forms, _, err := s.SelfCheckRates(ctx, c.ID, model.DepartmentSelfCheck)
	ok(t, err)
	if unmade := must[int](t)(s.WithoutSelfCheck(ctx, c.ID, model.DepartmentSelfCheck)); d.DepartmentSelfChecks != forms || d.UnmadeDepartments != unmade || unmade != forms.Expected {
		t.Errorf("departments' forms %+v, %d unmade; want %+v, %d", d.DepartmentSelfChecks, d.UnmadeDepartments, forms, unmade)
	}
	must[int](t)(s.MakeSelfChecks(ctx, c.ID, model.DepartmentSelfCheck))
	must[int64](t)(s.SaveDepartment(ctx, model.Department{Name: "新设科", Kind: "临床"}))
	if made := must[Desk](t)(s.Desk(ctx, c)); made.UnmadeDepartments != 1 || made.DepartmentSelfChecks.Missing != forms.Expected+1 {
		t.Errorf("with forms %+v, %d unmade", made.DepartmentSelfChecks, made.UnmadeDepartments)
	}
	if want := must[FindingCounts](t)(s.FindingCounts(ctx, c.ID)); d.Findings != want || want.All != 20 {
		t.Errorf("findings %+v, want %+v", d.Findings, want)
	}
	for i, f := range d.Urgent {
		if f.CampaignID != c.ID || f.Closed() || i > 0 && f.DueOn < d.Urgent[i-1].DueOn {
			t.Errorf("urgent %+v", f)
		}
	}
	if len(d.Urgent) != min(urgentFindings, d.Findings.Overdue+d.Findings.DueSoon) {
		t.Errorf("%d urgent findings of %+v", len(d.Urgent), d.Findings)
	}
	last := d.Returned[len(d.Returned)-1]
	if len(d.Returned) != returnedDays || last.Day != s.Today() || last.Count < 200 || d.Returned[0].Count != 0 {
		t.Errorf("returned %+v", d.Returned)
	}
	if want := must[HandoverCounts](t)(s.HandoverCounts(ctx)); d.Handovers != want || want.Open != 3 {
		t.Errorf("handovers %+v, want %+v", d.Handovers, want)
	}
	if m := d.HandoverMonths; len(m) != 12 || m[0] != (MonthCount{"2025-09", 1}) || m[10] != (MonthCount{"2026-07", 0}) || m[11] != (MonthCount{"2026-08", 1}) {
		t.Errorf("handovers by month %+v", d.HandoverMonths)
	}
	campaigns := map[int64]bool{}
	for _, x := range d.Due {
		campaigns[x.CampaignID] = true
	}
	if len(campaigns) != 2 || len(d.Phases) == 0 || d.People.Staff != 200 {
		t.Errorf("%d campaigns have deadlines, %d phases, %+v", len(campaigns), len(d.Phases), d.People)
	}
	if none := must[Desk](t)(s.Desk(ctx, model.Campaign{})); none.Letters.Expected != 0 || none.People.Staff != 200 || len(none.Due) != len(d.Due) || none.Handovers != d.Handovers {
		t.Errorf("without a campaign in hand %+v", none)
	}
}

// statement is one query with its parameters.
type statement struct {
	sql  string
	args []any
}

// statementsOf are the queries that fn runs on the reading pool.
func statementsOf(tb testing.TB, s *Store, fn func()) []statement {
	tb.Helper()
	var out []statement
	note := func(db *gorm.DB) {
		if db.Statement.SQL.Len() > 0 {
			out = append(out, statement{db.Statement.SQL.String(), append([]any(nil), db.Statement.Vars...)})
		}
	}
	ok(tb, s.reader.Callback().Query().After("gorm:query").Register("test:note", note))
	ok(tb, s.reader.Callback().Row().After("gorm:row").Register("test:note", note))
	ok(tb, s.reader.Callback().Raw().After("gorm:raw").Register("test:note", note))
	fn()
	ok(tb, s.reader.Callback().Query().Remove("test:note"))
	ok(tb, s.reader.Callback().Row().Remove("test:note"))
	ok(tb, s.reader.Callback().Raw().Remove("test:note"))
	return out
}

// BenchmarkDesk compares 工作台 of 5,000 staff, ten campaigns and 10,000
// handovers with its own statements run in the driver, every row read. At most 3 is wanted.
func BenchmarkDesk(b *testing.B) {
	ctx := context.Background()
	s := openTest(b)
	crowd(b, s, 5000)
	c := drives(b, s, 10, 200)[0]
	envelopes(b, s, 10_000)
	ours := func() Desk { return must[Desk](b)(s.Desk(ctx, c)) }
	queries := statementsOf(b, s, func() { ours() })
	db := must[*sql.DB](b)(s.reader.DB())
	if len(queries) < 10 {
		b.Fatalf("only %d statements noted", len(queries))
	}
	floor, got := pairwise(20, func() {
		for _, q := range queries {
			drain(b, db, q)
		}
	}, func() { ours() })
	reportPair(b, floor, got)
	b.ReportMetric(float64(len(queries)), "statements")
}

// drain runs a query and reads all it answers.
func drain(b *testing.B, db *sql.DB, q statement) {
	rows, err := db.Query(q.sql, q.args...)
	ok(b, err)
	defer rows.Close()
	names, err := rows.Columns()
	ok(b, err)
	values, into := make([]sql.RawBytes, len(names)), make([]any, len(names))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		ok(b, rows.Scan(into...))
	}
	ok(b, rows.Err())
}
