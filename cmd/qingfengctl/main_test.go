package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"qingfeng/model/folder"
	"qingfeng/model/vault"
)

// rosters are the sample files in the shapes hospitals send.
const rosters = "../../report/sheet/testdata/"

// password is the one of every folder's administrator “li”.
const password = "清风徐来 2026"

// TestMain makes passwords cheap, and leaves no terminal to ask at and no
// settings of the person who runs the tests. A child of [TestTwoProcesses] or
// [TestAPersonAtTheTerminal] is the program itself, or holds a folder.
func TestMain(m *testing.M) {
	passwordCost = vault.Cheap
	switch os.Getenv("QINGFENGCTL_CHILD") {
	case "run":
		main()
	case "hold":
		f, err := folder.Open(os.Args[1], folder.Holder{Program: "清风", User: "李某", Since: time.Now()})
		fmt.Println(err)
		io.Copy(io.Discard, os.Stdin)
		f.Close()
		return
	}
	for _, name := range []string{"QINGFENG_PASSWORD", "QINGFENG_NEW_PASSWORD", "QINGFENG_LOGIN"} {
		os.Unsetenv(name)
	}
	if nothing, err := os.Open(os.DevNull); err == nil {
		os.Stdin = nothing
	}
	os.Exit(m.Run())
}

// console runs commands on one data folder.
type console struct {
	t       *testing.T
	dir     string
	secrets []string // which no command may show
}

// newConsole makes a data folder; its recovery code is the second secret.
func newConsole(t *testing.T) *console {
	t.Helper()
	t.Setenv("QINGFENG_PASSWORD", password)
	c := &console{t, filepath.Join(t.TempDir(), "清风 数据"), []string{password}}
	var made struct {
		Code string `json:"recovery_code"`
	}
	c.do(exitDone, &made, "init", "--hospital", "某县中医院", "--admin", "li")
	c.secrets = append(c.secrets, made.Code)
	return c
}

// do runs a command with --json, checks the exit status and decodes the output.
func (c *console) do(status int, into any, args ...string) (stderr string) {
	c.t.Helper()
	stdout, stderr := c.run(context.Background(), status, append([]string{"--json"}, args...)...)
	if into != nil {
		if err := json.Unmarshal([]byte(stdout), into); err != nil {
			c.t.Fatalf("%v: %v\n%s", args, err, stdout)
		}
	} else if stdout != "" && !json.Valid([]byte(stdout)) && !strings.HasPrefix(stdout, "用法：") {
		c.t.Errorf("%v: no JSON\n%s", args, stdout)
	}
	return stderr
}

// text runs a command as a person reads it.
func (c *console) text(status int, args ...string) (stdout string) {
	c.t.Helper()
	stdout, _ = c.run(context.Background(), status, args...)
	return stdout
}

func (c *console) run(ctx context.Context, status int, args ...string) (stdout, stderr string) {
	c.t.Helper()
	var out, errs bytes.Buffer
	if got := run(ctx, append([]string{"--data", c.dir}, args...), &out, &errs); got != status {
		c.t.Fatalf("%v: exit status %d, want %d\n%s%s", args, got, status, &out, &errs)
	}
	for _, s := range c.secrets {
		if strings.Contains(out.String()+errs.String(), s) {
			c.t.Errorf("%v shows a secret:\n%s%s", args, &out, &errs)
		}
	}
	return out.String(), errs.String()
}

// file writes a file of the test and returns its path.
func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

type importReport struct {
	Rows, Added, Updated, Unchanged int
	Rejected, Warnings              []struct{ Row int }
}

type summary struct {
	Expected, Returned, Missing, Excused int
	Departments                          []struct {
		Department                           string
		Expected, Returned, Missing, Excused int
	}
}

type letter struct {
	FormNo     string `json:"form_no"`
	EmployeeNo string `json:"employee_no"`
	Name       string
	Department string
	State      string
}

