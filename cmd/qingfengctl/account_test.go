package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"qingfeng/model"
)

const other = "山高水长 1949"

type accountLine struct {
	Login, Name, Role string
	DisabledOn        string `json:"disabled_on"`
	MustChange        bool   `json:"must_change"`
}

func (c *console) accounts() map[string]accountLine {
	c.t.Helper()
	var rows []accountLine
	c.do(exitDone, &rows, "account", "list")
	out := map[string]accountLine{}
	for _, r := range rows {
		out[r.Login] = r
	}
	return out
}

// as runs what follows under an account.
func as(t *testing.T, login, password string) {
	t.Setenv("QINGFENG_LOGIN", login)
	t.Setenv("QINGFENG_PASSWORD", password)
}

func TestAnAccountsLife(t *testing.T) {
	c := newConsole(t)
	c.secrets = append(c.secrets, other)
	given := file(t, "新密码.txt", other+"\r\n")
	c.do(exitDone, nil, "account", "add", "wang", "--name", "王某", "--role", "经办", "--new-password-file", given)
	if a := c.accounts()["wang"]; a != (accountLine{"wang", "王某", "经办", "", true}) {
		t.Errorf("added %+v", a)
	}
	if msg := c.do(exitFailed, nil, "account", "add", "wang", "--name", "王某", "--role", "经办", "--new-password-file", given); !strings.Contains(msg, "已有这个登录名") {
		t.Error(msg)
	}
	t.Setenv("QINGFENG_NEW_PASSWORD", "12345678")
	if msg := c.do(exitFailed, nil, "account", "add", "sun", "--name", "孙某", "--role", "审计"); !strings.Contains(msg, "太常见") {
		t.Error(msg)
	}

	as(t, "wang", other)
	if msg := c.do(exitFailed, nil, "staff", "list"); !strings.Contains(msg, "account password") {
		t.Errorf("before the password was changed: %s", msg)
	}
	c.do(exitFailed, nil, "account", "password", "--new-password-file", given) // the same
	t.Setenv("QINGFENG_NEW_PASSWORD", "春暖花开 2027")
	c.do(exitDone, nil, "account", "password")
	c.do(exitFailed, nil, "staff", "list")
	as(t, "wang", "春暖花开 2027")
	c.do(exitDone, nil, "staff", "list")
	for _, line := range []string{"account list", "account disable li", "rekey", "audit list", "account recovery-code"} {
		if msg := c.do(exitFailed, nil, strings.Fields(line)...); !strings.Contains(msg, "无权") {
			t.Errorf("%s: %s", line, msg)
		}
	}

	as(t, "", password)
	c.do(exitDone, nil, "account", "set", "wang", "--role", "审计", "--name", "王五")
	as(t, "wang", "春暖花开 2027")
	c.do(exitDone, nil, "audit", "list")
	c.do(exitFailed, nil, "campaign", "new", "--template", "county-plan-2024", "--year", "2026")
	c.do(exitFailed, nil, "backup")
	as(t, "", password)
	c.do(exitDone, nil, "account", "reset", "wang", "--new-password-file", given)
	c.do(exitDone, nil, "account", "disable", "wang")
	c.do(exitFailed, nil, "account", "disable", "wang")
	if a := c.accounts()["wang"]; a.DisabledOn == "" || a.Name != "王五" || a.Role != "审计" {
		t.Errorf("disabled %+v", a)
	}
	c.do(exitFailed, nil, "--login", "wang", "--password-file", given, "staff", "list")
	c.do(exitDone, nil, "account", "enable", "wang", "--new-password-file", given)
	if a := c.accounts()["wang"]; a.DisabledOn != "" || !a.MustChange {
		t.Errorf("enabled %+v", a)
	}
	c.do(exitFailed, nil, "account", "disable", "li")
	if msg := c.do(exitFailed, nil, "account", "set", "li", "--role", "经办"); !strings.Contains(msg, "最后一名管理员") {
		t.Error(msg)
	}
	if msg := c.do(exitFailed, nil, "account", "disable", "nobody"); !strings.Contains(msg, "没有登录名为 nobody 的账号") {
		t.Error(msg)
	}
	c.do(exitDone, nil, "check")
	inNoFile(t, c.dir, other)
	inNoFile(t, c.dir, password)
}

// The roles of the flags are those of the house.
func TestRolesOfTheFlags(t *testing.T) {
	c := newConsole(t)
	t.Setenv("QINGFENG_NEW_PASSWORD", other)
	for i, role := range model.Roles {
		c.do(exitDone, nil, "account", "add", []string{"a1", "a2", "a3", "a4"}[i], "--name", "某人", "--role", string(role))
	}
	if msg := c.do(exitUsage, nil, "account", "add", "a5", "--name", "某人", "--role", "院长"); !strings.Contains(msg, "只能是 管理员、经办、审核、审计，不能是“院长”") {
		t.Error(msg)
	}
	c.do(exitUsage, nil, "account", "set", "a4", "--role", "院长")
}

