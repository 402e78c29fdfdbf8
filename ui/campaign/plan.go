package campaign

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// Sections of a plan's page.
const (
	sectionOverview  = "overview"
	sectionPhases    = "phases"
	sectionMembers   = "members"
	sectionDeadlines = "deadlines"
	sectionDuties    = "duties"
	sectionItems     = "items"
)

var planSections = []kit.Option{
	{Value: sectionOverview, Text: "概况"}, {Value: sectionPhases, Text: "阶段"}, {Value: sectionMembers, Text: "领导小组"},
	{Value: sectionDeadlines, Text: "时限"}, {Value: sectionDuties, Text: "责任清单"}, {Value: sectionItems, Text: "自查项目"},
}

// planSection is one part of a plan as a page.
type planSection interface {
	kit.Page
	Refresh()
	SetFilter(key, value string)
}

// planPage shows the plan of one campaign, section by section.
type planPage struct {
	owner    *CampaignsPage
	deps     Deps
	campaign model.Campaign
	stage    string // which phase it is in, and for how long
	press    *office.Press
	sections map[string]planSection
	shown    string
	content  *fyne.Container
	visible  bool
}

func newPlanPage(owner *CampaignsPage, plan model.Plan) *planPage {
	p := &planPage{owner: owner, deps: owner.deps, campaign: plan.Campaign, stage: stageOf(plan, owner.deps.Store.Today()),
		sections: map[string]planSection{}, content: container.NewStack()}
	p.press = office.NewPress(p.deps.Deps, nil)
	return p
}

// Content implements kit.Page.
func (p *planPage) Content() fyne.CanvasObject { return p.content }

// Shown implements kit.Page.
func (p *planPage) Shown() {
	p.visible = true
	p.sections[p.shown].Shown()
}

// Hidden implements kit.Page.
func (p *planPage) Hidden() {
	p.visible = false
	p.sections[p.shown].Hidden()
}

// Refresh reads the section that is shown anew; the others do so when they
// are shown again.
func (p *planPage) Refresh() { p.sections[p.shown].Refresh() }

// show brings a section to the front.
func (p *planPage) show(section string) {
	if p.visible {
		p.sections[p.shown].Hidden()
	}
	if p.sections[section] == nil {
		p.sections[section] = p.newSection(section)
	}
	p.shown = section
	p.content.Objects = []fyne.CanvasObject{p.sections[section].Content()}
	p.content.Refresh()
	if p.visible {
		p.sections[section].Shown()
	}
}

// filter brings a section to the front and narrows it.
func (p *planPage) filter(section, key, value string) {
	if p.shown != section {
		p.show(section)
	}
	p.sections[section].SetFilter(key, value)
}

func (p *planPage) newSection(section string) planSection {
	switch section {
	case sectionPhases:
		return p.newPhases()
	case sectionMembers:
		return p.newMembers()
	case sectionDeadlines:
		return newDeadlines(p)
	case sectionDuties:
		return newDuties(p)
	case sectionItems:
		return p.newItems()
	}
	return newOverview(p)
}

// switcher leads from a section to the others and back to the list. Each
// section has its own: an object stands in one place only.
func (p *planPage) switcher(section string) fyne.CanvasObject {
	tabs := kit.NewSegmented(planSections)
	tabs.SetValue(section)
	tabs.OnChanged = func(to string) {
		tabs.SetValue(section) // as it shall stand when one comes back
		p.show(to)
	}
	return kit.Beside(kit.NewDoor("← 全部专项行动", p.owner.closePlan), tabs)
}

// titleLength is how many characters of a campaign's title fit beside the
// buttons of a page.
const titleLength = 32

// phaseLength is how many characters of a phase's name fit between the two.
const phaseLength = 12

func (p *planPage) title() string { return office.Shorten(p.campaign.Title, titleLength) }

// changed makes known that the campaign itself is another now.
func (p *planPage) changed() {
	p.deps.campaignsChanged()
	p.owner.openPlan(p.campaign.ID, p.shown, nil)
}

func (p *planPage) mayWrite() bool { return p.deps.Store.May(model.Write) }

// done brings the section up to date and says what was done.
func (p *planPage) done(text string) {
	p.Refresh()
	kit.Toast(p.deps.Win, text, kit.Good)
}

// stageOf says in which phase a campaign is and how long that goes on.
func stageOf(p model.Plan, today day.Date) string {
	switch {
	case today < p.StartsOn:
		return fmt.Sprintf("%s 开始，还有 %d 天", p.StartsOn, today.DaysTo(p.StartsOn))
	case today > p.EndsOn:
		return fmt.Sprintf("已于 %s 结束", p.EndsOn)
	}
	name, ends := "进行中", p.EndsOn
	for _, ph := range p.Phases { // of phases that overlap, the one that ends first
		if ph.StartsOn <= today && today <= ph.EndsOn && (name == "进行中" || ph.EndsOn < ends) {
			name, ends = office.Shorten(ph.Name, phaseLength), ph.EndsOn
		}
	}
	if ends == today {
		return name + "，今天结束"
	}
	return fmt.Sprintf("%s，还有 %d 天", name, today.DaysTo(ends))
}

var weekdays = [...]string{"日", "一", "二", "三", "四", "五", "六"}
