package campaign

import (
	"context"
	"fmt"
	"sync/atomic"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// selfCheck is a row of the page.
type selfCheck = store.SelfCheckRow

// checkRecord is the audit trail's word for a self-check form.
const checkRecord = "自查表"

// The page's own filter, and values of its state filter that are no state.
const (
	filterPriority = "priority"
	priorityOnly   = "only"
	withProblems   = "problems"
	afterPhase     = "late"
)

// priorityLabel names those who check themselves first.
const priorityLabel = "领导和重点岗位"

// SelfChecksPage is the page 自查自纠.
type SelfChecksPage struct {
	slipPage[selfCheck]
	content fyne.CanvasObject
	line    *checkLine
	late    *atomic.Bool // forms are taken after the phase of self-checks
	last    string       // the number at hand last, taken or not
	unkey   func()       // takes the page's own keys away
}

// NewSelfChecks makes the page for the campaign in hand.
func NewSelfChecks(deps Deps) *SelfChecksPage {
	p := &SelfChecksPage{late: &atomic.Bool{}}
	p.init(deps, checkStore{deps.Store, p.late}, slipOfCheck)
	p.rows, p.told, p.tell, p.take = p.checks, p.showFigures, deps.selfChecksChanged, p.recordClean
	p.other = p.begin
	p.line = newCheckLine(p)
	spec := kit.Register[selfCheck]{
		Title: "自查自纠", Subtitle: checkSubtitles[personal],
		Columns: checkColumns(), Source: p.source, ID: func(r selfCheck) int64 { return r.ID }, Multi: true, Sort: "department",
		Filters: p.checkFilters(), Keyword: "姓名、拼音、工号、编号",
		Actions: p.actions(), More: p.more(), RowActions: p.rowActions("登记无问题", checkRecord, p.ownRowActions()...),
		Detail: p.detail, Open: p.fill, Count: p.count, OnScan: p.scan,
		Empty: kit.Empty{
			Text:   "自查表按专项行动为每名职工、每个科室各生成一份，带编号和二维码；交回时扫码登记，有问题的逐项填写。",
			Button: "生成自查表", Run: p.makeMissing,
		},
		Log: deps.Log,
	}
	if !deps.Store.May(model.Write) {
		spec = spec.Only(p.readers()...)
		spec.Open = p.view
		p.line.readOnly()
	}
	p.RegisterPage = kit.NewRegisterPage(deps.Win, spec)
	p.scans = office.CountScans(deps.Deps, checkRecord, p.Table(), func(r selfCheck) int64 { return r.ID })
	p.content = kit.Frame(p.line, nil, nil, nil, p.RegisterPage.Content())
	return p
}

// Content implements kit.Page.
func (p *SelfChecksPage) Content() fyne.CanvasObject { return p.content }

// Shown implements kit.Page.
func (p *SelfChecksPage) Shown() {
	p.RegisterPage.Shown()
	if p.deps.Store.May(model.Write) {
		p.unkey = kit.PushKeys(p.deps.Win, kit.Keys{"F2": p.fillLast})
	}
}

// Hidden implements kit.Page.
func (p *SelfChecksPage) Hidden() {
	if p.unkey != nil {
		p.unkey()
		p.unkey = nil
	}
	p.leaveLate()
	p.RegisterPage.Hidden()
}

// ShowMissing is the door to who is not checked: of a kind, in a department
// or in all when it is 0.
func (p *SelfChecksPage) ShowMissing(kind model.SelfCheckKind, departmentID int64) {
	p.SetFilter(filterPriority, "")
	p.show(string(kind), departmentID, missing)
}

// ShowPriorityMissing is the door to the leaders and key posts who are not
// checked.
func (p *SelfChecksPage) ShowPriorityMissing() {
	p.ShowMissing(model.PersonalSelfCheck, 0)
	p.SetFilter(filterPriority, priorityOnly)
}

// ShowKind is the door to all forms of a kind.
func (p *SelfChecksPage) ShowKind(kind model.SelfCheckKind) {
	p.SetFilter(filterPriority, "")
	p.show(string(kind), 0, "")
}

// ShowForm is the door to one form, a voided one too.
func (p *SelfChecksPage) ShowForm(r store.SelfCheckRow) {
	p.SetFilter(filterPriority, "")
	p.showOne(string(r.Kind), r.Paper)
}

var checkSubtitles = map[string]string{personal: "个人自查自纠情况报告表", departments: "科室自查表"}

func (p *SelfChecksPage) checkFilters() []kit.Filter {
	kinds := []kit.Option{{Value: departments, Text: p.forms.kindLabel(departments)}}
	states := append(office.Options(model.SelfCheckStates),
		kit.Option{Value: withProblems, Text: "有问题"}, kit.Option{Value: afterPhase, Text: "补查"})
	return append(p.filters(kinds, states),
		kit.Filter{Key: filterPriority, All: "全部对象", Options: []kit.Option{{Value: priorityOnly, Text: priorityLabel}}})
}

// filterOf is the store's filter for what the page shows.
func (p *SelfChecksPage) filterOf(q kit.Query) store.SelfCheckFilter {
	f := checkFilter(p.scope(q))
	f.DepartmentID, f.Find = office.DepartmentOf(q), q.Keyword
	f.Priority = q.Filters[filterPriority] == priorityOnly
	switch state := q.Filters[filterState]; state {
	case missing:
		f.Missing = true
	case withProblems:
		f.WithProblems = true
	case afterPhase:
		f.Late = true
	default:
		f.State = model.PaperState(state)
	}
	return f
}

func (p *SelfChecksPage) checks(ctx context.Context, q kit.Query) ([]selfCheck, int, error) {
	found, err := p.deps.Store.SelfChecks(ctx, p.filterOf(q), office.PageOf(q))
	return found.Items, found.Total, err
}

func (p *SelfChecksPage) showFigures(now figures) {
	p.line.set(now)
	p.SetSubtitle(checkSubtitles[now.kind])
}

func (p *SelfChecksPage) detail(r selfCheck) []kit.Piece {
	return append(checkDetail(r), p.scans.Pieces(r.ID)...)
}

// begin forgets what belonged to another campaign.
func (p *SelfChecksPage) begin() {
	p.last = ""
	p.leaveLate()
}

// takeLate begins and leaveLate ends the taking of forms after the phase.
func (p *SelfChecksPage) takeLate() { p.setLate(true) }

func (p *SelfChecksPage) leaveLate() { p.setLate(false) }

func (p *SelfChecksPage) setLate(on bool) {
	p.late.Store(on)
	p.line.set(p.shown)
}

// scan takes what a scanner typed on the page: a form without problems is
// recorded, one with problems opened.
func (p *SelfChecksPage) scan(typed string) bool {
	if p.line.problems() {
		return p.scanned(typed, p.fillNumber)
	}
	return p.scanned(typed, p.recordClean)
}

// recordClean records a form as returned today with all items answered 无.
func (p *SelfChecksPage) recordClean(no string) {
	p.last = no
	p.recordScanned(no, func(s slip, nth int) string {
		return fmt.Sprintf("已登记 %s 无问题，本次第 %d 份。有问题按 F2 打开", s.calls, nth)
	})
}
