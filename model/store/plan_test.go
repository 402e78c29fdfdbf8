package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"qingfeng/model"
)

// bare is a plan without what the database gives it.
func bare(p model.Plan) model.Plan {
	p.ID = 0
	p.Phases, p.Members, p.Deadlines = slices.Clone(p.Phases), slices.Clone(p.Members), slices.Clone(p.Deadlines)
	p.Duties, p.Items = slices.Clone(p.Duties), slices.Clone(p.Items)
	for i := range p.Phases {
		p.Phases[i].ID, p.Phases[i].CampaignID = 0, 0
	}
	for i := range p.Members {
		p.Members[i].ID, p.Members[i].CampaignID = 0, 0
	}
	for i := range p.Deadlines {
		p.Deadlines[i].ID, p.Deadlines[i].CampaignID = 0, 0
	}
	for i := range p.Duties {
		p.Duties[i].ID, p.Duties[i].CampaignID = 0, 0
	}
	for i := range p.Items {
		p.Items[i].ID, p.Items[i].CampaignID = 0, 0
	}
	return p
}

// planText is a plan as text, to compare.
func planText(p model.Plan) string { return strings.ReplaceAll(fmt.Sprintf("%+v", p), "} {", "}\n{") }

func TestEveryTemplateBecomesACampaign(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	templates, err := s.Assets().CampaignTemplates()
	ok(t, err)
	if len(templates) != 8 {
		t.Errorf("%d templates", len(templates))
	}
	for _, year := range []int{2025, 2026} {
		for _, tpl := range templates {
			p := must[model.Plan](t)(s.NewPlan(tpl.ID, year))
			if len(p.Phases) != len(tpl.Phases) || len(p.Members) != len(tpl.Members) || len(p.Deadlines) != len(tpl.Deadlines) ||
				len(p.Duties) != len(tpl.Duties) || len(p.Items) != 9+len(tpl.Focus) {
				t.Errorf("%s: the plan has not all lines of the template", tpl.ID)
			}
			if p.Items[0].Source != "医疗机构工作人员廉洁从业九项准则" || len(tpl.Focus) > 0 && p.Items[9].Source != model.FocusSource {
				t.Errorf("%s: items from %s and %s", tpl.ID, p.Items[0].Source, p.Items[9].Source)
			}
			if !strings.HasPrefix(string(p.StartsOn), fmt.Sprint(year)) {
				t.Errorf("%s: starts on %s in %d", tpl.ID, p.StartsOn, year)
			}
			before := len(must[Rows[model.AuditLine]](t)(s.Trail(ctx, TrailFilter{}, Page{})).Items)
			id, err := s.StartCampaign(ctx, p)
			if err != nil {
				t.Errorf("%s in %d: %v", tpl.ID, year, err)
				continue
			}
			got := must[model.Plan](t)(s.Plan(ctx, id))
			if got.ID != id || planText(bare(got)) != planText(p) {
				t.Errorf("%s in %d came back as\n%s\nwant\n%s", tpl.ID, year, planText(bare(got)), planText(p))
			}
			lines := must[Rows[model.AuditLine]](t)(s.Trail(ctx, TrailFilter{}, Page{})).Items[before:]
			if want := 1 + len(p.Phases) + len(p.Members) + len(p.Deadlines) + len(p.Duties) + 1; len(lines) != want {
				t.Errorf("%s: %d audit lines, want %d", tpl.ID, len(lines), want)
			}
		}
	}
	clean(t, s)
}

const ownTemplate = `id = "own"
title = "{year}年窗口服务行动"
document_no = "院发1号"
starts = "11-01"
ends = "+1/03-31"
basis = "院务会"
scope = "窗口科室"
recipient = "县卫健局"
focus = ["有无推诿患者"]
phase = [{ kind = "自查自纠", name = "自查", starts = "11-01", ends = "+1/02-29", tasks = "对照检查" }]
member = [{ role = "组长", post = "院长" }]
duty = [{ project = "窗口", goal = "不让患者多跑", measure = "一站式办理", departments = "门诊部" }]
deadline = [
  { title = "名单", recipient = "局办", every = "once", date = "+1/01-10", roll = "after" },
  { title = "季报", every = "quarterly", working_days = 5, before = true },
  { title = "年报", every = "yearly", month = 12, day = 15 },
]
`

