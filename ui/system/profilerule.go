package system

import (
	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/ui/kit"
)

// What is said about the day from which the hand-over limit is in force.
const (
	fromHint    = "规定改了时限的，填新规定的施行日期：以前收受的仍按原时限判断"
	earlierHint = "比原来填的早：现行时限改从这一天起施行，这一天以后的其他时限作罢。已登记的不变"
	sameDayHint = "没有改施行日期：现行时限改正为这个。以后登记的按改正的判断，已登记的不变"
)

// ruleItems ask for the day from which the hand-over limit is in force, and
// show the limits of before.
func (p *profileInputs) ruleItems(rules []model.HandoverRule) []kit.FormItem {
	items := []kit.FormItem{kit.Field{Key: "HandoverFrom", Label: "施行日期", Input: p.from, Hint: fromHint}}
	if before := rulesBefore(rules); len(before) > 0 {
		lines := []fyne.CanvasObject{kit.NewMuted("以前的时限")}
		for _, text := range before {
			lines = append(lines, kit.NewMuted(text).Shorten())
		}
		items = append(items, kit.Block(kit.Below(lines...)))
	}
	return items
}

// watchRule says, while one types, what becomes of the present limit when no
// later day comes with the new one.
func (p *profileInputs) watchRule(form *kit.Form) {
	tell := func() {
		now, was := p.hospital(), p.start
		switch {
		case now.HandoverFrom < was.HandoverFrom:
			form.SetHint("HandoverFrom", earlierHint, kit.Warn)
		case now.HandoverFrom == was.HandoverFrom && (now.HandoverLimit != was.HandoverLimit || now.HandoverUnit != was.HandoverUnit):
			form.SetHint("HandoverFrom", sameDayHint, kit.Warn)
		default:
			form.SetHint("HandoverFrom", fromHint, kit.Neutral)
		}
	}
	p.limit.OnEdited = func(string) { tell() }
	p.unit.OnChanged = func(string) { tell() }
	p.from.OnTime = func(day.Date) { tell() }
}

// ruleText is a hand-over limit with its document.
func ruleText(r model.HandoverRule) string {
	text := r.Text()
	if r.Document != "" {
		text += "（" + r.Document + "）"
	}
	return text
}

// since is from when a hand-over limit is in force.
func since(r model.HandoverRule) string {
	if r.FromOn == "" {
		return "最初"
	}
	return string(r.FromOn) + " 起"
}

// rulesBefore are the limits that were in force before the present one, the
// newest first.
func rulesBefore(rules []model.HandoverRule) []string {
	var out []string
	for i, r := range rules {
		if i > 0 {
			out = append(out, since(r)+"　"+ruleText(r))
		}
	}
	return out
}
