package store

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/day"
)

func findingColumns(f model.Finding) columns {
	return columns{
		"form_no": f.FormNo, "campaign_id": null(f.CampaignID), "source": f.Source, "origin": f.Origin,
		"problem_id": null(f.ProblemID), "pick_id": null(f.PickID), "found_on": string(f.FoundOn), "category": f.Category,
		"level": string(f.Level), "department_id": f.DepartmentID, "staff_id": null(f.StaffID), "leader": f.Leader,
		"problem": f.Problem, "measure": f.Measure, "funds_fen": f.FundsFen, "due_on": string(f.DueOn),
		"contingency": f.Contingency, "state": string(f.State), "notified_on": string(f.NotifiedOn),
		"begun_on": string(f.BegunOn), "submitted_on": string(f.SubmittedOn), "submitted_by": f.SubmittedBy,
		"mended_by": f.MendedBy, "result": f.Result, "refused_on": string(f.RefusedOn), "refuse_reason": f.RefuseReason,
		"accepted_on": string(f.AcceptedOn), "accepted_by": f.AcceptedBy, "accept_note": f.AcceptNote,
		"look_back_due": string(f.LookBackDue), "look_back_on": string(f.LookBackOn), "look_back_by": f.LookBackBy,
		"look_back_note": f.LookBackNote, "relapses": f.Relapses, "void_reason": f.VoidReason, "voided_on": string(f.VoidedOn),
	}
}

// FindingRow is a finding as lists show it.
type FindingRow struct {
	model.Finding
	Campaign    string
	Department  string
	Person      string // 责任人
	Extensions  int    // requests that wait for a decision
	Attachments int
}

// FindingFilter narrows the register of findings.
type FindingFilter struct {
	CampaignID     int64 // 0 for findings outside of campaigns
	AllCampaigns   bool  // CampaignID does not count
	DepartmentID   int64
	State          model.FindingState // "" for all but voided ones
	Open           bool               // neither closed out nor voided
	Overdue        bool               // open, and the limit has passed
	LookBackDue    bool               // closed out, and due to be looked at again
	ExtensionAsked bool               // a request for more time waits for a decision
	Level          model.FindingLevel
	Source         string
	Find           string // part of the number or the problem, department, person by name, pinyin initials or 工号
	PickID         int64  // only what this inspection found
	Due            string // YYYY-MM-DD: only findings whose limit is this day or earlier
	FormNos        []string
}

var findingOrders = orders{
	"form_no":    {"f.form_no"},
	"found_on":   {"f.found_on", "f.id"},
	"due_on":     {"f.due_on = ''", "f.due_on", "f.id"}, // without a limit last
	"department": {"d.sort_order", "f.id"},
	"person":     {"s.sort_key", "f.id"},
	"level":      {"f.level = '一般'", "f.due_on", "f.id"}, // grave ones first
	"state":      {stateOrder, "f.due_on", "f.id"},
	"source":     {"f.source", "f.id"},
	"category":   {"f.category", "f.id"},
}

// stateOrder is the order of [model.FindingStates].
const stateOrder = `CASE f.state WHEN '待整改' THEN 1 WHEN '整改中' THEN 2 WHEN '待验收' THEN 3 WHEN '退回' THEN 4
	WHEN '反弹' THEN 5 WHEN '已销号' THEN 6 ELSE 7 END`

const findingSelect = `f.*, COALESCE(c.title, '') AS campaign, d.name AS department, COALESCE(s.name, '') AS person,
	(SELECT COUNT(*) FROM extension e WHERE e.finding_id = f.id AND e.state = '待批') AS extensions,
	(SELECT COUNT(*) FROM attachment a WHERE a.entity = '问题' AND a.entity_id = f.id AND a.voided_on = '') AS attachments`

const isOpen = "f.state NOT IN ('已销号', '作废')"

func findingQuery(db *gorm.DB) *gorm.DB {
	return db.Table("finding f").Joins("JOIN department d ON d.id = f.department_id").
		Joins("LEFT JOIN staff s ON s.id = f.staff_id").Joins("LEFT JOIN campaign c ON c.id = f.campaign_id")
}

// Findings lists findings.
func (s *Store) Findings(ctx context.Context, f FindingFilter, p Page) (Rows[FindingRow], error) {
	q := f.apply(findingQuery(s.read(ctx)), s.Today())
	return fetch[FindingRow](q, findingSelect, findingOrders.clause(p, "form_no"), p)
}

