package model

import (
	"slices"
	"strings"

	"qingfeng/assets"
	"qingfeng/model/day"
)

// Span is a stretch of days, both ends included.
type Span struct{ From, To day.Date }

// Plan is a campaign with everything that its 方案 fixes.
type Plan struct {
	Campaign
	Phases    []Phase
	Members   []Member
	Deadlines []Deadline
	Duties    []Duty
	Items     []CheckItem
}

// Moved is the plan as it is when its campaign runs on other days: phases and
// deadlines that come once keep their place in it, so that none falls out.
func (p Plan) Moved(to Span) Plan {
	from := Span{p.StartsOn, p.EndsOn}
	if !to.From.Valid() || !to.To.Valid() || to.To < to.From || to == from {
		return p
	}
	p.StartsOn, p.EndsOn = to.From, to.To
	p.Phases, p.Deadlines = slices.Clone(p.Phases), slices.Clone(p.Deadlines)
	for i := range p.Phases {
		ph := &p.Phases[i]
		ph.StartsOn, ph.EndsOn = from.place(ph.StartsOn, to), from.place(ph.EndsOn, to)
	}
	for i := range p.Deadlines {
		if d := &p.Deadlines[i]; d.Every == Once {
			d.Date = from.place(d.Date, to)
		}
	}
	return p
}

// place is the day that has the place in to which d has in s; both ends keep
// theirs.
func (s Span) place(d day.Date, to Span) day.Date {
	old := s.days()
	if !d.Valid() || old == 0 {
		return to.From
	}
	passed := s.From.DaysTo(d)
	return day.Of(to.From.Time().AddDate(0, 0, (2*passed*to.days()+old)/(2*old)))
}

// days is how many days lie between the two ends.
func (s Span) days() int { return s.From.DaysTo(s.To) }

// PlanPart is one line of a plan: a [Phase], [Member], [Deadline], [Duty] or
// [CheckItem]. Position orders the lines of a kind, from 1; 0 puts a new one
// at the end.
type PlanPart interface {
	// Validate returns [FieldErrors] with everything that keeps the line from
	// being stored in the plan of c.
	Validate(c Campaign) error
}

// PhaseKinds are what a phase can be for.
var PhaseKinds = assets.PhaseKinds

// SelfCheckPhase is the one of [PhaseKinds] in which forms are taken back.
const SelfCheckPhase = "自查自纠"

// Phase (阶段) is a stretch of a campaign.
type Phase struct {
	ID, CampaignID int64
	Position       int
	Kind           string // one of [PhaseKinds]
	Name           string
	StartsOn       day.Date
	EndsOn         day.Date
	Tasks          string
}

// Validate implements [PlanPart].
func (p Phase) Validate(c Campaign) error {
	var errs FieldErrors
	if !slices.Contains(PhaseKinds, p.Kind) {
		errs.add("Kind", "类别", "应为 "+strings.Join(PhaseKinds, "、")+" 之一")
	}
	errs.text("Name", "名称", p.Name, MaxShort, true)
	errs.text("Tasks", "主要工作", p.Tasks, MaxNote, false)
	switch {
	case !p.StartsOn.Valid():
		errs.add("StartsOn", "开始日期", "请填写日期")
	case p.StartsOn < c.StartsOn || p.StartsOn > c.EndsOn:
		errs.add("StartsOn", "开始日期", "不在专项行动期间（"+string(c.StartsOn)+" 至 "+string(c.EndsOn)+"）")
	}
	switch {
	case !p.EndsOn.Valid():
		errs.add("EndsOn", "结束日期", "请填写日期")
	case p.StartsOn.Valid() && p.EndsOn < p.StartsOn:
		errs.add("EndsOn", "结束日期", "不能早于开始日期")
	case p.EndsOn > c.EndsOn:
		errs.add("EndsOn", "结束日期", "不在专项行动期间（"+string(c.StartsOn)+" 至 "+string(c.EndsOn)+"）")
	}
	return errs.err()
}

// SelfChecks is the stretch in which self-check forms are taken back: from
// the first to the last phase of that kind, or the whole campaign.
func (p Plan) SelfChecks() Span {
	var out Span
	for _, ph := range p.Phases {
		if ph.Kind != SelfCheckPhase {
			continue
		}
		if out.From == "" || ph.StartsOn < out.From {
			out.From = ph.StartsOn
		}
		out.To = max(out.To, ph.EndsOn)
	}
	if out.From == "" {
		return Span{p.StartsOn, p.EndsOn}
	}
	return out
}

