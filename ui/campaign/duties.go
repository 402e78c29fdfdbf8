package campaign

import (
	"context"
	"fmt"
	"strings"

	"qingfeng/model"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// dutyRecord is the audit trail's word for a duty, by which its evidence is
// kept.
const dutyRecord = "责任事项"

// duties is the section 责任清单.
type duties struct {
	*parts[model.Duty]
	scans *office.ScanCounter
}

func newDuties(p *planPage) *duties {
	s := &duties{}
	s.parts = newParts(p, partKind[model.Duty]{
		section: sectionDuties, word: "责任事项",
		of:      func(plan model.Plan) []model.Duty { return plan.Duties },
		place:   func(r model.Duty) (int64, string) { return r.ID, r.Measure },
		columns: dutyColumns(),
		filters: []kit.Filter{{Key: filterState, All: "全部状态", Options: office.Options(model.DutyStates)}},
		keyword: "责任科室、项目、举措", match: dutyMatches,
		detail: s.detail, form: dutyForm,
		start: func(selected model.Duty, any bool) model.Duty {
			r := model.Duty{CampaignID: p.campaign.ID, State: model.DutyOpen}
			if any { // next to the selected one, most likely of the same project
				r.Position, r.Project, r.Goal = selected.Position+1, selected.Project, selected.Goal
			}
			return r
		},
		actions: []kit.Action[model.Duty]{{Label: "导出", Run: p.exportDuties}},
		more: []kit.RowAction[model.Duty]{
			{Label: "进展…", Run: s.progress},
			{Label: "佐证…", Run: s.evidence},
		},
		readers: []string{"导出", "佐证…"},
		empty:   "责任清单列出每个项目的责任目标、提升举措和责任科室，逐项登记进展和佐证。",
	})
	s.scans = office.CountScans(p.deps.Deps, dutyRecord, s.Table(), s.id)
	return s
}

// departmentLength is how many characters of the departments a row shows; the
// detail has all.
const departmentLength = 14

func dutyColumns() []kit.Column[model.Duty] {
	return []kit.Column[model.Duty]{
		{Title: "序号", Align: kit.AlignRight, Text: func(r model.Duty) string { return fmt.Sprint(r.Position) }},
		{Title: "项目", Text: func(r model.Duty) string { return office.Shorten(r.Project, departmentLength) }},
		{Title: "提升举措", Flex: true, Text: func(r model.Duty) string { return office.OneLine(r.Measure) }},
		{Title: "责任科室", Text: func(r model.Duty) string { return office.Shorten(r.Departments, departmentLength) }},
		{Title: "状态", Chip: dutyChip},
		{Title: "进展日期", Text: func(r model.Duty) string { return string(r.ProgressOn) }},
	}
}

var dutyTones = map[model.DutyState]kit.Tone{model.DutyOpen: kit.Neutral, model.DutyRunning: kit.Warn, model.DutyDone: kit.Good}

func dutyChip(r model.Duty) (string, kit.Tone) { return string(r.State), dutyTones[r.State] }

func dutyMatches(r model.Duty, q kit.Query) bool {
	if state := q.Filters[filterState]; state != "" && state != string(r.State) {
		return false
	}
	text := strings.Join([]string{r.Departments, r.Project, r.Goal, r.Measure, r.Progress}, "\n")
	return strings.Contains(text, strings.TrimSpace(q.Keyword))
}

func (s *duties) detail(r model.Duty) []kit.Piece {
	out := []kit.Piece{{Text: office.OneLine(r.Measure)}}
	for _, x := range [][2]string{{"责任目标：", r.Goal}, {"责任科室：", r.Departments}, {"进展：", r.Progress}} {
		if x[1] != "" {
			out = append(out, kit.Piece{Text: x[0] + office.OneLine(x[1]), Style: kit.PieceMuted})
		}
	}
	return append(out, s.scans.Pieces(r.ID)...)
}

func dutyForm(r model.Duty) partForm[model.Duty] {
	project, goal := kit.NewEntry(model.MaxShort), kit.NewMultiEntry(model.MaxNote, 2)
	measure, departments := kit.NewMultiEntry(model.MaxNote, 4), kit.NewMultiEntry(model.MaxNote, 2)
	project.SetText(r.Project)
	goal.SetText(r.Goal)
	measure.SetText(r.Measure)
	departments.SetText(r.Departments)
	return partForm[model.Duty]{
		items: []kit.FormItem{
			kit.Field{Key: "Project", Label: "项目", Required: true, Input: project},
			kit.Field{Key: "Goal", Label: "责任目标", Input: goal},
			kit.Field{Key: "Measure", Label: "提升举措", Required: true, Input: measure},
			kit.Field{Key: "Departments", Label: "责任科室", Hint: "几个科室之间用顿号", Input: departments},
		},
		read: func() model.Duty {
			r.Project, r.Goal, r.Measure, r.Departments = project.Value(), goal.Value(), measure.Value(), departments.Value()
			return r
		},
	}
}

// progress asks how far a duty is.
func (s *duties) progress(r model.Duty) {
	d := s.plan.deps
	state, text, on := kit.NewSegmented(office.Options(model.DutyStates)), kit.NewMultiEntry(model.MaxNote, 5), d.DateOfToday()
	state.SetValue(string(r.State))
	text.SetText(r.Progress)
	form := kit.NewForm(d.Win,
		kit.Field{Key: "State", Label: "状态", Required: true, Input: state},
		kit.Field{Key: "Progress", Label: "进展", Hint: "做了什么、效果如何；佐证材料用“佐证…”添加", Input: text},
		kit.Field{Key: "ProgressOn", Label: "进展日期", Required: true, Input: on},
	)
	form.Log = d.Log
	read := func() model.Duty {
		after := r
		after.State, after.Progress, after.ProgressOn = model.DutyState(state.Value()), text.Value(), on.Date()
		return after
	}
	form.Validate = func() map[string]string {
		out := office.FieldMessages(read().Validate(s.plan.campaign))
		if on.Date() > d.Store.Today() {
			out["ProgressOn"] = "不能晚于今天"
		}
		return out
	}
	form.OnSave = func() func(context.Context) error {
		after := read()
		return func(ctx context.Context) error {
			_, err := d.Store.SavePart(ctx, after)
			return err
		}
	}
	form.OnSaved = func() { s.plan.done("已登记进展") }
	form.ShowDialog("登记进展", "登记")
}

// evidence shows what proves a duty's progress.
func (s *duties) evidence(r model.Duty) {
	office.OpenScans(s.plan.deps.Deps, office.Attached{
		Entity: dutyRecord, ID: r.ID, Title: office.Brief(r.Measure, 30), Facts: r.Project + " · " + string(r.State),
	}, s.scans.Recount)
}
