package sheet

import (
	"encoding/xml"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// maxStrings bounds the shared strings; a sheet within MaxCells needs no more.
const maxStrings = MaxCells

// maxBytes is where collecting a cell's text stops: by then it has more than
// MaxText characters and is overlong, whatever follows.
const maxBytes = utf8.UTFMax * MaxText

// readStrings reads the table of texts that the cells point into.
func (w *workbook) readStrings() error {
	w.strings = []string{}
	d := w.decoder("xl/sharedStrings.xml")
	for {
		tok, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return refuse(damaged)
		}
		if e, ok := tok.(xml.StartElement); ok && e.Name.Local == "si" {
			s, err := richText(d, "si")
			if err != nil {
				return err
			}
			if w.strings = append(w.strings, s); len(w.strings) > maxStrings {
				return refuse("内容超过 %d 个单元格。请确认选对了文件", MaxCells)
			}
		}
	}
}

// richText is the text of the element end that was just begun, its runs
// joined, without the pronunciation that Japanese Excel keeps beside it.
func richText(d *xml.Decoder, end string) (string, error) {
	var text string
	phonetic, inText := false, false
	for {
		tok, err := d.RawToken()
		if err != nil {
			return "", refuse(damaged)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			phonetic = phonetic || t.Name.Local == "rPh"
			inText = t.Name.Local == "t"
		case xml.EndElement:
			inText = false
			switch t.Name.Local {
			case "rPh":
				phonetic = false
			case end:
				return unescape(text), nil
			}
		case xml.CharData:
			if inText && !phonetic && len(text) <= maxBytes {
				text += string(t)
			}
		}
	}
}

var escaped = regexp.MustCompile(`(?:_x[0-9A-Fa-f]{4}_)+`)

// unescape undoes _xHHHH_, by which Excel writes characters that XML cannot
// hold, such as _x000D_ (ECMA-376 part 1, 22.9.2.19).
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(m string) string {
		units := make([]uint16, 0, len(m)/7)
		for ; len(m) >= 7; m = m[7:] {
			u, _ := strconv.ParseUint(m[2:6], 16, 16)
			units = append(units, uint16(u))
		}
		return string(utf16.Decode(units))
	})
}

// sheetReader reads the cells of one sheet in one pass.
type sheetReader struct {
	*workbook
	xml     *xml.Decoder
	builder gridBuilder
	inData  bool
	row     int // from 0, of the row element that is open
	column  int // from 0, of the last cell
	merges  int
}

func (r *sheetReader) run() error {
	r.row = -1
	for {
		tok, err := r.xml.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return refuse(damaged)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			if err := r.begin(e); err != nil {
				return err
			}
		case xml.EndElement:
			if e.Name.Local == "sheetData" {
				r.inData = false
			}
		}
	}
}

// begin handles an element of the sheet. Rows and cells count inside the
// data only: anchors of drawings have elements of the same names.
func (r *sheetReader) begin(e xml.StartElement) error {
	switch name := e.Name.Local; {
	case name == "sheetData":
		r.inData = true
	case name == "mergeCell":
		return r.merge(attribute(e, "ref"))
	case !r.inData:
	case name == "row":
		r.beginRow(e)
	case name == "c":
		return r.cell(e)
	}
	return nil
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (r *sheetReader) beginRow(e xml.StartElement) {
	r.row++
	r.column = -1
	if n, err := strconv.Atoi(attribute(e, "r")); err == nil && n > 0 {
		r.row = n - 1
	}
}

// rawCell is what the file has for one cell.
type rawCell struct {
	style           int
	kind            string // the attribute t
	value, inline   string
	formula, result bool // has a formula; has a value element
}

func (r *sheetReader) cell(e xml.StartElement) error {
	var c rawCell
	r.column++
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "r":
			column, row, err := excelize.CellNameToCoordinates(a.Value)
			if err != nil {
				return refuse(damaged)
			}
			r.column, r.row = column-1, row-1
		case "s":
			c.style, _ = strconv.Atoi(a.Value)
		case "t":
			c.kind = a.Value
		}
	}
	if err := r.content(&c); err != nil {
		return err
	}
	return r.builder.add(max(r.row, 0), r.column, r.interpret(c))
}

// content reads up to the end of the cell.
func (r *sheetReader) content(c *rawCell) error {
	inValue := false
	for {
		tok, err := r.xml.RawToken()
		if err != nil {
			return refuse(damaged)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "v":
				inValue, c.result = true, true
			case "f":
				c.formula = true
			case "is":
				if c.inline, err = richText(r.xml, "is"); err != nil {
					return err
				}
			}
		case xml.EndElement:
			inValue = false
			if t.Name.Local == "c" {
				return nil
			}
		case xml.CharData:
			if inValue && len(c.value) <= maxBytes {
				c.value += string(t)
			}
		}
	}
}

// interpret makes the cell's text of its raw content.
func (r *sheetReader) interpret(c rawCell) Cell {
	var cell Cell
	switch c.kind {
	case "s":
		if i, err := strconv.Atoi(strings.TrimSpace(c.value)); err == nil && i >= 0 && i < len(r.strings) {
			cell = textCell(r.strings[i])
		}
	case "inlineStr":
		cell = textCell(c.inline)
	case "str", "d":
		cell = textCell(unescape(c.value))
	case "e":
		return Cell{trim(c.value), ErrorValue}
	case "b":
		cell = Cell{Text: map[string]string{"1": "TRUE", "0": "FALSE"}[trim(c.value)]}
	default:
		cell = r.number(c)
	}
	switch {
	case c.formula && !c.result:
		return Cell{Kind: NoResult}
	case c.formula && (cell.Kind == Text || cell.Kind == Number):
		cell.Kind = Formula
	}
	return cell
}

func (r *sheetReader) number(c rawCell) Cell {
	text := trim(c.value)
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || text == "" {
		return textCell(text)
	}
	if v >= digitsKept || v <= -digitsKept {
		return Cell{strconv.FormatFloat(v, 'G', 6, 64), LostDigits}
	}
	nf := r.format(c.style)
	switch {
	case nf.general:
		return Cell{plainNumber(v), Number}
	case nf.date:
		if date, ok := nf.dateText(v, r.base1904); ok {
			return Cell{Text: date}
		}
		return Cell{plainNumber(v), Number}
	}
	return Cell{r.numbers.text(v, nf), Number}
}

// merge copies the text of merged cells down their first column, as one
// department's name stands for all its rows. It does not copy to the right:
// a heading merged over a row must not become every column's value.
func (r *sheetReader) merge(ref string) error {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		return nil
	}
	column, top, err := excelize.CellNameToCoordinates(from)
	_, bottom, err2 := excelize.CellNameToCoordinates(to)
	if err != nil || err2 != nil {
		return nil
	}
	source := r.builder.grid.At(top-1, column-1)
	if source.Text == "" {
		return nil
	}
	source.Kind = Filled
	last := min(bottom, len(r.builder.grid))
	// Merged areas cannot overlap in a sound file; in an unsound one they
	// must not cost more than the cells that may be read at all.
	if r.merges += max(last-top, 0); r.merges > MaxCells {
		return refuse(damaged)
	}
	for row := top; row < last; row++ {
		if r.builder.grid.At(row, column-1) == (Cell{}) {
			if err := r.builder.add(row, column-1, source); err != nil {
				return err
			}
		}
	}
	return nil
}
