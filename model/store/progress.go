package store

import (
	"context"

	"qingfeng/model"
)

// CampaignProgress is how far a campaign is.
type CampaignProgress struct {
	// The personal ones, as SelfCheckRates and CommitmentRates sum them up;
	// nothing at all while none was made.
	SelfChecks, Letters model.Rate
	Findings, Closed    int // without voided ones; 销号率 is Closed of Findings
	Duties, DutiesDone  int
}

// CampaignsProgress tells how far all campaigns are, by id, in one statement
// however many there are.
func (s *Store) CampaignsProgress(ctx context.Context) (map[int64]CampaignProgress, error) {
	var rows []progressRow
	err := s.read(ctx).Raw(campaignsProgress, s.Today()).Scan(&rows).Error
	out := make(map[int64]CampaignProgress, len(rows))
	for _, r := range rows {
		out[r.ID] = CampaignProgress{
			SelfChecks: r.rateOf(r.Checks, r.ChecksHere, r.ChecksBack, r.ChecksOff),
			Letters:    r.rateOf(r.Letters, r.LettersHere, r.LettersBack, r.LettersOff),
			Findings:   r.Findings, Closed: r.Closed, Duties: r.Duties, DutiesDone: r.DutiesDone,
		}
	}
	return out, faultOf(err)
}

// progressRow is a row of [campaignsProgress]: papers in force, those of people
// who still work here, that came back, that are excused.
type progressRow struct {
	ID                                            int64
	Running                                       bool
	Employed                                      int
	Checks, ChecksHere, ChecksBack, ChecksOff     int
	Letters, LettersHere, LettersBack, LettersOff int
	Findings, Closed, Duties, DutiesDone          int
}

// rateOf is the rate of papers. While a campaign runs, people without a paper
// are waited for too.
func (r progressRow) rateOf(made, here, returned, excused int) model.Rate {
	expected := made
	if made > 0 && r.Running {
		expected += r.Employed - here
	}
	return model.Rate{Expected: expected, Returned: returned, Excused: excused, Missing: expected - returned - excused}
}

// campaignsProgress counts each table once, by campaign.
const campaignsProgress = `WITH
	checks AS (SELECT c.campaign_id, COUNT(*) AS n, COUNT(*) FILTER (WHERE s.left_on = '') AS here,
		COUNT(*) FILTER (WHERE c.state = '已交回') AS back, COUNT(*) FILTER (WHERE c.state = '免查') AS off
		FROM selfcheck c JOIN staff s ON s.id = c.staff_id WHERE c.kind = 'personal' AND c.state <> '作废' GROUP BY c.campaign_id),
	letters AS (SELECT c.campaign_id, COUNT(*) AS n, COUNT(*) FILTER (WHERE s.left_on = '') AS here,
		COUNT(*) FILTER (WHERE c.state = '已交回') AS back, COUNT(*) FILTER (WHERE c.state = '免签') AS off
		FROM commitment c JOIN staff s ON s.id = c.staff_id WHERE c.kind = 'personal' AND c.state <> '作废' GROUP BY c.campaign_id),
	found AS (SELECT campaign_id, COUNT(*) AS n, COUNT(*) FILTER (WHERE state = '已销号') AS closed
		FROM finding WHERE state <> '作废' GROUP BY campaign_id),
	tasks AS (SELECT campaign_id, COUNT(*) AS n, COUNT(*) FILTER (WHERE state = '已完成') AS done FROM duty GROUP BY campaign_id)
	SELECT m.id, m.ends_on >= ? AS running, (SELECT COUNT(*) FROM staff WHERE left_on = '') AS employed,
		COALESCE(checks.n, 0) AS checks, COALESCE(checks.here, 0) AS checks_here, COALESCE(checks.back, 0) AS checks_back, COALESCE(checks.off, 0) AS checks_off,
		COALESCE(letters.n, 0) AS letters, COALESCE(letters.here, 0) AS letters_here, COALESCE(letters.back, 0) AS letters_back, COALESCE(letters.off, 0) AS letters_off,
		COALESCE(found.n, 0) AS findings, COALESCE(found.closed, 0) AS closed,
		COALESCE(tasks.n, 0) AS duties, COALESCE(tasks.done, 0) AS duties_done
	FROM campaign m LEFT JOIN checks ON checks.campaign_id = m.id LEFT JOIN letters ON letters.campaign_id = m.id
		LEFT JOIN found ON found.campaign_id = m.id LEFT JOIN tasks ON tasks.campaign_id = m.id`
