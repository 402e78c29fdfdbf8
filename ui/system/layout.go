package system

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"qingfeng/ui/kit"
)

// pageOf lays a page out as the others of the window: title and button on
// top, the content below, scrolled where it is long. button may be nil.
func pageOf(title, subtitle string, button, content fyne.CanvasObject) fyne.CanvasObject {
	if button == nil {
		button = container.New(heightOf{kit.NewButton("", nil)}) // the title stands as high as on other pages
	}
	top := kit.Frame(nil, nil, kit.Beside(kit.NewHeading(title), kit.NewMuted(subtitle)), button, container.NewStack())
	// A little room around, or the scroller would cut the cards' frames off.
	body := kit.NewVScroll(container.New(layout.NewCustomPaddedLayout(1, 2, 1, 1), content))
	return container.New(layout.NewCustomPaddedLayout(12, 12, 16, 16),
		kit.Frame(container.New(layout.NewCustomPaddedLayout(0, 10, 0, 0), top), nil, nil, nil, body))
}

// heightOf takes the height of an object that is not shown.
type heightOf struct{ o fyne.CanvasObject }

func (h heightOf) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, h.o.MinSize().Height)
}
func (h heightOf) Layout([]fyne.CanvasObject, fyne.Size) {}

// paragraph is text that breaks into lines and begins where other text does.
func paragraph(text string) fyne.CanvasObject {
	p := -theme.Size(theme.SizeNameInnerPadding)
	return container.New(layout.NewCustomPaddedLayout(p, p, p, p), kit.NewParagraph(text))
}

// gapAbove keeps buttons away from what they act on.
func gapAbove(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(8, 0, 0, 0), o)
}
