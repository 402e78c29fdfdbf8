package model

import (
	"strings"

	"qingfeng/model/day"
	"qingfeng/model/idcode"
)

// CommitmentKind tells the four commitment letters apart.
type CommitmentKind string

// The kinds of commitment letter.
const (
	PersonalCommitment   CommitmentKind = "personal"
	DepartmentCommitment CommitmentKind = "department"
	SupplierCommitment   CommitmentKind = "supplier"
	WorksCommitment      CommitmentKind = "works"
)

// CommitmentKinds in the order in which lists show them, with the word of the
// screen and the prefix of the form number.
var CommitmentKinds = []struct {
	Kind          CommitmentKind
	Label, Prefix string
}{
	{PersonalCommitment, "个人", "CN"},
	{DepartmentCommitment, "科室", "CK"},
	{SupplierCommitment, "供应商", "CG"},
	{WorksCommitment, "基建", "CJ"},
}

// Label is the kind's word on screen and paper.
func (k CommitmentKind) Label() string {
	for _, x := range CommitmentKinds {
		if x.Kind == k {
			return x.Label
		}
	}
	return string(k)
}

// Prefix is the kind's part of the form number.
func (k CommitmentKind) Prefix() string {
	for _, x := range CommitmentKinds {
		if x.Kind == k {
			return x.Prefix
		}
	}
	return ""
}

// CommitmentState is where a letter stands.
type CommitmentState string

// The states of a letter. Void is final: the number stays used for good.
const (
	Unprinted CommitmentState = "未打印"
	Printed   CommitmentState = "未交回" // handed out, signature awaited
	Returned  CommitmentState = "已交回"
	Excused   CommitmentState = "免签"
	Voided    CommitmentState = "作废"
)

// CommitmentStates in the order in which filters offer them.
var CommitmentStates = []CommitmentState{Unprinted, Printed, Returned, Excused, Voided}

// LeftExcuse is the excuse recorded for a letter whose signer left the hospital.
const LeftExcuse = "离职"

// Commitment is one commitment letter (承诺书) of a campaign. StaffID is set
// for a personal letter, DepartmentID for a department's, the Party fields for
// a supplier's or a works contract's.
type Commitment struct {
	ID           int64
	CampaignID   int64
	Kind         CommitmentKind
	FormNo       string
	StaffID      int64
	DepartmentID int64
	PartyName    string // supplier, or the works project
	PartyCode    string // 统一社会信用代码
	PartyPerson  string // legal or authorised representative
	State        CommitmentState
	PrintedOn    day.Date // first printing
	PrintCount   int
	ReturnedOn   day.Date
	ExcuseReason string
	ExcusedUntil day.Date
	VoidReason   string
	VoidedOn     day.Date
}

// Open reports whether a signature is still awaited.
func (c Commitment) Open() bool { return c.State == Unprinted || c.State == Printed }

// ValidateParty checks what the office types for a supplier's or a works letter.
func (c Commitment) ValidateParty() error {
	var errs FieldErrors
	label := "供应商名称"
	if c.Kind == WorksCommitment {
		label = "工程名称"
	}
	if strings.TrimSpace(c.PartyName) == "" {
		errs.add("PartyName", label, "不能为空")
	} else if msg := BadText(c.PartyName, MaxShort); msg != "" {
		errs.add("PartyName", label, msg)
	}
	if c.PartyCode != "" {
		if err := idcode.CheckCredit(c.PartyCode); err != nil {
			errs.add("PartyCode", "统一社会信用代码", err.Error())
		}
	}
	if msg := BadText(c.PartyPerson, MaxName); msg != "" {
		errs.add("PartyPerson", "代表人", msg)
	}
	return errs.err()
}

// Print records that the letter was put on paper on the given day. A reprint
// keeps the first date and counts up.
func (c *Commitment) Print(on day.Date) error {
	if c.State == Voided {
		return c.refuse("已作废，不能打印")
	}
	if c.State == Unprinted {
		c.State = Printed
	}
	if c.PrintedOn == "" {
		c.PrintedOn = on
	}
	c.PrintCount++
	return nil
}

// Return records that the signed letter came back on the given day, which
// cannot be before it was printed.
func (c *Commitment) Return(on day.Date) error {
	switch c.State {
	case Returned:
		return c.refuse("已于 %s 登记交回，不重复登记", c.ReturnedOn)
	case Voided:
		return c.refuse("已作废（%s），请用新的承诺书", c.VoidReason)
	}
	if c.PrintedOn != "" && on < c.PrintedOn {
		return c.refuse("于 %s 打印，交回日期 %s 不能比它早", c.PrintedOn, on)
	}
	c.State, c.ReturnedOn = Returned, on
	c.ExcuseReason, c.ExcusedUntil = "", ""
	return nil
}

// Reopen takes a wrong return or an excuse back; the audit line keeps why.
func (c *Commitment) Reopen() error {
	if c.State != Returned && c.State != Excused {
		return c.refuse("是“%s”，没有可撤销的登记", c.State)
	}
	c.ReturnedOn, c.ExcuseReason, c.ExcusedUntil = "", "", ""
	c.State = Unprinted
	if c.PrintCount > 0 {
		c.State = Printed
	}
	return nil
}

// ExcuseEnded reports whether the signer has to sign again, because the day
// until which the letter was excused has passed.
func (c Commitment) ExcuseEnded(today day.Date) bool {
	return c.State == Excused && c.ExcusedUntil != "" && c.ExcusedUntil < today
}

// Excuse frees the signer for a reason (产假, 援外, 离职 …) until a day, or for
// good when until is "".
func (c *Commitment) Excuse(reason string, until day.Date) error {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return Errorf(Invalid, "请填写免签原因")
	}
	if msg := BadText(reason, MaxNote); msg != "" {
		return Errorf(Invalid, "免签原因%s", msg)
	}
	if until != "" && !until.Valid() {
		return Errorf(Invalid, "免签截止日期不是一个日期")
	}
	if !c.Open() && c.State != Excused {
		return c.refuse("是“%s”，不能免签", c.State)
	}
	c.State, c.ExcuseReason, c.ExcusedUntil = Excused, reason, until
	return nil
}

// Void takes a wrong letter out of use. Its number is never used again.
func (c *Commitment) Void(reason string, on day.Date) error {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return Errorf(Invalid, "请填写作废原因")
	}
	if msg := BadText(reason, MaxNote); msg != "" {
		return Errorf(Invalid, "作废原因%s", msg)
	}
	if c.State == Voided {
		return c.refuse("已经作废")
	}
	c.State, c.VoidReason, c.VoidedOn = Voided, reason, on
	c.ReturnedOn, c.ExcuseReason, c.ExcusedUntil = "", "", ""
	return nil
}

func (c *Commitment) refuse(format string, args ...any) error {
	return Errorf(Conflict, "承诺书 "+c.FormNo+" "+format, args...)
}
