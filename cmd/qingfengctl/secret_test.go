package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

// utf16le is text as the editor of Windows and PowerShell save it.
func utf16le(text string) string {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(text)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return string(out)
}

func TestPasswordFiles(t *testing.T) {
	c := newConsole(t)
	os.Unsetenv("QINGFENG_PASSWORD")
	for _, content := range []string{
		password, password + "\n", password + "\r\n", "\ufeff" + password + "\n", password + "\n第二行不算\n",
		utf16le(password), utf16le(password + "\r\n"), password + "\n" + strings.Repeat("x", 1<<16),
	} {
		c.do(exitDone, nil, "staff", "list", "--password-file", file(t, "密码.txt", content))
	}
	t.Setenv("QINGFENG_PASSWORD", "不是这个密码")
	good := file(t, "密码.txt", password)
	c.do(exitDone, nil, "staff", "list", "--password-file", good) // the file wins
	t.Setenv("QINGFENG_PASSWORD", password)
	for _, bad := range []struct{ path, want string }{
		{filepath.Join(t.TempDir(), password), "找不到 --password-file 指定的文件"},
		{file(t, "a", ""), "第一行是空的"},
		{file(t, "a", "\n"+password), "第一行是空的"},
		{file(t, "a", "\ufeff"), "第一行是空的"},
		{file(t, "a", "\xc7\xe5\xb7\xe7\xd0\xec\xc0\xb4"), "不是 UTF-8 文本"}, // 清风徐来 in GBK
		{file(t, "a", strings.Repeat("长", 1000)), "第一行太长"},
		{t.TempDir(), "读不了 --password-file 指定的文件"},
	} {
		if msg := c.do(exitFailed, nil, "staff", "list", "--password-file", bad.path); !strings.Contains(msg, bad.want) || strings.Contains(msg, bad.path) {
			t.Errorf("%s: %s", bad.want, msg)
		}
	}
	// What precedes the line's end belongs to the password.
	if msg := c.do(exitFailed, nil, "staff", "list", "--password-file", file(t, "a", password+" \n")); !strings.Contains(msg, "登录名或密码不对") {
		t.Errorf("with a blank behind: %s", msg)
	}
	if os.Getuid() > 0 { // the superuser may read everything
		os.Chmod(good, 0)
		if msg := c.do(exitFailed, nil, "staff", "list", "--password-file", good); !strings.Contains(msg, "打不开 --password-file 指定的文件") {
			t.Errorf("unreadable: %s", msg)
		}
	}
}

func TestWithoutAPasswordTheUseIsWrong(t *testing.T) {
	c := newConsole(t)
	backup := filepath.Join(t.TempDir(), "a.qfbak")
	c.do(exitDone, nil, "backup", "--out", backup)
	before := c.trail()
	t.Setenv("QINGFENG_PASSWORD", "")
	t.Setenv("QINGFENG_NEW_PASSWORD", "")
	for _, line := range []string{"staff list", "backup", "backup --daily", "restore " + backup, "check --accept 查明", "account password", "rekey"} {
		msg := c.do(exitUsage, nil, strings.Fields(line)...)
		if !strings.Contains(msg, "没有给出密码") || !strings.Contains(msg, "--password-file") || !strings.Contains(msg, "QINGFENG_PASSWORD") {
			t.Errorf("%s: %s", line, msg)
		}
	}
	other := &console{t: t, dir: filepath.Join(t.TempDir(), "新")}
	other.do(exitUsage, nil, "init", "--hospital", "某县中医院", "--admin", "li")
	if _, err := os.Stat(other.dir); !os.IsNotExist(err) {
		t.Errorf("a folder was made: %v", err)
	}
	if msg := c.do(exitUsage, nil, "account", "recover", "li"); !strings.Contains(msg, "没有给出恢复码。请用 --recovery-file") {
		t.Error(msg)
	}
	t.Setenv("QINGFENG_PASSWORD", password)
	if msg := c.do(exitUsage, nil, "account", "add", "wang", "--name", "王某", "--role", "经办"); !strings.Contains(msg, "QINGFENG_NEW_PASSWORD") {
		t.Error(msg)
	}
	c.do(exitUsage, nil, "account", "set", "li")
	if after := c.trail(); len(after) != len(before)+1 { // the sign-in of the second look
		t.Errorf("%d audit lines became %d", len(before), len(after))
	}
}

func TestAPasswordIsNoArgument(t *testing.T) {
	c := newConsole(t)
	for _, args := range [][]string{{"--password=" + password, "staff", "list"}, {"--password", password, "staff", "list"}, {"--password-file", password, "staff", "list"}} {
		var status = exitUsage
		if args[0] == "--password-file" {
			status = exitFailed
		}
		c.do(status, nil, args...) // and no message shows it
	}
}

func TestWrongPasswordsLockTheAccount(t *testing.T) {
	c := newConsole(t)
	t.Setenv("QINGFENG_PASSWORD", "不是这个密码")
	for range 4 {
		if msg := c.do(exitFailed, nil, "staff", "list"); !strings.Contains(msg, "登录名或密码不对") {
			t.Error(msg)
		}
	}
	if msg := c.do(exitFailed, nil, "staff", "list"); !strings.Contains(msg, "锁定 15 分钟") {
		t.Error(msg)
	}
	t.Setenv("QINGFENG_PASSWORD", password)
	if msg := c.do(exitFailed, nil, "staff", "list"); !strings.Contains(msg, "已锁定") {
		t.Error(msg)
	}
	c.do(exitFailed, nil, "--login", "nobody", "staff", "list")
	c.do(exitFailed, nil, "check") // a password that was given is tried
	t.Setenv("QINGFENG_PASSWORD", "")
	c.do(exitDone, nil, "check")
}
