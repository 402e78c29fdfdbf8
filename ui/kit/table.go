package kit

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Align places the text of a column.
type Align int

// The alignments. Numbers and money stand at the right.
const (
	AlignLeft Align = iota
	AlignRight
	AlignCenter
)

// Column is one column of a table. Exactly one of Text, Chip and Bar is set, or
// Chip with the Text of the rows that have no chip.
// The functions are called for visible rows only and must not query.
type Column[R any] struct {
	Title string
	Sort  string  // key for Query.Sort; "" = not sortable
	Align Align   // of the head too
	Width float32 // px at the smallest text size; 0 = as wide as its content
	Flex  bool    // takes what is left over; the only kind that may end in "…"
	Text  func(R) string
	Chip  func(R) (text string, tone Tone)   // an empty text shows no chip
	Bar   func(R) (value float64, tone Tone) // 0 to 1
}

// TableOptions tell a table what to show.
type TableOptions[R any] struct {
	Columns  []Column[R]
	Source   Source[R]
	ID       func(R) int64 // keeps the selection over a reload; nil = by place
	Multi    bool          // tick boxes in front of the rows
	PageSize int           // rows asked for at a time; 0 = 100
	Sort     string        // at the start
	Desc     bool
	Empty    string // shown when there are no rows
}

// Table shows the rows of a source that pages, however many there are: only
// the visible rows exist as objects and only their pages are asked for.
// Arrows, PageUp, PageDown, Home and End move; Enter and a double click open;
// Space ticks; Ctrl+C copies the row as text that Excel splits into cells.
type Table[R any] struct {
	widget.BaseWidget
	OnSelect func(row R, ok bool) // ok false: nothing is selected
	OnOpen   func(R)
	OnTick   func(n int)
	OnState  func(TableState)

	opt        TableOptions[R]
	pager      *pager[R]
	view       *tableView
	selected   int   // index, -1 = none
	selectedID int64 // 0 = none
	ticked     map[int64]R
	tickOrder  []int64
	started    bool
}

// NewTable makes a table. It asks its source when it is first shown.
func NewTable[R any](o TableOptions[R]) *Table[R] {
	if o.PageSize == 0 {
		o.PageSize = 100
	}
	t := &Table[R]{opt: o, selected: -1, ticked: map[int64]R{}}
	t.pager = newPager(o.Source, o.PageSize, t.arrived)
	t.pager.query = Query{Sort: o.Sort, Desc: o.Desc}
	heads := make([]headCell, len(o.Columns))
	for i, c := range o.Columns {
		heads[i] = headCell{c.Title, c.Sort, c.Align, c.Width, c.Flex}
	}
	t.view = newTableView(t, heads, o.Multi)
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer implements fyne.Widget.
func (t *Table[R]) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(t.view)
}

// Query is what the table shows, without Offset and Limit.
func (t *Table[R]) Query() Query { return t.pager.query }

// SetQuery changes the query, scrolls to the top and asks for the rows.
func (t *Table[R]) SetQuery(change func(q *Query)) {
	q := t.pager.query
	change(&q)
	t.started = true
	t.pager.reset(q)
	t.view.scrollTo(0) // asks, once laid out
	t.tell()
}

// Reload asks for the rows again and keeps place, selection and ticks.
func (t *Table[R]) Reload() {
	t.started = true
	t.pager.reset(t.pager.query)
	t.ask()
}

func (t *Table[R]) ask() {
	first, last := t.view.visible()
	t.pager.want(first, last)
	t.tell()
	t.view.update()
}

// Total is the number of rows of the present query.
func (t *Table[R]) Total() int { return t.pager.total }

// Selected returns the selected row.
func (t *Table[R]) Selected() (R, bool) { return t.pager.row(t.selected) }

// SelectIndex selects the row at a place, -1 for none, and scrolls to it.
func (t *Table[R]) SelectIndex(i int) {
	i = min(i, t.pager.total-1)
	t.selected, t.selectedID = i, 0
	if i >= 0 {
		t.view.reveal(i)
	}
	t.announce()
	t.view.paint()
}

// SelectID selects the row with an ID as soon as a page holds it.
func (t *Table[R]) SelectID(id int64) {
	t.selected, t.selectedID = -1, id
	for page := range t.pager.pages {
		t.find(page)
	}
	if t.selected < 0 { // what was selected before is not meant any more
		t.announce()
	}
	t.view.paint()
}

// Focus gives the keyboard to the table.
func (t *Table[R]) Focus() { focus(t.view.body) }

// FocusIn gives the table the keyboard before it has been drawn in the window,
// which [Table.Focus] cannot: a table that is not drawn knows of no window.
func (t *Table[R]) FocusIn(win fyne.Window) { win.Canvas().Focus(t.view.body) }

