package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"gorm.io/gorm"
)

// The audit trail is a chain: each line's hash covers the hash of the line
// before. audit_head keeps the number and hash of the last line, so that a
// cut-off end shows, and a seal that only somebody with the data key can make.

type trailHead struct {
	LastNo   int64
	Hash     string
	SealedNo int64
	Seal     string
}

// chained is the hash of a line that follows one with hash before.
func (r auditRow) chained(before string) (string, error) {
	text, err := json.Marshal([]any{before, r.ID, r.At, r.Actor, r.Action, r.Entity, r.EntityID, r.Label, r.Before, r.After})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// sealPurpose tells the MAC over the trail's end from others.
const sealPurpose = "audit"

func sealText(no int64, hash string) []byte { return []byte(strconv.FormatInt(no, 10) + " " + hash) }

// extendTrail chains the transaction's lines to the trail and stores them.
func (c *change) extendTrail() error {
	head, err := readHead(c.DB)
	if err != nil {
		return err
	}
	cells := make([]columns, len(c.lines))
	for i := range c.lines {
		r := &c.lines[i]
		r.ID = head.LastNo + 1
		if r.Hash, err = r.chained(head.Hash); err != nil {
			return err
		}
		head.LastNo, head.Hash = r.ID, r.Hash
		cells[i] = columns{"id": r.ID, "at": r.At, "actor": r.Actor, "action": r.Action, "entity": r.Entity,
			"entity_id": r.EntityID, "label": r.Label, "before": r.Before, "after": r.After, "hash": r.Hash}
	}
	if _, err := c.insertAll("audit", cells); err != nil {
		return err
	}
	if c.by != nil {
		head.SealedNo, head.Seal = head.LastNo, c.by.ring().MAC(sealPurpose, sealText(head.LastNo, head.Hash))
	}
	return c.Exec(`UPDATE audit_head SET last_no = ?, hash = ?, sealed_no = ?, seal = ?`, head.LastNo, head.Hash, head.SealedNo, head.Seal).Error
}

func readHead(db *gorm.DB) (trailHead, error) {
	var head trailHead
	err := db.Raw(`SELECT last_no, hash, sealed_no, seal FROM audit_head`).Scan(&head).Error
	return head, err
}

// chainOldLines gives the lines of the first schema their hashes.
func chainOldLines(tx *gorm.DB) error {
	var rows []auditRow
	if err := tx.Table("audit").Order("id").Find(&rows).Error; err != nil {
		return err
	}
	var head trailHead
	for _, r := range rows {
		hash, err := r.chained(head.Hash)
		if err != nil {
			return err
		}
		if err := tx.Exec(`UPDATE audit SET hash = ? WHERE id = ?`, hash, r.ID).Error; err != nil {
			return err
		}
		head.LastNo, head.Hash = r.ID, hash
	}
	return tx.Exec(`UPDATE audit_head SET last_no = ?, hash = ?`, head.LastNo, head.Hash).Error
}

// checkTrail follows the chain and names the first line that does not fit.
func (s *Store) checkTrail(ctx context.Context) ([]Problem, error) {
	ring, sealed := s.ringForCheck(), false
	var out []Problem
	err := s.peek(ctx).Transaction(func(tx *gorm.DB) error {
		head, err := readHead(tx)
		if err != nil {
			return err
		}
		end, bad, err := followTrail(tx, func(r auditRow) {
			sealed = sealed || r.ID == head.SealedNo && ring != nil && ring.CheckMAC(head.Seal, sealPurpose, sealText(r.ID, r.Hash))
		})
		switch {
		case err != nil:
			return err
		case bad != "":
			out = append(out, Problem{areaTrail, bad})
		case end.ID < head.LastNo:
			out = append(out, Problem{areaTrail, fmt.Sprintf("末尾少了：记录到第 %d 条为止，应有 %d 条（第 %d 条起缺失）", end.ID, head.LastNo, end.ID+1)})
		case end.ID > head.LastNo || end.Hash != head.Hash:
			out = append(out, Problem{areaTrail, fmt.Sprintf("第 %d 条与记录末尾的校验值不符", end.ID)})
		case ring != nil && !sealed:
			out = append(out, Problem{areaTrail, fmt.Sprintf("第 %d 条的封印不对，操作记录可能被人整段替换过", head.SealedNo)})
		}
		return nil
	})
	return out, err
}

// trailBatch lines are read at a time.
const trailBatch = 5000

// followTrail reads the whole trail in order. It returns the last line that
// fits and what is wrong with the one after it, if anything.
func followTrail(tx *gorm.DB, visit func(auditRow)) (last auditRow, bad string, err error) {
	for {
		var rows []auditRow
		if err := tx.Table("audit").Where("id > ?", last.ID).Order("id").Limit(trailBatch).Find(&rows).Error; err != nil || len(rows) == 0 {
			return last, "", err
		}
		for _, r := range rows {
			want, err := r.chained(last.Hash)
			switch at := time.Unix(r.At, 0).Local().Format("2006-01-02 15:04"); {
			case err != nil:
				return last, "", err
			case r.ID != last.ID+1:
				return last, fmt.Sprintf("第 %d 条缺失（下一条是 %s 的第 %d 条）", last.ID+1, at, r.ID), nil
			case r.Hash != want:
				return last, fmt.Sprintf("第 %d 条（%s，%s%s%s）被改动、调换过，或它前面有一条被改动", r.ID, at, r.Actor, r.Action, r.Entity), nil
			}
			visit(r)
			last = r
		}
	}
}
