package main

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"qingfeng/model/folder"
)

// running is a campaign whose self-checks may come back today, whatever day it
// is; over one whose self-checks ended last year while it still runs.
const (
	running = `id = "running"
title = "{year}年自查行动"
starts = "01-01"
ends = "12-31"
basis = "上级部署。"
scope = "全院。"
recipient = "县卫生健康局"
focus = ["有无参加企业付费的娱乐活动"]
member = [{ role = "组长", post = "院长" }, { role = "办公室主任", post = "行风办主任" }]
[[phase]]
kind = "自查自纠"
name = "自查阶段"
starts = "01-01"
ends = "12-31"
tasks = "对照自查。"
[[duty]]
project = "宣传教育"
goal = "人人知晓"
measure = "组织学习。"
departments = "宣传科"
`
	over = `id = "over"
title = "{year}年旧行动"
starts = "01-01"
ends = "+1/12-31"
basis = "上级部署。"
scope = "全院。"
recipient = "县卫生健康局"
[[phase]]
kind = "自查自纠"
name = "自查阶段"
starts = "01-01"
ends = "06-30"
tasks = "对照自查。"
[[deadline]]
title = "人员名单"
recipient = "县卫生健康局"
every = "once"
date = "02-03"
[[deadline]]
title = "月报"
recipient = "县卫生健康局"
every = "monthly"
day = 10
`
)

// people is a small house: two departments with a head, one without.
const people = `工号,姓名,科室,岗位类别,职务
01001,周建国,急诊科,医师,科主任
01002,吴秀英,急诊科,护理,
01003,郑志强,急诊科,医师,
01004,王䶮,急诊科,医师,
02001,冯丽,药剂科,药学,科主任
02002,陈伟,药剂科,药学,
03001,卫东,财务科,行政,
03002,蒋芳,财务科,行政,
`

var thisYear = time.Now().Year()

// newCampaigns makes a folder with [people] and the campaigns [running], which
// is 1, and [over], which is 2.
func newCampaigns(t *testing.T) *console {
	t.Helper()
	c := newConsole(t)
	c.override("campaigns/running.toml", running)
	c.override("campaigns/over.toml", over)
	c.do(exitDone, nil, "roster", "import", file(t, "花名册.csv", people))
	c.do(exitDone, nil, "campaign", "new", "--template", "running", "--year", fmt.Sprint(thisYear))
	c.do(exitDone, nil, "campaign", "new", "--template", "over", "--year", fmt.Sprint(thisYear-1))
	return c
}

// override puts a file of the office's own into the data folder.
func (c *console) override(name, content string) {
	c.t.Helper()
	path := filepath.Join(folder.OverridesOf(c.dir), filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		c.t.Fatal(err)
	}
}

// fails runs a command that must change nothing and say why to people, with
// nothing on standard output.
func (c *console) fails(says string, args ...string) {
	c.t.Helper()
	c.refused(exitFailed, says, args...)
}

// refused is fails for another exit status.
func (c *console) refused(status int, says string, args ...string) {
	c.t.Helper()
	before := c.lines()
	for _, way := range [][]string{{"--json"}, {}} {
		stdout, stderr := c.run(c.t.Context(), status, append(way, args...)...)
		if stdout != "" {
			c.t.Errorf("%v writes %q to standard output", args, stdout)
		}
		if !strings.Contains(stderr, says) {
			c.t.Errorf("%v says %q, not %q", args, stderr, says)
		}
	}
	if after := c.lines(); after != before {
		c.t.Errorf("%v changed something: %d lines, then %d", args, before, after)
	}
}

// lines counts the audit trail but for people who sign in.
func (c *console) lines() (n int) {
	c.t.Helper()
	c.sql(func(db *sql.DB) error {
		return db.QueryRow(`SELECT COUNT(*) FROM audit WHERE action NOT LIKE '登录%'`).Scan(&n)
	})
	return n
}

// sql works on the data folder's database while no command runs.
func (c *console) sql(work func(db *sql.DB) error) {
	c.t.Helper()
	db, err := sql.Open("sqlite", c.database())
	if err != nil {
		c.t.Fatal(err)
	}
	defer db.Close()
	if err := work(db); err != nil {
		c.t.Fatal(err)
	}
}

// keys checks that a document, or each element of a list, has the keys that
// other programs rely on.
func (c *console) keys(want string, args ...string) {
	c.t.Helper()
	stdout, _ := c.run(c.t.Context(), exitDone, append([]string{"--json"}, args...)...)
	var all []map[string]any
	if json.Unmarshal([]byte(stdout), &all) != nil {
		var one map[string]any
		if err := json.Unmarshal([]byte(stdout), &one); err != nil {
			c.t.Fatalf("%v: %v\n%s", args, err, stdout)
		}
		all = append(all, one)
	}
	if len(all) == 0 {
		c.t.Errorf("%v lists nothing", args)
	}
	for _, row := range all {
		for _, key := range strings.Fields(want) {
			if _, ok := row[key]; !ok {
				c.t.Errorf("%v lacks %q: %v", args, key, row)
			}
		}
	}
}