// MemberRoles are the places in a leading group (领导小组).
var MemberRoles = assets.MemberRoles

// Member is one place of the leading group. Name is "" until it is filled.
type Member struct {
	ID, CampaignID int64
	Position       int
	Role           string // one of [MemberRoles]
	Name           string
	Post           string // 职务
}

// Validate implements [PlanPart].
func (m Member) Validate(Campaign) error {
	var errs FieldErrors
	if !slices.Contains(MemberRoles, m.Role) {
		errs.add("Role", "组内职务", "应为 "+strings.Join(MemberRoles, "、")+" 之一")
	}
	errs.text("Name", "姓名", m.Name, MaxName, false)
	errs.text("Post", "职务", m.Post, MaxShort, false)
	if strings.TrimSpace(m.Name+m.Post) == "" {
		errs.add("Name", "姓名", "姓名和职务至少填一项")
	}
	return errs.err()
}

// Deadline (时限) says what must reach whom by when.
type Deadline struct {
	ID, CampaignID int64
	Position       int
	Title          string
	Recipient      string // 报送对象
	DeadlineRule
}

// Validate implements [PlanPart].
func (d Deadline) Validate(Campaign) error {
	errs := d.DeadlineRule.Validate()
	errs.text("Title", "事项", d.Title, MaxShort, true)
	errs.text("Recipient", "报送对象", d.Recipient, MaxShort, false)
	return errs.err()
}

// DutyState is how far a duty is.
type DutyState string

// The states of a duty.
const (
	DutyOpen    DutyState = "未开始"
	DutyRunning DutyState = "进行中"
	DutyDone    DutyState = "已完成"
)

// DutyStates in the order of work.
var DutyStates = []DutyState{DutyOpen, DutyRunning, DutyDone}

// Duty is one measure of the 责任清单. Lines of one project stand together.
type Duty struct {
	ID, CampaignID int64
	Position       int
	Project        string // 项目
	Goal           string // 责任目标
	Measure        string // 提升举措
	Departments    string // 责任科室
	State          DutyState
	Progress       string
	ProgressOn     day.Date
}

// Validate implements [PlanPart].
func (d Duty) Validate(Campaign) error {
	var errs FieldErrors
	errs.text("Project", "项目", d.Project, MaxShort, true)
	errs.text("Goal", "责任目标", d.Goal, MaxNote, false)
	errs.text("Measure", "提升举措", d.Measure, MaxNote, true)
	errs.text("Departments", "责任科室", d.Departments, MaxNote, false)
	errs.text("Progress", "进展", d.Progress, MaxNote, false)
	if !slices.Contains(DutyStates, d.State) {
		errs.add("State", "状态", "应为 未开始、进行中 或 已完成")
	}
	errs.date("ProgressOn", "进展日期", d.ProgressOn, false)
	return errs.err()
}

// FocusSource is the source of a campaign's own items; others bear the name
// of their checklist.
const FocusSource = "本次重点"

// CheckItem is one item of the personal self-check: of the checklist that was
// in force when the campaign began, or of the campaign's own. Items are fixed
// once a form was printed.
type CheckItem struct {
	ID, CampaignID int64
	Position       int
	Source         string
	Text           string
}

// Short is the item in few words, for lists and findings: what the rule
// forbids, or what the campaign's own item asks about.
func (i CheckItem) Short() string {
	if i.Source == FocusSource {
		return strings.TrimPrefix(i.Text, "有无")
	}
	if _, what, ok := strings.Cut(i.Text, "，"); ok {
		return what
	}
	return i.Text
}

// Stated is what a finding says when the item was answered 有.
func (i CheckItem) Stated() string {
	if i.Source == FocusSource {
		return i.Short()
	}
	return i.Short() + "方面有问题"
}

// Validate implements [PlanPart].
func (i CheckItem) Validate(Campaign) error {
	var errs FieldErrors
	errs.text("Text", "自查项目", i.Text, MaxShort, true)
	errs.text("Source", "来源", i.Source, MaxShort, true)
	return errs.err()
}
