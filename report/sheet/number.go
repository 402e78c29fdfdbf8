package sheet

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"

	"qingfeng/model/day"
)

// Excel keeps 15 digits of a number. An ID number typed into a cell that is
// not formatted as text has lost its end, and text saved from it shows an
// exponent.
const digitsKept = 1e15

var (
	cutNumber   = regexp.MustCompile(`^\d(\.\d+)?[Ee]\+1[4-9]$`)
	errorValues = map[string]bool{"#REF!": true, "#N/A": true, "#VALUE!": true, "#NAME?": true, "#DIV/0!": true,
		"#NULL!": true, "#NUM!": true, "#SPILL!": true, "#CALC!": true, "#GETTING_DATA": true}
)

func isBlank(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
}

// numberFormat says how the numbers of one cell style are shown.
type numberFormat struct {
	general                   bool
	date                      bool
	hasYear, hasMonth, hasDay bool
	hasClock                  bool
	code                      string
	builtIn                   int
}

// localDates are the built-in date formats that depend on the language of
// Excel, with what they show in Chinese (ECMA-376 part 1, 18.8.30), and those
// of all languages. Excel writes only the number into the file.
var localDates = map[int]string{
	14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "yyyy/m/d h:mm",
	27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy", 31: "yyyy年m月d日", 36: "yyyy年m月",
	50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日", 57: "yyyy年m月", 58: "m月d日",
}

var (
	literals = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^\]]*\]`)
	exponent = regexp.MustCompile(`e[+-]`)
)

func newNumberFormat(style *excelize.Style) numberFormat {
	f := numberFormat{builtIn: style.NumFmt}
	switch {
	case style.CustomNumFmt != nil:
		f.code = *style.CustomNumFmt
	case localDates[style.NumFmt] != "":
		f.code = localDates[style.NumFmt]
	case style.NumFmt == 0 || style.NumFmt == 49: // General and text
		f.general = true
		return f
	}
	code, _, _ := strings.Cut(strings.ToLower(f.code), ";")
	code = exponent.ReplaceAllString(literals.ReplaceAllString(code, ""), "")
	if strings.TrimSpace(code) == "general" || code == "@" {
		f.general = true
		return f
	}
	f.hasYear = strings.ContainsAny(code, "ye")
	f.hasDay = strings.Contains(code, "d")
	f.hasClock = strings.ContainsAny(code, "hs")
	f.hasMonth = strings.Contains(code, "m") && (f.hasYear || f.hasDay || !f.hasClock)
	f.date = f.hasYear || f.hasDay || f.hasMonth
	return f
}

// dateText is the date of a serial number in the precision that the format
// shows, and false when the number is no date that people write down.
func (f numberFormat) dateText(serial float64, base1904 bool) (string, bool) {
	if serial < 1 || serial > 1e6 {
		return "", false
	}
	t, err := excelize.ExcelDateToTime(serial, base1904)
	if err != nil || t.Year() < day.MinYear || t.Year() > day.MaxYear {
		return "", false
	}
	switch {
	case f.hasClock && serial != math.Trunc(serial):
		return t.Format("2006-01-02 15:04"), true
	case f.hasYear && f.hasMonth && !f.hasDay:
		return t.Format("2006-01"), true
	case f.hasYear && !f.hasMonth && !f.hasDay:
		return t.Format("2006"), true
	}
	return t.Format("2006-01-02"), true
}

// plainNumber is a number as a General cell shows it, without the noise
// behind the 15th digit that binary fractions have.
func plainNumber(v float64) string {
	if rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64); err == nil {
		v = rounded
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// formatter shows numbers in the formats that are neither General nor a date
// (00000, 0.00 …) by letting excelize show them in a scratch workbook.
type formatter struct {
	file   *excelize.File
	styles map[string]int
}

func (f *formatter) text(v float64, nf numberFormat) string {
	const sheet, cell = "Sheet1", "A1"
	if f.file == nil {
		f.file, f.styles = excelize.NewFile(), map[string]int{}
	}
	key := strconv.Itoa(nf.builtIn) + nf.code
	style, known := f.styles[key]
	if !known {
		s := &excelize.Style{NumFmt: nf.builtIn}
		if nf.code != "" {
			s = &excelize.Style{CustomNumFmt: &nf.code}
		}
		var err error
		if style, err = f.file.NewStyle(s); err != nil {
			style = 0
		}
		f.styles[key] = style
	}
	if f.file.SetCellFloat(sheet, cell, v, -1, 64) != nil || f.file.SetCellStyle(sheet, cell, cell, style) != nil {
		return plainNumber(v)
	}
	if shown, err := f.file.GetCellValue(sheet, cell); err == nil {
		return trim(shown)
	}
	return plainNumber(v)
}
