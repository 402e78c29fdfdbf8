package store

import (
	"context"

	"qingfeng/model"
)

var errNotYet = model.Errorf(model.Invalid, "尚未实现")

// NewPlan returns the plan that a template makes of a campaign in a year, not
// stored yet.
func (s *Store) NewPlan(templateID string, year int) (model.Plan, error) {
	return model.Plan{}, errNotYet
}

// StartCampaign stores a new campaign with its whole plan and returns its id.
func (s *Store) StartCampaign(ctx context.Context, p model.Plan) (int64, error) { return 0, errNotYet }

// Plan returns a campaign with its plan.
func (s *Store) Plan(ctx context.Context, campaignID int64) (model.Plan, error) {
	return model.Plan{}, errNotYet
}

// SavePart adds a line to a plan (ID 0) or changes one and returns its id.
func (s *Store) SavePart(ctx context.Context, part model.PlanPart) (int64, error) {
	return 0, errNotYet
}

// RemovePart takes a line out of a plan.
func (s *Store) RemovePart(ctx context.Context, part model.PlanPart) error { return errNotYet }

// MovePart moves a line of a plan up or down by one place.
func (s *Store) MovePart(ctx context.Context, part model.PlanPart, up bool) error { return errNotYet }
