package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/workday"
)

// Calendar is the calendar of the holiday tables, read anew each time: the
// office adds a year by putting its file into the data folder.
func (s *Store) Calendar() (*workday.Calendar, error) {
	tables, err := s.assets.Holidays()
	if err != nil {
		return nil, model.Errorf(model.Invalid, "节假日安排有误：%v", err)
	}
	c, err := model.NewCalendar(tables)
	if err != nil {
		return nil, model.Errorf(model.Invalid, "节假日安排有误：%v", err)
	}
	return c, nil
}

// DueRow is one time that a deadline of a campaign comes. Of a met one Due is
// the day that was due when it was recorded, whatever became of the rule.
type DueRow struct {
	CampaignID int64
	Campaign   string
	DeadlineID int64
	Title      string
	Recipient  string
	Rule       string
	model.Occurrence
	DoneID int64 // 0 while it is not met
	DoneOn day.Date
	Note   string
}

// Overdue reports whether it should have been met before today.
func (r DueRow) Overdue(today day.Date) bool { return r.DoneID == 0 && r.Due != "" && r.Due < today }

// setDeadline is a deadline with what it needs of its campaign.
type setDeadline struct {
	model.Deadline
	Campaign         string
	StartsOn, EndsOn day.Date
}

func setDeadlines(db *gorm.DB) *gorm.DB {
	return db.Table("deadline d").Select("d.*, c.title AS campaign, c.starts_on, c.ends_on").
		Joins("JOIN campaign c ON c.id = d.campaign_id")
}

func (d setDeadline) occurrences(calendar *workday.Calendar) []model.Occurrence {
	return occurrences(calendar, d.DeadlineRule, d.StartsOn, d.EndsOn)
}

// metDeadline is the record that one occurrence was met.
type metDeadline struct {
	ID         int64
	DeadlineID int64
	Period     string
	DueOn      day.Date // "" when it could not be computed
	DoneOn     day.Date
	Note       string
	VoidedOn   day.Date
}

// askedAfter is for how many days after the end of a campaign what it still
// owes is asked for unasked.
const askedAfter = 60

// Deadlines lists the times that the deadlines of campaigns come, the earliest
// first and those that cannot be computed last. Without ids these are the
// campaigns that run today, and of those that ended less than sixty days ago
// what was not met.
func (s *Store) Deadlines(ctx context.Context, campaignIDs []int64) ([]DueRow, error) {
	calendar, err := s.Calendar()
	if err != nil {
		return nil, err
	}
	today := s.Today()
	var all []setDeadline
	var met []metDeadline
	err = snapshot(s.read(ctx), func(tx *gorm.DB) error {
		q := setDeadlines(tx).Order("d.campaign_id, d.position")
		if campaignIDs != nil {
			q = q.Where("c.id IN ?", campaignIDs)
		} else {
			q = q.Where("c.starts_on <= ? AND c.ends_on > ?", today, day.Of(today.Time().AddDate(0, 0, -askedAfter)))
		}
		if err := q.Find(&all).Error; err != nil {
			return err
		}
		ids := make([]int64, len(all))
		for i, d := range all {
			ids[i] = d.CampaignID
		}
		return tx.Table("deadline_done m").Select("m.*").Joins("JOIN deadline d ON d.id = m.deadline_id").
			Where("m.voided_on = '' AND d.campaign_id IN ?", slices.Compact(ids)).Find(&met).Error
	})
	if err != nil {
		return nil, err
	}
	var ended day.Date
	if campaignIDs == nil {
		ended = today
	}
	rows := dueRows(calendar, all, met, ended)
	slices.SortStableFunc(rows, func(a, b DueRow) int {
		return cmp.Compare(cmp.Or(a.Due, "~"), cmp.Or(b.Due, "~")) // after every day
	})
	return rows, nil
}

