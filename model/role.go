package model

import "slices"

// Role is what an account is there for.
type Role string

// The roles of an office.
const (
	Administrator Role = "管理员" // everything, and the accounts and the folder besides
	Clerk         Role = "经办"  // fills the registers
	Reviewer      Role = "审核"  // decides about what clerks filled in
	Auditor       Role = "审计"  // reads the registers and the audit trail, no ID numbers
)

// Roles lists the roles in the order in which a person chooses among them.
var Roles = []Role{Administrator, Clerk, Reviewer, Auditor}

// Permission is a kind of work that a role may or may not do. Its text ends
// the sentence “…无权”.
type Permission string

// The kinds of work.
const (
	Read      Permission = "查看台账"
	ReadTrail Permission = "查看操作记录"
	ReadPlain Permission = "查看身份证号等敏感信息"
	Write     Permission = "登记和修改"
	Decide    Permission = "免签、作废和撤销登记"
	BackUp    Permission = "备份"
	Manage    Permission = "管理账号、设置和数据文件夹"
)

var permissions = map[Role][]Permission{
	Administrator: {Read, ReadTrail, ReadPlain, Write, Decide, BackUp, Manage},
	Clerk:         {Read, ReadPlain, Write, Decide, BackUp},
	Reviewer:      {Read, ReadPlain, Decide},
	Auditor:       {Read, ReadTrail},
}

// May reports whether the role may do a kind of work.
func (r Role) May(p Permission) bool { return slices.Contains(permissions[r], p) }
