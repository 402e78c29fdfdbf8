package campaign

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// Filters of the section 时限 and their values.
const (
	filterEach = "each"
	eachRule   = "rule" // one row for each deadline instead of each time it comes
	dueOpen    = "open"
	dueLate    = "late"
	dueDone    = "done"
)

// dueRow is one time that a deadline comes, or the deadline as a whole with
// the next time that is open.
type dueRow struct {
	store.DueRow
	id         int64
	deadline   model.Deadline
	whole      bool
	done, all  int // times met, and times in all; of a whole
	today      day.Date
	occurrence bool // false: it never comes, or all is met
}

// deadlines is the section 时限.
type deadlines struct {
	*kit.RegisterPage[dueRow]
	plan *planPage

	mu   sync.Mutex
	open int // under mu: times not met, of the last answer
}

func newDeadlines(p *planPage) *deadlines {
	s := &deadlines{plan: p}
	spec := kit.Register[dueRow]{
		Title: p.title(), Subtitle: p.stage, Side: p.switcher(sectionDeadlines),
		Columns: dueColumns(), Source: s.source, ID: func(r dueRow) int64 { return r.id },
		Filters: []kit.Filter{
			{Key: filterState, All: "全部", Options: []kit.Option{{Value: dueOpen, Text: "未办结"}, {Value: dueLate, Text: "逾期"}, {Value: dueDone, Text: "已办结"}}},
			{Key: filterEach, All: "每一期", Options: []kit.Option{{Value: eachRule, Text: "每项时限"}}},
		},
		Actions: []kit.Action[dueRow]{
			{Label: "新增", Key: "Ctrl+N", Primary: true, Run: func(kit.Selection[dueRow]) { s.add() }},
			planPrinting[dueRow](p),
		},
		RowActions: []kit.RowAction[dueRow]{
			{Label: "办结…", Show: func(r dueRow) bool { return r.occurrence && r.DoneID == 0 }, Run: s.meet},
			{Label: "撤销办结…", Show: s.reopens, Run: s.reopen},
			{Label: "修改时限", Run: s.edit},
			{Label: "上移", Show: func(r dueRow) bool { return r.whole }, Run: func(r dueRow) { s.move(r, true) }},
			{Label: "下移", Show: func(r dueRow) bool { return r.whole }, Run: func(r dueRow) { s.move(r, false) }},
			{Label: "删除…", Danger: true, Run: s.remove},
		},
		Detail: dueDetail, Open: s.openRow,
		Empty: kit.Empty{Text: "时限是什么材料、在什么日期前、报给谁：一次的，或者每周、每月、每季度、每年的。", Button: "新增时限", Run: s.add},
		Count: s.count, Log: p.deps.Log,
	}
	if !p.mayWrite() {
		spec = spec.Only(append(planPapers(), "撤销办结…")...)
	}
	s.RegisterPage = kit.NewRegisterPage(p.deps.Win, spec)
	return s
}

// recipientLength is how many characters of the recipient a row shows; the
// detail has all.
const recipientLength = 10

func dueColumns() []kit.Column[dueRow] {
	return []kit.Column[dueRow]{
		{Title: "期限", Text: func(r dueRow) string { return string(r.Due) }},
		{Title: "事项", Flex: true, Text: func(r dueRow) string { return r.deadline.Title }},
		{Title: "报送", Text: func(r dueRow) string { return office.Shorten(r.deadline.Recipient, recipientLength) }},
		{Title: "规则", Text: func(r dueRow) string { return r.deadline.DeadlineRule.String() }},
		{Title: "期次", Text: dueRow.times},
		{Title: "状态", Chip: dueRow.chip},
		{Title: "办结", Text: func(r dueRow) string { return string(r.DoneOn) }},
	}
}

// times says which time it is, or how many of them were met.
func (r dueRow) times() string {
	if r.whole {
		return fmt.Sprintf("办结 %d / %d 期", r.done, r.all)
	}
	return periodName(r.Period)
}

// periodName is the word for the period of an occurrence: 2026年8月, and
// nothing for a day.
func periodName(period string) string {
	year, rest, _ := strings.Cut(period, "-")
	switch {
	case strings.Contains(period, "Q"):
		year, rest, _ = strings.Cut(period, "Q")
		return year + "年第" + rest + "季度"
	case strings.HasPrefix(rest, "W"):
		return year + "年第" + strings.TrimLeft(rest[1:], "0") + "周"
	case len(rest) == 2:
		return year + "年" + strings.TrimPrefix(rest, "0") + "月"
	case rest == "" && len(year) == 4:
		return year + "年"
	}
	return ""
}

