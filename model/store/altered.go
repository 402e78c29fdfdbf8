package store

import (
	"context"
	"fmt"
	"strings"

	"qingfeng/model"
)

// alteredAt is the setting that remembers when the program found that the
// database file is not the one it had closed.
const alteredAt = "altered_at"

// recordAlteration writes down that something else changed the database file
// while no program of ours had it open.
func (s *Store) recordAlteration(ctx context.Context) error {
	return s.transact(ctx, nil, func(c *change) error {
		at := s.now().Local().Format("2006-01-02 15:04")
		if err := c.Exec(`INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING`, alteredAt, at).Error; err != nil {
			return err
		}
		return c.record("发现改动", "数据库文件", 0, "", nil, nil)
	})
}

// AlteredAt is when the program found that something else had changed the
// database file, "" when it never did or an administrator looked into it.
func (s *Store) AlteredAt(ctx context.Context) (string, error) { return s.Setting(ctx, alteredAt) }

func (s *Store) checkAltered(ctx context.Context) ([]Problem, error) {
	at, err := s.AlteredAt(ctx)
	if err != nil || at == "" {
		return nil, err
	}
	return []Problem{{areaDatabase, fmt.Sprintf("%s 打开时发现：数据库文件在清风关闭期间被别的程序改动过，或磁盘出了错。请核对近期数据；查明后由管理员确认", at)}}, nil
}

// AcceptAlteration ends the warning about a changed database file and about the
// trail's seal; what was found out is kept in the trail. A trail that has a
// wrong or missing line keeps it.
func (s *Store) AcceptAlteration(ctx context.Context, finding string) error {
	finding = strings.TrimSpace(finding)
	if msg := model.BadText(finding, model.MaxNote); finding == "" || msg != "" {
		return model.Errorf(model.Invalid, "请填写查明的情况（最多 %d 字）", model.MaxNote)
	}
	return s.write(ctx, model.Manage, func(c *change) error {
		res := c.Exec(`DELETE FROM setting WHERE key = ?`, alteredAt)
		if res.Error != nil {
			return res.Error
		}
		head, err := readHead(c.DB)
		if err != nil {
			return err
		}
		sound, err := head.soundSeal(c.DB, c.by.ring())
		if err != nil {
			return err
		}
		if res.RowsAffected == 0 && sound {
			return model.Errorf(model.Conflict, "没有需要确认的改动")
		}
		c.reseal = true
		return c.record("确认改动", "数据库文件", 0, "", nil, columns{"reason": finding})
	})
}
