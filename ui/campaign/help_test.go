package campaign

import (
	"context"
	"log/slog"
	"testing"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/office"
	"qingfeng/ui/office/officetest"
)

// desk is a window over a small hospital with campaigns.
type desk struct {
	*officetest.Desk
	deps   Deps
	inHand model.Campaign
}

// newDesk opens an empty hospital.
func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{Desk: officetest.New(t)}
	d.deps = Deps{Deps: office.Deps{Win: d.Win, Store: d.Store, Log: slog.New(slog.DiscardHandler), Open: d.Open},
		Campaign:  func() model.Campaign { return d.inHand },
		SetInHand: func(m model.Campaign) { d.inHand = m },
	}
	return d
}

var check = officetest.Check

func must[T any](t testing.TB) func(v T, err error) T { return officetest.Must[T](t) }

// campaign starts the campaign of a year; the last one started is in hand.
func (d *desk) campaign(year int) model.Campaign {
	d.T.Helper()
	p := must[model.Plan](d.T)(d.Store.NewPlan("county-plan-2024", year))
	p.ID = must[int64](d.T)(d.Store.StartCampaign(context.Background(), p))
	d.inHand = p.Campaign
	return p.Campaign
}

// small is a hospital of two departments and seven people whose letters are
// made, with the page on it.
func small(t *testing.T) (*desk, *CommitmentsPage) {
	d := newDesk(t)
	d.Staff("急诊科", "01", "张堃", "李喆", "王䶮", "赵犇")
	d.Staff("麻醉手术科", "02", "阿依古丽·买买提", "徐𬱖", "刘赟")
	d.campaign(2026)
	must[int](t)(d.Store.MakeCommitments(context.Background(), d.inHand.ID, model.PersonalCommitment))
	return d, d.letters()
}

func (d *desk) letters() *CommitmentsPage {
	p := NewCommitments(d.deps)
	d.Show(p)
	return p
}

// rows are all letters of the campaign in hand, voided ones too.
func (d *desk) rows(kind model.CommitmentKind) []letter {
	d.T.Helper()
	var out []letter
	for _, state := range []model.PaperState{"", model.Voided} {
		f := store.CommitmentFilter{CampaignID: d.inHand.ID, Kind: kind, State: state}
		found, err := d.Store.Commitments(context.Background(), f, store.Page{Sort: "form_no"})
		check(d.T, err)
		out = append(out, found.Items...)
	}
	return out
}

// counts are the personal letters by state.
func (d *desk) counts() map[model.PaperState]int {
	out := map[model.PaperState]int{}
	for _, r := range d.rows(model.PersonalCommitment) {
		out[r.State]++
	}
	return out
}

func (d *desk) markPrinted() {
	d.T.Helper()
	var ids []int64
	for _, r := range d.rows(model.PersonalCommitment) {
		ids = append(ids, r.ID)
	}
	check(d.T, d.Store.MarkPrinted(context.Background(), ids))
}
