package campaign

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// planned is a page with the plan of the county's campaign open on a section.
func planned(t *testing.T, section string) (*desk, *CampaignsPage) {
	t.Helper()
	d := newDesk(t)
	d.campaign(2026)
	p := NewCampaigns(d.deps)
	d.Show(p)
	p.openPlan(d.inHand.ID, section, nil)
	d.Win.Content().Refresh()
	return d, p
}

// plan is the plan in hand as it is stored.
func (d *desk) plan() model.Plan {
	d.T.Helper()
	return must[model.Plan](d.T)(d.Store.Plan(context.Background(), d.inHand.ID))
}

func section[S any](t *testing.T, p *CampaignsPage) S {
	t.Helper()
	s, ok := p.plan.sections[p.plan.shown].(S)
	if !ok {
		t.Fatalf("the section %s is a %T", p.plan.shown, p.plan.sections[p.plan.shown])
	}
	return s
}

func TestPlanOpensInPlaceOfTheList(t *testing.T) {
	d := newDesk(t)
	d.campaign(2026)
	p := NewCampaigns(d.deps)
	d.Show(p)
	p.SelectID(d.inHand.ID)
	d.Tap("打开方案")
	d.Sees("自查阶段，还有 4 天", "自查率", "承诺书签订率", "问题销号率", "责任事项完成率", "0 / 31 项", "接下来的时限", "专职行风建设人员名单", "4 天", "组长：")
	for _, step := range []struct{ section, sees string }{
		{"阶段", "整治阶段"}, {"领导小组", "待填姓名"}, {"时限", "8月15日前"}, {"责任清单", "31 条"}, {"自查项目", "本次重点"}, {"概况", "方案"},
	} {
		d.Tap(step.section)
		d.Sees(step.sees, "2026年医疗行业作风建设专项行动")
	}
	d.Tap("全部时限")
	d.Sees("新增", "每一期")
	d.Tap("← 全部专项行动")
	d.Sees("方案与进度", "打开方案")
	d.SeesNot("每一期")
}

func TestPlanDoors(t *testing.T) {
	d := newDesk(t)
	other := d.campaign(2025)
	d.campaign(2026)
	opened := 0
	d.deps.OpenChecks = func() { opened++ }
	p := NewCampaigns(d.deps)
	d.Show(p)
	check(t, d.Store.MeetDeadline(context.Background(), d.plan().Deadlines[0].ID, "2026-08-15", "2026-08-10", ""))
	p.ShowDeadlines(d.inHand.ID)
	d.Sees("1 条，共 1 期未办结", "专项行动总结")
	d.SeesNot("专职行风建设人员名单")
	p.ShowDuties(other.ID)
	d.Sees("2025年医疗行业作风建设专项行动", "已于 2025-12-31 结束", "31 条")
	d.Tap("概况", "查看自查表")
	if opened != 1 || d.inHand.ID != other.ID {
		t.Errorf("opened %d times with %s in hand", opened, d.inHand.Title)
	}
}

func TestPhasesAreAddedChangedMovedAndRemoved(t *testing.T) {
	d, _ := planned(t, sectionPhases)
	d.Tap("新增")
	d.Fields()[0].(*kit.Entry).SetText("动员会")
	d.Fields()[1].(*kit.DateField).SetDate("2026-06-01")
	d.Fields()[2].(*kit.DateField).SetDate("2026-07-05")
	d.TapLast("新增")
	d.Sees("不在专项行动期间（2026-07-01 至 2026-12-31）")
	if len(d.plan().Phases) != 3 {
		t.Fatal("a phase outside of the campaign was added")
	}
	d.Fields()[1].(*kit.DateField).SetDate("2026-07-01")
	d.TapLast("新增")
	d.Sees("已保存阶段", "动员会", "4 条")
	d.Tap("上移")
	if got := names(d.plan().Phases, func(r model.Phase) string { return r.Name }); got != "自查阶段 整治阶段 动员会 总结阶段" {
		t.Errorf("phases are %s", got)
	}
	d.Tap("修改")
	d.Fields()[3].(*kit.Entry).SetText("召开动员会\n印发方案")
	d.Tap("保存")
	d.Sees("召开动员会 印发方案")
	d.Tap("删除…")
	d.Sees("从方案中删除“动员会”")
	d.Tap("取消")
	d.Tap("删除…", "删除")
	if got := names(d.plan().Phases, func(r model.Phase) string { return r.Name }); got != "自查阶段 整治阶段 总结阶段" {
		t.Errorf("phases are %s", got)
	}
}

