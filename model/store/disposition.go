package store

import (
	"context"

	"qingfeng/model"
)

// dispositionEntity is the audit trail's word for a disposition.
const dispositionEntity = "处置"

func dispositionColumns(d model.Disposition) columns {
	return columns{"form_no": d.FormNo, "handover_id": d.HandoverID, "kind": string(d.Kind), "disposed_on": string(d.DisposedOn),
		"amount_fen": d.AmountFen, "voucher": d.Voucher, "approver": d.Approver, "handled_by": d.HandledBy, "signer": d.Signer,
		"told_on": string(d.ToldOn), "told_how": d.ToldHow, "proceeds_fen": d.ProceedsFen, "remark": d.Remark,
		"reverses_id": null(d.ReversesID), "reason": d.Reason}
}

// Dispose records what became of something that was handed in and returns id
// and number. AmountFen is the sum of d's lines.
func (s *Store) Dispose(ctx context.Context, d model.Disposition) (int64, string, error) {
	if err := s.notAfterToday("处置日期", d.DisposedOn); err != nil {
		return 0, "", err
	}
	if err := s.notAfterToday("告知日期", d.ToldOn); err != nil {
		return 0, "", err
	}
	var out model.Disposition
	err := s.write(ctx, model.Write, func(c *change) (err error) {
		out, err = c.dispose(d)
		return err
	})
	return out.ID, out.FormNo, err
}

func (c *change) dispose(d model.Disposition) (model.Disposition, error) {
	old, err := c.findHandover(d.HandoverID)
	if err != nil {
		return d, err
	}
	balances, _, err := c.balances(d.HandoverID)
	if err != nil {
		return d, err
	}
	h := old
	d = d.Tidied()
	d.ID, d.ReversesID, d.Reason = 0, 0, ""
	if err := h.Dispose(d, balances); err != nil {
		return d, err
	}
	last, err := c.lastCustody(h.ID)
	if err != nil {
		return d, err
	}
	if err := d.Follow(last, balances); err != nil {
		return d, err
	}
	return c.addDisposition("登记", "处置", old, h, d)
}

// addDisposition numbers and stores an entry and the handover that it changed;
// the trail says what was done to the entry, and by it to the handover.
func (c *change) addDisposition(action, effect string, old, h model.Handover, d model.Disposition) (model.Disposition, error) {
	var err error
	if d.FormNo, err = c.number(model.DispositionPrefix); err != nil {
		return d, err
	}
	row := dispositionColumns(d)
	if d.ID, err = c.insert("disposition", row); err != nil {
		return d, err
	}
	for _, l := range d.Lines {
		if _, err := c.insert("disposition_line", columns{"disposition_id": d.ID, "item_id": l.ItemID, "quantity": l.Quantity, "amount_fen": l.AmountFen}); err != nil {
			return d, err
		}
	}
	if err := c.record(action, dispositionEntity, d.ID, d.FormNo, nil, row); err != nil {
		return d, err
	}
	return d, c.storeHandover(effect, old, h)
}

// ReverseDisposition takes a wrong disposition back by a counter-entry (冲正)
// of today and returns the number of that.
func (s *Store) ReverseDisposition(ctx context.Context, id int64, reason string) (string, error) {
	var no string
	err := s.write(ctx, model.Decide, func(c *change) error {
		found, err := c.by.dispositions(c.DB, c.Table("disposition").Where("id = ? OR reverses_id = ?", id, id))
		if err != nil {
			return err
		}
		switch {
		case len(found) == 0:
			return model.Errorf(model.NotFound, "找不到这次处置")
		case len(found) > 1:
			return model.Errorf(model.Conflict, "处置 %s 已由 %s 冲正", found[0].FormNo, found[1].FormNo)
		}
		counter, err := found[0].Counter(s.Today(), reason)
		if err != nil {
			return err
		}
		old, err := c.findHandover(counter.HandoverID)
		if err != nil {
			return err
		}
		h := old
		balances, _, err := c.balances(h.ID)
		if err != nil {
			return err
		}
		if err := h.Reverse(counter, balances); err != nil {
			return err
		}
		counter, err = c.addDisposition("冲正", "冲正", old, h, counter)
		no = counter.FormNo
		return err
	})
	return no, err
}

// DispositionByNumber finds a disposition by its number as typed or scanned.
func (s *Store) DispositionByNumber(ctx context.Context, typed string) (model.Disposition, error) {
	by, err := s.may(model.Read)
	if err != nil {
		return model.Disposition{}, err
	}
	no, err := parseNumber(typed)
	if err != nil {
		return model.Disposition{}, err
	}
	found, err := by.dispositions(s.read(ctx), s.read(ctx).Table("disposition").Where("form_no = ?", no.String()))
	if err == nil && len(found) == 0 {
		err = model.Errorf(model.NotFound, "找不到处置单：%s", no)
	}
	if err != nil {
		return model.Disposition{}, faultOf(err)
	}
	return found[0], nil
}
