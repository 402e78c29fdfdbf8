package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/model"
)

// lastLine is the last audit line of a record.
func lastLine(t *testing.T, s *Store, entity string, id int64) model.AuditLine {
	t.Helper()
	lines := must[[]model.AuditLine](t)(s.AuditLines(context.Background(), entity, id, 1))
	if len(lines) == 0 {
		t.Fatalf("no line about %s %d", entity, id)
	}
	return lines[0]
}

func TestLinesAreAddedChangedAndRemoved(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	id := drive(t, s).ID
	rule := model.DeadlineRule{Every: model.Monthly, Day: 10, Roll: model.RollBefore}
	for _, c := range []struct {
		entity         string
		add, change    func(line int64) model.PlanPart
		label          string
		before, after  string // of the change
		added, removed string // part of what the trail tells
	}{
		{"阶段", func(l int64) model.PlanPart {
			return model.Phase{ID: l, CampaignID: id, Kind: "检查整改", Name: "抽查", StartsOn: "2026-09-01", EndsOn: "2026-09-30"}
		}, func(l int64) model.PlanPart {
			return model.Phase{ID: l, CampaignID: id, Kind: "检查整改", Name: "抽查", StartsOn: "2026-09-01", EndsOn: "2026-10-15"}
		}, "抽查", `{"ends_on":"2026-09-30"}`, `{"ends_on":"2026-10-15"}`, `"position":4`, `"ends_on":"2026-10-15"`},
		{"领导小组", func(l int64) model.PlanPart {
			return model.Member{ID: l, CampaignID: id, Role: "联络员", Post: "干事"}
		}, func(l int64) model.PlanPart {
			return model.Member{ID: l, CampaignID: id, Role: "联络员", Post: "干事", Name: "周𬱖"}
		}, "联络员 干事 周𬱖", `{}`, `{"name":"周𬱖"}`, `"role":"联络员"`, `"name":"周𬱖"`},
		{"时限", func(l int64) model.PlanPart {
			return model.Deadline{ID: l, CampaignID: id, Title: "月报", Recipient: "县卫健局", DeadlineRule: rule}
		}, func(l int64) model.PlanPart {
			r := rule
			r.Day = 8
			return model.Deadline{ID: l, CampaignID: id, Title: "月报", Recipient: "县卫健局", DeadlineRule: r}
		}, "月报", `{"day":10}`, `{"day":8}`, `{"campaign_id":1,"day":10,"every":"monthly","position":3,"recipient":"县卫健局","roll":"before","title":"月报"}`, `"day":8`},
		{"责任事项", func(l int64) model.PlanPart {
			return model.Duty{ID: l, CampaignID: id, Project: "采购", Measure: "公开议价", State: model.DutyOpen}
		}, func(l int64) model.PlanPart {
			return model.Duty{ID: l, CampaignID: id, Project: "采购", Measure: "公开议价", State: model.DutyOpen, Departments: "设备科"}
		}, "采购：公开议价", `{}`, `{"departments":"设备科"}`, `"state":"未开始"`, `"departments":"设备科"`},
		{"自查项目", func(l int64) model.PlanPart {
			return model.CheckItem{ID: l, CampaignID: id, Source: model.FocusSource, Text: "有无统方"}
		}, func(l int64) model.PlanPart {
			return model.CheckItem{ID: l, CampaignID: id, Source: model.FocusSource, Text: "有无为商业目的统方"}
		}, "有无为商业目的统方", `{"text":"有无统方"}`, `{"text":"有无为商业目的统方"}`, `"source":"本次重点"`, `"text":"有无为商业目的统方"`},
	} {
		start := planText(must[model.Plan](t)(s.Plan(ctx, id)))
		line := must[int64](t)(s.SavePart(ctx, c.add(0)))
		if l := lastLine(t, s, c.entity, line); l.Action != "新增" || !strings.Contains(l.After, c.added) || l.Before != "" {
			t.Errorf("%s: added as %+v", c.entity, l)
		}
		same := dump(t, s)
		must[int64](t)(s.SavePart(ctx, c.add(line)))
		if d := differences(same, dump(t, s)); len(d) > 0 {
			t.Errorf("%s: saving it as it is changes %v", c.entity, d)
		}
		if got := must[int64](t)(s.SavePart(ctx, c.change(line))); got != line {
			t.Errorf("%s %d became %d", c.entity, line, got)
		}
		if l := lastLine(t, s, c.entity, line); l.Action != "修改" || l.Label != c.label || l.Before != c.before || l.After != c.after {
			t.Errorf("%s: changed as %+v", c.entity, l)
		}
		ok(t, s.RemovePart(ctx, c.change(line)))
		if l := lastLine(t, s, c.entity, line); l.Action != "删除" || !strings.Contains(l.Before, c.removed) || l.After != "" {
			t.Errorf("%s: removed as %+v", c.entity, l)
		}
		if got := planText(must[model.Plan](t)(s.Plan(ctx, id))); got != start {
			t.Errorf("%s: after all the plan is\n%s", c.entity, got)
		}
		wantCode(t, s.RemovePart(ctx, c.change(line)), model.NotFound)
		_, err := s.SavePart(ctx, c.change(line))
		wantCode(t, err, model.NotFound)
		if next := must[int64](t)(s.SavePart(ctx, c.add(0))); next <= line {
			t.Errorf("%s: a later line got the id of the removed one", c.entity)
		}
	}
	clean(t, s)
}

