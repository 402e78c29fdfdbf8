package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"qingfeng/model/day"
)

// DateField takes a date as people type it (2026-9-1, 20260901, 2026.9.1,
// 2026年9月1日) and writes it as 2026-09-01 on leaving the field. The calendar
// opens with the button or the Down key. Fyne's DateEntry writes DD/MM/YYYY
// and an English calendar, and cannot be told otherwise.
type DateField struct {
	timeField[day.Date]
	popup *layer
}

// NewDateField makes an empty date field.
func NewDateField() *DateField {
	f := &DateField{}
	f.setUp(f, 20, "年-月-日", day.Parse)
	f.ActionItem = newFieldIcon(f.openCalendar)
	f.keys = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyDown && !f.Disabled() {
			f.openCalendar()
			return true
		}
		return false
	}
	return f
}

// Date is the day in the field, "" when it is empty or holds no date.
func (f *DateField) Date() day.Date { return f.read() }

// SetDate shows a day, "" for none.
func (f *DateField) SetDate(d day.Date) { f.SetText(string(d)) }

func (f *DateField) openCalendar() {
	if f.Disabled() {
		return
	}
	f.normalise()
	c := newCalendar(day.Of(Now()), f.Date(), func(d day.Date) {
		f.popup.close()
		f.SetDate(d)
		focus(f)
	})
	f.popup = openBelow(f, c, c, nil)
}

// fieldIcon is the small calendar at the right end of a date field.
type fieldIcon struct {
	widget.BaseWidget
	hearing
	tapped func()
}

func newFieldIcon(tapped func()) *fieldIcon {
	i := &fieldIcon{tapped: tapped}
	i.ExtendBaseWidget(i)
	return i
}

// Tapped implements fyne.Tappable.
func (i *fieldIcon) Tapped(*fyne.PointEvent) { i.tapped() }

// CreateRenderer implements fyne.Widget.
func (i *fieldIcon) CreateRenderer() fyne.WidgetRenderer {
	r := &iconRenderer{page: canvas.NewRectangle(color.Transparent), head: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type iconRenderer struct{ page, head *canvas.Rectangle }

func (r *iconRenderer) Destroy()                     {}
func (r *iconRenderer) MinSize() fyne.Size           { return fyne.NewSize(26, 16) }
func (r *iconRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.page, r.head} }

func (r *iconRenderer) Layout(s fyne.Size) {
	at := fyne.NewPos((s.Width-13)/2, (s.Height-13)/2)
	r.page.Resize(fyne.NewSize(13, 13))
	r.page.Move(at)
	r.head.Resize(fyne.NewSize(13, 4))
	r.head.Move(at)
}

func (r *iconRenderer) Refresh() {
	r.page.StrokeWidth, r.page.CornerRadius = 1.2, 2
	r.page.StrokeColor, r.head.FillColor = theme.Color(ColorMuted), theme.Color(ColorMuted)
	r.head.TopLeftCornerRadius, r.head.TopRightCornerRadius = 2, 2
	canvas.Refresh(r.page)
	canvas.Refresh(r.head)
}
