package store

// Rows are written through these methods only, which seal what a table seals.

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// insertAll adds rows that all have the same columns, in one statement, and
// returns their ids in the rows' order.
func (c *change) insertAll(table string, rows []columns) ([]int64, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	query, data, err := c.bulk(table, rows)
	if err != nil {
		return nil, err
	}
	var ids []int64
	err = c.Raw(query+" RETURNING id", data).Scan(&ids).Error
	// RETURNING promises no order, but ids grow as rows are added.
	slices.Sort(ids)
	return ids, err
}

// bulk is the statement that adds rows, and its one parameter. The rows travel
// as JSON: the driver prepares a statement each time it runs and looks each
// parameter up among all others, so that many parameters cost their square.
// jsonb_each (SQLite 3.51) hands each row on in binary form; json_each would
// write and parse its text anew for every column.
func (c *change) bulk(table string, rows []columns) (query, data string, err error) {
	cells := make([][]any, len(rows))
	var names []string
	for i, row := range rows {
		secrets, err := c.secrets(table, row)
		if err != nil {
			return "", "", err
		}
		if i == 0 {
			all := maps.Clone(row)
			maps.Copy(all, secrets)
			names = slices.Sorted(maps.Keys(all))
		}
		cells[i] = make([]any, len(names))
		for j, name := range names {
			if v, ok := secrets[name]; ok {
				cells[i][j] = v
			} else {
				cells[i][j] = row[name]
			}
		}
	}
	text, err := json.Marshal(cells)
	if err != nil {
		return "", "", err
	}
	values := make([]string, len(names))
	for j := range names {
		values[j] = "value ->> " + strconv.Itoa(j)
	}
	return `INSERT INTO ` + table + ` (` + strings.Join(names, ", ") + `)
		SELECT ` + strings.Join(values, ", ") + ` FROM jsonb_each(?) ORDER BY key`, string(text), nil
}

// insert adds one row and returns its id.
func (c *change) insert(table string, row columns) (int64, error) {
	if err := c.insertRow(table, row); err != nil {
		return 0, err
	}
	var id int64
	err := c.Raw("SELECT last_insert_rowid()").Scan(&id).Error
	return id, err
}

func (c *change) insertRow(table string, row columns) error {
	row, err := c.sealed(table, row)
	if err != nil {
		return err
	}
	return c.Table(table).Create(map[string]any(maps.Clone(row))).Error // GORM puts the id into the map
}

func (c *change) update(table string, id int64, row columns) error {
	row, err := c.sealed(table, row)
	if err != nil {
		return err
	}
	return c.Table(table).Where("id = ?", id).Updates(map[string]any(row)).Error
}
