package campaign

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// overview is the section 概况: how far the campaign is, what comes next, and
// what the plan says, each with the way to the rows behind it.
type overview struct {
	plan      *planPage
	content   fyne.CanvasObject
	stats     [len(rateStats) + 1]*kit.StatCard
	phases    *fyne.Container
	deadlines *fyne.Container
	text      *fyne.Container
	members   *fyne.Container
	asked     int // how often the figures were asked for; late answers are dropped
	removeKey func()
}

// rateStats are the cards of the rates, beside [campaignRates].
var rateStats = [3]struct {
	title, door string
	open        func(Deps) func()
}{
	{"自查率", "查看自查表", func(d Deps) func() { return d.OpenChecks }},
	{"承诺书签订率", "查看承诺书", func(d Deps) func() { return d.OpenLetters }},
	{"问题销号率", "查看问题", func(d Deps) func() { return d.OpenFindings }},
}

// overviewGap is the distance between cards in px.
const overviewGap = 10

func newOverview(p *planPage) *overview {
	o := &overview{plan: p, phases: container.NewStack(), deadlines: container.NewStack(), text: container.NewStack(), members: container.NewStack()}
	cards := make([]fyne.CanvasObject, len(o.stats))
	for i := range o.stats {
		o.stats[i] = kit.NewStatCard(kit.Stat{Bar: -1})
		cards[i] = o.stats[i]
	}
	top := container.New(layout.NewCustomPaddedVBoxLayout(overviewGap),
		kit.Spread(kit.Beside(kit.NewHeading(p.title()), kit.NewMuted(p.stage)), kit.Beside(o.buttons()...)),
		kit.Spread(container.NewStack(), p.switcher(sectionOverview)),
		container.New(split{1, 1, 1, 1}, cards...), container.NewStack())
	door := func(label, section string) fyne.CanvasObject { return kit.NewDoor(label, func() { p.show(section) }) }
	body := container.New(halves{},
		container.New(split{5, 4},
			kit.NewCard("阶段", door("全部阶段", sectionPhases), kit.NewVScroll(o.phases)),
			kit.NewCard("接下来的时限", door("全部时限", sectionDeadlines), kit.NewVScroll(o.deadlines))),
		container.New(split{5, 4},
			kit.NewCard("方案", nil, kit.NewVScroll(o.text)),
			kit.NewCard("领导小组", door("全部成员", sectionMembers), kit.NewVScroll(o.members))))
	o.content = container.New(layout.NewCustomPaddedLayout(12, 12, 16, 16), kit.Frame(top, nil, nil, nil, body))
	return o
}

func (o *overview) buttons() []fyne.CanvasObject {
	p := o.plan
	var out []fyne.CanvasObject
	if !p.owner.inHand(p.campaign) {
		out = append(out, kit.NewPrimaryButton("设为当前", func() {
			p.owner.take(p.campaign)
			p.owner.openPlan(p.campaign.ID, sectionOverview, nil)
		}))
	}
	if p.mayWrite() {
		out = append(out, kit.NewButton("修改", func() { p.owner.edit(p.campaign) }))
	}
	return append(out, kit.NewMenuButton("打印", func() []kit.MenuItem {
		var items []kit.MenuItem
		for i, run := range p.printers() {
			items = append(items, kit.MenuItem{Label: planPapers()[i], Run: run})
		}
		items[0].Key = "Ctrl+P"
		return items
	}))
}

// Content implements kit.Page.
func (o *overview) Content() fyne.CanvasObject { return o.content }

// Shown implements kit.Page.
func (o *overview) Shown() {
	o.Hidden()
	o.removeKey = kit.PushKeys(o.plan.deps.Win, kit.Keys{"F5": o.Refresh, "Ctrl+P": o.plan.printTimetable})
	o.Refresh()
}

// Hidden implements kit.Page.
func (o *overview) Hidden() {
	if o.removeKey != nil {
		o.removeKey()
		o.removeKey = nil
	}
}

// SetFilter does nothing: an overview shows all.
func (o *overview) SetFilter(string, string) {}

// planFigures are what an overview shows.
type planFigures struct {
	model.Plan
	progress store.CampaignProgress
	due      []dueRow
}

// Refresh reads the figures anew.
func (o *overview) Refresh() {
	p := o.plan
	o.asked++
	mine := o.asked
	kit.Run(context.Background(), func(ctx context.Context) (f planFigures, err error) {
		if f.Plan, err = p.deps.Store.Plan(ctx, p.campaign.ID); err != nil {
			return f, err
		}
		progress, err := p.deps.Store.CampaignsProgress(ctx)
		if err != nil {
			return f, err
		}
		f.progress = progress[p.campaign.ID]
		f.due, err = p.dueRows(ctx, f.Deadlines)
		return f, err
	}, func(f planFigures, err error) {
		switch {
		case mine != o.asked:
		case err != nil:
			p.deps.Fail(err)
		default:
			o.show(f)
		}
	})
}

