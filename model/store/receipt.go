package store

import (
	"context"

	"qingfeng/model"
)

// receiptEntity is the audit trail's word for a receipt.
const receiptEntity = "收据"

// receiptInForce is the receipt of a handover that is not void, ID 0 for none.
func (c *change) receiptInForce(handoverID int64) (model.Receipt, error) {
	var row receiptRow
	if err := c.Table("receipt").Where("handover_id = ? AND voided_on = ''", handoverID).Limit(1).Find(&row).Error; err != nil {
		return model.Receipt{}, err
	}
	return c.by.openReceipt(row)
}

// IssueReceipt returns the receipt of a handover, a new one with the next
// number when none is in force.
func (s *Store) IssueReceipt(ctx context.Context, handoverID int64) (model.Receipt, error) {
	var r model.Receipt
	err := s.writeOrNothing(ctx, model.Write, func(c *change) (bool, error) {
		var err error
		if r, err = c.receiptInForce(handoverID); err != nil || r.ID != 0 {
			return false, err
		}
		r, err = c.newReceipt(handoverID)
		return true, err
	})
	return r, err
}

func (c *change) newReceipt(handoverID int64) (model.Receipt, error) {
	h, err := c.findHandover(handoverID)
	if err != nil {
		return model.Receipt{}, err
	}
	_, entries, err := c.balances(handoverID)
	if err != nil {
		return model.Receipt{}, err
	}
	var from string
	err = c.Raw(`SELECT s.name || '（' || d.name || '）' FROM staff s JOIN department d ON d.id = ? WHERE s.id = ?`, h.DepartmentID, h.StaffID).Scan(&from).Error
	if err != nil {
		return model.Receipt{}, err
	}
	r, err := h.NewReceipt(c.s.Today(), from, entries)
	if err != nil {
		return r, err
	}
	if r.FormNo, err = c.number(model.ReceiptPrefix); err != nil {
		return r, err
	}
	row, err := receiptColumns(r)
	if err != nil {
		return r, err
	}
	if r.ID, err = c.insert("receipt", row); err != nil {
		return r, err
	}
	return r, c.record("开具", receiptEntity, r.ID, r.FormNo, nil, row)
}

// Receipt returns one receipt as it was issued.
func (s *Store) Receipt(ctx context.Context, id int64) (model.Receipt, error) {
	by, err := s.may(model.Read)
	if err != nil {
		return model.Receipt{}, err
	}
	var row receiptRow
	if err := first(s.read(ctx).Table("receipt").Where("id = ?", id), &row, "张收据"); err != nil {
		return row.Receipt, err
	}
	return by.openReceipt(row)
}

// MarkReceiptPrinted records that a receipt was put on paper.
func (s *Store) MarkReceiptPrinted(ctx context.Context, id int64) error {
	return s.stepReceipt(ctx, model.Write, id, "打印", func(r *model.Receipt) error { r.Print(s.Today()); return nil })
}

// VoidReceipt takes a receipt out of use; the next one has another number.
func (s *Store) VoidReceipt(ctx context.Context, id int64, reason string) error {
	return s.stepReceipt(ctx, model.Decide, id, "作废", func(r *model.Receipt) error { return r.Void(s.Today(), reason) })
}

func (s *Store) stepReceipt(ctx context.Context, need model.Permission, id int64, action string, step func(*model.Receipt) error) error {
	return s.write(ctx, need, func(c *change) error {
		var row receiptRow
		if err := first(c.Table("receipt").Where("id = ?", id), &row, "张收据"); err != nil {
			return err
		}
		return c.moveReceipt(row.Receipt, action, step)
	})
}

// moveReceipt writes what a step changes of a receipt, never its content.
func (c *change) moveReceipt(old model.Receipt, action string, step func(*model.Receipt) error) error {
	r := old
	if err := step(&r); err != nil {
		return err
	}
	steps := func(r model.Receipt) columns {
		return columns{"printed_on": string(r.PrintedOn), "print_count": r.PrintCount, "void_reason": r.VoidReason, "voided_on": string(r.VoidedOn)}
	}
	after := steps(r)
	if err := c.update("receipt", r.ID, after); err != nil {
		return err
	}
	return c.record(action, receiptEntity, r.ID, r.FormNo, steps(old), after)
}
