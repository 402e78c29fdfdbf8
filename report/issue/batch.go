// Package issue puts together what the office hands out: it reads the store
// and gives the forms and sheets what they print. Both programs call it. It
// changes no record; that letters were printed, or a list saved, is written
// down by the caller once the paper, or the file, is there.
package issue

import (
	"context"

	"qingfeng/model/store"
	"qingfeng/report/form"
	"qingfeng/report/page"
)

// Options say how numbered forms are printed.
type Options struct {
	Fonts  *page.Fonts // nil = the bundled ones
	Covers bool        // a sheet before each department's forms that lists them
}

// Printed is what was put on paper.
type Printed struct {
	IDs      []int64 // for the store to mark as printed, in the order of the pages
	Reprints int     // how many of them bear 补打
	Warnings []string
}

func (p *Printed) count(id int64, printedBefore int) {
	p.IDs = append(p.IDs, id)
	if printedBefore > 0 {
		p.Reprints++
	}
}

// batch returns a batch of a campaign with no papers yet.
func batch[P form.Paper](ctx context.Context, s *store.Store, campaignID int64, o Options) (form.Batch[P], error) {
	in := form.Batch[P]{Library: s.Assets(), Fonts: o.Fonts, Date: s.Today(), CoverSheets: o.Covers}
	var err error
	if in.Hospital, err = s.Hospital(ctx); err == nil {
		in.Campaign, err = s.Campaign(ctx, campaignID)
	}
	return in, err
}

// add puts a paper into its department's bundle, which is the last or new.
func add[P form.Paper](in *form.Batch[P], department string, heads map[string]string, p P) {
	if n := len(in.Bundles); n == 0 || in.Bundles[n-1].Department != department {
		in.Bundles = append(in.Bundles, form.Bundle[P]{Department: department, Head: heads[department]})
	}
	b := &in.Bundles[len(in.Bundles)-1]
	b.Papers = append(b.Papers, p)
}

// stoppable tells progress and stops at the end of ctx.
func stoppable(ctx context.Context, progress func(done, total int)) func(done, total int) error {
	return func(done, total int) error {
		if progress != nil {
			progress(done, total)
		}
		return ctx.Err()
	}
}

// departmentHeads are the heads of departments by the departments' names.
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
