package issue

import (
	"context"
	"io"
	"slices"
	"strconv"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/form"
	"qingfeng/report/page"
	"qingfeng/report/sheet"
)

// SelfChecks writes the self-check forms of a filter as one PDF, in the order
// of [PrintableSelfChecks]. Forms to print must exist already
// ([store.Store.MakeSelfChecks]). progress may be nil; the end of ctx stops the
// work.
func SelfChecks(ctx context.Context, w io.Writer, s *store.Store, f store.SelfCheckFilter, o Options, progress func(done, total int)) (Printed, error) {
	var out Printed
	rows, err := PrintableSelfChecks(ctx, s, f)
	if err != nil {
		return out, err
	}
	if len(rows) == 0 {
		return out, model.Errorf(model.Conflict, "没有可以打印的自查表：都已作废或免查，或还没有生成")
	}
	write := personalSelfChecks
	if f.Kind == model.DepartmentSelfCheck {
		write = departmentSelfChecks
	}
	warnings, err := write(ctx, w, s, f.CampaignID, rows, o, stoppable(ctx, progress))
	if err != nil {
		return out, err
	}
	for _, r := range rows {
		out.count(r.ID, r.PrintCount)
	}
	out.Warnings = texts(warnings)
	return out, nil
}

// PrintableSelfChecks returns the forms of a filter that [SelfChecks] prints:
// by department, leaders and key posts first, then by 工号. Voided forms are
// never printed, and excused ones only when the filter names them by state or
// form number.
func PrintableSelfChecks(ctx context.Context, s *store.Store, f store.SelfCheckFilter) ([]store.SelfCheckRow, error) {
	found, err := s.SelfChecks(ctx, f, store.Page{Sort: "department"})
	if err != nil {
		return nil, err
	}
	named := f.FormNos != nil || f.State == model.Exempt
	rows := slices.DeleteFunc(found.Items, func(r store.SelfCheckRow) bool {
		return r.State == model.Voided || r.State == model.Exempt && !named
	})
	var out []store.SelfCheckRow
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].SignerDepartmentID == rows[0].SignerDepartmentID {
			n++
		}
		for _, first := range []bool{true, false} {
			for _, r := range rows[:n] {
				if r.Priority == first {
					out = append(out, r)
				}
			}
		}
		rows = rows[n:]
	}
	return out, nil
}

func personalSelfChecks(ctx context.Context, w io.Writer, s *store.Store, campaignID int64, rows []store.SelfCheckRow, o Options, progress func(done, total int) error) ([]page.Warning, error) {
	in, err := batch[form.SelfCheck](ctx, s, campaignID, o)
	if err != nil {
		return nil, err
	}
	heads, err := departmentHeads(ctx, s)
	if err != nil {
		return nil, err
	}
	plan, err := s.Plan(ctx, campaignID)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		add(&in, r.Department, heads, form.SelfCheck{FormNo: r.FormNo, Name: r.Name, EmployeeNo: r.EmployeeNo, Department: r.Department,
			Post: r.Post, Position: r.Position, Title: r.Title, Reprint: r.PrintCount > 0})
	}
	return form.SelfChecks(w, in, plan.Items, progress)
}

func departmentSelfChecks(ctx context.Context, w io.Writer, s *store.Store, campaignID int64, rows []store.SelfCheckRow, o Options, progress func(done, total int) error) ([]page.Warning, error) {
	in, err := batch[form.DepartmentSelfCheck](ctx, s, campaignID, o)
	if err != nil {
		return nil, err
	}
	heads, err := departmentHeads(ctx, s)
	if err != nil {
		return nil, err
	}
	said, err := departmentsSay(ctx, s, campaignID)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		c := said.of(r.DepartmentID)
		c.FormNo, c.Department, c.Gaps, c.Reprint = r.FormNo, r.Department, r.Gaps, r.PrintCount > 0
		add(&in, r.Department, heads, c)
	}
	return form.DepartmentSelfChecks(w, in, progress)
}

