package main

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

type drawn struct {
	No, Seed string
	DrawnOn  string `json:"drawn_on"`
	DrawnBy  string `json:"drawn_by"`
	Witness  string
	Void     bool
	Picks    []struct{ Department, Day, Half, Inspectors, State string }
	Same     bool
}

func (d drawn) departments() (names []string) {
	for _, p := range d.Picks {
		names = append(names, p.Department)
	}
	return names
}

// newDraws is [newCampaigns] with holiday tables for the next two months, and
// the options of a draw from them.
func newDraws(t *testing.T) (c *console, draw []string) {
	c = newCampaigns(t)
	for _, year := range []int{thisYear, thisYear + 1} {
		c.override(fmt.Sprintf("holidays/%d.toml", year), fmt.Sprintf("year = %d\ndocument_no = \"测试\"\noff = [[\"%[1]d-01-01\", \"%[1]d-01-01\"]]\nwork = []\n", year))
	}
	from, to := time.Now(), time.Now().AddDate(0, 0, 20)
	return c, []string{"campaign", "draw", "new", "--campaign", "1", "--seed", "20261122",
		"--from", from.Format("2006-01-02"), "--to", to.Format("2006-01-02")}
}

func TestADrawIsMadeAndRepeated(t *testing.T) {
	c, draw := newDraws(t)
	with := func(more ...string) []string { return append(slices.Clone(draw), more...) }
	var first, second drawn
	c.do(exitDone, &first, with("--picks", "2", "--inspector", "许某、何某，吕某", "--witness", "赵某")...)
	if len(first.Picks) != 2 || first.DrawnBy != "li" || first.Witness != "赵某" || first.Seed != "20261122" || !strings.HasPrefix(first.No, "SJ-") {
		t.Fatalf("drawn %+v", first)
	}
	for _, p := range first.Picks {
		if strings.Count(p.Inspectors, "、") != 1 || p.State != "待检查" || p.Half != "上午" && p.Half != "下午" || len(p.Day) != 10 {
			t.Errorf("picked %+v", p)
		}
	}
	c.do(exitDone, &second, with("--picks", "1", "--by", "钱某", "--inspector", "许某")...)
	if second.DrawnBy != "钱某" || second.Picks[0].Inspectors != "许某" || slices.Contains(first.departments(), second.Picks[0].Department) {
		t.Errorf("a department was drawn again before the others: %+v, then %+v", first, second)
	}
	var third drawn
	c.do(exitDone, &third, with("--picks", "1", "--department", "急诊科", "--repeatable")...)
	if third.departments()[0] != "急诊科" || third.Picks[0].Inspectors != "" {
		t.Errorf("of one department: %+v", third)
	}

	c.keys("no seed drawn_on void picks", "campaign", "draw", "list", "--campaign", "1")
	var all []drawn
	if c.do(exitDone, &all, "campaign", "draw", "list", "--campaign", "1"); len(all) != 3 {
		t.Errorf("listed %+v", all)
	}
	var same drawn
	if c.do(exitDone, &same, "campaign", "draw", "repeat", strings.ToLower(first.No)); !same.Same || same.No != first.No {
		t.Errorf("repeated %+v", same)
	}
	c.sql(func(db *sql.DB) error {
		_, err := db.Exec(`UPDATE pick SET inspectors = '许某' WHERE draw_id = 1`)
		return err
	})
	if c.do(exitFailed, &same, "campaign", "draw", "repeat", first.No); same.Same {
		t.Error("an altered draw comes out the same")
	}
	c.sql(func(db *sql.DB) error {
		_, err := db.Exec(`UPDATE draw SET voided_on = '2026-01-01', void_reason = '重抽' WHERE id = 2`)
		return err
	})
	if text := c.text(exitDone, "campaign", "draw", "list", "--campaign", "1"); strings.Count(text, "已作废") != 1 || !strings.Contains(text, "见证人 赵某") {
		t.Errorf("for people:\n%s", text)
	}
}

func TestDrawsThatAreRefused(t *testing.T) {
	c, draw := newDraws(t)
	with := func(more ...string) []string { return append(slices.Clone(draw), more...) }
	for says, more := range map[string][]string{
		"只有 3 个科室可抽":      {"--picks", "4"},
		"至少抽 1 个":         {"--picks", "0"},
		"检查人只有 1 名":       {"--picks", "1", "--inspector", "许某", "--per-visit", "2"},
		"没有名为“牙科”的科室":     {"--picks", "1", "--department", "牙科"},
		"科室是空的":           {"--picks", "1", "--department", ""},
		"不能是同一个人":         {"--picks", "1", "--by", "钱某", "--witness", "钱某"},
		"开始日期：不是可识别的日期":   {"--picks", "1", "--from", "明天"},
		"已经过去":            {"--picks", "1", "--from", "2020-01-01"},
		"不是一段日期":          {"--picks", "1", "--to", "2020-01-01"},
		"随机种子：不能为空":       {"--picks", "1", "--seed", " "},
		"找不到这个专项行动：没有的行动": {"--picks", "1", "--campaign", "没有的行动"},
		"出现两次":            {"--picks", "1", "--inspector", "许某,许某"},
	} {
		c.fails(says, with(more...)...)
	}
	var none []drawn
	if c.do(exitDone, &none, "campaign", "draw", "list", "--campaign", "1"); none == nil || len(none) != 0 {
		t.Errorf("drawn %+v", none)
	}
	c.fails("校验码不对", "campaign", "draw", "repeat", "SJ-2026-00001-00")
	c.refused(exitUsage, "--picks", "campaign", "draw", "new", "--campaign", "1", "--seed", "1", "--from", "2026-01-01", "--to", "2026-02-01")
}

func TestADrawIsPrinted(t *testing.T) {
	c, draw := newDraws(t)
	var made drawn
	c.do(exitDone, &made, append(draw, "--picks", "2")...)
	dir := t.TempDir()
	for _, table := range []string{"result", "sheets"} {
		out := filepath.Join(dir, table+".pdf")
		c.do(exitDone, nil, "campaign", "draw", "print", made.No, "--table", table, "--out", out)
		written(t, out)
		if text := pdfText(t, out); !strings.Contains(text, made.No) || !strings.Contains(text, made.Picks[0].Department) {
			t.Errorf("%s:\n%s", table, text)
		}
		c.fails("应以 .pdf 结尾", "campaign", "draw", "print", made.No, "--table", table, "--out", filepath.Join(dir, "a.xlsx"))
		absent(t, filepath.Join(dir, "a.xlsx"))
	}
	c.fails("找不到这次抽取", "campaign", "draw", "print", "ZG-2026-00001-35", "--out", filepath.Join(dir, "b.pdf"))
	c.refused(exitUsage, "--table 只能是 result、sheets", "campaign", "draw", "print", made.No, "--table", "x", "--out", filepath.Join(dir, "b.pdf"))
}
