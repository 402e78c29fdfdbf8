package store

import (
	"context"

	"gorm.io/gorm"

	"qingfeng/model"
)

func campaignColumns(m model.Campaign) columns {
	return columns{
		"template_id": m.TemplateID, "title": m.Title, "document_no": m.DocumentNo,
		"starts_on": string(m.StartsOn), "ends_on": string(m.EndsOn), "basis": m.Basis, "scope": m.Scope,
		"recipient": m.Recipient, "look_back_days": m.LookBackDays,
	}
}

// Campaigns lists all campaigns, the newest first.
func (s *Store) Campaigns(ctx context.Context) ([]model.Campaign, error) {
	var out []model.Campaign
	err := s.read(ctx).Table("campaign").Order("starts_on DESC, id DESC").Find(&out).Error
	return out, faultOf(err)
}

// Campaign returns one campaign.
func (s *Store) Campaign(ctx context.Context, id int64) (model.Campaign, error) {
	return findCampaign(s.read(ctx), id)
}

func findCampaign(db *gorm.DB, id int64) (model.Campaign, error) {
	var m model.Campaign
	err := first(db.Table("campaign").Where("id = ?", id), &m, "个专项行动")
	return m, err
}

// CampaignNamed returns the campaign with an id or a title.
func (s *Store) CampaignNamed(ctx context.Context, name string) (model.Campaign, error) {
	var m model.Campaign
	q := s.read(ctx).Table("campaign").Where("title = ? OR CAST(id AS TEXT) = ?", name, name)
	err := first(q, &m, "个专项行动："+name)
	return m, err
}

// SaveCampaign adds a campaign without a plan, with the items of the checklist
// in force (ID 0), or changes one, and returns its id. Dates outside of which
// a phase would lie are refused.
func (s *Store) SaveCampaign(ctx context.Context, m model.Campaign) (int64, error) {
	if err := m.Validate(); err != nil {
		return 0, err
	}
	if m.ID == 0 {
		items, err := s.checklistItems(m.StartsOn)
		if err != nil {
			return 0, err
		}
		return s.StartCampaign(ctx, model.Plan{Campaign: m, Items: items})
	}
	err := s.writeOrNothing(ctx, model.Write, func(c *change) (bool, error) {
		old, err := findCampaign(c.DB, m.ID)
		if err != nil || old == m {
			return false, err
		}
		if err := c.titleFree(m); err != nil {
			return false, err
		}
		if old.StartsOn != m.StartsOn || old.EndsOn != m.EndsOn {
			if err := c.holdsPlan(m); err != nil {
				return false, err
			}
		}
		after := campaignColumns(m)
		if err := c.update("campaign", m.ID, after); err != nil {
			return false, err
		}
		return true, c.record("修改", "专项行动", m.ID, m.Title, campaignColumns(old), after)
	})
	return m.ID, err
}

func (c *change) addCampaign(m model.Campaign) (int64, error) {
	if err := c.titleFree(m); err != nil {
		return 0, err
	}
	row := campaignColumns(m)
	id, err := c.insert("campaign", row)
	if err != nil {
		return 0, err
	}
	return id, c.record("新增", "专项行动", id, m.Title, nil, row)
}

// titleFree refuses a title that another campaign has.
func (c *change) titleFree(m model.Campaign) error {
	var n int64
	if err := c.Table("campaign").Where("title = ? AND id <> ?", m.Title, m.ID).Count(&n).Error; err != nil {
		return err
	}
	if n > 0 {
		return model.FieldErrors{{Field: "Title", Label: "名称", Message: "已有同名的专项行动"}}
	}
	return nil
}
