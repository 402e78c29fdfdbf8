package campaign

import (
	"context"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2/widget"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/workday"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// The ways in which a deadline that comes again and again is fixed.
const (
	byDay    = "day"    // on a day of the period
	byAfter  = "after"  // within some working days after it
	byBefore = "before" // on the last working day of it, some working days long
)

// deadlineForm is the form of a deadline. What the frequency does not use is
// hidden, and the days that come of it are shown while one chooses.
type deadlineForm struct {
	section     *deadlines
	old         model.Deadline
	calendar    *workday.Calendar
	form        *kit.Form
	title       *kit.Entry
	recipient   *kit.Entry
	every       *kit.Segmented
	way         *kit.Choice
	date        *kit.DateField
	weekday     *kit.Choice
	month       *kit.Choice
	quarter     *kit.Choice // month of the quarter
	day         *kit.Entry
	workingDays *kit.Entry
	roll        *kit.Choice
	words       *kit.Label
	next        *widget.Label
}

func (s *deadlines) add() {
	rule := model.DeadlineRule{Every: model.Once, Date: s.plan.campaign.EndsOn}
	s.ask("新增时限", "新增", model.Deadline{CampaignID: s.plan.campaign.ID, DeadlineRule: rule})
}

func (s *deadlines) edit(r dueRow) { s.ask("修改时限", "保存", r.deadline) }

// ask shows the form once the calendar is known.
func (s *deadlines) ask(title, save string, d model.Deadline) {
	deps := s.plan.deps
	kit.Run(context.Background(), func(context.Context) (*workday.Calendar, error) { return deps.Store.Calendar() },
		func(c *workday.Calendar, err error) {
			if err != nil {
				deps.Fail(err)
				return
			}
			f := newDeadlineForm(s, d, c)
			f.update()
			f.form.ShowDialog(title, save)
		})
}

func newDeadlineForm(s *deadlines, d model.Deadline, c *workday.Calendar) *deadlineForm {
	f := &deadlineForm{section: s, old: d, calendar: c, title: kit.NewEntry(model.MaxShort), recipient: kit.NewEntry(model.MaxShort),
		every: kit.NewSegmented(everyOptions()), way: kit.NewChoice(wayOptions), date: kit.NewDateField(),
		weekday: kit.NewChoice(weekdayOptions()), month: kit.NewChoice(monthOptions()), quarter: kit.NewChoice(quarterOptions),
		day: kit.NewEntry(2), workingDays: kit.NewEntry(3), roll: kit.NewChoice(rollOptions()),
		words: kit.NewSubHeading(""), next: kit.NewParagraph("")}
	f.fill()
	f.form = kit.NewForm(s.plan.deps.Win,
		kit.Field{Key: "Title", Label: "事项", Required: true, Input: f.title},
		kit.Field{Key: "Recipient", Label: "报送", Hint: "报给谁，不报送的不填", Input: f.recipient},
		kit.Field{Key: "Every", Label: "周期", Required: true, Input: f.every},
		kit.Field{Key: "Date", Label: "日期", Required: true, Input: f.date},
		kit.Field{Key: "Weekday", Label: "星期", Required: true, Input: f.weekday},
		kit.Field{Key: "Way", Label: "怎样定", Required: true, Input: f.way},
		kit.Field{Key: "Month", Label: "月份", Required: true, Input: f.month},
		kit.Field{Key: "Quarter", Label: "月份", Required: true, Input: f.quarter},
		kit.Field{Key: "Day", Label: "日", Hint: "1 到 31；31 表示月底", Required: true, Input: f.day},
		kit.Field{Key: "WorkingDays", Label: "工作日数", Required: true, Input: f.workingDays},
		kit.Field{Key: "Roll", Label: "遇休息日", Input: f.roll},
		kit.NextColumn(), kit.Section("推算出的期限"), kit.Block(f.words), kit.Block(f.next),
	)
	f.form.Log = s.plan.deps.Log
	f.form.Validate = f.check
	f.form.OnSave = func() func(context.Context) error {
		part := f.value()
		return func(ctx context.Context) error {
			_, err := s.plan.deps.Store.SavePart(ctx, part)
			return err
		}
	}
	f.form.OnSaved = func() { s.plan.done("已保存时限") }
	f.watch()
	return f
}

func (f *deadlineForm) fill() {
	d := f.old
	f.title.SetText(d.Title)
	f.recipient.SetText(d.Recipient)
	f.every.SetValue(string(d.Every))
	f.date.SetDate(d.Date)
	f.weekday.SetValue(strconv.Itoa(max(1, min(7, d.Day))))
	f.month.SetValue(strconv.Itoa(max(1, d.Month)))
	f.quarter.SetValue(strconv.Itoa(max(1, min(3, d.Month))))
	f.day.SetText(strconv.Itoa(max(1, d.Day)))
	f.workingDays.SetText(strconv.Itoa(max(1, d.WorkingDays)))
	f.roll.SetValue(string(d.Roll))
	f.way.SetValue(byDay)
	switch {
	case d.WorkingDays > 0 && d.Before:
		f.way.SetValue(byBefore)
	case d.WorkingDays > 0:
		f.way.SetValue(byAfter)
	}
}

// watch shows what comes of the rule after each change of it.
func (f *deadlineForm) watch() {
	update := func(string) { f.update() }
	f.every.OnChanged, f.way.OnChanged, f.weekday.OnChanged = update, update, update
	f.month.OnChanged, f.quarter.OnChanged, f.roll.OnChanged = update, update, update
	f.day.OnEdited, f.workingDays.OnEdited = update, update
	f.date.OnTime = func(day.Date) { f.update() }
}

// rule reads the fields that the frequency uses.
func (f *deadlineForm) rule() model.DeadlineRule {
	r := model.DeadlineRule{Every: model.Frequency(f.every.Value())}
	number := func(text string) int { n, _ := strconv.Atoi(text); return n }
	way := f.way.Value()
	switch {
	case r.Every == model.Once:
		r.Date, r.Roll = f.date.Date(), model.Roll(f.roll.Value())
		return r
	case r.Every == model.Weekly:
		r.Day, r.Roll = number(f.weekday.Value()), model.Roll(f.roll.Value())
		return r
	case way != byDay:
		r.WorkingDays, r.Before = max(0, number(f.workingDays.Value())), way == byBefore
		if r.WorkingDays == 0 {
			r.WorkingDays = -1 // none is no rule by a day either
		}
		return r
	case r.Every == model.Quarterly:
		r.Month = number(f.quarter.Value())
	case r.Every == model.Yearly:
		r.Month = number(f.month.Value())
	}
	r.Day, r.Roll = number(f.day.Value()), model.Roll(f.roll.Value())
	return r
}

func (f *deadlineForm) value() model.Deadline {
	d := f.old
	d.Title, d.Recipient, d.DeadlineRule = f.title.Value(), f.recipient.Value(), f.rule()
	return d
}

func (f *deadlineForm) check() map[string]string {
	return office.FieldMessages(f.value().Validate(f.section.plan.campaign))
}

// update shows the fields of the frequency and the days that come of them.
func (f *deadlineForm) update() {
	every, way := model.Frequency(f.every.Value()), f.way.Value()
	long := every != model.Once && every != model.Weekly
	for key, shown := range map[string]bool{
		"Date": every == model.Once, "Weekday": every == model.Weekly, "Way": long,
		"Month": long && way == byDay && every == model.Yearly, "Quarter": long && way == byDay && every == model.Quarterly,
		"Day": long && way == byDay, "WorkingDays": long && way != byDay, "Roll": !long || way == byDay,
	} {
		f.form.SetVisible(key, shown)
	}
	words, next := f.preview()
	f.words.SetText(words)
	f.next.SetText(next)
	f.form.SetHint("Roll", "", kit.Neutral) // lays the form out anew
}

// previewed is how many of the days that come are shown.
const previewed = 8

// preview is the rule in words and the days that come of it, from today on,
// or the last ones when all are past.
func (f *deadlineForm) preview() (words, next string) {
	r := f.rule()
	if r.Validate() != nil {
		return "请填完整", ""
	}
	c := f.section.plan.campaign
	from, to := c.StartsOn, c.EndsOn
	if r.Every == model.Once { // one day stands, even after the campaign
		from, to = r.Date, r.Date
	}
	all := r.Occurrences(f.calendar, from, to)
	if len(all) == 0 {
		return r.String(), fmt.Sprintf("在专项行动期间（%s 至 %s）一次也不会到期。", c.StartsOn, c.EndsOn)
	}
	if r.Every != model.Once {
		next = fmt.Sprintf("期间共 %d 期：\n", len(all))
	}
	first := 0
	for first < len(all)-previewed && all[first].Due != "" && all[first].Due < f.section.plan.deps.Store.Today() {
		first++
	}
	if first > 0 {
		next += "…\n"
	}
	for _, o := range all[first:min(len(all), first+previewed)] {
		if o.Problem != "" { // those after it cannot be computed either
			return r.String(), next + o.Problem
		}
		next += dueText(o) + "\n"
	}
	if first+previewed < len(all) {
		next += "…"
	}
	return r.String(), next
}

func everyOptions() []kit.Option {
	var out []kit.Option
	for _, f := range model.Frequencies {
		out = append(out, kit.Option{Value: string(f), Text: f.Label()})
	}
	return out
}

func rollOptions() []kit.Option {
	var out []kit.Option
	for _, r := range model.Rolls {
		out = append(out, kit.Option{Value: string(r), Text: r.Label()})
	}
	return out
}

var wayOptions = []kit.Option{
	{Value: byDay, Text: "某一天前"}, {Value: byAfter, Text: "结束后几个工作日内"}, {Value: byBefore, Text: "最后几个工作日内"},
}

var quarterOptions = []kit.Option{{Value: "1", Text: "首月"}, {Value: "2", Text: "第二个月"}, {Value: "3", Text: "末月"}}

func weekdayOptions() []kit.Option {
	var out []kit.Option
	for i := 1; i <= 7; i++ {
		out = append(out, kit.Option{Value: strconv.Itoa(i), Text: "星期" + weekdays[i%7]})
	}
	return out
}

func monthOptions() []kit.Option {
	var out []kit.Option
	for i := 1; i <= 12; i++ {
		out = append(out, kit.Option{Value: strconv.Itoa(i), Text: fmt.Sprintf("%d月", i)})
	}
	return out
}
