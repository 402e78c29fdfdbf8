package handover

import (
	"fmt"
	"strings"

	"qingfeng/model"
	"qingfeng/model/money"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// Characters of a text in a column and in the detail; 详情 has all of it.
const (
	nameLength       = 8
	departmentLength = 8
	giverLength      = 6
	shortDetail      = 30
)

func columns() []kit.Column[handover] {
	return []kit.Column[handover]{
		{Title: "登记号", Sort: "form_no", Text: func(r handover) string { return r.FormNo }},
		{Title: "上交", Sort: "handed_at", Text: func(r handover) string { return string(r.HandedAt.Date()) }},
		{Title: "上交人", Sort: "person", Text: func(r handover) string { return office.Shorten(r.From(), nameLength) }},
		{Title: "科室", Sort: "department", Text: func(r handover) string { return office.Shorten(r.Department, departmentLength) }},
		{Title: "送方", Sort: "giver", Text: giver},
		{Title: "财物", Flex: true, Text: things},
		{Title: "金额", Sort: "amount", Align: kit.AlignRight, Text: func(r handover) string { return money.Yuan(r.AmountFen) }},
		{Title: "未处置", Sort: "left", Align: kit.AlignRight, Text: left},
		{Title: "时限", Sort: "timeliness", Chip: timelinessChip},
		{Title: "收据", Text: func(r handover) string { return r.Receipt }},
		{Title: "保管人", Sort: "keeper", Text: func(r handover) string { return office.Shorten(r.Keeper, keeperLength) }},
		{Title: "状态", Sort: "state", Chip: stateChip},
	}
}

// giver says who gave in a list: of patients the kind alone, as a screen is
// seen by others too.
func giver(r handover) string {
	if r.Company != "" {
		return office.Shorten(r.Company, giverLength)
	}
	return string(r.Giver)
}

// things are the items in a word or two.
func things(r handover) string {
	if r.Items > 1 {
		return fmt.Sprintf("%s 等 %d 项", r.Category, r.Items)
	}
	return string(r.Category)
}

func left(r handover) string {
	if r.LeftFen() == 0 {
		return ""
	}
	return money.Yuan(r.LeftFen())
}

var timelinessTones = map[model.Timeliness]kit.Tone{model.InTime: kit.Good, model.Late: kit.Bad, model.Unjudged: kit.Warn}

func timelinessChip(r handover) (string, kit.Tone) {
	return string(r.Timeliness), timelinessTones[r.Timeliness]
}

var stateTones = map[model.HandoverState]kit.Tone{
	model.Undisposed: kit.Warn, model.PartDisposed: kit.Info, model.Settled: kit.Good, model.HandoverVoid: kit.Neutral,
}

func stateChip(r handover) (string, kit.Tone) { return string(r.State), stateTones[r.State] }

// labelled is a value with what it is, "" without a value.
func labelled(label, value string) string {
	if value == "" {
		return ""
	}
	return label + " " + value
}

// detail is what the row has no room for.
func (p *HandoversPage) detail(r handover) []kit.Piece {
	muted := func(text string) kit.Piece { return kit.Piece{Text: text, Style: kit.PieceMuted} }
	out := []kit.Piece{
		{Text: office.Shorten(office.Joined(" ", r.From(), r.EmployeeNo), shortDetail)}, // the bold font lacks rare characters
		muted(office.Joined("，", "上交 "+string(r.HandedAt), labelled("收受", string(r.ReceivedAt)))),
		muted(office.Brief(gaveIt(r), shortDetail)),
		muted(office.Brief(r.Story, shortDetail)),
	}
	if r.Voided() {
		return append(out, muted(office.Brief(fmt.Sprintf("%s 作废：%s", r.VoidedOn, r.VoidReason), shortDetail)))
	}
	out = append(out, muted(p.state(r)))
	if r.KeptFen > 0 {
		out = append(out, muted(office.Joined("，", "保管 "+office.Joined("、", r.Keeper, r.CoKeeper), r.KeptAt)))
		if r.CoKeeper == "" {
			out = append(out, kit.Piece{Text: "一人保管", Style: kit.PieceChip, Tone: kit.Warn})
		}
	}
	if r.Attachments > 0 {
		out = append(out, kit.Piece{Text: fmt.Sprintf("扫描件 %d", r.Attachments)})
	}
	return out
}

// state is how far a handover is that is not void.
func (p *HandoversPage) state(r handover) string {
	waits := "今天上交"
	if days := r.HandedAt.Date().DaysTo(p.deps.Store.Today()); days > 0 {
		waits = fmt.Sprintf("已上交 %d 天", days)
	}
	switch r.State {
	case model.Undisposed:
		return waits + "，没有处置"
	case model.PartDisposed:
		return fmt.Sprintf("已处置 %s 元（%s），%s", money.Yuan(r.DisposedFen), r.DisposedOn, waits)
	}
	return string(r.DisposedOn) + " 处置完"
}

// bed says that a bare number is that of a bed.
func bed(r handover) string {
	if strings.Contains(r.Bed, "床") {
		return r.Bed
	}
	return labelled("床号", r.Bed)
}

// gaveIt says who gave, in full.
func gaveIt(r handover) string {
	who, patient := r.GiverName, labelled("患者", r.Patient)
	if r.Giver == model.FromPatient {
		who, patient = r.Patient, r.GiverName
	}
	return strings.TrimSpace(string(r.Giver) + " " + office.Joined("，", r.Company, r.Agent, who, patient, labelled("住院号", r.AdmissionNo), bed(r)))
}