func (f FindingFilter) apply(q *gorm.DB, today day.Date) *gorm.DB {
	switch {
	case f.AllCampaigns:
	case f.CampaignID == 0:
		q = q.Where("f.campaign_id IS NULL")
	default:
		q = q.Where("f.campaign_id = ?", f.CampaignID)
	}
	switch {
	case f.State != "":
		q = q.Where("f.state = ?", f.State)
	case f.FormNos == nil: // what is asked for by number is meant
		q = q.Where("f.state <> '作废'")
	}
	for _, w := range []struct {
		set   bool
		where string
		args  []any
	}{
		{f.DepartmentID != 0, "f.department_id = ?", []any{f.DepartmentID}},
		{f.Open || f.Overdue, isOpen, nil},
		{f.Overdue, "f.due_on <> '' AND f.due_on < ?", []any{today}},
		{f.LookBackDue, lookBackDue, []any{today}},
		{f.ExtensionAsked, asksForTime, nil},
		{f.Level != "", "f.level = ?", []any{f.Level}},
		{f.Source != "", "f.source = ?", []any{f.Source}},
		{f.PickID != 0, "f.pick_id = ?", []any{f.PickID}},
		{f.Due != "", "f.due_on <> '' AND f.due_on <= ?", []any{f.Due}},
		{f.FormNos != nil, "f.form_no IN ?", []any{f.FormNos}},
	} {
		if w.set {
			q = q.Where(w.where, w.args...)
		}
	}
	if f.Find != "" {
		part := like("%", f.Find, "%")
		q = q.Where(`(f.form_no LIKE ? ESCAPE '\' OR f.problem LIKE ? ESCAPE '\' OR d.name LIKE ? ESCAPE '\'
			OR s.name LIKE ? ESCAPE '\' OR s.initials LIKE ? ESCAPE '\' OR s.employee_no LIKE ? ESCAPE '\')`,
			part, part, part, part, like("% ", f.Find, "%"), like("", f.Find, "%"))
	}
	return q
}

const asksForTime = "EXISTS (SELECT 1 FROM extension e WHERE e.finding_id = f.id AND e.state = '待批')"

// lookBackDue takes the current day.
const lookBackDue = "f.state = '已销号' AND f.look_back_on = '' AND f.look_back_due <> '' AND f.look_back_due <= ?"

// Finding returns one finding.
func (s *Store) Finding(ctx context.Context, id int64) (FindingRow, error) {
	var row FindingRow
	err := first(findingQuery(s.read(ctx)).Select(findingSelect).Where("f.id = ?", id), &row, "个问题")
	return row, err
}

// FindingByNumber finds a finding by its number as typed or scanned.
func (s *Store) FindingByNumber(ctx context.Context, typed string) (FindingRow, error) {
	var row FindingRow
	no, err := parseNumber(typed)
	if err != nil {
		return row, err
	}
	if no.Prefix != model.FindingPrefix {
		return row, model.Errorf(model.Invalid, "%s 不是问题的编号。问题的编号以 %s 开头", no, model.FindingPrefix)
	}
	err = first(findingQuery(s.read(ctx)).Select(findingSelect).Where("f.form_no = ?", no.String()), &row, "个问题："+no.String())
	return row, err
}

func findFinding(db *gorm.DB, id int64) (model.Finding, error) {
	var f model.Finding
	err := first(db.Table("finding").Where("id = ?", id), &f, "个问题")
	return f, err
}

// addFinding checks, numbers and stores a new finding and returns it as it is
// stored. Its state is 待整改 unless it says otherwise; the number is of the
// year in which it is written down.
func (c *change) addFinding(f model.Finding) (model.Finding, error) {
	if f.State == "" {
		f.State = model.ToMend
	}
	if err := f.Validate(); err != nil {
		return f, err
	}
	var err error
	if f.FormNo, err = c.number(model.FindingPrefix); err != nil {
		return f, err
	}
	row := findingColumns(f)
	if f.ID, err = c.insert("finding", row); err != nil {
		return f, err
	}
	return f, c.record("新增", "问题", f.ID, f.FormNo, nil, row)
}

// SaveFinding adds a finding (ID 0), 待整改 and with a number of its own, or
// changes what Validate covers of one that is not closed. It returns id and
// number. Once work has begun the limit moves by an extension only.
func (s *Store) SaveFinding(ctx context.Context, m model.Finding) (int64, string, error) {
	if err := s.notAfterToday("发现日期", m.FoundOn); err != nil {
		return 0, "", err
	}
	err := s.writeOrNothing(ctx, model.Write, func(c *change) (bool, error) {
		if m.ID == 0 {
			return true, c.newFinding(&m)
		}
		old, err := findFinding(c.DB, m.ID)
		if err != nil {
			return false, err
		}
		m = edited(old, m)
		if m == old {
			return false, nil
		}
		if err := c.mayEdit(old, m); err != nil {
			return false, err
		}
		return true, c.storeFinding("修改", old, m)
	})
	return m.ID, m.FormNo, err
}