// person adds an account that has a password of its own and returns the
// options under which it works.
func (c *console) person(login, name, role string) []string {
	c.t.Helper()
	first, own := file(c.t, "first.txt", "春暖花开 2027"), file(c.t, "own.txt", other)
	c.do(exitDone, nil, "account", "add", login, "--name", name, "--role", role, "--new-password-file", first)
	c.do(exitDone, nil, "--login", login, "--password-file", first, "account", "password", "--new-password-file", own)
	return []string{"--login", login, "--password-file", own}
}

// written fails unless a file is there and is what its extension says.
func written(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	magic := map[string]string{".pdf": "%PDF", ".xlsx": "PK"}[filepath.Ext(path)]
	if err != nil || len(data) < 500 || !strings.HasPrefix(string(data), magic) {
		t.Errorf("%s: %v, %d bytes", path, err, len(data))
	}
}

// absent fails when a file is there.
func absent(t *testing.T, path string) {
	t.Helper()
	if _, err := os.Stat(path); err == nil {
		t.Errorf("%s was written", path)
	}
}

func TestCampaignTemplates(t *testing.T) {
	c := &console{t: t, dir: filepath.Join(t.TempDir(), "没有")}
	text := c.text(exitDone, "campaign", "templates") // neither a folder nor a password
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) != 8 || lines[0] != "county-plan-2024\t医疗行业作风建设专项行动" {
		t.Errorf("templates:\n%s", text)
	}
	for _, l := range lines {
		if strings.Count(l, "\t") != 1 {
			t.Errorf("line %q", l)
		}
	}
	c = newConsole(t)
	c.override("campaigns/running.toml", running)
	var templates []struct{ ID, Title string }
	c.do(exitDone, &templates, "campaign", "templates")
	if len(templates) != 9 || !slices.Contains(templates, struct{ ID, Title string }{"running", "自查行动"}) {
		t.Errorf("with one of the office: %+v", templates)
	}
	c.override("campaigns/running.toml", "id = 3")
	c.fails("专项行动模板有误", "campaign", "templates")
	c.fails("running.toml", "campaign", "new", "--template", "county-plan-2024", "--year", "2026")
}

func TestCampaigns(t *testing.T) {
	c := newCampaigns(t)
	c.keys("id title document_no starts_on ends_on", "campaign", "list")
	c.fails("已有同名的专项行动", "campaign", "new", "--template", "running", "--year", fmt.Sprint(thisYear))
	c.fails("没有名为 none 的专项行动模板", "campaign", "new", "--template", "none", "--year", "2026")
	c.fails("年度 26 有误", "campaign", "new", "--template", "running", "--year", "26")
	var made, again struct {
		ID         int64
		Title      string
		DocumentNo string `json:"document_no"`
		StartsOn   string `json:"starts_on"`
	}
	c.do(exitDone, &made, "campaign", "new", "--template", "shanxi-2020", "--year", "2026", "--title", "本院行动", "--document-no", "院发〔2026〕1号")
	if made.ID != 3 || made.Title != "本院行动" || made.DocumentNo != "院发〔2026〕1号" || !strings.HasPrefix(made.StartsOn, "2026-") {
		t.Errorf("made %+v", made)
	}
	var listed []json.RawMessage
	if c.do(exitDone, &listed, "campaign", "list"); len(listed) != 3 {
		t.Errorf("listed %s", listed)
	}
	for _, named := range []string{"3", "本院行动"} {
		if c.do(exitDone, &again, "campaign", "show", "--campaign", named); again != made {
			t.Errorf("%s is %+v", named, again)
		}
	}
	c.fails("找不到这个专项行动：9", "campaign", "show", "--campaign", "9")
	if text := c.text(exitDone, "campaign", "list"); !strings.Contains(text, "3\t本院行动\t2026-") {
		t.Errorf("for people:\n%s", text)
	}
}