func names[R any](rows []R, name func(R) string) string {
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = name(r)
	}
	return strings.Join(out, " ")
}

func TestMemberIsTakenFromTheStaff(t *testing.T) {
	d, p := planned(t, sectionMembers)
	d.Staff("纪检监察室", "01", "阿依古丽·买买提")
	section[*parts[model.Member]](t, p).Table().SelectIndex(0)
	d.Tap("修改")
	members := d.Fields()
	p.plan.fillMember(1, members[0].(*kit.Entry), members[1].(*kit.Entry))
	d.Tap("保存")
	m := d.plan().Members[0]
	if m.Name != "阿依古丽·买买提" || m.Post == "" || m.Role != "组长" {
		t.Errorf("the first member is %+v", m)
	}
	found := must[[]kit.Suggestion](t)(office.SuggestPeople(p.deps.Store, nil)(context.Background(), "aygl"))
	if len(found) != 1 || found[0].Hint != "纪检监察室 0100" {
		t.Errorf("suggested are %+v", found)
	}
}

func TestItemsAreFixedOnceFormsArePrinted(t *testing.T) {
	ctx := context.Background()
	d, p := planned(t, sectionItems)
	d.Staff("急诊科", "01", "张堃")
	d.Tap("新增")
	d.Fields()[0].(*kit.Entry).SetText("有无违规收取押金")
	d.TapLast("新增")
	d.Sees("17 条", "有无违规收取押金")
	must[int](t)(d.Store.MakeSelfChecks(ctx, d.inHand.ID, model.PersonalSelfCheck))
	forms := must[store.Rows[store.SelfCheckRow]](t)(d.Store.SelfChecks(ctx, store.SelfCheckFilter{CampaignID: d.inHand.ID, Kind: model.PersonalSelfCheck}, store.Page{}))
	check(t, d.Store.MarkSelfChecksPrinted(ctx, []int64{forms.Items[0].ID}))
	section[*parts[model.CheckItem]](t, p).Table().SelectIndex(3)
	d.Tap("删除…", "删除")
	d.Sees("自查项目不能再改")
	d.Tap("知道了")
	d.Tap("上移")
	d.Sees("自查项目不能再改")
	if n := len(d.plan().Items); n != 17 {
		t.Errorf("%d items", n)
	}
}

func TestCampaignChangesFromItsOverview(t *testing.T) {
	d, p := planned(t, sectionOverview)
	changed := 0
	p.plan.deps.OnCampaigns = func() { changed++ }
	d.Tap("修改")
	d.Fields()[3].(*kit.DateField).SetDate("2026-10-31")
	d.Tap("保存")
	d.Sees("阶段“整治阶段”（2026-08-01 至 2026-11-30）在这个日期之外")
	d.Fields()[3].(*kit.DateField).SetDate("2026-12-31")
	d.Fields()[5].(*kit.Entry).SetText("一个月")
	d.Tap("保存")
	d.Sees("应为 0 至 3650 天")
	d.Fields()[5].(*kit.Entry).SetText("30")
	d.Fields()[0].(*kit.Entry).SetText("2026年行风专项行动")
	d.Tap("保存")
	d.Sees("2026年行风专项行动", "问题销号 30 天后")
	if changed != 1 || d.plan().LookBackDays != 30 {
		t.Errorf("told %d times, %+v", changed, d.plan().Campaign)
	}
}

