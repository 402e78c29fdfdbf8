package campaign

import (
	"slices"

	"qingfeng/model"
	"qingfeng/ui/kit"
)

func (p *FindingsPage) actions() []kit.Action[finding] {
	return []kit.Action[finding]{
		{Label: "新建", Key: "Ctrl+N", Primary: true, Run: func(findings) { p.New(model.Finding{}) }},
		{Label: "导入", Run: func(findings) { p.fileImport().Pick() }},
		{Label: "打印", Menu: p.printActions()},
		{Label: "导出", Menu: p.exportActions()},
	}
}

func (p *FindingsPage) rowActions() []kit.RowAction[finding] {
	in := func(states ...model.FindingState) func(finding) bool {
		return func(r finding) bool { return slices.Contains(states, r.State) }
	}
	open := func(r finding) bool { return !r.Closed() }
	return []kit.RowAction[finding]{
		{Label: "开始整改…", Show: in(model.ToMend, model.Refused, model.Relapsed), Run: p.begin},
		{Label: "提交验收…", Show: in(model.Mending), Run: p.submit},
		{Label: "验收销号…", Show: in(model.ToAccept), Run: p.accept},
		{Label: "退回…", Show: in(model.ToAccept), Run: p.refuse},
		{Label: "回头看…", Show: in(model.ClosedOut), Run: p.lookBack},
		{Label: "审批延期…", Show: func(r finding) bool { return open(r) && r.Extensions > 0 }, Run: p.decideMore},
		{Label: "申请延期…", Show: func(r finding) bool { return open(r) && r.Extensions == 0 && r.DueOn != "" }, Run: p.askMore},
		{Label: "佐证…", Run: p.openScans},
		{Label: "修改", Show: open, Run: p.edit},
		{Label: "经过", Run: p.tell},
		{Label: "作废…", Danger: true, Show: open, Run: p.void},
	}
}

// readers are the actions of roles that do not fill the registers.
func (p *FindingsPage) readers() []string {
	labels := []string{"销号审批单", "台账", "周报…", "当前列表", "佐证…", "经过"}
	if p.deps.Store.May(model.Decide) {
		labels = append(labels, "验收销号…", "退回…", "审批延期…", "作废…")
	}
	return labels
}
