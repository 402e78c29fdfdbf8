package page

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Rows that say the same in the merged columns say it once on a page, and a
// merged cell higher than its rows makes room for itself.
func TestMergedCells(t *testing.T) {
	d := New(Bundled(), Options{Created: someDay, Landscape: true})
	d.AddPage()
	var rows [][]string
	for project := range 6 {
		goal := fmt.Sprintf("目标%c", '甲'+rune(project))
		if project == 2 {
			goal += strings.Repeat("长", 300)
		}
		for i := range 9 {
			rows = append(rows, []string{fmt.Sprintf("项目%d。", project+1), goal, fmt.Sprintf("举措%d-%d", project+1, i+1)})
		}
	}
	d.PutTable(Table{Merge: 2, MinRow: 7, Columns: []Column{{"项目", 40, AlignLeft}, {"责任目标", 40, AlignLeft}, {"提升举措", 150, AlignLeft}}}, rows)
	if len(d.Warnings()) > 0 {
		t.Error(d.Warnings())
	}
	path := finish(t, d)
	pages := strings.Split(strings.TrimSuffix(extract(t, path), "\f"), "\f")
	if len(pages) < 3 {
		t.Fatalf("%d pages", len(pages))
	}
	all := ""
	for n, p := range pages {
		p = squeeze(p)
		all += p
		for project := range 6 {
			mark := fmt.Sprintf("项目%d。", project+1)
			rows := strings.Count(p, fmt.Sprintf("举措%d-", project+1))
			if got := strings.Count(p, mark); got != min(rows, 1) {
				t.Errorf("page %d says %s %d times beside %d rows", n+1, mark, got, rows)
			}
		}
	}
	if got := strings.Count(all, "举措") - len(pages)*1; got != len(rows) { // the head says it too
		t.Errorf("%d rows on paper, want %d", got, len(rows))
	}
	if got := strings.Count(all, "长"); got%300 != 0 || got == 0 {
		t.Errorf("%d characters of the long cell on paper", got)
	}
	inside(t, path, landscape)
}

// A row taller than a page is set smaller and stays whole.
func TestTallRow(t *testing.T) {
	d := New(Bundled(), Options{Created: someDay})
	d.AddPage()
	d.Text(Body, "前文")
	d.PutTable(Table{Columns: []Column{{"序号", 14, AlignCenter}, {"说明", 40, AlignLeft}}}, [][]string{{"1", strings.Repeat("长", 500)}, {"2", "短"}})
	path := finish(t, d)
	if got := strings.Count(extract(t, path), "长"); got != 500 || len(d.Warnings()) > 0 {
		t.Errorf("%d characters on paper, %v", got, d.Warnings())
	}
	inside(t, path, portrait)

	d = New(Bundled(), Options{Created: someDay})
	d.AddPage()
	d.PutTable(Table{Columns: []Column{{"序号", 14, AlignCenter}, {"说明", 12, AlignLeft}}}, [][]string{{"甲", strings.Repeat("长", 500)}})
	if w := d.Warnings(); len(w) != 1 || w[0].Kind != Misfit || w[0].Text != "甲" {
		t.Errorf("warnings %v", w)
	}
}

var box = regexp.MustCompile(`(\w+)="([0-9.]+)"`)

// inside checks that every word of a document stands in the text area.
func inside(t *testing.T, path string, a Area) {
	t.Helper()
	const slack = 2.5 // mm, the boxes of a font are larger than its characters
	words := 0
	for _, line := range strings.Split(run(t, "pdftotext", "-bbox", path, "-"), "\n") {
		at := map[string]float64{}
		for _, m := range box.FindAllStringSubmatch(line, -1) {
			at[m[1]], _ = strconv.ParseFloat(m[2], 64)
		}
		if !strings.Contains(line, "<word") {
			continue
		}
		words++
		if at["xMin"] < (a.Left-slack)*mm || at["xMax"] > (a.Left+a.Width+slack)*mm || at["yMin"] < (a.Top-slack)*mm || at["yMax"] > (a.Top+a.Height+slack)*mm {
			t.Errorf("outside the text area: %s", line)
		}
	}
	if words == 0 {
		t.Error("no words")
	}
}
