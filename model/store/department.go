package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/pinyin"
)

func departmentColumns(d model.Department) columns {
	return columns{
		"name": d.Name, "kind": string(d.Kind), "head_id": null(d.HeadID), "nurse_head_id": null(d.NurseHeadID),
		"leader": d.Leader, "sort_order": d.SortOrder, "closed_on": string(d.ClosedOn), "initials": pinyin.Initials(d.Name),
	}
}

// DepartmentRow is a department as lists show it.
type DepartmentRow struct {
	model.Department
	Head      string
	NurseHead string
	Staff     int // employed now
	KeyPosts  int
}

// DepartmentFilter narrows the list of departments.
type DepartmentFilter struct {
	Find   string // part of the name, or pinyin initials
	Kind   model.DepartmentKind
	Closed bool // also the closed ones
}

var departmentOrders = orders{
	"order": {"d.sort_order", "d.id"},
	"name":  {"d.name"},
	"kind":  {"d.kind", "d.sort_order", "d.id"},
	"staff": {"staff", "d.sort_order", "d.id"},
}

const departmentSelect = `d.*, COALESCE(h.name, '') AS head, COALESCE(n.name, '') AS nurse_head,
	(SELECT COUNT(*) FROM staff s WHERE s.department_id = d.id AND s.left_on = '') AS staff,
	(SELECT COUNT(*) FROM staff s WHERE s.department_id = d.id AND s.left_on = '' AND s.key_post_reason <> '') AS key_posts`

// Departments lists departments.
func (s *Store) Departments(ctx context.Context, f DepartmentFilter, p Page) (Rows[DepartmentRow], error) {
	q := s.read(ctx).Table("department d").
		Joins("LEFT JOIN staff h ON h.id = d.head_id").
		Joins("LEFT JOIN staff n ON n.id = d.nurse_head_id")
	if f.Find != "" {
		q = q.Where(`(d.name LIKE ? ESCAPE '\' OR d.initials LIKE ? ESCAPE '\')`, like("%", f.Find, "%"), like("% ", f.Find, "%"))
	}
	if f.Kind != "" {
		q = q.Where("d.kind = ?", f.Kind)
	}
	if !f.Closed {
		q = q.Where("d.closed_on = ''")
	}
	return fetch[DepartmentRow](q, departmentSelect, departmentOrders.clause(p, "order"), p)
}

// Department returns one department.
func (s *Store) Department(ctx context.Context, id int64) (model.Department, error) {
	return findDepartment(s.read(ctx), id)
}

// DepartmentNamed returns the department with a name, closed ones included.
func (s *Store) DepartmentNamed(ctx context.Context, name string) (model.Department, error) {
	var d model.Department
	res := s.read(ctx).Table("department").Where("name = ?", name).Limit(1).Find(&d)
	if res.Error == nil && res.RowsAffected == 0 {
		return d, model.Errorf(model.NotFound, "没有名为“%s”的科室", name)
	}
	return d, faultOf(res.Error)
}

func findDepartment(db *gorm.DB, id int64) (model.Department, error) {
	var d model.Department
	err := first(db.Table("department").Where("id = ?", id), &d, "个科室")
	return d, err
}

// SaveDepartment adds a department (ID 0) or changes one and returns its id. A
// department is closed by giving ClosedOn, which is refused while people work
// in it.
func (s *Store) SaveDepartment(ctx context.Context, d model.Department) (int64, error) {
	d.Name = model.TidyDepartment(d.Name) // as a roster would bring it
	if err := d.Validate(); err != nil {
		return 0, err
	}
	err := s.writeOrNothing(ctx, model.Write, func(c *change) (bool, error) {
		if err := c.departmentMayBe(d); err != nil {
			return false, err
		}
		if d.ID == 0 {
			id, err := c.addDepartment(d)
			d.ID = id
			return true, err
		}
		old, err := findDepartment(c.DB, d.ID)
		if err != nil || old == d {
			return false, err
		}
		after := departmentColumns(d)
		if err := c.update("department", d.ID, after); err != nil {
			return false, err
		}
		return true, c.record("修改", "科室", d.ID, d.Name, departmentColumns(old), after)
	})
	return d.ID, err
}

