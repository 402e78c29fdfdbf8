package kit

import (
	"context"
	"fmt"
	"maps"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// RegisterPage is a page that lists the records of a register: title line
// with actions, filter line, table, and a strip with the selected row. It is
// a [Page].
type RegisterPage[R any] struct {
	spec            Register[R]
	win             fyne.Window
	table           *Table[R]
	title           *Label
	subtitle        *Label
	buttons         []*Button
	actions         []Action[R] // beside buttons
	filters         []*filterField
	values          map[string]string
	keyword         *Entry
	wait            func() // ends the pending search
	count           *Label
	ticks           *Door
	clear           *Door
	empty           *fyne.Container
	strip           *strip[R]
	top, line, body *fyne.Container // title line, filter line, all
	lineTall        float32         // height of the filter line at the last layout
	content         fyne.CanvasObject
	lastErr         error
	seen            bool
	remove          func()
}

// searchAfter is how long typing must rest before the table searches.
const searchAfter = 250 * time.Millisecond

// NewRegisterPage makes the page. It asks for its rows when it is first laid
// out.
func NewRegisterPage[R any](win fyne.Window, spec Register[R]) *RegisterPage[R] {
	p := &RegisterPage[R]{spec: spec, win: win, values: map[string]string{}}
	p.table = NewTable(TableOptions[R]{
		Columns: spec.Columns, Source: spec.Source, ID: spec.ID, Multi: spec.Multi, Sort: spec.Sort, Desc: spec.Desc,
	})
	for _, f := range spec.Filters {
		if f.Start != "" {
			p.values[f.Key] = f.Start
		}
	}
	p.table.pager.query.Filters = maps.Clone(p.values)
	p.table.OnSelect = func(row R, ok bool) { p.strip.show(row, ok); p.enable() }
	p.table.OnTick = func(int) { p.tell(p.table.pager.state()); p.enable() }
	p.table.OnOpen = spec.Open
	p.table.OnState = p.tell
	p.build()
	p.ReloadFilters()
	return p
}

func (p *RegisterPage[R]) build() {
	p.title, p.subtitle = NewHeading(p.spec.Title), NewMuted(p.spec.Subtitle).Shorten()
	p.count = NewMuted("")
	p.ticks = NewDoor("取消勾选", p.table.ClearTicks)
	p.clear = NewDoor("清除筛选", p.ClearFilters)
	p.strip = newStrip(p.spec)
	p.top = Frame(nil, nil, container.New(inset{0, 10, 0, 0}, p.title), container.New(inset{0, 0, 0, 10}, Beside(p.actionButtons()...)), p.subtitle)
	var line []fyne.CanvasObject
	for _, f := range p.spec.Filters {
		ff := newFilterField(f, p.values[f.Key], func(value string) { p.filter(f.Key, value) })
		p.filters = append(p.filters, ff)
		line = append(line, ff.object)
	}
	if p.spec.Keyword != "" {
		line = append(line, Wide(220, p.keywordField()))
	}
	line = append(line, p.count, p.ticks, p.clear)
	p.line = container.New(&flowLayout{gap: 10}, line...)
	second := p.line
	if p.spec.Side != nil {
		second = spread(second, p.spec.Side)
	}
	p.empty = container.NewCenter(p.emptyState())
	p.empty.Hide()
	head := container.New(inset{0, 0, 8, 0}, container.New(columnLayout{10}, p.top, container.New(lineHeight{}, second)))
	p.body = Frame(head, container.New(inset{8, 0, 0, 0}, p.strip.object), nil, nil, container.NewStack(p.table, p.empty))
	p.strip.resized = p.body.Refresh
	p.content = container.New(pageInset, p.body)
	p.tell(p.table.pager.state())
	p.enable()
}

func (p *RegisterPage[R]) emptyState() fyne.CanvasObject {
	text := p.spec.Empty.Text
	if text == "" {
		text = "还没有记录。"
	}
	objects := []fyne.CanvasObject{container.NewCenter(NewMuted(text))}
	if p.spec.Empty.Button != "" {
		objects = append(objects, container.NewCenter(NewPrimaryButton(p.spec.Empty.Button, p.spec.Empty.Run)))
	}
	return container.New(columnLayout{14}, objects...)
}

func (p *RegisterPage[R]) keywordField() fyne.CanvasObject {
	p.keyword = NewEntry(60)
	p.keyword.SetPlaceHolder(p.spec.Keyword)
	p.keyword.OnEdited = func(string) { p.searchLater() }
	p.keyword.OnEnter = func(string) { p.entered() }
	p.keyword.keys = func(e *fyne.KeyEvent) bool {
		if e.Name == fyne.KeyDown {
			p.table.Focus()
			return true
		}
		return false
	}
	return p.keyword
}

func (p *RegisterPage[R]) searchLater() {
	if p.wait != nil {
		p.wait()
	}
	p.wait = env.After(searchAfter, p.search)
}

func (p *RegisterPage[R]) search() {
	if text := p.keyword.Value(); text != p.table.Query().Keyword {
		p.table.SetQuery(func(q *Query) { q.Keyword = text })
	}
}

// entered is Enter in the search field: a scanned number, or a search that
// need not wait.
func (p *RegisterPage[R]) entered() {
	if p.wait != nil {
		p.wait()
	}
	code := p.keyword.Value()
	if code != "" && p.spec.OnScan != nil && p.spec.OnScan(code) {
		p.keyword.SetText("")
		if p.wait != nil {
			p.wait()
		}
		p.search()
		return
	}
	p.search()
}

// typed takes a character that no field wanted: what one types on this page
// is searched for, and a scanner types too.
func (p *RegisterPage[R]) typed(r rune) {
	if p.keyword == nil {
		return
	}
	p.win.Canvas().Focus(p.keyword)
	p.keyword.TypedRune(r)
}

func (p *RegisterPage[R]) filter(key, value string) {
	if value == "" {
		delete(p.values, key)
	} else {
		p.values[key] = value
	}
	p.apply()
}

func (p *RegisterPage[R]) apply() {
	p.table.SetQuery(func(q *Query) { q.Filters = maps.Clone(p.values) })
}

// SetFilter sets a filter from outside, such as from a number on another page
// that leads to its rows. "" means all.
func (p *RegisterPage[R]) SetFilter(key, value string) {
	for _, f := range p.filters {
		if f.filter.Key == key {
			f.set(value)
		}
	}
	p.filter(key, value)
}

// SetKeyword searches for a text.
func (p *RegisterPage[R]) SetKeyword(text string) {
	if p.keyword != nil {
		p.keyword.SetText(text)
		if p.wait != nil {
			p.wait()
		}
		p.search()
	}
}

// ClearFilters puts all filters on "all" and empties the search field.
func (p *RegisterPage[R]) ClearFilters() {
	clear(p.values)
	for _, f := range p.filters {
		f.set("")
	}
	if p.keyword != nil {
		p.keyword.SetText("")
		if p.wait != nil {
			p.wait()
		}
	}
	p.table.SetQuery(func(q *Query) { q.Keyword, q.Filters = "", nil })
}

// ReloadFilters asks again for the options of the filters that load them.
func (p *RegisterPage[R]) ReloadFilters() {
	for _, f := range p.filters {
		if f.filter.Load == nil {
			continue
		}
		Run(context.Background(), f.filter.Load, func(options []Option, err error) {
			if err != nil {
				p.log(err)
				return
			}
			f.setOptions(options)
		})
	}
}

// tell shows how many rows there are, or why there are none.
func (p *RegisterPage[R]) tell(s TableState) {
	q := p.table.Query()
	filtered := len(q.Filters) > 0 || q.Keyword != ""
	ticked := len(p.table.ticked)
	text := fmt.Sprintf("%d 条", s.Total)
	if p.spec.Count != nil {
		text = p.spec.Count(s.Total)
	}
	switch {
	case s.Err != nil:
		text = "没有读出来"
		p.log(s.Err)
	case s.Loading && s.Total == 0:
		text = "正在读取…"
	case ticked > 0:
		text += fmt.Sprintf("，已勾选 %d 条", ticked)
	}
	p.count.SetText(text)
	none := !s.Loading && s.Err == nil && s.Total == 0
	setVisible(p.ticks, ticked > 0)
	setVisible(p.clear, none && filtered)
	setVisible(p.empty, none && !filtered)
	if none && filtered {
		p.table.view.say("没有符合条件的记录。")
	}
	p.line.Refresh()
	if h := p.line.MinSize().Height; h != p.lineTall && p.body != nil {
		p.lineTall = h
		p.body.Refresh()
	}
}

func (p *RegisterPage[R]) log(err error) {
	if p.spec.Log != nil && err != p.lastErr {
		p.spec.Log.Error("register", "page", p.spec.Title, "error", err.Error())
	}
	p.lastErr = err
}

// Content implements Page.
func (p *RegisterPage[R]) Content() fyne.CanvasObject { return p.content }

// Shown implements Page. Coming back, the rows are read again: another page
// may have changed them.
func (p *RegisterPage[R]) Shown() {
	p.Hidden()
	keys := Keys{"F5": p.Refresh, "Esc": func() { p.SetKeyword(""); p.table.Focus() }}
	if p.keyword != nil {
		keys["Ctrl+F"] = p.keyword.Retype
	}
	p.addKeys(keys, p.spec.Actions)
	p.addKeys(keys, p.spec.More)
	p.remove = pushScope(p.win.Canvas(), &scope{keys: keys, runes: p.typed, above: isAbove(p.win)})
	if p.seen {
		p.Refresh()
	}
	p.seen = true
	p.table.FocusIn(p.win) // at first it is not drawn yet
}

// Hidden implements Page.
func (p *RegisterPage[R]) Hidden() {
	if p.remove != nil {
		p.remove()
		p.remove = nil
	}
	// Or what one types, and scans, on the next page would still come here.
	if f := p.win.Canvas().Focused(); p.keyword != nil && f == fyne.Focusable(p.keyword) || f == fyne.Focusable(p.table.view.body) {
		p.win.Canvas().Unfocus()
	}
}

// Refresh reads the rows again and keeps filters, place and selection.
func (p *RegisterPage[R]) Refresh() {
	p.table.Reload()
	p.ReloadFilters()
}

// Query is what the table shows, without Offset and Limit.
func (p *RegisterPage[R]) Query() Query { return p.table.Query() }

// Table is the page's table.
func (p *RegisterPage[R]) Table() *Table[R] { return p.table }

// SetSubtitle changes the text beside the title.
func (p *RegisterPage[R]) SetSubtitle(text string) {
	p.subtitle.SetText(text)
	p.top.Refresh()
}

// SelectID selects a record, such as one just created, once it is in view.
func (p *RegisterPage[R]) SelectID(id int64) { p.table.SelectID(id) }
