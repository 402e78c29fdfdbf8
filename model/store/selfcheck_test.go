package store

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/formno"
)

// forms makes the personal self-check forms of a ward of n people and returns
// them in the order of 工号, with the campaign's items.
func forms(t testing.TB, s *Store, n int) (model.Campaign, []SelfCheckRow, []model.CheckItem) {
	t.Helper()
	ctx := context.Background()
	ward(t, s, "急诊科", "01", n)
	c := drive(t, s)
	must[int](t)(s.MakeSelfChecks(ctx, c.ID, model.PersonalSelfCheck))
	return c, selfCheckRows(t, s, SelfCheckFilter{CampaignID: c.ID, Kind: model.PersonalSelfCheck}), must[model.Plan](t)(s.Plan(ctx, c.ID)).Items
}

func selfCheckRows(t testing.TB, s *Store, f SelfCheckFilter) []SelfCheckRow {
	t.Helper()
	return must[Rows[SelfCheckRow]](t)(s.SelfChecks(context.Background(), f, Page{})).Items
}

func selfCheckOf(t testing.TB, s *Store, id int64) SelfCheckRow {
	t.Helper()
	return must[SelfCheckRow](t)(s.SelfCheck(context.Background(), id))
}

// unchanged runs what has to be refused and checks that no row changed.
func unchanged(t *testing.T, s *Store, name string, refused func() (said string)) string {
	t.Helper()
	before := dump(t, s)
	said := refused()
	for _, d := range differences(before, dump(t, s)) {
		t.Errorf("%s changed …%s", name, d[max(0, len(d)-400):])
	}
	return said
}

func TestANumberThatCannotBeTakenSaysWhyAndChangesNothing(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	c, rows, _ := forms(t, s, 8)
	old := must[model.Plan](t)(s.NewPlan("county-plan-2024", 2025))
	old.ID = must[int64](t)(s.StartCampaign(ctx, old))
	must[int](t)(s.MakeSelfChecks(ctx, old.ID, model.PersonalSelfCheck))
	others := selfCheckRows(t, s, SelfCheckFilter{CampaignID: old.ID, Kind: model.PersonalSelfCheck})
	must[int](t)(s.MakeCommitments(ctx, c.ID, model.PersonalCommitment))
	letter := must[Rows[CommitmentRow]](t)(s.Commitments(ctx, CommitmentFilter{CampaignID: c.ID, Kind: model.PersonalCommitment}, Page{})).Items[0]

	ok(t, s.MarkSelfChecksPrinted(ctx, []int64{rows[6].ID}))
	must[[]SelfCheckResult](t)(s.ReturnSelfChecks(ctx, c.ID, []string{rows[1].FormNo}, "2026-08-10", false))
	ok(t, s.Leave(ctx, rows[2].StaffID, "2026-08-03", "调出"))
	ok(t, s.VoidSelfCheck(ctx, rows[3].ID, "打印模糊"))
	must[[]SelfCheckResult](t)(s.ReturnSelfChecks(ctx, c.ID, []string{rows[5].FormNo}, "2026-08-10", false))
	ok(t, s.SendBackSelfCheck(ctx, rows[5].ID, "敷衍"))

	no := rows[0].FormNo
	other := func(at int) string { return no[:at] + string('0'+(no[at]-'0'+1)%10) + no[at+1:] }
	for _, x := range []struct{ name, number, want string }{
		{"a form of another campaign", others[0].FormNo, "（张三）属于“2025年医疗行业作风建设专项行动”，不是当前的专项行动"},
		{"scanned twice", rows[1].FormNo, "李喆：自查表 " + rows[1].FormNo + " 已于 2026-08-10 登记交回，不重复登记"},
		{"who left", rows[2].FormNo, "王䶮（01002）已于 2026-08-03 离职，其自查表不再登记"},
		{"void", rows[3].FormNo, "已作废（打印模糊），请用新的自查表"},
		{"one wrong in the year", other(6), "校验码不对"},
		{"one wrong in the running number", other(12), "校验码不对"},
		{"one wrong in the check digits", other(15), "校验码不对"},
		{"no number", "你好", "不是表单编号"},
		{"unknown", formno.No{Prefix: "ZC", Year: 2026, Seq: 99999}.String(), "找不到这份自查表：ZC-2026-99999"},
		{"a letter", letter.FormNo, letter.FormNo + " 是承诺书的编号，不是自查表，请到“承诺书”中办理"},
		{"sent back later", rows[5].FormNo, "于 2026-08-11 退回补课，交回日期 2026-08-10 不能比它早"},
		{"printed later", rows[6].FormNo, "于 2026-08-11 打印，交回日期 2026-08-10 不能比它早"},
	} {
		said := unchanged(t, s, x.name, func() string {
			return must[[]SelfCheckResult](t)(s.ReturnSelfChecks(ctx, c.ID, []string{x.number}, "2026-08-10", false))[0].Problem
		})
		if !strings.Contains(said, x.want) {
			t.Errorf("%s: %q, want %q", x.name, said, x.want)
		}
	}
	// Each refused number leaves the others alone.
	res := must[[]SelfCheckResult](t)(s.ReturnSelfChecks(ctx, c.ID, []string{other(12), rows[0].FormNo, rows[1].FormNo, rows[0].FormNo}, "2026-08-11", false))
	for i, taken := range []bool{false, true, false, false} {
		if (res[i].Problem == "") != taken {
			t.Errorf("number %d: %+v", i, res[i])
		}
	}
	said := unchanged(t, s, "a form among the letters", func() string {
		return must[[]ReturnResult](t)(s.ReturnCommitments(ctx, c.ID, []string{rows[4].FormNo}, "2026-08-10"))[0].Problem
	})
	if want := rows[4].FormNo + " 是自查表的编号，不是承诺书，请到“自查自纠”中办理"; said != want {
		t.Errorf("a form among the letters: %q", said)
	}
	if _, err := s.SelfCheckByNumber(ctx, letter.FormNo); model.CodeOf(err) != model.Invalid {
		t.Errorf("looking a letter up: %v", err)
	}
	clean(t, s)
}

