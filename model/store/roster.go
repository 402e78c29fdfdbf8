package store

import (
	"context"
	"maps"
	"slices"
	"sort"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/day"
)

// RosterChange is what a roster would do to one person.
type RosterChange struct {
	Line       int // row in the sheet
	EmployeeNo string
	Name       string
	Department string
	Changes    []model.FieldChange // empty for someone new
}

// RosterPlan is what an import would do; nothing is changed yet.
type RosterPlan struct {
	Added     []RosterChange
	Updated   []RosterChange
	Unchanged int
	// Missing are employed people on file who are no longer in the list. They
	// are never removed; the office may record them as having left.
	Missing        []StaffRow
	NewDepartments []string
	NewBranches    []string
	// Heads names the departments that get their head from the roster's 职务.
	Heads []string
	// Rejected are rows that only what is on file shows to be wrong, and
	// Warnings what is odd in view of it; they come on top of the reading's own.
	Rejected []model.RosterProblem
	Warnings []model.RosterProblem
	// Reopened are closed departments to which the roster assigns people again.
	Reopened []string
}

// RosterAnswers are the clerk's decisions about an import.
type RosterAnswers struct {
	// Aliases says which department on file a name in the roster stands for. It
	// is remembered; a name that stands for itself becomes a new department.
	Aliases map[string]string
	// Leave are the ids of missing people to be recorded as having left on LeftOn.
	Leave  []int64
	LeftOn day.Date
}

// PlanRoster says what importing a roster would do.
func (s *Store) PlanRoster(ctx context.Context, r model.RosterReading, answers RosterAnswers) (RosterPlan, error) {
	by, err := s.may(model.Write)
	if err != nil {
		return RosterPlan{}, err
	}
	b, err := s.prepareRoster(s.read(ctx), by, r, answers)
	if err != nil {
		return RosterPlan{}, faultOf(err)
	}
	return b.plan, nil
}

// ImportRoster does what PlanRoster said, in one transaction. file names the
// roster in the audit trail.
func (s *Store) ImportRoster(ctx context.Context, file string, r model.RosterReading, answers RosterAnswers) (RosterPlan, error) {
	var plan RosterPlan
	err := s.writeOrNothing(ctx, model.Write, func(c *change) (bool, error) {
		b, err := s.prepareRoster(c.DB, c.by, r, answers)
		if err != nil {
			return false, err
		}
		plan = b.plan
		if err := c.storeRoster(b); err != nil {
			return false, err
		}
		if err := c.rememberAliases(answers.Aliases, b); err != nil {
			return false, err
		}
		for _, id := range answers.Leave {
			if err := c.leave(id, answers.LeftOn, "花名册中已无此人"); err != nil {
				return false, err
			}
		}
		if len(c.lines) == 0 {
			return false, nil
		}
		return true, c.record("导入", "花名册", 0, file, nil, columns{"rows": r.Total, "added": len(plan.Added),
			"updated": len(plan.Updated), "unchanged": plan.Unchanged, "rejected": len(r.Rejected), "left": len(answers.Leave)})
	})
	return plan, err
}

// batch is a roster matched with what is on file.
type batch struct {
	plan        RosterPlan
	added       []pending
	updated     []pending
	departments map[string]int64 // id by name, 0 for one to be made
	branches    map[string]int64
	heads       map[string]string // department name → 工号 of its head
	closed      map[string]bool   // departments that are closed, less those reopened
}

// pending is one person to be stored. Names of departments and branches that
// do not exist yet wait for their ids.
type pending struct {
	old, new           model.Staff
	department, branch string
}

func (s *Store) prepareRoster(db *gorm.DB, by *session, r model.RosterReading, answers RosterAnswers) (*batch, error) {
	onFile, names, b, err := loadForRoster(db, by)
	if err != nil {
		return nil, err
	}
	aliases, err := aliasesWith(db, answers.Aliases)
	if err != nil {
		return nil, err
	}
	listed := maps.Clone(r.Listed)
	if listed == nil {
		listed = map[string]bool{}
	}
	doubts := newDoubts(onFile)
	for _, row := range r.Rows {
		listed[row.Staff.EmployeeNo] = true
		if !doubts.admit(row, &b.plan) {
			continue
		}
		department := row.Department
		if known := aliases[department]; known != "" {
			department = known
		}
		b.add(onFile, names, row, department)
	}
	b.plan.Missing = missingFrom(onFile, listed, names)
	words, err := s.assets.RosterWords()
	if err != nil {
		return nil, model.Errorf(model.Invalid, "%v", err)
	}
	return b, b.proposeHeads(db, words.Heads, r, aliases)
}

