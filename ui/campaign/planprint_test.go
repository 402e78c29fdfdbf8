package campaign

import (
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/ui/kit"
)

func TestPlanIsPrinted(t *testing.T) {
	d, _ := planned(t, sectionDuties)
	for _, c := range []struct{ item, said, line string }{
		{"时间表", "时间表-2026年医疗行业作风建设专项行动", "时间表"},
		{"责任清单", "责任清单-2026年医疗行业作风建设专项行动", "责任清单"},
		{"责任清单（含进展）", "责任清单-2026年医疗行业作风建设专项行动", "责任清单"},
	} {
		before := len(d.Exports())
		d.Menu("打印", c.item)
		d.Sees(c.said)
		d.Picture("plan-print-" + c.item)
		d.Tap(printButton)
		d.TapLast("知道了")
		d.Escape()
		lines := d.Exports()
		if len(lines) != before+1 || !strings.HasPrefix(lines[0], c.line+" ") {
			t.Errorf("%s: the trail says %q", c.item, lines)
		}
	}
	if n := len(d.Opened); n != 3 {
		t.Errorf("%d files were opened", n)
	}
}

func TestDutiesAreExported(t *testing.T) {
	d, _ := planned(t, sectionDuties)
	path := filepath.Join(t.TempDir(), "责任清单.xlsx")
	d.Tap("导出")
	d.Fields()[0].(*kit.Entry).SetText(path)
	d.Tap("确定")
	d.Sees("已导出 31 行到 责任清单.xlsx")
	if got := d.Exports(); len(got) != 1 || got[0] != "责任清单 责任清单.xlsx 31" {
		t.Errorf("the trail says %q", got)
	}
}
