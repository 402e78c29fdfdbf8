package main

import (
	"context"
	"fmt"
	"io"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/report/page"
)

// What the audit trail calls the papers, as the window does.
const (
	handoverLedger  = "红包上交台账"
	handoverForm    = "红包上交登记表"
	handoverTotals  = "红包上交统计表"
	dispositionSlip = "红包处置单"
	safeSheet       = "保管财物清点表"
	custodySheet    = "保管交接单"
)

type handoverReceiptCommand struct {
	No  string `arg:"" help:"登记号；写收据号就打印那一张，作废的也可以"`
	Out string `required:"" help:"要写的 PDF" placeholder:"文件" type:"path"`
}

func (c *handoverReceiptCommand) Run(ctx context.Context, o *output) error {
	if err := wantsExtension(c.Out, ".pdf"); err != nil {
		return err
	}
	return o.withHandover(ctx, c.No, func(s *store.Store, row store.HandoverRow) error {
		r, warnings, err := printReceipt(ctx, s, c.Out, func() (model.Receipt, error) {
			if numberOf(c.No).Prefix == model.ReceiptPrefix {
				return receiptNumbered(ctx, s, row, c.No)
			}
			return s.IssueReceipt(ctx, row.ID)
		})
		o.warn(warnings)
		if err != nil && r.ID != 0 && r.PrintCount == 0 {
			return o.doneBut("收据 "+r.FormNo+" 已开，但没有打印", err)
		}
		if err != nil {
			return err
		}
		done := map[string]any{"no": r.FormNo, "handover": row.FormNo, "void": r.Voided(), "reprint": r.PrintCount > 0, "file": c.Out}
		return o.result(done, func(w io.Writer) {
			again := ""
			if r.PrintCount > 0 {
				again = "（补打）"
			}
			fmt.Fprintf(w, "收据 %s%s：%s\n", r.FormNo, again, c.Out)
		})
	})
}

// printReceipt writes a receipt, as it was before this printing, and counts the
// printing. A new one is issued only once the file can be written.
func printReceipt(ctx context.Context, s *store.Store, out string, which func() (model.Receipt, error)) (r model.Receipt, warnings []string, err error) {
	err = handedOut(s, out, func(w io.Writer) (err error) {
		if r, err = which(); err != nil {
			return err
		}
		warnings, err = issue.Receipts(ctx, w, s, []int64{r.ID}, page.ThisMachine())
		return err
	}, func() error { return s.MarkReceiptPrinted(ctx, r.ID) })
	return r, warnings, err
}

// receiptNumbered finds a receipt of a handover by its number.
func receiptNumbered(ctx context.Context, s *store.Store, row store.HandoverRow, typed string) (model.Receipt, error) {
	d, err := s.HandoverDetail(ctx, row.ID)
	if err != nil {
		return model.Receipt{}, err
	}
	no := numberOf(typed).String()
	for _, r := range d.Receipts {
		if r.FormNo == no {
			return r, nil
		}
	}
	return model.Receipt{}, model.Errorf(model.NotFound, "找不到收据：%s", no)
}

type handoverReceiptVoidCommand struct {
	No     string `arg:"" help:"收据号"`
	Reason string `required:"" help:"作废原因" placeholder:"原因"`
}

func (c *handoverReceiptVoidCommand) Run(ctx context.Context, o *output) error {
	return o.withHandover(ctx, c.No, func(s *store.Store, row store.HandoverRow) error {
		if numberOf(c.No).Prefix != model.ReceiptPrefix {
			return usageError("这里要写收据号，以 " + model.ReceiptPrefix + " 开头")
		}
		r, err := receiptNumbered(ctx, s, row, c.No)
		if err != nil {
			return err
		}
		if err := s.VoidReceipt(ctx, r.ID, c.Reason); err != nil {
			return err
		}
		return o.result(map[string]any{"no": r.FormNo, "handover": row.FormNo, "void": true}, func(w io.Writer) { fmt.Fprintln(w, "已作废收据", r.FormNo) })
	})
}

type handoverSlipCommand struct {
	No  string `arg:"" help:"处置单号"`
	Out string `required:"" help:"要写的 PDF" placeholder:"文件" type:"path"`
}

func (c *handoverSlipCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		d, err := s.DispositionByNumber(ctx, c.No)
		if err != nil {
			return err
		}
		// The slip names who signs it, mostly the patient, to whom may know that.
		return o.writtenPDF(ctx, s, export{dispositionSlip, c.Out, s.May(model.ReadPlain)}, func(w io.Writer) ([]string, error) {
			return issue.DispositionSlips(ctx, w, s, d.HandoverID, []int64{d.ID}, page.ThisMachine())
		})
	})
}

type handoverFormCommand struct {
	No  []string `arg:"" help:"登记号，可以多个"`
	Out string   `required:"" help:"要写的 PDF" placeholder:"文件" type:"path"`
}

func (c *handoverFormCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		nos, err := handoverNumbers(ctx, s, c.No)
		if err != nil {
			return err
		}
		// The form tells who the patient is and what happened, to whom may know that.
		return o.writtenPDF(ctx, s, export{handoverForm, c.Out, s.May(model.ReadPlain)}, func(w io.Writer) ([]string, error) {
			return issue.HandoverForms(ctx, w, s, store.HandoverFilter{FormNos: nos}, page.ThisMachine())
		})
	})
}
