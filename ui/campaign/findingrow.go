package campaign

import (
	"fmt"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

func (p *FindingsPage) columns() []kit.Column[finding] {
	return []kit.Column[finding]{
		{Title: "编号", Sort: "form_no", Text: func(r finding) string { return r.FormNo }},
		{Title: "发现日期", Sort: "found_on", Text: func(r finding) string { return string(r.FoundOn) }},
		{Title: "来源", Sort: "source", Text: func(r finding) string { return r.Source }},
		{Title: "类别", Sort: "category", Text: func(r finding) string { return office.Brief(r.Category, shortCategory) }},
		{Title: "科室", Sort: "department", Text: func(r finding) string { return office.Shorten(r.Department, departmentLength) }},
		{Title: "责任人", Sort: "person", Text: func(r finding) string { return office.Shorten(r.Person, whoLength) }},
		{Title: "级别", Sort: "level", Chip: levelChip},
		{Title: "问题", Flex: true, Text: func(r finding) string { return office.OneLine(r.Problem) }},
		{Title: "时限", Sort: "due_on", Text: func(r finding) string { return string(r.DueOn) }},
		{Title: "状态", Sort: "state", Chip: func(r finding) (string, kit.Tone) { return findingChip(r, p.deps.Store.Today()) }},
	}
}

func levelChip(r finding) (string, kit.Tone) {
	if r.Level == model.Grave {
		return string(r.Level), kit.Bad
	}
	return string(r.Level), kit.Neutral
}

var findingTones = map[model.FindingState]kit.Tone{
	model.ToMend:    kit.Warn,
	model.Mending:   kit.Info,
	model.ToAccept:  kit.Accent,
	model.Refused:   kit.Warn,
	model.Relapsed:  kit.Warn,
	model.ClosedOut: kit.Good,
	model.Withdrawn: kit.Neutral,
}

// findingChip is the state; one that is late is red and says so.
func findingChip(r finding, today day.Date) (string, kit.Tone) {
	if r.Overdue(today) {
		return string(r.State) + " 逾期", kit.Bad
	}
	return string(r.State), findingTones[r.State]
}

// late says by how much a finding is late, "" when it is not.
func late(r finding, today day.Date) string {
	if !r.Overdue(today) {
		return ""
	}
	return fmt.Sprintf("逾期 %d 天", r.DueOn.DaysTo(today))
}

// labelled is a value with what it is, "" without a value.
func labelled(label, value string) string {
	if value == "" {
		return ""
	}
	return label + " " + value
}

// Characters of a text in a column and in the detail; 经过 has all of it.
const (
	shortCategory = 8
	shortDetail   = 40
)

// detail is what the row has no room for: what is to be done, by whom, how far
// it is and what waits.
func (p *FindingsPage) detail(r finding) []kit.Piece {
	out := []kit.Piece{
		{Text: late(r, p.deps.Store.Today()), Style: kit.PieceChip, Tone: kit.Bad},
		{Text: office.Brief(r.Problem, shortDetail)},
	}
	if r.Measure == "" && !r.Closed() {
		out = append(out, kit.Piece{Text: "还没有整改措施", Tone: kit.Warn})
	}
	for _, s := range []string{labelled("措施", office.Brief(r.Measure, shortDetail)), labelled("责任领导", r.Leader), p.otherCampaign(r), progress(r)} {
		out = append(out, kit.Piece{Text: s, Style: kit.PieceMuted})
	}
	if r.Extensions > 0 {
		out = append(out, kit.Piece{Text: "延期待批", Style: kit.PieceChip, Tone: kit.Warn})
	}
	if r.Attachments > 0 {
		out = append(out, kit.Piece{Text: fmt.Sprintf("佐证 %d", r.Attachments)})
	}
	return out
}

// otherCampaign names the campaign of a finding that is not of the one in hand.
func (p *FindingsPage) otherCampaign(r finding) string {
	switch {
	case r.CampaignID == p.campaignInHand().ID:
		return ""
	case r.CampaignID == 0:
		return "不属于专项行动"
	}
	return r.Campaign
}

// progress is the last step of a finding and what is to come.
func progress(r finding) string {
	on := func(d day.Date, text string) string { return string(d) + " " + text }
	switch r.State {
	case model.Mending:
		return on(r.BegunOn, "开始整改")
	case model.ToAccept:
		return on(r.SubmittedOn, "提交验收") + "（整改人 " + r.MendedBy + "）"
	case model.Refused:
		return on(r.RefusedOn, "退回") + "：" + office.Brief(r.RefuseReason, shortDetail)
	case model.Relapsed:
		return on(r.LookBackOn, fmt.Sprintf("回头看，第 %d 次反弹", r.Relapses))
	case model.ClosedOut:
		return on(r.AcceptedOn, "销号") + "（验收人 " + r.AcceptedBy + "）" + lookBack(r)
	case model.Withdrawn:
		return on(r.VoidedOn, "作废") + "：" + office.Brief(r.VoidReason, shortDetail)
	}
	if r.NotifiedOn != "" {
		return on(r.NotifiedOn, "下达整改通知书")
	}
	return "还没有下达整改通知书"
}

func lookBack(r finding) string {
	switch {
	case r.LookBackOn != "":
		return "，" + string(r.LookBackOn) + " 回头看没有反弹"
	case r.LookBackDue != "":
		return "，" + string(r.LookBackDue) + " 回头看"
	}
	return ""
}
