package store

import (
	"context"

	"qingfeng/model"
	"qingfeng/model/day"
)

// SelfCheckResult says what became of one form's number.
type SelfCheckResult = Scanned[SelfCheckRow]

// SelfCheckEntry is what a form that came back says.
type SelfCheckEntry struct {
	On       day.Date
	Late     bool            // taken although the phase of self-checks is over (补查)
	Problems []model.Problem // the items answered 有
	Gaps     string          // of a department's form
	Opinions model.Opinions
}

// ReturnSelfChecks records that forms of a campaign came back on a day with all
// items answered 无. Numbers that cannot be taken are reported and change
// nothing; the rest is recorded in one transaction.
func (s *Store) ReturnSelfChecks(ctx context.Context, campaignID int64, formNos []string, on day.Date, late bool) ([]SelfCheckResult, error) {
	return selfChecks.scan(ctx, s, campaignID, formNos, on, takeSelfCheck(on, late))
}

// ReturnSelfCheckDepartment records that all awaited forms of a department came
// back with all items answered 无, but the excepted ones, given by their
// numbers. It returns how many it recorded.
func (s *Store) ReturnSelfCheckDepartment(ctx context.Context, f SelfCheckFilter, except []string, on day.Date, late bool) (int, error) {
	f.Missing = true
	return selfChecks.takeAll(ctx, s, f.apply, except, on, takeSelfCheck(on, late))
}

func takeSelfCheck(on day.Date, late bool) func(*change, *SelfCheckRow) error {
	plans := map[int64]model.Plan{} // one look at the plan for many forms
	return func(c *change, row *SelfCheckRow) error {
		plan, ok := plans[row.CampaignID]
		if !ok {
			var err error
			if plan, err = findPlan(c.DB, row.CampaignID); err != nil {
				return err
			}
			plans[row.CampaignID] = plan
		}
		if row.State == model.Returned {
			return naming(row.Name, row.SelfCheck.Return(on, plan.SelfChecks(), late))
		}
		_, err := c.enterSelfCheck(plan, row, SelfCheckEntry{On: on, Late: late})
		return err
	}
}

// RecordSelfCheck records what a form says that came back, or corrects what was
// recorded of one: its problems replace the former ones. Each problem is a
// finding of the register; the numbers of the new ones are returned. A former
// problem that is none leaves the register, unless its finding is being mended.
func (s *Store) RecordSelfCheck(ctx context.Context, id int64, e SelfCheckEntry) (findings []string, err error) {
	if err := s.returnDay(e.On); err != nil {
		return nil, err
	}
	err = s.writeOrNothing(ctx, model.Write, func(c *change) (bool, error) {
		row, err := selfCheckRow(c.DB, id)
		if err != nil {
			return false, err
		}
		plan, err := findPlan(c.DB, row.CampaignID)
		if err != nil {
			return false, err
		}
		findings, err = c.enterSelfCheck(plan, &row, e)
		return len(c.lines) > 0, err
	})
	if err != nil {
		return nil, err
	}
	return findings, nil
}

// enterSelfCheck hands a form in with all it says, or corrects it. When it
// refuses it has written nothing.
func (c *change) enterSelfCheck(plan model.Plan, row *SelfCheckRow, e SelfCheckEntry) (findings []string, err error) {
	action, old := "交回", row.SelfCheck
	if old.State == model.Returned {
		action = "更正"
	}
	if row.LeftOn != "" && action == "交回" && old.State != model.Voided {
		return nil, model.Errorf(model.Conflict, "%s（%s）已于 %s 离职，其自查表不再登记", row.Name, row.EmployeeNo, row.LeftOn)
	}
	if err := c.s.opinionDays(e.Opinions); err != nil {
		return nil, err
	}
	m := old
	if err := entered(&m, plan.SelfChecks(), e); err != nil {
		return nil, naming(row.Name, err)
	}
	next, err := c.planProblems(plan, old, m, e.Problems, "自查表更正")
	if err != nil {
		return nil, naming(row.Name, err)
	}
	if m != old {
		if row.SelfCheck, err = selfChecks.move(c, old, action, "", func(to *model.SelfCheck) error { *to = m; return nil }); err != nil {
			return nil, err
		}
	}
	return c.storeProblems(*row, next)
}

func entered(m *model.SelfCheck, phase model.Span, e SelfCheckEntry) error {
	if m.State == model.Returned {
		if err := m.Reopen(); err != nil {
			return err
		}
	}
	if err := m.Return(e.On, phase, e.Late); err != nil {
		return err
	}
	return m.Fill(len(e.Problems), e.Gaps, e.Opinions)
}

func (s *Store) opinionDays(o model.Opinions) error {
	if err := s.notAfterToday("科室意见的日期", o.DepartmentOn); err != nil {
		return err
	}
	return s.notAfterToday("监督部门意见的日期", o.OfficeOn)
}

// SaveOpinions records what department and office write on a returned form.
func (s *Store) SaveOpinions(ctx context.Context, id int64, o model.Opinions) error {
	if err := s.opinionDays(o); err != nil {
		return err
	}
	return s.writeOrNothing(ctx, model.Write, func(c *change) (bool, error) {
		old, err := selfChecks.find(c.DB, id)
		if err != nil {
			return false, err
		}
		m := old
		if err := m.Comment(o); err != nil || m == old {
			return false, err
		}
		_, err = selfChecks.move(c, old, "填写意见", "", func(to *model.SelfCheck) error { *to = m; return nil })
		return err == nil, err
	})
}

// SendBackSelfCheck has a returned form done again (补课). What it stated stays
// in the register until it comes back.
func (s *Store) SendBackSelfCheck(ctx context.Context, id int64, reason string) error {
	return s.write(ctx, model.Decide, func(c *change) error {
		row, err := selfCheckRow(c.DB, id)
		if err != nil {
			return err
		}
		if row.LeftOn != "" {
			return model.Errorf(model.Conflict, "%s（%s）已于 %s 离职，不退回补课", row.Name, row.EmployeeNo, row.LeftOn)
		}
		_, err = selfChecks.move(c, row.SelfCheck, "退回补课", "", func(m *model.SelfCheck) error { return m.SendBack(reason, s.Today()) })
		return err
	})
}

// ExcuseSelfCheck frees the signer for a reason until a day, or for good.
func (s *Store) ExcuseSelfCheck(ctx context.Context, id int64, reason string, until day.Date) error {
	return selfChecks.free(ctx, s, id, reason, until)
}

// VoidSelfCheck takes a wrong form out of use, and with it what it stated.
func (s *Store) VoidSelfCheck(ctx context.Context, id int64, reason string) error {
	return s.write(ctx, model.Decide, func(c *change) error {
		old, err := selfChecks.find(c.DB, id)
		if err != nil {
			return err
		}
		if _, err := selfChecks.move(c, old, "作废", "", func(m *model.SelfCheck) error { return m.Void(reason, s.Today()) }); err != nil {
			return err
		}
		return c.withdrawProblems(old, "自查表作废")
	})
}

// ReopenSelfCheck takes a wrong return back, and with it what the form stated,
// or an exemption; reason is kept in the audit line.
func (s *Store) ReopenSelfCheck(ctx context.Context, id int64, reason string) error {
	return s.write(ctx, model.Decide, func(c *change) error {
		old, err := selfChecks.find(c.DB, id)
		if err != nil {
			return err
		}
		if err := selfChecks.takeBack(c, old, reason); err != nil || old.State != model.Returned {
			return err
		}
		return c.withdrawProblems(old, "自查表撤销登记")
	})
}
