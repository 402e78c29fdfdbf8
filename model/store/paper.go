package store

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/day"
)

// paperTable is a table of numbered papers that are printed, handed out, signed
// and brought back: commitment letters or self-check forms. T is a paper, R the
// paper as lists show it. In its queries the paper is c, its signer s, the
// department d.
type paperTable[T, R any] struct {
	table    string
	word     string           // 承诺书
	excuse   model.PaperState // its word for a paper that is not awaited
	named    string           // SQL: whose paper it is
	selected string           // SQL: the columns of R
	orders   orders
	columns  func(T) columns
	paper    func(*T) *model.Paper
	of       func(*R) *T
	name     func(*R) string
	kind     func(T) (prefix, label string)
	reopen   func(*T) error
}

// awaited are the states in which a signed paper is still expected, as
// [model.Paper.Open] has it.
var awaited = []model.PaperState{model.Unprinted, model.Printed, model.SentBack}

func (r paperTable[T, R]) find(db *gorm.DB, id int64) (T, error) {
	var m T
	err := first(db.Table(r.table).Where("id = ?", id), &m, "份"+r.word)
	return m, err
}

// move takes a paper to its next state and returns it. reason is one that the
// paper itself does not keep, or "".
func (r paperTable[T, R]) move(c *change, old T, action, reason string, step func(*T) error) (T, error) {
	m := old
	if err := step(&m); err != nil {
		return old, err
	}
	p, after := r.paper(&m), r.columns(m)
	if err := c.update(r.table, p.ID, after); err != nil {
		return old, err
	}
	after["reason"] = reason
	return m, c.record(action, r.word, p.ID, p.FormNo, r.columns(old), after)
}

// step moves one paper in a transaction of its own.
func (r paperTable[T, R]) step(ctx context.Context, s *Store, id int64, action string, step func(*T) error) error {
	return s.write(ctx, model.Decide, func(c *change) error {
		m, err := r.find(c.DB, id)
		if err == nil {
			_, err = r.move(c, m, action, "", step)
		}
		return err
	})
}

// free excuses the signer for a reason until a day.
func (r paperTable[T, R]) free(ctx context.Context, s *Store, id int64, reason string, until day.Date) error {
	if today := s.Today(); until != "" && until < today {
		return model.Errorf(model.Invalid, "%s截止日期 %s 已过（今天 %s），请核对", r.excuse, until, today)
	}
	return r.step(ctx, s, id, string(r.excuse), func(m *T) error { return r.paper(m).Excuse(reason, until) })
}

// takeBack takes a wrong return or an excuse back; reason is kept in the audit
// line. Nobody waits for the paper of somebody who left: it is excused at once.
func (r paperTable[T, R]) takeBack(c *change, old T, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return model.Errorf(model.Invalid, "请填写撤销原因")
	}
	p := *r.paper(&old)
	left, err := r.leftOn(c.DB, p.ID)
	if err != nil {
		return err
	}
	if left != "" && p.State == r.excuse {
		return model.Errorf(model.Conflict, "%s %s 的签署人已于 %s 离职，不撤销%s。确已回院的，请先恢复在职", r.word, p.FormNo, left, r.excuse)
	}
	_, err = r.move(c, old, "撤销登记", reason, func(m *T) error {
		if err := r.reopen(m); err != nil || left == "" {
			return err
		}
		return r.paper(m).Excuse(model.LeftExcuse, "")
	})
	return err
}

// leftOn is the day on which the signer of a personal paper left, or "".
func (r paperTable[T, R]) leftOn(db *gorm.DB, id int64) (day.Date, error) {
	var left day.Date
	err := db.Raw(`SELECT s.left_on FROM `+r.table+` c JOIN staff s ON s.id = c.staff_id WHERE c.id = ?`, id).Scan(&left).Error
	return left, err
}

// print records that papers were put on paper today.
func (r paperTable[T, R]) print(ctx context.Context, s *Store, ids []int64) error {
	return s.write(ctx, model.Write, func(c *change) error {
		on := s.Today()
		for _, id := range ids {
			old, err := r.find(c.DB, id)
			if err != nil {
				return err
			}
			m := old
			p := r.paper(&m)
			if err := p.Print(on); err != nil {
				return err
			}
			if err := c.Exec(`UPDATE `+r.table+` SET state = ?, printed_on = ?, print_count = ? WHERE id = ?`,
				p.State, p.PrintedOn, p.PrintCount, id).Error; err != nil {
				return err
			}
			if err := c.record("打印", r.word, id, p.FormNo, r.columns(old), r.columns(m)); err != nil {
				return err
			}
		}
		return nil
	})
}

// moveAll takes the papers that a condition selects to their next state.
func (r paperTable[T, R]) moveAll(c *change, which *gorm.DB, action string, step func(*T) error) error {
	var papers []T
	if err := which.Table(r.table).Find(&papers).Error; err != nil {
		return err
	}
	for _, m := range papers {
		if _, err := r.move(c, m, action, "", step); err != nil {
			return err
		}
	}
	return nil
}

func (r paperTable[T, R]) excuseLeaver(c *change, staffID int64) error {
	return r.moveAll(c, c.Where("staff_id = ? AND state IN ?", staffID, awaited), string(r.excuse), func(m *T) error {
		return r.paper(m).Excuse(model.LeftExcuse, "")
	})
}

func (r paperTable[T, R]) awaitReturner(c *change, staffID int64) error {
	which := c.Where("staff_id = ? AND state = ? AND excuse_reason = ?", staffID, r.excuse, model.LeftExcuse)
	return r.moveAll(c, which, "撤销登记", r.reopen)
}

// endExcuses lets the papers whose excuse has run out be awaited again, but
// not those of leavers.
func (r paperTable[T, R]) endExcuses(c *change) error {
	which := c.Where(`state = ? AND excused_until <> '' AND excused_until < ?
		AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.id = staff_id AND s.left_on <> '')`, r.excuse, c.s.Today())
	return r.moveAll(c, which, string(r.excuse)+"到期（自动）", r.reopen)
}

// excusePapers excuses what a leaver has not signed.
func (c *change) excusePapers(staffID int64) error {
	if err := letters.excuseLeaver(c, staffID); err != nil {
		return err
	}
	return selfChecks.excuseLeaver(c, staffID)
}

// awaitPapers takes back what excusePapers did.
func (c *change) awaitPapers(staffID int64) error {
	if err := letters.awaitReturner(c, staffID); err != nil {
		return err
	}
	return selfChecks.awaitReturner(c, staffID)
}

// endExcuses runs when the folder is opened.
func (s *Store) endExcuses(ctx context.Context) error {
	return s.transactOrNothing(ctx, nil, func(c *change) (bool, error) {
		if err := letters.endExcuses(c); err != nil {
			return false, err
		}
		err := selfChecks.endExcuses(c)
		return len(c.lines) > 0, err
	})
}
