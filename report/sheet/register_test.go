package sheet

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/assets"
	"qingfeng/model"
)

// refusesFiles reads files of such contents, each of which is refused with
// certain words.
func refusesFiles(t *testing.T, read func(path string) error, contents map[string]string) {
	t.Helper()
	for content, says := range contents {
		path := filepath.Join(t.TempDir(), "台账.csv")
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		err := read(path)
		if err == nil || !strings.Contains(err.Error(), says) || model.CodeOf(err) != model.Invalid {
			t.Errorf("%q: %v", content, err)
		}
	}
}

// readsTemplate fills a row of a template in and looks for each of its columns
// where it belongs. read returns the cells of the rows.
func readsTemplate(t *testing.T, table Table, fields []model.SheetField, read func(path string) ([]map[string]string, error)) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "模板.xlsx")
	row := make([]string, len(table.Columns))
	for i := range row {
		row[i] = "第" + table.Columns[i]
	}
	table.Rows = [][]string{row}
	if err := Write(path, table); err != nil {
		t.Fatal(err)
	}
	got, err := read(path)
	if err != nil || len(got) != 1 {
		t.Fatalf("%v, %v", got, err)
	}
	for _, f := range fields {
		if got[0][f.ID] != "第"+f.Label {
			t.Errorf("%s holds %q", f.Label, got[0][f.ID])
		}
	}
}

// What an older register says in columns that nobody knows is told, not dropped.
func TestUnreadColumnsAreTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "台账.csv")
	content := "红包上交台账,,,,,,,,,\n序号,上交时间,财物类别,金额,票据号,经手人,监交人,空列,,送礼人电话\n" +
		"1,2026-8-10,现金,100,P-1,李某,赵某,,,\n2,2026-8-11,现金,200,,李某,赵某,,旁注,139\n制表人：王某,,,,,,,,,\n"
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	rows, err := ReadHandovers(assets.New(""), path, "")
	if err != nil || len(rows.Warnings) != 1 {
		t.Fatalf("%+v, %v", rows.Warnings, err)
	}
	if w := rows.Warnings[0]; w.Row != 2 || w.Column != "票据号、第 9 列（没有列名）、送礼人电话" || !strings.Contains(w.Problem, "没有导入") {
		t.Errorf("%+v", w)
	}
}
