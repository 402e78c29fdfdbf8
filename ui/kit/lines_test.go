package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// thing is a line of two fields.
type thing struct {
	name *Entry
	n    *CountField
}

func newThing() *thing { return &thing{NewEntry(10), NewCountField()} }

func (l *thing) Inputs() []Input { return []Input{l.name, l.n} }

func things(t *testing.T) (*Lines[*thing], *Form, fyne.Window) {
	inlineEnv(t)
	w := newWindow(t, nil)
	lines := NewLines([]LineColumn{{Title: "名称", Width: 80, Flex: true}, {Title: "数量", Width: 60}}, newThing)
	form := NewForm(w, SectionWith("物品", NewDoor("添加", lines.Add)),
		Field{Key: "Things", Label: "物品", Required: true, Wide: true, Input: lines},
		Field{Key: "Note", Label: "备注", Input: NewEntry(10)})
	form.ShowDialog("登记", "")
	return lines, form, w
}

func TestLinesAreFilledIn(t *testing.T) {
	lines, form, w := things(t)
	form.Save()
	if m := form.row("Things").err; m != "请填写物品" {
		t.Errorf("without lines the form says %q", m)
	}
	lines.Add()
	first := lines.All()[0]
	if w.Canvas().Focused() != fyne.Focusable(first.name) {
		t.Error("the caret is not in the new line")
	}
	test.Type(first.name, "茶叶")
	key(first.name, fyne.KeyReturn)
	if w.Canvas().Focused() != fyne.Focusable(first.n) {
		t.Error("Enter does not go on within the line")
	}
	test.Type(first.n, "x")
	form.Save()
	if m := form.row("Things").err; m != "第 1 项数量：应为整数" || !first.n.invalid || first.name.invalid {
		t.Errorf("the form says %q", m)
	}
	first.n.SetText("３")
	if n, ok := first.n.Count(); n != 3 || !ok || form.row("Things").err != "" || first.n.invalid {
		t.Errorf("counts %d, says %q", n, form.row("Things").err)
	}
	lines.Put(newThing())
	key(first.n, fyne.KeyReturn)
	second := lines.All()[1]
	if w.Canvas().Focused() != fyne.Focusable(second.name) {
		t.Error("Enter does not go on to the next line")
	}
	key(second.n, fyne.KeyReturn)
	if w.Canvas().Focused() != form.row("Note").field.Input.Target() {
		t.Error("Enter does not go on behind the table")
	}
	if lines.Raw() != "茶叶\t3" {
		t.Errorf("holds %q", lines.Raw())
	}
}

func TestLinesAreRemoved(t *testing.T) {
	lines, form, _ := things(t)
	changes := 0
	lines.OnChanged = func() { changes++ }
	lines.Add()
	lines.Add()
	form.MarkClean()
	lines.All()[0].name.SetText("茶叶")
	kept := lines.All()[1]
	test.Tap(lines.lines[0].remove)
	if all := lines.All(); len(all) != 1 || all[0] != kept || changes != 4 {
		t.Errorf("%d lines, %d changes", len(all), changes)
	}
	test.Tap(lines.lines[0].remove)
	if all := lines.All(); len(all) != 1 || all[0] == kept || lines.Raw() != "" {
		t.Error("the last line is not replaced by an empty one")
	}
	lines.Mark(map[int][]int{0: {1}})
	if l := lines.All()[0]; l.name.invalid || !l.n.invalid {
		t.Error("another field is marked")
	}
}

