package kit

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func letterTable(source Source[letter], multi bool) *Table[letter] {
	return NewTable(TableOptions[letter]{
		Columns: letterColumns(), Source: source, ID: func(l letter) int64 { return l.id }, Sort: "dept", Multi: multi,
		Empty: "没有记录。",
	})
}

// onWindow shows a table with room for 20 rows and gives it the keyboard.
func onWindow(t *testing.T, table fyne.CanvasObject) fyne.Window {
	t.Helper()
	return newWindow(t, container.New(inset{100, 16, 100, 204}, table))
}

func key(b fyne.Focusable, names ...fyne.KeyName) {
	for _, n := range names {
		b.TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func TestTableAsksOnlyForVisiblePages(t *testing.T) {
	inlineEnv(t)
	rec := &recorder{rows: letters(5000)}
	table := letterTable(rec.source, false)
	onWindow(t, table)
	offsets := func() []int {
		var o []int
		for _, q := range rec.asked {
			o = append(o, q.Offset)
			if q.Limit != 100 {
				t.Errorf("limit %d, want 100", q.Limit)
			}
		}
		rec.asked = nil
		return o
	}
	if got := offsets(); !slices.Equal(got, []int{0}) {
		t.Fatalf("first show asked for %v, want [0]", got)
	}
	key(table.view.body, fyne.KeyEnd)
	if got := offsets(); !slices.Equal(got, []int{4900}) {
		t.Errorf("End asked for %v, want [4900]", got)
	}
	key(table.view.body, fyne.KeyHome)
	if got := offsets(); len(got) != 0 {
		t.Errorf("Home asked again for %v", got)
	}
	table.view.scrollTo(90 * size(sizeRow))
	table.view.update()
	if got := offsets(); !slices.Equal(got, []int{100}) {
		t.Errorf("a view over two pages asked for %v, want [100]", got)
	}
}

func TestTableForgetsFarPages(t *testing.T) {
	inlineEnv(t)
	rec := &recorder{rows: letters(50000)}
	table := letterTable(rec.source, false)
	onWindow(t, table)
	for row := 0; row < 50000; row += 100 {
		table.SelectIndex(row)
	}
	if n := len(table.pager.pages); n > keptPages+1 {
		t.Errorf("%d pages in memory after a long scroll, want at most %d", n, keptPages+1)
	}
	if _, ok := table.Selected(); !ok {
		t.Error("the selected row was forgotten")
	}
}

func TestTableKeyboard(t *testing.T) {
	inlineEnv(t)
	rec := &recorder{rows: letters(250)}
	table := letterTable(rec.source, false)
	w := onWindow(t, table)
	var opened []int64
	table.OnOpen = func(l letter) { opened = append(opened, l.id) }
	table.Focus()
	page := table.view.page()
	if page < 20 {
		t.Fatalf("%d rows in view, want at least 20", page)
	}
	steps := []struct {
		key  fyne.KeyName
		want int
	}{
		{fyne.KeyDown, 0}, {fyne.KeyDown, 1}, {fyne.KeyUp, 0}, {fyne.KeyUp, 0}, {fyne.KeyPageDown, page},
		{fyne.KeyPageUp, 0}, {fyne.KeyEnd, 249}, {fyne.KeyDown, 249}, {fyne.KeyPageUp, 249 - page}, {fyne.KeyHome, 0},
	}
	body := w.Canvas().Focused()
	for _, s := range steps {
		key(body, s.key)
		if table.selected != s.want {
			t.Errorf("after %s row %d is selected, want %d", s.key, table.selected, s.want)
		}
		first, last := table.view.visible()
		if table.selected < first || table.selected > last {
			t.Errorf("after %s row %d is out of view (%d–%d)", s.key, table.selected, first, last)
		}
	}
	key(body, fyne.KeyDown, fyne.KeyReturn)
	if !slices.Equal(opened, []int64{2}) {
		t.Errorf("Enter opened %v, want [2]", opened)
	}
	clip := test.NewClipboard()
	body.(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip})
	want := "CN-2026-00314-1\t急诊科\t李喆\t01206\t护士\t2026-07-29\t123.45\t未打印\t"
	if clip.Content() != want {
		t.Errorf("Ctrl+C copied %q, want %q", clip.Content(), want)
	}
}

func TestTableMouse(t *testing.T) {
	inlineEnv(t)
	table := letterTable((&recorder{rows: letters(50)}).source, true)
	w := onWindow(t, table)
	var opened int64
	table.OnOpen = func(l letter) { opened = l.id }
	body := table.view.body
	at := func(x float32, row int) fyne.PointEvent {
		return fyne.PointEvent{Position: fyne.NewPos(x, (float32(row)+0.5)*size(sizeRow))}
	}
	body.MouseDown(&desktop.MouseEvent{PointEvent: at(200, 4)})
	if table.selected != 4 || w.Canvas().Focused() != fyne.Focusable(body) {
		t.Errorf("a press selected row %d, focus %v", table.selected, w.Canvas().Focused())
	}
	e := at(200, 7)
	body.Tapped(&e)
	if table.selected != 4 {
		t.Error("the late tap after a press moved the selection")
	}
	e = at(200, 6)
	body.DoubleTapped(&e)
	if opened != 7 {
		t.Errorf("double click opened %d, want 7", opened)
	}
	e = at(10, 3)
	body.Tapped(&e)
	e = at(10, 2)
	body.Tapped(&e)
	if got := table.Ticked(); len(got) != 2 || got[0].id != 4 || got[1].id != 3 {
		t.Errorf("ticked %v, want 4 and 3", got)
	}
	table.toggleAll()
	if n := len(table.Ticked()); n != 50 {
		t.Errorf("all ticked gives %d rows, want 50", n)
	}
}

func TestTableSort(t *testing.T) {
	inlineEnv(t)
	rec := &recorder{rows: letters(300)}
	table := letterTable(rec.source, false)
	onWindow(t, table)
	table.SelectIndex(250)
	tapHead := func(col int) Query {
		x := table.view.leading() + 4
		for i := range col {
			x += table.view.widths[i]
		}
		table.view.head.Tapped(&fyne.PointEvent{Position: fyne.NewPos(x, 5)})
		return rec.asked[len(rec.asked)-1]
	}
	for _, c := range []struct {
		col  int
		sort string
		desc bool
	}{{2, "name", false}, {2, "name", true}, {2, "name", false}, {0, "no", false}} {
		q := tapHead(c.col)
		if q.Sort != c.sort || q.Desc != c.desc || q.Offset != 0 {
			t.Errorf("head %d asked for %+v", c.col, q)
		}
	}
	n := len(rec.asked)
	tapHead(3)
	if len(rec.asked) != n {
		t.Error("a head that does not sort asked")
	}
	if y := table.view.scroll.Offset.Y; y != 0 {
		t.Errorf("after sorting the table stands at %v", y)
	}
}

func TestTableDropsStaleAnswers(t *testing.T) {
	m := manualEnv(t)
	source := func(_ context.Context, q Query) ([]letter, int, error) {
		return []letter{{id: 1, name: "结果：" + q.Keyword}}, 1, nil
	}
	table := letterTable(source, false)
	onWindow(t, table)
	table.SetQuery(func(q *Query) { q.Keyword = "张" })
	table.SetQuery(func(q *Query) { q.Keyword = "张堃" })
	for m.Pending() > 0 { // the newest answer comes first
		m.Step(m.Pending() - 1)
	}
	if row, _ := table.pager.row(0); row.name != "结果：张堃" {
		t.Errorf("the table shows %q, an older answer", row.name)
	}
}

func TestTableGivesUpPagesScrolledPast(t *testing.T) {
	m := manualEnv(t)
	given := 0
	rows := letters(20000)
	source := func(ctx context.Context, q Query) ([]letter, int, error) {
		if ctx.Err() != nil {
			given++
			return nil, 0, ctx.Err()
		}
		return Rows(rows)(ctx, q)
	}
	table := letterTable(source, false)
	onWindow(t, table)
	m.Drain()
	for row := 1000; row <= 10000; row += 1000 {
		table.view.scrollTo(float32(row) * size(sizeRow))
		table.view.update()
	}
	m.Drain()
	if given != 9 {
		t.Errorf("%d of the 9 pages scrolled past were given up", given)
	}
	if table.pager.err != nil {
		t.Errorf("a page given up counts as an error: %v", table.pager.err)
	}
}

func TestTableKeepsSelectionOverReload(t *testing.T) {
	inlineEnv(t)
	rec := &recorder{rows: letters(50)}
	table := letterTable(rec.source, false)
	onWindow(t, table)
	table.SelectIndex(10)
	rec.rows = append([]letter{{id: 99, name: "新来的"}}, rec.rows...)
	table.Reload()
	if row, ok := table.Selected(); !ok || row.id != 11 || table.selected != 11 {
		t.Errorf("after a row came before it, %d at %d is selected", row.id, table.selected)
	}
	told := true
	table.OnSelect = func(_ letter, ok bool) { told = ok }
	rec.rows = slices.Delete(rec.rows, 11, 12)
	table.Reload()
	if _, ok := table.Selected(); ok || told {
		t.Error("a row that is gone is still selected")
	}
	table.SelectID(99)
	if row, _ := table.Selected(); row.name != "新来的" {
		t.Errorf("SelectID selected %q", row.name)
	}
}

func TestTableError(t *testing.T) {
	inlineEnv(t)
	rec := &recorder{err: errors.New("disk I/O error (10)")}
	table := letterTable(rec.source, false)
	var states []TableState
	table.OnState = func(s TableState) { states = append(states, s) }
	onWindow(t, table)
	if last := states[len(states)-1]; last.Err == nil || last.Loading {
		t.Errorf("state %+v", last)
	}
	if table.view.message.text != failed {
		t.Errorf("the table says %q", table.view.message.text)
	}
	if n := len(rec.asked); n != 1 {
		t.Errorf("asked %d times though it failed", n)
	}
	rec.err, rec.rows = nil, letters(3)
	table.Reload()
	if table.Total() != 3 || table.view.message.Visible() {
		t.Errorf("after a reload %d rows, message %q", table.Total(), table.view.message.text)
	}
}

func TestTableSaysWhyItHasNoRows(t *testing.T) {
	const reason = "附件的文件名解不开，可能有人改动过数据。请做一次体检，或从备份恢复"
	inlineEnv(t)
	rec := &recorder{err: fmt.Errorf("read: %w", refusal{reason})}
	table := letterTable(rec.source, false)
	w := newWindow(t, container.NewWithoutLayout(table))
	for _, width := range []float32{900, 260} {
		table.Resize(fyne.NewSize(width, 300))
		m := table.view.message
		if m.text != reason || !m.Visible() {
			t.Errorf("the table says %q", m.text)
		}
		var seen strings.Builder
		for _, o := range test.TempWidgetRenderer(t, m).Objects() {
			line := o.(*canvas.Text)
			seen.WriteString(line.Text)
			if x := m.Position().X + line.Position().X; x < 0 || x+line.MinSize().Width > width {
				t.Errorf("%q is cut in a table of %v", line.Text, width)
			}
		}
		if seen.String() != reason {
			t.Errorf("in a table of %v it reads %q", width, seen.String())
		}
	}
	picture(t, w, "table-reason")
	rec.err = errors.New("disk I/O error (10)")
	table.Reload()
	if table.view.message.text != failed {
		t.Errorf("after another failure the table says %q", table.view.message.text)
	}
}

func TestTableShowsWholeTexts(t *testing.T) {
	inlineEnv(t)
	table := letterTable((&recorder{rows: letters(200)}).source, false)
	onWindow(t, table)
	for _, o := range test.TempWidgetRenderer(t, table.view.body).(*bodyRenderer).slots {
		for i, c := range o.cells {
			if !letterColumns()[i].Flex && c.text.Text != c.full && c.full != "" {
				t.Errorf("column %s is cut: %q", letterColumns()[i].Title, c.text.Text)
			}
		}
	}
}

func TestTablePicture(t *testing.T) {
	inlineEnv(t)
	table := letterTable((&recorder{rows: letters(5000)}).source, true)
	w := onWindow(t, table)
	table.SelectIndex(3)
	table.toggle(2)
	picture(t, w, "table")
}

// What one key costs in the table: a step through 50,000 rows that are at
// hand, told as a ratio to drawing the same window once.
func BenchmarkTableStep(b *testing.B) {
	inlineEnv(b)
	rows := letters(50000)
	table := letterTable(Rows(rows), false)
	w := newWindow(b, container.New(inset{100, 16, 100, 204}, table))
	start := time.Now()
	const frames = 5
	for range frames {
		w.Canvas().Capture()
	}
	frame := time.Since(start) / frames
	for i := 0; b.Loop(); i++ {
		table.SelectIndex(i * 7 % len(rows))
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(frame), "ratio")
}

// Somebody who is not on the pages that are here must not leave the actions of
// the one selected before within reach.
func TestSelectingWhoIsElsewhereClearsTheSelection(t *testing.T) {
	inlineEnv(t)
	table := letterTable((&recorder{rows: letters(5000)}).source, false)
	var said []bool
	table.OnSelect = func(_ letter, ok bool) { said = append(said, ok) }
	onWindow(t, table)
	table.SelectIndex(3)
	table.SelectID(4900)
	if _, ok := table.Selected(); ok || len(said) == 0 || said[len(said)-1] {
		t.Errorf("still selected: %v", said)
	}
	key(table.view.body, fyne.KeyEnd)
	table.SelectID(4999)
	if row, ok := table.Selected(); !ok || row.id != 4999 || !said[len(said)-1] {
		t.Errorf("selected %v, %v", row.id, said)
	}
}
