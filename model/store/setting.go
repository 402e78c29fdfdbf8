package store

import (
	"context"
	"fmt"

	"qingfeng/model"
)

// Keys of [Store.Setting].
const (
	// CampaignInHand is the id of the campaign that the window works on.
	CampaignInHand = "campaign_in_hand"
	// TextScale is the window's text size in percent.
	TextScale = "text_scale"
	// IdleMinutes is after how many minutes without input the window locks; 0
	// for never, "" for [UsualIdleMinutes].
	IdleMinutes = "idle_minutes"
	// BackupFolder is a second place for backups, "" for none.
	BackupFolder = "backup_folder"
)

// UsualIdleMinutes holds until the office sets another time.
const UsualIdleMinutes = 10

// maySet says what kind of work it is to change a setting. Some follow the
// person at the window; what the store keeps for itself nobody sets.
var maySet = map[string]model.Permission{
	CampaignInHand: model.Read, TextScale: model.Read,
	IdleMinutes: model.Manage, BackupFolder: model.Manage,
}

// Setting returns a stored setting, "" when it was never made. None is secret:
// the window reads some of them before anyone signs in.
func (s *Store) Setting(ctx context.Context, key string) (string, error) {
	var v string
	err := s.peek(ctx).Raw(`SELECT value FROM setting WHERE key = ?`, key).Scan(&v).Error
	return v, faultOf(err)
}

// SaveSetting stores a setting.
func (s *Store) SaveSetting(ctx context.Context, key, value string) error {
	need, known := maySet[key]
	if !known {
		return fmt.Errorf("no setting %s", key)
	}
	return s.writeOrNothing(ctx, need, func(c *change) (bool, error) {
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
