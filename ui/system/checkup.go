package system

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// area says what holds in a sound part of the data folder, and what to do when
// it does not.
type area struct {
	sound, advice string
	restore       bool // a backup helps
}

// areas are the words for [store.Areas].
var areas = map[string]area{
	"数据库":     {"文件完整，记录之间的引用都在，没有被别的程序改过", "请到“备份与恢复”里找一份校验完好的备份恢复，现在的数据会原样留着；恢复后再体检一次。", true},
	trailArea: {"每一条都接得上，没有被改过、删过", "有人绕过程序动过数据，或者磁盘出了错。请管理员与备份里的记录对照，查清那一条前后做过什么；其他登记照常可用。", true},
	"加密":      {"身份证号、电话等都已加密，而且解得开", "列出的内容读不出来，或者没有加密。请到“备份与恢复”里找一份校验完好的备份恢复。", true},
	"附件":      {"每个文件都在，与存入时一样", "列出的附件打不开。请从备份恢复，或者找出原件重新扫描。", true},
	"编号":      {"所有表单和台账的编号没有缺号、重号和错号", "请核对纸质表格，并把体检报告发给维护人员。登记照常可用。", false},
	"台账":      {"自查、问题、时限、抽取和红包互相对得上，红包的金额分毫不差，每次抽取都能重抽出同样的结果", "有人绕过程序动过数据，或者磁盘出了错。请把列出的编号与纸质表格、备份里的记录对照；请到“备份与恢复”里找一份校验完好的备份。", true},
	"程序":      {"数据库组件是测试过的版本", "程序文件与发布的不一样。请退出后用原来的安装包重新安装，数据不受影响。", false},
}

// mostShown is how many problems the page lists; a folder with more is not
// mended line by line.
const mostShown = 100

// CheckUp is the page 体检.
type CheckUp struct {
	// OpenBackups leads to the page 备份与恢复; nil where there is none.
	OpenBackups func()

	deps    Deps
	run     *kit.Button
	when    *kit.Label
	chips   map[string]*kit.Chip
	sound   map[string]*kit.Label // what holds, until something else is found
	states  *fyne.Container
	altered *fyne.Container // about a file that something else changed, or empty
	result  *fyne.Container
	body    fyne.CanvasObject

	at        time.Time // of the last check, zero before the first
	found     []store.Problem
	alteredAt string
}

// NewCheckUp makes the page.
func NewCheckUp(deps Deps) *CheckUp {
	p := &CheckUp{deps: deps, when: kit.NewMuted("还没有检查"), chips: map[string]*kit.Chip{}, sound: map[string]*kit.Label{}, states: kit.Below(),
		altered: container.NewStack(), result: container.NewStack()}
	p.run = kit.NewPrimaryButton("开始体检", p.check)
	for _, name := range store.Areas {
		chip, sound := kit.NewChip("未检查", kit.Neutral), kit.NewMuted(areas[name].sound)
		p.chips[name], p.sound[name] = chip, sound
		p.states.Add(kit.Frame(nil, nil, kit.Beside(kit.Wide(72, kit.NewLabel(name)), kit.Wide(100, kit.Beside(chip))), nil, sound))
	}
	p.altered.Hide()
	p.body = pageOf("体检", "只看不改", p.run, kit.Below(p.altered, kit.NewCard("检查内容", p.when, p.states), p.result))
	return p
}

// Content is what the frame shows.
func (p *CheckUp) Content() fyne.CanvasObject { return p.body }

// Shown gives Enter to the button: a check is asked for.
func (p *CheckUp) Shown() {
	p.askAltered()
	p.deps.Win.Canvas().Focus(p.run)
}

// Hidden does nothing.
func (p *CheckUp) Hidden() {}

func (p *CheckUp) check() {
	p.run.SetLabel("正在检查…")
	p.run.Disable()
	for _, chip := range p.chips {
		chip.Set("检查中", kit.Accent)
	}
	p.states.Refresh()
	kit.Run(context.Background(), p.deps.Store.Check, func(found []store.Problem, err error) {
		p.run.SetLabel("开始体检")
		p.run.Enable()
		if err != nil {
			for _, chip := range p.chips {
				chip.Set("没有查完", kit.Warn)
			}
			p.states.Refresh()
			p.deps.Fail(err)
			return
		}
		p.found, p.at = found, kit.Now()
		p.show()
	})
}

func (p *CheckUp) show() {
	count := countByArea(p.found)
	for name, chip := range p.chips {
		if n := count[name]; n > 0 {
			chip.Set(problems(n), kit.Bad)
			p.sound[name].SetText("是什么、怎么办，见下面")
		} else {
			chip.Set("正常", kit.Good)
			p.sound[name].SetText(areas[name].sound)
		}
	}
	p.states.Refresh()
	p.when.SetText(p.at.Format("2006-01-02 15:04") + " 检查")
	p.result.Objects = []fyne.CanvasObject{p.resultCard(count)}
	p.body.Refresh()
}

