package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"

	"qingfeng/model/vault"
)

// The audit trail is a chain: each line's hash covers the hash of the line
// before. audit_head keeps the number and hash of the last line, so that a
// cut-off end shows, and a seal that only somebody with the data key can make.
// Lines after the sealed one are the program's own, of the time in which nobody
// was signed in.

type trailHead struct {
	LastNo   int64
	Hash     string
	SealedNo int64
	Seal     string
}

// chained is the hash of a line that follows one with hash before.
func (r auditRow) chained(before string) string {
	h := sha256.New()
	for _, field := range []string{before, strconv.FormatInt(r.ID, 10), strconv.FormatInt(r.At, 10), r.Actor, r.Action,
		r.Entity, strconv.FormatInt(r.EntityID, 10), r.Label, r.Before, r.After} {
		// Its length first, so that no text can pass from one field to the next.
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(field))))
		h.Write([]byte(field))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// sealPurpose tells the MAC over the trail's end from others.
const sealPurpose = "audit"

func sealText(no int64, hash string) []byte { return []byte(strconv.FormatInt(no, 10) + " " + hash) }

// extendTrail chains the transaction's lines to the trail and stores them. A
// trail that somebody tampered with goes on, so that the office can; what is
// wrong with it stays where [Store.Check] finds it.
func (c *change) extendTrail() error {
	head, err := readHead(c.DB)
	if err != nil {
		return err
	}
	seal := c.by != nil && c.reseal
	if c.by != nil && !seal {
		if seal, err = head.soundSeal(c.DB, c.by.ring()); err != nil {
			return err
		}
	}
	var last int64
	if err := c.Raw(`SELECT COALESCE(MAX(id), 0) FROM audit`).Scan(&last).Error; err != nil {
		return err
	}
	head.LastNo = max(head.LastNo, last)
	cells := make([]columns, len(c.lines))
	for i := range c.lines {
		r := &c.lines[i]
		r.ID = head.LastNo + 1
		r.Hash = r.chained(head.Hash)
		head.LastNo, head.Hash = r.ID, r.Hash
		cells[i] = columns{"id": r.ID, "at": r.At, "actor": r.Actor, "action": r.Action, "entity": r.Entity,
			"entity_id": r.EntityID, "label": r.Label, "before": r.Before, "after": r.After, "hash": r.Hash}
	}
	query, data, err := c.bulk("audit", cells)
	if err != nil {
		return err
	}
	if err := c.Exec(query, data).Error; err != nil {
		return err
	}
	if seal {
		head.SealedNo, head.Seal = head.LastNo, c.by.ring().MAC(sealPurpose, sealText(head.LastNo, head.Hash))
	}
	return c.Exec(`INSERT INTO audit_head (id, last_no, hash, sealed_no, seal) VALUES (1, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET last_no = excluded.last_no, hash = excluded.hash, sealed_no = excluded.sealed_no, seal = excluded.seal`,
		head.LastNo, head.Hash, head.SealedNo, head.Seal).Error
}

// soundSeal reports whether the seal is on its line and only the program wrote
// after it. A new seal over another trail would make a forgery good.
func (h trailHead) soundSeal(db *gorm.DB, ring *vault.Ring) (bool, error) {
	var hash string
	if err := db.Raw(`SELECT hash FROM audit WHERE id = ?`, h.SealedNo).Scan(&hash).Error; err != nil {
		return false, err
	}
	if hash == "" || !ring.CheckMAC(h.Seal, sealPurpose, sealText(h.SealedNo, hash)) {
		return false, nil
	}
	var others int64
	err := db.Table("audit").Where("id > ? AND actor <> ?", h.SealedNo, theProgram).Count(&others).Error
	return others == 0, err
}

func readHead(db *gorm.DB) (trailHead, error) {
	var head trailHead
	err := db.Raw(`SELECT last_no, hash, sealed_no, seal FROM audit_head`).Scan(&head).Error
	return head, err
}

