package model

import (
	"time"

	"qingfeng/model/day"
)

// Attachment is a scan or photograph that belongs to a record. It is voided
// with a reason, never removed.
type Attachment struct {
	ID         int64
	Entity     string // the register's word, as in the audit trail
	EntityID   int64
	FileName   string // as it was brought
	Size       int64  // bytes
	AddedAt    time.Time
	VoidedOn   day.Date
	VoidReason string
}

// LargestAttachment bounds one file, bytes: a scan of many pages has some 20 MB.
const LargestAttachment = 64 << 20

// AttachmentKinds are the kinds of files that can be attached, by the ending
// of their names: what the program can show by itself.
var AttachmentKinds = []string{".pdf", ".jpg", ".jpeg", ".png"}
