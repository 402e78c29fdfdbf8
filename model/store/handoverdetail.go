package store

import (
	"context"
	"encoding/json"

	"gorm.io/gorm"

	"qingfeng/model"
)

// HandoverDetail is a handover with everything that belongs to it, in the
// order in which it was entered.
type HandoverDetail struct {
	HandoverRow
	Entries      []model.HandoverItem // counter-entries included
	Dispositions []model.Disposition  // counter-entries included
	Receipts     []model.Receipt
}

// Balances are the standing items with what is left of them.
func (d HandoverDetail) Balances() []model.Balance {
	var lines []model.DispositionLine
	for _, x := range d.Dispositions {
		lines = append(lines, x.Lines...)
	}
	return model.Balances(d.Entries, lines)
}

// HandoverDetails returns the handovers of a filter with everything that
// belongs to them, in the order of p and at one moment, as ledgers and forms
// need them. Contents of receipts are left out: see [Store.Receipt].
func (s *Store) HandoverDetails(ctx context.Context, f HandoverFilter, p Page) ([]HandoverDetail, error) {
	by, err := s.may(model.Read)
	if err != nil {
		return nil, err
	}
	var out []HandoverDetail
	err = snapshot(s.read(ctx), func(tx *gorm.DB) error {
		q, err := s.handovers(by, tx, f)
		if err != nil {
			return err
		}
		out, err = by.details(q, handoverOrders.clause(p, "form_no"))
		return err
	})
	return out, faultOf(err)
}

// details reads the handovers of a query with everything that belongs to them.
func (by *session) details(q *gorm.DB, order string) ([]HandoverDetail, error) {
	q = q.Session(&gorm.Session{})
	var rows []HandoverRow
	if err := q.Select(handoverSelect).Order(order).Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make([]HandoverDetail, len(rows))
	at := make(map[int64]*HandoverDetail, len(rows))
	for i, r := range rows {
		if err := by.openHandover(&r.Handover); err != nil {
			return nil, err
		}
		out[i].HandoverRow = r
		at[r.ID] = &out[i]
	}
	return out, by.fillDetails(q.Session(&gorm.Session{NewDB: true}), q.Select("h.id"), at)
}

// HandoverDetail returns one handover with everything that belongs to it.
func (s *Store) HandoverDetail(ctx context.Context, id int64) (HandoverDetail, error) {
	all, err := s.HandoverDetails(ctx, HandoverFilter{ID: id}, Page{})
	if err != nil {
		return HandoverDetail{}, err
	}
	if len(all) == 0 {
		return HandoverDetail{}, model.Errorf(model.NotFound, "找不到这次红包上交")
	}
	return all[0], nil
}

// fillDetails reads what belongs to the handovers of a subquery of their ids.
func (by *session) fillDetails(db *gorm.DB, ids *gorm.DB, at map[int64]*HandoverDetail) error {
	var items []model.HandoverItem
	if err := db.Table("handover_item").Where("handover_id IN (?)", ids).Order("handover_id, id").Find(&items).Error; err != nil {
		return err
	}
	for _, i := range items {
		if err := by.unseal("handover_item", map[string]*string{"particulars": &i.Particulars}); err != nil {
			return err
		}
		d := at[i.HandoverID]
		d.Entries = append(d.Entries, i)
	}
	dispositions, err := by.dispositions(db, db.Table("disposition").Where("handover_id IN (?)", ids))
	if err != nil {
		return err
	}
	for _, x := range dispositions {
		d := at[x.HandoverID]
		d.Dispositions = append(d.Dispositions, x)
	}
	var receipts []model.Receipt
	if err := db.Table("receipt").Where("handover_id IN (?)", ids).Order("handover_id, id").Find(&receipts).Error; err != nil {
		return err
	}
	for _, r := range receipts {
		d := at[r.HandoverID]
		d.Receipts = append(d.Receipts, r)
	}
	return nil
}

// dispositions reads the dispositions of a query with their lines.
func (by *session) dispositions(db *gorm.DB, which *gorm.DB) ([]model.Disposition, error) {
	which = which.Session(&gorm.Session{})
	var out []model.Disposition
	if err := which.Order("id").Find(&out).Error; err != nil {
		return nil, err
	}
	at := make(map[int64]int, len(out))
	for i := range out {
		at[out[i].ID] = i
		if err := by.unseal("disposition", map[string]*string{"signer": &out[i].Signer, "remark": &out[i].Remark}); err != nil {
			return nil, err
		}
	}
	var lines []struct {
		DispositionID int64
		model.DispositionLine
	}
	if err := db.Table("disposition_line").Where("disposition_id IN (?)", which.Select("id")).Order("id").Find(&lines).Error; err != nil {
		return nil, err
	}
	for _, l := range lines {
		x := &out[at[l.DispositionID]]
		x.Lines = append(x.Lines, l.DispositionLine)
	}
	return out, nil
}

// balances are the standing items of a handover with what is left of them, and
// all entries.
func (c *change) balances(id int64) ([]model.Balance, []model.HandoverItem, error) {
	d := HandoverDetail{}
	if err := c.by.fillDetails(c.DB, c.Table("handover").Select("id").Where("id = ?", id), map[int64]*HandoverDetail{id: &d}); err != nil {
		return nil, nil, err
	}
	return d.Balances(), d.Entries, nil
}

// receiptRow is a receipt as it is stored.
type receiptRow struct {
	model.Receipt
	Sealed string `gorm:"column:content"`
}

func receiptColumns(r model.Receipt) (columns, error) {
	content, err := json.Marshal(r.Content)
	return columns{"form_no": r.FormNo, "handover_id": r.HandoverID, "issued_on": string(r.IssuedOn), "amount_fen": r.AmountFen,
		"content": string(content), "printed_on": string(r.PrintedOn), "print_count": r.PrintCount,
		"void_reason": r.VoidReason, "voided_on": string(r.VoidedOn)}, err
}

func (by *session) openReceipt(row receiptRow) (model.Receipt, error) {
	r := row.Receipt
	if err := by.unseal("receipt", map[string]*string{"content": &row.Sealed}); err != nil || row.Sealed == "" || row.Sealed == filled {
		return r, err
	}
	return r, json.Unmarshal([]byte(row.Sealed), &r.Content)
}
