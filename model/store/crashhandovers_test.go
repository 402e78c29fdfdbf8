package store

import (
	"context"
	"fmt"
	"testing"

	"qingfeng/model"
	"qingfeng/model/day"
)

// The writer's steps with red envelopes. A handover's fact is what came in,
// what left and how many receipts it has had; that of a disposition its sum.

func handoverFact(amount, disposed int64, receipts int) string {
	return fmt.Sprintf("%d %d %d", amount, disposed, receipts)
}

func (w *writer) handover(no string) (amount, disposed int64, receipts int) {
	fmt.Sscan(w.facts["红包 "+no], &amount, &disposed, &receipts)
	return amount, disposed, receipts
}

func (w *writer) registerHandover() error {
	fen := 100 * (1 + w.r.Int64N(10000))
	h := model.Handover{Anonymous: true, HandedAt: day.Moment(w.s.Today()), Occasion: "其他", Giver: model.FromUnknown, Story: fmt.Sprintf("第%d次", w.next()),
		ReceivedBy: "李某", WitnessedBy: "赵某", Keeper: "李某"}
	items := []model.HandoverItem{{Category: model.Cash, Quantity: 1, AmountFen: fen}, {Category: model.Goods, Quantity: 2, AmountFen: 2 * fen}}
	return w.do("register handover", map[string]string{"红包 " + w.number("红包", "HB", 1): handoverFact(3*fen, 0, 0)}, func(*said) error {
		_, _, err := w.s.RegisterHandover(context.Background(), h, items)
		return err
	})
}

// dispose lets something leave, the whole rest or the half of what has most.
func (w *writer) dispose() error {
	ctx := context.Background()
	no, ok := w.one("红包 ", "")
	if !ok {
		return nil
	}
	row, err := w.s.HandoverByNumber(ctx, no)
	if err != nil {
		return err
	}
	detail, err := w.s.HandoverDetail(ctx, row.ID)
	if err != nil {
		return err
	}
	d := model.Disposition{HandoverID: row.ID, Kind: model.ToDisciplineBoard, DisposedOn: w.s.Today(), Approver: "王院长", HandledBy: "李某", Signer: "纪委"}
	whole := w.r.IntN(2) == 0
	for _, b := range detail.Balances() {
		l := model.DispositionLine{ItemID: b.ID, Quantity: b.LeftQuantity, AmountFen: b.LeftFen}
		switch {
		case b.LeftFen == 0:
			continue
		case b.Category.Counted() && !whole && b.LeftQuantity == 2:
			l.Quantity, l.AmountFen = 1, b.LeftFen/2
		case !b.Category.Counted():
			l.Quantity = 0
		}
		d.Lines, d.AmountFen = append(d.Lines, l), d.AmountFen+l.AmountFen
	}
	if d.Lines == nil {
		return nil
	}
	amount, disposed, receipts := w.handover(no)
	facts := map[string]string{"红包 " + no: handoverFact(amount, disposed+d.AmountFen, receipts), "处置 " + w.number("处置", "HC", 1): fmt.Sprint(d.AmountFen)}
	return w.do("dispose", facts, func(*said) error {
		_, _, err := w.s.Dispose(ctx, d)
		return err
	})
}

// reverse takes a disposition back that none took back yet.
func (w *writer) reverse() error {
	ctx := context.Background()
	for _, no := range w.some("处置 ", "", 5) {
		d, err := w.s.DispositionByNumber(ctx, no)
		if err != nil {
			return err
		}
		row, err := w.s.HandoverByNumber(ctx, no)
		if err != nil {
			return err
		}
		detail, err := w.s.HandoverDetail(ctx, row.ID)
		if err != nil {
			return err
		}
		gone := d.ReversesID != 0
		for _, x := range detail.Dispositions {
			gone = gone || x.ReversesID == d.ID
		}
		if gone {
			continue
		}
		amount, disposed, receipts := w.handover(row.FormNo)
		facts := map[string]string{"红包 " + row.FormNo: handoverFact(amount, disposed-d.AmountFen, receipts),
			"处置 " + w.number("处置", "HC", 1): fmt.Sprint(-d.AmountFen)}
		return w.do("reverse", facts, func(*said) error {
			_, err := w.s.ReverseDisposition(ctx, d.ID, "填错")
			return err
		})
	}
	return nil
}

// receipt issues one, or voids the one in force and issues the next.
func (w *writer) receipt() error {
	ctx := context.Background()
	no, ok := w.one("红包 ", "")
	if !ok {
		return nil
	}
	row, err := w.s.HandoverByNumber(ctx, no)
	if err != nil {
		return err
	}
	amount, disposed, receipts := w.handover(no)
	if row.Receipt == "" {
		return w.do("receipt", map[string]string{"红包 " + no: handoverFact(amount, disposed, receipts+1)}, func(*said) error {
			_, err := w.s.IssueReceipt(ctx, row.ID)
			return err
		})
	}
	r, err := w.s.IssueReceipt(ctx, row.ID)
	if err != nil {
		return err
	}
	return w.do("void receipt", nil, func(*said) error { return w.s.VoidReceipt(ctx, r.ID, "打印错") })
}

// lookAtHandovers reads the facts of the register of red envelopes.
func lookAtHandovers(t testing.TB, s *Store, got map[string]string) {
	t.Helper()
	for _, d := range must[[]HandoverDetail](t)(s.HandoverDetails(context.Background(), HandoverFilter{}, Page{})) {
		got["红包 "+d.FormNo] = handoverFact(d.AmountFen, d.DisposedFen, len(d.Receipts))
		for _, x := range d.Dispositions {
			got["处置 "+x.FormNo] = fmt.Sprint(x.AmountFen)
		}
	}
}
