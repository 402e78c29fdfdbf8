package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"qingfeng/model/day"
	"qingfeng/model/formno"
	"qingfeng/model/store"
)

type check struct {
	FormNo     string `json:"form_no"`
	EmployeeNo string `json:"employee_no"`
	Name       string
	Department string
	State      string
	ReturnedOn string `json:"returned_on"`
	Late       bool
	Problems   int
	Note       string
}

type checkRate struct {
	Department                                     string
	Expected, Returned, Missing, Excused, Findings int
}

type checkSummary struct {
	checkRate
	Late         int
	WithProblems int `json:"with_problems"`
	Departments  []checkRate
	Priority     checkRate
	Unchecked    []struct {
		Reason string
		Count  int
	}
	Items []struct {
		Text      string
		People    int
		AmountFen int `json:"amount_fen"`
		HandedFen int `json:"handed_fen"`
	}
}

type recording struct {
	Recorded int
	Forms    []struct {
		FormNo              string `json:"form_no"`
		Name, Problem       string
		Recorded            bool
		Department, Unknown string
	}
}

func (c *console) checks(args ...string) []check {
	c.t.Helper()
	var all []check
	c.do(exitDone, &all, append([]string{"selfcheck", "list"}, args...)...)
	return all
}

func (c *console) summary(campaign string, more ...string) checkSummary {
	c.t.Helper()
	var sum checkSummary
	c.do(exitDone, &sum, append([]string{"selfcheck", "summary", "--campaign", campaign}, more...)...)
	added, reasons, people := checkRate{}, 0, 0
	for _, d := range sum.Departments {
		added.Expected, added.Returned, added.Missing = added.Expected+d.Expected, added.Returned+d.Returned, added.Missing+d.Missing
		added.Excused, added.Findings = added.Excused+d.Excused, added.Findings+d.Findings
	}
	for _, r := range sum.Unchecked {
		reasons += r.Count
	}
	for _, i := range sum.Items {
		people += i.People
	}
	if added != sum.checkRate || sum.Expected != sum.Returned+sum.Missing+sum.Excused || reasons != sum.Missing+sum.Excused || people != sum.Findings {
		c.t.Errorf("the figures do not add up: %+v", sum)
	}
	return sum
}

// printed makes the personal forms of both campaigns of [newCampaigns].
func (c *console) printed() (first, second []check) {
	c.t.Helper()
	for _, campaign := range []string{"1", "2"} {
		c.do(exitDone, nil, "selfcheck", "print", "--campaign", campaign, "--out", filepath.Join(c.t.TempDir(), "自查表.pdf"))
	}
	return c.checks("--campaign", "1"), c.checks("--campaign", "2")
}

// leaves lets somebody leave, which only the window can record.
func (c *console) leaves(employeeNo string) {
	c.t.Helper()
	o := &output{commands: &commands{Data: c.dir}, stderr: os.Stderr}
	err := o.withStore(c.t.Context(), func(s *store.Store) error {
		id, err := staffNumbered(c.t.Context(), s, employeeNo)
		if err == nil {
			err = s.Leave(c.t.Context(), id, day.Of(time.Now()), "调出")
		}
		return err
	})
	if err != nil {
		c.t.Fatal(err)
	}
}