// Every field of a template is taken over, its days moved to the year.
func TestAPlanOfTheOfficesOwnTemplate(t *testing.T) {
	s := openTest(t)
	file := filepath.Join(s.Folder().Overrides(), "campaigns", "own.toml")
	ok(t, os.MkdirAll(filepath.Dir(file), 0o700))
	ok(t, os.WriteFile(file, []byte(ownTemplate), 0o600))
	p := must[model.Plan](t)(s.NewPlan("own", 2026))
	p.Items = p.Items[8:]
	want := model.Plan{
		Campaign: model.Campaign{TemplateID: "own", Title: "2026年窗口服务行动", DocumentNo: "院发1号", StartsOn: "2026-11-01", EndsOn: "2027-03-31",
			Basis: "院务会", Scope: "窗口科室", Recipient: "县卫健局", LookBackDays: model.UsualLookBack},
		Phases:  []model.Phase{{Position: 1, Kind: "自查自纠", Name: "自查", StartsOn: "2026-11-01", EndsOn: "2027-02-28", Tasks: "对照检查"}},
		Members: []model.Member{{Position: 1, Role: "组长", Post: "院长"}},
		Deadlines: []model.Deadline{
			{Position: 1, Title: "名单", Recipient: "局办", DeadlineRule: model.DeadlineRule{Every: model.Once, Date: "2027-01-10", Roll: model.RollAfter}},
			{Position: 2, Title: "季报", DeadlineRule: model.DeadlineRule{Every: model.Quarterly, WorkingDays: 5, Before: true}},
			{Position: 3, Title: "年报", DeadlineRule: model.DeadlineRule{Every: model.Yearly, Month: 12, Day: 15}},
		},
		Duties: []model.Duty{{Position: 1, Project: "窗口", Goal: "不让患者多跑", Measure: "一站式办理", Departments: "门诊部", State: model.DutyOpen}},
		Items: []model.CheckItem{{Position: 9, Source: "医疗机构工作人员廉洁从业九项准则", Text: "恪守交往底线，不收受企业回扣"},
			{Position: 10, Source: model.FocusSource, Text: "有无推诿患者"}},
	}
	if planText(p) != planText(want) {
		t.Errorf("got\n%s\nwant\n%s", planText(p), planText(want))
	}
}

func TestAnOlderCampaignHasTheChecklistOfItsTime(t *testing.T) {
	s := openTest(t)
	p := must[model.Plan](t)(s.NewPlan("county-plan-2024", 2021))
	if p.Items[0].Source != "加强医疗卫生行风建设“九不准”" {
		t.Errorf("items of %s in July 2021", p.Items[0].Source)
	}
	_, err := s.NewPlan("county-plan-2024", 2010)
	wantCode(t, err, model.Invalid)
	_, err = s.NewPlan("no-such", 2026)
	wantCode(t, err, model.NotFound)
}

func TestACampaignWithoutATemplate(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	m := model.Campaign{Title: "窗口服务专项行动", StartsOn: "2026-03-01", EndsOn: "2026-05-31", LookBackDays: 30}
	m.ID = must[int64](t)(s.SaveCampaign(ctx, m))
	p := must[model.Plan](t)(s.Plan(ctx, m.ID))
	if p.Campaign != m || len(p.Items) != 9 || len(p.Phases)+len(p.Members)+len(p.Deadlines)+len(p.Duties) != 0 {
		t.Errorf("began as %+v", p)
	}
	lines := must[Rows[model.AuditLine]](t)(s.Trail(ctx, TrailFilter{Entity: "自查项目"}, Page{})).Items
	if len(lines) != 1 || lines[0].After != `{"campaign_id":1,"count":9}` {
		t.Errorf("the trail says %+v", lines)
	}
	_, err := s.Plan(ctx, 99)
	wantCode(t, err, model.NotFound)
}

