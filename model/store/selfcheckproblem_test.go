package store

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/folder"
)

func findingsOf(t testing.TB, s *Store, nos []string) []FindingRow {
	t.Helper()
	return must[Rows[FindingRow]](t)(s.Findings(context.Background(), FindingFilter{AllCampaigns: true, FormNos: nos}, Page{Sort: "form_no"})).Items
}

func TestAProblemIsAFindingUntilTheFormIsCorrected(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	c, rows, items := forms(t, s, 2)
	enter := func(problems ...model.Problem) ([]string, error) {
		return s.RecordSelfCheck(ctx, rows[0].ID, SelfCheckEntry{On: "2026-08-10", Problems: problems, Opinions: model.Opinions{Department: "属实"}})
	}
	first, second := stated(items[2].ID, " "+itsDeed+"\n"), stated(items[0].ID, "另一件事")
	nos := must[[]string](t)(enter(first, second))
	found := findingsOf(t, s, nos)
	if len(found) != 2 {
		t.Fatalf("findings %v: %+v", nos, found)
	}
	f := found[0].Finding
	want := model.Finding{ID: f.ID, FormNo: nos[0], CampaignID: c.ID, Source: "自查", Origin: rows[0].FormNo, ProblemID: f.ProblemID, FoundOn: "2026-08-10",
		Category: "不实施过度诊疗", Level: model.Ordinary, DepartmentID: rows[0].SignerDepartmentID, StaffID: rows[0].StaffID,
		Problem: "不实施过度诊疗方面有问题", Measure: first.Measure, DueOn: first.DueOn, State: model.ToMend}
	if f != want || found[0].Person != "张三" || found[0].Department != "急诊科" {
		t.Errorf("the finding is\n%+v, want\n%+v", f, want)
	}
	got := must[[]model.Problem](t)(s.Problems(ctx, rows[0].ID))
	if len(got) != 2 || got[0].ItemID != items[0].ID || got[1].Particulars != itsDeed || got[1].Counterpart != itsCompany || got[1].HappenedOn != "2026-03" {
		t.Errorf("the form states %+v", got)
	}
	row := selfCheckOf(t, s, rows[0].ID)
	if row.Problems != 2 || row.DepartmentOpinion != "属实" || row.State != model.Returned {
		t.Errorf("the form is %+v", row)
	}
	unchanged(t, s, "the same again", func() string { must[[]string](t)(enter(second, first)); return "" })

	// The register's own changes stay unless the form's are of the same field.
	f.Leader, f.DueOn = "分管副院长", "2026-09-15"
	_, _, err := s.SaveFinding(ctx, f)
	ok(t, err)
	first.Measure = "退还并说明"
	if nos := must[[]string](t)(enter(first)); len(nos) != 0 {
		t.Errorf("a correction made %v", nos)
	}
	found = findingsOf(t, s, nos[:1])
	if f := found[0]; f.Measure != "退还并说明" || f.DueOn != "2026-09-15" || f.Leader != "分管副院长" {
		t.Errorf("the finding after: %+v", f)
	}
	gone := must[FindingRow](t)(s.FindingByNumber(ctx, nos[1]))
	if gone.State != model.Withdrawn || gone.VoidReason != "自查表更正" || gone.VoidedOn != s.Today() {
		t.Errorf("the finding that was none: %+v", gone)
	}
	if n := selfCheckOf(t, s, rows[0].ID).Problems; n != 1 {
		t.Errorf("%d problems", n)
	}
	first.DueOn = "2026-10-01"
	must[[]string](t)(enter(first))
	if f := findingsOf(t, s, nos[:1])[0]; f.DueOn != "2026-10-01" {
		t.Errorf("the limit is %s", f.DueOn)
	}
	again := must[[]string](t)(enter(first, second))
	if len(again) != 1 || again[0] == nos[1] {
		t.Errorf("stated again: %v", again)
	}

	// Once somebody mends it, it cannot vanish with the form.
	ok(t, s.BeginFinding(ctx, f.ID, s.Today()))
	first.Measure = "再次修改"
	must[[]string](t)(enter(first, second))
	if f := findingsOf(t, s, nos[:1])[0]; f.Measure != "退还并说明" || f.State != model.Mending {
		t.Errorf("a finding being mended: %+v", f)
	}
	for name, refused := range map[string]func() error{
		"correcting": func() error { _, err := enter(second); return err },
		"reopening":  func() error { return s.ReopenSelfCheck(ctx, rows[0].ID, "登记错") },
		"voiding":    func() error { return s.VoidSelfCheck(ctx, rows[0].ID, "拿错了") },
		"as nothing": func() error { _, err := enter(); return err },
	} {
		unchanged(t, s, name, func() string {
			err := refused()
			wantCode(t, err, model.Conflict)
			if err != nil && !strings.Contains(err.Error(), nos[0]+" 已是“整改中”") {
				t.Errorf("%s: %v", name, err)
			}
			return ""
		})
	}
	// A form done again must not lose it either, and one refused scan changes nothing.
	ok(t, s.SendBackSelfCheck(ctx, rows[0].ID, "避重就轻"))
	if row := selfCheckOf(t, s, rows[0].ID); row.Note() != "避重就轻" || row.State != model.SentBack {
		t.Errorf("sent back: %+v", row)
	}
	unchanged(t, s, "a scan", func() string {
		res := must[[]SelfCheckResult](t)(s.ReturnSelfChecks(ctx, c.ID, []string{rows[0].FormNo}, s.Today(), false))
		if !strings.Contains(res[0].Problem, nos[0]) {
			t.Errorf("a scan of it: %q", res[0].Problem)
		}
		return ""
	})
	if n := len(must[[]string](t)(s.RecordSelfCheck(ctx, rows[0].ID, SelfCheckEntry{On: s.Today(), Problems: []model.Problem{first}}))); n != 0 {
		t.Errorf("done again: %d new findings", n)
	}
	clean(t, s)
}

