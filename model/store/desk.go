package store

import (
	"context"

	"qingfeng/model"
	"qingfeng/model/day"
)

// Desk is what 工作台 shows, in one go. Everything but the people, the
// deadlines and the handovers is of one campaign.
type Desk struct {
	Campaign model.Campaign // ID 0: there is none
	Phases   []model.Phase
	People   Counts

	Letters           model.Rate
	LetterRates       []model.DepartmentRate
	DepartmentLetters model.Rate
	NewStaff          int // without a letter
	NewDepartments    int // without a letter

	SelfChecks     model.SelfCheckRate
	SelfCheckRates []model.DepartmentSelfCheckRate
	Priority       model.SelfCheckRate // of leaders and key posts
	Unmade         int                 // staff without a self-check form

	DepartmentSelfChecks model.SelfCheckRate
	UnmadeDepartments    int // without a self-check form

	Findings FindingCounts
	Urgent   []FindingRow // overdue and soon due, the most urgent first
	Due      []DueRow     // deadlines of all campaigns
	Returned []DayCount   // signed papers by day, the last two weeks

	Handovers      HandoverCounts
	HandoverMonths []MonthCount // handovers by month, the last twelve
}

// DayCount is how many papers came back on a day.
type DayCount struct {
	Day   day.Date
	Count int
}

// MonthCount is how many handovers came in in a month, YYYY-MM.
type MonthCount struct {
	Month string
	Count int
}

// Bounds of what [Store.Desk] lists.
const (
	urgentFindings = 6
	soonDays       = 7  // a limit so near is urgent
	returnedDays   = 14 // of [Desk.Returned]
	handoverMonths = 12 // of [Desk.HandoverMonths]
)

// Desk reads what 工作台 shows for a campaign, or for none with ID 0.
func (s *Store) Desk(ctx context.Context, campaign model.Campaign) (Desk, error) {
	d := Desk{Campaign: campaign}
	var err error
	if d.People, err = s.Counts(ctx); err != nil {
		return d, err
	}
	if d.Due, err = s.Deadlines(ctx, nil); err != nil {
		return d, err
	}
	if err = s.deskHandovers(ctx, &d); err != nil {
		return d, err
	}
	if campaign.ID == 0 {
		return d, nil
	}
	for _, read := range []func(context.Context, *Desk) error{s.deskPhases, s.deskLetters, s.deskSelfChecks, s.deskFindings, s.deskReturned} {
		if err := read(ctx, &d); err != nil {
			return d, err
		}
	}
	return d, nil
}

func (s *Store) deskPhases(ctx context.Context, d *Desk) error {
	err := s.read(ctx).Table("phase").Where("campaign_id = ?", d.Campaign.ID).Order("position, id").Find(&d.Phases).Error
	return faultOf(err)
}

func (s *Store) deskLetters(ctx context.Context, d *Desk) (err error) {
	id := d.Campaign.ID
	if d.Letters, d.LetterRates, err = s.CommitmentRates(ctx, id, model.PersonalCommitment); err != nil {
		return err
	}
	if d.DepartmentLetters, _, err = s.CommitmentRates(ctx, id, model.DepartmentCommitment); err != nil {
		return err
	}
	if d.NewStaff, err = s.WithoutCommitment(ctx, id, model.PersonalCommitment); err != nil {
		return err
	}
	d.NewDepartments, err = s.WithoutCommitment(ctx, id, model.DepartmentCommitment)
	return err
}

func (s *Store) deskSelfChecks(ctx context.Context, d *Desk) (err error) {
	id := d.Campaign.ID
	people, err := checkGroups(s.read(ctx), id, model.PersonalSelfCheck, s.Today())
	if err != nil {
		return faultOf(err)
	}
	departments, err := checkGroups(s.read(ctx), id, model.DepartmentSelfCheck, s.Today())
	if err != nil {
		return faultOf(err)
	}
	sum := summed(people)
	d.SelfChecks, d.SelfCheckRates, d.Priority = sum.SelfCheckRate, sum.Departments, sum.Priority
	d.DepartmentSelfChecks = summed(departments).SelfCheckRate
	d.Unmade, d.UnmadeDepartments = unmade(people), unmade(departments)
	return nil
}

// unmade counts those of groups who have no form.
func unmade(groups []checkGroup) (n int) {
	for _, g := range groups {
		if g.State == "" {
			n += g.Count
		}
	}
	return n
}

func (s *Store) deskFindings(ctx context.Context, d *Desk) (err error) {
	if d.Findings, err = s.FindingCounts(ctx, d.Campaign.ID); err != nil {
		return err
	}
	if d.Findings.Overdue+d.Findings.DueSoon == 0 {
		return nil
	}
	soon := day.Of(s.Today().Time().AddDate(0, 0, soonDays))
	found, err := s.Findings(ctx, FindingFilter{CampaignID: d.Campaign.ID, Open: true, Due: string(soon)}, Page{Sort: "due_on", Limit: urgentFindings})
	d.Urgent = found.Items
	return err
}

func (s *Store) deskReturned(ctx context.Context, d *Desk) error {
	today := s.Today()
	first := day.Of(today.Time().AddDate(0, 0, 1-returnedDays))
	var rows []DayCount
	err := s.read(ctx).Raw(`SELECT returned_on AS day, COUNT(*) AS count FROM (
			SELECT returned_on FROM commitment WHERE campaign_id = ? AND state = '已交回' AND returned_on >= ?
			UNION ALL SELECT returned_on FROM selfcheck WHERE campaign_id = ? AND state = '已交回' AND returned_on >= ?)
		GROUP BY returned_on`, d.Campaign.ID, first, d.Campaign.ID, first).Scan(&rows).Error
	counts := map[day.Date]int{}
	for _, r := range rows {
		counts[r.Day] = r.Count
	}
	for i := range returnedDays {
		on := day.Of(first.Time().AddDate(0, 0, i))
		d.Returned = append(d.Returned, DayCount{on, counts[on]})
	}
	return faultOf(err)
}

func (s *Store) deskHandovers(ctx context.Context, d *Desk) (err error) {
	if d.Handovers, err = s.HandoverCounts(ctx); err != nil || d.Handovers.All == 0 {
		return err
	}
	month := day.Date(s.Today()[:len("2026-08")]+"-01").Time().AddDate(0, 1-handoverMonths, 0)
	var rows []MonthCount
	err = s.read(ctx).Raw(`SELECT SUBSTR(handed_at, 1, 7) AS month, COUNT(*) AS count FROM handover WHERE state <> '作废' AND handed_at >= ?
		GROUP BY 1`, month.Format("2006-01")).Scan(&rows).Error
	counts := map[string]int{}
	for _, r := range rows {
		counts[r.Month] = r.Count
	}
	for i := range handoverMonths {
		name := month.AddDate(0, i, 0).Format("2006-01")
		d.HandoverMonths = append(d.HandoverMonths, MonthCount{name, counts[name]})
	}
	return faultOf(err)
}
