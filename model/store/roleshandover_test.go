package store

import (
	"context"
	"fmt"
	"testing"

	"qingfeng/model"
)

// The handovers of a furnished folder: one with a receipt, of which the cash
// was returned, and one with nothing but items.
var (
	itsHandover, freshHandover, itsReceipt, itsDisposition, itsCustody int64
	itsHandoverNo, itsDispositionNo                                    string
	itsItems                                                           []int64
)

// itsSecrets are what a handover keeps sealed.
var itsSecrets = []string{"贾某某", "ZY2026081120", "17床加", "贾某某之子", "查房时塞入右边口袋", "护士孙某看见", "患者已转往外院", "印有某某楼的提货卡",
	"贾某某之妻代签", "当面清点无误", "信封完好", "甄某", "饭局上塞的"}

var handoverUses = []use{
	{"Handovers", model.Read, with(func(ctx context.Context, s *Store) (Rows[HandoverRow], error) {
		return s.Handovers(ctx, HandoverFilter{Watch: WatchOpen}, Page{})
	})},
	{"Handover", model.Read, with(func(ctx context.Context, s *Store) (HandoverRow, error) { return s.Handover(ctx, itsHandover) })},
	{"HandoverByNumber", model.Read, with(func(ctx context.Context, s *Store) (HandoverRow, error) {
		return s.HandoverByNumber(ctx, itsHandoverNo)
	})},
	{"HandoverDetails", model.Read, with(func(ctx context.Context, s *Store) ([]HandoverDetail, error) {
		return s.HandoverDetails(ctx, HandoverFilter{}, Page{})
	})},
	{"HandoverDetail", model.Read, with(func(ctx context.Context, s *Store) (HandoverDetail, error) { return s.HandoverDetail(ctx, itsHandover) })},
	{"HandoverCounts", model.Read, with(func(ctx context.Context, s *Store) (HandoverCounts, error) { return s.HandoverCounts(ctx) })},
	{"HandoverTotals", model.Read, with(func(ctx context.Context, s *Store) (HandoverTotals, error) {
		return s.HandoverTotals(ctx, model.Span{From: "2026-01-01", To: "2026-12-31"})
	})},
	{"HandoverRules", model.Read, with(func(ctx context.Context, s *Store) ([]model.HandoverRule, error) { return s.HandoverRules(ctx) })},
	{"JudgeHandover", model.Read, func(ctx context.Context, s *Store) error {
		_, _, err := s.JudgeHandover(ctx, "2026-08-07", "2026-08-10")
		return err
	}},
	{"SupplierNames", model.Read, with(func(ctx context.Context, s *Store) ([]string, error) { return s.SupplierNames(ctx, "药", 5) })},
	{"SameGiver", model.Read, with(func(ctx context.Context, s *Store) ([]Companion, error) { return s.SameGiver(ctx, itsHandover) })},
	{"Receipt", model.Read, with(func(ctx context.Context, s *Store) (model.Receipt, error) { return s.Receipt(ctx, itsReceipt) })},
	{"DispositionByNumber", model.Read, with(func(ctx context.Context, s *Store) (model.Disposition, error) {
		return s.DispositionByNumber(ctx, itsDispositionNo)
	})},
	{"InSafe", model.Read, with(func(ctx context.Context, s *Store) ([]Kept, error) { return s.InSafe(ctx, "") })},
	{"Safe", model.Read, with(func(ctx context.Context, s *Store) (Safe, error) {
		return s.Safe(ctx, HandoverFilter{}, Page{Limit: 1})
	})},
	{"Keepers", model.Read, with(func(ctx context.Context, s *Store) ([]KeeperCount, error) { return s.Keepers(ctx) })},
	{"Custodies", model.Read, with(func(ctx context.Context, s *Store) (Rows[CustodyRow], error) { return s.Custodies(ctx, Page{}) })},
	{"CustodyByNumber", model.Read, func(ctx context.Context, s *Store) error {
		all, err := s.Custodies(ctx, Page{})
		if err != nil {
			return err
		}
		found, err := s.CustodyByNumber(ctx, all.Items[0].FormNo)
		if err == nil && found != all.Items[0] {
			err = fmt.Errorf("found %+v, want %+v", found, all.Items[0])
		}
		return err
	}},
	{"Custody", model.Read, func(ctx context.Context, s *Store) error {
		_, _, err := s.Custody(ctx, itsCustody)
		return err
	}},

	{"RegisterHandover", model.Write, func(ctx context.Context, s *Store) error {
		h, items := aHandover(hisStaff)
		_, _, err := s.RegisterHandover(ctx, h, items)
		return err
	}},
	{"EditHandover", model.Write, func(ctx context.Context, s *Store) error {
		h, _ := aHandover(hisStaff)
		h.ID, h.Remark = freshHandover, "另有说明"
		return s.EditHandover(ctx, h)
	}},
	{"IssueReceipt", model.Write, with(func(ctx context.Context, s *Store) (model.Receipt, error) { return s.IssueReceipt(ctx, freshHandover) })},
	{"MarkReceiptPrinted", model.Write, func(ctx context.Context, s *Store) error { return s.MarkReceiptPrinted(ctx, itsReceipt) }},
	{"Dispose", model.Write, func(ctx context.Context, s *Store) error {
		d := model.Disposition{HandoverID: freshHandover, Kind: model.ReturnedToGiver, DisposedOn: "2026-08-11", AmountFen: 5,
			Approver: "王院长", HandledBy: "李某", Signer: "甄某", Lines: []model.DispositionLine{{ItemID: itsItems[0], AmountFen: 5}}}
		_, _, err := s.Dispose(ctx, d)
		return err
	}},
	{"ChangeCustody", model.Write, func(ctx context.Context, s *Store) error {
		_, _, err := s.ChangeCustody(ctx, model.Custody{MovedOn: "2026-08-11", FromKeeper: "李某", Keeper: "吴某", WitnessedBy: "王某"}, []int64{freshHandover})
		return err
	}},
	{"ImportHandovers", model.Write, with(func(ctx context.Context, s *Store) (HandoverImport, error) {
		return s.ImportHandovers(ctx, []model.HandoverRecord{oldHandover(2)}, false)
	})},
	{"ImportHandovers", model.Write, with(func(ctx context.Context, s *Store) (HandoverImport, error) {
		return s.ImportHandovers(ctx, []model.HandoverRecord{oldHandover(2)}, true)
	})},

	{"CorrectHandover", model.Decide, func(ctx context.Context, s *Store) error {
		return s.CorrectHandover(ctx, freshHandover, itsItems[:1], nil, "没有现金")
	}},
	{"VoidHandover", model.Decide, func(ctx context.Context, s *Store) error { return s.VoidHandover(ctx, freshHandover, "登记错") }},
	{"VoidReceipt", model.Decide, func(ctx context.Context, s *Store) error { return s.VoidReceipt(ctx, itsReceipt, "打印错") }},
	{"ReverseDisposition", model.Decide, with(func(ctx context.Context, s *Store) (string, error) {
		return s.ReverseDisposition(ctx, itsDisposition, "填错")
	})},
}

