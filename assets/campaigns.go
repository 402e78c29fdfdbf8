package assets

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// CampaignTemplate is what a new campaign starts from. Its days bear no year:
// MM-DD is a day of the campaign's first year, +1/MM-DD one of the year after.
type CampaignTemplate struct {
	ID         string `toml:"id"`
	Title      string `toml:"title"`       // may contain {year}
	Source     string `toml:"source"`      // the document that it was made from
	DocumentNo string `toml:"document_no"` // 发文字号, usually "": the office has its own
	Starts     string `toml:"starts"`
	Ends       string `toml:"ends"`
	Basis      string `toml:"basis"`     // 依据
	Scope      string `toml:"scope"`     // 范围
	Recipient  string `toml:"recipient"` // to whom the summary goes

	Phases    []TemplatePhase    `toml:"phase"`
	Members   []TemplateMember   `toml:"member"`
	Deadlines []TemplateDeadline `toml:"deadline"`
	Duties    []TemplateDuty     `toml:"duty"`
	// Focus are the campaign's own items of the personal self-check, asked
	// beside those of the checklist in force.
	Focus []string `toml:"focus"`
}

// TemplatePhase is a stretch of the campaign. Phases may overlap.
type TemplatePhase struct {
	Kind   string `toml:"kind"` // one of [PhaseKinds]
	Name   string `toml:"name"`
	Starts string `toml:"starts"`
	Ends   string `toml:"ends"`
	Tasks  string `toml:"tasks"` // one a line
}

// TemplateMember is a place in the leading group. Templates name no people.
type TemplateMember struct {
	Role string `toml:"role"` // one of [MemberRoles]
	Post string `toml:"post"` // 职务
}

// TemplateDeadline says what must reach whom by when. Which of the fields
// after Every are set depends on it.
type TemplateDeadline struct {
	Title       string `toml:"title"`
	Recipient   string `toml:"recipient"`
	Every       string `toml:"every"`        // once, weekly, monthly, quarterly or yearly
	Date        string `toml:"date"`         // once: the day
	Month       int    `toml:"month"`        // yearly 1–12; quarterly the quarter's month 1–3
	Day         int    `toml:"day"`          // weekly 1 Monday … 7 Sunday; else day of the month, 31 its last
	WorkingDays int    `toml:"working_days"` // instead of a day: so many working days after the period's end …
	Before      bool   `toml:"before"`       // … or the last so many of the period
	Roll        string `toml:"roll"`         // a day off: "" stands, before or after moves to a working day
}

// TemplateDuty is one measure of the 责任清单.
type TemplateDuty struct {
	Project     string `toml:"project"`     // 项目
	Goal        string `toml:"goal"`        // 责任目标
	Measure     string `toml:"measure"`     // 提升举措
	Departments string `toml:"departments"` // 责任科室
}

// PhaseKinds are what a phase can be for, in the order of work.
var PhaseKinds = []string{"动员部署", "自查自纠", "集中整治", "检查整改", "总结"}

// MemberRoles are the places in a leading group.
var MemberRoles = []string{"组长", "副组长", "成员", "办公室主任", "联络员"}

// Longest texts in characters: what a register's line, a note and a line of
// the self-check form hold.
const (
	maxLine  = 60
	maxNote  = 500
	maxFocus = 40
)

// CampaignTemplates returns all templates sorted by file name, each checked.
// Errors are sentences for the office that name the file and the place.
func (l *Library) CampaignTemplates() ([]CampaignTemplate, error) {
	names, err := l.List("campaigns", ".toml")
	if err != nil {
		return nil, err
	}
	var out []CampaignTemplate
	fileOf := map[string]string{}
	for _, name := range names {
		data, err := l.Read(name)
		if err != nil {
			return nil, err
		}
		// Texts of several lines would keep the line ends of Windows editors.
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
		var t CampaignTemplate
		if err := Decode(name, data, &t); err != nil {
			return nil, err
		}
		if err := t.check(); err != nil {
			return nil, fmt.Errorf("%s %w", name, err)
		}
		if other := fileOf[t.ID]; other != "" {
			return nil, fmt.Errorf("%s 的 id 与 %s 相同，请换一个", name, other)
		}
		fileOf[t.ID] = name
		out = append(out, t)
	}
	return out, nil
}

// Name is what the template is called, whatever the year.
func (t CampaignTemplate) Name() string {
	return strings.ReplaceAll(strings.ReplaceAll(t.Title, "{year}年", ""), "{year}", "")
}

// In returns title, first and last day (YYYY-MM-DD) of a campaign that begins
// in a year.
func (t CampaignTemplate) In(year int) (title, starts, ends string) {
	return strings.ReplaceAll(t.Title, "{year}", strconv.Itoa(year)), t.Date(year, t.Starts), t.Date(year, t.Ends)
}

var relativeDay = regexp.MustCompile(`^(?:\+([1-9])/)?(\d\d-\d\d)$`)

