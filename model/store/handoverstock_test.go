package store

import (
	"context"
	"fmt"
	"testing"

	"qingfeng/model"
)

// stockGivers red envelopes of a stocked folder came from a patient each.
const stockGivers = 12

func giverOf(n int) string {
	return "第" + string([]rune("甲乙丙丁戊己庚辛壬癸子丑")[n]) + "病人"
}
func admissionOf(n int) string { return fmt.Sprintf("ZY77%04d", n) }

// stockHandovers fills the register of red envelopes: one from each patient, of
// which the first was returned in part and changed hands, and one of a company.
func stockHandovers(t testing.TB, s *Store) {
	t.Helper()
	ctx := context.Background()
	var someone int64
	ok(t, s.reader.Raw(`SELECT MIN(id) FROM staff`).Scan(&someone).Error)
	for i := range stockGivers {
		h, items := aHandover(someone)
		h.Patient, h.AdmissionNo = giverOf(i), admissionOf(i)
		d := handed(t, s, h, items...)
		must[model.Receipt](t)(s.IssueReceipt(ctx, d.ID))
		if i > 0 {
			continue
		}
		_, _, err := s.Dispose(ctx, returned20(d))
		ok(t, err)
		_, _, err = s.ChangeCustody(ctx, model.Custody{MovedOn: "2026-08-11", FromKeeper: "李某", Keeper: "钱某", WitnessedBy: "王某"}, []int64{d.ID})
		ok(t, err)
	}
	h, items := aHandover(0)
	h.Anonymous, h.Giver, h.Patient, h.AdmissionNo, h.Bed, h.Company = true, model.FromCompany, "", "", "", companyOf(0)
	handed(t, s, h, items[:1]...)
}

// wantStockedHandovers checks that what is sealed in the register of red
// envelopes can be read, and that a patient is found by name and number.
func wantStockedHandovers(t testing.TB, s *Store) {
	t.Helper()
	ctx := context.Background()
	for i := range stockGivers {
		for _, find := range []string{giverOf(i), admissionOf(i)} {
			found := must[Rows[HandoverRow]](t)(s.Handovers(ctx, HandoverFilter{Find: find}, Page{Limit: 5})).Items
			if len(found) != 1 || found[0].Patient != giverOf(i) || found[0].Story != "查房时塞入口袋，当面退还被拒" {
				t.Fatalf("%s finds %+v", find, found)
			}
			d := must[HandoverDetail](t)(s.HandoverDetail(ctx, found[0].ID))
			r := must[model.Receipt](t)(s.Receipt(ctx, d.Receipts[0].ID))
			if d.Entries[2].Particulars != "茶叶礼盒" || len(r.Content.Items) != 3 || r.Content.Items[2].Particulars != "茶叶礼盒" {
				t.Fatalf("%+v, %+v", d.Entries, r)
			}
		}
	}
	disposed := must[[]HandoverDetail](t)(s.HandoverDetails(ctx, HandoverFilter{Disposed: model.ReturnedToGiver}, Page{}))
	if len(disposed) != 1 || disposed[0].Dispositions[0].Signer != "贾某某" {
		t.Fatalf("%+v", disposed)
	}
	if _, moved, err := s.Custody(ctx, 1); err != nil || len(moved) != 1 || moved[0].Balances[1].Particulars != "茶叶礼盒" {
		t.Fatalf("%+v, %v", moved, err)
	}
}