// Unchecked writes the 未查名单 of a campaign and kind, of one department or of
// leaders and key posts when the filter says so, as PDF. Those for whom no form
// was made yet are on it. The texts tell what should be looked at on the paper.
func Unchecked(ctx context.Context, w io.Writer, s *store.Store, f store.SelfCheckFilter, fonts *page.Fonts) ([]string, error) {
	rows, err := unchecked(ctx, s, f)
	if err != nil {
		return nil, err
	}
	in := form.MissingPrint{Fonts: fonts, Title: uncheckedTitle(f), Missing: "未查"}
	return missingList(ctx, w, s, f.CampaignID, in, rows, func(r store.SelfCheckRow) (string, model.Paper, string, string) {
		return r.Department, r.Paper, r.Name, r.EmployeeNo
	})
}

func uncheckedTitle(f store.SelfCheckFilter) string {
	if f.Priority {
		return "领导和重点岗位自查未查名单"
	}
	return f.Kind.Label() + "自查未查名单"
}

func unchecked(ctx context.Context, s *store.Store, f store.SelfCheckFilter) ([]store.SelfCheckRow, error) {
	rows, err := s.Unchecked(ctx, f)
	for i := range rows {
		if rows[i].FormNo == "" {
			rows[i].State, rows[i].Kind = noLetter, f.Kind
		}
	}
	return rows, err
}

// UncheckedTable is the 未查名单 for Excel.
func UncheckedTable(ctx context.Context, s *store.Store, f store.SelfCheckFilter) (sheet.Table, error) {
	rows, err := unchecked(ctx, s, f)
	return selfCheckTable("未查名单", rows), err
}

// SelfCheckListTable is a list of forms for Excel, as the filter and the order
// of p have it.
func SelfCheckListTable(ctx context.Context, s *store.Store, f store.SelfCheckFilter, p store.Page) (sheet.Table, error) {
	p.Offset, p.Limit = 0, 0
	found, err := s.SelfChecks(ctx, f, p)
	return selfCheckTable("自查表", found.Items), err
}

func selfCheckTable(name string, rows []store.SelfCheckRow) sheet.Table {
	t := sheet.Table{Name: name, Columns: []string{"编号", "类别", "科室", "姓名（名称）", "工号", "岗位类别", "职务", "职称",
		"打印日期", "打印次数", "交回日期", "补查", "有问题项数", "状态", "说明"}, Counts: []string{"打印次数", "有问题项数"}}
	for _, r := range rows {
		prints, problems, late := "", "", ""
		if r.PrintCount > 0 {
			prints = strconv.Itoa(r.PrintCount)
		}
		if r.State == model.Returned {
			problems = strconv.Itoa(r.Problems)
		}
		if r.Late {
			late = "是"
		}
		t.Rows = append(t.Rows, []string{r.FormNo, r.Kind.Label(), r.Department, r.Name, r.EmployeeNo, r.Post, r.Position, r.Title,
			string(r.PrintedOn), prints, string(r.ReturnedOn), late, problems, string(r.State), r.Note()})
	}
	return t
}

// SelfCheckSummary writes the 自查自纠汇总表 (附表2) of a campaign as PDF.
func SelfCheckSummary(ctx context.Context, w io.Writer, s *store.Store, campaignID int64, fonts *page.Fonts) ([]string, error) {
	in := form.SelfCheckSummaryPrint{Library: s.Assets(), Fonts: fonts, Date: s.Today()}
	var err error
	if in.Hospital, err = s.Hospital(ctx); err != nil {
		return nil, err
	}
	if in.Campaign, err = s.Campaign(ctx, campaignID); err != nil {
		return nil, err
	}
	if in.Summary, err = s.SelfCheckSummary(ctx, campaignID); err != nil {
		return nil, err
	}
	warnings, err := form.SelfCheckSummary(w, in)
	return texts(warnings), err
}

// SelfCheckSummaryTables is the summary for Excel: 汇总, 按项目, 按科室.
func SelfCheckSummaryTables(ctx context.Context, s *store.Store, campaignID int64) ([]sheet.Table, error) {
	sum, err := s.SelfCheckSummary(ctx, campaignID)
	if err != nil {
		return nil, err
	}
	return form.SelfCheckTables(s.Assets(), sum)
}
