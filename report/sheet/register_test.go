package sheet

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

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
