package campaign

import (
	"context"
	"fmt"
	"sync"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// finding is a row of the page.
type finding = store.FindingRow

// findingRecord is the audit trail's word for a finding.
const findingRecord = "问题"

// FindingView is what the page shows of the findings: the value of its state
// filter, so a [model.FindingState] is one too.
type FindingView string

// The views that are no state of their own.
const (
	FindingsOpen         FindingView = "open"    // neither closed out nor voided
	FindingsOverdue      FindingView = "overdue" // open, and the limit has passed
	FindingsToAccept                 = FindingView(model.ToAccept)
	FindingsWithRequests FindingView = "requests" // a request for more time waits
	FindingsToLookBack   FindingView = "lookback" // closed out, due to be looked at again
)

// Keys of the page's filters beside those of the letters. allFindings widens
// the list beyond the campaign in hand.
const (
	filterLevel  = "level"
	filterSource = "source"
	filterScope  = "scope"
	allFindings  = "all"
)

// findingsSubtitle stands beside the title while there is nothing to count.
const findingsSubtitle = "整改台账"

// FindingsPage is the page 问题整改.
type FindingsPage struct {
	*kit.RegisterPage[finding]
	deps  Deps
	press *office.Press

	figures office.Figures[store.FindingCounts]

	mu       sync.Mutex
	campaign model.Campaign // under mu: the source reads it off the UI goroutine
}

// NewFindings makes the page for the campaign in hand.
func NewFindings(deps Deps) *FindingsPage {
	p := &FindingsPage{deps: deps, campaign: deps.inHand()}
	p.press = office.NewPress(deps.Deps, p.changed)
	spec := kit.Register[finding]{
		Title: "问题整改", Subtitle: findingsSubtitle,
		Columns: p.columns(), Source: p.source, ID: func(r finding) int64 { return r.ID }, Multi: true, Sort: "state",
		Filters: p.filters(), Keyword: "编号、科室、姓名、问题",
		Actions: p.actions(), RowActions: p.rowActions(),
		Detail: p.detail, Count: p.count,
		Empty: kit.Empty{
			Text:   "自查、督查、举报和上级反馈的问题登记在这里，逐个整改、验收、销号。",
			Button: "新建问题", Run: func() { p.New(model.Finding{}) },
		},
		Log: deps.Log,
	}
	if !deps.Store.May(model.Write) {
		spec = spec.Only(p.readers()...)
	}
	spec.Open, spec.OnScan = p.tell, p.scan // looking is for everybody
	p.RegisterPage = kit.NewRegisterPage(deps.Win, spec)
	return p
}

// Refresh reads the findings anew, those of another campaign when the frame
// has taken another in hand.
func (p *FindingsPage) Refresh() {
	m := p.deps.inHand()
	p.mu.Lock()
	other := p.campaign.ID != m.ID
	p.campaign = m
	p.mu.Unlock()
	if other {
		p.Table().ClearTicks()
	}
	p.RegisterPage.Refresh()
}

// Show is the door to the findings of a view, of the campaign in hand.
func (p *FindingsPage) Show(v FindingView) {
	p.ClearFilters()
	p.SetFilter(filterState, string(v))
}

// ShowOpen is the door to what is left to do.
func (p *FindingsPage) ShowOpen() { p.Show(FindingsOpen) }

// ShowOverdue is the door to what is late.
func (p *FindingsPage) ShowOverdue() { p.Show(FindingsOverdue) }

// ShowFinding is the door to one finding, of another campaign and a voided one
// too.
func (p *FindingsPage) ShowFinding(r store.FindingRow) {
	p.ClearFilters()
	if r.CampaignID != p.campaignInHand().ID {
		p.SetFilter(filterScope, allFindings)
	}
	if r.State == model.Withdrawn {
		p.SetFilter(filterState, string(model.Withdrawn))
	}
	p.SetKeyword(r.FormNo)
	p.SelectID(r.ID)
}

func (p *FindingsPage) campaignInHand() model.Campaign {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.campaign
}

func (p *FindingsPage) filters() []kit.Filter {
	states := []kit.Option{
		{Value: string(FindingsOpen), Text: "未销号"}, {Value: string(FindingsOverdue), Text: "逾期"},
		{Value: string(FindingsWithRequests), Text: "延期待批"}, {Value: string(FindingsToLookBack), Text: "应回头看"},
	}
	states = append(states, office.Options(model.FindingStates)...)
	return []kit.Filter{
		{Key: filterScope, All: "本次专项行动", Options: []kit.Option{{Value: allFindings, Text: "全部问题"}}},
		office.AllDepartments(p.deps.Store, ""),
		{Key: filterState, All: "全部状态", Options: states},
		{Key: filterLevel, All: "全部级别", Options: office.Options([]model.FindingLevel{model.Ordinary, model.Grave})},
		{Key: filterSource, All: "全部来源", Options: office.Options(model.FindingSources)},
	}
}

// filterOf is the store's filter for what the page shows. Without a campaign
// in hand it is everything.
func (p *FindingsPage) filterOf(q kit.Query) store.FindingFilter {
	id := p.scope(q)
	f := store.FindingFilter{CampaignID: id, AllCampaigns: id == 0, DepartmentID: office.DepartmentOf(q), Find: q.Keyword,
		Level: model.FindingLevel(q.Filters[filterLevel]), Source: q.Filters[filterSource]}
	switch v := FindingView(q.Filters[filterState]); v {
	case FindingsOpen:
		f.Open = true
	case FindingsOverdue:
		f.Overdue = true
	case FindingsWithRequests:
		f.ExtensionAsked = true
	case FindingsToLookBack:
		f.LookBackDue = true
	default:
		f.State = model.FindingState(v)
	}
	return f
}

// scope is the campaign whose findings are shown, 0 for all.
func (p *FindingsPage) scope(q kit.Query) int64 {
	if q.Filters[filterScope] == allFindings {
		return 0
	}
	return p.campaignInHand().ID
}

// source reads a page of findings and the counts that belong to it.
func (p *FindingsPage) source(ctx context.Context, q kit.Query) ([]finding, int, error) {
	rows, err := p.deps.Store.Findings(ctx, p.filterOf(q), office.PageOf(q))
	if err != nil {
		return nil, 0, err
	}
	if q.Limit == 0 { // all rows for ticking: the counts stand
		return rows.Items, rows.Total, nil
	}
	counts, err := p.deps.Store.FindingCounts(ctx, p.scope(q))
	if err != nil {
		return nil, 0, err
	}
	p.figures.Came(counts)
	return rows.Items, rows.Total, nil
}

// count is asked for after each answer, so the other figures are brought up
// to date with it.
func (p *FindingsPage) count(total int) string {
	if p.RegisterPage == nil {
		return ""
	}
	now, answered := p.figures.Show(func(now store.FindingCounts) { p.SetSubtitle(summary(now)) })
	if !answered {
		return ""
	}
	if total >= now.All { // voided ones are not in All
		return fmt.Sprintf("%d 个", total)
	}
	return fmt.Sprintf("%d / %d 个", total, now.All)
}

// summary says how far the findings are and what there is to do.
func summary(n store.FindingCounts) string {
	if n.All == 0 {
		return findingsSubtitle
	}
	text := "销号率 " + model.Percent(n.Closed, n.All)
	for _, c := range []struct {
		n    int
		word string
	}{
		{n.Open, "未销号"}, {n.Overdue, "逾期"}, {n.DueSoon, "7 天内到期"}, {n.ToAccept, "待验收"},
		{n.ExtensionsAsked, "延期待批"}, {n.LookBackDue, "应回头看"},
	} {
		if c.n > 0 {
			text += fmt.Sprintf(" · %s %d", c.word, c.n)
		}
	}
	return text
}

// scan takes the number on a printed notice.
func (p *FindingsPage) scan(typed string) bool {
	no := office.ScannedNumber(typed)
	if no == "" {
		return false
	}
	office.Read(p.deps.Deps, func(ctx context.Context) (finding, error) { return p.deps.Store.FindingByNumber(ctx, no) }, p.ShowFinding)
	return true
}

// changed brings the page up to date after findings changed.
func (p *FindingsPage) changed() {
	p.Refresh()
	p.deps.findingsChanged()
}

// done brings the page up to date and says what was done.
func (p *FindingsPage) done(text string) {
	p.changed()
	kit.Toast(p.deps.Win, text, kit.Good)
}

func (p *FindingsPage) openScans(r finding) {
	office.OpenScans(p.deps.Deps, office.Attached{Entity: findingRecord, ID: r.ID, Title: r.FormNo, Facts: r.Department + " · " + string(r.State)}, p.Refresh)
}
