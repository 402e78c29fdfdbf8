package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

type finding struct {
	No, Department, Level, State, Problem, Source, Person, Category string
	DueOn                                                           string `json:"due_on"`
	FoundOn                                                         string `json:"found_on"`
	Overdue                                                         bool
}

func (c *console) findings(args ...string) []finding {
	c.t.Helper()
	var all []finding
	c.do(exitDone, &all, append([]string{"finding", "list"}, args...)...)
	return all
}

// add adds a finding of the emergency department and returns its number.
func (c *console) add(more ...string) string {
	c.t.Helper()
	var made map[string]string
	c.do(exitDone, &made, append([]string{"finding", "add", "--category", "规范收费", "--department", "急诊科", "--problem", "超标准收费",
		"--measure", "退还并公示", "--due", "2099-01-01"}, more...)...)
	return made["no"]
}

// step takes a step of a finding and checks in which state it is then.
func (c *console) step(state string, args ...string) {
	c.t.Helper()
	var done map[string]string
	if c.do(exitDone, &done, args...); done["state"] != state {
		c.t.Errorf("%v: %v, want %s", args, done, state)
	}
}

func TestAFindingIsMendedByOneAndAcceptedByAnother(t *testing.T) {
	c := newCampaigns(t)
	reviewer := c.person("zhao", "赵某", "审核")
	by := func(args ...string) []string { return append(slices.Clone(reviewer), args...) }
	no := c.add("--campaign", "1", "--level", "重大", "--leader", "吴某", "--contingency", "停用", "--funds", "1200.50", "--person", "01002",
		"--source", "举报", "--origin", "来信", "--found-on", "2026-3-2")
	if f := c.findings("--no", no)[0]; f.Level != "重大" || f.Person != "吴秀英" || f.Source != "举报" || f.FoundOn != "2026-03-02" || f.DueOn != "2099-01-01" || f.State != "待整改" || f.Overdue {
		t.Errorf("added %+v", f)
	}
	submit := []string{"finding", "submit", no, "--by", "吴秀英", "--result", "已退还"}
	accept := []string{"finding", "accept", no, "--note", "属实"}
	c.fails("要先开始整改才能提交验收", submit...)
	c.fails("提交验收后才能销号", accept...)
	c.step("整改中", "finding", "begin", no)
	c.fails("在今天（", append(submit, "--on", "2099-01-01")...)
	c.fails("不是可识别的日期", append(submit, "--on", "今天")...)
	c.step("待验收", submit...)
	c.fails("请由另一个账号验收销号", accept...)
	c.fails("请填写退回原因", by("finding", "refuse", no, "--reason", " ")...)
	c.step("退回", by("finding", "refuse", no, "--reason", "没有凭证")...)
	c.step("整改中", "finding", "begin", no)
	c.step("待验收", submit...)
	c.fails("应在销号日期", by(append(accept, "--look-back-on", "2020-01-01")...)...)
	c.step("已销号", by(append(accept, "--look-back-on", "2099-02-01")...)...)
	c.fails("不能作废", "finding", "void", no, "--reason", "重复")
	again := []string{"finding", "look-back", no, "--by", "钱某", "--note", "又发现两例"}
	c.fails("新的整改时限", append(again, "--relapsed")...)
	c.step("反弹", append(again, "--relapsed", "--due", "2099-03-01")...)
	if f := c.findings("--no", no)[0]; f.State != "反弹" || f.DueOn != "2099-03-01" {
		t.Errorf("relapsed %+v", f)
	}

	// More time is asked for by one and granted by another.
	c.fails("没有待批的延期申请", "finding", "decide", no)
	c.step("反弹", "finding", "extend", no, "--due", "2099-06-01", "--reason", "设备未到")
	c.fails("已有一份待批的延期申请", "finding", "extend", no, "--due", "2099-07-01", "--reason", "设备未到")
	c.fails("账号", "finding", "decide", no)
	c.step("反弹", by("finding", "decide", no, "--reject", "--note", "不同意")...)
	if f := c.findings("--no", no)[0]; f.DueOn != "2099-03-01" {
		t.Errorf("rejected, and due on %s", f.DueOn)
	}
	c.step("反弹", "finding", "extend", no, "--due", "2099-06-01", "--reason", "设备未到")
	c.step("反弹", by("finding", "decide", no)...)
	if f := c.findings("--no", no)[0]; f.DueOn != "2099-06-01" {
		t.Errorf("granted, and due on %s", f.DueOn)
	}
	c.step("作废", "finding", "void", no, "--reason", "重复登记")
	c.fails("校验码不对", "finding", "begin", "ZG-2026-00001-00")
	c.fails("不是问题的编号", "finding", "begin", "ZC-2025-00478-58")
	c.do(exitDone, nil, "check")
}

