package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// demoListing is what the listing of a sample says.
type demoListing struct {
	Data         string
	Staff        int
	Files        []string
	Commitments  map[string]summary
	Login        string
	Password     string
	RecoveryCode string `json:"recovery_code"`
	Accounts     []struct{ Login, Role, Password string }
}

func TestDemo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	c := &console{t: t, dir: dir}
	var made demoListing
	c.do(exitDone, &made, "demo", "--out", dir)
	if made.Staff != 623 || len(made.Files) != 10 || made.Commitments["personal"].Returned == 0 {
		t.Errorf("made %+v", made)
	}
	for _, f := range made.Files {
		if info, err := os.Stat(f); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", f, err)
		}
	}
	if len(made.Accounts) != 2 || made.Login != made.Accounts[0].Login || made.Password != made.Accounts[0].Password {
		t.Fatalf("accounts %+v", made)
	}
	for _, a := range made.Accounts {
		if len(a.Password) != 19 {
			t.Fatalf("%s has the password %q", a.Login, a.Password)
		}
		inNoFile(t, dir, a.Password)
		t.Setenv("QINGFENG_PASSWORD", a.Password)
		c.do(exitDone, nil, "--login", a.Login, "check")
		c.do(exitDone, nil, "--login", a.Login, "staff", "list", "--find", "01001")
	}
	inNoFile(t, dir, made.RecoveryCode)
	inNoFile(t, dir, strings.ReplaceAll(made.RecoveryCode, "-", ""))
	c.do(exitDone, nil, "--login", "wang", "backup", "verify", made.Files[9])
	c.do(exitFailed, nil, "demo", "--out", dir)
}

// inNoFile fails when a file of the folder holds the text.
func inNoFile(t *testing.T, dir, text string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte(text)) {
			t.Errorf("%s holds the secret %s", path, text)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestASampleUnderAGivenPasswordDoesNotTellIt(t *testing.T) {
	t.Setenv("QINGFENG_PASSWORD", password)
	dir := filepath.Join(t.TempDir(), "demo")
	c := &console{t, dir, []string{password}}
	text := c.text(exitDone, "demo", "--out", dir)
	for _, want := range []string{"登录名 li　密码 您给出的密码", "登录名 wang　密码 ", "恢复码　"} {
		if !strings.Contains(text, want) {
			t.Errorf("the listing lacks %q:\n%s", want, text)
		}
	}
	inNoFile(t, dir, password)
	c.do(exitDone, nil, "staff", "list", "--find", "01001")
}
