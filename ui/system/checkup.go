package system

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// areas are what a check looks at, under the names that problems bear.
var areas = []struct{ name, text string }{
	{"数据库", "文件是否完整，记录之间的引用是否都在"},
	{"编号", "承诺书编号有没有缺号、重号和错号"},
	{"程序", "数据库组件是不是测试过的版本"},
}

// mostShown is how many problems the page lists; a folder with more is not
// mended line by line.
const mostShown = 100

// CheckUp is the page 体检.
type CheckUp struct {
	deps   Deps
	run    *kit.Button
	when   *kit.Label
	chips  []*kit.Chip
	states *fyne.Container
	result *fyne.Container
	body   fyne.CanvasObject
}

// NewCheckUp makes the page.
func NewCheckUp(deps Deps) *CheckUp {
	p := &CheckUp{deps: deps, when: kit.NewMuted("还没有检查"), states: kit.Below(), result: container.NewStack()}
	p.run = kit.NewPrimaryButton("开始体检", p.check)
	for _, a := range areas {
		chip := kit.NewChip("未检查", kit.Neutral)
		p.chips = append(p.chips, chip)
		p.states.Add(kit.Beside(kit.Wide(72, kit.NewLabel(a.name)), kit.Wide(90, kit.Beside(chip)), kit.NewMuted(a.text)))
	}
	p.body = pageOf("体检", "只看不改", p.run, kit.Below(kit.NewCard("检查内容", p.when, p.states), p.result))
	return p
}

// Content is what the frame shows.
func (p *CheckUp) Content() fyne.CanvasObject { return p.body }

// Shown gives Enter to the button: a check is asked for.
func (p *CheckUp) Shown() { p.deps.Win.Canvas().Focus(p.run) }

// Hidden does nothing.
func (p *CheckUp) Hidden() {}

func (p *CheckUp) check() {
	p.run.SetLabel("正在检查…")
	p.run.Disable()
	kit.Run(context.Background(), p.deps.Store.Check, func(found []store.Problem, err error) {
		p.run.SetLabel("开始体检")
		p.run.Enable()
		if err != nil {
			kit.ShowError(p.deps.Win, err, p.deps.Log)
			return
		}
		p.show(found)
	})
}

func (p *CheckUp) show(found []store.Problem) {
	count := map[string]int{}
	for _, f := range found {
		count[f.Area]++
	}
	for i, a := range areas {
		if n := count[a.name]; n > 0 {
			p.chips[i].Set(fmt.Sprintf("%d 个问题", n), kit.Bad)
		} else {
			p.chips[i].Set("正常", kit.Good)
		}
	}
	p.states.Refresh()
	p.when.SetText(kit.Now().Format("2006-01-02 15:04") + " 检查")
	p.result.Objects = nil
	if len(found) > 0 {
		p.result.Objects = []fyne.CanvasObject{problemCard(found)}
	}
	p.body.Refresh()
}

func problemCard(found []store.Problem) fyne.CanvasObject {
	lines := []fyne.CanvasObject{paragraph("体检没有改动数据。请保留数据文件夹原样，不要自行修改里面的文件，并联系维护人员或从备份恢复。")}
	for _, f := range found[:min(len(found), mostShown)] {
		lines = append(lines, kit.Frame(nil, nil, kit.Wide(72, kit.NewLabel(f.Area)), nil, paragraph(f.Detail)))
	}
	if more := len(found) - mostShown; more > 0 {
		lines = append(lines, kit.NewMuted(fmt.Sprintf("另有 %d 个问题没有列出。", more)))
	}
	return kit.NewCard(fmt.Sprintf("发现 %d 个问题", len(found)), nil, kit.Below(lines...))
}
