package kit

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// ChartColumn is one column of a [ColumnChart]: a count and what stands below
// it.
type ChartColumn struct {
	Label string
	Count int
}

// ColumnChart shows counts side by side, each with its number on top.
type ColumnChart struct {
	widget.BaseWidget
	columns []ChartColumn
}

// NewColumnChart makes a chart; it takes the room it is given.
func NewColumnChart() *ColumnChart {
	c := &ColumnChart{}
	c.ExtendBaseWidget(c)
	return c
}

// Set shows other counts.
func (c *ColumnChart) Set(columns []ChartColumn) {
	c.columns = columns
	c.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (c *ColumnChart) CreateRenderer() fyne.WidgetRenderer {
	r := &chartRenderer{chart: c}
	r.Refresh()
	return r
}

// chartRenderer has a column, a number and a label for each count, in this
// order, and the line they stand on at the end.
type chartRenderer struct {
	chart   *ColumnChart
	objects []fyne.CanvasObject
}

func (r *chartRenderer) Destroy()                     {}
func (r *chartRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *chartRenderer) MinSize() fyne.Size           { return fyne.NewSize(200, 90) }

// Layout gives each count an equal share of the width; the highest column
// takes the height between the numbers and the labels.
func (r *chartRenderer) Layout(s fyne.Size) {
	const gap = 4
	n := len(r.chart.columns)
	if n == 0 {
		return
	}
	most := 1
	for _, c := range r.chart.columns {
		most = max(most, c.Count)
	}
	line := fyne.MeasureText("0", smallText(), fyne.TextStyle{}).Height
	foot := s.Height - line - gap
	room := foot - line - gap
	share := s.Width / float32(n)
	for i, c := range r.chart.columns {
		x := share * float32(i)
		height := room * float32(c.Count) / float32(most)
		if c.Count > 0 {
			height = max(height, 2)
		}
		bar := r.objects[3*i]
		bar.Move(fyne.NewPos(x+share*0.22, foot-height))
		bar.Resize(fyne.NewSize(share*0.56, height))
		centre(r.objects[3*i+1], x, share, foot-height-line-1)
		centre(r.objects[3*i+2], x, share, foot+gap)
	}
	base := r.objects[3*n]
	base.Move(fyne.NewPos(0, foot))
	base.Resize(fyne.NewSize(s.Width, 1))
}

func centre(o fyne.CanvasObject, x, width, y float32) {
	size := o.MinSize()
	o.Resize(size)
	o.Move(fyne.NewPos(x+(width-size.Width)/2, y))
}

func smallText() float32 { return theme.TextSize() - 2 }

func (r *chartRenderer) Refresh() {
	r.objects = nil
	for _, c := range r.chart.columns {
		bar := canvas.NewRectangle(theme.Color(Accent.solid()))
		bar.CornerRadius = 2
		number := ""
		if c.Count > 0 {
			number = fmt.Sprint(c.Count)
		}
		r.objects = append(r.objects, bar, chartText(number, theme.Color(theme.ColorNameForeground)),
			chartText(c.Label, theme.Color(theme.ColorNamePlaceHolder)))
	}
	if len(r.objects) > 0 {
		r.objects = append(r.objects, canvas.NewRectangle(theme.Color(theme.ColorNameSeparator)))
	}
	r.Layout(r.chart.Size())
	canvas.Refresh(r.chart)
}

func chartText(text string, ink color.Color) *canvas.Text {
	t := canvas.NewText(text, ink)
	t.TextSize = smallText()
	return t
}
