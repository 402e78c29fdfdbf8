package model

import (
	"strings"

	"qingfeng/model/day"
)

// SelfCheckKind tells a person's self-check form from a department's.
type SelfCheckKind string

// The kinds of self-check form.
const (
	PersonalSelfCheck   SelfCheckKind = "personal"
	DepartmentSelfCheck SelfCheckKind = "department"
)

// SelfCheckKinds in the order in which lists show them.
var SelfCheckKinds = []SelfCheckKind{PersonalSelfCheck, DepartmentSelfCheck}

// Label is the kind's word on screen and paper.
func (k SelfCheckKind) Label() string {
	if k == DepartmentSelfCheck {
		return "科室"
	}
	return "个人"
}

// Prefix is the kind's part of the form number.
func (k SelfCheckKind) Prefix() string {
	if k == DepartmentSelfCheck {
		return "ZK"
	}
	return "ZC"
}

// SelfCheckStates in the order in which filters offer them.
var SelfCheckStates = []PaperState{Unprinted, Printed, Returned, SentBack, Exempt, Voided}

// SelfCheck is one self-check form (自查自纠表) of a campaign: a person's, or a
// department's. While it is [Returned], Problems says how many items were
// answered 有.
type SelfCheck struct {
	Paper
	Kind                SelfCheckKind
	StaffID             int64
	DepartmentID        int64
	Late                bool // handed in after the phase of self-checks (补查)
	Problems            int
	Gaps                string // department form: what its rules lack (制度缺陷)
	DepartmentOpinion   string
	DepartmentOpinionOn day.Date
	OfficeOpinion       string
	OfficeOpinionOn     day.Date
	SentBackReason      string // of the last time it was sent back for 补课
	SentBackOn          day.Date
}

// Problem is one item of a self-check form that was answered 有, as its signer
// states it. Particulars and Counterpart are sensitive.
type Problem struct {
	ID          int64
	SelfCheckID int64
	ItemID      int64       // of the campaign's [CheckItem]
	Particulars string      // 具体表现
	Counterpart string      // 涉及单位或个人
	HappenedOn  day.Partial // 时间
	AmountFen   int64       // 涉及金额
	HandedFen   int64       // of it already handed in (已上交)
	Measure     string      // 整改措施
	DueOn       day.Date    // 完成时限
}

// Validate returns [FieldErrors] with everything that keeps p from being stored.
func (p Problem) Validate() error {
	var errs FieldErrors
	if p.ItemID == 0 {
		errs.add("ItemID", "自查项目", "请选择是哪一项")
	}
	errs.text("Particulars", "具体表现", p.Particulars, MaxNote, true)
	errs.text("Counterpart", "涉及单位或个人", p.Counterpart, MaxShort, false)
	errs.text("Measure", "整改措施", p.Measure, MaxNote, false)
	if p.HappenedOn != "" && !p.HappenedOn.Valid() {
		errs.add("HappenedOn", "时间", "不是一个日期")
	}
	errs.date("DueOn", "完成时限", p.DueOn, false)
	if p.AmountFen < 0 {
		errs.add("AmountFen", "涉及金额", "不能是负数")
	}
	if p.HandedFen < 0 || p.HandedFen > p.AmountFen {
		errs.add("HandedFen", "已上交金额", "应在 0 和涉及金额之间")
	}
	return errs.err()
}

// Comment records what department and office write on a returned form, in
// place of what was recorded before.
func (c *SelfCheck) Comment(o Opinions) error {
	if c.State != Returned {
		return c.refuse("是“%s”，交回后才能填写意见", c.State)
	}
	var errs FieldErrors
	errs.text("Department", "科室意见", o.Department, MaxNote, false)
	errs.date("DepartmentOn", "科室意见的日期", o.DepartmentOn, false)
	errs.text("Office", "监督部门意见", o.Office, MaxNote, false)
	errs.date("OfficeOn", "监督部门意见的日期", o.OfficeOn, false)
	if err := errs.err(); err != nil {
		return err
	}
	c.DepartmentOpinion, c.DepartmentOpinionOn = strings.TrimSpace(o.Department), o.DepartmentOn
	c.OfficeOpinion, c.OfficeOpinionOn = strings.TrimSpace(o.Office), o.OfficeOn
	return nil
}