func (o *overview) show(f planFigures) {
	for i, rate := range campaignRates {
		part, whole := rate.of(f.progress)
		s := rateStat(rateStats[i].title, part, whole, rate.unit)
		if open := rateStats[i].open(o.plan.deps); open != nil {
			s.Door, s.Open = rateStats[i].door, func() { o.plan.owner.through(o.plan.campaign, open) }
		}
		o.stats[i].Set(s)
	}
	duties := rateStat("责任事项完成率", f.progress.DutiesDone, f.progress.Duties, "项")
	duties.Door, duties.Open = "责任清单", func() { o.plan.show(sectionDuties) }
	o.stats[len(rateStats)].Set(duties)
	put(o.phases, phaseLines(f.Plan, o.plan.deps.Store.Today()))
	put(o.deadlines, dueLines(f.due))
	put(o.text, kit.NewParagraph(planText(f.Campaign)))
	put(o.members, kit.NewParagraph(memberText(f.Members)))
	o.content.Refresh()
}

// put shows something in a card, clear of its scroll bar.
func put(where *fyne.Container, o fyne.CanvasObject) {
	where.Objects = []fyne.CanvasObject{container.New(layout.NewCustomPaddedLayout(0, 0, 0, 10), o)}
	where.Refresh()
}

func rateStat(title string, part, whole int, unit string) kit.Stat {
	s := kit.Stat{Title: title, Value: model.Percent(part, whole), BarTone: kit.Accent}
	if whole > 0 {
		s.Caption, s.Bar = fmt.Sprintf("%d / %d %s", part, whole, unit), float64(part)/float64(whole)
	}
	return s
}

// dueShown is how many of the next deadlines the overview shows.
const dueShown = 5

// dueLines are the deadlines that are open, the earliest first.
func dueLines(rows []dueRow) fyne.CanvasObject {
	var lines []fyne.CanvasObject
	more := 0
	for _, r := range rows {
		switch {
		case r.DoneID != 0 || !r.occurrence:
		case len(lines) == dueShown:
			more++
		default:
			chip, tone := r.chip()
			day := string(r.Due)
			if day == "" {
				day = periodName(r.Period)
			}
			lines = append(lines, kit.Frame(nil, nil, kit.Wide(96, kit.NewMuted(day)), kit.NewChip(chip, tone), kit.NewLabel(r.deadline.Title).Shorten()))
		}
	}
	switch {
	case len(rows) == 0:
		lines = append(lines, kit.NewMuted("还没有时限。"))
	case len(lines) == 0:
		lines = append(lines, kit.Beside(kit.NewChip("已办结", kit.Good), kit.NewLabel("各期时限都已办结。")))
	case more > 0:
		lines = append(lines, kit.NewMuted(fmt.Sprintf("还有 %d 期", more)))
	}
	return kit.Below(lines...)
}

func planText(c model.Campaign) string {
	var b strings.Builder
	add := func(label, text string) {
		if text != "" {
			fmt.Fprintf(&b, "%s：%s\n", label, office.OneLine(text))
		}
	}
	add("名称", c.Title)
	add("发文字号", c.DocumentNo)
	add("起止", fmt.Sprintf("%s 至 %s", c.StartsOn.Chinese(), c.EndsOn.Chinese()))
	add("依据", c.Basis)
	add("范围", c.Scope)
	add("总结报送", c.Recipient)
	if c.LookBackDays > 0 {
		add("回头看", fmt.Sprintf("问题销号 %d 天后", c.LookBackDays))
	}
	return strings.TrimSpace(b.String())
}

// memberText lists the leading group, the places of one role in a line.
func memberText(members []model.Member) string {
	by := map[string][]string{}
	for _, m := range members {
		text := strings.TrimSpace(m.Name)
		if m.Post != "" && text != "" {
			text += "（" + m.Post + "）"
		} else if text == "" {
			text = m.Post
		}
		by[m.Role] = append(by[m.Role], text)
	}
	var lines []string
	for _, role := range model.MemberRoles {
		if len(by[role]) > 0 {
			lines = append(lines, role+"："+strings.Join(by[role], "　"))
		}
	}
	if len(lines) == 0 {
		return "还没有成员。"
	}
	return strings.Join(lines, "\n")
}
