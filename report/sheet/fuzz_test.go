package sheet

import (
	"runtime/debug"
	"testing"

	"qingfeng/model"
)

// checkImport reads data as an office's file of this name and holds what must
// be true of any bytes: no panic, an error that the clerk can read, every data
// row either taken or rejected.
func checkImport(t *testing.T, data []byte, name string) {
	book, err := open(data, name)
	if err != nil {
		if model.CodeOf(err) == "" {
			t.Fatalf("an error that is not for the clerk: %v", err)
		}
		return
	}
	f, err := newRosterFile(book, columns(t))
	if err != nil {
		if model.CodeOf(err) == "" {
			t.Fatalf("an error that is not for the clerk: %v", err)
		}
		return
	}
	f.UseHeadRow(max(f.Head.Row, 0))
	for i, c := range f.Columns.Fields { // the clerk may map anything to anything
		if _, ok := f.Head.Columns[c.ID]; !ok && c.Required {
			f.Head.Columns[c.ID] = i
		}
	}
	reading, err := f.Read()
	if err != nil {
		return
	}
	rejected := map[int]bool{}
	for _, p := range reading.Rejected {
		rejected[p.Row] = true
	}
	if reading.Total != len(reading.Rows)+len(rejected) {
		t.Fatalf("%d rows, %d taken, %d rejected", reading.Total, len(reading.Rows), len(rejected))
	}
	for _, row := range reading.Rows {
		s := row.Staff
		s.DepartmentID = 1
		if err := s.Validate(); err != nil || row.Department == "" {
			t.Fatalf("taken, but %v: %+v", err, row)
		}
	}
}

func FuzzCSV(f *testing.F) {
	f.Add(sample(f, "county-hospital-620-gb18030.csv")[:4000])
	for _, s := range []string{"", "工号,姓名,科室\n01,王五,内科\n", "\ufeff工号;姓名;科室\n01;\"王\n五\";内科\n", "\xff\xfe\xe5]\xf7S", "\xfe\xff\x5d\xe5",
		"工号\t姓名\t科室\t身份证号\n1\t=1+1\t内科\t9.9E+17\n合计\n", "\"", "a\rb", "<html>"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkImport(t, data, "a.csv") })
}

// FuzzWorkbook changes the file as it lies on disk.
func FuzzWorkbook(f *testing.F) {
	f.Add(sample(f, "dirty-roster.xlsx"))
	f.Add([]byte(workbookOf(f, `<sheet name="甲" sheetId="1" r:id="rId1"/>`, "xl/worksheets/sheet1.xml", smallSheet)))
	f.Add([]byte(encrypted(f)))
	f.Add(zipped(f))
	limitMemory(f)
	f.Fuzz(func(t *testing.T, data []byte) { checkImport(t, data, "a.xlsx") })
}

const smallSheet = `<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>工号</v></c><c r="B1" t="str"><v>姓名</v></c><c r="C1" t="s"><v>0</v></c></row>
<row r="2"><c r="A2" s="1"><v>1</v></c><c r="B2" t="inlineStr"><is><t>王_x000A_五</t></is></c><c r="C2" t="str"><f>A1</f><v>内科</v></c></row>
<row r="3"><c r="A3"><v>2</v></c><c r="B3" t="e"><v>#N/A</v></c></row></sheetData><mergeCells><mergeCell ref="C2:C3"/></mergeCells></worksheet>`

const smallStrings = `<sst><si><t>科室</t></si><si><r><t>a</t></r><rPh><t>b</t></rPh></si></sst>`

const smallStyles = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="176"/></cellXfs></styleSheet>`

// FuzzSheet changes the parts inside a sound zip, where changes of the packed
// bytes hardly ever get.
func FuzzSheet(f *testing.F) {
	f.Add(smallSheet, smallStrings, smallStyles)
	f.Add(`<worksheet><sheetData><row><c><v>26133.5</v></c></row></sheetData></worksheet>`, ``, smallStyles)
	limitMemory(f)
	f.Fuzz(func(t *testing.T, sheet, strings, styles string) {
		checkImport(t, []byte(workbookOf(t, `<sheet name="甲" sheetId="1" r:id="rId1"/>`,
			"xl/worksheets/sheet1.xml", sheet, "xl/sharedStrings.xml", strings, "xl/styles.xml", styles)), "a.xlsx")
	})
}

// limitMemory makes the collector work before a run needs much; what a single
// input keeps beyond it ends the worker and so the fuzzing.
func limitMemory(f *testing.F) {
	f.Helper()
	debug.SetMemoryLimit(512 << 20)
}
