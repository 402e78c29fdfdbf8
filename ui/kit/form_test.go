package kit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// refusal is an error written for people, as the model makes them.
type refusal struct{ text string }

func (r refusal) Error() string       { return "refusal" }
func (r refusal) UserMessage() string { return r.text }

// fieldRefusal is what the model's field errors look like from here.
type fieldRefusal map[string]string

func (f fieldRefusal) Error() string          { return fmt.Sprint(map[string]string(f)) }
func (f fieldRefusal) Of(field string) string { return f[field] }

// texts collects every text on the window, dialogs included.
func texts(w fyne.Window) string {
	var all []string
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		switch o := o.(type) {
		case *canvas.Text:
			all = append(all, o.Text)
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c)
			}
		}
	}
	seen := []fyne.CanvasObject{w.Content()}
	for _, o := range w.Canvas().Overlays().List() {
		if c, ok := o.(interface{ Covers() bool }); ok && c.Covers() {
			seen = nil
		}
		seen = append(seen, o)
	}
	for _, o := range seen {
		walk(o)
	}
	return strings.Join(all, "\n")
}

type staffForm struct {
	form       *Form
	name, date *Entry
	picker     *Picker
}

func newStaffForm(w fyne.Window) *staffForm {
	s := &staffForm{name: NewEntry(30), picker: NewPicker(suggestLetters)}
	d := NewDateField()
	s.date = &d.Entry
	s.form = NewForm(w,
		Field{Key: "Name", Label: "姓名", Required: true, Input: s.name},
		Field{Key: "No", Label: "工号", Input: NewReadOnly("01203")},
		Field{Key: "Dept", Label: "科室", Required: true, Input: s.picker},
		Field{Key: "Joined", Label: "入职日期", Input: d},
	)
	return s
}

func TestFormPlacesErrors(t *testing.T) {
	inlineEnv(t)
	w := newWindow(t, nil)
	s := newStaffForm(w)
	saved := 0
	s.form.OnSave = func() func(context.Context) error {
		saved++
		return func(context.Context) error { return nil }
	}
	s.form.ShowDialog("新增职工", "")
	s.date.SetText("2026-2-30")
	s.form.Save()
	for key, want := range map[string]string{"Name": "请填写姓名", "No": "", "Dept": "请选择科室", "Joined": "2026年2月没有 30 日"} {
		if got := s.form.row(key).under.Text; got != want {
			t.Errorf("below %s stands %q, want %q", key, got, want)
		}
	}
	if saved > 0 {
		t.Error("saved though fields are wrong")
	}
	if w.Canvas().Focused() != fyne.Focusable(s.name) {
		t.Errorf("the focus is on %T", w.Canvas().Focused())
	}
	row := s.form.row("Name")
	field, under := row.field.Input.Position(), row.under.Position()
	if under.Y < field.Y+row.field.Input.Size().Height-underLift || under.X > field.X {
		t.Errorf("the error stands at %v, its field at %v", under, field)
	}
	test.Type(s.name, "张")
	if row.under.Visible() {
		t.Error("the error stays while one corrects")
	}
}

func TestFormShowsUpperCaseWhileOneTypes(t *testing.T) {
	inlineEnv(t)
	w := newWindow(t, nil)
	amount, hinted := NewMoneyField(), NewMoneyField()
	form := NewForm(w,
		Field{Key: "Fen", Label: "金额（元）", Input: amount},
		Field{Key: "Hinted", Label: "资金", Hint: "没有就不填", Input: hinted},
	)
	form.ShowDialog("新登记", "")
	row := form.row("Fen")
	if row.under.Visible() {
		t.Errorf("below the empty field stands %q", row.under.Text)
	}
	for _, k := range []struct {
		typed rune
		want  string
	}{
		{'3', "人民币叁元整"}, {'6', "人民币叁拾陆元整"}, {'0', "人民币叁佰陆拾元整"}, {'.', "人民币叁佰陆拾元整"}, {'5', "人民币叁佰陆拾元零伍角"},
		{'2', "人民币叁佰陆拾元零伍角贰分"}, {'1', ""},
	} {
		amount.TypedRune(k.typed)
		if got := row.under.Text; got != k.want || row.under.Visible() != (got != "") {
			t.Errorf("below %s stands %q, want %q; shown %v", amount.Text, got, k.want, row.under.Visible())
		}
	}
	form.Save()
	if got := row.under.Text; got != "金额最多写到分" {
		t.Errorf("below a wrong amount stands %q", got)
	}
	amount.SetText("9,999,999,999.99")
	if got := row.under.Text; got != "人民币玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分" {
		t.Errorf("below the largest amount stands %q", got)
	}
	hinted.SetFen(100)
	if got := form.row("Hinted").under.Text; got != "没有就不填" {
		t.Errorf("in place of the hint stands %q", got)
	}
}

