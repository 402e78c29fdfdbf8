package kit

import (
	"context"
	"fmt"
	"image"
	"log/slog"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Preview is a document to look at before it is printed.
type Preview struct {
	Title string
	Pages int
	First int // the page shown first, counted from 0
	// Render draws a page, counted from 0, off the UI goroutine.
	Render   func(ctx context.Context, page, dpi int) (image.Image, error)
	OnPrint  func() // nil = no button
	OnSave   func() // 另存为 PDF; nil = no button
	OnClosed func() // may be nil
	Log      *slog.Logger
}

// zooms are the steps of enlargement in percent; 100 is the size on paper at
// 96 dots per inch.
var zooms = []int{50, 65, 80, 100, 125, 150, 200}

const (
	zoomAtFirst = 3 // index into zooms
	screenDPI   = 96
	keptImages  = 8
)

// ShowPreview shows a document over the whole window, a page at a time.
// PageUp and PageDown turn pages, + and - change the size, Esc closes.
func ShowPreview(win fyne.Window, p Preview) {
	v := &previewer{win: win, p: p, zoom: zoomAtFirst, images: map[[2]int]image.Image{}}
	v.build()
	v.show(p.First)
}

type previewer struct {
	win        fyne.Window
	p          Preview
	page, zoom int
	generation int
	cancel     context.CancelFunc
	images     map[[2]int]image.Image // by page and dpi

	layer         *layer
	sheet         *sheet
	scroll        *container.Scroll
	number        *Entry
	percent       *Label
	message       *Label
	before, after *Button
	bar           *fyne.Container
}

func (v *previewer) build() {
	v.sheet = newSheet(v)
	v.scroll = container.NewScroll(container.NewCenter(v.sheet))
	v.scroll.OnScrolled = func(fyne.Position) { heard() }
	v.percent, v.message = NewLabel(""), NewMuted("")
	v.before = NewButton("上一页", func() { v.turn(v.page - 1) })
	v.after = NewButton("下一页", func() { v.turn(v.page + 1) })
	v.number = NewEntry(6)
	v.number.OnEnter = func(text string) {
		if n, err := strconv.Atoi(text); err == nil {
			v.turn(n - 1)
		}
	}
	buttons := []fyne.CanvasObject{NewButton("关闭", v.close)}
	keys := Keys{}
	if v.p.OnSave != nil {
		buttons = append(buttons, NewButton("另存为 PDF", v.p.OnSave))
		keys["Ctrl+S"] = v.p.OnSave
	}
	if v.p.OnPrint != nil {
		buttons = append(buttons, NewPrimaryButton("打印　Ctrl+P", v.p.OnPrint))
		keys["Ctrl+P"] = v.p.OnPrint
	}
	v.bar = Beside(v.before, v.after, NewLabel("第"), Wide(56, v.number), NewLabel(fmt.Sprintf("/ %d 页", v.p.Pages)),
		NewButton("缩小", func() { v.resize(-1) }), v.percent, NewButton("放大", func() { v.resize(1) }), v.message)
	top := Below(spread(NewHeading(v.p.Title), Beside(buttons...)), v.bar)
	ground := newPlate("background", "", 0)
	content := container.NewStack(ground, container.New(pageInset, Frame(container.New(inset{0, 0, 10, 0}, top), nil, nil, nil,
		container.NewStack(newPlate(ColorTrack, ColorHairline, 4), container.New(inset{1, 1, 1, 1}, v.scroll)))))
	v.layer = &layer{canvas: v.win.Canvas(), content: content, keys: keys, onClosed: v.closed, above: isAbove(v.win)}
	v.layer.place = func(window, _ fyne.Size) (fyne.Position, fyne.Size) { return fyne.Position{}, window }
	v.layer.show(v.sheet)
}

func (v *previewer) close() { v.layer.close() }

func (v *previewer) closed() {
	v.stop()
	if v.p.OnClosed != nil {
		v.p.OnClosed()
	}
}

func (v *previewer) stop() {
	v.generation++
	if v.cancel != nil {
		v.cancel()
	}
}

func (v *previewer) turn(page int) {
	page = min(max(0, page), v.p.Pages-1)
	v.scroll.ScrollToTop()
	v.show(page)
	focus(v.sheet)
}

func (v *previewer) resize(step int) {
	v.zoom = min(max(0, v.zoom+step), len(zooms)-1)
	v.show(v.page)
}

// show draws a page, from memory when it was drawn lately.
func (v *previewer) show(page int) {
	v.stop()
	v.page = page
	v.number.SetText(strconv.Itoa(page + 1))
	v.percent.SetText(fmt.Sprintf("%d%%", zooms[v.zoom]))
	v.bar.Refresh()
	enabled(v.before, page > 0)
	enabled(v.after, page < v.p.Pages-1)
	if v.p.Pages == 0 {
		v.say("没有可以打印的内容")
		return
	}
	scale := v.win.Canvas().Scale()
	dpi := int(float32(screenDPI*zooms[v.zoom]) / 100 * scale)
	key := [2]int{page, dpi}
	if img := v.images[key]; img != nil {
		v.put(img, scale)
		return
	}
	v.say("正在排版…")
	ctx, cancel := context.WithCancel(context.Background())
	v.cancel = cancel
	generation := v.generation
	Run(ctx, func(ctx context.Context) (image.Image, error) { return v.p.Render(ctx, page, dpi) },
		func(img image.Image, err error) {
			cancel()
			if generation != v.generation {
				return
			}
			if err != nil {
				v.say("这一页没有画出来")
				ShowError(v.win, err, v.p.Log)
				return
			}
			if len(v.images) >= keptImages {
				clear(v.images)
			}
			v.images[key] = img
			v.put(img, scale)
		})
}

func (v *previewer) put(img image.Image, scale float32) {
	v.say("")
	b := img.Bounds()
	v.sheet.image.Image = img
	v.sheet.image.SetMinSize(fyne.NewSize(float32(b.Dx())/scale, float32(b.Dy())/scale))
	v.sheet.Refresh()
	v.scroll.Refresh()
}

func (v *previewer) say(text string) {
	v.message.SetText(text)
	v.bar.Refresh()
}

func enabled(b *Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// sheet is the page in a preview; it has the focus so that keys turn pages.
type sheet struct {
	widget.BaseWidget
	hearing
	v     *previewer
	image *canvas.Image
}

func newSheet(v *previewer) *sheet {
	s := &sheet{v: v, image: &canvas.Image{FillMode: canvas.ImageFillStretch}}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer implements fyne.Widget.
func (s *sheet) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(inset{12, 12, 12, 12}, s.image))
}

// Tapped takes the focus back from the field of the page number.
func (s *sheet) Tapped(*fyne.PointEvent) { focus(s) }

// FocusGained implements fyne.Focusable.
func (s *sheet) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (s *sheet) FocusLost() {}

// TypedRune implements fyne.Focusable.
func (s *sheet) TypedRune(r rune) {
	switch r {
	case '+', '=':
		s.v.resize(1)
	case '-':
		s.v.resize(-1)
	}
}

// TypedKey implements fyne.Focusable.
func (s *sheet) TypedKey(e *fyne.KeyEvent) {
	scroll := s.v.scroll
	switch e.Name {
	case fyne.KeyPageDown, fyne.KeyRight, fyne.KeySpace:
		s.v.turn(s.v.page + 1)
	case fyne.KeyPageUp, fyne.KeyLeft:
		s.v.turn(s.v.page - 1)
	case fyne.KeyHome:
		s.v.turn(0)
	case fyne.KeyEnd:
		s.v.turn(s.v.p.Pages - 1)
	case fyne.KeyDown:
		scroll.ScrollToOffset(scroll.Offset.AddXY(0, 60))
	case fyne.KeyUp:
		scroll.ScrollToOffset(fyne.NewPos(scroll.Offset.X, max(0, scroll.Offset.Y-60)))
	default:
		passKey(s, e)
	}
}