// dueSoon is how many days before a deadline it asks for attention.
const dueSoon = 7

func (r dueRow) chip() (string, kit.Tone) {
	switch {
	case r.DoneID != 0, r.whole && r.all > 0 && r.done == r.all:
		return "已办结", kit.Good
	case !r.occurrence:
		return "不会到期", kit.Neutral
	case r.Due == "":
		return "没有节假日表", kit.Warn
	}
	return daysChip(r.today.DaysTo(r.Due))
}

// daysChip is a limit that is so many days away.
func daysChip(days int) (string, kit.Tone) {
	switch {
	case days < 0:
		return fmt.Sprintf("逾期 %d 天", -days), kit.Bad
	case days == 0:
		return "今天", kit.Warn
	case days <= dueSoon:
		return fmt.Sprintf("%d 天", days), kit.Warn
	}
	return fmt.Sprintf("%d 天", days), kit.Neutral
}

func dueDetail(r dueRow) []kit.Piece {
	out := []kit.Piece{{Text: r.deadline.Title, Style: kit.PieceBold}}
	if r.deadline.Recipient != "" {
		out = append(out, kit.Piece{Text: "报" + r.deadline.Recipient, Style: kit.PieceMuted})
	}
	if r.Due != "" {
		out = append(out, kit.Piece{Text: dueText(r.Occurrence)})
	}
	if r.Problem != "" {
		out = append(out, kit.Piece{Text: r.Problem, Tone: kit.Warn})
	}
	if r.DoneID != 0 {
		out = append(out, kit.Piece{Text: doneText(r), Style: kit.PieceMuted}, kit.Piece{Text: office.OneLine(r.Note), Style: kit.PieceMuted})
	}
	return out
}

func doneText(r dueRow) string {
	text := string(r.DoneOn) + " 办结"
	if r.Due != "" && r.DoneOn > r.Due {
		text += fmt.Sprintf("，晚 %d 天", r.Due.DaysTo(r.DoneOn))
	}
	return text
}

// dueText is the day of an occurrence with its weekday, and the window that
// leads to it.
func dueText(o model.Occurrence) string {
	text := o.Due.Chinese() + "（周" + weekdays[o.Due.Time().Weekday()] + "）"
	if o.Opens != "" && o.Opens != o.Due {
		text = o.Opens.Chinese() + " 至 " + text
	}
	if o.Holiday {
		text += "，休息日"
	}
	return text
}

// source lists the times that deadlines come, or the deadlines.
func (s *deadlines) source(ctx context.Context, q kit.Query) ([]dueRow, int, error) {
	plan, err := s.plan.deps.Store.Plan(ctx, s.plan.campaign.ID)
	if err != nil {
		return nil, 0, err
	}
	all, err := s.plan.dueRows(ctx, plan.Deadlines)
	if err != nil {
		return nil, 0, err
	}
	open := 0
	for _, r := range all {
		if r.DoneID == 0 && r.occurrence {
			open++
		}
	}
	s.mu.Lock()
	s.open = open
	s.mu.Unlock()
	if q.Filters[filterEach] == eachRule {
		all = wholes(all)
	}
	rows := slices.DeleteFunc(all, func(r dueRow) bool { return !r.matches(q.Filters[filterState]) })
	return kit.Rows(rows)(ctx, q)
}

func (s *deadlines) count(total int) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprintf("%d 条，共 %d 期未办结", total, s.open)
}

func (r dueRow) matches(state string) bool {
	done := r.DoneID != 0 || r.whole && r.all > 0 && r.done == r.all
	switch state {
	case dueOpen:
		return !done && r.occurrence
	case dueLate:
		return !done && r.Overdue(r.today)
	case dueDone:
		return done
	}
	return true
}

// dueRows are all times that the plan's deadlines come, the earliest
// first; one that never comes has a row too, or nobody could mend it.
func (p *planPage) dueRows(ctx context.Context, rules []model.Deadline) ([]dueRow, error) {
	found, err := p.deps.Store.Deadlines(ctx, []int64{p.campaign.ID})
	if err != nil {
		return nil, err
	}
	return joinDue(rules, found, p.deps.Store.Today()), nil
}

// timesAtMost is more than the times that a deadline comes in any campaign;
// rows are numbered with it.
const timesAtMost = 100_000

