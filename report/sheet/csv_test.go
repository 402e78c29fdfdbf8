package sheet

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// The same table in every encoding and with every separator that Excel and
// WPS write is read alike.
func TestCSVForms(t *testing.T) {
	const text = "工号,姓名,备注\r\n01001,王䶮,\"一,\"\"二\"\"\r\n三\"\r\n\r\n01002,徐𬱖,\r\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	utf16le, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.ReplaceAll(text, ",", "\t"))
	if err != nil {
		t.Fatal(err)
	}
	utf16be, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{
		"UTF-8": text, "UTF-8 with BOM": "\ufeff" + text, "GB18030": gb, "UTF-16LE, tabs": utf16le, "UTF-16BE": utf16be,
		"semicolons": strings.NewReplacer(",", ";", "一,", "一,").Replace(text), "no last line end": strings.TrimRight(text, "\r\n"),
	} {
		book, err := open([]byte(data), "名单.csv")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		g, err := book.Grid("名单")
		if err != nil || len(g) != 4 {
			t.Errorf("%s: %d rows, %v", name, len(g), err)
			continue
		}
		// Row 3 is empty as in Excel, so that row 4 is the clerk's row 4.
		if g.At(1, 0).Text != "01001" || g.At(1, 1).Text != "王䶮" || !strings.HasSuffix(g.At(1, 2).Text, "\"二\"\n三") || len(g[2]) != 0 || g.At(3, 1).Text != "徐𬱖" {
			t.Errorf("%s: %q", name, g)
		}
	}
	if _, err := open([]byte("BM号,姓名\n1,王五\n"), "a.csv"); err != nil {
		t.Error(err) // BM is also how a bitmap begins
	}
	if book, err := open([]byte("PK,姓名\r1,王五\r"), "a.csv"); err != nil {
		t.Error(err)
	} else if g, _ := book.Grid("a"); len(g) != 2 || g.At(1, 1).Text != "王五" {
		t.Errorf("old line ends: %q", g)
	}
}

// Blank lines and line breaks inside quotes do not shift the row numbers that
// the clerk sees in Excel.
func TestCSVBlankLinesAndRowNumbers(t *testing.T) {
	var b strings.Builder
	want := map[int]string{}
	for row := range 50 {
		switch row % 4 {
		case 1:
			b.WriteString("\n")
			continue
		case 2:
			fmt.Fprintf(&b, "r%d,\"a\nb\n\nc\"\n", row)
		default:
			fmt.Fprintf(&b, "r%d,\n", row)
		}
		want[row] = fmt.Sprintf("r%d", row)
	}
	g, err := readCSV([]byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	for row := range 50 {
		if g.At(row, 0).Text != want[row] {
			t.Errorf("row %d: %q", row, g.At(row, 0).Text)
		}
	}
}

func TestCSVLimits(t *testing.T) {
	if _, err := readCSV([]byte(strings.Repeat("a,", MaxColumns) + "b\n")); err == nil || !strings.Contains(err.Error(), "列数超过") {
		t.Error(err)
	}
	if _, err := readCSV([]byte(strings.Repeat("a\n", MaxRows+1))); err == nil || !strings.Contains(err.Error(), "行数超过") {
		t.Error(err)
	}
	g, err := readCSV([]byte("工号," + strings.Repeat("长", MaxText+1) + "\n"))
	if err != nil || g.At(0, 1).Kind != OverlongText {
		t.Error(err)
	}
}
