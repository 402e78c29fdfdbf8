// Package money writes and reads amounts, which the program keeps in fen.
package money

import (
	"fmt"
	"strconv"
)

// Yuan writes an amount in fen as yuan with separators: 1,234.56.
func Yuan(fen int64) string {
	sign, n := "", uint64(fen)
	if fen < 0 {
		sign, n = "-", -n
	}
	yuan := strconv.FormatUint(n/100, 10)
	for i := len(yuan) - 3; i > 0; i -= 3 {
		yuan = yuan[:i] + "," + yuan[i:]
	}
	return fmt.Sprintf("%s%s.%02d", sign, yuan, n%100)
}
