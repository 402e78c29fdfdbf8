package kit

import (
	"errors"
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"golang.org/x/image/font/sfnt"
)

// TextScales are the text sizes offered in the settings, 1 being 13 px.
var TextScales = []float32{1, 1.15, 1.3}

// ThemeOptions are the parts of the theme that come from outside. Regular and
// Bold are TrueType fonts with Chinese characters; Scale is one of
// [TextScales], 0 meaning 1.
type ThemeOptions struct {
	Regular, Bold []byte
	Scale         float32
}

// NewTheme makes the theme of the program, light or dark as the system says.
// Fyne panics on a font it cannot read (a .ttc for one), so a font that does
// not parse or lacks Chinese is refused here.
func NewTheme(o ThemeOptions) (fyne.Theme, error) {
	if err := checkFont(o.Regular); err != nil {
		return nil, fmt.Errorf("regular font: %w", err)
	}
	if err := checkFont(o.Bold); err != nil {
		return nil, fmt.Errorf("bold font: %w", err)
	}
	if o.Scale <= 0 {
		o.Scale = 1
	}
	return &kitTheme{
		regular: fyne.NewStaticResource("qingfeng-regular.ttf", o.Regular),
		bold:    fyne.NewStaticResource("qingfeng-bold.ttf", o.Bold),
		scale:   o.Scale,
	}, nil
}

func checkFont(data []byte) error {
	f, err := sfnt.Parse(data)
	if err != nil {
		return err
	}
	glyph, err := f.GlyphIndex(nil, '清')
	if err != nil {
		return err
	}
	if glyph == 0 {
		return errors.New("no Chinese characters")
	}
	return nil
}

type kitTheme struct {
	regular, bold fyne.Resource
	scale         float32
}

// Font returns one resource per weight. Each further style would cost some
// 30 MB of parsed font, so italic and monospace stay with Fyne's small ones.
func (t *kitTheme) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Monospace || s.Italic || s.Symbol:
		return theme.DefaultTheme().Font(s)
	case s.Bold:
		return t.bold
	default:
		return t.regular
	}
}

func (t *kitTheme) Icon(n fyne.ThemeIconName) fyne.Resource {
	return theme.DefaultTheme().Icon(n)
}

func (t *kitTheme) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	colors := light
	if v == theme.VariantDark {
		colors = dark
	}
	if c, ok := colors[n]; ok {
		return c
	}
	return theme.DefaultTheme().Color(n, v)
}

// SizeTitle is the text size of page titles, SizeFigure that of the big
// numbers on the home page.
const (
	SizeTitle  fyne.ThemeSizeName = "kitTitle"
	SizeFigure fyne.ThemeSizeName = "kitFigure"
	sizeSmall  fyne.ThemeSizeName = "kitSmall" // chips and badges
	sizeRow    fyne.ThemeSizeName = "kitRow"   // height of a table row
	sizeField  fyne.ThemeSizeName = "kitField" // height of a button or one-line field
)

// textual sizes grow with the scale; the others are lines and gaps, in which
// a larger text needs no more room.
var textual = map[fyne.ThemeSizeName]float32{
	theme.SizeNameText:           13,
	theme.SizeNameCaptionText:    12,
	theme.SizeNameSubHeadingText: 13,
	theme.SizeNameHeadingText:    17,
	theme.SizeNameInlineIcon:     16,
	SizeTitle:                    17,
	SizeFigure:                   24,
	sizeSmall:                    12,
	sizeRow:                      26,
	sizeField:                    28,
}

var fixed = map[fyne.ThemeSizeName]float32{
	theme.SizeNamePadding:            4,
	theme.SizeNameInnerPadding:       5,
	theme.SizeNameLineSpacing:        3,
	theme.SizeNameInputRadius:        4,
	theme.SizeNameButtonRadius:       4,
	theme.SizeNameSelectionRadius:    2,
	theme.SizeNameScrollBar:          12,
	theme.SizeNameScrollBarSmall:     5,
	theme.SizeNameDialogRadius:       6,
	theme.SizeNamePopupRadius:        4,
	theme.SizeNameModalBlurRadius:    0, // blurring is slow without a graphics card
	theme.SizeNameSeparatorThickness: 1,
}

func (t *kitTheme) Size(n fyne.ThemeSizeName) float32 {
	if s, ok := textual[n]; ok {
		return s * t.scale
	}
	if s, ok := fixed[n]; ok {
		return s
	}
	return theme.DefaultTheme().Size(n)
}

// size looks a size up and falls back to the unscaled value under a foreign
// theme, as in tests.
func size(n fyne.ThemeSizeName) float32 {
	if s := theme.Size(n); s > 0 {
		return s
	}
	return textual[n]
}

// textScale is the factor by which the user enlarged the text.
func textScale() float32 { return size(theme.SizeNameText) / textual[theme.SizeNameText] }
