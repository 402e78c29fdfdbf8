// Package sheet reads the spreadsheets that offices bring along (.xlsx, .csv)
// into plain grids of text, finds the head row and the columns in them, and
// writes tables as .xlsx. What a column means to a register is data
// ([assets.SheetColumns]); what a row means is model's business.
package sheet

// Limits of what is read. A hospital has some thousand staff; anything near
// these numbers is the wrong file or an attack.
const (
	MaxFile    = 100 << 20 // bytes on disk
	MaxUnzip   = 256 << 20 // bytes after unzipping, pictures included
	MaxRows    = 200_000
	MaxColumns = 200
	MaxCells   = 4_000_000
	MaxText    = 32_767 // characters in a cell, Excel's own limit
)

// Kind is what the file itself says about a cell.
type Kind uint8

// The kinds of a [Cell].
const (
	Text         Kind = iota
	Number            // a number without a date format
	Formula           // Text is the result that the file has kept
	Filled            // below the top of merged cells, Text is theirs
	NoResult          // a formula whose result the file has not kept
	ErrorValue        // #REF!, #N/A …
	LostDigits        // a number of more than 15 digits, which Excel has cut
	OverlongText      // Text is left out
)

// Cell is one cell as text: dates in ISO form in the precision that the cell
// shows, numbers as Excel shows them.
type Cell struct {
	Text string
	Kind Kind
}

// Grid is a sheet: row i is Excel's row i+1, rows end with their last filled
// cell, the grid ends with the last filled row.
type Grid [][]Cell

// At returns the cell of a row and a column counted from 0, empty outside.
func (g Grid) At(row, column int) Cell {
	if row < 0 || row >= len(g) || column < 0 || column >= len(g[row]) {
		return Cell{}
	}
	return g[row][column]
}

// gridBuilder grows a grid within the limits.
type gridBuilder struct {
	grid  Grid
	cells int
}

// add puts a cell that is not empty at row and column, both from 0. Rows and
// columns must come in ascending order, as files keep them.
func (b *gridBuilder) add(row, column int, c Cell) error {
	if c.Text == "" && c.Kind != NoResult && c.Kind != OverlongText {
		return nil
	}
	switch {
	case row >= MaxRows:
		return refuse("行数超过 %d 行。请确认选对了文件，或删去多余的行后再导入", MaxRows)
	case column >= MaxColumns:
		return refuse("列数超过 %d 列。请确认选对了文件，或删去多余的列后再导入", MaxColumns)
	}
	for len(b.grid) <= row {
		b.grid = append(b.grid, nil)
	}
	line := b.grid[row]
	if need := column + 1 - len(line); need > 0 {
		if b.cells += need; b.cells > MaxCells {
			return refuse("内容超过 %d 个单元格。请确认选对了文件", MaxCells)
		}
		if line == nil && row > 0 {
			line = make([]Cell, 0, max(need, len(b.grid[row-1])))
		}
		for range need {
			line = append(line, Cell{})
		}
	}
	line[column] = c
	b.grid[row] = line
	return nil
}
