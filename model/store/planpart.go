package store

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"gorm.io/gorm"

	"qingfeng/model"
)

// place says which line of which plan a part is; label is how the trail calls
// it.
type place struct {
	id, campaign int64
	position     int
	label        string
}

// partKind is how the lines of one kind are stored.
type partKind struct {
	table, entity string
	is            func(model.PlanPart) bool
	// row is a line's place and what it says.
	row  func(model.PlanPart) (place, columns)
	find func(db *gorm.DB, id int64) (model.PlanPart, error)
}

const itemTable = "check_item"

var partKinds = []partKind{
	newPartKind("phase", "阶段", "个阶段", func(p model.Phase) (place, columns) {
		return place{p.ID, p.CampaignID, p.Position, p.Name}, columns{"kind": p.Kind, "name": p.Name,
			"starts_on": string(p.StartsOn), "ends_on": string(p.EndsOn), "tasks": p.Tasks}
	}),
	newPartKind("member", "领导小组", "位领导小组成员", func(m model.Member) (place, columns) {
		return place{m.ID, m.CampaignID, m.Position, strings.Join(strings.Fields(m.Role+" "+m.Post+" "+m.Name), " ")},
			columns{"role": m.Role, "name": m.Name, "post": m.Post}
	}),
	newPartKind("deadline", "时限", "项时限", func(d model.Deadline) (place, columns) {
		return place{d.ID, d.CampaignID, d.Position, d.Title}, columns{"title": d.Title, "recipient": d.Recipient,
			"every": string(d.Every), "date": string(d.Date), "month": d.Month, "day": d.Day,
			"working_days": d.WorkingDays, "before": d.Before, "roll": string(d.Roll)}
	}),
	newPartKind("duty", "责任事项", "项责任事项", func(d model.Duty) (place, columns) {
		return place{d.ID, d.CampaignID, d.Position, d.Project + "：" + shorten(d.Measure)}, columns{"project": d.Project,
			"goal": d.Goal, "measure": d.Measure, "departments": d.Departments, "state": string(d.State),
			"progress": d.Progress, "progress_on": string(d.ProgressOn)}
	}),
	newPartKind(itemTable, "自查项目", "个自查项目", func(i model.CheckItem) (place, columns) {
		return place{i.ID, i.CampaignID, i.Position, i.Text}, columns{"source": i.Source, "text": i.Text}
	}),
}

func newPartKind[T model.PlanPart](table, entity, word string, row func(T) (place, columns)) partKind {
	return partKind{
		table: table, entity: entity,
		is:  func(p model.PlanPart) bool { _, ok := p.(T); return ok },
		row: func(p model.PlanPart) (place, columns) { return row(p.(T)) },
		find: func(db *gorm.DB, id int64) (model.PlanPart, error) {
			var line T
			err := first(db.Table(table).Where("id = ?", id), &line, word)
			return line, err
		},
	}
}

// kindOf is the kind of a line; one of no kind is a mistake of the program.
func kindOf(part model.PlanPart) partKind {
	for _, k := range partKinds {
		if k.is(part) {
			return k
		}
	}
	panic(fmt.Sprintf("%T is no line of a plan", part))
}

// filledIn is a row as the trail tells of a new or removed line: without what
// the line leaves open.
func filledIn(row columns) columns {
	out := maps.Clone(row)
	maps.DeleteFunc(out, func(_ string, v any) bool { return v == 0 || v == false })
	return out
}

// SavePart adds a line to the plan that its CampaignID names (ID 0) or changes
// one, and returns its id. A new line goes to its Position, 0 is the end; a
// stored one keeps its place and its plan, see [Store.MovePart].
func (s *Store) SavePart(ctx context.Context, part model.PlanPart) (int64, error) {
	kind := kindOf(part)
	at, _ := kind.row(part)
	err := s.writeOrNothing(ctx, model.Write, func(c *change) (changed bool, err error) {
		if at.id == 0 {
			at.id, err = c.addPart(kind, part)
			return true, err
		}
		return c.changePart(kind, part)
	})
	return at.id, err
}

