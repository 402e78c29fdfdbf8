package store

import (
	"context"
	"strings"

	"qingfeng/model"
	"qingfeng/model/day"
)

func extensionColumns(x model.Extension) columns {
	return columns{
		"finding_id": x.FindingID, "old_due": string(x.OldDue), "new_due": string(x.NewDue), "reason": x.Reason,
		"state": string(x.State), "asked_on": string(x.AskedOn), "asked_by": x.AskedBy, "decided_on": string(x.DecidedOn),
		"decided_by": x.DecidedBy, "note": x.Note,
	}
}

// BeginFinding records that the department has started to mend.
func (s *Store) BeginFinding(ctx context.Context, id int64, on day.Date) error {
	return s.stepFinding(ctx, model.Write, id, "开始整改", on, func(c *change, f *model.Finding) error { return f.Begin(on) })
}

// SubmitFinding records that the problem was mended, by whom, and what was done.
func (s *Store) SubmitFinding(ctx context.Context, id int64, on day.Date, mendedBy, result string) error {
	return s.stepFinding(ctx, model.Write, id, "提交验收", on, func(c *change, f *model.Finding) error {
		return f.Submit(on, mendedBy, result, c.by.account.ID)
	})
}

// AcceptFinding closes a finding out (销号) in the name of whoever is signed
// in. lookBack is when it will be looked at again; "" is as many days after on
// as its campaign says, never when that is 0.
func (s *Store) AcceptFinding(ctx context.Context, id int64, on day.Date, note string, lookBack day.Date) error {
	return s.stepFinding(ctx, model.Decide, id, "销号", on, func(c *change, f *model.Finding) error {
		due := lookBack
		if due == "" {
			var err error
			if due, err = c.usualLookBack(*f, on); err != nil {
				return err
			}
		}
		if err := f.Accept(on, c.by.account.Name, c.by.account.ID, note, due); err != nil {
			return err
		}
		return c.dropExtensions(*f)
	})
}

// usualLookBack is when a finding that is closed on a day is looked at again,
// "" for never.
func (c *change) usualLookBack(f model.Finding, on day.Date) (day.Date, error) {
	days := model.UsualLookBack
	if f.CampaignID != 0 {
		campaign, err := findCampaign(c.DB, f.CampaignID)
		if err != nil {
			return "", err
		}
		days = campaign.LookBackDays
	}
	if days == 0 || !on.Valid() {
		return "", nil
	}
	return day.Of(on.Time().AddDate(0, 0, days)), nil
}

// RefuseFinding sends a finding back (退回): it is not mended.
func (s *Store) RefuseFinding(ctx context.Context, id int64, on day.Date, reason string) error {
	return s.stepFinding(ctx, model.Decide, id, "退回", on, func(c *change, f *model.Finding) error { return f.Refuse(on, reason) })
}

// LookBackFinding records that a closed finding was looked at again. One that
// came up again relapses (反弹) and has the new limit due.
func (s *Store) LookBackFinding(ctx context.Context, id int64, on day.Date, by, note string, relapsed bool, due day.Date) error {
	return s.stepFinding(ctx, model.Write, id, "回头看", on, func(c *change, f *model.Finding) error {
		return f.LookBack(on, by, note, relapsed, due)
	})
}

// VoidFinding takes a wrong finding out of the register.
func (s *Store) VoidFinding(ctx context.Context, id int64, reason string) error {
	return s.stepFinding(ctx, model.Decide, id, "作废", s.Today(), func(c *change, f *model.Finding) error {
		if err := f.Void(s.Today(), reason); err != nil {
			return err
		}
		return c.dropExtensions(*f)
	})
}

// stepFinding takes one step of a finding on a day in a transaction of its own.
func (s *Store) stepFinding(ctx context.Context, need model.Permission, id int64, action string, on day.Date, step func(*change, *model.Finding) error) error {
	return s.write(ctx, need, func(c *change) error {
		if err := s.notAfterToday(action+"的日期", on); err != nil {
			return err
		}
		return c.stepFinding(id, action, step)
	})
}

