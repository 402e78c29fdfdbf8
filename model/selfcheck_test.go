package model

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/model/day"
)

var theSelfCheckPhase = Span{"2026-07-01", "2026-08-15"}

// Whatever the office does to a form in whatever order: state and fields agree,
// a void form stays void, what came back came back within the phase or is
// marked as late, and a refused step changes nothing.
func TestSelfCheckStates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := SelfCheck{Paper: Paper{FormNo: "ZC-2026-00001-00", State: Unprinted}, Kind: PersonalSelfCheck}
		was := c
		days := rapid.SampledFrom([]day.Date{"2026-06-30", "2026-07-01", "2026-07-20", "2026-08-15", "2026-08-16", "2026-12-31"})
		texts := rapid.SampledFrom([]string{"", " ", "原因", "a\x00b"})
		var step string
		var err error
		do := func(name string, f func(t *rapid.T) error) func(*rapid.T) {
			return func(t *rapid.T) { was, step = c, name; err = f(t) }
		}
		t.Repeat(map[string]func(*rapid.T){
			"print": do("print", func(t *rapid.T) error { return c.Print(days.Draw(t, "on")) }),
			"return": do("return", func(t *rapid.T) error {
				return c.Return(days.Draw(t, "on"), theSelfCheckPhase, rapid.Bool().Draw(t, "late"))
			}),
			"fill": do("fill", func(t *rapid.T) error {
				return c.Fill(rapid.IntRange(0, 3).Draw(t, "problems"), texts.Draw(t, "gaps"), Opinions{Department: texts.Draw(t, "opinion")})
			}),
			"send back": do("send back", func(t *rapid.T) error { return c.SendBack(texts.Draw(t, "reason"), days.Draw(t, "on")) }),
			"excuse":    do("excuse", func(t *rapid.T) error { return c.Excuse(texts.Draw(t, "reason"), "") }),
			"reopen":    do("reopen", func(*rapid.T) error { return c.Reopen() }),
			"void":      do("void", func(t *rapid.T) error { return c.Void(texts.Draw(t, "reason"), days.Draw(t, "on")) }),
			"": func(t *rapid.T) {
				if err != nil && c != was {
					t.Fatalf("%s was refused (%v) and changed %+v to %+v", step, err, was, c)
				}
				if err != nil && (CodeOf(err) == "" || CodeOf(err) == Conflict && !strings.Contains(err.Error(), "自查表 ZC-2026-00001-00")) {
					t.Fatalf("%s: %v", step, err)
				}
				checkSelfCheck(t, c)
				if was.State == Voided && c.State != Voided {
					t.Fatalf("left %s for %s", Voided, c.State)
				}
				if was.State != Returned && c.State == Returned && step != "return" {
					t.Fatalf("%s brought it back", step)
				}
				if was.State != SentBack && c.State == SentBack && step != "send back" && step != "reopen" {
					t.Fatalf("%s sent it back", step)
				}
			},
		})
	})
}

func checkSelfCheck(t *rapid.T, c SelfCheck) {
	for what, broken := range map[string]bool{
		"only a returned form has a day": (c.State == Returned) != (c.ReturnedOn != ""),
		"only a returned form is late":   c.Late && c.State != Returned,
		"late is what came after":        c.State == Returned && c.Late != (c.ReturnedOn > theSelfCheckPhase.To),
		"nothing comes back before":      c.State == Returned && c.ReturnedOn < theSelfCheckPhase.From,
		"an exemption has its reason":    (c.State == Exempt) != (c.ExcuseReason != ""),
		"a void form has its reason":     (c.State == Voided) != (c.VoidReason != "" && c.VoidedOn != ""),
		"a form sent back has a reason":  c.State == SentBack && (c.SentBackReason == "" || c.SentBackOn == ""),
		"done again after it was sent":   c.State == Returned && c.SentBackOn != "" && c.ReturnedOn < c.SentBackOn,
		"printed and unprinted":          c.State == Unprinted && c.PrintCount > 0 || c.State == Printed && c.PrintCount == 0,
		"no letter's word":               c.State == Excused,
	} {
		if broken {
			t.Fatalf("%s: %+v", what, c)
		}
	}
}