func TestReopeningAFormTakesBackWhatItStated(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	_, rows, items := forms(t, s, 2)
	enter := func(i int) string {
		return must[[]string](t)(s.RecordSelfCheck(ctx, rows[i].ID, SelfCheckEntry{On: s.Today(), Problems: []model.Problem{stated(items[0].ID, itsDeed)}}))[0]
	}
	for i, x := range []struct {
		why  string
		step func(id int64) error
	}{
		{"自查表撤销登记", func(id int64) error { return s.ReopenSelfCheck(ctx, id, "登记错人") }},
		{"自查表作废", func(id int64) error { return s.VoidSelfCheck(ctx, id, "拿错了表") }},
	} {
		no := enter(i)
		ok(t, x.step(rows[i].ID))
		row := selfCheckOf(t, s, rows[i].ID)
		f := must[FindingRow](t)(s.FindingByNumber(ctx, no))
		if row.State == model.Returned || row.Problems != 0 || f.State != model.Withdrawn || f.VoidReason != x.why || len(must[[]model.Problem](t)(s.Problems(ctx, rows[i].ID))) != 0 {
			t.Errorf("%s: %+v, %+v", x.why, row, f)
		}
	}
	wantCode(t, s.ReopenSelfCheck(ctx, rows[0].ID, " "), model.Invalid)
	clean(t, s)
}

func TestOpinionsOfAReturnedForm(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	c, rows, _ := forms(t, s, 1)
	said := model.Opinions{Department: "情况属实", DepartmentOn: "2026-08-10", Office: "同意", OfficeOn: "2026-08-11"}
	wantCode(t, s.SaveOpinions(ctx, rows[0].ID, said), model.Conflict)
	must[[]SelfCheckResult](t)(s.ReturnSelfChecks(ctx, c.ID, []string{rows[0].FormNo}, s.Today(), false))
	ok(t, s.SaveOpinions(ctx, rows[0].ID, said))
	unchanged(t, s, "the same again", func() string { ok(t, s.SaveOpinions(ctx, rows[0].ID, said)); return "" })
	if r := selfCheckOf(t, s, rows[0].ID); r.DepartmentOpinion != said.Department || r.DepartmentOpinionOn != said.DepartmentOn || r.OfficeOpinion != said.Office || r.OfficeOpinionOn != said.OfficeOn {
		t.Errorf("it says %+v", r)
	}
	said.OfficeOn = "2026-08-12"
	wantCode(t, s.SaveOpinions(ctx, rows[0].ID, said), model.Invalid)
}

// What a form states is in no file of the folder and in no log, whatever is
// done to the form, and opens again after a change of key and from a backup.
func TestNoFileHoldsWhatAFormStates(t *testing.T) {
	ctx := context.Background()
	log := logged(t)
	dir := filepath.Join(t.TempDir(), "清风 数据")
	s := openIn(t, dir)
	_, rows, items := forms(t, s, 3)
	const corrected, dropped, refused = "代表以讲课费名义转账两次", "科室会后宴请一次", "不是本表项目的陈述内容"
	values := []string{itsDeed, itsCompany, corrected, dropped, refused}
	enter := func(row SelfCheckRow, problems ...model.Problem) error {
		_, err := s.RecordSelfCheck(ctx, row.ID, SelfCheckEntry{On: s.Today(), Problems: problems})
		return err
	}
	ok(t, enter(rows[0], stated(items[0].ID, itsDeed), stated(items[1].ID, dropped)))
	ok(t, enter(rows[0], stated(items[0].ID, corrected)))
	wantCode(t, enter(rows[0], stated(999, refused)), model.Invalid)
	ok(t, enter(rows[1], stated(items[2].ID, itsDeed)))
	ok(t, s.VoidSelfCheck(ctx, rows[1].ID, "拿错了表"))
	ok(t, enter(rows[2], stated(items[2].ID, itsDeed)))
	ok(t, s.SendBackSelfCheck(ctx, rows[2].ID, "避重就轻"))
	must[BackupResult](t)(s.Backup(ctx, folder.Daily, ""))
	ok(t, s.Rekey(ctx, nil))
	must[BackupResult](t)(s.Backup(ctx, folder.OnDemand, ""))
	reads := func(want string) {
		t.Helper()
		got := must[[]model.Problem](t)(s.Problems(ctx, rows[0].ID))
		if len(got) != 1 || got[0].Particulars != want || got[0].Counterpart != itsCompany {
			t.Errorf("the form states %+v", got)
		}
	}
	reads(corrected)
	clean(t, s)
	wantNoSecret(t, "open", dir, values)
	for _, line := range must[Rows[model.AuditLine]](t)(s.Trail(ctx, TrailFilter{}, Page{})).Items {
		for _, v := range values {
			if strings.Contains(line.Before+line.After+line.Label, v) {
				t.Errorf("the trail tells %s: %+v", v, line)
			}
		}
	}
	s = reopened(t, s)
	wantNoSecret(t, "closed and open", dir, values)
	must[model.Account](t)(s.SignIn(ctx, "li", password))
	reads(corrected)
	if slices.ContainsFunc(values, func(v string) bool { return bytes.Contains(log.Bytes(), []byte(v)) }) {
		t.Errorf("the log tells it: %s", log)
	}
}
