package office

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"qingfeng/report/sheet"
)

// One file is one print, whatever else is done with the preview.
func TestAPaperIsRecordedOnce(t *testing.T) {
	d := newDesk(t)
	recorded, told := 0, 0
	p := NewPress(d.deps, func() { told++ })
	pa := Paper{PDF: []byte("%PDF"), List: "承诺书", Rows: 3, Done: "3 份承诺书已登记为已打印。",
		Written: func(context.Context) error { recorded++; return nil }}
	path := filepath.Join(t.TempDir(), "承诺书.pdf")
	p.write(&pa, path, false)
	d.Sees("已保存", "3 份承诺书已登记为已打印。", "文件："+path)
	d.Tap("知道了")
	p.write(&pa, path, true)
	d.Sees("已交给 PDF 阅读器")
	d.SeesNot("已登记为已打印")
	if got, err := os.ReadFile(path); err != nil || string(got) != "%PDF" || !slices.Equal(d.Opened, []string{path}) {
		t.Errorf("wrote %q (%v), opened %v", got, err, d.Opened)
	}
	if got := d.Exports(); recorded != 1 || told != 1 || !slices.Equal(got, []string{"承诺书 承诺书.pdf 3"}) {
		t.Errorf("recorded %d times, told %d times, exports %q", recorded, told, got)
	}
}

// A second key press before the first is done is none.
func TestAPaperIsWrittenOneAtATime(t *testing.T) {
	d := newDesk(t)
	recorded := 0
	p := NewPress(d.deps, nil)
	pa := Paper{PDF: []byte("%PDF"), Written: func(context.Context) error { recorded++; return nil }}
	path := filepath.Join(t.TempDir(), "a.pdf")
	slow := d.slow()
	p.write(&pa, path, true)
	p.write(&pa, path, true)
	slow.Drain()
	if recorded != 1 || len(d.Opened) != 1 {
		t.Errorf("recorded %d times, opened %v", recorded, d.Opened)
	}
}

func TestAViewerThatIsMissing(t *testing.T) {
	d := newDesk(t)
	d.deps.Open = func(string) error { return errors.New("none") }
	path := filepath.Join(t.TempDir(), "a.pdf")
	NewPress(d.deps, nil).write(&Paper{PDF: []byte("%PDF"), List: "名单"}, path, true)
	d.Sees("文件已保存，但打不开", path)
}

func TestAnExportLeavesALine(t *testing.T) {
	d := newDesk(t)
	one := func(context.Context) (sheet.Table, error) {
		return sheet.Table{Name: "名单", Columns: []string{"姓名"}, Rows: [][]string{{"张堃"}, {"李喆"}}}, nil
	}
	path := filepath.Join(t.TempDir(), "名单.xlsx")
	NewPress(d.deps, nil).Export("未签名单", "名单", one)
	d.PickFile(path)
	d.Sees("已导出 2 行到 名单.xlsx")
	if got := d.Exports(); !slices.Equal(got, []string{"未签名单 名单.xlsx 2"}) {
		t.Errorf("exports %q", got)
	}
}

// What cannot be written down is said, and the file stays.
func TestAFileStaysWhenItsLineFails(t *testing.T) {
	d := newDesk(t)
	path := filepath.Join(t.TempDir(), "承诺书.xlsx")
	NewPress(d.deps, nil).Export("承诺书", "承诺书", func(ctx context.Context) (sheet.Table, error) {
		return sheet.Table{Name: "承诺书", Columns: []string{"编号"}}, d.Store.SignOut(ctx, true)
	})
	d.PickFile(path)
	d.Sees("承诺书.xlsx 已经保存，但没有记入操作记录", "请先登录")
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

func TestFileNames(t *testing.T) {
	for name, want := range map[string]string{"承诺书-急诊科": "承诺书-急诊科", `a\b/c:d*e?f"g<h>i|j`: "a_b_c_d_e_f_g_h_i_j", "a\nb": "a_b"} {
		if got := fileName(name); got != want {
			t.Errorf("%q is called %q, want %q", name, got, want)
		}
	}
}
