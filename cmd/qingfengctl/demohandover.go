package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/report/page"
)

// demoHandovers are the red envelopes of the sample and what becomes of them.
type demoHandovers struct {
	Approver  string `toml:"approver"`
	HandledBy string `toml:"handled_by"`
	Custody   struct {
		At          string `toml:"at"`
		FromKeeper  string `toml:"from_keeper"`
		Keeper      string `toml:"keeper"`
		CoKeeper    string `toml:"co_keeper"`
		KeptAt      string `toml:"kept_at"`
		WitnessedBy string `toml:"witnessed_by"`
	} `toml:"custody"`
	Handovers []struct {
		handoverFile
		RegisteredAt string     `toml:"registered_at"` // "" for when it was handed in
		Steps        []demoStep `toml:"steps"`
	} `toml:"handovers"`
}

// demoStep is something that is done with a handover; Items are written as
// --item of the console is.
type demoStep struct {
	Do       string     `toml:"do"`
	At       string     `toml:"at"`
	Reason   string     `toml:"reason"`
	Kind     string     `toml:"kind"`
	Voucher  string     `toml:"voucher"`
	Signer   string     `toml:"signer"`
	ToldOn   string     `toml:"told_on"`
	ToldHow  string     `toml:"told_how"`
	Proceeds string     `toml:"proceeds"`
	Items    []string   `toml:"items"`
	Wrong    []int      `toml:"wrong"`
	Right    []fileItem `toml:"right"`
}

// demoEvent is something that happens when the sample's clock gets there.
type demoEvent struct {
	at time.Time
	do func(context.Context) error
}

// wait lets days pass, and what happens in them happen.
func (d *demo) wait(ctx context.Context, days int) error {
	return d.until(ctx, d.clock.AddDate(0, 0, days))
}

func (d *demo) until(ctx context.Context, then time.Time) error {
	for len(d.coming) > 0 && !d.coming[0].at.After(then) {
		next := d.coming[0]
		d.coming, d.clock = d.coming[1:], next.at
		if err := next.do(ctx); err != nil {
			return err
		}
	}
	d.clock = then
	return nil
}

// expectHandovers puts everything that becomes of red envelopes in the order of
// time.
func (d *demo) expectHandovers() error {
	var all demoHandovers
	if err := assets.DemoHandovers(&all); err != nil {
		return err
	}
	add := func(at string, do func(context.Context) error) error {
		when, err := time.ParseInLocation("2006-01-02 15:04", at, time.Local)
		d.coming = append(d.coming, demoEvent{when, do})
		return err
	}
	for _, h := range all.Handovers {
		var id int64
		err := add(cmp.Or(h.RegisteredAt, h.HandedAt), func(ctx context.Context) error {
			m, items, err := h.handover(ctx, d.store)
			if err == nil {
				id, _, err = d.store.RegisterHandover(ctx, m, items)
			}
			return err
		})
		for _, step := range h.Steps {
			if err == nil {
				err = add(step.At, func(ctx context.Context) error { return d.handoverStep(ctx, all, id, step) })
			}
		}
		if err != nil {
			return err
		}
	}
	err := add(all.Custody.At, func(ctx context.Context) error { return d.changeCustody(ctx, all) })
	slices.SortStableFunc(d.coming, func(a, b demoEvent) int { return a.at.Compare(b.at) })
	return err
}

func (d *demo) handoverStep(ctx context.Context, all demoHandovers, id int64, step demoStep) error {
	detail, err := d.store.HandoverDetail(ctx, id)
	if err != nil {
		return err
	}
	switch step.Do {
	case "receipt":
		return d.receipt(ctx, id)
	case "void-receipt":
		return d.store.VoidReceipt(ctx, detail.Receipts[len(detail.Receipts)-1].ID, step.Reason)
	case "dispose":
		return d.dispose(ctx, all, id, step)
	case "reverse":
		_, err := d.store.ReverseDisposition(ctx, detail.Dispositions[len(detail.Dispositions)-1].ID, step.Reason)
		return err
	case "correct":
		right, err := fileItems(step.Right)
		if err != nil {
			return err
		}
		wrong, err := itemIDs(detail, step.Wrong)
		if err != nil {
			return err
		}
		return d.store.CorrectHandover(ctx, id, wrong, right, step.Reason)
	case "void":
		return d.store.VoidHandover(ctx, id, step.Reason)
	}
	return fmt.Errorf("no step %q", step.Do)
}

