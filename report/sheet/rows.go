package sheet

import (
	"fmt"
	"regexp"
	"strings"

	"qingfeng/assets"
	"qingfeng/model"
)

// Rows are the data rows below a head, with those left out.
type Rows struct {
	Mapped []model.MappedRow
	// Heads are the file's own names of the mapped columns, by field id.
	Heads map[string]string
	// Skipped are the Excel row numbers of totals, signatures and repeated
	// heads. Other rows without any mapped value are empty and not counted.
	Skipped []int
	// Warnings concern a whole column, such as formulas in it.
	Warnings []model.RosterProblem
}

// ReadRows takes the rows below the head, matched to the head's columns.
func ReadRows(g Grid, h Head, columns assets.SheetColumns) Rows {
	r := rowReader{grid: g, head: h, stop: stopWords(columns.Skip), formulas: map[string]*formulaCount{}}
	r.out.Heads = map[string]string{}
	for _, f := range columns.Fields {
		if i, ok := h.Columns[f.ID]; ok {
			text := strings.Join(strings.Fields(g.At(h.Row, i).Text), " ")
			if text == "" {
				text = f.Label
			}
			r.out.Heads[f.ID] = text
			r.fields = append(r.fields, f.ID)
		}
	}
	r.out.Mapped = make([]model.MappedRow, 0, max(0, len(g)-h.Row-1))
	for row := h.Row + 1; row < len(g); row++ {
		r.take(row)
	}
	r.warnOfFormulas()
	return r.out
}

// stopWords matches the first text of a row that is no data: one of the words
// alone or before a colon, a figure or a bracket, as in 合计：61人.
func stopWords(words []string) *regexp.Regexp {
	if len(words) == 0 {
		return nil
	}
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = regexp.QuoteMeta(assets.HeadKey(w))
	}
	return regexp.MustCompile(`^(` + strings.Join(quoted, "|") + `)($|[0-9(:人])`)
}

type formulaCount struct{ first, count int }

type rowReader struct {
	grid     Grid
	head     Head
	fields   []string // mapped, in the order of the column file
	stop     *regexp.Regexp
	formulas map[string]*formulaCount
	out      Rows
}

func (r *rowReader) take(row int) {
	switch {
	case r.isTotal(row), r.repeatsHead(row):
		r.out.Skipped = append(r.out.Skipped, row+1)
		return
	case r.empty(row):
		return
	}
	m := model.MappedRow{Line: row + 1, Cells: make(map[string]string, len(r.fields))}
	for _, field := range r.fields {
		c := r.grid.At(row, r.head.Columns[field])
		m.Cells[field] = c.Text
		if c.Kind != Text {
			r.note(&m, field, c)
		}
	}
	r.out.Mapped = append(r.out.Mapped, m)
}

// empty reports whether the row has nothing of its own in a mapped column:
// the name of a merged department alone, or formulas prepared for later rows,
// are no data.
func (r *rowReader) empty(row int) bool {
	for _, field := range r.fields {
		c := r.grid.At(row, r.head.Columns[field])
		if c.Kind != Filled && c.Kind != NoResult && (c.Text != "" || c.Kind == OverlongText) {
			return false
		}
	}
	return true
}

func (r *rowReader) isTotal(row int) bool {
	if r.stop == nil {
		return false
	}
	for _, c := range r.grid[row] {
		if c.Text != "" && c.Kind != Filled {
			return r.stop.MatchString(firstLetters(c.Text))
		}
	}
	return false
}

// firstLetters is the comparable form of the beginning of a text; colons stay.
func firstLetters(s string) string {
	if runes := []rune(s); len(runes) > 20 {
		s = string(runes[:20])
	}
	head, _, colon := strings.Cut(strings.ReplaceAll(s, "：", ":"), ":")
	key := assets.HeadKey(head)
	if colon {
		key += ":"
	}
	return key
}

func (r *rowReader) repeatsHead(row int) bool {
	same := 0
	for _, field := range r.fields {
		i := r.head.Columns[field]
		if c := r.grid.At(row, i); c.Text != "" && c.Text == r.grid.At(r.head.Row, i).Text {
			same++
		}
	}
	return same >= 2
}

// note tells the reader of the row what the file says about a cell.
func (r *rowReader) note(m *model.MappedRow, field string, c Cell) {
	problem := ""
	switch c.Kind {
	case Number:
		if m.Numeric == nil {
			m.Numeric = map[string]bool{}
		}
		m.Numeric[field] = true
	case Formula:
		f := r.formulas[field]
		if f == nil {
			f = &formulaCount{first: m.Line}
			r.formulas[field] = f
		}
		f.count++
	case NoResult:
		problem = "是公式，文件里没有保存计算结果。请用 Excel 打开并保存一次，或改为直接填写"
	case ErrorValue:
		problem = "是 Excel 的错误值，请改正"
	case LostDigits:
		problem = "Excel 把它当作数字，15 位以后的数字已经丢失。请把该列设为“文本”格式后重新填写"
	case OverlongText:
		problem = fmt.Sprintf("内容超过 %d 个字符", MaxText)
	}
	if problem != "" {
		if m.Problems == nil {
			m.Problems = map[string]string{}
		}
		m.Problems[field] = problem
	}
}

// warnOfFormulas says once for a column that its values come from formulas:
// a column computed from the ID number would otherwise warn in every row.
func (r *rowReader) warnOfFormulas() {
	for _, field := range r.fields {
		if f := r.formulas[field]; f != nil {
			r.out.Warnings = append(r.out.Warnings, model.RosterProblem{
				Row: f.first, Column: r.out.Heads[field],
				Problem: fmt.Sprintf("本列有 %d 个公式，按文件里保存的计算结果读取，请核对", f.count),
			})
		}
	}
}
