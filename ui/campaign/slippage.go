package campaign

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"qingfeng/model"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// Keys of the filters of a page of forms, beside [office.ByDepartment]. missing
// is the state filter's value for forms whose signature is awaited, printed or
// not.
const (
	filterKind  = "kind"
	filterState = "state"
	missing     = "missing"
)

// slipPage is what the pages of numbered forms have in common: reading a page
// of the table with its figures, taking forms back, printing them, and
// deciding about one.
type slipPage[R any] struct {
	*kit.RegisterPage[R]
	deps  Deps
	forms slipStore
	of    func(R) slip
	rows  func(ctx context.Context, q kit.Query) ([]R, int, error)
	tell  func()            // the frame that forms changed
	told  func(now figures) // shows the figures around the table
	other func()            // another campaign was taken in hand
	take  func(no string)   // records a number that was scanned
	press *office.Press
	scans *office.ScanCounter
	// Forms recorded, and refused, by scanning since the campaign was taken in hand.
	inARow, refused int

	shown figures // what stands around the table now

	mu       sync.Mutex
	campaign model.Campaign // under mu: the source reads it off the UI goroutine
	figures  figures        // under mu: of the last answer
}

// init takes what every such page needs.
func (p *slipPage[R]) init(deps Deps, forms slipStore, of func(R) slip) {
	p.deps, p.forms, p.of, p.campaign = deps, forms, of, deps.inHand()
	p.press = office.NewPress(deps.Deps, p.changed)
}

// Refresh reads the forms anew, those of another campaign when the frame has
// taken another in hand.
func (p *slipPage[R]) Refresh() {
	m := p.deps.inHand()
	p.mu.Lock()
	other := p.campaign.ID != m.ID
	p.campaign = m
	p.mu.Unlock()
	if other {
		p.inARow, p.refused = 0, 0
		p.Table().ClearTicks()
		if p.other != nil {
			p.other()
		}
	}
	p.RegisterPage.Refresh()
}

func (p *slipPage[R]) campaignInHand() model.Campaign {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.campaign
}

// noCampaign reports whether there is no campaign yet, and says so.
func (p *slipPage[R]) noCampaign() bool {
	if p.campaignInHand().ID != 0 {
		return false
	}
	kit.ShowNotice(p.deps.Win, "还没有专项行动", p.forms.words().noun+"属于一次专项行动。请先在“方案与进度”里新建一个。")
	return true
}

// changed brings the page up to date after forms changed.
func (p *slipPage[R]) changed() {
	p.Refresh()
	p.tell()
}

// done brings the page up to date and says what was done.
func (p *slipPage[R]) done(text string) {
	p.changed()
	kit.Toast(p.deps.Win, text, kit.Good)
}

// makeMissing makes forms for those who have none: everyone at first,
// newcomers later.
func (p *slipPage[R]) makeMissing() {
	if p.noCampaign() {
		return
	}
	c, kind, noun := p.campaignInHand(), kindIn(p.Query()), p.forms.words().noun
	kit.Run(context.Background(), func(ctx context.Context) (int, error) {
		return p.forms.make(ctx, c.ID, kind)
	}, func(n int, err error) {
		switch {
		case err != nil:
			p.deps.Fail(err)
		case n == 0:
			kit.Toast(p.deps.Win, "都已有"+noun+"，没有需要生成的", kit.Neutral)
		default:
			p.done(fmt.Sprintf("已生成 %d 份%s%s", n, p.forms.kindLabel(kind), noun))
		}
	})
}

// source reads a page of forms and the figures that belong to it.
func (p *slipPage[R]) source(ctx context.Context, q kit.Query) ([]R, int, error) {
	rows, total, err := p.rows(ctx, q)
	if err != nil {
		return nil, 0, err
	}
	if q.Limit == 0 { // all rows for ticking: the figures stand
		return rows, total, nil
	}
	now := figures{kind: kindIn(q)}
	if id := p.campaignInHand().ID; id != 0 {
		if now, err = p.forms.figures(ctx, id, now.kind); err != nil {
			return nil, 0, err
		}
	}
	p.mu.Lock()
	p.figures = now
	p.mu.Unlock()
	return rows, total, nil
}

// count is asked for after each answer, so the other figures are brought up
// to date with it.
func (p *slipPage[R]) count(total int) string {
	p.mu.Lock()
	now := p.figures
	p.mu.Unlock()
	if p.RegisterPage == nil || now.kind == "" { // no answer yet
		return ""
	}
	if now != p.shown {
		p.shown = now
		p.told(now)
	}
	return fmt.Sprintf("%d 份，共 %d 份", total, now.all)
}

// show narrows the list to a kind, a department (0 for all) and a state.
func (p *slipPage[R]) show(kind string, departmentID int64, state string) {
	if kind == personal {
		kind = "" // what the filter stands on when it narrows nothing
	}
	p.SetKeyword("")
	p.SetFilter(filterKind, kind)
	p.SetFilter(office.ByDepartment, office.IDValue(departmentID))
	p.SetFilter(filterState, state)
}

// showOne is the door to one form, a voided one too.
func (p *slipPage[R]) showOne(kind string, of model.Paper) {
	state := ""
	if of.State == model.Voided {
		state = string(model.Voided)
	}
	p.show(kind, 0, state)
	p.SetKeyword(of.FormNo)
}

// filters are those of every such page; states are beside missing.
func (p *slipPage[R]) filters(kinds, states []kit.Option) []kit.Filter {
	states = append([]kit.Option{{Value: missing, Text: p.forms.words().missing}}, states...)
	return []kit.Filter{
		{Key: filterKind, All: p.forms.kindLabel(personal), Options: kinds},
		office.OpenDepartments(p.deps.Store),
		{Key: filterState, All: "全部状态", Options: states},
	}
}

// scope is everything of the kind that the page shows.
func (p *slipPage[R]) scope(q kit.Query) scope {
	return scope{campaignID: p.campaignInHand().ID, kind: kindIn(q)}
}

func kindIn(q kit.Query) string {
	if k := q.Filters[filterKind]; k != "" {
		return k
	}
	return personal
}

// slips are rows as the shared parts know them.
func (p *slipPage[R]) slips(rows []R) []slip { return mapped(rows, p.of) }

// sharedDepartment is the department that all rows belong to, "" when they
// belong to several or to none.
func (p *slipPage[R]) sharedDepartment(rows []R) string {
	name := ""
	for _, r := range p.slips(rows) {
		if r.department == "" || name != "" && name != r.department {
			return ""
		}
		name = r.department
	}
	return name
}

// in shows an action on rows in one of the states.
func (p *slipPage[R]) in(states ...model.PaperState) func(R) bool {
	return func(r R) bool { return slices.Contains(states, p.of(r).State) }
}

func (p *slipPage[R]) openScans(entity string, r R) {
	s := p.of(r)
	office.OpenScans(p.deps.Deps, office.Attached{Entity: entity, ID: s.ID, Title: s.calls, Facts: s.FormNo + " · " + string(s.State)}, p.scans.Recount)
}
