package issue

import (
	"context"
	"io"
	"strconv"

	"qingfeng/model/store"
	"qingfeng/report/form"
	"qingfeng/report/page"
	"qingfeng/report/sheet"
)

// Timetable writes the 时间表 of a campaign's plan as one page. The texts tell
// what should be looked at on the paper.
func Timetable(ctx context.Context, w io.Writer, s *store.Store, campaignID int64, fonts *page.Fonts) ([]string, error) {
	in, err := planPrint(ctx, s, campaignID, fonts)
	if err != nil {
		return nil, err
	}
	if in.Calendar, err = s.Calendar(); err != nil {
		return nil, err
	}
	warnings, err := form.Timetable(w, in)
	return texts(warnings), err
}

// DutyList writes the 责任清单 of a campaign's plan as PDF, when asked with how
// far each duty is.
func DutyList(ctx context.Context, w io.Writer, s *store.Store, campaignID int64, progress bool, fonts *page.Fonts) ([]string, error) {
	in, err := planPrint(ctx, s, campaignID, fonts)
	if err != nil {
		return nil, err
	}
	in.Progress = progress
	warnings, err := form.DutyList(w, in)
	return texts(warnings), err
}

func planPrint(ctx context.Context, s *store.Store, campaignID int64, fonts *page.Fonts) (form.PlanPrint, error) {
	in := form.PlanPrint{Library: s.Assets(), Fonts: fonts, Date: s.Today()}
	var err error
	if in.Hospital, err = s.Hospital(ctx); err == nil {
		in.Plan, err = s.Plan(ctx, campaignID)
	}
	return in, err
}

// DutyTable is the 责任清单 for Excel.
func DutyTable(ctx context.Context, s *store.Store, campaignID int64) (sheet.Table, error) {
	t := sheet.Table{Name: "责任清单", Columns: []string{"序号", "项目", "责任目标", "提升举措", "责任科室", "状态", "进展", "进展日期"}, Counts: []string{"序号"}}
	p, err := s.Plan(ctx, campaignID)
	for i, d := range p.Duties {
		t.Rows = append(t.Rows, []string{strconv.Itoa(i + 1), d.Project, d.Goal, d.Measure, d.Departments, string(d.State), d.Progress, string(d.ProgressOn)})
	}
	return t, err
}
