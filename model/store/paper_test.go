package store

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"qingfeng/model"
)

// What happens to a leaver's papers, of both kinds, and when one comes back.
func TestPapersOfALeaver(t *testing.T) {
	ctx := context.Background()
	at := &clock{at: noon}
	s := openLocked(t, filepath.Join(t.TempDir(), "清风 数据"), at.options())
	enter(t, s)
	c, rows, _ := forms(t, s, 4)
	must[int](t)(s.MakeCommitments(ctx, c.ID, model.PersonalCommitment))
	letters := must[Rows[CommitmentRow]](t)(s.Commitments(ctx, CommitmentFilter{CampaignID: c.ID, Kind: model.PersonalCommitment}, Page{})).Items
	// 0 has handed in, 1 has nothing, 2 is on leave until the 1st, 3 does it again.
	must[[]SelfCheckResult](t)(s.ReturnSelfChecks(ctx, c.ID, []string{rows[0].FormNo, rows[3].FormNo}, s.Today(), false))
	must[[]ReturnResult](t)(s.ReturnCommitments(ctx, c.ID, []string{letters[0].FormNo}, s.Today()))
	ok(t, s.ExcuseSelfCheck(ctx, rows[2].ID, "产假", "2026-09-01"))
	ok(t, s.ExcuseCommitment(ctx, letters[2].ID, "产假", "2026-09-01"))
	ok(t, s.SendBackSelfCheck(ctx, rows[3].ID, "敷衍"))
	for _, r := range rows {
		ok(t, s.Leave(ctx, r.StaffID, s.Today(), "调出"))
	}
	states := func(when string, want ...string) {
		t.Helper()
		for i := range rows {
			r := selfCheckOf(t, s, rows[i].ID)
			l := must[CommitmentRow](t)(s.CommitmentByNumber(ctx, letters[i].FormNo))
			if got := string(r.State) + r.Note() + " " + string(l.State) + l.Note(); got != want[i] {
				t.Errorf("%s: %d is %q, want %q", when, i, got, want[i])
			}
		}
		if sum := must[model.SelfCheckSummary](t)(s.SelfCheckSummary(ctx, c.ID)); sum.Returned+sum.Missing+sum.Excused != sum.Expected {
			t.Errorf("%s: %+v", when, sum.Rate)
		}
	}
	states("left", "已交回 已交回", "免查离职 免签离职", "免查产假，至 2026-09-01 免签产假，至 2026-09-01", "免查离职 免签离职")
	wantCode(t, s.SendBackSelfCheck(ctx, rows[0].ID, "敷衍"), model.Conflict)
	wantCode(t, s.ReopenSelfCheck(ctx, rows[1].ID, "误"), model.Conflict)
	wantCode(t, s.ReopenCommitment(ctx, letters[1].ID, "误"), model.Conflict)

	// The leave ends while nobody is there to sign.
	at.add(30 * 24 * time.Hour)
	s = reopened(t, s)
	enter(t, s)
	states("later", "已交回 已交回", "免查离职 免签离职", "免查产假，至 2026-09-01 免签产假，至 2026-09-01", "免查离职 免签离职")
	// A wrong return of a leaver: nobody waits for the form.
	ok(t, s.ReopenSelfCheck(ctx, rows[0].ID, "登记错人"))
	ok(t, s.ReopenCommitment(ctx, letters[0].ID, "登记错人"))
	states("reopened", "免查离职 免签离职", "免查离职 免签离职", "免查产假，至 2026-09-01 免签产假，至 2026-09-01", "免查离职 免签离职")

	for _, r := range rows {
		ok(t, s.ComeBack(ctx, r.StaffID))
	}
	states("came back", "未打印 未打印", "未打印 未打印", "免查产假，至 2026-09-01 免签产假，至 2026-09-01", "补课敷衍 未打印")
	s = reopened(t, s)
	enter(t, s)
	states("the next start", "未打印 未打印", "未打印 未打印", "未打印 未打印", "补课敷衍 未打印")
	lines := must[[]model.AuditLine](t)(s.AuditLines(ctx, "自查表", rows[2].ID, 1))
	if lines[0].Action != "免查到期（自动）" || lines[0].Actor != theProgram {
		t.Errorf("the trail says %+v", lines[0])
	}
	clean(t, s)
}
