package campaign

import (
	"context"
	"fmt"
	"strconv"
	"sync"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// letter is a row of the page.
type letter = store.CommitmentRow

// letterRecord is the audit trail's word for a letter.
const letterRecord = "承诺书"

// Keys of the page's filters. missing is the state filter's value for letters
// whose signature is awaited, printed or not.
const (
	filterKind       = "kind"
	filterDepartment = "department"
	filterState      = "state"
	missing          = "missing"
)

// CommitmentsPage is the page 承诺书.
type CommitmentsPage struct {
	*kit.RegisterPage[letter]
	deps    Deps
	content fyne.CanvasObject
	rate    *kit.RateBar
	strip   *newcomers
	press   *press
	scans   *scanCounter
	scanned int // letters recorded by scanning since the campaign was taken in hand

	shown figures // what stands around the table now

	mu       sync.Mutex
	campaign model.Campaign // under mu: the source reads it off the UI goroutine
	figures  figures        // under mu: of the last answer
}

// figures are the counts that stand around the table.
type figures struct {
	kind    model.CommitmentKind
	all     int // letters of the kind that are not void
	without int // signers without a letter
	rate    model.Rate
}

// NewCommitments makes the page for the campaign in hand.
func NewCommitments(deps Deps) *CommitmentsPage {
	p := &CommitmentsPage{deps: deps, rate: kit.NewRateBar("签订率"), campaign: deps.inHand()}
	p.press = &press{deps: deps, changed: p.changed}
	p.strip = newNewcomers(p.makeMissing)
	spec := kit.Register[letter]{
		Title: "承诺书", Subtitle: subtitles[model.PersonalCommitment],
		Columns: letterColumns(), Source: p.source, ID: func(r letter) int64 { return r.ID }, Multi: true, Sort: "department",
		Filters: p.filters(), Keyword: "姓名、拼音、工号、编号",
		Actions: p.actions(), More: p.more(), RowActions: p.rowActions(),
		Detail: p.detail, Open: p.printOne, Side: p.rate, Count: p.count, OnScan: p.scan,
		Empty: kit.Empty{
			Text:   "承诺书按专项行动为每名职工、每个科室各生成一份，带编号和二维码；交回时扫码登记。",
			Button: "生成承诺书", Run: p.makeMissing,
		},
		Log: deps.Log,
	}
	if !deps.Store.May(model.Write) {
		spec = spec.Only(p.readers()...)
		p.strip.door.Hide()
	}
	p.RegisterPage = kit.NewRegisterPage(deps.Win, spec)
	p.scans = countScans(deps, letterRecord, p.Table(), func(r letter) int64 { return r.ID })
	p.content = kit.Frame(p.strip, nil, nil, nil, p.RegisterPage.Content())
	return p
}

// Content implements kit.Page.
func (p *CommitmentsPage) Content() fyne.CanvasObject { return p.content }

// Refresh reads the letters anew, those of another campaign when the frame has
// taken another in hand.
func (p *CommitmentsPage) Refresh() {
	m := p.deps.inHand()
	p.mu.Lock()
	other := p.campaign.ID != m.ID
	p.campaign = m
	p.mu.Unlock()
	if other {
		p.scanned = 0
		p.Table().ClearTicks()
	}
	p.RegisterPage.Refresh()
}

// ShowMissing is the door to who has not signed: of a kind, in a department
// or in all when it is 0.
func (p *CommitmentsPage) ShowMissing(kind model.CommitmentKind, departmentID int64) {
	p.show(kind, departmentID, missing)
}

// ShowKind is the door to all letters of a kind.
func (p *CommitmentsPage) ShowKind(kind model.CommitmentKind) { p.show(kind, 0, "") }

// ShowLetter is the door to one letter, a voided one too.
func (p *CommitmentsPage) ShowLetter(r store.CommitmentRow) {
	state := ""
	if r.State == model.Voided {
		state = string(model.Voided)
	}
	p.show(r.Kind, 0, state)
	p.SetKeyword(r.FormNo)
}

func (p *CommitmentsPage) show(kind model.CommitmentKind, departmentID int64, state string) {
	department := ""
	if departmentID != 0 {
		department = strconv.FormatInt(departmentID, 10)
	}
	if kind == model.PersonalCommitment {
		kind = "" // what the filter stands on when it narrows nothing
	}
	p.SetKeyword("")
	p.SetFilter(filterKind, string(kind))
	p.SetFilter(filterDepartment, department)
	p.SetFilter(filterState, state)
}

func (p *CommitmentsPage) campaignInHand() model.Campaign {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.campaign
}

var subtitles = map[model.CommitmentKind]string{
	model.PersonalCommitment:   "个人廉洁从业承诺书",
	model.DepartmentCommitment: "科室廉洁从业承诺书",
	model.SupplierCommitment:   "供应商廉洁供货承诺书",
	model.WorksCommitment:      "基建廉洁承诺书",
}

func (p *CommitmentsPage) filters() []kit.Filter {
	var kinds []kit.Option
	for _, k := range model.CommitmentKinds {
		if k.Kind != model.PersonalCommitment {
			kinds = append(kinds, kit.Option{Value: string(k.Kind), Text: k.Label})
		}
	}
	states := []kit.Option{{Value: missing, Text: "未签"}}
	for _, s := range model.CommitmentStates {
		states = append(states, kit.Option{Value: string(s), Text: string(s)})
	}
	return []kit.Filter{
		{Key: filterKind, All: model.PersonalCommitment.Label(), Options: kinds},
		{Key: filterDepartment, All: "全部科室", Load: p.departments},
		{Key: filterState, All: "全部状态", Options: states},
	}
}

func (p *CommitmentsPage) departments(ctx context.Context) ([]kit.Option, error) {
	found, err := p.deps.Store.Departments(ctx, store.DepartmentFilter{}, store.Page{})
	if err != nil {
		return nil, err
	}
	out := make([]kit.Option, len(found.Items))
	for i, d := range found.Items {
		out[i] = kit.Option{Value: strconv.FormatInt(d.ID, 10), Text: d.Name}
	}
	return out, nil
}

// filterOf is the store's filter for what the page shows.
func (p *CommitmentsPage) filterOf(q kit.Query) store.CommitmentFilter {
	f := store.CommitmentFilter{CampaignID: p.campaignInHand().ID, Kind: kindOf(q), DepartmentID: departmentFilter(q), Find: q.Keyword}
	if state := q.Filters[filterState]; state == missing {
		f.Missing = true
	} else {
		f.State = model.PaperState(state)
	}
	return f
}

func kindOf(q kit.Query) model.CommitmentKind {
	if k := q.Filters[filterKind]; k != "" {
		return model.CommitmentKind(k)
	}
	return model.PersonalCommitment
}

// departmentFilter is the department that the list is narrowed to, 0 for all.
func departmentFilter(q kit.Query) int64 {
	id, _ := strconv.ParseInt(q.Filters[filterDepartment], 10, 64)
	return id
}

// sharedDepartment is the department that all rows belong to, "" when they
// belong to several or to none.
func sharedDepartment(rows []letter) string {
	name := ""
	for _, r := range rows {
		if r.Department == "" || name != "" && name != r.Department {
			return ""
		}
		name = r.Department
	}
	return name
}

func pageOf(q kit.Query) store.Page {
	return store.Page{Sort: q.Sort, Desc: q.Desc, Offset: q.Offset, Limit: q.Limit}
}

// source reads a page of letters and the figures that belong to it.
func (p *CommitmentsPage) source(ctx context.Context, q kit.Query) ([]letter, int, error) {
	f := p.filterOf(q)
	rows, err := p.deps.Store.Commitments(ctx, f, pageOf(q))
	if err != nil {
		return nil, 0, err
	}
	if q.Limit == 0 { // all rows for ticking: the figures stand
		return rows.Items, rows.Total, nil
	}
	now, err := p.readFigures(ctx, f.Kind)
	if err != nil {
		return nil, 0, err
	}
	p.mu.Lock()
	p.figures = now
	p.mu.Unlock()
	return rows.Items, rows.Total, nil
}

func (p *CommitmentsPage) readFigures(ctx context.Context, kind model.CommitmentKind) (figures, error) {
	out := figures{kind: kind}
	id := p.campaignInHand().ID
	if id == 0 {
		return out, nil
	}
	all, err := p.deps.Store.Commitments(ctx, store.CommitmentFilter{CampaignID: id, Kind: kind}, store.Page{Limit: 1})
	if err != nil {
		return out, err
	}
	out.all = all.Total
	if out.without, err = p.deps.Store.WithoutCommitment(ctx, id, kind); err != nil {
		return out, err
	}
	out.rate, _, err = p.deps.Store.CommitmentRates(ctx, id, kind)
	return out, err
}

// count is asked for after each answer, so the other figures are brought up
// to date with it.
func (p *CommitmentsPage) count(total int) string {
	p.mu.Lock()
	now := p.figures
	p.mu.Unlock()
	if p.RegisterPage == nil || now.kind == "" { // no answer yet
		return ""
	}
	if now != p.shown {
		p.shown = now
		p.rate.SetRate(now.rate.Returned, now.rate.Expected-now.rate.Excused)
		p.strip.set(now)
		p.SetSubtitle(subtitles[now.kind])
		p.content.Refresh() // the strip may have come or gone
	}
	return fmt.Sprintf("%d 份，共 %d 份", total, now.all)
}

// changed brings the page up to date after letters changed.
func (p *CommitmentsPage) changed() {
	p.Refresh()
	p.deps.commitmentsChanged()
}

func (p *CommitmentsPage) detail(r letter) []kit.Piece {
	return append(letterDetail(r), p.scans.pieces(r.ID)...)
}

func (p *CommitmentsPage) openScans(r letter) {
	openScans(p.deps, attachedTo{letterRecord, r.ID, calls(r), r.FormNo + " · " + string(r.State)}, p.scans.recount)
}
