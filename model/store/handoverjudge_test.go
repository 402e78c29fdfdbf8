package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"qingfeng/model"
	"qingfeng/model/day"
)

// The rule of the day of receipt judges, whatever the profile says later; what
// was judged stays judged.
func TestTheRuleOfTheDayJudges(t *testing.T) {
	ctx := context.Background()
	s, _, _, people := registerOf(t)
	profile := model.NewHospital("某县中医院")
	ok(t, s.SaveHospital(ctx, profile))
	h, items := aHandover(people[0])
	at := func(received, handedAt day.Moment) model.Timeliness {
		t.Helper()
		h.ReceivedAt, h.HandedAt = received, handedAt
		return handed(t, s, h, items[0]).Timeliness
	}
	if got := at("2026-07-29 10:00", "2026-07-31 09:00"); got != model.Late {
		t.Errorf("47 hours under 24: %s", got)
	}
	profile.HandoverLimit, profile.HandoverUnit, profile.HandoverFrom, profile.HandoverDocument = 2, model.WorkingDays, "2026-08-01", "《红包上交规定》第四条"
	ok(t, s.SaveHospital(ctx, profile))
	if got := at("2026-07-29 10:00", "2026-07-31 09:00"); got != model.Late {
		t.Errorf("received under the older rule: %s", got)
	}
	if got := at("2026-08-06 10:00", "2026-08-10 17:00"); got != model.InTime {
		t.Errorf("two working days under the newer rule: %s", got)
	}
	list := must[Rows[HandoverRow]](t)(s.Handovers(ctx, HandoverFilter{}, Page{})).Items
	if list[1].LimitUnit != model.Hours || list[2].LimitUnit != model.WorkingDays || list[2].LimitDocument != profile.HandoverDocument {
		t.Errorf("%+v, %+v", list[1], list[2])
	}
	profile.HandoverLimit, profile.HandoverFrom = 1, "2026-08-05"
	ok(t, s.SaveHospital(ctx, profile))
	if again := must[HandoverRow](t)(s.Handover(ctx, list[2].ID)); again.Timeliness != model.InTime || again.LimitN != 2 {
		t.Errorf("a later rule made somebody late: %+v", again)
	}
	edit := list[2].Handover
	edit.Remark = "另有说明"
	ok(t, s.EditHandover(ctx, edit))
	if again := must[HandoverRow](t)(s.Handover(ctx, list[2].ID)); again.LimitN != 2 {
		t.Errorf("an edit of the remark judged again: %+v", again)
	}
	edit.ReceivedAt = "2026-08-06 11:00"
	ok(t, s.EditHandover(ctx, edit))
	if again := must[HandoverRow](t)(s.Handover(ctx, list[2].ID)); again.LimitN != 1 || again.Timeliness != model.Late {
		t.Errorf("another time is judged by the rule of now: %+v", again)
	}
}

// What could not be judged for want of a holiday table is judged when the
// table has come and the folder is opened.
func TestUnjudgedHandoversAreJudgedLater(t *testing.T) {
	ctx := context.Background()
	now := &clock{at: time.Date(2027, 1, 5, 10, 0, 0, 0, time.Local)}
	dir := filepath.Join(t.TempDir(), "清风 数据")
	s := openLocked(t, dir, now.options())
	must[string](t)(s.Found(ctx, model.NewHospital("某县中医院"), model.Account{Login: "li", Name: "李某"}, password))
	profile := must[model.Hospital](t)(s.Hospital(ctx))
	profile.HandoverLimit, profile.HandoverUnit = 1, model.WorkingDays
	ok(t, s.SaveHospital(ctx, profile))
	h, items := aHandover(0)
	h.Anonymous, h.ReceivedAt, h.HandedAt = true, "2026-12-31 10:00", "2027-01-05 09:00"
	d := handed(t, s, h, items[0])
	if d.Timeliness != model.Unjudged {
		t.Fatalf("judged without a table: %s", d.Timeliness)
	}
	ok(t, os.MkdirAll(filepath.Join(s.folder.Overrides(), "holidays"), 0o755))
	ok(t, os.WriteFile(filepath.Join(s.folder.Overrides(), "holidays", "2027.toml"),
		[]byte("year = 2027\ndocument_no = \"某通知\"\noff = [[\"2027-01-01\", \"2027-01-03\"]]\nwork = []\n"), 0o644))
	s = reopened(t, s)
	enter(t, s)
	if got := must[HandoverRow](t)(s.Handover(ctx, d.ID)); got.Timeliness != model.Late {
		t.Errorf("4 and 5 January are worked: %s", got.Timeliness)
	}
	lines := must[[]model.AuditLine](t)(s.AuditLines(ctx, handoverEntity, d.ID, 1))
	if lines[0].Actor != "系统" || lines[0].Action != "判定时限（自动）" {
		t.Errorf("%+v", lines[0])
	}
	wantSound(t, s)
}
