package kit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"
)

func TestCoverKeepsEverythingOut(t *testing.T) {
	inlineEnv(t)
	for _, dialogs := range []bool{false, true} {
		d := newDesk(t)
		if dialogs {
			d.openDialogs()
		}
		before, focused := texts(d.win), d.win.Canvas().Focused()
		overlays := slices.Clone(d.win.Canvas().Overlays().List())
		l := lockWindow(d.win)
		if all := texts(d.win); !strings.Contains(all, "已锁定") || strings.Contains(all, "按钮") || strings.Contains(all, "张堃　") || strings.Contains(all, "欧阳") {
			t.Errorf("the covered window shows %s", all)
		}
		if d.win.Canvas().Focused() != fyne.Focusable(l.password) {
			t.Errorf("the focus is on %T", d.win.Canvas().Focused())
		}
		d.poke()
		l.form.SetErrors(nil)
		if len(d.fired) > 0 {
			t.Errorf("dialogs %v: through the cover went %v", dialogs, d.fired)
		}
		if all := texts(d.win); !strings.Contains(all, "已锁定") || strings.Contains(all, "按钮") {
			t.Errorf("after poking the window shows %s", all)
		}
		l.cover.Close()
		l.cover.Close()
		if after := texts(d.win); after != before {
			t.Errorf("dialogs %v: the window showed\n%s\nand shows\n%s", dialogs, before, after)
		}
		if !slices.Equal(overlays, d.win.Canvas().Overlays().List()) || d.win.Canvas().Focused() != focused {
			t.Errorf("dialogs %v: %d layers, focus on %T", dialogs, len(d.win.Canvas().Overlays().List()), d.win.Canvas().Focused())
		}
		d.closeAll(t, dialogs)
	}
}

func TestCoverShowsItsOwnDialogsOnly(t *testing.T) {
	inlineEnv(t)
	d := newDesk(t)
	ShowNotice(d.win, "先问", "这个问题还没有回答。")
	l := lockWindow(d.win)
	test.Type(l.password, "wrong")
	key(l.password, fyne.KeyReturn)
	if !strings.Contains(texts(d.win), "还可以试 4 次") {
		t.Fatalf("the sign-in says nothing; the window shows %s", texts(d.win))
	}
	ShowError(d.win, refusal{"后台导出失败。"}, nil)
	Confirm(d.win, Question{Title: "后台的问题"}, func() {})
	ShowDialog(d.win, DialogOptions{Title: "后台的窗口", Content: NewLabel("内容")})
	Toast(d.win, "王䶮的承诺书已登记", Good)
	PickOpen(d.win, "选择文件", nil, func(string) {})
	if all := texts(d.win); strings.Contains(all, "后台") || strings.Contains(all, "王䶮") || strings.Contains(all, "选择文件") {
		t.Errorf("the covered window shows %s", all)
	}
	key(d.win.Canvas().Focused(), fyne.KeyEscape) // closes the error of the sign-in
	if all := texts(d.win); strings.Contains(all, "还可以试") || !strings.Contains(all, "已锁定") {
		t.Errorf("after Esc the window shows %s", all)
	}
	if d.win.Canvas().Focused() != fyne.Focusable(l.password) {
		t.Errorf("the focus is on %T", d.win.Canvas().Focused())
	}
	l.password.SetText("right")
	l.form.Save()
	var shown strings.Builder // the questions come one after the other
	for top := d.win.Canvas().Overlays().Top(); top != nil; top = d.win.Canvas().Overlays().Top() {
		shown.WriteString(texts(d.win))
		top.(*layer).escape()
	}
	for _, want := range []string{"先问", "后台的窗口", "后台导出失败", "后台的问题", "选择文件"} {
		if !strings.Contains(shown.String(), want) {
			t.Errorf("after unlocking %s never comes", want)
		}
	}
	if n := len(d.win.Canvas().Overlays().List()); n > 0 || len(ringOf(d.win.Canvas()).scopes) != 2 {
		t.Errorf("%d layers and %d scopes left", n, len(ringOf(d.win.Canvas()).scopes))
	}
}

