package store

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
