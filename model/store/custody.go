package store

import (
	"context"
	"encoding/json"
	"slices"

	"gorm.io/gorm"

	"qingfeng/model"
)

// custodyEntity is the audit trail's word for a change of custodian.
const custodyEntity = "保管交接"

// Kept is a handover of which something lies in a safe.
type Kept struct {
	HandoverRow
	Balances []model.Balance // of what lies there
}

// Safe is a page of what should lie in the safe now, with the sums of all of it.
type Safe struct {
	Items []Kept
	SafeSum
}

// SafeSum sums up what should lie in the safe.
type SafeSum struct {
	Handovers int
	Alone     int // kept by one person alone
	KeptFen   int64
}

var safeOrders = orders{
	"keeper":    {"h.keeper", "h.kept_at", "h.form_no"},
	"place":     {"h.kept_at", "h.form_no"},
	"form_no":   {"h.form_no"},
	"handed_at": {"h.handed_at", "h.id"},
	"days":      {"-julianday(SUBSTR(h.handed_at, 1, 10))", "h.id"},
	"amount":    {"h.kept_fen", "h.id"},
}

// Safe lists what of the handovers of a filter should lie in the safe now,
// usually by keeper, place and number.
func (s *Store) Safe(ctx context.Context, f HandoverFilter, p Page) (Safe, error) {
	var out Safe
	by, err := s.may(model.Read)
	if err != nil {
		return out, err
	}
	err = snapshot(s.read(ctx), func(tx *gorm.DB) error {
		q, err := s.handovers(by, tx, f)
		if err != nil {
			return err
		}
		q = q.Where(isKept).Session(&gorm.Session{})
		err = q.Select(`COUNT(*) AS handovers, COUNT(*) FILTER (WHERE h.co_keeper = '') AS alone, COALESCE(SUM(h.kept_fen), 0) AS kept_fen`).Scan(&out.SafeSum).Error
		if err != nil {
			return err
		}
		order := safeOrders.clause(p, "keeper")
		if p.Limit > 0 {
			var ids []int64
			if err := q.Order(order).Limit(p.Limit).Offset(p.Offset).Pluck("h.id", &ids).Error; err != nil {
				return err
			}
			q = handoverQuery(tx).Where("h.id IN ?", ids)
		}
		out.Items, err = by.kept(q, order)
		return err
	})
	return out, err
}

// InSafe lists what should lie in the safe now, of one keeper or of all with
// "", by keeper, place and number.
func (s *Store) InSafe(ctx context.Context, keeper string) ([]Kept, error) {
	safe, err := s.Safe(ctx, HandoverFilter{Keeper: keeper}, Page{})
	return safe.Items, err
}

// kept reads the handovers of a query with what of each lies in a safe.
func (by *session) kept(q *gorm.DB, order string) ([]Kept, error) {
	details, err := by.details(q, order)
	if err != nil {
		return nil, err
	}
	out := make([]Kept, len(details))
	for i, d := range details {
		out[i] = Kept{d.HandoverRow, model.KeptOf(d.Balances())}
	}
	return out, nil
}

// KeeperCount is how much one keeper has in the safe.
type KeeperCount struct {
	Keeper    string
	Handovers int
}

// Keepers lists who has something in the safe now.
func (s *Store) Keepers(ctx context.Context) ([]KeeperCount, error) {
	var out []KeeperCount
	err := s.read(ctx).Raw(`SELECT h.keeper, COUNT(*) AS handovers FROM handover h WHERE ` + isKept + ` GROUP BY h.keeper ORDER BY h.keeper`).Scan(&out).Error
	return out, faultOf(err)
}

func custodyColumns(m model.Custody) columns {
	return columns{"form_no": m.FormNo, "moved_on": string(m.MovedOn), "from_keeper": m.FromKeeper, "keeper": m.Keeper,
		"co_keeper": m.CoKeeper, "kept_at": m.KeptAt, "witnessed_by": m.WitnessedBy, "note": m.Note}
}

// ChangeCustody puts what lies in the safe of handovers into other hands and
// returns id and number of the change.
func (s *Store) ChangeCustody(ctx context.Context, m model.Custody, handoverIDs []int64) (int64, string, error) {
	m = m.Tidied()
	if err := m.Validate(); err != nil {
		return 0, "", err
	}
	if err := s.notAfterToday("交接日期", m.MovedOn); err != nil {
		return 0, "", err
	}
	if len(handoverIDs) == 0 {
		return 0, "", model.Errorf(model.Invalid, "请选择要交接的红包上交")
	}
	err := s.write(ctx, model.Write, func(c *change) error {
		kept, err := c.by.kept(handoverQuery(c.DB).Where(isKept).Where("h.id IN ?", handoverIDs), safeOrders.clause(Page{}, "keeper"))
		if err != nil {
			return err
		}
		if err := c.allKept(kept, handoverIDs); err != nil {
			return err
		}
		if m.FormNo, err = c.number(model.CustodyPrefix); err != nil {
			return err
		}
		row := custodyColumns(m)
		if m.ID, err = c.insert("custody", row); err != nil {
			return err
		}
		row["count"] = len(kept)
		if err := c.record("登记", custodyEntity, m.ID, m.FormNo, nil, row); err != nil {
			return err
		}
		for _, k := range kept {
			if err := c.moveKept(m, k); err != nil {
				return err
			}
		}
		return nil
	})
	return m.ID, m.FormNo, err
}

