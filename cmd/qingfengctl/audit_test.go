package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"qingfeng/model"
	"qingfeng/model/store"
)

type trailLine struct {
	No                                                   int
	At, Actor, Action, Entity, Name, Before, After, Hash string
}

// trail is the newest lines of the audit trail, the newest first.
func (c *console) trail() []trailLine {
	c.t.Helper()
	var lines []trailLine
	c.do(exitDone, &lines, "audit", "list")
	return lines
}

func TestTheTrailIsListedAndExported(t *testing.T) {
	c := newConsole(t)
	c.do(exitDone, nil, "campaign", "new", "--template", "county-plan-2024", "--year", "2026")
	c.do(exitDone, nil, "roster", "import", rosters+"county-hospital-620.xlsx")
	lines := c.trail()
	if len(lines) != newestLines || lines[0].Action != "登录" || lines[0].Actor != "li" || lines[0].After != "程序：命令行" || len(lines[0].Hash) != 64 {
		t.Fatalf("%d lines, the newest %+v", len(lines), lines[0])
	}
	for i := 1; i < len(lines); i++ {
		if lines[i].No != lines[i-1].No-1 {
			t.Fatalf("line %d follows %d", lines[i].No, lines[i-1].No)
		}
	}
	named := slices.ContainsFunc(lines, func(l trailLine) bool {
		return l.Entity == "科室" && strings.HasPrefix(l.After, "负责人：") && strings.HasSuffix(l.After, "）")
	})
	if !named || strings.Contains(fmt.Sprint(lines), "内部号") {
		t.Errorf("heads have no names: %+v", lines[2:9])
	}
	if text := c.text(exitDone, "audit", "list"); strings.Count(text, "\n") != newestLines || !strings.Contains(text, "\tli\t登录\t账号\tli\t\t程序：命令行\n") {
		t.Errorf("for people:\n%s", text[:300])
	}

	out := filepath.Join(t.TempDir(), "操作记录.csv")
	var done struct{ Rows int }
	c.do(exitDone, &done, "audit", "export", "--out", out)
	data, err := os.ReadFile(out)
	if err != nil || !bytes.HasPrefix(data, []byte("\ufeff")) {
		t.Fatalf("%v, %.20q", err, data)
	}
	rows, err := csv.NewReader(bytes.NewReader(data[3:])).ReadAll()
	if err != nil || len(rows) != done.Rows+1 || rows[done.Rows][0] != "1" || rows[1][3] == "" || done.Rows < 620 {
		t.Fatalf("%v: %d rows of %d, the first %v", err, len(rows), done.Rows, rows[1])
	}
	now := c.trail()[1] // below the sign-in of the look itself
	if now.Action != "导出" || now.Entity != "操作记录" || now.Name != "操作记录.csv" || !strings.Contains(now.After, fmt.Sprint("行数：", done.Rows)) {
		t.Errorf("the export's own line: %+v", now)
	}

	today, tomorrow := time.Now().Format("2006-01-02"), time.Now().AddDate(0, 0, 1).Format("2006-01-02")
	all := done.Rows
	c.do(exitDone, &done, "audit", "export", "--out", strings.TrimSuffix(out, ".csv")+".xlsx", "--from", today, "--to", today)
	if done.Rows <= all {
		t.Errorf("%d of more than %d lines are of today", done.Rows, all)
	}
	if c.do(exitDone, &done, "audit", "export", "--out", out, "--from", tomorrow); done.Rows != 0 {
		t.Errorf("%d lines of tomorrow", done.Rows)
	}
	before := len(c.trail())
	c.do(exitFailed, nil, "audit", "export", "--out", out, "--from", tomorrow, "--to", today)
	c.do(exitFailed, nil, "audit", "export", "--out", out, "--from", "昨天")
	c.do(exitFailed, nil, "audit", "export", "--out", out+".txt")
	c.do(exitFailed, nil, "audit", "export", "--out", filepath.Join(t.TempDir(), "没有", "a.csv"))
	c.do(exitUsage, nil, "audit", "export")
	if lines := c.trail(); len(lines) != before || lines[1].Action == "导出" {
		t.Errorf("a failed export is recorded: %+v", lines[1])
	}
}

func TestNoFileWithoutItsLine(t *testing.T) {
	c := newConsole(t)
	path := filepath.Join(t.TempDir(), "a.csv")
	c.open(func(s *store.Store) error {
		err := exported(t.Context(), s, export{what: "职工", path: path}, func() (int, error) {
			s.SignOut(t.Context(), false) // then nobody is there to be named in a line
			return 0, os.WriteFile(path, nil, 0o600)
		})
		if model.CodeOf(err) != model.Denied {
			t.Errorf("recorded: %v", err)
		}
		return nil
	})
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("the file is there: %v", err)
	}
}

// Whatever leaves the program as a file is a line, with what was in it.
func TestExportsAreRecorded(t *testing.T) {
	c := newConsole(t)
	c.do(exitDone, nil, "roster", "import", rosters+"county-hospital-620.xlsx")
	c.do(exitDone, nil, "campaign", "new", "--template", "county-plan-2024", "--year", "2026")
	dir := t.TempDir()
	for _, e := range []struct {
		line, name, entity, after string
	}{
		{"roster export", "a.xlsx", "职工", "行数：620；含敏感信息：否"},
		{"roster export --sensitive", "b.xlsx", "职工", "行数：620；含敏感信息：是"},
		{"roster import " + rosters + "county-hospital-620.xlsx --dry-run --report", "r.xlsx", "花名册问题", "行数：620；含敏感信息：是"},
		{"commitment missing --campaign 1 --out", "c.pdf", "未签名单", "行数：620；含敏感信息：否"},
		{"commitment missing --campaign 1 --out", "d.xlsx", "未签名单", "行数：620；含敏感信息：否"},
		{"commitment summary --campaign 1 --out", "e.xlsx", "签订率", "行数：53；含敏感信息：否"},
	} {
		c.do(exitDone, nil, append(strings.Fields(e.line), filepath.Join(dir, e.name))...)
		if l := c.trail()[1]; l.Action != "导出" || l.Entity != e.entity || l.Name != e.name || l.After != e.after {
			t.Errorf("%s: %+v", e.line, l)
		}
	}

	// An auditor reads everything but ID numbers, in files as on the screen.
	t.Setenv("QINGFENG_NEW_PASSWORD", other)
	c.do(exitDone, nil, "account", "add", "sun", "--name", "孙某", "--role", "审计")
	as(t, "sun", other)
	t.Setenv("QINGFENG_NEW_PASSWORD", "春暖花开 2027")
	c.do(exitDone, nil, "account", "password")
	as(t, "sun", "春暖花开 2027")
	kept := file(t, "f.xlsx", "older")
	if msg := c.do(exitFailed, nil, "roster", "export", kept, "--sensitive"); !strings.Contains(msg, "无权查看身份证号") {
		t.Error(msg)
	}
	if data, _ := os.ReadFile(kept); string(data) != "older" {
		t.Error("the file there was replaced")
	}
	c.do(exitDone, nil, "roster", "export", kept)
	c.do(exitDone, nil, "audit", "export", "--out", filepath.Join(dir, "g.csv"))
}
