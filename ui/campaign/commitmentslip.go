package campaign

import (
	"context"
	"io"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/report/issue"
)

// letterStore is the store's side of commitment letters.
type letterStore struct{ *store.Store }

// slipOf is a letter as the parts shared with self-checks know it.
func slipOf(r letter) slip {
	return slip{Paper: r.Paper, name: r.Name, employeeNo: r.EmployeeNo, department: r.Department, post: r.Post, calls: calls(r)}
}

func letterFilter(sc scope) store.CommitmentFilter {
	return store.CommitmentFilter{CampaignID: sc.campaignID, Kind: model.CommitmentKind(sc.kind), DepartmentID: sc.departmentID,
		State: sc.state, Missing: sc.missing, FormNos: sc.formNos}
}

func (s letterStore) words() slipWords {
	return slipWords{noun: letterRecord, excused: model.Excused, missing: "未签", act: "签", taking: "登记交回",
		except: "在没有交回的人前面打勾，其余的登记为已交回。", sample: "CN-2026-00307-09"}
}

func (s letterStore) kindLabel(kind string) string { return model.CommitmentKind(kind).Label() }

func (s letterStore) figures(ctx context.Context, campaignID int64, kind string) (figures, error) {
	out, k := figures{kind: kind}, model.CommitmentKind(kind)
	all, err := s.Commitments(ctx, store.CommitmentFilter{CampaignID: campaignID, Kind: k}, store.Page{Limit: 1})
	if err != nil {
		return out, err
	}
	out.all = all.Total
	if out.without, err = s.WithoutCommitment(ctx, campaignID, k); err != nil {
		return out, err
	}
	out.rate, _, err = s.CommitmentRates(ctx, campaignID, k)
	return out, err
}

func (s letterStore) list(ctx context.Context, sc scope, p store.Page) ([]slip, int, error) {
	found, err := s.Commitments(ctx, letterFilter(sc), p)
	return mapped(found.Items, slipOf), found.Total, err
}

func (s letterStore) byNumber(ctx context.Context, typed string) (slip, error) {
	r, err := s.CommitmentByNumber(ctx, typed)
	return slipOf(r), err
}

func (s letterStore) without(ctx context.Context, sc scope) (int, error) {
	unsigned, err := s.Unsigned(ctx, letterFilter(sc))
	n := 0
	for _, r := range unsigned {
		if r.FormNo == "" {
			n++
		}
	}
	return n, err
}

func (s letterStore) make(ctx context.Context, campaignID int64, kind string) (int, error) {
	return s.MakeCommitments(ctx, campaignID, model.CommitmentKind(kind))
}

func (s letterStore) printable(ctx context.Context, sc scope) ([]slip, error) {
	rows, err := issue.Printable(ctx, s.Store, letterFilter(sc))
	return mapped(rows, slipOf), err
}

func (s letterStore) print(ctx context.Context, w io.Writer, sc scope, o issue.Options, progress func(done, total int)) (issue.Printed, error) {
	return issue.Commitments(ctx, w, s.Store, letterFilter(sc), o, progress)
}

func (s letterStore) markPrinted(ctx context.Context, ids []int64) error {
	return s.MarkPrinted(ctx, ids)
}

func (s letterStore) takeBack(ctx context.Context, campaignID int64, nos []string, on day.Date) ([]taken, error) {
	results, err := s.ReturnCommitments(ctx, campaignID, nos, on)
	return mapped(results, func(r store.ReturnResult) taken { return taken{r.FormNo, slipOf(r.Row), r.Problem} }), err
}

func (s letterStore) takeBackDepartment(ctx context.Context, sc scope, except []string, on day.Date) (int, error) {
	return s.ReturnDepartment(ctx, letterFilter(sc), except, on)
}

func (s letterStore) departments(ctx context.Context, campaignID int64) ([]model.DepartmentRate, error) {
	_, rows, err := s.CommitmentRates(ctx, campaignID, model.PersonalCommitment)
	return rows, err
}

func (s letterStore) excuse(ctx context.Context, id int64, reason string, until day.Date) error {
	return s.ExcuseCommitment(ctx, id, reason, until)
}

func (s letterStore) reopen(ctx context.Context, id int64, reason string) error {
	return s.ReopenCommitment(ctx, id, reason)
}

func (s letterStore) void(ctx context.Context, id int64, reason string) error {
	return s.VoidCommitment(ctx, id, reason)
}

func (s letterStore) renew(ctx context.Context, id int64) (string, error) {
	return s.RenewCommitment(ctx, id)
}
