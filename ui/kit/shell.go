package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// sideWidth is the width of the navigation, px.
const sideWidth = 188

// Shell is the frame of a program: a head over everything, the navigation at
// the left, the page, a status line below.
func Shell(head fyne.CanvasObject, nav *SideNav, body, status fyne.CanvasObject) fyne.CanvasObject {
	brand := Wide(sideWidth-12, newLabel("清风", theme.SizeNameSubHeadingText, theme.ColorNamePrimary, true))
	top := container.New(inset{4, 12, 4, 12}, Frame(nil, nil, brand, nil, head))
	bottom := container.New(inset{2, 12, 2, 12}, status)
	return Frame(
		container.NewStack(newPlate(ColorCard, "", 0), Frame(nil, hairline(), nil, nil, top)),
		container.NewStack(newPlate(ColorCard, "", 0), Frame(hairline(), nil, nil, nil, bottom)),
		Wide(sideWidth, nav.Panel()), nil, body)
}

// Spread puts one object at the left and one at the right of a line.
func Spread(left, right fyne.CanvasObject) *fyne.Container { return spread(left, right) }
