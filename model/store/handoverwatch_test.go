package store

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"qingfeng/model"
	"qingfeng/model/day"
)

// gift is a handover of 100 yuan in cash on a day, changed as the test wants.
func gift(t testing.TB, s *Store, staff int64, on day.Moment, changes ...func(*model.Handover, *model.HandoverItem)) HandoverDetail {
	t.Helper()
	h, _ := aHandover(staff)
	h.ReceivedAt, h.HandedAt, h.Patient, h.AdmissionNo = on, on, "", ""
	i := model.HandoverItem{Category: model.Cash, Quantity: 1, AmountFen: 10000}
	for _, change := range changes {
		change(&h, &i)
	}
	return handed(t, s, h, i)
}

func ofPatient(name, no string) func(*model.Handover, *model.HandoverItem) {
	return func(h *model.Handover, _ *model.HandoverItem) { h.Patient, h.AdmissionNo = name, no }
}

func ofCompany(name string) func(*model.Handover, *model.HandoverItem) {
	return func(h *model.Handover, _ *model.HandoverItem) {
		h.Giver, h.Bed, h.Company = model.FromCompany, "", name
	}
}

func received(at day.Moment) func(*model.Handover, *model.HandoverItem) {
	return func(h *model.Handover, _ *model.HandoverItem) { h.ReceivedAt = at }
}

func alone(h *model.Handover, _ *model.HandoverItem) { h.CoKeeper = "" }

func transferred(_ *model.Handover, i *model.HandoverItem) { i.Category = model.Transfer }

// settle returns everything of a handover.
func settle(t testing.TB, s *Store, d HandoverDetail) {
	t.Helper()
	x := model.Disposition{HandoverID: d.ID, Kind: model.ReturnedToGiver, DisposedOn: "2026-08-11", AmountFen: d.AmountFen, Approver: "王院长",
		HandledBy: "李某", Signer: "贾某某", Lines: []model.DispositionLine{{ItemID: d.Entries[0].ID, AmountFen: d.AmountFen}}}
	_, _, err := s.Dispose(context.Background(), x)
	ok(t, err)
}

// wantWatched checks what a reason finds, and that the figure beside it says so.
func wantWatched(t *testing.T, s *Store, watch HandoverWatch, figure func(HandoverCounts) int, want ...HandoverDetail) {
	t.Helper()
	ctx := context.Background()
	var got, wanted []string
	for _, r := range must[Rows[HandoverRow]](t)(s.Handovers(ctx, HandoverFilter{Watch: watch}, Page{})).Items {
		got = append(got, r.FormNo)
	}
	for _, d := range want {
		wanted = append(wanted, d.FormNo)
	}
	if !slices.Equal(got, wanted) {
		t.Errorf("%s: %v, want %v", watch, got, wanted)
	}
	if n := figure(must[HandoverCounts](t)(s.HandoverCounts(ctx))); n != len(want) {
		t.Errorf("%s: the figure is %d, want %d", watch, n, len(want))
	}
}

// Today is 2026-08-11; the limits are 30 days, 365 days and the third one.
func TestWhatIsWatchedAmongHandovers(t *testing.T) {
	ctx := context.Background()
	s, _, _, people := registerOf(t)
	thirty, before := gift(t, s, people[0], "2026-07-12 09:00"), gift(t, s, people[0], "2026-07-11 23:59")
	settle(t, s, gift(t, s, people[1], "2026-01-05"))
	void := gift(t, s, people[1], "2026-01-06", alone)
	ok(t, s.VoidHandover(ctx, void.ID, "登记错"))
	wantWatched(t, s, WatchOpen, func(n HandoverCounts) int { return n.Open }, thirty, before)
	wantWatched(t, s, WatchStale, func(n HandoverCounts) int { return n.Stale }, before)
	wantWatched(t, s, WatchAlone, func(n HandoverCounts) int { return n.Alone })

	lonely := gift(t, s, people[1], "2026-08-01", alone)
	settle(t, s, gift(t, s, people[1], "2026-08-01", alone))
	gift(t, s, people[1], "2026-08-01", alone, transferred) // nothing to keep
	wantWatched(t, s, WatchAlone, func(n HandoverCounts) int { return n.Alone }, lonely)
	if n := must[HandoverCounts](t)(s.HandoverCounts(ctx)); n.OpenFen != 4*10000 || n.All != 6 {
		t.Errorf("%+v", n)
	}
}

