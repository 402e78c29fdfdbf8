package sheet

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/width"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/money"
)

// Table is one sheet of a workbook to write: a head row and rows of text.
type Table struct {
	Name    string
	Columns []string
	Rows    [][]string
	// Counts names those of Columns that hold whole numbers, with which Excel
	// shall calculate. What is no whole number in them stays text.
	Counts []string
	// Amounts names those of Columns that hold amounts in yuan to the fen, as
	// [money.Yuan] writes them, with which Excel shall calculate. What is no
	// such amount in them stays text, or a count.
	Amounts []string
}

// textFormat is Excel's built-in format “@”: what stands in the cell is text
// and stays so when somebody edits it, be it a 工号 with leading zeros, an ID
// number or something that begins like a formula.
const textFormat = 49

// countFormat is Excel's built-in format “0”, amountFormat “#,##0.00”.
const (
	countFormat  = 1
	amountFormat = 4
)

// Write writes tables as the sheets of a new .xlsx, whole or not at all. Every
// cell is text unless its column is one of [Table.Counts] or [Table.Amounts]. A path that does
// not end in .xlsx is refused: Excel would not open the file. Errors are
// [model.Error].
func Write(path string, tables ...Table) error {
	if !strings.EqualFold(filepath.Ext(path), ".xlsx") {
		return refuse("文件名 %s 应以 .xlsx 结尾，这里只能写 Excel 工作簿", filepath.Base(path))
	}
	f := excelize.NewFile()
	defer f.Close()
	if err := fill(f, tables); err != nil {
		return fmt.Errorf("生成 %s：%w", filepath.Base(path), err)
	}
	return folder.WriteFile(path, func(w io.Writer) error { return f.Write(w) })
}

// styles are the ids of the styles of a workbook.
type styles struct{ head, text, count, amount int }

func fill(f *excelize.File, tables []Table) error {
	if len(tables) == 0 {
		return errors.New("没有内容")
	}
	var st styles
	var err error
	if st.text, err = f.NewStyle(&excelize.Style{NumFmt: textFormat}); err != nil {
		return err
	}
	if st.count, err = f.NewStyle(&excelize.Style{NumFmt: countFormat}); err != nil {
		return err
	}
	if st.amount, err = f.NewStyle(&excelize.Style{NumFmt: amountFormat}); err != nil {
		return err
	}
	st.head, err = f.NewStyle(&excelize.Style{
		NumFmt:    textFormat,
		Font:      &excelize.Font{Bold: true},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7ECF2"}},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center"},
	})
	if err != nil {
		return err
	}
	for i, t := range tables {
		if i == 0 {
			err = f.SetSheetName("Sheet1", t.Name)
		} else {
			_, err = f.NewSheet(t.Name)
		}
		if err == nil {
			err = stream(f, t, st)
		}
		if err != nil {
			return err
		}
	}
	return f.SetDocProps(&excelize.DocProperties{Creator: "清风", LastModifiedBy: "清风"})
}

func stream(f *excelize.File, t Table, st styles) error {
	w, err := f.NewStreamWriter(t.Name)
	if err != nil {
		return err
	}
	for i, width := range widths(t) {
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	// Empty cells of a column are styled too, for what is typed there later.
	for i, name := range t.Columns {
		style := st.text
		switch {
		case slices.Contains(t.Amounts, name):
			style = st.amount
		case slices.Contains(t.Counts, name):
			style = st.count
		}
		if err := w.SetColStyle(i+1, i+1, style); err != nil {
			return err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := w.SetRow("A1", headCells(t.Columns, st.head)); err != nil {
		return err
	}
	for i, row := range t.Rows {
		for _, v := range row {
			// Excelize cuts after MaxText units of UTF-16, two a character at most.
			if utf8.RuneCountInString(v) > MaxText/2 {
				return model.Errorf(model.Invalid, "第 %d 行的内容过长，Excel 放不下", i+2)
			}
		}
		if err := w.SetRow(fmt.Sprintf("A%d", i+2), t.cells(row, st)); err != nil {
			return err
		}
	}
	return w.Flush()
}

func headCells(columns []string, style int) []any {
	out := make([]any, len(columns))
	for i, name := range columns {
		out[i] = excelize.Cell{StyleID: style, Value: printable(name)}
	}
	return out
}

func (t Table) cells(row []string, st styles) []any {
	out := make([]any, len(row))
	for i, v := range row {
		out[i] = excelize.Cell{StyleID: st.text, Value: printable(v)}
		switch kind, plain := t.number(i, v); kind {
		case count:
			n, _ := strconv.Atoi(plain)
			out[i] = excelize.Cell{StyleID: st.count, Value: n}
		case amount:
			// An amount of a hospital comes out of a float with the same digits.
			yuan, _ := strconv.ParseFloat(plain, 64)
			out[i] = excelize.Cell{StyleID: st.amount, Value: yuan}
		}
	}
	return out
}

// numberKind says how a cell is a number.
type numberKind int

const (
	none numberKind = iota
	count
	amount
)

// number tells whether the text of a cell in column i is a number there, and
// returns it without separators.
func (t Table) number(i int, text string) (numberKind, string) {
	if i >= len(t.Columns) {
		return none, text
	}
	if n, err := strconv.Atoi(text); err == nil && strconv.Itoa(n) == text && slices.Contains(t.Counts, t.Columns[i]) {
		return count, text
	}
	if slices.Contains(t.Amounts, t.Columns[i]) {
		plain := strings.ReplaceAll(text, ",", "")
		fen, err := strconv.ParseInt(strings.Replace(plain, ".", "", 1), 10, 64)
		if err == nil && money.Yuan(fen) == text && max(fen, -fen) < maxAmount {
			return amount, plain
		}
	}
	return none, text
}

// maxAmount, in fen, is what Excel still shows to the fen: 15 digits.
const maxAmount = 1_000_000_000_000_000

// printable leaves out what XML cannot hold: control characters and U+FFFE, U+FFFF.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r == utf8.RuneError || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
}

// widths fits the columns to their longest text, in Excel's unit of a digit's
// width, within what still reads well.
func widths(t Table) []float64 {
	const least, most = 8, 60
	out := make([]float64, len(t.Columns))
	for i := range out {
		out[i] = float64(textWidth(t.Columns[i]))
	}
	for _, row := range t.Rows {
		for i, v := range row[:min(len(row), len(out))] {
			if w := float64(textWidth(v)); w > out[i] {
				out[i] = w
			}
		}
	}
	for i := range out {
		out[i] = min(max(out[i]+2, least), most)
	}
	return out
}

func textWidth(s string) int {
	n := 0
	for _, r := range s {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianAmbiguous:
			n++
		}
		n++
	}
	return n
}