func TestFindingsThatAreRefused(t *testing.T) {
	c := newCampaigns(t)
	add := []string{"finding", "add", "--category", "规范收费", "--department", "急诊科", "--problem", "超标准收费"}
	for says, more := range map[string][]string{
		"来源：应为 自查、督查、巡察、举报、上级反馈、其他 之一": {"--source", "听说"},
		"没有工号为 0100 的职工":  {"--person", "0100"},
		"没有名为“牙科”的科室":     {"--department", "牙科"},
		"在今天（":            {"--found-on", "2099-01-01"},
		"发现日期：不是可识别的日期":   {"--found-on", "前天"},
		"整改时限：不能早于发现日期":   {"--found-on", "2026-03-02", "--due", "2026-03-01"},
		"整改时限：不是可识别的日期":   {"--due", "月底"},
		"资金：不是可识别的金额":     {"--funds", "一千"},
		"问题：不能为空":         {"--problem", " "},
		"找不到这个专项行动：没有的行动": {"--campaign", "没有的行动"},
	} {
		c.fails(says, append(slices.Clone(add), more...)...)
	}
	c.refused(exitUsage, "--level 只能是 一般、重大", append(slices.Clone(add), "--level", "轻微")...)
	c.refused(exitUsage, "缺少必填的选项", "finding", "add", "--category", "收费")
	no := c.add("--level", "重大", "--due", "") // what is missing shows when somebody begins
	c.fails("责任领导：不能为空", "finding", "begin", no)
}

func TestFindingsAreListed(t *testing.T) {
	c := newCampaigns(t)
	in, late := c.add("--campaign", "1"), c.add("--found-on", "2026-03-02", "--due", "2026-03-31")
	other := c.add("--department", "药剂科", "--problem", "未双锁")
	gone := c.add("--problem", "写错了")
	c.step("作废", "finding", "void", gone, "--reason", "重复")
	c.step("整改中", "finding", "begin", other)
	for want, args := range map[string][]string{
		in + " " + late + " " + other: {},
		in:                            {"--campaign", "1"},
		other:                         {"--department", "药剂科"},
		late:                          {"--overdue"},
		in + " " + late:               {"--no", strings.ToLower(in), "--no", late},
		gone:                          {"--state", "作废"},
		"":                            {"--state", "已销号"},
	} {
		if got := c.nos("finding", args...); got != want {
			t.Errorf("%v lists %s, want %s", args, got, want)
		}
	}
	if c.nos("finding", "--open") != c.nos("finding") || c.nos("finding", "--state", "整改中") != other {
		t.Error("open ones")
	}
	for _, f := range c.findings() {
		if f.Overdue != (f.No == late) {
			t.Errorf("%+v", f)
		}
	}
	c.fails("没有状态“在办”，应为 待整改、整改中", "finding", "list", "--state", "在办")
	c.fails("没有给出编号", "finding", "list", "--no", "")
	c.fails("没有名为“牙科”的科室", "finding", "list", "--department", "牙科")
	if text := c.text(exitDone, "finding", "list", "--overdue"); text != late+"\t急诊科\t一般\t超标准收费\t待整改\t2026-03-31\t逾期\n" {
		t.Errorf("for people: %q", text)
	}

	dir := t.TempDir()
	for _, name := range []string{"台账.pdf", "台账.xlsx"} {
		c.do(exitDone, nil, "finding", "list", "--out", filepath.Join(dir, name))
		written(t, filepath.Join(dir, name))
	}
	if l := c.trail()[1]; l.Action != "导出" || l.Entity != "问题整改台账" || !strings.Contains(l.After, "行数：3") {
		t.Errorf("recorded %+v", l)
	}
	var r importReport
	c.do(exitDone, &r, "finding", "import", filepath.Join(dir, "台账.xlsx")) // the list is a register itself
	if r.Rows != 3 || r.Added != 0 || len(r.Warnings) < 3 {
		t.Errorf("imported again: %+v", r)
	}
	c.fails("应以 .pdf 或 .xlsx 结尾", "finding", "list", "--out", filepath.Join(dir, "台账.csv"))
	c.fails("不能写入文件", "finding", "list", "--out", filepath.Join(dir, "没有", "台账.xlsx"))
	absent(t, filepath.Join(dir, "台账.csv"))
}

