package store

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"qingfeng/model/vault"
)

// ringForCheck is the signed-in account's keys, nil when nobody is signed in.
func (s *Store) ringForCheck() *vault.Ring {
	if by := s.session.Load(); by != nil {
		return by.ring()
	}
	return nil
}

// checkSecrets opens every sealed value and compares it with its mark. Without
// keys it looks only that nothing lies there in plain text.
func (s *Store) checkSecrets(ctx context.Context) ([]Problem, error) {
	ring := s.ringForCheck()
	var out []Problem
	for _, table := range slices.Sorted(maps.Keys(sealedColumns)) {
		for _, column := range slices.Sorted(maps.Keys(sealedColumns[table])) {
			bad, err := s.badSecrets(ctx, ring, table, column)
			if err != nil {
				return nil, err
			}
			if len(bad) > 0 {
				out = append(out, Problem{areaSecrets, fmt.Sprintf("%s 表的 %s 列有 %d 个值打不开或没有加密，记录号 %v", table, column, len(bad), bad[:min(len(bad), 10)])})
			}
		}
	}
	return out, nil
}

func (s *Store) badSecrets(ctx context.Context, ring *vault.Ring, table, column string) ([]int64, error) {
	marked, mark := sealedColumns[table][column], "''"
	if marked {
		mark = column + "_mark"
	}
	rows, err := s.peek(ctx).Raw(`SELECT id, ` + column + `, ` + mark + ` FROM ` + table + ` WHERE ` + column + ` <> '' ORDER BY id`).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var bad []int64
	for rows.Next() {
		var id int64
		var value, found string
		if err := rows.Scan(&id, &value, &found); err != nil {
			return nil, err
		}
		if !soundSecret(ring, table+"."+column, value, found, marked) {
			bad = append(bad, id)
		}
	}
	return bad, rows.Err()
}

// soundSecret reports whether a value is sealed, and as far as the keys at hand
// tell, opens and is found by its mark if the column has marks.
func soundSecret(ring *vault.Ring, column, value, mark string, marked bool) bool {
	number, sealed := vault.KeyNumber(value)
	if !sealed || number == 0 || marked && mark == "" {
		return false
	}
	if ring == nil {
		return true
	}
	plain, err := ring.Open(column, value)
	return err == nil && (!marked || slices.Contains(ring.Marks(column, plain), mark))
}
