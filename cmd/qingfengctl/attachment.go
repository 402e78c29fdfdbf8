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
)

// record is what may have attachments: how the store calls its register, its
// id there and its number.
type record struct {
	word   string
	id     int64
	formNo string
}

// recordNumbered finds a record by its number, whose prefix tells the register.
func recordNumbered(ctx context.Context, s *store.Store, typed string) (record, error) {
	switch no := numberOf(typed); no.Prefix { // the store says what is wrong with one
	case model.DrawPrefix:
		return record{}, model.Errorf(model.Invalid, "%s 是抽取的编号，抽取没有附件", no)
	case model.PersonalSelfCheck.Prefix(), model.DepartmentSelfCheck.Prefix():
		r, err := s.SelfCheckByNumber(ctx, typed)
		return record{"自查表", r.ID, r.FormNo}, err
	case model.FindingPrefix:
		r, err := s.FindingByNumber(ctx, typed)
		return record{"问题", r.ID, r.FormNo}, err
	case model.HandoverPrefix, model.ReceiptPrefix:
		r, err := s.HandoverByNumber(ctx, typed)
		return record{"红包上交", r.ID, r.FormNo}, err
	case model.DispositionPrefix:
		d, err := s.DispositionByNumber(ctx, typed)
		return record{"处置", d.ID, d.FormNo}, err
	case model.CustodyPrefix:
		m, err := s.CustodyByNumber(ctx, typed)
		return record{"保管交接", m.ID, m.FormNo}, err
	}
	r, err := s.CommitmentByNumber(ctx, typed)
	return record{"承诺书", r.ID, r.FormNo}, err
}

type attachCommand struct {
	Form string   `arg:"" help:"编号"`
	File []string `arg:"" help:"扫描件" type:"path"`
}

func (c *attachCommand) Run(ctx context.Context, o *output) error {
	type added struct {
		ID       int64  `json:"id"`
		FileName string `json:"file_name"`
	}
	type rejected struct {
		FileName string `json:"file_name"`
		Problem  string `json:"problem"`
	}
	return o.withStore(ctx, func(s *store.Store) error {
		of, err := recordNumbered(ctx, s, c.Form)
		if err != nil {
			return err
		}
		report := struct {
			FormNo   string     `json:"form_no"`
			Attached []added    `json:"attached"`
			Rejected []rejected `json:"rejected"`
		}{of.formNo, []added{}, []rejected{}}
		for _, path := range c.File {
			id, err := attachFile(ctx, s, of, path)
			switch {
			case err == nil:
				report.Attached = append(report.Attached, added{id, filepath.Base(path)})
			case len(c.File) == 1 || model.CodeOf(err) == "" || model.CodeOf(err) == model.Denied:
				return err
			default:
				report.Rejected = append(report.Rejected, rejected{filepath.Base(path), err.Error()})
			}
		}
		err = o.result(report, func(w io.Writer) {
			for _, a := range report.Attached {
				fmt.Fprintf(w, "已添加\t%d\t%s\n", a.ID, a.FileName)
			}
			for _, r := range report.Rejected {
				fmt.Fprintf(w, "未添加\t%s\t%s\n", r.FileName, r.Problem)
			}
		})
		if err == nil && len(report.Rejected) > 0 {
			err = errPartial
		}
		return err
	})
}

func attachFile(ctx context.Context, s *store.Store, of record, path string) (int64, error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, model.Errorf(model.NotFound, "打不开文件 %s", filepath.Base(path))
	}
	defer file.Close()
	return s.Attach(ctx, of.word, of.id, filepath.Base(path), file)
}

type attachmentsCommand struct {
	Form string `arg:"" help:"编号"`
}

func (c *attachmentsCommand) Run(ctx context.Context, o *output) error {
	type row struct {
		ID       int64  `json:"id"`
		FileName string `json:"file_name"`
		Size     int64  `json:"size"`
		AddedAt  string `json:"added_at"`
	}
	return o.withStore(ctx, func(s *store.Store) error {
		of, err := recordNumbered(ctx, s, c.Form)
		if err != nil {
			return err
		}
		found, err := s.Attachments(ctx, of.word, of.id)
		if err != nil {
			return err
		}
		rows := make([]row, len(found))
		for i, a := range found {
			rows[i] = row{a.ID, a.FileName, a.Size, moment(a.AddedAt)}
		}
		return o.result(rows, func(w io.Writer) {
			for _, r := range rows {
				fmt.Fprintf(w, "%d\t%s\t%d\t%s\n", r.ID, r.AddedAt, r.Size, r.FileName)
			}
		})
	})
}

type attachmentCommand struct {
	ID  int64  `arg:"" help:"扫描件的序号"`
	Out string `required:"" help:"要写的文件，扩展名与原件相同" placeholder:"文件" type:"path"`
}

func (c *attachmentCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		a, content, err := s.AttachmentContent(ctx, c.ID)
		if err != nil {
			return err
		}
		if err := wantsExtension(c.Out, strings.ToLower(filepath.Ext(a.FileName))); err != nil {
			return err
		}
		err = exported(ctx, s, export{what: "附件", path: c.Out, plain: true}, func() (int, error) {
			return 1, folder.WriteFile(c.Out, func(w io.Writer) error { _, err := w.Write(content); return err })
		})
		if err != nil {
			return err
		}
		return o.result(map[string]any{"file": c.Out, "file_name": a.FileName, "size": a.Size}, func(w io.Writer) { fmt.Fprintln(w, "已写入", c.Out) })
	})
}
