package handover

import (
	"fmt"
	"strings"

	"qingfeng/model"
	"qingfeng/model/money"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// How many characters of a keeper's name and of a place the table shows; the
// detail has all.
const (
	keeperLength = 8
	placeLength  = 10
)

func (p *SafePage) columns() []kit.Column[kept] {
	return []kit.Column[kept]{
		{Title: "登记号", Sort: "form_no", Text: func(r kept) string { return r.FormNo }},
		{Title: "上交日期", Sort: "handed_at", Text: func(r kept) string { return string(r.HandedAt.Date()) }},
		{Title: "应有财物", Flex: true, Text: func(r kept) string { return keptText(r.Balances) }},
		{Title: "金额（元）", Sort: "amount", Align: kit.AlignRight, Text: func(r kept) string { return money.Yuan(r.KeptFen) }},
		{Title: "保管人", Sort: "keeper", Text: func(r kept) string { return office.Shorten(r.Keeper, keeperLength) }},
		{Title: "共同保管人", Text: func(r kept) string { return office.Shorten(r.CoKeeper, keeperLength) }, Chip: func(r kept) (string, kit.Tone) {
			if r.CoKeeper == "" {
				return "一人保管", kit.Warn
			}
			return "", kit.Neutral
		}},
		{Title: "保管位置", Sort: "place", Text: func(r kept) string { return office.Shorten(r.KeptAt, placeLength) }},
		{Title: "天数", Sort: "days", Align: kit.AlignRight, Text: func(r kept) string { return fmt.Sprint(p.days(r)) }},
	}
}

// days is for how long something has been kept.
func (p *SafePage) days(r kept) int {
	return r.HandedAt.Date().DaysTo(p.deps.Store.Today())
}

// keptText says in short what should be there: money by its amount, things by
// their number.
func keptText(balances []model.Balance) string {
	parts := make([]string, len(balances))
	for i, b := range balances {
		parts[i] = string(b.Category) + " " + money.Yuan(b.LeftFen) + " 元"
		if b.Category.Counted() {
			parts[i] = fmt.Sprintf("%s %d %s", b.Category, b.LeftQuantity, b.Unit)
		}
	}
	return strings.Join(parts, "、")
}

// keptItem is all about one thing that should be there.
func keptItem(b model.Balance) string {
	text := strings.TrimSpace(string(b.Category) + " " + office.Brief(b.Particulars, shortDetail))
	if b.Category.Counted() {
		text += fmt.Sprintf(" %d %s", b.LeftQuantity, b.Unit)
	}
	return text + " ￥" + money.Yuan(b.LeftFen)
}

// mostItems is how many things the detail names one by one.
const mostItems = 5

func (p *SafePage) detail(r kept) []kit.Piece {
	out := []kit.Piece{{Text: r.FormNo, Style: kit.PieceBold}}
	for i, b := range r.Balances {
		if i == mostItems {
			out = append(out, kit.Piece{Text: fmt.Sprintf("另有 %d 项", len(r.Balances)-mostItems), Style: kit.PieceMuted})
			break
		}
		out = append(out, kit.Piece{Text: keptItem(b)})
	}
	return append(out,
		kit.Piece{Text: "保管 " + office.Joined("，", office.Joined("、", r.Keeper, r.CoKeeper), r.KeptAt), Style: kit.PieceMuted},
		kit.Piece{Text: fmt.Sprintf("上交 %s，已 %d 天", r.HandedAt, p.days(r)), Style: kit.PieceMuted})
}
