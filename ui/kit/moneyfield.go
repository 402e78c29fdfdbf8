package kit

import (
	"strings"

	"qingfeng/model/money"
)

// MoneyField takes an amount in yuan and gives it in fen. A form shows the
// amount in upper case below it while one types, unless there is a hint.
type MoneyField struct{ Entry }

// NewMoneyField makes an empty money field.
func NewMoneyField() *MoneyField {
	f := &MoneyField{}
	f.setUp(f)
	f.limit = 20
	f.SetPlaceHolder("0.00")
	f.left, f.gained = f.normalise, f.selectAll
	f.OnEnter = func(string) { f.normalise() }
	return f
}

// Fen is the amount, and whether the field holds one.
func (f *MoneyField) Fen() (fen int64, ok bool) {
	fen, err := money.Parse(f.Text)
	return fen, err == nil
}

// SetFen shows an amount.
func (f *MoneyField) SetFen(fen int64) { f.SetText(money.Yuan(fen)) }

// Raw implements Input.
func (f *MoneyField) Raw() string {
	if fen, ok := f.Fen(); ok {
		return money.Yuan(fen)
	}
	return f.Value()
}

// Check implements Input.
func (f *MoneyField) Check() string {
	if f.Value() == "" {
		return ""
	}
	if _, err := money.Parse(f.Text); err != nil {
		return err.Error()
	}
	return ""
}

func (f *MoneyField) normalise() {
	if fen, ok := f.Fen(); ok && f.Text != money.Yuan(fen) {
		f.SetFen(fen)
	}
}

// under takes 3600. for 3600, so that the line does not come and go between
// two keys.
func (f *MoneyField) under() string {
	fen, err := money.Parse(strings.TrimSuffix(f.Value(), "."))
	if err != nil {
		return ""
	}
	return "人民币" + money.Upper(fen)
}
