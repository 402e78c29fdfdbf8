package ui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/ui/campaign"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// task is one line of 要做的事.
type task struct {
	on        day.Date // the limit, "" when there is none
	text      string
	recipient string // who gets it, "" for nobody
	chip      string
	tone      kit.Tone
	door      string
	opens     func()
	needs     model.Permission // to do what is behind the door
}

var taskColumns = lines{{title: "时限", right: true}, {title: "事项", takes: true}, {title: "报送", yields: 20}, {title: ""}, {title: "", right: true}}

// recipientLength is how many characters of a recipient 工作台 shows.
const recipientLength = 8

func (h *home) showTasks(o overview) {
	rows := [][]fyne.CanvasObject{}
	for _, t := range h.tasks(o) {
		if !h.f.store.May(t.needs) {
			t.door = "" // another does it
		}
		due := ""
		if t.on != "" {
			due = monthAndDay(t.on, o.today)
		}
		rows = append(rows, []fyne.CanvasObject{kit.NewLabel(due), kit.NewLabel(t.text).Shorten(), kit.NewMuted(office.Shorten(t.recipient, recipientLength)),
			kit.NewChip(t.chip, t.tone), kit.NewDoor(t.door, t.opens)})
	}
	h.todo.Objects = []fyne.CanvasObject{newLines(taskColumns, rows)}
	h.todo.Refresh()
}

// tasks are what is to be done now: what nothing goes without, then what is
// late or soon due, then what waits for somebody, then what has time, those
// whose limit nobody knows last, then what the files lack.
func (h *home) tasks(o overview) []task {
	var out []task
	if o.People.Staff == 0 {
		out = append(out, task{"", "还没有职工，请导入花名册", "", "先做", kit.Warn, "导入花名册", func() { h.f.importRoster("") }, model.Write})
	}
	if o.Campaign.ID == 0 {
		out = append(out, task{"", "还没有专项行动，自查表和承诺书按它生成", "", "先做", kit.Warn, "新建专项行动", h.openCampaigns, model.Write})
	}
	dated := slices.Concat(h.deadlineTasks(o), h.findingTasks(o), h.paperTasks(o))
	slices.SortStableFunc(dated, func(a, b task) int { return cmp.Compare(cmp.Or(a.on, "~"), cmp.Or(b.on, "~")) }) // "~" is after every day
	late := upTo(dated, day.Of(o.today.Time().AddDate(0, 0, -1)))
	near := upTo(dated, day.Of(o.today.Time().AddDate(0, 0, soon)))
	out = slices.Concat(out, dated[:late], h.furtherOverdue(o), dated[late:near], h.waitingTasks(o), h.handoverTasks(o), dated[near:])
	if o.People.Headless > 0 {
		out = append(out, task{"", fmt.Sprintf("%d 个科室没有填科室负责人", o.People.Headless), "", "资料", kit.Neutral, "去填写", h.opens(keyDepartments), model.Write})
	}
	if o.hospital.ReportPhone == "" {
		out = append(out, task{"", "医院概况里没有举报电话，承诺书上就不印监督电话", "", "资料", kit.Neutral, "去填写", h.opens(keyProfile), model.Manage})
	}
	return out
}

// upTo is how many of tasks in the order of their limits have one up to a day.
func upTo(tasks []task, last day.Date) int {
	return slices.IndexFunc(append(tasks, task{}), func(t task) bool { return t.on == "" || t.on > last })
}

// until is a task with a limit and the chip that tells how near it is.
func until(o overview, on day.Date, text, door string, opens func(), needs model.Permission) task {
	chip, tone := daysLeft(daysBetween(o.today, on))
	return task{on: on, text: text, chip: chip, tone: tone, door: door, opens: opens, needs: needs}
}

// deadlineTasks are the overdue occurrences of every deadline and the next one
// of each, of all campaigns.
func (h *home) deadlineTasks(o overview) []task {
	var out []task
	ahead := map[int64]bool{}
	for _, d := range o.Due {
		if d.DoneID != 0 {
			continue
		}
		text := d.Title + periodText(d.Occurrence)
		if d.CampaignID != o.Campaign.ID {
			text += " · " + withoutYear(d.Campaign)
		}
		if d.Due == "" {
			if !ahead[d.DeadlineID] {
				ahead[d.DeadlineID] = true
				why, _, _ := strings.Cut(d.Problem, "，") // the page behind the door says what to do about it
				out = append(out, task{"", text + "：" + why, d.Recipient, "无法推算", kit.Warn, "查看", h.deadlinesOf(d.CampaignID), model.Read})
			}
			continue
		}
		if d.Due >= o.today {
			if ahead[d.DeadlineID] {
				continue
			}
			ahead[d.DeadlineID] = true
		}
		t := until(o, d.Due, text, "办结", h.deadlinesOf(d.CampaignID), model.Write)
		t.recipient = d.Recipient
		out = append(out, t)
	}
	return out
}

