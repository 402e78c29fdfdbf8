package main

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// child is a process of the tests' own program; see [TestMain].
func child(t *testing.T, as string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Env = append(os.Environ(), "QINGFENGCTL_CHILD="+as)
	return cmd
}

func TestTwoProcesses(t *testing.T) {
	c := newConsole(t)
	backup := filepath.Join(t.TempDir(), "a.qfbak")
	c.backup("--out", backup)
	before := c.trail()
	holder := child(t, "hold", c.dir)
	stdin, err := holder.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(stdout).ReadString('\n'); line != "<nil>\n" {
		t.Fatalf("the child does not hold the folder: %s %v", line, err)
	}
	for _, line := range []string{"staff list", "check", "backup", "backup --daily", "backup list", "backup verify " + backup, "restore " + backup,
		"audit list", "account list", "rekey", "roster import " + rosters + "county-hospital-620.xlsx"} {
		var out, errs bytes.Buffer
		cmd := child(t, "run", append([]string{"--data", c.dir}, strings.Fields(line)...)...)
		cmd.Stdout, cmd.Stderr = &out, &errs
		cmd.Run()
		if got := cmd.ProcessState.ExitCode(); got != exitLocked || !strings.Contains(errs.String(), "李某") || out.Len() > 0 {
			t.Errorf("%s: exit status %d\n%s%s", line, got, &out, &errs)
		}
	}
	stdin.Close()
	if err := holder.Wait(); err != nil {
		t.Fatal(err)
	}
	if after := c.trail(); after[0].No != before[0].No+1 {
		t.Errorf("%+v was added", after[1])
	}
	c.do(exitDone, nil, "check")
}

// A result that nobody gets is a failure: a folder whose recovery code was not
// shown must not be there.
func TestAFullDiskUnderTheResult(t *testing.T) {
	t.Setenv("QINGFENG_PASSWORD", password)
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	defer full.Close()
	read, closed, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	read.Close()
	defer closed.Close()
	for _, stdout := range []*os.File{full, closed} {
		dir := filepath.Join(t.TempDir(), "数据")
		cmd := child(t, "run", "--data", dir, "init", "--hospital", "某县中医院", "--admin", "li")
		var errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = stdout, &errs
		cmd.Run()
		if got := cmd.ProcessState.ExitCode(); got != exitFailed || !strings.Contains(errs.String(), "结果写不出来") {
			t.Errorf("exit status %d\n%s", got, &errs)
		}
		if _, err := os.Stat(dir); !os.IsNotExist(err) {
			t.Errorf("the folder stayed: %v", err)
		}
	}
}