// Date returns a day of the template (MM-DD or +1/MM-DD) as YYYY-MM-DD for a
// campaign that begins in year, or "" when it is none. 02-29 becomes the last
// of February.
func (CampaignTemplate) Date(year int, s string) string {
	m := relativeDay.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	if m[1] != "" {
		later, _ := strconv.Atoi(m[1])
		year += later
	}
	if m[2] == "02-29" {
		return time.Date(year, time.March, 0, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	}
	day := fmt.Sprintf("%04d-%s", year, m[2])
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return ""
	}
	return day
}

// leapYear is the year in which days are compared: none is lost in it.
const leapYear = 2024

func (t CampaignTemplate) check() error {
	if err := t.checkHead(); err != nil {
		return err
	}
	if err := eachLine("phase", t.Phases, t.checkPhase); err != nil {
		return err
	}
	if err := eachLine("member", t.Members, t.checkMember); err != nil {
		return err
	}
	if err := eachLine("deadline", t.Deadlines, t.checkDeadline); err != nil {
		return err
	}
	if err := eachLine("duty", t.Duties, t.checkDuty); err != nil {
		return err
	}
	return eachLine("focus", t.Focus, t.checkFocus)
}

// eachLine checks every line of a kind and says which one is wrong.
func eachLine[T any](kind string, lines []T, check func(i int, line T) error) error {
	for i, line := range lines {
		if err := check(i, line); err != nil {
			return fmt.Errorf("的第 %d 个 %s：%w", i+1, kind, err)
		}
	}
	return nil
}

// An office's own template needs no more than a name and two days.
func (t CampaignTemplate) checkHead() error {
	if t.ID == "" || t.Title == "" || t.Starts == "" || t.Ends == "" {
		return fmt.Errorf("缺少 id、title、starts 或 ends（月-日）")
	}
	for _, err := range []error{
		checkText("title", t.Title, maxLine), checkText("document_no", t.DocumentNo, maxLine),
		checkText("recipient", t.Recipient, maxLine), checkText("basis", t.Basis, maxNote), checkText("scope", t.Scope, maxNote),
		t.checkSpan(t.Starts, t.Ends),
	} {
		if err != nil {
			return fmt.Errorf("的 %w", err)
		}
	}
	return nil
}

func (t CampaignTemplate) checkPhase(i int, p TemplatePhase) error {
	if !slices.Contains(PhaseKinds, p.Kind) {
		return fmt.Errorf("kind “%s”不认识，应为 %s 之一", p.Kind, strings.Join(PhaseKinds, "、"))
	}
	if p.Name == "" {
		return fmt.Errorf("缺少 name（阶段名称）")
	}
	if err := checkText("name", p.Name, maxLine); err != nil {
		return err
	}
	if err := checkText("tasks", p.Tasks, maxNote); err != nil {
		return err
	}
	if err := t.checkSpan(p.Starts, p.Ends); err != nil {
		return err
	}
	if !t.contains(p.Starts) || !t.contains(p.Ends) {
		return fmt.Errorf("%s 至 %s 不在专项行动期间（%s 至 %s）", p.Starts, p.Ends, t.Starts, t.Ends)
	}
	if i > 0 && t.Date(leapYear, p.Starts) < t.Date(leapYear, t.Phases[i-1].Starts) {
		return fmt.Errorf("开始于 %s，早于前一阶段（%s），请按先后排列", p.Starts, t.Phases[i-1].Starts)
	}
	return nil
}

func (t CampaignTemplate) checkMember(i int, m TemplateMember) error {
	if !slices.Contains(MemberRoles, m.Role) {
		return fmt.Errorf("role “%s”不认识，应为 %s 之一", m.Role, strings.Join(MemberRoles, "、"))
	}
	if m.Post == "" {
		return fmt.Errorf("缺少 post（职务）")
	}
	if slices.Contains(t.Members[:i], m) {
		return fmt.Errorf("%s“%s”出现两次", m.Role, m.Post)
	}
	return checkText("post", m.Post, maxLine)
}

