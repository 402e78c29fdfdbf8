package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// NewCard puts content on a card under a title; right, such as a [Door],
// stands at the right end of the title and may be nil.
func NewCard(title string, right, content fyne.CanvasObject) fyne.CanvasObject {
	if right == nil {
		right = container.NewStack()
	}
	top := container.New(inset{0, 0, 6, 0}, spread(NewSubHeading(title), right))
	return onPlate(Padded(Frame(top, nil, nil, nil, content)))
}

// Stat is a figure of the home page and the way to what is behind it.
type Stat struct {
	Title, Value, Caption string
	Chip                  string // "" = none; below the value when there is no bar
	ChipTone              Tone
	Bar                   float64 // 0 to 1; below 0 = no bar
	BarTone               Tone
	Door                  string // "" = none
	Open                  func()
}

// StatCard shows a [Stat]. A click anywhere on it opens the door.
type StatCard struct {
	widget.BaseWidget
	hearing
	stat                  Stat
	title, value, caption *Label
	chip, under           *Chip // beside the value; in the place of the bar
	bar                   *Bar
	door                  *Door
	content               *fyne.Container
	figures, below        *fyne.Container
}

// NewStatCard makes a card.
func NewStatCard(s Stat) *StatCard {
	c := &StatCard{
		title: NewSubHeading(""), caption: NewMuted(""), chip: NewChip("", Neutral), under: NewChip("", Neutral), bar: NewBar(0, Accent),
		value: newLabel("", SizeFigure, theme.ColorNameForeground, true),
	}
	c.door = NewDoor("", func() { c.Tapped(nil) })
	c.figures = Beside(c.value, c.caption, c.chip)
	c.below = Beside(c.under)
	c.content = onPlate(Padded(container.New(columnLayout{8}, spread(c.title, c.door), c.figures, c.bar, c.below)))
	c.ExtendBaseWidget(c)
	c.Set(s)
	return c
}

// Set shows another figure.
func (c *StatCard) Set(s Stat) {
	c.stat = s
	c.title.SetText(s.Title)
	c.value.SetText(s.Value)
	c.caption.SetText(s.Caption)
	c.bar.Set(s.Bar, s.BarTone)
	setVisible(c.bar, s.Bar >= 0)
	beside, under := s.Chip, ""
	if s.Bar < 0 {
		beside, under = under, beside
	}
	c.chip.Set(beside, s.ChipTone)
	c.under.Set(under, s.ChipTone)
	setVisible(c.below, under != "")
	c.door.SetLabel(s.Door)
	setVisible(c.door, s.Door != "")
	c.content.Refresh()
}

// Tapped implements fyne.Tappable.
func (c *StatCard) Tapped(*fyne.PointEvent) {
	if c.stat.Open != nil {
		c.stat.Open()
	}
}

// CreateRenderer implements fyne.Widget.
func (c *StatCard) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.content) }
