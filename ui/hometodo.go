package ui

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/ui/kit"
)

// task is one line of 要做的事.
type task struct {
	due   string // "8月15日", "" when there is no day
	text  string
	chip  string
	tone  kit.Tone
	door  string
	opens func()
	needs model.Permission // to do what is behind the door
}

var taskColumns = lines{{title: "时限", right: true}, {title: "事项", takes: true}, {title: ""}, {title: "", right: true}}

func (h *home) showTasks(o overview) {
	rows := [][]fyne.CanvasObject{}
	for _, t := range h.tasks(o) {
		if !h.f.store.May(t.needs) {
			t.door = "" // another does it
		}
		rows = append(rows, []fyne.CanvasObject{kit.NewLabel(t.due), kit.NewLabel(t.text).Shorten(), kit.NewChip(t.chip, t.tone), kit.NewDoor(t.door, t.opens)})
	}
	h.todo.Objects = []fyne.CanvasObject{newLines(taskColumns, rows)}
	h.todo.Refresh()
}

// tasks are what is to be done now, the most urgent first: what nothing goes
// without, then what the campaign's end is the limit of, then what the files
// lack.
func (h *home) tasks(o overview) []task {
	var out []task
	if o.people.Staff == 0 {
		out = append(out, task{"", "还没有职工，请导入花名册", "先做", kit.Warn, "导入花名册", func() { h.f.importRoster("") }, model.Write})
	}
	if o.campaign.ID == 0 {
		out = append(out, task{"", "还没有专项行动，承诺书按专项行动生成", "先做", kit.Warn, "新建专项行动", h.opens(keyCampaigns), model.Write})
	} else {
		out = append(out, h.campaignTasks(o)...)
	}
	if o.people.Headless > 0 {
		out = append(out, task{"", fmt.Sprintf("%d 个科室没有填科室负责人", o.people.Headless), "资料", kit.Neutral, "去填写", h.opens(keyDepartments), model.Write})
	}
	if o.hospital.ReportPhone == "" {
		out = append(out, task{"", "医院概况里没有举报电话，承诺书上就不印监督电话", "资料", kit.Neutral, "去填写", h.opens(keyProfile), model.Manage})
	}
	return out
}

func (h *home) campaignTasks(o overview) []task {
	due := monthAndDay(o.campaign.EndsOn, o.today)
	chip, tone := daysLeft(daysBetween(o.today, o.campaign.EndsOn))
	if o.people.Staff == 0 {
		return []task{{due, o.campaign.Title + "结束", chip, tone, "查看进度", h.opens(keyCampaigns), model.Read}}
	}
	var out []task
	if o.newcomers > 0 {
		out = append(out, task{due, fmt.Sprintf("%d 名职工还没有承诺书", o.newcomers), chip, tone, "去生成", h.all(model.PersonalCommitment), model.Write})
	}
	if n := o.letters.Missing - o.newcomers; n > 0 {
		out = append(out, task{due, fmt.Sprintf("%d 份个人承诺书未交回", n), chip, tone, "查看名单", h.missing(model.PersonalCommitment, 0), model.Read})
	}
	if o.newDepartments > 0 {
		out = append(out, task{due, fmt.Sprintf("%d 个科室还没有科室承诺书", o.newDepartments), chip, tone, "去生成", h.all(model.DepartmentCommitment), model.Write})
	}
	if n := o.deptLetters.Missing - o.newDepartments; n > 0 {
		out = append(out, task{due, fmt.Sprintf("%d 份科室承诺书未交回", n), chip, tone, "查看名单", h.missing(model.DepartmentCommitment, 0), model.Read})
	}
	if len(out) == 0 {
		return []task{{due, "个人和科室承诺书已全部交回", "完成", kit.Good, "查看进度", h.opens(keyCampaigns), model.Read}}
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

// subtitle tells the day and how long the campaign goes on.
func (o overview) subtitle() string {
	text := o.today.Chinese() + "　星期" + weekdays[o.today.Time().Weekday()]
	c := o.campaign
	if c.ID == 0 {
		return text
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