func TestALineStaysInItsPlan(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	first := must[model.Plan](t)(s.Plan(ctx, drive(t, s).ID))
	other := must[model.Plan](t)(s.NewPlan("county-plan-2024", 2027))
	other.ID = must[int64](t)(s.StartCampaign(ctx, other))
	duty := first.Duties[3]
	duty.CampaignID, duty.Position, duty.Progress, duty.State = other.ID, 1, "已印发制度", model.DutyRunning
	must[int64](t)(s.SavePart(ctx, duty))
	duty.CampaignID, duty.Position = first.ID, 4
	if got := must[model.Plan](t)(s.Plan(ctx, first.ID)).Duties[3]; got != duty {
		t.Errorf("it is %+v", got)
	}
	wantCode(t, func() error {
		_, err := s.SavePart(ctx, model.Duty{CampaignID: 99, Project: "采购", Measure: "议价", State: model.DutyOpen})
		return err
	}(), model.NotFound)
}

func TestLinesMoveAsInAList(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	p := must[model.Plan](t)(s.NewPlan("county-plan-2024", 2026))
	p.Duties = nil
	id := must[int64](t)(s.StartCampaign(ctx, p))
	beside := must[model.Plan](t)(s.NewPlan("shaoxing-tcm-2019", 2026)) // whose lines stay where they are
	beside.ID = must[int64](t)(s.StartCampaign(ctx, beside))
	beside = must[model.Plan](t)(s.Plan(ctx, beside.ID))
	var list []string
	ids := map[string]int64{}
	rapid.Check(t, func(r *rapid.T) {
		i := func(most int) int { return rapid.IntRange(0, most).Draw(r, "i") }
		switch op := rapid.SampledFrom([]string{"add", "insert", "remove", "up", "down"}).Draw(r, "op"); {
		case op == "add" || op == "insert" || len(list) == 0:
			name := fmt.Sprintf("举措%d", len(ids))
			at, place := len(list), 0
			if op == "insert" {
				at = i(len(list))
				place = at + 1
			}
			ids[name] = must[int64](t)(s.SavePart(ctx, model.Duty{CampaignID: id, Position: place, Project: "采购", Measure: name, State: model.DutyOpen}))
			list = slices.Insert(list, at, name)
		case op == "remove":
			at := i(len(list) - 1)
			ok(t, s.RemovePart(ctx, model.Duty{ID: ids[list[at]]}))
			list = slices.Delete(list, at, at+1)
		default:
			at := i(len(list) - 1)
			to := at + map[string]int{"up": -1, "down": 1}[op]
			ok(t, s.MovePart(ctx, model.Duty{ID: ids[list[at]]}, op == "up"))
			if to >= 0 && to < len(list) {
				list[at], list[to] = list[to], list[at]
			}
		}
		var got []string
		for n, d := range must[model.Plan](t)(s.Plan(ctx, id)).Duties {
			if got = append(got, d.Measure); d.Position != n+1 {
				r.Errorf("%s is at %d, want %d", d.Measure, d.Position, n+1)
			}
		}
		if !slices.Equal(got, list) {
			r.Fatalf("the list is %v, want %v", got, list)
		}
	})
	if got := must[model.Plan](t)(s.Plan(ctx, beside.ID)); planText(got) != planText(beside) {
		t.Error("the plan beside it changed")
	}
	a := must[int64](t)(s.SavePart(ctx, model.Duty{CampaignID: id, Position: 1, Project: "采购", Measure: "甲", State: model.DutyOpen}))
	must[int64](t)(s.SavePart(ctx, model.Duty{CampaignID: id, Position: 2, Project: "采购", Measure: "乙", State: model.DutyOpen}))
	ok(t, s.MovePart(ctx, model.Duty{ID: a}, false))
	if l := lastLine(t, s, "责任事项", a); l.Action != "下移" || l.Label != "采购：甲" || l.Before != `{"position":1}` || l.After != `{"position":2}` {
		t.Errorf("moved as %+v", l)
	}
	wantCode(t, s.MovePart(ctx, model.Duty{ID: 9999}, true), model.NotFound)
	clean(t, s)
}

