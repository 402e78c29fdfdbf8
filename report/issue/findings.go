package issue

import (
	"context"
	"io"
	"slices"
	"strconv"
	"time"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/money"
	"qingfeng/model/store"
	"qingfeng/report/form"
	"qingfeng/report/page"
	"qingfeng/report/sheet"
)

// Notices writes the 整改通知书 of a filter's findings, by department, as one
// PDF. ids are for [store.Store.MarkNotified], in the order of the pages; one
// that was printed before bears 补打.
func Notices(ctx context.Context, w io.Writer, s *store.Store, f store.FindingFilter, fonts *page.Fonts) (ids []int64, warnings []string, err error) {
	rows, in, err := findingSheets(ctx, s, f, fonts)
	if err != nil {
		return nil, nil, err
	}
	told, err := form.Notices(w, in)
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return ids, texts(told), err
}

// CloseOutSheets writes the 销号审批单 of a filter's findings, by department.
func CloseOutSheets(ctx context.Context, w io.Writer, s *store.Store, f store.FindingFilter, fonts *page.Fonts) ([]string, error) {
	rows, in, err := findingSheets(ctx, s, f, fonts)
	if err != nil {
		return nil, err
	}
	for i, r := range rows {
		if r.Attachments == 0 {
			continue
		}
		files, err := s.Attachments(ctx, "问题", r.ID)
		if err != nil {
			return nil, err
		}
		for _, a := range files {
			in.Findings[i].Evidence = append(in.Findings[i].Evidence, a.FileName)
		}
	}
	warnings, err := form.CloseOutSheets(w, in)
	return texts(warnings), err
}

// findingSheets are the findings that have a sheet of their own, voided ones
// never.
func findingSheets(ctx context.Context, s *store.Store, f store.FindingFilter, fonts *page.Fonts) ([]store.FindingRow, form.FindingPrint, error) {
	found, err := s.Findings(ctx, f, store.Page{Sort: "department"})
	if err != nil {
		return nil, form.FindingPrint{}, err
	}
	rows := slices.DeleteFunc(found.Items, func(r store.FindingRow) bool { return r.State == model.Withdrawn })
	if len(rows) == 0 {
		return nil, form.FindingPrint{}, model.Errorf(model.Conflict, "没有可以打印的问题：没有登记，或都已作废")
	}
	in, err := findingPrint(ctx, s, rows, fonts)
	return rows, in, err
}

func findingPrint(ctx context.Context, s *store.Store, rows []store.FindingRow, fonts *page.Fonts) (form.FindingPrint, error) {
	in := form.FindingPrint{Library: s.Assets(), Fonts: fonts, Date: s.Today()}
	for _, r := range rows {
		in.Findings = append(in.Findings, form.FindingLine{Finding: r.Finding, Campaign: r.Campaign, Department: r.Department, Person: r.Person, Attached: r.Attachments})
	}
	var err error
	in.Hospital, err = s.Hospital(ctx)
	return in, err
}

// FindingRegister writes the 整改台账 of a filter by number, with totals by
// state.
func FindingRegister(ctx context.Context, w io.Writer, s *store.Store, f store.FindingFilter, fonts *page.Fonts) ([]string, error) {
	found, err := s.Findings(ctx, f, store.Page{Sort: "form_no"})
	if err != nil {
		return nil, err
	}
	in, err := findingPrint(ctx, s, found.Items, fonts)
	if err == nil && !f.AllCampaigns && f.CampaignID != 0 {
		in.Campaign, err = s.Campaign(ctx, f.CampaignID)
	}
	if err != nil {
		return nil, err
	}
	warnings, err := form.FindingRegister(w, in)
	return texts(warnings), err
}

// FindingTable is the 整改台账 for Excel, as the filter and the order of p have
// it. The program reads it back as an older register.
func FindingTable(ctx context.Context, s *store.Store, f store.FindingFilter, p store.Page) (sheet.Table, error) {
	t := sheet.Table{Name: "整改台账", Columns: []string{"编号", "专项行动", "发现日期", "来源", "来源说明", "类别", "级别", "科室", "责任人", "责任领导",
		"问题", "整改措施", "资金", "时限", "预案", "状态", "整改人", "完成情况", "附件数", "验收人", "销号日期", "回头看日期", "反弹次数", "作废原因"},
		Counts: []string{"附件数", "反弹次数"}, Amounts: []string{"资金"}}
	p.Offset, p.Limit = 0, 0
	found, err := s.Findings(ctx, f, p)
	for _, r := range found.Items {
		cost := ""
		if r.FundsFen != 0 {
			cost = money.Yuan(r.FundsFen)
		}
		looked := r.LookBackOn
		if looked == "" {
			looked = r.LookBackDue
		}
		t.Rows = append(t.Rows, []string{r.FormNo, r.Campaign, string(r.FoundOn), r.Source, r.Origin, r.Category, string(r.Level), r.Department,
			r.Person, r.Leader, r.Problem, r.Measure, cost, string(r.DueOn), r.Contingency, string(r.State), r.MendedBy, r.Result,
			strconv.Itoa(r.Attachments), r.AcceptedBy, string(r.AcceptedOn), string(looked), strconv.Itoa(r.Relapses), r.VoidReason})
	}
	return t, err
}

// Week is what the weekly form of a Friday covers: the Saturday after the
// Friday before to this Friday, so that each finding is new in one form only.
// (篇十八 cuts at 11:00 on Fridays; the register knows days.)
func Week(friday day.Date) (model.Span, error) {
	if !friday.Valid() || friday.Time().Weekday() != time.Friday {
		return model.Span{}, model.Errorf(model.Invalid, "周报的截止日应为星期五，%s 不是", friday)
	}
	return model.Span{From: day.Of(friday.Time().AddDate(0, 0, -6)), To: friday}, nil
}

// LastFriday is the end of the last whole week, today when that is a Friday: the
// weekly form that is due.
func LastFriday(today day.Date) day.Date {
	since := (int(today.Time().Weekday()) - int(time.Friday) + 7) % 7
	return day.Of(today.Time().AddDate(0, 0, -since))
}

// Weekly writes the 整改情况周报 of the week that ends on a Friday; campaign 0
// means all.
func Weekly(ctx context.Context, w io.Writer, s *store.Store, campaignID int64, friday day.Date, fonts *page.Fonts) ([]string, error) {
	in, err := weekly(ctx, s, campaignID, friday)
	if err != nil {
		return nil, err
	}
	in.Fonts = fonts
	warnings, err := form.Weekly(w, in)
	return texts(warnings), err
}

// WeeklyTable is the 整改情况周报 for Excel.
func WeeklyTable(ctx context.Context, s *store.Store, campaignID int64, friday day.Date) (sheet.Table, error) {
	in, err := weekly(ctx, s, campaignID, friday)
	if err != nil {
		return sheet.Table{}, err
	}
	columns, rows, err := form.WeeklyRows(in)
	return sheet.Table{Name: "整改情况周报", Columns: columns, Rows: rows, Counts: []string{"序号"}}, err
}

func weekly(ctx context.Context, s *store.Store, campaignID int64, friday day.Date) (form.FindingPrint, error) {
	span, err := Week(friday)
	if err != nil {
		return form.FindingPrint{}, err
	}
	rows, err := s.WeeklyFindings(ctx, campaignID, span)
	if err != nil {
		return form.FindingPrint{}, err
	}
	in, err := findingPrint(ctx, s, rows, nil)
	if err == nil && campaignID != 0 {
		in.Campaign, err = s.Campaign(ctx, campaignID)
	}
	in.Span = span
	return in, err
}
