package kit

import (
	"image/color"

	"qingfeng/model"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const barHeight = 8 // px

// Bar is a thin progress bar.
type Bar struct {
	widget.BaseWidget
	value float64
	tone  Tone
	width float32
}

// NewBar makes a bar; value runs from 0 to 1.
func NewBar(value float64, tone Tone) *Bar {
	b := &Bar{value: value, tone: tone, width: 60}
	b.ExtendBaseWidget(b)
	return b
}

// Set shows another value.
func (b *Bar) Set(value float64, tone Tone) {
	b.value, b.tone = value, tone
	b.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (b *Bar) CreateRenderer() fyne.WidgetRenderer {
	r := &barRenderer{b, canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type barRenderer struct {
	b           *Bar
	track, fill *canvas.Rectangle
}

func (r *barRenderer) Destroy()                     {}
func (r *barRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.track, r.fill} }
func (r *barRenderer) MinSize() fyne.Size           { return fyne.NewSize(r.b.width, barHeight) }

func (r *barRenderer) Layout(s fyne.Size) {
	placeBar(r.track, r.fill, fyne.NewPos(0, (s.Height-barHeight)/2), s.Width, r.b.value)
}

// placeBar lays track and fill of a bar at a place; a value above none is
// always seen as a dot.
func placeBar(track, fill *canvas.Rectangle, at fyne.Position, width float32, value float64) {
	track.Move(at)
	track.Resize(fyne.NewSize(width, barHeight))
	fill.Move(at)
	filled := width * float32(min(1, max(0, value)))
	if filled > 0 {
		filled = max(filled, barHeight)
	}
	fill.Resize(fyne.NewSize(filled, barHeight))
	track.CornerRadius, fill.CornerRadius = barHeight/2, barHeight/2
}

func (r *barRenderer) Refresh() {
	r.track.FillColor = theme.Color(ColorTrack)
	r.fill.FillColor = theme.Color(r.b.tone.solid())
	r.Layout(r.b.Size())
	canvas.Refresh(r.track)
	canvas.Refresh(r.fill)
}

// RateBar is a bar with its name before and the percentage behind it, for the
// right end of a register page's filter line.
type RateBar struct {
	widget.BaseWidget
	title, rate *Label
	bar         *Bar
}

// NewRateBar makes a rate bar that shows nothing until SetRate.
func NewRateBar(title string) *RateBar {
	r := &RateBar{title: NewMuted(title), rate: NewSubHeading("—"), bar: NewBar(0, Accent)}
	r.bar.width = 160
	r.ExtendBaseWidget(r)
	return r
}

// SetRate shows part of whole.
func (r *RateBar) SetRate(part, whole int) {
	r.bar.Set(ratio(part, whole), Accent)
	r.rate.SetText(model.Percent(part, whole))
	r.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (r *RateBar) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(Beside(r.title, r.bar, Wide(46, r.rate)))
}

func ratio(part, whole int) float64 {
	if whole <= 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
