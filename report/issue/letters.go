// Package issue puts together what the office hands out: it reads the store
// and gives the forms and sheets what they print. Both programs call it. It
// changes no record; that letters were printed, or a list saved, is written
// down by the caller once the paper, or the file, is there.
package issue

import (
	"context"
	"io"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/form"
	"qingfeng/report/page"
)

// Options say how letters are printed.
type Options struct {
	Fonts  *page.Fonts // nil = the bundled ones
	Covers bool        // a sheet before each department's letters that lists them
}

// Printed is what [Commitments] put on paper.
type Printed struct {
	IDs      []int64 // for [store.Store.MarkPrinted], in the order of the pages
	Reprints int     // how many of them bear 补打
	Warnings []string
}

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
	in := form.CommitmentPrint{Library: s.Assets(), Fonts: o.Fonts, Date: s.Today(), CoverSheets: o.Covers}
	if in.Hospital, err = s.Hospital(ctx); err != nil {
		return out, err
	}
	if in.Campaign, err = s.Campaign(ctx, f.CampaignID); err != nil {
		return out, err
	}
	if in.Bundles, err = bundles(ctx, s, rows); err != nil {
		return out, err
	}
	for _, r := range rows {
		out.IDs = append(out.IDs, r.ID)
		if r.PrintCount > 0 {
			out.Reprints++
		}
	}
	warnings, err := form.Commitments(w, in, func(done, total int) error {
		if progress != nil {
			progress(done, total)
		}
		return ctx.Err()
	})
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
	rows := found.Items[:0]
	for _, r := range found.Items {
		if r.State == model.Voided || r.State == model.Excused && !named {
			continue
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// bundles groups sorted letters by the department that hands them out. Letters
// of suppliers and works belong to no department and form one bundle.
func bundles(ctx context.Context, s *store.Store, rows []store.CommitmentRow) ([]form.Bundle, error) {
	heads, err := departmentHeads(ctx, s)
	if err != nil {
		return nil, err
	}
	var out []form.Bundle
	for _, r := range rows {
		name := unit(r)
		if len(out) == 0 || out[len(out)-1].Department != name {
			out = append(out, form.Bundle{Department: name, Head: heads[name]})
		}
		b := &out[len(out)-1]
		b.Letters = append(b.Letters, letterOf(r, b.Head))
	}
	return out, nil
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

func departmentHeads(ctx context.Context, s *store.Store) (map[string]string, error) {
	found, err := s.Departments(ctx, store.DepartmentFilter{Closed: true}, store.Page{})
	if err != nil {
		return nil, err
	}
	out := make(map[string]string, len(found.Items))
	for _, d := range found.Items {
		out[d.Name] = d.Head
	}
	return out, nil
}

func texts(warnings []page.Warning) []string {
	var out []string
	for _, w := range warnings {
		out = append(out, w.String())
	}
	return out
}
