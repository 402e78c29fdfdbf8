package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/report/sheet"
)

// export is a file with what a person may see, written by a command.
type export struct {
	what  string // as the audit trail calls it
	path  string
	plain bool // ID numbers, telephone numbers or scans are in it
}

// exported writes the file and then records it in the audit trail. write
// returns the number of rows.
func exported(ctx context.Context, s *store.Store, e export, write func() (int, error)) error {
	if e.plain {
		if err := allowed(s, model.ReadPlain); err != nil { // before the file is there
			return err
		}
	}
	rows, err := write()
	if err != nil {
		return err
	}
	if err = s.RecordExport(ctx, e.what, filepath.Base(e.path), rows, e.plain); err != nil {
		os.Remove(e.path) // no file without its audit line
	}
	return err
}

// allowed says whether the account may do a kind of work.
func allowed(s *store.Store, need model.Permission) error {
	if a, _ := s.Account(); !s.May(need) {
		return model.Errorf(model.Denied, "%s的角色是“%s”，无权%s", a.Label(), a.Role, need)
	}
	return nil
}

// handedOut writes a paper and then marks the records on it, which is their
// line in the audit trail. Without the marks there is no paper.
func handedOut(s *store.Store, path string, write func(io.Writer) error, mark func() error) error {
	if err := allowed(s, model.Write); err != nil { // before the file is there
		return err
	}
	if err := folder.WriteFile(path, write); err != nil {
		return err
	}
	err := mark()
	if err != nil {
		os.Remove(path)
	}
	return err
}

// errFormsAndMore refuses options that would leave out some of the numbers
// that were asked for.
const errFormsAndMore = usageError("--form 已经指明了编号，不能同时用 --department、--priority")

// printed tells what became of a batch of numbered papers. Papers that were
// made stay when they could not be printed.
func (o *output) printed(out string, made int, printed issue.Printed, err error) error {
	if err != nil && made > 0 && model.CodeOf(err) != "" {
		o.say("新生成了 %d 份，但没有打印：%s", made, err)
		return errPartial
	}
	if err != nil {
		return err
	}
	o.warn(printed.Warnings)
	done := map[string]any{"file": out, "made": made, "printed": len(printed.IDs), "reprints": printed.Reprints}
	return o.result(done, func(w io.Writer) {
		fmt.Fprintf(w, "新生成 %d 份，打印 %d 份（补打 %d 份）：%s\n", made, len(printed.IDs), printed.Reprints, out)
	})
}

// wantsExtension refuses a file whose name promises another format than those
// given.
func wantsExtension(path string, extensions ...string) error {
	for _, e := range extensions {
		if strings.EqualFold(filepath.Ext(path), e) {
			return nil
		}
	}
	return model.Errorf(model.Invalid, "文件名应以 %s 结尾：%s", strings.Join(extensions, " 或 "), filepath.Base(path))
}

// writeAs writes a PDF or a workbook, as the file's name asks for.
func writeAs(path string, pdf func(io.Writer) error, tables ...sheet.Table) error {
	if err := wantsExtension(path, ".pdf", ".xlsx"); err != nil {
		return err
	}
	if strings.EqualFold(filepath.Ext(path), ".pdf") {
		return folder.WriteFile(path, pdf)
	}
	return sheet.Write(path, tables...)
}

// listing is a list as the table of a workbook and as a PDF.
type listing struct {
	table sheet.Table
	pdf   func(io.Writer) ([]string, error)
}

// write writes the list as the file's name asks for, leaves its line in the
// audit trail and returns the warnings of the page engine.
func (l listing) write(ctx context.Context, s *store.Store, e export) (warnings []string, err error) {
	err = exported(ctx, s, e, func() (int, error) {
		return len(l.table.Rows), writeAs(e.path, func(w io.Writer) (err error) {
			warnings, err = l.pdf(w)
			return err
		}, l.table)
	})
	return warnings, err
}

// writtenTable writes a list as PDF or workbook.
func (o *output) writtenTable(ctx context.Context, s *store.Store, e export, table sheet.Table, pdf func(io.Writer) ([]string, error)) error {
	warnings, err := listing{table, pdf}.write(ctx, s, e)
	if err != nil {
		return err
	}
	return o.wrote(e.path, warnings)
}

// alsoWritten writes the list that a command shows into a file too, when one
// was asked for.
func (o *output) alsoWritten(ctx context.Context, s *store.Store, e export, of func() (listing, error)) error {
	if e.path == "" {
		return nil
	}
	l, err := of()
	if err != nil {
		return err
	}
	warnings, err := l.write(ctx, s, e)
	o.warn(warnings)
	return err
}
