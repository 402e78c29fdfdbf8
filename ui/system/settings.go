package system

import (
	"context"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// Settings is the page 设置.
type Settings struct {
	idle *idleChoice
	body fyne.CanvasObject
}

// NewSettings makes the page. scale is the text size in percent now;
// setScale applies another.
func NewSettings(deps Deps, scale int, setScale func(percent int)) *Settings {
	about := func(text, note string) fyne.CanvasObject {
		return kit.Below(paragraph(text), kit.NewMuted(note).Shorten())
	}
	idle := newIdleChoice(deps)
	return &Settings{idle, pageOf("设置", "", nil, kit.Below(
		kit.NewCard("文字大小", nil, kit.Below(
			kit.Beside(sizeChoice(deps, scale, setScale)),
			kit.NewMuted("立即生效，下次打开时保持。"))),
		kit.NewCard("自动锁定", nil, kit.Below(kit.Beside(idle.choice), idle.note)),
		kit.NewCard("数据文件夹", nil, about(deps.Store.Folder().Dir(), "换一台电脑时，先退出程序，再把整个文件夹复制过去。")),
		kit.NewCard("单位自己的文本", nil, about(deps.Store.Folder().Overrides(), "承诺书文本、廉洁从业准则、花名册列名都可以在这里放一份自己的版本，程序优先使用。")),
		kit.NewCard("关于", nil, kit.NewLabel("清风 "+model.Version)),
	))}
}

func sizeChoice(deps Deps, scale int, setScale func(percent int)) *kit.Segmented {
	var options []kit.Option
	for _, s := range kit.TextScales {
		percent := int(s*100 + 0.5)
		options = append(options, kit.Option{Value: strconv.Itoa(percent), Text: fmt.Sprintf("%d%%", percent)})
	}
	choice := kit.NewSegmented(options)
	choice.SetValue(strconv.Itoa(scale))
	choice.OnChanged = func(value string) {
		percent, err := strconv.Atoi(value)
		if err != nil {
			return
		}
		setScale(percent)
		saveSetting(deps, store.TextScale, value, func() {})
	}
	return choice
}

// idleChoice is after how long without input the window locks. Everybody sees
// it; an administrator sets it.
type idleChoice struct {
	deps   Deps
	choice *kit.Segmented
	note   *kit.Label
	stored string // what holds
}

// idleTimes are the minutes to choose from; 0 is never.
var idleTimes = []int{0, 5, 10, 15, 30}

func newIdleChoice(deps Deps) *idleChoice {
	var options []kit.Option
	for _, m := range idleTimes {
		options = append(options, kit.Option{Value: strconv.Itoa(m), Text: idleText(m)})
	}
	c := &idleChoice{deps: deps, choice: kit.NewSegmented(options), note: kit.NewMuted("")}
	c.choice.OnChanged = c.save
	if !deps.Store.May(model.Manage) {
		c.choice.Disable()
	}
	return c
}

func idleText(minutes int) string {
	if minutes == 0 {
		return "从不"
	}
	return fmt.Sprintf("%d 分钟", minutes)
}

// load shows what holds now.
func (c *idleChoice) load() {
	kit.Run(context.Background(), func(ctx context.Context) (string, error) { return c.deps.Store.Setting(ctx, store.IdleMinutes) },
		func(value string, err error) {
			if err != nil {
				c.deps.Fail(err)
				return
			}
			c.show(value)
		})
}

func (c *idleChoice) show(value string) {
	minutes, err := strconv.Atoi(value)
	if err != nil {
		minutes = store.UsualIdleMinutes
	}
	c.stored = strconv.Itoa(minutes)
	c.choice.SetValue(c.stored)
	text := fmt.Sprintf("%s没有操作，窗口自动锁定，输入密码后接着做，没有保存的内容还在。", idleText(minutes))
	if minutes == 0 {
		text = "窗口不会自动锁定。离开座位时谁都能看到、改动台账，请随手退出登录。"
	}
	if !c.deps.Store.May(model.Manage) {
		text += "由管理员设定。"
	}
	c.note.SetText(text)
}

func (c *idleChoice) save(value string) {
	before := c.stored
	c.show(value)
	kit.Run(context.Background(), func(ctx context.Context) (struct{}, error) {
		return struct{}{}, c.deps.Store.SaveSetting(ctx, store.IdleMinutes, value)
	}, func(_ struct{}, err error) {
		if err != nil {
			c.show(before)
			c.deps.Fail(err)
			return
		}
		c.deps.Changed()
	})
}

// Content is what the frame shows.
func (p *Settings) Content() fyne.CanvasObject { return p.body }

// Shown reads the settings that other accounts may have changed.
func (p *Settings) Shown() { p.idle.load() }

// Hidden does nothing.
func (p *Settings) Hidden() {}

// saveSetting stores a setting and then calls done; what is refused is told.
func saveSetting(deps Deps, key, value string, done func()) {
	deps.Do(func(ctx context.Context) error { return deps.Store.SaveSetting(ctx, key, value) }, done)
}
