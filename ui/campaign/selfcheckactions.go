package campaign

import (
	"context"
	"fmt"

	"qingfeng/model"
	"qingfeng/ui/kit"
)

type checkSelection = kit.Selection[selfCheck]

func (p *SelfChecksPage) actions() []kit.Action[selfCheck] {
	record := p.recordMenu()
	record.Label = "登记"
	return []kit.Action[selfCheck]{
		p.printMenu(
			kit.Action[selfCheck]{Label: "科室自查表", Run: p.printDepartmentForms},
			kit.Action[selfCheck]{Label: "汇总表（附表2）", Run: p.previewSummary},
			kit.Action[selfCheck]{Label: "未查名单", Run: p.previewUnchecked},
		),
		record,
		{Label: "导出", Menu: []kit.Action[selfCheck]{
			{Label: "当前列表", Run: p.exportList},
			{Label: "未查名单", Run: p.exportUnchecked},
			{Label: "汇总表", Run: p.exportSummary},
		}},
	}
}

func (p *SelfChecksPage) more() []kit.Action[selfCheck] {
	return []kit.Action[selfCheck]{{Label: "生成缺少的自查表", Run: func(checkSelection) { p.makeMissing() }}}
}

func (p *SelfChecksPage) ownRowActions() []kit.RowAction[selfCheck] {
	if !p.deps.Store.May(model.Write) {
		return []kit.RowAction[selfCheck]{
			{Label: "查看…", Show: p.in(model.Returned, model.SentBack), Run: p.view},
			{Label: "退回补课…", Show: p.in(model.Returned), Run: p.sendBack},
		}
	}
	return []kit.RowAction[selfCheck]{
		{Label: "填写…", Show: p.in(model.Unprinted, model.Printed, model.SentBack, model.Exempt), Run: p.fill},
		{Label: "更正…", Show: p.in(model.Returned), Run: p.fill},
		{Label: "意见…", Show: p.in(model.Returned), Run: p.askOpinions},
		{Label: "退回补课…", Show: p.in(model.Returned), Run: p.sendBack},
	}
}

// readers are the actions of roles that do not fill the registers.
func (p *SelfChecksPage) readers() []string {
	labels := []string{"当前列表", "未查名单", "汇总表", "汇总表（附表2）", "扫描件…", "查看…"}
	if p.deps.Store.May(model.Decide) {
		labels = append(labels, "退回补课…", "免查…", "撤销登记…", "作废…")
	}
	return labels
}

// sendBack has a form done again that was done carelessly.
func (p *SelfChecksPage) sendBack(r selfCheck) {
	kit.AskText(p.deps.Win, kit.TextQuestion{
		Title: "退回补课：" + callsCheck(r),
		Text:  fmt.Sprintf("自查表 %s 退回后重新等待交回，所申报的问题在重新交回前不变。", r.FormNo),
		Label: "补课原因", Yes: "退回补课", PlaceHolder: "如照抄他人、漏填、没有签名", Required: true, Max: model.MaxNote,
	}, func(reason string) {
		p.deps.Do(func(ctx context.Context) error { return p.deps.Store.SendBackSelfCheck(ctx, r.ID, reason) },
			func() { p.done(fmt.Sprintf("%s 的自查表已退回补课", r.Name)) })
	})
}
