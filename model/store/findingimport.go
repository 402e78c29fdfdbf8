package store

import (
	"context"

	"qingfeng/model"
)

// FindingImport is what an import of findings did, or would do.
type FindingImport struct {
	Rows, Added int
	Rejected    []model.RosterProblem
	Warnings    []model.RosterProblem
}

// ImportFindings adds the findings of an older register to a campaign, 0 for
// none.
func (s *Store) ImportFindings(ctx context.Context, campaignID int64, rows []model.FindingRecord, dryRun bool) (FindingImport, error) {
	return FindingImport{}, model.Errorf(model.Invalid, "尚未实现")
}
