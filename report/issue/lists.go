package issue

import (
	"context"
	"io"
	"strconv"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/form"
	"qingfeng/report/page"
	"qingfeng/report/sheet"
)

// noLetter stands in lists where a signer has no letter yet.
const noLetter model.PaperState = "未生成"

// Missing writes the 未签名单 of a campaign and kind, of one department when
// the filter names one, as PDF. Those for whom no letter was made yet are on
// it. The texts tell what should be looked at on the paper.
func Missing(ctx context.Context, w io.Writer, s *store.Store, f store.CommitmentFilter, fonts *page.Fonts) ([]string, error) {
	rows, err := unsigned(ctx, s, f)
	if err != nil {
		return nil, err
	}
	in := form.MissingPrint{Fonts: fonts, Title: f.Kind.Label() + "承诺书未签名单", Missing: "未签"}
	return missingList(ctx, w, s, f.CampaignID, in, rows, func(r store.CommitmentRow) (string, model.Paper, string, string) {
		return unit(r), r.Paper, r.Name, r.EmployeeNo
	})
}

// missingList prints rows, which come department by department, as a list of
// those whose papers are not back. Why a paper is not back does not hang on a
// wall.
func missingList[R any](ctx context.Context, w io.Writer, s *store.Store, campaignID int64, in form.MissingPrint, rows []R,
	of func(R) (department string, p model.Paper, name, employeeNo string)) ([]string, error) {
	in.Date = s.Today()
	var err error
	if in.Hospital, err = s.Hospital(ctx); err != nil {
		return nil, err
	}
	if in.Campaign, err = s.Campaign(ctx, campaignID); err != nil {
		return nil, err
	}
	for _, r := range rows {
		department, p, name, no := of(r)
		if n := len(in.Departments); n == 0 || in.Departments[n-1].Department != department {
			in.Departments = append(in.Departments, form.MissingDepartment{Department: department})
		}
		d := &in.Departments[len(in.Departments)-1]
		d.Papers = append(d.Papers, form.MissingPaper{FormNo: p.FormNo, Name: name, EmployeeNo: no, State: p.State})
	}
	warnings, err := form.MissingList(w, in)
	return texts(warnings), err
}

func unsigned(ctx context.Context, s *store.Store, f store.CommitmentFilter) ([]store.CommitmentRow, error) {
	rows, err := s.Unsigned(ctx, f)
	for i := range rows {
		if rows[i].FormNo == "" {
			rows[i].State, rows[i].Kind = noLetter, f.Kind
		}
	}
	return rows, err
}

// MissingTable is the 未签名单 for Excel.
func MissingTable(ctx context.Context, s *store.Store, f store.CommitmentFilter) (sheet.Table, error) {
	rows, err := unsigned(ctx, s, f)
	return letterTable("未签名单", rows), err
}

// ListTable is a list of letters for Excel, as the filter and the order of p
// have it.
func ListTable(ctx context.Context, s *store.Store, f store.CommitmentFilter, p store.Page) (sheet.Table, error) {
	p.Offset, p.Limit = 0, 0
	found, err := s.Commitments(ctx, f, p)
	return letterTable("承诺书", found.Items), err
}

func letterTable(name string, rows []store.CommitmentRow) sheet.Table {
	t := sheet.Table{Name: name, Columns: []string{"编号", "类别", "科室", "姓名（名称）", "工号", "岗位类别", "职务",
		"统一社会信用代码", "代表人", "打印日期", "打印次数", "交回日期", "状态", "说明"}, Counts: []string{"打印次数"}}
	for _, r := range rows {
		count := ""
		if r.PrintCount > 0 {
			count = strconv.Itoa(r.PrintCount)
		}
		t.Rows = append(t.Rows, []string{r.FormNo, r.Kind.Label(), r.Department, r.Name, r.EmployeeNo, r.Post, r.Position,
			r.PartyCode, r.PartyPerson, string(r.PrintedOn), count, string(r.ReturnedOn), string(r.State), r.Note()})
	}
	return t
}

// Rates writes the 签订率 of a campaign and kind by department as PDF.
func Rates(ctx context.Context, w io.Writer, s *store.Store, campaignID int64, kind model.CommitmentKind, fonts *page.Fonts) ([]string, error) {
	in := form.RatePrint{Fonts: fonts, Kind: kind, Date: s.Today()}
	var err error
	if in.Hospital, err = s.Hospital(ctx); err != nil {
		return nil, err
	}
	if in.Campaign, err = s.Campaign(ctx, campaignID); err != nil {
		return nil, err
	}
	if _, in.Departments, err = s.CommitmentRates(ctx, campaignID, kind); err != nil {
		return nil, err
	}
	warnings, err := form.RateTable(w, in)
	return texts(warnings), err
}

// RatesTable is the 签订率 by department for Excel, with a line of totals.
func RatesTable(ctx context.Context, s *store.Store, campaignID int64, kind model.CommitmentKind) (sheet.Table, error) {
	t := sheet.Table{Name: "签订率", Columns: []string{"科室", "应签", "已交回", "免签", "未交回", "签订率"},
		Counts: []string{"应签", "已交回", "免签", "未交回"}}
	sum, rows, err := s.CommitmentRates(ctx, campaignID, kind)
	add := func(name string, r model.Rate) {
		t.Rows = append(t.Rows, []string{name, strconv.Itoa(r.Expected), strconv.Itoa(r.Returned), strconv.Itoa(r.Excused),
			strconv.Itoa(r.Missing), r.String()})
	}
	for _, r := range rows {
		add(r.Department, r.Rate)
	}
	add("合计", sum)
	return t, err
}
