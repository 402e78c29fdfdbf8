package kit

import (
	"fmt"
	"image/color"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"qingfeng/model/day"
)

// calendar is the month sheet below a date field. Arrows move by days and
// weeks, PageUp and PageDown by months, Enter takes the day.
type calendar struct {
	widget.BaseWidget
	hearing
	today, marked time.Time
	chosen        day.Date
	pick          func(day.Date)
	head          *Label
	days          *daySheet
	content       fyne.CanvasObject
}

func newCalendar(today, chosen day.Date, pick func(day.Date)) *calendar {
	c := &calendar{today: today.Time(), marked: today.Time(), chosen: chosen, pick: pick}
	if chosen != "" {
		c.marked = chosen.Time()
	}
	c.head = NewSubHeading("").Align(fyne.TextAlignCenter)
	c.days = &daySheet{c: c}
	c.days.ExtendBaseWidget(c.days)
	step := func(label string, months int) *Button {
		return NewButton(label, func() { c.turn(months); focus(c) })
	}
	line := Frame(nil, nil,
		container.New(rowLayout{4}, step("上年", -12), step("上月", -1)),
		container.New(rowLayout{4}, step("下月", 1), step("下年", 12)), container.New(inset{0, 8, 0, 8}, c.head))
	today2 := NewDoor("今天 "+string(today), func() { c.pick(day.Of(c.today)) })
	c.content = container.New(inset{6, 8, 6, 8}, container.New(columnLayout{6}, line, c.days, today2))
	c.ExtendBaseWidget(c)
	c.Refresh()
	return c
}

// CreateRenderer implements fyne.Widget.
func (c *calendar) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.content) }

func (c *calendar) show(t time.Time) {
	if t.Year() < day.MinYear || t.Year() > day.MaxYear {
		return
	}
	c.marked = t
	c.head.SetText(fmt.Sprintf("%d年%d月", t.Year(), t.Month()))
	c.days.Refresh()
}

// Refresh implements fyne.CanvasObject.
func (c *calendar) Refresh() {
	c.show(c.marked)
	c.BaseWidget.Refresh()
}

// turn goes some months on and stays within the month: a month after 31
// January is 28 February, not 3 March.
func (c *calendar) turn(months int) {
	first := time.Date(c.marked.Year(), c.marked.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	c.show(first.AddDate(0, 0, min(c.marked.Day(), last)-1))
}

// firstCell is the Monday with which the sheet of the marked month begins.
func (c *calendar) firstCell() time.Time {
	first := time.Date(c.marked.Year(), c.marked.Month(), 1, 0, 0, 0, 0, time.UTC)
	return first.AddDate(0, 0, -(int(first.Weekday())+6)%7)
}

// FocusGained implements fyne.Focusable.
func (c *calendar) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (c *calendar) FocusLost() {}

// TypedRune implements fyne.Focusable.
func (c *calendar) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (c *calendar) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		c.show(c.marked.AddDate(0, 0, -1))
	case fyne.KeyRight:
		c.show(c.marked.AddDate(0, 0, 1))
	case fyne.KeyUp:
		c.show(c.marked.AddDate(0, 0, -7))
	case fyne.KeyDown:
		c.show(c.marked.AddDate(0, 0, 7))
	case fyne.KeyPageUp:
		c.turn(-1)
	case fyne.KeyPageDown:
		c.turn(1)
	case fyne.KeyHome:
		c.show(c.today)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.pick(day.Of(c.marked))
	default:
		passKey(c, e)
	}
}

var weekdays = [...]string{"一", "二", "三", "四", "五", "六", "日"}

const (
	dayWidth, dayHeight = 36, 26 // px at scale 1
	sheetWeeks          = 6
)

// daySheet draws the six weeks around a month.
type daySheet struct {
	widget.BaseWidget
	hearing
	c *calendar
}

func (s *daySheet) cellSize() fyne.Size {
	return fyne.NewSize(max(dayWidth*textScale(), s.Size().Width/7), dayHeight*textScale())
}

// Tapped takes the day below the pointer.
func (s *daySheet) Tapped(e *fyne.PointEvent) {
	cell := s.cellSize()
	col, row := int(e.Position.X/cell.Width), int(e.Position.Y/cell.Height)-1
	if col >= 0 && col < 7 && row >= 0 && row < sheetWeeks {
		s.c.pick(day.Of(s.c.firstCell().AddDate(0, 0, row*7+col)))
	}
}

// CreateRenderer implements fyne.Widget.
func (s *daySheet) CreateRenderer() fyne.WidgetRenderer {
	r := &sheetRenderer{s: s, mark: canvas.NewRectangle(color.Transparent), ring: canvas.NewRectangle(color.Transparent)}
	r.objects = []fyne.CanvasObject{r.mark, r.ring}
	for range 7 * (sheetWeeks + 1) {
		t := canvas.NewText("", color.Black)
		t.Alignment = fyne.TextAlignCenter
		r.texts = append(r.texts, t)
		r.objects = append(r.objects, t)
	}
	r.Refresh()
	return r
}

type sheetRenderer struct {
	s          *daySheet
	mark, ring *canvas.Rectangle // the marked day, and today
	texts      []*canvas.Text    // weekdays, then days
	objects    []fyne.CanvasObject
}

func (r *sheetRenderer) Destroy()                     {}
func (r *sheetRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *sheetRenderer) MinSize() fyne.Size {
	return fyne.NewSize(textScale()*dayWidth*7, textScale()*dayHeight*(sheetWeeks+1))
}

func (r *sheetRenderer) Layout(fyne.Size) {
	cell := r.s.cellSize()
	for i, t := range r.texts {
		placeText(t, cell, 0)
		t.Move(t.Position().AddXY(float32(i%7)*cell.Width, float32(i/7)*cell.Height))
	}
	r.place(r.mark, r.s.c.marked)
	r.place(r.ring, r.s.c.today)
}

func (r *sheetRenderer) place(o *canvas.Rectangle, t time.Time) {
	cell := r.s.cellSize()
	i := int(t.Sub(r.s.c.firstCell()).Hours() / 24)
	o.Hidden = i < 0 || i >= 7*sheetWeeks
	o.CornerRadius = 4
	o.Resize(cell.SubtractWidthHeight(4, 3))
	o.Move(fyne.NewPos(float32(i%7)*cell.Width+2, float32(i/7+1)*cell.Height+1))
}

func (r *sheetRenderer) Refresh() {
	c := r.s.c
	r.mark.FillColor = theme.Color(theme.ColorNamePrimary)
	r.ring.StrokeColor, r.ring.StrokeWidth = theme.Color(theme.ColorNamePrimary), 1
	at := c.firstCell()
	for i, t := range r.texts {
		t.TextSize = size(theme.SizeNameText)
		if i < 7 {
			t.Text, t.Color = weekdays[i], theme.Color(ColorMuted)
			continue
		}
		t.Text, t.Color = strconv.Itoa(at.Day()), theme.Color(theme.ColorNameForeground)
		switch {
		case at.Equal(c.marked):
			t.Color = theme.Color(theme.ColorNameForegroundOnPrimary)
		case at.Month() != c.marked.Month():
			t.Color = theme.Color(theme.ColorNameDisabled)
		}
		at = at.AddDate(0, 0, 1)
	}
	r.Layout(r.s.Size())
	canvas.Refresh(r.s)
}
