package assets

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func builtIn(t *testing.T) map[string]CampaignTemplate {
	t.Helper()
	all, err := New("").CampaignTemplates()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]CampaignTemplate{}
	for _, c := range all {
		out[c.ID] = c
	}
	return out
}

// Counted by hand: phases, deadlines and duties in the documents and in what
// was made of each of their clauses; members and focus items as they were
// chosen.
func TestTemplatesHoldWhatTheirDocumentsAsk(t *testing.T) {
	want := map[string]struct{ phases, members, deadlines, duties, focus int }{
		"county-plan-2024":        {3, 14, 2, 31, 7},
		"hospital-chaos-part4":    {3, 13, 4, 22, 11},
		"jilin-2021":              {5, 12, 3, 34, 10},
		"maternal-hospital-part6": {3, 9, 1, 19, 6},
		"procurement-part14":      {3, 12, 1, 22, 8},
		"safety-part18":           {3, 11, 3, 39, 8},
		"shanxi-2020":             {3, 14, 2, 31, 9},
		"shaoxing-tcm-2019":       {4, 13, 3, 37, 10},
	}
	all := builtIn(t)
	if len(all) != len(want) {
		t.Errorf("%d templates, want %d", len(all), len(want))
	}
	for id, w := range want {
		c := all[id]
		got := [...]int{len(c.Phases), len(c.Members), len(c.Deadlines), len(c.Duties), len(c.Focus)}
		if got != [...]int{w.phases, w.members, w.deadlines, w.duties, w.focus} {
			t.Errorf("%s: phases, members, deadlines, duties, focus %v, want %+v", id, got, w)
		}
	}
}

// Numbered clauses of the documents, project by project, in their order.
func TestDutiesFollowTheClauses(t *testing.T) {
	for id, want := range map[string][]int{
		// the eight projects of the hospital's own 责任清单 and their measures
		"shaoxing-tcm-2019": {3, 3, 4, 5, 7, 5, 7, 3},
		// 一要 … 八要, then three kinds of malpractice, then the requirements
		"hospital-chaos-part4": {8, 2, 2, 2, 1, 2, 2, 2, 1},
		// three targets first; one purchase rule of two, five bans
		"procurement-part14": {3, 1, 3, 2, 2, 1, 1, 2, 1, 5, 1},
		// the eight points of inspection, then the five requirements
		"safety-part18": {4, 4, 2, 3, 5, 2, 2, 3, 2, 3, 4, 4, 1},
		// 红包 in four clauses, 回扣 in four, then education and organisation
		"jilin-2021": {1, 3, 2, 2, 4, 3, 2, 3, 4, 3, 3, 4},
	} {
		var got []int
		var last string
		seen := map[string]bool{}
		for _, d := range builtIn(t)[id].Duties {
			if d.Project != last {
				if seen[d.Project] {
					t.Errorf("%s: the lines of %s do not stand together", id, d.Project)
				}
				seen[d.Project], last = true, d.Project
				got = append(got, 0)
			}
			got[len(got)-1]++
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", id, got, want)
		}
	}
}

func (d TemplateDeadline) String() string {
	s := d.Title + " " + d.Every
	switch {
	case d.Every == "once":
		s += " " + d.Date
	case d.WorkingDays > 0:
		s += fmt.Sprintf(" %d working days, before %v", d.WorkingDays, d.Before)
	default:
		s += fmt.Sprintf(" %d/%d", d.Month, d.Day)
	}
	return s + " → " + d.Recipient
}

