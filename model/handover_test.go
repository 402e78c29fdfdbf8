package model

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// sound is a handover that nothing is wrong with.
func sound() Handover {
	return Handover{StaffID: 1, ReceivedAt: "2026-08-09 16:30", HandedAt: "2026-08-10 09:10", Occasion: "事后发现", Giver: FromPatient, Patient: "贾某某",
		AdmissionNo: "ZY1", Bed: "12床", ReceivedBy: "李某", WitnessedBy: "赵某", Keeper: "李某", CoKeeper: "赵某", KeptAt: "保险柜"}
}

func TestHandoverValidate(t *testing.T) {
	if err := sound().Validate(); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		name, field string
		change      func(*Handover)
	}{
		{"no person", "StaffID", func(h *Handover) { h.StaffID = 0 }},
		{"anonymous with a person", "StaffID", func(h *Handover) { h.Anonymous = true }},
		{"anonymous with a department", "StaffID", func(h *Handover) { h.Anonymous, h.StaffID, h.DepartmentID = true, 0, 3 }},
		{"not handed in", "HandedAt", func(h *Handover) { h.HandedAt = "" }},
		{"no such time", "HandedAt", func(h *Handover) { h.HandedAt = "2026-08-10 25:00" }},
		{"never received", "ReceivedAt", func(h *Handover) { h.ReceivedAt = "" }},
		{"received after handing in", "ReceivedAt", func(h *Handover) { h.ReceivedAt = "2026-08-10 09:11" }},
		{"no giver", "Giver", func(h *Handover) { h.Giver = "" }},
		{"a company without name", "Company", func(h *Handover) { h.Giver, h.Patient, h.AdmissionNo, h.Bed = FromCompany, "", "", "" }},
		{"a patient of a company", "Patient", func(h *Handover) { h.Giver, h.Company, h.AdmissionNo, h.Bed = FromCompany, "某药业", "", "" }},
		{"a company beside a patient", "Company", func(h *Handover) { h.Company = "某药业" }},
		{"an agent of a patient", "Agent", func(h *Handover) { h.Agent = "周某" }},
		{"an unknown giver with a name", "GiverName", func(h *Handover) {
			h.Giver, h.Patient, h.AdmissionNo, h.Bed, h.GiverName = FromUnknown, "", "", "", "周某"
		}},
		{"one person receives and witnesses", "WitnessedBy", func(h *Handover) { h.WitnessedBy = "李 某" }},
		{"the receiver among the witnesses", "WitnessedBy", func(h *Handover) { h.WitnessedBy = "赵某、李某" }},
		{"the same name with a remark", "WitnessedBy", func(h *Handover) { h.WitnessedBy = "李某（行风办）" }},
		{"no witness", "WitnessedBy", func(h *Handover) { h.WitnessedBy = " " }},
		{"nobody keeps it", "Keeper", func(h *Handover) { h.Keeper = "" }},
		{"keeps it with himself", "CoKeeper", func(h *Handover) { h.CoKeeper = "李某" }},
		{"no occasion", "Occasion", func(h *Handover) { h.Occasion = "送的" }},
		{"too long a story", "Story", func(h *Handover) { h.Story = strings.Repeat("查", MaxNote+1) }},
	} {
		h := sound()
		x.change(&h)
		errs, _ := h.Tidied().Validate().(FieldErrors)
		if errs.Of(x.field) == "" {
			t.Errorf("%s: %v", x.name, errs)
		}
	}
	h := sound()
	h.Anonymous, h.StaffID, h.ReceivedAt = true, 0, ""
	if err := h.Validate(); err != nil {
		t.Errorf("found in the mailbox: %v", err)
	}
	h = sound()
	h.ReceivedBy, h.WitnessedBy = "王芳（行风办）", "王芳（审计科）"
	if err := h.Validate(); err != nil {
		t.Errorf("namesakes that are told apart: %v", err)
	}
	if err := sound().CheckHander("赵某"); err == nil {
		t.Error("a person witnessed his own handing in")
	}
}

// A handover of cash, cards and a box, as it is on file.
func threeItems() (Handover, []HandoverItem) {
	h := sound()
	h.ID, h.FormNo = 7, "HB-2026-00007-01"
	items := []HandoverItem{{ID: 1, Category: Cash, Quantity: 20, AmountFen: 200000}, {ID: 2, Category: Card, Quantity: 2, AmountFen: 100000},
		{ID: 3, Category: Goods, Quantity: 1, AmountFen: 60000}}
	for i := range items {
		items[i] = items[i].Tidied()
	}
	if err := h.Register(items); err != nil {
		panic(err)
	}
	return h, items
}

