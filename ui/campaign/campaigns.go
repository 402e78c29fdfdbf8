package campaign

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// campaignRow is a campaign with how far it is.
type campaignRow struct {
	model.Campaign
	progress store.CampaignProgress
	today    day.Date
}

func (r campaignRow) stage() (string, kit.Tone) { return stageChip(r.StartsOn, r.EndsOn, r.today) }

// stageChip says whether a campaign or a phase has begun and ended.
func stageChip(starts, ends, today day.Date) (string, kit.Tone) {
	switch {
	case today < starts:
		return "未开始", kit.Neutral
	case today > ends:
		return "已结束", kit.Neutral
	}
	return "进行中", kit.Good
}

// CampaignsPage is the page 方案与进度: the campaigns of all years, or in its
// place the plan of one of them.
type CampaignsPage struct {
	*kit.RegisterPage[campaignRow]
	deps    Deps
	content *fyne.Container
	plan    *planPage // nil while the list is shown
	visible bool
}

// NewCampaigns makes the page.
func NewCampaigns(deps Deps) *CampaignsPage {
	p := &CampaignsPage{deps: deps}
	spec := kit.Register[campaignRow]{
		Title: "方案与进度", Subtitle: "专项行动的方案、时限、责任清单和进度",
		Columns: p.columns(), Source: p.source, ID: func(r campaignRow) int64 { return r.ID },
		Actions: []kit.Action[campaignRow]{
			{Label: "新建", Key: "Ctrl+N", Primary: true, Run: func(kit.Selection[campaignRow]) { p.New() }},
		},
		RowActions: []kit.RowAction[campaignRow]{
			{Label: "打开方案", Run: func(r campaignRow) { p.openPlan(r.ID, sectionOverview, nil) }},
			{Label: "设为当前", Show: func(r campaignRow) bool { return !p.inHand(r.Campaign) }, Run: func(r campaignRow) { p.take(r.Campaign) }},
			{Label: "查看承诺书", Show: func(campaignRow) bool { return deps.OpenLetters != nil }, Run: p.openLetters},
			{Label: "修改", Run: func(r campaignRow) { p.edit(r.Campaign) }},
		},
		Detail: campaignDetail,
		Empty: kit.Empty{
			Text:   "自查表、承诺书、问题和时限都按专项行动登记和统计。先从模板新建一个。",
			Button: "新建专项行动", Run: p.New,
		},
		Count: func(total int) string { return fmt.Sprintf("%d 个", total) },
		Log:   deps.Log,
	}
	if !deps.Store.May(model.Write) {
		spec = spec.Only("打开方案", "设为当前", "查看承诺书")
	}
	spec.Open = func(r campaignRow) { p.openPlan(r.ID, sectionOverview, nil) }
	p.RegisterPage = kit.NewRegisterPage(deps.Win, spec)
	p.content = container.NewStack(p.RegisterPage.Content())
	return p
}

func (p *CampaignsPage) columns() []kit.Column[campaignRow] {
	cols := []kit.Column[campaignRow]{
		{Title: "名称", Flex: true, Text: func(r campaignRow) string { return r.Title }},
		{Title: "发文字号", Text: func(r campaignRow) string { return r.DocumentNo }},
		{Title: "开始", Text: func(r campaignRow) string { return string(r.StartsOn) }},
		{Title: "结束", Text: func(r campaignRow) string { return string(r.EndsOn) }},
		{Title: "状态", Chip: campaignRow.stage},
		{Title: "", Chip: func(r campaignRow) (string, kit.Tone) {
			if p.inHand(r.Campaign) {
				return "当前", kit.Accent
			}
			return "", kit.Neutral
		}},
	}
	for _, rate := range campaignRates {
		cols = append(cols,
			kit.Column[campaignRow]{Title: rate.title, Width: 80, Bar: func(r campaignRow) (float64, kit.Tone) {
				part, whole := rate.of(r.progress)
				return float64(part) / float64(max(1, whole)), kit.Accent
			}},
			kit.Column[campaignRow]{Align: kit.AlignRight, Text: func(r campaignRow) string { return model.Percent(rate.of(r.progress)) }})
	}
	return cols
}

// campaignRates are the rates that offices report: of people who checked
// themselves, of people who signed, of findings that were closed out.
var campaignRates = []struct {
	title string
	unit  string
	of    func(store.CampaignProgress) (part, whole int)
}{
	{"自查率", "人", func(p store.CampaignProgress) (int, int) { return p.SelfChecks.Returned, p.SelfChecks.Due() }},
	{"签订率", "人", func(p store.CampaignProgress) (int, int) { return p.Letters.Returned, p.Letters.Due() }},
	{"销号率", "项", func(p store.CampaignProgress) (int, int) { return p.Closed, p.Findings }},
}