func TestDatesOfTheDocuments(t *testing.T) {
	for id, want := range map[string]struct {
		year      int
		title     string
		phases    []string
		deadlines []string
	}{
		"county-plan-2024": {2024, "2024年医疗行业作风建设专项行动",
			[]string{"自查自纠 2024-07-01 2024-08-15", "集中整治 2024-08-01 2024-11-30", "总结 2024-12-01 2024-12-31"},
			[]string{"专职行风建设人员名单 once 08-15 → 县卫生健康局医政医管科", "专项行动总结 once 12-31 → 县卫生健康局医政医管科"}},
		"hospital-chaos-part4": {2020, "2020年医疗乱象专项整治",
			[]string{"自查自纠 2020-04-01 2020-07-31", "检查整改 2020-08-01 2020-10-31", "总结 2020-11-01 2020-11-30"},
			[]string{"职能科室整治工作总结（第一次） once 05-31 → 纪检监察室", "职能科室整治工作总结（第二次） once 07-31 → 纪检监察室",
				"临床科室整治情况汇总（纸质版和电子版） once 11-15 → 纪检监察室", "全院专项整治总结 once 11-30 → 医院专项行动领导小组"}},
		"maternal-hospital-part6": {2016, "2016年“红包”“回扣”专项治理",
			[]string{"动员部署 2016-05-01 2016-05-31", "自查自纠 2016-06-01 2016-06-30", "检查整改 2016-07-01 2016-07-31"},
			[]string{"自查自纠汇总表（附表2） once 06-30 → 院办公室"}},
		"procurement-part14": {2017, "2017年医药购销“回扣”“红包”专项整治",
			[]string{"动员部署 2017-02-01 2017-02-15", "自查自纠 2017-02-16 2017-03-20", "集中整治 2017-03-21 2017-06-30"},
			[]string{"自查自纠情况报告 once 03-20 → 县卫生健康局办公室"}},
		"safety-part18": {2019, "2019年医疗卫生安全集中整治",
			[]string{"自查自纠 2019-10-08 2019-10-31", "检查整改 2019-11-01 2019-11-15", "检查整改 2019-11-16 2019-12-31"},
			[]string{"安全集中整治周报表（11:00前，上周五至本周五） weekly 0/5 → 市卫生健康委办公室",
				"问题清单和整改措施（主要负责人、安全部门负责人签字） once 10-31 → 市卫生健康委办公室", "听取安全生产工作汇报并形成书面材料 quarterly 3/31 → 医院主要负责人"}},
		"shaoxing-tcm-2019": {2019, "2019年医疗服务行为整治提升工程",
			[]string{"动员部署 2019-01-01 2019-01-31", "自查自纠 2019-02-01 2019-04-30", "集中整治 2019-05-01 2019-10-31", "总结 2019-11-01 2019-12-31"},
			[]string{"网格化监察员廉情报告 monthly 0/31 → 纪检监察室", "医德考评季度考核记分 quarterly 10 working days, before false → 党建工作办、纪检监察室",
				"医德考评年度等次 yearly 20 working days, before false → 党建工作办、纪检监察室"}},
		"shanxi-2020": {2020, "2020年纠正医药购销和医疗服务不正之风专项治理",
			[]string{"自查自纠 2020-08-01 2020-08-31", "集中整治 2020-09-01 2020-11-30", "总结 2020-12-01 2020-12-31"},
			[]string{"专项治理工作量化统计表 monthly 0/10 → 纠风工作联席机制办公室", "年度专项治理工作情况报告 yearly 12/15 → 省卫生健康委"}},
		"jilin-2021": {2021, "2021年医疗机构工作人员廉洁从业行动（四年）",
			[]string{"动员部署 2021-09-26 2021-10-31", "自查自纠 2021-11-01 2021-12-31", "集中整治 2022-01-01 2023-12-31", "检查整改 2024-01-01 2024-10-31", "总结 2024-11-01 2024-12-31"},
			[]string{"季度工作进展 quarterly 5 working days, before false → 卫生健康委医政医管处、中医药管理局医政处",
				"年度工作总结和下一年度工作计划 yearly 5 working days, before false → 卫生健康委医政医管处、中医药管理局医政处",
				"专题学习（每月至少一次，覆盖率100%）签到和记录 monthly 0/31 → 行风办"}},
	} {
		c := builtIn(t)[id]
		title, starts, ends := c.In(want.year)
		var phases, deadlines []string
		for _, p := range c.Phases {
			phases = append(phases, p.Kind+" "+c.Date(want.year, p.Starts)+" "+c.Date(want.year, p.Ends))
		}
		for _, d := range c.Deadlines {
			deadlines = append(deadlines, d.String())
		}
		if title != want.title || !strings.HasSuffix(phases[len(phases)-1], ends) || !strings.Contains(phases[0], " "+starts+" ") {
			t.Errorf("%s: %s %s %s", id, title, starts, ends)
		}
		if !slices.Equal(phases, want.phases) || !slices.Equal(deadlines, want.deadlines) {
			t.Errorf("%s:\n%s\n%s", id, strings.Join(phases, "\n"), strings.Join(deadlines, "\n"))
		}
	}
}