func TestSelfChecksOfAHospital(t *testing.T) {
	c := newConsole(t)
	c.override("campaigns/running.toml", running)
	c.do(exitDone, nil, "roster", "import", rosters+"county-hospital-620.xlsx")
	c.do(exitDone, nil, "campaign", "new", "--template", "running", "--year", fmt.Sprint(thisYear))
	if sum := c.summary("1"); sum.Expected != 620 || sum.Missing != 620 {
		t.Errorf("before there are forms: %+v", sum.checkRate)
	}
	pdf := filepath.Join(t.TempDir(), "自查表.pdf")
	var printed struct{ Made, Printed, Reprints int }
	c.do(exitDone, &printed, "selfcheck", "print", "--campaign", "1", "--out", pdf)
	if printed.Made != 620 || printed.Printed != 620 || printed.Reprints != 0 {
		t.Errorf("printed %+v", printed)
	}
	all := c.checks("--campaign", "1")
	if len(all) != 620 {
		t.Fatalf("%d forms", len(all))
	}
	c.keys("form_no employee_no name department state", "selfcheck", "list", "--campaign", "1", "--department", "急诊科")
	text := pdfText(t, pdf)
	args := []string{"selfcheck", "record", "--form", all[0].FormNo}
	returned := map[string]int{}
	for i, f := range all {
		if !strings.Contains(text, f.FormNo) {
			t.Fatalf("the PDF lacks %s", f.FormNo)
		}
		if i%7 == 3 || i > 0 && i < 3 {
			continue
		}
		returned[f.Department]++
		if i > 0 {
			args = append(args, f.FormNo)
		}
	}
	var r recording
	c.do(exitDone, &r, args...)
	c.do(exitDone, nil, "selfcheck", "excuse", all[1].FormNo, "--reason", "产假")
	c.do(exitDone, nil, "selfcheck", "problem", all[2].FormNo, "--item", "8", "--particulars", "水果一箱", "--amount", "200", "--handed", "150.50")
	returned[all[2].Department]++

	dir := t.TempDir()
	sum := c.summary("1", "--out", filepath.Join(dir, "汇总.xlsx"))
	c.summary("1", "--out", filepath.Join(dir, "汇总.pdf"))
	written(t, filepath.Join(dir, "汇总.xlsx"))
	written(t, filepath.Join(dir, "汇总.pdf"))
	if want := r.Recorded + 1; sum.Expected != 620 || sum.Returned != want || sum.Excused != 1 || sum.Findings != 1 || sum.WithProblems != 1 || sum.Late != 0 {
		t.Errorf("of %d: %+v", want, sum.checkRate)
	}
	if len(sum.Departments) != 52 {
		t.Errorf("%d departments", len(sum.Departments))
	}
	for _, d := range sum.Departments {
		if d.Returned != returned[d.Department] {
			t.Errorf("%s: %d returned, want %d", d.Department, d.Returned, returned[d.Department])
		}
	}
	if i := sum.Items[7]; i.People != 1 || i.AmountFen != 20000 || i.HandedFen != 15050 {
		t.Errorf("item 8: %+v", i)
	}
	c.keys("expected returned missing excused departments findings", "selfcheck", "summary", "--campaign", "1")
	if text := c.text(exitDone, "selfcheck", "summary", "--campaign", "1"); !strings.Contains(text, fmt.Sprintf("合计\t620\t%d\t%d\t1\t1\n", sum.Returned, sum.Missing)) ||
		!strings.Contains(text, "未查原因\t产假\t1\n") || !strings.Contains(text, "1 人\t200.00 元") {
		t.Errorf("for people:\n%s", text)
	}
	for _, name := range []string{"未查.pdf", "未查.xlsx"} {
		c.do(exitDone, nil, "selfcheck", "missing", "--campaign", "1", "--out", filepath.Join(dir, name))
		written(t, filepath.Join(dir, name))
	}
	c.do(exitDone, nil, "check")
}

