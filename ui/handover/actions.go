package handover

import (
	"qingfeng/model"
	"qingfeng/ui/kit"
)

// Labels of what can be done with a handover.
const (
	disposeLabel      = "处置…"
	tellLabel         = "详情"
	scansLabel        = "扫描件…"
	editLabel         = "修改"
	correctLabel      = "更正财物…"
	reverseLabel      = "冲正处置…"
	voidReceiptLabel  = "作废收据…"
	voidHandoverLabel = "作废登记…"
	moreLabel         = "更多"
)

func (p *HandoversPage) actions() []kit.Action[handover] {
	return []kit.Action[handover]{
		{Label: "登记上交", Key: "Ctrl+N", Primary: true, Run: func(handovers) { p.New() }},
		{Label: "导入", Run: func(handovers) { p.ledgerImport().Pick() }},
		{Label: "打印", Menu: p.printActions()},
		{Label: "导出", Menu: p.exportActions()},
	}
}

func (p *HandoversPage) rowActions() []kit.RowAction[handover] {
	standing := func(r handover) bool { return !r.Voided() }
	open := func(r handover) bool { return r.LeftFen() > 0 }
	disposed := func(r handover) bool { return r.DisposedFen > 0 }
	return []kit.RowAction[handover]{
		{Label: disposeLabel, Show: open, Run: p.dispose},
		{Label: receiptLabel, Show: standing, Run: func(r handover) { p.printReceipts([]handover{r}, nil) }},
		{Label: tellLabel, Run: p.tell},
		{Label: scansLabel, Run: p.openScans},
		{Label: moreLabel, Menu: []kit.RowAction[handover]{
			{Label: editLabel, Show: standing, Run: p.edit},
			{Label: formLabel, Run: func(r handover) { p.printForms([]handover{r}) }},
			{Label: slipLabel, Show: disposed, Run: p.printSlips},
			{Label: correctLabel, Show: standing, Run: p.correct},
			{Label: reverseLabel, Show: disposed, Run: p.reverse},
			{Label: voidReceiptLabel, Show: func(r handover) bool { return r.Receipt != "" }, Run: p.voidReceipt},
			{Label: voidHandoverLabel, Show: standing, Run: p.void},
		}},
	}
}

// readers are the actions of roles that do not fill the registers.
func (p *HandoversPage) readers() []string {
	labels := []string{tellLabel, scansLabel, formLabel, slipLabel, ledgerLabel, totalsLabel, listLabel}
	if p.deps.Store.May(model.Decide) {
		labels = append(labels, correctLabel, reverseLabel, voidReceiptLabel, voidHandoverLabel)
	}
	return labels
}
