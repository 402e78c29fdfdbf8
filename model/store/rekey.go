package store

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"

	"qingfeng/model"
	"qingfeng/model/vault"
)

// resealBatch rows are encrypted anew in one transaction; tests take fewer.
var resealBatch = 500

// Rekeying reports whether a key change was begun and not finished.
func (s *Store) Rekeying(ctx context.Context) (bool, error) {
	var n int64
	err := s.peek(ctx).Table("data_key").Count(&n).Error
	return n > 1, faultOf(err)
}

// Rekey makes a new data key and encrypts every value and attachment anew.
// report, if given, hears how many it did. A change that was interrupted goes
// on where it stopped; everything can be read and written meanwhile.
func (s *Store) Rekey(ctx context.Context, report func(done int)) error {
	pending, err := s.Rekeying(ctx)
	if err != nil {
		return err
	}
	if !pending {
		if err := s.beginRekey(ctx); err != nil {
			return err
		}
	}
	for done := 0; ; {
		n, err := s.rekeyBatch(ctx)
		if err != nil {
			return err
		}
		if done += n; report != nil {
			report(done)
		}
		if n == 0 {
			break
		}
	}
	if err := s.endRekey(ctx); err != nil {
		return err
	}
	// The change is done; what is under the old key leaves the log at the latest
	// when the folder is closed.
	if err := s.writer.WithContext(ctx).Exec(`PRAGMA wal_checkpoint(TRUNCATE)`).Error; err != nil {
		slog.Warn("the write-ahead log stays", "err", err)
	}
	return nil
}

// beginRekey stores the new key; the session seals with it from then on.
func (s *Store) beginRekey(ctx context.Context) error {
	return s.write(ctx, model.Manage, func(c *change) error {
		old := c.by.held.Load().list
		number := old[len(old)-1].Number() + 1
		key, err := vault.NewKey(number)
		if err != nil {
			return err
		}
		all := append(slices.Clone(old), key)
		if err := c.addKey(key); err != nil {
			return err
		}
		if err := c.sealKeys(key); err != nil {
			return err
		}
		if err := c.record("开始更换", "数据密钥", int64(number), fmt.Sprintf("第 %d 把", number), nil, nil); err != nil {
			return err
		}
		c.afterCommit = func() error { return c.by.held.hold(all) }
		return nil
	})
}

// rekeyBatch encrypts some values, or one attachment, anew and returns how
// many; 0 when none is left.
func (s *Store) rekeyBatch(ctx context.Context) (int, error) {
	n := 0
	err := s.writeOrNothing(ctx, model.Manage, func(c *change) (bool, error) {
		err := c.holdsNewestKey()
		if err != nil {
			return false, err
		}
		if n, err = c.sealAgain(resealBatch); err != nil || n == 0 {
			return false, err
		}
		return true, c.record("重新加密", "数据密钥", int64(c.by.ring().Current()), fmt.Sprintf("%d 条记录", n), nil, nil)
	})
	if err != nil || n > 0 {
		return n, err
	}
	return s.rekeyAttachment(ctx)
}

// holdsNewestKey is an error when another session began a key change: values
// may be sealed with a key that this one does not know.
func (c *change) holdsNewestKey() error {
	var newer int64
	if err := c.Table("data_key").Where("number > ?", c.by.ring().Current()).Count(&newer).Error; err != nil {
		return err
	}
	if newer > 0 {
		return model.Errorf(model.Conflict, "数据密钥正在更换。请退出登录，重新登录后再试")
	}
	return nil
}

func (s *Store) endRekey(ctx context.Context) error {
	return s.write(ctx, model.Manage, func(c *change) error {
		if err := c.holdsNewestKey(); err != nil {
			return err
		}
		if _, err := c.sealAgain(0); err != nil { // what was stored since
			return err
		}
		var left int64
		current := c.by.ring().Current()
		if err := c.Table("attachment").Where("key_no <> ?", current).Count(&left).Error; err != nil {
			return err
		}
		if left > 0 {
			return model.Errorf(model.Conflict, "还有 %d 个附件没有重新加密，请再点一次“更换密钥”", left)
		}
		if err := c.Exec(`DELETE FROM data_key WHERE number <> ?`, current).Error; err != nil {
			return err
		}
		if err := c.dropStrayFiles(); err != nil {
			return err
		}
		if err := c.proveAll(); err != nil {
			return err
		}
		return c.record("完成更换", "数据密钥", int64(current), fmt.Sprintf("第 %d 把", current), nil, nil)
	})
}

// sealAgain seals values that bear another key than the current one, at most
// most rows, or all with 0, and returns how many rows it changed.
func (c *change) sealAgain(most int) (int, error) {
	total := 0
	for _, table := range slices.Sorted(maps.Keys(sealedColumns)) {
		left := 0
		if most > 0 {
			if left = most - total; left == 0 {
				break
			}
		}
		n, err := c.sealTableAgain(table, left)
		if err != nil {
			return total, err
		}
		total += n
	}
	return total, nil
}

func (c *change) sealTableAgain(table string, most int) (int, error) {
	names := slices.Sorted(maps.Keys(sealedColumns[table]))
	current := fmt.Sprintf("k%d.%%", c.by.ring().Current())
	q := c.Table(table).Select(append([]string{"id"}, names...)).Order("id")
	var stale []string
	var args []any
	for _, name := range names {
		stale, args = append(stale, "("+name+" <> '' AND "+name+" NOT LIKE ?)"), append(args, current)
	}
	q = q.Where(strings.Join(stale, " OR "), args...)
	if most > 0 {
		q = q.Limit(most)
	}
	var rows []map[string]any
	if err := q.Find(&rows).Error; err != nil {
		return 0, err
	}
	for _, row := range rows {
		plain := columns{}
		for _, name := range names {
			value, isText := row[name].(string)
			if !isText { // the schema allows nothing else, a damaged disk does
				return 0, wrapFault(errDamaged, damagedText)
			}
			text, err := c.plainOf(table+"."+name, value)
			if err != nil {
				return 0, err
			}
			plain[name] = text
		}
		if err := c.update(table, row["id"].(int64), plain); err != nil {
			return 0, err
		}
	}
	return len(rows), nil
}

// plainPrefix stands before values of the time before encryption.
const plainPrefix = "k0."

func (c *change) plainOf(column, value string) (string, error) {
	if plain, ok := strings.CutPrefix(value, plainPrefix); ok {
		return plain, nil
	}
	plain, err := c.by.ring().Open(column, value)
	if err != nil {
		return "", wrapFault(err, "有加密内容打不开，更换密钥停在这里，数据没有丢失。请做一次体检，或从备份恢复")
	}
	return plain, nil
}
