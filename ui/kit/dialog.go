package kit

import (
	"maps"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// DialogOptions tell a dialog what to show.
type DialogOptions struct {
	Title    string
	Content  fyne.CanvasObject
	Width    float32           // px; 0 = 460
	Height   float32           // px of the content; 0 = as high as it needs, then it scrolls
	Buttons  []*Button         // left to right; the primary one stands last
	Left     fyne.CanvasObject // at the left end of the button line, nil = nothing
	Focus    fyne.Focusable    // nil = the last button
	OnEscape func()            // nil = close
	Keys     Keys              // that work while the dialog is open
}

// Dialog is an open dialog.
type Dialog struct {
	layer    *layer
	scroll   *container.Scroll
	OnClosed func()
}

const dialogWidth = 460 // px

// ShowDialog opens a dialog over the window and over any dialog there is.
func ShowDialog(win fyne.Window, o DialogOptions) *Dialog {
	if o.Width == 0 {
		o.Width = dialogWidth
	}
	o.Width = min(o.Width*textScale(), win.Canvas().Size().Width-40)
	d := &Dialog{}
	keys := Keys{string(fyne.KeyPageDown): func() { d.page(1) }, string(fyne.KeyPageUp): func() { d.page(-1) }}
	maps.Copy(keys, o.Keys)
	d.layer = &layer{canvas: win.Canvas(), dim: true, onEscape: o.OnEscape, keys: keys, above: isAbove(win)}
	d.scroll = NewVScroll(container.New(inset{dialogEdge, dialogInset / 2, dialogEdge, 0}, o.Content))
	d.layer.content = dialogCard(win, o, d.scroll)
	d.layer.onClosed = func() {
		if d.OnClosed != nil {
			d.OnClosed()
		}
	}
	target := o.Focus
	if target == nil && len(o.Buttons) > 0 {
		target = o.Buttons[len(o.Buttons)-1]
	}
	d.layer.show(target)
	d.Refit() // some fields know their height only once they have been laid out
	return d
}

// Close takes the dialog away.
func (d *Dialog) Close() { d.layer.close() }

// page goes a screenful on, or back.
func (d *Dialog) page(by float32) {
	room := d.scroll.Size().Height
	end := max(0, d.scroll.Content.MinSize().Height-room)
	d.scroll.ScrollToOffset(fyne.NewPos(0, max(0, min(end, d.scroll.Offset.Y+by*room*0.9))))
}

// Refit takes a change of the content's height into account.
func (d *Dialog) Refit() { d.layer.Refresh() }

func dialogCard(win fyne.Window, o DialogOptions, scroll *container.Scroll) fyne.CanvasObject {
	// A text that breaks knows its height only once it has a width.
	o.Content.Resize(fyne.NewSize(o.Width-2*dialogInset, 10))
	body := &dialogBody{content: o.Content, fixed: o.Height, limit: win.Canvas().Size().Height - 160}
	parts := container.New(dialogLayout{o.Width, len(o.Buttons) > 0},
		NewHeading(o.Title), container.New(body, scroll), dialogButtons(o))
	card := newPlate(theme.ColorNameOverlayBackground, "", 6)
	return container.NewStack(card, parts)
}

func dialogButtons(o DialogOptions) fyne.CanvasObject {
	buttons := make([]fyne.CanvasObject, len(o.Buttons))
	for i, b := range o.Buttons {
		buttons[i] = b
	}
	return Frame(nil, nil, o.Left, Beside(buttons...), container.NewStack())
}

const (
	dialogInset = 20 // px
	dialogGap   = 12
	dialogEdge  = 2 // px above and below the content, or the scroller cuts frames off
)

// dialogBody gives the scrolled content its own height up to a limit.
type dialogBody struct {
	content      fyne.CanvasObject
	fixed, limit float32
}

func (b *dialogBody) MinSize([]fyne.CanvasObject) fyne.Size {
	h := b.content.MinSize().Height + 2*dialogEdge
	if b.fixed > 0 {
		h = b.fixed
	}
	return fyne.NewSize(0, min(h, b.limit))
}

func (b *dialogBody) Layout(objects []fyne.CanvasObject, s fyne.Size) { objects[0].Resize(s) }

// dialogLayout stacks title, content and buttons.
type dialogLayout struct {
	width   float32
	buttons bool
}

func (l dialogLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	h := o[0].MinSize().Height + dialogGap + o[1].MinSize().Height + 2*dialogInset
	if l.buttons {
		h += dialogGap + 4 + o[2].MinSize().Height
	}
	return fyne.NewSize(l.width, h)
}

func (l dialogLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	inner := s.Width - 2*dialogInset
	title, buttons := o[0].MinSize().Height, o[2].MinSize().Height
	o[0].Move(fyne.NewPos(dialogInset, dialogInset-2))
	o[0].Resize(fyne.NewSize(inner, title))
	top := dialogInset + title + dialogGap
	bottom := float32(dialogInset)
	if l.buttons {
		o[2].Resize(fyne.NewSize(inner, buttons))
		o[2].Move(fyne.NewPos(dialogInset, s.Height-dialogInset-buttons))
		bottom += buttons + dialogGap + 4
	}
	// The content keeps some room at the right for the scroll bar.
	o[1].Move(fyne.NewPos(dialogInset, top))
	o[1].Resize(fyne.NewSize(inner+dialogInset/2, s.Height-top-bottom))
}

// asking is the question a window shows and those that wait for their turn.
type asking struct {
	open    bool
	waiting []func()
}

// askingOn tells the questions of a window from those of its cover, which must
// not wait for an answer that nobody can give.
type askingOn struct {
	canvas fyne.Canvas
	above  bool
}

var questions = map[askingOn]*asking{}

// ask shows a question when no other is open, so that two things that go
// wrong at once are read one after the other.
func ask(win fyne.Window, show func() *Dialog) {
	on := askingOn{win.Canvas(), isAbove(win)}
	q := questions[on]
	if q == nil {
		q = &asking{}
		questions[on] = q
	}
	q.waiting = append(q.waiting, func() {
		d := show()
		after := d.OnClosed
		d.OnClosed = func() {
			q.open = false
			if after != nil {
				after()
			}
			q.next()
		}
	})
	q.next()
}

func (q *asking) next() {
	if q.open || len(q.waiting) == 0 {
		return
	}
	show := q.waiting[0]
	q.waiting = q.waiting[1:]
	q.open = true
	show()
}
