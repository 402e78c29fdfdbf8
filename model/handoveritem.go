package model

import (
	"slices"
	"strings"

	"qingfeng/model/day"
	"qingfeng/model/money"
)

// ItemCategory is what kind of thing was handed in.
type ItemCategory string

// The categories of items: 红包 are gifts, cash, consumption cards, securities
// and other financial products, and banquets, travel, fitness and entertainment
// that were paid (吉林 2021–2024, 细化明确“红包”内容).
const (
	Cash       ItemCategory = "现金"
	Transfer   ItemCategory = "转账"
	Card       ItemCategory = "购物卡"
	Voucher    ItemCategory = "代金券"
	Securities ItemCategory = "有价证券"
	Goods      ItemCategory = "物品"
	Banquet    ItemCategory = "宴请旅游"
)

// ItemCategories in the order in which the form offers them.
var ItemCategories = []ItemCategory{Cash, Transfer, Card, Voucher, Securities, Goods, Banquet}

// Kept reports whether a thing of the category lies somewhere and can be
// counted: transferred money and banquets do not.
func (c ItemCategory) Kept() bool { return c != Transfer && c != Banquet }

// Counted reports whether it leaves piece by piece. Money leaves by its amount,
// whatever notes it came in.
func (c ItemCategory) Counted() bool { return c != Cash && c != Transfer && c != Banquet }

// Unit is what a quantity of the category is counted in, where nothing else is
// said.
func (c ItemCategory) Unit() string {
	switch c {
	case Goods:
		return "件"
	case Transfer:
		return "笔"
	case Banquet:
		return "次"
	}
	return "张"
}

// Basis is the usual basis of valuation (计价依据).
func (c ItemCategory) Basis() string {
	switch c {
	case Cash:
		return "清点"
	case Transfer:
		return "转账记录"
	case Goods:
		return "估价"
	case Banquet:
		return "消费凭据"
	}
	return "面值"
}

// HandoverItem is one line of what was handed in. Items are never changed: a
// wrong one is followed by a counter-entry with the same figures below zero.
type HandoverItem struct {
	ID          int64
	HandoverID  int64
	Position    int
	Category    ItemCategory
	Particulars string // what it is; sealed
	Quantity    int
	Unit        string
	AmountFen   int64 // of the whole quantity
	Basis       string
	CorrectsID  int64 // the item that this counter-entry takes back, or 0
	Reason      string
	EnteredOn   day.Date
}

// Tidied is i with its texts as they are stored and what follows from the
// category filled in.
func (i HandoverItem) Tidied() HandoverItem {
	for _, text := range []*string{&i.Particulars, &i.Unit, &i.Basis} {
		*text = strings.TrimSpace(*text)
	}
	if i.Unit == "" {
		i.Unit = i.Category.Unit()
	}
	if i.Basis == "" {
		i.Basis = i.Category.Basis()
	}
	return i
}

// Most of one item.
const (
	mostPieces = 1_000_000
	maxUnit    = 4
)

// piecesText says which numbers of pieces there are.
const piecesText = "应为 1 到 1000000 的整数"

// Validate returns [FieldErrors] with everything that keeps i from being stored.
func (i HandoverItem) Validate() error {
	var errs FieldErrors
	if !slices.Contains(ItemCategories, i.Category) {
		errs.add("Category", "财物类别", "请选择类别")
	}
	errs.text("Particulars", "说明", i.Particulars, MaxShort, false)
	errs.text("Unit", "单位", i.Unit, maxUnit, true)
	errs.text("Basis", "计价依据", i.Basis, MaxEmployeeNo, true)
	if i.Quantity < 1 || i.Quantity > mostPieces {
		errs.add("Quantity", "数量", piecesText)
	}
	switch {
	case i.AmountFen < 0:
		errs.add("AmountFen", "金额", "不能是负数")
	case i.AmountFen == 0:
		errs.add("AmountFen", "金额", "应大于 0；没有标价的按市价估算，并在计价依据中注明")
	case i.AmountFen >= money.Largest:
		errs.add("AmountFen", "金额", "金额过大，请核对")
	}
	return errs.err()
}

// Counter is the counter-entry of i.
func (i HandoverItem) Counter(reason string) HandoverItem {
	c := i
	c.ID, c.CorrectsID, c.Quantity, c.AmountFen, c.Reason = 0, i.ID, -i.Quantity, -i.AmountFen, reason
	return c
}

// Standing returns the items that no counter-entry took back.
func Standing(items []HandoverItem) []HandoverItem {
	back := map[int64]bool{}
	for _, i := range items {
		if i.CorrectsID != 0 {
			back[i.CorrectsID] = true
		}
	}
	var out []HandoverItem
	for _, i := range items {
		if i.CorrectsID == 0 && !back[i.ID] {
			out = append(out, i)
		}
	}
	return out
}

// checkItems looks at all items of a handover.
func checkItems(items []HandoverItem) error {
	if len(items) == 0 {
		return Errorf(Invalid, "请至少登记一项财物")
	}
	if len(items) > largestItems {
		return Errorf(Invalid, "一次上交最多登记 %d 项财物，请分成几次登记", largestItems)
	}
	return nil
}

// Balance is an item with what is left of it.
type Balance struct {
	HandoverItem
	LeftQuantity int // not of money: see [ItemCategory.Counted]
	LeftFen      int64
}

// Rest is the line of a disposition that takes all that is left of the item.
func (b Balance) Rest() DispositionLine {
	l := DispositionLine{ItemID: b.ID, AmountFen: b.LeftFen}
	if b.Category.Counted() {
		l.Quantity = b.LeftQuantity
	}
	return l
}

// Balances returns the standing items with what the lines of dispositions,
// counter-entries included, left of them.
func Balances(items []HandoverItem, lines []DispositionLine) []Balance {
	var out []Balance
	for _, i := range Standing(items) {
		b := Balance{i, i.Quantity, i.AmountFen}
		for _, l := range lines {
			if l.ItemID == i.ID {
				b.LeftQuantity -= l.Quantity
				b.LeftFen -= l.AmountFen
			}
		}
		out = append(out, b)
	}
	return out
}

// Total is the sum of items in fen, counter-entries included.
func Total(items []HandoverItem) (fen int64) {
	for _, i := range items {
		fen += i.AmountFen
	}
	return fen
}
