package issue

import (
	"context"
	"slices"
	"strconv"

	"qingfeng/model"
	"qingfeng/model/money"
	"qingfeng/model/store"
	"qingfeng/report/sheet"
)

// beside are the columns of the ledger for Excel besides those that an import
// takes.
var beside = []string{"登记号", "收据号", "科室", "是否逾期", "状态", "未处置金额", "附件数", "旧台账编号"}

// HandoverTable is the 红包上交台账 for Excel, as the filter and the order of p
// have it: a row for each item, or, of an item that was disposed of in parts, a
// row for each part and one for what is left, so that the amounts of all rows
// add up. The program reads it back as an older ledger; the number goes into
// 原编号 for that. Unless plain is set, names are masked and what was told of the
// circumstances is left out, and it cannot be read back. Categories of what is
// void say so, and it has no quantity and no amount: it counts in no total and
// is not read back either.
func HandoverTable(ctx context.Context, s *store.Store, f store.HandoverFilter, p store.Page, plain bool) (sheet.Table, error) {
	t := sheet.Table{Name: "红包上交台账", Counts: []string{"数量", "附件数"}, Amounts: []string{"金额", "处置金额", "未处置金额"}}
	for _, f := range model.HandoverFields {
		t.Columns = append(t.Columns, f.Label)
	}
	t.Columns = append(t.Columns, beside...)
	p.Offset, p.Limit = 0, 0
	details, err := s.HandoverDetails(ctx, f, p)
	for _, d := range details {
		parts := partsOf(d)
		for i, x := range parts {
			row := make([]string, 0, len(t.Columns))
			for _, f := range model.HandoverFields {
				row = append(row, handoverCell(d, x, f.ID, plain))
			}
			t.Rows = append(t.Rows, append(row, besides(d, i == 0)...))
		}
	}
	return t, err
}

// itemPart is an item, or a part of one that went its own way.
type itemPart struct {
	model.HandoverItem
	disposition model.Disposition // ID 0 for what is left
	wentFen     int64             // of it
}

// partsOf are the standing items of a handover by the ways they went.
func partsOf(d store.HandoverDetail) []itemPart {
	standing := model.StandingDispositions(d.Dispositions)
	var out []itemPart
	for _, b := range d.Balances() {
		var parts []itemPart
		for _, x := range standing {
			for _, l := range x.Lines {
				if l.ItemID == b.ID {
					part := itemPart{b.HandoverItem, x, l.AmountFen}
					part.Quantity, part.AmountFen = l.Quantity, l.AmountFen
					parts = append(parts, part)
				}
			}
		}
		if b.LeftFen > 0 {
			part := itemPart{HandoverItem: b.HandoverItem}
			part.Quantity, part.AmountFen = b.LeftQuantity, b.LeftFen
			parts = append(parts, part)
		}
		if !b.Category.Counted() { // how many notes went which way nobody knows
			for i := range parts {
				parts[i].Quantity = 0
			}
			parts[0].Quantity = b.Quantity
		}
		out = append(out, parts...)
	}
	return out
}

func besides(d store.HandoverDetail, first bool) []string {
	left := "" // once, so that the column adds up
	if first && !d.Voided() {
		left = money.Yuan(d.LeftFen())
	}
	return []string{d.FormNo, d.Receipt, d.Department, string(d.Timeliness), string(d.State), left, strconv.Itoa(d.Attachments), d.OldNo}
}

// masked hides names unless they are asked for.
func masked(plain bool, names string) string {
	if plain {
		return names
	}
	return model.MaskNames(names)
}

// told are the fields that tell of people in free text or by their numbers.
var told = []string{"employee_no", "bed", "story", "bystanders", "remark"}

// named are those that hold names.
var named = []string{"person", "giver_name", "patient", "agent", "received_by", "witnessed_by", "keeper", "co_keeper", "approver"}

func handoverCell(d store.HandoverDetail, x itemPart, field string, plain bool) string {
	value := handoverValue(d, x, field)
	switch {
	case plain:
		return value
	case slices.Contains(told, field):
		return ""
	case slices.Contains(named, field), field == "signer" && x.disposition.Kind.Rule().GiverIsSigner:
		return masked(false, value)
	case field == "admission_no":
		return model.MaskNumber(value)
	}
	return value
}

func handoverValue(d store.HandoverDetail, x itemPart, field string) string {
	switch field {
	case "old_no":
		return d.FormNo
	case "handed_at":
		return string(d.HandedAt)
	case "received_at":
		return string(d.ReceivedAt)
	case "manner":
		return d.Manner()
	case "employee_no":
		return d.EmployeeNo
	case "person":
		return d.Person
	case "occasion":
		return d.Occasion
	case "giver":
		return string(d.Giver)
	case "giver_name":
		return d.GiverName
	case "patient":
		return d.Patient
	case "admission_no":
		return d.AdmissionNo
	case "bed":
		return d.Bed
	case "company":
		return d.Company
	case "agent":
		return d.Agent
	case "received_by":
		return d.ReceivedBy
	case "witnessed_by":
		return d.WitnessedBy
	case "keeper":
		return d.Keeper
	case "co_keeper":
		return d.CoKeeper
	case "kept_at":
		return d.KeptAt
	case "story":
		return d.Story
	case "bystanders":
		return d.Bystanders
	case "remark":
		return d.Remark
	case "category":
		if d.Voided() {
			return string(x.Category) + "（作废）"
		}
	case "quantity", "amount":
		if d.Voided() {
			return ""
		}
	}
	return x.value(field)
}

// value is what a row says of the item and of where it went.
func (x itemPart) value(field string) string {
	switch field {
	case "category":
		return string(x.Category)
	case "particulars":
		return x.Particulars
	case "quantity":
		if x.Quantity == 0 {
			return ""
		}
		if x.Unit != x.Category.Unit() {
			return strconv.Itoa(x.Quantity) + " " + x.Unit
		}
		return strconv.Itoa(x.Quantity)
	case "amount":
		return money.Yuan(x.AmountFen)
	case "basis":
		return x.Basis
	}
	if x.disposition.ID == 0 {
		return ""
	}
	switch field {
	case "disposition":
		return string(x.disposition.Kind)
	case "disposed_amount":
		return money.Yuan(x.wentFen)
	case "disposed_on":
		return string(x.disposition.DisposedOn)
	case "voucher":
		return x.disposition.Voucher
	case "approver":
		return x.disposition.Approver
	case "signer":
		return x.disposition.Signer
	}
	return ""
}