// oldHandover is a row of a ledger kept elsewhere.
func oldHandover(line int) model.HandoverRecord {
	return model.HandoverRecord{Rows: []model.MappedRow{{Line: line, Cells: map[string]string{
		"handed_at": "2025-03-05 09:00", "manner": "匿名", "giver": "患者", "patient": "贾某某", "category": "现金", "amount": "500",
		"received_by": "李某", "witnessed_by": "赵某"}}}}
}

// sealedHandover is a handover with every sealed column filled.
func sealedHandover(staff int64) (model.Handover, []model.HandoverItem) {
	h, items := aHandover(staff)
	h.Giver, h.Patient, h.AdmissionNo, h.Bed, h.GiverName = model.FromFamily, itsSecrets[0], itsSecrets[1], itsSecrets[2], itsSecrets[3]
	h.Story, h.Bystanders, h.Remark = itsSecrets[4], itsSecrets[5], itsSecrets[6]
	items[1].Particulars = itsSecrets[7]
	return h, items
}

func furnishHandovers(t testing.TB, s *Store) {
	ctx := context.Background()
	h, items := sealedHandover(hisStaff)
	d := handed(t, s, h, items...)
	itsHandover, itsHandoverNo = d.ID, d.FormNo
	itsReceipt = must[model.Receipt](t)(s.IssueReceipt(ctx, d.ID)).ID
	x := returned20(d)
	x.Signer, x.Remark = itsSecrets[8], itsSecrets[9]
	var err error
	itsDisposition, itsDispositionNo, err = s.Dispose(ctx, x)
	ok(t, err)
	itsCustody, _, err = s.ChangeCustody(ctx, model.Custody{MovedOn: "2026-08-11", FromKeeper: "李某", Keeper: "钱某", CoKeeper: "赵某", WitnessedBy: "王某"}, []int64{d.ID})
	ok(t, err)
	h, items = aHandover(hisStaff)
	h.Giver, h.Patient, h.AdmissionNo, h.Bed, h.Company, h.Agent, h.Story, h.Remark = model.FromCompany, "", "", "", "某某药业有限公司", itsSecrets[11], itsSecrets[12], itsSecrets[10]
	d = handed(t, s, h, items...)
	freshHandover, itsItems = d.ID, nil
	for _, i := range d.Entries {
		itsItems = append(itsItems, i.ID)
	}
}

// An auditor reads that something was handed in, how much, and what became of
// it, but nobody's name; the others read it whole.
func TestWhoReadsWhoGave(t *testing.T) {
	ctx := context.Background()
	dir := furnished(t)
	for login, plain := range map[string]bool{"auditor": false, "reviewer": true, "clerk": true, "li": true} {
		s := as(t, copyFolder(t, dir), login)
		d := must[HandoverDetail](t)(s.HandoverDetail(ctx, itsHandover))
		r := must[model.Receipt](t)(s.Receipt(ctx, itsReceipt))
		_, moved, err := s.Custody(ctx, itsCustody)
		ok(t, err)
		found := must[Rows[HandoverRow]](t)(s.Handovers(ctx, HandoverFilter{Find: itsSecrets[0]}, Page{})).Total
		got := []string{d.Patient, d.AdmissionNo, d.Bed, d.GiverName, d.Story, d.Bystanders, d.Remark, d.Entries[1].Particulars, d.Dispositions[0].Signer, d.Dispositions[0].Remark}
		for i, v := range got {
			if want := map[bool]string{true: itsSecrets[i], false: filled}[plain]; v != want {
				t.Errorf("%s reads %q, want %q", login, v, want)
			}
		}
		if (len(r.Content.Items) == 3) != plain || (len(moved[0].Balances) == 2) != plain || (found == 1) != plain || d.AmountFen != 360000 {
			t.Errorf("%s reads %+v, %+v, finds %d", login, r, moved, found)
		}
		shut(s)
	}
}