func disposition(kind DispositionKind, lines ...DispositionLine) Disposition {
	d := Disposition{Kind: kind, DisposedOn: "2026-08-11", Voucher: "PZ-1", Approver: "王院长", HandledBy: "李某", Signer: "贾某某",
		ToldOn: "2026-08-11", ToldHow: "电话", Lines: lines}
	for _, l := range lines {
		d.AmountFen += l.AmountFen
	}
	return d
}

func TestDispose(t *testing.T) {
	for _, x := range []struct {
		name   string
		d      Disposition
		change func(*Handover)
		say    string // "" when it goes through
	}{
		{"part of the cash", disposition(ReturnedToGiver, DispositionLine{1, 0, 50000}), nil, ""},
		{"everything", disposition(ToDisciplineBoard, DispositionLine{1, 0, 200000}, DispositionLine{2, 2, 100000}, DispositionLine{3, 1, 60000}), nil, ""},
		{"a fen too much", disposition(ReturnedToGiver, DispositionLine{1, 0, 200001}), nil, "只剩 2,000.00 元"},
		{"nothing", disposition(ReturnedToGiver, DispositionLine{1, 0, 0}), nil, "应大于 0"},
		{"below nothing", disposition(ReturnedToGiver, DispositionLine{1, 0, -5}), nil, "应大于 0"},
		{"no lines", disposition(ReturnedToGiver), nil, "请选择"},
		{"an item twice", disposition(ReturnedToGiver, DispositionLine{1, 0, 5}, DispositionLine{1, 0, 5}), nil, "填了两次"},
		{"an item of another handover", disposition(ReturnedToGiver, DispositionLine{9, 0, 5}), nil, "没有这一项"},
		{"pieces of cash", disposition(ReturnedToGiver, DispositionLine{1, 3, 30000}), nil, "按金额处置"},
		{"one card of two", disposition(ReturnedToGiver, DispositionLine{2, 1, 50000}), nil, ""},
		{"no card at all", disposition(ReturnedToGiver, DispositionLine{2, 0, 50000}), nil, "1 到 2"},
		{"both cards and not all their money", disposition(ReturnedToGiver, DispositionLine{2, 2, 50000}), nil, "同时处置完"},
		{"one card with all the money", disposition(ReturnedToGiver, DispositionLine{2, 1, 100000}), nil, "同时处置完"},
		{"cash given away", disposition(Donated, DispositionLine{1, 0, 200000}), nil, "只用于物品和卡券"},
		{"a box given away", disposition(Donated, DispositionLine{3, 1, 60000}), nil, ""},
		{"a company's deposit", disposition(ToDeposit, DispositionLine{1, 0, 5}), func(h *Handover) { h.Giver = FromCompany }, "没有住院预交金"},
		{"before it came", changed(disposition(ReturnedToGiver, DispositionLine{1, 0, 5}), func(d *Disposition) { d.DisposedOn = "2026-08-09" }), nil, "不能早于上交"},
		{"approved by who did it", changed(disposition(ReturnedToGiver, DispositionLine{1, 0, 5}), func(d *Disposition) { d.Approver = "李某" }), nil, "须与经办人不同"},
		{"without voucher", changed(disposition(ToAccount, DispositionLine{1, 0, 5}), func(d *Disposition) { d.Voucher = "" }), nil, "缴款凭证号：不能为空"},
		{"a patient who was not told", changed(disposition(ToDeposit, DispositionLine{1, 0, 5}), func(d *Disposition) { d.ToldOn = "" }), nil, "告知日期"},
		{"nobody signed", changed(disposition(ReturnedToGiver, DispositionLine{1, 0, 5}), func(d *Disposition) { d.Signer = "" }), nil, "签收人"},
		{"proceeds of a return", changed(disposition(ReturnedToGiver, DispositionLine{1, 0, 5}), func(d *Disposition) { d.ProceedsFen = 5 }), nil, "只有物品变价"},
		{"another sum", changed(disposition(ReturnedToGiver, DispositionLine{1, 0, 5}), func(d *Disposition) { d.AmountFen = 6 }), nil, "不符"},
		{"a voided one", disposition(ReturnedToGiver, DispositionLine{1, 0, 5}), func(h *Handover) { h.State = HandoverVoid }, "已作废"},
		{"a settled one", disposition(ReturnedToGiver, DispositionLine{1, 0, 5}), func(h *Handover) { h.State = Settled }, "已结清"},
	} {
		h, items := threeItems()
		if x.change != nil {
			x.change(&h)
		}
		before := h
		err := h.Dispose(x.d, Balances(items, nil))
		switch {
		case x.say == "" && (err != nil || h.DisposedFen != x.d.AmountFen):
			t.Errorf("%s: %v, disposed %d", x.name, err, h.DisposedFen)
		case x.say != "" && (err == nil || !strings.Contains(err.Error(), x.say) || h != before):
			t.Errorf("%s: %v", x.name, err)
		}
	}
}

