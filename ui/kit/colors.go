package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Colours of the program's own parts, beside Fyne's.
const (
	ColorCard     fyne.ThemeColorName = "kitCard"     // cards, tables, fields
	ColorSide     fyne.ThemeColorName = "kitSide"     // side navigation
	ColorHead     fyne.ThemeColorName = "kitHead"     // head of a table
	ColorHairline fyne.ThemeColorName = "kitHairline" // lines and frames
	ColorMuted    fyne.ThemeColorName = "kitMuted"    // secondary text
	ColorLabel    fyne.ThemeColorName = "kitLabel"    // labels of fields
	ColorRow      fyne.ThemeColorName = "kitRow"      // selected row
	ColorRowHover fyne.ThemeColorName = "kitRowHover"
	ColorTrack    fyne.ThemeColorName = "kitTrack" // empty part of a bar
	ColorFrame    fyne.ThemeColorName = "kitFrame" // frame of fields and buttons
	colorDim      fyne.ThemeColorName = "kitDim"   // over the window below a dialog
	colorToast    fyne.ThemeColorName = "kitToast"
	colorOnToast  fyne.ThemeColorName = "kitOnToast"
)

// Tone says what a chip, a bar or a message means.
type Tone int

// The tones. Bad is kept for what is overdue, vetoed or has failed.
const (
	Neutral Tone = iota
	Good
	Warn
	Bad
	Info
	Accent // the program's own colour, for progress that is on its way
)

var toneNames = [...]string{"Neutral", "Good", "Warn", "Bad", "Info", "Accent"}

func (t Tone) back() fyne.ThemeColorName  { return fyne.ThemeColorName("kitBack" + toneNames[t]) }
func (t Tone) text() fyne.ThemeColorName  { return fyne.ThemeColorName("kitText" + toneNames[t]) }
func (t Tone) solid() fyne.ThemeColorName { return fyne.ThemeColorName("kitSolid" + toneNames[t]) }

type palette map[fyne.ThemeColorName]color.Color

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

func rgba(hex uint32, alpha uint8) color.NRGBA {
	c := rgb(hex)
	c.A = alpha
	return c
}

// tones adds the three colours of each tone, in the order back, text, solid.
func (p palette) tones(rows [len(toneNames)][3]uint32) palette {
	for i, r := range rows {
		p[Tone(i).back()], p[Tone(i).text()], p[Tone(i).solid()] = rgb(r[0]), rgb(r[1]), rgb(r[2])
	}
	return p
}

var light = palette{
	theme.ColorNameBackground:          rgb(0xF4F7F7),
	theme.ColorNameOverlayBackground:   rgb(0xFFFFFF),
	theme.ColorNameMenuBackground:      rgb(0xFFFFFF),
	theme.ColorNameInputBackground:     rgb(0xFFFFFF),
	theme.ColorNameInputBorder:         rgb(0xC9D4D4),
	theme.ColorNameForeground:          rgb(0x1D2A2B),
	theme.ColorNamePlaceHolder:         rgb(0x8B9A9B),
	theme.ColorNameDisabled:            rgb(0x9AA7A8),
	theme.ColorNameButton:              rgb(0xFFFFFF),
	theme.ColorNameDisabledButton:      rgb(0xEEF2F2),
	theme.ColorNameHeaderBackground:    rgb(0xEFF3F3),
	theme.ColorNamePrimary:             rgb(0x0F6B66),
	theme.ColorNameForegroundOnPrimary: rgb(0xFFFFFF),
	theme.ColorNameHyperlink:           rgb(0x0F6B66),
	theme.ColorNameFocus:               rgba(0x0F6B66, 0x30),
	theme.ColorNameSelection:           rgba(0x0F6B66, 0x38),
	theme.ColorNameHover:               rgba(0x0F6B66, 0x12),
	theme.ColorNamePressed:             rgba(0x0F6B66, 0x24),
	theme.ColorNameSeparator:           rgb(0xE0E7E7),
	theme.ColorNameError:               rgb(0xC2302A),
	theme.ColorNameWarning:             rgb(0x8A5D00),
	theme.ColorNameSuccess:             rgb(0x0F6B66),
	theme.ColorNameScrollBar:           rgba(0x4A5E5E, 0x80),
	theme.ColorNameScrollBarBackground: rgba(0x000000, 0x08),
	theme.ColorNameShadow:              rgba(0x0A2020, 0x1C),
	colorDim:                           rgba(0x0A2020, 0x4C),
	ColorCard:                          rgb(0xFFFFFF),
	ColorSide:                          rgb(0xE9EEEE),
	ColorHead:                          rgb(0xEFF3F3),
	ColorHairline:                      rgb(0xE0E7E7),
	ColorMuted:                         rgb(0x758586),
	ColorLabel:                         rgb(0x4F5F60),
	ColorRow:                           rgb(0xE1F0EF),
	ColorRowHover:                      rgb(0xF3F8F8),
	ColorTrack:                         rgb(0xE6ECEC),
	ColorFrame:                         rgb(0xC9D4D4),
	colorToast:                         rgb(0x22393A),
	colorOnToast:                       rgb(0xFFFFFF),
}.tones([...][3]uint32{
	{0xECF1F1, 0x617173, 0xA9B6B7},
	{0xDDF1E7, 0x1B6E48, 0x2B8A5E},
	{0xFFF1CF, 0x805500, 0xDFA000},
	{0xFDE5E3, 0xAE241D, 0xD64540},
	{0xE2EEFA, 0x1F5F99, 0x2F78BD},
	{0xE1F0EF, 0x0F6B66, 0x0F6B66},
})