func TestWordsAreOffered(t *testing.T) {
	inlineEnv(t)
	f := NewWordField(20)
	w := newWindow(t, f)
	key(f, fyne.KeyDown)
	if w.Canvas().Overlays().Top() != nil {
		t.Error("a list without words opens")
	}
	f.SetWords([]string{"保险柜 1 层", "保险柜 2 层", "档案室"})
	if !f.arrow.Visible() {
		t.Error("there is no arrow")
	}
	test.Type(f, "保险")
	key(f, fyne.KeyDown)
	list := w.Canvas().Focused().(*optionList)
	if len(list.rows) != 2 {
		t.Errorf("offers %v", list.rows)
	}
	list.pick(1)
	if f.Text != "保险柜 2 层" || w.Canvas().Focused() != fyne.Focusable(f) {
		t.Errorf("took %q", f.Text)
	}
	f.arrow.Tapped(nil)
	if list := w.Canvas().Focused().(*optionList); len(list.rows) != 3 || list.marked != 1 {
		t.Errorf("the arrow offers %v", list.rows)
	}
}

func TestFilesAreTakenAlong(t *testing.T) {
	inlineEnv(t)
	l := NewFileList("还没有文件")
	newWindow(t, l)
	l.Add([]string{"/a/照片.jpg", "/a/收条.pdf", "/a/照片.jpg"})
	if got := strings.Join(l.Paths(), " "); got != "/a/照片.jpg /a/收条.pdf" || l.Raw() == "" {
		t.Errorf("holds %s", got)
	}
	l.remove("/a/照片.jpg")
	if got := l.Paths(); len(got) != 1 {
		t.Errorf("holds %v", got)
	}
}

// A menu on a row offers what fits the row, and is not there when nothing does.
func TestMenusOfRows(t *testing.T) {
	odd := func(n int) bool { return n%2 == 1 }
	a := RowAction[int]{Label: "更多", Menu: []RowAction[int]{{Label: "单数", Show: odd}, {Label: "总是", Show: func(n int) bool { return n != 2 }}}}
	if a.fits(2) || !a.fits(3) || len(a.items(3)) != 2 || len(a.items(4)) != 1 {
		t.Error("a menu does not fit its row")
	}
	only := Register[int]{RowActions: []RowAction[int]{a, {Label: "别的"}}}.Only("单数")
	if len(only.RowActions) != 1 || len(only.RowActions[0].Menu) != 1 || len(a.Menu) != 2 {
		t.Errorf("%+v", only.RowActions)
	}
}

// Tab comes to the lines before it comes to what adds another one, and the
// caret goes to the field that is wrong.
func TestTheWayThroughLines(t *testing.T) {
	lines, form, w := things(t)
	lines.Add()
	lines.Add()
	first, second := lines.All()[0], lines.All()[1]
	w.Canvas().Focus(first.name)
	for range 5 { // both fields and the cross of both lines
		w.Canvas().FocusNext()
	}
	if w.Canvas().Focused() != fyne.Focusable(lines.lines[1].remove) {
		t.Errorf("Tab comes to %T", w.Canvas().Focused())
	}
	w.Canvas().FocusNext()
	if d, ok := w.Canvas().Focused().(*Door); !ok || d == lines.lines[1].remove {
		t.Error("what adds a line does not follow the lines")
	}
	first.name.SetText("茶叶")
	form.Validate = func() map[string]string {
		lines.Mark(map[int][]int{1: {1}})
		return map[string]string{"Things": "第 2 项数量：请填写"}
	}
	form.Save()
	if w.Canvas().Focused() != fyne.Focusable(second.n) {
		t.Error("the caret is not in the field that is wrong")
	}
}

// A table that needs more than its share of a form takes it from the others,
// also from one whose buttons need less.
func TestColumnsGetWhatTheyNeed(t *testing.T) {
	inlineEnv(t)
	w := newWindow(t, nil)
	lines := NewLines([]LineColumn{{Title: "名称", Width: 300}, {Title: "数量", Width: 200}}, newThing)
	form := NewForm(w, Field{Key: "Way", Label: "方式", Input: NewSegmented([]Option{{Value: "a", Text: "实名"}})},
		NextColumn(), Field{Key: "Things", Label: "物品", Wide: true, Input: lines})
	form.Body().Resize(fyne.NewSize(860, 300))
	if got, least := lines.Size().Width, lines.MinSize().Width; got < least {
		t.Errorf("the table has %v of %v", got, least)
	}
}
