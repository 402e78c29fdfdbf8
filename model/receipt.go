package model

import "qingfeng/model/day"

// ReceiptPrefix begins the numbers of receipts.
const ReceiptPrefix = "HS"

// Receipt (收据) says in three copies what was handed in. It is voided but
// never removed, and a new one has a new number.
type Receipt struct {
	ID         int64
	FormNo     string
	HandoverID int64
	IssuedOn   day.Date
	AmountFen  int64
	Content    ReceiptContent `gorm:"-"` // as it was issued; sealed
	PrintedOn  day.Date       // first printing
	PrintCount int
	VoidReason string
	VoidedOn   day.Date
}

// ReceiptContent is what a receipt says, whatever is corrected later.
type ReceiptContent struct {
	HandoverNo  string
	HandedAt    day.Moment
	From        string // name and department, or [Nameless]
	Items       []ReceiptItem
	ReceivedBy  string
	WitnessedBy string
}

// ReceiptItem is one line of a receipt.
type ReceiptItem struct {
	Category    ItemCategory
	Particulars string
	Quantity    int
	Unit        string
	AmountFen   int64
	Basis       string
}

// Nameless is what papers and lists call who handed in without a name.
const Nameless = "匿名"

// Voided reports whether the receipt no longer counts.
func (r Receipt) Voided() bool { return r.VoidedOn != "" }

// NewReceipt is a receipt of h's standing items, from whom it says.
func (h Handover) NewReceipt(on day.Date, from string, items []HandoverItem) (Receipt, error) {
	if h.Voided() {
		return Receipt{}, h.refuse("已作废，不开收据")
	}
	if h.Anonymous {
		from = Nameless
	}
	r := Receipt{HandoverID: h.ID, IssuedOn: on, AmountFen: h.AmountFen, Content: ReceiptContent{
		HandoverNo: h.FormNo, HandedAt: h.HandedAt, From: from, ReceivedBy: h.ReceivedBy, WitnessedBy: h.WitnessedBy}}
	for _, i := range Standing(items) {
		r.Content.Items = append(r.Content.Items, ReceiptItem{i.Category, i.Particulars, i.Quantity, i.Unit, i.AmountFen, i.Basis})
	}
	return r, nil
}

// Print records that the receipt was put on paper; all but the first bear 补打.
func (r *Receipt) Print(on day.Date) {
	if r.PrintCount == 0 {
		r.PrintedOn = on
	}
	r.PrintCount++
}

// Void takes the receipt out of use.
func (r *Receipt) Void(on day.Date, reason string) error {
	if r.Voided() {
		return Errorf(Conflict, "收据 %s 已于 %s 作废", r.FormNo, r.VoidedOn)
	}
	reason, err := reasonOf("作废原因", reason)
	if err != nil {
		return err
	}
	r.VoidedOn, r.VoidReason = on, reason
	return nil
}

// VoidWith takes the receipt out of use with h, which was voided.
func (r *Receipt) VoidWith(h Handover) {
	r.VoidedOn, r.VoidReason = h.VoidedOn, "登记作废："+h.VoidReason
}