// loadForRoster reads everyone on file by 工号 and the departments' names. An
// import compares the whole list, so it may hold it whole.
func loadForRoster(db *gorm.DB, by *session) (map[string]model.Staff, map[int64]string, *batch, error) {
	var people []model.Staff
	if err := db.Table("staff").Find(&people).Error; err != nil {
		return nil, nil, nil, err
	}
	onFile := make(map[string]model.Staff, len(people))
	for _, p := range people {
		if err := by.openStaff(&p); err != nil {
			return nil, nil, nil, err
		}
		onFile[p.EmployeeNo] = p
	}
	names, departments, err := departmentNames(db)
	if err != nil {
		return nil, nil, nil, err
	}
	var branches []model.PartyBranch
	if err := db.Table("party_branch").Find(&branches).Error; err != nil {
		return nil, nil, nil, err
	}
	b := &batch{departments: departments, branches: map[string]int64{}, heads: map[string]string{}, closed: map[string]bool{}}
	var closed []string
	if err := db.Raw(`SELECT name FROM department WHERE closed_on <> ''`).Scan(&closed).Error; err != nil {
		return nil, nil, nil, err
	}
	for _, name := range closed {
		b.closed[name] = true
	}
	for _, x := range branches {
		b.branches[x.Name] = x.ID
	}
	return onFile, names, b, nil
}

func aliasesWith(db *gorm.DB, given map[string]string) (map[string]string, error) {
	var rows []struct{ Alias, Name string }
	if err := db.Raw(`SELECT a.alias, d.name FROM department_alias a JOIN department d ON d.id = a.department_id`).Scan(&rows).Error; err != nil {
		return nil, err
	}
	out := make(map[string]string, len(rows)+len(given))
	for _, r := range rows {
		out[r.Alias] = r.Name
	}
	for alias, name := range given {
		out[alias] = name
	}
	return out, nil
}

func (b *batch) add(onFile map[string]model.Staff, names map[int64]string, row model.RosterRow, department string) {
	p := pending{department: department, branch: row.Branch}
	if _, known := b.departments[department]; !known {
		b.departments[department] = 0
		b.plan.NewDepartments = append(b.plan.NewDepartments, department)
	}
	if b.closed[department] {
		delete(b.closed, department)
		b.plan.Reopened = append(b.plan.Reopened, department)
	}
	if row.Branch != "" {
		if _, known := b.branches[row.Branch]; !known {
			b.branches[row.Branch] = 0
			b.plan.NewBranches = append(b.plan.NewBranches, row.Branch)
		}
	}
	said := row.Staff
	said.DepartmentID, said.BranchID = b.departments[department], b.branches[row.Branch]
	change := RosterChange{Line: row.Line, EmployeeNo: said.EmployeeNo, Name: said.Name, Department: department}
	old, known := onFile[said.EmployeeNo]
	if !known {
		p.new = said
		b.added, b.plan.Added = append(b.added, p), append(b.plan.Added, change)
		return
	}
	p.old, p.new = old, old.Merge(said)
	p.new.LeftOn, p.new.LeftReason = "", "" // in the list, so employed again
	change.Changes = old.Differences(p.new)
	if was := names[old.DepartmentID]; was != department {
		change.Changes = append(change.Changes, model.FieldChange{Label: "科室", Old: was, New: department})
	}
	if row.Branch != "" && (said.BranchID == 0 || said.BranchID != old.BranchID) {
		change.Changes = append(change.Changes, model.FieldChange{Label: "支部", New: row.Branch})
	}
	if len(change.Changes) == 0 {
		b.plan.Unchanged++
		return
	}
	b.updated, b.plan.Updated = append(b.updated, p), append(b.plan.Updated, change)
}

func missingFrom(onFile map[string]model.Staff, listed map[string]bool, names map[int64]string) []StaffRow {
	var out []StaffRow
	for no, m := range onFile {
		if !listed[no] && !m.Left() {
			out = append(out, StaffRow{Staff: m, Department: names[m.DepartmentID]})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].EmployeeNo < out[j].EmployeeNo })
	return out
}

