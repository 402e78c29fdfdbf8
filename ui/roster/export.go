package roster

import (
	"context"
	"fmt"
	"path/filepath"

	"qingfeng/report/issue"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
)

// exported is a list that leaves the program, as the audit trail names it.
type exported struct {
	what  string
	plain bool // holds ID numbers or telephone numbers
}

// writeSheet makes tables off the UI goroutine and writes them to path, whole
// or not at all, which leaves a line in the audit trail. saved is told what to
// say to the person.
func (d Deps) writeSheet(path string, list exported, make func(ctx context.Context) ([]sheet.Table, error), saved func(text string)) {
	rows := 0
	kit.ShowProgress(d.Win, "正在导出", func(ctx context.Context, report kit.Report) error {
		report(0, 0, filepath.Base(path))
		tables, err := make(ctx)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		for _, t := range tables {
			rows += len(t.Rows)
		}
		if err := sheet.Write(path, tables...); err != nil {
			return err
		}
		return issue.RecordExport(ctx, d.Store, list.what, path, rows, list.plain)
	}, func(err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		saved(fmt.Sprintf("已保存 %d 行到 %s", rows, filepath.Base(path)))
	})
}

func (d Deps) toast(text string) { kit.Toast(d.Win, text, kit.Good) }
