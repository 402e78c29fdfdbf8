package kit

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// SetContent shows content in a window, below the layer on which toasts
// appear, and lets the window's keys be heard.
func SetContent(win fyne.Window, content fyne.CanvasObject) {
	speakChinese()
	ringOf(win.Canvas())
	toast := &toastHost{}
	toast.ExtendBaseWidget(toast)
	toasts[win.Canvas()] = toast
	if content == nil {
		content = container.NewStack()
	}
	win.SetContent(container.NewStack(&pointerEar{}, content, toast))
	if c := covers[win.Canvas()]; c != nil {
		c.newPage = true
		c.settle(c.below)
	}
}

// rootParts is the number of parts of what SetContent makes.
const rootParts = 3

// rootOf is what SetContent made.
func rootOf(win fyne.Window) *fyne.Container {
	root, ok := win.Canvas().Content().(*fyne.Container)
	if !ok || toasts[win.Canvas()] == nil {
		SetContent(win, win.Canvas().Content())
		root = win.Canvas().Content().(*fyne.Container)
	}
	return root
}

var toasts = map[fyne.Canvas]*toastHost{}

// How long a toast stays: what went wrong takes longer to read.
const (
	toastStays    = 4 * time.Second
	badToastStays = 8 * time.Second
)

// Toast says in a line at the bottom of the window that something was done.
// On a covered window nobody sees it. What has to be acted on is shown with [ShowNotice] or [ShowError].
func Toast(win fyne.Window, text string, tone Tone) {
	if h := toasts[win.Canvas()]; h != nil {
		h.say(text, tone)
	}
}

// toastHost is the transparent layer over the page; events pass through it.
type toastHost struct {
	widget.BaseWidget
	text string
	tone Tone
	hide func()
}

func (h *toastHost) say(text string, tone Tone) {
	if h.hide != nil {
		h.hide()
	}
	h.text, h.tone = text, tone
	stays := toastStays
	if tone == Bad {
		stays = badToastStays
	}
	h.hide = env.After(stays, func() {
		h.text = ""
		h.Refresh()
	})
	h.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (h *toastHost) CreateRenderer() fyne.WidgetRenderer {
	r := &toastRenderer{h, canvas.NewRectangle(color.Transparent), canvas.NewText("", color.White)}
	r.text.Alignment = fyne.TextAlignCenter
	r.Refresh()
	return r
}

type toastRenderer struct {
	h    *toastHost
	back *canvas.Rectangle
	text *canvas.Text
}

func (r *toastRenderer) Destroy()                     {}
func (r *toastRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *toastRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.back, r.text} }

func (r *toastRenderer) Layout(s fyne.Size) {
	box := fyne.NewSize(r.text.MinSize().Width+40, size(sizeField)+8)
	at := fyne.NewPos((s.Width-box.Width)/2, s.Height-box.Height-40)
	r.back.Resize(box)
	r.back.Move(at)
	placeText(r.text, box, 0)
	r.text.Move(r.text.Position().Add(at))
}

func (r *toastRenderer) Refresh() {
	r.text.Text, r.text.TextSize = r.h.text, size(theme.SizeNameText)
	r.text.Color, r.back.FillColor = theme.Color(colorOnToast), theme.Color(colorToast)
	if r.h.tone == Bad {
		r.text.Color, r.back.FillColor = color.White, theme.Color(Bad.solid())
	}
	r.back.CornerRadius = 5
	r.back.Hidden, r.text.Hidden = r.h.text == "", r.h.text == ""
	r.Layout(r.h.Size())
	canvas.Refresh(r.h)
}
