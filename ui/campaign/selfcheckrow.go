package campaign

import (
	"fmt"

	"qingfeng/model"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

func checkColumns() []kit.Column[selfCheck] {
	return []kit.Column[selfCheck]{
		{Title: "编号", Sort: "form_no", Text: func(r selfCheck) string { return r.FormNo }},
		{Title: "科室", Sort: "department", Text: func(r selfCheck) string { return r.Department }},
		{Title: "姓名", Sort: "name", Text: checkSigner},
		{Title: "工号", Sort: "employee_no", Text: func(r selfCheck) string { return r.EmployeeNo }},
		{Title: "职务", Sort: "position", Text: func(r selfCheck) string { return r.Position }},
		{Title: "状态", Sort: "state", Chip: func(r selfCheck) (string, kit.Tone) { return string(r.State), stateTones[r.State] }},
		{Title: "交回", Sort: "returned_on", Text: func(r selfCheck) string { return string(r.ReturnedOn) }},
		{Title: "有问题项", Sort: "problems", Chip: problemChip},
		{Title: "说明", Flex: true, Text: func(r selfCheck) string { return office.Joined("；", lateWord(r), r.Note(), reprints(r.Paper)) }},
	}
}

// checkSigner is who signs; a department's form shows the department in its
// own column.
func checkSigner(r selfCheck) string {
	if r.Kind == model.DepartmentSelfCheck {
		return ""
	}
	return r.Name
}

// problemChip is how many items a form that came back answers 有.
func problemChip(r selfCheck) (string, kit.Tone) {
	if r.State != model.Returned || r.Problems == 0 {
		return "", kit.Neutral
	}
	return fmt.Sprintf("%d 项", r.Problems), kit.Warn
}

func lateWord(r selfCheck) string {
	if r.Late {
		return "补查"
	}
	return ""
}

// callsCheck is how a message names a form's signer.
func callsCheck(r selfCheck) string {
	if r.Kind == model.DepartmentSelfCheck {
		return r.Name
	}
	return fmt.Sprintf("%s（%s %s）", r.Name, r.Department, r.EmployeeNo)
}

func checkDetail(r selfCheck) []kit.Piece {
	out := slipDetail(slipOfCheck(r), r.Note(), r.Position)
	if r.Priority {
		out = append(out, kit.Piece{Text: priorityLabel, Style: kit.PieceChip, Tone: kit.Info})
	}
	if text, tone := problemChip(r); text != "" {
		out = append(out, kit.Piece{Text: "有问题 " + text, Style: kit.PieceChip, Tone: tone})
	}
	if r.Late {
		out = append(out, kit.Piece{Text: "补查", Style: kit.PieceChip, Tone: kit.Warn})
	}
	return out
}
