package system

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"qingfeng/model/folder"
	"qingfeng/report/issue"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
)

// askExport asks where the filtered lines go, all pages of them.
func (p *Trail) askExport(ext string) func(kit.Selection[trailLine]) {
	return func(sel kit.Selection[trailLine]) {
		name := fmt.Sprintf("%s%s%s", trailArea, p.deps.Store.Today(), ext)
		kit.PickSave(p.deps.Win, "导出操作记录", name, func(path string) { p.export(path, sel.Query) })
	}
}

// export writes the lines of a query to a file and leaves a line about it.
func (p *Trail) export(path string, q kit.Query) {
	rows := 0
	kit.ShowProgress(p.deps.Win, "正在导出操作记录", func(ctx context.Context, report kit.Report) error {
		table, err := issue.TrailTable(ctx, p.deps.Store, trailFilter(q), func(done, total int) { report(done, total, "正在读取") })
		if err != nil {
			return err
		}
		rows = len(table.Rows)
		report(rows, rows, "正在写入 "+filepath.Base(path))
		if err := writeTable(path, table); err != nil {
			return err
		}
		return issue.RecordExport(ctx, p.deps.Store, trailArea, path, rows, false)
	}, func(err error) {
		p.Refresh() // the export is a line too
		if err != nil {
			p.deps.Fail(err)
			return
		}
		kit.Toast(p.deps.Win, fmt.Sprintf("已保存 %d 条到 %s", rows, filepath.Base(path)), kit.Good)
	})
}

func writeTable(path string, t sheet.Table) error {
	if strings.EqualFold(filepath.Ext(path), ".csv") {
		return folder.WriteFile(path, func(w io.Writer) error { return sheet.WriteCSV(w, t) })
	}
	return sheet.Write(path, t)
}
