package main

import (
	"bytes"
	"encoding/json"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

type checkReport struct {
	OK, Complete bool
	Problems     []struct{ Area, Detail string }
}

func (c *console) database() string { return filepath.Join(c.dir, "qingfeng.db") }

// change writes over bytes of a file.
func change(t *testing.T, path string, at int64, bytes ...byte) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err == nil {
		_, err = f.WriteAt(bytes, at)
		f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestCheckWithAndWithoutAPassword(t *testing.T) {
	c := newConsole(t)
	c.do(exitDone, nil, "roster", "import", rosters+"county-hospital-620.xlsx")
	var r checkReport
	if c.do(exitDone, &r, "check"); !r.OK || !r.Complete || r.Problems == nil {
		t.Errorf("with a password: %+v", r)
	}
	if text := c.text(exitDone, "check"); strings.Contains(text, "没有检查") {
		t.Error(text)
	}
	lines := len(c.trail())
	t.Setenv("QINGFENG_PASSWORD", "")
	if c.do(exitDone, &r, "check"); !r.OK || r.Complete {
		t.Errorf("without: %+v", r)
	}
	if text := c.text(exitDone, "check"); !strings.Contains(text, "加密内容能否打开、操作记录的封印，这次没有检查") {
		t.Error(text)
	}
	t.Setenv("QINGFENG_PASSWORD", password)
	if after := c.trail(); len(after) != lines {
		t.Errorf("checking changed the trail: %+v", after[0])
	}
}

func TestAnAlteredDatabaseIsToldUntilAccepted(t *testing.T) {
	c := newConsole(t)
	c.do(exitFailed, nil, "check", "--accept", "没有的事")
	change(t, c.database(), 68, 1, 2, 3, 4) // the application id, which nobody reads
	for range 2 {
		var r checkReport
		if msg := c.do(exitFailed, &r, "check"); r.OK || len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Detail, "被别的程序改动") || !strings.Contains(msg, "1 个问题") {
			t.Errorf("altered: %+v, %s", r, msg)
		}
	}
	c.do(exitFailed, nil, "check", "--accept", " ")
	var r checkReport
	if c.do(exitDone, &r, "check", "--accept", "信息科换硬盘时整理过"); !r.OK {
		t.Errorf("accepted: %+v", r)
	}
	if l := c.trail()[1]; l.Action != "确认改动" || !strings.Contains(l.After, "信息科换硬盘") {
		t.Errorf("recorded %+v", l)
	}
	c.do(exitDone, nil, "check")
}

// Wherever a byte of the database changes, check says so and ends in order.
func TestEveryChangedByteIsNoticed(t *testing.T) {
	c := newConsole(t)
	c.do(exitDone, nil, "roster", "import", rosters+"county-hospital-620.xlsx")
	sound, err := os.ReadFile(c.database())
	if err != nil {
		t.Fatal(err)
	}
	sum, err := filepath.Glob(filepath.Join(c.dir, "qingfeng.*"))
	if err != nil {
		t.Fatal(err)
	}
	beside := map[string][]byte{}
	for _, path := range sum {
		if beside[path], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	at := []int64{0, 16, 18, 28, 44, 100, 4096, int64(len(sound)) - 1}
	random := rand.New(rand.NewSource(3))
	for range 40 {
		at = append(at, random.Int63n(int64(len(sound))))
	}
	for i, place := range at {
		for path, content := range beside {
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for _, companion := range []string{"-wal", "-shm"} {
			os.Remove(c.database() + companion)
		}
		change(t, c.database(), place, ^sound[place])
		t.Setenv("QINGFENG_PASSWORD", []string{"", password}[i%2])
		var out, errs bytes.Buffer
		status := run(t.Context(), []string{"--data", c.dir, "--json", "check"}, &out, &errs)
		var r checkReport
		if err := json.Unmarshal(out.Bytes(), &r); status != exitFailed || err != nil || r.OK || len(r.Problems) == 0 {
			t.Errorf("byte %d: exit status %d\n%s%s", place, status, &out, &errs)
		}
	}
}

// A column of another name is no damage to SQLite, and yet nothing can be read.
func TestAChangedSchemaIsAProblem(t *testing.T) {
	c := newConsole(t)
	content, err := os.ReadFile(c.database())
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(content, []byte("disabled_on"))
	if at < 0 {
		t.Fatal("no such column in the schema")
	}
	change(t, c.database(), int64(at), 'x')
	for _, p := range []string{"", password} {
		t.Setenv("QINGFENG_PASSWORD", p)
		var r checkReport
		if c.do(exitFailed, &r, "check"); r.OK || len(r.Problems) == 0 {
			t.Errorf("%+v", r)
		}
	}
}