// withoutYear is a campaign's title without the year that most begin with.
func withoutYear(title string) string { return strings.TrimLeft(title, "0123456789年") }

func (h *home) deadlinesOf(campaignID int64) func() {
	return func() {
		h.f.open(keyCampaigns)
		h.f.page(keyCampaigns).(*campaign.CampaignsPage).ShowDeadlines(campaignID)
	}
}

// periodText tells which occurrence of a deadline is meant, in the words of
// the office: （8月） （第三季度） （2026年); nothing for one that comes once or
// every week.
func periodText(x model.Occurrence) string {
	var year, n int
	if _, err := fmt.Sscanf(x.Period, "%4dQ%d", &year, &n); err == nil {
		return fmt.Sprintf("（第%s季度）", [...]string{"", "一", "二", "三", "四"}[n])
	}
	if len(x.Period) == len("2026-08") {
		if _, err := fmt.Sscanf(x.Period, "%4d-%02d", &year, &n); err == nil {
			return fmt.Sprintf("（%d月）", n)
		}
	}
	if len(x.Period) == len("2026") {
		return "（" + x.Period + "年度）"
	}
	return ""
}

func (h *home) findingTasks(o overview) []task {
	var out []task
	for _, f := range o.Urgent {
		text := f.Department + "：" + f.Problem
		out = append(out, until(o, f.DueOn, text, "查看", func() { h.openFindings().ShowFinding(f) }, model.Read))
	}
	return out
}

// furtherOverdue says how many overdue findings have no line of their own.
func (h *home) furtherOverdue(o overview) []task {
	more := o.Findings.Overdue - len(o.Urgent)
	if more <= 0 {
		return nil
	}
	return []task{{"", fmt.Sprintf("另有 %d 个问题逾期", more), "", "逾期", kit.Bad, "全部逾期", func() { h.openFindings().ShowOverdue() }, model.Read}}
}

// paperTasks are the forms and letters that are missing. Self-check forms are
// due with their phase, letters with the campaign.
func (h *home) paperTasks(o overview) []task {
	if o.Campaign.ID == 0 {
		return nil
	}
	if o.People.Staff == 0 {
		return []task{until(o, o.Campaign.EndsOn, o.Campaign.Title+"结束", "查看进度", h.openCampaigns, model.Read)}
	}
	var out []task
	add := func(on day.Date, n int, text, door string, opens func(), needs model.Permission) {
		if n > 0 {
			out = append(out, until(o, on, fmt.Sprintf(text, n), door, opens, needs))
		}
	}
	phase := model.Plan{Campaign: o.Campaign, Phases: o.Phases}.SelfChecks()
	add(phase.To, o.Unmade, "%d 名职工还没有自查表", "去生成", func() { h.openSelfChecks().ShowKind(model.PersonalSelfCheck) }, model.Write)
	add(phase.To, o.SelfChecks.Missing-o.Unmade, "%d 份自查表未交回", "查看名单", h.missingSelfChecks(0), model.Read)
	if !o.noSelfChecks() {
		rate := strings.ReplaceAll(o.Priority.String(), "%", "%%") // it goes into a format
		add(phase.To, o.Priority.Missing, "领导和重点岗位自查率 "+rate+"，%d 人未查", "查看名单",
			func() { h.openSelfChecks().ShowPriorityMissing() }, model.Read)
	}
	if d := o.DepartmentSelfChecks; d.Expected > o.UnmadeDepartments { // not every campaign asks departments
		add(phase.To, o.UnmadeDepartments, "%d 个科室还没有科室自查表", "去生成", func() { h.openSelfChecks().ShowKind(model.DepartmentSelfCheck) }, model.Write)
		add(phase.To, d.Missing-o.UnmadeDepartments, "%d 份科室自查表未交回", "查看名单",
			func() { h.openSelfChecks().ShowMissing(model.DepartmentSelfCheck, 0) }, model.Read)
	}
	end := o.Campaign.EndsOn
	add(end, o.NewStaff, "%d 名职工还没有承诺书", "去生成", h.all(model.PersonalCommitment), model.Write)
	add(end, o.Letters.Missing-o.NewStaff, "%d 份个人承诺书未交回", "查看名单", h.missing(model.PersonalCommitment, 0), model.Read)
	add(end, o.NewDepartments, "%d 个科室还没有科室承诺书", "去生成", h.all(model.DepartmentCommitment), model.Write)
	add(end, o.DepartmentLetters.Missing-o.NewDepartments, "%d 份科室承诺书未交回", "查看名单", h.missing(model.DepartmentCommitment, 0), model.Read)
	if len(out) == 0 && o.Letters.Returned > 0 {
		text := "自查表、个人和科室承诺书已全部交回"
		if o.noSelfChecks() {
			text = "个人和科室承诺书已全部交回"
		}
		return []task{{end, text, "", "完成", kit.Good, "查看进度", h.openCampaigns, model.Read}}
	}
	return out
}

