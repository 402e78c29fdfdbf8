package store

import (
	"context"

	"gorm.io/gorm"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
)

// NewPlan returns the plan of a campaign as a template has it in a year, with
// the checklist in force on its first day. Nothing is stored yet.
func (s *Store) NewPlan(templateID string, year int) (model.Plan, error) {
	templates, err := s.assets.CampaignTemplates()
	if err != nil {
		return model.Plan{}, model.Errorf(model.Invalid, "专项行动模板有误：%v", err)
	}
	for _, t := range templates {
		if t.ID == templateID {
			return s.fromTemplate(t, year)
		}
	}
	return model.Plan{}, model.Errorf(model.NotFound, "没有名为 %s 的专项行动模板", templateID)
}

func (s *Store) fromTemplate(t assets.CampaignTemplate, year int) (model.Plan, error) {
	title, starts, ends := t.In(year)
	p := model.Plan{Campaign: model.Campaign{TemplateID: t.ID, Title: title, DocumentNo: t.DocumentNo,
		StartsOn: day.Date(starts), EndsOn: day.Date(ends), Basis: t.Basis, Scope: t.Scope, Recipient: t.Recipient,
		LookBackDays: model.UsualLookBack}}
	date := func(text string) day.Date { return day.Date(t.Date(year, text)) }
	for i, x := range t.Phases {
		p.Phases = append(p.Phases, model.Phase{Position: i + 1, Kind: x.Kind, Name: x.Name,
			StartsOn: date(x.Starts), EndsOn: date(x.Ends), Tasks: x.Tasks})
	}
	for i, x := range t.Members {
		p.Members = append(p.Members, model.Member{Position: i + 1, Role: x.Role, Post: x.Post})
	}
	for i, x := range t.Deadlines {
		p.Deadlines = append(p.Deadlines, model.Deadline{Position: i + 1, Title: x.Title, Recipient: x.Recipient,
			DeadlineRule: model.DeadlineRule{Every: model.Frequency(x.Every), Date: date(x.Date), Month: x.Month, Day: x.Day,
				WorkingDays: x.WorkingDays, Before: x.Before, Roll: model.Roll(x.Roll)}})
	}
	for i, x := range t.Duties {
		p.Duties = append(p.Duties, model.Duty{Position: i + 1, Project: x.Project, Goal: x.Goal, Measure: x.Measure,
			Departments: x.Departments, State: model.DutyOpen})
	}
	var err error
	if p.Items, err = s.checklistItems(p.StartsOn); err != nil {
		return model.Plan{}, err
	}
	for _, text := range t.Focus {
		p.Items = append(p.Items, model.CheckItem{Position: len(p.Items) + 1, Source: model.FocusSource, Text: text})
	}
	return p, nil
}

// checklistItems are the items of the checklist that is in force on a day.
func (s *Store) checklistItems(on day.Date) ([]model.CheckItem, error) {
	list, err := s.assets.ChecklistOn(string(on))
	if err != nil {
		return nil, model.Errorf(model.Invalid, "自查项目有误：%v", err)
	}
	items := make([]model.CheckItem, len(list.Items))
	for i, text := range list.Items {
		items[i] = model.CheckItem{Position: i + 1, Source: list.Name, Text: text}
	}
	return items, nil
}

// StartCampaign stores a new campaign with its whole plan and returns its id.
// The lines of a kind are numbered in their order.
func (s *Store) StartCampaign(ctx context.Context, p model.Plan) (int64, error) {
	p.ID = 0
	if err := p.Validate(); err != nil {
		return 0, err
	}
	if err := holdsPhases(p.Campaign, p.Phases); err != nil {
		return 0, err
	}
	for _, lines := range linesOfPlan(p) {
		for _, part := range lines {
			if err := validLine(part, p.Campaign); err != nil {
				return 0, err
			}
		}
	}
	err := s.write(ctx, model.Write, func(c *change) error {
		id, err := c.addCampaign(p.Campaign)
		if err != nil {
			return err
		}
		p.ID = id
		for _, lines := range linesOfPlan(p) {
			if err := c.addLines(p.Campaign, lines); err != nil {
				return err
			}
		}
		return nil
	})
	return p.ID, err
}

// linesOfPlan are the lines of a plan, kind by kind.
func linesOfPlan(p model.Plan) [][]model.PlanPart {
	return [][]model.PlanPart{partsOf(p.Phases), partsOf(p.Members), partsOf(p.Deadlines), partsOf(p.Duties), partsOf(p.Items)}
}

func partsOf[T model.PlanPart](lines []T) []model.PlanPart {
	out := make([]model.PlanPart, len(lines))
	for i, line := range lines {
		out[i] = line
	}
	return out
}

// validLine is [model.PlanPart.Validate] with an error that says which line.
func validLine(part model.PlanPart, c model.Campaign) error {
	if err := validPart(part, c); err != nil {
		kind := kindOf(part)
		at, _ := kind.row(part)
		return model.Errorf(model.Invalid, "%s“%s”有误：%v", kind.entity, at.label, err)
	}
	return nil
}

// addLines stores the lines of a kind of which a campaign has none. Each has its audit
// line, but for items: of a checklist that everyone has it says how many.
func (c *change) addLines(campaign model.Campaign, lines []model.PlanPart) error {
	if len(lines) == 0 {
		return nil
	}
	kind := kindOf(lines[0])
	rows, labels := make([]columns, len(lines)), make([]string, len(lines))
	for i, part := range lines {
		at, row := kind.row(part)
		row["campaign_id"], row["position"] = campaign.ID, i+1
		rows[i], labels[i] = row, at.label
	}
	ids, err := c.insertAll(kind.table, rows)
	if err != nil {
		return err
	}
	if kind.table == itemTable {
		return c.record("生成", kind.entity, 0, campaign.Title, nil, columns{"campaign_id": campaign.ID, "count": len(rows)})
	}
	for i, id := range ids {
		if err := c.record("新增", kind.entity, id, labels[i], nil, filledIn(rows[i])); err != nil {
			return err
		}
	}
	return nil
}

// Plan returns a campaign with its plan.
func (s *Store) Plan(ctx context.Context, campaignID int64) (model.Plan, error) {
	var p model.Plan
	err := snapshot(s.read(ctx), func(tx *gorm.DB) (err error) {
		p, err = findPlan(tx, campaignID)
		return err
	})
	return p, err
}

func findPlan(db *gorm.DB, campaignID int64) (model.Plan, error) {
	var p model.Plan
	var err error
	if p.Campaign, err = findCampaign(db, campaignID); err != nil {
		return p, err
	}
	for _, of := range []struct {
		table string
		into  any
	}{
		{"phase", &p.Phases}, {"member", &p.Members}, {"deadline", &p.Deadlines}, {"duty", &p.Duties}, {itemTable, &p.Items},
	} {
		if err := db.Table(of.table).Where("campaign_id = ?", campaignID).Order("position, id").Find(of.into).Error; err != nil {
			return p, err
		}
	}
	return p, nil
}

// snapshot runs several reads on one state of the database.
func snapshot(db *gorm.DB, fn func(tx *gorm.DB) error) error {
	if db.Error != nil { // GORM would begin a transaction, see the error and leave the connection in it
		return faultOf(db.Error)
	}
	return faultOf(db.Transaction(fn))
}
