package store

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/day"
)

// columns is one row's values by column name: what is written, and what audit
// lines compare.
type columns map[string]any

// derived columns follow from others and say nothing in an audit line.
var derived = map[string]bool{"sort_key": true, "initials": true}

const filled = model.Filled

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
	Hash     string
}

func (r auditRow) line() model.AuditLine {
	return model.AuditLine{ID: r.ID, At: time.Unix(r.At, 0), Actor: r.Actor, Action: r.Action,
		Entity: r.Entity, EntityID: r.EntityID, Label: r.Label, Before: r.Before, After: r.After, Hash: r.Hash}
}

// record adds the audit line of one change to the transaction. before and
// after may be nil; of two given ones only what differs is kept.
func (c *change) record(action, entity string, id int64, label string, before, after columns) error {
	if before != nil && after != nil {
		before, after = differing(before, after)
	}
	b, err := auditJSON(before)
	if err != nil {
		return err
	}
	a, err := auditJSON(after)
	if err != nil {
		return err
	}
	c.lines = append(c.lines, auditRow{At: c.s.now().Unix(), Actor: c.actor(), Action: action, Entity: entity, EntityID: id, Label: label, Before: b, After: a})
	return nil
}

// theProgram is the actor of what happens while nobody is signed in.
const theProgram = "系统"

func (c *change) actor() string {
	if c.by == nil {
		return theProgram
	}
	return c.by.account.Label()
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
		case isSealed(k):
			shown[k] = filled
		default:
			shown[k] = v
		}
	}
	out, err := json.Marshal(shown)
	return string(out), err
}

// AuditLines returns the newest lines about one record, or about all records
// of an entity when id is 0. Whoever may read a register may read the history
// of its records; all of them, and what people did to accounts, is the trail.
func (s *Store) AuditLines(ctx context.Context, entity string, id int64, limit int) ([]model.AuditLine, error) {
	if id == 0 || entity == "账号" {
		if _, err := s.may(model.ReadTrail); err != nil {
			return nil, err
		}
	}
	q := s.read(ctx).Table("audit").Where("entity = ?", entity).Order("id DESC").Limit(limit)
	if id != 0 {
		q = q.Where("entity_id = ?", id)
	}
	var rows []auditRow
	if err := q.Find(&rows).Error; err != nil {
		return nil, faultOf(err)
	}
	return linesOf(rows), nil
}

func linesOf(rows []auditRow) []model.AuditLine {
	out := make([]model.AuditLine, len(rows))
	for i, r := range rows {
		out[i] = r.line()
	}
	return out
}

// TrailFilter narrows the audit trail.
type TrailFilter struct {
	From, To day.Date // local days, both inclusive; "" for no bound
	Actor    string
	Action   string
	Entity   string
	Find     string // part of the record's name, or of what was changed
}

var trailOrders = orders{"id": {"id"}}

// Trail lists the audit trail of the whole folder, newest first with
// Page{Sort: "id", Desc: true}.
func (s *Store) Trail(ctx context.Context, f TrailFilter, p Page) (Rows[model.AuditLine], error) {
	q, err := s.trail(ctx)
	if err != nil {
		return Rows[model.AuditLine]{}, err
	}
	rows, err := fetch[auditRow](f.apply(q), "*", trailOrders.clause(p, "id"), p)
	return Rows[model.AuditLine]{Items: linesOf(rows.Items), Total: rows.Total}, err
}

func (s *Store) trail(ctx context.Context) (*gorm.DB, error) {
	if _, err := s.may(model.ReadTrail); err != nil {
		return nil, err
	}
	return s.peek(ctx).Table("audit"), nil
}

func (f TrailFilter) apply(q *gorm.DB) *gorm.DB {
	if start, ok := f.From.Start(); ok {
		q = q.Where("at >= ?", start.Unix())
	}
	if start, ok := f.To.Start(); ok {
		q = q.Where("at < ?", start.AddDate(0, 0, 1).Unix())
	}
	for _, w := range []struct{ column, value string }{{"actor", f.Actor}, {"action", f.Action}, {"entity", f.Entity}} {
		if w.value != "" {
			q = q.Where(w.column+" = ?", w.value)
		}
	}
	if f.Find != "" {
		pattern := like("%", f.Find, "%")
		q = q.Where(`(label LIKE ? ESCAPE '\' OR before LIKE ? ESCAPE '\' OR after LIKE ? ESCAPE '\')`, pattern, pattern, pattern)
	}
	return q
}

// TrailWords are the actors, actions and entities that the trail knows, for
// filters.
type TrailWords struct{ Actors, Actions, Entities []string }

// TrailWords returns the words in use.
func (s *Store) TrailWords(ctx context.Context) (TrailWords, error) {
	var w TrailWords
	q, err := s.trail(ctx)
	if err != nil {
		return w, err
	}
	var used []struct{ Actor, Action, Entity string }
	if err := q.Distinct("actor", "action", "entity").Find(&used).Error; err != nil {
		return w, faultOf(err)
	}
	for _, u := range used {
		w.Actors, w.Actions, w.Entities = append(w.Actors, u.Actor), append(w.Actions, u.Action), append(w.Entities, u.Entity)
	}
	for _, list := range []*[]string{&w.Actors, &w.Actions, &w.Entities} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return w, nil
}

// RecordExport writes down that what a person saw left the program: a file
// saved or printed. what names the list, rows counts its rows, plain says that
// ID numbers or telephone numbers are in it.
func (s *Store) RecordExport(ctx context.Context, what, file string, rows int, plain bool) error {
	need := model.Read
	if plain {
		need = model.ReadPlain
	}
	return s.write(ctx, need, func(c *change) error {
		return c.record("导出", what, 0, file, nil, columns{"rows": rows, "plain": plain})
	})
}