var dark = palette{
	theme.ColorNameBackground:          rgb(0x141B1B),
	theme.ColorNameOverlayBackground:   rgb(0x1E2828),
	theme.ColorNameMenuBackground:      rgb(0x222E2E),
	theme.ColorNameInputBackground:     rgb(0x172020),
	theme.ColorNameInputBorder:         rgb(0x3A4949),
	theme.ColorNameForeground:          rgb(0xE3EBEB),
	theme.ColorNamePlaceHolder:         rgb(0x748686),
	theme.ColorNameDisabled:            rgb(0x637373),
	theme.ColorNameButton:              rgb(0x222E2E),
	theme.ColorNameDisabledButton:      rgb(0x1C2626),
	theme.ColorNameHeaderBackground:    rgb(0x223030),
	theme.ColorNamePrimary:             rgb(0x3BAFA6),
	theme.ColorNameForegroundOnPrimary: rgb(0x06201E),
	theme.ColorNameHyperlink:           rgb(0x57C4BB),
	theme.ColorNameFocus:               rgba(0x3BAFA6, 0x40),
	theme.ColorNameSelection:           rgba(0x3BAFA6, 0x50),
	theme.ColorNameHover:               rgba(0xFFFFFF, 0x10),
	theme.ColorNamePressed:             rgba(0xFFFFFF, 0x22),
	theme.ColorNameSeparator:           rgb(0x2D3A3A),
	theme.ColorNameError:               rgb(0xF07A72),
	theme.ColorNameWarning:             rgb(0xE0AE3A),
	theme.ColorNameSuccess:             rgb(0x54BE8C),
	theme.ColorNameScrollBar:           rgba(0xC0D0D0, 0x80),
	theme.ColorNameScrollBarBackground: rgba(0xFFFFFF, 0x08),
	theme.ColorNameShadow:              rgba(0x000000, 0x50),
	colorDim:                           rgba(0x000000, 0xA0),
	ColorCard:                          rgb(0x1A2323),
	ColorSide:                          rgb(0x182020),
	ColorHead:                          rgb(0x223030),
	ColorHairline:                      rgb(0x2D3A3A),
	ColorMuted:                         rgb(0x90A2A2),
	ColorLabel:                         rgb(0xAEBDBD),
	ColorRow:                           rgb(0x1F4341),
	ColorRowHover:                      rgb(0x202B2B),
	ColorTrack:                         rgb(0x2D3A3A),
	ColorFrame:                         rgb(0x3A4949),
	colorToast:                         rgb(0xDCE8E8),
	colorOnToast:                       rgb(0x10201F),
}.tones([...][3]uint32{
	{0x2B3838, 0xAAB9B9, 0x6B7C7C},
	{0x17392B, 0x78D3A7, 0x3F9E72},
	{0x40330F, 0xEFC25B, 0xD9A12A},
	{0x482220, 0xF59B94, 0xDA5A53},
	{0x1A3350, 0x8FC1F0, 0x4C8FD0},
	{0x1F4341, 0x7AD5CC, 0x3BAFA6},
})