func TestFindingPapers(t *testing.T) {
	c := newCampaigns(t)
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	print := func(more ...string) []string { return append([]string{"finding", "print"}, more...) }
	c.fails("没有可以打印的问题", print("--table", "notice", "--out", at("a.pdf"))...)
	one, two := c.add("--campaign", "1"), c.add("--problem", "第二个问题")
	for _, table := range []string{"notice", "closeout", "register", "weekly"} {
		for _, extension := range []string{".pdf", ".xlsx"} {
			out := at(table + extension)
			if extension == ".xlsx" && (table == "notice" || table == "closeout") {
				c.fails("应以 .pdf 结尾", print("--table", table, "--out", out)...)
				absent(t, out)
				continue
			}
			args := print("--table", table, "--out", out)
			if table != "weekly" {
				args = append(args, "--no", one)
			}
			c.do(exitDone, nil, args...)
			written(t, out)
		}
		c.fails("应以", print("--table", table, "--out", at("a.docx"))...)
		c.fails("不能写入文件", print("--table", table, "--out", at("没有/a.pdf"))...)
	}
	absent(t, at("a.docx"))
	absent(t, at("a.pdf"))

	// A notice is marked once it is there: a later one bears 补打.
	if text := pdfText(t, at("notice.pdf")); strings.Contains(text, "补打") || !strings.Contains(text, one) || strings.Contains(text, two) {
		t.Errorf("the first notice:\n%s", text)
	}
	c.do(exitDone, nil, print("--table", "notice", "--out", at("notices.pdf"))...)
	if text := pdfText(t, at("notices.pdf")); strings.Count(text, "补打") != 1 || !strings.Contains(text, two) {
		t.Errorf("the second batch:\n%s", text)
	}
	c.fails("没有给出编号", print("--table", "notice", "--no", "", "--out", at("a.pdf"))...)

	c.do(exitDone, nil, print("--table", "weekly", "--friday", "2026-01-02", "--campaign", "1", "--out", at("周.pdf"))...)
	c.fails("应为星期五", print("--table", "weekly", "--friday", "2026-01-01", "--out", at("a.pdf"))...)
	c.fails("星期五：不是可识别的日期", print("--table", "weekly", "--friday", "本周", "--out", at("a.pdf"))...)
	c.refused(exitUsage, "--friday 只用于 --table weekly", print("--friday", "2026-01-02", "--out", at("a.pdf"))...)
	c.refused(exitUsage, "周报只能按 --campaign 挑选", print("--table", "weekly", "--open", "--out", at("a.pdf"))...)
	absent(t, at("a.pdf"))
}

