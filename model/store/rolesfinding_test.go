package store

import (
	"context"
	"testing"

	"qingfeng/model"
)

// The findings of a furnished folder: a new one with a request for more time,
// one mended, a closed one.
var openFinding, mendedFinding, closedFinding, theExtension int64

var findingUses = []use{
	{"Findings", model.Read, with(func(ctx context.Context, s *Store) (Rows[FindingRow], error) {
		return s.Findings(ctx, FindingFilter{AllCampaigns: true}, Page{})
	})},
	{"Finding", model.Read, with(func(ctx context.Context, s *Store) (FindingRow, error) { return s.Finding(ctx, openFinding) })},
	{"FindingByNumber", model.Read, with(func(ctx context.Context, s *Store) (FindingRow, error) {
		var no string
		s.peek(ctx).Raw(`SELECT form_no FROM finding WHERE id = ?`, openFinding).Scan(&no)
		return s.FindingByNumber(ctx, no)
	})},
	{"FindingCounts", model.Read, with(func(ctx context.Context, s *Store) (FindingCounts, error) { return s.FindingCounts(ctx, 0) })},
	{"WeeklyFindings", model.Read, with(func(ctx context.Context, s *Store) ([]FindingRow, error) {
		return s.WeeklyFindings(ctx, 0, model.Span{From: "2026-08-05", To: "2026-08-11"})
	})},
	{"Extensions", model.Read, with(func(ctx context.Context, s *Store) ([]model.Extension, error) {
		return s.Extensions(ctx, openFinding)
	})},

	{"SaveFinding", model.Write, func(ctx context.Context, s *Store) error {
		_, _, err := s.SaveFinding(ctx, aFinding(theCampaign, hisDepartment))
		return err
	}},
	{"BeginFinding", model.Write, func(ctx context.Context, s *Store) error { return s.BeginFinding(ctx, openFinding, "2026-08-11") }},
	{"SubmitFinding", model.Write, func(ctx context.Context, s *Store) error {
		return s.SubmitFinding(ctx, closedFinding+1, "2026-08-11", "张三", "已退还")
	}},
	{"LookBackFinding", model.Write, func(ctx context.Context, s *Store) error {
		return s.LookBackFinding(ctx, closedFinding, "2026-08-11", "赵某", "未再发生", false, "")
	}},
	{"MarkNotified", model.Write, func(ctx context.Context, s *Store) error { return s.MarkNotified(ctx, []int64{openFinding}) }},
	{"AskExtension", model.Write, func(ctx context.Context, s *Store) error {
		return s.AskExtension(ctx, mendedFinding, "2026-09-30", "款未到")
	}},
	{"ImportFindings", model.Write, with(func(ctx context.Context, s *Store) (FindingImport, error) {
		return s.ImportFindings(ctx, theCampaign, []model.FindingRecord{oldRow(2)}, false)
	})},
	{"ImportFindings", model.Write, with(func(ctx context.Context, s *Store) (FindingImport, error) {
		return s.ImportFindings(ctx, theCampaign, []model.FindingRecord{oldRow(2)}, true)
	})},

	{"AcceptFinding", model.Decide, func(ctx context.Context, s *Store) error {
		return s.AcceptFinding(ctx, mendedFinding, "2026-08-11", "属实", "")
	}},
	{"RefuseFinding", model.Decide, func(ctx context.Context, s *Store) error {
		return s.RefuseFinding(ctx, mendedFinding, "2026-08-11", "没有退清")
	}},
	{"VoidFinding", model.Decide, func(ctx context.Context, s *Store) error { return s.VoidFinding(ctx, openFinding, "登记错") }},
	{"DecideExtension", model.Decide, func(ctx context.Context, s *Store) error { return s.DecideExtension(ctx, theExtension, true, "同意") }},
}

// furnishFindings lets an account of its own ask and record, so that each of
// the others may decide.
func furnishFindings(t *testing.T, s *Store) {
	ctx := context.Background()
	newAccount(t, s, "wang", model.Clerk)
	asWang(t, s)
	for _, id := range []*int64{&openFinding, &mendedFinding, &closedFinding} {
		*id = saved(t, s, aFinding(theCampaign, hisDepartment)).ID
	}
	begun := saved(t, s, aFinding(theCampaign, hisDepartment)).ID
	for _, id := range []int64{mendedFinding, closedFinding, begun} {
		ok(t, s.BeginFinding(ctx, id, "2026-03-03"))
		if id != begun {
			ok(t, s.SubmitFinding(ctx, id, "2026-03-10", "张三", "已退还"))
		}
	}
	ok(t, s.AskExtension(ctx, openFinding, "2026-09-30", "款未到"))
	theExtension = must[[]model.Extension](t)(s.Extensions(ctx, openFinding))[0].ID
	enter(t, s)
	ok(t, s.AcceptFinding(ctx, closedFinding, "2026-03-11", "属实", ""))
}
