package store

import (
	"context"
	"maps"

	"gorm.io/gorm"

	"qingfeng/model"
)

// paperFilter is what the filters of all papers have.
type paperFilter struct {
	campaignID   int64
	kind         string
	departmentID int64
	state        model.PaperState // "" for all but voided ones
	missing      bool             // only awaited ones
	find         string
	formNos      []string
}

// paperOrders are the sort words that all papers have, and more.
func paperOrders(more orders) orders {
	all := orders{
		"department":  {"d.sort_order", "s.employee_no", "c.id"},
		"form_no":     {"c.form_no"},
		"name":        {"s.sort_key", "c.id"},
		"employee_no": {"s.employee_no", "c.id"},
		"post":        {"s.post", "c.id"},
		"position":    {"s.position", "c.id"},
		"state":       {"c.state", "c.id"},
		"printed_on":  {"c.printed_on", "c.id"},
		"returned_on": {"c.returned_on", "c.id"},
	}
	maps.Copy(all, more)
	return all
}

// paperNote is what a list says beside the state.
func paperNote(p model.Paper) string {
	switch {
	case p.State == model.Voided:
		return p.VoidReason
	case p.ExcuseReason != "" && p.ExcusedUntil != "":
		return p.ExcuseReason + "，至 " + string(p.ExcusedUntil)
	}
	return p.ExcuseReason
}

// signerColumns are the columns about the signer, whose name is an expression
// of its own.
const signerColumns = `COALESCE(s.employee_no, '') AS employee_no, COALESCE(d.name, '') AS department,
	COALESCE(s.post, '') AS post, COALESCE(s.title, '') AS title, COALESCE(s.position, '') AS position`

func (r paperTable[T, R]) query(db *gorm.DB) *gorm.DB {
	return db.Table(r.table + " c").Joins("LEFT JOIN staff s ON s.id = c.staff_id").
		Joins("LEFT JOIN department d ON d.id = COALESCE(s.department_id, c.department_id)")
}

func (r paperTable[T, R]) narrow(q *gorm.DB, f paperFilter) *gorm.DB {
	q = q.Where("c.campaign_id = ? AND c.kind = ?", f.campaignID, f.kind)
	if f.departmentID != 0 {
		q = q.Where("d.id = ?", f.departmentID)
	}
	switch {
	case f.missing:
		q = q.Where("c.state IN ?", awaited)
	case f.state != "":
		q = q.Where("c.state = ?", f.state)
	default:
		q = q.Where("c.state <> ?", model.Voided)
	}
	if f.find != "" {
		q = q.Where(`(`+r.named+` LIKE ? ESCAPE '\' OR s.employee_no LIKE ? ESCAPE '\' OR s.initials LIKE ? ESCAPE '\'
			OR c.form_no LIKE ? ESCAPE '\')`,
			like("%", f.find, "%"), like("", f.find, "%"), like("% ", f.find, "%"), like("%", f.find, "%"))
	}
	if f.formNos != nil {
		q = q.Where("c.form_no IN ?", f.formNos)
	}
	return q
}

// unsigned lists who of a kind has not signed, in the order in which papers are
// handed out: the papers that are awaited, and the signers that have none yet,
// whose rows have neither form number nor state. condition narrows them.
func (r paperTable[T, R]) unsigned(ctx context.Context, s *Store, f paperFilter, condition string) ([]R, error) {
	from, here := r.expected(f.kind, s.Today())
	if from == "" {
		return nil, nil
	}
	query, args := `SELECT `+r.selected+from+`WHERE (c.id IS NULL AND `+here+` OR c.state IN ?)`, []any{f.campaignID, awaited}
	if f.departmentID != 0 {
		query, args = query+` AND d.id = ?`, append(args, f.departmentID)
	}
	if condition != "" {
		query += ` AND ` + condition
	}
	var rows []R
	err := s.read(ctx).Raw(query+handedOut, args...).Scan(&rows).Error
	return rows, faultOf(err)
}
