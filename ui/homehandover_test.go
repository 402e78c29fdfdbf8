package ui

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
)

// handedIn registers 2,000 yuan and two cards that somebody handed in on a day.
func (o *hospital) handedIn(staff int64, on day.Date, change func(*model.Handover)) store.HandoverRow {
	o.Helper()
	ctx := context.Background()
	h := model.Handover{StaffID: staff, ReceivedAt: day.Moment(on) + " 08:00", HandedAt: day.Moment(on) + " 16:00", Occasion: model.Occasions[0],
		Giver: model.FromPatient, Patient: "贾某某", ReceivedBy: "李某", WitnessedBy: "赵某", Keeper: "李某", CoKeeper: "赵某", KeptAt: "保险柜"}
	if change != nil {
		change(&h)
	}
	id, _, err := o.RegisterHandover(ctx, h, []model.HandoverItem{{Category: model.Cash, Quantity: 20, AmountFen: 200000},
		{Category: model.Card, Particulars: "500 元卡", Quantity: 2, AmountFen: 100000}})
	check(o, err)
	return must[store.HandoverRow](o)(o.Handover(ctx, id))
}

// envelopes is [running] with handovers for each thing that can be asked about
// them: two wait, one too long, one kept by one person, one of a giver who gave
// before, one late, one that nobody could judge; one is returned.
func envelopes(t testing.TB) (*hospital, []store.HandoverRow) {
	ctx := context.Background()
	o, _ := running(t)
	o.account("sh", "赵某", model.Reviewer)
	rows := []store.HandoverRow{
		o.handedIn(2, "2026-07-01", nil),
		o.handedIn(1, "2026-08-10", func(h *model.Handover) { h.Patient, h.CoKeeper, h.ReceivedAt = "甄某", "", "2026-08-01 08:00" }),
		o.handedIn(2, "2026-08-11", func(h *model.Handover) { h.HandedAt, h.ReceivedAt = "2026-08-11 08:30", "2026-08-10" }),
		o.handedIn(2, "2026-08-09", func(h *model.Handover) { h.Patient = "孟某" }),
	}
	d := must[store.HandoverDetail](t)(o.HandoverDetail(ctx, rows[3].ID))
	x := model.Disposition{HandoverID: d.ID, Kind: model.ReturnedToGiver, DisposedOn: "2026-08-10", AmountFen: 300000, Approver: "王院长", HandledBy: "李某",
		Signer: "孟某", Lines: []model.DispositionLine{{ItemID: d.Entries[0].ID, AmountFen: 200000}, {ItemID: d.Entries[1].ID, Quantity: 2, AmountFen: 100000}}}
	_, _, err := o.Dispose(ctx, x)
	check(t, err)
	return o, rows
}

// countyEnvelopes lets red envelopes come in over a year; of each thing that
// can be asked about them there is one.
func (o *hospital) countyEnvelopes() {
	o.Helper()
	for i := range 40 {
		on := day.Of(morning.AddDate(0, 0, -1-i*i/5))
		o.handedIn(int64(1+i*7%600), on, func(h *model.Handover) {
			h.Patient = fmt.Sprintf("患者%d", i)
			switch i {
			case 3:
				h.CoKeeper, h.Patient = "", "患者20"
			case 4, 5, 6:
				h.StaffID = 9
			case 7:
				h.ReceivedAt = "2026-06-01 08:00"
			case 8:
				h.ReceivedAt = day.Moment(day.Of(on.Time().AddDate(0, 0, -1)))
			}
		})
	}
	ctx := context.Background()
	for i, r := range must[store.Rows[store.HandoverRow]](o)(o.Handovers(ctx, store.HandoverFilter{}, store.Page{Sort: "handed_at"})).Items {
		if i > 30 {
			break
		}
		if i == 29 {
			continue
		}
		d := must[store.HandoverDetail](o)(o.HandoverDetail(ctx, r.ID))
		x := model.Disposition{HandoverID: d.ID, Kind: model.ToAccount, DisposedOn: d.HandedAt.Date(), AmountFen: d.AmountFen, Voucher: "JK-1",
			Approver: "王院长", HandledBy: "李某"}
		for _, b := range d.Balances() {
			x.Lines = append(x.Lines, b.Rest())
		}
		_, _, err := o.Dispose(ctx, x)
		check(o, err)
	}
}

