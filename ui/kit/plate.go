package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// plate is a ground in a theme colour that follows a change of theme.
type plate struct {
	widget.BaseWidget
	fill, frame fyne.ThemeColorName // frame "" = none
	radius      float32
	rect        *canvas.Rectangle
}

func newPlate(fill, frame fyne.ThemeColorName, radius float32) *plate {
	p := &plate{fill: fill, frame: frame, radius: radius, rect: canvas.NewRectangle(color.Transparent)}
	p.ExtendBaseWidget(p)
	return p
}

func (p *plate) CreateRenderer() fyne.WidgetRenderer {
	r := &plateRenderer{p}
	r.Refresh()
	return r
}

type plateRenderer struct{ p *plate }

func (r *plateRenderer) Destroy()                     {}
func (r *plateRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *plateRenderer) Layout(s fyne.Size)           { r.p.rect.Resize(s) }
func (r *plateRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.p.rect} }

func (r *plateRenderer) Refresh() {
	rect := r.p.rect
	rect.FillColor, rect.CornerRadius = theme.Color(r.p.fill), r.p.radius
	rect.StrokeWidth = 0
	if r.p.frame != "" {
		rect.StrokeColor, rect.StrokeWidth = theme.Color(r.p.frame), 1
	}
	canvas.Refresh(rect)
}

// onPlate puts an object on a framed white ground.
func onPlate(o fyne.CanvasObject) *fyne.Container {
	return container.NewStack(newPlate(ColorCard, ColorHairline, 5), container.New(inset{1, 1, 1, 1}, o))
}

// hairline is a horizontal or vertical line of one pixel.
func hairline() fyne.CanvasObject {
	return container.New(lineLayout{}, newPlate(ColorHairline, "", 0))
}

type lineLayout struct{}

func (lineLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSquareSize(1) }
func (lineLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	objects[0].Resize(s)
}
