package assets

import _ "embed"

// Icon is the program's icon, a PNG of 256 × 256.
//
//go:embed icons/qingfeng.png
var Icon []byte
