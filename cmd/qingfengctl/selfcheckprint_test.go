package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPrintingSelfChecks(t *testing.T) {
	c := newCampaigns(t)
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	type done struct{ Made, Printed, Reprints int }
	print := func(more ...string) (d done) {
		t.Helper()
		out := at("自查表.pdf")
		c.do(exitDone, &d, append([]string{"selfcheck", "print", "--campaign", "1", "--out", out}, more...)...)
		written(t, out)
		os.Remove(out)
		return d
	}
	none := func() {
		t.Helper()
		for _, kind := range []string{"personal", "department"} {
			for _, f := range c.checks("--campaign", "1", "--kind", kind) {
				if f.State != "未打印" {
					t.Errorf("%s is %s", f.FormNo, f.State)
				}
			}
		}
	}
	c.fails("不能写入文件", "selfcheck", "print", "--campaign", "1", "--out", at("没有/a.pdf"))
	c.fails("应以 .pdf 结尾", "selfcheck", "print", "--campaign", "1", "--out", at("a.xlsx"))
	c.fails("没有名为“牙科”的科室", "selfcheck", "print", "--campaign", "1", "--department", "牙科", "--out", at("a.pdf"))
	c.fails("没有给出编号", "selfcheck", "print", "--campaign", "1", "--form", "", "--out", at("a.pdf"))
	if all := c.checks("--campaign", "1"); len(all) != 0 {
		t.Fatalf("%d forms were made", len(all))
	}

	// Forms are made for all, but nobody in the house has none to print.
	c.do(exitDone, nil, "roster", "import", file(t, "新.csv", "工号,姓名,科室\n04001,某人,空科室\n"))
	c.leaves("04001")
	var nothing map[string]any
	stdout, stderr := c.run(t.Context(), exitPartial, "--json", "selfcheck", "print", "--campaign", "1", "--department", "空科室", "--out", at("a.pdf"))
	if stdout != "" || !strings.Contains(stderr, "新生成了 8 份，但没有打印：没有可以打印的自查表") {
		t.Errorf("made but not printed: %q %q %v", stdout, stderr, nothing)
	}
	none()
	c.do(exitFailed, nil, "selfcheck", "print", "--campaign", "1", "--out", dir+"/没有/a.pdf")
	none()
	if err := os.MkdirAll(at("占着.pdf/x"), 0o700); err != nil { // a folder stands where the file shall be
		t.Fatal(err)
	}
	c.fails("不能写入文件", "selfcheck", "print", "--campaign", "1", "--out", at("占着.pdf"))
	none()

	all := c.checks("--campaign", "1")
	if d := print("--form", all[0].FormNo, "--form", strings.ToLower(all[1].FormNo)); d != (done{0, 2, 0}) {
		t.Errorf("two forms: %+v", d)
	}
	if d := print("--department", "急诊科"); d.Printed != 4 {
		t.Errorf("a department: %+v", d)
	}
	if d := print("--priority"); d.Printed != 2 {
		t.Errorf("leaders: %+v", d)
	}
	if d := print("--no-covers"); d != (done{0, 8, 5}) {
		t.Errorf("all: %+v", d)
	}
	if d := print("--kind", "department"); d.Made != 4 || d.Printed != 4 {
		t.Errorf("departments: %+v", d)
	}
	departments := c.checks("--campaign", "1", "--kind", "department")
	if len(departments) != 4 || !strings.HasPrefix(departments[0].FormNo, "ZK-") {
		t.Fatalf("departments: %+v", departments)
	}
	if d := print("--form", departments[0].FormNo); d != (done{0, 1, 1}) {
		t.Errorf("a department's form by its number: %+v", d)
	}
	c.fails("请分开打印", "selfcheck", "print", "--campaign", "1", "--form", departments[0].FormNo, "--form", all[0].FormNo, "--out", at("a.pdf"))
	c.fails("不属于这个专项行动", "selfcheck", "print", "--campaign", "2", "--form", all[0].FormNo, "--out", at("a.pdf"))
	c.fails("校验码不对", "selfcheck", "print", "--campaign", "1", "--form", "ZC-2026-00001-00", "--out", at("a.pdf"))
	c.refused(exitUsage, "--form 已经指明了编号", "selfcheck", "print", "--campaign", "1", "--department", "急诊科", "--form", all[0].FormNo, "--out", at("a.pdf"))
	c.refused(exitUsage, "--kind 只能是 personal、department", "selfcheck", "print", "--campaign", "1", "--kind", "supplier", "--out", at("a.pdf"))
	c.fails("应以 .pdf 或 .xlsx 结尾", "selfcheck", "missing", "--campaign", "1", "--out", at("a.doc"))
	c.fails("应以 .pdf 或 .xlsx 结尾", "selfcheck", "summary", "--campaign", "1", "--out", at("a.doc"))
	for _, name := range []string{"a.pdf", "a.xlsx", "a.doc"} {
		absent(t, at(name))
	}
	c.do(exitDone, nil, "selfcheck", "record", "--form", departments[0].FormNo, "--form", all[2].FormNo)
	if all := c.checks("--campaign", "1", "--kind", "department", "--state", "已交回"); len(all) != 1 || all[0].Name != all[0].Department || all[0].EmployeeNo != "" {
		t.Errorf("departments that are back: %+v", all)
	}
	if sum := c.summary("1"); sum.Returned != 1 { // of people
		t.Errorf("a department's form counts among people's: %+v", sum)
	}
	c.do(exitDone, nil, "selfcheck", "missing", "--campaign", "1", "--priority", "--out", at("未查.pdf"))
	if text := pdfText(t, at("未查.pdf")); !strings.Contains(text, "周建国") || strings.Contains(text, "吴秀英") {
		t.Errorf("leaders who are missing:\n%s", text)
	}
}
