package kit

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"golang.org/x/text/width"
)

// FormatFen writes an amount in fen as yuan with separators: 1,234.56.
func FormatFen(fen int64) string {
	sign := ""
	if fen < 0 {
		sign, fen = "-", -fen
	}
	yuan := strconv.FormatInt(fen/100, 10)
	for i := len(yuan) - 3; i > 0; i -= 3 {
		yuan = yuan[:i] + "," + yuan[i:]
	}
	return fmt.Sprintf("%s%s.%02d", sign, yuan, fen%100)
}

// FormatMoney is FormatFen with the sign of the currency: ￥1,234.56.
func FormatMoney(fen int64) string { return "￥" + FormatFen(fen) }

// maxFen keeps amounts below a hundred million yuan; more is a slip.
const maxFen = 100_000_000 * 100

var (
	errMoney = errors.New("不是可识别的金额，请写成 1234.56")
	errSmall = errors.New("金额最多写到分")
	errLarge = errors.New("金额过大，请核对")
)

// ParseFen reads an amount in yuan as people write it: 1234, 1,234.5,
// ￥1,234.56, 1234元, full-width digits too. It never goes through a float.
func ParseFen(s string) (int64, error) {
	s = width.Fold.String(strings.TrimSpace(s))
	s = strings.TrimSpace(strings.TrimLeft(s, "¥￥"))
	s = strings.TrimSpace(strings.TrimSuffix(s, "元"))
	yuan, cents, point := strings.Cut(strings.ReplaceAll(s, ",", ""), ".")
	if !digits(yuan) || point && !digits(cents) {
		return 0, errMoney
	}
	if len(cents) > 2 {
		return 0, errSmall
	}
	yuan = strings.TrimLeft(yuan, "0")
	if len(yuan) > 9 {
		return 0, errLarge
	}
	fen, _ := strconv.ParseInt("0"+yuan+(cents + "00")[:2], 10, 64)
	if fen >= maxFen {
		return 0, errLarge
	}
	return fen, nil
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// MoneyField takes an amount in yuan and gives it in fen.
type MoneyField struct {
	Entry
	// Under gives a line that the form shows below the field while one types,
	// such as the amount in capital characters.
	Under func(fen int64) string
}

// NewMoneyField makes an empty money field.
func NewMoneyField() *MoneyField {
	f := &MoneyField{}
	f.setUp(f)
	f.limit = 20
	f.SetPlaceHolder("0.00")
	f.left = f.normalise
	f.OnEnter = func(string) { f.normalise() }
	return f
}

// Fen is the amount, and whether the field holds one.
func (f *MoneyField) Fen() (fen int64, ok bool) {
	fen, err := ParseFen(f.Text)
	return fen, err == nil
}

// SetFen shows an amount.
func (f *MoneyField) SetFen(fen int64) { f.SetText(FormatFen(fen)) }

// Raw implements Input.
func (f *MoneyField) Raw() string {
	if fen, ok := f.Fen(); ok {
		return FormatFen(fen)
	}
	return f.Value()
}

// Check implements Input.
func (f *MoneyField) Check() string {
	if f.Value() == "" {
		return ""
	}
	if _, err := ParseFen(f.Text); err != nil {
		return err.Error()
	}
	return ""
}

// Target implements Input.
func (f *MoneyField) Target() fyne.Focusable { return f }

func (f *MoneyField) normalise() {
	if fen, ok := f.Fen(); ok && f.Text != FormatFen(fen) {
		f.SetFen(fen)
	}
}

func (f *MoneyField) under() string {
	if fen, ok := f.Fen(); ok && f.Under != nil {
		return f.Under(fen)
	}
	return ""
}
