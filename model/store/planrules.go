package store

import (
	"fmt"
	"slices"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/workday"
)

// What only the other rows can tell about a change of a plan.

// validPart is [model.PlanPart.Validate], and refuses a deadline that would
// never come in the campaign.
func validPart(part model.PlanPart, c model.Campaign) error {
	if err := part.Validate(c); err != nil {
		return err
	}
	if d, ok := part.(model.Deadline); ok && len(periods(d, c)) == 0 {
		return model.FieldErrors{{Field: "Every", Label: "周期",
			Message: fmt.Sprintf("在专项行动期间（%s 至 %s）一次也不会到期，请核对", c.StartsOn, c.EndsOn)}}
	}
	return nil
}

// occurrences are the times that a deadline comes in a campaign. One that
// comes once does so on its day even when the campaign is over: summaries are
// often due in the January after it.
func occurrences(calendar *workday.Calendar, d model.DeadlineRule, starts, ends day.Date) []model.Occurrence {
	if d.Every == model.Once {
		starts, ends = d.Date, d.Date
	}
	return d.Occurrences(calendar, starts, ends)
}

// periods are the names of a deadline's occurrences, which need no calendar.
func periods(d model.Deadline, c model.Campaign) []string {
	var out []string
	for _, o := range occurrences(&workday.Calendar{}, d.DeadlineRule, c.StartsOn, c.EndsOn) {
		out = append(out, o.Period)
	}
	return out
}

// holdsPhases refuses dates of a campaign outside of which a phase would lie.
func holdsPhases(c model.Campaign, phases []model.Phase) error {
	var errs model.FieldErrors
	for _, p := range phases {
		outside := fmt.Sprintf("阶段“%s”（%s 至 %s）在这个日期之外，请先调整阶段", p.Name, p.StartsOn, p.EndsOn)
		if p.StartsOn < c.StartsOn {
			errs = append(errs, model.FieldError{Field: "StartsOn", Label: "开始日期", Message: outside})
		}
		if p.EndsOn > c.EndsOn {
			errs = append(errs, model.FieldError{Field: "EndsOn", Label: "结束日期", Message: outside})
		}
	}
	if errs == nil {
		return nil
	}
	return errs
}

// holdsPlan refuses dates of a stored campaign outside of which a phase or an
// occurrence that was met would lie.
func (c *change) holdsPlan(m model.Campaign) error {
	p, err := findPlan(c.DB, m.ID)
	if err != nil {
		return err
	}
	if err := holdsPhases(m, p.Phases); err != nil {
		return err
	}
	for _, d := range p.Deadlines {
		if err := c.keepsMet(d, m); err != nil {
			return err
		}
	}
	return nil
}

// mayBecome refuses a line that its plan cannot have.
func (c *change) mayBecome(part model.PlanPart, campaign model.Campaign) error {
	if err := validPart(part, campaign); err != nil {
		return err
	}
	switch part := part.(type) {
	case model.Deadline:
		return c.keepsMet(part, campaign)
	case model.Duty:
		return c.s.notAfterToday("进展日期", part.ProgressOn)
	case model.CheckItem:
		return c.itemsFree(campaign.ID)
	}
	return nil
}

func (c *change) mayMove(part model.PlanPart) error {
	if item, ok := part.(model.CheckItem); ok {
		return c.itemsFree(item.CampaignID)
	}
	return nil
}

// mayGo refuses to lose a line that work was recorded on. What was recorded on
// a deadline and taken back goes with it; the trail keeps both.
func (c *change) mayGo(part model.PlanPart) error {
	switch part := part.(type) {
	case model.Deadline:
		if met, err := c.metPeriods(part.ID); err != nil {
			return err
		} else if len(met) > 0 {
			return model.Errorf(model.Conflict, "时限“%s”已登记办结（%s），不能删除", part.Title, met[0])
		}
		return c.Exec(`DELETE FROM deadline_done WHERE deadline_id = ?`, part.ID).Error
	case model.Duty:
		return c.neverBegun(part)
	case model.CheckItem:
		return c.itemsFree(part.CampaignID)
	}
	return nil
}

func (c *change) metPeriods(deadlineID int64) ([]string, error) {
	var met []string
	err := c.Raw(`SELECT period FROM deadline_done WHERE deadline_id = ? AND voided_on = '' ORDER BY period`, deadlineID).Scan(&met).Error
	return met, err
}

// keepsMet refuses a deadline that would no longer come where it was met.
func (c *change) keepsMet(d model.Deadline, campaign model.Campaign) error {
	met, err := c.metPeriods(d.ID)
	if err != nil {
		return err
	}
	come := periods(d, campaign)
	for _, p := range met {
		if !slices.Contains(come, p) {
			return model.Errorf(model.Conflict, "时限“%s”的 %s 已登记办结，改后就没有这一期了。请先撤销那次办结", d.Title, p)
		}
	}
	return nil
}

func (c *change) neverBegun(d model.Duty) error {
	if d.State != model.DutyOpen || d.Progress != "" {
		return model.Errorf(model.Conflict, "责任事项“%s”已登记进展（%s），不能删除", shorten(d.Measure), d.State)
	}
	var files int64
	if err := c.Table("attachment").Where("entity = '责任事项' AND entity_id = ?", d.ID).Count(&files).Error; err != nil {
		return err
	}
	if files > 0 {
		return model.Errorf(model.Conflict, "责任事项“%s”有 %d 个附件，不能删除", shorten(d.Measure), files)
	}
	return nil
}

// itemsFree refuses to touch items once a form with them was printed or
// answered: the forms would no longer say the same.
func (c *change) itemsFree(campaignID int64) error {
	var no string
	err := c.Raw(`SELECT form_no FROM selfcheck WHERE campaign_id = ? AND (print_count > 0 OR returned_on <> ''
		OR id IN (SELECT selfcheck_id FROM problem)) ORDER BY form_no LIMIT 1`, campaignID).Scan(&no).Error
	if err != nil || no == "" {
		return err
	}
	return model.Errorf(model.Conflict, "已经打印或登记过自查表（如 %s），自查项目不能再改", no)
}