func TestCoverOpensItsOwnLists(t *testing.T) {
	inlineEnv(t)
	w := newWindow(t, nil)
	account := NewChoice([]Option{{"1", "张堃"}, {"2", "王䶮"}})
	defer ShowCover(w, container.NewCenter(Wide(200, account)), account).Close()
	key(account, fyne.KeyDown)
	if !strings.Contains(texts(w), "王䶮") {
		t.Errorf("the window shows %s", texts(w))
	}
	key(w.Canvas().Focused(), fyne.KeyDown, fyne.KeyReturn)
	if account.Value() != "2" || len(w.Canvas().Overlays().List()) != 1 {
		t.Errorf("chose %q, %d layers", account.Value(), len(w.Canvas().Overlays().List()))
	}
}

func TestCoverOutlivesWhatEndsBelow(t *testing.T) {
	useTheme(t, 1)
	env := NewManual(someday)
	t.Cleanup(SetEnv(env))
	d := newDesk(t)
	d.dialog = ShowDialog(d.win, DialogOptions{Title: "外层", Content: NewLabel("外层")})
	ended := false
	ShowProgress(d.win, "正在生成", func(_ context.Context, r Report) error { r(1, 2, "急诊科"); return errors.New("disk") },
		func(err error) { ended = true; ShowError(d.win, err, nil) })
	env.Drain() // the progress was all there is above the dialog
	l := lockWindow(d.win)
	ShowProgress(d.win, "正在备份", func(context.Context, Report) error { return nil }, func(error) {})
	d.dialog.Close()
	env.Drain()
	d.poke()
	if all := texts(d.win); !ended || !strings.Contains(all, "已锁定") || strings.Contains(all, "外层") || len(d.fired) > 0 {
		t.Errorf("ended %v, fired %v; the window shows %s", ended, d.fired, all)
	}
	l.cover.Close()
	if n := len(d.win.Canvas().Overlays().List()); n != 0 {
		t.Errorf("%d layers are back, though all ended: %s", n, texts(d.win))
	}
	d.closeAll(t, false)
}

func TestCoverWhileThePageChanges(t *testing.T) {
	inlineEnv(t)
	d := newDesk(t)
	d.dialog = ShowDialog(d.win, DialogOptions{Title: "还开着", Content: NewEntry(9)})
	l := lockWindow(d.win)
	drawn := func() bool { return slices.Contains(rootOf(d.win).Objects, fyne.CanvasObject(d.dialog.layer)) }
	if !drawn() {
		t.Error("Fyne will forget the dialog")
	}
	other := NewEntry(10)
	SetContent(d.win, Below(NewLabel("另一页"), other))
	if !drawn() {
		t.Error("Fyne will forget the dialog over the new page")
	}
	d.dialog.Close()
	if drawn() {
		t.Error("a dialog that ended is still drawn")
	}
	remove := PushKeys(d.win, Keys{"F2": func() { d.fired = append(d.fired, "F2") }})
	key(l.password, fyne.KeyF2)
	if strings.Contains(texts(d.win), "另一页") || len(d.fired) > 0 {
		t.Errorf("fired %v; the window shows %s", d.fired, texts(d.win))
	}
	heardAbove := false
	PushKeys(AboveCover(d.win), Keys{"F2": func() { heardAbove = true }})
	key(l.password, fyne.KeyF2)
	if !heardAbove {
		t.Error("the cover's own key is not heard")
	}
	turnDark()
	above := ShowDialog(AboveCover(d.win), DialogOptions{Title: "锁上面的", Content: NewLabel("")})
	above.OnClosed = func() { ShowNotice(AboveCover(d.win), "最后的话", "锁已打开") }
	l.cover.Close()
	if !strings.Contains(texts(d.win), "最后的话") {
		t.Error("what was opened while the cover closed is lost")
	}
	key(d.win.Canvas().Focused(), fyne.KeyEscape)
	if strings.Contains(texts(d.win), "最后的话") {
		t.Error("it does not hear Esc")
	}
	if all := texts(d.win); !strings.Contains(all, "另一页") || strings.Contains(all, "按钮") {
		t.Errorf("the window shows %s", all)
	}
	d.win.Canvas().Focus(other)
	key(other, fyne.KeyF2)
	remove()
	key(other, fyne.KeyF2)
	if !slices.Equal(d.fired, []string{"F2"}) {
		t.Errorf("afterwards the page heard %v", d.fired)
	}
}

