package store

import "context"

// Keys of [Store.Setting].
const (
	// FirstAdministrator is the sign-in name that the first start asked for.
	FirstAdministrator = "first_administrator"
	// CampaignInHand is the id of the campaign that the window works on.
	CampaignInHand = "campaign_in_hand"
	// TextScale is the window's text size in percent.
	TextScale = "text_scale"
)

// Setting returns a stored setting, "" when it was never made.
func (s *Store) Setting(ctx context.Context, key string) (string, error) {
	var v string
	err := s.read(ctx).Raw(`SELECT value FROM setting WHERE key = ?`, key).Scan(&v).Error
	return v, faultOf(err)
}

// SaveSetting stores a setting.
func (s *Store) SaveSetting(ctx context.Context, key, value string) error {
	return s.writeOrNothing(ctx, func(c *change) (bool, error) {
		var before string
		if err := c.Raw(`SELECT value FROM setting WHERE key = ?`, key).Scan(&before).Error; err != nil || before == value {
			return false, err
		}
		if err := c.Exec(`INSERT INTO setting (key, value) VALUES (?, ?)
			ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value).Error; err != nil {
			return false, err
		}
		return true, c.record("修改", "设置", 0, key, columns{"value": before}, columns{"value": value})
	})
}
