package store

import (
	"context"
	"strings"
	"testing"

	"qingfeng/model"
)

// aHandover is 2,000 yuan in cash, two cards and a box of tea, handed in by a
// person on the day before the test's.
func aHandover(staff int64) (model.Handover, []model.HandoverItem) {
	return model.Handover{StaffID: staff, ReceivedAt: "2026-08-09 16:30", HandedAt: "2026-08-10 09:10", Occasion: "当面未能退回",
			Giver: model.FromPatient, Patient: "贾某某", AdmissionNo: "ZY2026081120", Bed: "12床", Story: "查房时塞入口袋，当面退还被拒",
			Bystanders: "孙某", ReceivedBy: "李某", WitnessedBy: "赵某", Keeper: "李某", CoKeeper: "赵某", KeptAt: "行风办保险柜 2 层", Remark: "患者已转院"},
		[]model.HandoverItem{{Category: model.Cash, Particulars: "百元券", Quantity: 20, AmountFen: 200000, Basis: "清点"},
			{Category: model.Card, Particulars: "某商场 500 元卡", Quantity: 2, AmountFen: 100000, Basis: "面值"},
			{Category: model.Goods, Particulars: "茶叶礼盒", Quantity: 1, Unit: "盒", AmountFen: 60000, Basis: "市价"}}
}

// handed registers a handover and returns it with everything that belongs to it.
func handed(t testing.TB, s *Store, h model.Handover, items ...model.HandoverItem) HandoverDetail {
	t.Helper()
	id, no, err := s.RegisterHandover(context.Background(), h, items)
	ok(t, err)
	d := must[HandoverDetail](t)(s.HandoverDetail(context.Background(), id))
	if d.FormNo != no {
		t.Fatalf("stored as %s, answered %s", d.FormNo, no)
	}
	return d
}

func returned20(d HandoverDetail) model.Disposition {
	return model.Disposition{HandoverID: d.ID, Kind: model.ReturnedToGiver, DisposedOn: "2026-08-11", AmountFen: 200000,
		Approver: "王院长", HandledBy: "李某", Signer: "贾某某", Lines: []model.DispositionLine{{ItemID: d.Entries[0].ID, AmountFen: 200000}}}
}

func TestHandoverFromRegistrationToSettlement(t *testing.T) {
	ctx := context.Background()
	s, _, _, people := registerOf(t)
	h, items := aHandover(people[0])
	d := handed(t, s, h, items...)
	if d.AmountFen != 360000 || d.State != model.Undisposed || d.Timeliness != model.InTime || d.Items != 3 || d.Patient != "贾某某" || d.Department != "急诊科" {
		t.Fatalf("%+v", d.HandoverRow)
	}
	r := must[model.Receipt](t)(s.IssueReceipt(ctx, d.ID))
	again := must[model.Receipt](t)(s.IssueReceipt(ctx, d.ID))
	if r.FormNo != again.FormNo || len(r.Content.Items) != 3 || r.AmountFen != 360000 || !strings.Contains(r.Content.From, "（急诊科）") {
		t.Fatalf("%+v, %+v", r, again)
	}
	_, _, err := s.Dispose(ctx, returned20(d))
	ok(t, err)
	rest := model.Disposition{HandoverID: d.ID, Kind: model.ToAccount, DisposedOn: "2026-08-11", AmountFen: 160000, Voucher: "JK-0012",
		Approver: "王院长", HandledBy: "李某", Lines: []model.DispositionLine{{ItemID: d.Entries[1].ID, Quantity: 2, AmountFen: 100000},
			{ItemID: d.Entries[2].ID, Quantity: 1, AmountFen: 60000}}}
	id, _, err := s.Dispose(ctx, rest)
	ok(t, err)
	if d = must[HandoverDetail](t)(s.HandoverDetail(ctx, d.ID)); d.State != model.Settled || d.LeftFen() != 0 || len(d.Dispositions) != 2 || len(d.Dispositions[1].Lines) != 2 {
		t.Fatalf("%+v", d)
	}
	_, _, err = s.Dispose(ctx, rest)
	wantCode(t, err, model.Conflict)
	_, err = s.ReverseDisposition(ctx, id, "凭证号填错")
	ok(t, err)
	_, err = s.ReverseDisposition(ctx, id, "再冲一次")
	wantCode(t, err, model.Conflict)
	wantCode(t, s.VoidHandover(ctx, d.ID, "登记错"), model.Conflict)
	if told := lastLine(t, s, handoverEntity, d.ID); told.Action != "冲正" {
		t.Errorf("the trail of the handover tells of the counter-entry as %+v", told)
	}
	if kept := must[[]Kept](t)(s.InSafe(ctx, "李某")); len(kept) != 1 || len(kept[0].Balances) != 2 {
		t.Fatalf("%+v", kept)
	}
	m := model.Custody{MovedOn: "2026-08-11", FromKeeper: "李某", Keeper: "钱某", CoKeeper: "赵某", WitnessedBy: "王某"}
	id, _, err = s.ChangeCustody(ctx, m, []int64{d.ID})
	ok(t, err)
	if _, moved, err := s.Custody(ctx, id); err != nil || len(moved) != 1 || len(moved[0].Balances) != 2 || moved[0].Balances[0].Particulars != "某商场 500 元卡" {
		t.Fatalf("%+v, %v", moved, err)
	}
	wantSound(t, s)
	n := must[HandoverCounts](t)(s.HandoverCounts(ctx))
	if n.All != 1 || n.Open != 1 || n.OpenFen != 160000 || n.Stale != 0 || n.Alone != 0 {
		t.Errorf("%+v", n)
	}
	sum := must[HandoverTotals](t)(s.HandoverTotals(ctx, model.Span{From: "2026-01-01", To: "2026-12-31"}))
	if sum.AmountFen != 360000 || sum.DisposedFen != 200000 || sum.LeftFen != 160000 || len(sum.Categories) != 3 || sum.Months[0].Name != "2026-08" {
		t.Errorf("%+v", sum)
	}
	for _, w := range []HandoverWatch{WatchOpen, WatchStale, WatchAlone, WatchAgain, WatchMerit} {
		must[Rows[HandoverRow]](t)(s.Handovers(ctx, HandoverFilter{Watch: w, Find: "贾某某"}, Page{Limit: 20}))
	}
}

// What does not change hands is named: a transfer never lay in the safe.
func TestWhatIsNotInTheSafeChangesNoHands(t *testing.T) {
	ctx := context.Background()
	s, _, _, people := registerOf(t)
	h, items := aHandover(people[0])
	d := handed(t, s, h, items...)
	sent := handed(t, s, h, model.HandoverItem{Category: model.Transfer, Quantity: 1, AmountFen: 100, Basis: "转账记录"})
	for says, ids := range map[string][]int64{d.FormNo + " 选了两次": {d.ID, d.ID}, sent.FormNo + " 没有在保管的财物": {d.ID, sent.ID}} {
		_, _, err := s.ChangeCustody(ctx, model.Custody{MovedOn: "2026-08-11", FromKeeper: "李某", Keeper: "钱某", WitnessedBy: "王某"}, ids)
		wantSaid(t, err, says)
	}
}

// wantSound looks through the whole folder.
func wantSound(t testing.TB, s *Store) {
	t.Helper()
	if problems := must[[]Problem](t)(s.Check(context.Background())); len(problems) != 0 {
		t.Fatalf("%v", problems)
	}
}