// waitingTasks are what waits for somebody without a day of its own.
func (h *home) waitingTasks(o overview) []task {
	var out []task
	for _, w := range []struct {
		n     int
		text  string
		show  campaign.FindingView
		needs model.Permission
	}{
		{o.Findings.ToAccept, "%d 个问题已整改，等待验收", campaign.FindingsToAccept, model.Decide},
		{o.Findings.ExtensionsAsked, "%d 个延期申请等待审批", campaign.FindingsWithRequests, model.Decide},
		{o.Findings.LookBackDue, "%d 个已销号的问题该回头看了", campaign.FindingsToLookBack, model.Write},
	} {
		if w.n > 0 {
			out = append(out, task{"", fmt.Sprintf(w.text, w.n), "", "待办", kit.Info, "去办理", func() { h.openFindings().Show(w.show) }, w.needs})
		}
	}
	return out
}

// soon is how many days before its end a campaign asks for attention.
const soon = 7

// daysLeft is a limit that is so many days away, as a chip says it.
func daysLeft(days int) (chip string, tone kit.Tone) {
	switch {
	case days < 0:
		return fmt.Sprintf("逾期 %d 天", -days), kit.Bad
	case days == 0:
		return "今天", kit.Warn
	case days == 1:
		return "明天", kit.Warn
	case days <= soon:
		return fmt.Sprintf("%d 天", days), kit.Warn
	}
	return fmt.Sprintf("%d 天", days), kit.Neutral
}

func daysBetween(from, to day.Date) int {
	return int(to.Time().Sub(from.Time()) / (24 * time.Hour))
}

// monthAndDay leaves the year out while it is this one.
func monthAndDay(d, today day.Date) string {
	t := d.Time()
	if t.Year() != today.Time().Year() {
		return d.Chinese()
	}
	return fmt.Sprintf("%d月%d日", t.Month(), t.Day())
}

var weekdays = [...]string{"日", "一", "二", "三", "四", "五", "六"}

// shortDay is a day below a column of a chart; only the first of all and the
// first of a month name the month.
func shortDay(d day.Date, first bool) string {
	t := d.Time()
	if first || t.Day() == 1 {
		return fmt.Sprintf("%d.%d", t.Month(), t.Day())
	}
	return fmt.Sprint(t.Day())
}

// subtitle tells the day, the campaign's phases that go on, and how long.
func (o overview) subtitle() string {
	text := o.today.Chinese() + "　星期" + weekdays[o.today.Time().Weekday()]
	c := o.Campaign
	if c.ID == 0 {
		return text
	}
	for _, p := range o.Phases {
		if p.StartsOn <= o.today && o.today <= p.EndsOn {
			return text + "　" + p.Name + phaseLeft(daysBetween(o.today, p.EndsOn))
		}
	}
	day := func(d day.Date) string { return monthAndDay(d, o.today) }
	switch left := daysBetween(o.today, c.EndsOn); {
	case o.today < c.StartsOn:
		return text + "　专项行动" + day(c.StartsOn) + "开始"
	case left < 0:
		return text + "　专项行动已于" + day(c.EndsOn) + "结束"
	case left == 0:
		return text + "　专项行动今天结束"
	default:
		return text + fmt.Sprintf("　专项行动%s结束，还有 %d 天", day(c.EndsOn), left)
	}
}

func phaseLeft(days int) string {
	if days == 0 {
		return "，今天结束"
	}
	return fmt.Sprintf("，还有 %d 天", days)
}