func TestNumbersThatCannotBeRecorded(t *testing.T) {
	c := newCampaigns(t)
	ours, old := c.printed()
	c.do(exitDone, nil, "commitment", "print", "--campaign", "1", "--out", filepath.Join(t.TempDir(), "a.pdf"))
	var letters []letter
	c.do(exitDone, &letters, "commitment", "list", "--campaign", "1")
	var found map[string]string
	c.do(exitDone, &found, "finding", "add", "--category", "收费", "--department", "急诊科", "--problem", "超标准收费")
	c.do(exitDone, nil, "selfcheck", "record", "--form", ours[0].FormNo)
	c.do(exitDone, nil, "selfcheck", "void", ours[1].FormNo, "--reason", "打印模糊")
	c.leaves(ours[2].EmployeeNo)
	mistyped := []byte(ours[3].FormNo)
	mistyped[10] ^= 1 // a digit of the running number

	for _, x := range []struct {
		name, says string
		args       []string
	}{
		{"another campaign", "属于“" + fmt.Sprint(thisYear-1) + "年旧行动”", []string{"--campaign", "1", "--form", old[4].FormNo}},
		{"twice", "不重复登记", []string{"--form", ours[0].FormNo}},
		{"voided", "已作废（打印模糊）", []string{"--form", ours[1].FormNo}},
		{"left", "离职，其自查表不再登记", []string{"--form", ours[2].FormNo}},
		{"mistyped", "校验码不对，请核对是否输错一位", []string{"--form", string(mistyped)}},
		{"no number", "不是表单编号", []string{"--form", "张三"}},
		{"unknown", "找不到这份自查表", []string{"--form", formno.No{Prefix: "ZC", Year: 2099, Seq: 1}.String()}},
		{"a letter", "是承诺书的编号", []string{"--form", letters[4].FormNo}},
		{"a finding", "是问题的编号，不是自查表", []string{"--form", found["no"]}},
		{"after the phase", "晚于自查阶段（" + fmt.Sprint(thisYear-1), []string{"--form", old[4].FormNo, "--on", fmt.Sprint(thisYear-1, "-12-31")}},
		{"before the phase", "早于自查阶段", []string{"--form", ours[4].FormNo, "--on", fmt.Sprint(thisYear-1, "-12-31")}},
	} {
		before, lines := c.checks("--campaign", "1"), c.lines()
		var r recording
		msg := c.do(exitPartial, &r, append([]string{"selfcheck", "record"}, x.args...)...)
		if r.Recorded != 0 || len(r.Forms) != 1 || r.Forms[0].Recorded || !strings.Contains(r.Forms[0].Problem, x.says) {
			t.Errorf("%s: %+v, want %q", x.name, r, x.says)
		}
		if !strings.Contains(msg, "详见") || c.lines() != lines || !slices.Equal(c.checks("--campaign", "1"), before) {
			t.Errorf("%s changed something: %s", x.name, msg)
		}
	}

	// One command takes what can be taken, whichever comes first.
	var r recording
	c.do(exitPartial, &r, "selfcheck", "record", "--form", "rubbish", "--form", ours[3].FormNo, ours[3].FormNo, ours[4].FormNo)
	if r.Recorded != 2 || r.Forms[0].Recorded || !r.Forms[1].Recorded || r.Forms[2].Recorded || !r.Forms[3].Recorded || r.Forms[3].Name != ours[4].Name {
		t.Errorf("in part: %+v", r)
	}
	if text := c.text(exitPartial, "selfcheck", "record", "--form", ours[4].FormNo, "--form", ours[5].FormNo); !strings.Contains(text, "未登记\t"+ours[4].FormNo+"\t") ||
		!strings.Contains(text, "已登记\t"+ours[5].FormNo+"\t"+ours[5].Department+"\t"+ours[5].Name) {
		t.Errorf("for people:\n%s", text)
	}
	c.do(exitDone, nil, "selfcheck", "record", "--late", "--form", strings.ToLower(old[4].FormNo))
	if f := c.checks("--campaign", "2")[4]; f.State != "已交回" || !f.Late {
		t.Errorf("late: %+v", f)
	}
	if sum := c.summary("2"); sum.Late != 1 || sum.Returned != 1 {
		t.Errorf("late: %+v", sum)
	}

	c.fails("没有给出编号", "selfcheck", "record", "--form", "")
	c.fails("编号是空的", "selfcheck", "record", "--form", " ")
	c.fails("在今天（", "selfcheck", "record", "--form", ours[6].FormNo, "--on", "2099-01-01")
	c.fails("交回日期：不是可识别的日期", "selfcheck", "record", "--form", ours[6].FormNo, "--on", "上周")
	c.refused(exitUsage, "--form", "selfcheck", "record")
	c.do(exitDone, nil, "check")
}

