package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/day"
)

// DrawRow is a draw as lists show it.
type DrawRow struct {
	model.Draw
	Picks int
	Done  int // of Picks, inspected
}

// storedDraw is a draw as the database has it, its pool as JSON.
type storedDraw struct {
	ID, CampaignID   int64
	FormNo, Seed     string
	DrawnOn          day.Date
	DrawnBy, Witness string
	Pool             string
	VoidReason       string
	VoidedOn         day.Date
	Picks, Done      int
}

func (d storedDraw) row() (DrawRow, error) {
	out := DrawRow{Picks: d.Picks, Done: d.Done, Draw: model.Draw{ID: d.ID, FormNo: d.FormNo, CampaignID: d.CampaignID, Seed: d.Seed,
		DrawnOn: d.DrawnOn, DrawnBy: d.DrawnBy, Witness: d.Witness, VoidReason: d.VoidReason, VoidedOn: d.VoidedOn}}
	if err := json.Unmarshal([]byte(d.Pool), &out.Pool); err != nil {
		return out, wrapFault(err, "抽取 "+d.FormNo+" 的抽取范围读不出来，数据库可能已损坏。请做一次体检")
	}
	return out, nil
}

func drawColumns(d model.Draw) columns {
	return columns{"form_no": d.FormNo, "campaign_id": d.CampaignID, "seed": d.Seed, "drawn_on": string(d.DrawnOn),
		"drawn_by": d.DrawnBy, "witness": d.Witness, "void_reason": d.VoidReason, "voided_on": string(d.VoidedOn)}
}

func pickColumns(p model.Pick) columns {
	return columns{"draw_id": p.DrawID, "position": p.Position, "department_id": p.DepartmentID, "day": string(p.Day), "half": p.Half,
		"inspectors": p.Inspectors, "state": string(p.State), "inspected_on": string(p.InspectedOn), "record": p.Record, "published": p.Published}
}

// PickRow is a drawn department as lists show it.
type PickRow struct {
	model.Pick
	FormNo     string // of the draw
	Department string
	Findings   int // without voided ones
	CampaignID int64
}

var drawOrders = orders{
	"form_no":  {"d.form_no"},
	"drawn_on": {"d.drawn_on", "d.id"},
	"drawn_by": {"d.drawn_by", "d.id"},
	"picks":    {"picks", "d.id"},
	"done":     {"done", "d.id"},
}

const drawSelect = `d.*, (SELECT COUNT(*) FROM pick p WHERE p.draw_id = d.id) AS picks,
	(SELECT COUNT(*) FROM pick p WHERE p.draw_id = d.id AND p.state = '已检查') AS done`

// Draws lists the draws of a campaign, 0 for all, voided ones too.
func (s *Store) Draws(ctx context.Context, campaignID int64, p Page) (Rows[DrawRow], error) {
	q := s.read(ctx).Table("draw d")
	if campaignID != 0 {
		q = q.Where("d.campaign_id = ?", campaignID)
	}
	stored, err := fetch[storedDraw](q, drawSelect, drawOrders.clause(p, "form_no"), p)
	out := Rows[DrawRow]{Total: stored.Total}
	for _, d := range stored.Items {
		row, bad := d.row()
		if bad != nil {
			return out, bad
		}
		out.Items = append(out.Items, row)
	}
	return out, err
}

// Draw returns one draw.
func (s *Store) Draw(ctx context.Context, id int64) (DrawRow, error) {
	return findDraw(s.read(ctx), id)
}

// DrawByNumber finds a draw by its number as typed or scanned.
func (s *Store) DrawByNumber(ctx context.Context, typed string) (DrawRow, error) {
	no, err := parseNumber(typed)
	if err != nil {
		return DrawRow{}, err
	}
	return oneDraw(s.read(ctx).Where("d.form_no = ?", no.String()), "："+no.String())
}

func findDraw(db *gorm.DB, id int64) (DrawRow, error) { return oneDraw(db.Where("d.id = ?", id), "") }

func oneDraw(q *gorm.DB, called string) (DrawRow, error) {
	var d storedDraw
	if err := first(q.Table("draw d").Select(drawSelect), &d, "次抽取"+called); err != nil {
		return DrawRow{}, err
	}
	return d.row()
}

// Picks lists what a draw picked, in the order in which it was drawn.
func (s *Store) Picks(ctx context.Context, drawID int64) ([]PickRow, error) {
	var out []PickRow
	err := s.read(ctx).Table("pick p").Joins("JOIN draw w ON w.id = p.draw_id").Joins("JOIN department d ON d.id = p.department_id").
		Select(`p.*, w.form_no, w.campaign_id, d.name AS department,
			(SELECT COUNT(*) FROM finding f WHERE f.pick_id = p.id AND f.state <> '作废') AS findings`).
		Where("p.draw_id = ?", drawID).Order("p.position").Find(&out).Error
	return out, faultOf(err)
}

// findPick returns one pick with its draw.
func findPick(db *gorm.DB, id int64) (model.Pick, DrawRow, error) {
	var p model.Pick
	if err := first(db.Table("pick").Where("id = ?", id), &p, "次抽查"); err != nil {
		return p, DrawRow{}, err
	}
	d, err := findDraw(db, p.DrawID)
	return p, d, err
}