func TestAPlanIsShownAndPrinted(t *testing.T) {
	c := newCampaigns(t)
	var plan struct {
		Phases, Members, Duties []map[string]string
		Items                   []struct {
			No           int
			Source, Text string
		}
	}
	c.do(exitDone, &plan, "campaign", "show", "--campaign", "1")
	if len(plan.Phases) != 1 || len(plan.Members) != 2 || len(plan.Duties) != 1 || len(plan.Items) != 10 || plan.Phases[0]["ends_on"] != fmt.Sprint(thisYear, "-12-31") {
		t.Fatalf("plan %+v", plan)
	}
	if last := plan.Items[9]; last.No != 10 || last.Text != "有无参加企业付费的娱乐活动" {
		t.Errorf("the last item is %+v", last)
	}
	if text := c.text(exitDone, "campaign", "show", "--campaign", "1"); !strings.Contains(text, "自查项目\t10\t") || !strings.Contains(text, "领导小组\t组长\t") {
		t.Errorf("for people:\n%s", text)
	}
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, line := range [][]string{{"--out", at("时间表.pdf")}, {"--table", "duties", "--out", at("责任清单.pdf")},
		{"--table", "duties", "--progress", "--out", at("进展.PDF")}, {"--table", "duties", "--out", at("责任清单.xlsx")}} {
		var done map[string]string
		c.do(exitDone, &done, append([]string{"campaign", "print", "--campaign", "1"}, line...)...)
		if out := line[len(line)-1]; done["file"] != out {
			t.Errorf("%v tells %v", line, done)
		} else {
			written(t, out)
		}
	}
	if text := pdfText(t, at("时间表.pdf")); !strings.Contains(text, "自查阶段") {
		t.Errorf("the timetable:\n%s", text)
	}
	c.fails("应以 .pdf 结尾", "campaign", "print", "--campaign", "1", "--out", at("时间表.xlsx"))
	c.fails("应以 .pdf 或 .xlsx 结尾", "campaign", "print", "--campaign", "1", "--table", "duties", "--out", at("清单.docx"))
	c.fails("不能写入文件", "campaign", "print", "--campaign", "1", "--out", at("没有/时间表.pdf"))
	c.refused(exitUsage, "--progress 只用于", "campaign", "print", "--campaign", "1", "--progress", "--out", at("b.pdf"))
	c.refused(exitUsage, "--table 只能是", "campaign", "print", "--campaign", "1", "--table", "all", "--out", at("b.pdf"))
	for _, name := range []string{"时间表.xlsx", "清单.docx", "b.pdf"} {
		absent(t, at(name))
	}
}

func TestDeadlinesAreListedAndMet(t *testing.T) {
	c := newCampaigns(t)
	type due struct {
		ID                       int64
		Campaign, Period, Title  string
		DueOn, DoneOn, Recipient string
		Overdue                  bool
	}
	list := func(args ...string) []due {
		t.Helper()
		var rows []struct {
			due
			DueOn  string `json:"due_on"`
			DoneOn string `json:"done_on"`
		}
		c.do(exitDone, &rows, append([]string{"campaign", "deadlines"}, args...)...)
		out := make([]due, len(rows))
		for i, r := range rows {
			out[i], out[i].DueOn, out[i].DoneOn = r.due, r.DueOn, r.DoneOn
		}
		return out
	}
	all := list("--campaign", "2")
	if len(all) != 25 || len(list()) != 25 || len(list("--campaign", "1")) != 0 { // 24 months and one day
		t.Fatalf("%d deadlines: %+v", len(all), all)
	}
	one := all[slices.IndexFunc(all, func(d due) bool { return d.Title == "人员名单" })]
	if one.DueOn != fmt.Sprint(thisYear-1, "-02-03") || !one.Overdue || one.Campaign != fmt.Sprint(thisYear-1, "年旧行动") {
		t.Errorf("%+v", one)
	}
	id, today := fmt.Sprint(one.ID), time.Now().Format("2006-01-02")
	c.fails("没有 1999-01 这一期", "campaign", "met", id, "--period", "1999-01")
	c.fails("在今天（", "campaign", "met", id, "--period", one.Period, "--on", "2099-01-01")
	c.fails("办结日期：不是可识别的日期", "campaign", "met", id, "--period", one.Period, "--on", "昨天")
	c.fails("找不到这项时限", "campaign", "met", "99", "--period", one.Period)
	var done struct {
		Period string
		DoneOn string `json:"done_on"`
	}
	c.do(exitDone, &done, "campaign", "met", id, "--period", one.Period, "--note", "已报送")
	if done.DoneOn != today || done.Period != one.Period {
		t.Errorf("met %+v", done)
	}
	c.fails("不重复登记", "campaign", "met", id, "--period", one.Period)
	for _, d := range list("--campaign", "2") {
		if met := d.ID == one.ID; met != (d.DoneOn == today) || met && d.Overdue {
			t.Errorf("after it was met: %+v", d)
		}
	}
	if text := c.text(exitDone, "campaign", "deadlines"); !strings.Contains(text, today+" 办结\t"+one.Campaign) || !strings.Contains(text, "\t逾期\t") {
		t.Errorf("for people:\n%s", text)
	}
}