// chainOldLines gives the lines of the first schema their hashes. Values that
// are sealed from now on do not stay in them.
func chainOldLines(tx *gorm.DB) error {
	var rows []auditRow
	if err := tx.Table("audit").Order("id").Find(&rows).Error; err != nil {
		return err
	}
	var head trailHead
	for _, r := range rows {
		var err error
		if r.Before, err = withoutSecrets(r.Before); err != nil {
			return err
		}
		if r.After, err = withoutSecrets(r.After); err != nil {
			return err
		}
		hash := r.chained(head.Hash)
		if err := tx.Exec(`UPDATE audit SET before = ?, after = ?, hash = ? WHERE id = ?`, r.Before, r.After, hash, r.ID).Error; err != nil {
			return err
		}
		head.LastNo, head.Hash = r.ID, hash
	}
	return tx.Exec(`UPDATE audit_head SET last_no = ?, hash = ?`, head.LastNo, head.Hash).Error
}

// withoutSecrets says of the sealed columns in one side of an audit line only
// that they are filled.
func withoutSecrets(side string) (string, error) {
	if side == "" {
		return "", nil
	}
	var c columns
	d := json.NewDecoder(strings.NewReader(side))
	d.UseNumber() // as it was written
	if err := d.Decode(&c); err != nil {
		return side, nil // not one of ours
	}
	return auditJSON(c)
}

// checkTrail follows the chain and names the first line that does not fit.
func (s *Store) checkTrail(ctx context.Context) ([]Problem, error) {
	var bad string
	err := s.peek(ctx).Transaction(func(tx *gorm.DB) error {
		head, err := readHead(tx)
		if err != nil {
			return err
		}
		if bad, err = head.brokenAt(tx); err == nil && bad == "" {
			bad, err = s.badSeal(tx, head)
		}
		return err
	})
	if bad == "" {
		return nil, err
	}
	return []Problem{{areaTrail, bad}}, err
}

// brokenAt names the first line of the trail before this head that does not
// fit, "" when all do.
func (h trailHead) brokenAt(tx *gorm.DB) (string, error) {
	end, wrong, err := followTrail(tx)
	switch {
	case err != nil || wrong != "":
		return wrong, err
	case end.ID < h.LastNo:
		return fmt.Sprintf("末尾少了：记录到第 %d 条为止，应有 %d 条（第 %d 条起缺失）", end.ID, h.LastNo, end.ID+1), nil
	case end.ID > h.LastNo || end.Hash != h.Hash:
		return fmt.Sprintf("第 %d 条与记录末尾的校验值不符", end.ID), nil
	}
	return "", nil
}

// badSeal says what is wrong with the seal, as far as the keys at hand can tell.
func (s *Store) badSeal(tx *gorm.DB, head trailHead) (string, error) {
	ring := s.ringForCheck()
	if ring == nil {
		return "", nil
	}
	sound, err := head.soundSeal(tx, ring)
	if err != nil || sound {
		return "", err
	}
	return fmt.Sprintf("第 %d 条的封印不对，操作记录可能被人整段替换过", head.SealedNo), nil
}

// trailBatch lines are read at a time.
const trailBatch = 5000

// followTrail reads the whole trail in order. It returns the last line that
// fits and what is wrong with the one after it, if anything.
func followTrail(tx *gorm.DB) (last auditRow, bad string, err error) {
	for {
		var rows []auditRow
		if err := tx.Table("audit").Where("id > ?", last.ID).Order("id").Limit(trailBatch).Find(&rows).Error; err != nil || len(rows) == 0 {
			return last, "", err
		}
		for _, r := range rows {
			switch at := time.Unix(r.At, 0).Local().Format("2006-01-02 15:04"); {
			case r.ID != last.ID+1:
				return last, fmt.Sprintf("第 %d 条缺失（下一条是 %s 的第 %d 条）", last.ID+1, at, r.ID), nil
			case r.Hash != r.chained(last.Hash):
				return last, fmt.Sprintf("第 %d 条（%s，%s%s%s）被改动、调换过，或它前面有一条被改动", r.ID, at, r.Actor, r.Action, r.Entity), nil
			}
			last = r
		}
	}
}
