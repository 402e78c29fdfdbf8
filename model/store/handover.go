package store

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/day"
)

func handoverColumns(h model.Handover) columns {
	return columns{
		"form_no": h.FormNo, "old_no": h.OldNo, "state": string(h.State), "received_at": string(h.ReceivedAt), "handed_at": string(h.HandedAt),
		"timeliness": string(h.Timeliness), "limit_n": h.LimitN, "limit_unit": string(h.LimitUnit), "limit_document": h.LimitDocument,
		"anonymous": h.Anonymous, "staff_id": null(h.StaffID), "department_id": null(h.DepartmentID), "occasion": h.Occasion,
		"giver": string(h.Giver), "giver_name": h.GiverName, "patient": h.Patient, "admission_no": h.AdmissionNo, "bed": h.Bed,
		"supplier_id": null(h.SupplierID), "agent": h.Agent, "story": h.Story, "bystanders": h.Bystanders,
		"received_by": h.ReceivedBy, "witnessed_by": h.WitnessedBy, "keeper": h.Keeper, "co_keeper": h.CoKeeper, "kept_at": h.KeptAt,
		"remark": h.Remark, "amount_fen": h.AmountFen, "disposed_fen": h.DisposedFen,
		"kept_fen": h.KeptFen, "void_reason": h.VoidReason, "voided_on": string(h.VoidedOn),
	}
}

// HandoverRow is a handover as lists show it.
type HandoverRow struct {
	model.Handover
	Person      string // "" when anonymous
	EmployeeNo  string
	Department  string             // the person's at the time
	Receipt     string             // number of the receipt in force, or ""
	Items       int                // standing ones
	Category    model.ItemCategory // of the first of them
	Attachments int
	DisposedOn  day.Date // of the last disposition that stands, or ""
}

// From is who handed it in, as lists and papers say.
func (r HandoverRow) From() string {
	if r.Anonymous {
		return model.Nameless
	}
	return r.Person
}

// HandoverWatch is a reason to look at handovers.
type HandoverWatch string

// What is watched, within the limits of assets/handover/watch.toml.
const (
	WatchOpen  HandoverWatch = "open"  // something is not disposed of
	WatchStale HandoverWatch = "stale" // nor has been for too many days
	WatchAlone HandoverWatch = "alone" // kept by one person alone
	WatchAgain HandoverWatch = "again" // the same patient or company gave before
	WatchMerit HandoverWatch = "merit" // this year's of people with their third refused one, late ones apart
)

// HandoverFilter narrows the register of handovers.
type HandoverFilter struct {
	ID           int64
	From, To     day.Date // of the hand-over, both inclusive; "" for no bound
	DepartmentID int64
	StaffID      int64
	SupplierID   int64
	State        model.HandoverState // "" for all but voided ones
	WithVoided   bool                // those too, where no state is asked for
	Timeliness   model.Timeliness
	Giver        model.Giver
	Category     model.ItemCategory // something of it came in
	Disposed     model.DispositionKind
	Anonymous    *bool
	Watch        HandoverWatch
	Keeper       string // kept by, not all disposed of
	Find         string // number, old number, person, department, company, keepers and place; a whole patient's name, 住院号 or giver's name
	FormNos      []string
}

var handoverOrders = orders{
	"form_no":    {"h.form_no"},
	"handed_at":  {"h.handed_at", "h.id"},
	"received":   {"h.received_at", "h.id"},
	"person":     {"h.anonymous", "s.sort_key", "h.id"},
	"department": {"h.anonymous", "d.sort_order", "h.id"},
	"giver":      {"h.giver", "h.id"},
	"amount":     {"h.amount_fen", "h.id"},
	"left":       {"h.amount_fen - h.disposed_fen", "h.id"},
	"timeliness": {"CASE h.timeliness WHEN '逾期' THEN 1 WHEN '未判' THEN 2 ELSE 3 END", "h.handed_at DESC", "h.id"},
	"state":      {"CASE h.state WHEN '待处置' THEN 1 WHEN '部分处置' THEN 2 WHEN '已结清' THEN 3 ELSE 4 END", "h.handed_at", "h.id"},
	"keeper":     {"h.keeper", "h.id"},
}

