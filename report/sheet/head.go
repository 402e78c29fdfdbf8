package sheet

import (
	"regexp"
	"slices"
	"strings"

	"qingfeng/assets"
)

// headRows is how far down the head row is looked for; title rows above it
// are few.
const headRows = 30

// Head is where a sheet's columns were found, or where the clerk says they
// are.
type Head struct {
	Row     int            // from 0; -1 when no row looks like a head
	Columns map[string]int // field id to column, from 0
}

// bracketed is a remark behind a column name, such as 出生年月（如1990.01）.
var bracketed = regexp.MustCompile(`[(\[【][^)\]】]*[)\]】]$`)

// FindHead looks for the row that names most of the fields. It never guesses
// by content: a column that it does not know stays unmapped for the clerk.
func FindHead(g Grid, columns assets.SheetColumns) Head {
	best := Head{Row: -1, Columns: map[string]int{}}
	for row := range min(len(g), headRows) {
		if m := MatchColumns(g, row, columns); len(m) >= 2 && len(m) > len(best.Columns) {
			best = Head{row, m}
		}
	}
	return best
}

// MatchColumns matches the columns of one row, taken as the head, to fields.
func MatchColumns(g Grid, row int, columns assets.SheetColumns) map[string]int {
	out := map[string]int{}
	if row < 0 || row >= len(g) {
		return out
	}
	keys := make([]string, len(g[row]))
	for i, c := range g[row] {
		keys[i] = assets.HeadKey(c.Text)
	}
	taken := map[int]bool{}
	for _, trimmed := range []bool{false, true} {
		if trimmed {
			for i, k := range keys {
				keys[i] = bracketed.ReplaceAllString(k, "")
			}
		}
		for _, f := range columns.Fields {
			if _, done := out[f.ID]; done {
				continue
			}
			for _, name := range f.Names {
				i := slices.Index(keys, assets.HeadKey(name))
				if i >= 0 && !taken[i] {
					out[f.ID], taken[i] = i, true
					break
				}
			}
		}
	}
	return out
}

// Missing are the labels of required fields that have no column.
func (h Head) Missing(columns assets.SheetColumns) []string {
	var out []string
	for _, f := range columns.Fields {
		if _, ok := h.Columns[f.ID]; f.Required && !ok {
			out = append(out, f.Label)
		}
	}
	return out
}

// HeadTexts are the texts of the head row, for the clerk to choose from. A
// column without a name is an empty text.
func (h Head) HeadTexts(g Grid) []string {
	if h.Row < 0 || h.Row >= len(g) {
		return nil
	}
	width := 0
	for _, line := range g[h.Row:min(len(g), h.Row+headRows)] {
		width = max(width, len(line))
	}
	out := make([]string, width)
	for i := range out {
		out[i] = strings.Join(strings.Fields(g.At(h.Row, i).Text), " ")
	}
	return out
}