func TestPlansThatAreRefused(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	drive(t, s)
	before := dump(t, s)
	for name, c := range map[string]struct {
		spoil func(p *model.Plan)
		want  string
	}{
		"title taken":        {func(p *model.Plan) { p.Title = "2026年医疗行业作风建设专项行动" }, "已有同名的专项行动"},
		"no title":           {func(p *model.Plan) { p.Title = " " }, "名称：不能为空"},
		"ends early":         {func(p *model.Plan) { p.EndsOn = "2027-11-15" }, "结束日期：阶段“整治阶段”（2027-08-01 至 2027-11-30）在这个日期之外"},
		"starts late":        {func(p *model.Plan) { p.StartsOn = "2027-07-02" }, "开始日期：阶段“自查阶段”"},
		"phase without name": {func(p *model.Plan) { p.Phases[1].Name = "" }, "阶段“”有误：名称：不能为空"},
		"member":             {func(p *model.Plan) { p.Members[0].Role = "队长" }, "领导小组“队长 党委书记”有误：组内职务：应为"},
		"deadline":           {func(p *model.Plan) { p.Deadlines[0].Date = "" }, "时限“专职行风建设人员名单”有误：日期：请填写日期"},
		"never due": {func(p *model.Plan) {
			p.Deadlines[0].DeadlineRule = model.DeadlineRule{Every: model.Yearly, Month: 5, Day: 1}
		}, "时限“专职行风建设人员名单”有误：周期：在专项行动期间（2027-07-01 至 2027-12-31）一次也不会到期"},
		"duty": {func(p *model.Plan) { p.Duties[2].State = "" }, "责任事项“行风管理机制：配备专职"},
		"item": {func(p *model.Plan) { p.Items[0].Text = "" }, "自查项目“”有误"},
	} {
		p := must[model.Plan](t)(s.NewPlan("county-plan-2024", 2027))
		c.spoil(&p)
		_, err := s.StartCampaign(ctx, p)
		wantCode(t, err, model.Invalid)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if d := differences(before, dump(t, s)); len(d) > 0 {
		t.Errorf("a refused plan left %v", d)
	}
}

func TestDatesOfACampaignHoldItsPlan(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	c := drive(t, s)
	monthly := must[int64](t)(s.SavePart(ctx, model.Deadline{CampaignID: c.ID, Title: "月报", DeadlineRule: model.DeadlineRule{Every: model.Monthly, Day: 10}}))
	ok(t, s.MeetDeadline(ctx, monthly, "2026-07", "2026-07-09", ""))
	before := dump(t, s)
	for _, d := range []struct {
		starts, ends string
		code         model.Code
		want         string
	}{
		{"2026-07-02", "2026-12-31", model.Invalid, "开始日期：阶段“自查阶段”（2026-07-01 至 2026-08-15）"},
		{"2026-07-01", "2026-12-30", model.Invalid, "结束日期：阶段“总结阶段”"},
		{"2026-07-01", "2026-08-14", model.Invalid, "阶段“自查阶段”（2026-07-01 至 2026-08-15）在这个日期之外，请先调整阶段；结束日期：阶段“整治阶段”"},
	} {
		m := c
		m.StartsOn, m.EndsOn = dateOf(d.starts), dateOf(d.ends)
		_, err := s.SaveCampaign(ctx, m)
		wantCode(t, err, d.code)
		if err == nil || !strings.Contains(err.Error(), d.want) {
			t.Errorf("%s to %s: %v, want %s", d.starts, d.ends, err, d.want)
		}
	}
	if d := differences(before, dump(t, s)); len(d) > 0 {
		t.Errorf("a refused change left %v", d)
	}
	p := must[model.Plan](t)(s.Plan(ctx, c.ID))
	p.Phases[0].StartsOn = "2026-08-01"
	must[int64](t)(s.SavePart(ctx, p.Phases[0]))
	m := c
	m.StartsOn = "2026-08-01"
	_, err := s.SaveCampaign(ctx, m) // July was met
	wantCode(t, err, model.Conflict)
	m.StartsOn = "2026-07-10"
	m.EndsOn = "2027-01-31"
	must[int64](t)(s.SaveCampaign(ctx, m))
	clean(t, s)
}