const handoverSelect = `h.*, COALESCE(s.name, '') AS person, COALESCE(s.employee_no, '') AS employee_no, COALESCE(d.name, '') AS department,
	COALESCE(p.name, '') AS company,
	COALESCE((SELECT r.form_no FROM receipt r WHERE r.handover_id = h.id AND r.voided_on = ''), '') AS receipt,
	(SELECT COUNT(*) - 2 * COUNT(i.corrects_id) FROM handover_item i WHERE i.handover_id = h.id) AS items,
	COALESCE((SELECT i.category FROM handover_item i WHERE i.handover_id = h.id AND ` + itemStands + ` ORDER BY i.id LIMIT 1), '') AS category,
	(SELECT COUNT(*) FROM attachment a WHERE a.entity = '红包上交' AND a.entity_id = h.id AND a.voided_on = '') AS attachments,
	COALESCE((SELECT MAX(x.disposed_on) FROM disposition x WHERE x.handover_id = h.id AND ` + dispositionStands + `), '') AS disposed_on`

// itemStands and dispositionStands are the conditions on an item i and on a
// disposition x that are no counter-entries and that none took back. The plus
// keeps SQLite from looking for them among all that counter nothing.
const (
	itemStands        = `+i.corrects_id IS NULL AND NOT EXISTS (SELECT 1 FROM handover_item c WHERE c.corrects_id = i.id)`
	dispositionStands = `+x.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM disposition y WHERE y.reverses_id = x.id)`
)

// isHeld is the condition on a handover h of which something is left.
const isHeld = "h.state IN ('待处置', '部分处置')"

// isKept is the condition on a handover h of which something is left that lies
// in a safe.
const isKept = "h.kept_fen > 0"

func handoverQuery(db *gorm.DB) *gorm.DB {
	return db.Table("handover h").Joins("LEFT JOIN staff s ON s.id = h.staff_id").
		Joins("LEFT JOIN department d ON d.id = h.department_id").Joins("LEFT JOIN supplier p ON p.id = h.supplier_id")
}

// Handovers lists handovers.
func (s *Store) Handovers(ctx context.Context, f HandoverFilter, p Page) (Rows[HandoverRow], error) {
	by, err := s.may(model.Read)
	if err != nil {
		return Rows[HandoverRow]{}, err
	}
	q, err := s.handovers(by, s.read(ctx), f)
	if err != nil {
		return Rows[HandoverRow]{}, err
	}
	rows, err := fetchByID[HandoverRow](q, handoverQuery(s.read(ctx)), "h.id", handoverSelect, handoverOrders.clause(p, "form_no"), p)
	for i := range rows.Items {
		if err == nil {
			err = by.openHandover(&rows.Items[i].Handover)
		}
	}
	return rows, err
}

// handovers is the query of a filter.
func (s *Store) handovers(by *session, db *gorm.DB, f HandoverFilter) (*gorm.DB, error) {
	q := f.apply(handoverQuery(db))
	q = by.findHandover(q, strings.TrimSpace(f.Find))
	return s.watched(q, f.Watch)
}

func (f HandoverFilter) apply(q *gorm.DB) *gorm.DB {
	switch {
	case f.State != "":
		q = q.Where("h.state = ?", f.State)
	case f.FormNos == nil && f.ID == 0 && !f.WithVoided: // what is asked for by number is meant
		q = q.Where("h.state <> '作废'")
	}
	for _, w := range []struct {
		set   bool
		where string
		args  []any
	}{
		{f.ID != 0, "h.id = ?", []any{f.ID}},
		{f.From != "", "h.handed_at >= ?", []any{f.From}},
		{f.To != "", "h.handed_at < ?", []any{f.To + "~"}}, // behind every minute of the day
		{f.DepartmentID != 0, "h.department_id = ?", []any{f.DepartmentID}},
		{f.StaffID != 0, "h.staff_id = ?", []any{f.StaffID}},
		{f.SupplierID != 0, "h.supplier_id = ?", []any{f.SupplierID}},
		{f.Timeliness != "", "h.timeliness = ?", []any{f.Timeliness}},
		{f.Giver != "", "h.giver = ?", []any{f.Giver}},
		{f.Category != "", "EXISTS (SELECT 1 FROM handover_item i WHERE i.handover_id = h.id AND i.category = ? AND " + itemStands + ")", []any{f.Category}},
		{f.Disposed != "", "EXISTS (SELECT 1 FROM disposition x WHERE x.handover_id = h.id AND x.kind = ? AND " + dispositionStands + ")", []any{f.Disposed}},
		{f.Keeper != "", "h.keeper = ? AND " + isKept, []any{f.Keeper}},
		{f.FormNos != nil, "h.form_no IN ?", []any{f.FormNos}},
	} {
		if w.set {
			q = q.Where(w.where, w.args...)
		}
	}
	if f.Anonymous != nil {
		q = q.Where("h.anonymous = ?", *f.Anonymous)
	}
	return q
}