func TestSelfCheckRefusals(t *testing.T) {
	form := func(state PaperState) SelfCheck {
		c := SelfCheck{Paper: Paper{FormNo: "ZC-2026-00001-00", State: state}}
		if state == Returned {
			c.ReturnedOn = "2026-08-10"
		}
		return c
	}
	sent := form(SentBack)
	sent.SentBackOn, sent.SentBackReason = "2026-08-12", "敷衍"
	for _, c := range []struct {
		name string
		in   SelfCheck
		move func(*SelfCheck) error
		want string
	}{
		{"before the phase", form(Printed), func(c *SelfCheck) error { return c.Return("2026-06-30", theSelfCheckPhase, true) }, "早于自查阶段（2026-07-01 至 2026-08-15）"},
		{"after the phase", form(Printed), func(c *SelfCheck) error { return c.Return("2026-08-16", theSelfCheckPhase, false) }, "请按“补查”登记"},
		{"twice", form(Returned), func(c *SelfCheck) error { return c.Return("2026-08-11", theSelfCheckPhase, false) }, "已于 2026-08-10 登记交回"},
		{"void", form(Voided), func(c *SelfCheck) error { return c.Return("2026-08-11", theSelfCheckPhase, false) }, "请用新的自查表"},
		{"done again too early", sent, func(c *SelfCheck) error { return c.Return("2026-08-11", theSelfCheckPhase, false) }, "于 2026-08-12 退回补课"},
		{"sent back before it came", form(Returned), func(c *SelfCheck) error { return c.SendBack("敷衍", "2026-08-09") }, "不能比它早"},
		{"sent back when not there", form(Printed), func(c *SelfCheck) error { return c.SendBack("敷衍", "2026-08-11") }, "只有已交回的"},
		{"sent back without a reason", form(Returned), func(c *SelfCheck) error { return c.SendBack(" ", "2026-08-11") }, "请填写补课原因"},
		{"exempt without a reason", form(Printed), func(c *SelfCheck) error { return c.Excuse("", "") }, "请填写免查原因"},
		{"exempt when returned", form(Returned), func(c *SelfCheck) error { return c.Excuse("产假", "") }, "不能免查"},
		{"opinions before it came", form(Printed), func(c *SelfCheck) error { return c.Comment(Opinions{Office: "属实"}) }, "交回后才能填写意见"},
		{"an opinion's day", form(Returned), func(c *SelfCheck) error { return c.Comment(Opinions{OfficeOn: "2026-08-32"}) }, "不是一个日期"},
		{"gaps too long", form(Returned), func(c *SelfCheck) error { return c.Fill(0, strings.Repeat("长", MaxNote+1), Opinions{}) }, "制度缺陷：有 501 个字符，最多 500 个"},
	} {
		after := c.in
		if err := c.move(&after); err == nil || !strings.Contains(err.Error(), c.want) || CodeOf(err) == "" || after != c.in {
			t.Errorf("%s: %v, %+v", c.name, err, after)
		}
	}
	late := form(Printed)
	if err := late.Return("2026-08-16", theSelfCheckPhase, true); err != nil || !late.Late {
		t.Errorf("late: %v, %+v", err, late)
	}
	if err := late.SendBack("敷衍", "2026-08-20"); err != nil || late.Late || late.State != SentBack {
		t.Errorf("sent back: %v, %+v", err, late)
	}
}

func TestProblemIsChecked(t *testing.T) {
	good := Problem{ItemID: 1, Particulars: "收受患者土特产一箱", HappenedOn: "2026-03", AmountFen: 20000, HandedFen: 20000, DueOn: "2026-08-31"}
	if err := good.Validate(); err != nil {
		t.Fatal(err)
	}
	for field, spoil := range map[string]func(*Problem){
		"ItemID":      func(p *Problem) { p.ItemID = 0 },
		"Particulars": func(p *Problem) { p.Particulars = " " },
		"Counterpart": func(p *Problem) { p.Counterpart = strings.Repeat("某", MaxShort+1) },
		"Measure":     func(p *Problem) { p.Measure = "a\x01" },
		"HappenedOn":  func(p *Problem) { p.HappenedOn = "2026-13" },
		"DueOn":       func(p *Problem) { p.DueOn = "2026-08" },
		"AmountFen":   func(p *Problem) { p.AmountFen = -1 },
		"HandedFen":   func(p *Problem) { p.HandedFen = p.AmountFen + 1 },
	} {
		p := good
		spoil(&p)
		if errs, ok := p.Validate().(FieldErrors); !ok || errs.Of(field) == "" {
			t.Errorf("%s: %v", field, p.Validate())
		}
	}
}