// receipt prints a receipt as soon as it is issued: whoever handed something
// in waits for it.
func (d *demo) receipt(ctx context.Context, id int64) error {
	r, err := d.store.IssueReceipt(ctx, id)
	if err != nil {
		return err
	}
	path := d.path("收据-" + r.FormNo + ".pdf")
	d.files = append(d.files, path)
	_, _, err = printReceipt(ctx, d.store, path, func() (model.Receipt, error) { return r, nil })
	return err
}

// dispose records a disposition; of each kind the first slip is printed.
func (d *demo) dispose(ctx context.Context, all demoHandovers, id int64, step demoStep) error {
	c := handoverDisposeCommand{Kind: step.Kind, Approver: all.Approver, HandledBy: all.HandledBy, Voucher: step.Voucher,
		ToldOn: step.ToldOn, ToldHow: step.ToldHow, Proceeds: step.Proceeds, Item: step.Items}
	m, err := c.disposition(ctx, d.store, id)
	if err != nil {
		return err
	}
	m.Signer = step.Signer
	slip, no, err := d.store.Dispose(ctx, m)
	if err != nil || d.slips[m.Kind] {
		return err
	}
	d.slips[m.Kind] = true
	return d.paper(ctx, export{dispositionSlip, d.path(m.Kind.Rule().SlipTitle + "-" + no + ".pdf"), true}, func(w io.Writer) ([]string, error) {
		return issue.DispositionSlips(ctx, w, d.store, id, []int64{slip}, page.ThisMachine())
	})
}

func (d *demo) changeCustody(ctx context.Context, all demoHandovers) error {
	c := all.Custody
	found, err := d.store.InSafe(ctx, c.FromKeeper)
	if err != nil {
		return err
	}
	var ids []int64
	for _, k := range found {
		ids = append(ids, k.ID)
	}
	d.custody, _, err = d.store.ChangeCustody(ctx, model.Custody{MovedOn: day.Of(d.clock), FromKeeper: c.FromKeeper, Keeper: c.Keeper, CoKeeper: c.CoKeeper,
		KeptAt: c.KeptAt, WitnessedBy: c.WitnessedBy}, ids)
	return err
}

// paper writes a PDF of the sample with its line in the audit trail.
func (d *demo) paper(ctx context.Context, e export, pdf func(io.Writer) ([]string, error)) error {
	d.files = append(d.files, e.path)
	_, err := writePDF(ctx, d.store, e, pdf)
	return err
}

// handoverPapers writes what the office prints of the year's red envelopes.
func (d *demo) handoverPapers(ctx context.Context) error {
	if err := d.wait(ctx, 3); err != nil {
		return err
	}
	today := day.Of(d.clock)
	year := model.Span{From: today[:4] + "-01-01", To: today}
	for _, list := range []struct {
		name string
		of   func() (listing, error)
	}{
		{handoverLedger, func() (listing, error) { return ledgerListing(ctx, d.store, spanLedger(year), false) }},
		{safeSheet, func() (listing, error) { return safeListing(ctx, d.store, "") }},
		{handoverTotals, func() (listing, error) { return totalsListing(ctx, d.store, year) }},
	} {
		l, err := list.of()
		if err != nil {
			return err
		}
		for _, extension := range []string{".pdf", ".xlsx"} {
			path := d.path(list.name + extension)
			if _, err := l.write(ctx, d.store, export{what: list.name, path: path}); err != nil {
				return err
			}
			d.files = append(d.files, path)
		}
	}
	err := d.paper(ctx, export{handoverForm, d.path(handoverForm + ".pdf"), true}, func(w io.Writer) ([]string, error) {
		return issue.HandoverForms(ctx, w, d.store, store.HandoverFilter{From: year.From, To: year.To}, page.ThisMachine())
	})
	if err != nil {
		return err
	}
	return d.paper(ctx, export{what: custodySheet, path: d.path(custodySheet + ".pdf")}, custodyPDF(ctx, d.store, d.custody))
}
