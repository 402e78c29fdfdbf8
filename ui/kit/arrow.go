package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

const (
	arrowWidth = 8  // px
	arrowRoom  = 14 // px, with the gap before it
)

// arrow is the small mark that says that something opens below. It is drawn,
// because no bundled font is sure to have it.
type arrow struct {
	widget.BaseWidget
	color       color.Color
	left, right *canvas.Line
}

func newArrow() *arrow {
	a := &arrow{color: color.Black, left: canvas.NewLine(color.Black), right: canvas.NewLine(color.Black)}
	a.left.StrokeWidth, a.right.StrokeWidth = 1.4, 1.4
	a.ExtendBaseWidget(a)
	return a
}

func (a *arrow) set(c color.Color) {
	a.color = c
	a.Refresh()
}

func (a *arrow) CreateRenderer() fyne.WidgetRenderer { return &arrowRenderer{a} }

type arrowRenderer struct{ a *arrow }

func (r *arrowRenderer) Destroy()           {}
func (r *arrowRenderer) MinSize() fyne.Size { return fyne.NewSize(arrowWidth, arrowWidth/2) }
func (r *arrowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.a.left, r.a.right}
}

func (r *arrowRenderer) Layout(s fyne.Size) {
	tip := fyne.NewPos(s.Width/2, s.Height)
	r.a.left.Position1, r.a.left.Position2 = fyne.NewPos(0, 0), tip
	r.a.right.Position1, r.a.right.Position2 = tip, fyne.NewPos(s.Width, 0)
}

func (r *arrowRenderer) Refresh() {
	r.a.left.StrokeColor, r.a.right.StrokeColor = r.a.color, r.a.color
	canvas.Refresh(r.a.left)
	canvas.Refresh(r.a.right)
}
