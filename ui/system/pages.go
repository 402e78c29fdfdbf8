package system

import (
	"context"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// Profile is the page 医院概况.
type Profile struct {
	deps Deps
	body *fyne.Container
	form *kit.Form
}

// NewProfile makes the page; it loads when it is shown.
func NewProfile(deps Deps) *Profile { return &Profile{deps: deps, body: container.NewStack()} }

// Content is what the frame shows.
func (p *Profile) Content() fyne.CanvasObject { return p.body }

// Shown loads the profile unless there are unsaved changes.
func (p *Profile) Shown() {
	if p.form != nil {
		p.form.Shown()
		if p.form.Dirty() {
			return
		}
	}
	kit.Run(context.Background(), p.deps.Store.Hospital, func(h model.Hospital, err error) {
		if err != nil {
			kit.ShowError(p.deps.Win, err, p.deps.Log)
			return
		}
		if p.form != nil {
			p.form.Hidden()
		}
		p.form = profileForm(p.deps.Win, p.deps.Log, h, p.deps.Store.SaveHospital)
		p.form.OnSaved = func() {
			p.form.MarkClean()
			kit.Toast(p.deps.Win, "医院概况已保存", kit.Good)
			p.deps.Changed()
		}
		p.body.Objects = []fyne.CanvasObject{p.form.Page("医院概况", "保存")}
		p.body.Refresh()
		p.form.Shown()
	})
}

// Hidden takes the page's keys away.
func (p *Profile) Hidden() {
	if p.form != nil {
		p.form.Hidden()
	}
}

// Leave asks about unsaved changes before then is called.
func (p *Profile) Leave(then func()) {
	if p.form == nil {
		then()
		return
	}
	p.form.Leave(then)
}

// CheckUp is the page 体检.
type CheckUp struct {
	deps   Deps
	result *fyne.Container
	run    *kit.Button
	body   fyne.CanvasObject
}

// NewCheckUp makes the page.
func NewCheckUp(deps Deps) *CheckUp {
	p := &CheckUp{deps: deps, result: container.NewVBox()}
	p.run = kit.NewPrimaryButton("开始体检", p.check)
	p.body = container.NewBorder(container.NewVBox(
		container.NewBorder(nil, nil, kit.NewHeading("体检"), p.run),
		kit.NewParagraph("检查数据库是否完整、记录之间的引用是否都在、承诺书编号有没有缺号和重号。只看不改。")),
		nil, nil, nil, container.NewVScroll(p.result))
	return p
}

// Content is what the frame shows.
func (p *CheckUp) Content() fyne.CanvasObject { return p.body }

// Shown does nothing: a check is asked for.
func (p *CheckUp) Shown() {}

// Hidden does nothing.
func (p *CheckUp) Hidden() {}

func (p *CheckUp) check() {
	p.run.Disable()
	kit.Run(context.Background(), p.deps.Store.Check, func(found []store.Problem, err error) {
		p.run.Enable()
		if err != nil {
			kit.ShowError(p.deps.Win, err, p.deps.Log)
			return
		}
		p.show(found)
	})
}

func (p *CheckUp) show(found []store.Problem) {
	lines := []fyne.CanvasObject{container.NewHBox(kit.NewChip("一切正常", kit.Good), kit.NewLabel("数据库完整，引用和编号无误。"))}
	if len(found) > 0 {
		lines = []fyne.CanvasObject{kit.NewSubHeading(fmt.Sprintf("发现 %d 个问题。数据没有改动，请联系维护人员并保留数据文件夹原样。", len(found)))}
		for _, f := range found {
			lines = append(lines, container.NewHBox(kit.NewChip(f.Area, kit.Bad), kit.NewLabel(f.Detail)))
		}
	}
	p.result.Objects = []fyne.CanvasObject{kit.NewCard("体检结果", nil, container.NewVBox(lines...))}
	p.result.Refresh()
}

// Settings is the page 设置.
type Settings struct {
	deps Deps
	body fyne.CanvasObject
}

// NewSettings makes the page. scale is the text size in percent now;
// setScale applies another.
func NewSettings(deps Deps, scale int, setScale func(percent int)) *Settings {
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
	rows := container.NewVBox(
		kit.NewCard("文字大小", nil, container.NewHBox(choice)),
		kit.NewCard("数据文件夹", nil, container.NewVBox(kit.NewLabel(deps.Store.Folder().Dir()),
			kit.NewMuted("换一台电脑时，先退出程序，再把整个文件夹复制过去。"))),
		kit.NewCard("单位自己的文本", nil, container.NewVBox(kit.NewLabel(deps.Store.Folder().Overrides()),
			kit.NewMuted("承诺书文本、廉洁从业准则、花名册列名都可以在这里放一份自己的版本，程序优先使用。"))),
		kit.NewCard("关于", nil, kit.NewLabel("清风 "+model.Version)),
	)
	return &Settings{deps, container.NewBorder(kit.NewHeading("设置"), nil, nil, nil, container.NewVScroll(rows))}
}

// Content is what the frame shows.
func (p *Settings) Content() fyne.CanvasObject { return p.body }

// Shown does nothing.
func (p *Settings) Shown() {}

// Hidden does nothing.
func (p *Settings) Hidden() {}