func TestHomeTellsOfRedEnvelopes(t *testing.T) {
	o, rows := envelopes(t)
	n := must[store.HandoverCounts](t)(o.HandoverCounts(context.Background()))
	if want := (store.HandoverCounts{All: 4, Open: 3, OpenFen: 900000, Stale: 1, Alone: 1, Again: 1, Merit: 1, Late: 1, Unjudged: 1, Limits: n.Limits}); n != want {
		t.Fatalf("the hospital is not what the test means: %+v", n)
	}
	dir := o.close()
	d := sit(t, dir)
	d.sees("￥9,000.00", "超期 1 次")
	for first, want := range map[string]string{
		"红包待处置": "红包待处置|查看 3 次",
		"1 次红包上交超过 30 天还没有处置完":    "1 次红包上交超过 30 天还没有处置完|待办|去处置",
		"1 次上交的财物只由一人保管":          "1 次上交的财物只由一人保管|待办|查看",
		"1 次待处置的红包，送方以前也送过":       "1 次待处置的红包，送方以前也送过|核对|查看",
		"1 名职工今年上交红包满 3 次，可记医德加分": "1 名职工今年上交红包满 3 次，可记医德加分|加分|查看",
		"今年有 1 次红包逾期上交":           "今年有 1 次红包逾期上交|核对|查看",
		"今年有 1 次上交没有判定是否逾期":       "今年有 1 次上交没有判定是否逾期|补填|去补填",
	} {
		if got := d.line(first); got != want {
			t.Errorf("a line reads %s, want %s", got, want)
		}
	}
	if got := d.badge("红包上交"); got != "3" {
		t.Errorf("the badge is %q", got)
	}
	d.Close()
	for _, c := range []struct {
		text, door string
		sees, not  []int // of rows
	}{
		{"红包待处置", "查看 3 次", []int{0, 1, 2}, []int{3}},
		{"1 次红包上交超过 30 天还没有处置完", "去处置", []int{0}, []int{1, 2, 3}},
		{"1 次上交的财物只由一人保管", "查看", []int{1}, []int{0, 2, 3}},
		{"1 次待处置的红包，送方以前也送过", "查看", []int{2}, []int{0, 1, 3}},
		{"1 名职工今年上交红包满 3 次，可记医德加分", "查看", []int{0, 2, 3}, []int{1}},
		{"今年有 1 次红包逾期上交", "查看", []int{1}, []int{0, 2, 3}},
		{"今年有 1 次上交没有判定是否逾期", "去补填", []int{2}, []int{0, 1, 3}},
	} {
		t.Run(c.text, func(t *testing.T) {
			d := sit(t, dir)
			d.through(c.text, c.door)
			d.seesNot("要做的事")
			for _, i := range c.sees {
				d.sees(rows[i].FormNo)
			}
			for _, i := range c.not {
				d.seesNot(rows[i].FormNo)
			}
			d.Close()
		})
	}
	d = gate(t, dir)
	d.signIn("sh", second)
	if got := d.line("1 次红包上交超过 30 天还没有处置完"); got != "1 次红包上交超过 30 天还没有处置完|待办" {
		t.Errorf("a reviewer reads %s", got)
	}
}

// badge is the number beside a page in the navigation.
func (d *desk) badge(page string) string {
	d.Helper()
	_, text, _ := strings.Cut(d.text(), page+"\n")
	text, _, _ = strings.Cut(text, "\n")
	return strings.TrimSpace(text)
}

func TestHomeWithoutRedEnvelopes(t *testing.T) {
	o, _ := running(t)
	d := sit(t, o.close())
	if got := d.line("红包待处置"); got != "红包待处置|登记上交" {
		t.Errorf("the card's title reads %s", got)
	}
	d.seesNot("近 12 个月红包上交", "只由一人保管")
	d.through("红包待处置", "登记上交")
	d.sees("上交方式", "监交人")
}

// A scan is taken where the register is, not while a form stands in its place.
func TestTheScannerWaitsForTheForm(t *testing.T) {
	const ready = "扫码枪就绪"
	o, _ := running(t)
	d := sit(t, o.close())
	d.seesNot(ready)
	d.key("Ctrl+9")
	d.sees(ready)
	d.key("Ctrl+N")
	d.sees("上交方式")
	d.seesNot(ready)
	d.key("Escape")
	d.sees(ready)
	d.key("Ctrl+N")
	d.key("Ctrl+1")
	d.seesNot(ready)
}

// When no papers come back, the chart is of the red envelopes.
func TestChartOfTwelveMonths(t *testing.T) {
	o, _ := envelopes(t)
	dir := o.close()
	d := sit(t, dir)
	d.sees("近两周交回的自查表和承诺书")
	d.seesNot("近 12 个月红包上交")
	d.Close()
	d = sitAt(t, dir, 30)
	d.sees("近 12 个月红包上交", "10月", "9月")
	d.seesNot("近两周交回")
	d.through("近 12 个月红包上交", "台账")
	d.sees("4 次")
}

func TestFindLeadsToRedEnvelopes(t *testing.T) {
	ctx := context.Background()
	o, rows := envelopes(t)
	receipt := must[model.Receipt](t)(o.IssueReceipt(ctx, rows[1].ID))
	d := must[store.HandoverDetail](t)(o.HandoverDetail(ctx, rows[3].ID))
	_, moved, err := o.ChangeCustody(ctx, model.Custody{MovedOn: "2026-08-11", FromKeeper: "李某", Keeper: "钱某", CoKeeper: "赵某", WitnessedBy: "王某"}, []int64{rows[0].ID})
	check(t, err)
	w := sit(t, o.close())
	for no, want := range map[string]string{rows[0].FormNo: rows[0].FormNo, receipt.FormNo: rows[1].FormNo, d.Dispositions[0].FormNo: rows[3].FormNo} {
		w.key("Ctrl+1")
		w.find(strings.ToLower(no))
		w.sees("1 / 4 次", want)
	}
	w.key("Ctrl+1")
	w.find(moved)
	w.sees("保管交接记录", moved, "钱某")
	w.press("关闭")
	w.sees("现在应在保管中的财物")
	w.find("HJ-2026-00009-00")
	w.sees("校验码不对")
}
