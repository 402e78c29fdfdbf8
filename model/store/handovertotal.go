package store

import (
	"context"

	"gorm.io/gorm"

	"qingfeng/model"
)

// HandoverTotal is how many handovers and how much.
type HandoverTotal struct {
	Name      string // of the category, giver, month or kind of disposition
	Count     int    // handovers; of dispositions those that stand
	Quantity  int    // of a category
	AmountFen int64
}

// HandoverTotals are the sums of a span: of what was handed in in it and of
// what was disposed of in it, whenever that had come in. Voided handovers and
// what counter-entries took back do not count.
type HandoverTotals struct {
	Handovers, Named, Anonymous int
	People                      int // who handed in under their names
	Late, Unjudged              int
	AmountFen                   int64
	LeftFen                     int64           // of what came in in the span, as it stands now
	Categories                  []HandoverTotal `gorm:"-"`
	Givers                      []HandoverTotal `gorm:"-"`
	Months                      []HandoverTotal `gorm:"-"` // YYYY-MM, those with handovers
	Dispositions                []HandoverTotal `gorm:"-"`
	DisposedFen                 int64
}

// HandoverTotals sums up a span of days, both inclusive.
func (s *Store) HandoverTotals(ctx context.Context, span model.Span) (HandoverTotals, error) {
	var t HandoverTotals
	if !span.From.Valid() || !span.To.Valid() || span.To < span.From {
		return t, model.Errorf(model.Invalid, "统计期间 %s 至 %s 不是一段日期", span.From, span.To)
	}
	const within = ` FROM handover h WHERE h.state <> '作废' AND h.handed_at >= ? AND h.handed_at < ?`
	from, to := string(span.From), string(span.To)+"~"
	err := snapshot(s.read(ctx), func(tx *gorm.DB) error {
		if err := tx.Raw(`SELECT COUNT(*) AS handovers, COUNT(*) FILTER (WHERE anonymous = 0) AS named, COUNT(*) FILTER (WHERE anonymous = 1) AS anonymous,
			COUNT(DISTINCT staff_id) AS people, COUNT(*) FILTER (WHERE timeliness = '逾期') AS late,
			COUNT(*) FILTER (WHERE timeliness = '未判') AS unjudged, COALESCE(SUM(amount_fen), 0) AS amount_fen,
			COALESCE(SUM(amount_fen - disposed_fen), 0) AS left_fen`+within, from, to).Scan(&t).Error; err != nil {
			return err
		}
		if err := tx.Raw(`SELECT giver AS name, COUNT(*) AS count, SUM(amount_fen) AS amount_fen`+within+`
			GROUP BY giver ORDER BY CASE giver WHEN '患者' THEN 1 WHEN '家属' THEN 2 WHEN '企业' THEN 3 ELSE 4 END`, from, to).Scan(&t.Givers).Error; err != nil {
			return err
		}
		if err := tx.Raw(`SELECT SUBSTR(handed_at, 1, 7) AS name, COUNT(*) AS count, SUM(amount_fen) AS amount_fen`+within+`
			GROUP BY 1 ORDER BY 1`, from, to).Scan(&t.Months).Error; err != nil {
			return err
		}
		if err := tx.Raw(`SELECT i.category AS name, COUNT(DISTINCT CASE WHEN `+itemStands+`
				THEN i.handover_id END) AS count, SUM(i.quantity) AS quantity, SUM(i.amount_fen) AS amount_fen
			FROM handover h JOIN handover_item i ON i.handover_id = h.id WHERE h.state <> '作废' AND h.handed_at >= ? AND h.handed_at < ?
			GROUP BY i.category HAVING SUM(i.amount_fen) <> 0`, from, to).Scan(&t.Categories).Error; err != nil {
			return err
		}
		return tx.Raw(`SELECT x.kind AS name, COUNT(*) AS count, SUM(x.amount_fen) AS amount_fen FROM disposition x
			WHERE x.disposed_on BETWEEN ? AND ? AND `+dispositionStands+` GROUP BY x.kind`, span.From, span.To).Scan(&t.Dispositions).Error
	})
	t.Categories = inOrder(t.Categories, model.ItemCategories)
	t.Dispositions = inOrder(t.Dispositions, model.DispositionKinds())
	for _, d := range t.Dispositions {
		t.DisposedFen += d.AmountFen
	}
	return t, err
}

// inOrder puts totals in the order in which the forms have their names.
func inOrder[T ~string](totals []HandoverTotal, names []T) []HandoverTotal {
	var out []HandoverTotal
	for _, name := range names {
		for _, t := range totals {
			if t.Name == string(name) {
				out = append(out, t)
			}
		}
	}
	return out
}
