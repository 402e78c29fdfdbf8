package ui

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/money"
	"qingfeng/ui/handover"
	"qingfeng/ui/kit"
)

// handoverStat shows what nobody has disposed of yet.
func (h *home) handoverStat(o overview) kit.Stat {
	n := o.Handovers
	s := kit.Stat{Title: "红包待处置", Value: "—", Bar: -1, Door: "查看台账", Open: h.handovers(handover.ViewAll)}
	switch {
	case n.All == 0:
		s.Caption = "还没有登记"
		if h.f.store.May(model.Write) {
			s.Door, s.Open = "登记上交", func() { h.openHandovers().New() }
		}
	case n.Open == 0:
		s.Value, s.Caption = "￥0", fmt.Sprintf("%d 次都已处置", n.All)
	default:
		s.Value = "￥" + money.Yuan(n.OpenFen)
		s.Door, s.Open = fmt.Sprintf("查看 %d 次", n.Open), h.handovers(handover.ViewOpen)
	}
	if n.Stale > 0 {
		s.Chip, s.ChipTone = fmt.Sprintf("超期 %d 次", n.Stale), kit.Warn
	}
	return s
}

// handoverTasks are what the register of red envelopes asks for.
func (h *home) handoverTasks(o overview) []task {
	n := o.Handovers
	var out []task
	for _, w := range []struct {
		n     int
		text  string
		chip  string
		tone  kit.Tone
		door  string
		view  handover.View
		needs model.Permission
	}{
		{n.Stale, fmt.Sprintf("%d 次红包上交超过 %d 天还没有处置完", n.Stale, n.Limits.StaleDays), "待办", kit.Warn, "去处置", handover.ViewStale, model.Write},
		{n.Alone, fmt.Sprintf("%d 次上交的财物只由一人保管", n.Alone), "待办", kit.Warn, "查看", handover.ViewAlone, model.Read},
		{n.Again, fmt.Sprintf("%d 次待处置的红包，送方以前也送过", n.Again), "核对", kit.Info, "查看", handover.ViewAgain, model.Read},
		{n.Merit, fmt.Sprintf("%d 名职工今年上交红包满 %d 次，可记医德加分", n.Merit, n.Limits.MeritCount), "加分", kit.Good, "查看", handover.ViewMerit, model.Read},
		{n.Late, fmt.Sprintf("今年有 %d 次红包逾期上交", n.Late), "核对", kit.Info, "查看", handover.ViewLate, model.Read},
		{n.Unjudged, fmt.Sprintf("今年有 %d 次上交没有判定是否逾期", n.Unjudged), "补填", kit.Info, "去补填", handover.ViewUnjudged, model.Write},
	} {
		if w.n > 0 {
			out = append(out, task{text: w.text, chip: w.chip, tone: w.tone, door: w.door, opens: h.handovers(w.view), needs: w.needs})
		}
	}
	return out
}

// handovers opens the register of red envelopes with a view of it.
func (h *home) handovers(v handover.View) func() {
	return func() { h.openHandovers().Show(v) }
}

func (h *home) openHandovers() *handover.HandoversPage {
	h.f.open(keyHandovers)
	return h.f.page(keyHandovers).(*handover.HandoversPage)
}

// showChart draws how many papers came back day by day, and when none did how
// many red envelopes came in by month, if any did.
func (h *home) showChart(o overview) {
	columns, total := returnedColumns(o)
	h.papers.Set(columns)
	visible(h.papersChart, total > 0)
	months, envelopes := handoverColumns(o)
	h.envelopes.Set(months)
	visible(h.envelopesChart, total == 0 && envelopes > 0)
}

func visible(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

func returnedColumns(o overview) (columns []kit.ChartColumn, total int) {
	for i, c := range o.Returned {
		columns = append(columns, kit.ChartColumn{Label: shortDay(c.Day, i == 0), Count: c.Count})
		total += c.Count
	}
	return columns, total
}

func handoverColumns(o overview) (columns []kit.ChartColumn, total int) {
	for _, c := range o.HandoverMonths {
		n, _ := strconv.Atoi(c.Month[len("2026-"):])
		columns = append(columns, kit.ChartColumn{Label: fmt.Sprintf("%d月", n), Count: c.Count})
		total += c.Count
	}
	return columns, total
}
