package office

import (
	"context"
	"fmt"
	"log/slog"
	"testing"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office/officetest"
)

// desk is a window over a small hospital.
type desk struct {
	*officetest.Desk
	deps     Deps
	campaign int64 // of the letters
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{Desk: officetest.New(t)}
	d.deps = Deps{Win: d.Win, Store: d.Store, Log: slog.New(slog.DiscardHandler), Open: d.Open}
	return d
}

// slow lets work in the background wait until the test steps it.
func (d *desk) slow() *kit.Manual {
	slow := kit.NewManual(officetest.Noon)
	d.T.Cleanup(kit.SetEnv(slow))
	return slow
}

var check = officetest.Check

func must[T any](t testing.TB) func(v T, err error) T { return officetest.Must[T](t) }

// letterRecord is the audit trail's word for a letter.
const letterRecord = "承诺书"

// lettersPage is a register of letters whose scans can be seen, as an area of
// pages makes it.
type lettersPage struct {
	*kit.RegisterPage[store.CommitmentRow]
	scans *ScanCounter
}

// small is a hospital of two departments and seven people whose letters are
// made, with the page on it.
func small(t *testing.T) (*desk, *lettersPage) {
	d := newDesk(t)
	d.Staff("急诊科", "01", "张堃", "李喆", "王䶮", "赵犇")
	d.Staff("麻醉手术科", "02", "阿依古丽·买买提", "徐𬱖", "刘赟")
	plan := must[model.Plan](t)(d.Store.NewPlan("county-plan-2024", 2026))
	d.campaign = must[int64](t)(d.Store.StartCampaign(context.Background(), plan))
	must[int](t)(d.Store.MakeCommitments(context.Background(), d.campaign, model.PersonalCommitment))
	return d, d.letters()
}

func (d *desk) letters() *lettersPage {
	p := &lettersPage{}
	p.RegisterPage = kit.NewRegisterPage(d.deps.Win, kit.Register[store.CommitmentRow]{
		Title: "承诺书",
		Columns: []kit.Column[store.CommitmentRow]{
			{Title: "编号", Text: func(r store.CommitmentRow) string { return r.FormNo }},
			{Title: "姓名", Flex: true, Text: func(r store.CommitmentRow) string { return r.Name }},
		},
		Source: func(ctx context.Context, q kit.Query) ([]store.CommitmentRow, int, error) {
			found, err := d.Store.Commitments(ctx, store.CommitmentFilter{CampaignID: d.campaign, Kind: model.PersonalCommitment}, PageOf(q))
			return found.Items, found.Total, err
		},
		ID: func(r store.CommitmentRow) int64 { return r.ID }, Sort: "form_no",
		RowActions: []kit.RowAction[store.CommitmentRow]{{Label: "扫描件…", Run: func(r store.CommitmentRow) {
			OpenScans(d.deps, Attached{
				Entity: letterRecord, ID: r.ID,
				Title: fmt.Sprintf("%s（%s %s）", r.Name, r.Department, r.EmployeeNo), Facts: r.FormNo + " · " + string(r.State),
			}, p.scans.Recount)
		}}},
		Detail: func(r store.CommitmentRow) []kit.Piece {
			return append([]kit.Piece{{Text: r.Name}}, p.scans.Pieces(r.ID)...)
		},
		Log: d.deps.Log,
	})
	p.scans = CountScans(d.deps, letterRecord, p.Table(), func(r store.CommitmentRow) int64 { return r.ID })
	d.Show(p)
	return p
}

// rows are all letters.
func (d *desk) rows() []store.CommitmentRow {
	d.T.Helper()
	return must[store.Rows[store.CommitmentRow]](d.T)(d.Store.Commitments(context.Background(), store.CommitmentFilter{CampaignID: d.campaign, Kind: model.PersonalCommitment}, store.Page{Sort: "form_no"})).Items
}