// findHandover narrows a query to what a few typed letters may mean. Patients
// and givers are found by their whole name or number only, as those are sealed.
func (by *session) findHandover(q *gorm.DB, find string) *gorm.DB {
	if find == "" {
		return q
	}
	part := like("%", find, "%")
	where := `h.form_no LIKE ? ESCAPE '\' OR h.old_no LIKE ? ESCAPE '\' OR s.name LIKE ? ESCAPE '\' OR s.initials LIKE ? ESCAPE '\'
		OR s.employee_no LIKE ? ESCAPE '\' OR d.name LIKE ? ESCAPE '\' OR p.name LIKE ? ESCAPE '\'
		OR h.keeper LIKE ? ESCAPE '\' OR h.co_keeper LIKE ? ESCAPE '\' OR h.kept_at LIKE ? ESCAPE '\'
		OR h.id IN (SELECT handover_id FROM receipt r WHERE r.form_no LIKE ? ESCAPE '\' UNION ALL
			SELECT handover_id FROM disposition x WHERE x.form_no LIKE ? ESCAPE '\' OR x.voucher = ?)`
	args := []any{part, part, part, like("% ", find, "%"), like("", find, "%"), part, part, part, part, part, part, part, find}
	if by.account.Role.May(model.ReadPlain) {
		where += ` OR h.patient_mark IN ? OR h.admission_no_mark IN ? OR h.giver_name_mark IN ?`
		name := model.TidyName(find)
		args = append(args, by.marks("handover", "patient", name), by.marks("handover", "admission_no", find), by.marks("handover", "giver_name", name))
	}
	return q.Where("("+where+")", args...)
}

// Handover returns one handover.
func (s *Store) Handover(ctx context.Context, id int64) (HandoverRow, error) {
	return s.oneHandover(ctx, "h.id = ?", id, "次红包上交")
}

// HandoverByNumber finds a handover by its number as typed or scanned, or by
// the number of a receipt or disposition of it.
func (s *Store) HandoverByNumber(ctx context.Context, typed string) (HandoverRow, error) {
	no, err := parseNumber(typed)
	if err != nil {
		return HandoverRow{}, err
	}
	where, ok := map[string]string{
		model.HandoverPrefix:    "h.form_no = ?",
		model.ReceiptPrefix:     "h.id = (SELECT r.handover_id FROM receipt r WHERE r.form_no = ?)",
		model.DispositionPrefix: "h.id = (SELECT x.handover_id FROM disposition x WHERE x.form_no = ?)",
	}[no.Prefix]
	if !ok {
		return HandoverRow{}, model.Errorf(model.Invalid, "%s 不是红包上交的编号。登记号以 %s 开头，收据号以 %s 开头，处置单号以 %s 开头",
			no, model.HandoverPrefix, model.ReceiptPrefix, model.DispositionPrefix)
	}
	return s.oneHandover(ctx, where, no.String(), "次红包上交："+no.String())
}

func (s *Store) oneHandover(ctx context.Context, where string, arg any, word string) (HandoverRow, error) {
	var row HandoverRow
	by, err := s.may(model.Read)
	if err != nil {
		return row, err
	}
	if err := first(handoverQuery(s.read(ctx)).Select(handoverSelect).Where(where, arg), &row, word); err != nil {
		return row, err
	}
	return row, by.openHandover(&row.Handover)
}

func (c *change) findHandover(id int64) (model.Handover, error) {
	var h model.Handover
	q := c.Table("handover h").Select("h.*, COALESCE(p.name, '') AS company").Joins("LEFT JOIN supplier p ON p.id = h.supplier_id")
	if err := first(q.Where("h.id = ?", id), &h, "次红包上交"); err != nil {
		return h, err
	}
	return h, c.by.openHandover(&h)
}

func (by *session) openHandover(h *model.Handover) error {
	return by.unseal("handover", map[string]*string{"giver_name": &h.GiverName, "patient": &h.Patient, "admission_no": &h.AdmissionNo,
		"bed": &h.Bed, "agent": &h.Agent, "story": &h.Story, "bystanders": &h.Bystanders, "remark": &h.Remark})
}
