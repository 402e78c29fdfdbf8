package sheet

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/natefinch/atomic"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/width"

	"qingfeng/model"
)

// Table is one sheet of a workbook to write: a head row and rows of text.
type Table struct {
	Name    string
	Columns []string
	Rows    [][]string
}

// textFormat is Excel's built-in format “@”: what stands in the cell is text
// and stays so when somebody edits it, be it a 工号 with leading zeros, an ID
// number or something that begins like a formula.
const textFormat = 49

// Write writes tables as the sheets of a new .xlsx, whole or not at all. Every
// cell is text. Errors are [model.Error].
func Write(path string, tables ...Table) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := fill(f, tables); err != nil {
		return fmt.Errorf("生成 %s：%w", filepath.Base(path), err)
	}
	buf, err := f.WriteToBuffer()
	if err != nil {
		return fmt.Errorf("生成 %s：%w", filepath.Base(path), err)
	}
	if err := atomic.WriteFile(path, buf); err != nil {
		return refuse("不能写入文件 %s。如果它正在 Excel 或 WPS 中打开，请先关闭；也请确认磁盘有空间、文件夹可以写入", filepath.Base(path))
	}
	return nil
}

func fill(f *excelize.File, tables []Table) error {
	if len(tables) == 0 {
		return errors.New("没有内容")
	}
	text, err := f.NewStyle(&excelize.Style{NumFmt: textFormat})
	if err != nil {
		return err
	}
	head, err := f.NewStyle(&excelize.Style{
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
			err = stream(f, t, head, text)
		}
		if err != nil {
			return err
		}
	}
	return f.SetDocProps(&excelize.DocProperties{Creator: "清风", LastModifiedBy: "清风"})
}

func stream(f *excelize.File, t Table, head, text int) error {
	w, err := f.NewStreamWriter(t.Name)
	if err != nil {
		return err
	}
	for i, width := range widths(t) {
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	// Empty cells of the columns are text too, for what is typed there later.
	if err := w.SetColStyle(1, max(1, len(t.Columns)), text); err != nil {
		return err
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := w.SetRow("A1", cells(t.Columns, head)); err != nil {
		return err
	}
	for i, row := range t.Rows {
		for _, v := range row {
			// Excelize cuts after MaxText units of UTF-16, two a character at most.
			if utf8.RuneCountInString(v) > MaxText/2 {
				return model.Errorf(model.Invalid, "第 %d 行的内容过长，Excel 放不下", i+2)
			}
		}
		if err := w.SetRow(fmt.Sprintf("A%d", i+2), cells(row, text)); err != nil {
			return err
		}
	}
	return w.Flush()
}

func cells(values []string, style int) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = excelize.Cell{StyleID: style, Value: printable(v)}
	}
	return out
}

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