// A form shows the field of a line that is wrong.
func TestWrongFieldOfALine(t *testing.T) {
	_, items := threeItems()
	all := Balances(items, nil)
	for _, x := range []struct {
		kind  DispositionKind
		line  DispositionLine
		field string
	}{
		{ToAccount, DispositionLine{1, 0, 200000}, ""}, {ToAccount, DispositionLine{1, 0, 200001}, "AmountFen"}, {ToAccount, DispositionLine{1, 0, 0}, "AmountFen"},
		{ToAccount, DispositionLine{1, 20, 200000}, "Quantity"}, {Sold, DispositionLine{1, 0, 200000}, "ItemID"}, {Sold, DispositionLine{2, 2, 100000}, ""},
		{ToAccount, DispositionLine{2, 3, 100000}, "Quantity"}, {ToAccount, DispositionLine{2, 0, 50000}, "Quantity"},
		{ToAccount, DispositionLine{2, 1, 100000}, "Quantity"}, {ToAccount, DispositionLine{2, 2, 50000}, "AmountFen"},
	} {
		if field, err := x.line.Check(all[x.line.ItemID-1], x.kind.Rule()); field != x.field || (err == nil) != (field == "") {
			t.Errorf("%s %+v: %q, %v", x.kind, x.line, field, err)
		}
	}
	if got := all[1].Worth(1); got != 50000 {
		t.Errorf("one of two cards is worth %d", got)
	}
}

func TestKindsThatAHandoverAllows(t *testing.T) {
	h, items := threeItems()
	all := Balances(items, nil)
	money := []DispositionKind{ReturnedToGiver, ToDeposit, ToAccount, ToTreasury, ToDisciplineBoard}
	company := h
	company.Giver = FromCompany
	for _, x := range []struct {
		name     string
		h        Handover
		balances []Balance
		want     []DispositionKind
	}{
		{"a patient's", h, all, DispositionKinds()},
		{"a patient's money", h, all[:1], money},
		{"what is left of it", h, Balances(items, []DispositionLine{{2, 2, 100000}, {3, 1, 60000}}), money},
		{"a company's", company, all, slices.DeleteFunc(DispositionKinds(), func(k DispositionKind) bool { return k == ToDeposit })},
		{"nothing", h, nil, nil},
	} {
		if got := x.h.DispositionKinds(x.balances); !slices.Equal(got, x.want) {
			t.Errorf("%s: %v, want %v", x.name, got, x.want)
		}
	}
}

func TestWhoSignsForTheGiver(t *testing.T) {
	h := Handover{Patient: "贾某某", GiverName: "王某", Agent: "周某"}
	for giver, want := range map[Giver]string{FromPatient: "贾某某", FromFamily: "王某", FromCompany: "周某", FromUnknown: "王某"} {
		h.Giver = giver
		if got := h.GiverSigner(); got != want {
			t.Errorf("%s: %s, want %s", giver, got, want)
		}
	}
}

func changed(d Disposition, change func(*Disposition)) Disposition {
	change(&d)
	return d
}

