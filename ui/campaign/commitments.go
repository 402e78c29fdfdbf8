package campaign

import (
	"context"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// letter is a row of the page.
type letter = store.CommitmentRow

// letterRecord is the audit trail's word for a letter.
const letterRecord = "承诺书"

// CommitmentsPage is the page 承诺书.
type CommitmentsPage struct {
	slipPage[letter]
	content fyne.CanvasObject
	rate    *kit.RateBar
	strip   *newcomers
}

// NewCommitments makes the page for the campaign in hand.
func NewCommitments(deps Deps) *CommitmentsPage {
	p := &CommitmentsPage{rate: kit.NewRateBar("签订率")}
	p.init(deps, letterStore{deps.Store}, slipOf)
	p.rows, p.told, p.tell, p.take = p.letters, p.showFigures, deps.commitmentsChanged, p.recordLetter
	p.strip = newNewcomers(p.makeLetters)
	spec := kit.Register[letter]{
		Title: "承诺书", Subtitle: subtitles[personal],
		Columns: letterColumns(), Source: p.source, ID: func(r letter) int64 { return r.ID }, Multi: true, Sort: "department",
		Filters: p.filters(letterKinds(), office.Options(model.CommitmentStates)), Keyword: "姓名、拼音、工号、编号",
		Actions: p.actions(), More: p.more(), RowActions: p.rowActions("登记交回", letterRecord),
		Detail: p.detail, Open: p.printOne, Side: p.rate, Count: p.count, OnScan: p.scan,
		Empty: kit.Empty{
			Text:   "承诺书按专项行动为每名职工、每个科室各生成一份，带编号和二维码；交回时扫码登记。",
			Button: "生成承诺书", Run: p.makeLetters,
		},
		Log: deps.Log,
	}
	if !deps.Store.May(model.Write) {
		spec = spec.Only(p.readers()...)
		p.strip.door.Hide()
	}
	p.RegisterPage = kit.NewRegisterPage(deps.Win, spec)
	p.scans = office.CountScans(deps.Deps, letterRecord, p.Table(), func(r letter) int64 { return r.ID })
	p.content = kit.Frame(p.strip, nil, nil, nil, p.RegisterPage.Content())
	return p
}

// Content implements kit.Page.
func (p *CommitmentsPage) Content() fyne.CanvasObject { return p.content }

// ShowMissing is the door to who has not signed: of a kind, in a department
// or in all when it is 0.
func (p *CommitmentsPage) ShowMissing(kind model.CommitmentKind, departmentID int64) {
	p.show(string(kind), departmentID, missing)
}

// ShowKind is the door to all letters of a kind.
func (p *CommitmentsPage) ShowKind(kind model.CommitmentKind) { p.show(string(kind), 0, "") }

// ShowLetter is the door to one letter, a voided one too.
func (p *CommitmentsPage) ShowLetter(r store.CommitmentRow) { p.showOne(string(r.Kind), r.Paper) }

var subtitles = map[string]string{
	personal:                         "个人廉洁从业承诺书",
	departments:                      "科室廉洁从业承诺书",
	string(model.SupplierCommitment): "供应商廉洁供货承诺书",
	string(model.WorksCommitment):    "基建廉洁承诺书",
}

func letterKinds() []kit.Option {
	var kinds []kit.Option
	for _, k := range model.CommitmentKinds {
		if k.Kind != model.PersonalCommitment {
			kinds = append(kinds, kit.Option{Value: string(k.Kind), Text: k.Label})
		}
	}
	return kinds
}

// filterOf is the store's filter for what the page shows.
func (p *CommitmentsPage) filterOf(q kit.Query) store.CommitmentFilter {
	f := letterFilter(p.scope(q))
	f.DepartmentID, f.Find = office.DepartmentOf(q), q.Keyword
	if state := q.Filters[filterState]; state == missing {
		f.Missing = true
	} else {
		f.State = model.PaperState(state)
	}
	return f
}

func kindOf(q kit.Query) model.CommitmentKind { return model.CommitmentKind(kindIn(q)) }

func (p *CommitmentsPage) letters(ctx context.Context, q kit.Query) ([]letter, int, error) {
	found, err := p.deps.Store.Commitments(ctx, p.filterOf(q), office.PageOf(q))
	return found.Items, found.Total, err
}

func (p *CommitmentsPage) showFigures(now figures) {
	p.rate.SetRate(now.rate.Returned, now.rate.Due())
	p.strip.set(now)
	p.SetSubtitle(subtitles[now.kind])
	p.content.Refresh() // the strip may have come or gone
}

// scan takes what a scanner typed on the page.
func (p *CommitmentsPage) scan(typed string) bool { return p.scanned(typed, p.recordLetter) }

func (p *CommitmentsPage) detail(r letter) []kit.Piece {
	return append(letterDetail(r), p.scans.Pieces(r.ID)...)
}
