package campaign

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"qingfeng/model"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

func letterColumns() []kit.Column[letter] {
	return []kit.Column[letter]{
		{Title: "编号", Sort: "form_no", Text: func(r letter) string { return r.FormNo }},
		{Title: "科室", Sort: "department", Text: func(r letter) string { return r.Department }},
		{Title: "姓名", Sort: "name", Text: signer},
		{Title: "工号", Sort: "employee_no", Text: func(r letter) string { return r.EmployeeNo }},
		{Title: "岗位", Sort: "post", Text: func(r letter) string { return r.Post }},
		{Title: "职务", Sort: "position", Text: func(r letter) string { return r.Position }},
		{Title: "打印", Sort: "printed_on", Text: func(r letter) string { return string(r.PrintedOn) }},
		{Title: "交回", Sort: "returned_on", Text: func(r letter) string { return string(r.ReturnedOn) }},
		{Title: "状态", Sort: "state", Chip: stateChip},
		{Title: "说明", Flex: true, Text: note},
	}
}

// signer is who signs; a department's letter shows the department in its own
// column.
func signer(r letter) string {
	if r.Kind == model.DepartmentCommitment {
		return ""
	}
	return r.Name
}

var stateTones = map[model.PaperState]kit.Tone{
	model.Unprinted: kit.Bad,
	model.Printed:   kit.Warn,
	model.Returned:  kit.Good,
	model.Excused:   kit.Neutral,
	model.Exempt:    kit.Neutral,
	model.SentBack:  kit.Bad,
	model.Voided:    kit.Neutral,
}

func stateChip(r letter) (string, kit.Tone) { return string(r.State), stateTones[r.State] }

// note is what the row says beside its state: the reason, the party's code
// and representative, reprints.
func note(r letter) string {
	return office.Joined("；", r.Note(), r.PartyCode, representative(r), reprints(r.Paper))
}

func representative(r letter) string {
	if r.PartyPerson == "" {
		return ""
	}
	return "代表人 " + r.PartyPerson
}

func reprints(r model.Paper) string {
	if r.PrintCount < 2 {
		return ""
	}
	return fmt.Sprintf("补打 %d 次", r.PrintCount-1)
}

func letterDetail(r letter) []kit.Piece {
	return slipDetail(slipOf(r), r.Note(), r.PartyCode, representative(r))
}

// slipDetail tells of one form: who signs it, where it stands, why.
func slipDetail(r slip, note string, who ...string) []kit.Piece {
	department := r.department
	if department == r.name { // a department's own form
		department = ""
	}
	return []kit.Piece{
		{Text: r.name, Style: kit.PieceBold},
		{Text: office.Joined(" · ", append([]string{department, r.post, r.employeeNo}, who...)...), Style: kit.PieceMuted},
		{Text: r.FormNo, Style: kit.PiecePlain},
		{Text: printing(r.Paper), Style: kit.PieceMuted},
		{Text: dated(r.Paper), Style: kit.PieceMuted},
		{Text: note, Style: kit.PieceMuted},
	}
}

func printing(r model.Paper) string {
	if r.PrintedOn == "" {
		return "还没有打印"
	}
	text := string(r.PrintedOn) + " 打印"
	if again := reprints(r); again != "" {
		text += "，" + again
	}
	return text
}

func dated(r model.Paper) string {
	switch {
	case r.State == model.Returned:
		return string(r.ReturnedOn) + " 交回"
	case r.State == model.Voided:
		return string(r.VoidedOn) + " 作废"
	}
	return ""
}

// calls is how a message names a letter's signer.
func calls(r letter) string {
	switch r.Kind {
	case model.PersonalCommitment:
		return fmt.Sprintf("%s（%s %s）", r.Name, r.Department, r.EmployeeNo)
	case model.DepartmentCommitment:
		return r.Name
	}
	return r.Name + "（" + r.Kind.Label() + "）"
}

// newcomers is the line over the page that offers letters to those who have
// none. It takes no room when everyone has one.
type newcomers struct {
	widget.BaseWidget
	door *kit.Door
	text *kit.Label
	body *fyne.Container
}

func newNewcomers(tapped func()) *newcomers {
	n := &newcomers{text: kit.NewLabel(""), door: kit.NewDoor("现在生成", tapped)}
	n.text.SetTone(kit.Warn)
	n.body = container.New(layout.NewCustomPaddedLayout(10, 0, 20, 20), kit.Beside(n.text, n.door))
	n.ExtendBaseWidget(n)
	n.Hide()
	return n
}

func (n *newcomers) set(now figures) {
	// Before the first personal letters are made the empty page offers them.
	if now.without == 0 || now.all == 0 && now.kind == personal {
		n.Hide()
		return
	}
	text := fmt.Sprintf("有 %d 名职工还没有承诺书，", now.without)
	if now.kind == departments {
		text = fmt.Sprintf("有 %d 个科室还没有承诺书，", now.without)
	}
	if !n.door.Visible() {
		text = strings.TrimSuffix(text, "，")
	}
	n.text.SetText(text)
	n.Show()
}

// CreateRenderer implements fyne.Widget.
func (n *newcomers) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(n.body)
}
