package handover

import (
	"fmt"
	"strings"

	"qingfeng/model"
	"qingfeng/model/money"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// itemLine is one item in the table in which one types what came in.
type itemLine struct {
	category    *kit.Choice
	particulars *kit.Entry
	quantity    *kit.CountField
	unit        *kit.Entry
	amount      *kit.MoneyField
	basis       *kit.WordField
	before      model.ItemCategory // whose unit and basis were filled in
}

// Columns of the table, in the order of [itemLine.Inputs], with the fields of
// the model that they hold.
var itemColumns = []kit.LineColumn{
	{Title: "类别", Width: 88}, {Title: "说明", Width: 70, Flex: true}, {Title: "数量", Width: 48}, {Title: "单位", Width: 42},
	{Title: "金额（元）", Width: 96}, {Title: "计价依据", Width: 86},
}

var itemFields = []string{"Category", "Particulars", "Quantity", "Unit", "AmountFen", "Basis"}

// maxUnitRunes is more than a unit ever has; the model says how many it takes.
const maxUnitRunes = 6

func newItemLine() *itemLine {
	l := &itemLine{
		category: kit.NewChoice(office.Options(model.ItemCategories)), particulars: kit.NewEntry(model.MaxShort),
		quantity: kit.NewCountField(), unit: kit.NewEntry(maxUnitRunes), amount: kit.NewMoneyField(), basis: kit.NewWordField(model.MaxEmployeeNo),
	}
	var bases []string
	for _, c := range model.ItemCategories {
		remember(&bases, c.Basis())
	}
	l.basis.SetWords(bases)
	l.category.OnChanged = func(string) { l.preset() }
	return l
}

// Inputs implements kit.Line.
func (l *itemLine) Inputs() []kit.Input {
	return []kit.Input{l.category, l.particulars, l.quantity, l.unit, l.amount, l.basis}
}

// preset fills in what usually goes with a category, unless something else was
// typed.
func (l *itemLine) preset() {
	c := model.ItemCategory(l.category.Value())
	if unit := l.unit.Value(); unit == "" || l.before != "" && unit == l.before.Unit() {
		l.unit.SetText(c.Unit())
	}
	if basis := l.basis.Value(); basis == "" || l.before != "" && basis == l.before.Basis() {
		l.basis.SetText(c.Basis())
	}
	if l.quantity.Value() == "" {
		l.quantity.SetCount(1)
	}
	l.before = c
}

func (l *itemLine) fill(i model.HandoverItem) {
	l.category.SetValue(string(i.Category))
	l.particulars.SetText(i.Particulars)
	l.quantity.SetCount(i.Quantity)
	l.unit.SetText(i.Unit)
	l.amount.SetFen(i.AmountFen)
	l.basis.SetText(i.Basis)
	l.before = i.Category
}

func (l *itemLine) value() model.HandoverItem {
	n, _ := l.quantity.Count()
	fen, _ := l.amount.Fen()
	return model.HandoverItem{Category: model.ItemCategory(l.category.Value()), Particulars: l.particulars.Value(), Quantity: n,
		Unit: l.unit.Value(), AmountFen: fen, Basis: l.basis.Value()}.Tidied()
}

// blank reports whether nothing was filled in.
func (l *itemLine) blank() bool {
	for _, in := range l.Inputs() {
		if in.Raw() != "" {
			return false
		}
	}
	return true
}

// itemTable is the table of what came in.
type itemTable struct {
	*kit.Lines[*itemLine]
}

func newItemTable() itemTable {
	return itemTable{kit.NewLines(itemColumns, newItemLine)}
}

// values are the items that were filled in.
func (t itemTable) values() []model.HandoverItem {
	var out []model.HandoverItem
	for _, l := range t.All() {
		if !l.blank() {
			out = append(out, l.value())
		}
	}
	return out
}

// check draws what is wrong with the items red and says which it is.
func (t itemTable) check() string {
	wrong := map[int][]int{}
	var said []string
	for n, l := range t.All() {
		if l.blank() {
			continue
		}
		found := office.FieldMessages(l.value().Validate())
		for col, field := range itemFields {
			if m := found[field]; m != "" {
				wrong[n] = append(wrong[n], col)
				said = append(said, fmt.Sprintf("第 %d 项%s：%s", n+1, strings.TrimSuffix(itemColumns[col].Title, "（元）"), m))
			}
		}
	}
	t.Mark(wrong)
	return strings.Join(said, "\n")
}

// sum is the total of what has been typed so far.
func (t itemTable) sum() (fen int64) { return model.Total(t.values()) }

// said is a sum in figures and in upper case.
func said(fen int64) (figures, upper string) {
	return "￥" + money.Yuan(fen), "人民币" + money.Upper(fen)
}