func campaignDetail(r campaignRow) []kit.Piece {
	out := []kit.Piece{{Text: r.Title, Style: kit.PieceBold}}
	for _, rate := range campaignRates {
		if part, whole := rate.of(r.progress); whole > 0 {
			out = append(out, kit.Piece{Text: fmt.Sprintf("%s %d / %d %s", rate.title, part, whole, rate.unit), Style: kit.PieceMuted})
		}
	}
	if n := r.progress.Duties; n > 0 {
		out = append(out, kit.Piece{Text: fmt.Sprintf("责任事项完成 %d / %d 项", r.progress.DutiesDone, n), Style: kit.PieceMuted})
	}
	return out
}

func (p *CampaignsPage) source(ctx context.Context, q kit.Query) ([]campaignRow, int, error) {
	all, err := p.deps.Store.Campaigns(ctx)
	if err != nil {
		return nil, 0, err
	}
	progress, err := p.deps.Store.CampaignsProgress(ctx)
	if err != nil {
		return nil, 0, err
	}
	rows := make([]campaignRow, len(all))
	for i, m := range all {
		rows[i] = campaignRow{m, progress[m.ID], p.deps.Store.Today()}
	}
	return kit.Rows(rows)(ctx, q)
}

func (p *CampaignsPage) inHand(m model.Campaign) bool { return p.deps.inHand().ID == m.ID }

// take makes a campaign the one in hand, which the frame remembers.
func (p *CampaignsPage) take(m model.Campaign) {
	if p.deps.SetInHand != nil {
		p.deps.SetInHand(m)
	}
	p.Refresh()
	kit.Toast(p.deps.Win, "当前专项行动："+m.Title, kit.Good)
}

func (p *CampaignsPage) openLetters(r campaignRow) { p.through(r.Campaign, p.deps.OpenLetters) }

// through opens a page that shows the campaign in hand, for a campaign that
// may be another one.
func (p *CampaignsPage) through(m model.Campaign, open func()) {
	if !p.inHand(m) {
		p.take(m)
	}
	open()
}

// Content implements kit.Page.
func (p *CampaignsPage) Content() fyne.CanvasObject { return p.content }

// Shown implements kit.Page.
func (p *CampaignsPage) Shown() {
	p.visible = true
	p.front().Shown()
}

// Hidden implements kit.Page.
func (p *CampaignsPage) Hidden() {
	p.visible = false
	p.front().Hidden()
}

// Refresh reads what is shown anew.
func (p *CampaignsPage) Refresh() {
	if p.plan != nil {
		p.plan.Refresh()
		return
	}
	p.RegisterPage.Refresh()
}

// front is what stands on the page now.
func (p *CampaignsPage) front() kit.Page {
	if p.plan != nil {
		return p.plan
	}
	return p.RegisterPage
}

// openPlan shows the plan of a campaign in place of the list, and then does
// something with it; then may be nil.
func (p *CampaignsPage) openPlan(campaignID int64, section string, then func(*planPage)) {
	kit.Run(context.Background(), func(ctx context.Context) (model.Plan, error) {
		return p.deps.Store.Plan(ctx, campaignID)
	}, func(plan model.Plan, err error) {
		if err != nil {
			p.deps.Fail(err)
			return
		}
		next := newPlanPage(p, plan)
		next.show(section)
		p.bring(next)
		if then != nil {
			then(next)
		}
	})
}

// closePlan goes back to the list.
func (p *CampaignsPage) closePlan() {
	id := p.plan.campaign.ID
	p.bring(nil)
	p.SelectID(id)
}

// bring puts a plan, or with nil the list, on the page.
func (p *CampaignsPage) bring(plan *planPage) {
	if p.visible {
		p.front().Hidden()
	}
	p.plan = plan
	p.content.Objects = []fyne.CanvasObject{p.front().Content()}
	p.content.Refresh()
	if p.visible {
		p.front().Shown()
	}
}

// ShowDeadlines is the door to what a campaign's deadlines still ask for.
func (p *CampaignsPage) ShowDeadlines(campaignID int64) {
	p.openPlan(campaignID, sectionDeadlines, func(plan *planPage) {
		plan.filter(sectionDeadlines, filterState, dueOpen)
	})
}

// ShowAll is the door to the list of campaigns.
func (p *CampaignsPage) ShowAll() {
	if p.plan != nil {
		p.closePlan()
	}
}

// ShowDuties is the door to the 责任清单 of a campaign.
func (p *CampaignsPage) ShowDuties(campaignID int64) { p.openPlan(campaignID, sectionDuties, nil) }
