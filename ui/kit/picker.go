package kit

import (
	"context"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Suggestion is one record a picker offers. Text stands in the field once it
// is chosen, Hint beside it in the list tells namesakes apart.
type Suggestion struct {
	ID         int64
	Text, Hint string
}

// Picker is a field for a person or a department: one types a few letters and
// chooses from what the program knows. Backspace empties it.
type Picker struct {
	fieldBox
	OnChanged func(Suggestion) // ID 0 after emptying

	suggest    func(ctx context.Context, text string) ([]Suggestion, error)
	chosen     Suggestion
	offered    []Suggestion
	entry      *Entry
	list       *optionList
	popup      *layer
	generation int
	wait       func() // ends the pending wait
	cancel     context.CancelFunc
}

// suggestAfter is how long typing must rest before records are looked up.
const suggestAfter = 120 * time.Millisecond

// NewPicker makes an empty picker. suggest is called off the UI goroutine and
// should return a few dozen records at most; its text is "" when the list is
// opened without typing.
func NewPicker(suggest func(ctx context.Context, text string) ([]Suggestion, error)) *Picker {
	p := &Picker{suggest: suggest}
	p.setUp(p)
	p.placeHolder = "输入姓名、拼音或编号查找"
	p.minWidth = 160
	p.clearable = true
	p.onOpen = func() { p.open("") }
	p.onClear = p.Clear
	p.onRune = func(r rune) { p.open(string(r)) }
	p.onKey = p.key
	return p
}

// SetPlaceHolder tells what to type.
func (p *Picker) SetPlaceHolder(text string) {
	p.placeHolder = text
	p.Refresh()
}

// ID is the chosen record, 0 for none.
func (p *Picker) ID() int64 { return p.chosen.ID }

// Chosen is the chosen record.
func (p *Picker) Chosen() Suggestion { return p.chosen }

// SetChosen chooses without telling OnChanged.
func (p *Picker) SetChosen(s Suggestion) {
	p.chosen = s
	text := s.Text
	if s.Hint != "" {
		text += "　" + s.Hint
	}
	p.show(text)
}

// Clear empties the field.
func (p *Picker) Clear() { p.choose(Suggestion{}) }

func (p *Picker) choose(s Suggestion) {
	p.SetChosen(s)
	if p.OnChanged != nil {
		p.OnChanged(s)
	}
	p.tellChanged()
}

// Raw implements Input.
func (p *Picker) Raw() string {
	if p.chosen.ID == 0 {
		return p.chosen.Text
	}
	return strconv.FormatInt(p.chosen.ID, 10)
}

// Target implements Input.
func (p *Picker) Target() fyne.Focusable { return p }

func (p *Picker) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyBackspace, fyne.KeyDelete:
		if p.chosen != (Suggestion{}) {
			p.Clear()
		}
	case fyne.KeySpace:
		p.open("")
	default:
		return false
	}
	return true
}

// open shows a text field with the list below it, over this field. A list
// that lay over the page by itself would take the keyboard away from the text.
func (p *Picker) open(text string) {
	p.entry = NewEntry(40)
	p.entry.SetPlaceHolder(p.placeHolder)
	p.list = newOptionList()
	p.list.onPick = p.pick
	p.entry.SetText(text)
	p.entry.CursorColumn = len([]rune(text))
	p.entry.OnEdited = func(string) { p.lookUp(suggestAfter) }
	p.entry.keys = func(e *fyne.KeyEvent) bool { return p.list.key(e.Name) }
	content := Frame(container.New(inset{0, 1, 2, 1}, p.entry), nil, nil, nil, p.list.scrolled())
	p.popup = openBelow(p, content, p.entry, p.closed)
	p.popup.place = p.place
	p.popup.Refresh()
	p.lookUp(0)
}

// place puts the text field exactly over the picker, which looks as if one
// typed in it.
func (p *Picker) place(window, m fyne.Size) (fyne.Position, fyne.Size) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p)
	box := fyne.NewSize(max(m.Width, p.Size().Width+6), m.Height)
	pos := at.SubtractXY(3, 3)
	pos.X = min(pos.X, max(0, window.Width-box.Width))
	pos.Y = min(pos.Y, max(0, window.Height-box.Height))
	return pos, box
}

func (p *Picker) closed() {
	p.generation++
	if p.cancel != nil {
		p.cancel()
	}
}

func (p *Picker) pick(i int) {
	if i >= len(p.offered) {
		return
	}
	s := p.offered[i]
	p.popup.close()
	focus(p)
	p.choose(s)
}

func (p *Picker) lookUp(after time.Duration) {
	if p.wait != nil {
		p.wait()
	}
	if p.cancel != nil {
		p.cancel()
	}
	p.generation++
	if after == 0 {
		p.ask(p.generation)
		return
	}
	generation := p.generation
	p.wait = env.After(after, func() { p.ask(generation) })
}

func (p *Picker) ask(generation int) {
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel = cancel
	text := p.entry.Value()
	if len(p.list.rows) == 0 {
		p.offer(nil, "正在查找…")
	}
	Run(ctx, func(ctx context.Context) ([]Suggestion, error) { return p.suggest(ctx, text) },
		func(found []Suggestion, err error) {
			switch {
			case generation != p.generation:
			case err != nil:
				p.offer(nil, "没有查成，请再试一次")
			case len(found) == 0:
				p.offer(nil, "没有找到")
			default:
				p.offer(found, "")
			}
		})
}

// offer lists records, or says why there are none.
func (p *Picker) offer(found []Suggestion, message string) {
	p.offered = slices.Clone(found)
	rows := make([]optionRow, len(found))
	for i, s := range found {
		rows[i] = optionRow{text: s.Text, hint: s.Hint}
	}
	marked := 0
	if message != "" {
		rows, marked = []optionRow{{text: message, off: true}}, -1
	}
	p.list.set(rows, marked)
	p.popup.Refresh()
}
