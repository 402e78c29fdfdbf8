package model

import (
	"strings"

	"qingfeng/model/day"
)

// PaperState is where a numbered form stands.
type PaperState string

// The states of a form. Void is final: the number stays used for good.
const (
	Unprinted PaperState = "未打印"
	Printed   PaperState = "未交回" // handed out, signature awaited
	Returned  PaperState = "已交回"
	Excused   PaperState = "免签" // of a commitment letter
	Exempt    PaperState = "免查" // of a self-check form
	SentBack  PaperState = "补课" // a self-check form that has to be done again
	Voided    PaperState = "作废"
)

// LeftExcuse is the excuse recorded for a form whose signer left the hospital.
const LeftExcuse = "离职"

// Paper is what commitment letters and self-check forms have in common: a
// number, printed, handed out, signed and brought back.
type Paper struct {
	ID           int64
	CampaignID   int64
	FormNo       string
	State        PaperState
	PrintedOn    day.Date // first printing
	PrintCount   int
	ReturnedOn   day.Date
	ExcuseReason string
	ExcusedUntil day.Date
	VoidReason   string
	VoidedOn     day.Date
}

// paperWords are what a kind of form is called and what freeing somebody from
// it is, by the prefix of its number.
type paperWords struct {
	noun   string
	excuse PaperState
}

func (p Paper) words() paperWords {
	if strings.HasPrefix(p.FormNo, PersonalSelfCheck.Prefix()) || strings.HasPrefix(p.FormNo, DepartmentSelfCheck.Prefix()) {
		return paperWords{"自查表", Exempt}
	}
	return paperWords{"承诺书", Excused}
}

// Open reports whether the signed form is still awaited.
func (p Paper) Open() bool {
	return p.State == Unprinted || p.State == Printed || p.State == SentBack
}

// Print records that the form was put on paper on the given day. A reprint
// keeps the first date and counts up.
func (p *Paper) Print(on day.Date) error {
	if p.State == Voided {
		return p.refuse("已作废，不能打印")
	}
	if p.State == Unprinted {
		p.State = Printed
	}
	if p.PrintedOn == "" {
		p.PrintedOn = on
	}
	p.PrintCount++
	return nil
}

// Return records that the signed form came back on the given day, which
// cannot be before it was printed.
func (p *Paper) Return(on day.Date) error {
	switch p.State {
	case Returned:
		return p.refuse("已于 %s 登记交回，不重复登记", p.ReturnedOn)
	case Voided:
		return p.refuse("已作废（%s），请用新的%s", p.VoidReason, p.words().noun)
	}
	if p.PrintedOn != "" && on < p.PrintedOn {
		return p.refuse("于 %s 打印，交回日期 %s 不能比它早", p.PrintedOn, on)
	}
	p.State, p.ReturnedOn = Returned, on
	p.ExcuseReason, p.ExcusedUntil = "", ""
	return nil
}

// Reopen takes a wrong return or an excuse back; the audit line keeps why.
func (p *Paper) Reopen() error {
	if p.State != Returned && p.State != p.words().excuse {
		return p.refuse("是“%s”，没有可撤销的登记", p.State)
	}
	p.ReturnedOn, p.ExcuseReason, p.ExcusedUntil = "", "", ""
	p.State = Unprinted
	if p.PrintCount > 0 {
		p.State = Printed
	}
	return nil
}

// Excuse frees the signer for a reason (产假, 援外, 离职 …) until a day, or for
// good when until is "".
func (p *Paper) Excuse(reason string, until day.Date) error {
	excuse := p.words().excuse
	reason, err := reasonOf(string(excuse)+"原因", reason)
	if err != nil {
		return err
	}
	if until != "" && !until.Valid() {
		return Errorf(Invalid, "%s截止日期不是一个日期", excuse)
	}
	if !p.Open() && p.State != excuse {
		return p.refuse("是“%s”，不能%s", p.State, excuse)
	}
	p.State, p.ExcuseReason, p.ExcusedUntil = excuse, reason, until
	return nil
}

// Void takes a wrong form out of use. Its number is never used again.
func (p *Paper) Void(reason string, on day.Date) error {
	reason, err := reasonOf("作废原因", reason)
	if err != nil {
		return err
	}
	if p.State == Voided {
		return p.refuse("已经作废")
	}
	p.State, p.VoidReason, p.VoidedOn = Voided, reason, on
	p.ReturnedOn, p.ExcuseReason, p.ExcusedUntil = "", "", ""
	return nil
}

func (p *Paper) refuse(format string, args ...any) error {
	return Errorf(Conflict, p.words().noun+" "+p.FormNo+" "+format, args...)
}