// departmentMayBe checks what only the other rows can tell.
func (c *change) departmentMayBe(d model.Department) error {
	var n int64
	if err := c.Table("department").Where("name = ? AND id <> ?", d.Name, d.ID).Count(&n).Error; err != nil {
		return err
	}
	if n > 0 {
		return model.FieldErrors{{Field: "Name", Label: "科室名称", Message: "已有同名科室"}}
	}
	if d.ClosedOn == "" || d.ID == 0 {
		return nil
	}
	if err := c.Table("staff").Where("department_id = ? AND left_on = ''", d.ID).Count(&n).Error; err != nil {
		return err
	}
	if n > 0 {
		return model.FieldErrors{{Field: "ClosedOn", Label: "撤销日期", Message: fmt.Sprintf("还有 %d 名在职职工，请先把他们调到别的科室", n)}}
	}
	return nil
}

// addDepartment puts a department at the end of the list unless it has a place.
func (c *change) addDepartment(d model.Department) (int64, error) {
	if d.SortOrder == 0 {
		if err := c.Raw(`SELECT COALESCE(MAX(sort_order), 0) + 1 FROM department`).Scan(&d.SortOrder).Error; err != nil {
			return 0, err
		}
	}
	id, err := c.insert("department", departmentColumns(d))
	if err != nil {
		return 0, err
	}
	return id, c.record("新增", "科室", id, d.Name, nil, departmentColumns(d))
}

// reopenDepartment takes the closing of a department back.
func (c *change) reopenDepartment(id int64) error {
	old, err := findDepartment(c.DB, id)
	if err != nil {
		return err
	}
	d := old
	d.ClosedOn = ""
	if err := c.Exec(`UPDATE department SET closed_on = '' WHERE id = ?`, id).Error; err != nil {
		return err
	}
	return c.record("修改", "科室", id, d.Name, departmentColumns(old), departmentColumns(d))
}

// Aliases returns the department that each other name stands for.
func (s *Store) Aliases(ctx context.Context) (map[string]string, error) {
	var rows []struct{ Alias, Name string }
	err := s.read(ctx).Raw(`SELECT a.alias, d.name FROM department_alias a JOIN department d ON d.id = a.department_id`).Scan(&rows).Error
	out := make(map[string]string, len(rows))
	for _, r := range rows {
		out[r.Alias] = r.Name
	}
	return out, faultOf(err)
}

// PartyBranches lists the party branches by name.
func (s *Store) PartyBranches(ctx context.Context) ([]model.PartyBranch, error) {
	var out []model.PartyBranch
	err := s.read(ctx).Table("party_branch").Order("name").Find(&out).Error
	return out, faultOf(err)
}

// SavePartyBranch adds a branch (ID 0) or renames one and returns its id.
func (s *Store) SavePartyBranch(ctx context.Context, b model.PartyBranch) (int64, error) {
	if err := b.Validate(); err != nil {
		return 0, err
	}
	err := s.writeOrNothing(ctx, model.Write, func(c *change) (bool, error) {
		var n int64
		if err := c.Table("party_branch").Where("name = ? AND id <> ?", b.Name, b.ID).Count(&n).Error; err != nil {
			return false, err
		}
		if n > 0 {
			return false, model.FieldErrors{{Field: "Name", Label: "支部名称", Message: "已有同名支部"}}
		}
		if b.ID == 0 {
			var err error
			b.ID, err = c.addBranch(b.Name)
			return true, err
		}
		var old model.PartyBranch
		if err := first(c.Table("party_branch").Where("id = ?", b.ID), &old, "个支部"); err != nil || old == b {
			return false, err
		}
		if err := c.Table("party_branch").Where("id = ?", b.ID).Update("name", b.Name).Error; err != nil {
			return false, err
		}
		return true, c.record("修改", "支部", b.ID, b.Name, columns{"name": old.Name}, columns{"name": b.Name})
	})
	return b.ID, err
}

func (c *change) addBranch(name string) (int64, error) {
	row := columns{"name": name}
	id, err := c.insert("party_branch", row)
	if err != nil {
		return 0, err
	}
	return id, c.record("新增", "支部", id, name, nil, row)
}

// departmentNames maps the id of every department to its name.
func departmentNames(db *gorm.DB) (map[int64]string, map[string]int64, error) {
	var rows []struct {
		ID   int64
		Name string
	}
	if err := db.Table("department").Find(&rows).Error; err != nil {
		return nil, nil, err
	}
	byID, byName := make(map[int64]string, len(rows)), make(map[string]int64, len(rows))
	for _, r := range rows {
		byID[r.ID], byName[r.Name] = r.Name, r.ID
	}
	return byID, byName, nil
}