func (t CampaignTemplate) checkDuty(i int, d TemplateDuty) error {
	if d.Project == "" || d.Measure == "" {
		return fmt.Errorf("缺少 project（项目）或 measure（提升举措）")
	}
	for _, earlier := range t.Duties[:i] {
		if earlier.Project == d.Project && earlier.Measure == d.Measure {
			return fmt.Errorf("项目“%s”的这项举措出现两次", d.Project)
		}
	}
	for _, err := range []error{
		checkText("project", d.Project, maxLine), checkText("goal", d.Goal, maxNote),
		checkText("measure", d.Measure, maxNote), checkText("departments", d.Departments, maxNote),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

func (t CampaignTemplate) checkFocus(i int, item string) error {
	if item == "" {
		return fmt.Errorf("不能为空")
	}
	if slices.Contains(t.Focus[:i], item) {
		return fmt.Errorf("“%s”出现两次", item)
	}
	return checkText("自查项目", item, maxFocus)
}

func (t CampaignTemplate) checkDay(key, s string) error {
	if t.Date(leapYear, s) == "" {
		return fmt.Errorf("%s “%s”不是日期，请写成 月-日（如 08-15），次年的写成 +1/月-日", key, s)
	}
	return nil
}

func (t CampaignTemplate) checkSpan(starts, ends string) error {
	if err := t.checkDay("starts", starts); err != nil {
		return err
	}
	if err := t.checkDay("ends", ends); err != nil {
		return err
	}
	if t.Date(leapYear, ends) < t.Date(leapYear, starts) {
		return fmt.Errorf("ends（%s）早于 starts（%s）", ends, starts)
	}
	return nil
}

// contains reports whether a day of the template lies within the campaign.
func (t CampaignTemplate) contains(s string) bool {
	day := t.Date(leapYear, s)
	return t.Date(leapYear, t.Starts) <= day && day <= t.Date(leapYear, t.Ends)
}

func checkText(key, value string, most int) error {
	if n := utf8.RuneCountInString(value); n > most {
		return fmt.Errorf("%s 有 %d 个字，最多 %d 个", key, n, most)
	}
	return nil
}

// DeadlineLimit is the highest month, day and number of working days that a
// deadline can name, 0 for what it has not.
type DeadlineLimit struct{ Month, Day, WorkingDays int }

// DeadlineLimits are the limits by frequency. No period has fewer working days
// than its highest number of them, so that a window never leaves its period.
var DeadlineLimits = map[string]DeadlineLimit{
	"once":      {0, 0, 0},
	"weekly":    {0, 7, 0},
	"monthly":   {0, 31, 10},
	"quarterly": {3, 31, 40},
	"yearly":    {12, 31, 200},
}

func (t CampaignTemplate) checkDeadline(_ int, d TemplateDeadline) error {
	if d.Title == "" {
		return fmt.Errorf("缺少 title（事项）")
	}
	for _, err := range []error{checkText("title", d.Title, maxLine), checkText("recipient", d.Recipient, maxLine)} {
		if err != nil {
			return err
		}
	}
	if _, known := DeadlineLimits[d.Every]; !known {
		return fmt.Errorf("every “%s”不认识，应为 once（一次）、weekly（每周）、monthly（每月）、quarterly（每季度）、yearly（每年）之一", d.Every)
	}
	if d.Roll != "" && d.Roll != "before" && d.Roll != "after" {
		return fmt.Errorf("roll “%s”不认识，应为 before（遇休息日提前）或 after（顺延），或不填", d.Roll)
	}
	switch {
	case d.Every == "once":
		return t.checkOnce(d)
	case d.Date != "":
		return fmt.Errorf("只有 every = \"once\"（一次）才填 date")
	case d.WorkingDays != 0:
		return d.checkWorkingDays()
	default:
		return d.checkDayOfPeriod()
	}
}

func (t CampaignTemplate) checkOnce(d TemplateDeadline) error {
	if d.Month != 0 || d.Day != 0 || d.WorkingDays != 0 || d.Before {
		return fmt.Errorf("every = \"once\"（一次）只填 date，不填 month、day、working_days、before")
	}
	if err := t.checkDay("date", d.Date); err != nil {
		return err
	}
	if !t.contains(d.Date) {
		return fmt.Errorf("date %s 不在专项行动期间（%s 至 %s）", d.Date, t.Starts, t.Ends)
	}
	return nil
}

func (d TemplateDeadline) checkWorkingDays() error {
	switch most := DeadlineLimits[d.Every].WorkingDays; {
	case most == 0:
		return fmt.Errorf("every = \"%s\" 请填 day，不填 working_days", d.Every)
	case d.WorkingDays < 1 || d.WorkingDays > most:
		return fmt.Errorf("working_days 是 %d，应为 1 至 %d", d.WorkingDays, most)
	case d.Month != 0 || d.Day != 0:
		return fmt.Errorf("working_days 与 month、day 只能填一种")
	case d.Roll != "":
		return fmt.Errorf("填了 working_days 就不再填 roll")
	}
	return nil
}

func (d TemplateDeadline) checkDayOfPeriod() error {
	switch most := DeadlineLimits[d.Every]; {
	case d.Before:
		return fmt.Errorf("before 只与 working_days 一起填")
	case d.Day < 1 || d.Day > most.Day:
		return fmt.Errorf("day 是 %d，应为 1 至 %d", d.Day, most.Day)
	case most.Month == 0 && d.Month != 0:
		return fmt.Errorf("every = \"%s\" 不填 month", d.Every)
	case most.Month > 0 && (d.Month < 1 || d.Month > most.Month):
		return fmt.Errorf("month 是 %d，应为 1 至 %d", d.Month, most.Month)
	}
	return nil
}
