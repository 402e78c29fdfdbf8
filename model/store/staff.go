package store

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/pinyin"
)

func staffColumns(s model.Staff) columns {
	return columns{
		"employee_no": s.EmployeeNo, "name": s.Name, "sex": string(s.Sex), "born_on": string(s.BornOn),
		"id_number": s.IDNumber, "phone": s.Phone, "department_id": s.DepartmentID, "branch_id": null(s.BranchID),
		"post": s.Post, "title": s.Title, "position": s.Position, "political": s.Political,
		"joined_on": string(s.JoinedOn), "key_post_reason": s.KeyPostReason, "grid_supervisor": flag(s.GridSupervisor),
		"note": s.Note, "left_on": string(s.LeftOn), "left_reason": s.LeftReason,
		"sort_key": pinyin.SortKey(s.Name), "initials": pinyin.Initials(s.Name),
	}
}

// StaffRow is a staff member as lists and forms show one.
type StaffRow struct {
	model.Staff
	Department string
	Branch     string
}

// StaffStatus narrows a list to those employed, those who left, or neither.
type StaffStatus string

// The values of [StaffStatus]; "" means employed.
const (
	Employed StaffStatus = ""
	HasLeft  StaffStatus = "left"
	Anyone   StaffStatus = "all"
)

// StaffFilter narrows the list of staff.
type StaffFilter struct {
	// Find is part of a name, pinyin initials, the beginning of a 工号, or a
	// whole ID or telephone number.
	Find           string
	DepartmentID   int64
	BranchID       int64
	Post           string
	Status         StaffStatus
	KeyPost        bool // only key posts
	GridSupervisor bool // only grid supervisors
}

var staffOrders = orders{
	"department":  {"d.sort_order", "s.employee_no"},
	"employee_no": {"s.employee_no"},
	"name":        {"s.sort_key", "s.employee_no"},
	"post":        {"s.post", "s.employee_no"},
	"title":       {"s.title", "s.employee_no"},
	"position":    {"s.position", "s.employee_no"},
	"joined_on":   {"s.joined_on", "s.employee_no"},
	"left_on":     {"s.left_on", "s.employee_no"},
}

const staffSelect = `s.*, d.name AS department, COALESCE(b.name, '') AS branch`

func staffQuery(db *gorm.DB) *gorm.DB {
	return db.Table("staff s").Joins("JOIN department d ON d.id = s.department_id").
		Joins("LEFT JOIN party_branch b ON b.id = s.branch_id")
}

// Staff lists staff members.
func (s *Store) Staff(ctx context.Context, f StaffFilter, p Page) (Rows[StaffRow], error) {
	by, err := s.may(model.Read)
	if err != nil {
		return Rows[StaffRow]{}, err
	}
	q := by.findPerson(staffQuery(s.read(ctx)), f.Find)
	if f.DepartmentID != 0 {
		q = q.Where("s.department_id = ?", f.DepartmentID)
	}
	if f.BranchID != 0 {
		q = q.Where("s.branch_id = ?", f.BranchID)
	}
	if f.Post != "" {
		q = q.Where("s.post = ?", f.Post)
	}
	switch f.Status {
	case Employed:
		q = q.Where("s.left_on = ''")
	case HasLeft:
		q = q.Where("s.left_on <> ''")
	}
	if f.KeyPost {
		q = q.Where("s.key_post_reason <> ''")
	}
	if f.GridSupervisor {
		q = q.Where("s.grid_supervisor = 1")
	}
	rows, err := fetch[StaffRow](q, staffSelect, staffOrders.clause(p, "department"), p)
	if err != nil {
		return rows, err
	}
	for i := range rows.Items {
		if err := by.openStaff(&rows.Items[i].Staff); err != nil {
			return Rows[StaffRow]{}, err
		}
	}
	return rows, nil
}

// findPerson narrows a query that knows staff as s to the people a few typed
// letters may mean. A whole ID number or telephone number finds its owner.
func (by *session) findPerson(q *gorm.DB, find string) *gorm.DB {
	find = strings.TrimSpace(find)
	if find == "" {
		return q
	}
	if digits := strings.ToUpper(find); by.account.Role.May(model.ReadPlain) && looksSecret(digits) {
		return q.Where(`(s.id_number_mark IN ? OR s.phone_mark IN ? OR s.employee_no LIKE ? ESCAPE '\')`,
			by.marks("staff", "id_number", digits), by.marks("staff", "phone", find), like("", find, "%"))
	}
	return q.Where(`(s.name LIKE ? ESCAPE '\' OR s.employee_no LIKE ? ESCAPE '\' OR s.initials LIKE ? ESCAPE '\')`,
		like("%", find, "%"), like("", find, "%"), like("% ", find, "%"))
}

// looksSecret reports whether text may be a whole ID number or telephone
// number: at least seven digits, blanks, hyphens and the like.
func looksSecret(text string) bool {
	return len(text) >= 7 && strings.Trim(text, "0123456789-+ X") == ""
}