// announce tells the listener about the selected row once its page is here.
func (t *Table[R]) announce() {
	row, ok := t.Selected()
	if ok && t.opt.ID != nil {
		t.selectedID = t.opt.ID(row)
	}
	if t.OnSelect != nil {
		t.OnSelect(row, ok)
	}
}

// arrived takes a page of rows into the picture.
func (t *Table[R]) arrived(page int) {
	if t.pager.err == nil {
		t.fit(page)
		t.find(page)
	}
	t.view.rowsChanged()
	t.tell()
}

// find looks for the selected record in a page that has come: after a reload
// it may stand elsewhere or be gone.
func (t *Table[R]) find(page int) {
	first := page * t.opt.PageSize
	inPage := t.selected >= first && t.selected < first+t.opt.PageSize
	if t.selectedID != 0 && t.opt.ID != nil {
		for i, row := range t.pager.pages[page] {
			if t.opt.ID(row) == t.selectedID {
				moved := t.selected != first+i
				t.selected = first + i
				if moved {
					t.view.reveal(t.selected)
				}
				t.announce()
				return
			}
		}
		if inPage {
			t.selected, t.selectedID = -1, 0
			t.announce()
		}
		return
	}
	if inPage {
		t.announce()
	}
}

func (t *Table[R]) tell() {
	s := t.pager.state()
	switch {
	case s.Err != nil:
		t.view.say(unread(s.Err))
	case s.Loading && s.Total == 0:
		t.view.say("正在读取…")
	case s.Total == 0:
		t.view.say(t.opt.Empty)
	default:
		t.view.say("")
	}
	if t.OnState != nil {
		t.OnState(s)
	}
}

const failed = "数据没有读出来，可按 F5 再试。"

// unread says why there are no rows: in the source's own words when it has
// any, it knows better than the table what helps.
func unread(err error) string {
	var user UserError
	if errors.As(err, &user) {
		return user.UserMessage()
	}
	return failed
}

// fit widens columns to the longest content of a page. Only the longest
// candidates are measured; measuring every cell would be felt.
func (t *Table[R]) fit(page int) {
	for c, col := range t.opt.Columns {
		if col.Width > 0 || col.Bar != nil {
			continue
		}
		var longest [2]string
		for _, row := range t.pager.pages[page] {
			text := t.content(row, c).text
			switch n := roughWidth(text); {
			case n > roughWidth(longest[0]):
				longest[0], longest[1] = text, longest[0]
			case n > roughWidth(longest[1]) && text != longest[0]:
				longest[1] = text
			}
		}
		if col.Chip != nil {
			t.view.widen(c, longest[:], true)
		}
		if col.Text != nil {
			t.view.widen(c, longest[:], false)
		}
	}
}

// refit measures the content that is here again.
func (t *Table[R]) refit() {
	for page := range t.pager.pages {
		t.fit(page)
	}
}

// roughWidth orders texts by width without a font: Chinese counts double.
func roughWidth(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0x2E7F {
			n++
		}
	}
	return n
}

func (t *Table[R]) content(row R, c int) cell {
	switch col := t.opt.Columns[c]; {
	case col.Chip != nil:
		text, tone := col.Chip(row)
		if text == "" && col.Text != nil {
			return cell{text: col.Text(row)}
		}
		return cell{kind: chipCell, text: text, tone: tone}
	case col.Bar != nil:
		value, tone := col.Bar(row)
		return cell{kind: barCell, value: value, tone: tone}
	default:
		return cell{text: col.Text(row)}
	}
}

// The methods below answer the view.

func (t *Table[R]) rows() int            { return t.pager.total }
func (t *Table[R]) marked() int          { return t.selected }
func (t *Table[R]) sort() (string, bool) { return t.pager.query.Sort, t.pager.query.Desc }

func (t *Table[R]) cell(row, col int) (cell, bool) {
	r, ok := t.pager.row(row)
	if !ok {
		return cell{}, false
	}
	return t.content(r, col), true
}

// need is called when other rows come into view.
func (t *Table[R]) need(first, last int) {
	if !t.started {
		t.started = true
		t.Reload()
		return
	}
	t.pager.want(first, last)
}

func (t *Table[R]) open(row int) {
	if r, ok := t.pager.row(row); ok && t.OnOpen != nil {
		t.OnOpen(r)
	}
}

func (t *Table[R]) sortBy(key string) {
	t.SetQuery(func(q *Query) {
		q.Desc = q.Sort == key && !q.Desc
		q.Sort = key
	})
}

// rowText is a row as tab-separated text.
func (t *Table[R]) rowText(row int) string {
	r, ok := t.pager.row(row)
	if !ok {
		return ""
	}
	var parts []string
	for c, col := range t.opt.Columns {
		if col.Bar == nil {
			parts = append(parts, strings.ReplaceAll(t.content(r, c).text, "\t", " "))
		}
	}
	return strings.Join(parts, "\t")
}
