package kit

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// movePointer asks for the cursor as Fyne's driver does at each move of the
// pointer: every visible object below it, of the topmost layer only.
func movePointer(w fyne.Window, at fyne.Position) {
	root := w.Canvas().Overlays().Top()
	if root == nil {
		root = w.Content()
	}
	var walk func(o fyne.CanvasObject, offset fyne.Position)
	walk = func(o fyne.CanvasObject, offset fyne.Position) {
		if !o.Visible() {
			return
		}
		pos := o.Position().Add(offset)
		in := at.Subtract(pos)
		if c, ok := o.(desktop.Cursorable); ok && in.X >= 0 && in.Y >= 0 && in.X < o.Size().Width && in.Y < o.Size().Height {
			c.Cursor()
		}
		switch o := o.(type) {
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c, pos)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c, pos)
			}
		}
	}
	walk(root, fyne.Position{})
}

// pressKey presses a key as Fyne's driver does.
func pressKey(f fyne.Focusable, name fyne.KeyName) {
	if k, ok := f.(desktop.Keyable); ok {
		k.KeyDown(&fyne.KeyEvent{Name: name})
	}
	f.TypedKey(&fyne.KeyEvent{Name: name})
}

// click clicks as Fyne's driver does, with the pointer at rest.
func click(o fyne.Tappable, at fyne.Position) {
	if m, ok := o.(desktop.Mouseable); ok {
		e := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary}
		m.MouseDown(e)
		m.MouseUp(e)
	}
	o.Tapped(&fyne.PointEvent{Position: at})
}

const idleAfter = 10 * time.Minute

func TestIdleHearsInput(t *testing.T) {
	env := manualEnv(t)
	w := newWindow(t, nil)
	entry, password := NewEntry(10), NewPassword(10)
	button, check := NewButton("按钮", func() {}), NewCheck("勾选")
	choice, segmented := NewChoice([]Option{{"1", "急诊科"}}), NewSegmented([]Option{{"m", "男"}, {"f", "女"}})
	nav := NewSideNav([]NavGroup{{Items: []NavItem{{"a", "一"}, {"b", "二"}}}}, func(string) {})
	table := letterTable(Rows(letters(200)), false)
	long := container.NewStack()
	for range 60 {
		long.Add(NewLabel("行"))
	}
	long.Layout = columnLayout{10}
	scroll := NewVScroll(long)
	SetContent(w, Frame(Below(entry, password, button, check, choice, segmented), nil, nav, scroll, table))
	env.Drain()
	middle := fyne.NewPos(683, 384)
	tap := fyne.NewPos(3, 3)

	inputs := map[string]func(){
		"a key in a field":       func() { w.Canvas().Focus(entry); pressKey(entry, fyne.KeyLeft) },
		"Shift in a password":    func() { password.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft}) },
		"an input method":        func() { entry.TypedRune('张') },
		"a key on a button":      func() { pressKey(button, fyne.KeyF9) },
		"a key on a tick box":    func() { pressKey(check, fyne.KeyF9) },
		"a key on a choice":      func() { pressKey(choice, fyne.KeyF9) },
		"a key on a switch":      func() { pressKey(segmented, fyne.KeyRight) },
		"a key in the list":      func() { pressKey(nav, fyne.KeyDown) },
		"a key in the table":     func() { pressKey(table.view.body, fyne.KeyDown) },
		"a key without focus":    func() { w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyF9}) },
		"a scanner":              func() { w.Canvas().OnTypedRune()('7') },
		"a click on a button":    func() { click(button, tap) },
		"a click on a field":     func() { click(entry, tap) },
		"a click on the eye":     func() { click(password.ActionItem.(*eye), tap) },
		"a click on the list":    func() { click(nav, tap) },
		"a click on a row":       func() { click(table.view.body, tap) },
		"a click on the head":    func() { click(table.view.head, tap) },
		"the wheel on the table": func() { test.Scroll(w.Canvas(), middle.AddXY(0, 200), 0, -30) },
		"the wheel on the list":  func() { scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -9)}) },
		"the pointer":            func() { movePointer(w, middle) },
		"the pointer over a dialog": func() {
			d := ShowDialog(w, DialogOptions{Title: "窗口", Content: NewLabel("内容")})
			movePointer(w, middle)
			d.Close()
		},
		"the pointer over a cover": func() {
			c := ShowCover(w, NewLabel("锁"), nil)
			movePointer(w, middle)
			c.Close()
		},
		"what the program says itself": nil,
	}
	for name, input := range inputs {
		fired := 0
		watch := WatchIdle(w, idleAfter, func() { fired++ })
		env.Pass(idleAfter - time.Second)
		if fired > 0 {
			t.Fatalf("%s: idle a second too early", name)
		}
		want := 0
		if input == nil {
			watch.Touch()
		} else {
			input()
		}
		env.Pass(idleAfter - time.Second)
		if fired != want {
			t.Errorf("%s was not heard", name)
		}
		env.Pass(time.Second)
		if fired != 1 {
			t.Errorf("%s: idle came %d times", name, fired)
		}
		watch.Stop()
	}
}

