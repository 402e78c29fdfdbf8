package store

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
)

// HandoverCounts are the figures of the register that ask for something to be
// done, without voided handovers.
type HandoverCounts struct {
	All      int
	Open     int                  // something is not disposed of
	OpenFen  int64                // how much
	Stale    int                  // open for too many days
	Alone    int                  // kept by one person alone
	Again    int                  // open, and the same patient or company gave before
	Merit    int                  // staff members with their third refused one this year
	Late     int                  // this year
	Unjudged int                  // this year, for want of an hour or of a holiday table
	Limits   assets.HandoverWatch `gorm:"-"`
}

// HandoverCounts counts what there is to look at.
func (s *Store) HandoverCounts(ctx context.Context) (HandoverCounts, error) {
	limits, err := s.handoverLimits()
	if err != nil {
		return HandoverCounts{}, err
	}
	out := HandoverCounts{}
	year := string(s.Today()[:4])
	again, againArgs := sameGiver(limits.AgainDays)
	args := []any{s.staleBefore(limits)}
	args = append(args, againArgs...)
	args = append(args, year+"-", year+"~", year+"-", year+"~", year+"-", year+"~", limits.MeritCount)
	err = s.read(ctx).Raw(`SELECT COUNT(*) AS "all",
		COUNT(*) FILTER (WHERE `+isHeld+`) AS open,
		COALESCE(SUM(h.amount_fen - h.disposed_fen) FILTER (WHERE `+isHeld+`), 0) AS open_fen,
		COUNT(*) FILTER (WHERE `+isHeld+` AND h.handed_at < ?) AS stale,
		COUNT(*) FILTER (WHERE h.co_keeper = '' AND `+isKept+`) AS alone,
		COUNT(*) FILTER (WHERE `+isHeld+` AND `+again+`) AS again,
		COUNT(*) FILTER (WHERE h.timeliness = '逾期' AND h.handed_at BETWEEN ? AND ?) AS late,
		COUNT(*) FILTER (WHERE h.timeliness = '未判' AND h.handed_at BETWEEN ? AND ?) AS unjudged,
		(SELECT COUNT(*) FROM (`+meritorious+`)) AS merit
		FROM handover h WHERE h.state <> '作废'`, args...).Scan(&out).Error
	out.Limits = limits
	return out, faultOf(err)
}

// meritorious are the people who handed in often enough in a span; what came in
// late counts as taken (黑龙江 2018, 淄博 2022), so it is no merit.
const meritorious = `SELECT staff_id FROM handover WHERE staff_id IS NOT NULL AND state <> '作废' AND timeliness <> '逾期'
	AND handed_at BETWEEN ? AND ? GROUP BY staff_id HAVING COUNT(*) >= ?`

func (s *Store) handoverLimits() (assets.HandoverWatch, error) {
	limits, err := s.assets.HandoverWatch()
	if err != nil {
		return limits, model.Errorf(model.Invalid, "%v", err)
	}
	return limits, nil
}

// staleBefore is the first day that is not too long ago.
func (s *Store) staleBefore(limits assets.HandoverWatch) day.Date {
	return day.Of(s.Today().Time().AddDate(0, 0, -limits.StaleDays))
}

// sameGiver is the condition on a handover h before which, within days, the
// same company, 住院号 or patient's name stands: namesakes are for people to
// tell apart.
func sameGiver(days int) (where string, args []any) {
	var parts []string
	for _, same := range sameGivers { // apart, so that each finds its index
		parts = append(parts, `EXISTS (SELECT 1 FROM handover b WHERE `+same.where+` AND `+gaveBefore+`)`)
		args = append(args, days)
	}
	return "(" + strings.Join(parts, " OR ") + ")", args
}

// sameGivers are the conditions on handovers b and h under which both come from
// the same giver, the surest first.
var sameGivers = []struct{ why, where string }{
	{"同一企业", "b.supplier_id = h.supplier_id"},
	{"同一住院号", "b.admission_no_mark <> '' AND b.admission_no_mark = h.admission_no_mark"},
	{"同名患者", "b.patient_mark <> '' AND b.patient_mark = h.patient_mark"},
}

// gaveBefore is the condition that b came before h, and not more than a number
// of days.
const gaveBefore = `b.state <> '作废' AND (b.handed_at, b.id) < (h.handed_at, h.id)
	AND julianday(SUBSTR(h.handed_at, 1, 10)) - julianday(SUBSTR(b.handed_at, 1, 10)) <= ?`

// watched narrows a query to what is watched.
func (s *Store) watched(q *gorm.DB, watch HandoverWatch) (*gorm.DB, error) {
	if watch == "" {
		return q, nil
	}
	limits, err := s.handoverLimits()
	if err != nil {
		return nil, err
	}
	switch watch {
	case WatchOpen:
		q = q.Where(isHeld)
	case WatchStale:
		q = q.Where(isHeld+" AND h.handed_at < ?", s.staleBefore(limits))
	case WatchAlone:
		q = q.Where("h.co_keeper = '' AND " + isKept)
	case WatchAgain:
		where, args := sameGiver(limits.AgainDays)
		q = q.Where(isHeld+" AND "+where, args...)
	case WatchMerit:
		year := string(s.Today()[:4])
		q = q.Where(`h.timeliness <> '逾期' AND h.handed_at BETWEEN ? AND ? AND h.staff_id IN (`+meritorious+`)`, year+"-", year+"~", year+"-", year+"~", limits.MeritCount)
	default:
		return nil, model.Errorf(model.Invalid, "没有“%s”这种提醒", watch)
	}
	return q, nil
}

// Companion is an earlier handover from the same giver.
type Companion struct {
	FormNo   string
	HandedAt day.Moment
	Why      string // 同一企业, 同一住院号 or 同名患者
}

// SameGiver lists the earlier handovers from the same company or patient as
// one, the newest first, within the days that are watched.
func (s *Store) SameGiver(ctx context.Context, id int64) ([]Companion, error) {
	limits, err := s.handoverLimits()
	if err != nil {
		return nil, err
	}
	why, same := "CASE", make([]string, len(sameGivers))
	for i, g := range sameGivers {
		why += " WHEN " + g.where + " THEN '" + g.why + "'"
		same[i] = g.where
	}
	var out []Companion
	err = s.read(ctx).Raw(`SELECT b.form_no, b.handed_at, `+why+` END AS why FROM handover h
		JOIN handover b ON `+gaveBefore+` AND (`+strings.Join(same, " OR ")+`)
		WHERE h.id = ? ORDER BY b.handed_at DESC, b.id DESC`, limits.AgainDays, id).Scan(&out).Error
	return out, faultOf(err)
}
