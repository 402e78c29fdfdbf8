package main

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

var asciiWord = regexp.MustCompile(`[A-Za-z][A-Za-z-]+`)

// ownWords are the flags, commands and allowed values of the parser and what
// the user typed: what may be ASCII in a Chinese message.
func ownWords(parser *kong.Kong, args []string) map[string]bool {
	words := map[string]bool{}
	add := func(text string) {
		for _, w := range asciiWord.FindAllString(text, -1) {
			words[w] = true
		}
	}
	add(strings.Join(args, " "))
	_ = kong.Visit(parser.Model, func(n kong.Visitable, next kong.Next) error {
		switch n := n.(type) {
		case *kong.Flag:
			add(n.Name + " " + n.Enum)
		case *kong.Node:
			add(n.Name)
		}
		return next(nil)
	})
	return words
}

func TestUsageIsChinese(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"init", "缺少必填的选项 --admin=登录名、--hospital=名称"},
		{"commitment void", "缺少必填的选项 --reason=原因"},
		{"commitment void --reason 破损", "缺少参数：编号"},
		{"roster import", "缺少参数：花名册文件"},
		{"roster", "还要写明命令，如 import、export"},
		{"department", "还要写明命令，如 list"},
		{"", "还要写明命令，如 init、demo、roster、department、staff 等"},
		{"--xyz", "没有选项 --xyz"},
		{"init --hosptal=x", "没有选项 --hosptal，是不是 --hospital"},
		{"staff lst", "不认识或多余的参数“lst”，是不是 list"},
		{"commitment re", "不认识或多余的参数“re”，是不是 record"},
		{"roster import a 文件", "不认识或多余的参数“文件”"},
		{"commitment list --campaign 1 --kind foo", "--kind 只能是 personal、department、supplier、works，不能是“foo”"},
		{"campaign new --template a --year abc", "--year 应为整数，不能是“abc”"},
		{"campaign new --template a --year=", "--year 应为整数，不能是“”"},
		{"campaign new --template a --year", "--year 后面缺少内容"},
		{"campaign new --template a --year -5", "--year 后面缺少内容；若内容就是“-5”，请写成 --year=-5"},
		{"commitment list --campaign", "--campaign 后面缺少内容"},
		{"commitment list --campaign --json", "--campaign 后面缺少内容；若内容就是“--json”，请写成 --campaign=--json"},
		{"roster import a --alias 心内科", "--alias 应写成“名称=值”，不能是“心内科”"},
		{"roster import a --alias", "--alias 后面缺少内容"},
		{"backup --out a --daily", "--out 和 --daily 不能同时用"},
		{"backup --daily verify a", "--daily 是 make 的选项，不能用于 verify"},
		{"backup lst", "不认识或多余的参数“lst”"},
		{"backup verify", "缺少参数：备份文件"},
		{"restore", "缺少参数：备份文件"},
		{"audit", "还要写明命令，如 list、export"},
		{"audit export", "缺少必填的选项 --out=文件"},
		{"account add --name 王某 --role 经办", "缺少参数：登录名"},
		{"account set li --role 院长", "--role 只能是 管理员、经办、审核、审计，不能是“院长”"},
		{"campaign", "还要写明命令，如 templates、list、new、show、print 等"},
		{"campaign draw", "还要写明命令，如 new、list、repeat、print"},
		{"campaign draw new --seed 1", "缺少必填的选项 --campaign=专项行动、--from=日期、--picks=个数、--to=日期"},
		{"campaign draw print", "缺少必填的选项 --out=文件"},
		{"campaign draw repeat", "缺少参数：抽取的编号"},
		{"campaign met --period 2026-01", "缺少参数：时限的序号"},
		{"campaign met x --period 2026-01", "时限的序号应为整数，不能是“x”"},
		{"selfcheck record", "缺少必填的选项 --form=编号"},
		{"selfcheck problem --item 1", "缺少必填的选项 --particulars=文字"},
		{"selfcheck problem ZC --item 一 --particulars 甲", "--item 应为整数，不能是“一”"},
		{"finding add", "缺少必填的选项 --category=类别、--department=科室、--problem=文字"},
		{"finding decide", "缺少参数：问题的编号"},
		{"finding import", "缺少参数：问题台账文件"},
		{"finding print --table 周报 --out a.pdf", "--table 只能是 notice、closeout、register、weekly，不能是“周报”"},
		{"finding lookback ZG", "不认识或多余的参数“lookback”，是不是 look-back"},
		{"handover", "还要写明命令，如 list、show、import、template、register 等"},
		{"handover list --watch 久", "--watch 只能是 open、stale、alone、again、merit，不能是“久”"},
		{"handover dispose HB", "缺少必填的选项 --approver=姓名、--handled-by=姓名、--kind=方式"},
		{"handover register", "缺少参数：登记文件，空白的见 handover template"},
		{"commitment attach", "缺少参数：编号、扫描件"},
		{"commitment attach CN", "缺少参数：扫描件"},
		{"commitment attachment x --out a", "扫描件的序号应为整数，不能是“x”"},
		{"--password-file", "--password-file 后面缺少内容"},
		{"version --json=maybe", "--json 是开关，后面不用写内容"},
	} {
		var all commands
		parser, err := kong.New(&all, kong.Name("qingfengctl"))
		if err != nil {
			t.Fatal(err)
		}
		args := strings.Fields(c.line)
		_, err = parser.Parse(args)
		if err == nil {
			t.Errorf("%s: no error", c.line)
			continue
		}
		got := usageText(err)
		if got != c.want {
			t.Errorf("%s: %q, want %q (%v)", c.line, got, c.want, err)
		}
		own := ownWords(parser, args)
		for _, w := range asciiWord.FindAllString(got, -1) {
			if !own[w] {
				t.Errorf("%s: %q is English in %q", c.line, w, got)
			}
		}
	}
	if got := usageText(errors.New("something new of the parser")); asciiWord.MatchString(got) || got == "" {
		t.Errorf("unknown error: %q", got)
	}
}