// TestEveryWidgetHears finds the widgets that take keys or clicks without
// telling of it.
func TestEveryWidgetHears(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	takes, hears := map[string]string{}, map[string]bool{}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Recv == nil {
					break
				}
				receiver := typeName(n.Recv.List[0].Type)
				switch n.Name.Name {
				case "Tapped", "TypedKey", "TypedRune":
					takes[receiver] = n.Name.Name
				case "MouseDown":
					hears[receiver] = true
				}
			case *ast.TypeSpec:
				if s, ok := n.Type.(*ast.StructType); ok {
					for _, field := range s.Fields.List {
						if len(field.Names) == 0 && typeName(field.Type) == "hearing" {
							hears[n.Name.Name] = true
						}
					}
				}
			}
			return true
		})
	}
	if len(takes) < 15 {
		t.Fatalf("found only %v", takes)
	}
	for widget, method := range takes {
		if !hears[widget] {
			t.Errorf("%s has %s, but no input of it is heard", widget, method)
		}
	}
}

func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return typeName(e.X)
	case *ast.IndexExpr:
		return typeName(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

func TestIdleComesOncePerRest(t *testing.T) {
	env := manualEnv(t)
	w := newWindow(t, nil)
	fired := 0
	watch := WatchIdle(w, idleAfter, func() { fired++ })
	env.Pass(time.Hour)
	env.Pass(time.Hour)
	if fired != 1 {
		t.Errorf("idle came %d times in one rest", fired)
	}
	heard()
	env.Pass(idleAfter)
	if fired != 2 {
		t.Errorf("after further input it came %d times in all", fired)
	}
	heard()
	watch.SetAfter(0)
	env.Pass(time.Hour)
	watch.SetAfter(2 * time.Hour)
	env.Pass(59 * time.Minute)
	if fired != 2 {
		t.Error("it came though switched off, or too early after a change")
	}
	env.Pass(time.Minute)
	if fired != 3 {
		t.Error("the time is not counted from the last input")
	}
	heard()
	watch.SetAfter(time.Hour)
	env.Pass(40 * time.Minute)
	watch.SetAfter(30 * time.Minute)
	if fired != 4 {
		t.Error("a shorter time that is over does not count at once")
	}
	heard()
	watch.Stop()
	watch.Stop()
	heard()
	env.Pass(24 * time.Hour)
	if fired != 4 || len(idleWatches) != 0 {
		t.Errorf("after Stop it came %d times; %d watches left", fired-4, len(idleWatches))
	}
}

// jump moves the clock but not the timers, as the sleep of a computer does, or
// a hand that sets the clock.
func jump(env *Manual, d time.Duration) {
	env.now = env.now.Add(d)
	for _, t := range env.timers {
		t.at = t.at.Add(d)
	}
}

func TestIdleAfterSleep(t *testing.T) {
	env := manualEnv(t)
	w := newWindow(t, nil)
	fired := 0
	defer WatchIdle(w, idleAfter, func() { fired++ }).Stop()
	jump(env, time.Hour)
	heard()
	if fired != 1 {
		t.Error("the hand that wakes the computer finds the window open")
	}
	jump(env, time.Hour)
	env.Pass(idleLook)
	if fired != 2 {
		t.Error("a computer that woke by itself shows the window for long")
	}
	heard()
	env.Pass(idleAfter / 2)
	jump(env, -48*time.Hour)
	env.Pass(idleLook)
	env.Pass(idleAfter - time.Second)
	if fired != 2 {
		t.Error("a clock that was put back counts as rest")
	}
	env.Pass(time.Second)
	if fired != 3 {
		t.Error("after the clock was put back it never comes")
	}
}

func TestIdleBelongsToItsClock(t *testing.T) {
	env := manualEnv(t)
	fired := 0
	defer WatchIdle(newWindow(t, nil), idleAfter, func() { fired++ }).Stop()
	restore := SetEnv(NewManual(someday.Add(time.Hour)))
	heard()
	if fired != 0 {
		t.Error("a watch hears by another clock than its own")
	}
	restore()
	env.Pass(idleAfter)
	if fired != 1 {
		t.Error("the watch was forgotten")
	}
}

func TestIdleWaitsForWork(t *testing.T) {
	env := manualEnv(t)
	w := newWindow(t, nil)
	var order []string
	defer WatchIdle(w, idleAfter, func() { order = append(order, "idle") }).Stop()
	work := func(name string, lasts time.Duration) {
		ShowProgress(w, name, func(context.Context, Report) error { env.Pass(lasts); return nil },
			func(error) { order = append(order, name) })
	}
	work("一", time.Hour)
	work("二", time.Hour)
	env.Drain()
	if got := strings.Join(order, " "); got != "一 二 idle" {
		t.Errorf("came %s", got)
	}
	heard()
	order = nil
	work("三", idleAfter/2)
	env.Drain()
	if got := strings.Join(order, " "); got != "三" {
		t.Errorf("after a short work came %s", got)
	}
	env.Pass(idleAfter / 2)
	if got := strings.Join(order, " "); got != "三 idle" {
		t.Errorf("at the end came %s", got)
	}
}

// TestIdleLocks is what the program does with a watch: it covers the window,
// whatever runs there, and stops asking until the window is open again.
func TestIdleLocks(t *testing.T) {
	env := manualEnv(t)
	w := newWindow(t, nil)
	SetContent(w, NewLabel("页面"))
	var locked *Cover
	watch := WatchIdle(w, idleAfter, func() { locked = ShowCover(w, NewLabel("已锁定"), nil) })
	defer watch.Stop()
	env.Pass(idleAfter)
	if locked == nil || texts(w) != "已锁定" {
		t.Fatalf("the window shows %s", texts(w))
	}
	movePointer(w, fyne.NewPos(10, 10))
	first := locked
	env.Pass(idleAfter)
	if locked == first || texts(w) != "已锁定" {
		t.Error("a locked window that rests again is not told of")
	}
	locked.Close()
	if !strings.Contains(texts(w), "页面") {
		t.Errorf("the window shows %s", texts(w))
	}
}
