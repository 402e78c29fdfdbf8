package campaign

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"path/filepath"
	"strings"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/report/issue"
	"qingfeng/report/preview"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
	"qingfeng/ui/viewer"
)

// press shows papers before they are printed or saved, writes tables as Excel
// and leaves the line of each in the audit trail.
type press struct {
	deps    Deps
	changed func() // something was recorded as printed
}

func cancelled(err error) bool { return errors.Is(err, context.Canceled) }

// paper is a PDF that is ready to be looked at.
type paper struct {
	title, file string
	pdf         []byte
	warnings    []string
	list        string                      // its name in the audit trail
	rows        int                         // of the list
	written     func(context.Context) error // once, when the file is there; may be nil
	done        string                      // what was recorded by written
	writing     bool                        // until the file is there and recorded
}

// preview shows a paper in the window. doc was opened while the progress was
// still up: a gap between the two would let keys through to the page below.
func (p *press) preview(doc *preview.Document, pa paper) {
	kit.ShowPreview(p.deps.Win, kit.Preview{
		Title: pa.title, Pages: doc.Pages(), Log: p.deps.Log, OnClosed: doc.Close,
		Render: func(ctx context.Context, n, dpi int) (image.Image, error) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			return doc.Page(n+1, dpi)
		},
		OnPrint: func() {
			p.write(&pa, outputPath(p.deps.Store.Folder(), pa.file), true)
		},
		OnSave: func() {
			kit.PickSave(p.deps.Win, "另存为 PDF", fileName(pa.file)+".pdf", func(path string) { p.write(&pa, path, false) })
		},
	})
	if len(pa.warnings) > 0 {
		kit.ShowNotice(p.deps.Win, "打印前请核对", strings.Join(pa.warnings, "\n"))
	}
}

// write puts the paper on disk, lets it be recorded, and opens it when it is
// to be printed. A second key press before that is done is no second print.
func (p *press) write(pa *paper, path string, open bool) {
	if pa.writing {
		return
	}
	pa.writing = true
	kit.Run(context.Background(), func(ctx context.Context) (struct{}, error) {
		err := folder.WriteFile(path, func(w io.Writer) error {
			_, err := w.Write(pa.pdf)
			return err
		})
		if err != nil {
			p.deps.Log.Error("write paper", "err", err)
			return struct{}{}, model.Errorf(model.Invalid, "不能写入 %s，没有登记为已打印。请确认磁盘有空间、文件没有被别的程序打开", filepath.Base(path))
		}
		return struct{}{}, p.recordPaper(ctx, pa, path)
	}, func(_ struct{}, err error) {
		pa.writing = false
		if err != nil {
			p.deps.fail(err)
			return
		}
		said := pa.done
		if pa.written != nil {
			p.changed()
		}
		pa.written, pa.done = nil, "" // printing again from the same preview is no reprint
		if open {
			p.open(path, said)
			return
		}
		kit.ShowNotice(p.deps.Win, "已保存", strings.TrimSpace(said+"\n文件："+path))
	})
}

// recordPaper leaves a line in the audit trail about each file: for letters
// that of their printing, for lists, and for letters written once more or not
// to be recorded as printed, that of an export.
func (p *press) recordPaper(ctx context.Context, pa *paper, path string) error {
	if pa.written == nil {
		return issue.RecordExport(ctx, p.deps.Store, pa.list, path, pa.rows, false)
	}
	err := pa.written(ctx)
	if err == nil {
		return nil
	}
	if code := model.CodeOf(err); code != "" {
		err = model.Errorf(code, "%s 已经保存，但没有登记为已打印：%s", filepath.Base(path), err)
	}
	return errors.Join(err, issue.RecordExport(ctx, p.deps.Store, pa.list, path, pa.rows, false))
}

// open shows a written file with the system's viewer, which is where a
// printer is chosen.
func (p *press) open(path, said string) {
	open := p.deps.Open
	if open == nil {
		open = viewer.Open
	}
	kit.Run(context.Background(), func(context.Context) (struct{}, error) { return struct{}{}, open(path) }, func(_ struct{}, err error) {
		title, text := "已交给 PDF 阅读器", said+"请在打开的阅读器里选择打印机打印。\n文件："+path
		if err != nil {
			p.deps.Log.Error("open viewer", "err", err)
			title, text = "文件已保存，但打不开", said+"没有找到能打开 PDF 的程序，请用别的程序打开后打印。\n文件："+path
		}
		kit.ShowNotice(p.deps.Win, title, text)
	})
}

// tableMaker reads what an Excel file will hold.
type tableMaker = func(context.Context) (sheet.Table, error)

// list is a list to be made as PDF. table is the same list for Excel, which
// tells the number of its rows.
type list struct {
	name, title string // in the audit trail; on the screen and for the file
	table       tableMaker
	pdf         func(context.Context, *bytes.Buffer) (warnings []string, err error)
}

// show makes a list as PDF and previews it. That it was looked at is not
// recorded; each file with it is.
func (p *press) show(l list) {
	var pdf bytes.Buffer
	var warnings []string
	var doc *preview.Document
	rows := 0
	kit.ShowProgress(p.deps.Win, "正在生成"+l.name, func(ctx context.Context, report kit.Report) error {
		report(0, 0, l.title)
		table, err := l.table(ctx)
		if err != nil {
			return err
		}
		rows = len(table.Rows)
		if warnings, err = l.pdf(ctx, &pdf); err == nil {
			doc, err = preview.Open(pdf.Bytes())
		}
		return err
	}, func(err error) {
		if err != nil {
			p.deps.fail(err) // a cancellation shows nothing
			return
		}
		p.preview(doc, paper{title: l.title, file: l.title, pdf: pdf.Bytes(), warnings: warnings, list: l.name, rows: rows})
	})
}

// export asks for a place and writes a table there as Excel. name is the
// table's in the audit trail, file that of the file without its ending.
func (p *press) export(name, file string, make tableMaker) { p.exportBook(name, file, oneTable(make)) }

func oneTable(make tableMaker) bookMaker {
	return func(ctx context.Context) ([]sheet.Table, error) {
		table, err := make(ctx)
		return []sheet.Table{table}, err
	}
}

// bookMaker reads the sheets of an Excel file.
type bookMaker = func(context.Context) ([]sheet.Table, error)

// exportBook is [press.export] for several sheets.
func (p *press) exportBook(name, file string, make bookMaker) {
	file = fmt.Sprintf("%s-%s.xlsx", file, kit.Now().Format("20060102"))
	kit.PickSave(p.deps.Win, "导出 Excel", fileName(file), func(path string) { p.writeBook(path, name, make) })
}

// writeBook writes tables, which leaves a line in the audit trail under the
// list's name.
func (p *press) writeBook(path, name string, make bookMaker) {
	kit.Run(context.Background(), func(ctx context.Context) (int, error) {
		tables, err := make(ctx)
		if err != nil {
			return 0, err
		}
		if err := sheet.Write(path, tables...); err != nil {
			return 0, err
		}
		rows := 0
		for _, t := range tables {
			rows += len(t.Rows)
		}
		return rows, issue.RecordExport(ctx, p.deps.Store, name, path, rows, false)
	}, func(n int, err error) {
		if err != nil {
			p.deps.fail(err)
			return
		}
		kit.Toast(p.deps.Win, fmt.Sprintf("已导出 %d 行到 %s", n, filepath.Base(path)), kit.Good)
	})
}
