package store

import (
	"context"
	"testing"

	"qingfeng/model"
)

// The lines of the plan of a furnished folder. The first deadline was met.
const metOnce, metPeriod, openDeadline, openPeriod, doneOnce, thePhase = 1, "2026-08-15", 2, "2026-12-31", 1, 1

var planUses = []use{
	{"Plan", model.Read, with(func(ctx context.Context, s *Store) (model.Plan, error) { return s.Plan(ctx, theCampaign) })},
	{"Deadlines", model.Read, with(func(ctx context.Context, s *Store) ([]DueRow, error) { return s.Deadlines(ctx, nil) })},
	{"CampaignsProgress", model.Read, with(func(ctx context.Context, s *Store) (map[int64]CampaignProgress, error) {
		return s.CampaignsProgress(ctx)
	})},
	{"Desk", model.Read, with(func(ctx context.Context, s *Store) (Desk, error) { return s.Desk(ctx, model.Campaign{ID: theCampaign}) })},
	{"StartCampaign", model.Write, with(func(ctx context.Context, s *Store) (int64, error) {
		p, err := s.NewPlan("county-plan-2024", 2027)
		if err != nil {
			return 0, err
		}
		return s.StartCampaign(ctx, p)
	})},
	{"SavePart", model.Write, with(func(ctx context.Context, s *Store) (int64, error) {
		return s.SavePart(ctx, model.Member{CampaignID: theCampaign, Role: "成员", Post: "医务科科长", Name: "周某"})
	})},
	{"RemovePart", model.Write, func(ctx context.Context, s *Store) error { return s.RemovePart(ctx, model.Phase{ID: thePhase}) }},
	{"MovePart", model.Write, func(ctx context.Context, s *Store) error { return s.MovePart(ctx, model.Phase{ID: thePhase}, false) }},
	{"MeetDeadline", model.Write, func(ctx context.Context, s *Store) error {
		return s.MeetDeadline(ctx, openDeadline, openPeriod, s.Today(), "已报送")
	}},
	{"ReopenDeadline", model.Decide, func(ctx context.Context, s *Store) error { return s.ReopenDeadline(ctx, doneOnce, "登记错") }},
}

func furnishPlan(t *testing.T, s *Store) {
	ok(t, s.MeetDeadline(context.Background(), metOnce, metPeriod, s.Today(), ""))
}
