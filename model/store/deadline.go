package store

import (
	"context"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/workday"
)

// DueRow is one time that a deadline of a campaign comes.
type DueRow struct {
	CampaignID int64
	Campaign   string
	DeadlineID int64
	Title      string
	Recipient  string
	Rule       string
	model.Occurrence
	DoneID int64 // 0 until it was met
	DoneOn day.Date
	Note   string
}

// Overdue reports whether it should have been met before today.
func (r DueRow) Overdue(today day.Date) bool { return r.DoneID == 0 && r.Due != "" && r.Due < today }

// Calendar is the calendar of the office's holiday tables.
func (s *Store) Calendar() (*workday.Calendar, error) { return nil, errNotYet }

// Deadlines lists the times that the deadlines of campaigns come.
func (s *Store) Deadlines(ctx context.Context, campaignIDs []int64) ([]DueRow, error) {
	return nil, errNotYet
}

// MeetDeadline records that what was due for a period was delivered.
func (s *Store) MeetDeadline(ctx context.Context, deadlineID int64, period string, on day.Date, note string) error {
	return errNotYet
}

// ReopenDeadline takes a wrong record of MeetDeadline back.
func (s *Store) ReopenDeadline(ctx context.Context, doneID int64, reason string) error {
	return errNotYet
}
