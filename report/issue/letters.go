package issue

import (
	"context"
	"io"
	"slices"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/form"
)

// Commitments writes the letters of a filter as one PDF, sorted as the office
// hands them out: by department, then by 工号. Letters to print must exist
// already ([store.Store.MakeCommitments]). Voided letters are never printed,
// and excused ones only when the filter names them by state or form number.
// progress may be nil; the end of ctx stops the work.
func Commitments(ctx context.Context, w io.Writer, s *store.Store, f store.CommitmentFilter, o Options, progress func(done, total int)) (Printed, error) {
	var out Printed
	rows, err := Printable(ctx, s, f)
	if err != nil {
		return out, err
	}
	if len(rows) == 0 {
		return out, model.Errorf(model.Conflict, "没有可以打印的承诺书：都已作废或免签，或还没有生成")
	}
	in, err := batch[form.Letter](ctx, s, f.CampaignID, o)
	if err != nil {
		return out, err
	}
	heads, err := departmentHeads(ctx, s)
	if err != nil {
		return out, err
	}
	for _, r := range rows {
		add(&in, unit(r), heads, letterOf(r, heads[unit(r)]))
		out.count(r.ID, r.PrintCount)
	}
	warnings, err := form.Commitments(w, in, stoppable(ctx, progress))
	out.Warnings = texts(warnings)
	return out, err
}

// Printable returns the letters of a filter that [Commitments] prints, in its
// order.
func Printable(ctx context.Context, s *store.Store, f store.CommitmentFilter) ([]store.CommitmentRow, error) {
	sort := "department"
	if f.Kind == model.SupplierCommitment || f.Kind == model.WorksCommitment {
		sort = "form_no"
	}
	found, err := s.Commitments(ctx, f, store.Page{Sort: sort})
	if err != nil {
		return nil, err
	}
	named := f.FormNos != nil || f.State == model.Excused
	return slices.DeleteFunc(found.Items, func(r store.CommitmentRow) bool {
		return r.State == model.Voided || r.State == model.Excused && !named
	}), nil
}

// unit is where a row stands in papers grouped by department.
func unit(r store.CommitmentRow) string {
	switch r.Kind {
	case model.SupplierCommitment, model.WorksCommitment:
		return r.Kind.Label()
	}
	return r.Department
}

func letterOf(r store.CommitmentRow, head string) form.Letter {
	l := form.Letter{FormNo: r.FormNo, Kind: r.Kind, Name: r.Name, EmployeeNo: r.EmployeeNo, Department: r.Department,
		Post: r.Post, Title: r.Title, PartyName: r.PartyName, PartyCode: r.PartyCode, PartyPerson: r.PartyPerson,
		Reprint: r.PrintCount > 0}
	if r.Kind == model.DepartmentCommitment {
		l.Name = head
	}
	return l
}
