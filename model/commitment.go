package model

import (
	"strings"

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

// Commitment is one commitment letter (承诺书) of a campaign. StaffID is set
// for a personal letter, DepartmentID for a department's, the Party fields for
// a supplier's or a works contract's.
type Commitment struct {
	Paper
	Kind         CommitmentKind
	StaffID      int64
	DepartmentID int64
	PartyName    string // supplier, or the works project
	PartyCode    string // 统一社会信用代码
	PartyPerson  string // legal or authorised representative
}

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

// CommitmentStates in the order in which filters offer them.
var CommitmentStates = []PaperState{Unprinted, Printed, Returned, Excused, Voided}