func TestLinesWithWorkOnThemStay(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	c := drive(t, s)
	p := must[model.Plan](t)(s.Plan(ctx, c.ID))
	begun, noted, withScan := p.Duties[0], p.Duties[1], p.Duties[2]
	begun.State = model.DutyRunning
	must[int64](t)(s.SavePart(ctx, begun))
	noted.Progress, noted.ProgressOn = "已开会部署", "2026-08-12"
	wantCode(t, second(s.SavePart(ctx, noted)), model.Invalid) // tomorrow
	noted.ProgressOn = "2026-08-01"
	must[int64](t)(s.SavePart(ctx, noted))
	scanned := must[int64](t)(s.Attach(ctx, "责任事项", withScan.ID, "名单.pdf", scan("甲")))
	ok(t, s.VoidAttachment(ctx, scanned, "扫错了"))
	ok(t, s.MeetDeadline(ctx, p.Deadlines[0].ID, "2026-08-15", "2026-08-11", ""))
	before := dump(t, s)
	for _, part := range []model.PlanPart{begun, noted, withScan, p.Deadlines[0]} {
		wantCode(t, s.RemovePart(ctx, part), model.Conflict)
	}
	moved := p.Deadlines[0]
	moved.Date = "2026-08-31"
	_, err := s.SavePart(ctx, moved)
	wantCode(t, err, model.Conflict)
	if d := differences(before, dump(t, s)); len(d) > 0 {
		t.Errorf("a refused change left %v", d)
	}
	renamed := p.Deadlines[0] // the day stays, so it may bear another name
	renamed.Title = "人员名单"
	must[int64](t)(s.SavePart(ctx, renamed))
	ok(t, s.ReopenDeadline(ctx, 1, "报错了对象"))
	must[int64](t)(s.SavePart(ctx, moved))
	ok(t, s.RemovePart(ctx, moved))
	clean(t, s)
}

// printedForm stores a form as printing leaves it; the register of forms is
// tested elsewhere.
func printedForm(t *testing.T, s *Store, campaignID, staffID int64) {
	t.Helper()
	ok(t, s.writer.Exec(`INSERT INTO selfcheck (campaign_id, kind, form_no, staff_id, state, printed_on, print_count, returned_on, late, problems,
		gaps, department_opinion, department_opinion_on, office_opinion, office_opinion_on, sent_back_reason, sent_back_on, excuse_reason,
		excused_until, void_reason, voided_on) VALUES (?, 'personal', 'ZC-2026-00001-XX', ?, '未交回', '2026-08-11', 1, '', 0, 0, '', '', '', '', '', '', '', '', '', '', '')`,
		campaignID, staffID).Error)
}

func TestItemsAreFixedOnceAFormWasPrinted(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	_, staff := ward(t, s, "急诊科", "01", 1)
	c := drive(t, s)
	other := must[model.Plan](t)(s.NewPlan("county-plan-2024", 2027))
	other.ID = must[int64](t)(s.StartCampaign(ctx, other))
	printedForm(t, s, c.ID, staff[0])
	item := must[model.Plan](t)(s.Plan(ctx, c.ID)).Items[3]
	before := dump(t, s)
	changed := item
	changed.Text = "另一项"
	for _, err := range []error{
		second(s.SavePart(ctx, changed)),
		second(s.SavePart(ctx, model.CheckItem{CampaignID: c.ID, Source: model.FocusSource, Text: "又一项"})),
		s.RemovePart(ctx, item), s.MovePart(ctx, item, true),
	} {
		wantCode(t, err, model.Conflict)
		if !strings.Contains(err.Error(), "ZC-2026-00001-XX") {
			t.Error(err)
		}
	}
	if d := differences(before, dump(t, s)); len(d) > 0 {
		t.Errorf("a refused change left %v", d)
	}
	free := must[model.Plan](t)(s.Plan(ctx, other.ID)).Items[3]
	ok(t, s.MovePart(ctx, free, true))
	ok(t, s.RemovePart(ctx, free))
}

// second is the error of a call.
func second[T any](_ T, err error) error { return err }
