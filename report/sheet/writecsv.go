package sheet

import (
	"encoding/csv"
	"io"
	"strings"
)

// formulaStarts are the characters with which a cell becomes a formula in
// Excel, WPS or LibreOffice, the full-width ones of Chinese input too.
const formulaStarts = "=+-@＝＋－＠"

// WriteCSV writes a table as CSV in UTF-8 with the mark by which Excel knows
// it, and with Excel's line ends. CSV cannot say that a cell is text, as
// [Write] does: one that would become a formula gets an apostrophe before it.
func WriteCSV(w io.Writer, t Table) error {
	if _, err := w.Write(utf8BOM); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	row := make([]string, len(t.Columns))
	for i, name := range t.Columns {
		row[i] = inert(name)
	}
	if err := out.Write(row); err != nil {
		return err
	}
	for _, cells := range t.Rows {
		row = row[:0]
		for i, v := range cells {
			if kind, plain := t.number(i, v); kind != none {
				row = append(row, plain)
			} else {
				row = append(row, inert(v))
			}
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// inert makes a cell that no program takes for a formula. Blanks before it do
// not count: some programs trim them.
func inert(v string) string {
	v = printable(v)
	if s := trim(v); s != "" && strings.ContainsRune(formulaStarts, []rune(s)[0]) {
		return "'" + v
	}
	return v
}