func TestSecondCoverTakesThePlaceOfTheFirst(t *testing.T) {
	inlineEnv(t)
	d := newDesk(t)
	d.openDialogs()
	before := texts(d.win)
	first := lockWindow(d.win)
	ShowNotice(AboveCover(d.win), "提示", "第一把锁的提示")
	ShowNotice(AboveCover(d.win), "提示", "还在等的提示")
	second := ShowCover(d.win, NewLabel("第二把锁"), nil)
	first.cover.Close()
	d.poke()
	if all := texts(d.win); all != "第二把锁" || len(d.fired) > 0 {
		t.Errorf("fired %v; the window shows %s", d.fired, all)
	}
	second.Close()
	if after := texts(d.win); after != before {
		t.Errorf("the window shows %s", after)
	}
}

// droppable is a window on which a test can drop files.
type droppable struct {
	fyne.Window
	drop func(fyne.Position, []fyne.URI)
}

func (d *droppable) SetOnDropped(f func(fyne.Position, []fyne.URI)) { d.drop = f }

func TestCoverKeepsFilesOut(t *testing.T) {
	inlineEnv(t)
	w := &droppable{Window: newWindow(t, nil)}
	var got []string
	OnDrop(w, func(paths []string) { got = append(got, paths...) })
	drop := func(path string) { w.drop(fyne.Position{}, []fyne.URI{storage.NewFileURI(path)}) }
	drop("/一.xlsx")
	c := ShowCover(w, NewLabel("锁"), nil)
	drop("/二.xlsx")
	ShowNotice(AboveCover(w), "提示", "密码不对")
	drop("/三.xlsx")
	c.Close()
	drop("/四.xlsx")
	if !slices.Equal(got, []string{"/一.xlsx", "/四.xlsx"}) {
		t.Errorf("took %v", got)
	}
}

// TestCoverIsOpaque compares a covered window full of things with a covered
// empty one, dot by dot.
func TestCoverIsOpaque(t *testing.T) {
	inlineEnv(t)
	d := newDesk(t)
	empty := newWindow(t, nil)
	d.openDialogs()
	Toast(d.win, "王䶮的承诺书已登记", Bad)
	ShowCover(d.win, NewLabel("锁"), nil)
	ShowCover(empty, NewLabel("锁"), nil)
	ShowNotice(d.win, "后台", "后台导出失败。")
	Toast(d.win, "李喆的承诺书已登记", Bad)
	full, bare := d.win.Canvas().Capture().(*image.NRGBA), empty.Canvas().Capture().(*image.NRGBA)
	if full.Rect != bare.Rect || !bytes.Equal(full.Pix, bare.Pix) {
		t.Error("something shines through")
	}
}

func TestCoverOverAMenuOfFynes(t *testing.T) {
	inlineEnv(t)
	for _, ends := range []bool{false, true} {
		d := newDesk(t)
		d.entry.TappedSecondary(&fyne.PointEvent{Position: fyne.NewPos(9, 9)})
		c := ShowCover(d.win, NewLabel("锁"), nil)
		if ends {
			d.entry.TypedRune('x') // makes the field close its menu
		}
		if texts(d.win) != "锁" {
			t.Errorf("the window shows %s", texts(d.win))
		}
		c.Close()
		if n := len(d.win.Canvas().Overlays().List()); (n == 0) != ends {
			t.Errorf("the menu ends: %v; %d layers are left", ends, n)
		}
		if all := texts(d.win); strings.Contains(all, "粘贴") == ends || !strings.Contains(all, "按钮") {
			t.Errorf("the menu ends: %v; the window shows %s", ends, all)
		}
	}
}