// StaffMember returns one staff member.
func (s *Store) StaffMember(ctx context.Context, id int64) (StaffRow, error) {
	var row StaffRow
	by, err := s.may(model.Read)
	if err != nil {
		return row, err
	}
	if err := first(staffQuery(s.read(ctx)).Select(staffSelect).Where("s.id = ?", id), &row, "名职工"); err != nil {
		return row, err
	}
	return row, by.openStaff(&row.Staff)
}

// Posts returns the words in use as 岗位类别, for filters.
func (s *Store) Posts(ctx context.Context) ([]string, error) {
	var out []string
	err := s.read(ctx).Raw(`SELECT DISTINCT post FROM staff WHERE post <> '' ORDER BY post`).Scan(&out).Error
	return out, faultOf(err)
}

// staff loads one staff member with the sealed values open.
func (c *change) staff(id int64) (model.Staff, error) {
	var m model.Staff
	if err := first(c.Table("staff").Where("id = ?", id), &m, "名职工"); err != nil {
		return m, err
	}
	return m, c.by.openStaff(&m)
}

// SaveStaff adds a staff member (ID 0) or changes one and returns the id. It
// neither hires nor dismisses: LeftOn is changed by [Store.Leave] and
// [Store.ComeBack] only.
func (s *Store) SaveStaff(ctx context.Context, m model.Staff) (int64, error) {
	m.Name = model.TidyName(m.Name) // as a roster would bring it
	if err := m.Validate(); err != nil {
		return 0, err
	}
	err := s.writeOrNothing(ctx, model.Write, func(c *change) (bool, error) {
		if err := c.employeeNoIsFree(m); err != nil {
			return false, err
		}
		if m.ID == 0 {
			m.LeftOn, m.LeftReason = "", ""
			id, err := c.insert("staff", staffColumns(m))
			if err != nil {
				return false, err
			}
			m.ID = id
			return true, c.record("新增", "职工", id, m.EmployeeNo, nil, staffColumns(m))
		}
		old, err := c.staff(m.ID)
		if err != nil {
			return false, err
		}
		m.LeftOn, m.LeftReason = old.LeftOn, old.LeftReason
		if old == m {
			return false, nil
		}
		return true, c.updateStaff("修改", old, m)
	})
	return m.ID, err
}

func (c *change) employeeNoIsFree(m model.Staff) error {
	var n int64
	if err := c.Table("staff").Where("employee_no = ? AND id <> ?", m.EmployeeNo, m.ID).Count(&n).Error; err != nil {
		return err
	}
	if n > 0 {
		return model.FieldErrors{{Field: "EmployeeNo", Label: "工号", Message: "已有职工使用这个工号"}}
	}
	return nil
}

func (c *change) updateStaff(action string, old, m model.Staff) error {
	after := staffColumns(m)
	if err := c.update("staff", m.ID, after); err != nil {
		return err
	}
	return c.record(action, "职工", m.ID, m.EmployeeNo, staffColumns(old), after)
}

// Leave records that a staff member left on a day. Papers that still wait for
// the signature are excused in the same transaction, and posts as head end.
func (s *Store) Leave(ctx context.Context, id int64, on day.Date, reason string) error {
	if !on.Valid() {
		return model.FieldErrors{{Field: "LeftOn", Label: "离职日期", Message: "请填写日期"}}
	}
	return s.write(ctx, model.Write, func(c *change) error { return c.leave(id, on, reason) })
}

func (c *change) leave(id int64, on day.Date, reason string) error {
	old, err := c.staff(id)
	if err != nil {
		return err
	}
	if old.Left() {
		return model.Errorf(model.Conflict, "%s（%s）已于 %s 离职", old.Name, old.EmployeeNo, old.LeftOn)
	}
	m := old
	m.LeftOn, m.LeftReason, m.GridSupervisor = on, strings.TrimSpace(reason), false
	if err := m.Validate(); err != nil {
		return err
	}
	if err := c.updateStaff("离职", old, m); err != nil {
		return err
	}
	if err := c.resignAsHead(id); err != nil {
		return err
	}
	return c.excusePapers(id)
}

func (c *change) resignAsHead(id int64) error {
	var held []model.Department
	if err := c.Table("department").Where("head_id = ? OR nurse_head_id = ?", id, id).Find(&held).Error; err != nil {
		return err
	}
	for _, d := range held {
		before := departmentColumns(d)
		if d.HeadID == id {
			d.HeadID = 0
		}
		if d.NurseHeadID == id {
			d.NurseHeadID = 0
		}
		after := departmentColumns(d)
		if err := c.update("department", d.ID, after); err != nil {
			return err
		}
		if err := c.record("修改", "科室", d.ID, d.Name, before, after); err != nil {
			return err
		}
	}
	return nil
}

// ComeBack takes a departure back, or records a return to the hospital.
func (s *Store) ComeBack(ctx context.Context, id int64) error {
	return s.write(ctx, model.Write, func(c *change) error {
		old, err := c.staff(id)
		if err != nil {
			return err
		}
		if !old.Left() {
			return model.Errorf(model.Conflict, "%s（%s）在职，无需恢复", old.Name, old.EmployeeNo)
		}
		m := old
		m.LeftOn, m.LeftReason = "", ""
		if err := c.updateStaff("恢复在职", old, m); err != nil {
			return err
		}
		return c.awaitPapers(id)
	})
}
