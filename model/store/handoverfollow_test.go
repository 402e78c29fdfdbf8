package store

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/day"
)

// wantSaid checks that a step was refused with a sentence that holds say.
func wantSaid(t testing.TB, err error, say string) {
	t.Helper()
	if err == nil || model.CodeOf(err) == "" || !strings.Contains(err.Error(), say) {
		t.Errorf("%v, want %q", err, say)
	}
}

// No date of a handover, however it is entered, says that something left or
// changed hands before it came in, or left a safe from which it was handed on
// later.
func TestDatesOfAHandoverFollowEachOther(t *testing.T) {
	ctx := context.Background()
	s, _, _, people := registerOf(t)
	h, items := aHandover(people[0])
	h.ReceivedAt, h.HandedAt = "2026-08-03 08:00", "2026-08-03 16:30"
	items = append(items, model.HandoverItem{Category: model.Transfer, Quantity: 1, AmountFen: 5000})
	d := handed(t, s, h, items...)
	dispose := func(on day.Date, entry int) error {
		x := returned20(d)
		b := d.Balances()[entry]
		x.DisposedOn, x.AmountFen, x.Lines = on, b.LeftFen, []model.DispositionLine{b.Rest()}
		_, _, err := s.Dispose(ctx, x)
		return err
	}
	from := "李某"
	move := func(on day.Date, to string) error {
		_, _, err := s.ChangeCustody(ctx, model.Custody{MovedOn: on, FromKeeper: from, Keeper: to, WitnessedBy: "王某"}, []int64{d.ID})
		if err == nil {
			from = to
		}
		return err
	}
	ok(t, dispose("2026-08-06", 0))
	wantSaid(t, move("2026-08-05", "钱某"), "已于 2026-08-06 处置（HC-2026-00001-")
	ok(t, move("2026-08-06", "钱某"))
	ok(t, move("2026-08-08", "孙某"))
	wantSaid(t, move("2026-08-07", "周某"), "已于 2026-08-08 交接（HJ-2026-00002-")
	wantSaid(t, dispose("2026-08-07", 1), "不能早于保管交接的日期 2026-08-08")
	ok(t, dispose("2026-08-04", 3)) // transferred money lay in no safe
	ok(t, dispose("2026-08-08", 1))
	edit := func(change func(*model.Handover)) error {
		e := must[HandoverRow](t)(s.Handover(ctx, d.ID)).Handover
		change(&e)
		return s.EditHandover(ctx, e)
	}
	wantSaid(t, edit(func(e *model.Handover) { e.HandedAt = "2026-08-05" }), "已于 2026-08-04 处置，上交不能更晚")
	ok(t, edit(func(e *model.Handover) { e.HandedAt = "2026-08-04" }))

	other := handed(t, s, h, items...)
	_, _, err := s.ChangeCustody(ctx, model.Custody{MovedOn: "2026-08-05", FromKeeper: "李某", Keeper: "钱某", WitnessedBy: "王某"}, []int64{other.ID})
	ok(t, err)
	e := other.Handover
	e.HandedAt = "2026-08-06 09:00"
	wantSaid(t, s.EditHandover(ctx, e), "已于 2026-08-05 交接保管，上交不能更晚")
	x := returned20(other)
	x.Kind, x.Voucher, x.ToldOn, x.ToldHow = model.ToDeposit, "YJ-1", "2026-08-02", "电话"
	_, _, err = s.Dispose(ctx, x)
	wantSaid(t, err, "告知日期：不能早于上交日期 2026-08-03")
	x.ToldOn = "2026-08-11"
	id, _, err := s.Dispose(ctx, x)
	ok(t, err)
	e = other.Handover
	e.Giver, e.Patient, e.AdmissionNo, e.Bed, e.Company = model.FromCompany, "", "", "", "某某药业"
	wantSaid(t, s.EditHandover(ctx, e), "已“转住院预交金”，送方应是患者或家属")
	_, err = s.ReverseDisposition(ctx, id, "不是患者送的")
	ok(t, err)
	ok(t, s.EditHandover(ctx, e))
	wantSound(t, s)
}