func TestFormPlacesTheModelsErrors(t *testing.T) {
	inlineEnv(t)
	w := newWindow(t, nil)
	s := newStaffForm(w)
	err := error(fieldRefusal{"Name": "姓名里有不认识的字"})
	s.form.OnSave = func() func(context.Context) error {
		return func(context.Context) error {
			if err == nil {
				return nil
			}
			return fmt.Errorf("save: %w", err)
		}
	}
	done := false
	s.form.OnSaved = func() { done = true }
	s.form.ShowDialog("新增职工", "")
	s.name.SetText("张堃")
	s.picker.SetChosen(Suggestion{ID: 1, Text: "急诊科"})
	s.form.Save()
	if got := s.form.row("Name").under.Text; got != "姓名里有不认识的字" || done {
		t.Errorf("below the name stands %q; saved %v", got, done)
	}
	if !s.form.Dirty() {
		t.Error("a form that was not saved is clean")
	}
	err = fieldRefusal{"Elsewhere": "别处不对"}
	s.form.Save()
	if !strings.Contains(texts(w), "别处不对") {
		t.Error("an error of no field is not shown")
	}
	w.Canvas().Overlays().Top().(*layer).close()
	err = nil
	s.form.Save()
	if !done || w.Canvas().Overlays().Top() != nil {
		t.Error("the form does not close after saving")
	}
}

func TestFormSavesOnce(t *testing.T) {
	m := manualEnv(t)
	w := newWindow(t, nil)
	s := newStaffForm(w)
	s.form.OnSave = func() func(context.Context) error { return func(context.Context) error { return nil } }
	s.form.ShowDialog("新增职工", "")
	s.name.SetText("张堃")
	s.picker.SetChosen(Suggestion{ID: 1, Text: "急诊科"})
	s.form.Save()
	s.form.Save()
	if m.Pending() != 1 {
		t.Errorf("%d saves run", m.Pending())
	}
	if s.form.save.Label() != "正在保存…" {
		t.Errorf("the button says %q", s.form.save.Label())
	}
	m.Drain()
}

func TestFormEnterGoesOn(t *testing.T) {
	inlineEnv(t)
	w := newWindow(t, nil)
	s := newStaffForm(w)
	saved := false
	s.form.OnSave = func() func(context.Context) error { saved = true; return nil }
	s.form.ShowDialog("新增职工", "")
	test.Type(s.name, "张")
	key(s.name, fyne.KeyReturn)
	if w.Canvas().Focused() != fyne.Focusable(s.picker) {
		t.Fatalf("Enter went to %T, past the read-only field", w.Canvas().Focused())
	}
	s.picker.SetChosen(Suggestion{ID: 1, Text: "急诊科"})
	key(s.picker, fyne.KeyReturn)
	key(w.Canvas().Focused(), fyne.KeyReturn)
	if !saved {
		t.Error("Enter in the last field does not save")
	}
}

func TestFormAsksBeforeLosingChanges(t *testing.T) {
	inlineEnv(t)
	w := newWindow(t, nil)
	s := newStaffForm(w)
	s.name.SetText("张堃")
	left := 0
	s.form.OnCancel = func() { left++ }
	s.form.ShowDialog("职工", "")
	if s.form.Dirty() {
		t.Fatal("a form just filled is dirty")
	}
	test.Type(s.name, "某")
	key(s.name, fyne.KeyEscape)
	if left != 0 || !strings.Contains(texts(w), "放弃修改？") {
		t.Fatal("left without asking")
	}
	stay := w.Canvas().Focused().(*Button)
	if stay.Label() != "继续填写" {
		t.Errorf("the focus is on %q", stay.Label())
	}
	stay.Tapped(nil)
	if left != 0 || len(w.Canvas().Overlays().List()) != 1 {
		t.Fatal("继续填写 left the form")
	}
	s.name.SetText("张堃")
	key(s.name, fyne.KeyEscape)
	if left != 1 || w.Canvas().Overlays().Top() != nil {
		t.Error("a form put back as it was asks")
	}
}

