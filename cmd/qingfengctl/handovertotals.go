package main

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"qingfeng/model"
	"qingfeng/model/money"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/report/page"
)

type handoverTotalsCommand struct {
	period `embed:""`
	Out    string `help:"另存为 .pdf 或 .xlsx" placeholder:"文件" type:"path"`
}

type totalReport struct {
	Name      string `json:"name"`
	Count     int    `json:"count"`
	Quantity  int    `json:"quantity,omitempty"`
	AmountFen int64  `json:"amount_fen"`
}

func totalReports(all []store.HandoverTotal) []totalReport {
	out := make([]totalReport, len(all))
	for i, t := range all {
		out[i] = totalReport{t.Name, t.Count, t.Quantity, t.AmountFen}
	}
	return out
}

// totalsReport are the sums of a span: of what came in in it, and of what was
// disposed of in it.
type totalsReport struct {
	From         string        `json:"from"`
	To           string        `json:"to"`
	Handovers    int           `json:"handovers"`
	Named        int           `json:"named"`
	Anonymous    int           `json:"anonymous"`
	People       int           `json:"people"`
	Late         int           `json:"late"`
	Unjudged     int           `json:"unjudged"`
	AmountFen    int64         `json:"amount_fen"`
	LeftFen      int64         `json:"left_fen"`
	DisposedFen  int64         `json:"disposed_fen"`
	Categories   []totalReport `json:"categories"`
	Givers       []totalReport `json:"givers"`
	Months       []totalReport `json:"months"`
	Dispositions []totalReport `json:"dispositions"`
}

func (c *handoverTotalsCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		on, err := c.span(s.Today())
		if err != nil {
			return err
		}
		t, err := s.HandoverTotals(ctx, on)
		if err != nil {
			return err
		}
		err = o.alsoWritten(ctx, s, export{what: handoverTotals, path: c.Out}, func() (listing, error) { return totalsListing(ctx, s, on) })
		if err != nil {
			return err
		}
		r := totalsReport{string(on.From), string(on.To), t.Handovers, t.Named, t.Anonymous, t.People, t.Late, t.Unjudged, t.AmountFen, t.LeftFen,
			t.DisposedFen, totalReports(t.Categories), totalReports(t.Givers), totalReports(t.Months), totalReports(t.Dispositions)}
		return o.result(r, r.text)
	})
}

func (r totalsReport) text(w io.Writer) {
	fmt.Fprintf(w, "%s 至 %s　上交 %d 次（实名 %d，匿名 %d），%d 人，计 %s 元；逾期 %d，未判 %d\n", r.From, r.To, r.Handovers, r.Named, r.Anonymous, r.People,
		money.Yuan(r.AmountFen), r.Late, r.Unjudged)
	fmt.Fprintf(w, "其中还没有处置 %s 元；这段时间处置 %s 元\n", money.Yuan(r.LeftFen), money.Yuan(r.DisposedFen))
	for _, table := range []struct {
		title string
		rows  []totalReport
	}{{"财物类别", r.Categories}, {"送方", r.Givers}, {"月份", r.Months}, {"处置方式", r.Dispositions}} {
		for _, t := range table.rows {
			pieces := ""
			if t.Quantity > 0 {
				pieces = "\t数量 " + strconv.Itoa(t.Quantity)
			}
			fmt.Fprintf(w, "%s\t%s\t%d 次%s\t%s 元\n", table.title, t.Name, t.Count, pieces, money.Yuan(t.AmountFen))
		}
	}
}

func totalsListing(ctx context.Context, s *store.Store, on model.Span) (listing, error) {
	table, err := issue.TotalsTable(ctx, s, on)
	return listing{table, func(w io.Writer) ([]string, error) { return issue.TotalsSheet(ctx, w, s, on, page.ThisMachine()) }}, err
}