func TestFromRosterToSignedLetters(t *testing.T) {
	c := newConsole(t)
	var r importReport
	c.do(exitDone, &r, "roster", "import", rosters+"county-hospital-620.xlsx", "--dry-run")
	if r.Rows != 620 || r.Added != 620 {
		t.Fatalf("dry run %+v", r)
	}
	var staff []map[string]string
	if c.do(exitDone, &staff, "staff", "list"); len(staff) != 0 {
		t.Fatalf("a dry run stored %d people", len(staff))
	}
	c.do(exitDone, &r, "roster", "import", rosters+"county-hospital-620.xlsx")
	if r.Rows != 620 || r.Added != 620 || len(r.Rejected) != 0 {
		t.Fatalf("import %+v", r)
	}
	c.do(exitDone, &r, "roster", "import", rosters+"county-hospital-620-gb18030.csv")
	if r.Unchanged != 620 || r.Added+r.Updated != 0 {
		t.Errorf("the same people as .csv: added %d, updated %d", r.Added, r.Updated)
	}
	c.do(exitDone, &staff, "staff", "list", "--find", "wy", "--department", "党政综合办")
	if len(staff) == 0 || staff[0]["name"] != "王䶮" || staff[0]["id_number_masked"] != "990101**********04" {
		t.Errorf("found %v", staff)
	}

	var campaign struct{ ID int64 }
	c.do(exitDone, &campaign, "campaign", "new", "--template", "county-plan-2024", "--year", "2026")
	pdf := filepath.Join(t.TempDir(), "承诺书.pdf")
	var printed struct{ Made, Printed, Reprints int }
	c.do(exitDone, &printed, "commitment", "print", "--campaign", "1", "--department", "急诊科", "--out", pdf)
	if printed.Made != 620 || printed.Printed != 12 {
		t.Errorf("printed %+v", printed)
	}
	var all []letter
	c.do(exitDone, &all, "commitment", "list", "--campaign", "2026年医疗行业作风建设专项行动", "--department", "急诊科")
	if len(all) != 12 || all[0].State != "未交回" {
		t.Fatalf("listed %+v", all)
	}
	if text := pdfText(t, pdf); !strings.Contains(text, all[3].FormNo) || !strings.Contains(text, all[3].Name) {
		t.Errorf("the PDF lacks %s %s", all[3].FormNo, all[3].Name)
	}
	c.do(exitDone, nil, "commitment", "record", "--form", all[0].FormNo, "--form", strings.ToLower(all[1].FormNo), all[2].FormNo)
	var recorded struct {
		Recorded int
		Forms    []struct{ Problem string }
	}
	c.do(exitPartial, &recorded, "commitment", "record", "--form", all[3].FormNo, "--form", all[0].FormNo, "--form", "CN-2026-00001-00")
	if recorded.Recorded != 1 || recorded.Forms[0].Problem != "" || recorded.Forms[1].Problem == "" || recorded.Forms[2].Problem == "" {
		t.Errorf("recorded %+v", recorded)
	}
	c.do(exitDone, nil, "commitment", "excuse", all[4].FormNo, "--reason", "产假", "--until", "2099-10-8")
	c.do(exitFailed, nil, "commitment", "excuse", all[6].FormNo, "--reason", "产假", "--until", "2020-10-8")
	c.do(exitDone, nil, "commitment", "void", all[5].FormNo, "--reason", "打印模糊")
	var sum summary
	c.do(exitDone, &sum, "commitment", "summary", "--campaign", "1")
	if sum.Expected != 620 || sum.Returned != 4 || sum.Excused != 1 || sum.Missing != 615 || len(sum.Departments) != 52 {
		t.Errorf("summary %+v", sum)
	}
	c.do(exitDone, nil, "check")
}

func pdfText(t *testing.T, path string) string {
	t.Helper()
	out, err := exec.Command("pdftotext", "-layout", path, "-").Output()
	if err != nil {
		if os.Getenv("CI") == "" && exec.Command("pdftotext", "-v").Run() != nil {
			t.Skip("pdftotext is not installed")
		}
		t.Fatal(err)
	}
	return string(out)
}

func TestADirtyRosterIsTakenInPartAndReported(t *testing.T) {
	c := newConsole(t)
	var r importReport
	list := filepath.Join(t.TempDir(), "问题.xlsx")
	c.do(exitPartial, &r, "roster", "import", rosters+"dirty-roster.xlsx", "--report", list, "--alias", "心内科=心血管内科")
	rows := map[int]bool{}
	for _, p := range r.Rejected {
		rows[p.Row] = true
	}
	if r.Rows != 61 || r.Added != 52 || len(rows) != 9 {
		t.Errorf("rows %d, added %d, rejected rows %v", r.Rows, r.Added, rows)
	}
	if info, err := os.Stat(list); err != nil || info.Size() == 0 {
		t.Errorf("the report was not written: %v", err)
	}
	c.do(exitPartial, &r, "roster", "import", rosters+"dirty-roster.xlsx")
	if r.Unchanged != 52 {
		t.Errorf("importing it again left %d of 52 unchanged", r.Unchanged)
	}
}

func TestExportAndImportChangeNothing(t *testing.T) {
	c := newConsole(t)
	c.do(exitDone, nil, "roster", "import", rosters+"county-hospital-620.xlsx")
	out := filepath.Join(t.TempDir(), "导出.xlsx")
	for _, flags := range [][]string{{}, {"--sensitive"}} {
		c.do(exitDone, nil, append([]string{"roster", "export", out}, flags...)...)
		var r importReport
		if c.do(exitDone, &r, "roster", "import", out); r.Rows != 620 || r.Unchanged != 620 {
			t.Errorf("%v: rows %d, unchanged %d", flags, r.Rows, r.Unchanged)
		}
	}
}