func TestEvidenceOfAFinding(t *testing.T) {
	c := newCampaigns(t)
	no := c.add()
	pdf := filepath.Join(t.TempDir(), "佐证.pdf")
	c.do(exitDone, nil, "finding", "print", "--out", pdf)
	c.do(exitDone, nil, "finding", "attach", no, pdf)
	var listed []struct {
		ID       int
		FileName string `json:"file_name"`
	}
	if c.do(exitDone, &listed, "finding", "attachments", strings.ToLower(no)); len(listed) != 1 || listed[0].FileName != "佐证.pdf" {
		t.Fatalf("listed %+v", listed)
	}
	out := filepath.Join(t.TempDir(), "取出.pdf")
	c.do(exitDone, nil, "finding", "attachment", fmt.Sprint(listed[0].ID), "--out", out)
	was, _ := os.ReadFile(pdf)
	if is, err := os.ReadFile(out); err != nil || string(is) != string(was) {
		t.Errorf("taken out: %v", err)
	}
	c.fails("内容与扩展名不符", "finding", "attach", no, file(t, "a.png", "no picture"))
	c.fails("打不开文件", "finding", "attach", no, "没有.pdf")
	c.fails("应以 .pdf 结尾", "finding", "attachment", fmt.Sprint(listed[0].ID), "--out", out+".png")
	c.fails("编号", "finding", "attach", "12345", pdf)

	ours, _ := c.printed()
	c.do(exitDone, nil, "selfcheck", "attach", ours[0].FormNo, pdf)
	if c.do(exitDone, &listed, "selfcheck", "attachments", ours[0].FormNo); len(listed) != 1 || listed[0].ID != 2 {
		t.Errorf("of a form: %+v", listed)
	}
	c.do(exitDone, nil, "check")
}

// An auditor reads and changes nothing; a reviewer decides and fills in nothing.
func TestRolesOfACampaign(t *testing.T) {
	c := newCampaigns(t)
	ours, _ := c.printed()
	c.do(exitDone, nil, "selfcheck", "record", "--form", ours[1].FormNo)
	no := c.add()
	auditor, reviewer := c.person("sun", "孙某", "审计"), c.person("zhao", "赵某", "审核")
	out := file(t, "a.pdf", "一份旧文件")
	stays := func() {
		t.Helper()
		if is, err := os.ReadFile(out); err != nil || string(is) != "一份旧文件" {
			t.Errorf("the file that was there: %v, %d bytes", err, len(is))
		}
	}
	scan := file(t, "a.pdf", "%PDF-1.4")
	today := time.Now().Format("2006-01-02")
	writes := [][]string{
		{"campaign", "new", "--template", "shanxi-2020", "--year", "2026"},
		{"campaign", "draw", "new", "--campaign", "1", "--seed", "1", "--from", today, "--to", today, "--picks", "1"},
		{"selfcheck", "record", "--form", ours[0].FormNo},
		{"selfcheck", "problem", ours[0].FormNo, "--item", "1", "--particulars", "某事"},
		{"selfcheck", "print", "--campaign", "1", "--out", out},
		{"selfcheck", "print", "--campaign", "1", "--form", ours[0].FormNo, "--out", out},
		{"commitment", "print", "--campaign", "1", "--out", out},
		{"finding", "add", "--category", "收费", "--department", "急诊科", "--problem", "超标"},
		{"finding", "begin", no}, {"finding", "extend", no, "--due", "2099-06-01", "--reason", "设备未到"},
		{"finding", "import", file(t, "台账.csv", "发现日期,类别,科室,问题\n2026-03-02,收费,急诊科,某问题\n"), "--dry-run"},
		{"finding", "print", "--table", "notice", "--out", out},
		{"finding", "attach", no, scan},
	}
	decides := [][]string{
		{"selfcheck", "send-back", ours[1].FormNo, "--reason", "空白"}, {"selfcheck", "excuse", ours[2].FormNo, "--reason", "产假"},
		{"selfcheck", "void", ours[3].FormNo, "--reason", "模糊"}, {"finding", "void", no, "--reason", "重复"},
	}
	for _, args := range append(slices.Clone(writes), decides...) {
		c.fails("孙某（sun）的角色是“审计”，无权", append(slices.Clone(auditor), args...)...)
		stays()
	}
	for _, args := range writes {
		c.fails("赵某（zhao）的角色是“审核”，无权", append(slices.Clone(reviewer), args...)...)
		stays()
	}
	for _, args := range [][]string{{"campaign", "list"}, {"selfcheck", "list", "--campaign", "1"}, {"selfcheck", "summary", "--campaign", "1"},
		{"finding", "list"}, {"finding", "print", "--out", out}} {
		c.do(exitDone, nil, append(slices.Clone(auditor), args...)...)
	}
	for _, args := range decides {
		c.do(exitDone, nil, append(slices.Clone(reviewer), args...)...)
	}
}