func (c *change) addPart(kind partKind, part model.PlanPart) (int64, error) {
	at, row := kind.row(part)
	campaign, err := findCampaign(c.DB, at.campaign)
	if err != nil {
		return 0, err
	}
	if err := c.mayBecome(part, campaign); err != nil {
		return 0, err
	}
	var last int
	if err := c.Raw(`SELECT COALESCE(MAX(position), 0) FROM `+kind.table+` WHERE campaign_id = ?`, campaign.ID).Scan(&last).Error; err != nil {
		return 0, err
	}
	if at.position < 1 || at.position > last {
		at.position = last + 1
	} else if err := c.shift(kind, campaign.ID, at.position, 1); err != nil {
		return 0, err
	}
	row["campaign_id"], row["position"] = campaign.ID, at.position
	id, err := c.insert(kind.table, row)
	if err != nil {
		return 0, err
	}
	return id, c.record("新增", kind.entity, id, at.label, nil, filledIn(row))
}

// shift makes room from a place on, or closes the gap before it. The audit
// line of what came or went tells where: places are always 1, 2, 3 …
func (c *change) shift(kind partKind, campaignID int64, from, by int) error {
	return c.Exec(`UPDATE `+kind.table+` SET position = position + ? WHERE campaign_id = ? AND position >= ?`, by, campaignID, from).Error
}

func (c *change) changePart(kind partKind, part model.PlanPart) (bool, error) {
	at, row := kind.row(part)
	old, err := kind.find(c.DB, at.id)
	if err != nil {
		return false, err
	}
	was, before := kind.row(old)
	if maps.Equal(before, row) {
		return false, nil
	}
	campaign, err := findCampaign(c.DB, was.campaign)
	if err != nil {
		return false, err
	}
	if err := c.mayBecome(part, campaign); err != nil {
		return false, err
	}
	if err := c.update(kind.table, at.id, row); err != nil {
		return false, err
	}
	return true, c.record("修改", kind.entity, at.id, at.label, before, row)
}

// RemovePart takes a line, known by its ID, out of its plan. What work was
// recorded on stays: a deadline once met, a duty with progress or attachments,
// items once forms were printed.
func (s *Store) RemovePart(ctx context.Context, part model.PlanPart) error {
	kind := kindOf(part)
	return s.write(ctx, model.Write, func(c *change) error {
		at, _ := kind.row(part)
		old, err := kind.find(c.DB, at.id)
		if err != nil {
			return err
		}
		if err := c.mayGo(old); err != nil {
			return err
		}
		at, row := kind.row(old)
		if err := c.Exec(`DELETE FROM `+kind.table+` WHERE id = ?`, at.id).Error; err != nil {
			return err
		}
		if err := c.shift(kind, at.campaign, at.position, -1); err != nil {
			return err
		}
		row["campaign_id"], row["position"] = at.campaign, at.position
		return c.record("删除", kind.entity, at.id, at.label, filledIn(row), nil)
	})
}

// MovePart swaps a line, known by its ID, with the one above or below it. The
// first one does not move up nor the last one down.
func (s *Store) MovePart(ctx context.Context, part model.PlanPart, up bool) error {
	kind := kindOf(part)
	action, by := "下移", 1
	if up {
		action, by = "上移", -1
	}
	return s.writeOrNothing(ctx, model.Write, func(c *change) (bool, error) {
		at, _ := kind.row(part)
		old, err := kind.find(c.DB, at.id)
		if err != nil {
			return false, err
		}
		if err := c.mayMove(old); err != nil {
			return false, err
		}
		at, _ = kind.row(old)
		to := at.position + by
		swapped := c.Exec(`UPDATE `+kind.table+` SET position = ? WHERE campaign_id = ? AND position = ?`, at.position, at.campaign, to)
		if swapped.Error != nil || swapped.RowsAffected == 0 {
			return false, swapped.Error
		}
		if err := c.update(kind.table, at.id, columns{"position": to}); err != nil {
			return false, err
		}
		return true, c.record(action, kind.entity, at.id, at.label, columns{"position": at.position}, columns{"position": to})
	})
}