func TestAFormThatStatesProblems(t *testing.T) {
	c := newCampaigns(t)
	ours, _ := c.printed()
	no := ours[0].FormNo
	problem := func(more ...string) []string { return append([]string{"selfcheck", "problem", no}, more...) }
	for says, more := range map[string][]string{
		"没有第 11 项，自查项目共 10 项": {"--item", "11", "--particulars", "水果"},
		"没有第 0 项":       {"--item", "0", "--particulars", "水果"},
		"具体表现：不能为空":     {"--item", "8", "--particulars", " "},
		"涉及金额：不是可识别的金额": {"--item", "8", "--particulars", "水果", "--amount", "二百"},
		"应在 0 和涉及金额之间":  {"--item", "8", "--particulars", "水果", "--amount", "1", "--handed", "2"},
		"时间：不是可识别的日期":   {"--item", "8", "--particulars", "水果", "--happened", "去年"},
		"完成时限：不是可识别的日期": {"--item", "8", "--particulars", "水果", "--due", "下周"},
		"不能早于交回日期":      {"--item", "8", "--particulars", "水果", "--due", "2020-01-01"},
	} {
		c.fails(says, problem(more...)...)
	}
	c.refused(exitUsage, "--item", problem("--particulars", "水果")...)

	var done struct {
		FormNo   string `json:"form_no"`
		Findings []string
	}
	c.do(exitDone, &done, problem("--item", "8", "--particulars", "家属塞来的水果", "--counterpart", "某患者家属", "--happened", "2026-05", "--amount", "200", "--handed", "200", "--measure", "科内提醒", "--due", "2099-01-01")...)
	if done.FormNo != no || len(done.Findings) != 1 {
		t.Fatalf("done %+v", done)
	}
	first := done.Findings[0]
	if c.do(exitDone, &done, problem("--item", "10", "--particulars", "聚餐")...); len(done.Findings) != 1 || done.Findings[0] == first {
		t.Errorf("a second problem: %+v", done)
	}
	c.fails("第 8 项已经填了问题", problem("--item", "8", "--particulars", "又一次")...)
	if all := c.checks("--campaign", "1", "--problems"); len(all) != 1 || all[0].Problems != 2 || all[0].State != "已交回" {
		t.Errorf("with problems: %+v", all)
	}
	inNoFile(t, c.dir, "家属塞来的水果")
	c.keys("no department level state due_on overdue", "finding", "list")

	c.fails("只有已交回的才能退回补课", "selfcheck", "send-back", ours[1].FormNo, "--reason", "空白")
	c.fails("请填写补课原因", "selfcheck", "send-back", no, "--reason", " ")
	c.do(exitDone, nil, "selfcheck", "send-back", no, "--reason", "各项太简单")
	if all := c.checks("--campaign", "1", "--state", "补课"); len(all) != 1 || all[0].Note != "各项太简单" {
		t.Errorf("sent back: %+v", all)
	}
	c.do(exitDone, &done, problem("--item", "8", "--particulars", "水果两箱")...)
	if all := c.checks("--campaign", "1", "--problems"); len(all) != 1 || all[0].Problems != 2 || len(done.Findings) != 0 {
		t.Errorf("done again: %+v, new findings %v", all, done.Findings)
	}
	c.do(exitDone, nil, "selfcheck", "void", no, "--reason", "填错了人")
	c.fails("已", "selfcheck", "void", no, "--reason", "再次")
	var listed []finding
	if c.do(exitDone, &listed, "finding", "list"); len(listed) != 0 {
		t.Errorf("what a voided form stated: %+v", listed)
	}
	if c.do(exitDone, &listed, "finding", "list", "--state", "作废"); len(listed) != 2 {
		t.Errorf("voided with it: %+v", listed)
	}

	c.do(exitDone, nil, "selfcheck", "excuse", ours[1].FormNo, "--reason", "产假", "--until", "2099-1-8")
	c.fails("已过", "selfcheck", "excuse", ours[2].FormNo, "--reason", "产假", "--until", "2020-01-08")
	c.fails("截止日期：不是可识别的日期", "selfcheck", "excuse", ours[2].FormNo, "--reason", "产假", "--until", "年底")
	if all := c.checks("--campaign", "1", "--state", "免查"); len(all) != 1 || !strings.Contains(all[0].Note, "产假") {
		t.Errorf("excused: %+v", all)
	}
	if all := c.checks("--campaign", "1", "--state", "作废"); len(all) != 1 || all[0].FormNo != no {
		t.Errorf("voided: %+v", all)
	}
	c.fails("没有状态“不知道”，应为 未打印、未交回", "selfcheck", "list", "--campaign", "1", "--state", "不知道")
	if text := c.text(exitDone, "selfcheck", "list", "--campaign", "1"); strings.Count(text, "\n") != len(ours)-1 {
		t.Errorf("for people:\n%s", text)
	}
	c.do(exitDone, nil, "check")
}
