package issue

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/sheet"
)

// RecordExport writes down that a file with what a person saw was saved or
// printed; path is where it went. The file is there whatever comes of it, so
// an error says so, and the end of ctx does not keep the line from being
// written.
func RecordExport(ctx context.Context, s *store.Store, what, path string, rows int, plain bool) error {
	file := filepath.Base(path)
	err := s.RecordExport(context.WithoutCancel(ctx), what, file, rows, plain)
	if err == nil {
		return nil
	}
	code, reason := model.CodeOf(err), err.Error()
	if code == "" {
		code, reason = model.Storage, "程序遇到意外情况"
	}
	return errors.Join(model.Errorf(code, "%s 已经保存，但没有记入操作记录：%s", file, reason), err)
}

// ChangeText says on one line what an audit line changed: 职称：护师 →
// 主管护师；…. Of a new record it lists what is filled in.
func ChangeText(labels assets.Labels, l model.AuditLine) string {
	var parts []string
	for _, c := range model.ReadableChange(labels, l) {
		switch {
		case l.Before != "":
			parts = append(parts, c.Label+"："+orNone(c.Old)+" → "+orNone(c.New))
		case c.New != "" && c.New != "否":
			parts = append(parts, c.Label+" "+c.New)
		}
	}
	return strings.Join(strings.Fields(strings.Join(parts, "；")), " ")
}

func orNone(value string) string {
	if value == "" {
		return "（空）"
	}
	return value
}

// trailPiece is how many lines [TrailTable] reads at a time.
const trailPiece = 2000

// TrailTable is the filtered audit trail for Excel or CSV, the newest line
// first. It holds what was there when it began: lines that come meanwhile,
// such as that of a sign-in, are not in it. progress may be nil; the end of
// ctx stops the work.
func TrailTable(ctx context.Context, s *store.Store, f store.TrailFilter, progress func(done, total int)) (sheet.Table, error) {
	var lines []model.AuditLine
	for total := -1; total != len(lines); {
		if err := ctx.Err(); err != nil {
			return sheet.Table{}, err
		}
		// Oldest first: a line that comes meanwhile moves no other one.
		found, err := s.Trail(ctx, f, store.Page{Sort: "id", Offset: len(lines), Limit: trailPiece})
		if err != nil {
			return sheet.Table{}, err
		}
		if total < 0 {
			total = found.Total
		}
		if len(found.Items) == 0 { // somebody removes lines behind the program's back
			break
		}
		lines = append(lines, found.Items[:min(len(found.Items), total-len(lines))]...)
		if progress != nil {
			progress(len(lines), total)
		}
	}
	slices.Reverse(lines)
	labels, err := AuditLabels(ctx, s, lines)
	return sheet.AuditTable(labels, lines), err
}
