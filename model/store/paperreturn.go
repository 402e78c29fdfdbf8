package store

import (
	"context"
	"errors"
	"slices"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/formno"
)

// Scanned says what became of one form number that was scanned or typed.
type Scanned[R any] struct {
	FormNo  string
	Row     R      // set when the paper was found
	Problem string // "" when the return was recorded
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

// scan takes the papers of one campaign back by their numbers. Numbers that
// cannot be taken are reported and change nothing; the rest is recorded in one
// transaction.
func (r paperTable[T, R]) scan(ctx context.Context, s *Store, campaignID int64, formNos []string, on day.Date, take func(*change, *R) error) ([]Scanned[R], error) {
	if err := s.returnDay(on); err != nil {
		return nil, err
	}
	results := make([]Scanned[R], len(formNos))
	err := s.writeOrNothing(ctx, model.Write, func(c *change) (bool, error) {
		any := false
		for i, no := range formNos {
			row, err := r.inCampaign(c.DB, campaignID, no)
			if err == nil {
				err = take(c, &row)
			}
			results[i] = Scanned[R]{FormNo: no, Row: row}
			if e, ok := errors.AsType[*model.Error](err); ok && slices.Contains([]model.Code{model.NotFound, model.Conflict, model.Invalid}, e.Code) {
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

// inCampaign finds a paper by its number in any campaign, so that a wrong one
// can be named.
func (r paperTable[T, R]) inCampaign(db *gorm.DB, campaignID int64, typed string) (R, error) {
	row, err := r.byNumber(db, typed)
	if err != nil {
		return row, err
	}
	p := r.paper(r.of(&row))
	if p.CampaignID == campaignID {
		return row, nil
	}
	other, err := findCampaign(db, p.CampaignID)
	if err != nil {
		return row, err
	}
	return row, model.Errorf(model.Conflict, "%s %s（%s）属于“%s”，不是当前的专项行动", r.word, p.FormNo, r.name(&row), other.Title)
}

// byNumber finds a paper by its number as typed or scanned.
func (r paperTable[T, R]) byNumber(db *gorm.DB, typed string) (R, error) {
	var row R
	no, err := parseNumber(typed)
	if err != nil {
		return row, err
	}
	if word, page := bearerOf(no.Prefix); word != "" && word != r.word {
		return row, model.Errorf(model.Invalid, "%s 是%s的编号，不是%s，请到“%s”中办理", no, word, r.word, page)
	}
	err = first(r.query(db).Select(r.selected).Where("c.form_no = ?", no.String()), &row, "份"+r.word+"："+no.String())
	return row, err
}

// naming puts the name of the signer before what is wrong with a paper.
func naming(name string, err error) error {
	if e, ok := errors.AsType[*model.Error](err); ok {
		return model.Errorf(e.Code, "%s：%s", name, e.Message)
	}
	return err
}

func parseNumber(typed string) (formno.No, error) {
	no, err := formno.Parse(typed)
	if err != nil {
		return no, model.Errorf(model.Invalid, "“%s”%s", shorten(typed), err.Error())
	}
	return no, nil
}

// bearerOf is what the records that bear numbers of a prefix are called, and
// the page on which they are; "" for an unknown prefix.
func bearerOf(prefix string) (word, page string) {
	switch prefix {
	case model.FindingPrefix:
		return "问题", "问题整改"
	case model.DrawPrefix:
		return "抽取", "双随机抽查"
	case model.HandoverPrefix, model.ReceiptPrefix, model.DispositionPrefix:
		return "红包上交", "红包上交"
	case model.CustodyPrefix:
		return "保管交接", "保管"
	}
	for _, k := range model.CommitmentKinds {
		if k.Prefix == prefix {
			return letters.word, "承诺书"
		}
	}
	for _, k := range model.SelfCheckKinds {
		if k.Prefix() == prefix {
			return selfChecks.word, "自查自纠"
		}
	}
	return "", ""
}

// shorten keeps a mistyped number readable in a message.
func shorten(s string) string {
	if r := []rune(s); len(r) > 30 {
		return string(r[:30]) + "…"
	}
	return s
}

// takeAll takes all awaited papers that a filter finds back but the excepted
// ones, given by their numbers. It returns how many it recorded.
func (r paperTable[T, R]) takeAll(ctx context.Context, s *Store, filter func(*gorm.DB) *gorm.DB, except []string, on day.Date, take func(*change, *R) error) (int, error) {
	if err := s.returnDay(on); err != nil {
		return 0, err
	}
	kept := map[string]bool{}
	for _, typed := range except {
		no, err := parseNumber(typed)
		if err != nil {
			return 0, err
		}
		kept[no.String()] = true
	}
	n := 0
	err := s.writeOrNothing(ctx, model.Write, func(c *change) (bool, error) {
		n = 0
		var rows []R
		if err := filter(r.query(c.DB)).Select(r.selected).Find(&rows).Error; err != nil {
			return false, err
		}
		for i := range rows {
			if kept[r.paper(r.of(&rows[i])).FormNo] {
				continue
			}
			if err := take(c, &rows[i]); err != nil {
				return false, err
			}
			n++
		}
		return n > 0, nil
	})
	return n, err
}