func TestAWrongDaySaysWhyAndChangesNothing(t *testing.T) {
	ctx := context.Background()
	at := &clock{at: noon.AddDate(0, 0, 20)}
	s := openLocked(t, filepath.Join(t.TempDir(), "清风 数据"), at.options())
	enter(t, s)
	c, rows, _ := forms(t, s, 3)
	all := SelfCheckFilter{CampaignID: c.ID, Kind: model.PersonalSelfCheck}
	for _, x := range []struct {
		name string
		on   day.Date
		late bool
		want string
	}{
		{"before the phase", "2026-06-30", false, "的交回日期 2026-06-30 早于自查阶段（2026-07-01 至 2026-08-15），请核对日期"},
		{"before the phase, as late", "2026-06-30", true, "早于自查阶段"},
		{"after the phase", "2026-08-16", false, "晚于自查阶段（2026-07-01 至 2026-08-15）。确是阶段结束后补查的，请按“补查”登记；日期不对的请改正"},
		{"tomorrow", "2026-09-01", true, "交回日期 2026-09-01 在今天（2026-08-31）之后，请核对"},
		{"no day", "2026-08-32", false, "交回日期不是一个日期"},
	} {
		for way, refused := range map[string]func() string{
			"scanned": func() string {
				res, err := s.ReturnSelfChecks(ctx, c.ID, []string{rows[0].FormNo}, x.on, x.late)
				if err != nil {
					return err.Error()
				}
				return res[0].Problem
			},
			"by hand": func() string {
				_, err := s.RecordSelfCheck(ctx, rows[0].ID, SelfCheckEntry{On: x.on, Late: x.late})
				wantSentence(t, err)
				return err.Error()
			},
			"by department": func() string {
				_, err := s.ReturnSelfCheckDepartment(ctx, all, nil, x.on, x.late)
				wantSentence(t, err)
				return err.Error()
			},
		} {
			if said := unchanged(t, s, x.name, refused); !strings.Contains(said, x.want) {
				t.Errorf("%s, %s: %q, want %q", x.name, way, said, x.want)
			}
		}
	}
	must[[]SelfCheckResult](t)(s.ReturnSelfChecks(ctx, c.ID, []string{rows[0].FormNo}, "2026-08-16", true))
	must[[]SelfCheckResult](t)(s.ReturnSelfChecks(ctx, c.ID, []string{rows[1].FormNo}, "2026-08-15", true)) // marked late, and is not
	if a, b := selfCheckOf(t, s, rows[0].ID), selfCheckOf(t, s, rows[1].ID); !a.Late || b.Late {
		t.Errorf("late: %+v %+v", a, b)
	}
	ok(t, s.VoidSelfCheck(ctx, rows[0].ID, "拿错了表"))
	if _, err := s.ReturnSelfCheckDepartment(ctx, all, []string{"ZC-2026-00003-00"}, "2026-08-15", false); model.CodeOf(err) != model.Invalid {
		t.Errorf("an exception mistyped: %v", err)
	}
	clean(t, s)
}