func TestTheSameGiverAgain(t *testing.T) {
	ctx := context.Background()
	s, _, _, people := registerOf(t)
	first := gift(t, s, people[0], "2025-08-01", ofCompany("某某药业"))
	gift(t, s, people[1], "2025-08-01", ofPatient("贾某某", "ZY1"))
	year := gift(t, s, people[0], "2026-08-01", ofCompany("某某药业")) // 365 days later
	gift(t, s, people[0], "2026-08-02", ofCompany("某某器械"))         // another company
	readmitted := gift(t, s, people[2], "2026-03-01", ofPatient("贾某某", "ZY2"))
	family := gift(t, s, people[2], "2026-03-02", ofPatient("贾某", "ZY2")) // written otherwise, the same number
	gift(t, s, people[2], "2026-03-02", ofPatient("", ""))                // nobody known is nobody again
	gift(t, s, people[2], "2026-03-03", ofPatient("", ""))
	wantWatched(t, s, WatchAgain, func(n HandoverCounts) int { return n.Again }, year, readmitted, family)
	for id, want := range map[int64]string{year.ID: first.FormNo + " 同一企业", family.ID: readmitted.FormNo + " 同一住院号", first.ID: ""} {
		said := ""
		for _, c := range must[[]Companion](t)(s.SameGiver(ctx, id)) {
			said += fmt.Sprint(c.FormNo, " ", c.Why)
		}
		if said != want {
			t.Errorf("told %q, want %q", said, want)
		}
	}
	ok(t, s.VoidHandover(ctx, first.ID, "登记错"))
	settle(t, s, family)
	wantWatched(t, s, WatchAgain, func(n HandoverCounts) int { return n.Again }, readmitted)
	late := gift(t, s, people[0], "2026-08-03", ofCompany("某某器械"))
	wantWatched(t, s, WatchAgain, func(n HandoverCounts) int { return n.Again }, readmitted, late)
}

// The third one of a year is a merit, of what was handed in in time and stands.
func TestTheThirdRefusedOneIsAMerit(t *testing.T) {
	s, _, _, people := registerOf(t)
	merit := func(n HandoverCounts) int { return n.Merit }
	gift(t, s, people[0], "2025-12-31")
	one, two := gift(t, s, people[0], "2026-01-01"), gift(t, s, people[0], "2026-02-01")
	gift(t, s, people[0], "2026-03-05", received("2026-03-01")) // late: taken
	void := gift(t, s, people[0], "2026-03-06")
	ok(t, s.VoidHandover(context.Background(), void.ID, "登记错"))
	gift(t, s, people[1], "2026-03-06")
	wantWatched(t, s, WatchMerit, merit)
	three := gift(t, s, people[0], "2026-04-01")
	rows := must[Rows[HandoverRow]](t)(s.Handovers(context.Background(), HandoverFilter{Watch: WatchMerit}, Page{})).Items
	if len(rows) != 3 || rows[0].ID != one.ID || rows[1].ID != two.ID || rows[2].ID != three.ID {
		t.Errorf("%+v", rows)
	}
	if n := must[HandoverCounts](t)(s.HandoverCounts(context.Background())); n.Merit != 1 || n.Late != 1 || n.Unjudged != 0 {
		t.Errorf("%+v", n)
	}
}

// The totals of a span against plain adding: what came in in it, what left in
// it, without voided ones and without what counter-entries took back.
func TestHandoverTotals(t *testing.T) {
	ctx := context.Background()
	s, _, _, people := registerOf(t)
	gift(t, s, people[0], "2025-12-31 23:59")
	cash := gift(t, s, people[0], "2026-01-01")
	void := gift(t, s, people[0], "2026-01-02")
	ok(t, s.VoidHandover(ctx, void.ID, "登记错"))
	h, items := aHandover(people[1])
	mixed := handed(t, s, h, items...) // 2,000 in cash, 1,000 in cards, 600 in tea
	ok(t, s.CorrectHandover(ctx, mixed.ID, []int64{mixed.Entries[2].ID}, []model.HandoverItem{{Category: model.Card, Quantity: 1, AmountFen: 5000}}, "是卡不是茶叶"))
	gift(t, s, 0, "2026-08-11", func(h *model.Handover, _ *model.HandoverItem) { h.Anonymous, h.ReceivedAt = true, "" })
	settle(t, s, cash)
	id, _, err := s.Dispose(ctx, returned20(mixed))
	ok(t, err)
	_, err = s.ReverseDisposition(ctx, id, "填错")
	ok(t, err)
	got := must[HandoverTotals](t)(s.HandoverTotals(ctx, model.Span{From: "2026-01-01", To: "2026-08-11"}))
	want := HandoverTotals{Handovers: 3, Named: 2, Anonymous: 1, People: 2, Unjudged: 1, AmountFen: 10000 + 305000 + 10000, LeftFen: 315000, DisposedFen: 10000,
		Categories:   []HandoverTotal{{"现金", 3, 1 + 20 + 1, 220000}, {"购物卡", 1, 3, 105000}},
		Givers:       []HandoverTotal{{"患者", 3, 0, 325000}},
		Months:       []HandoverTotal{{"2026-01", 1, 0, 10000}, {"2026-08", 2, 0, 315000}},
		Dispositions: []HandoverTotal{{"退还送方", 1, 0, 10000}}}
	if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if _, err := s.HandoverTotals(ctx, model.Span{From: "2026-02-01", To: "2026-01-01"}); model.CodeOf(err) != model.Invalid {
		t.Error(err)
	}
}