func countByArea(found []store.Problem) map[string]int {
	count := map[string]int{}
	for _, f := range found {
		count[f.Area]++
	}
	return count
}

func problems(n int) string { return fmt.Sprintf("%d 个问题", n) }

func (p *CheckUp) resultCard(count map[string]int) fyne.CanvasObject {
	save := kit.NewButton("保存体检报告…", p.askReport)
	if len(p.found) == 0 {
		return kit.NewCard("一切正常", save, paragraph("以上各项都没有发现问题。体检只看不改，可以随时再做。"))
	}
	lines := []fyne.CanvasObject{paragraph("体检没有改动数据。请保留数据文件夹原样，不要自行修改里面的文件；需要帮忙时，把体检报告发给信息科。")}
	left := mostShown
	for _, name := range store.Areas {
		if count[name] > 0 {
			lines = append(lines, p.areaLines(name, count[name], &left)...)
		}
	}
	if more := len(p.found) - mostShown; more > 0 {
		lines = append(lines, kit.NewMuted(fmt.Sprintf("另有 %d 个问题没有列出，体检报告里有。", more)))
	}
	return kit.NewCard("发现 "+problems(len(p.found)), save, kit.Below(lines...))
}

// areaLines are an area's problems, as many as are left to list, below what to
// do about them.
func (p *CheckUp) areaLines(name string, n int, left *int) []fyne.CanvasObject {
	head := kit.Beside(kit.NewSubHeading(name), kit.NewChip(problems(n), kit.Bad))
	if p.restores(name, n) && p.OpenBackups != nil {
		head.Add(kit.NewDoor("去备份与恢复", p.OpenBackups))
	}
	lines := []fyne.CanvasObject{gapAbove(head), paragraph(p.advice(name, n))}
	for _, f := range p.found {
		if f.Area == name && *left > 0 {
			lines = append(lines, kit.Frame(nil, nil, kit.Wide(20, kit.NewMuted("・")), nil, paragraph(f.Detail)))
			*left--
		}
	}
	return lines
}

// advice says what to do about an area's n problems.
func (p *CheckUp) advice(name string, n int) string {
	if p.onlyAltered(name, n) {
		return "请核对近期登记的内容，查明后由管理员在“体检”页确认。"
	}
	return areas[name].advice
}

// restores reports whether a backup helps against an area's n problems.
func (p *CheckUp) restores(name string, n int) bool {
	return areas[name].restore && !p.onlyAltered(name, n)
}

// onlyAltered reports whether nothing is wrong but that something else changed
// the database file, which need not have damaged it.
func (p *CheckUp) onlyAltered(name string, n int) bool {
	return name == "数据库" && n == 1 && p.alteredAt != ""
}

// askAltered shows whether something else changed the database file.
func (p *CheckUp) askAltered() {
	kit.Run(context.Background(), p.deps.Store.AlteredAt, func(at string, err error) {
		if err != nil {
			p.deps.Fail(err)
			return
		}
		p.alteredAt = at
		p.altered.Hidden = at == ""
		p.altered.Objects = nil
		if at != "" {
			p.altered.Objects = []fyne.CanvasObject{p.alteredCard()}
		}
		p.body.Refresh()
	})
}

func (p *CheckUp) alteredCard() fyne.CanvasObject {
	var confirm fyne.CanvasObject
	text := p.alteredAt + " 打开时发现：数据库文件在清风关闭期间被别的程序改动过，或者磁盘出了错。请核对近期登记的内容，问清有没有人动过数据文件夹。查明后由管理员在这里确认。"
	if p.deps.Store.May(model.Manage) {
		confirm = kit.NewButton("查明并确认…", p.askFinding)
	}
	return kit.NewCard("数据库文件被改动过", confirm, paragraph(text))
}

func (p *CheckUp) askFinding() {
	kit.AskText(p.deps.Win, kit.TextQuestion{
		Title: "查明并确认", Label: "查明的情况", Required: true, Max: model.MaxNote, Yes: "确认",
		Text:        "确认后不再提示。写下的情况记入操作记录，不能修改。",
		PlaceHolder: "例如：信息科 8 月 10 日把数据文件夹搬到新电脑，内容核对过",
	}, func(text string) {
		p.deps.Do(func(ctx context.Context) error { return p.deps.Store.AcceptAlteration(ctx, text) }, func() {
			kit.Toast(p.deps.Win, "已确认，并记入操作记录", kit.Good)
			p.deps.Changed()
			p.askAltered()
			if !p.at.IsZero() {
				p.check() // what is shown says otherwise
			}
		})
	})
}
