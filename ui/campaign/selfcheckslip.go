package campaign

import (
	"context"
	"io"
	"sync/atomic"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/report/issue"
)

// checkStore is the store's side of self-check forms. late is whether forms
// are taken back that come after the phase of self-checks; the dialogs read it
// off the UI goroutine.
type checkStore struct {
	*store.Store
	late *atomic.Bool
}

// slipOfCheck is a self-check form as the parts shared with letters know it.
func slipOfCheck(r selfCheck) slip {
	return slip{Paper: r.Paper, name: r.Name, employeeNo: r.EmployeeNo, department: r.Department, post: r.Post, calls: callsCheck(r)}
}

func checkFilter(sc scope) store.SelfCheckFilter {
	return store.SelfCheckFilter{CampaignID: sc.campaignID, Kind: model.SelfCheckKind(sc.kind), DepartmentID: sc.departmentID,
		State: sc.state, Missing: sc.missing, FormNos: sc.formNos}
}

func (s checkStore) words() slipWords {
	return slipWords{noun: checkRecord, excused: model.Exempt, missing: "未查", act: "查", taking: "登记交回（无问题）",
		except: "在没有交回的、有问题的人前面打勾，其余的登记为无问题。", sample: "ZC-2026-00307-09"}
}

func (s checkStore) kindLabel(kind string) string { return model.SelfCheckKind(kind).Label() }

func (s checkStore) figures(ctx context.Context, campaignID int64, kind string) (figures, error) {
	out := figures{kind: kind}
	err := s.rates(ctx, campaignID, &out)
	if err != nil {
		return out, err
	}
	if out.without, err = s.WithoutSelfCheck(ctx, campaignID, model.SelfCheckKind(kind)); err != nil {
		return out, err
	}
	out.all = out.rate.Expected - out.without // who is expected has a form, or is without one
	plan, err := s.Plan(ctx, campaignID)
	out.phase = plan.SelfChecks()
	return out, err
}

func (s checkStore) rates(ctx context.Context, campaignID int64, to *figures) error {
	if to.kind == personal {
		sum, err := s.SelfCheckSummary(ctx, campaignID) // both rates from one count
		to.rate, to.priority = sum.Rate, sum.Priority.Rate
		return err
	}
	rate, _, err := s.SelfCheckRates(ctx, campaignID, model.SelfCheckKind(to.kind))
	to.rate = rate.Rate
	return err
}

func (s checkStore) list(ctx context.Context, sc scope, p store.Page) ([]slip, int, error) {
	found, err := s.SelfChecks(ctx, checkFilter(sc), p)
	return mapped(found.Items, slipOfCheck), found.Total, err
}

func (s checkStore) byNumber(ctx context.Context, typed string) (slip, error) {
	r, err := s.SelfCheckByNumber(ctx, typed)
	return slipOfCheck(r), err
}

func (s checkStore) without(ctx context.Context, sc scope) (int, error) {
	unchecked, err := s.Unchecked(ctx, checkFilter(sc))
	n := 0
	for _, r := range unchecked {
		if r.FormNo == "" {
			n++
		}
	}
	return n, err
}

func (s checkStore) make(ctx context.Context, campaignID int64, kind string) (int, error) {
	return s.MakeSelfChecks(ctx, campaignID, model.SelfCheckKind(kind))
}

func (s checkStore) printable(ctx context.Context, sc scope) ([]slip, error) {
	rows, err := issue.PrintableSelfChecks(ctx, s.Store, checkFilter(sc))
	return mapped(rows, slipOfCheck), err
}

func (s checkStore) print(ctx context.Context, w io.Writer, sc scope, o issue.Options, progress func(done, total int)) (issue.Printed, error) {
	return issue.SelfChecks(ctx, w, s.Store, checkFilter(sc), o, progress)
}

func (s checkStore) markPrinted(ctx context.Context, ids []int64) error {
	return s.MarkSelfChecksPrinted(ctx, ids)
}

func (s checkStore) takeBack(ctx context.Context, campaignID int64, nos []string, on day.Date) ([]taken, error) {
	results, err := s.ReturnSelfChecks(ctx, campaignID, nos, on, s.late.Load())
	return mapped(results, func(r store.SelfCheckResult) taken { return taken{r.FormNo, slipOfCheck(r.Row), r.Problem} }), err
}

func (s checkStore) takeBackDepartment(ctx context.Context, sc scope, except []string, on day.Date) (int, error) {
	return s.ReturnSelfCheckDepartment(ctx, checkFilter(sc), except, on, s.late.Load())
}

func (s checkStore) departments(ctx context.Context, campaignID int64) ([]model.DepartmentRate, error) {
	_, rows, err := s.SelfCheckRates(ctx, campaignID, model.PersonalSelfCheck)
	return mapped(rows, func(r model.DepartmentSelfCheckRate) model.DepartmentRate {
		return model.DepartmentRate{ID: r.ID, Department: r.Department, Rate: r.Rate}
	}), err
}

func (s checkStore) excuse(ctx context.Context, id int64, reason string, until day.Date) error {
	return s.ExcuseSelfCheck(ctx, id, reason, until)
}

func (s checkStore) reopen(ctx context.Context, id int64, reason string) error {
	return s.ReopenSelfCheck(ctx, id, reason)
}

func (s checkStore) void(ctx context.Context, id int64, reason string) error {
	return s.VoidSelfCheck(ctx, id, reason)
}

func (s checkStore) renew(ctx context.Context, id int64) (string, error) {
	return s.RenewSelfCheck(ctx, id)
}
