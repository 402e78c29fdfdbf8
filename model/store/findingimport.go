package store

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/day"
)

// FindingImport is what an import of findings did, or would do. Rejected rows
// are left out, the others are taken.
type FindingImport struct {
	Rows, Added int
	Rejected    []model.RosterProblem // a row may have several
	Warnings    []model.RosterProblem
}

// ImportFindings adds the findings of an older register to a campaign, 0 for
// none, in one transaction. A row exactly like a stored finding (day,
// department, problem) is passed over with a warning. What the register says
// was closed out is taken as history and never looked back at. With dryRun
// nothing is changed.
func (s *Store) ImportFindings(ctx context.Context, campaignID int64, rows []model.FindingRecord, dryRun bool) (FindingImport, error) {
	if dryRun {
		if _, err := s.may(model.Write); err != nil {
			return FindingImport{}, err
		}
		b, err := s.prepareFindings(s.read(ctx), campaignID, rows)
		return b.FindingImport, faultOf(err)
	}
	var out FindingImport
	err := s.writeOrNothing(ctx, model.Write, func(c *change) (bool, error) {
		b, err := s.prepareFindings(c.DB, campaignID, rows)
		out = b.FindingImport
		if err != nil || b.Added == 0 {
			return false, err
		}
		for _, f := range b.findings {
			if _, err := c.addFinding(f); err != nil {
				return false, err
			}
		}
		return true, c.record("导入", "问题", 0, b.campaign, nil, columns{"rows": b.Rows, "count": b.Added})
	})
	return out, err
}

// findingBatch is a register matched with what is on file.
type findingBatch struct {
	FindingImport
	campaign string // its title
	findings []model.Finding

	departments map[string]onFileDepartment // by name and by other names
	people      []onFilePerson
	stored      map[findingKey]bool
}

type onFileDepartment struct {
	ID             int64
	Name, ClosedOn string
}

type onFilePerson struct {
	ID               int64
	EmployeeNo, Name string
	DepartmentID     int64
	LeftOn           day.Date
}

// findingKey tells findings apart.
type findingKey struct {
	foundOn    day.Date
	department int64
	problem    string
}

func keyOf(f model.Finding) findingKey { return findingKey{f.FoundOn, f.DepartmentID, f.Problem} }

func (s *Store) prepareFindings(db *gorm.DB, campaignID int64, rows []model.FindingRecord) (findingBatch, error) {
	b := findingBatch{FindingImport: FindingImport{Rows: len(rows)}}
	words, err := s.assets.FindingWords()
	if err != nil {
		return b, model.Errorf(model.Invalid, "%v", err)
	}
	if campaignID != 0 {
		campaign, err := findCampaign(db, campaignID)
		if err != nil {
			return b, err
		}
		b.campaign = campaign.Title
	}
	readings, span := make([]model.FindingReading, len(rows)), model.Span{}
	for i, row := range rows {
		readings[i] = row.Read(s.Today(), words.States)
		readings[i].CampaignID = campaignID
		if on := readings[i].FoundOn; on != "" {
			if span.From == "" || on < span.From {
				span.From = on
			}
			span.To = max(span.To, on)
		}
	}
	if err := b.load(db, span); err != nil {
		return b, err
	}
	for i, row := range rows {
		b.take(row, readings[i])
	}
	return b, nil
}

// load reads what rows are matched with: departments, people, and the findings
// of the days in the register.
func (b *findingBatch) load(db *gorm.DB, days model.Span) error {
	var departments []onFileDepartment
	if err := db.Raw(`SELECT id, name, closed_on FROM department
		UNION ALL SELECT d.id, a.alias, d.closed_on FROM department_alias a JOIN department d ON d.id = a.department_id`).
		Scan(&departments).Error; err != nil {
		return err
	}
	b.departments = make(map[string]onFileDepartment, len(departments))
	for _, d := range departments {
		if _, own := b.departments[d.Name]; !own { // names come before other names
			b.departments[d.Name] = d
		}
	}
	if err := db.Raw(`SELECT id, employee_no, name, department_id, left_on FROM staff`).Scan(&b.people).Error; err != nil {
		return err
	}
	var stored []model.Finding
	if err := db.Table("finding").Select("found_on, department_id, problem").
		Where("state <> '作废' AND found_on BETWEEN ? AND ?", days.From, days.To).Find(&stored).Error; err != nil {
		return err
	}
	b.stored = make(map[findingKey]bool, len(stored))
	for _, f := range stored {
		b.stored[keyOf(f)] = true
	}
	return nil
}

// take matches one row and adds it unless something is wrong with it.
func (b *findingBatch) take(row model.FindingRecord, f model.FindingReading) {
	reject := func(field, text string) { f.Problems = append(f.Problems, row.Problem(field, text)) }
	d, known := b.departments[f.Department]
	switch {
	case known && d.ClosedOn != "" && !f.Closed():
		reject("department", "该科室已于 "+d.ClosedOn+" 撤销，请改填现在负责整改的科室")
	case known:
		f.DepartmentID = d.ID
		if msg := b.person(&f); msg != "" {
			reject("person", msg)
		}
	case f.Department != "":
		reject("department", "没有这个科室，请先在科室中添加，或改成现有的名称")
	}
	if len(f.Problems) > 0 {
		b.Rejected = append(b.Rejected, f.Problems...)
		return
	}
	b.Warnings = append(b.Warnings, f.Warnings...)
	if b.stored[keyOf(f.Finding)] {
		b.Warnings = append(b.Warnings, row.Problem("problem", "台账中已有发现日期、科室和问题都相同的一条，没有重复导入"))
		return
	}
	b.stored[keyOf(f.Finding)] = true
	b.findings = append(b.findings, f.Finding)
	b.Added++
}

// person finds who is responsible, by 工号 or by name within the department,
// and says what is wrong. Somebody who left stands only for what was closed out.
func (b *findingBatch) person(f *model.FindingReading) string {
	if f.Person == "" {
		return ""
	}
	var here, left []onFilePerson
	for _, p := range b.people {
		switch {
		case p.EmployeeNo != f.Person && (p.Name != f.Person || p.DepartmentID != f.DepartmentID):
		case p.LeftOn == "":
			here = append(here, p)
		default:
			left = append(left, p)
		}
	}
	found := here
	if len(found) == 0 && f.Closed() {
		found = left
	}
	switch {
	case len(found) == 1:
		f.StaffID = found[0].ID
		return ""
	case len(found) > 1:
		return fmt.Sprintf("%s有 %d 名职工叫“%s”，请改填工号", f.Department, len(found), f.Person)
	case len(left) > 0:
		return left[0].Name + " 已于 " + string(left[0].LeftOn) + " 离职，请改填现在的责任人"
	case strings.ContainsRune(f.Person, '、'):
		return "只能填一名责任人，请留下主要的一名"
	}
	return f.Department + "没有叫“" + f.Person + "”的职工，也没有这个工号"
}
