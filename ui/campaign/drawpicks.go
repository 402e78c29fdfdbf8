package campaign

import (
	"context"
	"fmt"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// pickRow is a row of the page of one draw.
type pickRow = store.PickRow

// pickRecord is the audit trail's word for the inspection of a drawn
// department, by which its papers are kept.
const pickRecord = "抽查"

// scansOfPick is the label of the signed record sheet and photos.
const scansOfPick = "扫描件…"

// picksPage shows what one draw drew and how far its inspections are.
type picksPage struct {
	*kit.RegisterPage[pickRow]
	owner *DrawsPage
	deps  Deps
	draw  drawRow
	scans *office.ScanCounter
}

func newPicks(owner *DrawsPage, r drawRow) *picksPage {
	p := &picksPage{owner: owner, deps: owner.deps, draw: r}
	spec := kit.Register[pickRow]{
		Title: "抽取 " + r.FormNo, Subtitle: p.subtitle(),
		Side:    kit.NewDoor("← 全部抽取", owner.close),
		Columns: pickColumns(p.deps.Store.Today(), inForce(r)), Source: p.source, ID: func(k pickRow) int64 { return k.ID },
		Actions:    p.actions(),
		RowActions: p.rowActions(),
		Detail:     p.detail,
		Count:      func(n int) string { return fmt.Sprintf("%d 个科室", n) },
		Log:        p.deps.Log,
	}
	if p.deps.Store.May(model.Write) {
		spec.Open = p.record
	} else {
		spec = spec.Only(owner.readers()...)
	}
	p.RegisterPage = kit.NewRegisterPage(p.deps.Win, spec)
	p.scans = office.CountScans(p.deps.Deps, pickRecord, p.Table(), func(k pickRow) int64 { return k.ID })
	return p
}

func (p *picksPage) subtitle() string {
	text := fmt.Sprintf("%s · 种子 %s · 抽取人 %s · 见证人 %s",
		p.draw.DrawnOn, office.Shorten(p.draw.Seed, seedLength), office.Shorten(p.draw.DrawnBy, whoLength), office.Shorten(p.draw.Witness, whoLength))
	if !inForce(p.draw) {
		text = office.Shorten(fmt.Sprintf("已于 %s 作废：%s", p.draw.VoidedOn, p.draw.VoidReason), 44)
	}
	return text
}

func (p *picksPage) actions() []kit.Action[pickRow] {
	papers := kit.Action[pickRow]{Label: "打印", Menu: []kit.Action[pickRow]{
		{Label: drawSheet, Key: "Ctrl+P", Run: func(kit.Selection[pickRow]) { p.owner.printSheet(p.draw) }},
	}}
	again := kit.Action[pickRow]{Label: repeatDraw, Run: func(kit.Selection[pickRow]) { p.owner.show(p.draw, true) }}
	if !inForce(p.draw) {
		return []kit.Action[pickRow]{papers, again}
	}
	papers.Menu = append(papers.Menu, kit.Action[pickRow]{Label: inspectionSheets, Run: func(kit.Selection[pickRow]) { p.owner.printInspections(p.draw) }})
	out := []kit.Action[pickRow]{
		{Label: recordInspection, Primary: true, Enabled: kit.Selection[pickRow].Any, Run: func(s kit.Selection[pickRow]) { p.record(s.Rows[0]) }},
		papers, again,
	}
	if p.owner.mayVoid(p.draw) {
		out = append(out, kit.Action[pickRow]{Label: voidDraw, Run: func(kit.Selection[pickRow]) { p.owner.void(p.draw) }})
	}
	return out
}

func (p *picksPage) rowActions() []kit.RowAction[pickRow] {
	state := func(want model.PickState) func(pickRow) bool {
		return func(k pickRow) bool { return inForce(p.draw) && k.State == want }
	}
	return []kit.RowAction[pickRow]{
		{Label: recordInspection, Show: state(model.ToInspect), Run: p.record},
		{Label: "修改记录…", Show: state(model.Inspected), Run: p.record},
		{Label: "发现问题…", Show: func(pickRow) bool { return inForce(p.draw) && p.deps.NewFinding != nil }, Run: p.find},
		{Label: scansOfPick, Run: p.openScans},
	}
}

// recordInspection is the label of what is done about a drawn department.
const recordInspection = "登记检查…"

func pickColumns(today day.Date, inForce bool) []kit.Column[pickRow] {
	return []kit.Column[pickRow]{
		{Title: "序号", Align: kit.AlignRight, Text: func(k pickRow) string { return fmt.Sprint(k.Position) }},
		{Title: "科室", Text: func(k pickRow) string { return office.Shorten(k.Department, 16) }},
		{Title: "检查时间", Text: func(k pickRow) string { return slotText(k.Slot) }},
		{Title: "检查人", Text: func(k pickRow) string { return office.Shorten(k.Inspectors, 16) }},
		{Title: "状态", Chip: func(k pickRow) (string, kit.Tone) { return pickChip(k, today, inForce) }},
		{Title: "检查日期", Text: func(k pickRow) string { return string(k.InspectedOn) }},
		{Title: "问题", Align: kit.AlignRight, Text: func(k pickRow) string {
			if k.State == model.ToInspect && k.Findings == 0 {
				return ""
			}
			return fmt.Sprint(k.Findings)
		}},
		{Title: "检查情况", Flex: true, Text: func(k pickRow) string { return office.OneLine(k.Record) }},
		{Title: "公开方式", Text: func(k pickRow) string { return office.Shorten(k.Published, 12) }},
	}
}

func pickChip(k pickRow, today day.Date, inForce bool) (string, kit.Tone) {
	switch {
	case !inForce:
		return "已作废", kit.Neutral
	case k.State == model.Inspected:
		return string(k.State), kit.Good
	case k.Day < today:
		return "已过时间", kit.Bad
	case k.Day == today:
		return "今天检查", kit.Warn
	}
	return string(k.State), kit.Neutral
}

// slotText is half a day with its day of the week, as people arrange to meet.
func slotText(s model.Slot) string {
	return fmt.Sprintf("%s（周%s）%s", s.Day, weekdays[s.Day.Time().Weekday()], s.Half)
}

func (p *picksPage) detail(k pickRow) []kit.Piece {
	out := []kit.Piece{{Text: k.Department, Style: kit.PieceBold}, {Text: slotText(k.Slot), Style: kit.PieceMuted}}
	for _, x := range [][2]string{{"检查人：", k.Inspectors}, {"检查情况：", office.OneLine(k.Record)}, {"公开：", k.Published}} {
		if x[1] != "" {
			out = append(out, kit.Piece{Text: x[0] + x[1], Style: kit.PieceMuted})
		}
	}
	if k.Findings > 0 {
		out = append(out, kit.Piece{Text: fmt.Sprintf("问题 %d 个", k.Findings), Tone: kit.Warn})
	}
	return append(out, p.scans.Pieces(k.ID)...)
}

// source lists the picks: a draw has a few dozen at most.
func (p *picksPage) source(ctx context.Context, q kit.Query) ([]pickRow, int, error) {
	picks, err := p.deps.Store.Picks(ctx, p.draw.ID)
	if err != nil {
		return nil, 0, err
	}
	return kit.Rows(picks)(ctx, q)
}

// reload reads the draw and its picks anew; the page is made again when what
// can be done with the draw has changed.
func (p *picksPage) reload() {
	kit.Run(context.Background(), func(ctx context.Context) (drawRow, error) {
		return p.deps.Store.Draw(ctx, p.draw.ID)
	}, func(r drawRow, err error) {
		switch {
		case err != nil:
			p.deps.Fail(err)
		case p.owner.picks != p: // left meanwhile
		case inForce(r) != inForce(p.draw) || p.owner.mayVoid(r) != p.owner.mayVoid(p.draw):
			selected, _ := p.Table().Selected()
			p.owner.bring(newPicks(p.owner, r))
			p.owner.picks.SelectID(selected.ID)
		default:
			p.draw = r
			p.Refresh()
		}
	})
}

// record asks when a department was inspected and what was found there.
func (p *picksPage) record(k pickRow) {
	if !inForce(p.draw) {
		return
	}
	today := p.deps.Store.Today()
	on, text, published := kit.NewDateField(), kit.NewMultiEntry(model.MaxNote, 6), kit.NewEntry(model.MaxShort)
	on.SetDate(k.InspectedOn)
	if k.InspectedOn == "" {
		on.SetDate(min(today, max(k.Day, p.draw.DrawnOn)))
	}
	text.SetText(k.Record)
	published.SetText(k.Published)
	read := func() model.Pick {
		m := k.Pick
		m.State, m.InspectedOn, m.Record, m.Published = model.Inspected, on.Date(), text.Value(), published.Value()
		return m
	}
	form := kit.NewForm(p.deps.Win,
		kit.Fact("抽取", fmt.Sprintf("%s 第 %d 号", k.FormNo, k.Position)), kit.Fact("安排", office.Joined(" · ", slotText(k.Slot), k.Inspectors)),
		kit.Field{Key: "InspectedOn", Label: "检查日期", Required: true, Input: on},
		kit.Field{Key: "Record", Label: "检查情况", Hint: "查了什么、查了多少、结果如何；要整改的问题用“发现问题…”登记", Required: true, Input: text},
		kit.Field{Key: "Published", Label: "公开方式", Hint: "如 院务公开栏、院周会通报", Input: published},
	)
	form.Log = p.deps.Log
	form.Validate = func() map[string]string {
		m := read()
		out := office.FieldMessages(m.Validate())
		switch {
		case m.InspectedOn > today:
			out["InspectedOn"] = fmt.Sprintf("在今天（%s）之后", today)
		case m.InspectedOn < p.draw.DrawnOn:
			out["InspectedOn"] = fmt.Sprintf("不能早于抽取日期 %s", p.draw.DrawnOn)
		}
		return out
	}
	form.OnSave = func() func(context.Context) error {
		m := read()
		return func(ctx context.Context) error { return p.deps.Store.RecordPick(ctx, m) }
	}
	form.OnSaved = func() {
		p.reload()
		kit.Toast(p.deps.Win, "已登记"+k.Department+"的检查", kit.Good)
	}
	form.ShowDialog("登记检查："+k.Department, "登记")
	form.Focus("Record")
}

// find opens the form for something that the inspection found.
func (p *picksPage) find(k pickRow) {
	p.deps.NewFinding(model.Finding{CampaignID: k.CampaignID, PickID: k.ID, Source: model.FromInspection, DepartmentID: k.DepartmentID,
		FoundOn: k.InspectedOn})
}

func (p *picksPage) openScans(k pickRow) {
	office.OpenScans(p.deps.Deps, office.Attached{
		Entity: pickRecord, ID: k.ID,
		Title: fmt.Sprintf("%s 第 %d 号", k.FormNo, k.Position), Facts: k.Department + " · " + slotText(k.Slot),
	}, p.scans.Recount)
}

// drawnNames are the names under which departments were drawn: the draw is
// computed from them, whatever they are called later.
func drawnNames(pool model.Pool) map[int64]string {
	out := map[int64]string{}
	for _, d := range pool.Departments {
		out[d.ID] = d.Name
	}
	return out
}

// differences tells where the picks drawn again are others than those stored.
func differences(pool model.Pool, stored, again []model.Pick) []string {
	names := drawnNames(pool)
	say := func(picks []model.Pick, i int) string {
		if i >= len(picks) {
			return "没有"
		}
		return office.Joined(" · ", names[picks[i].DepartmentID], slotText(picks[i].Slot), picks[i].Inspectors)
	}
	var out []string
	for i := range max(len(stored), len(again)) {
		if was, now := say(stored, i), say(again, i); was != now {
			out = append(out, fmt.Sprintf("第 %d 号：登记的是 %s；重新计算是 %s", i+1, was, now))
		}
	}
	return out
}
