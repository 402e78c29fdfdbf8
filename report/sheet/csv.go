package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

var utf8BOM = []byte("\xef\xbb\xbf")

func isUTF16(data []byte) bool {
	return bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff"))
}

// decode turns the bytes of a text file into UTF-8. Excel writes GB18030 on a
// Chinese Windows, UTF-8 with BOM on request, and UTF-16 as “Unicode text”.
func decode(data []byte) (string, error) {
	var out []byte
	var err error
	switch {
	case bytes.HasPrefix(data, utf8BOM):
		out = data[len(utf8BOM):]
	case isUTF16(data):
		out, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
	case utf8.Valid(data):
		out = data
	default:
		out, err = simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	}
	// Decoders put U+FFFD for what they cannot read.
	if err != nil || !utf8.Valid(out) || bytes.ContainsRune(out, utf8.RuneError) {
		return "", refuse("文件的文字编码无法识别（不是 UTF-8，也不是 GB18030），或文件已经损坏。%s", saveAs)
	}
	if bytes.IndexByte(out, 0) >= 0 {
		return "", refuse("无法识别这个文件，它不是文本。%s", saveAs)
	}
	return string(out), nil
}

func readCSV(data []byte) (Grid, error) {
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(text, "\n") { // line ends of old Macintosh programs
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = separator(text), -1, true
	var b gridBuilder
	next, row := 1, -1 // line of the text that follows the last record; its row
	for {
		record, err := r.Read()
		if err == io.EOF {
			return b.grid, nil
		}
		// Quotes are read strictly: one that is left open would swallow
		// hundreds of rows into one cell.
		if p, ok := errors.AsType[*csv.ParseError](err); ok {
			return nil, refuse("第 %d 行的引号不成对，无法分清各列。请改正后再导入，或%s", p.StartLine, saveAs)
		} else if err != nil {
			return nil, refuse("文件无法读取：%v", err)
		}
		// The reader skips blank lines, Excel numbers them as rows.
		line, _ := r.FieldPos(0)
		row += 1 + line - next
		next = line + 1
		for i, field := range record {
			next += strings.Count(field, "\n")
			if err := b.add(row, i, textCell(field)); err != nil {
				return nil, err
			}
		}
	}
}

// separator is the one of comma, tab and semicolon that the text has most of.
func separator(text string) rune {
	head := text[:min(len(text), 1<<16)]
	best, most := ',', strings.Count(head, ",")
	for _, c := range "\t;" {
		if n := strings.Count(head, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

// textCell is the cell of a text value.
func textCell(s string) Cell {
	s = trim(s)
	switch {
	case len(s) > MaxText && utf8.RuneCountInString(s) > MaxText:
		return Cell{Kind: OverlongText}
	case cutNumber.MatchString(s):
		return Cell{s, LostDigits}
	case s != "" && s[0] == '#' && errorValues[s]:
		return Cell{s, ErrorValue}
	}
	return Cell{Text: s}
}

// trim removes blanks around s, the ideographic and the zero-width ones too.
func trim(s string) string { return strings.TrimFunc(s, isBlank) }