// A script's empty variable does not turn one department's work into the
// hospital's.
func TestBlankFiltersAreRefused(t *testing.T) {
	c := newCampaigns(t)
	pdf := file(t, "a.pdf", "")
	for _, line := range [][]string{
		{"selfcheck", "print", "--campaign", "1", "--out", pdf, "--department", ""},
		{"commitment", "print", "--campaign", "1", "--out", pdf, "--department", " "},
		{"finding", "print", "--table", "notice", "--out", pdf, "--campaign", ""},
		{"finding", "list", "--state", ""},
		{"campaign", "deadlines", "--campaign", ""},
	} {
		c.refused(exitUsage, "后面的内容是空的", line...)
	}
}

// Every command and option says in Chinese what it does.
func TestHelpOfEveryCommand(t *testing.T) {
	var all commands
	parser, err := kong.New(&all, kong.Name("qingfengctl"))
	if err != nil {
		t.Fatal(err)
	}
	c := &console{t: t, dir: t.TempDir()}
	own := ownWords(parser, []string{"qingfengctl data json rest JSON PDF JPG PNG QINGFENG LOGIN PASSWORD NEW toml wrong items"})
	for _, leaf := range parser.Model.Leaves(true) {
		for _, arg := range leaf.Positional {
			own[arg.Name] = true
		}
		path := strings.Fields(strings.TrimPrefix(leaf.FullPath(), "qingfengctl "))
		help := c.text(exitDone, append(path, "--help")...)
		lines := strings.Split(help, "\n")
		if leaf.Help == "" || !strings.Contains(help, leaf.Help) {
			t.Errorf("%v has no help:\n%s", path, help)
		}
		for _, l := range lines {
			if fields := strings.Fields(l); strings.HasPrefix(l, "  --") && len(fields) < 2 {
				t.Errorf("%v: nothing about %s", path, l)
			}
		}
		for _, w := range asciiWord.FindAllString(help, -1) {
			if w = strings.Trim(w, "-"); !own[w] && w != "csv" && w != "xlsx" && w != "pdf" {
				t.Errorf("%v: %q is English in\n%s", path, w, help)
			}
		}
	}
}
