package store

import (
	"context"

	"qingfeng/model"
)

// CommitmentRates counts the letters of a campaign by department. Staff who
// work here but have no letter yet are missing; staff who left count as
// excused if they had a letter and not at all otherwise.
func (s *Store) CommitmentRates(ctx context.Context, campaignID int64, kind model.CommitmentKind) (model.Rate, []model.DepartmentRate, error) {
	var rows []model.DepartmentRate
	err := s.read(ctx).Raw(rateQueries[kind], campaignID).Scan(&rows).Error
	var sum model.Rate
	for i := range rows {
		r := &rows[i]
		r.Missing = r.Expected - r.Returned - r.Excused
		sum = sum.Plus(r.Rate)
	}
	return sum, rows, faultOf(err)
}

const rateColumns = ` COUNT(*) AS expected, COUNT(*) FILTER (WHERE c.state = '已交回') AS returned,
	COUNT(*) FILTER (WHERE c.state = '免签') AS excused `

var rateQueries = map[model.CommitmentKind]string{
	model.PersonalCommitment: `SELECT d.id, d.name AS department,` + rateColumns + `
		FROM staff s JOIN department d ON d.id = s.department_id
		LEFT JOIN commitment c ON c.staff_id = s.id AND c.campaign_id = ? AND c.state <> '作废'
		WHERE s.left_on = '' OR c.id IS NOT NULL
		GROUP BY d.id ORDER BY d.sort_order, d.id`,
	model.DepartmentCommitment: `SELECT d.id, d.name AS department,` + rateColumns + `
		FROM department d
		LEFT JOIN commitment c ON c.department_id = d.id AND c.campaign_id = ? AND c.state <> '作废'
		WHERE d.closed_on = '' OR c.id IS NOT NULL
		GROUP BY d.id ORDER BY d.sort_order, d.id`,
	model.SupplierCommitment: partyRate("supplier", "供应商"),
	model.WorksCommitment:    partyRate("works", "基建项目"),
}

func partyRate(kind, label string) string {
	return `SELECT 0 AS id, '` + label + `' AS department,` + rateColumns + `
		FROM commitment c WHERE c.campaign_id = ? AND c.kind = '` + kind + `' AND c.state <> '作废'
		GROUP BY c.kind`
}