// MakeDraw draws from the pool of the request and stores seed, pool and picks
// for good; it returns the draw's id.
func (s *Store) MakeDraw(ctx context.Context, r DrawRequest) (int64, error) {
	var id int64
	err := s.write(ctx, model.Write, func(c *change) error {
		pool, err := s.drawPool(c.DB, r)
		if err != nil {
			return err
		}
		d, err := r.draw(pool, c.by.account.Name, s.Today())
		if err != nil {
			return err
		}
		picks, err := pool.Draw(d.Seed)
		if err != nil {
			return err
		}
		id, err = c.addDraw(d, picks)
		return err
	})
	return id, err
}

// addDraw numbers and stores a draw with its picks.
func (c *change) addDraw(d model.Draw, picks []model.Pick) (int64, error) {
	var err error
	if d.FormNo, err = c.number(model.DrawPrefix); err != nil {
		return 0, err
	}
	pool, err := json.Marshal(d.Pool)
	if err != nil {
		return 0, err
	}
	row := drawColumns(d)
	row["pool"] = string(pool)
	if d.ID, err = c.insert("draw", row); err != nil {
		return 0, err
	}
	rows := make([]columns, len(picks))
	for i, p := range picks {
		p.DrawID = d.ID
		rows[i] = pickColumns(p)
	}
	if _, err := c.insertAll("pick", rows); err != nil {
		return 0, err
	}
	row["pool"], row["picks"] = inWords(d.Pool), pickWords(d.Pool, picks)
	return d.ID, c.record("抽取", "抽取", d.ID, d.FormNo, nil, row)
}

// inWords is a pool as the audit trail shows it.
func inWords(p model.Pool) string {
	return fmt.Sprintf("%d 个科室，%d 个时段，%d 名检查人，抽 %d 个", len(p.Departments), len(p.Slots), len(p.Inspectors), p.Picks)
}

// pickWords are the picks as the audit trail shows them.
func pickWords(pool model.Pool, picks []model.Pick) string {
	names := map[int64]string{}
	for _, d := range pool.Departments {
		names[d.ID] = d.Name
	}
	lines := make([]string, len(picks))
	for i, p := range picks {
		lines[i] = fmt.Sprintf("%d. %s %s %s", p.Position, names[p.DepartmentID], p.Slot, p.Inspectors)
	}
	return strings.Join(lines, "\n")
}

// RepeatDraw draws again from the seed and pool of a draw, as witnesses may
// ask, and says whether the same comes out as was stored.
func (s *Store) RepeatDraw(ctx context.Context, id int64) (same bool, again []model.Pick, err error) {
	d, err := s.Draw(ctx, id)
	if err != nil {
		return false, nil, err
	}
	stored, err := s.Picks(ctx, id)
	if err != nil {
		return false, nil, err
	}
	if again, err = d.Pool.Draw(d.Seed); err != nil {
		return false, nil, err
	}
	same = slices.EqualFunc(again, stored, func(a model.Pick, b PickRow) bool { return samePick(a, b.Pick) })
	return same, again, nil
}

// samePick reports whether two picks send the same people to the same place at
// the same time.
func samePick(a, b model.Pick) bool {
	return a.Position == b.Position && a.DepartmentID == b.DepartmentID && a.Slot == b.Slot && a.Inspectors == b.Inspectors
}

// RecordPick records the inspection of a drawn department: when, what was
// found, how it was made public. An earlier record is replaced.
func (s *Store) RecordPick(ctx context.Context, p model.Pick) error {
	if err := s.notAfterToday("检查日期", p.InspectedOn); err != nil {
		return err
	}
	return s.writeOrNothing(ctx, model.Write, func(c *change) (bool, error) {
		old, d, err := findPick(c.DB, p.ID)
		if err != nil {
			return false, err
		}
		m := old
		m.State, m.InspectedOn, m.Record, m.Published = model.Inspected, p.InspectedOn, strings.TrimSpace(p.Record), strings.TrimSpace(p.Published)
		switch {
		case d.VoidedOn != "":
			return false, model.Errorf(model.Conflict, "抽取 %s 已作废（%s），不再登记检查", d.FormNo, d.VoidReason)
		case m == old:
			return false, nil
		}
		if err := m.Validate(); err != nil {
			return false, err
		}
		if m.InspectedOn < d.DrawnOn {
			return false, model.Errorf(model.Conflict, "抽取 %s 在 %s 进行，检查日期 %s 不能比它早", d.FormNo, d.DrawnOn, m.InspectedOn)
		}
		after := pickColumns(m)
		if err := c.update("pick", m.ID, after); err != nil {
			return false, err
		}
		return true, c.record("登记检查", "抽查", m.ID, d.FormNo, pickColumns(old), after)
	})
}

// VoidDraw takes a draw out of use while none of its departments was
// inspected. They do not count as drawn.
func (s *Store) VoidDraw(ctx context.Context, id int64, reason string) error {
	return s.write(ctx, model.Decide, func(c *change) error {
		old, err := findDraw(c.DB, id)
		if err != nil {
			return err
		}
		var found int64
		if err := c.Raw(`SELECT COUNT(*) FROM finding f JOIN pick p ON p.id = f.pick_id WHERE p.draw_id = ? AND f.state <> '作废'`, id).Scan(&found).Error; err != nil {
			return err
		}
		if old.Done > 0 || found > 0 {
			return model.Errorf(model.Conflict, "抽取 %s 已登记 %d 次检查、%d 个问题，不能作废", old.FormNo, old.Done, found)
		}
		d := old.Draw
		if err := d.Void(s.Today(), reason); err != nil {
			return err
		}
		after := drawColumns(d)
		if err := c.update("draw", id, after); err != nil {
			return err
		}
		return c.record("作废", "抽取", id, d.FormNo, drawColumns(old.Draw), after)
	})
}