// A wrong problem is refused with its item's name, and nothing is stored.
func TestAWrongProblemIsRefused(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	c, rows, items := forms(t, s, 2)
	other := must[model.Plan](t)(s.NewPlan("county-plan-2024", 2025))
	other.ID = must[int64](t)(s.StartCampaign(ctx, other))
	foreign := must[model.Plan](t)(s.Plan(ctx, other.ID)).Items[0].ID
	good := stated(items[0].ID, itsDeed)
	with := func(spoil func(*model.Problem)) []model.Problem { p := good; spoil(&p); return []model.Problem{p} }
	for _, x := range []struct {
		name  string
		entry SelfCheckEntry
		want  string
	}{
		{"another campaign's item", SelfCheckEntry{Problems: with(func(p *model.Problem) { p.ItemID = foreign })}, "不在“" + c.Title + "”的自查项目中"},
		{"an item twice", SelfCheckEntry{Problems: []model.Problem{good, good}}, "“" + items[0].Text + "”填写了两次"},
		{"no particulars", SelfCheckEntry{Problems: with(func(p *model.Problem) { p.Particulars = " " })}, "“" + items[0].Text + "”的具体表现：不能为空"},
		{"more handed in than taken", SelfCheckEntry{Problems: with(func(p *model.Problem) { p.HandedFen = 150001 })}, "已上交金额：应在 0 和涉及金额之间"},
		{"due before it came", SelfCheckEntry{Problems: with(func(p *model.Problem) { p.DueOn = "2026-08-09" })}, "的完成时限 2026-08-09 不能早于交回日期 2026-08-10"},
		{"an opinion of tomorrow", SelfCheckEntry{Opinions: model.Opinions{Office: "属实", OfficeOn: "2026-08-12"}}, "监督部门意见的日期 2026-08-12 在今天（2026-08-11）之后"},
		{"gaps too long", SelfCheckEntry{Gaps: strings.Repeat("缺", model.MaxNote+1)}, "制度缺陷：有 501 个字符，最多 500 个"},
	} {
		said := unchanged(t, s, x.name, func() string {
			x.entry.On = "2026-08-10"
			_, err := s.RecordSelfCheck(ctx, rows[0].ID, x.entry)
			wantSentence(t, err)
			if err == nil {
				return "nothing"
			}
			return err.Error()
		})
		if !strings.Contains(said, x.want) {
			t.Errorf("%s: %q, want %q", x.name, said, x.want)
		}
	}
	clean(t, s)
}