func TestLayersCloseTogether(t *testing.T) {
	inlineEnv(t)
	d := newDesk(t)
	var closed []string
	open := func(name string) *Dialog {
		dialog := ShowDialog(d.win, DialogOptions{Title: name, Content: NewLabel(name)})
		dialog.OnClosed = func() { closed = append(closed, name) }
		return dialog
	}
	bottom := open("一")
	open("二")
	open("三")
	ShowNotice(d.win, "提示", "先说这个")
	ShowNotice(d.win, "提示", "再说那个")
	bottom.Close()
	if !slices.Equal(closed, []string{"三", "二", "一"}) {
		t.Errorf("closed %v", closed)
	}
	if all := texts(d.win); !strings.Contains(all, "再说那个") || strings.Contains(all, "先说") {
		t.Errorf("the window shows %s", all)
	}
	d.win.Canvas().Overlays().Top().(*layer).escape()
	d.closeAll(t, false)
}

// TestCoverAgainstAModel opens, closes, covers and uncovers at random, and
// compares what is seen with lists of what should be.
func TestCoverAgainstAModel(t *testing.T) {
	inlineEnv(t)
	d := newDesk(t)
	rapid.Check(t, func(t *rapid.T) {
		type open struct {
			name   string
			dialog *Dialog
		}
		var below, above []open
		var cover *Cover
		n := 0
		add := func(to *[]open, win fyne.Window) {
			n++
			name := fmt.Sprintf("窗口%d号", n)
			*to = append(*to, open{name, ShowDialog(win, DialogOptions{Title: name, Content: NewEntry(9)})})
		}
		closeOne := func(t *rapid.T, of *[]open) {
			i := rapid.IntRange(0, len(*of)-1).Draw(t, "i")
			(*of)[i].dialog.Close()
			*of = (*of)[:i]
		}
		t.Repeat(map[string]func(*rapid.T){
			"open":  func(*rapid.T) { add(&below, d.win) },
			"close": func(t *rapid.T) { skipIf(t, len(below) == 0); closeOne(t, &below) },
			"cover": func(*rapid.T) { cover, above = ShowCover(d.win, NewLabel("锁"), nil), nil },
			"openAbove": func(t *rapid.T) {
				skipIf(t, cover == nil)
				add(&above, AboveCover(d.win))
			},
			"closeAbove": func(t *rapid.T) { skipIf(t, len(above) == 0); closeOne(t, &above) },
			"uncover": func(t *rapid.T) {
				skipIf(t, cover == nil)
				cover.Close()
				cover, above = nil, nil
			},
			"": func(t *rapid.T) {
				want, page := below, cover == nil
				if cover != nil {
					want = above
				}
				overlays := d.win.Canvas().Overlays().List()
				if cover != nil && (len(overlays) == 0 || overlays[0] != cover.layer) {
					t.Fatal("the cover is not the lowest layer")
				}
				if cover != nil {
					overlays = overlays[1:]
				}
				if len(overlays) != len(want) {
					t.Fatalf("%d layers, want %d", len(overlays), len(want))
				}
				for i, o := range overlays {
					if o != want[i].dialog.layer {
						t.Fatalf("layer %d is not %s", i, want[i].name)
					}
				}
				if strings.Contains(texts(d.win), "按钮") != page {
					t.Fatalf("the page is seen: %v", !page)
				}
				d.fired = nil
				d.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyF1})
				if heard := len(d.fired) > 0; heard != (page && len(below) == 0) {
					t.Fatalf("the page heard F1: %v", heard)
				}
			},
		})
		if cover != nil {
			cover.Close()
		}
		if len(below) > 0 {
			below[0].dialog.Close()
		}
	})
}

func skipIf(t *rapid.T, no bool) {
	if no {
		t.Skip()
	}
}
