package store

import (
	"context"
	"testing"

	"qingfeng/model"
)

// The draw of a furnished folder.
var (
	theDraw, thePick int64
	theDrawNo        string
)

func aDraw() DrawRequest {
	return DrawRequest{CampaignID: theCampaign, Seed: "7", From: "2026-09-01", To: "2026-09-01", Picks: 1, Witness: "周某"}
}

var drawUses = []use{
	{"DrawPool", model.Read, with(func(ctx context.Context, s *Store) (model.Pool, error) { return s.DrawPool(ctx, aDraw()) })},
	{"Draws", model.Read, with(func(ctx context.Context, s *Store) (Rows[DrawRow], error) { return s.Draws(ctx, 0, Page{}) })},
	{"DrawByNumber", model.Read, with(func(ctx context.Context, s *Store) (DrawRow, error) { return s.DrawByNumber(ctx, theDrawNo) })},
	{"Draw", model.Read, with(func(ctx context.Context, s *Store) (DrawRow, error) { return s.Draw(ctx, theDraw) })},
	{"Picks", model.Read, with(func(ctx context.Context, s *Store) ([]PickRow, error) { return s.Picks(ctx, theDraw) })},
	{"RepeatDraw", model.Read, func(ctx context.Context, s *Store) error {
		_, _, err := s.RepeatDraw(ctx, theDraw)
		return err
	}},
	{"MakeDraw", model.Write, with(func(ctx context.Context, s *Store) (int64, error) { return s.MakeDraw(ctx, aDraw()) })},
	{"RecordPick", model.Write, func(ctx context.Context, s *Store) error {
		return s.RecordPick(ctx, model.Pick{ID: thePick, InspectedOn: "2026-08-11", Record: "未见异常"})
	}},
	{"VoidDraw", model.Decide, func(ctx context.Context, s *Store) error { return s.VoidDraw(ctx, theDraw, "停电") }},
}

func furnishDraws(t *testing.T, s *Store) {
	ctx := context.Background()
	theDraw = must[int64](t)(s.MakeDraw(ctx, aDraw()))
	theDrawNo = must[DrawRow](t)(s.Draw(ctx, theDraw)).FormNo
	thePick = must[[]PickRow](t)(s.Picks(ctx, theDraw))[0].ID
}