// Every role sees a plan; what it may not do has no button.
func TestRolesOfAPlan(t *testing.T) {
	writes := []string{"新增", "修改", "修改时限", "上移", "删除…", "办结…", "进展…"}
	for role, want := range map[model.Role][]string{
		model.Clerk:    {"撤销办结…", "导出", "佐证…"},
		model.Reviewer: {"撤销办结…", "导出", "佐证…"},
		model.Auditor:  {"导出", "佐证…"},
	} {
		t.Run(string(role), func(t *testing.T) {
			d := newDesk(t)
			d.campaign(2026)
			first := d.plan().Deadlines[0]
			check(t, d.Store.MeetDeadline(context.Background(), first.ID, "2026-08-15", "2026-08-10", ""))
			d.Become(role)
			p := NewCampaigns(d.deps)
			d.Show(p)
			p.SelectID(d.inHand.ID)
			seen := map[string]bool{}
			note := func() {
				for _, s := range d.Screen() {
					seen[s.Text] = true
				}
			}
			d.Tap("打开方案")
			note()
			for _, s := range planSections[1:] {
				d.Tap(s.Text)
				for i := range 3 {
					selectIn(p, i)
					note()
				}
			}
			for _, label := range want {
				if !seen[label] {
					t.Errorf("no %s", label)
				}
			}
			for _, label := range writes {
				if seen[label] != (role == model.Clerk) {
					t.Errorf("%s shown: %v", label, seen[label])
				}
			}
			if slices.Contains(want, "撤销办结…") != seen["撤销办结…"] {
				t.Errorf("撤销办结… shown: %v", seen["撤销办结…"])
			}
		})
	}
}

// selectIn selects the i-th row of the section that is shown.
func selectIn(p *CampaignsPage, i int) {
	switch s := p.plan.sections[p.plan.shown].(type) {
	case *parts[model.Phase]:
		s.Table().SelectIndex(i)
	case *parts[model.Member]:
		s.Table().SelectIndex(i)
	case *parts[model.CheckItem]:
		s.Table().SelectIndex(i)
	case *duties:
		s.Table().SelectIndex(i)
	case *deadlines:
		s.Table().SelectIndex(i)
	}
}

func TestStageOf(t *testing.T) {
	plan := model.Plan{Campaign: model.Campaign{StartsOn: "2026-07-01", EndsOn: "2026-12-31"}, Phases: []model.Phase{
		{Name: "自查", StartsOn: "2026-07-01", EndsOn: "2026-08-15"}, {Name: "全县医疗行业集中整治和提升阶段", StartsOn: "2026-08-01", EndsOn: "2026-11-30"}}}
	for today, want := range map[day.Date]string{
		"2026-06-30": "2026-07-01 开始，还有 1 天",
		"2026-07-01": "自查，还有 45 天",
		"2026-08-15": "自查，今天结束",
		"2026-08-16": "全县医疗行业集中整治和…，还有 106 天",
		"2026-12-01": "进行中，还有 30 天",
		"2027-01-01": "已于 2026-12-31 结束",
	} {
		if got := stageOf(plan, today); got != want {
			t.Errorf("%s: %s, want %s", today, got, want)
		}
	}
}

// A campaign may begin shortly before a month does, and end shortly after.
func TestMonthsOfATimelineStandClear(t *testing.T) {
	newDesk(t)
	for _, c := range []struct{ from, to, sees string }{
		{"2026-07-01", "2026-12-31", "7月 8月 9月 10月 11月 12月"},
		{"2026-06-28", "2026-12-31", "6月 8月 9月 10月 11月 12月"},
		{"2026-07-01", "2026-12-03", "7月 8月 9月 10月 11月"},
	} {
		axis := timeline{day.Date(c.from).Time(), day.Date(c.to).Time()}.axis().(*fyne.Container)
		axis.Resize(fyne.NewSize(263, 20)) // as in a window of 1366 px
		var seen []string
		for _, o := range axis.Objects {
			if o.Visible() {
				seen = append(seen, o.(*kit.Label).Text())
			}
		}
		if got := strings.Join(seen, " "); got != c.sees {
			t.Errorf("%s to %s: %s", c.from, c.to, got)
		}
	}
}
