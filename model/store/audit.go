package store

import (
	"context"
	"encoding/json"
	"time"

	"qingfeng/model"
)

// columns is one row's values by column name: what is written, and what audit
// lines compare.
type columns map[string]any

// sensitive columns appear in audit lines only as filled or empty.
var sensitive = map[string]bool{"id_number": true, "phone": true}

// derived columns follow from others and say nothing in an audit line.
var derived = map[string]bool{"sort_key": true, "initials": true}

const filled = "（已填写）"

type auditRow struct {
	ID       int64
	At       int64
	Actor    string
	Action   string
	Entity   string
	EntityID int64
	Label    string
	Before   string
	After    string
}

// record writes the audit line of one change. before and after may be nil; of
// two given ones only what differs is kept.
func (c *change) record(action, entity string, id int64, label string, before, after columns) error {
	row, err := c.s.auditRow(action, entity, id, label, before, after)
	if err != nil {
		return err
	}
	return c.recordAll([]auditRow{row})
}

func (c *change) recordAll(rows []auditRow) error {
	c.lines += len(rows)
	cells := make([]columns, len(rows))
	for i, r := range rows {
		cells[i] = columns{"at": r.At, "actor": r.Actor, "action": r.Action, "entity": r.Entity,
			"entity_id": r.EntityID, "label": r.Label, "before": r.Before, "after": r.After}
	}
	_, err := c.insertAll("audit", cells)
	return err
}

func (s *Store) auditRow(action, entity string, id int64, label string, before, after columns) (auditRow, error) {
	if before != nil && after != nil {
		before, after = differing(before, after)
	}
	b, err := auditJSON(before)
	if err != nil {
		return auditRow{}, err
	}
	a, err := auditJSON(after)
	return auditRow{At: s.now().Unix(), Actor: s.actor, Action: action, Entity: entity, EntityID: id, Label: label, Before: b, After: a}, err
}

func differing(before, after columns) (b, a columns) {
	b, a = columns{}, columns{}
	for k, v := range after {
		if before[k] != v {
			b[k], a[k] = before[k], v
		}
	}
	return b, a
}

func auditJSON(c columns) (string, error) {
	if c == nil {
		return "", nil
	}
	shown := make(columns, len(c))
	for k, v := range c {
		switch {
		case derived[k] || v == "" || v == nil:
		case sensitive[k]:
			shown[k] = filled
		default:
			shown[k] = v
		}
	}
	out, err := json.Marshal(shown)
	return string(out), err
}

// AuditLines returns the newest lines about one record, or about all records
// of an entity when id is 0, or about everything when entity is "".
func (s *Store) AuditLines(ctx context.Context, entity string, id int64, limit int) ([]model.AuditLine, error) {
	q := s.read(ctx).Table("audit").Order("id DESC").Limit(limit)
	if entity != "" {
		q = q.Where("entity = ?", entity)
	}
	if id != 0 {
		q = q.Where("entity_id = ?", id)
	}
	var rows []auditRow
	if err := q.Find(&rows).Error; err != nil {
		return nil, faultOf(err)
	}
	out := make([]model.AuditLine, len(rows))
	for i, r := range rows {
		out[i] = model.AuditLine{ID: r.ID, At: time.Unix(r.At, 0), Actor: r.Actor, Action: r.Action,
			Entity: r.Entity, EntityID: r.EntityID, Label: r.Label, Before: r.Before, After: r.After}
	}
	return out, nil
}
