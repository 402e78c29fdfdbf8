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
type Settings struct{ body fyne.CanvasObject }

// NewSettings makes the page. scale is the text size in percent now;
// setScale applies another.
func NewSettings(deps Deps, scale int, setScale func(percent int)) *Settings {
	about := func(text, note string) fyne.CanvasObject {
		return kit.Below(paragraph(text), kit.NewMuted(note).Shorten())
	}
	return &Settings{pageOf("设置", "", nil, kit.Below(
		kit.NewCard("文字大小", nil, kit.Below(
			kit.Beside(sizeChoice(deps, scale, setScale)),
			kit.NewMuted("立即生效，下次打开时保持。"))),
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
		kit.Run(context.Background(), func(ctx context.Context) (struct{}, error) {
			return struct{}{}, deps.Store.SaveSetting(ctx, store.TextScale, value)
		}, func(_ struct{}, err error) {
			if err != nil {
				kit.ShowError(deps.Win, err, deps.Log)
			}
		})
	}
	return choice
}

// Content is what the frame shows.
func (p *Settings) Content() fyne.CanvasObject { return p.body }

// Shown does nothing.
func (p *Settings) Shown() {}

// Hidden does nothing.
func (p *Settings) Hidden() {}