// newFinding adds what a person typed: no step of it has been taken yet.
func (c *change) newFinding(m *model.Finding) error {
	fresh := edited(model.Finding{CampaignID: m.CampaignID, PickID: m.PickID, State: model.ToMend}, *m)
	if fresh.PickID != 0 {
		if err := c.fromPick(&fresh); err != nil {
			return err
		}
	}
	if fresh.CampaignID != 0 {
		if _, err := findCampaign(c.DB, fresh.CampaignID); err != nil {
			return err
		}
	}
	if err := c.responsible(fresh, 0); err != nil {
		return err
	}
	added, err := c.addFinding(fresh)
	if err == nil {
		*m = added
	}
	return err
}

// fromPick gives a finding of an inspection the campaign and number of its draw.
func (c *change) fromPick(f *model.Finding) error {
	_, d, err := findPick(c.DB, f.PickID)
	if err != nil {
		return err
	}
	if d.VoidedOn != "" {
		return model.Errorf(model.Conflict, "抽取 %s 已作废（%s），不能登记它的问题", d.FormNo, d.VoidReason)
	}
	f.CampaignID = d.CampaignID
	if f.Origin == "" {
		f.Origin = "双随机抽查 " + d.FormNo
	}
	return nil
}

// edited is old with what people may change of it taken from m.
func edited(old, m model.Finding) model.Finding {
	f := old
	f.Source, f.Origin, f.FoundOn, f.Category, f.Level = m.Source, m.Origin, m.FoundOn, m.Category, m.Level
	f.DepartmentID, f.StaffID, f.Leader, f.Problem = m.DepartmentID, m.StaffID, m.Leader, m.Problem
	f.Measure, f.FundsFen, f.DueOn, f.Contingency = m.Measure, m.FundsFen, m.DueOn, m.Contingency
	return f
}

// mayEdit refuses what a finding's state does not allow to be changed.
func (c *change) mayEdit(old, m model.Finding) error {
	if old.Closed() {
		return model.Errorf(model.Conflict, "问题 %s %s，不能修改", old.FormNo, old.State)
	}
	if m.DueOn != old.DueOn {
		if old.BegunOn != "" {
			return model.Errorf(model.Conflict, "问题 %s 已于 %s 开始整改，时限只能通过延期申请改动", old.FormNo, old.BegunOn)
		}
		if n, err := c.openExtensions(old.ID); err != nil {
			return err
		} else if n > 0 {
			return model.Errorf(model.Conflict, "问题 %s 有待批的延期申请，审批后再改时限", old.FormNo)
		}
	}
	if err := m.Validate(); err != nil {
		return err
	}
	return c.responsible(m, old.StaffID)
}

// responsible checks department and person of a finding; before is the person
// on file, who may have left since.
func (c *change) responsible(f model.Finding, before int64) error {
	if f.DepartmentID != 0 { // else Validate says so
		if _, err := findDepartment(c.DB, f.DepartmentID); err != nil {
			return err
		}
	}
	if f.StaffID == 0 || f.StaffID == before {
		return nil
	}
	var p model.Staff
	if err := first(c.Table("staff").Where("id = ?", f.StaffID), &p, "名职工"); err != nil {
		return err
	}
	if p.Left() {
		return model.FieldErrors{{Field: "StaffID", Label: "责任人", Message: p.Name + " 已于 " + string(p.LeftOn) + " 离职，请选在职的人"}}
	}
	return nil
}

// storeFinding writes a finding that was changed, with its audit line.
func (c *change) storeFinding(action string, old, f model.Finding) error {
	after := findingColumns(f)
	if err := c.update("finding", f.ID, after); err != nil {
		return err
	}
	return c.record(action, "问题", f.ID, f.FormNo, findingColumns(old), after)
}

// notAfterToday refuses a day that has not come yet. What is no day at all is
// for Validate to say.
func (s *Store) notAfterToday(label string, on day.Date) error {
	if today := s.Today(); on.Valid() && on > today {
		return model.Errorf(model.Invalid, "%s %s 在今天（%s）之后，请核对", label, on, today)
	}
	return nil
}

// Extensions lists the requests for more time of a finding, the newest first.
func (s *Store) Extensions(ctx context.Context, findingID int64) ([]model.Extension, error) {
	var out []model.Extension
	err := s.read(ctx).Table("extension").Where("finding_id = ?", findingID).Order("id").Find(&out).Error
	slices.Reverse(out)
	return out, faultOf(err)
}

func (c *change) openExtensions(findingID int64) (int64, error) {
	var n int64
	err := c.Table("extension").Where("finding_id = ? AND state = ?", findingID, model.Asked).Count(&n).Error
	return n, err
}
