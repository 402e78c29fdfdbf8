package store

import (
	"context"

	"qingfeng/model"
	"qingfeng/model/day"
)

// FindingCounts are the figures of the register, without voided findings. 销号率
// is Closed of All.
type FindingCounts struct {
	All, Open, Overdue int
	DueSoon            int // open, due today or within the next 7 days
	ToAccept           int
	Closed             int
	LookBackDue        int
	ExtensionsAsked    int // requests that wait for a decision
}

// FindingCounts counts the findings of a campaign, 0 for all.
func (s *Store) FindingCounts(ctx context.Context, campaignID int64) (FindingCounts, error) {
	today := s.Today()
	soon := day.Of(today.Time().AddDate(0, 0, soonDays))
	var out FindingCounts
	err := s.read(ctx).Raw(`SELECT COUNT(*) AS "all",
		COUNT(*) FILTER (WHERE `+isOpen+`) AS open,
		COUNT(*) FILTER (WHERE `+isOpen+` AND f.due_on <> '' AND f.due_on < ?) AS overdue,
		COUNT(*) FILTER (WHERE `+isOpen+` AND f.due_on BETWEEN ? AND ?) AS due_soon,
		COUNT(*) FILTER (WHERE f.state = '待验收') AS to_accept,
		COUNT(*) FILTER (WHERE f.state = '已销号') AS closed,
		COUNT(*) FILTER (WHERE `+lookBackDue+`) AS look_back_due,
		COUNT(*) FILTER (WHERE `+asksForTime+`) AS extensions_asked
		FROM finding f WHERE f.state <> '作废' AND (? = 0 OR f.campaign_id = ?)`,
		today, today, soon, today, campaignID, campaignID).Scan(&out).Error
	return out, faultOf(err)
}

// WeeklyFindings lists, by the day on which they were found, the findings that
// were found or closed out in the span and those that were open at its end, as
// they stand now: one that relapsed later counts as open. Campaign 0 means all.
func (s *Store) WeeklyFindings(ctx context.Context, campaignID int64, span model.Span) ([]FindingRow, error) {
	if !span.From.Valid() || !span.To.Valid() || span.To < span.From {
		return nil, model.Errorf(model.Invalid, "统计期间 %s 至 %s 不是一段日期", span.From, span.To)
	}
	q := findingQuery(s.read(ctx)).Select(findingSelect).
		Where("f.state <> '作废' AND f.found_on <= ?", span.To).
		Where("(f.found_on >= ? OR f.accepted_on = '' OR f.accepted_on >= ?)", span.From, span.From)
	if campaignID != 0 {
		q = q.Where("f.campaign_id = ?", campaignID)
	}
	var out []FindingRow
	err := q.Order("f.found_on, f.id").Find(&out).Error
	return out, faultOf(err)
}