func TestTheRecoveryCodeOpensOnce(t *testing.T) {
	c := newConsole(t)
	code := c.secrets[1]
	c.do(exitDone, nil, "roster", "import", rosters+"county-hospital-620.xlsx")
	t.Setenv("QINGFENG_PASSWORD", "")
	t.Setenv("QINGFENG_NEW_PASSWORD", other)
	c.secrets = append(c.secrets, other)
	typed := file(t, "恢复码.txt", strings.ToLower(strings.ReplaceAll(code, "-", " ")))
	c.do(exitFailed, nil, "account", "recover", "nobody", "--recovery-file", typed)
	c.do(exitFailed, nil, "account", "recover", "li", "--recovery-file", file(t, "a", "ABCD-EFGH"))
	var made struct {
		Login string
		Code  string `json:"recovery_code"`
	}
	sheet := filepath.Join(t.TempDir(), "恢复码.pdf")
	c.do(exitDone, &made, "account", "recover", "li", "--recovery-file", typed, "--recovery-sheet", sheet)
	if made.Login != "li" || len(made.Code) != len(code) || made.Code == code {
		t.Fatalf("a new code: %+v", made)
	}
	if text := pdfText(t, sheet); !strings.Contains(text, made.Code) || !strings.Contains(text, "某县中医院") {
		t.Errorf("the sheet says\n%s", text)
	}
	c.do(exitFailed, nil, "account", "recover", "li", "--recovery-file", typed) // used up
	as(t, "", other)
	var staff []map[string]string
	if c.do(exitDone, &staff, "staff", "list", "--find", "01001"); len(staff) != 1 || !strings.Contains(staff[0]["id_number_masked"], "**") {
		t.Errorf("found %v", staff)
	}
	c.secrets = append(c.secrets, made.Code)
	old := made.Code
	c.do(exitDone, &made, "account", "recovery-code")
	c.do(exitFailed, nil, "account", "recover", "li", "--recovery-file", file(t, "a", old))
	c.do(exitFailed, nil, "account", "recovery-code", "--recovery-sheet", filepath.Join(c.dir, "output", "a.pdf"))
	c.do(exitFailed, nil, "account", "recovery-code", "--recovery-sheet", sheet+".xlsx")
	c.do(exitDone, nil, "account", "recover", "li", "--recovery-file", file(t, "a", made.Code)) // none of the two made another
	inNoFile(t, c.dir, old)
}

func TestACodeWhoseSheetFailsIsShown(t *testing.T) {
	c := newConsole(t)
	var made struct {
		Code string `json:"recovery_code"`
	}
	msg := c.do(exitPartial, &made, "account", "recovery-code", "--recovery-sheet", filepath.Join(t.TempDir(), "没有", "a.pdf"))
	if made.Code == "" || !strings.Contains(msg, "恢复码单没有写出") {
		t.Errorf("%+v, %s", made, msg)
	}

	// A folder's first code is not: there is no folder then.
	n := &console{t, filepath.Join(t.TempDir(), "新"), c.secrets}
	n.do(exitFailed, nil, "init", "--hospital", "某县中医院", "--admin", "li", "--recovery-sheet", filepath.Join(t.TempDir(), "没有", "a.pdf"))
	n.do(exitFailed, nil, "init", "--hospital", "某县中医院", "--admin", "li", "--recovery-sheet", filepath.Join(n.dir, "a.pdf"))
	n.do(exitFailed, nil, "init", "--hospital", "某县中医院", "--admin", "")
	n.do(exitFailed, nil, "init", "--hospital", " ", "--admin", "li")
	t.Setenv("QINGFENG_PASSWORD", "short")
	n.do(exitFailed, nil, "init", "--hospital", "某县中医院", "--admin", "li")
	if _, err := os.Stat(n.dir); !os.IsNotExist(err) {
		t.Errorf("the folder stayed: %v", err)
	}
	t.Setenv("QINGFENG_PASSWORD", password)
	sheet := filepath.Join(t.TempDir(), "a.pdf")
	text := n.text(exitDone, "init", "--hospital", "某县中医院", "--admin", "li", "--recovery-sheet", sheet)
	_, rest, _ := strings.Cut(text, "恢复码：")
	code, _, _ := strings.Cut(rest, "\n")
	if len(code) != 34 || strings.Count(text, code) != 1 || !strings.Contains(text, "只显示这一次") {
		t.Errorf("shown:\n%s", text)
	}
	if paper := pdfText(t, sheet); !strings.Contains(paper, code) {
		t.Errorf("the sheet lacks the code:\n%s", paper)
	}
	inNoFile(t, n.dir, code)
}

// stopper ends a context as soon as something is said.
type stopper struct{ stop context.CancelFunc }

func (s stopper) Write(p []byte) (int, error) { s.stop(); return len(p), nil }

func TestAKeyChangeGoesOnWhereItStopped(t *testing.T) {
	c := newConsole(t)
	c.do(exitDone, nil, "roster", "import", rosters+"county-hospital-620.xlsx")
	ctx, stop := context.WithCancel(context.Background())
	if got := run(ctx, []string{"--data", c.dir, "rekey"}, &strings.Builder{}, stopper{stop}); got != exitPartial {
		t.Fatalf("stopped: exit status %d", got)
	}
	var done struct {
		Done    int
		Resumed bool
	}
	msg := c.do(exitDone, &done, "rekey")
	if !done.Resumed || done.Done == 0 || done.Done >= 620 || !strings.Contains(msg, "接着上次") || !strings.Contains(msg, "已重新加密") {
		t.Errorf("resumed: %+v, %s", done, msg)
	}
	if c.do(exitDone, &done, "rekey"); done.Resumed || done.Done < 620 {
		t.Errorf("once more: %+v", done)
	}
	var staff []map[string]string
	if c.do(exitDone, &staff, "staff", "list"); len(staff) != 620 || slices.ContainsFunc(staff, func(s map[string]string) bool { return len(s["id_number_masked"]) != 18 }) {
		t.Errorf("%d people, the first %v", len(staff), staff[0])
	}
	c.do(exitDone, nil, "check")
}
