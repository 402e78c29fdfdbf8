package store

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"
)

// Some tests need a second program, one that can be killed: the test's own
// binary started again, which runs one of children in place of the tests.
// Its argument is a data folder.
var children = map[string]func(dir string) error{"hold": hold}

const childVar = "QINGFENG_TEST_CHILD"

func TestMain(m *testing.M) {
	if run := children[os.Getenv(childVar)]; run != nil {
		if err := run(os.Args[1]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child is a running one of children.
type child struct {
	*exec.Cmd
	says      *bufio.Reader // what it prints, line by line
	complaint bytes.Buffer  // the error it ended with
}

// startChild starts one of children with a data folder and what it reads; the
// end of the test kills it.
func startChild(t testing.TB, name, dir string, reads io.Reader) *child {
	t.Helper()
	c := &child{Cmd: exec.Command(os.Args[0], dir)}
	c.Env, c.Stdin = append(os.Environ(), childVar+"="+name), reads
	c.Stderr = &c.complaint
	out, err := c.StdoutPipe()
	ok(t, err)
	c.says = bufio.NewReader(out)
	ok(t, c.Start())
	t.Cleanup(c.kill)
	return c
}

// kill ends the child at once: it closes nothing and says nothing more. Doing
// it again does nothing.
func (c *child) kill() {
	if c.ProcessState == nil {
		c.Process.Kill()
		io.Copy(io.Discard, c.says)
		c.Wait()
	}
}
