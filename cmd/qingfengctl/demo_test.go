package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// demoListing is what the listing of a sample says.
type demoListing struct {
	Data        string
	Campaign    string
	Staff       int
	Files       []string
	Commitments map[string]checkRate
	SelfChecks  checkRate
	Findings    struct{ All, Closed, Overdue int }
	Handovers   struct {
		All, Open int
		LeftFen   int64 `json:"left_fen"`
	}
	Login        string
	Password     string
	RecoveryCode string `json:"recovery_code"`
	Accounts     []struct{ Login, Role, Password string }
}

// demoFiles are the papers of a sample, in the order in which they are made,
// without the numbers of receipts and slips.
var demoFiles = strings.Fields(`花名册.xlsx 收据.pdf 转住院预交金告知单.pdf 收据.pdf 退还签收单.pdf 收据.pdf 上缴廉政账户审批单.pdf 上缴国库审批单.pdf
	收据.pdf 移送签收单.pdf 收据.pdf 收据.pdf 物品捐赠签收单.pdf 收据.pdf 物品变价审批单.pdf 收据.pdf 收据.pdf 收据.pdf 收据.pdf 收据.pdf
	承诺书-个人.pdf 承诺书-科室.pdf 承诺书-供应商.pdf 承诺书-基建.pdf 自查表-个人.pdf 自查表-科室.pdf 收据.pdf 收据.pdf
	时间表.pdf 责任清单.pdf 催办单.pdf 自查汇总表.pdf 问题整改台账.pdf 销号审批单.pdf 整改情况周报.pdf 抽取结果单.pdf 检查记录表.pdf 整改通知书.pdf
	未签名单.pdf 未签名单.xlsx 签订率.pdf 签订率.xlsx 未查名单.pdf 未查名单.xlsx
	红包上交台账.pdf 红包上交台账.xlsx 保管财物清点表.pdf 保管财物清点表.xlsx 红包上交统计表.pdf 红包上交统计表.xlsx 红包上交登记表.pdf 保管交接单.pdf`)

var numbered = regexp.MustCompile(`-H[SC]-2026-\d{5}-\d\d`)

func TestDemo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	c := &console{t: t, dir: dir}
	var made demoListing
	c.do(exitDone, &made, "demo", "--out", dir)
	made.check(t)
	for _, a := range made.Accounts {
		if len(a.Password) != 19 {
			t.Fatalf("%s has the password %q", a.Login, a.Password)
		}
		inNoFile(t, dir, a.Password)
		t.Setenv("QINGFENG_PASSWORD", a.Password)
		c.do(exitDone, nil, "--login", a.Login, "check")
		c.do(exitDone, nil, "--login", a.Login, "staff", "list", "--find", "01001")
		if a.Login == "wang" {
			c.do(exitDone, nil, "--login", a.Login, "backup", "verify", made.Files[len(made.Files)-1])
		}
	}
	inNoFile(t, dir, made.RecoveryCode)
	inNoFile(t, dir, strings.ReplaceAll(made.RecoveryCode, "-", ""))
	c.do(exitFailed, nil, "demo", "--out", dir)
	t.Setenv("QINGFENG_LOGIN", "zhao")
	c.agrees(made)
}

// check compares a listing with the folder and its figures with each other.
func (made demoListing) check(t *testing.T) {
	t.Helper()
	if made.Staff != 623 || len(made.Commitments) != 4 || made.Commitments["personal"].Returned == 0 {
		t.Errorf("made %+v", made)
	}
	var names []string
	for _, f := range made.Files {
		if info, err := os.Stat(f); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", f, err)
		}
		names = append(names, numbered.ReplaceAllString(filepath.Base(f), ""))
	}
	papers := len(names) - 1
	if !slices.Equal(names[:papers], demoFiles) || filepath.Ext(names[papers]) != ".qfbak" {
		t.Errorf("files %v", names)
	}
	for kind, r := range made.Commitments {
		if r.Expected == 0 || r.Expected != r.Returned+r.Missing+r.Excused {
			t.Errorf("%s letters do not add up: %+v", kind, r)
		}
	}
	if r := made.SelfChecks; r.Expected != 623 || r.Returned < 400 || r.Missing == 0 || r.Excused == 0 || r.Findings == 0 || r.Expected != r.Returned+r.Missing+r.Excused {
		t.Errorf("self-checks do not add up: %+v", r)
	}
	if f := made.Findings; f.Closed == 0 || f.All <= f.Closed || f.All != made.SelfChecks.Findings+3 { // three were found by inspection
		t.Errorf("findings: %+v", f)
	}
	if h := made.Handovers; h.All != 14 || h.Open != 5 || h.LeftFen != 660000 {
		t.Errorf("handovers: %+v", h)
	}
	if len(made.Accounts) != 3 || made.Login != made.Accounts[0].Login || made.Password != made.Accounts[0].Password {
		t.Fatalf("accounts %+v", made)
	}
}

// agrees asks the sample itself, in other ways, for what its listing says.
func (c *console) agrees(made demoListing) {
	c.t.Helper()
	if sum := c.summary(made.Campaign); sum.checkRate != made.SelfChecks {
		c.t.Errorf("summary %+v, listed %+v", sum.checkRate, made.SelfChecks)
	}
	states, closed := map[string]int{}, 0
	for _, f := range c.checks("--campaign", made.Campaign) {
		states[f.State]++
	}
	if states["已交回"] != made.SelfChecks.Returned || states["免查"] != made.SelfChecks.Excused || states["补课"] != 1 {
		c.t.Errorf("forms %v, listed %+v", states, made.SelfChecks)
	}
	all := c.findings("--campaign", made.Campaign)
	for _, f := range all {
		if f.State == "已销号" {
			closed++
		}
	}
	if len(all) != made.Findings.All || closed != made.Findings.Closed {
		c.t.Errorf("%d findings, %d closed, listed %+v", len(all), closed, made.Findings)
	}
	var open int
	var left int64
	late, alone, people := 0, len(c.handovers("--watch", "alone")), map[string]int{}
	for _, h := range c.handovers() {
		left += h.LeftFen
		people[h.EmployeeNo]++
		if h.LeftFen > 0 {
			open++
		}
		if h.Late {
			late++
		}
	}
	if open != made.Handovers.Open || left != made.Handovers.LeftFen || late != 1 || alone != 1 || people[""] != 2 || people["01311"] != 3 {
		c.t.Errorf("%d handovers open, %d fen left, %d late, %d kept alone, by people %v, listed %+v", open, left, late, alone, people, made.Handovers)
	}
	if again := c.handovers("--watch", "again"); len(again) != 1 || len(c.handovers("--state", "作废")) != 1 {
		c.t.Errorf("again %+v", again)
	}
	var draws []drawn
	if c.do(exitDone, &draws, "campaign", "draw", "list", "--campaign", made.Campaign); len(draws) != 1 {
		c.t.Fatalf("draws %+v", draws)
	}
	c.do(exitDone, nil, "campaign", "draw", "repeat", draws[0].No)
	var campaigns []struct{ Title string }
	if c.do(exitDone, &campaigns, "campaign", "list"); len(campaigns) != 2 {
		c.t.Errorf("campaigns %+v", campaigns)
	}
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
	for _, want := range []string{"登录名 li　密码 您给出的密码", "登录名 wang　密码 ", "登录名 zhao　密码 ", "恢复码　", "自查表　　　　应查 623"} {
		if !strings.Contains(text, want) {
			t.Errorf("the listing lacks %q:\n%s", want, text)
		}
	}
	inNoFile(t, dir, password)
	c.do(exitDone, nil, "staff", "list", "--find", "01001")
}
