package office

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
)

// Press shows papers before they are printed or saved, writes tables as Excel
// and leaves the line of each in the audit trail.
type Press struct {
	deps    Deps
	changed func()
}

// NewPress makes the press of a page; changed is called after something was
// recorded as printed and may be nil.
func NewPress(deps Deps, changed func()) *Press { return &Press{deps, changed} }

// Paper is a PDF that is ready to be looked at.
type Paper struct {
	Title, File string // on the screen; of the file, without its ending
	PDF         []byte
	Warnings    []string
	List        string                      // its name in the audit trail
	Rows        int                         // of the list
	Plain       bool                        // it holds what lists mask
	Written     func(context.Context) error // once, when the file is there; may be nil
	Done        string                      // what was recorded by Written
	writing     bool                        // until the file is there and recorded
}

// Preview shows a paper in the window. doc was opened while the progress was
// still up: a gap between the two would let keys through to the page below.
func (p *Press) Preview(doc *preview.Document, pa Paper) {
	kit.ShowPreview(p.deps.Win, kit.Preview{
		Title: pa.Title, Pages: doc.Pages(), Log: p.deps.Log, OnClosed: doc.Close,
		Render: func(ctx context.Context, n, dpi int) (image.Image, error) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			return doc.Page(n+1, dpi)
		},
		OnPrint: func() {
			p.write(&pa, outputPath(p.deps.Store.Folder(), pa.File), true)
		},
		OnSave: func() {
			kit.PickSave(p.deps.Win, "另存为 PDF", fileName(pa.File)+".pdf", func(path string) { p.write(&pa, path, false) })
		},
	})
	if len(pa.Warnings) > 0 {
		kit.ShowNotice(p.deps.Win, "打印前请核对", strings.Join(pa.Warnings, "\n"))
	}
}

// write puts the paper on disk, lets it be recorded, and opens it when it is
// to be printed. A second key press before that is done is no second print.
func (p *Press) write(pa *Paper, path string, open bool) {
	if pa.writing {
		return
	}
	pa.writing = true
	kit.Run(context.Background(), func(ctx context.Context) (struct{}, error) {
		err := folder.WriteFile(path, func(w io.Writer) error {
			_, err := w.Write(pa.PDF)
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
			p.deps.Fail(err)
			return
		}
		said := pa.Done
		if pa.Written != nil && p.changed != nil {
			p.changed()
		}
		pa.Written, pa.Done = nil, "" // printing again from the same preview is no reprint
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
func (p *Press) recordPaper(ctx context.Context, pa *Paper, path string) error {
	if pa.Written == nil {
		return issue.RecordExport(ctx, p.deps.Store, pa.List, path, pa.Rows, pa.Plain)
	}
	err := pa.Written(ctx)
	if err == nil {
		return nil
	}
	if code := model.CodeOf(err); code != "" {
		err = model.Errorf(code, "%s 已经保存，但没有登记为已打印：%s", filepath.Base(path), err)
	}
	return errors.Join(err, issue.RecordExport(ctx, p.deps.Store, pa.List, path, pa.Rows, pa.Plain))
}

// open shows a written file with the system's viewer, which is where a
// printer is chosen.
func (p *Press) open(path, said string) {
	p.deps.View(path, func(err error) {
		title, text := "已交给 PDF 阅读器", said+"请在打开的阅读器里选择打印机打印。\n文件："+path
		if err != nil {
			title, text = "文件已保存，但打不开", said+"没有找到能打开 PDF 的程序，请用别的程序打开后打印。\n文件："+path
		}
		kit.ShowNotice(p.deps.Win, title, text)
	})
}

// TableMaker reads what an Excel file will hold.
type TableMaker = func(context.Context) (sheet.Table, error)

// List is a list to be made as PDF. Table is the same list for Excel, which
// tells the number of its rows.
type List struct {
	Name, Title string // in the audit trail; on the screen and for the file
	Plain       bool   // it holds what lists mask
	Table       TableMaker
	Rows        int // of a list without Table
	PDF         func(context.Context, *bytes.Buffer) (warnings []string, err error)
}

// Show makes a list as PDF and previews it. That it was looked at is not
// recorded; each file with it is.
func (p *Press) Show(l List) {
	var pdf bytes.Buffer
	var warnings []string
	var doc *preview.Document
	rows := l.Rows
	kit.ShowProgress(p.deps.Win, "正在生成"+l.Name, func(ctx context.Context, report kit.Report) error {
		report(0, 0, l.Title)
		if l.Table != nil {
			table, err := l.Table(ctx)
			if err != nil {
				return err
			}
			rows = len(table.Rows)
		}
		var err error
		if warnings, err = l.PDF(ctx, &pdf); err == nil {
			doc, err = preview.Open(pdf.Bytes())
		}
		return err
	}, func(err error) {
		if err != nil {
			p.deps.Fail(err) // a cancellation shows nothing
			return
		}
		p.Preview(doc, Paper{Title: l.Title, File: l.Title, PDF: pdf.Bytes(), Warnings: warnings, List: l.Name, Rows: rows, Plain: l.Plain})
	})
}

// Export asks for a place and writes a table there as Excel. name is the
// table's in the audit trail, file that of the file without its ending.
func (p *Press) Export(name, file string, make TableMaker) {
	p.ExportList(List{Name: name, Title: file, Table: make})
}

// ExportList is [Press.Export] for a list that is also made as PDF.
func (p *Press) ExportList(l List) { p.exportBook(l.Name, l.Title, l.Plain, oneTable(l.Table)) }

func oneTable(make TableMaker) BookMaker {
	return func(ctx context.Context) ([]sheet.Table, error) {
		table, err := make(ctx)
		return []sheet.Table{table}, err
	}
}

// BookMaker reads the sheets of an Excel file.
type BookMaker = func(context.Context) ([]sheet.Table, error)

// ExportBook is [Press.Export] for several sheets.
func (p *Press) ExportBook(name, file string, make BookMaker) { p.exportBook(name, file, false, make) }

func (p *Press) exportBook(name, file string, plain bool, make BookMaker) {
	file = fmt.Sprintf("%s-%s.xlsx", file, kit.Now().Format("20060102"))
	kit.PickSave(p.deps.Win, "导出 Excel", fileName(file), func(path string) { p.writeBook(path, name, plain, make) })
}

// writeBook writes tables, which leaves a line in the audit trail under the
// list's name.
func (p *Press) writeBook(path, name string, plain bool, make BookMaker) {
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
		return rows, issue.RecordExport(ctx, p.deps.Store, name, path, rows, plain)
	}, func(n int, err error) {
		if err != nil {
			p.deps.Fail(err)
			return
		}
		kit.Toast(p.deps.Win, fmt.Sprintf("已导出 %d 行到 %s", n, filepath.Base(path)), kit.Good)
	})
}

// outputPath is where a printed file goes when nobody chooses a place: the
// data folder's output, named after what it is and when it was made.
func outputPath(f *folder.Folder, name string) string {
	return filepath.Join(f.Output(), fmt.Sprintf("%s-%s.pdf", fileName(name), kit.Now().Format("20060102-150405")))
}

// fileName replaces what Windows does not allow in a file's name.
func fileName(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`\/:*?"<>|`, r) {
			return '_'
		}
		return r
	}, s)
}
