package store

import (
	"context"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/day"
)

// DrawRow is a draw as lists show it.
type DrawRow struct {
	model.Draw
	Picks int
	Done  int // of Picks, inspected
}

// PickRow is a drawn department as lists show it.
type PickRow struct {
	model.Pick
	FormNo     string // of the draw
	Department string
	Findings   int // without voided ones
	CampaignID int64
}

// DrawRequest says what to draw.
type DrawRequest struct {
	CampaignID  int64
	Seed        string
	From, To    day.Date // both halves of each working day are drawn from
	Picks       int      // how many departments
	PerVisit    int      // inspectors to a visit, 0 for none named
	Inspectors  []model.Inspector
	Fair        bool    // nobody twice until all had their turn
	Departments []int64 // nil for all open ones
	DrawnBy     string
	Witness     string
}

var errNoDraw = model.Errorf(model.Invalid, "尚未实现")

// DrawPool is what a request draws from.
func (s *Store) DrawPool(ctx context.Context, r DrawRequest) (model.Pool, error) {
	return model.Pool{}, errNoDraw
}

// MakeDraw draws and stores what was drawn; it returns the draw's id.
func (s *Store) MakeDraw(ctx context.Context, r DrawRequest) (int64, error) { return 0, errNoDraw }

// Draws lists the draws of a campaign, 0 for all.
func (s *Store) Draws(ctx context.Context, campaignID int64, p Page) (Rows[DrawRow], error) {
	return Rows[DrawRow]{}, errNoDraw
}

// Draw returns one draw.
func (s *Store) Draw(ctx context.Context, id int64) (DrawRow, error) { return DrawRow{}, errNoDraw }

// Picks lists what a draw picked.
func (s *Store) Picks(ctx context.Context, drawID int64) ([]PickRow, error) { return nil, errNoDraw }

// RepeatDraw draws again from the seed and pool of a draw.
func (s *Store) RepeatDraw(ctx context.Context, id int64) (bool, []model.Pick, error) {
	return false, nil, errNoDraw
}

// RecordPick records an inspection.
func (s *Store) RecordPick(ctx context.Context, p model.Pick) error { return errNoDraw }

// VoidDraw takes a draw out of use.
func (s *Store) VoidDraw(ctx context.Context, id int64, reason string) error { return errNoDraw }

func findPick(db *gorm.DB, id int64) (model.Pick, DrawRow, error) {
	return model.Pick{}, DrawRow{}, errNoDraw
}