// proposeHeads gives a department without a head the one person whose 职务 in
// the roster is one of positions; with two of them the office decides itself.
func (b *batch) proposeHeads(db *gorm.DB, positions []string, r model.RosterReading, aliases map[string]string) error {
	var headed []string
	if err := db.Raw(`SELECT name FROM department WHERE head_id IS NOT NULL`).Scan(&headed).Error; err != nil {
		return err
	}
	has := map[string]bool{}
	for _, name := range headed {
		has[name] = true
	}
	candidates := map[string][]string{}
	for _, row := range r.Rows {
		department := row.Department
		if known := aliases[department]; known != "" {
			department = known
		}
		if slices.Contains(positions, row.Staff.Position) && !has[department] {
			candidates[department] = append(candidates[department], row.Staff.EmployeeNo)
		}
	}
	for name, nos := range candidates {
		if len(nos) == 1 {
			b.heads[name] = nos[0]
			b.plan.Heads = append(b.plan.Heads, name)
		}
	}
	sort.Strings(b.plan.Heads)
	return nil
}

// rememberAliases stores the answers about department names for the next time.
func (c *change) rememberAliases(given map[string]string, b *batch) error {
	for alias, name := range given {
		id := b.departments[name]
		if alias == name || name == "" {
			continue
		}
		if id == 0 {
			return model.Errorf(model.NotFound, "科室别名“%s”指向的科室“%s”不存在", alias, name)
		}
		res := c.Exec(`INSERT INTO department_alias (alias, department_id) VALUES (?, ?)
			ON CONFLICT (alias) DO UPDATE SET department_id = excluded.department_id
			WHERE department_id <> excluded.department_id`, alias, id)
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected == 0 {
			continue
		}
		if err := c.record("新增", "科室别名", id, alias, nil, columns{"name": name}); err != nil {
			return err
		}
	}
	return nil
}

func (c *change) storeRoster(b *batch) error {
	for _, name := range b.plan.NewDepartments {
		d := model.Department{Name: name}
		if err := d.Validate(); err != nil {
			return err
		}
		id, err := c.addDepartment(d)
		if err != nil {
			return err
		}
		b.departments[name] = id
	}
	for _, name := range b.plan.Reopened {
		if err := c.reopenDepartment(b.departments[name]); err != nil {
			return err
		}
	}
	for _, name := range b.plan.NewBranches {
		id, err := c.addBranch(name)
		if err != nil {
			return err
		}
		b.branches[name] = id
	}
	if err := c.addPeople(b); err != nil {
		return err
	}
	for _, p := range b.updated {
		m := b.placed(p)
		if err := c.updateStaff("导入", p.old, m); err != nil {
			return err
		}
		if p.old.Left() {
			if err := c.awaitPapers(m.ID); err != nil {
				return err
			}
		}
	}
	return c.appointHeads(b)
}

// placed fills in the ids that were not known when the row was matched.
func (b *batch) placed(p pending) model.Staff {
	m := p.new
	m.DepartmentID = b.departments[p.department]
	if p.branch != "" {
		m.BranchID = b.branches[p.branch]
	}
	return m
}

// addPeople stores the newcomers; each gets an audit line of its own.
func (c *change) addPeople(b *batch) error {
	rows := make([]columns, len(b.added))
	for i, p := range b.added {
		m := b.placed(p)
		if err := m.Validate(); err != nil {
			return model.Errorf(model.Invalid, "第 %d 行：%s", b.plan.Added[i].Line, err)
		}
		rows[i] = staffColumns(m)
	}
	ids, err := c.insertAll("staff", rows)
	if err != nil {
		return err
	}
	for i, row := range rows {
		if err := c.record("导入", "职工", ids[i], b.added[i].new.EmployeeNo, nil, row); err != nil {
			return err
		}
	}
	return nil
}

func (c *change) appointHeads(b *batch) error {
	for _, name := range b.plan.Heads {
		d, err := findDepartment(c.DB, b.departments[name])
		if err != nil {
			return err
		}
		before := departmentColumns(d)
		if err := c.Raw(`SELECT id FROM staff WHERE employee_no = ?`, b.heads[name]).Scan(&d.HeadID).Error; err != nil {
			return err
		}
		if err := c.Exec(`UPDATE department SET head_id = ? WHERE id = ?`, d.HeadID, d.ID).Error; err != nil {
			return err
		}
		if err := c.record("修改", "科室", d.ID, d.Name, before, departmentColumns(d)); err != nil {
			return err
		}
	}
	return nil
}
