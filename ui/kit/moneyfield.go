package kit

import "fmt"

// FormatFen x.
func FormatFen(fen int64) string { return fmt.Sprint(fen) }
