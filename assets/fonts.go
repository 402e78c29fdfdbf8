package assets

import _ "embed" // for the fonts below

// The bundled TrueType fonts. What each holds and where it comes from is told
// in fonts/README.md.
var (
	//go:embed fonts/SansRegular.ttf
	SansRegular []byte // the screen, and 黑体 on paper
	//go:embed fonts/SansBold.ttf
	SansBold []byte // titles on the screen
	//go:embed fonts/SerifRegular.ttf
	SerifRegular []byte // body text on paper, in place of 仿宋
	//go:embed fonts/SerifBold.ttf
	SerifBold []byte // titles on paper, in place of 小标宋
	//go:embed fonts/Kai.ttf
	Kai []byte // second headings on paper, in place of 楷体
)

// PrivateCodePoints pairs each character beyond U+FFFF that the bundled fonts
// hold with the private-use code point that shows the same glyph, one
// hexadecimal pair a line. PDF needs it; the screen does not.
//
//go:embed fonts/private.txt
var PrivateCodePoints string