func TestHiddenFieldsAreNotChecked(t *testing.T) {
	inlineEnv(t)
	w := newWindow(t, nil)
	s := newStaffForm(w)
	s.form.ShowDialog("职工", "")
	s.form.SetVisible("Dept", false)
	s.name.SetText("张堃")
	if !s.form.valid() || s.picker.Visible() {
		t.Error("a hidden field is checked or seen")
	}
	s.form.SetVisible("Dept", true)
	if s.form.valid() || !s.picker.Visible() {
		t.Error("a field shown again is not checked or not seen")
	}
}

func TestErrorsNeverShowADriversMessage(t *testing.T) {
	inlineEnv(t)
	const secret = "UNIQUE constraint failed: staffs.staff_no (2067)"
	var out bytes.Buffer
	log := slog.New(slog.NewTextHandler(&out, nil))
	for _, c := range []struct {
		err   error
		want  string
		level string
	}{
		{errors.New(secret), "程序遇到意外情况，数据没有改动", "ERROR"},
		{fmt.Errorf("save: %w", errors.Join(errors.New(secret), errors.New("x"))), "详情已记入日志", "ERROR"},
		{fmt.Errorf(secret+": %w", refusal{"工号 01203 已经有人用了，请核对。"}), "工号 01203 已经有人用了，请核对。", "INFO"},
	} {
		out.Reset()
		w := newWindow(t, nil)
		ShowError(w, c.err, log)
		shown := strings.ReplaceAll(texts(w), "\n", "")
		if strings.Contains(shown, "UNIQUE") || strings.Contains(shown, "staffs") {
			t.Errorf("the screen shows %q", shown)
		}
		if !strings.Contains(shown, c.want) {
			t.Errorf("the screen shows %q, not %q", shown, c.want)
		}
		if !strings.Contains(out.String(), "level="+c.level) {
			t.Errorf("the log holds %q", out.String())
		}
	}
	w := newWindow(t, nil)
	ShowError(w, context.Canceled, log)
	if w.Canvas().Overlays().Top() != nil {
		t.Error("a cancelled step shows an error")
	}
}

func TestQuestionsWaitForEachOther(t *testing.T) {
	inlineEnv(t)
	w := newWindow(t, nil)
	ShowNotice(w, "第一件", "一")
	ShowNotice(w, "第二件", "二")
	if n := len(w.Canvas().Overlays().List()); n != 1 || !strings.Contains(texts(w), "第一件") {
		t.Fatalf("%d dialogs: %s", n, texts(w))
	}
	w.Canvas().Focused().(*Button).Tapped(nil)
	if n := len(w.Canvas().Overlays().List()); n != 1 || !strings.Contains(texts(w), "第二件") {
		t.Errorf("%d dialogs: %s", n, texts(w))
	}
}

func TestAskText(t *testing.T) {
	inlineEnv(t)
	w := newWindow(t, nil)
	var got []string
	AskText(w, TextQuestion{Title: "作废", Label: "原因", Yes: "作废", Required: true, Lines: 1}, func(s string) { got = append(got, s) })
	entry := w.Canvas().Focused().(*Entry)
	if have, need := entry.Size().Height, entry.MinSize().Height; have < need {
		t.Errorf("the field is %v high, needs %v", have, need)
	}
	key(entry, fyne.KeyReturn)
	if len(got) > 0 || !strings.Contains(texts(w), "请填写原因") {
		t.Errorf("took %q without a reason; %s", got, texts(w))
	}
	test.Type(entry, " 打印错了 ")
	key(entry, fyne.KeyReturn)
	if len(got) != 1 || got[0] != "打印错了" || w.Canvas().Overlays().Top() != nil {
		t.Errorf("got %q", got)
	}
}

func TestProgress(t *testing.T) {
	m := manualEnv(t)
	w := newWindow(t, nil)
	var ended error
	ShowProgress(w, "正在生成", func(ctx context.Context, report Report) error {
		report(3, 9, "急诊科")
		if s := texts(w); !strings.Contains(s, "3 / 9") || !strings.Contains(s, "急诊科") {
			t.Errorf("the dialog shows %s", s)
		}
		key(w.Canvas().Focused(), fyne.KeyEscape)
		w.Canvas().Focused().(*Button).Tapped(nil)
		return ctx.Err()
	}, func(err error) { ended = err })
	m.Drain()
	if !errors.Is(ended, context.Canceled) || w.Canvas().Overlays().Top() != nil {
		t.Errorf("ended with %v", ended)
	}
}