// dueRows joins the occurrences of deadlines with the records that they were
// met. Met ones of campaigns that ended before a day are left out, "" for none.
func dueRows(calendar *workday.Calendar, all []setDeadline, met []metDeadline, ended day.Date) []DueRow {
	type occurrence struct {
		deadline int64
		period   string
	}
	done := map[occurrence]metDeadline{}
	for _, m := range met {
		done[occurrence{m.DeadlineID, m.Period}] = m
	}
	var rows []DueRow
	for _, d := range all {
		for _, o := range d.occurrences(calendar) {
			m := done[occurrence{d.ID, o.Period}]
			if m.ID != 0 && d.EndsOn < ended {
				continue
			}
			if m.DueOn != "" && m.DueOn != o.Due {
				o = model.Occurrence{Period: o.Period, Due: m.DueOn}
			}
			rows = append(rows, DueRow{CampaignID: d.CampaignID, Campaign: d.Campaign, DeadlineID: d.ID, Title: d.Title,
				Recipient: d.Recipient, Rule: d.DeadlineRule.String(), Occurrence: o, DoneID: m.ID, DoneOn: m.DoneOn, Note: m.Note})
		}
	}
	return rows
}

// MeetDeadline records that what a deadline asks for a period was delivered on
// a day.
func (s *Store) MeetDeadline(ctx context.Context, deadlineID int64, period string, on day.Date, note string) error {
	note = strings.TrimSpace(note)
	if msg := model.BadText(note, model.MaxNote); msg != "" {
		return model.FieldErrors{{Field: "Note", Label: "备注", Message: msg}}
	}
	if err := s.doneDay(on); err != nil {
		return err
	}
	calendar, err := s.Calendar()
	if err != nil {
		return err
	}
	return s.write(ctx, model.Write, func(c *change) error {
		var d setDeadline
		if err := first(setDeadlines(c.DB).Where("d.id = ?", deadlineID), &d, "项时限"); err != nil {
			return err
		}
		all := d.occurrences(calendar)
		i := slices.IndexFunc(all, func(o model.Occurrence) bool { return o.Period == period })
		if i < 0 {
			return model.Errorf(model.Invalid, "时限“%s”没有 %s 这一期，请重新选择", d.Title, shorten(period))
		}
		return c.meet(d.Deadline, all[i], on, note)
	})
}

func (s *Store) doneDay(on day.Date) error {
	if !on.Valid() {
		return model.FieldErrors{{Field: "DoneOn", Label: "办结日期", Message: "请填写日期"}}
	}
	if today := s.Today(); on > today {
		return model.FieldErrors{{Field: "DoneOn", Label: "办结日期", Message: "在今天（" + string(today) + "）之后，请核对"}}
	}
	return nil
}

func (c *change) meet(d model.Deadline, o model.Occurrence, on day.Date, note string) error {
	var earlier []metDeadline
	if err := c.Table("deadline_done").Where("deadline_id = ? AND period = ? AND voided_on = ''", d.ID, o.Period).Find(&earlier).Error; err != nil {
		return err
	}
	if len(earlier) > 0 {
		return model.Errorf(model.Conflict, "时限“%s”的 %s 已于 %s 办结，不重复登记", d.Title, o.Period, earlier[0].DoneOn)
	}
	row := columns{"deadline_id": d.ID, "period": o.Period, "due_on": string(o.Due), "done_on": string(on), "note": note,
		"void_reason": "", "voided_on": ""}
	if _, err := c.insert("deadline_done", row); err != nil {
		return err
	}
	return c.record("办结", "时限", d.ID, d.Title, nil, row)
}

// ReopenDeadline takes a wrong record of [Store.MeetDeadline] back.
func (s *Store) ReopenDeadline(ctx context.Context, doneID int64, reason string) error {
	reason = strings.TrimSpace(reason)
	if msg := model.BadText(reason, model.MaxNote); reason == "" || msg != "" {
		return model.Errorf(model.Invalid, "请填写撤销原因（最多 %d 字）", model.MaxNote)
	}
	return s.write(ctx, model.Decide, func(c *change) error {
		var m metDeadline
		if err := first(c.Table("deadline_done").Where("id = ?", doneID), &m, "次办结"); err != nil {
			return err
		}
		if m.VoidedOn != "" {
			return model.Errorf(model.Conflict, "这次办结已于 %s 撤销", m.VoidedOn)
		}
		var title string
		if err := first(c.Table("deadline").Select("title").Where("id = ?", m.DeadlineID), &title, "项时限"); err != nil {
			return err
		}
		after := columns{"void_reason": reason, "voided_on": string(s.Today())}
		if err := c.update("deadline_done", doneID, after); err != nil {
			return err
		}
		after["period"] = m.Period
		return c.record("撤销办结", "时限", m.DeadlineID, title, nil, after)
	})
}
