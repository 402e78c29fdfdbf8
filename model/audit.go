package model

import "time"

// AuditLine says who did what to which record and when. Before and After are
// JSON objects of the columns that changed; sensitive values stand in them as
// “已填写” only.
type AuditLine struct {
	ID       int64
	At       time.Time
	Actor    string
	Action   string // 新增 修改 离职 导入 打印 交回 免签 作废 撤销登记 …
	Entity   string // the register's word: 职工 科室 承诺书 …
	EntityID int64
	Label    string // how the office calls the record: 工号, form number, title
	Before   string
	After    string
	Hash     string // SHA-256 over the hash of the line before and this line, hex
}
