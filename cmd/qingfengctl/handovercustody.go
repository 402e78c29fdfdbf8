package main

import (
	"context"
	"fmt"
	"io"

	"qingfeng/model"
	"qingfeng/model/money"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/report/page"
)

type handoverSafeCommand struct {
	Keeper string `help:"只要一人保管的" placeholder:"姓名"`
	Out    string `help:"另存为清点表，.pdf 或 .xlsx" placeholder:"文件" type:"path"`
}

// safeReport is what should lie in the safe now.
type safeReport struct {
	AmountFen int64        `json:"amount_fen"`
	Handovers []keptReport `json:"handovers"`
}

type keptReport struct {
	No       string     `json:"no"`
	Keeper   string     `json:"keeper"`
	CoKeeper string     `json:"co_keeper"`
	KeptAt   string     `json:"kept_at"`
	Items    []keptItem `json:"items"`
}

type keptItem struct {
	Category    string `json:"category"`
	Particulars string `json:"particulars"`
	Quantity    int    `json:"quantity"` // 0 of money
	Unit        string `json:"unit"`
	AmountFen   int64  `json:"amount_fen"`
}

func (c *handoverSafeCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		found, err := s.InSafe(ctx, c.Keeper)
		if err != nil {
			return err
		}
		err = o.alsoWritten(ctx, s, export{what: safeSheet, path: c.Out}, func() (listing, error) { return safeListing(ctx, s, c.Keeper) })
		if err != nil {
			return err
		}
		r := safeReport{Handovers: []keptReport{}}
		for _, k := range found {
			h := keptReport{k.FormNo, k.Keeper, k.CoKeeper, k.KeptAt, []keptItem{}}
			for _, b := range k.Balances {
				rest := b.Rest()
				h.Items = append(h.Items, keptItem{string(b.Category), b.Particulars, rest.Quantity, b.Unit, rest.AmountFen})
				r.AmountFen += rest.AmountFen
			}
			r.Handovers = append(r.Handovers, h)
		}
		return o.result(r, r.text)
	})
}

func (r safeReport) text(w io.Writer) {
	for _, h := range r.Handovers {
		fmt.Fprintf(w, "%s\t%s %s\t%s\n", h.No, h.Keeper, h.CoKeeper, h.KeptAt)
		for _, i := range h.Items {
			pieces := ""
			if i.Quantity > 0 {
				pieces = fmt.Sprintf("%d %s", i.Quantity, i.Unit)
			}
			fmt.Fprintf(w, "  %s %s\t%s\t%s 元\n", i.Category, i.Particulars, pieces, money.Yuan(i.AmountFen))
		}
	}
	fmt.Fprintf(w, "应在保管中\t%d 次上交\t%s 元\n", len(r.Handovers), money.Yuan(r.AmountFen))
}

func safeListing(ctx context.Context, s *store.Store, keeper string) (listing, error) {
	table, err := issue.SafeTable(ctx, s, keeper)
	return listing{table, func(w io.Writer) ([]string, error) { return issue.SafeSheet(ctx, w, s, keeper, page.ThisMachine()) }}, err
}

type handoverCustodyCommand struct {
	No         []string `arg:"" optional:"" help:"登记号，可以多个"`
	All        bool     `help:"移交人保管的全部，不写登记号"`
	FromKeeper string   `required:"" help:"移交人" placeholder:"姓名"`
	To         string   `required:"" help:"接收人，今后的保管人" placeholder:"姓名"`
	CoKeeper   string   `help:"共同保管人" placeholder:"姓名"`
	Witness    string   `required:"" help:"监交人" placeholder:"姓名"`
	KeptAt     string   `help:"新的保管位置，缺省不变" placeholder:"位置"`
	On         string   `help:"交接日期，缺省今天" placeholder:"日期"`
	Note       string   `help:"备注" placeholder:"文字"`
	Out        string   `help:"同时打印保管交接单，写成这个 PDF" placeholder:"文件" type:"path"`
}