func TestCorrectItems(t *testing.T) {
	h, items := threeItems()
	right := HandoverItem{Category: Cash, Quantity: 18, AmountFen: 180000}
	if _, err := h.Correct(Balances(items, nil), []int64{1}, []HandoverItem{right}, "多数了两张", "HS-2026-00001-01"); err == nil {
		t.Error("corrected under a receipt in force")
	}
	if _, err := h.Correct(Balances(items, nil), []int64{1, 2, 3}, nil, "都不是", ""); err == nil {
		t.Error("corrected to nothing")
	}
	if _, err := h.Correct(Balances(items, nil), []int64{1, 1}, nil, "多数", ""); err == nil {
		t.Error("took an item back twice")
	}
	if _, err := h.Correct(Balances(items, nil), []int64{1}, []HandoverItem{right}, " ", ""); err == nil {
		t.Error("corrected for no reason")
	}
	if _, err := h.Correct(Balances(items, []DispositionLine{{1, 0, 5}}), []int64{1}, nil, "多数", ""); err == nil {
		t.Error("corrected what was disposed of in part")
	}
	entries, err := h.Correct(Balances(items, nil), []int64{1}, []HandoverItem{right}, "多数了两张", "")
	if err != nil || len(entries) != 2 || entries[0].AmountFen != -200000 || entries[0].CorrectsID != 1 || entries[1].Reason != "多数了两张" || h.AmountFen != 340000 {
		t.Fatalf("%+v, %v, %d", entries, err, h.AmountFen)
	}
	entries[0].ID, entries[1].ID = 4, 5
	if all := append(items, entries...); len(Standing(all)) != 3 || Total(all) != 340000 {
		t.Errorf("%+v", Standing(all))
	}
}

// Whatever is disposed of and reversed in whatever order, nothing leaves that
// did not come in, and a handover is settled when and only when all has left.
func TestBalancesHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, items := threeItems()
		var done []Disposition
		var lines []DispositionLine
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			if len(done) > 0 && rapid.IntRange(0, 2).Draw(t, "reverse") == 0 {
				i := rapid.IntRange(0, len(done)-1).Draw(t, "which")
				counter, err := done[i].Counter("2026-08-12", "填错")
				if err == nil {
					err = h.Reverse(counter, Balances(items, lines))
				}
				if err != nil {
					t.Fatal(err)
				}
				lines = append(lines, counter.Lines...)
				done = append(done[:i], done[i+1:]...)
			} else {
				item := rapid.SampledFrom(items).Draw(t, "item")
				l := DispositionLine{item.ID, rapid.IntRange(0, 3).Draw(t, "pieces"), rapid.Int64Range(-1, item.AmountFen+1).Draw(t, "fen")}
				if rapid.Bool().Draw(t, "whole") {
					for _, b := range Balances(items, lines) {
						if b.ID == item.ID {
							l.Quantity, l.AmountFen = b.LeftQuantity, b.LeftFen
						}
					}
					if !item.Category.Counted() {
						l.Quantity = 0
					}
				}
				d := disposition(ReturnedToGiver, l)
				if h.Dispose(d, Balances(items, lines)) == nil {
					lines, done = append(lines, d.Lines...), append(done, d)
				}
			}
			var left, out int64
			for _, b := range Balances(items, lines) {
				if b.LeftFen < 0 || b.LeftQuantity < 0 || b.Category.Counted() && (b.LeftFen == 0) != (b.LeftQuantity == 0) {
					t.Fatalf("%+v", b)
				}
				left += b.LeftFen
			}
			for _, d := range done {
				out += d.AmountFen
			}
			if h.KeptFen != left || h.DisposedFen != out || h.LeftFen() != left || (h.State == Settled) != (left == 0) || (h.State == Undisposed) != (out == 0) {
				t.Fatalf("%s: disposed %d, want %d; left %d, want %d", h.State, h.DisposedFen, out, h.LeftFen(), left)
			}
		}
	})
}

func TestCustodyMove(t *testing.T) {
	c := Custody{MovedOn: "2026-08-12", FromKeeper: "李某", Keeper: "钱某", CoKeeper: "赵某", WitnessedBy: "王某"}
	h := sound()
	if err := c.Move(&h); err != nil || h.Keeper != "钱某" || h.KeptAt != "保险柜" {
		t.Error(h, err)
	}
	if err := c.Move(&h); err == nil {
		t.Error("moved by somebody who did not have it")
	}
	for _, bad := range []Custody{{MovedOn: "2026-08-12", FromKeeper: "李某", Keeper: "钱某", WitnessedBy: "钱某"},
		{MovedOn: "2026-08-12", FromKeeper: "李某", Keeper: "钱某", CoKeeper: "钱某", WitnessedBy: "王某"},
		{MovedOn: "2026-08-12", FromKeeper: "李某", Keeper: "钱某", WitnessedBy: ""}, {FromKeeper: "李某", Keeper: "钱某", WitnessedBy: "王某"}} {
		if bad.Validate() == nil {
			t.Errorf("%+v passed", bad)
		}
	}
	if h := sound(); (Custody{MovedOn: "2026-08-09", FromKeeper: "李某", Keeper: "钱某"}).Move(&h) == nil {
		t.Error("moved before it came in")
	}
}
