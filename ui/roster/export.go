package roster

import (
	"context"
	"fmt"
	"path/filepath"

	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
)

// writeSheet makes tables off the UI goroutine and writes them to path, whole
// or not at all. saved is told what to say to the person.
func (d Deps) writeSheet(path string, make func(ctx context.Context) ([]sheet.Table, error), saved func(text string)) {
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
		return sheet.Write(path, tables...)
	}, func(err error) {
		if err != nil {
			kit.ShowError(d.Win, err, d.Log)
			return
		}
		saved(fmt.Sprintf("已保存 %d 行到 %s", rows, filepath.Base(path)))
	})
}

func (d Deps) toast(text string) { kit.Toast(d.Win, text, kit.Good) }