func (c *change) stepFinding(id int64, action string, step func(*change, *model.Finding) error) error {
	old, err := findFinding(c.DB, id)
	if err != nil {
		return err
	}
	f := old
	if err := step(c, &f); err != nil {
		return err
	}
	return c.storeFinding(action, old, f)
}

// MarkNotified records the first printing of the 整改通知书 of findings, today.
func (s *Store) MarkNotified(ctx context.Context, ids []int64) error {
	return s.writeOrNothing(ctx, model.Write, func(c *change) (bool, error) {
		for _, id := range ids {
			old, err := findFinding(c.DB, id)
			if err != nil {
				return false, err
			}
			if old.State == model.Withdrawn {
				return false, model.Errorf(model.Conflict, "问题 %s 已作废（%s），不打印整改通知书", old.FormNo, old.VoidReason)
			}
			if old.NotifiedOn != "" {
				continue
			}
			f := old
			f.NotifiedOn = s.Today()
			if err := c.storeFinding("打印", old, f); err != nil {
				return false, err
			}
		}
		return len(c.lines) > 0, nil
	})
}

// AskExtension asks for more time for an open finding; a finding has one such
// request at a time.
func (s *Store) AskExtension(ctx context.Context, id int64, newDue day.Date, reason string) error {
	return s.write(ctx, model.Write, func(c *change) error {
		f, err := findFinding(c.DB, id)
		if err != nil {
			return err
		}
		n, err := c.openExtensions(id)
		if err != nil {
			return err
		}
		if n > 0 {
			return model.Errorf(model.Conflict, "问题 %s 已有一份待批的延期申请，审批后才能再申请", f.FormNo)
		}
		today := s.Today()
		x, err := f.AskExtension(today, newDue, reason, c.by.account.ID)
		if err != nil {
			return err
		}
		if newDue < today {
			return model.Errorf(model.Invalid, "新时限 %s 已过（今天 %s），请核对", newDue, today)
		}
		row := extensionColumns(x)
		if x.ID, err = c.insert("extension", row); err != nil {
			return err
		}
		return c.record("申请", "延期", x.ID, f.FormNo, nil, row)
	})
}

// DecideExtension grants or rejects a request for more time in the name of
// whoever is signed in. A granted one moves the limit.
func (s *Store) DecideExtension(ctx context.Context, extensionID int64, grant bool, note string) error {
	return s.write(ctx, model.Decide, func(c *change) error {
		var old model.Extension
		if err := first(c.Table("extension").Where("id = ?", extensionID), &old, "份延期申请"); err != nil {
			return err
		}
		before, err := findFinding(c.DB, old.FindingID)
		if err != nil {
			return err
		}
		x, f := old, before
		if err := x.Decide(&f, s.Today(), c.by.account.Name, c.by.account.ID, grant, note); err != nil {
			return err
		}
		if err := c.storeExtension("审批", old, x, f.FormNo); err != nil || f == before {
			return err
		}
		return c.storeFinding("延期", before, f)
	})
}

func (c *change) storeExtension(action string, old, x model.Extension, formNo string) error {
	row := extensionColumns(x)
	if err := c.update("extension", x.ID, row); err != nil {
		return err
	}
	return c.record(action, "延期", x.ID, formNo, extensionColumns(old), row)
}

// dropExtensions ends the requests for more time of a finding that was closed:
// nobody need decide about them any more.
func (c *change) dropExtensions(f model.Finding) error {
	var open []model.Extension
	if err := c.Table("extension").Where("finding_id = ? AND state = ?", f.ID, model.Asked).Find(&open).Error; err != nil {
		return err
	}
	for _, old := range open {
		x := old
		x.State, x.DecidedOn, x.Note = model.Rejected, c.s.Today(), "问题"+strings.TrimPrefix(string(f.State), "已")+"，不再审批"
		if err := c.storeExtension("审批（自动）", old, x, f.FormNo); err != nil {
			return err
		}
	}
	return nil
}