func (c *handoverCustodyCommand) Run(ctx context.Context, o *output) error {
	if c.All == (c.No != nil) {
		return usageError("请写登记号，或用 --all 交接移交人保管的全部")
	}
	if c.Out != "" {
		if err := wantsExtension(c.Out, ".pdf"); err != nil {
			return err
		}
	}
	return o.withStore(ctx, func(s *store.Store) error {
		on, err := dayOr(s.Today(), "交接日期", c.On)
		if err != nil {
			return err
		}
		ids, err := c.which(ctx, s)
		if err != nil {
			return err
		}
		id, no, err := s.ChangeCustody(ctx, model.Custody{MovedOn: on, FromKeeper: c.FromKeeper, Keeper: c.To, CoKeeper: c.CoKeeper,
			WitnessedBy: c.Witness, KeptAt: c.KeptAt, Note: c.Note}, ids)
		if err != nil {
			return err
		}
		var unprinted error
		if c.Out != "" {
			var warnings []string
			warnings, unprinted = writePDF(ctx, s, export{what: custodySheet, path: c.Out}, custodyPDF(ctx, s, id))
			o.warn(warnings)
		}
		err = o.result(map[string]any{"no": no, "handovers": len(ids)}, func(w io.Writer) {
			fmt.Fprintf(w, "已登记保管交接\t%s\t%d 次上交\n", no, len(ids))
		})
		if err == nil && unprinted != nil {
			err = o.doneBut("交接已登记，但交接单没有打印", unprinted)
		}
		return err
	})
}

// which are the handovers that change hands.
func (c *handoverCustodyCommand) which(ctx context.Context, s *store.Store) (ids []int64, err error) {
	if c.All {
		found, err := s.InSafe(ctx, c.FromKeeper)
		if err == nil && len(found) == 0 {
			err = model.Errorf(model.NotFound, "%s 没有保管红包财物", c.FromKeeper)
		}
		for _, k := range found {
			ids = append(ids, k.ID)
		}
		return ids, err
	}
	rows, err := handoversNumbered(ctx, s, c.No)
	for _, row := range rows {
		ids = append(ids, row.ID)
	}
	return ids, err
}

func custodyPDF(ctx context.Context, s *store.Store, id int64) func(io.Writer) ([]string, error) {
	return func(w io.Writer) ([]string, error) { return issue.CustodySheet(ctx, w, s, id, page.ThisMachine()) }
}

type handoverCustodiesCommand struct{}

func (c *handoverCustodiesCommand) Run(ctx context.Context, o *output) error {
	type row struct {
		No        string `json:"no"`
		On        string `json:"on"`
		From      string `json:"from"`
		To        string `json:"to"`
		CoKeeper  string `json:"co_keeper"`
		Witness   string `json:"witness"`
		KeptAt    string `json:"kept_at"`
		Handovers int    `json:"handovers"`
	}
	return o.withStore(ctx, func(s *store.Store) error {
		found, err := s.Custodies(ctx, store.Page{})
		if err != nil {
			return err
		}
		rows := make([]row, len(found.Items))
		for i, m := range found.Items {
			rows[i] = row{m.FormNo, string(m.MovedOn), m.FromKeeper, m.Keeper, m.CoKeeper, m.WitnessedBy, m.KeptAt, m.Handovers}
		}
		return o.result(rows, func(w io.Writer) {
			for _, r := range rows {
				fmt.Fprintf(w, "%s\t%s\t%s 交 %s %s\t监交 %s\t%d 次上交\t%s\n", r.No, r.On, r.From, r.To, r.CoKeeper, r.Witness, r.Handovers, r.KeptAt)
			}
		})
	})
}

type handoverCustodySheetCommand struct {
	No  string `arg:"" help:"交接号"`
	Out string `required:"" help:"要写的 PDF" placeholder:"文件" type:"path"`
}

func (c *handoverCustodySheetCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		m, err := s.CustodyByNumber(ctx, c.No)
		if err != nil {
			return err
		}
		return o.writtenPDF(ctx, s, export{what: custodySheet, path: c.Out}, custodyPDF(ctx, s, m.ID))
	})
}
