package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/store"
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
	if a, _ := s.Account(); e.plain && !s.May(model.ReadPlain) { // before the file is there
		return model.Errorf(model.Denied, "%s的角色是“%s”，无权%s", a.Label(), a.Role, model.ReadPlain)
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

// writtenTable writes a list as PDF or workbook, as the file's name asks for,
// and leaves its line in the audit trail.
func (o *output) writtenTable(ctx context.Context, s *store.Store, what, out string, table sheet.Table, pdf func(io.Writer) ([]string, error)) error {
	var warnings []string
	err := exported(ctx, s, export{what: what, path: out}, func() (int, error) {
		return len(table.Rows), writeAs(out, func(w io.Writer) (err error) {
			warnings, err = pdf(w)
			return err
		}, table)
	})
	if err != nil {
		return err
	}
	return o.wrote(out, warnings)
}
