package store

import (
	"context"

	"gorm.io/gorm"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
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

// NewCampaign returns a campaign as the template has it in a year, not stored yet.
func (s *Store) NewCampaign(templateID string, year int) (model.Campaign, error) {
	templates, err := s.assets.CampaignTemplates()
	if err != nil {
		return model.Campaign{}, model.Errorf(model.Invalid, "专项行动模板有误：%v", err)
	}
	for _, t := range templates {
		if t.ID == templateID {
			return fromTemplate(t, year), nil
		}
	}
	return model.Campaign{}, model.Errorf(model.NotFound, "没有名为 %s 的专项行动模板", templateID)
}

func fromTemplate(t assets.CampaignTemplate, year int) model.Campaign {
	title, starts, ends := t.In(year)
	return model.Campaign{TemplateID: t.ID, Title: title, StartsOn: day.Date(starts), EndsOn: day.Date(ends),
		LookBackDays: model.UsualLookBack}
}

// SaveCampaign adds a campaign (ID 0) or changes one and returns its id.
func (s *Store) SaveCampaign(ctx context.Context, m model.Campaign) (int64, error) {
	if err := m.Validate(); err != nil {
		return 0, err
	}
	err := s.writeOrNothing(ctx, model.Write, func(c *change) (bool, error) {
		var n int64
		if err := c.Table("campaign").Where("title = ? AND id <> ?", m.Title, m.ID).Count(&n).Error; err != nil {
			return false, err
		}
		if n > 0 {
			return false, model.FieldErrors{{Field: "Title", Label: "名称", Message: "已有同名的专项行动"}}
		}
		after := campaignColumns(m)
		if m.ID == 0 {
			id, err := c.insert("campaign", after)
			if err != nil {
				return false, err
			}
			m.ID = id
			return true, c.record("新增", "专项行动", id, m.Title, nil, after)
		}
		old, err := findCampaign(c.DB, m.ID)
		if err != nil || old == m {
			return false, err
		}
		if err := c.update("campaign", m.ID, after); err != nil {
			return false, err
		}
		return true, c.record("修改", "专项行动", m.ID, m.Title, campaignColumns(old), after)
	})
	return m.ID, err
}