// allKept names the first of ids that is not among what lies in a safe, or that
// stands there twice.
func (c *change) allKept(kept []Kept, ids []int64) error {
	waits := make(map[int64]bool, len(kept)) // false once it was met
	for _, k := range kept {
		waits[k.ID] = true
	}
	for _, id := range ids {
		first, known := waits[id]
		if first {
			waits[id] = false
			continue
		}
		word := "选了两次"
		if !known {
			word = "没有在保管的财物，不用交接"
		}
		h, err := c.findHandover(id)
		if err != nil {
			return err
		}
		return model.Errorf(model.Conflict, "红包上交 %s %s", h.FormNo, word)
	}
	return nil
}

// lastCustody is the latest change of custodian of a handover, ID 0 for none.
func (c *change) lastCustody(handoverID int64) (model.Custody, error) {
	var last model.Custody
	err := c.Raw(`SELECT c.* FROM custody_handover x JOIN custody c ON c.id = x.custody_id WHERE x.handover_id = ?
		ORDER BY c.moved_on DESC, c.id DESC LIMIT 1`, handoverID).Scan(&last).Error
	return last, err
}

// lastLeft is the latest disposition that stands of something of a handover
// that lay in a safe, ID 0 for none.
func (c *change) lastLeft(handoverID int64) (model.Disposition, error) {
	var left model.Disposition
	err := c.Raw(`SELECT x.id, x.form_no, x.disposed_on FROM disposition x WHERE x.handover_id = ? AND `+dispositionStands+`
		AND EXISTS (SELECT 1 FROM disposition_line l JOIN handover_item i ON i.id = l.item_id WHERE l.disposition_id = x.id AND i.category NOT IN ?)
		ORDER BY x.disposed_on DESC, x.id DESC LIMIT 1`, handoverID, slices.DeleteFunc(slices.Clone(model.ItemCategories), model.ItemCategory.Kept)).Scan(&left).Error
	return left, err
}

func (c *change) moveKept(m model.Custody, k Kept) error {
	h := k.Handover
	last, err := c.lastCustody(h.ID)
	if err != nil {
		return err
	}
	left, err := c.lastLeft(h.ID)
	if err != nil {
		return err
	}
	if err := m.Follow(h, last, left); err != nil {
		return err
	}
	if err := m.Move(&h); err != nil {
		return err
	}
	what, err := json.Marshal(k.Balances)
	if err != nil {
		return err
	}
	if _, err := c.insert("custody_handover", columns{"custody_id": m.ID, "handover_id": h.ID, "kept": string(what)}); err != nil {
		return err
	}
	return c.storeHandover("保管交接", k.Handover, h)
}

// CustodyRow is a change of custodian as lists show it.
type CustodyRow struct {
	model.Custody
	Handovers   int
	Attachments int
}

var custodyOrders = orders{"form_no": {"c.form_no"}}

const custodySelect = `c.*, (SELECT COUNT(*) FROM custody_handover x WHERE x.custody_id = c.id) AS handovers,
	(SELECT COUNT(*) FROM attachment a WHERE a.entity = '保管交接' AND a.entity_id = c.id AND a.voided_on = '') AS attachments`

// Custodies lists the changes of custodian.
func (s *Store) Custodies(ctx context.Context, p Page) (Rows[CustodyRow], error) {
	return fetch[CustodyRow](s.read(ctx).Table("custody c"), custodySelect, custodyOrders.clause(p, "form_no"), p)
}

// CustodyByNumber finds a change of custodian by its number as typed or
// scanned.
func (s *Store) CustodyByNumber(ctx context.Context, typed string) (CustodyRow, error) {
	var row CustodyRow
	no, err := parseNumber(typed)
	if err != nil {
		return row, err
	}
	return row, first(s.read(ctx).Table("custody c").Select(custodySelect).Where("c.form_no = ?", no.String()), &row, "次保管交接："+no.String())
}

// MovedKept is what changed hands of one handover.
type MovedKept struct {
	FormNo   string // of the handover
	Balances []model.Balance
}

// Custody returns one change of custodian with what changed hands, as it was then.
func (s *Store) Custody(ctx context.Context, id int64) (model.Custody, []MovedKept, error) {
	var m model.Custody
	by, err := s.may(model.Read)
	if err != nil {
		return m, nil, err
	}
	if err := first(s.read(ctx).Table("custody").Where("id = ?", id), &m, "次保管交接"); err != nil {
		return m, nil, err
	}
	var rows []struct{ FormNo, Kept string }
	err = s.read(ctx).Raw(`SELECT h.form_no, x.kept FROM custody_handover x JOIN handover h ON h.id = x.handover_id
		WHERE x.custody_id = ? ORDER BY x.id`, id).Scan(&rows).Error
	if err != nil {
		return m, nil, faultOf(err)
	}
	out := make([]MovedKept, len(rows))
	for i, r := range rows {
		out[i].FormNo = r.FormNo
		if err := by.unseal("custody_handover", map[string]*string{"kept": &r.Kept}); err != nil {
			return m, nil, err
		}
		if r.Kept == filled {
			continue
		}
		if err := json.Unmarshal([]byte(r.Kept), &out[i].Balances); err != nil {
			return m, nil, err
		}
	}
	return m, out, nil
}