// Facts that a reader of the documents would look for.
func TestTemplatesNameTheirFacts(t *testing.T) {
	for id, facts := range map[string][]string{
		"county-plan-2024":        {"约谈", "黑名单", "案件台账", "一票否决", "个人事项主动申报", "通讯地址", "举报箱", "社会行风监督员"},
		"hospital-chaos-part4":    {"随机抽取科室、随机确定时间", "24小时投诉电话", "举报一例现场核查一例", "纸质版和电子版", "一站式服务台"},
		"maternal-hospital-part6": {"附表1", "覆盖面100%", "大处方", "开单提成", "匿名", "住院预交金", "补课", "医德档案"},
		"procurement-part14":      {"前10名", "黑名单", "个别约谈或集体约谈", "全品种、全用量", "廉洁供药", "外出会诊"},
		"safety-part18":           {"7个工作日", "周五上午11:00前", "责任、措施、资金、时限、预案", "挂牌督办", "销号", "每季度听取"},
		"shaoxing-tcm-2019":       {"每月上报廉情", "季度考核记分", "实名举报100%", "16项二级指标", "“1+X”", "术中加价", "每月抽12天"},
		"shanxi-2020":             {"高套病种", "回头看", "事前公示、事中监管、事后备案", "一案多查", "带量采购", "联络员"},
		"jilin-2021":              {"定时、定点、定人，有预约、有流程、有记录", "消费卡", "股权", "上缴登记制度", "覆盖率100%", "核减绩效", "殡葬"},
	} {
		data, err := New("").Read("campaigns/" + id + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		for _, fact := range facts {
			if !strings.Contains(string(data), fact) {
				t.Errorf("%s does not say %s", id, fact)
			}
		}
	}
}

// No template carries contact data, or the checklist that 九项准则 replaced.
func TestTemplatesAreClean(t *testing.T) {
	contact := regexp.MustCompile(`\d{7}|\d{3,4}[-—]\d{7}|@`)
	halfWidth := regexp.MustCompile(`[\p{Han}][,;:!?()]|[,;!?()][\p{Han}]`)
	for id, c := range builtIn(t) {
		if c.Source == "" || c.Basis == "" || c.Scope == "" || c.Recipient == "" || !strings.Contains(c.Title, "{year}年") || c.DocumentNo != "" {
			t.Errorf("%s: its head is incomplete", id)
		}
		texts := []string{c.Title, c.Source, c.Basis, c.Scope, c.Recipient}
		texts = append(texts, c.Focus...)
		for _, p := range c.Phases {
			texts = append(texts, p.Name, p.Tasks)
		}
		for _, m := range c.Members {
			texts = append(texts, m.Post)
		}
		for _, d := range c.Deadlines {
			texts = append(texts, d.Title, d.Recipient)
		}
		for _, d := range c.Duties {
			texts = append(texts, d.Project, d.Goal, d.Measure, d.Departments)
		}
		for _, s := range texts {
			if s == "" || strings.TrimSpace(s) != s || contact.MatchString(s) || halfWidth.MatchString(s) || strings.Contains(s, "九不准") {
				t.Errorf("%s: %q", id, s)
			}
		}
		for _, f := range c.Focus {
			if !strings.HasPrefix(f, "有无") {
				t.Errorf("%s: %s cannot be answered 有 or 无", id, f)
			}
		}
	}
}

func TestDaysMoveToAnotherYear(t *testing.T) {
	for _, tc := range []struct {
		year    int
		s, want string
	}{
		{2026, "07-01", "2026-07-01"},
		{2026, "+1/12-15", "2027-12-15"},
		{2021, "+3/12-31", "2024-12-31"},
		{2024, "02-29", "2024-02-29"},
		{2025, "02-29", "2025-02-28"},
		{2023, "+1/02-29", "2024-02-29"},
		{2024, "+1/02-29", "2025-02-28"},
		{2100, "02-29", "2100-02-28"},
		{2000, "02-29", "2000-02-29"},
		{2024, "02-30", ""}, {2024, "04-31", ""}, {2024, "13-01", ""}, {2024, "00-10", ""},
		{2024, "", ""}, {2024, "7-1", ""}, {2024, "+0/07-01", ""}, {2024, "+1/", ""}, {2024, "2024-07-01", ""}, {2024, "07-01 ", ""},
	} {
		if got := (CampaignTemplate{}).Date(tc.year, tc.s); got != tc.want {
			t.Errorf("%s in %d: %q, want %q", tc.s, tc.year, got, tc.want)
		}
	}
}

func TestEveryYearKeepsTheOrderOfDays(t *testing.T) {
	all := builtIn(t)
	ids := make([]string, 0, len(all))
	for id := range all {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	rapid.Check(t, func(t *rapid.T) {
		c := all[rapid.SampledFrom(ids).Draw(t, "template")]
		year := rapid.IntRange(2000, 2090).Draw(t, "year")
		title, starts, ends := c.In(year)
		if !strings.Contains(title, fmt.Sprint(year)) || !strings.HasPrefix(starts, fmt.Sprint(year)) {
			t.Fatalf("%s begins %s in %d", title, starts, year)
		}
		last := starts
		for _, p := range c.Phases {
			from, to := c.Date(year, p.Starts), c.Date(year, p.Ends)
			for _, day := range []string{from, to} {
				if _, err := time.Parse(time.DateOnly, day); err != nil {
					t.Fatal(err)
				}
			}
			if from < last || to < from || to > ends {
				t.Fatalf("%s %d: %s from %s to %s", c.ID, year, p.Name, from, to)
			}
			last = from
		}
	})
}

// own is a small template that loads; each case breaks one thing of it.
const own = `id = "own"
title = "{year}年行动"
starts = "03-01"
ends = "+1/02-28"
focus = ["有无甲", "有无乙"]
member = [
  { role = "组长", post = "院长" },
]
[[phase]]
kind = "自查自纠"
name = "自查"
starts = "03-01"
ends = "05-31"
[[phase]]
kind = "总结"
name = "总结"
starts = "+1/01-01"
ends = "+1/02-28"
[[deadline]]
title = "报表"
every = "monthly"
day = 10
[[duty]]
project = "甲"
measure = "一"
[[duty]]
project = "甲"
measure = "二"
`

func TestSlipsInTemplatesAreNamed(t *testing.T) {
	const name = "campaigns/own.toml"
	if all, err := officeFile(t, name, own).CampaignTemplates(); err != nil || len(all) != 9 {
		t.Fatal(len(all), err)
	}
	deadline := "every = \"monthly\"\nday = 10"
	for _, tc := range [][3]string{
		{`id = "own"`, ``, "缺少 id、title、starts 或 ends"},
		{`id = "own"`, `id = "county-plan-2024"`, "的 id 与 campaigns/county-plan-2024.toml 相同"},
		{`title = "{year}年行动"`, `titel = "行动"`, "不认识的项目 titel"},
		{`{year}年行动`, strings.Repeat("长", 61), "title 有 61 个字，最多 60 个"},
		{`"+1/02-28"` + "\nfocus", `"02-30"` + "\nfocus", "ends “02-30”不是日期，请写成 月-日"},
		{`"+1/02-28"` + "\nfocus", `"02-28"` + "\nfocus", "ends（02-28）早于 starts（03-01）"},
		{`"有无乙"`, `"有无甲"`, "第 2 个 focus：“有无甲”出现两次"},
		{`有无乙`, ``, "第 2 个 focus：不能为空"},
		{`有无乙`, strings.Repeat("长", 41), "第 2 个 focus：自查项目 有 41 个字，最多 40 个"},
		{`role = "组长"`, `role = "主席"`, "第 1 个 member：role “主席”不认识，应为 组长、副组长"},
		{`post = "院长"`, `post = ""`, "第 1 个 member：缺少 post"},
		{"院长\" },", "院长\" },\n  { role = \"组长\", post = \"院长\" },", "第 2 个 member：组长“院长”出现两次"},
		{`kind = "总结"`, `kind = "收尾"`, "第 2 个 phase：kind “收尾”不认识，应为 动员部署、自查自纠"},
		{`name = "总结"`, `name = ""`, "第 2 个 phase：缺少 name"},
		{`"05-31"`, `"05-32"`, "第 1 个 phase：ends “05-32”不是日期"},
		{`"05-31"`, `"02-28"`, "第 1 个 phase：ends（02-28）早于 starts（03-01）"},
		{`"05-31"`, `"+2/05-31"`, "第 1 个 phase：03-01 至 +2/05-31 不在专项行动期间（03-01 至 +1/02-28）"},
		{"\nstarts = \"03-01\"\nends = \"05-31\"", "\nstarts = \"02-01\"\nends = \"05-31\"", "第 1 个 phase：02-01 至 05-31 不在专项行动期间"},
		{"name = \"自查\"\nstarts = \"03-01\"\nends = \"05-31\"", "name = \"自查\"\nstarts = \"+1/01-02\"\nends = \"+1/01-03\"", "第 2 个 phase：开始于 +1/01-01，早于前一阶段（+1/01-02）"},
		{`measure = "二"`, `measure = "一"`, "第 2 个 duty：项目“甲”的这项举措出现两次"},
		{`measure = "二"`, ``, "第 2 个 duty：缺少 project（项目）或 measure"},
		{`measure = "二"`, `measure = "` + strings.Repeat("长", 501) + `"`, "第 2 个 duty：measure 有 501 个字"},
		{`title = "报表"`, ``, "第 1 个 deadline：缺少 title"},
		{deadline, `every = "daily"`, "every “daily”不认识，应为 once（一次）"},
		{deadline, `every = "monthly"`, "day 是 0，应为 1 至 31"},
		{deadline, deadline + "\nroll = \"back\"", "roll “back”不认识"},
		{deadline, deadline + "\nmonth = 2", "every = \"monthly\" 不填 month"},
		{deadline, deadline + "\ndate = \"03-01\"", "才填 date"},
		{deadline, deadline + "\nbefore = true", "before 只与 working_days 一起填"},
		{deadline, deadline + "\nworking_days = 5", "working_days 与 month、day 只能填一种"},
		{deadline, "every = \"monthly\"\nworking_days = 11", "working_days 是 11，应为 1 至 10"},
		{deadline, "every = \"monthly\"\nworking_days = -1", "working_days 是 -1"},
		{deadline, "every = \"quarterly\"\nworking_days = 5\nroll = \"after\"", "不再填 roll"},
		{deadline, "every = \"weekly\"\nworking_days = 1", "every = \"weekly\" 请填 day"},
		{deadline, "every = \"weekly\"\nday = 8", "day 是 8，应为 1 至 7"},
		{deadline, "every = \"quarterly\"\nday = 10", "month 是 0，应为 1 至 3"},
		{deadline, "every = \"quarterly\"\nday = 10\nmonth = 4", "month 是 4，应为 1 至 3"},
		{deadline, "every = \"yearly\"\nday = 32\nmonth = 4", "day 是 32，应为 1 至 31"},
		{deadline, "every = \"yearly\"\nday = 1\nmonth = 13", "month 是 13，应为 1 至 12"},
		{deadline, "every = \"once\"", "date “”不是日期"},
		{deadline, "every = \"once\"\ndate = \"2024-03-01\"", "date “2024-03-01”不是日期，请写成 月-日"},
		{deadline, "every = \"once\"\ndate = \"02-28\"", "date 02-28 不在专项行动期间（03-01 至 +1/02-28）"},
		{deadline, "every = \"once\"\ndate = \"+1/03-01\"", "date +1/03-01 不在专项行动期间"},
		{deadline, "every = \"once\"\ndate = \"03-01\"\nday = 1", "只填 date"},
		{deadline, "every = \"monthly\"\nday = \"10\"", "day 类型不对"},
	} {
		broken := strings.Replace(own, tc[0], tc[1], 1)
		if broken == own {
			t.Fatalf("%q is not in the template", tc[0])
		}
		_, err := officeFile(t, name, broken).CampaignTemplates()
		if err == nil || !strings.Contains(err.Error(), tc[2]) || !strings.HasPrefix(err.Error(), name) || english.MatchString(err.Error()) {
			t.Errorf("%q → %q: %v, want %q", tc[0], tc[1], err, tc[2])
		}
	}
}

func TestDeadlinesThatAreRight(t *testing.T) {
	for _, rule := range []string{
		"every = \"once\"\ndate = \"+1/02-28\"\nroll = \"before\"",
		"every = \"weekly\"\nday = 7",
		"every = \"monthly\"\nday = 31\nroll = \"after\"",
		"every = \"monthly\"\nworking_days = 1",
		"every = \"quarterly\"\nworking_days = 5\nbefore = true",
		"every = \"quarterly\"\nmonth = 1\nday = 10",
		"every = \"yearly\"\nmonth = 2\nday = 31",
		"every = \"yearly\"\nworking_days = 20",
	} {
		if _, err := officeFile(t, "campaigns/own.toml", strings.Replace(own, "every = \"monthly\"\nday = 10", rule, 1)).CampaignTemplates(); err != nil {
			t.Errorf("%s: %v", rule, err)
		}
	}
}

// Offices edit with Windows programs, and older templates had four keys only.
func TestTemplatesOfTheOffice(t *testing.T) {
	short := "id = \"own\"\r\ntitle = \"行动\"\r\nstarts = \"02-29\"\r\nends = \"12-31\"\r\n" +
		"[[phase]]\r\nkind = \"总结\"\r\nname = \"总结\"\r\nstarts = \"12-01\"\r\nends = \"12-31\"\r\ntasks = \"\"\"\r\n一\r\n二\"\"\"\r\n"
	lib := officeFile(t, "campaigns/own.toml", short)
	all, err := lib.CampaignTemplates()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		if c.ID != "own" {
			continue
		}
		if title, starts, ends := c.In(2025); title != "行动" || starts != "2025-02-28" || ends != "2025-12-31" {
			t.Error(title, starts, ends)
		}
		if c.Phases[0].Tasks != "一\n二" {
			t.Errorf("%q", c.Phases[0].Tasks)
		}
	}
	if err := os.WriteFile(filepath.Join(lib.dir, "campaigns", "county-plan-2024.toml"), []byte(own), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := lib.CampaignTemplates(); err == nil || !strings.Contains(err.Error(), "campaigns/own.toml 的 id 与 campaigns/county-plan-2024.toml 相同") {
		t.Error(err)
	}
}