// Who left hands in until his last day, and what he handed in can be put right
// afterwards; who was renamed since to a receiver's name did not receive from
// himself.
func TestHandoversOfWhoLeftOrWasRenamed(t *testing.T) {
	ctx := context.Background()
	s, _, _, people := registerOf(t)
	ok(t, s.Leave(ctx, people[0], "2026-08-10", "调动"))
	h, items := aHandover(people[0])
	h.HandedAt = "2026-08-11 09:00"
	_, _, err := s.RegisterHandover(ctx, h, items)
	wantSaid(t, err, "已于 2026-08-10 离职")
	h.HandedAt = "2026-08-10 09:10"
	d := handed(t, s, h, items...)
	e := d.Handover
	e.HandedAt = "2026-08-11"
	wantSaid(t, s.EditHandover(ctx, e), "已于 2026-08-10 离职")
	ok(t, s.ComeBack(ctx, people[0]))
	ok(t, s.Leave(ctx, people[0], "2026-08-05", "调动，后来才知道"))
	e = d.Handover
	e.HandedAt, e.Remark = "2026-08-10 10:10", "离职后补登"
	ok(t, s.EditHandover(ctx, e))

	h, items = aHandover(people[1])
	d = handed(t, s, h, items...)
	renamed := must[StaffRow](t)(s.StaffMember(ctx, people[1])).Staff
	renamed.Name = "赵某"
	must[int64](t)(s.SaveStaff(ctx, renamed))
	e = d.Handover
	e.Remark = "患者已出院"
	ok(t, s.EditHandover(ctx, e))
	e.ReceivedBy, e.WitnessedBy = "赵某", "李某"
	wantSaid(t, s.EditHandover(ctx, e), "不能是上交人本人")
}

// The longest reason that voids a handover voids its receipt too, and an item
// chosen twice is taken back once or not at all.
func TestVoidingAndCorrectingAtTheLimits(t *testing.T) {
	ctx := context.Background()
	s, _, _, people := registerOf(t)
	h, items := aHandover(people[0])
	d := handed(t, s, h, items...)
	twice := d.Entries[0].ID
	wantSaid(t, s.CorrectHandover(ctx, d.ID, []int64{twice, twice}, nil, "数错"), "选了两次")
	r := must[model.Receipt](t)(s.IssueReceipt(ctx, d.ID))
	reason := strings.Repeat("错", model.MaxNote)
	ok(t, s.VoidHandover(ctx, d.ID, reason))
	if r = must[model.Receipt](t)(s.Receipt(ctx, r.ID)); r.VoidReason != "登记作废："+reason || r.VoidedOn != s.Today() {
		t.Errorf("%+v", r)
	}
	wantSound(t, s)
}

// A holiday table that the office wrote wrongly keeps nobody from registering
// under a limit in hours; under one in working days it is named.
func TestAWrongHolidayTableIsNotInTheWay(t *testing.T) {
	ctx := context.Background()
	s, _, _, people := registerOf(t)
	ok(t, os.MkdirAll(filepath.Join(s.folder.Overrides(), "holidays"), 0o755))
	ok(t, os.WriteFile(filepath.Join(s.folder.Overrides(), "holidays", "2026.toml"), []byte("year = 26\n"), 0o644))
	h, items := aHandover(people[0])
	if d := handed(t, s, h, items...); d.Timeliness != model.InTime {
		t.Errorf("judged %s", d.Timeliness)
	}
	if got, _, err := s.JudgeHandover(ctx, h.ReceivedAt, h.HandedAt); err != nil || got != model.InTime {
		t.Errorf("%s, %v", got, err)
	}
	profile := must[model.Hospital](t)(s.Hospital(ctx))
	profile.HandoverLimit, profile.HandoverUnit = 2, model.WorkingDays
	ok(t, s.SaveHospital(ctx, profile))
	_, _, err := s.RegisterHandover(ctx, h, items)
	wantSaid(t, err, "节假日安排有误")
}
