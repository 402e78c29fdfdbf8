package store

import (
	"context"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/day"
)

// CommitmentRates counts the letters of a campaign by department. Staff who
// work here but have no letter yet are missing until the campaign ends; staff
// who left count as excused if they had a letter and not at all otherwise.
func (s *Store) CommitmentRates(ctx context.Context, campaignID int64, kind model.CommitmentKind) (model.Rate, []model.DepartmentRate, error) {
	var rows []model.DepartmentRate
	err := letterRates(s.read(ctx), campaignID, kind, s.Today()).Scan(&rows).Error
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

func letterRates(db *gorm.DB, campaignID int64, kind model.CommitmentKind, today day.Date) *gorm.DB {
	if from, here := letters.expected(string(kind), today); from != "" {
		return db.Raw(`SELECT d.id, d.name AS department,`+rateColumns+from+`WHERE `+here+` OR c.id IS NOT NULL
			GROUP BY d.id ORDER BY d.sort_order, d.id`, campaignID)
	}
	label := "供应商"
	if kind == model.WorksCommitment {
		label = "基建项目"
	}
	return db.Raw(`SELECT 0 AS id, ? AS department,`+rateColumns+`
		FROM commitment c WHERE c.campaign_id = ? AND c.kind = ? AND c.state <> '作废'
		GROUP BY c.kind`, label, campaignID, kind)
}