func TestAPanicInTheBackgroundIsAnError(t *testing.T) {
	inlineEnv(t)
	var got error
	Run(context.Background(), func(context.Context) (int, error) { panic("broken record") }, func(_ int, err error) { got = err })
	if got == nil || !strings.Contains(got.Error(), "broken record") {
		t.Errorf("got %v", got)
	}
}

func TestDialogShowsItsWholeContent(t *testing.T) {
	inlineEnv(t)
	w := newWindow(t, nil)
	AskText(w, TextQuestion{Title: "离职", Label: "原因", Required: true}, func(string) {})
	l := w.Canvas().Overlays().Top().(*layer)
	entry := w.Canvas().Focused().(*Entry)
	d := fyne.CurrentApp().Driver()
	bottom := d.AbsolutePositionForObject(entry).Y + entry.Size().Height
	scroll := l.content.(*fyne.Container).Objects[1].(*fyne.Container).Objects[1]
	if end := d.AbsolutePositionForObject(scroll).Y + scroll.Size().Height; bottom > end+0.5 {
		t.Errorf("the field ends at %v, its dialog shows down to %v", bottom, end)
	}
}

// Tab and Shift+Tab bring what they come to into view: fields, the fields of a
// table of lines, also of one just added, and what stands beside a heading.
func TestTheFocusIsInView(t *testing.T) {
	inlineEnv(t)
	w := themedWindow(t, nil, 1.3)
	lines := NewLines([]LineColumn{{Title: "名称", Width: 80, Flex: true}, {Title: "数量", Width: 60}}, newThing)
	var items []FormItem
	for i := range 14 {
		items = append(items, Field{Key: fmt.Sprint(i), Label: fmt.Sprint("第 ", i, " 栏"), Input: NewEntry(10)})
	}
	items = append(items, SectionWith("物品", NewDoor("添加", lines.Add)), Field{Key: "Things", Label: "物品", Wide: true, Input: lines},
		Field{Key: "Way", Label: "方式", Input: NewSegmented([]Option{{Value: "a", Text: "实名"}, {Value: "b", Text: "匿名"}})},
		Field{Key: "Kind", Label: "类别", Input: NewChoice([]Option{{Value: "a", Text: "现金"}})},
		Field{Key: "Sure", Label: "确认", Input: NewCheck("已核对")})
	for range 6 {
		lines.Put(newThing())
	}
	form := NewForm(w, items...)
	form.ShowDialog("登记", "")
	inView := func(o fyne.CanvasObject) bool {
		d := fyne.CurrentApp().Driver()
		top := d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(form.scroll).Y
		return top >= 0 && top+o.Size().Height <= form.scroll.Size().Height
	}
	first := w.Canvas().Focused()
	for _, step := range []func(){w.Canvas().FocusNext, w.Canvas().FocusPrevious} {
		seen := 0
		for step(); w.Canvas().Focused() != first; step() {
			at := w.Canvas().Focused()
			if b, ok := at.(*Button); ok && (b == form.save || b.Label() == "取消") {
				continue // below what is scrolled
			}
			if seen++; !inView(at.(fyne.CanvasObject)) {
				t.Errorf("%T, the %d. one, is out of view", at, seen)
			}
		}
		if !inView(first.(fyne.CanvasObject)) || seen != 13+1+6*3+3 {
			t.Errorf("%d came into view, and the first one again: %v", seen, inView(first.(fyne.CanvasObject)))
		}
	}
	lines.Add()
	if !inView(w.Canvas().Focused().(fyne.CanvasObject)) {
		t.Error("the line just added is out of view")
	}
	// What one clicks stays below the pointer.
	form.scroll.ScrollToOffset(fyne.NewPos(0, 0))
	far := lines.All()[6].n
	far.MouseDown(&desktop.MouseEvent{})
	if w.Canvas().Focused() != fyne.Focusable(far) || form.scroll.Offset.Y != 0 {
		t.Errorf("a click scrolls to %v", form.scroll.Offset)
	}
}
