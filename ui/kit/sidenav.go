package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// NavGroup is a group of pages under a heading, "" for none.
type NavGroup struct {
	Title string
	Items []NavItem
}

// NavItem leads to a page.
type NavItem struct{ Key, Title string }

// SideNav is the list of pages at the left. Up and Down move while it has the
// focus, Enter opens.
type SideNav struct {
	widget.BaseWidget
	hearing
	lines    []navLine
	selected string
	hovered  string
	marked   string // by the keyboard
	focused  bool
	badges   map[string]int
	open     func(key string)
}

type navLine struct{ key, title string } // key "" = heading

const (
	navWidth   = 188 // px
	navGap     = 5   // px above a heading
	navPillEnd = 9   // px between pill and edge
)

// NewSideNav makes the list; open is called with the key of a page.
func NewSideNav(groups []NavGroup, open func(key string)) *SideNav {
	n := &SideNav{badges: map[string]int{}, open: open}
	for _, g := range groups {
		if g.Title != "" {
			n.lines = append(n.lines, navLine{"", g.Title})
		}
		for _, i := range g.Items {
			n.lines = append(n.lines, navLine{i.Key, i.Title})
		}
	}
	n.ExtendBaseWidget(n)
	return n
}

// Panel is the list on its ground, scrolling where the window is low.
func (n *SideNav) Panel() fyne.CanvasObject {
	return container.NewStack(newPlate(ColorSide, "", 0), NewVScroll(n),
		Frame(nil, nil, nil, hairline(), container.NewStack()))
}

// Select marks the page that is shown, without opening it.
func (n *SideNav) Select(key string) {
	n.selected, n.marked = key, key
	n.Refresh()
}

// SetBadge shows a number beside a page; 0 takes it away.
func (n *SideNav) SetBadge(key string, number int) {
	if n.badges[key] != number {
		n.badges[key] = number
		n.Refresh()
	}
}

// lineTop returns where a line begins and how high it is.
func (n *SideNav) lineTop(i int) (y, h float32) {
	y = 8
	for j := 0; ; j++ {
		h = n.lineHeight() + 1
		if n.lines[j].key == "" {
			h = n.lineHeight() - 3
			y += navGap
		}
		if j == i {
			return y, h
		}
		y += h
	}
}

func (n *SideNav) lineHeight() float32 { return size(sizeRow) }

func (n *SideNav) keyAt(at float32) string {
	for i, l := range n.lines {
		if y, h := n.lineTop(i); at >= y && at < y+h {
			return l.key
		}
	}
	return ""
}

// Tapped implements fyne.Tappable.
func (n *SideNav) Tapped(e *fyne.PointEvent) {
	if key := n.keyAt(e.Position.Y); key != "" {
		n.open(key)
	}
}

// MouseIn implements desktop.Hoverable.
func (n *SideNav) MouseIn(e *desktop.MouseEvent) { n.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (n *SideNav) MouseMoved(e *desktop.MouseEvent) { n.hover(n.keyAt(e.Position.Y)) }

// MouseOut implements desktop.Hoverable.
func (n *SideNav) MouseOut() { n.hover("") }

func (n *SideNav) hover(key string) {
	if key != n.hovered {
		n.hovered = key
		n.Refresh()
	}
}

// FocusGained implements fyne.Focusable.
func (n *SideNav) FocusGained() { n.focused = true; n.Refresh() }

// FocusLost implements fyne.Focusable.
func (n *SideNav) FocusLost() { n.focused = false; n.marked = n.selected; n.Refresh() }

// TypedRune implements fyne.Focusable.
func (n *SideNav) TypedRune(r rune) { typedRune(canvasOf(n), r) }

// TypedKey implements fyne.Focusable.
func (n *SideNav) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		n.move(-1)
	case fyne.KeyDown:
		n.move(1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if n.marked != "" {
			n.open(n.marked)
		}
	default:
		passKey(n, e)
	}
}

func (n *SideNav) move(step int) {
	at := -1
	for i, l := range n.lines {
		if l.key != "" && l.key == n.marked {
			at = i
		}
	}
	for i := at + step; i >= 0 && i < len(n.lines); i += step {
		if n.lines[i].key != "" {
			n.marked = n.lines[i].key
			n.Refresh()
			return
		}
	}
}

// CreateRenderer implements fyne.Widget.
func (n *SideNav) CreateRenderer() fyne.WidgetRenderer {
	r := &navRenderer{n: n, pill: canvas.NewRectangle(color.Transparent), glow: canvas.NewRectangle(color.Transparent)}
	r.objects = []fyne.CanvasObject{r.pill, r.glow}
	for range n.lines {
		t := canvas.NewText("", color.Black)
		b := NewBadge(0)
		r.texts, r.badges = append(r.texts, t), append(r.badges, b)
		r.objects = append(r.objects, t, b)
	}
	r.Refresh()
	return r
}

type navRenderer struct {
	n          *SideNav
	pill, glow *canvas.Rectangle // selected page; pointer or keyboard
	texts      []*canvas.Text
	badges     []*Badge
	objects    []fyne.CanvasObject
}

func (r *navRenderer) Destroy()                     {}
func (r *navRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *navRenderer) MinSize() fyne.Size {
	y, h := float32(0), float32(0)
	if len(r.n.lines) > 0 {
		y, h = r.n.lineTop(len(r.n.lines) - 1)
	}
	return fyne.NewSize(navWidth*textScale(), y+h+8)
}

func (r *navRenderer) Layout(s fyne.Size) {
	r.pill.Hidden, r.glow.Hidden = true, true
	for i, line := range r.n.lines {
		y, h := r.n.lineTop(i)
		left := float32(24)
		if line.key == "" {
			left = 16
		}
		placeText(r.texts[i], fyne.NewSize(s.Width, h), left)
		r.texts[i].Move(r.texts[i].Position().AddXY(0, y))
		m := r.badges[i].MinSize()
		r.badges[i].Resize(m)
		r.badges[i].Move(fyne.NewPos(s.Width-navPillEnd-8-m.Width, y+(h-m.Height)/2))
		if line.key == "" {
			continue
		}
		if line.key == r.n.selected {
			placePill(r.pill, y, h, s.Width)
		}
		if line.key == r.n.hovered || r.n.focused && line.key == r.n.marked {
			placePill(r.glow, y, h, s.Width)
		}
	}
}

func placePill(p *canvas.Rectangle, y, h, width float32) {
	p.Hidden = false
	p.Move(fyne.NewPos(0, y))
	p.Resize(fyne.NewSize(width-navPillEnd, h))
	p.TopRightCornerRadius, p.BottomRightCornerRadius = h/2, h/2
}

func (r *navRenderer) Refresh() {
	r.pill.FillColor, r.glow.FillColor = theme.Color(theme.ColorNamePrimary), theme.Color(theme.ColorNamePressed)
	for i, line := range r.n.lines {
		t, b := r.texts[i], r.badges[i]
		t.Text, t.TextSize, t.Color = line.title, size(theme.SizeNameText), theme.Color(theme.ColorNameForeground)
		b.light = line.key != "" && line.key == r.n.selected
		b.SetNumber(r.n.badges[line.key])
		switch {
		case line.key == "":
			t.TextSize, t.Color = size(theme.SizeNameCaptionText), theme.Color(ColorMuted)
		case line.key == r.n.selected:
			t.Color = theme.Color(theme.ColorNameForegroundOnPrimary)
		}
	}
	r.Layout(r.n.Size())
	canvas.Refresh(r.n)
}
