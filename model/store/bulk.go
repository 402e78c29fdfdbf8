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
// returns their ids in the rows' order. The rows travel as one JSON parameter:
// the driver prepares a statement each time it runs and looks each parameter
// up among all others, so that many parameters cost their square. jsonb_each
// (SQLite 3.51) hands each row on in binary form; json_each would write and
// parse its text anew for every column.
func (c *change) insertAll(table string, rows []columns) ([]int64, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	rows = slices.Clone(rows)
	for i := range rows {
		var err error
		if rows[i], err = c.sealed(table, rows[i]); err != nil {
			return nil, err
		}
	}
	names := slices.Sorted(maps.Keys(rows[0]))
	cells := make([][]any, len(rows))
	for i, row := range rows {
		cells[i] = make([]any, len(names))
		for j, name := range names {
			cells[i][j] = row[name]
		}
	}
	data, err := json.Marshal(cells)
	if err != nil {
		return nil, err
	}
	values := make([]string, len(names))
	for j := range names {
		values[j] = "value ->> " + strconv.Itoa(j)
	}
	var ids []int64
	err = c.Raw(`INSERT INTO `+table+` (`+strings.Join(names, ", ")+`)
		SELECT `+strings.Join(values, ", ")+` FROM jsonb_each(?) ORDER BY key RETURNING id`, string(data)).Scan(&ids).Error
	// RETURNING promises no order, but ids grow as rows are added.
	slices.Sort(ids)
	return ids, err
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
