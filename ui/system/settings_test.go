package system

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/kit/kittest"
)

// choiceWith is the row of options on the page that offers a value.
func (b *bench) choiceWith(p kit.Page, text string) *kit.Segmented {
	b.Helper()
	var found *kit.Segmented
	walk(p.Content(), func(o fyne.CanvasObject) {
		if choice, ok := o.(*kit.Segmented); ok {
			walk(choice, func(c fyne.CanvasObject) {
				if isText(c, text) {
					found = choice
				}
			})
		}
	})
	if found == nil {
		b.Fatalf("nothing offers %s", text)
	}
	return found
}

func (b *bench) setting(key string) string {
	b.Helper()
	value, err := b.deps.Store.Setting(context.Background(), key)
	check(b, err)
	return value
}

func TestSettingsKeepTheTextSize(t *testing.T) {
	b := newBench(t)
	var set []int
	p := NewSettings(b.deps, 100, func(percent int) { set = append(set, percent) })
	kittest.Show(b.win, p)
	b.sees("100%", "115%", "130%", "清风 "+model.Version)
	b.win.Canvas().Focus(b.choiceWith(p, "115%"))
	kittest.Key(b.win, fyne.KeyRight)
	if len(set) != 1 || set[0] != 115 {
		t.Fatalf("applied %v", set)
	}
	if stored := b.setting(store.TextScale); stored != "115" {
		t.Errorf("stored %q", stored)
	}
}

func TestSettingsChooseTheIdleTime(t *testing.T) {
	b := newBench(t)
	p := NewSettings(b.deps, 100, func(int) {})
	kittest.Show(b.win, p)
	b.sees("从不", "5 分钟", "15 分钟", "30 分钟", "10 分钟没有操作，窗口自动锁定")
	choice := b.choiceWith(p, "30 分钟")
	if choice.Value() != "10" {
		t.Fatalf("a folder that never set a time shows %q", choice.Value())
	}
	b.win.Canvas().Focus(choice)
	kittest.Key(b.win, fyne.KeyRight)
	if stored := b.setting(store.IdleMinutes); stored != "15" || b.changed != 1 {
		t.Errorf("stored %q, the frame was told %d times", stored, b.changed)
	}
	b.sees("15 分钟没有操作")
	kittest.Key(b.win, fyne.KeyLeft, fyne.KeyLeft, fyne.KeyLeft)
	if stored := b.setting(store.IdleMinutes); stored != "0" || b.changed != 4 {
		t.Errorf("stored %q, the frame was told %d times", stored, b.changed)
	}
	b.sees("窗口不会自动锁定")
	check(t, b.deps.Store.SaveSetting(context.Background(), store.IdleMinutes, "5"))
	p.Shown()
	b.sees("5 分钟没有操作")
	check(t, b.deps.Store.SaveSetting(context.Background(), store.IdleMinutes, "25")) // of the console
	p.Shown()
	b.sees("25 分钟没有操作")
}

func TestTheIdleTimeIsTheAdministrators(t *testing.T) {
	b := newBench(t)
	b.enterAs(model.Clerk)
	p := NewSettings(b.deps, 100, func(int) {})
	kittest.Show(b.win, p)
	b.sees("10 分钟没有操作", "由管理员设定")
	b.win.Canvas().Focus(b.choiceWith(p, "30 分钟"))
	kittest.Key(b.win, fyne.KeyRight)
	if stored := b.setting(store.IdleMinutes); stored != "" || b.changed != 0 {
		t.Errorf("a clerk stored %q", stored)
	}
	b.seesNot("没有完成")                        // greyed, not refused
	b.choiceWith(p, "30 分钟").OnChanged("30") // another account came in behind the page
	b.sees("没有完成", "无权")
	b.press("知道了")
	b.sees("10 分钟没有操作")
	if b.changed != 0 || b.choiceWith(p, "30 分钟").Value() != "10" {
		t.Error("what was refused is shown as if it held")
	}
}
