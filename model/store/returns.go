package store

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/formno"
)

// ReturnResult says what became of one form number that was scanned or typed.
type ReturnResult struct {
	FormNo  string
	Row     CommitmentRow // set when the letter was found
	Problem string        // "" when the return was recorded
}

// ReturnCommitments records that signed letters of a campaign came back on a
// day. Numbers that cannot be taken are reported and change nothing; the rest
// is recorded in one transaction.
func (s *Store) ReturnCommitments(ctx context.Context, campaignID int64, formNos []string, on day.Date) ([]ReturnResult, error) {
	if err := s.returnDay(on); err != nil {
		return nil, err
	}
	results := make([]ReturnResult, len(formNos))
	err := s.writeOrNothing(ctx, model.Write, func(c *change) (bool, error) {
		any := false
		for i, no := range formNos {
			row, err := c.returnOne(campaignID, no, on)
			results[i] = ReturnResult{FormNo: no, Row: row}
			if e, ok := errors.AsType[*model.Error](err); ok && (e.Code == model.NotFound || e.Code == model.Conflict || e.Code == model.Invalid) {
				results[i].Problem = e.Message
			} else if err != nil {
				return false, err
			} else {
				any = true
			}
		}
		return any, nil
	})
	return results, err
}

func (s *Store) returnDay(on day.Date) error {
	if !on.Valid() {
		return model.Errorf(model.Invalid, "交回日期不是一个日期")
	}
	if today := s.Today(); on > today {
		return model.Errorf(model.Invalid, "交回日期 %s 在今天（%s）之后，请核对", on, today)
	}
	return nil
}

// returnOne records one letter, found by its number in any campaign, so that
// a wrong one can be named.
func (c *change) returnOne(campaignID int64, typed string, on day.Date) (CommitmentRow, error) {
	row, err := commitmentByNumber(c.DB, typed)
	if err != nil {
		return row, err
	}
	if row.CampaignID != campaignID {
		other, err := findCampaign(c.DB, row.CampaignID)
		if err != nil {
			return row, err
		}
		return row, model.Errorf(model.Conflict, "承诺书 %s（%s）属于“%s”，不是当前的专项行动", row.FormNo, row.Name, other.Title)
	}
	err = c.moveLetter(row.Commitment, "交回", func(m *model.Commitment) error {
		if err := m.Return(on); err != nil {
			return model.Errorf(model.Conflict, "%s：%s", row.Name, err.Error())
		}
		return nil
	})
	if err == nil {
		row.Commitment.State, row.Commitment.ReturnedOn = model.Returned, on
	}
	return row, err
}

// CommitmentByNumber finds a letter by its number as typed or scanned.
func (s *Store) CommitmentByNumber(ctx context.Context, typed string) (CommitmentRow, error) {
	return commitmentByNumber(s.read(ctx), typed)
}

func commitmentByNumber(db *gorm.DB, typed string) (CommitmentRow, error) {
	var row CommitmentRow
	no, err := formno.Parse(typed)
	if err != nil {
		return row, model.Errorf(model.Invalid, "“%s”%s", shorten(typed), err.Error())
	}
	err = first(commitmentQuery(db).Select(commitmentSelect).Where("c.form_no = ?", no.String()), &row, "份承诺书："+no.String())
	return row, err
}

// shorten keeps a mistyped number readable in a message.
func shorten(s string) string {
	if r := []rune(s); len(r) > 30 {
		return string(r[:30]) + "…"
	}
	return s
}

// ReturnDepartment records that all awaited letters of a department came back
// but the excepted ones, given by their numbers. It returns how many it
// recorded.
func (s *Store) ReturnDepartment(ctx context.Context, f CommitmentFilter, except []string, on day.Date) (int, error) {
	if err := s.returnDay(on); err != nil {
		return 0, err
	}
	kept := map[string]bool{}
	for _, typed := range except {
		no, err := formno.Parse(typed)
		if err != nil {
			return 0, model.Errorf(model.Invalid, "“%s”%s", shorten(typed), err.Error())
		}
		kept[no.String()] = true
	}
	f.Missing = true
	n := 0
	err := s.writeOrNothing(ctx, model.Write, func(c *change) (bool, error) {
		var rows []CommitmentRow
		if err := f.apply(commitmentQuery(c.DB)).Select(commitmentSelect).Find(&rows).Error; err != nil {
			return false, err
		}
		for _, r := range rows {
			if kept[r.FormNo] {
				continue
			}
			if err := c.moveLetter(r.Commitment, "交回", func(m *model.Commitment) error { return m.Return(on) }); err != nil {
				return false, err
			}
			n++
		}
		return n > 0, nil
	})
	return n, err
}
