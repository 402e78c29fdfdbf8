package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// terminal gives a child a terminal and returns the side of the person.
func terminal(t *testing.T, cmd *exec.Cmd) *os.File {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { person.Close() })
	fd := int(person.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.OpenFile(fmt.Sprint("/dev/pts/", n), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { program.Close() })
	cmd.Stdin, cmd.Stdout, cmd.Stderr = program, program, program
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	program.Close()
	return person
}

// talk waits for each question before it types the answer, and returns all
// that the terminal showed.
func talk(t *testing.T, person *os.File, lines ...[2]string) string {
	t.Helper()
	var shown strings.Builder
	buf := make([]byte, 1024)
	read := func() bool {
		n, err := person.Read(buf)
		shown.Write(buf[:n])
		return err == nil
	}
	seen := 0
	for _, l := range lines {
		for !strings.Contains(shown.String()[seen:], l[0]) {
			if !read() {
				t.Fatalf("no question %q:\n%s", l[0], &shown)
			}
		}
		seen = shown.Len()
		for echoes(t, person) { // the question comes a moment before
			time.Sleep(time.Millisecond)
		}
		io.WriteString(person, l[1])
	}
	for read() {
	}
	return shown.String()
}

// echoes reports whether the terminal shows what is typed.
func echoes(t *testing.T, person *os.File) bool {
	t.Helper()
	state, err := unix.IoctlGetTermios(int(person.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return state.Lflag&unix.ECHO != 0
}

func TestAPersonAtTheTerminal(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "数据")
	for _, c := range []struct {
		name   string
		args   []string
		lines  [][2]string
		status int
		want   string
	}{
		{"two that differ", []string{"init", "--hospital", "某县中医院", "--admin", "li"},
			[][2]string{{"密码：", password + "\n"}, {"再输入一次密码：", "别的密码 2026\n"}}, exitFailed, "两次输入的密码不一致"},
		{"nothing", []string{"init", "--hospital", "某县中医院", "--admin", "li"}, [][2]string{{"密码：", "\n"}}, exitFailed, "没有输入"},
		{"first start", []string{"init", "--hospital", "某县中医院", "--admin", "li"},
			[][2]string{{"密码：", password + "\n"}, {"再输入一次密码：", password + "\n"}}, exitDone, "恢复码："},
		{"signing in", []string{"department", "list"}, [][2]string{{"密码：", password + "\n"}}, exitDone, ""},
		{"a wrong one", []string{"department", "list"}, [][2]string{{"密码：", "不是这个密码\n"}}, exitFailed, "登录名或密码不对"},
		{"calling it off", []string{"department", "list"}, [][2]string{{"密码：", "\x03"}}, exitFailed, "已取消"},
		{"a new password", []string{"account", "password"},
			[][2]string{{"密码：", password + "\n"}, {"新密码：", other + "\n"}, {"再输入一次新密码：", other + "\n"}}, exitDone, "已修改密码"},
		{"check asks for none", []string{"check"}, nil, exitDone, "没有给出密码"},
	} {
		cmd := child(t, "run", append([]string{"--data", dir}, c.args...)...)
		shown := talk(t, terminal(t, cmd), c.lines...)
		cmd.Wait()
		if got := cmd.ProcessState.ExitCode(); got != c.status || !strings.Contains(shown, c.want) {
			t.Errorf("%s: exit status %d\n%s", c.name, got, shown)
		}
		for _, secret := range []string{password, other, "不是这个密码"} {
			if strings.Contains(shown, secret) {
				t.Errorf("%s: the terminal shows %s:\n%s", c.name, secret, shown)
			}
		}
	}
}