// Fill records everything else that a returned form says, in place of what was
// recorded before: how many items it answers 有, gaps and opinions.
func (c *SelfCheck) Fill(problems int, gaps string, o Opinions) error {
	var errs FieldErrors
	errs.text("Gaps", "制度缺陷", gaps, MaxNote, false)
	if err := errs.err(); err != nil {
		return err
	}
	if err := c.Comment(o); err != nil {
		return err
	}
	c.Problems, c.Gaps = problems, strings.TrimSpace(gaps)
	return nil
}

// Opinions are what department and office write on a returned form.
type Opinions struct {
	Department   string
	DepartmentOn day.Date
	Office       string
	OfficeOn     day.Date
}

// SendBack records that the form was done carelessly and has to be done again
// (补课).
func (c *SelfCheck) SendBack(reason string, on day.Date) error {
	reason, err := reasonOf("补课原因", reason)
	if err != nil {
		return err
	}
	if c.State != Returned {
		return c.refuse("是“%s”，只有已交回的才能退回补课", c.State)
	}
	if on < c.ReturnedOn {
		return c.refuse("于 %s 交回，退回日期 %s 不能比它早", c.ReturnedOn, on)
	}
	c.State, c.ReturnedOn, c.Late = SentBack, "", false
	c.SentBackReason, c.SentBackOn = reason, on
	return nil
}

// Return records that the signed form came back on a day of the phase of
// self-checks. After the phase it is taken only as late (补查).
func (c *SelfCheck) Return(on day.Date, phase Span, late bool) error {
	if c.State != Returned && c.State != Voided {
		switch {
		case on < phase.From:
			return c.refuse("的交回日期 %s 早于自查阶段（%s 至 %s），请核对日期", on, phase.From, phase.To)
		case on > phase.To && !late:
			return c.refuse("的交回日期 %s 晚于自查阶段（%s 至 %s）。确是阶段结束后补查的，请按“补查”登记；日期不对的请改正", on, phase.From, phase.To)
		case on < c.SentBackOn:
			return c.refuse("于 %s 退回补课，交回日期 %s 不能比它早", c.SentBackOn, on)
		}
	}
	if err := c.Paper.Return(on); err != nil {
		return err
	}
	c.Late = on > phase.To
	return nil
}

// Reopen takes a wrong return or an exemption back.
func (c *SelfCheck) Reopen() error {
	if err := c.Paper.Reopen(); err != nil {
		return err
	}
	c.Late, c.Problems, c.Gaps = false, 0, ""
	c.DepartmentOpinion, c.DepartmentOpinionOn, c.OfficeOpinion, c.OfficeOpinionOn = "", "", "", ""
	if c.SentBackOn != "" {
		c.State = SentBack
	}
	return nil
}

// Void takes a wrong form out of use, with what it states.
func (c *SelfCheck) Void(reason string, on day.Date) error {
	if err := c.Paper.Void(reason, on); err != nil {
		return err
	}
	c.Late, c.Problems = false, 0
	return nil
}

// SelfCheckRate counts self-check forms: 应查 is 实查, 免查 and 未查.
type SelfCheckRate struct {
	Rate
	Findings int // items answered 有 on returned forms
}

// Plus adds the forms of another department.
func (r SelfCheckRate) Plus(o SelfCheckRate) SelfCheckRate {
	return SelfCheckRate{r.Rate.Plus(o.Rate), r.Findings + o.Findings}
}

// DepartmentSelfCheckRate is the rate of one department.
type DepartmentSelfCheckRate struct {
	ID         int64
	Department string
	SelfCheckRate
}

// ReasonCount says how many were not checked for a reason (未查原因).
type ReasonCount struct {
	Reason string
	Count  int
}

// ItemCount says what the returned forms state under one item.
type ItemCount struct {
	ItemID    int64
	Source    string
	Text      string
	People    int // forms that answered 有
	AmountFen int64
	HandedFen int64
}

// SelfCheckSummary is the hospital's 自查汇总表, computed and never typed.
// The counts of Unchecked and Returned add up to Expected, in Priority too.
type SelfCheckSummary struct {
	SelfCheckRate
	Late         int // of Returned, after the phase
	WithProblems int // of Returned, forms that answered 有 somewhere
	Departments  []DepartmentSelfCheckRate
	Priority     SelfCheckRate // leaders and key posts (领导和重点岗位), who check themselves first
	Unchecked    []ReasonCount
	Items        []ItemCount
}