func joinDue(rules []model.Deadline, found []store.DueRow, today day.Date) []dueRow {
	var out []dueRow
	times := map[int64]int{}
	byID := map[int64]model.Deadline{}
	for _, d := range rules {
		byID[d.ID] = d
	}
	for _, f := range found {
		times[f.DeadlineID]++
		out = append(out, dueRow{DueRow: f, id: f.DeadlineID*timesAtMost + int64(times[f.DeadlineID]),
			deadline: byID[f.DeadlineID], today: today, occurrence: true})
	}
	for _, d := range rules {
		if times[d.ID] == 0 {
			out = append(out, dueRow{DueRow: store.DueRow{DeadlineID: d.ID}, id: d.ID * timesAtMost, deadline: d, today: today})
		}
	}
	return out
}

// wholes makes one row of all times that a deadline comes, in the plan's
// order.
func wholes(all []dueRow) []dueRow {
	at := map[int64]int{}
	var out []dueRow
	for _, r := range all {
		i, ok := at[r.DeadlineID]
		if !ok {
			i = len(out)
			at[r.DeadlineID] = i
			out = append(out, dueRow{DueRow: store.DueRow{DeadlineID: r.DeadlineID}, id: -r.DeadlineID, deadline: r.deadline, whole: true, today: r.today})
		}
		w := &out[i]
		switch {
		case !r.occurrence:
			continue
		case r.DoneID != 0:
			w.done++
		case !w.occurrence:
			w.DueRow, w.occurrence = r.DueRow, true
		}
		w.all++
	}
	slices.SortStableFunc(out, func(a, b dueRow) int { return cmp.Compare(a.deadline.Position, b.deadline.Position) })
	return out
}

// openRow does what a double click most likely means.
func (s *deadlines) openRow(r dueRow) {
	if r.occurrence && r.DoneID == 0 {
		s.meet(r)
		return
	}
	s.edit(r)
}

// meet records that what was due is delivered.
func (s *deadlines) meet(r dueRow) {
	d := s.plan.deps
	on, note := d.DateOfToday(), kit.NewMultiEntry(model.MaxNote, 3)
	what := r.deadline.Title
	if name := periodName(r.Period); name != "" {
		what += "（" + name + "）"
	}
	form := kit.NewForm(d.Win,
		kit.Field{Key: "What", Label: "事项", Input: kit.NewReadOnly(what)},
		kit.Field{Key: "DoneOn", Label: "办结日期", Required: true, Input: on},
		kit.Field{Key: "Note", Label: "说明", Hint: "如文号、经谁签收", Input: note},
	)
	form.Log = d.Log
	form.OnSave = func() func(context.Context) error {
		day, text := on.Date(), note.Value()
		return func(ctx context.Context) error { return d.Store.MeetDeadline(ctx, r.DeadlineID, r.Period, day, text) }
	}
	form.OnSaved = func() { s.plan.done("已办结：" + what) }
	form.ShowDialog("办结", "办结")
}

func (s *deadlines) reopens(r dueRow) bool {
	return r.DoneID != 0 && s.plan.deps.Store.May(model.Decide)
}

// reopen takes a wrong record back.
func (s *deadlines) reopen(r dueRow) {
	d := s.plan.deps
	kit.AskText(d.Win, kit.TextQuestion{
		Title: "撤销办结", Text: fmt.Sprintf("“%s”登记为 %s 办结，撤销后重新等待办结。", r.deadline.Title, r.DoneOn),
		Label: "撤销原因", Yes: "撤销办结", Required: true, Max: model.MaxNote,
	}, func(reason string) {
		d.Do(func(ctx context.Context) error { return d.Store.ReopenDeadline(ctx, r.DoneID, reason) },
			func() { s.plan.done("已撤销办结：" + r.deadline.Title) })
	})
}

func (s *deadlines) move(r dueRow, up bool) {
	d := s.plan.deps
	d.Do(func(ctx context.Context) error { return d.Store.MovePart(ctx, r.deadline, up) }, s.Refresh)
}

func (s *deadlines) remove(r dueRow) {
	d := s.plan.deps
	kit.Confirm(d.Win, kit.Question{
		Title: "删除时限", Text: fmt.Sprintf("从方案中删除“%s”，%s？", r.deadline.Title, r.deadline.DeadlineRule),
		Yes: "删除", Danger: true,
	}, func() {
		d.Do(func(ctx context.Context) error { return d.Store.RemovePart(ctx, r.deadline) },
			func() { s.plan.done("已删除时限") })
	})
}