func TestExitStatuses(t *testing.T) {
	c := newConsole(t)
	c.do(exitUsage, nil, "no-such-command")
	c.do(exitUsage, nil, "campaign", "new", "--template", "county-plan-2024")
	c.do(exitDone, nil, "--help")
	c.do(exitFailed, nil, "init", "--hospital", "又一家", "--admin", "li")
	c.do(exitFailed, nil, "roster", "import", filepath.Join(t.TempDir(), "没有.xlsx"))
	c.do(exitFailed, nil, "campaign", "new", "--template", "unknown", "--year", "2026")
	c.do(exitFailed, nil, "commitment", "summary", "--campaign", "9")
	c.do(exitFailed, nil, "staff", "list", "--department", "没有的科室")
	var v map[string]string
	if c.do(exitDone, &v, "version"); v["version"] == "" {
		t.Error("no version")
	}

	f, err := folder.Open(c.dir, folder.Holder{Program: "清风", User: "李某", Since: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	if msg := c.do(exitLocked, nil, "staff", "list"); !strings.Contains(msg, "李某") {
		t.Errorf("locked: %s", msg)
	}
	f.Close()
	c.do(exitDone, nil, "staff", "list")
}

func TestPrintingIntoAFolderThatIsNotThereChangesNothing(t *testing.T) {
	c := newConsole(t)
	c.do(exitDone, nil, "roster", "import", rosters+"county-hospital-620.xlsx")
	c.do(exitDone, nil, "campaign", "new", "--template", "county-plan-2024", "--year", "2026")
	c.do(exitFailed, nil, "commitment", "print", "--campaign", "1", "--out", filepath.Join(t.TempDir(), "没有", "a.pdf"))
	var all []letter
	c.do(exitDone, &all, "commitment", "list", "--campaign", "1")
	for _, l := range all {
		if l.State != "未打印" {
			t.Fatalf("%s is %s", l.FormNo, l.State)
		}
	}
}

func TestNumbersThatAScriptLeftBlankChangeNothing(t *testing.T) {
	c := newConsole(t)
	c.do(exitDone, nil, "roster", "import", rosters+"county-hospital-620.xlsx")
	c.do(exitDone, nil, "campaign", "new", "--template", "county-plan-2024", "--year", "2026")
	pdf := filepath.Join(t.TempDir(), "a.pdf")
	c.do(exitFailed, nil, "commitment", "record", "--form", "")
	c.do(exitFailed, nil, "commitment", "print", "--campaign", "1", "--form", "", "--out", pdf)
	c.do(exitFailed, nil, "commitment", "print", "--campaign", "1", "--form", "CN-2026-00001-54", "--out", pdf)
	c.do(exitFailed, nil, "commitment", "print", "--campaign", "1", "--out", pdf+".xlsx")
	var all []letter
	if c.do(exitDone, &all, "commitment", "list", "--campaign", "1"); len(all) != 0 {
		t.Errorf("%d letters were made", len(all))
	}
	c.do(exitDone, nil, "commitment", "print", "--campaign", "1", "--out", pdf)
	c.do(exitDone, &all, "commitment", "list", "--campaign", "1")
	c.do(exitPartial, nil, "commitment", "record", "--form", "rubbish", all[1].FormNo)
	c.do(exitDone, nil, "commitment", "void", all[1].FormNo, "--reason", "登记错了")
	c.do(exitDone, nil, "check")
}

func TestAFailedStartLeavesNothingBehind(t *testing.T) {
	t.Setenv("QINGFENG_PASSWORD", password)
	dir := filepath.Join(t.TempDir(), "数据")
	c := &console{t, dir, []string{password}}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, errs bytes.Buffer
	if got := run(ctx, []string{"--data", dir, "init", "--hospital", "某县中医院", "--admin", "li"}, &out, &errs); got != exitFailed {
		t.Fatalf("exit status %d\n%s", got, &errs)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("the folder stayed: %v", err)
	}
	c.do(exitDone, nil, "init", "--hospital", "某县中医院", "--admin", "li")
	c.do(exitFailed, nil, "init", "--hospital", "某县中医院", "--admin", "li")
	c.do(exitDone, nil, "check")
}

func TestCheckTellsOfADatabaseThatCannotBeOpened(t *testing.T) {
	for _, content := range []string{"", strings.Repeat("不是数据库 ", 2000)} {
		c := newConsole(t)
		if err := os.WriteFile(filepath.Join(c.dir, "qingfeng.db"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		var report struct {
			OK       bool
			Problems []struct{ Area, Detail string }
		}
		c.do(exitFailed, &report, "check")
		if report.OK || len(report.Problems) != 1 || report.Problems[0].Area != "数据库" {
			t.Errorf("%d bytes: %+v", len(content), report)
		}
		if info, err := os.Stat(filepath.Join(c.dir, "qingfeng.db")); err != nil || info.Size() != int64(len(content)) {
			t.Errorf("the file was written to: %v", err)
		}
	}
}
