package roster

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"qingfeng/ui/kit"
)

var _ kit.Input = (*entryWith)(nil)

// entryWith is an entry with a button at its right, as one input of a form.
type entryWith struct {
	widget.BaseWidget
	entry   *kit.Entry
	content *fyne.Container
}

func newEntryWith(entry *kit.Entry, shown, right fyne.CanvasObject) *entryWith {
	e := &entryWith{entry: entry, content: kit.Frame(nil, nil, nil, right, shown)}
	e.ExtendBaseWidget(e)
	return e
}

func (e *entryWith) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(e.content) }
func (e *entryWith) Raw() string                         { return e.entry.Raw() }
func (e *entryWith) Check() string                       { return e.entry.Check() }
func (e *entryWith) SetInvalid(bad bool)                 { e.entry.SetInvalid(bad) }
func (e *entryWith) Watch(changed, submitted func())     { e.entry.Watch(changed, submitted) }

// Target implements kit.Input; a masked value cannot be typed into.
func (e *entryWith) Target() fyne.Focusable {
	if !e.entry.Visible() {
		return nil
	}
	return e.entry
}

// wordInput is an entry for any text with a menu of the words already in use.
func wordInput(entry *kit.Entry, words []string) kit.Input {
	if len(words) == 0 {
		return entry
	}
	menu := kit.NewMenuButton("选用", func() []kit.MenuItem {
		items := make([]kit.MenuItem, len(words))
		for i, w := range words {
			items[i] = kit.MenuItem{Label: w, Run: func() { entry.SetText(w) }}
		}
		return items
	})
	return newEntryWith(entry, entry, atRight(menu))
}

// secretInput keeps a sensitive value masked until 显示完整 is pressed. Only
// then can it be changed, as a mask cannot be edited. An empty value has
// nothing to hide.
func secretInput(entry *kit.Entry, mask func(string) string) kit.Input {
	value := entry.Value()
	if value == "" {
		return entry
	}
	masked := kit.NewReadOnly(mask(value))
	reveal := kit.NewButton("显示完整", nil)
	right := atRight(reveal)
	e := newEntryWith(entry, container.NewStack(entry, masked), right)
	entry.Hide()
	reveal.OnTapped = func() {
		masked.Hide()
		right.Hide()
		entry.Show()
		e.content.Refresh()
	}
	return e
}

// atRight keeps what stands at the right of a field clear of it.
func atRight(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 0, 8, 0), o)
}
