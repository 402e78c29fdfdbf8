package sheet

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// Every kind of cell that Excel keeps comes out as the text that a person
// would copy from the screen, dates in ISO form.
func TestEveryKindOfCell(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	const sheet = "Sheet1"
	born := time.Date(1971, 7, 18, 0, 0, 0, 0, time.UTC)
	style := func(id int, code string) int {
		s := &excelize.Style{NumFmt: id}
		if code != "" {
			s = &excelize.Style{CustomNumFmt: &code}
		}
		n, err := f.NewStyle(s)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	cases := []struct {
		name  string
		value any
		style int
		want  Cell
	}{
		{"text", "王䶮", 0, Cell{Text: "王䶮"}},
		{"blanks around", "\u3000于新 \u00a0", 0, Cell{Text: "于新"}},
		{"line break", "钱\n伟", 0, Cell{Text: "钱\n伟"}},
		{"beyond U+FFFF", "徐𬱖", 0, Cell{Text: "徐𬱖"}},
		{"rich text", []excelize.RichTextRun{{Text: "骨"}, {Text: "一科", Font: &excelize.Font{Bold: true}}}, 0, Cell{Text: "骨一科"}},
		{"formula as text", "=1+1", 0, Cell{Text: "=1+1"}},
		{"whole number", 1001, 0, Cell{"1001", Number}},
		{"phone number", 19947278511, 0, Cell{"19947278511", Number}},
		{"leading zeros by format", 1001, style(0, "00000"), Cell{"01001", Number}},
		{"prefix by format", 7, style(0, `"GH"000`), Cell{"GH007", Number}},
		{"two decimals", 1995.1, style(2, ""), Cell{"1995.10", Number}},
		{"month as number", 1995.1, 0, Cell{"1995.1", Number}},
		{"noise of fractions", 0.1 + 0.2, 0, Cell{"0.3", Number}},
		{"negative", -3.5, 0, Cell{"-3.5", Number}},
		{"15 digits", 123456789012345, 0, Cell{"123456789012345", Number}},
		{"ID number as number", 990101197107183007, 0, Cell{"9.90101E+17", LostDigits}},
		{"ID number as number shown whole", 990101197107183007, style(1, ""), Cell{"9.90101E+17", LostDigits}},
		{"cut number as text", "9.90101E+17", 0, Cell{"9.90101E+17", LostDigits}},
		{"date", born, style(14, ""), Cell{Text: "1971-07-18"}},
		{"date, ISO", born, style(0, "yyyy-mm-dd"), Cell{Text: "1971-07-18"}},
		{"date, Chinese", born, style(31, ""), Cell{Text: "1971-07-18"}},
		{"date, Chinese custom", born, style(0, `yyyy"年"m"月"d"日";@`), Cell{Text: "1971-07-18"}},
		{"date, long", born, style(0, `[$-F800]dddd\,\ mmmm\ dd\,\ yyyy`), Cell{Text: "1971-07-18"}},
		{"month and day shown", born, style(58, ""), Cell{Text: "1971-07-18"}},
		{"month", born, style(0, "yyyy-mm"), Cell{Text: "1971-07"}},
		{"month, dotted", born, style(0, "yyyy.mm"), Cell{Text: "1971-07"}},
		{"month, Chinese", born, style(57, ""), Cell{Text: "1971-07"}},
		{"month, Chinese custom", born, style(0, `yyyy"年"m"月";@`), Cell{Text: "1971-07"}},
		{"month, English", born, style(17, ""), Cell{Text: "1971-07"}},
		{"year", born, style(0, "yyyy"), Cell{Text: "1971"}},
		{"date and time", born.Add(14*time.Hour + 30*time.Minute), style(22, ""), Cell{Text: "1971-07-18 14:30"}},
		{"date format on midnight", born, style(22, ""), Cell{Text: "1971-07-18"}},
		{"date format on no date", -5, style(14, ""), Cell{"-5", Number}},
		{"date format on a huge number", 99999999, style(14, ""), Cell{"99999999", Number}},
		{"true", true, 0, Cell{Text: "TRUE"}},
		{"too long", strings.Repeat("长", MaxText), 0, Cell{Text: strings.Repeat("长", MaxText)}},
	}
	for i, c := range cases {
		cell := fmt.Sprintf("B%d", i+1)
		var err error
		if runs, ok := c.value.([]excelize.RichTextRun); ok {
			err = f.SetCellRichText(sheet, cell, runs)
		} else {
			err = f.SetCellValue(sheet, cell, c.value)
		}
		if err == nil {
			err = f.SetCellStyle(sheet, cell, cell, c.style)
		}
		if err != nil {
			t.Fatal(c.name, err)
		}
	}
	path := filepath.Join(t.TempDir(), "kinds.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	book, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	grid, err := book.Grid(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range cases {
		if got := grid.At(i, 1); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
	if (grid.At(0, 0) != Cell{}) || len(grid) != len(cases) {
		t.Errorf("%d rows", len(grid))
	}
}

// sheetOf reads a workbook whose one sheet has this XML.
func sheetOf(t testing.TB, sheet string) (Grid, error) {
	t.Helper()
	book, err := open([]byte(workbookOf(t, `<sheet name="甲" sheetId="1" r:id="rId1"/>`, "xl/worksheets/sheet1.xml", sheet)), "a.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	return book.Grid("甲")
}

// Cells that excelize does not write, and the forms of other programs: a name
// space prefix, cells and rows without references, results of formulas.
func TestCellsOfOtherPrograms(t *testing.T) {
	grid, err := sheetOf(t, `<x:worksheet xmlns:x="urn:x"><x:sheetData>
	<x:row><x:c t="inlineStr"><x:is><x:t>甲</x:t><x:rPh sb="0" eb="1"><x:t>jia</x:t></x:rPh></x:is></x:c><x:c><x:v>1</x:v></x:c></x:row>
	<x:row r="4">
		<x:c r="A4"><x:f>1+1</x:f><x:v>2</x:v></x:c>
		<x:c r="B4"><x:f>B3</x:f></x:c>
		<x:c r="C4" t="str"><x:f>""</x:f><x:v></x:v></x:c>
		<x:c r="D4" t="str"><x:f>A1&amp;"x"</x:f><x:v>甲x</x:v></x:c>
		<x:c r="E4" t="e"><x:f>#REF!</x:f><x:v>#REF!</x:v></x:c>
		<x:c r="F4" t="d"><x:v>1971-07-18T00:00:00</x:v></x:c>
		<x:c r="G4" t="s"><x:v>99</x:v></x:c>
		<x:c r="H4" t="inlineStr"><x:is><x:t>a_x000D__x000A_b</x:t></x:is></x:c>
		<x:c r="I4" s="77"><x:v>1.9947278511E10</x:v></x:c>
		<x:c r="J4" t="str"><x:v>#N/A</x:v></x:c>
		<x:c r="K4"><x:f t="shared" si="0"/><x:v>9.90101197107183E17</x:v></x:c>
		<x:c r="L4" t="inlineStr"><x:is><x:t>`+strings.Repeat("长", MaxText+1)+`</x:t></x:is></x:c>
		<x:c r="M4" t="inlineStr"><x:is><x:t>多</x:t></x:is></x:c>
	</x:row></x:sheetData><x:drawing><x:row>7</x:row><x:c r="A1"><x:v>7</x:v></x:c></x:drawing></x:worksheet>`)
	if err != nil {
		t.Fatal(err)
	}
	want := []Cell{{"2", Formula}, {"", NoResult}, {}, {"甲x", Formula}, {"#REF!", ErrorValue}, {Text: "1971-07-18T00:00:00"}, {},
		{Text: "a\r\nb"}, {"19947278511", Number}, {"#N/A", ErrorValue}, {"9.90101E+17", LostDigits}, {"", OverlongText}, {Text: "多"}}
	for i, w := range want {
		if got := grid.At(3, i); got != w {
			t.Errorf("column %d: %+v, want %+v", i, got, w)
		}
	}
	if grid.At(0, 0).Text != "甲" || grid.At(0, 1).Text != "1" || len(grid) != 4 {
		t.Errorf("%+v", grid[0])
	}
}

// A name merged over rows stands for each of them, and does not spread over
// columns or over what the file has below it.
func TestMergedCells(t *testing.T) {
	grid, err := sheetOf(t, `<worksheet><sheetData>
	<row r="1"><c r="A1" t="str"><v>标题</v></c></row>
	<row r="2"><c r="A2" t="str"><v>内科</v></c><c r="B2" t="str"><v>甲</v></c></row>
	<row r="3"><c r="B3" t="str"><v>乙</v></c></row>
	<row r="4"><c r="A4" t="str"><v>旧值</v></c><c r="B4" t="str"><v>丙</v></c></row>
	<row r="5"><c r="B5" t="str"><v>丁</v></c></row>
	</sheetData><mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2:A1048576"/><mergeCell ref="C2:C4"/><mergeCell ref="X"/><mergeCell ref="?:?"/><mergeCell/></mergeCells></worksheet>`)
	if err != nil {
		t.Fatal(err)
	}
	var column []string
	for i := range grid {
		column = append(column, grid.At(i, 0).Text)
	}
	if got := strings.Join(column, " "); got != "标题 内科 内科 旧值 内科" || len(grid) != 5 {
		t.Error(got)
	}
	if (grid.At(0, 1) != Cell{}) || grid.At(2, 0).Kind != Filled {
		t.Error(grid[0], grid[2])
	}
}

func TestLimits(t *testing.T) {
	row := func(n int, cells string) string {
		return `<worksheet><sheetData>` + fmt.Sprintf(`<row r="%d">%s</row>`, n, cells) + `</sheetData></worksheet>`
	}
	if _, err := sheetOf(t, row(MaxRows+1, fmt.Sprintf(`<c r="A%d"><v>1</v></c>`, MaxRows+1))); err == nil || !strings.Contains(err.Error(), "行数超过") {
		t.Error(err)
	}
	if _, err := sheetOf(t, row(1, `<c r="GS1"><v>1</v></c>`)); err == nil || !strings.Contains(err.Error(), "列数超过") {
		t.Error(err)
	}
	// Formatted but empty cells to the end of Excel's sheet are no data.
	grid, err := sheetOf(t, `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData></worksheet>`)
	if err != nil || len(grid) != 1 {
		t.Error(len(grid), err)
	}
	var b gridBuilder
	for i := 0; err == nil; i++ {
		err = b.add(i, MaxColumns-1, Cell{Text: "x"})
	}
	if !strings.Contains(err.Error(), "个单元格") || b.cells > MaxCells+MaxColumns {
		t.Error(err, b.cells)
	}
	for _, broken := range []string{`<worksheet><sheetData><row><c r="?"/></row>`, `<worksheet><sheetData><row><c r="A1"><v>1`, `<worksheet><sheetData><row><c t="inlineStr"><is><t>x`, `<worksheet <`} {
		if _, err := sheetOf(t, broken); err == nil || !strings.Contains(err.Error(), "已损坏") {
			t.Errorf("%s: %v", broken, err)
		}
	}
}

// The proposal takes the visible sheet that looks like a roster; a hidden one
// is listed last.
func TestChoosesTheSheet(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for _, s := range []string{"说明", "旧名单", "在职"} {
		if _, err := f.NewSheet(s); err != nil {
			t.Fatal(err)
		}
	}
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.DeleteSheet("Sheet1"))
	must(f.SetSheetRow("说明", "A1", &[]any{"本表", "姓名"}))
	for _, s := range []string{"旧名单", "在职"} {
		must(f.SetSheetRow(s, "A1", &[]any{"工号", "姓名", "科室"}))
		must(f.SetSheetRow(s, "A2", &[]any{"1", s + "人", "内科"}))
	}
	must(f.SetSheetVisible("旧名单", false))
	path := filepath.Join(t.TempDir(), "a.xlsx")
	must(f.SaveAs(path))
	r, err := OpenRoster(library, path)
	must(err)
	if fmt.Sprint(r.Sheets) != "[说明 在职 旧名单]" || r.Sheet != "在职" {
		t.Error(r.Sheets, r.Sheet)
	}
	must(r.UseSheet("旧名单"))
	if reading, err := r.Read(); err != nil || reading.Rows[0].Staff.Name != "旧名单人" {
		t.Error(reading, err)
	}
	if err := r.UseSheet("没有"); err == nil || !strings.Contains(err.Error(), "说明、在职、旧名单") {
		t.Error(err)
	}
	must(r.UseSheet("说明"))
	if _, err := r.Read(); err == nil || !strings.Contains(err.Error(), "没有找到表头") {
		t.Error(err)
	}
}
