package store

import (
	"cmp"
	"context"
	"slices"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/day"
)

// SelfCheckRates counts the forms of a campaign by department. Staff who work
// here but have no form yet are missing until the campaign ends; staff who left
// count as excused if they had a form and not at all otherwise.
func (s *Store) SelfCheckRates(ctx context.Context, campaignID int64, kind model.SelfCheckKind) (model.SelfCheckRate, []model.DepartmentSelfCheckRate, error) {
	groups, err := checkGroups(s.read(ctx), campaignID, kind, s.Today())
	sum := summed(groups)
	return sum.SelfCheckRate, sum.Departments, faultOf(err)
}

// SelfCheckSummary computes the 自查汇总表 of a campaign from the personal forms.
func (s *Store) SelfCheckSummary(ctx context.Context, campaignID int64) (model.SelfCheckSummary, error) {
	var sum model.SelfCheckSummary
	err := snapshot(s.read(ctx), func(tx *gorm.DB) error {
		if _, err := findCampaign(tx, campaignID); err != nil {
			return err
		}
		groups, err := checkGroups(tx, campaignID, model.PersonalSelfCheck, s.Today())
		if err != nil {
			return err
		}
		sum = summed(groups)
		return tx.Raw(itemCounts, campaignID, model.PersonalSelfCheck, model.Returned, campaignID).Scan(&sum.Items).Error
	})
	return sum, err
}

// itemCounts counts what returned forms state, item by item.
const itemCounts = `SELECT i.id AS item_id, i.source, i.text, COALESCE(x.people, 0) AS people,
		COALESCE(x.amount_fen, 0) AS amount_fen, COALESCE(x.handed_fen, 0) AS handed_fen
	FROM check_item i LEFT JOIN (
		SELECT p.item_id, COUNT(*) AS people, SUM(p.amount_fen) AS amount_fen, SUM(p.handed_fen) AS handed_fen
		FROM selfcheck c JOIN problem p ON p.selfcheck_id = c.id AND p.voided_on = ''
		WHERE c.campaign_id = ? AND c.kind = ? AND c.state = ? GROUP BY p.item_id) x ON x.item_id = i.id
	WHERE i.campaign_id = ? ORDER BY i.position, i.id`

// checkGroup counts the signers of a department who are alike.
type checkGroup struct {
	ID           int64 // of the department
	Department   string
	Priority     bool
	State        model.PaperState // "" for those who have no form
	Reason       string           // of an exemption
	Late         bool
	WithProblems bool
	Count        int
	Problems     int
}

func checkGroups(db *gorm.DB, campaignID int64, kind model.SelfCheckKind, today day.Date) ([]checkGroup, error) {
	from, here := selfChecks.expected(string(kind), today)
	if from == "" {
		return nil, nil
	}
	var groups []checkGroup
	err := db.Raw(`SELECT d.id, d.name AS department, `+priority+` AS priority, COALESCE(c.state, '') AS state,
		COALESCE(c.excuse_reason, '') AS reason, COALESCE(c.late, 0) AS late, COALESCE(c.problems > 0, 0) AS with_problems,
		COUNT(*) AS count, COALESCE(SUM(c.problems), 0) AS problems`+from+`WHERE `+here+` OR c.id IS NOT NULL
		GROUP BY d.id, 3, 4, 5, 6, 7 ORDER BY d.sort_order, d.id`, campaignID).Scan(&groups).Error
	return groups, err
}

// rate is what a group adds to a rate.
func (g checkGroup) rate() model.SelfCheckRate {
	r := model.SelfCheckRate{Rate: model.Rate{Expected: g.Count}}
	switch g.State {
	case model.Returned:
		r.Returned, r.Findings = g.Count, g.Problems
	case model.Exempt:
		r.Excused = g.Count
	default:
		r.Missing = g.Count
	}
	return r
}

// unchecked says why the people of a group are not checked, "" if they are.
func (g checkGroup) unchecked() string {
	switch g.State {
	case model.Returned:
		return ""
	case model.Exempt:
		return g.Reason
	case model.SentBack:
		return string(model.SentBack)
	}
	return string(model.Printed)
}

// summed adds groups up, which come department by department. Items stay empty.
func summed(groups []checkGroup) model.SelfCheckSummary {
	var sum model.SelfCheckSummary
	reasons := map[string]int{}
	for _, g := range groups {
		r := g.rate()
		sum.SelfCheckRate = sum.SelfCheckRate.Plus(r)
		if n := len(sum.Departments); n == 0 || sum.Departments[n-1].ID != g.ID {
			sum.Departments = append(sum.Departments, model.DepartmentSelfCheckRate{ID: g.ID, Department: g.Department})
		}
		d := &sum.Departments[len(sum.Departments)-1]
		d.SelfCheckRate = d.SelfCheckRate.Plus(r)
		if g.Priority {
			sum.Priority = sum.Priority.Plus(r)
		}
		if why := g.unchecked(); why != "" {
			reasons[why] += g.Count
		}
		if g.State == model.Returned && g.Late {
			sum.Late += g.Count
		}
		if g.State == model.Returned && g.WithProblems {
			sum.WithProblems += g.Count
		}
	}
	for why, n := range reasons {
		sum.Unchecked = append(sum.Unchecked, model.ReasonCount{Reason: why, Count: n})
	}
	slices.SortFunc(sum.Unchecked, func(a, b model.ReasonCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Reason, b.Reason))
	})
	return sum
}
