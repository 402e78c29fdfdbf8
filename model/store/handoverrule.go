package store

import (
	"context"
	"log/slog"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/workday"
)

// ruleFor is the hand-over limit in force for what was received on a day: the
// newest of those before it, the first of all when it is older or unknown.
func ruleFor(db *gorm.DB, on day.Date) (model.HandoverRule, error) {
	var rule model.HandoverRule
	err := first(db.Raw(`SELECT most AS "limit", unit, document, from_on FROM handover_rule
		ORDER BY from_on <= ? DESC, CASE WHEN from_on <= ? THEN from_on END DESC, from_on LIMIT 1`, on, on), &rule, "条上交时限")
	return rule, err
}

// calendarFor is the calendar by which a limit is judged, nil for limits that
// count no working days: an office's wrong holiday table is not in their way.
func (s *Store) calendarFor(rule model.HandoverRule) (*workday.Calendar, error) {
	if rule.Unit != model.WorkingDays {
		return nil, nil
	}
	return s.Calendar()
}

// JudgeHandover says whether what was received at one moment and handed in at
// another comes in time, and why, as registering it would find.
func (s *Store) JudgeHandover(ctx context.Context, received, handed day.Moment) (model.Timeliness, string, error) {
	rule, err := ruleFor(s.read(ctx), received.Date())
	if err != nil {
		return "", "", err
	}
	calendar, err := s.calendarFor(rule)
	if err != nil {
		return "", "", err
	}
	judged, why := rule.Judge(received, handed, calendar)
	return judged, why, nil
}

// HandoverRules lists the hospital's hand-over limits, the newest first.
func (s *Store) HandoverRules(ctx context.Context) ([]model.HandoverRule, error) {
	var rules []model.HandoverRule
	err := s.read(ctx).Raw(`SELECT most AS "limit", unit, document, from_on FROM handover_rule ORDER BY from_on DESC`).Scan(&rules).Error
	return rules, faultOf(err)
}

// keepRule writes the limit of a profile down, from the day on which it is in
// force. Those of earlier days stay beside it, that of the same day is put
// right, and none is in force later: the profile has the present one. An
// earlier day than before puts the day right.
func (c *change) keepRule(rule model.HandoverRule) error {
	if err := c.Exec(`DELETE FROM handover_rule WHERE from_on > ?`, rule.FromOn).Error; err != nil {
		return err
	}
	return c.Exec(`INSERT INTO handover_rule (from_on, most, unit, document) VALUES (?, ?, ?, ?)
		ON CONFLICT (from_on) DO UPDATE SET most = excluded.most, unit = excluded.unit, document = excluded.document`,
		rule.FromOn, rule.Limit, rule.Unit, rule.Document).Error
}

// judgeAgain judges the handovers that could not be judged, when the folder is
// opened: the holiday table of their year may have come since.
func (s *Store) judgeAgain(ctx context.Context) error {
	calendar, err := s.Calendar()
	if err != nil {
		slog.Warn("holidays cannot be read", "err", err) // 体检 and the forms say so
		return nil
	}
	return s.transactOrNothing(ctx, nil, func(c *change) (bool, error) {
		var open []model.Handover
		err := c.Table("handover").Select("id, form_no, received_at, handed_at, timeliness, limit_n, limit_unit, limit_document").
			Where("timeliness = ? AND received_at <> '' AND limit_unit = ? AND state <> ?", model.Unjudged, model.WorkingDays, model.HandoverVoid).Find(&open).Error
		if err != nil {
			return false, err
		}
		for _, h := range open {
			old := h.Timeliness
			judgeBy(&h, h.Rule(), calendar)
			if h.Timeliness == old {
				continue
			}
			after := columns{"timeliness": string(h.Timeliness)}
			if err := c.update("handover", h.ID, after); err != nil {
				return false, err
			}
			if err := c.record("判定时限（自动）", handoverEntity, h.ID, h.FormNo, columns{"timeliness": string(old)}, after); err != nil {
				return false, err
			}
		}
		return len(c.lines) > 0, nil
	})
}
