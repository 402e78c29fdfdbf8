package system

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"qingfeng/model/store"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
)

func TestTrailExports(t *testing.T) {
	b := newBench(t)
	b.work()
	b.manyLines(500) // more than a page of the table
	p := b.trail()
	p.SetFilter(trailAction, "交回")
	dir := t.TempDir()
	want := p.Table().Total()
	if want != 125 {
		t.Fatalf("%d lines", want)
	}
	for i, ext := range []string{".xlsx", ".csv", ".CSV"} {
		file := fmt.Sprintf("记录%d%s", i, ext)
		p.export(filepath.Join(dir, file), p.Query())
		b.sees(fmt.Sprintf("已保存 %d 条到 %s", want, file))
		book, err := sheet.Open(filepath.Join(dir, file))
		check(t, err)
		grid, err := book.Grid(book.Sheets[0])
		check(t, err)
		if len(grid) != want+1 {
			t.Fatalf("%s has %d rows", file, len(grid))
		}
		newest, no := grid.At(1, 0).Text, grid.At(want, 0).Text
		if n, err := strconv.Atoi(newest); err != nil || strconv.Itoa(n-4*(want-1)) != no {
			t.Errorf("%s goes from line %s to %s", file, newest, no)
		}
		if got := grid.At(1, 7).Text; !strings.Contains(got, "科室：急诊科；") || !strings.Contains(got, "状态：未交回") {
			t.Errorf("%s says %q", file, got)
		}
		found, err := b.deps.Store.Trail(context.Background(), store.TrailFilter{Action: "导出", Entity: trailArea}, store.Page{Sort: "id", Desc: true})
		check(t, err)
		if l := found.Items[0]; found.Total != i+1 || l.Label != file || l.After != `{"plain":false,"rows":125}` {
			t.Errorf("%d lines about exports, the last %+v", found.Total, l)
		}
	}
	p.ClearFilters()
	b.sees("记录2.CSV") // the line about it is on the page at once
}

func TestTrailExportIsAskedFor(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there the system asks for the name")
	}
	b := newBench(t)
	b.work()
	p := b.trail()
	p.SetKeyword("主管护师")
	path := filepath.Join(t.TempDir(), "操作记录")
	b.menu("导出", 1)
	walk(b.win.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if e, ok := o.(*kit.Entry); ok {
			e.SetText(path)
		}
	})
	b.press("确定")
	b.sees("已保存 1 条到 操作记录.csv")
	content, err := os.ReadFile(path + ".csv")
	check(t, err)
	if !strings.Contains(string(content), "主管护师") || strings.Count(string(content), "2026-08-11 12:00:00") != 1 {
		t.Errorf("the file holds %s", content)
	}
}

func TestTrailExportIsCalledOff(t *testing.T) {
	b := newBench(t)
	b.work()
	p := b.trail()
	slow := kit.NewManual(noon)
	t.Cleanup(kit.SetEnv(slow))
	path := filepath.Join(t.TempDir(), "a.csv")
	p.export(path, p.Query())
	b.press("取消")
	slow.Drain()
	if _, err := os.Stat(path); err == nil {
		t.Error("there is a file")
	}
	b.seesNot("已保存")
}
